"""What happens to an extract in a month: rows corrected, deleted, recorded late, people merged."""

from __future__ import annotations

import json
import random
from datetime import date, datetime, timedelta
from pathlib import Path

from vital_signs.landing.contract import load_contract

from tests import records
from tests.records import Rows

DATE_LENGTH = 10
REGISTERS = {"ssd_department", "ssd_professionals", "ssdx_team_localities"}


def write_later(extract: Path, later: Path, tables: dict[str, Rows], *, days: int = 30) -> None:
    """Write the tables as an extract of some days later, whose id says so."""
    about = json.loads((extract / "extract.json").read_text(encoding="utf-8"))
    as_at = datetime.fromisoformat(about["as_at"]) + timedelta(days=days)
    records.changed(
        extract,
        later,
        lambda table, _: tables[table],
        extract_id=f"{about['extract_id']}-later",
        as_at=as_at.isoformat(),
    )


def change_rows(tables: dict[str, Rows], seed: int, count: int) -> dict[str, int]:
    """Edit, delete, add and merge so many rows, in place; return how many of each."""
    rng = random.Random(seed)
    contract = {table.name: table for table in load_contract()}
    done = {"edit": 0, "delete": 0, "insert": 0, "merge": 0}
    weights = {name: len(rows) for name, rows in tables.items() if name in contract and rows}
    while sum(done.values()) < count:
        name = rng.choices(list(weights), list(weights.values()))[0]
        rows = tables[name]
        kind = rng.choice(["edit", "edit", "delete", "insert", "merge"])
        if kind == "merge":
            merged, survivor = rng.sample(tables["ssd_person"], 2)
            if "x_pers_merged_into_id" not in merged:
                continue
            merged["x_pers_merged_into_id"] = survivor["pers_person_id"]
        elif name in REGISTERS or not rows:
            continue
        elif kind == "delete":
            rows.pop(rng.randrange(len(rows)))
        elif kind == "insert":
            # The new row has an id of its own where ids are in one column.
            keys = [column for part in contract[name].key for column in part]
            if len(keys) != 1 or keys[0] not in rows[0]:
                continue
            rows.append(
                _shifted(dict(rng.choice(rows)), rng) | {keys[0]: f"NEW{seed}-{sum(done.values())}"}
            )
        else:
            place = rng.randrange(len(rows))
            before, rows[place] = rows[place], _shifted(dict(rows[place]), rng)
            if rows[place] == before:
                continue
        done[kind] += 1
    return done


def _shifted(row: dict[str, str], rng: random.Random) -> dict[str, str]:
    """Return the row with one of its dates moved by some days, or emptied."""
    columns = [column for column in row if _day(row[column])]
    if columns:
        column = rng.choice(columns)
        moved = _day(row[column]) + timedelta(days=rng.choice([-40, -12, -3, -1, 1, 3, 12, 40]))
        row[column] = rng.choice([moved.isoformat(), moved.isoformat(), moved.isoformat(), ""])
    return row


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text[:DATE_LENGTH])
    except ValueError:
        return None
    # Sentinels stay where they are.
    return day if 1950 < day.year < 2100 else None
