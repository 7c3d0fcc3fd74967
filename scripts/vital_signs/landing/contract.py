"""The tables and columns that an extract may have, read from the dbt source definition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CONTRACT_FILE = (
    Path(__file__).resolve().parents[3] / "models" / "staging" / "ssd" / "_ssd__sources.yml"
)
CARRIED_PREFIX = "x_"


@dataclass(frozen=True)
class ContractColumn:
    """One column of the contract, with the type that it has after staging.

    `codes` is empty where any value is allowed; `references` names the tables, one of which has the
    value as its key; `rule` is the quality rule that a bad value breaks, or None for the general
    rule; values of columns that are `is_personal` are never shown.
    """

    name: str
    data_type: str
    is_required: bool
    codes: tuple[str, ...] = ()
    also_accepted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    rule: str | None = None
    is_personal: bool = False


@dataclass(frozen=True)
class ContractTable:
    """One table of the contract.

    `needed` lists the columns that a file must have: each entry is a group in which one column is
    enough (a worker is known by either of two ids). `key` lists the parts of the primary key in the
    same form. `details` describes the columns, in the order of `columns`.
    """

    name: str
    columns: tuple[str, ...]
    needed: tuple[tuple[str, ...], ...]
    key: tuple[tuple[str, ...], ...] = ()
    details: tuple[ContractColumn, ...] = ()


@cache
def load_contract(path: Path = CONTRACT_FILE) -> tuple[ContractTable, ...]:
    """Return the contract's tables in the order in which they are listed."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    (source,) = document["sources"]
    return tuple(_table(entry) for entry in source["tables"])


def _table(entry: dict[str, Any]) -> ContractTable:
    details = tuple(_column(column) for column in entry["columns"])
    columns = tuple(column.name for column in details)
    key = tuple(
        tuple(name for name in re.findall(r"\w+", part) if name in columns)
        for part in entry["config"]["meta"]["primary_key"]
    )
    required = ((column.name,) for column in details if column.is_required)
    return ContractTable(
        name=entry["name"],
        columns=columns,
        needed=tuple(dict.fromkeys([*key, *required])),
        key=key,
        details=details,
    )


def _column(entry: dict[str, Any]) -> ContractColumn:
    meta = entry["config"]["meta"]
    references = meta.get("references", ())
    return ContractColumn(
        name=entry["name"],
        data_type=entry["data_type"],
        is_required=meta["requirement"] == "required",
        codes=tuple(meta.get("codes", ())),
        also_accepted=tuple(meta.get("also_accepted", ())),
        references=(references,) if isinstance(references, str) else tuple(references),
        rule=meta.get("rule"),
        is_personal=bool(meta.get("is_personal")),
    )
