"""A warehouse made by the compiled SQL alone: dbt compiles once, every extract is then seconds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from bench import model_statements
from commands import PROJECT

DBT = Path(sys.executable).with_name("dbt")
Builder = Callable[..., Path]


def dbt(command: str, target: Path, warehouse: Path) -> None:
    subprocess.run(
        [str(DBT), "--quiet", command, "--target-path", str(target), "--log-path", str(target)],
        cwd=PROJECT,
        env={**os.environ, "VITAL_SIGNS_WAREHOUSE": str(warehouse)},
        check=True,
        stdout=subprocess.DEVNULL,
    )


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    """Return a function that lands an extract in a new file and builds every model in it.

    Its arguments are the extract, the file, and extracts that are to be landed before; `prepare`
    is called with the file when all are landed and nothing is built.
    """
    folder = tmp_path_factory.mktemp("compiled")
    seeded, target = folder / "seeded.duckdb", folder / "target"
    dbt("seed", target, seeded)
    dbt("compile", target, seeded)
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    statements = model_statements(manifest)
    schemas = {
        node["schema"] for node in manifest["nodes"].values() if node["resource_type"] == "model"
    }

    def build_extract(
        extract: Path,
        warehouse: Path,
        *landed_before: Path,
        prepare: Callable[[Path], object] | None = None,
    ) -> Path:
        shutil.copyfile(seeded, warehouse)
        for folder in (*landed_before, extract):
            land = [sys.executable, str(PROJECT / "scripts" / "land.py"), str(folder)]
            subprocess.run(
                [*land, "--no-checks", "--warehouse", str(warehouse)],
                check=True,
                stdout=subprocess.DEVNULL,
            )
        if prepare:
            prepare(warehouse)
        with duckdb.connect(str(warehouse)) as connection:
            for schema in sorted(schemas):
                connection.execute(f'create schema if not exists "{schema}"')
            for statement in statements:
                connection.execute(statement)
        return warehouse

    return build_extract
