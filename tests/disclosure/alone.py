"""An attack that knows only `published.*`: no seed, no mart, no list of what a ref counts.

Every ref in an edition, even one not declared to the other attack, is read from every
table with numbers: values, texts, years to date, the months before. A count from 1 to the limit
that is there, or that one subtraction gives, is a finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date

import duckdb

from tests.disclosure.attack import LOCALITIES, month_before
from tests.disclosure.outsider import NOT_A_SHARE

Key = tuple[str, str, date, str]
# table: its columns with the value of a month, and how many months before the row's month that is
VALUES = {
    "indicator_values": {"value": 0, "value_text": 0},
    "indicator_summary": {
        f"{kind}_m{months}": months for kind in ("value", "text") for months in range(4)
    },
    "exceptions": {
        f"{kind}_m{months}": months for kind in ("value", "text") for months in range(4)
    },
    "report_cards": {
        **{f"{kind}_m{months}": months for kind in ("value", "text") for months in range(4)},
        "value_12_months_ago": 12,
        "text_12_months_ago": 12,
    },
    "vital_sign_months": {"value": 0, "value_text": 0},
    "detail_localities": {"value": 0},
}
PARTS = {
    "indicator_values": ("numerator", "denominator"),
    "detail_localities": ("numerator", "denominator"),
}


def number(shown: object) -> float | None:
    """Return a cell's number, or None if it has none."""
    if isinstance(shown, str):
        try:
            return float(shown.replace(",", "").rstrip("%"))
        except ValueError:
            return None
    return None if shown is None else float(shown)


class Reader:
    """The counts that an edition shows, by part, ref, month and area."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, edition: str) -> None:
        self.connection, self.edition = connection, edition
        self.counts: dict[Key, float] = {}
        self.to_date: dict[Key, float] = {}
        self.units = dict(
            connection.execute("select indicator_ref, unit from published.indicators").fetchall()
        )
        self.tables = {
            name: {column for _, column in group}
            for name, group in _grouped(
                connection.execute(
                    "select table_name, column_name from information_schema.columns"
                    " where table_schema = 'published'"
                ).fetchall()
            ).items()
        }
        for table in VALUES:
            if table in self.tables:
                self._read(table)

    def _read(self, table: str) -> None:
        month_column = "shown_month_end" if table == "vital_sign_months" else "month_end"
        area = "area_code" if "area_code" in self.tables[table] else "'COUNTY'"
        parts = PARTS.get(table, ())
        columns = [*VALUES[table], *parts]
        to_date = [
            name for name in ("ytd_numerator", "ytd_denominator") if name in self.tables[table]
        ]
        for ref, month, where, *cells in self.connection.execute(
            f"select indicator_ref, {month_column}, {area}, {', '.join([*columns, *to_date])}"
            f" from published.{table} where edition = ?",
            [self.edition],
        ).fetchall():
            unit = self.units.get(ref, "unknown to published.indicators")
            shown = dict(zip([*columns, *to_date], map(number, cells), strict=True))
            for name, months in VALUES[table].items():
                # a share, a rate or an average is no count; of a ref without a unit all may be one
                if unit in ("count", "unknown to published.indicators"):
                    self._note(
                        self.counts, "top", ref, month_before(month, months), where, shown[name]
                    )
            for name, part in zip(parts, ("top", "bottom"), strict=False):
                if unit != "days" or part == "bottom":
                    self._note(self.counts, part, ref, month, where, shown[name])
            for name in to_date:
                part = "top" if name == "ytd_numerator" else "bottom"
                if unit != "days" or part == "bottom":
                    self._note(self.to_date, part, ref, month, where, shown[name])

    def _note(
        self,
        known: dict[Key, float],
        part: str,
        ref: str,
        month: date,
        area: str,
        value: float | None,
    ) -> None:
        if value is not None:
            known[part, ref, month, area] = value


def _grouped(pairs: list[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in pairs:
        groups[pair[0]].append(pair)
    return groups


def small_counts_found(
    connection: duckdb.DuckDBPyConnection, edition: str, limit: int
) -> list[str]:
    """Return, in words, every count from 1 to the limit that the edition shows or gives away."""
    reader = Reader(connection, edition)
    found: dict[str, float] = {}

    def look(what: str, value: float) -> None:
        if abs(value - round(value)) < 1e-6 and 1 <= round(value) <= limit:
            found[what] = value

    for known, label in ((reader.counts, ""), (reader.to_date, " to date")):
        for (part, ref, month, area), value in known.items():
            look(f"{ref} {part}{label} {area} {month}", value)
            whole = known.get(("bottom", ref, month, area))
            is_share = reader.units.get(ref) == "percent" and ref not in NOT_A_SHARE
            if part == "top" and whole is not None and is_share:
                look(f"{ref} left over{label} {area} {month}", whole - value)
            if area == "COUNTY":
                inside = [known.get((part, ref, month, each)) for each in LOCALITIES]
                # averages per worker: a worker may have children in two localities
                if inside.count(None) == 1 and reader.units.get(ref) not in ("children", "days"):
                    look(
                        f"{ref} {part}{label} hidden locality {month}",
                        value - sum(each for each in inside if each is not None),
                    )
    for (part, ref, month, area), value in reader.to_date.items():
        before = reader.to_date.get((part, ref, month_before(month), area))
        if before is not None and month.month != 4:
            look(f"{ref} {part} by difference {area} {month}", value - before)
    for table, columns in reader.tables.items():
        if table.startswith("detail_") and "edition" in columns:
            _look_at_rows(connection, edition, table, look)
    return sorted(found)


def _look_at_rows(
    connection: duckdb.DuckDBPyConnection,
    edition: str,
    table: str,
    look: Callable[[str, float], None],
) -> None:
    counted = [
        name
        for (name,) in connection.execute(
            "select column_name from information_schema.columns where table_schema = 'published'"
            " and table_name = ? and data_type in ('INTEGER', 'BIGINT')"
            " and column_name not in ('display_order', 'age')",
            [table],
        ).fetchall()
    ]
    for name in counted:
        for row in connection.execute(
            f"select {name}, * from published.{table} where edition = ? and {name} is not null",
            [edition],
        ).fetchall():
            look(f"{table}.{name} {row[1:6]}", float(row[0]))
