"""The tables and columns that an extract holds, read from the dbt source definition.

That definition is the only place where the contract is written down; here it is only looked at
from the side of a writer: which columns are dates, and which hold ids.
"""

from __future__ import annotations

from typing import Any

import yaml
from vital_signs.landing.contract import CONTRACT_FILE


def _read() -> list[dict[str, Any]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(CONTRACT_FILE.read_text(encoding="utf-8"), Loader=loader)
    (source,) = document["sources"]
    return source["tables"]


_TABLES = _read()
_COLUMNS = [column for table in _TABLES for column in table["columns"]]

TABLES: dict[str, tuple[str, ...]] = {
    table["name"]: tuple(column["name"] for column in table["columns"]) for table in _TABLES
}

# Dates and times, which a copy of the county shifts.
DATE_COLUMNS: frozenset[str] = frozenset(
    column["name"] for column in _COLUMNS if column["data_type"] in ("DATE", "TIMESTAMP")
)

# What identifies a person, a thing or a team: a copy of the county has ids of its own. A role is
# a code, not a thing; a worker's department is written as the id of the team.
ID_COLUMNS: frozenset[str] = frozenset({"prof_professional_department"}) | frozenset(
    column["name"]
    for column in _COLUMNS
    if "references" in column["config"]["meta"]
    or (column["name"].endswith("_id") and column["name"] != "invo_professional_role_id")
)

# Numbers that an authority outside the county gives once only: copies go without.
ONCE_ONLY_COLUMNS: frozenset[str] = frozenset({"pers_upn", "prof_social_worker_registration_no"})

# The tables in which a column's value is looked up.
REFERENCES: dict[str, tuple[str, ...]] = {
    column["name"]: (target,) if isinstance(target, str) else tuple(target)
    for column in _COLUMNS
    if (target := column["config"]["meta"].get("references"))
}
