"""A warehouse built by compiled SQL alone: dbt compiles once, then each extract takes seconds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
from vital_signs.bench import model_statement, models_in_order
from vital_signs.commands import PROJECT
from vital_signs.landing.warehouse import land

DBT = Path(sys.executable).with_name("dbt")
READ = "partial_parse.msgpack"
# `make parse` leaves it there, before the tests.
LAST_READ = PROJECT / "target" / "test" / "parse" / READ
IN_FORCE = "stg_landing__extract_in_force"


def with_last_reading(target: Path) -> Path:
    """Give a target folder what dbt last read of the project, which it uses where still true."""
    target.mkdir(parents=True, exist_ok=True)
    if LAST_READ.exists() and not (target / READ).exists():
        shutil.copyfile(LAST_READ, target / READ)
    return target


def dbt(
    command: str, target: Path, warehouse: Path, *options: str, project: Path = PROJECT
) -> None:
    if project == PROJECT:
        with_last_reading(target)
    places = ["--target-path", str(target), "--log-path", str(target)]
    subprocess.run(
        [str(DBT), "--quiet", command, *places, *options],
        cwd=project,
        env={**os.environ, "VITAL_SIGNS_WAREHOUSE": str(warehouse)},
        check=True,
        stdout=subprocess.DEVNULL,
    )


@dataclass
class Compiled:
    """What dbt compiled: a file with the seeds in it, and the manifest with the models' SQL."""

    seeded: Path
    manifest_file: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        return json.loads(self.manifest_file.read_text(encoding="utf-8"))


class Builder:
    """Lands extracts in new files and builds the models in them: every one, or `up_to` some."""

    def __init__(self, seeded: Path, manifest: dict[str, Any]) -> None:
        self.seeded = seeded
        self.models = {node["name"]: node for node in models_in_order(manifest)}
        self.manifest = manifest

    def up_to(self, *wanted: str) -> Builder:
        """Return a builder of no more than the models wanted, or those of schemas wanted, need."""
        nodes = self.manifest["nodes"]
        left = [
            node["unique_id"]
            for node in self.models.values()
            if {node["name"], node["schema"]} & {*wanted}
        ]
        needed: set[str] = set()
        while left:
            name = left.pop()
            if name in nodes and name not in needed:
                needed.add(name)
                left += nodes[name]["depends_on"].get("nodes", [])
        part = copy(self)
        part.models = {
            name: node for name, node in self.models.items() if node["unique_id"] in needed
        }
        return part

    def __call__(
        self,
        extract: Path,
        warehouse: Path,
        *landed_before: Path,
        prepare: Callable[[Path], object] | None = None,
    ) -> Path:
        """Land an extract in a new file, after those to be landed before it, and build.

        `prepare` is called with the file when all are landed and nothing is built.
        """
        shutil.copyfile(self.seeded, warehouse)
        for folder in (*landed_before, extract):
            land(folder, warehouse)
        if prepare:
            prepare(warehouse)
        self.run(warehouse)
        return warehouse

    def run(self, warehouse: Path, in_force: dict[str, Any] | None = None) -> None:
        """Build every model; `in_force` is the model that chooses the extract, as compiled for
        another day: no other model knows the day asked for.
        """
        models = self.models | ({IN_FORCE: in_force} if in_force else {})
        # The workers of the tests share the cores: more threads only cost more.
        with duckdb.connect(str(warehouse), config={"threads": 1}) as connection:
            for schema in sorted({node["schema"] for node in models.values()}):
                connection.execute(f'create schema if not exists "{schema}"')
            for node in models.values():
                connection.execute(model_statement(node))
