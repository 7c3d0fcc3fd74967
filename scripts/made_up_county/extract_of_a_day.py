"""Cut the county's records to what an extract of a given day and history would hold.

Nothing dated after the extract is known to it: such rows are left out, and an end, a closure or an
outcome that came later is taken back. Rows that were over before the history begins are left out
too; a row that was still open then stays, with its own start.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from made_up_county.world import World

# Visits of children on protection plans and in care are on the system only since then.
VISITS_FROM = date(2015, 1, 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """How a table is cut.

    start: the date on which a row begins to be known (the first that is given).
    end: the date on which it is over; without one a row is a single event.
    later: columns that are only known from a date on: {date column: columns taken back with it}.
    reset: what to put into columns when the end is taken back.
    recorded: the date on which a row was typed in, where that is kept.
    """

    start: tuple[str, ...]
    end: str | None = None
    later: tuple[tuple[str, tuple[str, ...]], ...] = ()
    reset: tuple[tuple[str, str | None], ...] = ()
    recorded: str | None = None


RULES: dict[str, Rule] = {
    "ssd_contacts": Rule(("cont_contact_date",)),
    "ssd_cin_episodes": Rule(
        ("cine_referral_date",),
        "cine_close_date",
        (("cine_close_date", ("cine_close_reason",)),),
    ),
    "ssd_cin_assessments": Rule(
        ("cina_assessment_start_date",),
        "cina_assessment_auth_date",
        (
            (
                "cina_assessment_auth_date",
                ("x_cina_outcome_code", "cina_assessment_outcome_nfa"),
            ),
        ),
        (("x_cina_status_code", "OPEN"),),
    ),
    "ssd_cin_plans": Rule(("cinp_cin_plan_start_date",), "cinp_cin_plan_end_date"),
    "ssd_s47_enquiry": Rule(
        ("s47e_s47_start_date",),
        "s47e_s47_end_date",
        (("s47e_s47_end_date", ("x_s47e_outcome_code", "s47e_s47_nfa")),),
        (("x_s47e_status_code", "OPEN"),),
    ),
    "ssd_initial_cp_conference": Rule(("icpc_icpc_date", "icpc_icpc_target_date")),
    "ssd_cp_plans": Rule(("cppl_cp_plan_start_date",), "cppl_cp_plan_end_date"),
    "ssd_cp_reviews": Rule(("cppr_cp_review_date", "cppr_cp_review_due")),
    "ssd_cp_visits": Rule(("cppv_cp_visit_date",), recorded="x_cppv_recorded_date"),
    "ssdx_early_help_requests": Rule(
        ("ehrq_request_date",),
        None,
        (("ehrq_allocation_date", ("ehrq_outcome_code",)),),
    ),
    "ssdx_early_help_cases": Rule(("ehcs_opened_date",), "ehcs_closed_date"),
    "ssd_early_help_episodes": Rule(
        ("earl_episode_start_date",),
        "earl_episode_end_date",
        (("earl_episode_end_date", ("earl_episode_end_reason",)),),
    ),
    "ssd_cla_episodes": Rule(
        ("clae_cla_episode_start_date",),
        None,
        (("clae_cla_episode_ceased_date", ("clae_cla_episode_ceased_reason",)),),
    ),
    "ssd_cla_placement": Rule(
        ("clap_cla_placement_start_date",),
        None,
        (("clap_cla_placement_end_date", ("clap_cla_placement_change_reason",)),),
    ),
    "ssd_legal_status": Rule(
        ("lega_legal_status_start_date",), None, (("lega_legal_status_end_date", ()),)
    ),
    "ssd_cla_reviews": Rule(("clar_cla_review_date", "clar_cla_review_due_date")),
    "ssd_cla_visits": Rule(("clav_cla_visit_date",), recorded="x_clav_recorded_date"),
    "ssd_cla_health": Rule(("clah_health_check_date",)),
    "ssd_cla_care_plan": Rule(
        ("lacp_cla_care_plan_start_date",), None, (("lacp_cla_care_plan_end_date", ()),)
    ),
    "ssdx_personal_education_plans": Rule(("pepl_pep_date",)),
    "ssd_care_leavers": Rule(("x_clea_as_at_date",)),
    "ssdx_pathway_plans": Rule(("path_start_date",), None, (("path_end_date", ()),)),
    "ssdx_plan_reviews": Rule(("plrv_review_date",)),
    "ssd_permanence": Rule(
        ("perm_adm_decision_date", "perm_placed_for_adoption_date"),
        None,
        (
            ("perm_placement_order_date", ()),
            ("perm_matched_date", ()),
            ("perm_placed_for_adoption_date", ()),
            ("perm_permanence_order_date", ("perm_permanence_order_type",)),
            ("perm_decision_reversed_date", ("perm_decision_reversed_reason",)),
        ),
    ),
    "ssdx_foster_carer_households": Rule(
        ("fosh_approval_date",),
        None,
        (("fosh_ceased_date", ("fosh_ceased_reason_code",)),),
    ),
    "ssd_involvements": Rule(
        ("invo_involvement_start_date",),
        "invo_involvement_end_date",
        (("invo_involvement_end_date", ("invo_worker_change_reason",)),),
    ),
}
# A plan's own history is needed for ever: 6.9 asks for earlier plans, placements and legal states
# for their spells, care leavers for their time in care.
WHOLE_HISTORY = frozenset(
    {
        "ssd_cla_episodes",
        "ssd_cla_placement",
        "ssd_legal_status",
        "ssd_permanence",
        "ssdx_foster_carer_households",
        "ssd_care_leavers",
        "ssdx_pathway_plans",
        "ssd_cla_care_plan",
    }
)
# Links to rows that may lie before the history: (table, column, table, key).
LINKS = (
    (
        "ssd_initial_cp_conference",
        "icpc_s47_enquiry_id",
        "ssd_s47_enquiry",
        "s47e_s47_enquiry_id",
    ),
    ("ssd_cp_plans", "cppl_icpc_id", "ssd_initial_cp_conference", "icpc_icpc_id"),
    ("ssd_cla_episodes", "clae_referral_id", "ssd_cin_episodes", "cine_referral_id"),
)
VISIT_TABLES = ("ssd_cp_visits", "ssd_cla_visits")


def start_of(rule: Rule, row: dict[str, Any]) -> date | None:
    """The date on which a row begins to be known."""
    return next((row[column] for column in rule.start if row.get(column)), None)


def _kept(rule: Rule, row: dict[str, Any], first: date | None, as_at: date) -> bool:
    start = start_of(rule, row)
    if start is None:
        return True
    if start > as_at:
        return False
    if rule.recorded and (row.get(rule.recorded) or start) > as_at:
        return False
    if first is None or start >= first:
        return True
    if rule.end is None:
        return False
    end = row.get(rule.end)
    return end is None or end > first


def take_back(rule: Rule, row: dict[str, Any], as_at: date) -> None:
    """Empty what a row says of ends and outcomes after a day."""
    for column, others in rule.later:
        day = row.get(column)
        if day and day > as_at:
            for other in (column, *others):
                row[other] = None
            if column == rule.end:
                row.update(rule.reset)
    if rule.end and not rule.later and row.get(rule.end) and row[rule.end] > as_at:
        row[rule.end] = None


def cut(world: World, first: date, as_at: date) -> dict[str, date]:
    """Cut every table of the world in place; returns from when each is complete.

    Args:
        first: the first day of the history.
        as_at: the day of the extract; what is dated later is not known.
    """
    visits_from = max(first, VISITS_FROM)
    for table, rule in RULES.items():
        begin: date | None = first
        if table in WHOLE_HISTORY:
            begin = None
        elif table in VISIT_TABLES:
            begin = visits_from
        kept = [row for row in world.rows[table] if _kept(rule, row, begin, as_at)]
        for row in kept:
            take_back(rule, row, as_at)
        world.rows[table] = kept
    cut_links(world)
    cut_people(world)
    history = {"default": first}
    if visits_from > first:
        history |= dict.fromkeys(VISIT_TABLES, visits_from)
    return history


def cut_links(world: World) -> None:
    """Take back every link to a row that the extract does not hold."""
    for table, column, target, key in LINKS:
        known = {row[key] for row in world.rows[target]}
        for row in world.rows[table]:
            if row.get(column) not in known:
                row[column] = None


def cut_people(world: World) -> None:
    """Leave out the children of whom nothing is left, and the families of nobody."""
    named: set[str] = set()
    families: set[str] = set()
    for table, rows in world.rows.items():
        if table in ("ssd_person", "ssd_family") or not rows:
            continue
        people = [c for c in world.columns(table) if c.endswith("_person_id")]
        for column in people:
            named.update(row[column] for row in rows if row.get(column))
        for column in world.columns(table):
            if column.endswith("_family_id"):
                families.update(row[column] for row in rows if row.get(column))
    merged = {
        row["pers_person_id"]: row["x_pers_merged_into_id"]
        for row in world.rows["ssd_person"]
        if row.get("x_pers_merged_into_id")
    }
    named.update(merged[person] for person in list(named) if person in merged)
    # The whole of a family that early help knows by its family id.
    members = world.rows["ssd_family"]
    named.update(row["fami_person_id"] for row in members if row["fami_family_id"] in families)
    world.rows["ssd_family"] = [row for row in members if row["fami_person_id"] in named]
    world.rows["ssd_person"] = [
        row for row in world.rows["ssd_person"] if row["pers_person_id"] in named
    ]
