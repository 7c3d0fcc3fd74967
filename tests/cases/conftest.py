"""The data tests of the project, compiled once: what they find in a warehouse of an example."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.engine.building import READ, Compiled, dbt

# Its SQL is made from the columns that the populations have when it is compiled.
READS_THE_WAREHOUSE_WHEN_COMPILED = {"every_measure_is_used_and_every_measure_used_exists"}
Findings = dict[str, list[Any]]


@pytest.fixture(scope="session")
def failing_data_tests(
    compiled: Compiled, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path], Findings]:
    """Return a function that runs every data test and returns the first rows of those that fail."""
    target = tmp_path_factory.mktemp("data_tests")
    shutil.copyfile(compiled.manifest_file.with_name(READ), target / READ)
    dbt("compile", target, compiled.seeded, "--select", "resource_type:test")
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    queries = {
        node["name"]: node["compiled_code"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test" and node["name"] not in READS_THE_WAREHOUSE_WHEN_COMPILED
    }
    assert len([name for name in queries if name.startswith("keys_of_")]) >= 10
    assert len(queries) > 60

    def run(warehouse: Path) -> Findings:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            found = {
                name: connection.execute(f"select * from ({query}) limit 3").fetchall()
                for name, query in queries.items()
            }
        return {name: rows for name, rows in found.items() if rows}

    return run
