"""What all pages share: the frame, the symbols, the card of an indicator and its chart."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from vital_signs.months import months_back
from vital_signs.report.charts import Line as Level
from vital_signs.report.charts import Point, chart, since_break, without_numbers
from vital_signs.report.commentary import Commentary
from vital_signs.report.council import is_demonstration
from vital_signs.report.data import COUNTY, ReportData, Row
from vital_signs.report.limits import ASSUMED, limits_of
from vital_signs.report.tables import NOT_RECORDED, NOTHING, SUPPRESSED, number, short_month

TEMPLATES = Path(__file__).with_name("templates")

MONTH_CELLS = ("m3", "m2", "m1", "m0")
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
SERIES_BREAK = "series break: not compared with last month"
UNROUNDED = "on unrounded values"
NOT_COMPARABLE = "not comparable: series break"
NO_TARGETS = (
    "No targets are set for this council: there are no limits, no red, amber or green, and no "
    "benchmarks in this report."
)
NOT_OWN_POPULATION = (
    "Rates per 10,000 use the population in the project's settings: check that it is this "
    "council's."
)
WHY_NOT_RECORDED = (
    "Not recorded by locality: none of the county's cases in these thirteen months has a locality. "
    "It does not mean zero."
)
WITHOUT_NUMBER = {
    "not_available": "No figure: {reason}.",
    "insufficient_history": "No figure: the extract does not go back far enough ({reason}).",
    "no_denominator": "No figure: there are no cases to base it on, or no population figure for "
    "the area.",
}
EDITIONS = {
    "internal": "Internal edition: small counts are shown. Not for publication.",
    "public": "Public edition: small counts are not shown.",
}
PUBLIC = "public"

Texts = Mapping[tuple[str, str], Commentary]
Context = dict[str, Any]


def without_number(row: Row) -> str:
    """Return why a row of the summary has no figure, or nothing where it has one."""
    return WITHOUT_NUMBER.get(row["availability"], "").format(reason=row["availability_reason"])


class Pages:
    """Makes pages of one month and edition; the same data give the same bytes."""

    def __init__(self, data: ReportData, texts: Texts) -> None:
        self.data = data
        self.is_public = data.edition == PUBLIC
        # A text may quote a figure that the public edition hides: its author confirms it does not.
        self.texts = {
            key: text for key, text in texts.items() if text.is_public or not self.is_public
        }
        self.day: date = data.month["month_end"]
        self.month_code: str = data.month["month_code"]
        self.reported = {
            row["indicator_ref"]: row for row in data.indicators if row["is_in_report"]
        }
        # Decision 0037: only the demonstration county has targets, limits and benchmarks.
        self.has_targets = is_demonstration(data.extract)
        self.assumed = {ref for ref, row in data.targets.items() if row["is_assumed"]}
        self.shown_areas = [row for row in data.areas if row["area_type"] != "not_allocated"]
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

    def render(self, template: str, script: str, **context: Any) -> str:
        """Return a page: the template filled in with the common facts and this context."""
        extract = self.data.extract
        facts = {
            "month_label": self.data.month["month_label"],
            "as_at": long_day(extract["as_at"]) if extract else "an unknown date",
            "edition_words": EDITIONS[self.data.edition],
            "is_public": self.is_public,
            "suppressed_sign": SUPPRESSED,
            "has_targets": self.has_targets,
            "no_targets": NO_TARGETS,
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

    def gap(self, section: str, what: str, area_code: str = COUNTY) -> str:
        """Return what is shown where no text was written."""
        if self.is_public:
            return "No commentary is published for this section."
        folder = "" if area_code == COUNTY else f"{area_code.lower()}/"
        place = f"{self.month_code}/{folder}{section}.md"
        if not is_demonstration(self.data.extract):
            return f"{what} ({place} in the folder named with --commentary)."
        return f"{what} (commentary/{place})."

    def named(self, ref: str, name: str) -> str:
        """Return a name as shown next to a colour: an assumed limit is stated."""
        return f"{name} ({ASSUMED})" if ref in self.assumed else name

    def last_four_labels(self) -> list[str]:
        """Return the months of the summary, including any before the warehouse begins."""
        return [short_month(months_back(self.day, count)) for count in (3, 2, 1, 0)]

    def limit(self, row: Row, column: str) -> str:
        """Return a limit (as used to colour values) or a benchmark, as shown."""
        limits = limits_of(row)
        value = limits.red if limits and column == "red_limit" else row[column]
        return number(value, places=row["decimal_places"], percent=row["unit"] == "percent")

    def travel(self, row: Row) -> str:
        """Return the symbol of the direction of travel, or of the raw direction of an Info row."""
        if row["direction_of_travel"]:
            return str(row["direction_of_travel"])
        return RAW_SIGNS.get(row.get("raw_direction") or "", "")

    def travel_note(self, row: Row) -> str:
        """Return the note next to an arrow: a step between equal texts, or why there is none."""
        if row.get("is_step_comparable") is False:
            return SERIES_BREAK
        moved = self.travel(row) in ("improved", "worsened", "up", "down")
        return UNROUNDED if moved and row["text_m1"] == row["text_m0"] else ""

    def travel_words(self, row: Row) -> str:
        """Return the direction of travel in words."""
        words = TRAVEL_WORDS.get(self.travel(row), "")
        return ", ".join(part for part in (words, self.travel_note(row)) if part)

    @staticmethod
    def steps_words(texts: Sequence[str]) -> str:
        """Return months in a row, with a note where two successive months are shown as equal."""
        shown = " · ".join(texts)
        equal = any(earlier == later for earlier, later in pairwise(texts))
        return f"{shown} ({UNROUNDED})" if equal else shown

    def points(self, ref: str, area_code: str) -> list[Point]:
        """Return the months of an indicator in an area."""
        rows = self.data.series.get((ref, area_code), {})
        points = []
        for month in self.data.months:
            row = rows.get(month["month_end"])
            value = row["value"] if row else None
            text = row["value_text"] if row else NOTHING
            unrecorded = bool(row and row["is_not_recorded_by_locality"])
            hidden = bool(row and row["is_suppressed"] and value is None and not unrecorded)
            points.append(Point(month["month_end"], value, text, hidden, unrecorded))
        return points

    @staticmethod
    def series_words(points: Sequence[Point], break_month: date | None = None) -> str:
        """Return a series in words: lowest, highest and latest, from any series break on."""
        every, points = points, since_break(points, break_month)
        shown = [point for point in points if point.value is not None]
        if not shown:
            return without_numbers(points)
        low = min(shown, key=lambda point: point.value or 0.0)
        high = max(shown, key=lambda point: point.value or 0.0)
        since = ""
        if len(points) < len(every):
            since = f" since the series break in {short_month(points[0].month_end)}"
        return (
            f"{len(points)} months{since}: "
            f"lowest {low.text} in {short_month(low.month_end)}, "
            f"highest {high.text} in {short_month(high.month_end)}, now {points[-1].text}"
        )

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
        limits = limits_of(row)
        red = limits.red if limits else row["red_limit"]
        if red is not None:
            word = "below" if higher else "above"
            levels.append(Level(f"Red {word} {text(red)}", red, "red"))
        for column, _, short in BENCHMARKS:
            if row[column] is not None:
                levels.append(Level(f"{short} {text(row[column])}", row[column], "benchmark"))
        return levels

    def _chart(self, row: Row, indicator: Row, area_code: str) -> Markup:
        points = self.points(row["indicator_ref"], area_code)
        return chart(
            points,
            self._levels(row),
            label=f"Chart of {row['indicator_ref']}, "
            + self.series_words(points, indicator["series_break_month"]),
            percent=row["unit"] == "percent",
            whole=row["unit"] != "percent" and row["decimal_places"] == 0,
            higher_is_better={"high": True, "low": False}.get(row["polarity"]),
            break_month=indicator["series_break_month"],
        )

    def card(self, indicator: Row, area_code: str) -> Context:
        """Return what the card of an indicator shows."""
        ref = indicator["indicator_ref"]
        row = self.data.summary[ref, area_code]
        facts: list[tuple[str, str, str]] = [("Good is", indicator["good_performance_is"], "")]
        if area_code != COUNTY and (ref, COUNTY) in self.data.summary:
            facts.append(("County", self.data.summary[ref, COUNTY]["text_m0"], "county_value"))
        if row["ytd_is_shown"]:
            facts.append(("Year to date", row["ytd_text"], "ytd_value"))
            name = "Last year to date"
            if row["is_previous_ytd_comparable"] is False:
                name += f" ({NOT_COMPARABLE})"
            facts.append((name, row["previous_ytd_text"], "previous_ytd_value"))
        if row["target_text"]:
            facts.append(("Target", row["target_text"], "target_text"))
        if limits_of(row):
            facts.append(("Limits", self._limits_words(row), ""))
        return {
            "ref": ref,
            "name": row["indicator_name"],
            "month": self.data.month["month_label"],
            "now": NOTHING if row["text_m0"] == NOT_RECORDED else row["text_m0"],
            "rag": row["rag_status"] or "",
            "travel": self.travel(row),
            "travel_words": self.travel_words(row),
            "assumed": ASSUMED if row["rag_status"] and ref in self.assumed else "",
            "why": self._why(row),
            "chart": self._chart(row, indicator, area_code),
            "facts": facts,
            "definition": indicator["definition"],
            "formula": f"Calculation: {indicator['formula']}" if indicator["formula"] else "",
            "notes": self._card_notes(indicator),
        }

    def _limits_words(self, row: Row) -> str:
        higher = row["polarity"] == "high"
        green, red = self.limit(row, "green_limit"), self.limit(row, "red_limit")
        words = (
            f"green from {green}, red below {red}"
            if higher
            else (f"green up to {green}, red above {red}")
        )
        limits = limits_of(row)
        if limits and limits.cross:
            printed = number(
                limits.printed_red,
                places=row["decimal_places"],
                percent=row["unit"] == "percent",
            )
            words += f"; no amber (the red limit is printed as {printed}; green is tested first)"
        return f"{words}; {ASSUMED}" if row["indicator_ref"] in self.assumed else words

    def _why(self, row: Row) -> str:
        if row["is_not_recorded_by_locality"]:
            return WHY_NOT_RECORDED
        if row.get("is_suppressed") and row["value_m0"] is None:
            return "Not shown: the count is small, or would reveal one that is."
        return without_number(row) if row["value_m0"] is None else ""

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
        """Return the latest figure for each comparison group."""
        latest = {row["benchmark_group"]: row for row in self.data.benchmarks.get(ref, [])}
        return [latest[column] for column, _, _ in BENCHMARKS if column in latest]


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


def count(rows: Sequence[Mapping[str, Any]], column: str, value: str) -> int:
    """Return how many rows have this value."""
    return sum(1 for row in rows if row[column] == value)


def tile(key: str, label: str, number_of: int, kind: str = "") -> Context:
    """Return a tile: a large figure with a label, coloured by its kind."""
    return {"key": key, "label": label, "count": number_of, "kind": kind}
