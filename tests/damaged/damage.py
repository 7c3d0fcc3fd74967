"""What can be wrong with an extract, as named functions that spoil a good one.

Damage is either refused, with one line that says what to do, or it lands as it is and becomes a
failure of a quality rule. `REFUSED` and `LANDED` are complete lists; a test runs them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.damaged.spoiled import SpoiledExtract


@dataclass(frozen=True)
class Refused:
    """Damage that landing refuses with exit code 2.

    `spoil` may return a path to land other than the extract's folder. `message` is a pattern that
    the error has to match.
    """

    name: str
    what: str
    spoil: Callable[[SpoiledExtract], Path | None]
    message: str


@dataclass(frozen=True)
class Failure:
    """A row of `quality.fct_quality_failures` that some damage must cause.

    `row_key` is the key of the row after staging, or the table's name where the rule is about the
    table as a whole; None where every row breaks the rule.
    """

    rule_id: str
    table_name: str
    row_key: str | None


@dataclass(frozen=True)
class Landed:
    """Damage that lands as it is.

    `added` is the change in the number of rows by table. `cells` are values that must be in `raw`
    exactly as written: (table, column) -> value, in a row that the damage added. `rows` are the
    damaged rows, each identified by its table and its key after staging; rules that are not among
    `failures` must not find more in them than in an undamaged row. Damage that is `alone` cannot
    be combined with other damage in one extract.
    """

    name: str
    what: str
    spoil: Callable[[SpoiledExtract], None]
    added: Mapping[str, int] = field(default_factory=dict)
    cells: Mapping[tuple[str, str], str] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    alone: bool = False
