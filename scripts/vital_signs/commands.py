"""What the commands of this package share: the warehouse option, months, and how errors end."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from pathlib import Path

from vital_signs.landing.errors import UserError, one_line
from vital_signs.landing.processes import EXIT_BY_SIGNAL, StopSignals

PROJECT = Path(__file__).resolve().parents[2]
DEFAULT_WAREHOUSE = "warehouse.duckdb"
# Each sub-command of `vital-signs` in a process of its own.
VITAL_SIGNS = (sys.executable, "-m", "vital_signs")
EXIT_FAILED = 1
EXIT_USER_ERROR = 2


class FailedError(Exception):
    """Something that ran and did not pass; its text is one or more lines, each an error."""


def add_warehouse_option(parser: argparse.ArgumentParser) -> None:
    """Add `--warehouse`; `warehouse_path` turns the value given into a path."""
    parser.add_argument(
        "--warehouse",
        metavar="FILE",
        help=f"DuckDB file (default: $VITAL_SIGNS_WAREHOUSE, else {DEFAULT_WAREHOUSE})",
    )


def warehouse_path(given: str | None) -> Path:
    """Return the DuckDB file given, else VITAL_SIGNS_WAREHOUSE, else the default."""
    return Path(given or os.environ.get("VITAL_SIGNS_WAREHOUSE") or DEFAULT_WAREHOUSE)


def month_end(text: str) -> date:
    """Return the last day of a month written like 2018-03. Raises UserError for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise UserError(f"{text!r} is not a month", "write it like 2018-03") from None
    return first.replace(day=monthrange(first.year, first.month)[1])


def run(command: Callable[[], int]) -> int:
    """Run a command and return its exit code; known failures become `error:` lines on stderr.

    A signal that stops it is also reported in one line, with the exit code that a shell would give:
    130 for Ctrl-C, 143 for SIGTERM.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that lacks a character must not stop the command.
            stream.reconfigure(errors="backslashreplace")
    with StopSignals() as stop:
        try:
            return command()
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt) and stop.number is None:
                stop.number = signal.SIGINT
            # An interrupted database raises an error of its own.
            return _stopped(stop.number) if stop.number else _failed(error)


def _stopped(number: int) -> int:
    name = signal.Signals(number).name
    what = "interrupted" if number == signal.SIGINT else f"stopped by {name}"
    print(
        f"error: {what}: a warehouse or ledger is changed as a whole or not at all; run the"
        " command again",
        file=sys.stderr,
    )
    return EXIT_BY_SIGNAL + number


def _failed(error: BaseException) -> int:
    """Report what failed and return the exit code; any unexpected error is raised again."""
    match error:
        case UserError():
            print(f"error: {error}", file=sys.stderr)
            return EXIT_USER_ERROR
        case FailedError():
            for line in str(error).splitlines():
                print(f"error: {line}", file=sys.stderr)
            return EXIT_FAILED
        case BrokenPipeError():
            # Whatever was reading our output has gone (as with `| head`); print nothing more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        case OSError():
            place = f" ({error.filename})" if error.filename else ""
            print(
                f"error: {one_line(f'the system reported an error: {error.strerror}{place}')}:"
                " check the path, your permissions and the disk space",
                file=sys.stderr,
            )
            return EXIT_USER_ERROR
        case MemoryError():
            print(
                "error: there is not enough memory: close other programs or use a larger machine",
                file=sys.stderr,
            )
            return EXIT_FAILED
    raise error
