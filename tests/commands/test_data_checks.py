"""A breach of an invariant is reported with its month and row; other warnings are not."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
from vital_signs.build.data_checks import broken_invariants, mostly_quarantined

BROKEN = "select date '2018-03-31' as month_end, 3 as on_plans, n as expected from range(2) r(n)"


def test_a_breach_is_one_line_with_its_month_and_rows(tmp_path: Path) -> None:
    def result(name: str, status: str) -> dict[str, object]:
        return {
            "unique_id": f"test.{name}",
            "status": status,
            "failures": 2,
            "compiled_code": f"{BROKEN} -- of {name}\n",
        }

    warehouse = tmp_path / "warehouse.duckdb"
    duckdb.connect(str(warehouse)).close()
    results = [result("plans_add_up", "warn"), result("holds", "pass"), result("other", "warn")]
    (tmp_path / "run_results.json").write_text(json.dumps({"results": results}))
    nodes = {
        f"test.{name}": {"name": name, "original_file_path": f"tests/dbt/{folder}/{name}.sql"}
        for name, folder in [
            ("plans_add_up", "invariants"),
            ("holds", "invariants"),
            ("other", "staging"),
        ]
    }
    (tmp_path / "manifest.json").write_text(json.dumps({"nodes": nodes}))

    (line,) = broken_invariants(warehouse, tmp_path)

    assert line.startswith(
        "warning: figures do not add up in 2 cases (plans add up): month_end 2018-03-31, on_plans"
        " 3, expected 0; month_end 2018-03-31, on_plans 3, expected 1. "
    )


def test_a_table_with_most_rows_quarantined_is_named(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema quality")
        connection.execute(
            "create table quality.row_accounting as select * from (values"
            " ('ssd_contacts', 3, 5), ('ssd_cp_plans', 2, 4), ('ssd_family', 0, 0)"
            ") as rows (table_name, rows_quarantined, rows_landed)"
        )

    (line,) = mostly_quarantined(warehouse)

    assert "in 1 table (ssd_contacts 3 of 5)" in line
    assert "Check date_format" in line


def test_a_build_of_selected_models_has_no_rows_to_judge(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    duckdb.connect(str(warehouse)).close()

    assert mostly_quarantined(warehouse) == []
