"""Nothing is lost: every row of an extract is used, quarantined or an exact duplicate."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from landing.contract import load_contract

from tests.engine.building import Builder
from tests.oracle.fuzz import make_extract

COLUMNS = {table.name: table.columns for table in load_contract()}


def rows_of_files(extract: Path) -> dict[str, tuple[int, int]]:
    """Return by table the rows of its file and how many of them repeat another, by reading it."""
    counts = {}
    for name, columns in COLUMNS.items():
        path = extract / f"{name}.csv"
        if not path.exists():
            counts[name] = (0, 0)
            continue
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = Counter(
                tuple(row.get(column) or None for column in columns)
                for row in csv.DictReader(handle)
            )
        counts[name] = (rows.total(), rows.total() - len(rows))
    return counts


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "doubtful", "complete"), [(201, True, True), (202, True, False), (203, False, True)]
)
def test_rows_landed_are_rows_used_quarantined_and_repeated(
    seed: int, doubtful: bool, complete: bool, build: Builder, tmp_path: Path
) -> None:
    extract = tmp_path / "extract"
    make_extract(
        extract, seed, size="small", doubtful=doubtful, complete=complete, file_format="csv"
    )
    warehouse = build(extract, tmp_path / "warehouse.duckdb")

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        accounts = connection.execute(
            """
            select table_name, rows_landed, rows_used, rows_quarantined, rows_duplicate
            from quality.row_accounting
            """
        ).fetchall()
        quarantined = dict(
            connection.execute(
                """
                select failures.table_name, count(distinct failures.source_row)
                from quality.fct_quality_failures as failures
                inner join reference.quality_rules as rules
                    on failures.rule_id = rules.rule_id
                where
                    rules.treatment = 'quarantined'
                    -- the meeting's date does not decide whether an education plan counts, and a
                    -- review before its plan is a review all the same
                    and failures.column_name <> 'pepl_pep_date'
                    and not (
                        failures.rule_id = 'LCP-01' and failures.table_name = 'ssdx_plan_reviews'
                    )
                group by failures.table_name
                """
            ).fetchall()
        )
    files = rows_of_files(extract)
    assert len(accounts) == len(files) == len(COLUMNS)
    assert sum(landed for _, landed, *_ in accounts) > 500
    for table, landed, used, set_aside, repeated in accounts:
        assert landed == used + set_aside + repeated, table
        assert (landed, repeated) == files[table], table
        assert set_aside == quarantined.get(table, 0), table
