"""What the demonstration county must show, read from a warehouse that `make test` has built."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

WAREHOUSE = os.environ.get("VITAL_SIGNS_DEMO_WAREHOUSE", "")
MANIFEST = Path(WAREHOUSE).parent / "manifest.json"

pytestmark = pytest.mark.skipif(
    not WAREHOUSE, reason="needs the demonstration warehouse: `make test-end-to-end` builds it"
)


@pytest.fixture(scope="module")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(Path(WAREHOUSE)), read_only=True) as connection:
        yield connection


def share_equal(warehouse: duckdb.DuckDBPyConnection, sections: tuple[str, ...] | None) -> float:
    """Return the percentage of distinct printed county figures, sure or repaired, that come out."""
    (share,) = warehouse.execute(
        """
        select 100.0 * count(*) filter (where status = 'equal') / count(*)
        from reconciliation.printed_comparison
        where area_type = 'county' and certainty in ('sure', 'repaired')
            and (? is null or section_code in (select unnest(?)))
        """,
        [sections, list(sections or [])],
    ).fetchone()
    return share


def test_the_printed_figures_come_out(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert share_equal(warehouse, ("2", "3", "4", "5", "6")) >= 97
    assert share_equal(warehouse, None) >= 95


def test_every_figure_that_differs_has_its_reason(warehouse: duckdb.DuckDBPyConnection) -> None:
    unexplained = warehouse.execute(
        """
        select indicator_ref, month_end, measure, printed_value, computed_value
        from reconciliation.printed_comparison
        where status <> 'equal' and reason is null
        """
    ).fetchall()

    assert unexplained == []


def test_the_county_has_doubts_and_no_errors(warehouse: duckdb.DuckDBPyConnection) -> None:
    severities = warehouse.execute(
        "select distinct severity from quality.fct_quality_failures order by all"
    ).fetchall()

    assert severities == [("info",), ("warn",)]


def test_every_row_of_the_county_is_accounted_for(warehouse: duckdb.DuckDBPyConnection) -> None:
    accounted = warehouse.execute(
        "select table_name, rows_used + rows_quarantined + rows_duplicate"
        " from quality.row_accounting"
    ).fetchall()
    landed = [
        (table, *warehouse.execute(f"select count(*) from raw.{table}").fetchone())
        for table, _ in accounted
    ]

    assert len(accounted) == 31
    assert accounted == landed


def test_the_countys_signs_are_those_printed(warehouse: duckdb.DuckDBPyConnection) -> None:
    signs = warehouse.execute(
        """
        select sign_type, indicator_ref, printed_sign, computed_sign, reason is not null
        from reconciliation.printed_signs_comparison
        where area_type = 'county' and status <> 'equal'
        """
    ).fetchall()

    # 42 admissions do not fit the stock that is printed; the stock wins, and the arrow goes with it
    assert signs == [("direction", "7.3", "improved", "worsened", True)]


def test_november_2017_has_the_exceptions_that_the_committee_was_told_of(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    exceptions = {
        ref: (off_target, worsened, rag)
        for ref, off_target, worsened, rag in warehouse.execute(
            """
            select indicator_ref, is_off_target, has_worsened_three_times, rag_status
            from committee.indicator_exceptions
            where month_end = '2017-11-30' and area_code = 'COUNTY'
            """
        ).fetchall()
    }

    # child protection visits; children in need without a plan; health assessments, for which
    # the report prints no limits, so that only their falling for three months tells
    assert exceptions["6.14"] == (True, False, "red")
    assert exceptions["5.5"] == (True, True, "red")
    assert exceptions["7.10p"] == (False, True, None)
    assert "7.9" not in exceptions


def test_a_rate_needs_a_population_and_localities_have_none(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    found = warehouse.execute(
        """
        select distinct area_code = 'COUNTY', availability
        from indicators.fct_indicator_values
        where indicator_ref = '7.2' and month_end = '2018-03-31'
        """
    ).fetchall()

    assert set(found) == {(True, "available"), (False, "no_denominator")}


def test_every_ref_is_there_for_the_printed_months(warehouse: duckdb.DuckDBPyConnection) -> None:
    (refs, fewest, most) = warehouse.execute(
        """
        with months as (
            select indicator_ref, area_code, count(*) as months
            from indicators.fct_indicator_values
            where month_end between '2017-03-31' and '2018-03-31'
            group by indicator_ref, area_code
        )
        select count(distinct indicator_ref), min(months), max(months) from months
        """
    ).fetchone()

    # the register's 117 refs with their variants, and 2.5p and 4.3r beyond it
    assert (refs, fewest, most) == (119, 13, 13)


@pytest.mark.parametrize(
    "schema", ["core", "indicators", "quality", "committee", "ledger", "published", "disclosure"]
)
def test_every_table_and_column_has_its_description_as_a_comment(
    warehouse: duckdb.DuckDBPyConnection, schema: str
) -> None:
    nodes = json.loads(MANIFEST.read_text(encoding="utf-8"))["nodes"].values()
    built = [node["alias"] for node in nodes if node["schema"] == schema]
    found = warehouse.execute(
        """
        with described as (
            select schema_name, table_name, column_name, comment from duckdb_columns()
            union all
            select schema_name, table_name, 'itself', comment from duckdb_tables()
            union all
            select schema_name, view_name, 'itself', comment from duckdb_views()
        )
        select
            count(*),
            list(table_name || '.' || column_name) filter (where comment is null or comment = '')
        from described
        where schema_name = $schema and table_name in (select unnest($built))
        """,
        {"schema": schema, "built": built},
    ).fetchone()
    assert found[0] > 0 and not found[1]
