"""Write a file to share outside the service, from a built warehouse.

    vital-signs share --published FILE     the published tables, public edition
    vital-signs share --analyst FILE       facts and indicators, pseudonymised
    vital-signs share --archive FILE       the whole warehouse, encrypted
    vital-signs share --make-key FILE      a new key, in a file only its owner can read

Keys come from the environment: VITAL_SIGNS_PSEUDONYM_KEY for --analyst, VITAL_SIGNS_ENCRYPTION_KEY
for encrypted files; if the second one is set, every file is encrypted or none is written.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import duckdb

from vital_signs.commands import add_warehouse_option, run, warehouse_path
from vital_signs.landing.errors import UserError, first_line
from vital_signs.sharing.analyst import PSEUDONYM_KEY, copy_pseudonymised
from vital_signs.sharing.files import (
    ENCRYPTION_KEY,
    EVERYBODY_READS,
    OWNER_ONLY,
    SOURCE,
    TARGET,
    shared_file,
)
from vital_signs.sharing.keys import HOW_TO_MAKE, make_key, secret
from vital_signs.sharing.published import PUBLIC, copy_published

EDITIONS = (PUBLIC, "internal")
REPORTS = "reports"


def share(options: argparse.Namespace) -> int:
    """Write the file, report what is in it and how it is protected, and return 0."""
    if options.make_key:
        make_key(options.make_key)
        print(f"wrote a new key to {options.make_key}, readable only by you: keep it safe")
        return 0
    warehouse = warehouse_path(options.warehouse)
    if options.edition and not options.published:
        raise UserError("--edition only applies to --published", "leave it out")
    try:
        if options.published:
            path, said = options.published, share_published(warehouse, options)
        elif options.analyst:
            path, said = options.analyst, share_analyst(warehouse, options.analyst)
        else:
            path, said = options.archive, archive(warehouse, options.archive)
    except duckdb.Error as error:
        raise UserError(
            f"the copy failed: {first_line(error)}",
            "nothing was written; build the warehouse again, or free up memory",
        ) from None
    cipher = "encrypted" if os.environ.get(ENCRYPTION_KEY) else "not encrypted"
    print(f"wrote {path.name}: {said}; {cipher}")
    return 0


def share_published(warehouse: Path, options: argparse.Namespace) -> str:
    """Write the published tables; the public edition may be read by everybody."""
    edition = options.edition or PUBLIC
    mode = EVERYBODY_READS if edition == PUBLIC else OWNER_ONLY
    with shared_file(warehouse, options.published, mode) as connection:
        count = copy_published(connection, edition)
    return f"{count} published tables, {edition} edition"


def share_analyst(warehouse: Path, path: Path) -> str:
    """Write the pseudonymised copy. Raises UserError without a key, and for `reports`."""
    key = secret(PSEUDONYM_KEY)
    if not key:
        raise UserError(
            f"{PSEUDONYM_KEY} is not set", f"set it to a key and keep it; {HOW_TO_MAKE}"
        )
    _refuse_reports(path)
    with shared_file(warehouse, path, OWNER_ONLY) as connection:
        count = copy_pseudonymised(connection, key)
    return f"{count} pseudonymised tables, readable only by you"


def archive(warehouse: Path, path: Path) -> str:
    """Write all of the warehouse, encrypted. Raises UserError without a key, and for `reports`."""
    if not secret(ENCRYPTION_KEY):
        raise UserError(
            f"{ENCRYPTION_KEY} is not set",
            f"an archive is always encrypted: set it to a key and keep it; {HOW_TO_MAKE}",
        )
    _refuse_reports(path)
    with shared_file(warehouse, path, OWNER_ONLY) as connection:
        connection.execute(f"copy from database {SOURCE} to {TARGET}")
    return "the whole warehouse, readable only by you"


def _refuse_reports(path: Path) -> None:
    for place in (path, path.expanduser().resolve()):
        if REPORTS in {part.casefold() for part in place.parent.parts}:
            raise UserError(
                "data about children does not belong in reports",
                "name a folder that only people who may see the data can read",
                file=str(path),
            )


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code is 0, or 2 for a mistake that the user can fix."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--published", type=Path, metavar="FILE", help="only the published tables")
    which.add_argument("--analyst", type=Path, metavar="FILE", help="a pseudonymised copy")
    which.add_argument("--archive", type=Path, metavar="FILE", help="everything, encrypted")
    which.add_argument("--make-key", type=Path, metavar="FILE", help="make a key")
    parser.add_argument(
        "--edition", choices=EDITIONS, help="for --published (default: public; internal is 0600)"
    )
    add_warehouse_option(parser)
    options = parser.parse_args(arguments)
    return run(lambda: share(options))


if __name__ == "__main__":
    sys.exit(main())
