"""Print the scorecard for one month: every indicator for the county or for one locality.

Figures are rounded half up, and only here; a dash means that no figure is available.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import click
import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from vital_signs.commands import MONTH, step, warehouse_option
from vital_signs.errors import UserError
from vital_signs.months import months_back
from vital_signs.report.limits import limits_of
from vital_signs.warehouse import reading

SCORECARD = "indicators.indicator_scorecard"
NOTHING = "-"
# Enough for every column on one line when the output goes to a file or another program.
PLAIN_WIDTH = 220
# A double has about fifteen digits: noise beyond the ninth decimal must not affect rounding.
EXACT_DECIMALS = 9
# A word with each symbol, and a colour only in addition.
RAG = {
    "red": ("✖ red", "bold red"),
    "amber": ("◆ amber", "yellow"),
    "green": ("✔ green", "green"),
}
TRAVEL = {"improved": "▲ better", "worsened": "▼ worse", "same": "= same"}
MONTH_COLUMNS = ("value_m3", "value_m2", "value_m1", "value_m0")
COMPARISONS = {
    "previous_ytd_value": "Last year",
    "statistical_neighbour_average": "Neighbours",
    "best_statistical_neighbour": "Best nb.",
    "national_average": "England",
    "national_top_quartile": "Top qrt.",
    "eastern_region": "Eastern",
}


# What is specific to one council; other councils' scorecards leave it out (decision 0037).
OWN_COLUMNS = (
    "target_text",
    "rag_status",
    "red_limit",
    "green_limit",
    *(name for name in COMPARISONS if name != "previous_ytd_value"),
)
UNROUNDED = " unrounded"


def rounded(value: float | None, decimal_places: int | None) -> str:
    """Return a number as displayed: half up, away from zero, to the decimal places given."""
    if value is None:
        return NOTHING
    exact = Decimal(repr(round(float(value), EXACT_DECIMALS)))
    places = Decimal(1).scaleb(-(decimal_places or 0))
    shown = exact.quantize(places, rounding=ROUND_HALF_UP)
    return f"{abs(shown) if shown == 0 else shown:,}"


def read_scorecard(
    connection: duckdb.DuckDBPyConnection, month: date | None, area: str
) -> tuple[date, list[dict[str, Any]]]:
    """Return the month (the last one where none is asked for) and one row per reported indicator.

    Raises UserError for a month or an area that the scorecard does not have.
    """
    try:
        first, last = connection.execute(
            f"select min(month_end), max(month_end) from {SCORECARD}"
        ).fetchone()
    except duckdb.CatalogException:
        raise UserError(
            f"there is no {SCORECARD} in the warehouse", "run vital-signs build first"
        ) from None
    if last is None:
        raise UserError(
            "the scorecard contains no months",
            "land an extract that covers a complete month, then build",
        )
    wanted = month or last
    found = connection.execute(
        f"select * from {SCORECARD} where month_end = ? and area_code = ? and is_in_report"
        " order by display_order, indicator_ref",
        [wanted, area],
    )
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    if rows and not has_targets(connection):
        rows = [row | dict.fromkeys(OWN_COLUMNS) for row in rows]
    if rows:
        return wanted, rows
    areas = [
        code
        for (code,) in connection.execute(
            f"select distinct area_code from {SCORECARD} where month_end = ? order by area_code",
            [wanted],
        ).fetchall()
    ]
    if areas:
        raise UserError(f"there is no area {area!r}", f"use one of {', '.join(areas)}")
    raise UserError(
        f"there is no scorecard for {wanted:%Y-%m}",
        f"choose a month from {first:%Y-%m} to {last:%Y-%m}",
    )


def has_targets(connection: duckdb.DuckDBPyConnection) -> bool:
    """Return whether the targets in the project belong to the extract's council."""
    try:
        found = connection.execute("select is_demonstration from core.dim_extract").fetchone()
    except (duckdb.CatalogException, duckdb.BinderException):
        return False
    return found == (True,)


def scorecard_table(month: date, rows: Sequence[dict[str, Any]]) -> Table:
    """Return the scorecard as a table, with a blank line above each section of the report."""
    comparisons = [name for name in COMPARISONS if any(row[name] is not None for row in rows)]
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Ref", no_wrap=True)
    table.add_column("Indicator", min_width=24)
    for count in (3, 2, 1, 0):
        table.add_column(f"{months_back(month, count):%b %y}", justify="right", no_wrap=True)
    table.add_column("YTD", justify="right", no_wrap=True)
    table.add_column("Target", justify="right")
    table.add_column("Travel", no_wrap=True)
    table.add_column("RAG", no_wrap=True)
    table.add_column("Red", justify="right", no_wrap=True)
    table.add_column("Green", justify="right", no_wrap=True)
    for name in comparisons:
        table.add_column(COMPARISONS[name], justify="right", no_wrap=True)
    section = None
    for row in rows:
        if row["section"] != section:
            section = row["section"]
            table.add_row()
        table.add_row(*_cells(row, comparisons))
    return table


def _cells(row: dict[str, Any], comparisons: Sequence[str]) -> list[str | Text]:
    def number(name: str) -> str:
        shown = rounded(row[name], row["decimal_places"])
        return f"{shown}%" if row["unit"] == "percent" and shown != NOTHING else shown

    limits = limits_of(row)
    coloured = row | ({"red_limit": limits.red} if limits else {})
    red = rounded(coloured["red_limit"], row["decimal_places"])
    travel = TRAVEL.get(row["direction_of_travel"], NOTHING)
    if row["direction_of_travel"] in ("improved", "worsened"):
        travel += UNROUNDED if number("value_m0") == number("value_m1") else ""
    word, style = RAG.get(row["rag_status"], (NOTHING, ""))
    return [
        row["indicator_ref"],
        row["indicator_name"],
        *(number(name) for name in MONTH_COLUMNS),
        number("ytd_value"),
        row["target_text"] or NOTHING,
        travel,
        Text(word, style=style),
        f"{red}%" if row["unit"] == "percent" and red != NOTHING else red,
        number("green_limit"),
        *(number(name) for name in comparisons),
    ]


def availability_lines(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Return one line for each reason why indicators have no figure this month."""
    meanings = {
        "not_available": "not available",
        "insufficient_history": "without enough history in the extract",
        "no_denominator": "with no cases, or no population, to base a figure on",
    }
    references: dict[tuple[str, str], list[str]] = {}
    for status in meanings:
        for row in rows:
            if row["availability"] == status:
                why = row["availability_reason"] or ""
                references.setdefault((status, why), []).append(row["indicator_ref"])
    return [
        f"{len(refs)} {'indicator' if len(refs) == 1 else 'indicators'} {meanings[status]}"
        f"{f' ({why})' if why else ''}: {', '.join(refs)}"
        for (status, why), refs in references.items()
    ]


def print_scorecard(warehouse: Path, month: date | None, area: str = "COUNTY") -> None:
    """Print the scorecard from a warehouse file, opened read-only."""
    with reading(warehouse) as connection:
        wanted, rows = read_scorecard(connection, month, area)
        is_complete = has_targets(connection)
    sys.stdout.reconfigure(errors="replace")
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PLAIN_WIDTH)
    console.print(f"Scorecard {wanted:%B %Y}, {area}", style="bold")
    console.print(scorecard_table(wanted, rows))
    if not is_complete:
        console.print(
            "No targets are set for this council: no limits, colours or benchmarks. Rates use the"
            " population in seeds/reference/population.csv: check that it is this council's."
        )
    for line in availability_lines(rows):
        console.print(line)


@step("scorecard", __doc__)
@click.option("--month", type=MONTH, help="Month (default: the last one).")
@click.option("--area", default="COUNTY", metavar="CODE", help="COUNTY, or a locality's code.")
@warehouse_option
def main(month: date | None, area: str, warehouse: Path) -> None:
    """Print the scorecard."""
    print_scorecard(warehouse, month, area.upper())
