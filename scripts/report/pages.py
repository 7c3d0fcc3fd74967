"""What each page shows: the templates' contexts, made from the published rows."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from scorecard import months_back

from report.charts import Line as Level
from report.charts import Point, chart, sparkline, without_numbers
from report.commentary import Commentary
from report.data import COUNTY, ReportData, Row
from report.sections import (
    COMMITTEE_SUMMARY,
    EDUCATION,
    OVERVIEW,
    RECOMMENDATION,
    SECTIONS,
    Section,
)
from report.tables import (
    DETAILS,
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

TEMPLATES = Path(__file__).with_name("templates")

MONTH_CELLS = ("m3", "m2", "m1", "m0")
# Name, good, note, four months, sparkline, year to date, target, travel, limits, year before.
FIXED_COLUMNS = 14
RAGS = ("red", "amber", "green")
BENCHMARKS = (
    ("statistical_neighbour_average", "Stat. neigh. average", "Neighbours"),
    ("best_statistical_neighbour", "Best stat. neigh.", "Best neighbour"),
    ("national_average", "National average", "England"),
    ("national_top_quartile", "Nat. top quartile", "Top quartile"),
    ("eastern_region", "Eastern region", "Eastern"),
)
TRAVEL_WORDS = {
    "improved": "better than last month",
    "worsened": "worse than last month",
    "same": "no change since last month",
    "up": "rose since last month",
    "down": "fell since last month",
    "level": "no change since last month",
}
RAW_SIGNS = {"up": "up", "down": "down", "same": "level"}
WITHOUT_NUMBER = {
    "not_available": "No number: a table that it needs is absent from the extract or empty.",
    "insufficient_history": "No number: the extract does not go back far enough.",
    "no_denominator": "No number: there is nothing to divide by (no case, or no population of "
    "the area).",
}
EDITIONS = {
    "internal": "Internal edition: small counts are shown. Not for publication.",
    "public": "Public edition: small counts are not shown.",
}
EDUCATION_TABLES = {
    "inspection_outcomes": "Judgements of school inspections",
    "key_stage_2": "Key stage 2",
    "primary_standards": "Primary schools below the standards",
    "key_stage_4_scores": "Key stage 4: Attainment 8 and Progress 8",
    "key_stage_4_english_and_mathematics": "Key stage 4: English and mathematics",
    "english_baccalaureate": "English Baccalaureate",
    "post_16_achievement": "Achievement after 16",
    "post_16_participation": "Participation after 16",
    "looked_after_achievement": "Achievement of looked-after children",
    "permanent_exclusions": "Permanent exclusions",
}
EDUCATION_STATUS = {"published", "validated", "unvalidated", "final", "provisional", "internal"}

PUBLIC = "public"

Texts = Mapping[tuple[str, str], Commentary]
Context = dict[str, Any]


class Pages:
    """Renders the pages of one month and edition; the same data give the same bytes."""

    def __init__(self, data: ReportData, texts: Texts) -> None:
        self.data = data
        self.is_public = data.edition == PUBLIC
        # A text may name a number that the public edition hides: its author says that it does not.
        self.texts = {
            key: text for key, text in texts.items() if text.is_public or not self.is_public
        }
        self.day: date = data.month["month_end"]
        self.month_code: str = data.month["month_code"]
        self.reported = {
            row["indicator_ref"]: row for row in data.indicators if row["is_in_report"]
        }
        self.shown_areas = [row for row in data.areas if row["area_type"] != "not_allocated"]
        self.localities = [row for row in self.shown_areas if row["area_code"] != COUNTY]
        self.benchmarks = [
            (column, title)
            for column, title, _ in BENCHMARKS
            if any(row[column] is not None for row in data.summary.values())
        ]
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters["day"] = long_day
        self.style = _asset("style.css")
        self.script = _asset("script.js")

    def area_page(self, area_code: str) -> str:
        """Return the report of the county or of one locality."""
        area = self.data.area(area_code)
        is_county = area_code == COUNTY
        sections = [self._section(section, area_code) for section in SECTIONS]
        sections = [section for section in sections if section["rows"]]
        rows = [row for section in sections for row in section["rows"]]
        return self._render(
            "area.html.j2",
            script=self.script,
            contents=[
                ("glance", "At a glance"),
                ("summary", "Summary"),
                *((section["slug"], section["name"]) for section in sections),
                *([("localities", "Localities side by side")] if is_county else []),
                ("quality", "What the numbers stand on"),
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
            columns=FIXED_COLUMNS + len(self.shown_areas) + len(self.benchmarks) + (not is_county),
            rag_areas=[
                {"code": row["area_code"], "name": row["area_name"]} for row in self.shown_areas
            ],
            last_four=self._last_four_labels(),
            benchmarks=[{"short": title} for _, title in self.benchmarks],
            summary_notes=self._summary_notes(area_code),
            localities=self._locality_grid() if is_county else None,
            quality=self._quality(area_code),
            notes=self._notes(),
            glossary=self.data.glossary,
        )

    def committee_page(self) -> str:
        """Return the committee's paper: vital signs, exceptions, report cards and flags."""
        data = self.data
        cards = [self._committee_card(row) for row in data.report_cards]
        in_cards = {row["indicator_ref"] for row in data.report_cards}
        named = {row["indicator_ref"] for row in data.exceptions} - in_cards
        county = [row for row in data.exceptions if row["area_code"] == COUNTY]
        elsewhere = [row for row in data.exceptions if row["area_code"] != COUNTY]
        tiles = [
            _tile("signs", "Vital signs", len(cards), ""),
            *(
                _tile(rag, rag.capitalize(), _count(data.report_cards, "rag_status", rag), rag)
                for rag in RAGS
            ),
            _tile("exceptions", "Exceptions in the county", len(county), ""),
            _tile(
                "sign-exceptions",
                "of them vital signs",
                sum(1 for row in data.report_cards if row["is_exception"]),
                "",
            ),
        ]
        education = self._education()
        flags = self._flags()
        return self._render(
            "committee.html.j2",
            script="",
            contents=[
                ("recommendation", "Summary and recommendation"),
                ("dashboard", "Vital signs"),
                ("exceptions", "Exceptions"),
                ("flags", "Flags"),
                ("cards", "Report cards"),
                *([("education", "Education and inspection")] if education else []),
                ("definitions", "Definitions"),
                ("glossary", "Glossary"),
            ],
            intro=self.texts.get(("county", COMMITTEE_SUMMARY)),
            intro_gap=self._gap(COMMITTEE_SUMMARY, "No summary was written for this month"),
            recommendation=self.texts.get(("county", RECOMMENDATION)),
            recommendation_gap=self._gap(
                RECOMMENDATION, "No recommendation was written for this month"
            ),
            tiles=tiles,
            dashboard=self._dashboard(),
            by_locality=self._dashboard_by_locality(),
            exceptions=self._exceptions("exceptions-county", "Exceptions in the county", county),
            locality_exceptions=self._exceptions(
                "exceptions-localities", "Exceptions in the localities", elsewhere, with_area=True
            )
            if elsewhere
            else None,
            flags=flags,
            cards=cards,
            education=education,
            education_commentary=self.texts.get(("county", EDUCATION)),
            education_gap=self._gap(EDUCATION, "No commentary was written for this month"),
            definitions=[
                {
                    "ref": row["indicator_ref"],
                    "name": row["indicator_name"],
                    "definition": row["definition"],
                }
                for row in data.indicators
                if row["indicator_ref"] in named
            ],
            glossary=data.glossary,
        )

    # What every page shares

    def _render(self, template: str, script: str, **context: Any) -> str:
        extract = self.data.extract
        facts = {
            "month_label": self.data.month["month_label"],
            "as_at": long_day(extract["as_at"]) if extract else "an unknown day",
            "edition_words": EDITIONS[self.data.edition],
            "is_public": self.is_public,
            "suppressed_sign": SUPPRESSED,
            "extract": f"Extract {extract['extract_id']} from {extract['source_system']}."
            if extract
            else "",
        }
        return self.environment.get_template(template).render(
            policy=_policy(self.style, script),
            style=Markup(self.style),
            script=Markup(script),
            facts=facts,
            **context,
        )

    def _gap(self, section: str, what: str, area_code: str = COUNTY) -> str:
        if self.is_public:
            return "No commentary is published here."
        folder = "" if area_code == COUNTY else f"{area_code.lower()}/"
        return f"{what} (commentary/{self.month_code}/{folder}{section}.md)."

    # The summary

    def _glance(self, rows: Sequence[Context], area_code: str) -> Context:
        limited = [row for row in rows if row["rag"]]
        moved = [row for row in rows if row["travel"] in ("improved", "worsened")]
        tiles = [
            *(_tile(rag, rag.capitalize(), _count(limited, "rag", rag), rag) for rag in RAGS),
            _tile("improved", "Better than last month", _count(moved, "travel", "improved"), ""),
            _tile("worsened", "Worse than last month", _count(moved, "travel", "worsened"), ""),
            _tile(
                "missing",
                "Without a number" if not self.is_public else "Without a number, or not shown",
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
            words = f", {row['travel_words']}" if row["travel"] else ""
            return f"{target}{words}"

        falling = [
            row["indicator_ref"]
            for row in self.data.exceptions
            if row["area_code"] == area_code and row["has_worsened_three_times"]
        ]
        return {
            "commentary": self.texts.get((area_code.lower(), OVERVIEW)),
            "gap": self._gap(OVERVIEW, "No overview was written for this month", area_code),
            "tiles": tiles,
            "lists": [
                {
                    "title": "Red this month",
                    "rows": [entry(row, against(row)) for row in rows if row["rag"] == "red"],
                    "none": "No indicator with limits is red.",
                },
                {
                    "title": "Worse three months in a row",
                    "rows": [
                        entry(row, " · ".join(cell["text"] for cell in row["months"]))
                        for row in rows
                        if row["ref"] in falling
                    ],
                    "none": "No indicator got worse three months in a row.",
                },
                {
                    "title": "Green this month",
                    "rows": [entry(row, against(row)) for row in rows if row["rag"] == "green"],
                    "none": "No indicator with limits is green.",
                },
            ],
        }

    def _summary_row(self, indicator: Row, area_code: str) -> Context | None:
        ref = indicator["indicator_ref"]
        row = self.data.summary.get((ref, area_code))
        if row is None:
            return None
        months = [
            {
                "text": row[f"text_{name}"],
                "key": f"value_{name}",
                "label": label,
                "classes": {"m3": "edge", "m0": "m0"}.get(name, ""),
            }
            for name, label in zip(MONTH_CELLS, self._last_four_labels(), strict=True)
        ]
        travel = self._travel(row)
        points = self._points(ref, area_code)
        county = self.data.summary.get((ref, COUNTY))
        return {
            "ref": ref,
            "name": row["indicator_name"],
            "good": indicator["good_performance_is"],
            "data_note": _short_note(indicator["data_note"]),
            "months": months,
            "spark": sparkline(points, self._series_words(points)),
            "ytd": self._ytd(row, "ytd"),
            "previous_ytd": self._ytd(row, "previous_ytd"),
            "target": row["target_text"] or NOTHING,
            "travel": travel,
            "travel_words": TRAVEL_WORDS.get(travel, ""),
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
                for other in self.shown_areas
            ],
            "red": self._limit(row, "red_limit"),
            "green": self._limit(row, "green_limit"),
            "benchmarks": [
                {"key": column, "text": self._limit(row, column)} for column, _ in self.benchmarks
            ],
        }

    def _last_four_labels(self) -> list[str]:
        """Return the months of the summary, also those from before the warehouse begins."""
        return [short_month(months_back(self.day, count)) for count in (3, 2, 1, 0)]

    def _ytd(self, row: Row, kind: str) -> str:
        return row[f"{kind}_text"] if row["ytd_is_shown"] else NOTHING

    def _limit(self, row: Row, column: str) -> str:
        return number(row[column], places=row["decimal_places"], percent=row["unit"] == "percent")

    def _travel(self, row: Row) -> str:
        if row["direction_of_travel"]:
            return str(row["direction_of_travel"])
        return RAW_SIGNS.get(row.get("raw_direction") or "", "")

    def _points(self, ref: str, area_code: str) -> list[Point]:
        rows = self.data.series.get((ref, area_code), {})
        points = []
        for month in self.data.months:
            row = rows.get(month["month_end"])
            value = row["value"] if row else None
            text = row["value_text"] if row else NOTHING
            hidden = bool(row and row["is_suppressed"] and value is None)
            points.append(Point(month["month_end"], value, text, hidden))
        return points

    @staticmethod
    def _series_words(points: Sequence[Point]) -> str:
        shown = [point for point in points if point.value is not None]
        if not shown:
            return without_numbers(points)
        low = min(shown, key=lambda point: point.value or 0.0)
        high = max(shown, key=lambda point: point.value or 0.0)
        return (
            f"{len(points)} months: lowest {low.text} in {short_month(low.month_end)}, "
            f"highest {high.text} in {short_month(high.month_end)}, now {points[-1].text}"
        )

    def _summary_notes(self, area_code: str) -> list[str]:
        notes = [
            "A dash is a number that there is not: not printed for this kind of indicator, or not "
            "to be had from the records. It never stands for 0.",
            "YTD is the financial year to date, from 1 April. It is shown where the indicator "
            "adds up over months.",
            "The limits of red and green are the same for every locality.",
        ]
        missing = [
            title
            for column, title, _ in BENCHMARKS
            if column not in {name for name, _ in self.benchmarks}
        ]
        if missing:
            notes.append(f"No figure is loaded for: {', '.join(missing).lower()}.")
        if area_code != COUNTY:
            notes.append(
                "Rates per 10,000 have no number for a locality without a population figure."
            )
        return notes

    # The sections

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
            "gap": self._gap(section.slug, "No commentary was written for this section", area_code),
            "series": self._series_table(section, name, [row["ref"] for row in shown], area_code),
            "tables": self._section_tables(section, area_code),
            "cards": [self._card(self.reported[row["ref"]], area_code) for row in shown],
        }

    def _series_table(
        self, section: Section, name: str, refs: Sequence[str], area_code: str
    ) -> Table:
        months = self.data.months
        lines = []
        for ref in refs:
            points = self._points(ref, area_code)
            lines.append(
                Line(
                    f"{ref} {self.reported[ref]['indicator_name']}",
                    [
                        Cell(
                            point.text,
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

    def _levels(self, row: Row) -> list[Level]:
        """Return the lines of a chart; lines at one level share a label."""

        def text(value: float) -> str:
            return number(value, places=row["decimal_places"], percent=row["unit"] == "percent")

        higher = row["polarity"] == "high"
        target, green = row["target_value"], row["green_limit"]
        levels: list[Level] = []
        if target is not None and target == green:
            levels.append(Level(f"Target, green {text(target)}", target, "both"))
        elif target is not None:
            levels.append(Level(f"Target {text(target)}", target, "target"))
        if green is not None and green != target:
            word = "from" if higher else "up to"
            levels.append(Level(f"Green {word} {text(green)}", green, "green"))
        if row["red_limit"] is not None:
            word = "below" if higher else "above"
            levels.append(Level(f"Red {word} {text(row['red_limit'])}", row["red_limit"], "red"))
        for column, _, short in BENCHMARKS:
            if row[column] is not None:
                levels.append(Level(f"{short} {text(row[column])}", row[column], "benchmark"))
        return levels

    def _chart(self, row: Row, indicator: Row, area_code: str) -> Markup:
        points = self._points(row["indicator_ref"], area_code)
        return chart(
            points,
            self._levels(row),
            label=f"Chart of {row['indicator_ref']}, {self._series_words(points)}",
            percent=row["unit"] == "percent",
            whole=row["unit"] != "percent" and row["decimal_places"] == 0,
            higher_is_better={"high": True, "low": False}.get(row["polarity"]),
            break_month=indicator["series_break_month"],
        )

    def _card(self, indicator: Row, area_code: str) -> Context:
        ref = indicator["indicator_ref"]
        row = self.data.summary[ref, area_code]
        facts: list[tuple[str, str, str]] = [("Good is", indicator["good_performance_is"], "")]
        if area_code != COUNTY and (ref, COUNTY) in self.data.summary:
            facts.append(("County", self.data.summary[ref, COUNTY]["text_m0"], "county_value"))
        if row["ytd_is_shown"]:
            facts.append(("Year to date", row["ytd_text"], "ytd_value"))
            facts.append(("Last year to date", row["previous_ytd_text"], "previous_ytd_value"))
        if row["target_text"]:
            facts.append(("Target", row["target_text"], "target_text"))
        if row["green_limit"] is not None and row["red_limit"] is not None:
            facts.append(("Limits", self._limits_words(row), ""))
        return {
            "ref": ref,
            "name": row["indicator_name"],
            "month": self.data.month["month_label"],
            "now": row["text_m0"],
            "rag": row["rag_status"] or "",
            "travel": self._travel(row),
            "travel_words": TRAVEL_WORDS.get(self._travel(row), ""),
            "why": self._why(row),
            "chart": self._chart(row, indicator, area_code),
            "facts": facts,
            "definition": indicator["definition"],
            "formula": f"Worked out as: {indicator['formula']}" if indicator["formula"] else "",
            "notes": self._card_notes(indicator),
        }

    def _limits_words(self, row: Row) -> str:
        higher = row["polarity"] == "high"
        green, red = self._limit(row, "green_limit"), self._limit(row, "red_limit")
        if higher:
            return f"green from {green}, red below {red}"
        return f"green up to {green}, red above {red}"

    def _why(self, row: Row) -> str:
        if row.get("is_suppressed") and row["value_m0"] is None:
            return "Not shown: the count is small, or would give away one that is."
        return WITHOUT_NUMBER.get(row["availability"], "") if row["value_m0"] is None else ""

    def _card_notes(self, indicator: Row) -> list[str]:
        notes = [indicator["footnote"]] if indicator["footnote"] else []
        broken = indicator["series_break_month"]
        if broken and self.data.months[0]["month_end"] < broken <= self.day:
            notes.append(f"Series break in {broken:%B %Y}: {indicator['series_break_reason']}.")
        figures = self._benchmarks_in_force(indicator["indicator_ref"])
        if figures:
            listed = ", ".join(
                f"{row['benchmark_name']} {row['benchmark_text']}" for row in figures
            )
            sources = ", ".join(sorted({row["source"] for row in figures}))
            notes.append(f"Benchmarks: {listed}. Source: {sources}.")
        return notes

    def _benchmarks_in_force(self, ref: str) -> list[Row]:
        """Return the latest figure of each group compared with."""
        latest = {row["benchmark_group"]: row for row in self.data.benchmarks.get(ref, [])}
        return [latest[column] for column, _, _ in BENCHMARKS if column in latest]

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
                Line(f"{ref} {self.reported[ref]['indicator_name']}", cells, href=f"#d-{ref}")
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

    # Quality and notes

    def _quality(self, area_code: str) -> list[Context]:
        blocks = [self._availability_block(area_code)]
        if area_code == COUNTY and self.data.reconciliation:
            blocks.append(self._reconciliation_block())
        for name, rows in self.data.quality.items():
            if rows:
                blocks.append(_plain_block(name, rows))
        return blocks

    def _availability_block(self, area_code: str) -> Context:
        extract = self.data.extract
        texts = []
        if extract:
            texts.append(
                f"The numbers were computed from the case records of extract "
                f"{extract['extract_id']} ({extract['source_system']}), as they stood on "
                f"{long_day(extract['as_at'])}. What was entered later is not in them."
            )
        groups: dict[str, list[str]] = {}
        for ref in self.reported:
            row = self.data.summary.get((ref, area_code))
            if row is not None and row["value_m0"] is None and row["availability"] != "available":
                groups.setdefault(row["availability"], []).append(ref)
        texts += [
            f"{WITHOUT_NUMBER[status]} This is so for {', '.join(refs)}."
            for status, refs in sorted(groups.items())
        ]
        if not groups:
            texts.append("Every indicator of this report has a number this month.")
        return {"title": "Where the numbers come from", "texts": texts, "tables": []}

    def _reconciliation_block(self) -> Context:
        rows = self.data.reconciliation
        equal = sum(1 for row in rows if row["status"] == "equal")
        order = {row["indicator_ref"]: row["display_order"] for row in self.data.indicators}
        differing = sorted(
            (row for row in rows if row["status"] != "equal"),
            key=lambda row: (order[row["indicator_ref"]], row["area_code"], row["measure"]),
        )
        names = {row["indicator_ref"]: row["indicator_name"] for row in self.data.indicators}
        lines = [
            Line(
                f"{row['indicator_ref']} {names[row['indicator_ref']]}"
                f"{_measure_words(row['measure'])}",
                [
                    Cell(self.data.area(row["area_code"])["area_name"], classes="text"),
                    Cell(
                        number(row["printed_value"], places=row["decimal_places_printed"]),
                        f"{_reconciled(row)}|printed_value",
                    ),
                    Cell(
                        number(row["displayed_value"], places=row["decimal_places_printed"]),
                        f"{_reconciled(row)}|displayed_value",
                    ),
                    Cell(row["reason"] or row["note"] or "", classes="text"),
                ],
                href=f"#d-{row['indicator_ref']}",
            )
            for row in differing
        ]
        table = Table(
            "reconciliation",
            "reconciliation",
            f"Figures that differ from the printed report, {short_month(self.day)}",
            "Figure",
            [Head("Area", True), Head("Printed"), Head("Computed"), Head("Why", True)],
            lines,
        )
        return {
            "title": "Beside the printed report",
            "texts": [
                f"Of {len(rows)} figures that the printed report gives for this month, {equal} "
                "come out the same from case records."
            ],
            "tables": [table] if lines else [],
        }

    def _notes(self) -> list[str]:
        return [
            "An indicator counts what the records say happened by the last day of the month, also "
            "when it was typed in later, up to the day of the extract.",
            "The county is counted from every record and is not the sum of the localities. Work "
            "that no locality has yet is in the county alone.",
            "Shares are rounded half up to one decimal place, so rounded shares need not add up to "
            "100.0. Counts and days have no decimals.",
            "A month adds up by financial year from 1 April. Shares of a year are all of its cases "
            "together, and not the mean of its months.",
            "RAG looks at the limits alone: green from the green limit on, red past the red one, "
            "amber between them. An indicator without limits has no RAG.",
            "Early help: a case opened in a month can come from a request of the month before, so "
            "more cases can be opened than were asked for.",
        ]

    # The committee

    def _dashboard(self) -> Table:
        rows = [row for row in self.data.vital_sign_months if row["area_code"] == COUNTY]
        shown = sorted({row["shown_month_end"] for row in rows})
        by_key = {(row["vital_sign_code"], row["shown_month_end"]): row for row in rows}
        lines = []
        for sign in self._signs():
            ref = sign["indicator_ref"]
            cells = []
            for day in shown:
                row = by_key.get((sign["vital_sign_code"], day))
                cells.append(
                    Cell(
                        row["value_text"] if row else NOTHING,
                        f"{sign['vital_sign_code']}|{COUNTY}|{day.isoformat()}|value",
                        href=f"#d-{ref}",
                        rag=row["rag_status"] if row else None,
                        classes="now" if day == self.day else "",
                    )
                )
            lines.append(Line(f"{ref} {sign['vital_sign_name']}", cells, href=f"#d-{ref}"))
        return Table(
            "dashboard-table",
            "vital_sign_months",
            "The county, month by month",
            "Vital sign",
            [Head(short_month(day)) for day in shown],
            lines,
        )

    def _dashboard_by_locality(self) -> Table:
        rows = [row for row in self.data.vital_sign_months if row["shown_month_end"] == self.day]
        by_key = {(row["vital_sign_code"], row["area_code"]): row for row in rows}
        lines = []
        for sign in self._signs():
            ref = sign["indicator_ref"]
            cells = []
            for area in self.shown_areas:
                code = area["area_code"]
                row = by_key.get((sign["vital_sign_code"], code))
                cells.append(
                    Cell(
                        row["value_text"] if row else NOTHING,
                        f"{sign['vital_sign_code']}|{code}|{self.day.isoformat()}|value",
                        href=f"#d-{ref}",
                        rag=row["rag_status"] if row else None,
                    )
                )
            lines.append(Line(f"{ref} {sign['vital_sign_name']}", cells, href=f"#d-{ref}"))
        return Table(
            "dashboard-localities",
            "vital_sign_months",
            f"The localities, {short_month(self.day)}",
            "Vital sign",
            [Head(area["area_name"]) for area in self.shown_areas],
            lines,
        )

    def _signs(self) -> list[Row]:
        return self.data.vital_signs

    def _exceptions(
        self, anchor: str, caption: str, rows: Sequence[Row], with_area: bool = False
    ) -> Table:
        heads = [
            Head("Rule", True),
            Head("Why", True),
            *map(Head, self._last_four_labels()),
            Head("Target"),
            Head("Off target by"),
            Head("Travel", True),
        ]
        lines = []
        for row in rows:
            key = f"{row['indicator_ref']}|{row['area_code']}"
            cells = [
                Cell(row["exception_rules"], f"{key}|exception_rules", classes="text"),
                Cell(row["exception_reason"], classes="text"),
                *(
                    Cell(
                        row[f"text_{name}"],
                        f"{key}|value_{name}",
                        href=f"#d-{row['indicator_ref']}",
                        rag=row["rag_status"] if name == "m0" else None,
                        classes="now" if name == "m0" else "",
                    )
                    for name in MONTH_CELLS
                ),
                Cell(row["target_text"] or NOTHING, f"{key}|target_text"),
                Cell(
                    number(100 * row["variance"], places=1, percent=True)
                    if row["variance"] is not None and row["variance"] > 0
                    else NOTHING,
                    f"{key}|variance",
                ),
                Cell(
                    TRAVEL_WORDS.get(row["direction_of_travel"] or "", NOTHING).replace(
                        " than last month", ""
                    ),
                    f"{key}|direction_of_travel",
                    classes="text",
                ),
            ]
            if with_area:
                cells.insert(0, Cell(row["area_name"], classes="text"))
            lines.append(
                Line(
                    f"{row['indicator_ref']} {row['indicator_name']}",
                    cells,
                    href=f"#d-{row['indicator_ref']}",
                )
            )
        if with_area:
            heads.insert(0, Head("Locality", True))
        return Table(anchor, "exceptions", caption, "Indicator", heads, lines)

    def _flags(self) -> Table | None:
        if not self.data.flags:
            return None
        names = {row["vital_sign_code"]: row for row in self.data.vital_signs}
        lines = [
            Line(
                names[row["vital_sign_code"]]["vital_sign_name"],
                [
                    Cell(
                        {"budget": "Budget (c)", "risk": "Corporate risk (d)"}[row["rule"]],
                        classes="text",
                    ),
                    Cell(row["reason"], classes="text"),
                    Cell(row["author_role"], classes="text"),
                    Cell(long_day(row["flagged_on"]), classes="text"),
                ],
                href=f"#d-{names[row['vital_sign_code']]['indicator_ref']}",
            )
            for row in self.data.flags
            if row["vital_sign_code"] in names
        ]
        return Table(
            "flags-table",
            "vital_sign_flags",
            "Flags in force",
            "Vital sign",
            [Head("Flag", True), Head("Reason", True), Head("Flagged by", True), Head("On", True)],
            lines,
        )

    def _committee_card(self, card: Row) -> Context:
        ref = card["indicator_ref"]
        indicator = self.reported[ref]
        item = self._card(indicator, COUNTY)
        places, percent = card["decimal_places"], card["unit"] == "percent"
        facts: list[tuple[str, str, str]] = [
            ("Led by", card["lead_officer_role"], ""),
            ("Data owned by", card["data_owner_role"], ""),
            *item["facts"],
            ("A year ago", card["text_12_months_ago"], "value_12_months_ago"),
        ]
        if card["goal_value"] is not None:
            facts.append(
                (
                    "Goal",
                    f"{number(card['goal_value'], places=places, percent=percent)} by "
                    f"{long_day(card['goal_date'])}",
                    "goal_value",
                )
            )
        if card["weakest_area_name"]:
            facts.append(
                (
                    "Weakest locality",
                    f"{card['weakest_area_name']}, {card['weakest_area_text']}",
                    "weakest_area_value",
                )
            )
        if card["is_exception"]:
            facts.append(
                (
                    "Exception",
                    f"{card['exception_rules']}: {card['exception_reason']}",
                    "exception_rules",
                )
            )
        return {**item, "name": card["vital_sign_name"], "facts": facts}

    def _education(self) -> list[Table]:
        tables = []
        for code, title in EDUCATION_TABLES.items():
            rows = [row for row in self.data.education if row["education_table"] == code]
            if not rows:
                continue
            lines = [
                Line(
                    ", ".join(
                        part
                        for part in (row["measure_name"], _group_words(row["pupil_group"]))
                        if part
                    ),
                    [
                        Cell(row["period"], classes="text"),
                        Cell(_education_value(row, "council"), f"{_education_key(row)}|council"),
                        Cell(_education_value(row, "national"), f"{_education_key(row)}|national"),
                        Cell(row["council_compares"] or NOTHING, classes="text"),
                        Cell(row["council_result_status"] or NOTHING, classes="text"),
                    ],
                )
                for row in rows
            ]
            tables.append(
                Table(
                    f"education-{code.replace('_', '-')}",
                    "education",
                    title,
                    "Measure",
                    [
                        Head("Period", True),
                        Head("County"),
                        Head("England"),
                        Head("The county is", True),
                        Head("Status", True),
                    ],
                    lines,
                )
            )
        return tables


def long_day(day: date) -> str:
    """Return a day in words: 10 April 2018."""
    return f"{day.day} {day:%B %Y}"


def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()


def _policy(style: str, script: str) -> str:
    """Return the page's security policy: nothing is fetched, and only our own script runs."""
    sources = f"default-src 'none'; style-src '{_digest(style)}'; base-uri 'none'"
    sources += "; form-action 'none'"
    return f"{sources}; script-src '{_digest(script)}'" if script else sources


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _count(rows: Sequence[Mapping[str, Any]], column: str, value: str) -> int:
    return sum(1 for row in rows if row[column] == value)


def _tile(key: str, label: str, count: int, kind: str) -> Context:
    return {"key": key, "label": label, "count": count, "kind": kind}


def _measure_words(measure: str) -> str:
    words = {"value": "", "ytd": ", year to date", "previous_ytd": ", last year to date"}
    return words.get(measure, f", {measure.replace('_', ' ')}")


def _reconciled(row: Row) -> str:
    return f"{row['indicator_ref']}|{row['measure']}|{row['area_code']}"


def _group_words(group: str | None) -> str:
    return "" if group in (None, "All") else group[0].lower() + group[1:]


def _education_key(row: Row) -> str:
    return "|".join(
        str(row[name]) for name in ("education_table", "measure_name", "pupil_group", "period")
    )


def _education_value(row: Row, who: str) -> str:
    if row[f"{who}_value"] is None:
        return row[f"{who}_text"] or NOTHING
    value = row[f"{who}_value"].normalize()
    places = max(0, -int(value.as_tuple().exponent))
    return number(float(value), places=places, percent=row["unit"] == "percent")


def _short_note(note: str) -> str:
    """Return a data note that fits a narrow column."""
    return note.replace(" per 10,000 aged under 18", "").replace(" 12 months", " 12")


def _plain_block(name: str, rows: Sequence[Row]) -> Context:
    """Return a table of a quality mart as it is: its columns are its own words."""
    columns = list(rows[0])
    title = name.replace("_", " ").capitalize()
    table = Table(
        name.replace("_", "-"),
        name,
        title,
        columns[0].replace("_", " "),
        [
            Head(column.replace("_", " "), isinstance(rows[0][column], str))
            for column in columns[1:]
        ],
        [
            Line(
                str(row[columns[0]]),
                [
                    Cell(
                        _plain_text(row[column]),
                        classes="text" if isinstance(row[column], str) else "",
                    )
                    for column in columns[1:]
                ],
            )
            for row in rows
        ],
    )
    return {"title": title, "texts": [], "tables": [table]}


def _plain_text(value: Any) -> str:
    """Return a value of any kind in words."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return number(float(value), places=0 if value == int(value) else 1)
    return long_day(value) if isinstance(value, date) else str(value)
