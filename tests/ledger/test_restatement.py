"""Freeze, change fifty rows, rebuild: the publication stays, the differences are explained."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from vital_signs.ledger.chain import Ledger
from vital_signs.ledger.freezing import freeze
from vital_signs.ledger.tables import VALUES, load_ledger

from tests.engine.building import Builder
from tests.ledger.edits import change_rows, write_later
from tests.oracle.fuzz import make_extract
from tests.records import read_tables

ROWS_CHANGED = 50
REASONS = {
    "recorded late",
    "corrected date",
    "corrected otherwise",
    "merged person",
    "deleted",
    "availability changed",
    "other",
}
# Some cases hang on rows that their indicator's tables do not name; most must be explained.
MOST_WITHOUT_REASON = 0.2
PARTS = ("numerator", "denominator")
EXPLAINED = """
    select
        indicator_ref, area_code, period,
        sum(numerator_difference), sum(denominator_difference)
    from ledger.restated_cases
    where month_end = ?
    group by all
"""
# Straight from the two warehouses, past every model of the restatement.
DIFFERENCES = """
    with cells as (
        select indicator_ref, area_code, 'month' as period, numerator, denominator, '{side}' as side
        from {side}.indicators.fct_indicator_values where month_end = $month
        union all
        select indicator_ref, area_code, 'year_to_date', ytd_numerator, ytd_denominator, '{side}'
        from {side}.indicators.fct_indicator_values where month_end = $month
    )
    select indicator_ref, area_code, period, coalesce(numerator, 0), coalesce(denominator, 0)
    from cells
"""


def last_month(warehouse: Path) -> date:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        (month,) = connection.execute(
            "select max(month_end) from indicators.fct_indicator_values"
        ).fetchone()
    return month


def frozen_rows(warehouse: Path, month: date) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(
            f"select {', '.join(VALUES)} from ledger.frozen_values where month_end = ?"
            " order by indicator_ref, area_code",
            [month],
        ).fetchall()


def differing_cells(before: Path, after: Path, month: date) -> dict[tuple[str, ...], list[float]]:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{before}' as before (read_only)")
        connection.execute(f"attach '{after}' as after (read_only)")
        sides = [
            {
                row[:3]: row[3:]
                for row in connection.execute(
                    DIFFERENCES.format(side=side), {"month": month}
                ).fetchall()
            }
            for side in ("before", "after")
        ]
    was, now = sides
    return {
        cell: [new - old for new, old in zip(now[cell], was[cell], strict=True)]
        for cell in was
        if now[cell] != was[cell]
    }


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_what_was_published_stays_and_every_difference_is_explained(
    seed: int, build: Builder, tmp_path: Path
) -> None:
    first, later = tmp_path / "first", tmp_path / "later"
    make_extract(first, seed, size="small", complete=True, date_format="YMD", file_format="csv")
    ledger = Ledger(tmp_path / "ledger")

    def load(warehouse: Path) -> None:
        load_ledger(warehouse, ledger)

    before = build(first, tmp_path / "before.duckdb", prepare=load)
    month = last_month(before)
    assert freeze(before, ledger, month, "tester", None).is_new
    with duckdb.connect(str(before), read_only=True) as connection:
        published = connection.execute(
            "select numerator, denominator, value, ytd_value, availability"
            " from indicators.fct_indicator_values where month_end = ?"
            " order by indicator_ref, area_code",
            [month],
        ).fetchall()

    tables = read_tables(first)
    done = change_rows(tables, seed, ROWS_CHANGED)
    assert min(done.values()) > 0
    write_later(first, later, tables)
    # A file of its own: nothing of the warehouse that was published from is there.
    after = build(later, tmp_path / "after.duckdb", first, prepare=load)

    frozen = frozen_rows(after, month)
    places = [
        list(VALUES).index(name)
        for name in ("numerator", "denominator", "value", "ytd_value", "availability")
    ]
    assert [tuple(row[place] for place in places) for row in frozen] == published
    differing = differing_cells(before, after, month)
    assert len(differing) > 10
    with duckdb.connect(str(after), read_only=True) as connection:
        explained = {
            row[:3]: list(row[3:]) for row in connection.execute(EXPLAINED, [month]).fetchall()
        }
        unexplained = connection.execute(
            "select * from ledger.restatements"
            " where coalesce(numerator_unexplained, 0) <> 0"
            " or coalesce(denominator_unexplained, 0) <> 0"
        ).fetchall()
        reasons = dict(
            connection.execute(
                "select reason, count(*) from ledger.restated_cases group by reason"
            ).fetchall()
        )
        changes = dict(
            connection.execute(
                "select row_key, row_change from staging.stg_ledger__changed_rows"
            ).fetchall()
        )
    assert not unexplained
    # Items that cancel out in a cell are listed too; their sums are nothing.
    assert {cell: sums for cell, sums in explained.items() if sums != [0, 0]} == differing
    assert set(reasons) <= REASONS
    assert reasons.get("other", 0) <= MOST_WITHOUT_REASON * sum(reasons.values())
    new_rows = [key for key in changes if key.startswith(f"NEW{seed}-")]
    assert new_rows
    assert {changes[key] for key in new_rows} == {"recorded_late"}
    assert "merged" in changes.values()

    assert freeze(after, ledger, month, "tester", "late recording").entry["version"] == 2
    again = freeze(after, ledger, month, "tester", "late recording")
    assert not again.is_new
    assert not ledger.problems()
