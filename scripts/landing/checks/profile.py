"""What landed of one table, as far as the checks need it: values, and how many rows have them.

Names, ids and free text are never part of a profile: of an id it says whether it is given and how
often it occurs, of a date the year, of a number whether it can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from landing.checks.staging_macros import (
    code_of,
    date_of,
    flag_of,
    integer_of,
    text_of,
    written_date_of,
)
from landing.checks.suite import DATE_TYPES, group_name, reading_of, series_name
from landing.contract import ContractColumn, ContractTable
from landing.reading import quoted

Value = str | int | None
GIVEN = 1
# What stands in place of an unreadable number: the text itself is nobody's business.
UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Series:
    """Values and, beside each, the number of rows that have it."""

    values: list[Value]
    rows: list[int]


class Profiler:
    """Sums up the rows of one landed extract, table by table."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, extract_id: str, date_format: str
    ) -> None:
        self._connection = connection
        self._extract_id = extract_id
        self._date_format = date_format
        self._readings: dict[str, dict[str, tuple[Any, ...]]] = {}

    def profile(
        self, table: ContractTable, found: Collection[str] | None, row_count: int
    ) -> dict[str, Series]:
        """Return the series of a table; `found` are its columns in the file, None if absent."""
        columns = list(found or [])
        series = {
            series_name("columns_present"): Series(list(columns), [1] * len(columns)),
            series_name("rows_not_fallen"): Series([row_count], [row_count]),
        }
        if found is None:
            return series
        needed = {name for group in table.needed for name in group}
        wanted = [
            quoted(column.name)
            for column in table.details
            if column.name in found and (column.name in needed or reading_of(column))
        ]
        # Out of the warehouse once: rows of an open transaction are slow to read.
        landed_rows = self._connection.execute(
            f"select {', '.join(wanted)}, _row_hash from raw.{quoted(table.name)}"
            " where _extract_id = ?",
            [self._extract_id],
        ).to_arrow_table()
        series |= self._given(table, found, landed_rows)
        series |= self._repeats(table, found, landed_rows)
        for column in table.details:
            if column.name in found and (reading := reading_of(column)):
                counts = _count_texts(landed_rows.column(column.name))
                series |= self._values(column, reading, counts)
        return series

    def _given(
        self, table: ContractTable, found: Collection[str], landed_rows: pa.Table
    ) -> dict[str, Series]:
        """Count the rows in which each needed column, or one of its group, is given."""
        groups = [group for group in table.needed if any(name in found for name in group)]
        given = [
            f"count({_first(text_of, [name for name in group if name in found])})"
            for group in groups
        ]
        counts = self._connection.execute(f"select {', '.join(given)} from landed_rows").fetchone()
        return {
            series_name("is_given", group_name(group)): _series(
                [(GIVEN, count), (None, landed_rows.num_rows - count)]
            )
            for group, count in zip(groups, counts, strict=True)
        }

    def _repeats(
        self, table: ContractTable, found: Collection[str], landed_rows: pa.Table
    ) -> dict[str, Series]:
        """Tell first rows from repeated ones, and keys with one content from those with more.

        As in staging, a row whose key lacks a part has no key and clashes with no other.
        """
        types = {column.name: column.data_type for column in table.details}
        parts = []
        for number, group in enumerate(table.key):
            names = [name for name in group if name in found]
            read = date_of if types[names[0]] in DATE_TYPES else code_of
            parts.append((f"part_{number}", _first(read, names)))
        names = ", ".join(name for name, _ in parts)
        counted = self._connection.execute(
            f"""
            with contents as (
                select
                    {", ".join(f"{part} as {name}" for name, part in parts)},
                    _row_hash,
                    count(*) as row_count
                from (select *, ? as date_format from landed_rows)
                group by all
            ),
            keys as (
                select count(*) as occurrences, sum(row_count) as row_count
                from contents
                where {" and ".join(f"{name} is not null" for name, _ in parts)}
                group by {names}
            )
            select 'key_is_unique', least(occurrences, 2), sum(row_count) from keys group by all
            union all
            select 'row_is_unique', 1, count(*) from contents
            union all
            select 'row_is_unique', 2, sum(row_count - 1) from contents
            """,
            [self._date_format],
        ).fetchall()
        key_name = ", ".join(group_name(group) for group in table.key)
        return {
            series_name(name, column): _series(
                [(value, rows) for which, value, rows in counted if which == name]
            )
            for name, column in (("key_is_unique", key_name), ("row_is_unique", None))
        }

    def _values(
        self, column: ContractColumn, reading: str, counts: dict[str, int]
    ) -> dict[str, Series]:
        read = self._read(reading, counts)
        # A blank or a placeholder is no value.
        given = [(*read[text], rows) for text, rows in counts.items() if read[text][0] is not None]
        if reading != "date":
            return {
                series_name(reading, column.name): _series([(one, rows) for _, one, rows in given])
            }
        unread = [(text if written is None else None, rows) for text, written, _, rows in given]
        sentinels = [
            (written if year is None else None, rows)
            for _, written, year, rows in given
            if written is not None
        ]
        years = [(year, rows) for _, _, year, rows in given if year is not None]
        return {
            series_name("date_readable", column.name): _series(unread),
            series_name("no_sentinel_date", column.name): _series(sentinels),
            series_name("date_plausible", column.name): _series(years),
        }

    def _read(self, reading: str, texts: Collection[str]) -> dict[str, tuple[Any, ...]]:
        """Return what staging makes of each text; a text is read once in an extract.

        The first value is the text without blanks and placeholders, the others depend on the
        reading.
        """
        known = self._readings.setdefault(reading, {})
        if new := [text for text in texts if text not in known]:
            self._connection.register(
                "new_texts", pa.table({"landed_text": pa.array(new, pa.string())})
            )
            rows = self._connection.execute(
                f"""
                select landed_text, {text_of("landed_text")}, {self._expressions(reading)}
                from (select *, ? as date_format from new_texts)
                """,
                [self._date_format],
            ).fetchall()
            known.update({text: tuple(values) for text, *values in rows})
        return known

    def _expressions(self, reading: str) -> str:
        text = "landed_text"
        if reading == "date":
            written = written_date_of(text, self._date_format)
            return f"cast({written} as varchar), year({date_of(text)})"
        if reading == "integer_readable":
            return f"case when {integer_of(text)} is null then '{UNREADABLE}' end"
        if reading == "number_readable":
            # Staging reads none of these columns yet.
            return f"case when try_cast(trim({text}) as double) is null then '{UNREADABLE}' end"
        if reading == "flag_readable":
            return f"case when {flag_of(text)} is null then {code_of(text)} end"
        return code_of(text)


def _count_texts(column: pa.ChunkedArray) -> dict[str, int]:
    counted = pc.value_counts(column.drop_null())
    return dict(
        zip(counted.field("values").to_pylist(), counted.field("counts").to_pylist(), strict=True)
    )


def _first(read: Callable[[str], str], names: list[str]) -> str:
    return f"coalesce({', '.join(read(quoted(name)) for name in names)})"


def _series(counted: list[tuple[Any, Any]]) -> Series:
    """Return a series with each value once, and none that no row has."""
    totals: dict[Value, int] = {}
    for value, rows in counted:
        if rows:
            totals[value] = totals.get(value, 0) + int(rows)
    return Series(list(totals), list(totals.values()))
