"""Tables of a page: cells with what they show and where in `published` it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vital_signs.scorecard import rounded

NOTHING = "-"
SUPPRESSED = "[c]"
NOT_RECORDED = "not recorded by locality"
PERCENT_PLACES = 1

Row = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """One cell; `key` names the published row and column that it shows."""

    text: str
    key: str = ""
    href: str = ""
    rag: str | None = None
    small: str = ""
    classes: str = ""


@dataclass(frozen=True)
class Head:
    """A column heading."""

    text: str
    is_text: bool = False


@dataclass(frozen=True)
class Line:
    """A row with its heading; `is_first` starts a group of rows."""

    label: str
    cells: Sequence[Cell]
    href: str = ""
    is_first: bool = False


@dataclass(frozen=True)
class Table:
    """A captioned table; `source` is the published table that its figures come from."""

    anchor: str
    source: str
    caption: str
    first: str
    heads: Sequence[Head]
    rows: Sequence[Line]
    groups: Sequence[tuple[str, int]] = ()
    note: str = ""


def number(value: float | None, *, places: int = 0, percent: bool = False) -> str:
    """Return a number as shown: half up, a dash where there is none."""
    shown = rounded(value, places)
    return f"{shown}%" if percent and shown != NOTHING else shown


def counted(row: Row | None, column: str, *, places: int = 0, percent: bool = False) -> str:
    """Return a column of a published row as shown; a suppressed figure has its own symbol."""
    if row is None:
        return NOTHING
    if row.get("is_not_recorded_by_locality"):
        return NOT_RECORDED
    if row.get("is_suppressed") and row[column] is None:
        return SUPPRESSED
    return number(row[column], places=places, percent=percent)


def short_month(day: date) -> str:
    """Return a month as in table headings: Mar 18."""
    return day.strftime("%b %y")


@dataclass(frozen=True)
class Measure:
    """A column of a detail table, how it is shown, and the indicator that explains it."""

    column: str
    title: str
    percent: bool = False
    named: str = ""
    ref: str = ""

    @property
    def short(self) -> str:
        """The name of a row that shows only this measure."""
        return self.named or self.title.lower()

    def text(self, row: Row | None) -> str:
        """Return what a row shows in this column."""
        return counted(
            row, self.column, places=PERCENT_PLACES if self.percent else 0, percent=self.percent
        )


@dataclass(frozen=True)
class Detail:
    """How a detail table of the specification is laid out.

    Rows are the values of `label`; columns are the measures, first for the month (by area where
    the table has areas), then for each of the thirteen months. `ref` and `refs` (by row) name the
    indicators whose definitions explain the numbers.
    """

    number: str
    source: str
    section_code: str
    title: str
    first: str
    code: str
    label: str
    measures: Sequence[Measure]
    has_areas: bool = True
    note: str = ""
    ref: str = ""
    refs: Mapping[str, str] = field(default_factory=dict)

    def explained_by(self, code: str, measure: Measure) -> str:
        """Return the ref whose definition explains a number: of its row, column or table."""
        return self.refs.get(code) or measure.ref or self.ref


DETAILS = (
    Detail(
        "T1",
        "detail_contacts_by_source",
        "2",
        "Contacts by source",
        "Source",
        "source_group",
        "source_group_name",
        (
            Measure("contacts", "Contacts", ref="2.1"),
            Measure("progressed", "Became a referral", ref="2.2"),
            Measure(
                "percent_progressed",
                "% of the source's contacts",
                True,
                "% that became a referral",
                "2.3",
            ),
            Measure("share_of_contacts", "% of all contacts", True, ref="2.1"),
            Measure("share_of_progressed", "% of all referrals", True, ref="2.2"),
        ),
        has_areas=False,
        note="There is a single front door, so contacts have no locality.",
    ),
    Detail(
        "T2",
        "detail_assessment_outcomes",
        "3",
        "Outcomes of assessments",
        "Outcome",
        "outcome_group",
        "outcome_name",
        (Measure("assessments", "Number"), Measure("percent_of_outcomes", "%", True)),
        note="Percentages are of assessments with one of the three outcomes.",
        ref="3.1",
        refs={"ONGOING": "3.5", "CLOSE": "3.6", "STEP_DOWN": "3.7"},
    ),
    Detail(
        "T3",
        "detail_s47_outcomes",
        "4",
        "Outcomes of section 47 enquiries",
        "Outcome",
        "outcome_group",
        "outcome_name",
        (Measure("enquiries", "Number"), Measure("percent_of_enquiries", "%", True)),
        note="Percentages are of all enquiries completed, including those without an outcome.",
        ref="4.4",
        refs={"SUBST_RISK": "4.5n", "SUBST_NO_RISK": "4.6n", "NOT_SUBST": "4.7n"},
    ),
    Detail(
        "T4",
        "detail_placement_types",
        "7",
        "Looked-after children by placement at the end of the month",
        "Placement",
        "placement_group",
        "placement_group_name",
        (Measure("children", "Children"), Measure("percent_of_children", "%", True)),
        ref="7.1",
        refs={"RESIDENTIAL": "7.6"},
    ),
    Detail(
        "T6",
        "detail_care_leaver_categories",
        "8",
        "Care leavers by category at the end of the month",
        "Category",
        "category_code",
        "category_name",
        (Measure("people", "People"),),
        note="Eligible young people are still looked after; relevant and former relevant young "
        "people add up to 8.1.",
        ref="8.1",
    ),
    Detail(
        "T7",
        "detail_caseloads",
        "11",
        "Caseload by type of team at the end of the month",
        "Type of team",
        "team_type_code",
        "team_type_name",
        (
            Measure("workers", "Workers"),
            Measure("children", "Children"),
            Measure("largest_caseload", "Largest"),
            Measure("average_caseload", "Average"),
        ),
        ref="11.1",
        refs={
            "LAC": "11.2",
            "ASSESSMENT": "11.3",
            "FIT": "11.4",
            "CWD": "11.5",
            "NIPE": "11.6",
        },
    ),
)


def detail_tables(
    detail: Detail, rows: Iterable[Row], area: str, areas: Sequence[Row], months: Sequence[Row]
) -> list[Table]:
    """Return the tables of one detail: this month, this month by area, and thirteen months.

    `areas` are those shown side by side; empty for a locality's own report.
    """
    by_key = {(row[detail.code], row.get("area_code", area), row["month_end"]): row for row in rows}
    this_month = months[-1]["month_end"]
    codes = _codes(detail, by_key, area, this_month)
    if not codes:
        return []

    # The words are too long for the cells of thirteen months; they go below the tables.
    unrecorded = {
        codes[row[detail.code]]
        for row in by_key.values()
        if row.get("is_not_recorded_by_locality") and row[detail.code] in codes
    }
    note = detail.note
    if unrecorded:
        note = f"{note} {NOT_RECORDED.capitalize()}: {', '.join(sorted(unrecorded))}.".strip()

    def cell(code: str, area_code: str, day: date, measure: Measure, **more: Any) -> Cell:
        text = measure.text(by_key.get((code, area_code, day)))
        return Cell(
            NOTHING if text == NOT_RECORDED else text,
            f"{code}|{area_code}|{day.isoformat()}|{measure.column}",
            href=f"#d-{detail.explained_by(code, measure)}",
            **more,
        )

    anchor = detail.number.lower()
    shown = detail.measures[-2:]
    side_by_side = detail.has_areas and len(areas) > 1
    tables = []
    # The table by area starts with the county, so it is enough where it has every measure.
    if not side_by_side or len(shown) < len(detail.measures):
        tables.append(
            Table(
                anchor,
                detail.source,
                f"{detail.number} {detail.title}, {short_month(this_month)}",
                detail.first,
                [Head(measure.title) for measure in detail.measures],
                [
                    Line(name, [cell(code, area, this_month, m) for m in detail.measures])
                    for code, name in codes.items()
                ],
                note=note,
            )
        )
    if side_by_side:
        tables.append(
            Table(
                f"{anchor}-areas",
                detail.source,
                f"{detail.number} {detail.title} by locality, {short_month(this_month)}",
                detail.first,
                [
                    Head(measure.title if len(shown) > 1 else other["area_name"])
                    for other in areas
                    for measure in shown
                ],
                [
                    Line(
                        name,
                        [
                            cell(
                                code,
                                other["area_code"],
                                this_month,
                                measure,
                                classes="" if measure is not shown[0] else "edge",
                            )
                            for other in areas
                            for measure in shown
                        ],
                    )
                    for code, name in codes.items()
                ],
                groups=[(other["area_name"], len(shown)) for other in areas]
                if len(shown) > 1
                else (),
                note="" if tables else note,
            )
        )
    measures = [measure for measure in detail.measures if not measure.column.startswith("share")]
    tables.append(
        Table(
            f"{anchor}-months",
            detail.source,
            f"{detail.number} {detail.title}, thirteen months",
            detail.first,
            [Head(short_month(month["month_end"])) for month in months],
            [
                Line(
                    f"{name}: {measure.short}" if len(measures) > 1 else name,
                    [
                        cell(
                            code,
                            area,
                            month["month_end"],
                            measure,
                            classes="now" if month["month_end"] == this_month else "",
                        )
                        for month in months
                    ],
                    is_first=measure is measures[0] and len(measures) > 1,
                )
                for code, name in codes.items()
                for measure in measures
            ],
        )
    )
    return tables


def _codes(
    detail: Detail, by_key: dict[tuple[str, str, date], Row], area: str, day: date
) -> dict[str, str]:
    """Return code and name of the rows of the month, in their order."""
    rows = [
        row
        for (_, area_code, month_end), row in by_key.items()
        if area_code == area and month_end == day
    ]
    rows.sort(key=lambda row: row["display_order"])
    return {row[detail.code]: row[detail.label] for row in rows}


def residential_table(rows: Iterable[Row], day: date) -> Table | None:
    """Return T5: looked-after children in residential placements by type and age."""
    by_key = {
        (row["placement_type_code"], row["age"]): row for row in rows if row["month_end"] == day
    }
    if not by_key:
        return None
    labels = sorted(
        {(row["age"] is None, row["age"], row["age_label"]) for row in by_key.values()},
        key=lambda item: (item[0], item[1] or 0),
    )
    types = sorted(
        {
            (row["display_order"], row["placement_type_code"], row["placement_type_name"])
            for row in by_key.values()
        }
    )
    measure = Measure("children", "Children")
    return Table(
        "t5",
        "detail_residential_by_age",
        f"T5 Children in residential placements by type and age, {short_month(day)}",
        "Placement",
        [Head(label) for _, _, label in labels],
        [
            Line(
                name,
                [
                    Cell(
                        measure.text(by_key.get((code, age))),
                        f"{code}|{label}|{day.isoformat()}|children",
                        href="#d-7.6",
                    )
                    for _, age, label in labels
                ],
            )
            for _, code, name in types
        ],
    )
