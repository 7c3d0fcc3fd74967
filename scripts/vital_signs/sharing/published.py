"""A file with only the schema `published`: what may leave the service."""

from __future__ import annotations

import re

import duckdb

from vital_signs.errors import UserError
from vital_signs.sharing.files import SOURCE, TARGET, columns_of, tables_of

SCHEMA = "published"
PUBLIC = "public"
# Tables that are the same in both editions: texts, calendars and data that is public anyway. A new
# table without an edition is refused until somebody has decided that it belongs here.
WITHOUT_EDITION = (
    "areas",
    "benchmarks",
    "education",
    "extract",
    "glossary",
    "indicators",
    "months",
    "targets",
    "vital_sign_flags",
    "vital_signs",
)
# Columns that could identify a person, or a row of the case system.
FORBIDDEN_COLUMNS = re.compile(
    r"(^|_)(person|case|worker|team|household|family|professional|carer|placement|episode|plan|"
    r"referral|contact|assessment|enquiry|s47|conference|review|visit|period|spell|record|staff|"
    r"permanence_decision)_(id|key|name)$"
    r"|(^|_)(forename|surname|upn|postcode|postal_code|address|birth_date|dob|date_of_birth)$"
    r"|(^|_)(row_key|source_row|source_row_key|row_hash|failure_id|source_file)$"
    r"|json|free_text|comment"
)


def copy_published(connection: duckdb.DuckDBPyConnection, edition: str) -> int:
    """Copy one edition of every table; return how many tables.

    Raises UserError if the warehouse has no published tables, a column that may not leave the
    service, or a table for which this has not been decided.
    """
    tables = tables_of(connection, SCHEMA)
    if not tables:
        raise UserError("the warehouse has no published tables", "build it first")
    connection.execute(f"create schema {TARGET}.{SCHEMA}")
    for table in tables:
        names = [name for name, _ in columns_of(connection, SCHEMA, table)]
        for name in names:
            if FORBIDDEN_COLUMNS.search(name):
                raise UserError(
                    f"published.{table} has the column {name}, which may not leave the service",
                    "remove it from the model",
                )
        where, values = "", []
        if "edition" in names:
            where, values = " where edition = ?", [edition]
        elif edition == PUBLIC and table not in WITHOUT_EDITION:
            raise UserError(
                f"published.{table} has no column edition",
                "add one, or list the table in scripts/vital_signs/sharing/published.py",
            )
        connection.execute(
            f'create table {TARGET}.{SCHEMA}."{table}" as'
            f' select * from {SOURCE}.{SCHEMA}."{table}"{where}',
            values,
        )
    return len(tables)
