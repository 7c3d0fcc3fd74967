"""The page docs/bad-input.md, written from the kinds of damage and what the commands say.

python -m tests.damaged.page
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

from vital_signs.landing import command as land

from tests.damaged.damage import Landed
from tests.damaged.landed import LANDED
from tests.damaged.refused import REFUSED
from tests.damaged.situations import SITUATIONS, run_situation
from tests.damaged.spoiled import SpoiledExtract, land_older, make_good_extract

PAGE = Path(__file__).resolve().parents[2] / "docs" / "bad-input.md"
LONG_NAME = re.compile(r"x{50,}")
TOP = """# What happens to bad input

A mistake in an extract, or in the way it is landed, ends in one line on stderr that says what is
wrong, where, and what to do. The exit code is 2 and the warehouse is unchanged. Anything that can
be read lands as it is, and the quality rules count it: nothing is corrected or left out silently.

A file that was cut off exactly at the end of a row looks complete. Rule BAT-03 reports a table that
has 20% fewer rows than in the previous extract.

This page is written by `python -m tests.damaged.page` from the kinds of damage in `tests/damaged/`;
a test compares every line of it with what the commands say.
"""
REFUSED_TOP = """
## Extracts that are refused

| damage | what is wrong | message |
|---|---|---|
"""
SITUATIONS_TOP = """
## Warehouses and machines

| damage | what is wrong | message |
|---|---|---|
"""
LANDED_TOP = """
## Damage that lands

In `raw` every value is exactly as it is in the file. The rule shown is the one that counts it in
`quality.fct_quality_failures`; where there is none, the figures are not affected, or the row is
used as if the value were empty.

| damage | what is wrong | rule |
|---|---|---|
"""


def message_of(line: str, folder: Path, warehouse: Path) -> str:
    """Return an error as it is on the page: without the paths of folders on this machine."""
    # Which part of a damaged file DuckDB finds first depends on how it was compressed.
    text = re.sub(r"Failed to read file .*?\(ssd", "... (ssd", line.removeprefix("error: "))
    text = text.replace(str(folder), "EXTRACT")
    return LONG_NAME.sub("xxx...", text.replace(str(warehouse.parent), "WAREHOUSES"))


@cache
def written_messages(page: Path = PAGE) -> dict[str, str]:
    """Return the message for each kind of damage on the page."""
    refused = page.read_text(encoding="utf-8").partition(LANDED_TOP)[0]
    rows = [line[2:-2].split(" | ") for line in refused.splitlines() if line.startswith("| ")]
    return {name: message.strip("`") for name, _, message in rows}


@cache
def written_lines(page: Path = PAGE) -> frozenset[str]:
    """Return the lines of the page."""
    return frozenset(page.read_text(encoding="utf-8").splitlines())


def landed_line(damage: Landed) -> str:
    """Return the page's row for damage that lands."""
    rules = ", ".join(dict.fromkeys(failure.rule_id for failure in damage.failures))
    return f"| {damage.name} | {damage.what} | {rules or '-'} |"


def write_page() -> None:
    """Carry out every kind of damage, and record what the commands say."""
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        good = make_good_extract(root / "good")
        landed = land_older(root / "landed")
        refused, situations = [], []
        for number, damage in enumerate(REFUSED):
            extract = SpoiledExtract(good, root / str(number) / "extract")
            folder = damage.spoil(extract) or extract.folder
            warehouse = root / str(number) / "warehouse.duckdb"
            with contextlib.redirect_stderr(io.StringIO()) as said:
                land.main([str(folder), "--warehouse", str(warehouse)])
            message = message_of(said.getvalue().strip(), extract.folder, warehouse)
            refused.append(f"| {damage.name} | {damage.what} | `{message}` |\n")
        for situation in SITUATIONS:
            place = root / situation.name
            place.mkdir()
            warehouse = Path(shutil.copyfile(landed, place / "warehouse.duckdb"))
            line = run_situation(situation, good, warehouse).stderr.strip()
            message = message_of(line, good, warehouse)
            situations.append(f"| {situation.name} | {situation.what} | `{message}` |\n")
    lines = [f"{landed_line(damage)}\n" for damage in LANDED]
    text = [TOP, REFUSED_TOP, *refused, SITUATIONS_TOP, *situations, LANDED_TOP, *lines]
    PAGE.write_text("".join(text), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(write_page())
