"""No case of the demonstration extract is impossible."""

from __future__ import annotations

import pytest
from made_up_county.contract import DATE_COLUMNS, TABLES
from made_up_county.extract_of_a_day import LINKS, RULES

pytestmark = pytest.mark.slow

# The end of a row and where it begins, where `RULES` does not say so.
ENDS = {
    "ssd_cla_episodes": "clae_cla_episode_ceased_date",
    "ssd_cla_placement": "clap_cla_placement_end_date",
    "ssd_legal_status": "lega_legal_status_end_date",
    "ssd_cla_care_plan": "lacp_cla_care_plan_end_date",
    "ssdx_pathway_plans": "path_end_date",
    "ssdx_foster_carer_households": "fosh_ceased_date",
} | {table: rule.end for table, rule in RULES.items() if rule.end}
# Dates that may lie ahead of the extract: what is due, and births that are expected.
AHEAD = {
    "pers_expected_dob",
    "icpc_icpc_target_date",
    "cppr_cp_review_due",
    "clar_cla_review_due_date",
    "pepl_next_due_date",
}
EXTRACT_DAY = "date '2018-04-10'"
KEYS = {
    table: columns[0]
    for table, columns in TABLES.items()
    if table
    not in {
        "ssd_family",
        "ssdx_team_localities",
        "ssdx_plan_reviews",
        "ssdx_foster_carer_households",
    }
}
REFERRALS = [
    (table, column)
    for table, columns in TABLES.items()
    for column in columns
    if column.endswith("referral_id") and table != "ssd_cin_episodes"
]
TEAMS = [
    ("ssd_involvements", "invo_professional_team"),
    ("ssd_cin_episodes", "cine_referral_team"),
    ("ssd_cin_assessments", "cina_assessment_team"),
    ("ssd_s47_enquiry", "s47e_s47_completed_by_team"),
    ("ssd_initial_cp_conference", "icpc_icpc_team"),
    ("ssdx_team_localities", "tloc_team_id"),
]


def count(tables, query):
    return tables.execute(f"select count(*) from {query}").fetchone()[0]


def start_of(table):
    columns = RULES[table].start
    return f"cast(coalesce({', '.join(columns)}, null) as date)"


@pytest.mark.parametrize("table", ENDS)
def test_nothing_ends_before_it_starts(tables, table):
    assert count(tables, f"{table} where cast({ENDS[table]} as date) < {start_of(table)}") == 0


@pytest.mark.parametrize("table", ["ssd_cp_plans", "ssd_cla_episodes"])
def test_no_plan_and_no_episode_ends_on_its_first_day(tables, table):
    assert count(tables, f"{table} where cast({ENDS[table]} as date) = {start_of(table)}") == 0


def test_nothing_is_known_that_came_after_the_extract(tables):
    for table, columns in TABLES.items():
        for column in DATE_COLUMNS.intersection(columns) - AHEAD:
            late = count(tables, f"{table} where cast({column} as date) > {EXTRACT_DAY}")
            assert late == 0, column


def test_nothing_happens_more_than_forty_weeks_before_birth(tables):
    for table in RULES:
        column = next((c for c in TABLES[table] if c.endswith("_person_id")), None)
        if column:
            early = count(
                tables,
                f"{table} inner join ssd_person on pers_person_id = {column} "
                f"where {start_of(table)} "
                "< cast(coalesce(pers_dob, pers_expected_dob) as date) - 280",
            )
            assert early == 0, table


@pytest.mark.parametrize(
    "table", ["ssd_contacts", "ssd_cin_episodes", "ssd_s47_enquiry", "ssd_cp_plans"]
)
def test_only_children_are_referred_and_protected(tables, table):
    column = next(c for c in TABLES[table] if c.endswith("_person_id"))
    adults = count(
        tables,
        f"{table} inner join ssd_person on pers_person_id = {column} "
        f"where {start_of(table)} >= cast(pers_dob as date) + interval 18 year",
    )
    assert adults == 0


def test_a_child_is_born_or_expected_and_never_both(tables):
    both_or_neither = "(pers_dob is null) = (pers_expected_dob is null)"
    assert count(tables, f"ssd_person where {both_or_neither}") == 0
    assert count(tables, "ssd_person where pers_dob is null and pers_sex <> 'U'") == 0


@pytest.mark.parametrize("table", KEYS)
def test_ids_are_given_once(tables, table):
    key = KEYS[table]
    assert count(tables, f"(select {key} from {table} group by {key} having count(*) > 1)") == 0


def test_every_child_is_in_the_register(tables):
    for table, columns in TABLES.items():
        for column in columns:
            if column.endswith("_person_id") and table != "ssd_person":
                unknown = count(
                    tables, f"{table} anti join ssd_person on pers_person_id = {column}"
                )
                assert unknown == 0, table


@pytest.mark.parametrize(("table", "column"), REFERRALS)
def test_every_referral_that_is_named_exists(tables, table, column):
    lost = f"{table} anti join ssd_cin_episodes on cine_referral_id = {column}"
    assert count(tables, f"{lost} where {column} is not null") == 0


@pytest.mark.parametrize(("table", "column"), TEAMS)
def test_every_team_that_is_named_exists(tables, table, column):
    lost = f"{table} anti join ssd_department on dept_team_id = {column}"
    assert count(tables, f"{lost} where {column} is not null") == 0


@pytest.mark.parametrize(("table", "column", "target", "key"), LINKS)
def test_links_lead_somewhere(tables, table, column, target, key):
    lost = f"{table} anti join {target} on {key} = {column}"
    assert count(tables, f"{lost} where {column} is not null") == 0


def test_a_merged_record_points_to_one_that_is_not_merged(tables):
    assert count(tables, "ssd_person where x_pers_merged_into_id is not null") > 50
    chained = (
        "ssd_person as loser inner join ssd_person as winner "
        "on winner.pers_person_id = loser.x_pers_merged_into_id "
        "where winner.x_pers_merged_into_id is not null"
    )
    assert count(tables, chained) == 0


def test_a_child_has_one_open_protection_plan_at_a_time(tables):
    overlapping = (
        "ssd_cp_plans as one inner join ssd_cp_plans as other "
        "on one.cppl_person_id = other.cppl_person_id "
        "and one.cppl_cp_plan_id < other.cppl_cp_plan_id "
        "and one.cppl_cp_plan_start_date "
        "< coalesce(other.cppl_cp_plan_end_date, '9999-12-31') "
        "and other.cppl_cp_plan_start_date "
        "< coalesce(one.cppl_cp_plan_end_date, '9999-12-31')"
    )
    assert count(tables, overlapping) == 0


def test_a_child_has_one_open_case_at_a_time(tables):
    overlapping = (
        "ssd_cin_episodes as one inner join ssd_cin_episodes as other "
        "on one.cine_person_id = other.cine_person_id "
        "and one.cine_referral_id < other.cine_referral_id "
        "and one.cine_referral_date < coalesce(other.cine_close_date, '9999-12-31') "
        "and other.cine_referral_date < coalesce(one.cine_close_date, '9999-12-31')"
    )
    assert count(tables, overlapping) == 0
