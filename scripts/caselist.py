"""Write the children behind a number: met, not met and outside, for the managers who may see them.

    python scripts/caselist.py --ref 6.14 --month 2018-03 --team T000020 --out /secure/lists

The file holds data about children. It is readable by its owner only, and is never written into a
folder `reports`, from which files are sent on. It holds ids, which lead to the case system, and no
names.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from commands import add_warehouse_option, month_end, run, warehouse_path
from explaining.places import find_places
from landing.errors import UserError, first_line

FORMATS = ("xlsx", "csv")
OWNER_ONLY = 0o600
FORBIDDEN_FOLDER = "reports"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
WIDTHS = {"status": 10, "decided_by": 44, "source_file": 30}
PLAIN_WIDTH = 16

CHECKS = "intermediate.int_lac_last_checks_at_month_end"
ON_CHECKS = "evidence.person_id = cases.person_id and evidence.month_end = cases.month_end"
LAST_CP_VISIT = (
    """(
        select plans.person_id, plans.month_end,
            coalesce(max(visits.visit_date), min(plans.start_date)) as decided_on
        from intermediate.int_on_cp_plan_at_month_end as plans
        left join core.fct_cp_visits as visits
            on plans.person_id = visits.person_id and visits.was_child_seen
            and visits.visit_date between plans.start_date and plans.month_end
        group by plans.person_id, plans.month_end
    )""",
    ON_CHECKS,
    "evidence.decided_on",
    "last visit with the child seen, else start of the plan",
)
PLAN_START = (
    "intermediate.int_on_cp_plan_at_month_end",
    ON_CHECKS,
    "evidence.start_date",
    "start of the plan",
)
# measure: where the date is that decides, how it is found, and what it is. Measures that are not
# here are decided by the date of the case itself.
DECIDING_DATES: dict[str, tuple[str, str, str, str]] = {
    "cp_child_seen_in_time": LAST_CP_VISIT,
    "cp_child_seen_in_20_days": LAST_CP_VISIT,
    "on_cp_plan_over_2_years": PLAN_START,
    "on_cp_plan_over_18_months": PLAN_START,
    "assessment_in_time": (
        "core.fct_assessments",
        "evidence.assessment_id = cases.source_row_key",
        "evidence.clock_start_date",
        "start of the clock: referral, or the assessment itself",
    ),
    "assessment_overdue": (
        "core.fct_assessments",
        "evidence.assessment_id = cases.source_row_key",
        "evidence.clock_start_date",
        "start of the clock: referral, or the assessment itself",
    ),
    "icpc_in_time": (
        "core.fct_initial_conferences",
        "evidence.conference_id = cases.source_row_key",
        "evidence.strategy_date",
        "strategy discussion",
    ),
    "rcpc_in_time": (
        "core.fct_review_conferences",
        "evidence.conference_id = cases.source_row_key",
        "coalesce(evidence.previous_held_date, evidence.plan_start_date)",
        "conference before, else start of the plan",
    ),
    "lac_health_assessment_current": (
        CHECKS, ON_CHECKS, "evidence.last_health_assessment_date", "last health assessment",
    ),
    "lac_dental_check_current": (
        CHECKS, ON_CHECKS, "evidence.last_dental_check_date", "last dental check",
    ),
    "lac_pep_current": (
        CHECKS, ON_CHECKS, "evidence.last_education_plan_date", "last personal education plan",
    ),
    "lac_seen_in_time": (
        CHECKS, ON_CHECKS, "evidence.last_seen_date", "last visit with the child seen",
    ),
}  # fmt: skip


def find_indicator(
    connection: duckdb.DuckDBPyConnection, reference: str
) -> tuple[str, str, str, str, str]:
    """Return measure, window, numerator statistic, lowest area, unit. UserError if unknown."""
    found = connection.execute(
        "select measure, period_window, numerator_stat, lowest_area, unit from reference.indicators"
        " where indicator_ref = ? and status = 'live'",
        [reference],
    ).fetchone()
    if not found:
        raise UserError(
            f"there is no indicator {reference!r}", "give a number of the register, such as 6.14"
        )
    return found


def read_cases(
    connection: duckdb.DuckDBPyConnection,
    reference: str,
    month: date,
    area: str | None,
    team: str | None,
    worker: str | None,
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return column names and one row per case, those that missed the standard first.

    `met` counts in the numerator, `not met` in the denominator only; `outside` is in the
    population that the measure looks at and in neither. Raises UserError for an unknown ref, month,
    area, team or worker, and for an indicator without data.
    """
    measure, window, statistic, lowest_area, unit = find_indicator(connection, reference)
    _check_month(connection, reference, month)
    population = connection.execute(
        "select table_name from duckdb_columns() where schema_name = 'intermediate'"
        " and column_name = ? order by table_name",
        [f"measure_{measure}"],
    ).fetchone()
    if not population:
        raise UserError(
            f"the warehouse has no cases for {reference}", "build it with this project's models"
        )
    # Days and caseloads are added up: whoever is counted has met what there is to meet.
    met = "1" if statistic != "sum" or unit == "days" else f"cases.measure_{measure}"
    joined, decided_on, decided_by = _deciding_date(measure)
    connection.execute(
        f"""
        create or replace temp table case_list as
        select
            case
                when cases.measure_{measure} is null then 'outside'
                when {met} > 0 then 'met'
                else 'not met'
            end as status,
            case when '{lowest_area}' = 'county' then 'COUNTY' else places.area_code end
                as area_code,
            coalesce(cases.team_id, places.team_id) as team_id,
            coalesce(cases.worker_id, places.worker_id) as worker_id,
            cases.person_id,
            cases.case_id,
            cases.month_end as counts_in_month,
            cases.attribution_date as case_date,
            {decided_on} as deciding_date,
            '{decided_by}' as decided_by,
            cases.measure_{measure} as counted,
            cases.source_table,
            cases.source_row_key
        from intermediate.{population[0]} as cases
        inner join intermediate.int_reporting_windows as windows
            on windows.month_end = ? and windows.period_window = ?
            and windows.covered_month_end = cases.month_end
        inner join intermediate.int_case_places as places
            on coalesce(cases.team_id, '') = places.own_team_key
            and coalesce(cases.person_id, '') = places.person_key
            and cases.attribution_date = places.attribution_date
        {joined}
        """,
        [month, window],
    )
    where, values = _filters(connection, area, team, worker)
    _add_places_in_the_extract(connection)
    found = connection.execute(
        f"""
        select case_list.*, source_places.source_file, source_places.source_row
        from case_list
        left join source_places using (source_table, source_row_key)
        {where}
        order by
            case status when 'not met' then 1 when 'met' then 2 else 3 end,
            area_code, team_id, worker_id, case_id, counts_in_month
        """,
        values,
    )
    return [column[0] for column in found.description], found.fetchall()


def _check_month(connection: duckdb.DuckDBPyConnection, reference: str, month: date) -> None:
    states = {
        month_end: (state, reason)
        for month_end, state, reason in connection.execute(
            "select month_end, availability, availability_reason"
            " from indicators.fct_indicator_values"
            " where indicator_ref = ? and area_code = 'COUNTY'",
            [reference],
        ).fetchall()
    }
    if month not in states:
        months = sorted(states)
        span = f"from {months[0]:%Y-%m} to {months[-1]:%Y-%m}" if months else "with data"
        raise UserError(f"{month:%Y-%m} is not reported", f"choose a month {span}")
    state, reason = states[month]
    if state in ("not_available", "insufficient_history"):
        raise UserError(
            f"{reference} has no number in {month:%Y-%m}: {state} ({reason})",
            "land what is missing, or choose a later month",
        )


def _deciding_date(measure: str) -> tuple[str, str, str]:
    if measure not in DECIDING_DATES:
        return "", "cases.attribution_date", "date of the case"
    table, condition, expression, meaning = DECIDING_DATES[measure]
    return f"left join {table} as evidence on {condition}", expression, meaning


def _filters(
    connection: duckdb.DuckDBPyConnection, area: str | None, team: str | None, worker: str | None
) -> tuple[str, list[str]]:
    conditions, values = [], []
    wanted = (
        ("area", "area_code", area),
        ("team", "team_id", team),
        ("worker", "worker_id", worker),
    )
    for name, column, value in wanted:
        if value is None or (column == "area_code" and value == "COUNTY"):
            continue
        known = connection.execute(
            f"select count(*) from case_list where {column} = ?", [value]
        ).fetchone()[0]
        if not known:
            raise UserError(
                f"no case of that month has the {name} {value!r}",
                f"check the {name}'s code, or leave --{name} out",
            )
        conditions.append(f"{column} = ?")
        values.append(value)
    return ("where " + " and ".join(conditions) if conditions else ""), values


def _add_places_in_the_extract(connection: duckdb.DuckDBPyConnection) -> None:
    """Make source_places: file and row of every source row of the list, of the extract in force."""
    connection.execute(
        "create or replace temp table source_places (source_table varchar, source_row_key varchar,"
        " source_file varchar, source_row bigint)"
    )
    wanted = connection.execute("select source_table, source_row_key from case_list").fetchall()
    found = find_places(connection, wanted)
    rows = [(*key, place.file, place.row) for key, place in found.items()]
    connection.execute(
        "insert into source_places select unnest(?::varchar[]), unnest(?::varchar[]),"
        " unnest(?::varchar[]), unnest(?::bigint[])",
        [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []],
    )


def as_text(value: Any) -> Any:
    """Return a cell for a file: text that a spreadsheet would take for a formula is quoted."""
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value.isoformat() if isinstance(value, date) else value


def as_csv(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Return the list as CSV, with a mark by which spreadsheets know that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([[as_text(value) for value in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(names: Sequence[str], rows: Sequence[Sequence[Any]], title: str) -> bytes:
    """Return the list as a workbook; text stays text, dates are dates, and nothing is a formula."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as workbook:
        sheet = workbook.add_worksheet("Cases")
        bold = workbook.add_format({"bold": True, "bottom": 1})
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.set_header(f"&L{title.replace('&', '&&')}&RRestricted: data about children")
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, bold)
            sheet.set_column(column, column, WIDTHS.get(name, PLAIN_WIDTH))
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, column, value)
                elif isinstance(value, date):
                    sheet.write_datetime(line, column, value, day)
                elif value is not None:
                    sheet.write_number(line, column, value)
        sheet.autofilter(0, 0, max(len(rows), 1), len(names) - 1)
    return out.getvalue()


def check_folder(folder: Path) -> Path:
    """Return the folder without links and `..`. Raises UserError for a folder `reports`."""
    resolved = folder.expanduser().resolve()
    named = {part.casefold() for path in (folder, resolved) for part in path.parts}
    if FORBIDDEN_FOLDER in named:
        raise UserError(
            "case lists hold data about children and do not belong into reports",
            "name a folder that only those who may see them can read",
            file=str(folder),
        )
    if not resolved.is_dir():
        raise UserError("there is no such folder", "make it first", file=str(folder))
    return resolved


def write_restricted(path: Path, content: bytes) -> None:
    """Write a file for its owner only, whole or not at all. Raises UserError where it cannot."""
    try:
        # mkstemp makes the file with mode 0600 from the first moment on.
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".caselist-")
    except OSError as error:
        raise UserError(
            f"cannot be written: {error.strerror}", "choose another folder", file=str(path.parent)
        ) from None
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).chmod(OWNER_ONLY)
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise UserError(
            f"cannot be written: {error.strerror}",
            "check the space on the disk and the permissions of the folder",
            file=str(path),
        ) from None


def case_list(options: argparse.Namespace) -> int:
    """Write the list and print how many cases of each kind it has, and nothing about them."""
    folder = check_folder(options.out)
    month = month_end(options.month)
    warehouse = warehouse_path(options.warehouse)
    if not warehouse.is_file():
        raise UserError("there is no such file", "build it first", file=str(warehouse))
    area = options.area.upper() if options.area else None
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            names, rows = read_cases(
                connection, options.ref, month, area, options.team, options.worker
            )
    except duckdb.Error as error:
        raise UserError(
            f"cannot be read: {first_line(error)}",
            "close programs that write to it, or build it again",
            file=str(warehouse),
        ) from None
    title = f"{options.ref}, {month:%B %Y}"
    content = as_xlsx(names, rows, title) if options.format == "xlsx" else as_csv(names, rows)
    chosen = [part for part in (area, options.team, options.worker) if part]
    stem = "-".join(["cases", options.ref, f"{month:%Y-%m}", *chosen])
    safe = "".join(sign if sign.isalnum() or sign in "-._" else "_" for sign in stem)
    path = folder / f"{safe}.{options.format}"
    write_restricted(path, content)
    counts = [
        f"{sum(row[0] == status for row in rows):,} {status}"
        for status in ("met", "not met", "outside")
    ]
    print(f"wrote {path.name}: {', '.join(counts)}")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code is 0, or 2 for a mistake that the user can mend."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ref", required=True, help="indicator, such as 6.14")
    parser.add_argument("--month", required=True, metavar="YYYY-MM", help="month of the number")
    parser.add_argument("--area", metavar="CODE", help="only this locality")
    parser.add_argument("--team", metavar="ID", help="only this team")
    parser.add_argument("--worker", metavar="ID", help="only this worker")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="FOLDER", help="where to; never `reports`"
    )
    parser.add_argument("--format", choices=FORMATS, default="xlsx")
    add_warehouse_option(parser)
    options = parser.parse_args(arguments)
    return run(lambda: case_list(options))


if __name__ == "__main__":
    sys.exit(main())
