"""List the children behind a figure (met, not met, outside) for managers permitted to see them.

    vital-signs caselist --ref 6.14 --month 2018-03 --team T000020 --out /secure/lists

The file contains data about children. Only its owner can read it, and it is never written to a
folder `reports`, from which files are sent on. It contains ids, for use in the case system, but no
names.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
import duckdb
import xlsxwriter

from vital_signs.commands import MONTH, PATH, step, warehouse_option
from vital_signs.errors import UserError
from vital_signs.files import OWNER_ONLY, replaced
from vital_signs.tracing.places import find_places
from vital_signs.warehouse import reading

FORMATS = ("xlsx", "csv")
FORBIDDEN_FOLDER = "reports"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
WIDTHS = {"status": 10, "decided_by": 44, "source_file": 30}
PLAIN_WIDTH = 16


def check_indicator(connection: duckdb.DuckDBPyConnection, reference: str) -> None:
    """Raise UserError for an indicator that is not in the register or not live."""
    if not connection.execute(
        "select 1 from reference.indicators where indicator_ref = ? and status = 'live'",
        [reference],
    ).fetchall():
        raise UserError(
            f"there is no indicator {reference!r}", "give a ref from the register, such as 6.14"
        )


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
    population that the measure considers but in neither. Raises UserError for an unknown ref,
    month, area, team or worker, and for an indicator without data.
    """
    check_indicator(connection, reference)
    check_month(connection, reference, month)
    connection.execute(
        """
        create or replace temp table case_list as
        select
            status,
            area_code,
            team_id,
            worker_id,
            person_id,
            case_id,
            case_month_end as counts_in_month,
            case_date,
            decided_on,
            decided_by,
            measure_value as counted,
            source_table,
            source_row_key
        from intermediate.int_figure_cases
        where indicator_ref = ? and month_end = ? and period = 'month' and is_numerator
        """,
        [reference, month],
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


def check_month(connection: duckdb.DuckDBPyConnection, reference: str, month: date) -> None:
    """Raise UserError for a month that is not reported, or for which there is no figure."""
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
            f"{reference} has no figure for {month:%Y-%m}: {state} ({reason})",
            "land the missing data, or choose a later month",
        )


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
                f"no case in that month has the {name} {value!r}",
                f"check the {name}'s code, or leave --{name} out",
            )
        conditions.append(f"{column} = ?")
        values.append(value)
    return ("where " + " and ".join(conditions) if conditions else ""), values


def _add_places_in_the_extract(connection: duckdb.DuckDBPyConnection) -> None:
    """Make source_places: file and row, in the extract in force, of every source row listed."""
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
    """Return a cell for a file: text that a spreadsheet would read as a formula is quoted."""
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value.isoformat() if isinstance(value, date) else value


def as_csv(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Return the list as CSV, with a mark that tells spreadsheets it is UTF-8."""
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
            "case lists contain data about children and do not belong in reports",
            "give a folder that only people permitted to see them can read",
            file=str(folder),
        )
    if not resolved.is_dir():
        raise UserError("there is no such folder", "create it first", file=str(folder))
    return resolved


@step("caselist", __doc__)
@click.option("--ref", required=True, help="Indicator, such as 6.14.")
@click.option("--month", type=MONTH, required=True, help="Month of the figure.")
@click.option("--area", metavar="CODE", help="Only this locality.")
@click.option("--team", metavar="ID", help="Only this team.")
@click.option("--worker", metavar="ID", help="Only this worker.")
@click.option("--out", type=PATH, required=True, metavar="FOLDER", help="Never `reports`.")
@click.option("--format", "kind", type=click.Choice(FORMATS), default="xlsx", show_default=True)
@warehouse_option
def main(
    ref: str,
    month: date,
    area: str | None,
    team: str | None,
    worker: str | None,
    out: Path,
    kind: str,
    warehouse: Path,
) -> None:
    """Write the list and print only how many cases of each kind it has."""
    folder = check_folder(out)
    area = area.upper() if area else None
    with reading(warehouse) as connection:
        names, rows = read_cases(connection, ref, month, area, team, worker)
    title = f"{ref}, {month:%B %Y}"
    content = as_xlsx(names, rows, title) if kind == "xlsx" else as_csv(names, rows)
    chosen = [part for part in (area, team, worker) if part]
    stem = "-".join(["cases", ref, f"{month:%Y-%m}", *chosen])
    safe = "".join(sign if sign.isalnum() or sign in "-._" else "_" for sign in stem)
    path = folder / f"{safe}.{kind}"
    with replaced(path, OWNER_ONLY) as unfinished:
        unfinished.write_bytes(content)
    counts = [
        f"{sum(row[0] == status for row in rows):,} {status}"
        for status in ("met", "not met", "outside")
    ]
    print(f"wrote {path.name}: {', '.join(counts)}")
