"""What dbt's manifest records about an indicator: SQL, models back to raw, and tests."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from vital_signs.errors import UserError

POPULATION_PREFIX = "int_cases__"
MEASURE = re.compile(r"\bas measure_(\w+)\s*$")
LANDING_MODELS = "models/staging/landing/"
Node = dict[str, Any]


@dataclass(frozen=True)
class Test:
    """A test: the model it is about, its name and its description."""

    model: str
    name: str
    description: str


@dataclass
class Lineage:
    """The models between a population and raw, the population first, and the raw tables."""

    models: list[Node] = field(default_factory=list)
    raw_tables: list[Node] = field(default_factory=list)
    seeds: list[Node] = field(default_factory=list)


class Project:
    """A manifest that can be queried by measure."""

    def __init__(self, manifest: dict[str, Any]) -> None:
        self.nodes: dict[str, Node] = {**manifest["nodes"], **manifest["sources"]}
        self.unit_tests = list(manifest["unit_tests"].values())
        self.populations: dict[str, Node] = {}
        self.expressions: dict[str, str] = {}
        for node in self.nodes.values():
            if node["resource_type"] == "model" and node["name"].startswith(POPULATION_PREFIX):
                for measure, expression in measures_of(sql_of(node)).items():
                    self.populations[measure] = node
                    self.expressions[measure] = expression

    @cache  # noqa: B019 - a project lives as long as the command
    def lineage(self, population: str) -> Lineage:
        """Return everything between a population (its unique id) and raw."""
        found, seen, waiting = Lineage(), set(), [population]
        while waiting:
            name = waiting.pop(0)
            if name in seen or name not in self.nodes:
                continue
            seen.add(name)
            node = self.nodes[name]
            kind = node["resource_type"]
            if kind == "source" and node["schema"] == "raw":
                found.raw_tables.append(node)
            elif kind == "seed":
                found.seeds.append(node)
            elif kind == "model":
                found.models.append(node)
                # every table checks which extract is in force; that is not lineage
                if not node["original_file_path"].startswith(LANDING_MODELS):
                    waiting += node["depends_on"]["nodes"]
        return found

    def unit_tests_of(self, lineage: Lineage) -> list[Test]:
        """Return the unit tests of the models of a lineage."""
        names = {node["name"] for node in lineage.models}
        return [
            Test(test["model"], test["name"], test.get("description") or "")
            for test in self.unit_tests
            if test["model"] in names
        ]

    def judges(self, test: Test, measure: str) -> bool:
        """Return whether a unit test expects a value of a measure."""
        return any(
            f"measure_{measure}" in row
            for found in self.unit_tests
            if found["name"] == test.name and found["model"] == test.model
            for row in found["expect"]["rows"] or []
            if isinstance(row, dict)
        )

    def data_tests_of(self, lineage: Lineage) -> list[Test]:
        """Return the data tests that read a model of a lineage; a generic one has no text."""
        models = {node["unique_id"]: node["name"] for node in lineage.models}
        found = []
        for node in self.nodes.values():
            if node["resource_type"] != "test":
                continue
            touched = [models[name] for name in node["depends_on"]["nodes"] if name in models]
            if touched:
                is_generic = bool(node.get("test_metadata"))
                words = "" if is_generic else node.get("description") or node["name"]
                found.append(Test(touched[0], node["name"], words))
        return found


def read_project(path: Path) -> Project:
    """Return the project of a manifest file. Raises UserError without one."""
    if not path.is_file():
        raise UserError("there is no manifest", "run make docs", file=str(path))
    return Project(json.loads(path.read_text(encoding="utf-8")))


def sql_of(node: Node) -> str:
    """Return the SQL as it runs, or as written if dbt has not compiled it."""
    return node.get("compiled_code") or node["raw_code"]


def columns_read(staging_models: list[Node], table: Node) -> list[str]:
    """Return the columns of a raw table that staging models of it name."""
    text = " ".join(
        sql_of(node) for node in staging_models if table["unique_id"] in node["depends_on"]["nodes"]
    )
    words = set(re.findall(r"\w+", text))
    return [name for name in table["columns"] if name in words]


def measures_of(sql: str) -> dict[str, str]:
    """Return the expression of each column measure_* of the last select, with its comment."""
    start = sql.rfind("\nselect\n")
    if start < 0:
        return {}
    found = {}
    for item in _items(sql[start + len("\nselect\n") :]):
        named = MEASURE.search(item)
        if named:
            found[named.group(1)] = _without_indent(item)
    return found


def _items(select: str) -> list[str]:
    """Return the columns of a select list, split at commas outside brackets and comments."""
    items, current, depth, position = [], "", 0, 0
    while position < len(select):
        rest = select[position:]
        if rest.startswith("--"):
            end = rest.find("\n")
            current += rest[: end + 1]
            position += end + 1
            continue
        if depth == 0 and re.match(r"\nfrom\b", rest):
            break
        sign = select[position]
        if sign == "'":
            end = select.find("'", position + 1)
            current += select[position : end + 1]
            position = end + 1
            continue
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            items.append(current)
            current = ""
        else:
            current += sign
        position += 1
    return [item.strip("\n") for item in [*items, current]]


def _without_indent(text: str) -> str:
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    indent = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    return "\n".join(line[indent:] for line in lines)
