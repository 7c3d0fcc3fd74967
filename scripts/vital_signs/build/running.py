"""Run dbt for a build: progress while it runs, a log, and one line for each thing that failed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from vital_signs.build.culprits import culprits
from vital_signs.build.progress import dbt_progress
from vital_signs.commands import PROJECT
from vital_signs.errors import FailedError
from vital_signs.processes import end, start

FAILED_STATUSES = ("error", "fail", "runtime error")
MOST_ERRORS_SHOWN = 10
# What a build can ask of dbt, by environment variables (macros/dbt/asked_for.sql).
ASKED_FOR = ("extract_id", "as_at", "first_month")
LOGS_KEPT = 10
# What a database quotes in an error may be a value from the extract, and the log may be passed on.
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def dbt_command(select: Sequence[str]) -> list[str]:
    """Return the dbt call: models, seeds and data tests; unit tests belong to `make test`."""
    command = [str(Path(sys.executable).with_name("dbt")), "--log-format", "json"]
    command += ["--log-level", "info", "--log-level-file", "none"]
    command += ["--no-use-colors", "build"]
    command += ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    command += ["--exclude-resource-type", "unit_test"]
    if not select:
        return command
    # A test that also reads models outside the selection may find them missing in a new warehouse:
    # it belongs to a build of everything.
    return [*command, "--indirect-selection", "buildable", "--select", *select]


def dbt_target() -> Path:
    """Return the folder in which dbt leaves its results."""
    return Path(os.environ.get("DBT_TARGET_PATH") or PROJECT / "target").resolve()


def run_dbt(building: Path, wanted: Mapping[str, str], select: Sequence[str]) -> None:
    """Build everything in the copy; `wanted` names the extract, the day and the first month.

    Raises FailedError with one line for each thing that failed.
    """
    target = dbt_target()
    results_file = target / "run_results.json"
    expected = _seconds_of_nodes(results_file)
    results_file.unlink(missing_ok=True)
    # Not --vars: after a change of those dbt reads the whole project again (asked_for).
    environment = {f"VITAL_SIGNS_{name.upper()}": wanted.get(name, "") for name in ASKED_FOR}
    environment |= {
        "VITAL_SIGNS_WAREHOUSE": str(building.resolve()),
        "DBT_TARGET_PATH": str(target),
    }
    said: list[str] = []
    with _log() as log, dbt_progress(expected) as show:

        def take(event: dict[str, Any]) -> None:
            info, data = event["info"], event["data"]
            text = " ".join(info["msg"].split())
            if text:
                print(info["ts"][:19], info["level"], QUOTED.sub("'…'", text), file=log)
            if info["level"] == "error":
                said.append(text)
            node = data.get("node_info") or {}
            is_end = "total" in data and info["name"] != "LogStartLine"
            if is_end and node.get("resource_type") not in (None, "operation"):
                show(node, data["total"])

        exit_code = follow(dbt_command(select), os.environ | environment, take)
    if exit_code == 0:
        return
    if exit_code < 0:
        raise FailedError(
            f"dbt was stopped from outside (signal {-exit_code}), possibly for lack of memory: free"
            " up memory and build again"
        )
    if not results_file.is_file():
        raise FailedError("\n".join(["dbt could not read the project", *dict.fromkeys(said)]))
    raise FailedError("\n".join(_failures(building, target, results_file)) or "dbt failed")


def follow(
    command: Sequence[str], environment: Mapping[str, str], take: Callable[[dict[str, Any]], None]
) -> int:
    """Run dbt, hand over each event that it logs, and return its exit code."""
    process = start(
        command,
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    try:
        for line in process.stdout:
            try:
                event = json.loads(line)
            except ValueError:
                print(line, end="", flush=True)
            else:
                take(event)
        return process.wait()
    finally:
        end(process)
        process.stdout.close()


def _seconds_of_nodes(results_file: Path) -> dict[str, float]:
    """Return what each node took in the last build, which is the estimate for this one."""
    try:
        results = json.loads(results_file.read_text(encoding="utf-8"))["results"]
    except (OSError, ValueError, KeyError):
        return {}
    return {result["unique_id"]: result["execution_time"] for result in results}


@contextmanager
def _log() -> Iterator[Any]:
    """Yield a new log in logs/, and remove all but the last few; it has names and times only."""
    folder = Path(os.environ.get("DBT_LOG_PATH") or PROJECT / "logs")
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("build-*.log"))[: 1 - LOGS_KEPT]:
        old.unlink(missing_ok=True)
    path = folder / f"build-{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}.log"
    # Written line by line: the log of a build that is killed ends where the build did.
    with path.open("w", encoding="utf-8", buffering=1) as log:
        yield log


def _failures(building: Path, target: Path, results_file: Path) -> list[str]:
    results = json.loads(results_file.read_text(encoding="utf-8"))["results"]
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    lines = [
        _failure_line(result, nodes.get(result["unique_id"], {}))
        for result in results
        if result["status"] in FAILED_STATUSES
    ]
    lines = [*culprits(building, results), *lines]
    more = len(lines) - MOST_ERRORS_SHOWN
    return (
        [*lines[:MOST_ERRORS_SHOWN], f"and {more} more: see {results_file}"] if more > 0 else lines
    )


def _failure_line(result: dict[str, Any], node: dict[str, Any]) -> str:
    kind, _, name = result["unique_id"].partition(".")
    message = " ".join(str(result["message"] or result["status"]).split())
    query = node.get("compiled_path")
    todo = f"check the rows with the query in {query}" if query else "fix it and build again"
    return f"{kind} {name}: {message} ({node.get('original_file_path', 'unknown file')}): {todo}"
