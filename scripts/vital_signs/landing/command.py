"""Land an extract: check its files and copy them, unchanged and as text, into the schema `raw`.

The extract is a folder with `extract.json` and one CSV or Parquet file for each table. Nothing is
interpreted: every column is text, and each row records where it came from (`_source_file` and
`_source_row`; the first row under the header is row 1). The warehouse is changed as a whole or not
at all: after any error it is as it was before.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from vital_signs.commands import PATH, step, warehouse_option
from vital_signs.errors import one_line, shortened
from vital_signs.landing.warehouse import Landing, land
from vital_signs.warehouse import replacement

MOST_NAMES_SHOWN = 20


def listed(names: Sequence[str]) -> str:
    """Return names for a message: the first few, each shortened to a readable length."""
    shown = one_line(", ".join(shortened(name) for name in names[:MOST_NAMES_SHOWN]))
    more = len(names) - MOST_NAMES_SHOWN
    return f"{shown} and {more:,} more" if more > 0 else shown


def describe(landing: Landing) -> list[str]:
    """Return the lines that report what was landed and what was not."""
    extract = landing.extract
    if landing.outcome == "unchanged":
        return [f"extract {extract.extract_id} has already been landed: nothing changed"]
    present = [table for table in landing.tables if table.header]
    rows = sum(table.row_count for table in landing.tables)
    lines = [f"note: {note}" for note in extract.notes]
    absent = [table.name for table in landing.tables if not table.header]
    if absent:
        lines.append(f"note: not in the extract: {', '.join(absent)}")
    lines += [
        f"note: columns of {table.name} not landed: {listed(table.header.ignored)}"
        for table in present
        if table.header.ignored
    ]
    what = "replaced the extract with the same id" if landing.outcome == "replaced" else "landed"
    lines.append(
        f"{what}: {extract.extract_id}, {len(present)} of {len(landing.tables)} tables,"
        f" {rows:,} rows"
    )
    return lines


@step("land", __doc__)
@click.argument("folder", type=PATH)
@warehouse_option
def main(folder: Path, warehouse: Path) -> None:
    """Land the extract in a folder."""
    with replacement(warehouse) as copy:
        landing = land(folder, copy.path)
        copy.is_wanted = landing.outcome != "unchanged"
    print("\n".join(describe(landing)))
