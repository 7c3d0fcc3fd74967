"""Time the steps of a build: this version against another, or one county against many.

An extract is landed in a new file, dbt reads the project (which it only repeats after a change),
`dbt build` runs without unit tests, and the compiled SQL of the same models runs directly in
DuckDB. Two versions take turns at each step, so that what else the machine does troubles both.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import duckdb

from vital_signs.build.command import demo_extract
from vital_signs.commands import PATH, PROJECT, VITAL_SIGNS, FailedError, step

RECORD = PROJECT / "docs" / "benchmarks.md"
STEPS = ("landing", "dbt parse", "dbt build", "SQL alone")
# A cost that grows with this power of the rows, or more, is named; and only if it takes this many
# seconds: below that the exponent is noise.
STEEP = 1.05
WORTH_NAMING = 1.0


@dataclass(frozen=True)
class Cost:
    """What one step took: seconds of wall time and of all processors, and its peak memory in MB."""

    wall: float
    cpu: float
    megabytes: float


class Bench:
    """One version of the project, with a warehouse and a target folder of its own.

    `costs` has the steps run so far; `models` the seconds of processor time of each model.
    """

    def __init__(self, project: Path, folder: Path) -> None:
        self.project = project
        self.folder = folder
        self.warehouse = folder / "bench.duckdb"
        self.costs: dict[str, Cost] = {}
        self.models: dict[str, float] = {}
        self.rows = self.nodes = 0

    def run(self, name: str, extract: Path) -> None:
        """Run one of STEPS. Raises FailedError if it fails."""
        dbt = [
            str(Path(sys.executable).with_name("dbt")),
            "--log-level",
            "error",
            "--log-level-file",
            "none",
        ]
        places = ["--project-dir", str(self.project), "--profiles-dir", str(self.project)]
        is_package = (self.project / "scripts" / "vital_signs").is_dir()
        land = [*VITAL_SIGNS, "land"] if is_package else [sys.executable, "scripts/land.py"]
        manifest = self.folder / "manifest.json"
        command = {
            "landing": [*land, str(extract)],
            "dbt parse": [*dbt, "parse", *places],
            "dbt build": [*dbt, "build", *places, "--exclude-resource-type", "unit_test"],
            "SQL alone": [*VITAL_SIGNS, "bench", "--sql-of", str(manifest)],
        }[name]
        # The SQL of both versions is timed by this one.
        code = PROJECT if name == "SQL alone" else self.project
        self.costs[name], output = self.measured(command, code)
        if name == "landing":
            with duckdb.connect(str(self.warehouse), read_only=True) as connection:
                sql = "select sum(row_count)::bigint from raw.extract_tables"
                (self.rows,) = connection.execute(sql).fetchone()
        elif name == "dbt build":
            results = (self.folder / "run_results.json").read_text(encoding="utf-8")
            self.nodes = len(json.loads(results)["results"])
        elif name == "SQL alone":
            self.models = json.loads(output)

    def measured(self, command: list[str], code: Path) -> tuple[Cost, str]:
        """Run a command to its end; return what it took and what it printed."""
        started = time.monotonic()
        environment = {
            "VITAL_SIGNS_WAREHOUSE": str(self.warehouse),
            "DBT_TARGET_PATH": str(self.folder),
            "DBT_LOG_PATH": str(self.folder),
            "PYTHONPATH": str(code / "scripts"),
        }
        with subprocess.Popen(
            command,
            cwd=code,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise FailedError(f"{' '.join(command[:4])} failed: see the lines above")
        # Linux counts in kilobytes, macOS in bytes.
        unit = 1024**2 if sys.platform == "darwin" else 1024
        cpu = usage.ru_utime + usage.ru_stime
        return Cost(time.monotonic() - started, cpu, usage.ru_maxrss / unit), output


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


def model_statement(node: dict[str, Any]) -> str:
    """Return the SQL that builds one model."""
    kind = "view" if node["config"]["materialized"] == "view" else "table"
    relation = f'"{node["schema"]}"."{node["alias"]}"'
    return f"create or replace {kind} {relation} as {node['compiled_code']}"


def run_sql(warehouse: Path, manifest_file: Path) -> dict[str, float]:
    """Build every model again from its SQL alone; return the seconds of processor time of each."""
    manifest = json.loads(manifest_file.read_text(encoding="utf-8"))
    took = {}
    memory = os.environ.get("VITAL_SIGNS_MEMORY", "2GB")
    settings = {"threads": 2, "memory_limit": memory, "preserve_insertion_order": False}
    with duckdb.connect(str(warehouse), config=settings) as connection:
        for node in models_in_order(manifest):
            started = time.process_time()
            connection.execute(model_statement(node))
            took[node["name"]] = time.process_time() - started
    return took


@contextmanager
def checkout(version: str) -> Iterator[Path]:
    """Give the folder of another version: a folder, or a commit, checked out for the time being.

    Raises FailedError if git does not know the commit.
    """
    if (Path(version) / "dbt_project.yml").is_file():
        yield Path(version).resolve()
        return
    git = ["git", "-C", str(PROJECT), "worktree"]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "version"
        add = [*git, "add", "--quiet", "--detach", str(place), version]
        if subprocess.run(add, check=False).returncode:
            raise FailedError(f"{version} is neither a folder with dbt_project.yml nor a commit")
        try:
            yield place
        finally:
            subprocess.run([*git, "remove", "--force", str(place)], check=False)


def run_steps(benches: Sequence[Bench], extract: Path) -> None:
    """Run every step of every version, in turn."""
    for name in STEPS:
        for bench in benches:
            bench.run(name, extract)


def compared(new: Bench, old: Bench | None) -> list[str]:
    """Return the table of one extract: a row for each step, with the ratio if there are two."""
    head = ["step", "wall s", "CPU s", "MB"]
    if old:
        head += ["old wall s", "old CPU s", "old MB", "wall new/old", "CPU new/old"]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for name, cost in new.costs.items():
        cells = [f"{cost.wall:.1f}", f"{cost.cpu:.1f}", f"{cost.megabytes:.0f}"]
        if old:
            was = old.costs[name]
            cells += [f"{was.wall:.1f}", f"{was.cpu:.1f}", f"{was.megabytes:.0f}"]
            cells += [f"{cost.wall / was.wall:.2f}", f"{cost.cpu / was.cpu:.2f}"]
        lines.append(f"| {' | '.join([name, *cells])} |")
    nodes = f"{new.nodes} nodes" + (f" (old: {old.nodes})" if old else "")
    return [f"{new.rows:,} rows, {nodes}, {os.cpu_count()} cores", "", *lines]


def exponent(small: float, large: float, times: float) -> float:
    """Return the power of the size with which a cost grows; 1 is linear."""
    return math.log(max(large, 0.001) / max(small, 0.001)) / math.log(times)


def ladder(benches: Sequence[Bench]) -> list[str]:
    """Return the table of several sizes, smallest first, and the models that grow too steeply."""
    first, last = benches[0], benches[-1]
    times = last.rows / first.rows
    head = ["rows", *(f"{name} {what}" for name in STEPS for what in ("s", "CPU s", "MB"))]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for bench in benches:
        costs = [bench.costs[name] for name in STEPS]
        cells = [f"{c.wall:.1f} | {c.cpu:.1f} | {c.megabytes:.0f}" for c in costs]
        lines.append(f"| {' | '.join([f'{bench.rows:,}', *cells])} |")
    powers = [
        f" | {exponent(first.costs[name].cpu, last.costs[name].cpu, times):.2f} | "
        for name in STEPS
    ]
    lines += [f"| exponent of the CPU |{' |'.join(powers)} |", ""]
    steep = {
        name: (exponent(first.models[name], seconds, times), seconds)
        for name, seconds in last.models.items()
        if seconds >= WORTH_NAMING
    }
    steep = {name: found for name, found in steep.items() if found[0] > STEEP}
    lines.append(f"Models whose cost grows with more than the power {STEEP} of the rows:")
    named = sorted(steep.items(), key=lambda item: -item[1][1])
    lines += [f"- `{name}`: {power:.2f}, {took:.1f} s" for name, (power, took) in named]
    return lines if named else [*lines, "- none"]


def bench(extract: Path | None, against: str | None, scales: Sequence[int]) -> list[str]:
    """Measure; return a table in Markdown."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if scales:
            benches = []
            for scale in scales:
                made = folder / f"x{scale}"
                demo = [*VITAL_SIGNS, "demo", "--scale", str(scale), "--out", str(made)]
                subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)
                benches.append(Bench(PROJECT, folder / f"of_x{scale}"))
                benches[-1].folder.mkdir()
                run_steps(benches[-1:], made)
                benches[-1].warehouse.unlink()
            return ladder(benches)
        versions = [PROJECT, *([stack.enter_context(checkout(against))] if against else [])]
        benches = [Bench(version, folder / str(n)) for n, version in enumerate(versions)]
        for version in benches:
            version.folder.mkdir()
        run_steps(benches, (extract or demo_extract()).resolve())
        return compared(benches[0], benches[1] if against else None)


def _scales(_: click.Context, __: click.Parameter, value: str | None) -> list[int]:
    if not value:
        return []
    sizes = sorted({int(part) for part in value.split(",") if part.isdecimal()})
    if len(sizes) < 2 or sizes[0] < 1 or len(sizes) != len(value.split(",")):
        raise click.BadParameter("write two sizes or more, like 1,3,10")
    return sizes


@step("bench", __doc__)
@click.option("--extract", type=PATH, metavar="FOLDER", help="Default: the demonstration extract.")
@click.option("--against", metavar="VERSION", help="A commit or folder, measured alternately.")
@click.option("--scales", callback=_scales, metavar="1,3,10", help="Counties' worth of cases.")
@click.option("--write", is_flag=True, help="Add the table to docs/benchmarks.md.")
# This step runs in its own process, so that its memory can be measured separately.
@click.option("--sql-of", type=PATH, hidden=True)
def main(
    extract: Path | None,
    against: str | None,
    scales: list[int],
    write: bool,
    sql_of: Path | None,
) -> None:
    """Measure; fails when one of the measured commands does."""
    if sql_of:
        print(json.dumps(run_sql(Path(os.environ["VITAL_SIGNS_WAREHOUSE"]), sql_of)))
        return
    table = "\n".join(bench(extract, against, scales))
    print(table)
    if write:
        with RECORD.open("a", encoding="utf-8") as record:
            what = "by size" if scales else f"against {against}" if against else "one build"
            record.write(f"\n## {datetime.now(UTC):%Y-%m-%d}: {what}\n\n{table}\n")
