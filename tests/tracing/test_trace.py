"""A trace ends at rows of `raw` that, counted there by plain SQL, give the same figure."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from vital_signs.months import month_end
from vital_signs.tracing.cases import (
    ADDITIVE,
    LARGEST,
    OUTSIDE,
    PER_WORKER,
    Case,
    cell_cases,
    kind_of,
    recounted,
)
from vital_signs.tracing.cell import read_cell
from vital_signs.tracing.definition import Definition, read_definition

pytestmark = pytest.mark.slow

CELLS = 200
SEED = 3
# A landed day, and behind it a time with an offset.
INSTANT = re.compile(r"(\S{10})[ Tt](\d\d:\d\d)\S*? ?(Z|UTC|[+-]\d\d:?\d\d)$", re.IGNORECASE)
# Where the landed row itself has the date by which a population counts: table and column.
RAW_DATES = {
    "int_cases__early_help_requests": "ehrq_request_date",
    "int_cases__contacts": "cont_contact_date",
    "int_cases__referrals": "cont_contact_date",
    "int_cases__s47_started": "s47e_s47_start_date",
    "int_cases__s47_completed": "s47e_s47_end_date",
    "int_cases__assessments_authorised": "cina_assessment_auth_date",
    "int_cases__initial_conferences": "icpc_icpc_date",
    "int_cases__review_conferences": "cppr_cp_review_date",
    "int_cases__lac_starts": "clae_cla_episode_start_date",
}
Cell = tuple[str, date, str, float, float | None]


def some_cells(connection: duckdb.DuckDBPyConnection, count: int) -> list[Cell]:
    cells = connection.execute(
        "select indicator_ref, month_end, area_code, numerator, denominator"
        " from indicators.fct_indicator_values"
        # cells with cases, so that nothing is proved of nothing
        " where availability = 'available' and (numerator > 0 or denominator > 0) order by all"
    ).fetchall()
    return random.Random(SEED).sample(cells, count)


def raw_rows(connection: duckdb.DuckDBPyConnection, cases: list[Case]) -> int:
    """Return how many distinct rows of `raw` the cases end at, month by month and rule by rule."""
    wanted = defaultdict(set)
    for case in cases:
        assert case.place is not None, (case.measure, case.source_table)
        wanted[(case.measure, case.month_end, case.place.table, case.place.file)].add(
            case.place.row
        )
    return sum(
        connection.execute(
            f"select count(distinct _source_row) from raw.{table} where _source_file = ?"
            " and list_contains(?, _source_row) and _extract_id ="
            " (select extract_id from raw.extract_log order by as_at desc limit 1)",
            [file, sorted(numbers)],
        ).fetchone()[0]
        for (_, _, table, file), numbers in wanted.items()
    )


def check_cell(connection: duckdb.DuckDBPyConnection, cell: Cell) -> Definition:
    reference, month, area, numerator, denominator = cell
    definition = read_definition(connection, reference)
    cases = cell_cases(connection, definition, month, area)
    counted = [case for case in cases if case.numerator]
    divides = [case for case in cases if case.denominator is not None]
    kind = kind_of(definition)
    if kind == LARGEST:
        # the rows of the worker with the largest caseload
        rows = max(
            raw_rows(connection, [case for case in counted if case.worker_id == worker])
            for worker in {case.worker_id for case in counted if case.worker_id}
        )
        assert rows == numerator, cell
        return definition
    if definition.catalogue["unit"] == "days":
        # days are added up, not counted: the rows are those of the denominator
        assert sum(case.numerator for case in counted) == numerator, cell
    else:
        assert raw_rows(connection, counted) == numerator, cell
    divided = definition.catalogue["denominator_stat"]
    if divided in ("count", "measure"):
        assert raw_rows(connection, divides) == denominator, cell
    if kind == PER_WORKER:
        assert recounted(definition, cases)[1] == pytest.approx(denominator), cell
        assert len({case.worker_id for case in counted if case.worker_id}) == denominator, cell
    check_dates(connection, definition, month, counted)
    return definition


def check_dates(
    connection: duckdb.DuckDBPyConnection, definition: Definition, month: date, cases: list[Case]
) -> None:
    """The row's loaded text gives the month, read here by its format and its offset alone (G69)."""
    column = RAW_DATES.get(definition.measures[0].population or "")
    if not column or not cases:
        return
    (style,) = connection.execute("select any_value(date_format) from raw.extract_log").fetchone()
    pattern = "%d/%m/%Y" if style == "DMY" else "%Y-%m-%d"
    for case in cases:
        (text,) = connection.execute(
            f"select {column} from raw.{case.place.table} where _source_row = ?",
            [case.place.row],
        ).fetchone()
        text = text.strip()
        instant = INSTANT.match(text)
        day = datetime.strptime(text[:10], pattern)
        if instant:
            offset = instant[3].upper().replace("UTC", "Z")
            moment = datetime.strptime(f"{day:%Y-%m-%d} {instant[2]} {offset}", "%Y-%m-%d %H:%M %z")
            day = moment.astimezone(ZoneInfo("Europe/London"))
        landed_month = month_end(f"{day:%Y-%m}")
        assert landed_month == case.month_end, (definition.reference, column)
        if definition.catalogue["period_window"] == "month":
            assert landed_month == month, (definition.reference, column)


def test_random_cells_end_at_raw_rows_that_give_the_number(warehouses: list[Path]) -> None:
    kinds = set()
    for path in warehouses:
        with duckdb.connect(str(path), read_only=True) as connection:
            for cell in some_cells(connection, CELLS // len(warehouses)):
                definition = check_cell(connection, cell)
                kinds.add((kind_of(definition), definition.catalogue["denominator_stat"]))
    # every way in which a number can be put together was among them
    assert {kind for kind, _ in kinds} == {ADDITIVE, PER_WORKER, LARGEST}
    assert {"none", "count", "population", "measure"} <= {stat for _, stat in kinds}


def test_a_row_that_is_taken_away_is_missed(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = next(cell for cell in some_cells(connection, 50) if cell[3] > 1)
    whole = cell_cases
    monkeypatch.setattr(
        "tests.tracing.test_trace.cell_cases",
        lambda *arguments: [case for case in whole(*arguments) if case.numerator][1:],
    )

    with pytest.raises(AssertionError):
        check_cell(connection, cell)


def test_doubts_are_those_of_the_quality_marts(connection: duckdb.DuckDBPyConnection) -> None:
    listed = connection.execute(
        "select indicator_ref, month_end, area_code, rule_ids, doubtful_case_count"
        " from quality.quality_by_indicator order by all"
    ).fetchall()
    some = random.Random(SEED).sample([row for row in listed if row[3]], 12)
    some += random.Random(SEED).sample([row for row in listed if not row[3]], 3)

    for reference, month, area, rules, _ in some:
        cell = read_cell(connection, reference, month, area)
        found = sorted(row["rule_id"] for row in cell.doubts)
        assert found == (rules.split(", ") if rules else []), (reference, area)


def test_the_trace_and_the_cases_of_the_warehouse_name_the_same_deciding_dates(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    compared, dated, undated = set(), set(), set()
    for reference, month, area, _, _ in some_cells(connection, 60):
        definition = read_definition(connection, reference)
        told = {
            (case.case_id, case.decided_on, case.decided_by)
            for case in cell_cases(connection, definition, month, area)
            if case.status != OUTSIDE
        }
        kept = connection.execute(
            "select distinct case_id, decided_on, decided_by from indicators.fct_indicator_cases"
            " where indicator_ref = ? and month_end = ? and (? = 'COUNTY' or area_code = ?)",
            [reference, month, area, area],
        ).fetchall()
        assert told == set(kept), (reference, month, area)
        compared |= {measure.name for measure in definition.measures}
        dated |= {words for _, day, words in kept if day}
        undated |= {words for _, day, words in kept if not day}

    assert len(compared) > 20 and len(dated) > 10
    assert undated and not dated & undated
