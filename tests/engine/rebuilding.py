"""Takes one column out of a loaded extract and rebuilds only what that changes.

Each attempt is a transaction that is rolled back. A model is rebuilt where one that it reads
has changed, and counts as changed where its rows have: most columns get no further than staging.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from vital_signs.bench import model_statement

from tests.engine.building import Builder

VALUES = "indicators.fct_indicator_values"
LOG = "source.vital_signs.landing.extract_tables"
Row = tuple[Any, ...]


def _relation(node: dict[str, Any]) -> str:
    return f'"{node["schema"]}"."{node["alias"]}"'


class Rebuilder:
    """A built warehouse file, opened to see what its values would be without a column."""

    def __init__(self, warehouse: Path, build: Builder, nodes: dict[str, Any]) -> None:
        self.connection = duckdb.connect(str(warehouse), config={"threads": 1})
        self.nodes = nodes
        wanted = self._ancestors("model.vital_signs.fct_indicator_values")
        self.models = [node for node in build.models.values() if node["unique_id"] in wanted]
        self.parents = {node["unique_id"]: self._parents(node) for node in self.models}
        self.before = {node["unique_id"]: self._state(node) for node in self.models}
        self.connection.execute(f"create temp table values_before as from {VALUES}")

    def without(self, table: str, column: str) -> list[Row]:
        """Return the rows of the values, as they would be, that differ from what they are.

        What landing does with a file that lacks a column: null in every row, and a line in the log.
        """
        self.connection.execute("begin")
        try:
            self.connection.execute(f'update raw."{table}" set "{column}" = null')
            self.connection.execute(
                "update raw.extract_tables"
                " set missing_columns = concat_ws(', ', missing_columns, ?) where table_name = ?",
                [column, table],
            )
            self._build({f"source.vital_signs.ssd.{table}", LOG})
            return self.connection.execute(
                f"from {VALUES} except from values_before order by all"
            ).fetchall()
        finally:
            self.connection.execute("rollback")

    def _build(self, changed: set[str]) -> None:
        for node in self.models:
            if self.parents[node["unique_id"]] & changed:
                self.connection.execute(model_statement(node))
                if self._state(node) != self.before[node["unique_id"]]:
                    changed.add(node["unique_id"])

    def _state(self, node: dict[str, Any]) -> Row | None:
        (state,) = self.connection.execute(
            f"select (count(*), sum(hash(model))) from {_relation(node)} as model"
        ).fetchone()
        return state

    def _parents(self, node: dict[str, Any]) -> set[str]:
        """Return what a model reads; what is ephemeral is a part of the model that reads it."""
        found: set[str] = set()
        for parent in node["depends_on"]["nodes"]:
            materialized = self.nodes.get(parent, {}).get("config", {}).get("materialized")
            found |= self._parents(self.nodes[parent]) if materialized == "ephemeral" else {parent}
        return found

    def _ancestors(self, name: str) -> set[str]:
        found: set[str] = set()
        left = [name]
        while left:
            current = left.pop()
            if current in self.nodes and current not in found:
                found.add(current)
                left += self.nodes[current]["depends_on"].get("nodes", [])
        return found
