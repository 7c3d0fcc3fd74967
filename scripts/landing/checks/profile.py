"""What landed of one table, as far as the checks need it: values, and how many rows have them.

Names, ids and free text are never part of a profile: of an id it says whether it is given and how
often it occurs, of a date the year, of a number whether it can be read.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import duckdb

from landing.checks.staging_macros import (
    code_of,
    date_of,
    flag_of,
    integer_of,
    text_of,
    written_date_of,
)
from landing.checks.suite import (
    DATE_TYPES,
    NUMBER_TYPES,
    group_name,
    is_flag,
    series_name,
)
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
        series |= self._given(table, found)
        series |= self._repeats(table, found)
        for column in table.details:
            if column.name in found:
                series |= self._values(table, column)
        return series

    def _given(self, table: ContractTable, found: Collection[str]) -> dict[str, Series]:
        """Count the rows in which each needed column, or one of its group, is given."""
        groups = [group for group in table.needed if any(name in found for name in group)]
        counts = [f"count({_first_given(group)})" for group in groups]
        ((row_count, *given),) = self._rows(table, ["count(*)", *counts])
        return {
            series_name("is_given", group_name(group)): _series(
                [(GIVEN, count), (None, row_count - count)]
            )
            for group, count in zip(groups, given, strict=True)
        }

    def _repeats(self, table: ContractTable, found: Collection[str]) -> dict[str, Series]:
        """Tell first rows from repeated ones, and keys with one content from those with more.

        As in staging, a row whose key lacks a part has no key and clashes with no other.
        """
        types = {column.name: column.data_type for column in table.details}
        parts = [_key_part([name for name in group if name in found], types) for group in table.key]
        names = [f"part_{number}" for number in range(len(parts))]
        selected = ", ".join(f"{part} as {name}" for part, name in zip(parts, names, strict=True))
        is_complete = " and ".join(f"{name} is not null" for name in names)
        counted = self._connection.execute(
            f"""
            with landed as (
                select {selected}, _row_hash
                from (select *, ? as date_format from raw.{quoted(table.name)}
                      where _extract_id = ?)
            ),
            contents as (
                select {", ".join(names)}, _row_hash, count(*) as row_count
                from landed
                group by all
            ),
            keys as (
                select count(*) as occurrences, sum(row_count) as row_count
                from contents
                where {is_complete}
                group by {", ".join(names)}
            )
            select 'key_is_unique' as name, least(occurrences, 2) as value, sum(row_count)
            from keys
            group by all
            union all
            select 'row_is_unique', 1, count(*) from contents
            union all
            select 'row_is_unique', 2, sum(row_count - 1) from contents
            """,
            [self._date_format, self._extract_id],
        ).fetchall()
        key_name = ", ".join(group_name(group) for group in table.key)
        return {
            series_name(name, column): _series(
                [(value, rows) for which, value, rows in counted if which == name]
            )
            for name, column in (("key_is_unique", key_name), ("row_is_unique", None))
        }

    def _values(self, table: ContractTable, column: ContractColumn) -> dict[str, Series]:
        if column.data_type in DATE_TYPES:
            return self._dates(table, column)
        if column.data_type in NUMBER_TYPES:
            read = (
                integer_of("landed_text")
                if column.data_type == "INTEGER"
                else "try_cast(trim(landed_text) as double)"
            )
            value = f"case when {read} is null then '{UNREADABLE}' end"
            name = "number_readable"
        elif is_flag(column):
            value = f"case when {flag_of('landed_text')} is null then {code_of('landed_text')} end"
            name = "flag_readable"
        elif column.codes:
            value, name = code_of("landed_text"), "code_known"
        else:
            return {}
        counted = self._distinct(table, column, [value])
        return {series_name(name, column.name): _series(counted)}

    def _dates(self, table: ContractTable, column: ContractColumn) -> dict[str, Series]:
        written, day = written_date_of("landed_text", self._date_format), date_of("landed_text")
        counted = self._distinct(
            table,
            column,
            [
                f"case when {written} is null then {text_of('landed_text')} end",
                f"case when {day} is null then cast({written} as varchar) end",
                f"year({day})",
            ],
        )
        unread = [(text, rows) for text, _, _, rows in counted]
        sentinels = [(date, rows) for text, date, _, rows in counted if text is None]
        years = [(year, rows) for _, _, year, rows in counted if year is not None]
        return {
            series_name("date_readable", column.name): _series(unread),
            series_name("no_sentinel_date", column.name): _series(sentinels),
            series_name("date_plausible", column.name): _series(years),
        }

    def _distinct(
        self, table: ContractTable, column: ContractColumn, expressions: list[str]
    ) -> list[tuple[Any, ...]]:
        """Return each distinct combination of expressions over `landed_text`, and its rows."""
        name = quoted(column.name)
        # Distinct texts first: reading a text costs more than counting it.
        return self._connection.execute(
            f"""
            with texts as (
                select {name} as landed_text, ? as date_format, count(*) as row_count
                from raw.{quoted(table.name)}
                where _extract_id = ?
                group by {name}
            )
            select {", ".join(expressions)}, sum(row_count)
            from texts
            where {text_of("landed_text")} is not null
            group by all
            order by all
            """,
            [self._date_format, self._extract_id],
        ).fetchall()

    def _rows(self, table: ContractTable, expressions: list[str]) -> list[tuple[Any, ...]]:
        return self._connection.execute(
            f"select {', '.join(expressions)} from raw.{quoted(table.name)} where _extract_id = ?",
            [self._extract_id],
        ).fetchall()


def _first_given(group: Collection[str]) -> str:
    return f"coalesce({', '.join(text_of(quoted(name)) for name in group)})"


def _key_part(names: list[str], types: dict[str, str]) -> str:
    read = [
        date_of(quoted(name)) if types[name] in DATE_TYPES else code_of(quoted(name))
        for name in names
    ]
    return f"coalesce({', '.join(read)})"


def _series(counted: list[tuple[Any, Any]]) -> Series:
    """Return a series with each value once, and none that no row has."""
    totals: dict[Value, int] = {}
    for value, rows in counted:
        if rows:
            totals[value] = totals.get(value, 0) + int(rows)
    return Series(list(totals), list(totals.values()))
