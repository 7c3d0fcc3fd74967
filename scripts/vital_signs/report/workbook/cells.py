"""The sheets of the workbook: cells, number formats, filters, printing, accessibility.

A sheet has its title in row 1, its description in row 2, a link back in row 3, its column headings
in row 4 and the rows of its table from row 5 on. Nothing is merged, and no cell contains a
formula: text stays text, whatever it begins with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from vital_signs.scorecard import EXACT_DECIMALS, rounded

HEADER_ROW = 3
FIRST_ROW = HEADER_ROW + 1
CONTENTS = "Contents"
A3, A4 = 8, 9
RIGHT = ("number", "drawn")
LONGEST_TEXT = 32_000
LONGEST_NAME = 31
LONGEST_LINE = 100
# A spreadsheet rounds what it displays from the first fifteen digits of a number.
SPREADSHEET_DIGITS = 15

INK, MUTED, ACCENT, RULE = "#1C2530", "#55606D", "#0B4F63", "#D8DDE3"
RAG_WORDS = {"red": "Red ✖", "amber": "Amber ■", "green": "Green ★"}
RAG_COLOURS = {
    "red": ("#A8201A", "#FBE9E7"),
    "amber": ("#8F5400", "#FDF1DC"),
    "green": ("#17663A", "#E4F3EA"),
}
TRAVEL_WORDS = {
    "improved": "▲ better",
    "worsened": "▼ worse",
    "same": "= same",
    "up": "△ rose",
    "down": "▽ fell",
    "level": "= level",
}
# Added to the words of a step between two figures shown as equal; and used instead of them.
UNROUNDED_WORDS = ", unrounded"
BROKEN_WORDS = "series break"
TRAVEL_COLOURS = {"improved": RAG_COLOURS["green"][0], "worsened": RAG_COLOURS["red"][0]}


@dataclass(frozen=True)
class Figure:
    """A figure and the decimals it is shown with; `text` is shown where there is no figure."""

    value: float | None
    text: str = ""
    places: int = 0
    percent: bool = False


@dataclass(frozen=True)
class Link:
    """A link to a sheet, or to a cell of another sheet."""

    text: str
    sheet: str
    cell: str = "A1"


@dataclass(frozen=True)
class Trend:
    """A sparkline of the figures in the `drawn` columns of its row."""


Cell = str | Figure | Link | Trend | date | None


@dataclass(frozen=True)
class Column:
    """A column; `kind` is text, number, rag, travel, trend or drawn.

    Columns that are not printed come at the end. Drawn columns are last, in the same row as their
    sparkline, so that it still shows the right figures after a reader has sorted the table,
    and are empty where there is no figure: text would be drawn as a zero.
    """

    title: str
    width: float = 9
    kind: str = "number"
    wrap: bool = False
    is_printed: bool = True


@dataclass(frozen=True)
class Line:
    """A row of a table; `is_first` starts a group."""

    cells: Sequence[Cell]
    is_first: bool = False


@dataclass(frozen=True)
class Sheet:
    """What one sheet contains: a table, and lines of text (what they are, the text) below it."""

    name: str
    title: str
    about: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    fixed_columns: int = 0
    paper: int = A4
    below: Sequence[tuple[str, str, str]] = ()
    colour: str = ""


def number_format(places: int, percent: bool) -> str:
    """Return how a spreadsheet shows a number: 1,234.5%. Percentages are stored as points."""
    decimals = f".{'0' * places}" if places else ""
    return f"#,##0{decimals}" + ('"%"' if percent else "")


def stored(value: float, places: int) -> float:
    """Return the number stored in a cell: to nine decimals, as everything here is compared.

    Where a spreadsheet would show something different from ours (half up; -0.04 is 0.0), the number
    as shown is stored instead.
    """
    exact = round(float(value), EXACT_DECIMALS)
    shown = rounded(exact, places).replace(",", "")
    return exact if spreadsheet_text(exact, places) == shown else float(shown)


def spreadsheet_text(value: float, places: int) -> str:
    """Return what a spreadsheet displays: half up on fifteen digits, keeping the sign of -0."""
    digits = Decimal(f"{value:.{SPREADSHEET_DIGITS}g}")
    return f"{digits.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"


def sheet_name(text: str, taken: Iterable[str]) -> str:
    """Return a valid sheet name: short, without reserved characters, not already taken."""
    plain = "".join(" " if sign in "[]:*?/\\'" or not sign.isprintable() else sign for sign in text)
    short = " ".join(plain.split())[:LONGEST_NAME].strip() or "Sheet"
    names = {name.casefold() for name in taken}
    name, copy = short, 1
    while name.casefold() in names:
        copy += 1
        name = f"{short[: LONGEST_NAME - 4]} {copy}"
    return name


class Book:
    """Writes sheets into a file; the same sheets and day give the same bytes."""

    def __init__(self, path: Path, *, title: str, subject: str, created: datetime) -> None:
        self.title, self.subject = title, subject
        options = {
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "in_memory": True,
        }
        self.workbook = xlsxwriter.Workbook(str(path), options)
        self.workbook.set_properties(
            {"title": title, "subject": subject, "author": "Vital Signs", "created": created}
        )
        self.formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def close(self) -> None:
        """Write the file. Raises OSError where that cannot be done."""
        try:
            self.workbook.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise (error.args[0] if isinstance(error.args[0], OSError) else OSError()) from None

    def add(self, sheet: Sheet) -> None:
        """Add a sheet after the existing ones."""
        page = self.workbook.add_worksheet(sheet.name)
        self._head(page, sheet)
        for column, heading in enumerate(sheet.columns):
            page.set_column(column, column, heading.width)
            look: dict[str, object] = {"bold": True, "text_wrap": True, "valign": "bottom"}
            look |= {"bottom": 2, "bottom_color": ACCENT}
            look |= {"align": "right"} if heading.kind in RIGHT else {"align": "left"}
            if column and heading.kind not in RIGHT:
                look["indent"] = 1
            page.write_string(HEADER_ROW, column, _short(heading.title), self._format(**look))
        trends = []
        for row, line in enumerate(sheet.lines, start=FIRST_ROW):
            for column, (heading, cell) in enumerate(zip(sheet.columns, line.cells, strict=True)):
                if isinstance(cell, Trend):
                    trends.append((row, column))
                self._cell(page, row, column, heading, line, cell)
        last = FIRST_ROW + max(len(sheet.lines), 1) - 1
        self._below(page, sheet, last + 2)
        _draw_trends(page, sheet, trends)
        self._colours(page, sheet, last)
        self._region(page, sheet, last)
        page.autofilter(HEADER_ROW, 0, last, len(sheet.columns) - 1)
        page.freeze_panes(FIRST_ROW, sheet.fixed_columns)
        self._paper(page, sheet, last + 2 + len(sheet.below))

    def _head(self, page: Worksheet, sheet: Sheet) -> None:
        page.write_string(0, 0, _short(sheet.title), self._format(bold=True, font_size=14))
        page.set_row(0, 21)
        if sheet.about:
            page.write_string(1, 0, _short(sheet.about), self._format(font_color=MUTED))
        if sheet.name != CONTENTS:
            self._link(page, 2, 0, Link(CONTENTS, CONTENTS), self._format(**_LINK))

    def _cell(
        self, page: Worksheet, row: int, column: int, heading: Column, line: Line, cell: Cell
    ) -> None:
        look: dict[str, object] = {"valign": "top"}
        if row > FIRST_ROW:
            look |= {"top": 1, "top_color": ACCENT if line.is_first else RULE}
        if heading.wrap:
            look["text_wrap"] = True
        if heading.kind in RIGHT:
            look["align"] = "right"
        elif column:
            look["indent"] = 1
        if isinstance(cell, Figure):
            if cell.value is None:
                page.write_string(row, column, _short(cell.text), self._format(**look))
            else:
                look["num_format"] = number_format(cell.places, cell.percent)
                number = stored(cell.value, cell.places)
                page.write_number(row, column, number, self._format(**look))
        elif isinstance(cell, Link):
            self._link(page, row, column, cell, self._format(**look, **_LINK))
        elif isinstance(cell, date):
            look |= {"num_format": "d mmm yyyy", "align": "right"}
            page.write_datetime(row, column, cell, self._format(**look))
        elif isinstance(cell, str) and cell:
            page.write_string(row, column, _short(cell), self._format(**look))
        else:
            page.write_blank(row, column, None, self._format(**look))

    @staticmethod
    def _link(page: Worksheet, row: int, column: int, link: Link, look: Format) -> None:
        page.write_url(
            row, column, f"internal:'{link.sheet}'!{link.cell}", look, string=_short(link.text)
        )

    def _below(self, page: Worksheet, sheet: Sheet, row: int) -> None:
        """Write lines that run over the columns to their right."""
        plain, strong = self._format(valign="top"), self._format(valign="top", bold=True)
        for ref, what, text in sheet.below:
            looks = (strong, plain if ref or text else strong, plain)
            for column, (part, look) in enumerate(zip((ref, what, text), looks, strict=True)):
                if part:
                    page.write_string(row, column, _short(part), look)
            row += 1

    def _colours(self, page: Worksheet, sheet: Sheet, last: int) -> None:
        """Colour the words; the rules compare only with our own words, never with the data."""
        for column, heading in enumerate(sheet.columns):
            where = (FIRST_ROW, column, last, column)
            if heading.kind == "rag":
                for key, word in RAG_WORDS.items():
                    ink, tint = RAG_COLOURS[key]
                    look = self._format(font_color=ink, bg_color=tint, bold=True)
                    page.conditional_format(*where, _equals(word, look))
            elif heading.kind == "travel":
                for key, ink in TRAVEL_COLOURS.items():
                    look = self._format(font_color=ink, bold=True)
                    for words in (TRAVEL_WORDS[key], TRAVEL_WORDS[key] + UNROUNDED_WORDS):
                        page.conditional_format(*where, _equals(words, look))

    def _region(self, page: Worksheet, sheet: Sheet, last: int) -> None:
        """Name the table, so that screen readers read its row and column headings."""
        corner = xl_rowcol_to_cell(HEADER_ROW, 0)
        end = xl_rowcol_to_cell(last, len(sheet.columns) - 1)
        index = len(self.workbook.worksheets())
        place = xl_rowcol_to_cell(HEADER_ROW, 0, row_abs=True, col_abs=True)
        name = f"TitleRegion1.{corner}.{end}.{index}"
        self.workbook.define_name(name, f"='{page.get_name()}'!{place}")

    def _paper(self, page: Worksheet, sheet: Sheet, last: int) -> None:
        page.set_landscape()
        page.set_paper(sheet.paper)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEADER_ROW)
        printed = sum(1 for column in sheet.columns if column.is_printed)
        page.print_area(0, 0, last, printed - 1)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.set_header(f"&L{_of_header(self.title)}&R{_of_header(sheet.title)}")
        page.set_footer(f"&L{_of_header(self.subject)}&RPage &P of &N")
        page.hide_gridlines(2)
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        if sheet.colour:
            page.set_tab_color(sheet.colour)

    def _format(self, **look: object) -> Format:
        """Return the format with this look; the same look is the same format."""
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            font = {"font_name": "Calibri", "font_size": 10, "font_color": INK}
            self.formats[key] = self.workbook.add_format(font | look)
        return self.formats[key]


_LINK = {"font_color": ACCENT, "underline": 1}


def _equals(word: str, look: Format) -> dict[str, object]:
    return {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}


def _draw_trends(page: Worksheet, sheet: Sheet, places: Sequence[tuple[int, int]]) -> None:
    """Draw the sparklines of a sheet; a month without a figure is a gap."""
    if not places:
        return
    drawn = _drawn(sheet)
    name = page.get_name()
    page.add_sparkline(
        *places[0],
        {
            "location": [xl_rowcol_to_cell(*place) for place in places],
            "range": [f"'{name}'!{xl_range(row, drawn[0], row, drawn[-1])}" for row, _ in places],
            "series_color": ACCENT,
            "last_point": True,
            "last_color": INK,
            "empty_cells": "gaps",
        },
    )


def _drawn(sheet: Sheet) -> list[int]:
    return [index for index, column in enumerate(sheet.columns) if column.kind == "drawn"]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]} ..."


def _of_header(text: str) -> str:
    """Return a text for the header or footer of a printed page, where & starts a command."""
    return text[:LONGEST_LINE].replace("&", "&&")
