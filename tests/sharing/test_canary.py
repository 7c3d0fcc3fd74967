"""A marked name turns up only in `raw` and in the lists that are meant to show children."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.sharing.canary import EVERYWHERE, IN_CODE, IN_ID, IN_TEXT, NAMES, UPN, found_in
from tests.sharing.conftest import ENCRYPTION_KEY, PSEUDONYM_KEY, Workshop

pytestmark = pytest.mark.slow

# Schemas that hold data about children under the ids of the case system. What was typed into an
# id, a code or a description is theirs as well; names are not.
ABOUT_CHILDREN = ("core", "indicators", "intermediate", "quality", "staging")


def marked_columns(
    path: Path, schema: str | None = None, marks: tuple[str, ...] = EVERYWHERE
) -> set[tuple[str, str, str]]:
    """Return schema, column and mark wherever a table of a file holds one."""
    found = set()
    with duckdb.connect(str(path), read_only=True) as connection:
        for name, table, columns in connection.execute(
            "select schema_name, table_name, list(column_name) from duckdb_columns()"
            " where not internal group by all"
        ).fetchall():
            if schema not in (None, name):
                continue
            places = [(column, mark) for column in columns for mark in marks]
            searches = ", ".join(
                f"bool_or(contains(lower(cast(\"{column}\" as varchar)), '{mark.lower()}'))"
                for column, mark in places
            )
            are_there = connection.execute(f'select {searches} from "{name}"."{table}"').fetchone()
            found |= {
                (name, *place)
                for place, is_there in zip(places, are_there, strict=True)
                if is_there
            }
    return found


def test_the_marks_are_in_raw(workshop: Workshop) -> None:
    assert {mark for _, _, mark in marked_columns(workshop.warehouse, "raw")} == set(EVERYWHERE)


def test_names_stay_in_raw_and_the_rest_in_the_schemas_about_children(workshop: Workshop) -> None:
    found = {entry for entry in marked_columns(workshop.warehouse) if entry[0] != "raw"}

    # the pupil number is compared by a rule of quality, and goes no further than staging
    assert {entry for entry in found if entry[2] in NAMES} == {("staging", "upn", UPN)}
    assert {schema for schema, _, _ in found} <= set(ABOUT_CHILDREN)
    assert {schema for schema, _, mark in found if mark == IN_TEXT} <= {"staging"}
    # and the test would have seen it: the child of the marked id counts
    assert ("indicators", "person_id", IN_ID) in found


def test_no_command_writes_a_mark_but_the_lists_that_are_asked_for(workshop: Workshop) -> None:
    with duckdb.connect(str(workshop.warehouse), read_only=True) as connection:
        month = connection.execute("select max(month_code) from published.months").fetchone()[0]
        places = connection.execute(
            "select team_id, worker_id from indicators.fct_indicator_cases where person_id = ?"
            " and team_id is not null and worker_id is not null limit 1",
            [IN_ID],
        ).fetchall()
    assert places, "the marked child has a team and a worker"
    lists = workshop.folder / "lists"
    lists.mkdir(exist_ok=True)
    run = workshop.run

    run("land", str(workshop.extract))
    run("scorecard", "--month", month)
    run("scorecard", "--month", month, "--area", "NORWICH")
    run("reconcile")
    for audience in ("internal", "public"):
        run("report", "--month", month, "--audience", audience)
    for reference in ("1.6", "3.3", "6.14", "7.1", "9.2", "11.1", "C1"):
        run("explain", reference, month)
    run("explain", month, "--child", NAMES[0], exit_code=2)
    run("explain", "9.99", month, exit_code=2)
    run("caselist", "--ref", "6.1", "--month", month, "--out", str(lists))
    run("caselist", "--ref", "6.1", "--month", month, "--out", "reports", exit_code=2)
    run("share", "--published", "for_published.duckdb")
    run("share", "--published", "for_internal.duckdb", "--edition", "internal")
    run("share", "--analyst", "for_analyst.duckdb", VITAL_SIGNS_PSEUDONYM_KEY=PSEUDONYM_KEY)
    run("share", "--archive", "for_archive.duckdb", VITAL_SIGNS_ENCRYPTION_KEY=ENCRYPTION_KEY)
    failing_landings(workshop)
    failing_builds(workshop)

    for command, said in workshop.said.items():
        assert not found_in(said, EVERYWHERE), command
    own = {workshop.warehouse, *workshop.extract.parent.glob("*extract*/**/*")}
    for path in sorted(workshop.folder.rglob("*")):
        if path.is_file() and path not in own and lists not in path.parents:
            assert not found_in(path.read_bytes(), EVERYWHERE), path.relative_to(workshop.folder)
    # Columns of a DuckDB file are compressed: they are read as well.
    for name in ("published", "internal", "analyst"):
        assert not marked_columns(workshop.folder / f"for_{name}.duckdb"), name

    # The lists that are there to show children do, and only they (not even they show names).
    asked = run("explain", month, "--child", IN_ID) + run("explain", "6.1", month, "--cases")
    assert found_in(asked, EVERYWHERE) == [IN_ID]


def failing_landings(workshop: Workshop) -> None:
    """Land what cannot be landed: the message must not repeat the row."""
    spoiled = workshop.folder / "spoiled_extract"
    shutil.copytree(workshop.extract, spoiled)
    with (spoiled / "ssd_person.csv").open("a", encoding="utf-8") as file:
        file.write(f"{NAMES[0]},{NAMES[1]},too,few\n")
    workshop.run("land", str(spoiled), exit_code=2)
    workshop.run("build", "--extract", str(spoiled), exit_code=2)


def failing_builds(workshop: Workshop) -> None:
    """Build what cannot be built: the log says more rows than there are, which blocks (BAT-01)."""
    broken = workshop.folder / "broken_extract.duckdb"
    shutil.copyfile(workshop.warehouse, broken)
    with duckdb.connect(str(broken)) as connection:
        connection.execute("update raw.extract_tables set row_count = row_count + 1")
    said = workshop.run(
        "build",
        "--as-at",
        "2099-01-01",
        "--select",
        "+stg_landing__extract_in_force",
        exit_code=1,
        VITAL_SIGNS_WAREHOUSE=str(broken),
    )
    assert "error:" in said
    broken.unlink()


@pytest.mark.parametrize("mark", [IN_CODE, IN_ID, IN_TEXT])
def test_the_search_finds_what_it_looks_for(mark: str, workshop: Workshop, tmp_path: Path) -> None:
    assert found_in(f"so {mark.upper()} it is", EVERYWHERE) == [mark]
    assert marked_columns(workshop.warehouse, "raw", (mark,))
