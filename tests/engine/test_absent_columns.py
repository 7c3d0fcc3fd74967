"""A column missing from a file is never a 0 and never changes a figure silently (G73)."""

from __future__ import annotations

import csv
import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from vital_signs.commands import PROJECT
from vital_signs.landing.contract import load_contract

from tests import records
from tests.engine.building import Builder, Compiled
from tests.engine.rebuilding import VALUES, Rebuilder
from tests.oracle.fuzz import make_extract

SEEDS = PROJECT / "seeds" / "indicators"
OPTIONAL = [
    (table.name, column)
    for table in load_contract()
    for column in table.columns
    if column not in {name for group in table.needed for name in group if len(group) == 1}
]
Refs = dict[tuple[str, str], set[str]]


def lines(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def refs_by_column() -> dict[str, Refs]:
    """Return what the seeds say about each column: which refs need it, and which it refines."""
    every = {line["indicator_ref"] for line in lines("indicators")}
    found: dict[str, Refs] = defaultdict(lambda: defaultdict(set))

    def note(table: str, columns: str, refs: set[str], effect: str) -> None:
        ways = columns.split("|")
        for way in ways:
            # any of several will do, so that one of them only refines
            found[effect if len(ways) == 1 else "refines"][table, way] |= refs

    for line in lines("indicator_raw_tables"):
        for columns in line["raw_columns"].split():
            note(line["raw_table"], columns, {line["indicator_ref"]}, "needed")
    for line in lines("indicator_other_columns"):
        refs = every if line["indicator_refs"] == "all" else set(line["indicator_refs"].split())
        if line["raw_column"]:
            note(line["raw_table"], line["raw_column"], refs, line["effect"])
    return found


@pytest.fixture(scope="module")
def build(build: Builder) -> Builder:
    return build.up_to("indicators")


@pytest.fixture(scope="module")
def complete(build: Builder, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return an extract with every table and column, and the warehouse built from it."""
    folder = tmp_path_factory.mktemp("complete")
    extract = make_extract(folder / "extract", 101, complete=True, file_format="csv")
    return extract, build(extract, folder / "warehouse.duckdb")


@pytest.fixture(scope="module")
def rebuilder(
    complete: tuple[Path, Path], build: Builder, compiled: Compiled
) -> Iterator[Rebuilder]:
    made = Rebuilder(complete[1], build, compiled.manifest["nodes"])
    yield made
    made.connection.close()


@pytest.mark.slow
@pytest.mark.parametrize(("table", "column"), OPTIONAL)
def test_without_a_column_numbers_stand_are_missing_or_are_listed(
    table: str, column: str, rebuilder: Rebuilder
) -> None:
    known = refs_by_column()
    refines = known["refines"][table, column]
    needed = known["needed"][table, column]
    in_localities = known["needed_in_localities"][table, column]
    moved = set()
    hidden: dict[str, set[str]] = defaultdict(set)
    for ref, _, area, *_, availability, reason in rebuilder.without(table, column):
        if availability == "not_available" and f"column {column} " in reason:
            hidden["county" if area == "COUNTY" else "localities"].add(ref)
        else:
            moved.add(ref)

    assert moved - refines == set(), "these moved in silence"
    assert hidden["county"] == needed
    county_only = {
        line["indicator_ref"] for line in lines("indicators") if line["lowest_area"] == "county"
    }
    assert hidden["localities"] == (needed | in_localities) - county_only


def land_without(
    columns: dict[str, str], complete: Path, folder: Path, build: Builder, *tables: str
) -> Path:
    """Build an extract whose files lack columns, and which lacks some tables altogether."""
    extract = folder / "extract"
    extract.mkdir()
    (extract / "extract.json").write_bytes((complete / "extract.json").read_bytes())
    for table, rows in records.read_tables(complete).items():
        if table not in tables:
            left_out = columns.get(table, "").split()
            shown = [name for name in rows[0] if name not in left_out]
            kept = [{name: row[name] for name in shown} for row in rows]
            records.write_table(extract / f"{table}.csv", kept, shown)
    return build(extract, folder / "warehouse.duckdb")


def reasons(warehouse: Path, *refs: str) -> dict[str, set[tuple[str, str | None]]]:
    """Return what is said of each ref in the county: availability and reason."""
    found = defaultdict(set)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for ref, availability, reason in connection.execute(
            f"select indicator_ref, availability, availability_reason from {VALUES}"
            " where area_code = 'COUNTY' and list_contains(?, indicator_ref)",
            [list(refs)],
        ).fetchall():
            found[ref].add((availability, reason))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("ssdx_foster_carer_households", "fosh_ceased_date"),
        ("ssdx_team_localities", "tloc_valid_to"),
    ],
)
def test_a_column_taken_out_of_the_file_is_what_the_test_above_takes_out(
    table: str,
    column: str,
    complete: tuple[Path, Path],
    rebuilder: Rebuilder,
    build: Builder,
    tmp_path: Path,
) -> None:
    """Tables without two rows under one id: the row's hash decides which of those is kept."""
    landed = land_without({table: column}, complete[0], tmp_path, build)
    with duckdb.connect(str(landed), read_only=True) as connection:
        rows = set(connection.execute(f"from {VALUES}").fetchall())
    before = set(rebuilder.connection.execute("from values_before").fetchall())

    assert rows - before == set(rebuilder.without(table, column))
    assert rows != before


@pytest.mark.slow
def test_children_in_need_without_ends_and_outcomes_of_enquiries(
    complete: tuple[Path, Path], build: Builder, tmp_path: Path
) -> None:
    warehouse = land_without(
        {
            "ssd_s47_enquiry": "s47e_s47_end_date x_s47e_outcome_code",
            "ssd_cin_assessments": "x_cina_outcome_code",
        },
        complete[0],
        tmp_path,
        build,
    )
    end = "column s47e_s47_end_date of ssd_s47_enquiry is missing"
    both = f"{end}; column x_s47e_outcome_code of ssd_s47_enquiry is missing"
    outcome = "column x_cina_outcome_code of ssd_cin_assessments is missing"
    expected = (
        dict.fromkeys(("4.3", "4.3r", "4.4"), end)
        | dict.fromkeys(("4.5", "4.5n", "4.6", "4.6n", "4.7", "4.7n"), both)
        | dict.fromkeys(("3.5", "3.5p", "3.6", "3.6p", "3.7", "3.7p"), outcome)
    )

    assert reasons(warehouse, *expected, "3.1") == {
        ref: {("not_available", reason)} for ref, reason in expected.items()
    } | {"3.1": {("available", None)}}


@pytest.mark.slow
def test_pathway_plans_that_are_neither_rows_nor_review_dates(
    complete: tuple[Path, Path], build: Builder, tmp_path: Path
) -> None:
    warehouse = land_without(
        {"ssd_care_leavers": "clea_pathway_plan_review_date"},
        complete[0],
        tmp_path,
        build,
        "ssdx_pathway_plans",
    )
    reason = (
        "column clea_pathway_plan_review_date of ssd_care_leavers"
        " and table ssdx_pathway_plans are missing"
    )

    assert reasons(warehouse, "8.1", "8.2")["8.2"] == {("not_available", reason)}
    assert ("available", None) in reasons(warehouse, "8.1")["8.1"]


@pytest.mark.slow
def test_changes_of_worker_without_teams_are_neither_of_one_team_nor_of_two(
    complete: tuple[Path, Path], build: Builder, tmp_path: Path
) -> None:
    warehouse = land_without(
        {"ssd_involvements": "invo_professional_team"}, complete[0], tmp_path, build
    )
    reason = "column invo_professional_team of ssd_involvements is missing"

    assert reasons(warehouse, "C1", "C1p", "C2", "C2p") == {
        ref: {("not_available", reason)} for ref in ("C1", "C1p", "C2", "C2p")
    }


@pytest.mark.slow
def test_allocations_that_name_neither_a_child_nor_a_referral_that_is_there(
    complete: tuple[Path, Path], build: Builder, tmp_path: Path
) -> None:
    warehouse = land_without(
        {"ssd_involvements": "invo_person_id"}, complete[0], tmp_path, build, "ssd_cin_episodes"
    )
    reason = "column invo_person_id of ssd_involvements and table ssd_cin_episodes are missing"

    assert reasons(warehouse, "C1", "C1p", "11.1", "11.2a") == {
        ref: {("not_available", reason)} for ref in ("C1", "C1p", "11.1", "11.2a")
    }


@pytest.mark.slow
def test_the_latest_records_are_enough_for_the_last_month_only(
    complete: tuple[Path, Path], build: Builder, tmp_path: Path
) -> None:
    """G74; 2.8 uses its own value as the year to date, 6.1 does not need visits."""
    about = json.loads((complete[0] / "extract.json").read_text(encoding="utf-8"))
    about |= {"latest_only": ["ssd_cp_visits", "ssd_contacts"], "history_from": None}
    extract = shutil.copytree(complete[0], tmp_path / "extract")
    (extract / "extract.json").write_text(json.dumps(about), encoding="utf-8")
    warehouse = build(extract, tmp_path / "warehouse.duckdb")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = {
            (ref, is_last): (months, reason, has_year)
            for ref, is_last, months, reason, has_year in connection.execute(
                f"""
                select
                    indicator_ref,
                    month_end = (select max(month_end) from {VALUES}) as is_last,
                    count(*),
                    min(availability_reason),
                    bool_or(ytd_value is not null)
                from {VALUES}
                where
                    area_code = 'COUNTY'
                    and indicator_ref in ('2.1', '2.8', '6.14', '6.1')
                group by all
                """
            ).fetchall()
        }

    visits, contacts = (
        f"table {table} holds only the latest records"
        for table in ("ssd_cp_visits", "ssd_contacts")
    )
    assert found == {
        ("6.14", True): (1, None, False),
        ("6.14", False): (35, visits, False),
        ("2.1", True): (1, None, False),
        ("2.1", False): (35, contacts, False),
        ("2.8", True): (1, None, True),
        ("2.8", False): (35, contacts, False),
        ("6.1", True): (1, None, False),
        ("6.1", False): (35, None, False),
    }
