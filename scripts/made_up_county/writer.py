"""Write an extract: a folder of CSV files and ``extract.json``; and many counties as Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from vital_signs.errors import UserError

from made_up_county.contract import TABLES
from made_up_county.world import World

Rows = dict[str, list[dict[str, Any]]]


def prepare_folder(out: Path, extract_id: str) -> None:
    """Make the folder, or check that it may be written again.

    Raises:
        UserError: it holds something else, or cannot be written.
    """
    manifest = out / "extract.json"
    try:
        if out.is_dir() and any(out.iterdir()):
            if not manifest.is_file():
                raise UserError(f"{out} holds other files", "choose a folder that is new or empty")
            try:
                found = json.loads(manifest.read_text(encoding="utf-8")).get("extract_id")
            except (ValueError, AttributeError):
                found = None
            if found != extract_id:
                raise UserError(
                    f"{out} holds the extract {found}, not {extract_id}", "choose another folder"
                )
            for old in (*out.glob("*.csv"), *out.glob("*.parquet")):
                if old.stem in TABLES:
                    old.unlink()
        out.mkdir(parents=True, exist_ok=True)
        manifest.touch()
    except OSError as error:
        raise UserError(
            f"cannot write to {out}: {error.strerror or error}", "choose another folder"
        ) from error


def write_manifest(out: Path, extract_id: str, as_at: date, history_from: dict[str, date]) -> None:
    """Write ``extract.json``."""
    content = {
        "extract_id": extract_id,
        "source_system": "SYNTHETIC",
        "as_at": f"{as_at:%Y-%m-%d}T08:00:00",
        "date_format": "YMD",
        "history_from": {name: f"{day:%Y-%m-%d}" for name, day in history_from.items()},
    }
    text = json.dumps(content, indent=2) + "\n"
    (out / "extract.json").write_text(text, encoding="utf-8")


def write_csv(
    world: World, out: Path, report: Callable[[str], None] = lambda _: None
) -> dict[str, int]:
    """Write one CSV file for each table of the contract; returns the rows of each."""
    counts = {}
    for table, columns in TABLES.items():
        report(table)
        rows = world.rows[table]
        with (out / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            # A date writes itself as 2018-03-31, a missing value as nothing.
            writer.writerows([row.get(column) for column in columns] for row in rows)
        counts[table] = len(rows)
    return counts
