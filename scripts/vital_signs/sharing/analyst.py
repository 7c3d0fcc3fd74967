"""A pseudonymised copy for analysts: facts, indicators and quality, with every id replaced.

Every id (of people, cases, workers, teams, households and rows) is replaced by a keyed hash: the
same id has the same pseudonym in every table and every copy made with the same key, so joins work.
Anything not known to be harmless is left out: a code that is in no list of codes is left empty,
since it may be anything that was typed, and a column that nobody has reviewed stops the copy.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

import duckdb

from vital_signs.errors import UserError
from vital_signs.landing.contract import load_contract
from vital_signs.sharing.files import SOURCE, TARGET, columns_of, tables_of

PSEUDONYM_KEY = "VITAL_SIGNS_PSEUDONYM_KEY"
PSEUDONYM_LENGTH = 32
# Schemas and, where only some are copied, patterns of their names. The views of cases read what is
# copied from `intermediate`.
SCHEMAS: dict[str, tuple[str, ...] | None] = {
    "core": None,
    "indicators": None,
    "intermediate": (
        "int_case_places",
        "int_cases__*",
        "int_figures",
        "int_reporting_months",
        "int_worker_loads",
    ),
    "quality": (
        "fct_quality_failures",
        "quality_by_indicator",
        "quality_failures_by_month",
        "quality_trend",
        "row_accounting",
    ),
    "reference": None,
}
# Each after those that it reads.
VIEWS = ("int_figure_cases", "fct_indicator_cases")
# Written by people in the case system, or could be traced back to a cell of the extract.
LEFT_OUT = ("team_name", "value", "message", "source_file", "source_row")
# As text `value` is a cell of the extract; as a number it is an indicator's figure.
FIGURE = ("value", "DOUBLE")
PLAIN_IDS = ("extract_id", "rule_id")
OTHER_IDS = ("row_key", "source_row_key")
# Texts that this project's models or seeds produce, wherever they appear.
MADE_HERE = (
    "age_label", "area_code", "area_name", "availability", "availability_reason", "category_code",
    "category_name", "consequence", "decided_by", "denominator_stat", "direction_of_travel",
    "extract_id", "indicator_name", "indicator_ref", "measure", "numerator_stat", "outcome_group",
    "outcome_name", "period", "period_window", "placement_group", "placement_group_name",
    "placement_type_code", "placement_type_name", "polarity", "rag_status", "raw_direction",
    "rule_id", "rule_ids", "section", "section_name", "series_break_reason", "severity",
    "source_group", "source_group_name", "source_system", "source_table", "table_name",
    "target_text", "team_type_code", "team_type_name", "undecided_text", "unit", "value_text",
    "ytd_text",
)  # fmt: skip
# Codes that the facts produce themselves.
CODES_OF_FACTS = ("ICPC", "NONE", "NOT_RECORDED", "OTHER", "OTHERS", "TRANSFER_IN")
TEXT = "VARCHAR"
HARMLESS_TYPES = ("DATE", "TIMESTAMP", "BOOLEAN", "DOUBLE", "INTEGER", "BIGINT", "HUGEINT")
KNOWN_SCHEMA = "reference"


def is_id(column: str) -> bool:
    """Return whether a column contains ids that are to be replaced."""
    return column in OTHER_IDS or (column.endswith("_id") and column not in PLAIN_IDS)


def copy_pseudonymised(connection: duckdb.DuckDBPyConnection, key: str) -> int:
    """Copy the tables with pseudonyms in place of ids; return how many.

    Raises UserError for a column whose content nobody has declared.
    """
    tables = list(_tables(connection))
    _make_pseudonyms(connection, tables, key)
    _make_known_codes(connection)
    for schema, table in tables:
        connection.execute(f"create schema if not exists {TARGET}.{schema}")
        chosen, joins = [], []
        for number, (column, data_type) in enumerate(columns_of(connection, schema, table)):
            expression, join = _column(schema, table, column, data_type, number)
            if expression:
                chosen.append(f'{expression} as "{column}"')
            if join:
                joins.append(join)
        connection.execute(
            f'create table {TARGET}.{schema}."{table}" as select {", ".join(chosen)}'
            f' from {SOURCE}.{schema}."{table}" as copied {" ".join(joins)}'
        )
    _copy_views(connection)
    return len(tables)


def _tables(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    for schema, wanted in SCHEMAS.items():
        for table in tables_of(connection, schema):
            if wanted is None or any(fnmatchcase(table, name) for name in wanted):
                yield schema, table


def _column(
    schema: str, table: str, column: str, data_type: str, number: int
) -> tuple[str | None, str | None]:
    """Return how a column is copied (None: not at all) and the join that it needs."""
    source = f'copied."{column}"'
    if schema == KNOWN_SCHEMA:
        # seeds: reviewed like code, and with nothing about any person
        return source, None
    if column in LEFT_OUT and (column, data_type) != FIGURE:
        return None, None
    if is_id(column):
        alias = f"pseudonyms_{number}"
        return f"{alias}.pseudonym", (
            f"left join pseudonyms as {alias} on {alias}.id = cast({source} as varchar)"
        )
    if data_type in HARMLESS_TYPES or data_type.startswith("DECIMAL"):
        return source, None
    if data_type == TEXT and schema != "core" and column in MADE_HERE:
        return source, None
    if data_type == TEXT and (schema == "core" or column == "column_name"):
        if schema == "core" and column in (*PLAIN_IDS, "source_system"):
            return source, None
        alias = f"known_{number}"
        return f"{alias}.code", f"left join known_codes as {alias} on {alias}.code = {source}"
    raise UserError(
        f"it has not been decided whether {schema}.{table}.{column} may be shared with analysts",
        "list it in scripts/vital_signs/sharing/analyst.py",
    )


def _make_pseudonyms(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[tuple[str, str]], key: str
) -> None:
    """Make the table of ids and pseudonyms, in memory only."""
    ids: set[str] = set()
    for schema, table in tables:
        if schema == KNOWN_SCHEMA:
            continue
        for column, _ in columns_of(connection, schema, table):
            if is_id(column):
                found = connection.execute(
                    f'select distinct cast("{column}" as varchar) from {SOURCE}.{schema}."{table}"'
                    f' where "{column}" is not null'
                ).fetchall()
                ids.update(value for (value,) in found)
    ordered = sorted(ids)
    secret = key.encode()
    connection.execute(
        "create temp table pseudonyms as"
        " select unnest(?::varchar[]) as id, unnest(?::varchar[]) as pseudonym",
        [
            ordered,
            [
                hmac.digest(secret, value.encode(), "sha256").hex()[:PSEUDONYM_LENGTH]
                for value in ordered
            ],
        ],
    )


def _make_known_codes(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table of codes in the contract or a seed, and of column names."""
    known: set[str] = set()
    for table in load_contract():
        for column in table.details:
            known.update((column.name, *column.codes, *column.also_accepted))
    for table, column in (
        ("code_groups", "code"),
        ("code_groups", "code_group"),
        ("areas", "area_code"),
    ):
        known.update(
            value
            for (value,) in connection.execute(
                f"select distinct {column} from {SOURCE}.{KNOWN_SCHEMA}.{table}"
                f" where {column} is not null"
            ).fetchall()
        )
    known.update(CODES_OF_FACTS)
    connection.execute(
        "create temp table known_codes as select unnest(?::varchar[]) as code", [sorted(known)]
    )


def _copy_views(connection: duckdb.DuckDBPyConnection) -> None:
    statements = connection.execute(
        "select sql from duckdb_views() where database_name = $source"
        " and list_contains($views, view_name) order by list_position($views, view_name)",
        {"source": SOURCE, "views": list(VIEWS)},
    ).fetchall()
    connection.execute(f"use {TARGET}")
    for (statement,) in statements:
        connection.execute(statement)
    connection.execute("use memory")
