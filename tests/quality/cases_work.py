"""Cases of the rules about looked-after reviews, visits, health and plans, adoption, care leavers,
allocations, workers and fostering households.

Ids begin with the rule and say what is tested. Children are eight years old unless a case is about
something else; the extract is of 10 April 2018.
"""

from __future__ import annotations

from hashlib import md5

from vital_signs.landing.contract import load_contract

from tests.quality.cases import Case, Row, case, person, referral

TableRow = tuple[str, Row]
Rows = list[TableRow]

EPISODES = "ssd_cla_episodes"
PLACEMENTS = "ssd_cla_placement"
STATUSES = "ssd_legal_status"
REVIEWS = "ssd_cla_reviews"
VISITS = "ssd_cla_visits"
CHECKS = "ssd_cla_health"
EDUCATION_PLANS = "ssdx_personal_education_plans"
CARE_PLANS = "ssd_cla_care_plan"
PATHWAY_PLANS = "ssdx_pathway_plans"
PLAN_REVIEWS = "ssdx_plan_reviews"
DECISIONS = "ssd_permanence"
LEAVERS = "ssd_care_leavers"
INVOLVEMENTS = "ssd_involvements"
WORKERS = "ssd_professionals"
TEAMS = "ssd_department"
REFERRALS = "ssd_cin_episodes"
HOUSEHOLDS = "ssdx_foster_carer_households"


def in_care(
    person_id: str, start: str, end: str = "", placement_type: str = "U4", **columns: str
) -> Rows:
    """A child of eight, one placement, and the episode in it; a later stay has `number` 2."""
    number = columns.pop("number", "1")
    placement_id = f"{person_id}-P{number}"
    episode = {
        "clae_cla_episode_id": f"{person_id}-E{number}",
        "clae_person_id": person_id,
        "clae_cla_episode_start_date": start,
        "clae_cla_episode_start_reason": "S" if number == "1" else "P",
        "clae_cla_episode_ceased_date": end,
        "clae_cla_episode_ceased_reason": "E8" if end else "",
        "clae_cla_placement_id": placement_id,
        "x_clae_legal_status_code": "C2",
    }
    placement = {
        "clap_cla_placement_id": placement_id,
        "clap_person_id": person_id,
        "clap_cla_placement_start_date": start,
        "clap_cla_placement_end_date": end,
        "clap_cla_placement_type": placement_type,
        "clap_cla_placement_provider": "PR1",
    }
    child = [person(person_id)] if number == "1" else []
    return [*child, (EPISODES, episode | columns), (PLACEMENTS, placement)]


def review(review_id: str, person_id: str, held: str, **columns: str) -> TableRow:
    """A review that was held and in which the child spoke."""
    row = {
        "clar_cla_review_id": review_id,
        "clar_cla_person_id": person_id,
        "clar_cla_review_date": held,
        "clar_cla_review_participation": "PN1" if held else "",
        "x_clar_status_code": "HELD" if held else "PLANNED",
    }
    return REVIEWS, row | columns


def visit(visit_id: str, person_id: str, day: str, **columns: str) -> TableRow:
    row = {
        "clav_cla_visit_id": visit_id,
        "clav_person_id": person_id,
        "clav_cla_visit_date": day,
        "clav_cla_visit_seen": "Y",
    }
    return VISITS, row | columns


def check(check_id: str, person_id: str, day: str, **columns: str) -> TableRow:
    row = {
        "clah_health_check_id": check_id,
        "clah_person_id": person_id,
        "clah_health_check_type": "HEALTH_ASSESSMENT",
        "clah_health_check_date": day,
        "clah_health_check_status": "COMPLETED",
    }
    return CHECKS, row | columns


def education_plan(pep_id: str, person_id: str, day: str, **columns: str) -> TableRow:
    row = {
        "pepl_pep_id": pep_id,
        "pepl_person_id": person_id,
        "pepl_pep_date": day,
        "pepl_completed_date": day,
        "pepl_next_due_date": "2018-09-01",
        "pepl_status_code": "COMPLETED",
    }
    return EDUCATION_PLANS, row | columns


def care_plan(plan_id: str, person_id: str, start: str, end: str = "") -> TableRow:
    return CARE_PLANS, {
        "lacp_table_id": plan_id,
        "lacp_person_id": person_id,
        "lacp_cla_care_plan_start_date": start,
        "lacp_cla_care_plan_end_date": end,
    }


def pathway_plan(plan_id: str, person_id: str, start: str, end: str = "") -> TableRow:
    return PATHWAY_PLANS, {
        "path_plan_id": plan_id,
        "path_person_id": person_id,
        "path_start_date": start,
        "path_end_date": end,
    }


def plan_review(kind: str, plan_id: str, day: str) -> TableRow:
    return PLAN_REVIEWS, {
        "plrv_plan_type_code": kind,
        "plrv_plan_id": plan_id,
        "plrv_review_date": day,
    }


def decision(decision_id: str, person_id: str, day: str, **columns: str) -> TableRow:
    """A decision that the child should be placed for adoption."""
    row = {
        "perm_table_id": decision_id,
        "perm_person_id": person_id,
        "perm_adm_decision_date": day,
    }
    return DECISIONS, row | columns


def adopted(person_id: str, placement_type: str = "A6") -> Rows:
    """Two years in care under a placement order, ended by adoption on 1 March 2018."""
    return in_care(
        person_id,
        "2016-03-01",
        "2018-03-01",
        placement_type,
        clae_cla_episode_ceased_reason="E11",
        x_clae_legal_status_code="E1",
    )


def adoption_decision(decision_id: str, person_id: str, **columns: str) -> TableRow:
    """The row behind such an adoption."""
    row = {
        "perm_placement_order_date": "2016-02-01",
        "perm_matched_date": "2016-02-15",
        "perm_placed_for_adoption_date": "2016-03-01",
    }
    return decision(decision_id, person_id, "2016-01-15", **(row | columns))


def leaver(record_id: str, person_id: str, **columns: str) -> TableRow:
    """A former relevant young person in touch, in college, and in a home of their own."""
    row = {
        "clea_table_id": record_id,
        "clea_person_id": person_id,
        "x_clea_eligibility_code": "FREL",
        "clea_care_leaver_in_touch": "YES",
        "clea_care_leaver_accommodation": "U1",
        "clea_care_leaver_accom_suitable": "1",
        "clea_care_leaver_activity": "F2",
        "x_clea_from_date": "2017-06-01",
        "x_clea_as_at_date": "2018-03-31",
    }
    return LEAVERS, row | columns


def young_adult(
    person_id: str, born: str = "1999-06-01", left: str = "2017-06-01", since: str = "2014-01-01"
) -> Rows:
    """Someone who was in care until the 18th birthday, unless another day is given."""
    _, *care = in_care(person_id, since, left, clae_cla_episode_ceased_reason="E7" if left else "")
    return [person(person_id, pers_dob=born), *care]


def involvement(
    involvement_id: str,
    person_id: str,
    start: str,
    end: str = "",
    worker: str = "W1",
    **columns: str,
) -> TableRow:
    """An allocation to a case worker."""
    row = {
        "invo_involvements_id": involvement_id,
        "invo_person_id": person_id,
        "invo_professional_id": worker,
        "invo_professional_role_id": "SW",
        "invo_professional_team": "T1",
        "invo_involvement_start_date": start,
        "invo_involvement_end_date": end,
        "x_invo_is_allocated": "Y",
    }
    return INVOLVEMENTS, row | columns


def worker(worker_id: str, **columns: str) -> TableRow:
    row = {
        "prof_professional_id": worker_id,
        "prof_professional_job_title": "Social worker",
        "x_prof_is_qualified_sw": "Y",
    }
    return WORKERS, row | columns


def household(household_id: str, approved: str, ceased: str = "", **columns: str) -> TableRow:
    row = {
        "fosh_household_id": household_id,
        "fosh_carer_type_code": "TASK",
        "fosh_approval_date": approved,
        "fosh_ceased_date": ceased,
    }
    return HOUSEHOLDS, row | columns


def made_key(line: TableRow) -> str:
    """Return the key that staging makes up for a row that lacks a part of its own."""
    name, row = line
    table = next(table for table in load_contract() if table.name == name)
    content = "\x1f".join(row.get(column, "") for column in table.columns)
    return f"NO-ID-{md5(content.encode(), usedforsecurity=False).hexdigest()}"


def failing(table: str, *keys: str) -> list[tuple[str, str]]:
    return [(table, key) for key in keys]


def reviews_of_care() -> list[Case]:
    """LRV. The 20th working day after Monday 3 July 2017 is 31 July."""
    return [
        case(
            "LRV-01",
            [
                *in_care("LRV01-CHILD", "2017-07-03"),
                review("LRV01-NO-DATES", "LRV01-CHILD", ""),
                review("LRV01-DUE-ONLY", "LRV01-CHILD", "", clar_cla_review_due_date="2018-05-01"),
                review("LRV01-HELD-ONLY", "LRV01-CHILD", "2017-07-20"),
            ],
            failing(REVIEWS, "LRV01-NO-DATES"),
        ),
        case(
            "LRV-02",
            [
                *in_care("LRV02-CHILD", "2017-07-03"),
                review(
                    "LRV02-PN9", "LRV02-CHILD", "2017-07-20", clar_cla_review_participation="PN9"
                ),
                review(
                    "LRV02-BLANK", "LRV02-CHILD", "2017-10-20", clar_cla_review_participation=""
                ),
                review(
                    "LRV02-PN7", "LRV02-CHILD", "2018-02-20", clar_cla_review_participation="PN7"
                ),
                review("LRV02-TO-COME", "LRV02-CHILD", "", clar_cla_review_due_date="2018-06-01"),
                review(
                    "LRV02-CANCELLED",
                    "LRV02-CHILD",
                    "",
                    clar_cla_review_due_date="2018-01-05",
                    x_clar_status_code="CANCELLED",
                ),
            ],
            failing(REVIEWS, "LRV02-PN9", "LRV02-BLANK"),
        ),
        case(
            "LRV-03",
            [
                *in_care("LRV03-NINE", "2017-07-03"),
                review(
                    "LRV03-OLDER", "LRV03-NINE", "2017-07-20", clar_cla_review_participation="PN0"
                ),
                person("LRV03-SMALL", pers_dob="2013-07-20"),
                *in_care("LRV03-SMALL", "2017-07-03")[1:],
                review(
                    "LRV03-SPEAKS", "LRV03-SMALL", "2017-07-19", clar_cla_review_participation="PN5"
                ),
                person("LRV03-SMALL-2", pers_dob="2013-07-20"),
                *in_care("LRV03-SMALL-2", "2017-07-03")[1:],
                review(
                    "LRV03-UNDER-FOUR",
                    "LRV03-SMALL-2",
                    "2017-07-19",
                    clar_cla_review_participation="PN0",
                ),
                review(
                    "LRV03-FOURTH-BIRTHDAY",
                    "LRV03-SMALL-2",
                    "2017-07-20",
                    clar_cla_review_participation="PN1",
                ),
                person("LRV03-SMALL-3", pers_dob="2013-07-20"),
                *in_care("LRV03-SMALL-3", "2017-07-03")[1:],
                review(
                    "LRV03-NOW-FOUR",
                    "LRV03-SMALL-3",
                    "2017-07-20",
                    clar_cla_review_participation="PN0",
                ),
                person("LRV03-AGELESS", pers_dob=""),
                *in_care("LRV03-AGELESS", "2017-07-03")[1:],
                review(
                    "LRV03-NO-AGE",
                    "LRV03-AGELESS",
                    "2017-07-20",
                    clar_cla_review_participation="PN0",
                ),
            ],
            failing(REVIEWS, "LRV03-OLDER", "LRV03-SPEAKS", "LRV03-NOW-FOUR"),
        ),
        case(
            "LRV-04",
            [
                *in_care("LRV04-SHORT", "2017-07-03", x_clae_legal_status_code="V4"),
                review("LRV04-SHORT-BREAK", "LRV04-SHORT", "2017-07-20"),
                *in_care("LRV04-LEFT", "2017-07-03", "2018-03-01"),
                review("LRV04-LAST-DAY", "LRV04-LEFT", "2018-03-01"),
                review("LRV04-DAY-AFTER", "LRV04-LEFT", "2018-03-02"),
                review("LRV04-FIRST-DAY", "LRV04-LEFT", "2017-07-03"),
                review("LRV04-DAY-BEFORE", "LRV04-LEFT", "2017-07-02"),
                *in_care("LRV04-VISITOR", "2017-07-03", x_clae_is_other_la="Y"),
                review("LRV04-OTHER-COUNCIL", "LRV04-VISITOR", "2017-07-20"),
                review(
                    "LRV04-NOT-HELD", "LRV04-LEFT", "2018-03-20", x_clar_status_code="CANCELLED"
                ),
            ],
            failing(REVIEWS, "LRV04-SHORT-BREAK", "LRV04-DAY-AFTER", "LRV04-DAY-BEFORE"),
        ),
        case(
            "LRV-05",
            [
                *in_care("LRV05-CHILD", "2017-07-03"),
                review("LRV05-FLAG", "LRV05-CHILD", "2018-03-05", clar_cla_review_cancelled="Y"),
                review("LRV05-STATUS", "LRV05-CHILD", "2018-03-06", x_clar_status_code="CANCELLED"),
                review(
                    "LRV05-CALLED-OFF",
                    "LRV05-CHILD",
                    "",
                    clar_cla_review_due_date="2018-03-07",
                    clar_cla_review_cancelled="Y",
                ),
                review("LRV05-HELD", "LRV05-CHILD", "2018-03-08", clar_cla_review_cancelled="N"),
            ],
            failing(REVIEWS, "LRV05-FLAG", "LRV05-STATUS"),
        ),
        case(
            "LRV-06",
            [
                *in_care("LRV06-A", "2017-07-03"),
                review("LRV06-A1", "LRV06-A", "2017-07-20", clar_cla_review_due_date="2017-07-31"),
                review("LRV06-A2", "LRV06-A", "2017-10-01", clar_cla_review_due_date="2017-10-20"),
                review("LRV06-A3", "LRV06-A", "2018-03-01", clar_cla_review_due_date="2018-04-01"),
                review("LRV06-A4", "LRV06-A", "", clar_cla_review_due_date="2018-12-01"),
                review("LRV06-A5", "LRV06-A", "", clar_cla_review_due_date="2019-12-01"),
                *in_care("LRV06-B", "2017-07-03"),
                review("LRV06-B1", "LRV06-B", "2017-07-20", clar_cla_review_due_date="2017-08-01"),
                review("LRV06-B2", "LRV06-B", "2017-10-01", clar_cla_review_due_date="2017-10-21"),
                review("LRV06-B3", "LRV06-B", "2018-03-01", clar_cla_review_due_date="2017-09-30"),
                review("LRV06-B4", "LRV06-B", "", clar_cla_review_due_date="2018-09-01"),
                review("LRV06-B-NO-DUE-DAY", "LRV06-B", "2018-03-20"),
                *in_care("LRV06-D", "2017-07-03"),
                review(
                    "LRV06-FIRST-DAY",
                    "LRV06-D",
                    "2017-07-20",
                    clar_cla_review_due_date="2017-07-03",
                ),
                *in_care("LRV06-C", "2017-07-03"),
                review("LRV06-C1", "LRV06-C", "2017-07-20", clar_cla_review_due_date="2017-07-25"),
                review(
                    "LRV06-C-CANCELLED",
                    "LRV06-C",
                    "",
                    clar_cla_review_due_date="2018-02-01",
                    x_clar_status_code="CANCELLED",
                ),
            ],
            failing(REVIEWS, "LRV06-A4", "LRV06-B1", "LRV06-B2", "LRV06-B3"),
        ),
    ]


def visits_health_and_plans() -> list[Case]:
    return [
        case(
            "LVS-01",
            [
                *in_care("LVS01-CHILD", "2017-07-03", "2018-03-01"),
                visit("LVS01-AFTER", "LVS01-CHILD", "2018-03-05"),
                visit("LVS01-LAST-DAY", "LVS01-CHILD", "2018-03-01"),
                visit("LVS01-BEFORE", "LVS01-CHILD", "2017-07-02"),
                visit("LVS01-FIRST-DAY", "LVS01-CHILD", "2017-07-03"),
                visit("LVS01-NO-FLAG", "LVS01-CHILD", "2017-08-03", clav_cla_visit_seen=""),
                visit("LVS01-NOT-SEEN", "LVS01-CHILD", "2017-08-04", clav_cla_visit_seen="N"),
                *in_care("LVS01-SHORT", "2017-07-03", x_clae_legal_status_code="V4"),
                visit("LVS01-SHORT-BREAK", "LVS01-SHORT", "2017-08-03"),
            ],
            failing(VISITS, "LVS01-AFTER", "LVS01-BEFORE", "LVS01-NO-FLAG"),
        ),
        case(
            "LVS-02",
            [
                *in_care("LVS02-CHILD", "2017-07-03"),
                visit("LVS02-NO-DATE", "LVS02-CHILD", ""),
                visit("LVS02-DATED", "LVS02-CHILD", "2017-07-08"),
            ],
            failing(VISITS, "LVS02-NO-DATE"),
        ),
        case(
            "HLT-01",
            [
                person("HLT01-CHILD"),
                check(
                    "HLT01-TEXT", "HLT01-CHILD", "2018-01-05", clah_health_check_type="HA review"
                ),
                check("HLT01-CODE", "HLT01-CHILD", "2018-01-06", clah_health_check_type="optician"),
            ],
            failing(CHECKS, "HLT01-TEXT"),
        ),
        case(
            "HLT-02",
            [
                person("HLT02-CHILD"),
                check("HLT02-UNBORN", "HLT02-CHILD", "2010-04-30"),
                check("HLT02-BIRTHDAY", "HLT02-CHILD", "2010-05-01"),
                person("HLT02-AGELESS", pers_dob=""),
                check("HLT02-NO-BIRTH", "HLT02-AGELESS", "2009-04-30"),
                check(
                    "HLT02-FORGOTTEN",
                    "HLT02-CHILD",
                    "2017-12-01",
                    clah_health_check_type="DENTAL",
                    clah_health_check_status="PLANNED",
                ),
                person("HLT02-OTHER"),
                check("HLT02-P1", "HLT02-OTHER", "2017-12-01", clah_health_check_status="PLANNED"),
                check(
                    "HLT02-REFUSED", "HLT02-OTHER", "2017-12-01", clah_health_check_status="REFUSED"
                ),
                check(
                    "HLT02-TODAY", "HLT02-OTHER", "2018-04-10", clah_health_check_status="PLANNED"
                ),
                check(
                    "HLT02-LATER", "HLT02-OTHER", "2018-06-10", clah_health_check_status="PLANNED"
                ),
            ],
            failing(CHECKS, "HLT02-UNBORN", "HLT02-FORGOTTEN"),
        ),
        case(
            "HLT-03",
            [
                *in_care("HLT03-NEW", "2018-01-01"),
                check("HLT03-NEW-CHECK", "HLT03-NEW", "2018-02-01"),
                check(
                    "HLT03-INITIAL", "HLT03-NEW", "2018-01-20", x_clah_assessment_stage_code="IHA"
                ),
                check("HLT03-NEXT-YEAR", "HLT03-NEW", "2018-04-01"),
                check(
                    "HLT03-OPTICIAN", "HLT03-NEW", "2018-02-02", clah_health_check_type="OPTICIAN"
                ),
                *in_care("HLT03-ALL-YEAR", "2017-04-01"),
                check("HLT03-FULL", "HLT03-ALL-YEAR", "2018-02-01"),
                check(
                    "HLT03-TEETH",
                    "HLT03-ALL-YEAR",
                    "2018-02-02",
                    clah_health_check_type="DENTAL",
                    clah_health_check_status="REFUSED",
                ),
                *in_care("HLT03-SILENT", "2017-04-01"),
                check("HLT03-HALF", "HLT03-SILENT", "2018-02-01"),
                *in_care("HLT03-DAY-SHORT", "2017-04-02"),
                check("HLT03-FIRST-DAY", "HLT03-DAY-SHORT", "2017-04-02"),
                check("HLT03-LAST-DAY", "HLT03-DAY-SHORT", "2018-03-31"),
                *in_care("HLT03-GONE", "2016-04-02", "2018-03-31"),
            ],
            [
                (CHECKS, "HLT03-NEW-CHECK"),
                (CHECKS, "HLT03-FIRST-DAY"),
                (CHECKS, "HLT03-LAST-DAY"),
                (EPISODES, "HLT03-SILENT-E1"),
            ],
        ),
        case(
            "HLT-04",
            [
                person("HLT04-CHILD"),
                check("HLT04-NO-DATE", "HLT04-CHILD", ""),
                check("HLT04-DATED", "HLT04-CHILD", "2018-01-06"),
            ],
            failing(CHECKS, "HLT04-NO-DATE"),
        ),
        case(
            "PEP-01",
            [
                person("PEP01-CHILD"),
                education_plan(
                    "PEP01-TOO-SOON", "PEP01-CHILD", "2018-03-05", pepl_completed_date="2018-03-01"
                ),
                education_plan("PEP01-SAME-DAY", "PEP01-CHILD", "2018-02-05"),
                education_plan("PEP01-NO-NEXT", "PEP01-CHILD", "2018-01-05", pepl_next_due_date=""),
                education_plan(
                    "PEP01-DRAFT",
                    "PEP01-CHILD",
                    "2018-01-08",
                    pepl_completed_date="",
                    pepl_next_due_date="",
                    pepl_status_code="PLANNED",
                ),
                education_plan(
                    "PEP01-DATED-DRAFT",
                    "PEP01-CHILD",
                    "2018-01-07",
                    pepl_next_due_date="",
                    pepl_status_code="PLANNED",
                ),
                education_plan(
                    "PEP01-CANCELLED",
                    "PEP01-CHILD",
                    "2018-01-09",
                    pepl_completed_date="2018-01-01",
                    pepl_status_code="CANCELLED",
                ),
                person("PEP01-SMALL", pers_dob="2014-02-05"),
                education_plan("PEP01-THREE", "PEP01-SMALL", "2018-02-04"),
                education_plan("PEP01-FOUR", "PEP01-SMALL", "2018-02-05"),
                person("PEP01-BIG", pers_dob="2000-02-05"),
                education_plan("PEP01-SEVENTEEN", "PEP01-BIG", "2018-02-04"),
                education_plan("PEP01-EIGHTEEN", "PEP01-BIG", "2018-02-05"),
                person("PEP01-AGELESS", pers_dob=""),
                education_plan("PEP01-NO-AGE", "PEP01-AGELESS", "2018-02-04"),
            ],
            failing(
                EDUCATION_PLANS,
                "PEP01-TOO-SOON",
                "PEP01-NO-NEXT",
                "PEP01-THREE",
                "PEP01-EIGHTEEN",
            ),
        ),
        case(
            "LCP-01",
            [
                person("LCP01-CHILD"),
                care_plan("LCP01-BACKWARDS", "LCP01-CHILD", "2018-03-05", "2018-03-04"),
                care_plan("LCP01-ONE-DAY", "LCP01-CHILD", "2018-03-05", "2018-03-05"),
                care_plan("LCP01-PLAN", "LCP01-CHILD", "2018-03-05"),
                pathway_plan("LCP01-PATH-BACK", "LCP01-CHILD", "2018-03-05", "2018-03-01"),
                pathway_plan("LCP01-PATH", "LCP01-CHILD", "2018-03-05"),
                plan_review("CARE", "LCP01-PLAN", "2018-03-04"),
                plan_review("CARE", "LCP01-PLAN", "2018-03-05"),
                plan_review("PATHWAY", "LCP01-PATH", "2018-03-01"),
                plan_review("PATHWAY", "LCP01-PATH", "2018-04-01"),
                plan_review("CARE", "LCP01-PLAN-UNKNOWN", "2018-03-01"),
            ],
            [
                (CARE_PLANS, "LCP01-BACKWARDS"),
                (PATHWAY_PLANS, "LCP01-PATH-BACK"),
                (PLAN_REVIEWS, "CARE LCP01-PLAN 2018-03-04"),
                (PLAN_REVIEWS, "PATHWAY LCP01-PATH 2018-03-01"),
            ],
        ),
        case(
            "LCP-02",
            [
                person("LCP02-CHILD"),
                care_plan("LCP02-NO-START", "LCP02-CHILD", ""),
                care_plan("LCP02-PLAN", "LCP02-CHILD", "2018-03-05"),
                pathway_plan("LCP02-PATH-NO-START", "LCP02-CHILD", "", "2018-03-05"),
                pathway_plan("LCP02-PATH", "LCP02-CHILD", "2018-03-05"),
            ],
            [(CARE_PLANS, "LCP02-NO-START"), (PATHWAY_PLANS, "LCP02-PATH-NO-START")],
        ),
        case(
            "LCP-04",
            [
                person("LCP04-CHILD"),
                care_plan("LCP04-PLAN", "LCP04-CHILD", "2018-03-05"),
                plan_review("CARE", "LCP04-PLAN", ""),
                plan_review("CARE", "LCP04-PLAN", "2018-03-20"),
            ],
            failing(PLAN_REVIEWS, made_key(plan_review("CARE", "LCP04-PLAN", ""))),
        ),
    ]


def adoptions() -> list[Case]:
    return [
        case(
            "ADO-01",
            [
                person("ADO01-CHILD"),
                decision(
                    "ADO01-MATCH", "ADO01-CHILD", "2018-03-05", perm_matched_date="2018-03-04"
                ),
                person("ADO01-CHILD-2"),
                decision(
                    "ADO01-PLACED",
                    "ADO01-CHILD-2",
                    "2018-03-01",
                    perm_matched_date="2018-03-05",
                    perm_placed_for_adoption_date="2018-03-04",
                ),
                person("ADO01-CHILD-3"),
                decision(
                    "ADO01-ONE-DAY",
                    "ADO01-CHILD-3",
                    "2018-03-05",
                    perm_matched_date="2018-03-05",
                    perm_placed_for_adoption_date="2018-03-05",
                ),
                person("ADO01-CHILD-4"),
                decision("ADO01-NO-DECISION", "ADO01-CHILD-4", "", perm_matched_date="2018-03-04"),
            ],
            failing(DECISIONS, "ADO01-MATCH", "ADO01-PLACED"),
        ),
        case(
            "ADO-02",
            [
                *in_care("ADO02-A", "2018-03-05"),
                decision("ADO02-BEFORE-CARE", "ADO02-A", "2018-03-04"),
                *in_care("ADO02-B", "2018-03-05"),
                decision("ADO02-FIRST-DAY", "ADO02-B", "2018-03-05"),
                *in_care("ADO02-C", "2016-03-05", "2017-03-05"),
                *in_care("ADO02-C", "2018-03-05", number="2", clae_cla_episode_start_reason="S"),
                decision("ADO02-EARLIER-CARE", "ADO02-C", "2017-03-05"),
                *in_care("ADO02-D", "2016-03-05", "2017-03-05"),
                *in_care("ADO02-D", "2018-03-05", number="2", clae_cla_episode_start_reason="S"),
                decision("ADO02-BETWEEN", "ADO02-D", "2017-03-06"),
                person("ADO02-E"),
                decision("ADO02-UNBORN", "ADO02-E", "2010-04-30"),
                person("ADO02-F"),
                decision("ADO02-BIRTHDAY", "ADO02-F", "2010-05-01"),
            ],
            failing(DECISIONS, "ADO02-BEFORE-CARE", "ADO02-BETWEEN", "ADO02-UNBORN"),
        ),
        case(
            "ADO-03",
            [
                *adopted("ADO03-NO-ROW"),
                *adopted("ADO03-A"),
                adoption_decision("ADO03-NO-MATCH", "ADO03-A", perm_matched_date=""),
                *adopted("ADO03-B"),
                adoption_decision("ADO03-ALL-DATES", "ADO03-B"),
                *adopted("ADO03-C"),
                adoption_decision(
                    "ADO03-BY-CARER",
                    "ADO03-C",
                    perm_placed_for_adoption_date="",
                    x_perm_placed_with_carer_date="2015-09-01",
                ),
                *in_care("ADO03-D", "2016-03-01"),
                adoption_decision(
                    "ADO03-ON-PAPER",
                    "ADO03-D",
                    perm_permanence_order_date="2018-03-01",
                    perm_permanence_order_type="ADOPTION",
                ),
                *in_care("ADO03-E", "2016-03-01"),
                adoption_decision("ADO03-WAITING", "ADO03-E"),
            ],
            [
                (EPISODES, "ADO03-NO-ROW-E1"),
                (DECISIONS, "ADO03-NO-MATCH"),
                (DECISIONS, "ADO03-ON-PAPER"),
            ],
        ),
        case(
            "ADO-04",
            [
                *adopted("ADO04-A"),
                adoption_decision(
                    "ADO04-YET-ADOPTED", "ADO04-A", perm_decision_reversed_reason="RD2"
                ),
                *adopted("ADO04-E"),
                adoption_decision(
                    "ADO04-REVERSED-IN-FULL",
                    "ADO04-E",
                    perm_decision_reversed_date="2016-02-01",
                    perm_decision_reversed_reason="RD2",
                ),
                *adopted("ADO04-B"),
                decision(
                    "ADO04-FIRST-TRY",
                    "ADO04-B",
                    "2016-01-01",
                    perm_decision_reversed_date="2016-01-10",
                    perm_decision_reversed_reason="RD1",
                ),
                adoption_decision("ADO04-SECOND-TRY", "ADO04-B"),
                *in_care("ADO04-C", "2016-03-01"),
                decision(
                    "ADO04-NO-REASON",
                    "ADO04-C",
                    "2017-01-01",
                    perm_decision_reversed_date="2018-01-01",
                ),
                *in_care("ADO04-D", "2016-03-01"),
                decision(
                    "ADO04-REASON",
                    "ADO04-D",
                    "2017-01-01",
                    perm_decision_reversed_date="2018-01-01",
                    perm_decision_reversed_reason="RD3",
                ),
            ],
            failing(DECISIONS, "ADO04-YET-ADOPTED", "ADO04-REVERSED-IN-FULL", "ADO04-NO-REASON"),
        ),
        case(
            "ADO-05",
            [
                *in_care(
                    "ADO05-A", "2018-03-01", placement_type="A6", x_clae_legal_status_code="E1"
                ),
                decision("ADO05-NO-DECISION", "ADO05-A", ""),
                *in_care("ADO05-B", "2018-03-01", placement_type="A3"),
                decision("ADO05-DAY-LATE", "ADO05-B", "2018-03-02"),
                *in_care("ADO05-C", "2018-03-01", placement_type="A3"),
                decision("ADO05-SAME-DAY", "ADO05-C", "2018-03-01"),
                *in_care("ADO05-NO-ROW", "2018-03-01", placement_type="A4"),
                *in_care("ADO05-FOSTERED", "2018-03-01"),
                *in_care("ADO05-E", "2018-03-01"),
                decision(
                    "ADO05-PLACED-FIRST",
                    "ADO05-E",
                    "2018-03-05",
                    perm_placed_for_adoption_date="2018-03-04",
                ),
                *in_care("ADO05-F", "2018-03-01"),
                decision(
                    "ADO05-PLACED-THAT-DAY",
                    "ADO05-F",
                    "2018-03-05",
                    perm_placed_for_adoption_date="2018-03-05",
                ),
                *in_care(
                    "ADO05-VISITOR", "2018-03-01", placement_type="A4", x_clae_is_other_la="Y"
                ),
            ],
            [
                (DECISIONS, "ADO05-NO-DECISION"),
                (DECISIONS, "ADO05-DAY-LATE"),
                (DECISIONS, "ADO05-PLACED-FIRST"),
                (PLACEMENTS, "ADO05-NO-ROW-P1"),
            ],
        ),
        case(
            "ADO-06",
            [
                *in_care("ADO06-A", "2017-03-01", x_clae_legal_status_code=""),
                (
                    STATUSES,
                    {
                        "lega_legal_status_id": "ADO06-ORDER",
                        "lega_person_id": "ADO06-A",
                        "lega_legal_status": "E1",
                        "lega_legal_status_start_date": "2018-03-01",
                    },
                ),
                decision("ADO06-ORDER-FIRST", "ADO06-A", "2018-03-05"),
                *in_care("ADO06-B", "2018-03-01", x_clae_legal_status_code="E1"),
                decision("ADO06-SAME-DAY", "ADO06-B", "2018-03-01"),
                *in_care("ADO06-NO-ROW", "2018-03-01", x_clae_legal_status_code="E1"),
                *in_care("ADO06-D", "2017-03-01", placement_type="A5"),
                decision("ADO06-NO-ORDER", "ADO06-D", "2017-03-01"),
                *in_care("ADO06-E", "2017-03-01", placement_type="A5"),
                decision(
                    "ADO06-ORDER-DATED",
                    "ADO06-E",
                    "2017-03-01",
                    perm_placement_order_date="2017-03-01",
                ),
                *in_care("ADO06-F", "2017-03-01", placement_type="A5", x_clae_legal_status_code=""),
                decision("ADO06-STATUS-UNKNOWN", "ADO06-F", "2017-03-01"),
                *in_care("ADO06-G", "2017-03-01"),
                decision("ADO06-UNDECIDED", "ADO06-G", "", perm_placement_order_date="2017-03-01"),
                *in_care("ADO06-H", "2017-03-01"),
                decision(
                    "ADO06-DAY-EARLY",
                    "ADO06-H",
                    "2017-03-02",
                    perm_placement_order_date="2017-03-01",
                ),
                *in_care("ADO06-CONSENT", "2017-03-01", placement_type="A3"),
                decision("ADO06-WITH-CONSENT", "ADO06-CONSENT", "2017-03-01"),
            ],
            [
                (DECISIONS, "ADO06-ORDER-FIRST"),
                (EPISODES, "ADO06-NO-ROW-E1"),
                (DECISIONS, "ADO06-NO-ORDER"),
                (DECISIONS, "ADO06-UNDECIDED"),
                (DECISIONS, "ADO06-DAY-EARLY"),
            ],
        ),
        case(
            "ADO-07",
            [
                *adopted("ADO07-A", "U4"),
                adoption_decision("ADO07-A-ROW", "ADO07-A"),
                *adopted("ADO07-B"),
                adoption_decision("ADO07-B-ROW", "ADO07-B"),
                *adopted("ADO07-C", ""),
                adoption_decision("ADO07-C-ROW", "ADO07-C"),
                *in_care("ADO07-D", "2016-03-01", "2018-03-01"),
                decision("ADO07-STILL-LIVE", "ADO07-D", "2017-03-01"),
                *in_care("ADO07-E", "2016-03-01", "2018-03-01"),
                decision(
                    "ADO07-REVERSED",
                    "ADO07-E",
                    "2017-03-01",
                    perm_decision_reversed_date="2018-02-01",
                    perm_decision_reversed_reason="RD4",
                ),
                *in_care("ADO07-F", "2016-03-01"),
                decision("ADO07-IN-CARE", "ADO07-F", "2017-03-01"),
            ],
            [(EPISODES, "ADO07-A-E1"), (DECISIONS, "ADO07-STILL-LIVE")],
        ),
        case(
            "ADO-08",
            [
                *adopted("ADO08-A"),
                adoption_decision("ADO08-ONE-DAY", "ADO08-A", perm_matched_date="2018-03-01"),
                *adopted("ADO08-B"),
                adoption_decision("ADO08-DAY-BEFORE", "ADO08-B", perm_matched_date="2018-02-28"),
            ],
            failing(DECISIONS, "ADO08-ONE-DAY"),
        ),
        case(
            "ADO-09",
            [
                *in_care("ADO09-A", "2016-01-01"),
                decision("ADO09-FIRST", "ADO09-A", "2016-06-01"),
                decision("ADO09-SECOND", "ADO09-A", "2018-03-01"),
                *in_care("ADO09-B", "2016-01-01"),
                decision(
                    "ADO09-ENDED",
                    "ADO09-B",
                    "2016-06-01",
                    perm_decision_reversed_date="2018-03-01",
                    perm_decision_reversed_reason="RD1",
                ),
                decision("ADO09-SAME-DAY", "ADO09-B", "2018-03-01"),
                *in_care("ADO09-C", "2016-01-01"),
                decision("ADO09-UNDATED", "ADO09-C", ""),
                decision("ADO09-ONLY", "ADO09-C", "2018-03-01"),
            ],
            failing(DECISIONS, "ADO09-SECOND"),
        ),
    ]


def care_leavers() -> list[Case]:
    return [
        case(
            "CLV-01",
            [
                *young_adult("CLV01-A"),
                leaver("CLV01-FIRST", "CLV01-A", x_clea_eligibility_code="REL"),
                leaver("CLV01-SECOND", "CLV01-A"),
                leaver("CLV01-DAY-GIVEN", "CLV01-A", x_clea_as_at_date="2018-04-10"),
                leaver("CLV01-NO-DAY", "CLV01-A", x_clea_as_at_date=""),
            ],
            failing(LEAVERS, "CLV01-SECOND", "CLV01-NO-DAY"),
        ),
        case(
            "CLV-02",
            [
                *young_adult("CLV02-A"),
                leaver("CLV02-ACTIVITY", "CLV02-A", clea_care_leaver_activity="EET"),
                *young_adult("CLV02-B"),
                leaver("CLV02-TOUCH", "CLV02-B", clea_care_leaver_in_touch="PERHAPS"),
                *young_adult("CLV02-C"),
                leaver("CLV02-HOME", "CLV02-C", clea_care_leaver_accommodation="FLAT"),
                *young_adult("CLV02-D"),
                leaver("CLV02-LETTER", "CLV02-D", clea_care_leaver_accommodation="u"),
            ],
            failing(LEAVERS, "CLV02-ACTIVITY", "CLV02-TOUCH", "CLV02-HOME"),
        ),
        case(
            "CLV-03",
            [
                *young_adult("CLV03-A"),
                leaver("CLV03-ZERO", "CLV03-A", clea_care_leaver_activity="0"),
                *young_adult("CLV03-B"),
                leaver(
                    "CLV03-HALF",
                    "CLV03-B",
                    clea_care_leaver_in_touch="NO",
                    clea_care_leaver_accommodation="",
                ),
                *young_adult("CLV03-C"),
                leaver(
                    "CLV03-BOTH-BLANK",
                    "CLV03-C",
                    clea_care_leaver_in_touch="NO",
                    clea_care_leaver_accommodation="",
                    clea_care_leaver_activity="",
                ),
                *young_adult("CLV03-D"),
                leaver("CLV03-FULL", "CLV03-D"),
            ],
            failing(LEAVERS, "CLV03-ZERO", "CLV03-HALF"),
        ),
        case(
            "CLV-04",
            [
                *young_adult("CLV04-A"),
                leaver("CLV04-DIED", "CLV04-A", clea_care_leaver_in_touch="DIED"),
                *young_adult("CLV04-B"),
                leaver("CLV04-HOME", "CLV04-B", clea_care_leaver_in_touch="RHOM"),
                *young_adult("CLV04-C"),
                leaver(
                    "CLV04-SILENT",
                    "CLV04-C",
                    clea_care_leaver_in_touch="DIED",
                    clea_care_leaver_activity="",
                    clea_care_leaver_accommodation="",
                ),
                *young_adult("CLV04-D"),
                leaver("CLV04-REFUSED", "CLV04-D", clea_care_leaver_in_touch="REFU"),
            ],
            failing(LEAVERS, "CLV04-DIED", "CLV04-HOME"),
        ),
        case(
            "CLV-05",
            [
                *young_adult("CLV05-A", "2000-04-01", "2017-06-01"),
                leaver("CLV05-DAY-SHORT", "CLV05-A", clea_care_leaver_accommodation="T1"),
                *young_adult("CLV05-B", "2000-03-31", "2017-06-01"),
                leaver("CLV05-BIRTHDAY", "CLV05-B", clea_care_leaver_accommodation="T1"),
                *young_adult("CLV05-C", "2000-04-01", "2017-06-01"),
                leaver("CLV05-LODGINGS", "CLV05-C", clea_care_leaver_accommodation="E1"),
            ],
            failing(LEAVERS, "CLV05-DAY-SHORT"),
        ),
        case(
            "CLV-06",
            [
                *young_adult("CLV06-A"),
                leaver("CLV06-B2", "CLV06-A", clea_care_leaver_accommodation="B2"),
                *young_adult("CLV06-B"),
                leaver("CLV06-B1", "CLV06-B", clea_care_leaver_accom_suitable="2"),
                *young_adult("CLV06-C"),
                leaver("CLV06-AGREED", "CLV06-C", clea_care_leaver_accommodation="B1"),
                *young_adult("CLV06-D"),
                leaver("CLV06-LETTER", "CLV06-D", clea_care_leaver_accommodation="B"),
                *young_adult("CLV06-E"),
                leaver("CLV06-BLANK", "CLV06-E", clea_care_leaver_accom_suitable=""),
            ],
            failing(LEAVERS, "CLV06-B2", "CLV06-B1"),
        ),
        case(
            "CLV-07",
            [
                *young_adult("CLV07-A", "2000-06-01", ""),
                leaver("CLV07-IN-CARE", "CLV07-A", x_clea_eligibility_code="REL"),
                *young_adult("CLV07-B", "2000-06-01", ""),
                leaver("CLV07-ELIGIBLE", "CLV07-B", x_clea_eligibility_code="ELIG"),
                *young_adult("CLV07-C", "1999-06-01", ""),
                leaver("CLV07-NEVER-ENDED", "CLV07-C"),
                *young_adult("CLV07-D", "1999-06-01", "2017-07-01"),
                leaver("CLV07-WEEKS-AFTER-18", "CLV07-D", x_clea_as_at_date="2017-06-10"),
                person("CLV07-E", pers_dob="1999-06-01"),
                leaver("CLV07-NEVER", "CLV07-E"),
                person("CLV07-F", pers_dob=""),
                leaver("CLV07-AGELESS", "CLV07-F"),
                person("CLV07-G", pers_dob="1999-06-01"),
                *in_care(
                    "CLV07-G", "2014-01-01", "2017-03-01", clae_cla_episode_ceased_reason="E2"
                )[1:],
                leaver("CLV07-DIED", "CLV07-G"),
                *young_adult("CLV07-H", "2000-06-01", "2018-03-31"),
                leaver("CLV07-LEFT-THAT-DAY", "CLV07-H", x_clea_eligibility_code="REL"),
            ],
            failing(LEAVERS, "CLV07-IN-CARE", "CLV07-NEVER-ENDED", "CLV07-NEVER", "CLV07-DIED"),
        ),
        case(
            "CLV-08",
            [
                *young_adult("CLV08-A", "1992-03-31", "2010-03-31", "2006-01-01"),
                leaver("CLV08-TWENTY-SIX", "CLV08-A"),
                *young_adult("CLV08-B", "1992-04-01", "2010-04-01", "2006-01-01"),
                leaver("CLV08-TWENTY-FIVE", "CLV08-B"),
                *young_adult("CLV08-C", "1992-03-31", "2010-03-31", "2006-01-01"),
                leaver("CLV08-ENDED", "CLV08-C", x_clea_to_date="2018-03-31"),
                *young_adult("CLV08-D", "2002-04-01", "2018-03-01"),
                leaver("CLV08-FIFTEEN", "CLV08-D", x_clea_eligibility_code="REL"),
                *young_adult("CLV08-E", "2002-03-31", "2018-03-01"),
                leaver("CLV08-SIXTEEN", "CLV08-E", x_clea_eligibility_code="REL"),
                *young_adult("CLV08-F", "1992-03-31", "2010-03-31", "2006-01-01"),
                leaver("CLV08-NO-LEAVER", "CLV08-F", x_clea_eligibility_code="NONE"),
            ],
            failing(LEAVERS, "CLV08-TWENTY-SIX", "CLV08-FIFTEEN"),
        ),
    ]


def workers_and_carers() -> list[Case]:
    return [
        case(
            "WRK-01",
            [
                person("WRK01-A"),
                referral("WRK01-NOBODY", "WRK01-A", "2018-03-01"),
                person("WRK01-B"),
                referral("WRK01-HELD", "WRK01-B", "2018-03-01"),
                involvement("WRK01-B1", "WRK01-B", "2018-03-01"),
                person("WRK01-C"),
                referral("WRK01-NFA", "WRK01-C", "2018-03-01", cine_referral_nfa="Y"),
                person("WRK01-D"),
                referral("WRK01-CLOSED", "WRK01-D", "2018-03-01", cine_close_date="2018-04-10"),
                person("WRK01-E"),
                referral("WRK01-OTHER-ROLE", "WRK01-E", "2018-03-01"),
                involvement("WRK01-E1", "WRK01-E", "2018-03-01", x_invo_is_allocated="N"),
                person("WRK01-F"),
                referral("WRK01-TODAY", "WRK01-F", "2018-04-10"),
                person("WRK01-G"),
                referral("WRK01-HELD-TODAY", "WRK01-G", "2018-03-01"),
                involvement("WRK01-G1", "WRK01-G", "2018-04-10"),
                *in_care("WRK01-LAC", "2018-03-01"),
                person("WRK01-ADULT", pers_dob="2000-04-10"),
                referral("WRK01-GROWN-UP", "WRK01-ADULT", "2018-03-01"),
            ],
            [
                (REFERRALS, "WRK01-NOBODY"),
                (REFERRALS, "WRK01-OTHER-ROLE"),
                (REFERRALS, "WRK01-TODAY"),
                (EPISODES, "WRK01-LAC-E1"),
            ],
        ),
        case(
            "WRK-02",
            [
                person("WRK02-A"),
                involvement("WRK02-A1", "WRK02-A", "2018-03-01"),
                involvement("WRK02-A2", "WRK02-A", "2018-03-05", worker="W2"),
                person("WRK02-B"),
                involvement("WRK02-B1", "WRK02-B", "2018-03-01", "2018-03-05"),
                involvement("WRK02-HAND-OVER", "WRK02-B", "2018-03-05", worker="W2"),
                person("WRK02-C"),
                involvement("WRK02-C1", "WRK02-C", "2018-03-01"),
                involvement("WRK02-SAME-WORKER", "WRK02-C", "2018-03-05"),
                person("WRK02-D"),
                involvement("WRK02-D1", "WRK02-D", "2018-03-01", "2018-03-06"),
                involvement("WRK02-DAY-TOO-MANY", "WRK02-D", "2018-03-05", worker="W2"),
                person("WRK02-E"),
                involvement("WRK02-E1", "WRK02-E", "2018-03-01"),
                involvement(
                    "WRK02-ADVISER", "WRK02-E", "2018-03-05", worker="W2", x_invo_is_allocated="N"
                ),
                person("WRK02-F"),
                involvement("WRK02-F1", "WRK02-F", "2018-03-01"),
                involvement("WRK02-F2", "WRK02-F", "2018-03-01", worker="W2"),
            ],
            failing(INVOLVEMENTS, "WRK02-A2", "WRK02-DAY-TOO-MANY", "WRK02-F2"),
        ),
        case(
            "WRK-03",
            [
                person("WRK03-A"),
                referral("WRK03-REFERRAL", "WRK03-A", "2018-03-01"),
                involvement("WRK03-NO-WORKER", "WRK03-A", "2018-03-01", worker=""),
                involvement("WRK03-NO-START", "WRK03-A", ""),
                involvement("WRK03-NO-PERSON", "", "2018-03-01"),
                involvement(
                    "WRK03-BY-REFERRAL", "", "2018-03-01", invo_referral_id="WRK03-REFERRAL"
                ),
            ],
            failing(INVOLVEMENTS, "WRK03-NO-WORKER", "WRK03-NO-START", "WRK03-NO-PERSON"),
        ),
        case(
            "WRK-04",
            [
                person("WRK04-A"),
                involvement("WRK04-UNKNOWN", "WRK04-A", "2017-03-01", "2017-04-01", "W99"),
                involvement("WRK04-NAME", "WRK04-A", "2017-04-01", "2017-05-01", "J SMITH"),
                involvement("WRK04-KNOWN", "WRK04-A", "2017-05-01", "2017-06-01", " w1"),
                worker("WRK04 TRAY"),
                involvement("WRK04-TRAY", "WRK04-A", "2017-06-01", "2017-07-01", "WRK04 TRAY"),
            ],
            failing(INVOLVEMENTS, "WRK04-UNKNOWN", "WRK04-NAME", "WRK04-TRAY"),
        ),
        case(
            "WRK-05",
            [
                person("WRK05-A"),
                involvement("WRK05-ONE-DAY", "WRK05-A", "2017-03-01", "2017-03-01"),
                involvement("WRK05-OVERNIGHT", "WRK05-A", "2017-03-01", "2017-03-02"),
                involvement(
                    "WRK05-ON-DUTY", "WRK05-A", "2017-04-01", "2017-04-01", x_invo_is_allocated="N"
                ),
                involvement("WRK05-OPEN", "WRK05-A", "2018-04-10"),
            ],
            failing(INVOLVEMENTS, "WRK05-ONE-DAY"),
        ),
        case(
            "WRK-06",
            [
                person("WRK06-A"),
                referral("WRK06-A0", "WRK06-A", "2018-01-01"),
                involvement("WRK06-LEFT", "WRK06-A", "2018-01-01", "2018-03-01"),
                person("WRK06-B"),
                referral("WRK06-B0", "WRK06-B", "2018-01-01"),
                involvement("WRK06-FOLLOWED", "WRK06-B", "2018-01-01", "2018-03-01"),
                involvement("WRK06-NEXT", "WRK06-B", "2018-03-20", worker="W2"),
                person("WRK06-C"),
                referral("WRK06-C0", "WRK06-C", "2018-01-01", cine_close_date="2018-03-01"),
                involvement("WRK06-CLOSED", "WRK06-C", "2018-01-01", "2018-03-01"),
                person("WRK06-D"),
                referral("WRK06-D0", "WRK06-D", "2018-01-02"),
                involvement("WRK06-LAST-TIME", "WRK06-D", "2017-01-01", "2018-01-02"),
                person("WRK06-E"),
                referral("WRK06-E0", "WRK06-E", "2018-01-02"),
                involvement("WRK06-TODAY", "WRK06-E", "2018-01-02", "2018-04-10"),
                person("WRK06-F"),
                referral("WRK06-F0", "WRK06-F", "2018-01-02"),
                involvement("WRK06-ENDS-TOMORROW", "WRK06-F", "2018-01-02", "2018-04-11"),
            ],
            failing(INVOLVEMENTS, "WRK06-LEFT", "WRK06-TODAY"),
        ),
        case(
            "WRK-07",
            [
                person("WRK07-A"),
                involvement(
                    "WRK07-MOVED",
                    "WRK07-A",
                    "2017-01-01",
                    "2017-02-01",
                    invo_worker_change_reason="MOVED",
                ),
                person("WRK07-B"),
                involvement("WRK07-SILENT", "WRK07-B", "2017-01-01", "2017-02-01"),
                involvement("WRK07-B2", "WRK07-B", "2017-03-01", "2017-04-01", "W2"),
                person("WRK07-C"),
                involvement("WRK07-AFTER-GAP", "WRK07-C", "2017-01-01", "2017-02-01"),
                involvement("WRK07-C2", "WRK07-C", "2017-03-02", "2017-04-01", "W2"),
                person("WRK07-D"),
                involvement(
                    "WRK07-SAID-ON-LEAVING",
                    "WRK07-D",
                    "2017-01-01",
                    "2017-02-01",
                    invo_worker_change_reason="LEFTRL",
                ),
                involvement("WRK07-D2", "WRK07-D", "2017-02-01", "2017-04-01", "W2"),
                person("WRK07-E"),
                involvement("WRK07-SAID-BY-NEXT", "WRK07-E", "2017-01-01", "2017-02-01"),
                involvement(
                    "WRK07-E2",
                    "WRK07-E",
                    "2017-02-01",
                    "2017-04-01",
                    "W2",
                    invo_worker_change_reason="MANAGE",
                ),
                person("WRK07-F"),
                involvement("WRK07-SAME-WORKER", "WRK07-F", "2017-01-01", "2017-02-01"),
                involvement("WRK07-F2", "WRK07-F", "2017-02-01", "2017-04-01"),
            ],
            failing(INVOLVEMENTS, "WRK07-MOVED", "WRK07-SILENT"),
        ),
        case(
            "WRK-08",
            [
                person("WRK08-A"),
                involvement(
                    "WRK08-TRAY",
                    "WRK08-A",
                    "2017-01-01",
                    "2017-02-01",
                    invo_professional_team="DUTY TRAY",
                ),
                involvement("WRK08-KNOWN", "WRK08-A", "2017-02-01", "2017-03-01"),
                involvement(
                    "WRK08-NO-TEAM",
                    "WRK08-A",
                    "2017-03-01",
                    "2017-04-01",
                    invo_professional_team="",
                ),
                involvement(
                    "WRK08-ROLE",
                    "WRK08-A",
                    "2017-04-01",
                    "2017-05-01",
                    invo_professional_role_id="DUTY TRAY",
                    x_invo_is_allocated="",
                ),
                involvement(
                    "WRK08-TYPELESS",
                    "WRK08-A",
                    "2017-05-01",
                    "2017-06-01",
                    invo_professional_team="WRK08-TEAM",
                ),
                (TEAMS, {"dept_team_id": "WRK08-TEAM", "dept_team_name": "New team"}),
                (TEAMS, {"dept_team_id": "WRK08-EMPTY", "dept_team_name": "Nobody's team"}),
                (
                    TEAMS,
                    {
                        "dept_team_id": "WRK08-CODE",
                        "dept_team_name": "Old team",
                        "x_dept_team_type_code": "DUTY TRAY",
                    },
                ),
            ],
            [
                (INVOLVEMENTS, "WRK08-TRAY"),
                (INVOLVEMENTS, "WRK08-ROLE"),
                (TEAMS, "WRK08-TEAM"),
                (TEAMS, "WRK08-CODE"),
            ],
        ),
        case(
            "WRK-09",
            [
                person("WRK09-A"),
                worker("WRK09-UNKNOWN", x_prof_is_qualified_sw=""),
                involvement("WRK09-A1", "WRK09-A", "2018-03-01", worker="WRK09-UNKNOWN"),
                person("WRK09-B"),
                worker(
                    "WRK09-REGISTERED",
                    x_prof_is_qualified_sw="",
                    prof_social_worker_registration_no="SW123",
                ),
                involvement("WRK09-B1", "WRK09-B", "2018-03-01", worker="WRK09-REGISTERED"),
                person("WRK09-C"),
                worker("WRK09-NO-CASES", x_prof_is_qualified_sw=""),
                involvement("WRK09-C1", "WRK09-C", "2018-03-01", "2018-04-10", "WRK09-NO-CASES"),
                person("WRK09-D"),
                worker("WRK09-UNQUALIFIED", x_prof_is_qualified_sw="N"),
                involvement("WRK09-D1", "WRK09-D", "2018-03-01", worker="WRK09-UNQUALIFIED"),
            ],
            failing(WORKERS, "WRK09-UNKNOWN"),
        ),
        case(
            "WRK-10",
            [
                worker("WRK10-TRAY"),
                worker("WRK10-FULL"),
                *[person(f"WRK10-P{number}") for number in range(61)],
                *[
                    involvement(
                        f"WRK10-T{number}", f"WRK10-P{number}", "2018-03-01", "", "WRK10-TRAY"
                    )
                    for number in range(61)
                ],
                *[
                    involvement(
                        f"WRK10-F{number}", f"WRK10-P{number}", "2018-02-01", "", "WRK10-FULL"
                    )
                    for number in range(60)
                ],
                involvement("WRK10-TWICE", "WRK10-P0", "2018-03-01", "", "WRK10-FULL"),
                involvement("WRK10-OVER", "WRK10-P60", "2018-03-01", "2018-04-10", "WRK10-FULL"),
            ],
            failing(WORKERS, "WRK10-TRAY"),
        ),
        case(
            "WRK-11",
            [
                person("WRK11-A"),
                referral("WRK11-A0", "WRK11-A", "2018-01-01", cine_close_date="2018-03-01"),
                involvement("WRK11-LEFT-OPEN", "WRK11-A", "2018-01-01"),
                person("WRK11-B"),
                referral("WRK11-B0", "WRK11-B", "2018-01-01", cine_close_date="2018-03-01"),
                involvement("WRK11-ENDED", "WRK11-B", "2018-01-01", "2018-04-10"),
                person("WRK11-C"),
                referral("WRK11-C0", "WRK11-C", "2018-01-01", cine_close_date="2018-03-01"),
                referral("WRK11-C1", "WRK11-C", "2018-03-01"),
                involvement("WRK11-AGAIN", "WRK11-C", "2018-01-01"),
                *in_care("WRK11-D", "2018-02-01"),
                referral("WRK11-D0", "WRK11-D", "2018-01-01", cine_close_date="2018-03-01"),
                involvement("WRK11-IN-CARE", "WRK11-D", "2018-01-01"),
                *young_adult("WRK11-E"),
                referral("WRK11-E0", "WRK11-E", "2016-01-01", cine_close_date="2017-03-01"),
                leaver("WRK11-E-LEAVER", "WRK11-E"),
                involvement("WRK11-ADVISER", "WRK11-E", "2018-01-01"),
                person("WRK11-F"),
                involvement("WRK11-NO-REFERRAL", "WRK11-F", "2018-01-01"),
            ],
            failing(INVOLVEMENTS, "WRK11-LEFT-OPEN"),
        ),
        case(
            "WRK-12",
            [
                person("WRK12-A"),
                involvement("WRK12-BACKWARDS", "WRK12-A", "2018-03-02", "2018-03-01"),
                involvement("WRK12-FORWARDS", "WRK12-A", "2018-03-01", "2018-03-02"),
            ],
            failing(INVOLVEMENTS, "WRK12-BACKWARDS"),
        ),
        case(
            "FOS-01",
            [
                household("FOS01-A", "2018-03-05", "2018-03-04"),
                household("FOS01-B", "2018-03-05", "2018-03-05"),
            ],
            failing(HOUSEHOLDS, "FOS01-A 2018-03-05"),
        ),
        case(
            "FOS-02",
            [
                household("FOS02-A", "2018-03-05", fosh_carer_type_code="Respite?"),
                household("FOS02-B", "2018-03-05", fosh_carer_type_code=""),
                household("FOS02-C", "2018-03-05", fosh_carer_type_code="short_other"),
            ],
            failing(HOUSEHOLDS, "FOS02-A 2018-03-05", "FOS02-B 2018-03-05"),
        ),
        case(
            "FOS-03",
            [
                household("FOS03-A", "2017-03-05"),
                household("FOS03-A", "2018-03-05", fosh_carer_type_code="KIN"),
                household("FOS03-B", "2017-03-05", "2018-03-05"),
                household("FOS03-B", "2018-03-05"),
                household("FOS03-C", "2017-03-05", "2018-03-06"),
                household("FOS03-C", "2018-03-05"),
            ],
            failing(HOUSEHOLDS, "FOS03-A 2018-03-05", "FOS03-C 2018-03-05"),
        ),
        case(
            "FOS-04",
            [
                *(
                    (table, row | {"x_clap_carer_id": carer} if table == PLACEMENTS else row)
                    for child, carer, end in [
                        ("FOS04-GONE", "FOS04-H1", ""),
                        ("FOS04-ENDED", "FOS04-H1", "2018-04-10"),
                        ("FOS04-TODAY", "FOS04-H2", ""),
                        ("FOS04-TOMORROW", "FOS04-H3", ""),
                        ("FOS04-AGAIN", "FOS04-H4", ""),
                        ("FOS04-UNKNOWN", "FOS04-H5", ""),
                    ]
                    for table, row in in_care(child, "2017-03-05", end)
                ),
                household("FOS04-H1", "2016-03-05", "2018-03-01"),
                household("FOS04-H2", "2016-03-05", "2018-04-10"),
                household("FOS04-H3", "2016-03-05", "2018-04-11"),
                household("FOS04-H4", "2016-03-05", "2018-03-01"),
                household("FOS04-H4", "2018-03-01"),
            ],
            failing(PLACEMENTS, "FOS04-GONE-P1", "FOS04-TODAY-P1"),
        ),
        case(
            "FOS-05",
            [
                household("FOS05-A", ""),
                household("FOS05-B", "2018-03-01"),
            ],
            failing(HOUSEHOLDS, made_key(household("FOS05-A", ""))),
        ),
    ]


CASES: list[Case] = [
    *reviews_of_care(),
    *visits_health_and_plans(),
    *adoptions(),
    *care_leavers(),
    *workers_and_carers(),
]
