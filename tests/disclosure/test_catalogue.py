"""Nothing in the schema `published` identifies a row, a child or a worker."""

from __future__ import annotations

import duckdb

# Ids as the landed tables have them; teams, too.
IDS = """
create temp table ids as
    select person_id as id from core.dim_person
    union select worker_id from core.dim_worker
    union select team_id from core.dim_team
    union select case_id from intermediate.int_figure_cases
    union select source_row_key from intermediate.int_figure_cases
"""


def texts_of(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return table and column of every text in the schema."""
    return connection.execute(
        "select table_name, column_name from information_schema.columns"
        " where table_schema = 'published' and data_type = 'VARCHAR' order by all"
    ).fetchall()


def texts_that_are_ids(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the columns in which a value is one of the ids."""
    return [
        f"{table}.{column}"
        for table, column in texts_of(connection)
        if connection.execute(
            f'select count(*) from (select distinct "{column}" as text from published."{table}")'
            " where text in (select id from ids)"
        ).fetchone()[0]
    ]


def test_an_id_among_the_texts_is_found() -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema published")
        connection.execute("create table published.areas as select 'WEST' as a, 'P000001' as b")
        connection.execute("create temp table ids as select 'P000001' as id")
        assert texts_that_are_ids(connection) == ["areas.b"]
