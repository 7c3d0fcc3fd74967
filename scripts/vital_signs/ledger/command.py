"""Publish a month: freeze its figures, and the cases that make them up, in an append-only ledger.

    vital-signs publish --month 2018-03 --by "head of performance"

Publishing the same figures again changes nothing. Different figures for a published month are a
correction: a new version alongside the old one, with --reason. Nothing in the ledger is changed or
deleted. It contains children's ids in files that only their owner can read (docs/ledger.md).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vital_signs.commands import (
    EXIT_FAILED,
    add_warehouse_option,
    month_end,
    run,
    warehouse_path,
)
from vital_signs.landing.errors import UserError
from vital_signs.landing.replacing import replacement
from vital_signs.ledger.chain import Ledger
from vital_signs.ledger.freezing import freeze
from vital_signs.ledger.tables import load_ledger

LEDGERS = "publications"


def ledger_of(warehouse: Path, given: Path | None) -> Ledger:
    """Return the ledger given, else the warehouse's: `publications/<its name>` next to it."""
    return Ledger(given or warehouse.resolve().parent / LEDGERS / warehouse.stem)


def publish(options: argparse.Namespace) -> int:
    """Publish a month and return 0."""
    if not (options.by or "").strip():
        raise UserError("--by is missing or empty", 'give a role: --by "head of performance"')
    for text in (options.by, options.reason or ""):
        if not text.isprintable():
            raise UserError(
                "--by or --reason contains unprintable characters", "write it on one line"
            )
    warehouse = warehouse_path(options.warehouse)
    reason = (options.reason or "").strip() or None
    month = month_end(options.month)
    ledger = ledger_of(warehouse, options.ledger)
    frozen = freeze(warehouse, ledger, month, options.by.strip(), reason)
    entry = frozen.entry
    what = f"{month:%Y-%m} version {entry['version']}"
    if not frozen.is_new:
        print(f"{what} already has these figures and cases: nothing changed")
        return 0
    print(f"published {what}: {entry['values']:,} values, {entry['cases']:,} case contributions")
    print(f"ledger {ledger.folder}, hash {entry['entry_hash']}: keep a note of it elsewhere")
    return 0


def list_versions(ledger: Ledger) -> int:
    """Print one line for each version and return 0."""
    with ledger.locked():
        entries = ledger.entries()
    if not entries:
        print(f"nothing has been published in {ledger.folder}")
    for entry in entries:
        reason = f": {entry['reason']}" if entry["reason"] else ""
        print(
            f"{entry['sequence']:>4}  {entry['folder']:<12} {entry['published_at']}"
            f"  extract {entry['extract']['extract_id']}  by {entry['published_by']}{reason}"
        )
    return 0


def verify(ledger: Ledger, known_hash: str | None) -> int:
    """Check the whole chain; print one line for each problem and return 1, else 0."""
    with ledger.locked():
        problems = ledger.problems(known_hash)
        if not problems:
            entries = ledger.entries()
            end = f", the latest {entries[-1]['entry_hash']}" if entries else ""
            noun = "version" if len(entries) == 1 else "versions"
            print(f"{len(entries)} {noun}, all as they were written{end}")
            return 0
    for problem in problems:
        print(f"error: {problem}", file=sys.stderr)
    return EXIT_FAILED


def load(warehouse: Path, ledger: Ledger) -> int:
    """Load the ledger into the warehouse, for anyone running dbt without vital-signs build."""
    if not warehouse.is_file():
        raise UserError("there is no such file", "land an extract first", file=str(warehouse))
    with replacement(warehouse) as copy:
        count = load_ledger(copy.path, ledger)
    print(f"loaded {count} {'version' if count == 1 else 'versions'}")
    return 0


def refuse_change() -> int:
    """Raise UserError: the ledger only grows."""
    raise UserError(
        "a publication is never changed or deleted",
        "publish a correction: --month, --by and --reason make a new version",
    )


def main(arguments: list[str] | None = None) -> int:
    """Run the command; exit code 0, 1 if --verify finds anything, 2 for a mistake."""
    parser = argparse.ArgumentParser(description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--month", metavar="YYYY-MM", help="publish this month")
    what.add_argument("--list", action="store_true", help="list the versions")
    what.add_argument("--verify", action="store_true", help="check the chain and every file")
    what.add_argument("--load", action="store_true", help="load the ledger, as a build does")
    for refused in ("--delete", "--overwrite"):
        what.add_argument(refused, nargs="?", const=True, help=argparse.SUPPRESS)
    parser.add_argument("--by", metavar="ROLE", help="who is publishing, as a role")
    parser.add_argument("--reason", metavar="TEXT", help="why a published month is being corrected")
    parser.add_argument(
        "--head",
        metavar="HASH",
        help="with --verify: a hash noted earlier, which must be in the ledger",
    )
    parser.add_argument(
        "--ledger",
        type=Path,
        metavar="FOLDER",
        help=f"(default: {LEDGERS}/<name of the warehouse> in its folder)",
    )
    add_warehouse_option(parser)
    options = parser.parse_args(arguments)

    def command() -> int:
        if options.delete or options.overwrite:
            return refuse_change()
        if options.month:
            return publish(options)
        warehouse = warehouse_path(options.warehouse)
        ledger = ledger_of(warehouse, options.ledger)
        if options.list:
            return list_versions(ledger)
        return verify(ledger, options.head) if options.verify else load(warehouse, ledger)

    return run(command)


if __name__ == "__main__":
    sys.exit(main())
