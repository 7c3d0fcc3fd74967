"""Make the demonstration extract: the records of a made-up county.

The county has no real children. Its cases are such that a warehouse that counts them by the
specification finds the figures that the county report of March 2018 prints, from March 2017 to
March 2018. The same seed gives the same files, byte for byte.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from demo import county
from demo.cut import cut
from demo.world import HISTORY_FROM, LAST_MONTH, month_end
from demo.writer import UserError, prepare_folder, write_csv, write_manifest

EXIT_USER_ERROR = 2
# The extract is made some days after the month, when most of it has been recorded.
EXTRACT_DAYS_LATER = timedelta(days=10)


class Progress:
    """One line on the terminal that says what is being done, once that takes over two seconds."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._last = self._start
        self._shown = False

    def __call__(self, what: str) -> None:
        """Say what is being done now."""
        now = time.monotonic()
        elapsed = now - self._start
        if elapsed < 2 or now - self._last < 1:
            return
        self._last = now
        self._shown = True
        end = "\r" if sys.stderr.isatty() else "\n"
        print(f"{elapsed:5.0f} s  {what:<40}", file=sys.stderr, end=end, flush=True)

    def done(self) -> float:
        """End the line; returns the seconds that it all took."""
        if self._shown and sys.stderr.isatty():
            print(" " * 60, file=sys.stderr, end="\r", flush=True)
        return time.monotonic() - self._start


def month(text: str) -> date:
    """Read a month such as 2018-03.

    Raises:
        UserError: it is not one, or lies outside the county's calendar.
    """
    match = re.fullmatch(r"(\d{4})-(\d{2})", text)
    if not match or not 1 <= int(match[2]) <= 12:
        raise UserError(f"'{text}' is not a month: write it as 2018-03")
    found = date(int(match[1]), int(match[2]), 1)
    if not HISTORY_FROM <= found <= LAST_MONTH:
        raise UserError(
            f"{text} is outside the county's calendar: "
            f"choose from {HISTORY_FROM:%Y-%m} to {LAST_MONTH:%Y-%m}"
        )
    return found


def parser() -> argparse.ArgumentParser:
    """The command line."""
    command = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], epilog="Nothing in it is about a real person."
    )
    command.add_argument("--out", required=True, type=Path, help="the folder to write")
    command.add_argument("--seed", type=int, default=1, help="another seed, another county")
    command.add_argument(
        "--from", dest="first", default="2013-04", help="first month of the history (2013-04)"
    )
    command.add_argument(
        "--to", dest="last", default="2018-03", help="last complete month (2018-03)"
    )
    command.add_argument(
        "--scale", type=int, default=1, help="counties' worth of cases, as Parquet (1: CSV)"
    )
    return command


def run(arguments: argparse.Namespace) -> None:
    """Make the extract that the command line asks for.

    Raises:
        UserError: the user can put it right.
    """
    first, last = month(arguments.first), month(arguments.last)
    if last < first:
        raise UserError(f"--to {last:%Y-%m} lies before --from {first:%Y-%m}")
    if arguments.scale < 1:
        raise UserError(f"--scale {arguments.scale}: give 1 or more")
    out: Path = arguments.out
    progress = Progress()
    as_at = month_end(last) + EXTRACT_DAYS_LATER
    extract_id = f"demo-{as_at:%Y-%m-%d}"
    if arguments.scale > 1:
        extract_id += f"-x{arguments.scale}"
    prepare_folder(out, extract_id)
    world = county.make(arguments.seed, progress)
    history = cut(world, first, as_at)
    if arguments.scale == 1:
        counts = write_csv(world, out, progress)
    else:
        # Only here: the modules behind it are slow to load.
        from demo.scale import write_scaled

        counts = write_scaled(world, out, arguments.scale, progress)
    write_manifest(out, extract_id, as_at, history)
    seconds = progress.done()
    for note in world.notes:
        print(f"note: {note}", file=sys.stderr)
    rows = sum(counts.values())
    print(f"{out}: {extract_id}, {len(counts)} tables, {rows:,} rows, {seconds:.0f} s")


def main(argv: list[str] | None = None) -> int:
    """Run the command; returns its exit code (2 for a mistake of the user)."""
    try:
        run(parser().parse_args(argv))
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return EXIT_USER_ERROR
    return 0


if __name__ == "__main__":
    sys.exit(main())
