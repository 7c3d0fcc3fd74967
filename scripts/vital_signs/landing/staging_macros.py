"""Staging's own macros as SQL, so that landing reads a text exactly as staging will."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

MACRO_FOLDER = Path(__file__).resolve().parents[3] / "macros" / "staging"
# The macros that define how a text is read; the others in the folder are about rows.
MACRO_FILES = ("texts.sql", "days.sql", "landed.sql")


class _Adapter:
    """Stands in for dbt's adapter: a dispatched macro is the one written for DuckDB."""

    macros: Any = None

    def dispatch(self, name: str, _package: str) -> Any:
        return getattr(self.macros, f"duckdb__{name}")


@cache
def staging_macros() -> Any:
    """Return an object whose methods are the macros; each takes and returns SQL."""
    adapter = _Adapter()
    template = Environment(autoescape=False).from_string(
        "\n".join((MACRO_FOLDER / name).read_text(encoding="utf-8") for name in MACRO_FILES),
        globals={"adapter": adapter, "return": lambda value: value},
    )
    adapter.macros = template.module
    return template.module


def code_of(column: str) -> str:
    """Return SQL for a column as staging reads an id or a code."""
    return str(staging_macros().landed_code(column))


def date_of(column: str) -> str:
    """Return SQL for a column as staging reads a date; null for sentinels and non-dates.

    The format is read from a column `date_format`.
    """
    return str(staging_macros().landed_date(column))


def id_of(column: str) -> str:
    """Return SQL for a column as staging reads an id.

    The column `decimal_id_columns` says which ids are whole numbers with a decimal.
    """
    return str(staging_macros().landed_id(column))
