"""What every step of `vital-signs` shares: its options, its help, and how errors end."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from vital_signs.errors import FailedError, UserError, one_line
from vital_signs.months import day, month_end
from vital_signs.processes import EXIT_BY_SIGNAL, StopSignals

PROJECT = Path(__file__).resolve().parents[2]
DEFAULT_WAREHOUSE = "warehouse.duckdb"
COMMAND = "vital-signs"
# A step in a process of its own, followed by its name.
VITAL_SIGNS = (sys.executable, "-m", "vital_signs")
EXIT_FAILED = 1
EXIT_USER_ERROR = 2
# Whether a file can be read is said by the step that reads it, in its own words.
PATH = click.Path(path_type=Path, readable=False)


class Step(click.Command):
    """A sub-command; called with arguments it returns its exit code."""

    def main(self, arguments: Sequence[str] | None = None) -> int:
        """Run the step with these arguments, else those of the command line."""
        return run(self, arguments)


def step(name: str, text: str) -> Callable[[Callable[..., Any]], Step]:
    """Make a function a step; `text`, the docstring of its module, is the help.

    The function returns nothing, or an exit code.
    """
    # An indented paragraph is an example, whose lines stay as they are.
    parts = [f"\b\n{part}" if part.startswith(" ") else part for part in text.strip().split("\n\n")]
    return click.command(
        name,
        cls=Step,
        help="\n\n".join(parts),
        context_settings={"help_option_names": ["-h", "--help"]},
    )


class _Parsed(click.ParamType):
    """A value that one of our own functions reads; it raises UserError for a wrong one."""

    def __init__(self, name: str, read: Callable[[str], date]) -> None:
        self.name, self.read = name, read

    def convert(self, value: Any, *_: Any) -> date:
        return self.read(value) if isinstance(value, str) else value


MONTH = _Parsed("YYYY-MM", month_end)
DAY = _Parsed("YYYY-MM-DD", day)

warehouse_option = click.option(
    "--warehouse",
    type=PATH,
    metavar="FILE",
    callback=lambda _, __, given: warehouse_path(given),
    help=f"DuckDB file (default: $VITAL_SIGNS_WAREHOUSE, else {DEFAULT_WAREHOUSE})",
)


def warehouse_path(given: Path | None) -> Path:
    """Return the DuckDB file given, else VITAL_SIGNS_WAREHOUSE, else the default."""
    return Path(given or os.environ.get("VITAL_SIGNS_WAREHOUSE") or DEFAULT_WAREHOUSE)


def one_of(given: dict[str, Any], *, is_required: bool = False) -> str | None:
    """Return the one option that has a value. Raises UserError if several have, or a needed none.

    `given` holds the options' values by their names.
    """
    found = [name for name, value in given.items() if value]
    if len(found) > 1:
        raise UserError(f"{' and '.join(found)} do not go together", "give only one of them")
    if is_required and not found:
        raise UserError("nothing to do is given", f"give one of {', '.join(given)}")
    return found[0] if found else None


def run(command: click.Command, arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; known failures become `error:` lines on stderr.

    A signal that stops it is also reported in one line, with the exit code that a shell would give:
    130 for Ctrl-C, 143 for SIGTERM.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that lacks a character must not stop the command.
            stream.reconfigure(errors="backslashreplace")
    name = COMMAND if isinstance(command, click.Group) else f"{COMMAND} {command.name}"
    given = list(sys.argv[1:] if arguments is None else arguments)
    with StopSignals() as stop:
        try:
            with command.make_context(name, given) as context:
                return command.invoke(context) or 0
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
        case click.exceptions.Exit():
            return error.exit_code
        case click.exceptions.NoArgsIsHelpError():
            print(error.format_message())
            return 0
        case click.ClickException():
            what = one_line(error.format_message()).rstrip(".")
            help_of = error.ctx.command_path if getattr(error, "ctx", None) else COMMAND
            print(f"error: {what[:1].lower()}{what[1:]}: see {help_of} --help", file=sys.stderr)
            return EXIT_USER_ERROR
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
