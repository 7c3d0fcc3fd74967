"""The questions in analyses/ run on the reader's layer, and agree with the indicators."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.engine.building import Builder, Compiled
from tests.oracle.fuzz import make_extract

ANALYSES = sorted(Path(__file__).parents[2].glob("analyses/*.sql"))
STEPS = ("intermediate", "staging")
VALUE = "select value from indicators.fct_indicator_values where area_code = 'COUNTY'"


@pytest.fixture(scope="module")
def connection(
    build: Builder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("analysed")
    make_extract(folder / "extract", 221, size="small", complete=True)
    warehouse = build(folder / "extract", folder / "warehouse.duckdb")
    with duckdb.connect(str(warehouse)) as opened:
        # Random extracts do not say when a visit was recorded.
        opened.execute("update core.fct_cp_visits set recorded_date = visit_date + 40")
        yield opened


def answer(
    connection: duckdb.DuckDBPyConnection, compiled: Compiled, name: str
) -> list[dict[str, object]]:
    node = compiled.manifest["nodes"][f"analysis.vital_signs.{name}"]
    found = connection.execute(node["compiled_code"])
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.mark.slow
@pytest.mark.parametrize("name", [path.stem for path in ANALYSES])
def test_a_question_is_one_query_on_tables_for_readers(
    name: str, connection: duckdb.DuckDBPyConnection, compiled: Compiled
) -> None:
    nodes = compiled.manifest["nodes"]
    read = [
        nodes[parent] for parent in nodes[f"analysis.vital_signs.{name}"]["depends_on"]["nodes"]
    ]
    assert read
    assert not [node["name"] for node in read if node["schema"] in STEPS]
    rows = answer(connection, compiled, name)
    assert rows or name == "what_moved_a_published_number", "nothing has been published here"


@pytest.mark.slow
def test_looked_after_children_are_those_of_the_indicators(
    connection: duckdb.DuckDBPyConnection, compiled: Compiled
) -> None:
    values = f"{VALUE} and indicator_ref = ? order by month_end"
    counts = [value for (value,) in connection.execute(values, ["7.1"]).fetchall()]
    rates = [value for (value,) in connection.execute(values, ["7.2"]).fetchall()]
    years = answer(connection, compiled, "looked_after_over_the_years")[-len(counts) :]
    ages = answer(connection, compiled, "looked_after_by_age_and_placement")
    (in_families,) = connection.execute(
        "select count(*) from core.fct_person_months"
        " where is_looked_after and family_id is not null"
    ).fetchone()

    assert [row["looked_after"] for row in years] == counts
    assert [row["rate_per_10000"] for row in years] == pytest.approx(rates)
    assert sum(row["children"] for row in ages) == counts[-1]
    groups = [name for name in ages[0] if name.startswith(("under", "aged", "age_"))]
    assert sum(row[name] for row in ages for name in groups) == counts[-1]
    families = answer(connection, compiled, "brothers_and_sisters_in_care")
    assert sum(row["children"] for row in families) == in_families


@pytest.mark.slow
def test_rereferrals_by_source_add_up_to_a_year_of_the_indicator(
    connection: duckdb.DuckDBPyConnection, compiled: Compiled
) -> None:
    expected = connection.execute(
        "select sum(numerator), sum(denominator)"
        " from (select * from indicators.fct_indicator_values"
        " where indicator_ref = '2.7' and area_code = 'COUNTY' order by month_end desc limit 12)"
    ).fetchone()
    rows = answer(connection, compiled, "rereferrals_by_source")

    assert (sum(r["rereferrals"] for r in rows), sum(r["referrals"] for r in rows)) == expected
