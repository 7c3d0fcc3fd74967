"""Ids that would merge half a county into one record stop the build before it begins."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from vital_signs.build.data_checks import refuse_ids_that_gather
from vital_signs.errors import UserError
from vital_signs.landing.warehouse import land, prepare

from tests.cases.example import Example, Row, contact, people, protection_plan


def landed(tmp_path: Path, name: str, tables: dict[str, list[Row]]) -> Path:
    warehouse = tmp_path / "warehouse.duckdb"
    land(Example(name, "", tables).write(tmp_path / name), warehouse)
    return warehouse


def contacts(rows: int, linked: int, referral_id: str = "r1") -> dict[str, list[Row]]:
    """Contacts: the first share one referral id, the others each have their own."""
    return {
        "ssd_person": people("P1"),
        "ssd_contacts": [
            contact(f"K{n}", "P1", "2018-03-05", referral_id if n < linked else f"R-{n}")
            for n in range(rows)
        ],
    }


def events(rows: int, of_one: int) -> dict[str, list[Row]]:
    """Contacts of which the first are said to be one person's, and the others each another's."""
    return {
        "ssd_contacts": [
            contact(f"K{n}", "unknown" if n < of_one else f"P{n}", "2018-03-05")
            for n in range(rows)
        ]
    }


def conferences(rows: int) -> dict[str, list[Row]]:
    """Conferences of as many children, all with one meeting."""
    return {
        "ssd_initial_cp_conference": [
            {"icpc_icpc_id": f"I{n}", "icpc_person_id": f"P{n}", "icpc_icpc_meeting_id": "0"}
            for n in range(rows)
        ]
    }


def visits(rows: int, of_one: int) -> dict[str, list[Row]]:
    """Visits of which the first are to one plan, and the others each to another."""
    return {
        "ssd_cp_visits": [
            {
                "cppv_cp_visit_id": f"V{n}",
                "cppv_person_id": f"P{n % 3}",
                "cppv_cp_plan_id": "L" if n < of_one else f"L{n}",
                "cppv_cp_visit_date": "2018-03-05",
            }
            for n in range(rows)
        ]
    }


def merged(*links: tuple[str, str]) -> dict[str, list[Row]]:
    """People, of whom some are merged into others, and as many who are not."""
    more = [row for n in range(len(links) + 9) for row in people(f"Z{n}")]
    into = [
        row
        for person, target in links
        for row in people(person, x_pers_merged_into_id=target, pers_upn="")
    ]
    return {"ssd_person": [*into, *more]}


@pytest.mark.parametrize(
    "tables",
    [
        contacts(10, 5),
        contacts(9, 9),
        contacts(12, 12, "NULL"),
        events(99, 99),
        events(100, 50),
        conferences(9),
        visits(99, 99),
        visits(100, 50),
        merged(*((f"M{n}", "Z1") for n in range(20))),
        merged(*((f"M{n}", f"M{n + 1}") for n in range(19)), ("M19", "Z1")),
    ],
    ids=[
        *("half", "nine rows", "placeholders", "99 events of one child", "half of 100 events"),
        *("nine conferences of one meeting", "99 visits of one plan", "half of 100 visits"),
        *("twenty merged", "twenty in a chain"),
    ],
)
def test_what_is_not_too_much_passes(tmp_path: Path, tables: dict[str, list[Row]]) -> None:
    refuse_ids_that_gather(landed(tmp_path, "extract", tables), None, None)


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        (
            contacts(10, 6, " R1\t"),
            "the id R1 is in 6 of 10 rows and would turn them into one record (BAT-16)"
            " (ssd_contacts.csv, column x_cont_referral_id): leave the column empty where there is"
            " no id, and land the extract again",
        ),
        (
            events(100, 51),
            "the id UNKNOWN is in 51 of 100 rows and would turn them into one record (BAT-16)"
            " (ssd_contacts.csv, column cont_person_id): leave the column empty where there is no"
            " id, and land the extract again",
        ),
        (
            conferences(10),
            "the id 0 is in 10 of 10 rows and would turn them into one record (BAT-16)"
            " (ssd_initial_cp_conference.csv, column icpc_icpc_meeting_id): leave the column empty"
            " where there is no id, and land the extract again",
        ),
        (
            visits(100, 51),
            "the id L is in 51 of 100 rows and would turn them into one record (BAT-16)"
            " (ssd_cp_visits.csv, column cppv_cp_plan_id): leave the column empty where there is no"
            " id, and land the extract again",
        ),
        (
            {"ssd_person": [*people(*(f"P{n}" for n in range(10)), pers_upn="H801200001001")]},
            "one value is in 10 of 10 rows and would turn them into one record (BAT-16)"
            " (ssd_person.csv, column pers_upn): leave the column empty where there is no id, and"
            " land the extract again",
        ),
        (
            merged(*((f"M{n}", "Z1") for n in range(21))),
            "21 of 51 records are merged into person Z1 (BAT-17) (ssd_person.csv, column"
            " x_pers_merged_into_id): correct the ids or leave them empty, and land the extract"
            " again",
        ),
        (
            merged(
                *((f"M{n}", "M20" if n % 2 else "M18") for n in range(18)),
                *(("M18", "M20"), ("M20", "Z1"), ("M21", "Z1")),
            ),
            "21 of 51 records are merged into person Z1 (BAT-17) (ssd_person.csv, column"
            " x_pers_merged_into_id): correct the ids or leave them empty, and land the extract"
            " again",
        ),
    ],
    ids=[
        "one past half",
        "events",
        "conferences",
        "visits",
        "pupil numbers",
        "21 merged",
        "21 merged over others",
    ],
)
def test_what_gathers_is_refused_in_one_line(
    tmp_path: Path, tables: dict[str, list[Row]], message: str
) -> None:
    with pytest.raises(UserError) as refused:
        refuse_ids_that_gather(landed(tmp_path, "extract", tables), None, None)

    assert str(refused.value) == message


def test_one_team_may_have_every_row_and_only_the_extract_in_force_is_judged(
    tmp_path: Path,
) -> None:
    plans = [{**protection_plan(f"L{n}", f"P{n}"), "cppl_referral_id": "R1"} for n in range(12)]
    episodes = [
        {
            "invo_involvements_id": f"A{n}",
            "invo_person_id": f"P{n}",
            "invo_professional_id": "W1",
            "invo_professional_team": "T1",
            "invo_involvement_start_date": "2018-01-01",
        }
        for n in range(12)
    ]
    landed(tmp_path, "wrong", {"ssd_cp_plans": plans})
    later = Example("right", "", {"ssd_involvements": episodes}, as_at="2018-05-10T08:00:00")
    warehouse = tmp_path / "warehouse.duckdb"
    land(later.write(tmp_path / "right"), warehouse)

    refuse_ids_that_gather(warehouse, None, None)
    with pytest.raises(UserError, match="BAT-16"):
        refuse_ids_that_gather(warehouse, None, date(2018, 4, 30))
    with pytest.raises(UserError, match="BAT-16"):
        refuse_ids_that_gather(warehouse, "wrong", None)


def test_a_warehouse_of_an_older_version_is_judged_as_well(tmp_path: Path) -> None:
    warehouse = landed(tmp_path, "extract", contacts(10, 6))
    with duckdb.connect(str(warehouse)) as connection:
        noted = connection.execute("from raw.extract_ids order by all").fetchall()
        connection.execute("drop table raw.extract_ids")

    prepare(warehouse)

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        again = connection.execute("from raw.extract_ids order by all").fetchall()
    assert set(noted) <= set(again)
    with pytest.raises(UserError, match="BAT-16"):
        refuse_ids_that_gather(warehouse, None, None)
