"""What landed of one table, as far as the checks need it: values, and how many rows have them.

Names, ids and free text are never part of a profile: for an id it shows whether it is given and
how often it occurs, for a date the year, for a number whether it can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from vital_signs.landing.checks.staging_macros import (
    code_of,
    date_of,
    flag_of,
    integer_of,
    number_of,
    text_of,
    written_date_of,
)
from vital_signs.landing.checks.suite import DATE_TYPES, group_name, reading_of, series_name
from vital_signs.landing.contract import ContractColumn, ContractTable
from vital_signs.landing.reading import quoted

Value = str | int | None
GIVEN = 1
# Shown in place of an unreadable number: the text itself must not be shown.
UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Series:
    """Values and, for each, the number of rows that have it."""

    values: list[Value]
    rows: list[int]


class Profiler:
    """Summarises the rows of one landed extract, table by table."""

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
        # Read from the warehouse once: rows of an open transaction are slow to read.
        landed_rows = self._connection.execute(
            f"select {', '.join(wanted)}, _row_hash from raw.{quoted(table.name)}"
            " where _extract_id = ?",
            [self._extract_id],
        ).to_arrow_table()
        self._connection.register("landed_rows", landed_rows)
        counts: dict[str, dict[str, int]] = {}
        for column in table.details:
            if column.name in found and (reading := reading_of(column)):
                counts[column.name] = _count_texts(landed_rows.column(column.name))
                series |= self._values(column, reading, counts[column.name])
        series |= self._given(table, found, landed_rows, counts)
        series |= self._repeats(table, found, landed_rows)
        return series

    def _given(
        self,
        table: ContractTable,
        found: Collection[str],
        landed_rows: pa.Table,
        counts: dict[str, dict[str, int]],
    ) -> dict[str, Series]:
        """Count the rows in which each needed column, or one of its group, is given."""
        readings = {column.name: reading_of(column) for column in table.details}
        groups = [group for group in table.needed if any(name in found for name in group)]
        given: dict[tuple[str, ...], int] = {}
        for group in groups:
            if len(group) == 1 and group[0] in counts:
                # Its texts have been read.
                read = self._readings.get(readings[group[0]], {})
                given[group] = sum(
                    rows for text, rows in counts[group[0]].items() if read[text][0] is not None
                )
        if rest := [group for group in groups if group not in given]:
            expressions = [
                f"count({_first(text_of, [name for name in group if name in found])})"
                for group in rest
            ]
            counted = self._connection.execute(
                f"select {', '.join(expressions)} from landed_rows"
            ).fetchone()
            given.update(zip(rest, counted, strict=True))
        return {
            series_name("is_given", group_name(group)): _series(
                [(GIVEN, given[group]), (None, landed_rows.num_rows - given[group])]
            )
            for group in groups
        }

    def _repeats(
        self, table: ContractTable, found: Collection[str], landed_rows: pa.Table
    ) -> dict[str, Series]:
        """Count first and repeated rows, and keys that have one content or several.

        As in staging, a row whose key lacks a part has no key and does not clash with any other.
        """
        types = {column.name: column.data_type for column in table.details}
        parts = []
        for group in table.key:
            names = [name for name in group if name in found]
            parts.append(_first(date_of if types[names[0]] in DATE_TYPES else code_of, names))
        row_count = content_count = landed_rows.num_rows
        keys = self._keys(parts, "landed_rows", "1")
        # Where every key is given once there cannot be a duplicate row.
        if keys != [(1, row_count)] and row_count:
            content_count = pc.count_distinct(landed_rows.column("_row_hash")).as_py()
        if content_count < row_count:
            contents = (
                "(select any_value(columns(*)), count(*) as times from landed_rows"
                " group by _row_hash)"
            )
            keys = self._keys(parts, contents, "times")
        repeats = [(1, content_count), (2, row_count - content_count)]
        key_name = ", ".join(group_name(group) for group in table.key)
        return {
            series_name("key_is_unique", key_name): _series(keys),
            series_name("row_is_unique"): _series(repeats),
        }

    def _keys(self, parts: list[str], contents: str, times: str) -> list[tuple[int, int]]:
        """Return how many rows have a key with one content (1) and with more (2).

        `contents` is what to select from, `times` the number of rows of each content.
        """
        columns = {f"part_{number}": part for number, part in enumerate(parts)}
        counted = self._connection.execute(
            f"""
            with contents as (
                select
                    {", ".join(f"{part} as {name}" for name, part in columns.items())},
                    {times} as row_count
                from (select *, ? as date_format from {contents})
            ),
            -- Not filtered before: the parts would be read twice.
            keys as (
                select
                    {" and ".join(f"{name} is not null" for name in columns)} as is_complete,
                    least(count(*), 2) as occurrences,
                    sum(row_count) as row_count
                from contents
                group by {", ".join(columns)}
            )
            select case when is_complete then occurrences end, sum(row_count)
            from keys
            group by all
            order by all
            """,
            [self._date_format],
        ).fetchall()
        return [(occurrences, int(rows)) for occurrences, rows in counted if occurrences]

    def _values(
        self, column: ContractColumn, reading: str, counts: dict[str, int]
    ) -> dict[str, Series]:
        read = self._read(reading, counts)
        # A blank or a placeholder is not a value.
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
            written = written_date_of(text)
            return f"cast({written} as varchar), year({date_of(text)})"
        if reading == "integer_readable":
            return f"case when {integer_of(text)} is null then '{UNREADABLE}' end"
        if reading == "number_readable":
            # Staging reads none of these columns yet.
            return f"case when {number_of(text)} is null then '{UNREADABLE}' end"
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
    """Return a series with each value once, leaving out values that no row has."""
    totals: dict[Value, int] = {}
    for value, rows in counted:
        if rows:
            totals[value] = totals.get(value, 0) + int(rows)
    return Series(list(totals), list(totals.values()))
