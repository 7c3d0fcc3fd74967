"""Stand-ins for dbt's cross-database macros, so that sqlfluff can render a model without dbt.

sqlfluff adds every module in this folder to its Jinja context under the module's name. What is
rendered here is only linted, never run.
"""

from __future__ import annotations


def dateadd(datepart: str, interval: object, from_date_or_timestamp: str) -> str:
    """Return a date that is the given number of parts later."""
    return f"date_add({from_date_or_timestamp}, interval ({interval}) {datepart})"


def datediff(first_date: str, second_date: str, datepart: str) -> str:
    """Return the number of parts between two dates."""
    return f"date_diff('{datepart}', {first_date}, {second_date})"


def date_trunc(datepart: str, date: str) -> str:
    """Return the start of the part."""
    return f"date_trunc('{datepart}', {date})"


def last_day(date: str, datepart: str) -> str:
    """Return the last day of the part."""
    return f"last_day({date})" if datepart == "month" else f"date_trunc('{datepart}', {date})"
