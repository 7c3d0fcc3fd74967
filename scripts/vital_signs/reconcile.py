"""Compare a warehouse with the county's printed report of March 2018, figure by figure.

Prints how much of each section is reproduced and what is not. A figure is reproduced when the
warehouse's figure, rounded half up to the decimals printed, equals the printed one. The comparison
is only meaningful for that county's own data and for the demonstration extract, which is modelled
on the report; on any other extract the figures differ.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
import duckdb
from rich.console import Console
from rich.table import Table

from vital_signs.commands import PROJECT, step, warehouse_option
from vital_signs.errors import FailedError, UserError
from vital_signs.files import replaced
from vital_signs.warehouse import reading

PAGE = PROJECT / "docs" / "reconciliation.md"
SUMMARY = "reconciliation.reconciliation_summary"
# Printed figures decide whether a section passes; RAG and arrows follow from them.
NUMBERS = ("figure", "contacts_by_source", "residential_by_age")
COMPARISONS = {
    "figure": "Figures",
    "contacts_by_source": "Contacts by source (T1)",
    "residential_by_age": "Residential placements by age (T5)",
    "rag": "RAG ratings",
    "direction": "Direction arrows",
}
COUNTS = ("printed", "equal", "differs_explained", "differs_unexplained", "not_computed")
HEADINGS = ("Printed", "Equal", "Differs, explained", "Differs, unexplained", "Not computed")
NOTHING = "-"
PLAIN_WIDTH = 160
# How far a double may fall short of the tenth it represents.
NOISE = 1e-9

DIFFERENCES = """
    select 'figure' as comparison, section_code, indicator_ref || case measure
            when 'ytd' then ' year to date'
            when 'previous_ytd' then ' previous year to date'
            else ''
        end as what, month_end, area_code,
        printf('%.*f', decimal_places_printed, printed_value) as printed,
        printf('%.*f', decimal_places_printed, displayed_value) as computed,
        status, reason, certainty
    from reconciliation.printed_comparison
    union all
    select 'contacts_by_source', '2', 'T1 ' || source_group || ' ' || replace(quantity, '_', ' '),
        month_end, 'COUNTY', printf('%.*f', decimal_places_printed, printed_value),
        printf('%.*f', decimal_places_printed, displayed_value), status, null, 'sure'
    from reconciliation.printed_contacts_comparison
    union all
    select 'residential_by_age', '7', 'T5 ' || placement_type_code || ' aged ' || age, month_end,
        'COUNTY', cast(printed_children as varchar), cast(computed_children as varchar), status,
        null, 'assigned'
    from reconciliation.printed_residential_comparison
    union all
    select sign_type, section_code, indicator_ref || case sign_type
            when 'rag' then ' RAG' else ' arrow'
        end, month_end, area_code, printed_sign, computed_sign, status, reason, certainty
    from reconciliation.printed_signs_comparison
"""


@dataclass(frozen=True)
class SummaryRow:
    """How many figures or RAG ratings of one kind a section has, and how many are reproduced."""

    comparison: str
    section_code: str
    area_type: str
    certainty: str
    section_order: int
    printed: int
    equal: int
    differs_explained: int
    differs_unexplained: int
    not_computed: int


@dataclass(frozen=True)
class Difference:
    """A printed figure, RAG rating or arrow that the warehouse does not reproduce."""

    comparison: str
    section_code: str
    what: str
    month_end: date
    area_code: str
    printed: str
    computed: str | None
    status: str
    reason: str | None
    certainty: str


@dataclass(frozen=True)
class Reconciliation:
    """What was read from one warehouse; `extract_id` names the extract it was built from."""

    extract_id: str
    source_system: str
    summary: list[SummaryRow]
    differences: list[Difference]


def section_key(code: str) -> tuple[int, str]:
    """Return a sort key that puts section 10 after 9 and C after the numbers."""
    return (int(code), "") if code.isdigit() else (10_000, code)


def sections_of(text: str, known: Iterable[str]) -> list[str]:
    """Return the sections named in a text such as `2-6,8,C`, in order.

    Raises UserError for a part that is not a section of the report.
    """
    known = sorted(set(known), key=section_key)
    wanted: set[str] = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        ends = re.fullmatch(r"(\d+)-(\d+)", part)
        if ends:
            low, high = int(ends[1]), int(ends[2])
            found = {code for code in known if code.isdigit() and low <= int(code) <= high}
        else:
            found = {code for code in known if code == part.upper()}
        if not found:
            raise UserError(
                f"{part!r} is not a section of the report",
                f"use any of {', '.join(known)}, for example 2-6 or 2,5,C",
            )
        wanted |= found
    return [code for code in known if code in wanted]


def share(rows: Iterable[SummaryRow]) -> float | None:
    """Return the percentage of printed figures that are reproduced; None where none is printed."""
    rows = list(rows)
    printed = sum(row.printed for row in rows)
    return 100 * sum(row.equal for row in rows) / printed if printed else None


def percent(value: float | None) -> str:
    """Return a share with one decimal, rounded down: 97.0 % is never less than 97."""
    return NOTHING if value is None else f"{math.floor(value * 10 + NOISE) / 10:.1f} %"


def read(warehouse: Path) -> Reconciliation:
    """Read the comparison from a warehouse file, opened read-only.

    Raises UserError when the file is missing, in use, or built without the comparison.
    """
    with reading(warehouse) as connection:
        try:
            summary = connection.execute(
                f"select comparison, section_code, area_type, certainty, section_order,"
                f" {', '.join(COUNTS)} from {SUMMARY}"
                f" order by section_order, comparison, area_type, certainty"
            ).fetchall()
            differences = connection.execute(
                f"select * from ({DIFFERENCES}) where status <> 'equal'"
                f" order by comparison, section_code, what, month_end, area_code"
            ).fetchall()
            extract = connection.execute(
                "select extract_id, source_system from staging.stg_landing__extract_in_force"
            ).fetchone()
        except duckdb.CatalogException:
            raise UserError(
                "the comparison is not in the warehouse",
                "run vital-signs build first",
                file=str(warehouse),
            ) from None
    extract_id, source_system = extract or ("", "")
    return Reconciliation(
        extract_id=extract_id,
        source_system=source_system,
        summary=[SummaryRow(*row) for row in summary],
        differences=sorted(
            (Difference(*row) for row in differences),
            key=lambda row: (
                section_key(row.section_code),
                list(COMPARISONS).index(row.comparison),
            ),
        ),
    )


def groups(
    rows: Sequence[SummaryRow], comparisons: Sequence[str]
) -> list[tuple[str, str, list[SummaryRow]]]:
    """Return (section, area, rows) for the kinds of comparison asked for, in the report's order."""
    found: dict[tuple[int, str, str], list[SummaryRow]] = {}
    for row in rows:
        if row.comparison in comparisons:
            key = (row.section_order, row.section_code, row.area_type)
            found.setdefault(key, []).append(row)
    return [(section, area, found[order, section, area]) for order, section, area in sorted(found)]


def counts_of(rows: Iterable[SummaryRow]) -> list[int]:
    """Return the sums of the counts, in the order of `COUNTS`."""
    rows = list(rows)
    return [sum(getattr(row, name) for row in rows) for name in COUNTS]


def certainty_line(rows: Sequence[SummaryRow]) -> str:
    """Return in one line the share reproduced, by certainty of reading."""
    parts = []
    for certainty in ("sure", "repaired", "assigned", "uncertain"):
        chosen = [r for r in rows if r.certainty == certainty and r.comparison in NUMBERS]
        if chosen:
            parts.append(f"{certainty} {percent(share(chosen))} of {counts_of(chosen)[0]}")
    return ", ".join(parts)


def shown(difference: Difference) -> str:
    """Return the warehouse's figure as displayed, a dash where it has none."""
    return NOTHING if difference.computed is None else difference.computed


def print_reconciliation(found: Reconciliation, most: int | None = None) -> None:
    """Print the summary, then unexplained differences, up to `most` rows."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PLAIN_WIDTH)
    console.print(f"Printed report of March 2018 against extract {found.extract_id}", style="bold")
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Section")
    table.add_column("Area")
    for heading in (*HEADINGS, "Equal"):
        table.add_column(heading, justify="right")
    for section, area, rows in groups(found.summary, NUMBERS):
        table.add_row(section, area, *map(str, counts_of(rows)), percent(share(rows)))
    numbers = [row for row in found.summary if row.comparison in NUMBERS]
    table.add_row("all figures", "", *map(str, counts_of(numbers)), percent(share(numbers)))
    for comparison in ("rag", "direction"):
        rows = [row for row in found.summary if row.comparison == comparison]
        if rows:
            name = COMPARISONS[comparison]
            table.add_row(name, "", *map(str, counts_of(rows)), percent(share(rows)))
    console.print(table)
    console.print(f"By certainty of the reading: {certainty_line(found.summary)}")

    unexplained = [row for row in found.differences if row.reason is None]
    if not unexplained:
        return
    console.print(f"\n{len(unexplained)} without an explanation", style="bold")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Section", "What", "Month", "Area", "Printed", "Computed", "Reading"):
        table.add_column(heading, justify="right" if heading in ("Printed", "Computed") else "left")
    for row in unexplained[:most]:
        table.add_row(
            row.section_code,
            row.what,
            f"{row.month_end:%Y-%m}",
            row.area_code,
            row.printed,
            shown(row),
            row.certainty,
        )
    console.print(table)
    if most is not None and len(unexplained) > most:
        console.print(f"... and {len(unexplained) - most} more: --all lists them")


def _markdown_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    return [line(headings), "|" + "---|" * len(headings), *map(line, rows)]


def page(found: Reconciliation) -> str:
    """Return the reconciliation as a page of Markdown."""
    numbers = [row for row in found.summary if row.comparison in NUMBERS]
    printed, equal, *_ = counts_of(numbers)
    of_county = [row for row in numbers if row.area_type == "county"]
    lines = [
        "# The printed report against the warehouse",
        "",
        "Made by `vital-signs reconcile --write`; change the warehouse or the seeds in",
        "`seeds/printed/`, not this page.",
        "",
        f"Extract `{found.extract_id}` ({found.source_system}). Of {printed:,} printed figures, "
        f"{equal:,} are reproduced ({percent(share(numbers))}); for the county alone, "
        f"{percent(share(of_county))}.",
        "",
        "A figure is reproduced when it equals the printed one after rounding half up to as many",
        "decimals. The demonstration extract is invented to match the report, so agreement shows",
        "that the rules can produce the printed series, not that the invented children are real.",
        "A difference is explained when the printed figure contradicts other printed figures under",
        "the specification; `printed_contradictions` has the arithmetic. A missing RAG rating is",
        "explained where the warehouse lacks what its figure needs.",
        "",
        f"By certainty of the reading: {certainty_line(found.summary)}.",
        "",
        "## Figures by section",
        "",
    ]
    headings = ("Section", "Area", *HEADINGS, "Share equal")
    body = [
        (section, area, *map(str, counts_of(rows)), percent(share(rows)))
        for section, area, rows in groups(found.summary, NUMBERS)
    ]
    lines += _markdown_table(headings, body)
    lines += ["", "## By kind", ""]
    body = []
    for comparison, name in COMPARISONS.items():
        rows = [row for row in found.summary if row.comparison == comparison]
        if rows:
            body.append((name, *map(str, counts_of(rows)), percent(share(rows))))
    lines += _markdown_table(("Kind", *HEADINGS, "Share equal"), body)
    for title, is_explained in (("Not explained", False), ("Explained", True)):
        rows = [row for row in found.differences if (row.reason is not None) == is_explained]
        lines += ["", f"## {title}", ""]
        if not rows:
            lines.append("None.")
            continue
        lines += _markdown_table(
            ("What", "Month", "Area", "Printed", "Computed", "Why" if is_explained else "Reading"),
            (
                (
                    row.what,
                    f"{row.month_end:%Y-%m}",
                    row.area_code,
                    row.printed,
                    shown(row),
                    row.reason or row.certainty,
                )
                for row in rows
            ),
        )
    return "\n".join(lines) + "\n"


def check_share(found: Reconciliation, least: float, sections: Sequence[str]) -> str:
    """Return a line on the sections' share. Raises FailedError when it is below `least`."""
    rows = [
        row
        for row in found.summary
        if row.comparison in NUMBERS and row.section_code in set(sections)
    ]
    reached = share(rows)
    printed, equal, *_ = counts_of(rows)
    text = (
        f"sections {', '.join(sections)}: {equal} of {printed} printed figures are reproduced, "
        f"{percent(reached)}"
    )
    if reached is None or reached < least:
        raise FailedError(f"{text}: below {least:g} %")
    return text


@step("reconcile", __doc__)
@click.option("--all", "lists_all", is_flag=True, help="List every difference, not the first 60.")
@click.option("--write", is_flag=True, help=f"Write {PAGE.relative_to(PROJECT)}.")
@click.option(
    "--fail-under",
    type=float,
    metavar="PERCENT",
    help="Fail when less than this share of the printed figures is reproduced.",
)
@click.option(
    "--sections", metavar="LIST", help="Sections that --fail-under applies to, such as 2-6,8,C."
)
@warehouse_option
def main(
    lists_all: bool, write: bool, fail_under: float | None, sections: str | None, warehouse: Path
) -> None:
    """Print the comparison; fail below the share asked for."""
    found = read(warehouse)
    if not found.summary:
        raise UserError(
            f"extract {found.extract_id} ({found.source_system}) has no printed report to "
            "compare with",
            "use a warehouse of the demonstration county, whose report was printed",
        )
    known = {row.section_code for row in found.summary}
    chosen = sections_of(sections, known) if sections else sorted(known, key=section_key)
    print_reconciliation(found, None if lists_all else 60)
    if write:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        with replaced(PAGE) as unfinished:
            unfinished.write_text(page(found), encoding="utf-8")
        print(f"written: {PAGE.relative_to(PROJECT)}")
    if fail_under is not None:
        print(check_share(found, fail_under, chosen))
