"""Months and days as they are written on the command line and counted in reports."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from vital_signs.errors import UserError


def month_end(text: str) -> date:
    """Return the last day of a month written like 2018-03. Raises UserError for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise UserError(f"{text!r} is not a month", "write it like 2018-03") from None
    return first.replace(day=monthrange(first.year, first.month)[1])


def day(text: str) -> date:
    """Return the day written like 2018-04-10. Raises UserError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"{text!r} is not a date", "write it like 2018-04-10") from None


def months_back(month: date, count: int) -> date:
    """Return the last day of the month that many months earlier."""
    for _ in range(count):
        month = month.replace(day=1) - timedelta(days=1)
    return month
