"""Build the warehouse: land an extract (if one is given), run dbt, print the county scorecard.

The build works on a copy, `<warehouse>.building`, which takes the warehouse's place when every
model and every check has passed; until then, and after a failure, the warehouse is as it was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from commands import PROJECT, FailedError, add_warehouse_option, month_end, run, warehouse_path
from land import describe
from landing.errors import UserError, first_line
from landing.warehouse import land
from scorecard import print_scorecard

DEMO_EXTRACT = PROJECT / "extracts" / "demo"
DEMO_MAKER = PROJECT / "scripts" / "make_demo_extract.py"
# What the demonstration extract is made from; a change in any of it makes it anew.
DEMO_INPUTS = ("scripts/make_demo_extract.py", "scripts/demo/**/*.py", "seeds/**/*.csv")
DEMO_MARK = ".made-from"
SYNTHETIC = "SYNTHETIC"
FAILED_STATUSES = ("error", "fail", "runtime error")
MOST_ERRORS_SHOWN = 10


def demo_extract() -> Path:
    """Return the folder of the demonstration extract, made now unless it is up to date."""
    digest = hashlib.sha256()
    for pattern in DEMO_INPUTS:
        for path in sorted(PROJECT.glob(pattern)):
            digest.update(path.relative_to(PROJECT).as_posix().encode() + path.read_bytes())
    mark = DEMO_EXTRACT / DEMO_MARK
    if mark.is_file() and mark.read_text() == digest.hexdigest():
        return DEMO_EXTRACT
    print("making the demonstration extract", flush=True)
    unfinished = DEMO_EXTRACT.with_name(f"{DEMO_EXTRACT.name}.making")
    shutil.rmtree(unfinished, ignore_errors=True)
    made = subprocess.run([sys.executable, str(DEMO_MAKER), "--out", str(unfinished)], check=False)
    if made.returncode:
        raise FailedError("the demonstration extract could not be made: see the lines above")
    (unfinished / DEMO_MARK).write_text(digest.hexdigest())
    shutil.rmtree(DEMO_EXTRACT, ignore_errors=True)
    unfinished.rename(DEMO_EXTRACT)
    return DEMO_EXTRACT


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def _refuse_if_open(path: Path, what: str, read_only: bool) -> None:
    try:
        duckdb.connect(str(path), read_only=read_only).close()
    except duckdb.Error as error:
        if "lock" in str(error):
            raise UserError(what, "wait for it to end, then try again", file=str(path)) from None
        raise UserError(
            f"cannot be opened as a DuckDB file: {first_line(error)}",
            "name another file with --warehouse",
            file=str(path),
        ) from None


def start_copy(warehouse: Path) -> Path:
    """Return the file to build in: a copy of the warehouse, or no file where there is none yet.

    Raises UserError when another program writes to the warehouse or another build is at work.
    """
    if not warehouse.parent.is_dir():
        raise UserError(
            f"there is no folder {warehouse.parent}",
            "make it or name another file",
            file=str(warehouse),
        )
    building = warehouse.with_name(f"{warehouse.name}.building")
    if building.exists():
        _refuse_if_open(building, "another build is at work", read_only=False)
    discard(building)
    try:
        if warehouse.exists():
            _refuse_if_open(warehouse, "another program is writing to the file", read_only=True)
            shutil.copyfile(warehouse, building)
            if _log_of(warehouse).exists():
                shutil.copyfile(_log_of(warehouse), _log_of(building))
        else:
            building.touch()
            building.unlink()
    except OSError as error:
        discard(building)
        raise UserError(
            f"cannot be written: {error.strerror}",
            "check the space on the disk and the permissions of the folder",
            file=str(building),
        ) from None
    return building


def finish_copy(building: Path, warehouse: Path) -> None:
    """Put the finished copy in the warehouse's place."""
    with duckdb.connect(str(building)) as connection:
        connection.execute("checkpoint")
    building.replace(warehouse)
    # A log that is left belongs to the file that is gone.
    _log_of(warehouse).unlink(missing_ok=True)


def discard(building: Path) -> None:
    """Remove the copy and its log."""
    building.unlink(missing_ok=True)
    _log_of(building).unlink(missing_ok=True)


def check_landed(building: Path, as_at: date | None) -> None:
    """Raise UserError unless an extract is landed that the build can use."""
    landed: list[tuple[str, date]] = []
    if building.exists():
        with duckdb.connect(str(building), read_only=True) as connection:
            try:
                landed = connection.execute(
                    "select extract_id, cast(as_at as date) from raw.extract_log order by as_at"
                ).fetchall()
            except duckdb.CatalogException:
                landed = []
    if not landed:
        raise UserError("no extract is landed", "give one with --extract, or --demo")
    if as_at and all(day > as_at for _, day in landed):
        extract_id, day = landed[0]
        raise UserError(
            f"no extract was known on {as_at}",
            f"the earliest is {extract_id} of {day}; choose a later day",
        )


def refuse_mixing(building: Path) -> None:
    """Raise UserError when the demonstration would be landed beside real data."""
    if not building.exists():
        return
    with duckdb.connect(str(building), read_only=True) as connection:
        try:
            real = connection.execute(
                "select extract_id from raw.extract_log where source_system <> ? limit 1",
                [SYNTHETIC],
            ).fetchone()
        except duckdb.CatalogException:
            return
    if real:
        raise UserError(
            f"the warehouse holds the real extract {real[0]}",
            "name another file for the demonstration, or give --extract",
        )


def dbt_command(variables: dict[str, str], select: Sequence[str]) -> list[str]:
    """Return the dbt call: models, seeds and data tests; unit tests belong to `make test`."""
    command = [str(Path(sys.executable).with_name("dbt")), "--log-level", "warn", "build"]
    command += ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    command += ["--exclude-resource-type", "unit_test", "--vars", json.dumps(variables)]
    return [*command, "--select", *select] if select else command


def run_dbt(building: Path, variables: dict[str, str], select: Sequence[str]) -> None:
    """Build everything in the copy. Raises FailedError with one line for each thing that failed."""
    target = Path(os.environ.get("DBT_TARGET_PATH") or PROJECT / "target").resolve()
    results_file = target / "run_results.json"
    results_file.unlink(missing_ok=True)
    finished = subprocess.run(
        dbt_command(variables, select),
        cwd=PROJECT,
        env={
            **os.environ,
            "VITAL_SIGNS_WAREHOUSE": str(building.resolve()),
            "DBT_TARGET_PATH": str(target),
        },
        check=False,
    )
    if finished.returncode == 0:
        return
    if not results_file.is_file():
        raise FailedError("dbt could not read the project: see the lines above")
    results = json.loads(results_file.read_text(encoding="utf-8"))["results"]
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    lines = [
        _failure_line(result, nodes.get(result["unique_id"], {}))
        for result in results
        if result["status"] in FAILED_STATUSES
    ]
    more = len(lines) - MOST_ERRORS_SHOWN
    if more > 0:
        lines = [*lines[:MOST_ERRORS_SHOWN], f"and {more} more: see {results_file}"]
    raise FailedError("\n".join(lines) or "dbt failed: see the lines above")


def _failure_line(result: dict[str, Any], node: dict[str, Any]) -> str:
    kind, _, name = result["unique_id"].partition(".")
    message = " ".join(str(result["message"] or result["status"]).split())
    query = node.get("compiled_path")
    todo = f"look at the rows with the query in {query}" if query else "mend it and build again"
    return f"{kind} {name}: {message} ({node.get('original_file_path', 'unknown file')}): {todo}"


def build(options: argparse.Namespace) -> int:
    """Run the whole command and return 0; failures are exceptions."""
    warehouse = warehouse_path(options.warehouse)
    month = month_end(options.month) if options.month else None
    as_at = _day(options.as_at) if options.as_at else None
    variables: dict[str, str] = {}
    if as_at:
        variables["as_at"] = as_at.isoformat()
    if options.first_month:
        variables["first_month"] = month_end(options.first_month).replace(day=1).isoformat()

    started = time.monotonic()
    building = start_copy(warehouse)
    try:
        folder = options.extract
        if options.demo:
            refuse_mixing(building)
            folder = demo_extract()
        if folder:
            landing = land(folder, building)
            print("\n".join(describe(landing)), flush=True)
            variables["extract_id"] = landing.extract.extract_id
        check_landed(building, as_at)
        print("building the warehouse and checking it", flush=True)
        run_dbt(building, variables, options.select or [])
        finish_copy(building, warehouse)
    finally:
        discard(building)
    print(f"built {warehouse} in {time.monotonic() - started:.0f} seconds\n", flush=True)
    if not options.select:
        print_scorecard(warehouse, month)
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"{text!r} is not a date", "write it like 2018-04-10") from None


def main(arguments: list[str] | None = None) -> int:
    """Run the command; exit code 0, 1 when a model or check failed, 2 for a mistake in the call."""
    parser = argparse.ArgumentParser(description=__doc__)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--extract", type=Path, metavar="FOLDER", help="land this extract and build from it"
    )
    which.add_argument(
        "--demo", action="store_true", help="make, land and build the demonstration extract"
    )
    which.add_argument(
        "--as-at",
        metavar="YYYY-MM-DD",
        help="build from the newest landed extract of that day or before",
    )
    parser.add_argument("--month", metavar="YYYY-MM", help="month to print (default: the last)")
    parser.add_argument("--first-month", metavar="YYYY-MM", help="first month to report")
    parser.add_argument(
        "--select", nargs="+", metavar="SELECTOR", help="build only these (dbt selection syntax)"
    )
    add_warehouse_option(parser)
    options = parser.parse_args(arguments)
    return run(lambda: build(options))


if __name__ == "__main__":
    sys.exit(main())
