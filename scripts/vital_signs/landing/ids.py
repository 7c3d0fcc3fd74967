"""What landing records about the ids of an extract, column by column, while each file is open.

Staging uses it to see which ids are whole numbers with a decimal (G70), and the rules against
many people being merged into one are judged by it (BAT-16, BAT-17).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import duckdb

from vital_signs.landing.contract import ContractColumn, ContractTable
from vital_signs.landing.staging_macros import code_of, id_of
from vital_signs.sql import quoted

IDS_TABLE = "extract_ids"
ID_COLUMNS = {
    "extract_id": "VARCHAR",
    "table_name": "VARCHAR",
    "column_name": "VARCHAR",
    "is_optional_link": "BOOLEAN",
    "row_count": "BIGINT",
    "whole_number_count": "BIGINT",
    "decimal_count": "BIGINT",
    "other_count": "BIGINT",
    "most_frequent_id": "VARCHAR",
    "most_frequent_count": "BIGINT",
    "most_merged_id": "VARCHAR",
    "most_merged_count": "BIGINT",
}
# One team, worker or carer may properly have most of the rows; one record may not.
MAY_HAVE_MOST_ROWS = {"ssd_department", "ssd_professionals", "ssdx_foster_carer_households"}
# Ids that identify a record and are not in any other table of the contract.
NAMES_OF_RECORDS = {
    *("pers_legacy_id", "pers_upn", "clae_cla_id", "clap_cla_id", "perm_cla_id"),
    # G51: the rows of a child with one meeting are one conference
    "icpc_icpc_meeting_id",
}
# Of fewer events than these, most may properly be one child's.
MANY_EVENTS = 100
# One plan has many visits, one period of care many episodes: their links are judged as events are.
MANY_ROWS_OF_ONE_RECORD = {
    *("ssd_involvements", "ssd_cp_reviews", "ssd_cp_visits", "ssdx_plan_reviews"),
    *("ssd_cla_episodes", "ssd_cla_placement", "ssd_cla_reviews"),
}
PERSON, MERGED_INTO = "pers_person_id", "x_pers_merged_into_id"
# Merges are followed this far: a longer chain has more records than one person may have.
MOST_STEPS = 40


def is_id(table: ContractTable, column: ContractColumn) -> bool:
    """Return whether a column contains ids, of its own rows or of other tables'."""
    if column.data_type != "VARCHAR" or column.codes:
        return False
    is_key = any(column.name in group for group in table.key)
    return is_key or bool(column.references) or column.name.endswith("_id")


def is_optional_link(column: ContractColumn) -> bool:
    """Return whether a column may be empty and, where it is not, identifies one record."""
    if column.name in NAMES_OF_RECORDS:
        return True
    return (
        not column.is_required
        and bool(column.references)
        and not MAY_HAVE_MOST_ROWS.intersection(column.references)
    )


def names_one_record(table: ContractTable, column: ContractColumn, row_count: int) -> bool:
    """Tell whether one value in most rows of a column would make one record of many (BAT-16).

    Links that may be empty, and the person of each event; where one record properly has many rows,
    only in a table of many.
    """
    is_person = column.is_required and "ssd_person" in column.references
    if is_person or table.name in MANY_ROWS_OF_ONE_RECORD:
        return row_count >= MANY_EVENTS and (is_person or is_optional_link(column))
    return is_optional_link(column)


def ids_of(
    connection: duckdb.DuckDBPyConnection,
    extract_id: str,
    table: ContractTable,
    found: Collection[str],
    source: str,
) -> list[list[Any]]:
    """Return a row of `raw.extract_ids` for each column of ids in a table's file.

    `source` is SQL for the rows, `found` lists their columns.
    """
    columns = [
        column
        for column in table.details
        if column.name in found and (is_id(table, column) or is_optional_link(column))
    ]
    if not columns:
        return []
    names = ", ".join(quoted(column.name) for column in columns)
    connection.execute(f"create or replace temp table id_texts as select {names} from ({source})")
    (row_count,) = connection.execute("select count(*) from id_texts").fetchone()
    by_name = {
        column.name: connection.execute(
            f"""
            -- A condition on the id would have every text read twice.
            with ids as (
                select {code_of(quoted(column.name))} as id, count(*) as times
                from id_texts
                group by 1
            )
            select
                coalesce(sum(times) filter (regexp_full_match(id, '[0-9]+')), 0),
                coalesce(sum(times) filter (regexp_full_match(id, '[0-9]+\\.0')), 0),
                coalesce(sum(times) filter (not regexp_full_match(id, '[0-9]+(\\.0)?')), 0),
                arg_max(id, (times, id)) filter (id is not null),
                coalesce(max(times) filter (id is not null), 0)
            from ids
            """
        ).fetchone()
        for column in columns
    }
    decimal = [
        name for name, (_, decimals, others, _, _) in by_name.items() if decimals and not others
    ]
    rows = []
    for column in columns if row_count else ():
        *counts, most_frequent, times = by_name[column.name]
        merged: tuple[str | None, int | None] = (None, None)
        if column.name == MERGED_INTO and times and PERSON in found:
            merged = _most_merged(connection, decimal)
        rows.append(
            [
                extract_id,
                table.name,
                column.name,
                names_one_record(table, column, row_count),
                row_count,
                *counts,
                None if column.is_personal else most_frequent,
                times,
                *merged,
            ]
        )
    return rows


def store_ids(connection: duckdb.DuckDBPyConnection, rows: list[list[Any]]) -> None:
    """Add rows to `raw.extract_ids`."""
    if rows:
        marks = ", ".join([f"({', '.join('?' * len(ID_COLUMNS))})"] * len(rows))
        values = [value for row in rows for value in row]
        connection.execute(f"insert into raw.{IDS_TABLE} values {marks}", values)


def _most_merged(
    connection: duckdb.DuckDBPyConnection, decimal: list[str]
) -> tuple[str | None, int | None]:
    """Return the person with most records merged into it, in one step or several, and how many."""
    found = connection.execute(
        f"""
        with recursive landed as (
            select *, '{"".join(f"|{name}" for name in decimal)}|' as decimal_id_columns
            from id_texts
            where {MERGED_INTO} is not null
        ),
        merges as (
            select distinct {id_of(PERSON)} as person_id, {id_of(MERGED_INTO)} as merged_into_id
            from landed
        ),
        followed as (
            select person_id, merged_into_id, 1 as steps
            from merges
            where person_id <> merged_into_id
            union
            select followed.person_id, merges.merged_into_id, followed.steps + 1
            from followed
            inner join merges on followed.merged_into_id = merges.person_id
            where
                followed.steps < {MOST_STEPS}
                and merges.merged_into_id <> merges.person_id
                and merges.merged_into_id <> followed.person_id
        )
        select merged_into_id, count(distinct person_id) as records
        from followed
        group by merged_into_id
        order by records desc, merged_into_id
        limit 1
        """
    ).fetchone()
    return found or (None, None)
