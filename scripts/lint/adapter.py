"""Stand-in for dbt's adapter, so that sqlfluff renders the DuckDB branch of a dispatched macro."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import pass_context
from jinja2.runtime import Context


@pass_context
def dispatch(context: Context, macro_name: str, macro_namespace: str = "") -> Callable[..., str]:
    """Return the project's macro for DuckDB, else the default one."""
    for prefix in ("duckdb__", "default__"):
        macro = context.resolve(f"{prefix}{macro_name}")
        if callable(macro):
            return macro
    raise LookupError(f"no macro {macro_name} in {macro_namespace or 'the project'}")


def get_columns_in_relation(relation: object) -> list[str]:
    """Return no columns: there is no database while linting."""
    return []
