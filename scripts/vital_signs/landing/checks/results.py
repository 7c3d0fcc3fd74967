"""What is stored for a check: how many rows it covered, how many failed, and a few examples."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from vital_signs.landing.checks.profile import Series
from vital_signs.landing.checks.suite import Check

RESULT_COLUMNS = {
    "extract_id": "VARCHAR",
    "table_name": "VARCHAR",
    "column_name": "VARCHAR",
    "expectation": "VARCHAR",
    "rule_id": "VARCHAR",
    "success": "BOOLEAN",
    "element_count": "BIGINT",
    "unexpected_count": "BIGINT",
    "unexpected_percent": "DOUBLE",
    "examples": "VARCHAR",
    "observed_value": "VARCHAR",
}
WHOLE_TABLE = {"columns_present", "rows_not_fallen"}
MOST_EXAMPLES = 5
# A column with more wrong values than this probably contains another column's content.
MOST_VALUES_FOR_EXAMPLES = 20

_DATE = re.compile(r"[0-9./:T -]{1,20}")
_CODE = re.compile(r"[A-Z0-9 _/?.&()-]{1,20}")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b")
_MANY_DIGITS = re.compile(r"[0-9]{5}")
_WHOLE_NUMBER = re.compile(r"[0-9]+")


def _is_date(text: str) -> bool:
    # 20180331 is a date in the wrong format; a longer number may identify somebody.
    return bool(_DATE.fullmatch(text)) and not re.search(r"[0-9]{9}", text)


def _is_code(text: str) -> bool:
    return (
        bool(_CODE.fullmatch(text)) and not _POSTCODE.search(text) and not _MANY_DIGITS.search(text)
    )


def _is_year(text: str) -> bool:
    return bool(_WHOLE_NUMBER.fullmatch(text))


# Only codes and dates may be shown, and only where they look like one: a column may contain
# what belongs in another.
SHOWN = {
    "code_known": _is_code,
    "flag_readable": _is_code,
    "date_readable": _is_date,
    "no_sentinel_date": _is_date,
    "date_plausible": _is_year,
}


def words_of(text: str) -> set[str]:
    """Return the words of a text in capitals; a single letter, as in a postcode, does not count."""
    return {word.upper() for word in re.findall(r"[^\W\d_]{2,}", text)}


def words_at_risk(check: Check, series: Series, verdict: dict[str, Any] | None) -> set[str]:
    """Return the words that the examples of a check could show."""
    if check.name not in SHOWN or not verdict:
        return set()
    places = _places(series, verdict)
    return set().union(*(words_of(str(series.values[place])) for place in places))


def result_row(
    extract_id: str,
    check: Check,
    series: Series,
    verdict: dict[str, Any] | None,
    names: Collection[str],
) -> dict[str, Any]:
    """Return the row to store for one check.

    A verdict of None means that it was not run; `names` are words that must not be shown.
    """
    row: dict[str, Any] = dict.fromkeys(RESULT_COLUMNS)
    row |= {
        "extract_id": extract_id,
        "table_name": check.table_name,
        "column_name": check.column_name,
        "expectation": check.name,
        "rule_id": check.rule_id,
    }
    if verdict is None:
        return row
    row["success"] = verdict["success"]
    row["observed_value"] = _observed(check, series)
    if check.name in WHOLE_TABLE:
        return row
    places = _places(series, verdict)
    element_count = sum(series.rows)
    unexpected_count = sum(series.rows[place] for place in places)
    row["element_count"] = element_count
    row["unexpected_count"] = unexpected_count
    row["unexpected_percent"] = 100 * unexpected_count / element_count if element_count else 0.0
    row["examples"] = _examples(check, series, places, names)
    return row


def _observed(check: Check, series: Series) -> str | None:
    if check.name == "columns_present":
        missing = [name for name in check.arguments["value_set"] if name not in series.values]
        if len(missing) == len(check.arguments["value_set"]):
            return "the extract does not have this table, or has none of its columns"
        return f"missing: {', '.join(missing)}" if missing else None
    if check.name == "rows_not_fallen":
        return f"{series.rows[0]} rows, at least {check.arguments['min_value']} expected"
    if check.name == "date_plausible" and series.values:
        return f"{min(series.values)} to {max(series.values)}"
    return None


def _places(series: Series, verdict: dict[str, Any]) -> list[int]:
    # The places past the end of the series are repetitions.
    return [place for place in verdict["unexpected"] if place < len(series.rows)]


def _examples(
    check: Check, series: Series, places: list[int], names: Collection[str]
) -> str | None:
    """Return up to five wrong values, most frequent first; None where none may be shown."""
    may_be_shown = SHOWN.get(check.name)
    if not may_be_shown or len(places) > MOST_VALUES_FOR_EXAMPLES:
        return None
    often_first = sorted(places, key=lambda place: (-series.rows[place], str(series.values[place])))
    values = [str(series.values[place]) for place in often_first]
    shown = [text for text in values if may_be_shown(text) and not words_of(text) & set(names)]
    return ", ".join(shown[:MOST_EXAMPLES]) or None
