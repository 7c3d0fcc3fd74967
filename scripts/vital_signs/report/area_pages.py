"""The pages of the county and of each locality."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vital_signs.report.charts import sparkline
from vital_signs.report.data import COUNTY, Row
from vital_signs.report.limits import ASSUMED
from vital_signs.report.pages import (
    BENCHMARKS,
    MONTH_CELLS,
    NO_TARGETS,
    NOT_OWN_POPULATION,
    RAGS,
    SERIES_BREAK,
    UNROUNDED,
    Context,
    Pages,
    count,
    tile,
)
from vital_signs.report.quality import quality_blocks
from vital_signs.report.sections import OVERVIEW, SECTIONS, Section
from vital_signs.report.tables import (
    DETAILS,
    NOT_RECORDED,
    NOTHING,
    SUPPRESSED,
    Cell,
    Head,
    Line,
    Table,
    counted,
    detail_tables,
    number,
    residential_table,
    short_month,
)

# Name, good, note, four months, sparkline, year to date, travel, year before.
FIXED_COLUMNS = 11
# Target and the two limits, where the council has any; and the RAG of each area.
TARGET_COLUMNS = 3
# The notes next to an arrow, shortened to fit its column.
TRAVEL_NOTES = {UNROUNDED: "unrounded", SERIES_BREAK: "series break"}


class AreaPages(Pages):
    """Renders the report of an area."""

    def area_page(self, area_code: str) -> str:
        """Return the report of the county or of one locality."""
        area = self.data.area(area_code)
        is_county = area_code == COUNTY
        sections = [self._section(section, area_code) for section in SECTIONS]
        sections = [section for section in sections if section["rows"]]
        rows = [row for section in sections for row in section["rows"]]
        return self.render(
            "area.html.j2",
            script=self.script,
            contents=[
                ("glance", "At a glance"),
                ("summary", "Summary"),
                *((section["slug"], section["name"]) for section in sections),
                *([("localities", "Localities side by side")] if is_county else []),
                ("quality", "How reliable these figures are"),
                ("notes", "Notes"),
                ("glossary", "Glossary"),
            ],
            area={
                "code": area_code,
                "name": area["area_name"] if not is_county else "the county",
                "is_county": is_county,
            },
            glance=self._glance(rows, area_code),
            sections=sections,
            columns=FIXED_COLUMNS
            + (not is_county)
            + len(self.benchmarks)
            + (TARGET_COLUMNS + len(self.shown_areas) if self.has_targets else 0),
            rag_areas=[
                {"code": row["area_code"], "name": row["area_name"]} for row in self.shown_areas
            ]
            if self.has_targets
            else [],
            last_four=self.last_four_labels(),
            benchmarks=[{"short": title} for _, title in self.benchmarks],
            summary_notes=self._summary_notes(area_code),
            localities=self._locality_grid() if is_county else None,
            quality=quality_blocks(self, area_code),
            notes=self._notes(),
            glossary=self.data.glossary,
        )

    def _glance(self, rows: Sequence[Context], area_code: str) -> Context:
        limited = [row for row in rows if row["rag"]]
        moved = [row for row in rows if row["travel"] in ("improved", "worsened")]
        tiles = [
            *(
                tile(rag, rag.capitalize(), count(limited, "rag", rag), rag)
                for rag in RAGS
                if self.has_targets
            ),
            tile("improved", "Better than last month", count(moved, "travel", "improved"), ""),
            tile("worsened", "Worse than last month", count(moved, "travel", "worsened"), ""),
            tile(
                "missing",
                "No figure" if not self.is_public else "No figure, or not shown",
                sum(1 for row in rows if row["months"][-1]["text"] in (NOTHING, SUPPRESSED)),
                "",
            ),
        ]

        def entry(row: Context, small: str) -> Context:
            return {
                "ref": row["ref"],
                "name": row["name"],
                "number": row["months"][-1]["text"],
                "sign": row["rag"],
                "sign_words": row["rag"],
                "small": small,
            }

        def against(row: Context) -> str:
            target = f"target {row['target']}" if row["target"] != NOTHING else "no target"
            words = f", {row['travel_words']}" if row["travel_words"] else ""
            assumed = f", {ASSUMED}" if row["assumed"] else ""
            return f"{target}{words}{assumed}"

        falling = [
            row["indicator_ref"]
            for row in self.data.exceptions
            if row["area_code"] == area_code and row["has_worsened_three_times"]
        ]
        return {
            "commentary": self.texts.get((area_code.lower(), OVERVIEW)),
            "gap": self.gap(OVERVIEW, "No overview was written for this month", area_code),
            "tiles": tiles,
            "lists": [
                item
                for item in self._glance_lists(rows, falling, entry, against)
                if self.has_targets or not item["needs_targets"]
            ],
        }

    def _glance_lists(
        self,
        rows: Sequence[Context],
        falling: Sequence[str],
        entry: Callable[[Context, str], Context],
        against: Callable[[Context], str],
    ) -> list[Context]:
        return [
            {
                "needs_targets": True,
                "title": "Red this month",
                "rows": [entry(row, against(row)) for row in rows if row["rag"] == "red"],
                "none": "No indicator with limits is red.",
            },
            {
                "needs_targets": False,
                "title": "Worse three months in a row",
                "rows": [
                    entry(row, self.steps_words([cell["text"] for cell in row["months"]]))
                    for row in rows
                    if row["ref"] in falling
                ],
                "none": "No indicator has worsened three months in a row.",
            },
            {
                "needs_targets": True,
                "title": "Green this month",
                "rows": [entry(row, against(row)) for row in rows if row["rag"] == "green"],
                "none": "No indicator with limits is green.",
            },
        ]

    def _summary_row(self, indicator: Row, area_code: str) -> Context | None:
        ref = indicator["indicator_ref"]
        row = self.data.summary.get((ref, area_code))
        if row is None:
            return None
        months = [
            {
                "text": NOTHING if row[f"text_{name}"] == NOT_RECORDED else row[f"text_{name}"],
                "key": f"value_{name}",
                "label": label,
                "classes": {"m3": "edge", "m0": "m0"}.get(name, ""),
            }
            for name, label in zip(MONTH_CELLS, self.last_four_labels(), strict=True)
        ]
        travel = self.travel(row)
        points = self.points(ref, area_code)
        broken = indicator["series_break_month"]
        county = self.data.summary.get((ref, COUNTY))
        return {
            "ref": ref,
            "name": row["indicator_name"],
            "good": indicator["good_performance_is"],
            "data_note": _short_note(indicator["data_note"]),
            "months": months,
            "spark": sparkline(points, self.series_words(points, broken), broken),
            "ytd": self._ytd(row, "ytd"),
            "previous_ytd": self._ytd(row, "previous_ytd"),
            "target": row["target_text"] or NOTHING,
            "travel": travel,
            "travel_words": self.travel_words(row),
            "travel_note": TRAVEL_NOTES.get(self.travel_note(row), ""),
            "previous_note": self._previous_note(row),
            "assumed": ASSUMED if ref in self.assumed else "",
            "rag": row["rag_status"] or "",
            "county": county["text_m0"] if county else NOTHING,
            "rags": [
                {
                    "code": other["area_code"],
                    "short": other["area_code"].capitalize(),
                    "rag": (self.data.summary.get((ref, other["area_code"])) or {}).get(
                        "rag_status"
                    )
                    or "",
                }
                for other in (self.shown_areas if self.has_targets else [])
            ],
            "red": self.limit(row, "red_limit"),
            "green": self.limit(row, "green_limit"),
            "benchmarks": [
                {"key": column, "text": self.limit(row, column)} for column, _ in self.benchmarks
            ],
        }

    def _previous_note(self, row: Row) -> str:
        """Return the note under last year's year to date, where there is one."""
        is_shown = self._ytd(row, "previous_ytd") != NOTHING
        return "not comparable" if is_shown and row["is_previous_ytd_comparable"] is False else ""

    def _ytd(self, row: Row, kind: str) -> str:
        return row[f"{kind}_text"] if row["ytd_is_shown"] else NOTHING

    def _summary_notes(self, area_code: str) -> list[str]:
        notes = [
            "A dash means that no figure is available: it is not produced for this kind of "
            "indicator, or the records do not provide it. It never means zero.",
            "YTD is the financial year to date, from 1 April. It is shown where the indicator "
            "can be added up over months.",
            "The red and green limits are the same for every locality."
            if self.has_targets
            else NO_TARGETS,
        ]
        missing = [
            title
            for column, title, _ in BENCHMARKS
            if column not in {name for name, _ in self.benchmarks}
        ]
        if missing and self.has_targets:
            notes.append(f"No figure is loaded for: {', '.join(missing).lower()}.")
        if not self.has_targets:
            notes.append(NOT_OWN_POPULATION)
        if area_code != COUNTY:
            notes.append(
                "Rates per 10,000 are not available for a locality without a population figure."
            )
        return notes

    def _section(self, section: Section, area_code: str) -> Context:
        indicators = [row for row in self.reported.values() if row["section_code"] == section.code]
        rows = [self._summary_row(row, area_code) for row in indicators]
        shown = [row for row in rows if row is not None]
        name = indicators[0]["section_name"] if indicators else section.slug
        return {
            "code": section.code,
            "slug": section.slug,
            "name": name,
            "definition": section.definition,
            "rows": shown,
            "commentary": self.texts.get((area_code.lower(), section.slug)),
            "gap": self.gap(section.slug, "No commentary was written for this section", area_code),
            "series": self._series_table(section, name, [row["ref"] for row in shown], area_code),
            "tables": self._section_tables(section, area_code),
            "cards": [self.card(self.reported[row["ref"]], area_code) for row in shown],
        }

    def _series_table(
        self, section: Section, name: str, refs: Sequence[str], area_code: str
    ) -> Table:
        months = self.data.months
        lines = []
        for ref in refs:
            points = self.points(ref, area_code)
            lines.append(
                Line(
                    f"{ref} {self.reported[ref]['indicator_name']}"
                    + (f" ({NOT_RECORDED})" if points[-1].is_unrecorded else ""),
                    [
                        Cell(
                            NOTHING if point.is_unrecorded else point.text,
                            f"{ref}|{area_code}|{point.month_end.isoformat()}|value",
                            href=f"#d-{ref}",
                            classes="now" if index == len(points) - 1 else "",
                        )
                        for index, point in enumerate(points)
                    ],
                    href=f"#d-{ref}",
                )
            )
        return Table(
            f"{section.slug}-months",
            "indicator_values",
            f"{name}, {short_month(months[0]['month_end'])} to "
            f"{short_month(months[-1]['month_end'])}",
            "Indicator",
            [Head(short_month(month["month_end"])) for month in months],
            lines,
        )

    def _section_tables(self, section: Section, area_code: str) -> list[Table]:
        tables: list[Table] = []
        is_county = area_code == COUNTY
        for detail in DETAILS:
            if detail.section_code != section.code or not (is_county or detail.has_areas):
                continue
            tables += detail_tables(
                detail,
                self.data.details[detail.source],
                area_code,
                self.shown_areas if is_county else [],
                self.data.months,
            )
        if section.code == "7" and is_county:
            residential = residential_table(
                self.data.details["detail_residential_by_age"], self.day
            )
            tables += [residential] if residential else []
        return tables

    def _locality_grid(self) -> Table:
        areas = self.shown_areas
        lines = []
        for ref, rows in self.data.localities.items():
            if ref not in self.reported:
                continue
            by_area = {row["area_code"]: row for row in rows}
            cells = []
            for area in areas:
                row = by_area.get(area["area_code"])
                summary = self.data.summary.get((ref, area["area_code"]))
                cells.append(
                    Cell(
                        summary["text_m0"] if summary else NOTHING,
                        f"{ref}|{area['area_code']}|value",
                        href=f"#d-{ref}",
                        rag=row["rag_status"] if row else None,
                        small=self._share(row),
                        classes="text" if summary and summary["text_m0"] == NOT_RECORDED else "",
                    )
                )
            county = by_area.get(COUNTY)
            cells.append(
                Cell(
                    counted(county, "not_allocated_count"),
                    f"{ref}|{COUNTY}|not_allocated_count",
                    href=f"#d-{ref}",
                )
            )
            lines.append(
                Line(
                    f"{ref} {self.named(ref, self.reported[ref]['indicator_name'])}",
                    cells,
                    href=f"#d-{ref}",
                )
            )
        return Table(
            "t8",
            "detail_localities",
            f"T8 Localities, {short_month(self.day)}",
            "Indicator",
            [*(Head(area["area_name"]) for area in areas), Head("Not allocated")],
            lines,
        )

    @staticmethod
    def _share(row: Row | None) -> str:
        if row is None or row["denominator"] is None or row["numerator"] is None:
            return ""
        return f"{number(row['numerator'])} / {number(row['denominator'])}"

    def _notes(self) -> list[str]:
        return [
            "An indicator counts what the records say happened by the last day of the month, "
            "including what was entered later, up to the day of the extract.",
            "The county is counted from every record and is not the sum of the localities. Work "
            "not yet allocated to a locality is counted in the county only.",
            "Percentages are rounded half up to one decimal place, so they may not add up to "
            "exactly 100.0. Counts and days have no decimals.",
            "Months are added up by financial year, from 1 April. Percentages for a year are "
            "calculated on all the year's cases, not as an average of the months.",
            "RAG depends on the limits alone: green at the green limit or better, red past the red "
            "limit, amber between them. An indicator without limits has no RAG.",
            "Early help: a case opened in a month can come from a request in the month before, so "
            "more cases can be opened than were requested.",
        ]


def _short_note(note: str) -> str:
    """Return a data note that fits a narrow column."""
    return note.replace(" per 10,000 aged under 18", "").replace(" 12 months", " 12")
