"""docs/roles.md says which schemas contain ids; this is checked against a built database."""

from __future__ import annotations

import re

import duckdb
import pytest
from vital_signs.commands import PROJECT
from vital_signs.sharing.published import FORBIDDEN_COLUMNS

from tests.engine.building import Builder

pytestmark = pytest.mark.slow

DOCUMENT = PROJECT / "docs" / "roles.md"
# Who is not to see a single child.
WITHOUT_CHILDREN = re.compile(r"managers|everybody|the service")


def documented() -> dict[str, tuple[str, str]]:
    """Return what the document says about each schema: ids, and who reads it."""
    found: dict[str, tuple[str, str]] = {}
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 4:
            for schema in re.findall(r"`(\w+)`", cells[0].partition(", edition")[0]):
                found.setdefault(schema, (cells[2], cells[3]))
    return found


@pytest.fixture(scope="module")
def tables_with_ids(
    build: Builder, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, set[str]]:
    """Return the tables in each schema that could identify a child, a worker or a row."""
    warehouse = tmp_path_factory.mktemp("roles") / "warehouse.duckdb"
    build(PROJECT / "tests" / "fixtures" / "empty_extract", warehouse)
    found: dict[str, set[str]] = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for schema, table, column in connection.execute(
            "select table_schema, table_name, column_name from information_schema.columns"
            " where table_catalog = current_catalog()"
        ).fetchall():
            tables = found.setdefault(schema, set())
            if FORBIDDEN_COLUMNS.search(column):
                tables.add(table)
    return found


def test_every_schema_is_in_the_document(tables_with_ids: dict[str, set[str]]) -> None:
    assert set(documented()) == set(tables_with_ids)


def test_the_document_says_which_schemas_hold_ids(tables_with_ids: dict[str, set[str]]) -> None:
    for schema, (ids, _) in documented().items():
        assert ids.partition(":")[0] == ("yes" if tables_with_ids[schema] else "no"), schema
        # Where only some tables are named, those are all.
        if ":" in ids:
            assert set(re.findall(r"`(\w+)`", ids)) == tables_with_ids[schema], schema


def test_who_may_see_no_child_reads_no_schema_with_ids(
    tables_with_ids: dict[str, set[str]],
) -> None:
    for schema, (_, who) in documented().items():
        if tables_with_ids[schema]:
            assert not WITHOUT_CHILDREN.search(who), schema
