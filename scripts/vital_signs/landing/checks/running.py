"""Checking an extract while it is landed: profiles go to the worker, its answers are stored."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from vital_signs.landing.checks.profile import Profiler, Series
from vital_signs.landing.checks.results import (
    RESULT_COLUMNS,
    result_row,
    words_at_risk,
    words_of,
)
from vital_signs.landing.checks.suite import Check, checks_of
from vital_signs.landing.contract import ContractTable, load_contract
from vital_signs.landing.extract import Extract
from vital_signs.landing.reading import quoted
from vital_signs.processes import start

SCRIPTS = Path(__file__).resolve().parents[3]
WORKER = [sys.executable, "-m", "vital_signs.landing.checks.worker"]
QUIET = {"GX_ANALYTICS_ENABLED": "false", "TQDM_DISABLE": "1"}
MOST_SECONDS = 120
RESULTS_TABLE = "landing_checks"


@dataclass(frozen=True)
class ChecksSummary:
    """How many checks there were, were run, and passed."""

    total: int
    run: int
    passed: int

    @property
    def line(self) -> str:
        """Return the line for the person who lands an extract."""
        if self.run == 0:
            return (
                f"warning: landing checks: none of {self.total} could be run, but the extract has"
                " been landed: check that great-expectations is installed"
            )
        not_run = f", {self.total - self.run} not run" if self.run < self.total else ""
        return (
            f"landing checks: {self.passed} of {self.total} passed{not_run};"
            " see quality.landing_checks"
        )


class _Worker:
    """The process that judges. If anything goes wrong with it, there are simply fewer answers."""

    def __init__(self) -> None:
        self._questions: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._folder = tempfile.TemporaryDirectory(prefix="vital-signs-")
        self._process: subprocess.Popen[str] | None = None
        try:
            self._process = start(
                WORKER,
                # Its own folder, because libraries leave files where they run.
                cwd=self._folder.name,
                env={**os.environ, **QUIET, "PYTHONPATH": str(SCRIPTS)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # A library's complaint may quote what it was given.
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        except OSError:
            return
        # The pipe fills up long before the worker is ready to read; landing must not wait for it.
        self._sender = threading.Thread(target=self._send, daemon=True)
        self._sender.start()

    def _send(self) -> None:
        try:
            while (question := self._questions.get()) is not None:
                self._process.stdin.write(f"{question}\n")
            self._process.stdin.close()
        except OSError:
            return

    def ask(self, checks: list[Check], series: dict[str, Series]) -> None:
        question = {
            "checks": [
                {"method": check.method, "series": check.series, "arguments": check.arguments}
                for check in checks
            ],
            "series": {name: one.values for name, one in series.items()},
        }
        self._questions.put(json.dumps(question))

    def answers(self) -> list[list[dict[str, Any] | None]]:
        """Return the answers to the questions so far, in order; fewer when it failed."""
        self._questions.put(None)
        if self._process is None:
            return []
        too_late = threading.Timer(MOST_SECONDS, self._process.kill)
        too_late.start()
        try:
            return [json.loads(line) for line in self._process.stdout]
        except (OSError, ValueError):
            return []
        finally:
            too_late.cancel()

    def close(self) -> None:
        self._questions.put(None)
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._sender.join()
            self._process.stdout.close()
            # What could not be sent is still in the pipe's buffer.
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        self._folder.cleanup()


class LandingChecks:
    """The checks of one landing; a context, so that the worker ends with it.

    Without `is_wanted` every method does nothing.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, extract: Extract, is_wanted: bool
    ) -> None:
        self._connection = connection
        self._extract = extract
        self._worker = _Worker() if is_wanted else None
        self._profiler = Profiler(connection, extract.extract_id, extract.date_format)
        self._rows_before = self._rows_of_extract_before() if is_wanted else {}
        self._asked: list[tuple[list[Check], dict[str, Series]]] = []

    def __enter__(self) -> LandingChecks:
        return self

    def __exit__(self, *_: object) -> None:
        if self._worker:
            self._worker.close()

    def _rows_of_extract_before(self) -> dict[str, int]:
        """Return the rows of each table in the source system's extract before this one."""
        return dict(
            self._connection.execute(
                """
                with extract_before as (
                    select extract_id
                    from raw.extract_log
                    where source_system = ? and as_at < ? and extract_id <> ?
                    qualify row_number() over (order by as_at desc, loaded_at desc) = 1
                )
                select extract_tables.table_name, extract_tables.row_count
                from raw.extract_tables as extract_tables
                inner join extract_before
                    on extract_tables.extract_id = extract_before.extract_id
                """,
                [self._extract.source_system, self._extract.as_at, self._extract.extract_id],
            ).fetchall()
        )

    def add(self, table: ContractTable, found: Collection[str], row_count: int) -> None:
        """Have a table checked, once its rows are in `raw`.

        `found` lists the columns in the file; it is empty for an absent table.
        """
        if not self._worker:
            return
        known = [name for name in table.columns if name in found] or None
        checks = checks_of(table, known, self._extract.as_at, self._rows_before.get(table.name))
        series = self._profiler.profile(table, known, row_count)
        self._worker.ask(checks, series)
        self._asked.append((checks, series))

    def store(self) -> ChecksSummary | None:
        """Wait for the answers, store them and return how many passed; None if not wanted."""
        if not self._worker:
            return None
        answers = self._worker.answers()
        judged: list[tuple[Check, Series, dict[str, Any] | None]] = []
        for number, (checks, series) in enumerate(self._asked):
            verdicts = answers[number] if number < len(answers) else []
            # A worker that stopped early has given too few answers.
            verdicts += [None] * (len(checks) - len(verdicts))
            judged += [
                (check, series[check.series], verdict)
                for check, verdict in zip(checks, verdicts, strict=True)
            ]
        names = self._names(set().union(*(words_at_risk(*one) for one in judged)))
        rows = [result_row(self._extract.extract_id, *one, names) for one in judged]
        _insert(self._connection, rows)
        outcomes = [row["success"] for row in rows]
        return ChecksSummary(
            total=len(rows),
            run=sum(outcome is not None for outcome in outcomes),
            passed=sum(outcome is True for outcome in outcomes),
        )

    def _names(self, words: set[str]) -> set[str]:
        """Return the words that occur in a personal column of the extract."""
        found: set[str] = set()
        for table in load_contract() if words else ():
            personal = [quoted(column.name) for column in table.details if column.is_personal]
            if not personal:
                continue
            texts = self._connection.execute(
                f"select distinct concat_ws(' ', {', '.join(personal)})"
                f" from raw.{quoted(table.name)} where _extract_id = ?",
                [self._extract.extract_id],
            ).fetchall()
            found |= words & set().union(*(words_of(text) for (text,) in texts))
        return found


_ARROW_TYPES: dict[str, Callable[[], pa.DataType]] = {
    "VARCHAR": pa.string,
    "BOOLEAN": pa.bool_,
    "BIGINT": pa.int64,
    "DOUBLE": pa.float64,
}


def _insert(connection: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]]) -> None:
    fields = [(name, _ARROW_TYPES[kind]()) for name, kind in RESULT_COLUMNS.items()]
    results = pa.Table.from_pylist(rows, schema=pa.schema(fields))
    connection.register("landing_results", results)
    connection.execute(f"insert into raw.{RESULTS_TABLE} by name select * from landing_results")
    connection.unregister("landing_results")
