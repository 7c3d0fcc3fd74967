"""Write a file to share outside the service, from a built warehouse.

    vital-signs share --published FILE     the published tables, public edition
    vital-signs share --analyst FILE       facts and indicators, pseudonymised
    vital-signs share --archive FILE       the whole warehouse, encrypted
    vital-signs share --make-key FILE      a new key, in a file only its owner can read

Keys come from the environment: VITAL_SIGNS_PSEUDONYM_KEY for --analyst, VITAL_SIGNS_ENCRYPTION_KEY
for encrypted files; if the second one is set, every file is encrypted or none is written.
"""

from __future__ import annotations

import os
from pathlib import Path

import click
import duckdb

from vital_signs.commands import PATH, one_of, step, warehouse_option
from vital_signs.errors import UserError, first_line
from vital_signs.files import EVERYBODY_READS, OWNER_ONLY
from vital_signs.sharing.analyst import PSEUDONYM_KEY, copy_pseudonymised
from vital_signs.sharing.files import (
    ENCRYPTION_KEY,
    SOURCE,
    TARGET,
    shared_file,
)
from vital_signs.sharing.keys import HOW_TO_MAKE, make_key, secret
from vital_signs.sharing.published import PUBLIC, copy_published

EDITIONS = (PUBLIC, "internal")
REPORTS = "reports"


def share_published(warehouse: Path, path: Path, edition: str) -> str:
    """Write the published tables; the public edition may be read by everybody."""
    mode = EVERYBODY_READS if edition == PUBLIC else OWNER_ONLY
    with shared_file(warehouse, path, mode) as connection:
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


@step("share", __doc__)
@click.option("--published", type=PATH, metavar="FILE", help="Only the published tables.")
@click.option("--analyst", type=PATH, metavar="FILE", help="A pseudonymised copy.")
@click.option("--archive", "archived", type=PATH, metavar="FILE", help="Everything, encrypted.")
@click.option("--make-key", "key", type=PATH, metavar="FILE", help="Make a key.")
@click.option(
    "--edition",
    type=click.Choice(EDITIONS),
    help="For --published (default: public; internal is readable only by you).",
)
@warehouse_option
def main(
    published: Path | None,
    analyst: Path | None,
    archived: Path | None,
    key: Path | None,
    edition: str | None,
    warehouse: Path,
) -> None:
    """Write the file and report what is in it and how it is protected."""
    files = {"--published": published, "--analyst": analyst, "--archive": archived}
    one_of(files | {"--make-key": key}, is_required=True)
    if key:
        make_key(key)
        print(f"wrote a new key to {key}, readable only by you: keep it safe")
        return
    if edition and not published:
        raise UserError("--edition only applies to --published", "leave it out")
    try:
        if published:
            said = share_published(warehouse, published, edition or PUBLIC)
        elif analyst:
            said = share_analyst(warehouse, analyst)
        else:
            said = archive(warehouse, archived)
    except duckdb.Error as error:
        raise UserError(
            f"the copy failed: {first_line(error)}",
            "nothing was written; build the warehouse again, or free up memory",
        ) from None
    cipher = "encrypted" if os.environ.get(ENCRYPTION_KEY) else "not encrypted"
    print(f"wrote {(published or analyst or archived).name}: {said}; {cipher}")
