"""Rules that check a table as a whole or compare two extracts, at their limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from vital_signs.landing.contract import load_contract

from tests import records
from tests.engine.building import Builder
from tests.quality.cases import AS_AT, Row, common_rows, person, referral
from tests.quality.cases_general import contact, enquiry

Rows = list[tuple[str, Row]]


def write_extract(folder: Path, extract_id: str, as_at: str, rows: Rows) -> Path:
    tables = records.by_table([*common_rows(), *rows])
    return records.write_extract(folder, tables, extract_id, as_at=f"{as_at}T08:00:00")


def assessment(assessment_id: str, start: str, authorised: str) -> tuple[str, Row]:
    return "ssd_cin_assessments", {
        "cina_assessment_id": assessment_id,
        "cina_person_id": "P1",
        "cina_assessment_start_date": start,
        "cina_assessment_auth_date": authorised,
    }


def review(review_id: str, due: str, held: str) -> tuple[str, Row]:
    return "ssd_cla_reviews", {
        "clar_cla_review_id": review_id,
        "clar_cla_person_id": "P1",
        "clar_cla_review_due_date": due,
        "clar_cla_review_date": held,
    }


def people(count: int, of_unknown_sex: int) -> Rows:
    return [
        person(f"P{number}", pers_sex="U" if number <= of_unknown_sex else "F")
        for number in range(1, count + 1)
    ]


def month_before() -> Rows:
    return [
        *[person(f"P{number}") for number in range(1, 101)],
        *[contact(f"C{number}", "P1", "2018-03-01") for number in range(1, 11)],
        *[referral(f"R{number}", f"P{number}", "2018-03-01") for number in range(1, 11)],
    ]


def sound() -> Rows:
    """Everything at its limit: one step further and a rule fails."""
    return [
        # 2 % of unknown sex, and as many unborn as one likes
        *people(100, of_unknown_sex=2),
        person("P101", pers_dob="", pers_expected_dob="2018-06-01", pers_sex="U"),
        # a fifth fewer, the newest a week old, 2 % unmapped
        *[contact(f"C{number}", "P1", "2018-04-03") for number in range(1, 9)],
        *[referral(f"R{number}", "P1", f"2018-03-{number % 28 + 1:02}") for number in range(49)],
        referral("R99", "P1", "2018-04-03", cine_referral_source_code="9Z"),
        assessment("A1", "2018-04-03", "2018-04-04"),
        assessment("A2", "2018-04-04", ""),
        enquiry("S1", "P1", "2018-04-04", s47e_s47_nfa="N"),
        enquiry("S2", "P1", "2018-04-05", s47e_s47_nfa="Y"),
        review("V1", "2018-04-04", "2018-04-04"),
        review("V2", "2018-04-05", ""),
    ]


def unsound() -> Rows:
    """The same, one step further."""
    return [
        *people(100, of_unknown_sex=3),
        *[contact(f"C{number}", "P1", "2018-04-02") for number in range(1, 8)],
        *[referral(f"R{number}", "P1", f"2018-03-{number % 28 + 1:02}") for number in range(48)],
        referral("R98", "P1", "2018-04-02", cine_referral_source_code="9Y"),
        referral("R99", "P1", "2018-04-03", cine_referral_source_code="9Z"),
        assessment("A1", "2018-04-03", "2018-04-04"),
        enquiry("S1", "P1", "2018-04-04", s47e_s47_nfa="N"),
        enquiry("S2", "P1", "2018-04-05", s47e_s47_nfa="N"),
        review("V1", "2018-04-04", "2018-04-04"),
    ]


def of_whole_tables(warehouse: Path) -> set[tuple[str, str]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found: list[Any] = connection.execute(
            """
            select rule_id, table_name
            from quality.fct_quality_failures
            where source_row is null and rule_id not in ('BAT-02', 'BAT-07', 'BAT-15')
            """
        ).fetchall()
    return set(found)


@pytest.mark.slow
def test_a_table_at_its_limits_fails_no_rule_and_one_step_further_it_does(
    build: Builder, tmp_path: Path
) -> None:
    before = write_extract(tmp_path / "before", "before", "2018-03-10", month_before())
    good = write_extract(tmp_path / "good", "good", str(AS_AT), sound())
    bad = write_extract(tmp_path / "bad", "bad", str(AS_AT), unsound())

    assert of_whole_tables(build(good, tmp_path / "good.duckdb", before)) == set()
    assert of_whole_tables(build(bad, tmp_path / "bad.duckdb", before)) == {
        ("BAT-03", "ssd_contacts"),
        ("BAT-04", "ssd_contacts"),
        ("BAT-09", "ssd_cin_episodes"),
        ("BAT-11", "ssd_cin_assessments"),
        ("BAT-12", "ssd_s47_enquiry"),
        ("BAT-13", "ssd_cla_reviews"),
        ("BAT-14", "ssd_person"),
    }


@pytest.mark.slow
def test_what_changed_between_extracts_is_told_and_the_trend_grows(
    build: Builder, tmp_path: Path
) -> None:
    before = write_extract(
        tmp_path / "before",
        "before",
        "2018-03-10",
        [
            person("CHANGED"),
            person("SAME"),
            person("TWICE"),
            person("TWICE", pers_dob="2009-01-01"),
            # the same in other words (G71)
            person("WORDS", pers_sex="2", pers_dob="2010-05-01 00:00:00", pers_ethnicity=" wbri "),
            # exact duplicates say one thing
            person("REPEATED"),
            person("REPEATED"),
        ],
    )
    now = write_extract(
        tmp_path / "now",
        "now",
        str(AS_AT),
        [
            person("CHANGED", pers_dob="2010-01-05", pers_ethnicity="MWBC"),
            person("SAME", pers_sex="f"),
            person("TWICE", pers_dob="2008-01-01"),
            person(" words "),
            person("REPEATED", pers_sex="M"),
            person("NEW"),
        ],
    )
    warehouse = build(now, tmp_path / "warehouse.duckdb", before)

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        changed = connection.execute(
            """
            select row_key, column_name
            from quality.fct_quality_failures
            where rule_id = 'PER-14'
            order by all
            """
        ).fetchall()
        trend = connection.execute(
            "select extract_id, failure_count from quality.quality_trend where rule_id = 'PER-14'"
        ).fetchall()
    assert changed == [
        ("CHANGED", "pers_dob"),
        ("CHANGED", "pers_ethnicity"),
        ("REPEATED", "pers_sex"),
    ]
    assert trend == [("now", 3)]


@pytest.mark.slow
def test_history_too_short_for_the_indicators_and_absent_tables_are_told(
    build: Builder, tmp_path: Path
) -> None:
    extract = write_extract(
        tmp_path / "extract",
        "short",
        str(AS_AT),
        # 1.7 and 1.8 look back to the first day of the month twelve months before the last
        [person("P1"), contact("C1", "P1", "2018-04-01")],
    )
    warehouse = build(extract, tmp_path / "warehouse.duckdb")

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            """
            select rule_id, table_name, value
            from quality.fct_quality_failures
            where rule_id in ('BAT-02', 'BAT-07') and column_name is null
            """
        ).fetchall()
    assert ("BAT-07", "ssd_contacts", "2018-04-01") in found
    absent = {table for rule, table, _ in found if rule == "BAT-02"}
    present = {"ssd_person", "ssd_contacts", "ssd_department", "ssd_professionals"}
    assert absent == {table.name for table in load_contract()} - present


@pytest.mark.slow
def test_a_column_that_is_needed_and_empty_in_every_row_is_told_with_what_it_feeds(
    build: Builder, tmp_path: Path
) -> None:
    extract = write_extract(
        tmp_path / "extract",
        "empty-columns",
        str(AS_AT),
        [
            person("P1"),
            # one end is enough; a blank is no outcome
            enquiry("S1", "P1", "2018-03-01", s47e_s47_end_date="2018-03-09"),
            enquiry("S2", "P1", "2018-03-02", x_s47e_outcome_code=" "),
            # either of two ways will do
            contact("C1", "P1", "2018-03-01", x_cont_outcome_code="", x_cont_referral_id="R1"),
        ],
    )
    warehouse = build(extract, tmp_path / "warehouse.duckdb")

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            """
            select column_name, value
            from quality.fct_quality_failures
            where rule_id = 'BAT-15' and table_name in ('ssd_s47_enquiry', 'ssd_contacts')
            """
        ).fetchall()
        available = connection.execute(
            "select distinct availability from indicators.fct_indicator_values"
            " where indicator_ref = '4.5n' and area_code = 'COUNTY'"
        ).fetchall()
    assert found == [
        ("x_s47e_outcome_code", "empty in every row; feeds 4.5, 4.5n, 4.6, 4.6n, 4.7, 4.7n")
    ]
    # the column keeps its meaning: nothing is recorded
    assert available == [("available",)]
