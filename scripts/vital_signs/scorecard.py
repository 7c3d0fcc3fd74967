"""Print the scorecard for one month: every indicator for the county or for one locality.

Figures are rounded half up, and only here; a dash means that no figure is available.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import click
import duckdb
from rich.cells import cell_len
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
OTHER_HEADINGS = {
    "ytd_value": "YTD",
    "target": "Target",
    "travel": "Travel",
    "rag": "RAG",
    "red_limit": "Red",
    "green_limit": "Green",
}
# Where the terminal is narrow, columns go in this order.
LEFT_OUT_FIRST = (
    *reversed(COMPARISONS), "green_limit", "red_limit", "value_m3", "value_m2", "value_m1",
    "target", "ytd_value",
)  # fmt: skip
WORDS = ("ref", "name", "travel", "rag")
WRAPPED = ("travel", "target", "name")
NARROWEST_NAME = 24
GAP = "  "


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


def scorecard_table(
    month: date, rows: Sequence[dict[str, Any]], width: int
) -> tuple[Table, list[str]]:
    """Return the scorecard in so many characters, and the headings of columns with no room in it.

    A blank line is above each section of the report. A comparison that no indicator has gets no
    column in any width.
    """
    headings = _headings(month)
    cells = [_cells(row) for row in rows]
    shown = [
        name
        for name in headings
        if name not in COMPARISONS or any(row[name] is not None for row in rows)
    ]
    texts = {name: [headings[name], *(str(row[name]) for row in cells)] for name in shown}
    widths = {name: _needed(name, texts[name]) for name in shown}

    def spare() -> int:
        return width - sum(widths[name] + len(GAP) for name in shown) + len(GAP)

    no_room = []
    for name in LEFT_OUT_FIRST:
        if name in shown and spare() < 0:
            shown.remove(name)
            no_room.append(headings[name])
    for name in WRAPPED:
        if name in shown:
            widths[name] += max(0, min(spare(), max(map(cell_len, texts[name])) - widths[name]))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in shown:
        table.add_column(
            headings[name],
            justify="left" if name in WORDS else "right",
            no_wrap=name not in WRAPPED,
            width=widths[name],
        )
    section = None
    for row, cell in zip(rows, cells, strict=True):
        if row["section"] != section:
            section = row["section"]
            table.add_row()
        table.add_row(*(cell[name] for name in shown))
    return table, no_room


def _headings(month: date) -> dict[str, str]:
    months = {
        name: f"{months_back(month, 3 - place):%b %y}" for place, name in enumerate(MONTH_COLUMNS)
    }
    return {"ref": "Ref", "name": "Indicator"} | months | OTHER_HEADINGS | COMPARISONS


def _needed(name: str, texts: Sequence[str]) -> int:
    """Return the least width of a column: its longest text, or word where texts are wrapped."""
    parts = list(texts)
    if name in WRAPPED:
        parts = [word for text in texts for word in text.split(" ")]
    if name == "travel":
        parts = [*TRAVEL.values(), UNROUNDED.strip()]
    return max(NARROWEST_NAME if name == "name" else 0, *map(cell_len, parts))


def _cells(row: dict[str, Any]) -> dict[str, str | Text]:
    limits = limits_of(row)
    values = row | ({"red_limit": limits.red} if limits else {})

    def number(name: str) -> str:
        shown = rounded(values[name], row["decimal_places"])
        return f"{shown}%" if row["unit"] == "percent" and shown != NOTHING else shown

    travel = TRAVEL.get(row["direction_of_travel"], NOTHING)
    if row["direction_of_travel"] in ("improved", "worsened"):
        travel += UNROUNDED if number("value_m0") == number("value_m1") else ""
    word, style = RAG.get(row["rag_status"], (NOTHING, ""))
    return {
        "ref": row["indicator_ref"],
        "name": row["indicator_name"],
        "target": row["target_text"] or NOTHING,
        "travel": travel,
        "rag": Text(word, style=style),
        **{name: number(name) for name in (*MONTH_COLUMNS, "ytd_value", *COMPARISONS)},
        **{name: number(name) for name in ("red_limit", "green_limit")},
    }


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
    is_plain = not sys.stdout.isatty()
    width = int(os.environ.get("COLUMNS") or PLAIN_WIDTH) if is_plain else None
    console = Console(highlight=False, width=width)
    for line in availability_lines(rows):
        console.print(line)
    console.print(f"\nScorecard {wanted:%B %Y}, {area}", style="bold")
    table, no_room = scorecard_table(wanted, rows, console.width)
    console.print(table)
    if no_room:
        console.print(f"Not in {console.width} columns: {', '.join(reversed(no_room))}.")
    if not is_complete:
        console.print(
            "No targets are set for this council: no limits, colours or benchmarks. Rates use the"
            " population in seeds/reference/population.csv: check that it is this council's."
        )


@step("scorecard", __doc__)
@click.option("--month", type=MONTH, help="Month (default: the last one).")
@click.option("--area", default="COUNTY", metavar="CODE", help="COUNTY, or a locality's code.")
@warehouse_option
def main(month: date | None, area: str, warehouse: Path) -> None:
    """Print the scorecard."""
    print_scorecard(warehouse, month, area.upper())
