"""What is on each sheet of the workbook. Only published figures are used; none are computed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from vital_signs.report.charts import since_break
from vital_signs.report.data import COUNTY, ReportData, Row
from vital_signs.report.limits import limits_of
from vital_signs.report.pages import (
    BENCHMARKS,
    EDITIONS,
    MONTH_CELLS,
    NO_TARGETS,
    NOT_OWN_POPULATION,
    WHY_NOT_RECORDED,
    Pages,
    long_day,
    without_number,
)
from vital_signs.report.sections import SECTIONS, Section
from vital_signs.report.tables import NOTHING, SUPPRESSED, short_month
from vital_signs.report.workbook.cells import (
    A3,
    BROKEN_WORDS,
    CONTENTS,
    FIRST_ROW,
    RAG_WORDS,
    TRAVEL_WORDS,
    UNROUNDED_WORDS,
    Book,
    Cell,
    Column,
    Figure,
    Line,
    Link,
    Sheet,
    Trend,
    sheet_name,
)
from vital_signs.report.workbook.details import detail_sheets, localities_sheet
from vital_signs.report.workbook.quality import quality_sheets

SUMMARY, DEFINITIONS = "Summary", "Definitions"
SUMMARY_COLOUR, SECTION_COLOUR, TABLE_COLOUR = "#0B4F63", "#17663A", "#C77700"
HIDDEN_WORDS = "Not shown: the count is small, or would reveal one that is."


def write_workbook(data: ReportData, path: Path) -> None:
    """Write the workbook of a month and edition. Raises OSError where it cannot be written."""
    sheets = _Sheets(data)
    every = sheets.every()
    edition = EDITIONS[data.edition]
    month = data.month["month_label"]
    created = data.extract.get("as_at") or datetime.combine(data.month["month_end"], time())
    book = Book(path, title=f"Vital Signs, {month}", subject=edition, created=created)
    for sheet in every:
        book.add(sheet)
    book.close()


class _Sheets:
    """Lays out the sheets of a month."""

    def __init__(self, data: ReportData) -> None:
        self.data = data
        self.pages = Pages(data, {})
        self.month: str = data.month["month_label"]
        self.areas = self.pages.shown_areas
        self.definition_row = {
            ref: FIRST_ROW + index for index, ref in enumerate(self.pages.reported)
        }

    def every(self) -> list[Sheet]:
        """Return every sheet in order; the contents come second and list the others."""
        names = [SUMMARY, CONTENTS, DEFINITIONS]
        sections = []
        for section in SECTIONS:
            indicators = self._of(section)
            if any((row["indicator_ref"], COUNTY) in self.data.summary for row in indicators):
                name = sheet_name(f"{section.code} {indicators[0]['section_name']}", names)
                names.append(name)
                sections.append(self._section(section, name, indicators))
        others = [
            *sections,
            *detail_sheets(self.data, TABLE_COLOUR),
            localities_sheet(self.data, self.pages, self.link, TABLE_COLOUR),
            self._definitions(),
            self._benchmarks(),
            *quality_sheets(self.data, self.pages, self.link, self.why),
            self._notes(),
            self._glossary(),
        ]
        return [self._summary(), self._contents(others), *others]

    def _of(self, section: Section) -> list[Row]:
        return [row for row in self.pages.reported.values() if row["section_code"] == section.code]

    def link(self, ref: str) -> Cell:
        """Return a ref that links to its definition."""
        row = self.definition_row.get(ref)
        return ref if row is None else Link(ref, DEFINITIONS, f"A{row + 1}")

    def why(self, row: Row) -> str:
        """Return why a row of the summary has no figure."""
        if row["is_not_recorded_by_locality"]:
            return WHY_NOT_RECORDED
        if row["is_suppressed"]:
            return HIDDEN_WORDS
        return without_number(row)

    def _figure(self, row: Row, column: str, text: str) -> Figure:
        return Figure(row[column], text, row["decimal_places"] or 0, row["unit"] == "percent")

    def _year_to_date(self, row: Row, kind: str) -> Figure:
        if not row["ytd_is_shown"]:
            return Figure(None, NOTHING)
        return self._figure(row, f"{kind}_value", row[f"{kind}_text"])

    def _limits(self, row: Row) -> list[Cell]:
        limits = limits_of(row)
        coloured = row | ({"red_limit": limits.red} if limits else {})
        return [self._figure(coloured, name, NOTHING) for name in ("green_limit", "red_limit")]

    def _compared(self, row: Row) -> list[Cell]:
        return [self._figure(row, column, NOTHING) for column, _ in self.pages.benchmarks]

    def _benchmark_columns(self) -> list[Column]:
        return [Column(title, 8.5) for _, title in self.pages.benchmarks]

    def _about(self) -> str:
        extract = self.data.extract
        known = f" Records as at {long_day(extract['as_at'])}." if extract else ""
        targets = "" if self.pages.has_targets else f" {NO_TARGETS}"
        return f"{self.month}. {EDITIONS[self.data.edition]}{known}{targets}"

    def _summary(self) -> Sheet:
        columns = [
            Column("Area of work", 16, "text", True),
            Column("Ref", 6, "text"),
            Column("Indicator", 44, "text", True),
            Column("Good is", 7.5, "text"),
            Column("Data note", 16, "text", True),
            *(Column(label, 8) for label in self.pages.last_four_labels()),
            Column("Trend, 13 months", 18, "trend"),
            Column("YTD"),
            Column("Target", 9),
            Column("Direction of travel", 10, "travel"),
            *(Column(f"RAG {area['area_name']}", 9.5, "rag", True) for area in self.areas),
            Column("Green limit", 8),
            Column("Red limit", 8),
            Column("Last year's YTD"),
            *self._benchmark_columns(),
            Column("Comparison", 40, "text", is_printed=False),
            Column("Trend in words", 80, "text", is_printed=False),
            *self._drawn_columns(),
        ]
        lines, section = [], None
        for ref, indicator in self.pages.reported.items():
            row = self.data.summary.get((ref, COUNTY))
            if row is None:
                continue
            cells: list[Cell] = [
                indicator["section_name"],
                self.link(ref),
                self.pages.named(ref, row["indicator_name"]),
                indicator["good_performance_is"],
                indicator["data_note"],
                *(self._figure(row, f"value_{name}", row[f"text_{name}"]) for name in MONTH_CELLS),
                Trend(),
                self._year_to_date(row, "ytd"),
                row["target_text"] or NOTHING,
                self._travel(row),
                *(self._rag(ref, area["area_code"]) for area in self.areas),
                *self._limits(row),
                self._year_to_date(row, "previous_ytd"),
                *self._compared(row),
                self._comparison(row),
                self.pages.series_words(
                    self.pages.points(ref, COUNTY), indicator["series_break_month"]
                ),
                *self._drawn(row, COUNTY, indicator),
            ]
            lines.append(Line(cells, is_first=indicator["section_code"] != section))
            section = indicator["section_code"]
        return Sheet(
            SUMMARY,
            f"Vital Signs: summary for {self.month}",
            self._about(),
            columns,
            lines,
            fixed_columns=3,
            paper=A3,
            colour=SUMMARY_COLOUR,
        )

    def _rag(self, ref: str, area_code: str) -> str:
        row = self.data.summary.get((ref, area_code)) or {}
        return RAG_WORDS.get(row.get("rag_status") or "", "")

    def _section(self, section: Section, name: str, indicators: Sequence[Row]) -> Sheet:
        columns = [
            Column("Ref", 7, "text"),
            Column("Indicator", 44, "text", True),
            Column("Area", 17, "text"),
            *(Column(short_month(month["month_end"]), 8) for month in self.data.months),
            Column("Trend", 18, "trend"),
            Column("YTD"),
            Column("Last year's YTD"),
            Column("Target", 9),
            Column("Direction of travel", 10, "travel"),
            Column("RAG", 9.5, "rag"),
            Column("Good is", 7.5, "text"),
            Column("Green limit", 8),
            Column("Red limit", 8),
            *self._benchmark_columns(),
            Column("Comparison", 40, "text", is_printed=False),
            Column("Why no figure is available", 70, "text", is_printed=False),
            *self._drawn_columns(),
        ]
        lines = []
        for indicator in indicators:
            ref = indicator["indicator_ref"]
            for area in self.areas:
                row = self.data.summary.get((ref, area["area_code"]))
                if row is not None:
                    line = self._series_line(indicator, area, row)
                    lines.append(Line(line, is_first=area["area_code"] == COUNTY))
        return Sheet(
            name,
            f"{indicators[0]['section_name']}, thirteen months to {self.month}",
            section.definition,
            columns,
            lines,
            fixed_columns=3,
            paper=A3,
            below=[("", "What the figures mean", ""), *self._meanings(indicators)],
            colour=SECTION_COLOUR,
        )

    def _series_line(self, indicator: Row, area: Row, row: Row) -> list[Cell]:
        ref, code = indicator["indicator_ref"], area["area_code"]
        return [
            self.link(ref),
            self.pages.named(ref, row["indicator_name"]),
            area["area_name"],
            *self._months(row, code),
            Trend(),
            self._year_to_date(row, "ytd"),
            self._year_to_date(row, "previous_ytd"),
            row["target_text"] or NOTHING,
            self._travel(row),
            RAG_WORDS.get(row["rag_status"] or "", ""),
            indicator["good_performance_is"],
            *self._limits(row),
            *self._compared(row),
            self._comparison(row),
            self.why(row) if row["value_m0"] is None else "",
            *self._drawn(row, code, indicator),
        ]

    def _meanings(self, indicators: Sequence[Row]) -> list[tuple[str, str, str]]:
        lines = []
        for indicator in indicators:
            texts = [
                ("Definition", indicator["definition"]),
                ("Calculation", indicator["formula"]),
                ("Note", indicator["footnote"]),
                ("Series break", self._break(indicator)),
            ]
            ref = indicator["indicator_ref"]
            for what, text in texts:
                if text:
                    lines.append((ref, what, text))
                    ref = ""
        return lines

    def _break(self, indicator: Row) -> str:
        broken: date | None = indicator["series_break_month"]
        if broken is None:
            return ""
        return f"{broken:%B %Y}: {indicator['series_break_reason']}"

    def _definitions(self) -> Sheet:
        columns = [
            Column("Ref", 7, "text"),
            Column("Indicator", 40, "text", True),
            Column("Area of work", 18, "text", True),
            Column("Good is", 7.5, "text"),
            Column("Data note", 18, "text", True),
            Column("Definition", 60, "text", True),
            Column("Calculation", 40, "text", True),
            Column("Note", 40, "text", True),
            Column("Series break", 30, "text", True),
        ]
        lines = [
            Line(
                [
                    ref,
                    row["indicator_name"],
                    row["section_name"],
                    row["good_performance_is"],
                    row["data_note"],
                    row["definition"],
                    row["formula"],
                    row["footnote"],
                    self._break(row),
                ]
            )
            for ref, row in self.pages.reported.items()
        ]
        about = "What each indicator counts. The refs on the other sheets link here."
        return Sheet(DEFINITIONS, "Definitions", about, columns, lines, 2, A3)

    def _benchmarks(self) -> Sheet:
        columns = [
            Column("Ref", 7, "text"),
            Column("Indicator", 44, "text", True),
            Column("Compared with", 30, "text"),
            Column("From", 12),
            Column("Figure", 10),
            Column("Source", 50, "text", True),
        ]
        order = {column: index for index, (column, _, _) in enumerate(BENCHMARKS)}
        lines = [
            Line(
                [
                    self.link(ref),
                    indicator["indicator_name"],
                    row["benchmark_name"],
                    row["valid_from"],
                    Figure(
                        row["benchmark_value"],
                        row["benchmark_text"] or NOTHING,
                        indicator["decimal_places"] or 0,
                        indicator["unit"] == "percent",
                    ),
                    row["source"],
                ]
            )
            for ref, indicator in self.pages.reported.items()
            for row in sorted(
                self.data.benchmarks.get(ref, []),
                key=lambda row: (order.get(row["benchmark_group"], len(order)), row["valid_from"]),
            )
        ]
        about = "Comparators' figures, with the date from which each applies."
        return Sheet("Benchmarks", "Benchmarks", about, columns, lines, 2)

    def _notes(self) -> Sheet:
        texts = [
            f"{self._about()}",
            f'"{NOTHING}" means that no figure is available: it is not produced for this '
            "kind of indicator, or the records do not provide it. It never means zero.",
            "Figures are stored to nine decimals and shown rounded half up. Percentages are stored "
            "as percentage points: 56.3% is the number 56.3, not 0.563.",
            "RAG is given in words as well as in colour. It depends on the limits alone: green at "
            "the green limit or better, red past the red limit, amber between them. An empty cell "
            "means that no limits are set, or that no figure is available.",
            "Direction of travel compares with the month before. Better and worse describe "
            "performance; rose and fell describe a figure that is neither good nor bad.",
            "YTD is the financial year to date, from 1 April. It is shown where the indicator "
            "can be added up over months.",
            "The county is counted from every record and is not the sum of the localities: work "
            "not yet allocated to a locality is counted in the county only.",
            "Trends are drawn from the last thirteen columns of their sheet, where a month without "
            "a figure is an empty cell, so that it shows as a gap and not as zero. Each trend has "
            "its own scale. Where the counting changed, a trend starts after the series break; the "
            "sheet for the area of work gives the break, and the column Comparison its effect.",
            "“Unrounded” next to a direction of travel: the two figures are shown as equal but "
            "differ by less than the decimals shown.",
            "Nothing in this file is calculated by the spreadsheet: there are no formulas.",
        ]
        if self.pages.is_public:
            texts.insert(
                2,
                f'"{SUPPRESSED}" means that a figure is not shown: it is small, or would reveal '
                "one that is. Figures suppressed together are suppressed for a whole year.",
            )
        missing = [
            title for column, title, _ in BENCHMARKS if column not in dict(self.pages.benchmarks)
        ]
        if not self.pages.has_targets:
            texts += [NO_TARGETS, NOT_OWN_POPULATION]
        elif missing:
            texts.append(f"No figure is loaded for: {', '.join(missing).lower()}.")
        columns = [Column("Number", 9, "text"), Column("Note", 110, "text", True)]
        lines = [Line([str(index), text]) for index, text in enumerate(texts, start=1)]
        return Sheet("Notes", "Notes", "How to read this file.", columns, lines)

    def _glossary(self) -> Sheet:
        columns = [Column("Term", 30, "text", True), Column("Meaning", 100, "text", True)]
        lines = [Line([row["term"], row["meaning"]]) for row in self.data.glossary]
        about = "Terms and abbreviations used in this report."
        return Sheet("Glossary", "Glossary", about, columns, lines, 1)

    def _drawn_columns(self) -> list[Column]:
        return [
            Column(f"Trend: {short_month(month['month_end'])}", 9, "drawn", is_printed=False)
            for month in self.data.months
        ]

    def _drawn(self, row: Row, area_code: str, indicator: Row) -> list[Cell]:
        """Return the figures that a trend is drawn from, and nothing where there is none.

        A trend starts at a series break: it cannot be drawn with a gap between two figures.
        """
        points = self.pages.points(row["indicator_ref"], area_code)
        before = len(points) - len(since_break(points, indicator["series_break_month"]))
        months = self._months(row, area_code)
        return [
            None if index < before or cell.value is None else cell
            for index, cell in enumerate(months)
        ]

    def _travel(self, row: Row) -> str:
        if row["is_step_comparable"] is False:
            return BROKEN_WORDS
        words = TRAVEL_WORDS.get(self.pages.travel(row), "")
        return words + UNROUNDED_WORDS if self.pages.travel_note(row) else words

    def _comparison(self, row: Row) -> str:
        """Return what cannot be compared because of a series break."""
        if row["is_previous_ytd_comparable"] is False:
            return "Last year's YTD is not comparable: series break"
        return ""

    def _months(self, row: Row, area_code: str) -> list[Figure]:
        places, percent = row["decimal_places"] or 0, row["unit"] == "percent"
        return [
            Figure(point.value, point.text, places, percent)
            for point in self.pages.points(row["indicator_ref"], area_code)
        ]

    def _contents(self, others: Sequence[Sheet]) -> Sheet:
        columns = [Column("Sheet", 32, "text"), Column("What it contains", 100, "text", True)]
        summary = Line([Link(SUMMARY, SUMMARY), f"Summary for {self.month}"])
        lines = [Line([Link(sheet.name, sheet.name), sheet.title]) for sheet in others]
        title = f"Vital Signs, {self.month}"
        return Sheet(CONTENTS, title, self._about(), columns, [summary, *lines])
