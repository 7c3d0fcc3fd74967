"""Make the demonstration extract: the records of a made-up county.

The county has no real children. A warehouse that counts its cases according to the specification
arrives at the figures printed in the county report of March 2018, from March 2017 to March 2018.
The same seed gives the same files, byte for byte.

With --as-at it is the same county on another date. Before 10 April 2018 there are fewer records.
After that date there is new activity, and earlier records have changed as real ones do: rows
entered late, dates corrected, duplicate records merged, errors removed. It contains nothing about
any real person.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import click
from vital_signs.commands import DAY, MONTH, PATH, one_of, step
from vital_signs.errors import UserError

from made_up_county import county
from made_up_county.extract_of_a_day import cut
from made_up_county.later_extract import HORIZON, bring_up_to
from made_up_county.world import AS_AT, HISTORY_FROM, LAST_MONTH, month_end
from made_up_county.writer import prepare_folder, write_csv, write_manifest

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


def _within(found: date, last: date, form: str) -> date:
    """Return a day of the county's calendar. Raises UserError for any other."""
    if not HISTORY_FROM <= found <= last:
        raise UserError(
            f"{found:{form}} is outside the county's calendar",
            f"choose from {HISTORY_FROM:{form}} to {last:{form}}",
        )
    return found


@step("demo", __doc__)
@click.option("--out", type=PATH, required=True, metavar="FOLDER", help="The folder to write to.")
@click.option("--seed", type=int, default=1, help="Another seed gives another county.")
@click.option(
    "--from", "first", type=MONTH, default="2013-04", help="First month of the history (2013-04)."
)
@click.option("--to", "last", type=MONTH, help="Last complete month (2018-03).")
@click.option(
    "--as-at",
    type=DAY,
    help="What is known on that day, up to 2018-07-10 (ten days after the last complete month).",
)
@click.option("--scale", type=int, default=1, help="Counties' worth of cases, as Parquet (1: CSV).")
def main(
    out: Path, seed: int, first: date, last: date | None, as_at: date | None, scale: int
) -> None:
    """Make the extract. Raises UserError for a mistake that the user can correct."""
    one_of({"--to": last, "--as-at": as_at})
    first = _within(first.replace(day=1), LAST_MONTH, "%Y-%m")
    last = _within((last or LAST_MONTH).replace(day=1), LAST_MONTH, "%Y-%m")
    as_at = _within(as_at, HORIZON, "%Y-%m-%d") if as_at else month_end(last) + EXTRACT_DAYS_LATER
    if as_at < first:
        raise UserError(f"--as-at {as_at} is before --from {first:%Y-%m}", "give a later day")
    if last < first:
        raise UserError(f"--to {last:%Y-%m} is before --from {first:%Y-%m}", "give a later month")
    if scale < 1:
        raise UserError(f"--scale {scale} is too small", "give 1 or more")
    progress = Progress()
    extract_id = f"demo-{as_at:%Y-%m-%d}" + (f"-x{scale}" if scale > 1 else "")
    prepare_folder(out, extract_id)
    world = county.make(seed, progress)
    history = cut(world, first, min(as_at, AS_AT))
    changed: dict[str, Counter[str]] = {}
    if as_at > AS_AT:
        progress("what became known since April")
        changed = bring_up_to(world, as_at)
    if scale == 1:
        counts = write_csv(world, out, progress)
    else:
        # Imported here because the modules it needs are slow to load.
        from made_up_county.scale import write_scaled

        counts = write_scaled(world, out, scale, progress)
    write_manifest(out, extract_id, as_at, history)
    seconds = progress.done()
    for note in world.notes:
        print(f"note: {note}", file=sys.stderr)
    rows = sum(counts.values())
    print(f"{out}: {extract_id}, {len(counts)} tables, {rows:,} rows, {seconds:.0f} s")
    if changed:
        shares = [f"{changed[kind].total():,} {words}" for kind, words in KINDS.items()]
        print(f"since {AS_AT}: {', '.join(shares)}")
