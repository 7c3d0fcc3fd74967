"""Hold `indicators.fct_indicator_values` of a warehouse against the reference implementation.

    python -m tests.oracle.compare <extract folder> <warehouse.duckdb> [--refs 2.1,2.2] ...

Prints for every ref how many rows are equal and how many differ, then the first differing rows of
each, both sides under one another. Exits 1 when anything differs, 2 when it cannot compare.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import sys
from collections import defaultdict
from pathlib import Path

import duckdb

from tests.oracle.load import read_extract
from tests.oracle.shared import Month, month_of, reported_months
from tests.oracle.values import Row, compute_from, explain, register

Key = tuple[str, dt.date, str]
COLUMNS = Row._fields
TABLE = "indicators.fct_indicator_values"
TOLERANCE = 1e-9


def warehouse_rows(warehouse: str | Path) -> list[Row]:
    """Read every row of the values table. Raises duckdb.Error when it cannot be read."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        shown = connection.execute(f"select {', '.join(COLUMNS)} from {TABLE}").fetchall()
    return [Row(*row) for row in shown]


def same(left: object, right: object) -> bool:
    """Equal values: nulls equal nulls, numbers within the relative tolerance."""
    if left is None or right is None:
        return left is None and right is None
    if isinstance(left, float) or isinstance(right, float):
        return math.isclose(float(left), float(right), rel_tol=TOLERANCE, abs_tol=0.0)  # type: ignore[arg-type]
    return left == right


def differing_columns(ours: Row | None, theirs: Row | None) -> list[str]:
    """Names of the columns that differ; `missing row` when one side has none."""
    if ours is None or theirs is None:
        return ["missing row" if theirs is None else "extra row"]
    return [name for name, a, b in zip(COLUMNS, ours, theirs, strict=True) if not same(a, b)]


def differences(
    expected: list[Row], actual: list[Row]
) -> dict[str, list[tuple[Key, Row | None, Row | None]]]:
    """Differing rows by ref, in order of month and area. A repeated row counts as an extra one."""
    left = {row[:3]: row for row in expected}
    right: dict[Key, Row] = {}
    found: dict[str, list[tuple[Key, Row | None, Row | None]]] = defaultdict(list)
    for row in actual:
        if row[:3] in right:
            found[row.indicator_ref].append((row[:3], None, row))
        right[row[:3]] = row
    for key in sorted({*left, *right}):
        if differing_columns(left.get(key), right.get(key)):
            found[key[0]].append((key, left.get(key), right.get(key)))
    return found


def show(row: Row | None) -> str:
    """One side of a difference on one line."""
    if row is None:
        return "(no row)"
    return "  ".join("null" if value is None else f"{value}" for value in row[3:])


def main(arguments: list[str] | None = None) -> int:
    """Run the comparison; return 0 when all rows are equal, 1 when any differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.compare", description=__doc__)
    parser.add_argument("extract", help="folder of the extract")
    parser.add_argument("warehouse", help="DuckDB file that holds the values")
    parser.add_argument("--refs", help="only these refs, separated by commas")
    parser.add_argument("--first-month", help="only months from this one, YYYY-MM")
    parser.add_argument("--last-month", help="only months up to this one, YYYY-MM")
    parser.add_argument("--show", type=int, default=5, help="differing rows shown for each ref")
    parser.add_argument("--cases", action="store_true", help="also show the case ids of the first")
    chosen = parser.parse_args(arguments)
    refs = chosen.refs.split(",") if chosen.refs else list(register())
    unknown = [ref for ref in refs if ref not in register()]
    if unknown:
        print(f"no such ref: {', '.join(unknown)}", file=sys.stderr)
        return 2
    try:
        x = read_extract(chosen.extract)
        actual = warehouse_rows(chosen.warehouse)
    except (OSError, ValueError, duckdb.Error) as error:
        print(f"cannot compare: {error}", file=sys.stderr)
        return 2
    months = [
        m
        for m in reported_months(x)
        if (not chosen.first_month or m >= parse_month(chosen.first_month))
        and (not chosen.last_month or m <= parse_month(chosen.last_month))
    ]
    expected = compute_from(x, refs, months)
    # Without limits an extra month or ref of the warehouse is a difference as well.
    limited = bool(chosen.first_month or chosen.last_month)
    ends = {m.d for m in months}
    actual = [
        row
        for row in actual
        if (not chosen.refs or row.indicator_ref in refs) and (not limited or row.month_end in ends)
    ]
    found = differences(expected, actual)
    number: dict[str, int] = defaultdict(int)
    for row in expected:
        number[row.indicator_ref] += 1
    names = refs + sorted(set(found) - set(refs))
    for ref in names:
        wrong = found.get(ref, [])
        equal = number[ref] - sum(1 for _, ours, _ in wrong if ours is not None)
        print(f"{ref:>6}  equal {equal:>5}  different {len(wrong):>5}")
    for ref in names:
        for position, (key, ours, theirs) in enumerate(found.get(ref, [])[: chosen.show]):
            columns = ", ".join(differing_columns(ours, theirs))
            print(f"\n{ref}  {key[1]}  {key[2]}  ({columns})")
            print(f"  reference  {show(ours)}")
            print(f"  warehouse  {show(theirs)}")
            if chosen.cases and position == 0 and ref in register():
                met, counted = explain(x, ref, month_of(key[1]), key[2])
                print(f"  numerator   {' '.join(met)}\n  denominator {' '.join(counted)}")
    wrong_total = sum(len(rows) for rows in found.values())
    print(f"\n{len(expected)} rows expected, {wrong_total} different")
    return 1 if wrong_total else 0


def parse_month(text: str) -> Month:
    """Read YYYY-MM."""
    year, month = text.split("-")[:2]
    return Month(int(year), int(month))


if __name__ == "__main__":
    sys.exit(main())
