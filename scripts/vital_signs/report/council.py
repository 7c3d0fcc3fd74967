"""What belongs to one council: its texts and where its reports go.

Until a council has a folder of its own, only the demonstration county has texts in the project;
this is the one module to change then (decision 0037).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vital_signs.commands import DEFAULT_WAREHOUSE, PROJECT

REPORTS = Path("reports")
# A name that cannot be mistaken for a month's folder.
PLAIN_NAME = re.compile(r"[A-Za-z_][\w-]*")


def is_demonstration(extract: Mapping[str, Any]) -> bool:
    """Return whether the extract is the demonstration county's; if not stated, it is not."""
    return extract.get("is_demonstration") is True


def commentary_folder(extract: Mapping[str, Any], named: Path | None) -> Path | None:
    """Return the folder of the texts: the one named, or the demonstration county's own."""
    if named:
        return named
    return PROJECT / "commentary" if is_demonstration(extract) else None


def reports_folder(warehouse: Path) -> Path:
    """Return where the reports of a warehouse go: two warehouses never share a folder.

    The default warehouse uses `reports`, another in the same place a folder of its own name, and
    one elsewhere a name that distinguishes it from all others.
    """
    place = warehouse.resolve()
    if place == Path(DEFAULT_WAREHOUSE).resolve():
        return REPORTS
    beside = place.parent == Path.cwd().resolve() and place.suffix == ".duckdb"
    if beside and PLAIN_NAME.fullmatch(place.stem):
        return REPORTS / place.stem
    digest = hashlib.sha256(str(place).encode()).hexdigest()[:8]
    return REPORTS / f"{place.stem}-{digest}"
