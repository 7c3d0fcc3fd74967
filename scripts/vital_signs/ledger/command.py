"""Publish a month: freeze its figures, and the cases that make them up, in an append-only ledger.

    vital-signs publish --month 2018-03 --by "head of performance"

Publishing the same figures again changes nothing. Different figures for a published month are a
correction: a new version alongside the old one, with --reason. Nothing in the ledger is changed or
deleted. It contains children's ids in files that only their owner can read (docs/ledger.md).
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from vital_signs.commands import EXIT_FAILED, MONTH, PATH, one_of, step, warehouse_option
from vital_signs.errors import UserError
from vital_signs.ledger.chain import Ledger
from vital_signs.ledger.freezing import freeze
from vital_signs.ledger.tables import load_ledger
from vital_signs.warehouse import replacement

LEDGERS = "publications"


def ledger_of(warehouse: Path, given: Path | None) -> Ledger:
    """Return the ledger given, else the warehouse's: `publications/<its name>` next to it."""
    return Ledger(given or warehouse.resolve().parent / LEDGERS / warehouse.stem)


def publish(
    warehouse: Path, ledger: Ledger, month: date, by: str | None, reason: str | None
) -> None:
    """Publish a month."""
    if not (by or "").strip():
        raise UserError("--by is missing or empty", 'give a role: --by "head of performance"')
    for text in (by, reason or ""):
        if not text.isprintable():
            raise UserError(
                "--by or --reason contains unprintable characters", "write it on one line"
            )
    frozen = freeze(warehouse, ledger, month, by.strip(), (reason or "").strip() or None)
    entry = frozen.entry
    what = f"{month:%Y-%m} version {entry['version']}"
    if not frozen.is_new:
        print(f"{what} already has these figures and cases: nothing changed")
        return
    print(f"published {what}: {entry['values']:,} values, {entry['cases']:,} case contributions")
    print(f"ledger {ledger.folder}, hash {entry['entry_hash']}: keep a note of it elsewhere")


def list_versions(ledger: Ledger) -> None:
    """Print one line for each version."""
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


def load(warehouse: Path, ledger: Ledger) -> None:
    """Load the ledger into the warehouse, for anyone running dbt without vital-signs build."""
    if not warehouse.is_file():
        raise UserError("there is no such file", "land an extract first", file=str(warehouse))
    with replacement(warehouse) as copy:
        count = load_ledger(copy.path, ledger)
    print(f"loaded {count} {'version' if count == 1 else 'versions'}")


@step("publish", __doc__)
@click.option("--month", type=MONTH, help="Publish this month.")
@click.option("--list", "lists", is_flag=True, help="List the versions.")
@click.option("--verify", "verifies", is_flag=True, help="Check the chain and every file.")
@click.option("--load", "loads", is_flag=True, help="Load the ledger, as a build does.")
# Asked for and refused, so that the answer says what to do instead.
@click.option("--delete", "--overwrite", "changes", is_flag=False, flag_value=" ", hidden=True)
@click.option("--by", metavar="ROLE", help="Who is publishing, as a role.")
@click.option("--reason", metavar="TEXT", help="Why a published month is being corrected.")
@click.option(
    "--head",
    metavar="HASH",
    help="With --verify: a hash noted earlier, which must be in the ledger.",
)
@click.option(
    "--ledger",
    "folder",
    type=PATH,
    metavar="FOLDER",
    help=f"(Default: {LEDGERS}/<name of the warehouse> in its folder.)",
)
@warehouse_option
def main(
    month: date | None,
    lists: bool,
    verifies: bool,
    loads: bool,
    changes: str | None,
    by: str | None,
    reason: str | None,
    head: str | None,
    folder: Path | None,
    warehouse: Path,
) -> int | None:
    """Publish, list, check or load; returns 1 if the check finds anything."""
    if changes:
        raise UserError(
            "a publication is never changed or deleted",
            "publish a correction: --month, --by and --reason make a new version",
        )
    what = {"--month": month, "--list": lists, "--verify": verifies, "--load": loads}
    one_of(what, is_required=True)
    ledger = ledger_of(warehouse, folder)
    if verifies:
        return verify(ledger, head)
    if month:
        publish(warehouse, ledger, month, by, reason)
    elif lists:
        list_versions(ledger)
    else:
        load(warehouse, ledger)
    return None
