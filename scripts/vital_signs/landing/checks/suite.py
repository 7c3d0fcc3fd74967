"""The checks of one table, derived from its contract."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from vital_signs.landing.contract import ContractColumn, ContractTable

FLAG_CODES = {"Y", "N"}
DATE_TYPES = {"DATE", "TIMESTAMP"}
NUMBER_CHECKS = {"INTEGER": "integer_readable", "DOUBLE": "number_readable"}
# No recorded birth or planned date is further than this from the date of the extract.
MOST_YEARS_BEFORE = 110
MOST_YEARS_AFTER = 25
# BAT-03: fewer rows than this percentage of the previous extract.
LEAST_PERCENT_OF_ROWS_BEFORE = 80

PERSON_TABLE = "ssd_person"


@dataclass(frozen=True)
class Check:
    """One expectation of one table or column.

    `name` is what the results call it; `method` and `arguments` are Great Expectations' own;
    `series` is the column of the profile that is judged. `rule_id` is the equivalent rule in the
    catalogue, or None.
    """

    table_name: str
    column_name: str | None
    name: str
    rule_id: str | None
    method: str
    series: str
    arguments: dict[str, Any] = field(default_factory=dict)


def is_flag(column: ContractColumn) -> bool:
    """Return whether a column contains yes or no, which sources spell in many ways."""
    return set(column.codes) == FLAG_CODES


def reading_of(column: ContractColumn) -> str | None:
    """Return how the texts of a column are read; None where any text will do.

    Apart from dates, which have three checks, it is the name of the check.
    """
    if column.data_type in DATE_TYPES:
        return "date"
    if column.data_type in NUMBER_CHECKS:
        return NUMBER_CHECKS[column.data_type]
    if is_flag(column):
        return "flag_readable"
    return "code_known" if column.codes else None


def series_name(check: str, column: str | None = None) -> str:
    """Return the name in a profile of the values that a check covers."""
    return f"{check}: {column}" if column else check


def group_name(columns: Collection[str]) -> str:
    """Return the name of a group of columns, one of which is enough."""
    return " or ".join(columns)


def checks_of(
    table: ContractTable, found: Collection[str] | None, as_at: datetime, rows_before: int | None
) -> list[Check]:
    """Return the checks of a table.

    `found` lists the columns of the contract that the file has; it is None for an absent table,
    which is only checked as a whole. `rows_before` is the number of rows in the previous extract,
    or None if there is none.
    """
    checks = [
        _check(
            table,
            None,
            "columns_present",
            "BAT-02",
            "ExpectColumnDistinctValuesToContainSet",
            value_set=list(table.columns),
        )
    ]
    if rows_before:
        # The smallest whole number that is not below the percentage.
        least = -(-rows_before * LEAST_PERCENT_OF_ROWS_BEFORE // 100)
        checks.append(
            _check(
                table,
                None,
                "rows_not_fallen",
                "BAT-03",
                "ExpectColumnValuesToBeBetween",
                min_value=least,
            )
        )
    if found is None:
        return checks
    is_person = table.name == PERSON_TABLE
    for group in table.needed:
        if any(name in found for name in group):
            rule_id = "PER-01" if is_person and group in table.key else None
            checks.append(
                _check(
                    table, group_name(group), "is_given", rule_id, "ExpectColumnValuesToNotBeNull"
                )
            )
    key = ", ".join(group_name(group) for group in table.key)
    key_rule = "PER-02" if is_person else "GEN-10"
    one = {"max_value": 1}
    checks += [
        _check(table, key, "key_is_unique", key_rule, "ExpectColumnValuesToBeBetween", **one),
        _check(table, None, "row_is_unique", "GEN-11", "ExpectColumnValuesToBeBetween", **one),
    ]
    for column in table.details:
        if column.name in found:
            checks += _checks_of_values(table, column, as_at)
    return checks


def _checks_of_values(table: ContractTable, column: ContractColumn, as_at: datetime) -> list[Check]:
    def check(name: str, rule_id: str | None, method: str, **arguments: Any) -> Check:
        return _check(table, column.name, name, rule_id, method, **arguments)

    reading = reading_of(column)
    if reading == "date":
        unreadable = column.rule or ("GEN-02" if column.is_required else None)
        return [
            check("date_readable", unreadable, "ExpectColumnValuesToBeNull"),
            check("no_sentinel_date", "GEN-01", "ExpectColumnValuesToBeNull"),
            check(
                "date_plausible",
                None,
                "ExpectColumnValuesToBeBetween",
                min_value=as_at.year - MOST_YEARS_BEFORE,
                max_value=as_at.year + MOST_YEARS_AFTER,
            ),
        ]
    if reading == "code_known":
        known = [code.upper() for code in (*column.codes, *column.also_accepted)]
        return [
            check(
                reading,
                column.rule or "GEN-07",
                "ExpectColumnValuesToBeInSet",
                value_set=known,
            )
        ]
    if reading:
        rule_id = column.rule or ("GEN-13" if reading == "flag_readable" else None)
        return [check(reading, rule_id, "ExpectColumnValuesToBeNull")]
    return []


def _check(
    table: ContractTable,
    column: str | None,
    name: str,
    rule_id: str | None,
    method: str,
    **arguments: Any,
) -> Check:
    return Check(table.name, column, name, rule_id, method, series_name(name, column), arguments)
