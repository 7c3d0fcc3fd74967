"""The tables and columns that an extract may have, read from the dbt source definition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CONTRACT_FILE = (
    Path(__file__).resolve().parents[2] / "models" / "staging" / "ssd" / "_ssd__sources.yml"
)
CARRIED_PREFIX = "x_"


@dataclass(frozen=True)
class ContractTable:
    """One table of the contract.

    `needed` holds the columns that a file must have: each entry is a group of which one column is
    enough (a worker is known by either of two ids).
    """

    name: str
    columns: tuple[str, ...]
    needed: tuple[tuple[str, ...], ...]


@cache
def load_contract(path: Path = CONTRACT_FILE) -> tuple[ContractTable, ...]:
    """Return the contract's tables in the order in which they are written down."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    (source,) = document["sources"]
    return tuple(_table(entry) for entry in source["tables"])


def _table(entry: dict[str, Any]) -> ContractTable:
    columns = tuple(column["name"] for column in entry["columns"])
    keys = (
        tuple(name for name in re.findall(r"\w+", part) if name in columns)
        for part in entry["config"]["meta"]["primary_key"]
    )
    required = (
        (column["name"],)
        for column in entry["columns"]
        if column["config"]["meta"]["requirement"] == "required"
    )
    return ContractTable(
        name=entry["name"], columns=columns, needed=tuple(dict.fromkeys([*keys, *required]))
    )
