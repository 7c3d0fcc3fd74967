"""The committee's paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from vital_signs.report.data import COUNTY, Row
from vital_signs.report.pages import (
    MONTH_CELLS,
    NOT_COMPARABLE,
    RAGS,
    SERIES_BREAK,
    TRAVEL_WORDS,
    Context,
    Pages,
    count,
    long_day,
    tile,
)
from vital_signs.report.sections import COMMITTEE_SUMMARY, EDUCATION, RECOMMENDATION
from vital_signs.report.tables import NOTHING, Cell, Head, Line, Table, number, short_month

EDUCATION_TABLES = {
    "inspection_outcomes": "School inspection judgements",
    "key_stage_2": "Key stage 2",
    "primary_standards": "Primary schools below the standards",
    "key_stage_4_scores": "Key stage 4: Attainment 8 and Progress 8",
    "key_stage_4_english_and_mathematics": "Key stage 4: English and mathematics",
    "english_baccalaureate": "English Baccalaureate",
    "post_16_achievement": "Post-16 achievement",
    "post_16_participation": "Post-16 participation",
    "looked_after_achievement": "Achievement of looked-after children",
    "permanent_exclusions": "Permanent exclusions",
}


class CommitteePage(Pages):
    """Renders the paper: vital signs, exceptions, report cards, flags, education."""

    def committee_page(self) -> str:
        """Return the committee's paper: vital signs, exceptions, report cards and flags."""
        data = self.data
        cards = [self._committee_card(row) for row in data.report_cards]
        in_cards = {row["indicator_ref"] for row in data.report_cards}
        named = {row["indicator_ref"] for row in data.exceptions} - in_cards
        county = [row for row in data.exceptions if row["area_code"] == COUNTY]
        elsewhere = [row for row in data.exceptions if row["area_code"] != COUNTY]
        tiles = [
            tile("signs", "Vital signs", len(cards), ""),
            *(
                tile(rag, rag.capitalize(), count(data.report_cards, "rag_status", rag), rag)
                for rag in RAGS
                if self.has_targets
            ),
            tile("exceptions", "Exceptions in the county", len(county), ""),
            tile(
                "sign-exceptions",
                "of which vital signs",
                sum(1 for row in data.report_cards if row["is_exception"]),
                "",
            ),
        ]
        education = self._education()
        flags = self._flags()
        return self.render(
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
            intro_gap=self.gap(COMMITTEE_SUMMARY, "No summary was written for this month"),
            recommendation=self.texts.get(("county", RECOMMENDATION)),
            recommendation_gap=self.gap(
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
            education_gap=self.gap(EDUCATION, "No commentary was written for this month"),
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

    def _dashboard(self) -> Table:
        days = sorted(
            {
                row["shown_month_end"]
                for row in self.data.vital_sign_months
                if row["area_code"] == COUNTY
            }
        )
        return self._vital_signs(
            "dashboard-table",
            "The county, month by month",
            [(Head(short_month(day)), COUNTY, day) for day in days],
            is_marked=True,
        )

    def _dashboard_by_locality(self) -> Table:
        return self._vital_signs(
            "dashboard-localities",
            f"The localities, {short_month(self.day)}",
            [(Head(area["area_name"]), area["area_code"], self.day) for area in self.shown_areas],
        )

    def _vital_signs(
        self,
        anchor: str,
        caption: str,
        columns: Sequence[tuple[Head, str, date]],
        *,
        is_marked: bool = False,
    ) -> Table:
        """Return every vital sign with a column for each area and month given.

        With `is_marked` the column of the report's month stands out.
        """
        by_key = {
            (row["vital_sign_code"], row["area_code"], row["shown_month_end"]): row
            for row in self.data.vital_sign_months
        }
        lines = []
        for sign in self._signs():
            ref, code = sign["indicator_ref"], sign["vital_sign_code"]
            cells = []
            for _, area, day in columns:
                row = by_key.get((code, area, day))
                cells.append(
                    Cell(
                        row["value_text"] if row else NOTHING,
                        f"{code}|{area}|{day.isoformat()}|value",
                        href=f"#d-{ref}",
                        rag=row["rag_status"] if row else None,
                        classes="now" if is_marked and day == self.day else "",
                    )
                )
            name = self.named(ref, sign["vital_sign_name"])
            lines.append(Line(f"{ref} {name}", cells, href=f"#d-{ref}"))
        heads = [head for head, _, _ in columns]
        return Table(anchor, "vital_sign_months", caption, "Vital sign", heads, lines)

    def _signs(self) -> list[Row]:
        return self.data.vital_signs

    def _exceptions(
        self, anchor: str, caption: str, rows: Sequence[Row], with_area: bool = False
    ) -> Table:
        heads = [
            Head("Rule", True),
            Head("Why", True),
            *map(Head, self.last_four_labels()),
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
                    self._travel(row),
                    f"{key}|direction_of_travel",
                    classes="text",
                ),
            ]
            if with_area:
                cells.insert(0, Cell(row["area_name"], classes="text"))
            lines.append(
                Line(
                    f"{row['indicator_ref']} "
                    + self.named(row["indicator_ref"], row["indicator_name"]),
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
        item = self.card(indicator, COUNTY)
        places, percent = card["decimal_places"], card["unit"] == "percent"
        facts: list[tuple[str, str, str]] = [
            ("Led by", card["lead_officer_role"], ""),
            ("Data owned by", card["data_owner_role"], ""),
            *item["facts"],
            (
                "A year ago"
                + (f" ({NOT_COMPARABLE})" if card["is_year_ago_comparable"] is False else ""),
                card["text_12_months_ago"],
                "value_12_months_ago",
            ),
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
            facts.append(_weakest(card))
        if card["is_exception"]:
            facts.append(
                (
                    "Exception",
                    f"{card['exception_rules']}: {card['exception_reason']}",
                    "exception_rules",
                )
            )
        return {**item, "name": card["vital_sign_name"], "facts": facts}

    def _travel(self, row: Row) -> str:
        """Return the direction of an exception, without its usual "than last month"."""
        broken = self.reported.get(row["indicator_ref"], {}).get("series_break_month")
        if broken == self.day:
            return SERIES_BREAK
        words = TRAVEL_WORDS.get(row["direction_of_travel"] or "", NOTHING)
        note = self.travel_note(row)
        return words.replace(" than last month", "") + (f", {note}" if note else "")

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


def _weakest(card: Row) -> tuple[str, str, str]:
    """Return the locality with the worst value, or all that share it, with the counts."""
    text, key = card["weakest_area_text"], "weakest_area_value"
    areas, equal = card["weakest_areas"], card["weakest_area_count"] or 1
    if equal == 1:
        return "Weakest locality", f"{areas or card['weakest_area_name']}, {text}", key
    if equal == card["compared_area_count"]:
        both = "both are" if equal == 2 else f"all {equal} are"
        return "Weakest locality", f"none: {both} at {text}", key
    return f"Weakest localities, {equal} equal", f"{areas}, {text} each", key


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
