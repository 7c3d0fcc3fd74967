"""Everything known about one cell (indicator, month, area), read from the warehouse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from vital_signs.errors import UserError
from vital_signs.scorecard import months_back
from vital_signs.sql import Row, first_row, rows
from vital_signs.tracing.cases import COUNTY, Case, cell_cases
from vital_signs.tracing.definition import Definition, parameters_in_force, read_definition

# The tables without which localities cannot be identified (entities).
LOCALITY_TABLES = ("ssd_department", "ssdx_team_localities")
DOUBTS = """
with
cases as (
    select unnest(?::varchar[]) as source_table, unnest(?::varchar[]) as source_row_key,
        unnest(?::varchar[]) as person_id, unnest(?::varchar[]) as case_id
),
doubts as (
    select * from intermediate.int_quality_doubts where indicator_ref = ?
),
doubted as (
    select doubts.rule_id, cases.case_id
    from cases
    inner join doubts
        on cases.source_table = doubts.table_name and cases.source_row_key = doubts.row_key
    union
    select doubts.rule_id, cases.case_id
    from cases
    inner join doubts on cases.person_id = doubts.person_id
    -- a later event cannot have changed the figure
    where coalesce(doubts.event_date <= ?, true)
)
select doubted.rule_id, rules.severity, rules.message, count(distinct doubted.case_id) as case_count
from doubted
inner join quality.dim_quality_rules as rules on doubted.rule_id = rules.rule_id
group by all
order by case_count desc, doubted.rule_id
"""


@dataclass(frozen=True)
class Cell:
    """One figure and what it was made from.

    `number` is its row of published.indicator_values (internal edition), `signs` that of the
    scorecard, which areas without a locality lack. `tables` gives what the extract has of the
    tables it needs, `set_aside` which of their rows no indicator counts, `doubts` which quality
    rules fail among the cases.
    """

    definition: Definition
    month: date
    area: Row
    number: Row
    signs: Row | None
    limits: Row | None
    extract: Row
    parameters: list[Row]
    people_of_county: float | None
    tables: list[Row]
    history_needed_from: date | None
    set_aside: list[Row]
    cases: list[Case]
    doubts: list[Row]


def read_area(connection: duckdb.DuckDBPyConnection, definition: Definition, code: str) -> Row:
    """Return an area. Raises UserError if unknown, or if the indicator has no localities."""
    areas = rows(connection, "select * from published.areas order by display_order")
    known = {area["area_code"]: area for area in areas}
    if code not in known:
        raise UserError(f"there is no area {code!r}", f"choose one of {', '.join(known)}")
    if definition.is_county_only and code != COUNTY:
        raise UserError(
            f"{definition.reference} is counted for the county only", "leave out --area"
        )
    return known[code]


def check_month(connection: duckdb.DuckDBPyConnection, month: date) -> None:
    """Raise UserError if a month is not reported."""
    reported = [
        row["month_end"]
        for row in rows(connection, "select month_end from published.months order by month_end")
    ]
    if month not in reported:
        span = f"from {reported[0]:%Y-%m} to {reported[-1]:%Y-%m}" if reported else "with data"
        raise UserError(f"{month:%Y-%m} is not reported", f"choose a month {span}")


def read_cell(
    connection: duckdb.DuckDBPyConnection, reference: str, month: date, area_code: str
) -> Cell:
    """Return a cell with its cases. Raises UserError for an unknown ref, month or area."""
    definition = read_definition(connection, reference)
    check_month(connection, month)
    area = read_area(connection, definition, area_code)
    where = [reference, month, area_code]
    number = first_row(
        connection,
        "select * from published.indicator_values where edition = 'internal'"
        " and indicator_ref = ? and month_end = ? and area_code = ?",
        where,
    )
    if not number:
        raise UserError("the warehouse has no such figure", "rebuild it")
    has_number = number["availability"] not in ("not_available", "insufficient_history")
    cases = cell_cases(connection, definition, month, area_code) if has_number else []
    tables = [*definition.raw_tables]
    if area_code != COUNTY:
        tables += [name for name in LOCALITY_TABLES if name not in tables]
    return Cell(
        definition=definition,
        month=month,
        area=area,
        number=number,
        signs=first_row(
            connection,
            "select * from indicators.indicator_scorecard"
            " where indicator_ref = ? and month_end = ? and area_code = ?",
            where,
        ),
        limits=first_row(
            connection,
            "select * from published.targets where indicator_ref = ? and valid_from <= ?"
            " order by valid_from desc",
            where[:2],
        ),
        extract=first_row(connection, "select * from core.dim_extract") or {},
        parameters=parameters_in_force(connection, definition, month),
        people_of_county=_population(connection, month, area_code),
        tables=_tables(connection, tables),
        history_needed_from=_history_needed_from(definition, month),
        set_aside=_set_aside(connection, tables),
        cases=cases,
        doubts=_doubts(connection, definition, month, cases),
    )


def _history_needed_from(definition: Definition, month: date) -> date | None:
    """Return the day from which records are needed, None if the month itself is enough (G6)."""
    months = definition.catalogue["history_months"]
    return None if months is None else months_back(month, months).replace(day=1)


def _population(connection: duckdb.DuckDBPyConnection, month: date, area: str) -> float | None:
    found = connection.execute(
        "select population from intermediate.int_population_by_month"
        " where month_end = ? and area_code = ?",
        [month, area],
    ).fetchone()
    return found[0] if found else None


def _tables(connection: duckdb.DuckDBPyConnection, tables: list[str]) -> list[Row]:
    """Return each raw table's rows: landed, used, quarantined, duplicates."""
    return rows(
        connection,
        """
        select
            needed.table_name, extract_tables.source_file, extract_tables.has_rows,
            extract_tables.history_from, landed.missing_columns,
            accounting.rows_landed, accounting.rows_used, accounting.rows_quarantined,
            accounting.rows_duplicate
        from (select unnest(?::varchar[]) as table_name) as needed
        left join staging.stg_landing__extract_tables as extract_tables using (table_name)
        left join raw.extract_tables as landed
            on needed.table_name = landed.table_name
            and landed.extract_id = (select extract_id from core.dim_extract)
        left join quality.row_accounting as accounting
            on needed.table_name = accounting.table_name
        order by needed.table_name
        """,
        [tables],
    )


def _set_aside(connection: duckdb.DuckDBPyConnection, tables: list[str]) -> list[Row]:
    return rows(
        connection,
        """
        select
            failures.table_name, failures.rule_id, failures.consequence as treatment,
            rules.message,
            count(distinct failures.source_row) as row_count
        from quality.fct_quality_failures as failures
        inner join quality.dim_quality_rules as rules on failures.rule_id = rules.rule_id
        where rules.treatment in ('quarantined', 'dropped', 'field_left_out')
            and failures.consequence <> 'kept'
            and list_contains(?, failures.table_name)
        group by all
        order by failures.table_name, row_count desc, failures.rule_id
        """,
        [tables],
    )


def _doubts(
    connection: duckdb.DuckDBPyConnection, definition: Definition, month: date, cases: list[Case]
) -> list[Row]:
    counted = [case for case in cases if case.numerator is not None or case.denominator is not None]
    if not counted:
        return []
    return rows(
        connection,
        DOUBTS,
        [
            [case.source_table for case in counted],
            [case.source_key for case in counted],
            [case.person_id for case in counted],
            [f"{case.case_id} {case.month_end}" for case in counted],
            definition.reference,
            month,
        ],
    )
