"""Make the demonstration extract: the records of a made-up county.

The county has no real children. A warehouse that counts its cases according to the specification
arrives at the figures printed in the county report of March 2018, from March 2017 to March 2018.
The same seed gives the same files, byte for byte.

With --as-at it is the same county on another date. Before 10 April 2018 there are fewer records.
After that date there is new activity, and earlier records have changed as real ones do: rows
entered late, dates corrected, duplicate records merged, errors removed.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from made_up_county import county
from made_up_county.extract_of_a_day import cut
from made_up_county.later_extract import HORIZON, bring_up_to
from made_up_county.world import AS_AT, HISTORY_FROM, LAST_MONTH, month_end
from made_up_county.writer import UserError, prepare_folder, write_csv, write_manifest

EXIT_USER_ERROR = 2
# The extract is made some days after the month, when most of it has been recorded.
EXTRACT_DAYS_LATER = timedelta(days=10)
# What became known after the April extract, as worded in the last line.
KINDS = {
    "later": "later rows and end dates",
    "late": "recorded late",
    "correction": "corrected",
    "merge": "records merged",
    "deletion": "deleted",
}


class Progress:
    """One line on the terminal that shows progress, once the run takes over two seconds."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._last = self._start
        self._shown = False

    def __call__(self, what: str) -> None:
        """Show what is being done now."""
        now = time.monotonic()
        elapsed = now - self._start
        if elapsed < 2 or now - self._last < 1:
            return
        self._last = now
        self._shown = True
        end = "\r" if sys.stderr.isatty() else "\n"
        print(f"{elapsed:5.0f} s  {what:<40}", file=sys.stderr, end=end, flush=True)

    def done(self) -> float:
        """End the line; returns the seconds that the whole run took."""
        if self._shown and sys.stderr.isatty():
            print(" " * 60, file=sys.stderr, end="\r", flush=True)
        return time.monotonic() - self._start


def month(text: str) -> date:
    """Read a month such as 2018-03.

    Raises:
        UserError: it is not one, or is outside the county's calendar.
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


def day(text: str) -> date:
    """Read a day such as 2018-05-10.

    Raises:
        UserError: it is not one, or is outside the county's calendar.
    """
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        found = date.fromisoformat(text)
    except ValueError:
        raise UserError(f"'{text}' is not a day: write it as 2018-05-10") from None
    if not HISTORY_FROM <= found <= HORIZON:
        raise UserError(
            f"{text} is outside the county's calendar: choose from {HISTORY_FROM} to {HORIZON}"
        )
    return found


def parser() -> argparse.ArgumentParser:
    """The command line."""
    command = argparse.ArgumentParser(
        description=__doc__,
        epilog="It contains nothing about any real person.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--out", required=True, type=Path, help="the folder to write to")
    command.add_argument("--seed", type=int, default=1, help="another seed gives another county")
    command.add_argument(
        "--from", dest="first", default="2013-04", help="first month of the history (2013-04)"
    )
    until = command.add_mutually_exclusive_group()
    until.add_argument("--to", dest="last", default="2018-03", help="last complete month (2018-03)")
    until.add_argument(
        "--as-at",
        metavar="YYYY-MM-DD",
        help="what is known on that day, up to 2018-07-10 (ten days after the last complete month)",
    )
    command.add_argument(
        "--scale", type=int, default=1, help="counties' worth of cases, as Parquet (1: CSV)"
    )
    return command


def run(arguments: argparse.Namespace) -> None:
    """Make the extract that the command line asks for.

    Raises:
        UserError: a mistake that the user can fix.
    """
    first, last = month(arguments.first), month(arguments.last)
    as_at = day(arguments.as_at) if arguments.as_at else month_end(last) + EXTRACT_DAYS_LATER
    if as_at < first:
        raise UserError(f"--as-at {as_at} is before --from {first:%Y-%m}")
    if last < first:
        raise UserError(f"--to {last:%Y-%m} is before --from {first:%Y-%m}")
    if arguments.scale < 1:
        raise UserError(f"--scale {arguments.scale}: give 1 or more")
    out: Path = arguments.out
    progress = Progress()
    extract_id = f"demo-{as_at:%Y-%m-%d}"
    if arguments.scale > 1:
        extract_id += f"-x{arguments.scale}"
    prepare_folder(out, extract_id)
    world = county.make(arguments.seed, progress)
    history = cut(world, first, min(as_at, AS_AT))
    changed: dict[str, Counter[str]] = {}
    if as_at > AS_AT:
        progress("what became known since April")
        changed = bring_up_to(world, as_at)
    if arguments.scale == 1:
        counts = write_csv(world, out, progress)
    else:
        # Imported here because the modules it needs are slow to load.
        from made_up_county.scale import write_scaled

        counts = write_scaled(world, out, arguments.scale, progress)
    write_manifest(out, extract_id, as_at, history)
    seconds = progress.done()
    for note in world.notes:
        print(f"note: {note}", file=sys.stderr)
    rows = sum(counts.values())
    print(f"{out}: {extract_id}, {len(counts)} tables, {rows:,} rows, {seconds:.0f} s")
    if changed:
        shares = [f"{changed[kind].total():,} {words}" for kind, words in KINDS.items()]
        print(f"since {AS_AT}: {', '.join(shares)}")


def main(argv: list[str] | None = None) -> int:
    """Run the command; returns its exit code (2 for a user's mistake)."""
    try:
        run(parser().parse_args(argv))
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return EXIT_USER_ERROR
    return 0


if __name__ == "__main__":
    sys.exit(main())
