"""The rows of the quality rules' cases, written in other ways that staging reads the same.

Ids in lower case with spaces around them, dates with a time, day before month and, on every
second row, the person under a record that was merged away two steps ago.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from vital_signs.landing.contract import load_contract

from tests.quality.cases import Case, Row, person

DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
PEOPLE = "ssd_person"


def kinds_of_columns() -> dict[tuple[str, str], str]:
    """Return by table and column what its cells are, where it is a `person`, an `id` or a `day`."""
    kinds = {}
    for table in load_contract():
        keys = {name for part in table.key for name in part}
        for column in table.details:
            if PEOPLE in column.references and table.name != PEOPLE:
                kinds[table.name, column.name] = "person"
            elif column.data_type in ("DATE", "TIMESTAMP"):
                kinds[table.name, column.name] = "day"
            elif column.references or column.name in keys:
                kinds[table.name, column.name] = "id"
    return kinds


def day_first(text: str) -> str:
    """Write the ISO day at the start of a text day first; other texts stay as they are."""
    return DAY.sub(r"\3/\2/\1", text, count=1) if DAY.match(text) else text


def merged_away(person_id: str) -> list[tuple[str, Row]]:
    """Two records, of which the first was merged into the second and that into the person."""
    return [
        person(
            f"{person_id}{step}",
            pers_dob="",
            pers_sex="",
            pers_ethnicity="",
            x_pers_merged_into_id=into,
        )
        for step, into in (("OLD", f"{person_id}OLDER"), ("OLDER", person_id))
    ]


class Respelling:
    """Writes rows in another way; `merged` collects the records that it makes up on the way."""

    def __init__(self, known: Iterable[str]) -> None:
        self.kinds = kinds_of_columns()
        self.known = set(known)
        self.merged: dict[str, list[tuple[str, Row]]] = {}

    def cell(self, table: str, column: str, text: str, is_second: bool) -> str:
        kind = self.kinds.get((table, column))
        if not text.strip() or kind is None:
            return text
        if kind == "day":
            whole_day = DAY.fullmatch(text)
            return day_first(f"{text} 14:30:59" if whole_day and is_second else text)
        name = text.strip().upper()
        if kind == "person" and is_second and name in self.known:
            self.merged.setdefault(name, merged_away(name))
            name += "OLD"
        return f" {name.lower()} "

    def case(self, case: Case) -> Case:
        rows = [
            (table, {name: self.cell(table, name, text, bool(n % 2)) for name, text in row.items()})
            for n, (table, row) in enumerate(case.rows)
        ]
        return Case(case.rule, tuple(rows), case.fails, case.along)
