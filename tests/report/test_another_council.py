"""A warehouse from another council's extract: nothing of the demonstration county gets in."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from vital_signs.report.command import make_report

from tests.engine.building import Builder
from tests.oracle.fuzz import make_extract

EMPTY = ("targets", "benchmarks", "education", "vital_sign_flags", "reconciliation")
OWN = [
    *("target_text", "target_value", "red_limit", "green_limit", "rag_status", "variance"),
    *("goal_value", "statistical_neighbour_average", "national_average", "eastern_region"),
]


@pytest.mark.slow
@pytest.mark.parametrize("source", ["MOSAIC", "SYNTHETIC"])
def test_what_is_the_demonstration_countys_is_in_its_warehouse_alone(
    build: Builder, tmp_path: Path, source: str
) -> None:
    extract = make_extract(tmp_path / "extract", 105, size="tiny", complete=True)
    manifest = json.loads((extract / "extract.json").read_text(encoding="utf-8"))
    (extract / "extract.json").write_text(json.dumps(manifest | {"source_system": source}))
    warehouse = build(extract, tmp_path / "w.duckdb")
    is_own = source == "SYNTHETIC"

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for name in EMPTY:
            (rows,) = connection.execute(f"select count(*) from published.{name}").fetchone()
            # a random extract has other months than the printed report and the flags
            assert rows == 0 or is_own, name
            assert rows or not is_own or name == "reconciliation", name
        for name in ("figures", "contacts", "residential", "signs"):
            table = f"printed_{name}_comparison".replace("figures_", "")
            found = connection.execute(f"select count(*) from reconciliation.{table}").fetchone()
            assert bool(found[0]) == is_own, name
        columns = connection.execute(
            "select table_name, column_name from information_schema.columns"
            " where table_schema = 'published' and list_contains(?, column_name)",
            [OWN],
        ).fetchall()
        assert len(columns) > 20
        filled = {
            (table, column)
            for table, column in columns
            if connection.execute(f"select count({column}) from published.{table}").fetchone()[0]
        }
        assert not filled or is_own
        assert ("indicator_summary", "target_text") in filled or not is_own
        (month,) = connection.execute(
            "select month_code from published.months where is_last"
        ).fetchone()
        reasons = connection.execute(
            "select distinct exception_rules from published.exceptions"
        ).fetchall()
        assert is_own or {rules for (rules,) in reasons} <= {"b"}
        # the marts stay as the specification has them
        assert connection.execute(
            "select count(target_text) from indicators.indicator_scorecard"
        ).fetchone()[0]

    folder = make_report(warehouse, month, out=tmp_path / "out")
    pages = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.html"))
    assert ("No targets are set for this council" in pages) != is_own
    for words in ("with the printed report", "Education and inspection", "Latest benchmarks"):
        assert words not in pages or is_own, words
