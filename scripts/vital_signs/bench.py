"""Time the steps of a build, and what dbt adds to the SQL that it runs.

Lands an extract in a new file, has dbt read the project (which it only repeats after a change),
runs `dbt build` (without unit tests), then runs the compiled SQL of the same models directly in
DuckDB. Each step is run once: differences of up to 20% are noise.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import duckdb

from vital_signs.build.command import dbt_command, demo_extract
from vital_signs.commands import PATH, PROJECT, VITAL_SIGNS, step
from vital_signs.errors import FailedError
from vital_signs.landing.contract import load_contract
from vital_signs.landing.extract import read_extract

RECORD = PROJECT / "docs" / "benchmarks.md"
RECORD_HEAD = """# Benchmarks

Each row is one run of `make bench WRITE=1`: landing; `dbt parse`, which is needed the first time
and after a change to the project; `dbt build` without unit tests, once the project has been parsed;
and the compiled SQL of the same models run directly in DuckDB. Times are in seconds of wall time;
memory is the peak of the process in MB.

| day | rows | models | cores | land | MB | parse | MB | dbt build | MB | SQL | MB | dbt / SQL |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Measure:
    """What one step took: seconds of wall time, and the peak memory of its process in MB."""

    seconds: float
    megabytes: float


def measured(command: list[str], environment: dict[str, str]) -> tuple[Measure, str]:
    """Run a command to its end; return what it took and what it printed.

    Raises FailedError if it fails.
    """
    started = time.monotonic()
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise FailedError(f"{Path(command[1]).name} failed: see the lines above")
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Measure(time.monotonic() - started, usage.ru_maxrss / unit), output


def models_in_order(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the models that are built, each after those that it reads.

    Ephemeral models are part of the models that read them, and are not included.
    """
    models = {
        name: node for name, node in manifest["nodes"].items() if node["resource_type"] == "model"
    }
    ordered: dict[str, dict[str, Any]] = {}

    def place(name: str) -> None:
        if name in models and name not in ordered:
            for parent in models[name]["depends_on"]["nodes"]:
                place(parent)
            ordered[name] = models[name]

    for name in models:
        place(name)
    return [node for node in ordered.values() if node["config"]["materialized"] != "ephemeral"]


def model_statements(manifest: dict[str, Any]) -> list[str]:
    """Return the SQL that builds every model, in order, from a manifest with compiled code."""
    return [model_statement(node) for node in models_in_order(manifest)]


def model_statement(node: dict[str, Any]) -> str:
    """Return the SQL that builds one model."""
    kind = "view" if node["config"]["materialized"] == "view" else "table"
    relation = f'"{node["schema"]}"."{node["alias"]}"'
    return f"create or replace {kind} {relation} as {node['compiled_code']}"


def run_sql(warehouse: Path, manifest_file: Path) -> float:
    """Build every model again from its compiled SQL alone; return the seconds it took."""
    statements = model_statements(json.loads(manifest_file.read_text(encoding="utf-8")))
    with duckdb.connect(str(warehouse)) as connection:
        started = time.monotonic()
        for statement in statements:
            connection.execute(statement)
        return time.monotonic() - started


def bench(extract: Path, write: bool) -> int:
    """Measure, print, and with `write` add a row to docs/benchmarks.md; return 0."""
    extract_id = read_extract(extract, load_contract()).extract_id
    with tempfile.TemporaryDirectory() as folder:
        warehouse, target = Path(folder) / "bench.duckdb", Path(folder) / "target"
        environment = {
            "VITAL_SIGNS_WAREHOUSE": str(warehouse),
            "DBT_TARGET_PATH": str(target),
            "DBT_LOG_PATH": str(target),
        }
        land = [*VITAL_SIGNS, "land", str(extract)]
        landing, _ = measured(land, environment)
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            (rows,) = connection.execute(
                "select sum(row_count)::bigint from raw.extract_tables"
            ).fetchone()
        build = dbt_command({"extract_id": extract_id}, [])
        parse = [*build[: build.index("build")], "parse", *build[build.index("--project-dir") :]]
        parse = [item for item in parse if item not in ("--exclude-resource-type", "unit_test")]
        parsing, _ = measured(parse, environment)
        dbt, _ = measured(build, environment)
        manifest_file = target / "manifest.json"
        again = [*VITAL_SIGNS, "bench", "--sql-of", str(manifest_file)]
        sql, seconds = measured(again, environment)
        models = models_in_order(json.loads(manifest_file.read_text(encoding="utf-8")))
    sql = Measure(float(seconds), sql.megabytes)
    ratio = dbt.seconds / sql.seconds
    print(f"{rows:,} rows, {len(models)} models, {os.cpu_count()} cores")
    steps = {"landing": landing, "dbt parse": parsing, "dbt build": dbt, "SQL alone": sql}
    for name, took in steps.items():
        print(f"{name:<10} {took.seconds:8.2f} s {took.megabytes:8.0f} MB at most")
    print(f"dbt build takes {ratio:.1f} times as long as its models' SQL")
    if write:
        cells = [f"{datetime.now(UTC):%Y-%m-%d}", f"{rows:,}", len(models), os.cpu_count()]
        for took in steps.values():
            cells += [f"{took.seconds:.1f}", f"{took.megabytes:.0f}"]
        if not RECORD.exists():
            RECORD.write_text(RECORD_HEAD, encoding="utf-8")
        with RECORD.open("a", encoding="utf-8") as record:
            record.write(f"| {' | '.join(str(cell) for cell in [*cells, f'{ratio:.1f}'])} |\n")
    return 0


@step("bench", __doc__)
@click.option(
    "--extract", type=PATH, metavar="FOLDER", help="(Default: the demonstration extract.)"
)
@click.option("--write", is_flag=True, help="Add a row to docs/benchmarks.md.")
# This step runs in its own process, so that its memory can be measured separately.
@click.option("--sql-of", type=PATH, hidden=True)
def main(extract: Path | None, write: bool, sql_of: Path | None) -> None:
    """Measure; fails when one of the measured commands does."""
    if sql_of:
        print(run_sql(Path(os.environ["VITAL_SIGNS_WAREHOUSE"]), sql_of))
    else:
        bench((extract or demo_extract()).resolve(), write)
