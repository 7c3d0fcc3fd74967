"""The comparison and the random extracts themselves."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from tests.oracle.compare import main, same
from tests.oracle.fuzz import REQUIRED, make_extract
from tests.oracle.load import CONTRACT, read_extract
from tests.oracle.shared import reported_months
from tests.oracle.values import Row, compute, compute_from

COLUMNS = """
    indicator_ref varchar, month_end date, area_code varchar, numerator double,
    denominator double, value double, ytd_numerator double, ytd_denominator double,
    ytd_value double, availability varchar
"""
REFS = ["2.3", "6.14", "11.2"]


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    return make_extract(tmp_path / "extract", 8, "tiny", complete=True, file_format="csv")


def warehouse(path: Path, rows: list[Row]) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema indicators")
        connection.execute(f"create table indicators.fct_indicator_values ({COLUMNS})")
        connection.executemany(
            "insert into indicators.fct_indicator_values values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
    return path


def compared(extract: Path, file: Path) -> int:
    return main([str(extract), str(file), "--refs", ",".join(REFS)])


def test_equal_warehouse_passes(extract: Path, tmp_path: Path, capsys):
    rows = compute(extract, REFS)
    assert compared(extract, warehouse(tmp_path / "w.duckdb", rows)) == 0
    assert "0 different" in capsys.readouterr().out


@pytest.mark.parametrize("change", ["value", "availability", "missing", "extra", "repeated"])
def test_any_difference_fails(extract: Path, tmp_path: Path, change: str, capsys):
    rows = compute(extract, REFS)
    first = rows[0]
    changed = {
        "value": [first._replace(value=(first.value or 0) + 0.001), *rows[1:]],
        "availability": [first._replace(availability="unknown"), *rows[1:]],
        "missing": rows[1:],
        "extra": [first._replace(area_code="ELSEWHERE"), *rows],
        "repeated": [first, *rows],
    }[change]
    assert compared(extract, warehouse(tmp_path / "w.duckdb", changed)) == 1
    assert "1 different" in capsys.readouterr().out


def test_unknown_ref_and_missing_warehouse_are_no_differences(extract: Path, tmp_path: Path):
    assert main([str(extract), str(tmp_path / "none.duckdb")]) == 2
    assert main([str(extract), str(tmp_path / "none.duckdb"), "--refs", "99.9"]) == 2


def test_nulls_and_tolerance():
    assert same(None, None)
    assert not same(None, 0.0)
    assert same(1 / 3, 1 / 3 * (1 + 1e-12))
    assert not same(1 / 3, 1 / 3 * (1 + 1e-6))


def test_random_extracts_repeat_by_seed_and_differ_between_seeds(tmp_path: Path):
    texts = []
    for name, seed in (("a", 4), ("b", 4), ("c", 5)):
        folder = make_extract(tmp_path / name, seed, "tiny", complete=True, file_format="csv")
        texts.append((folder / "ssd_cp_plans.csv").read_text())
    assert texts[0] == texts[1] != texts[2]


@pytest.mark.parametrize("seed", range(3))
def test_random_extracts_keep_the_contract(tmp_path: Path, seed: int):
    folder = make_extract(tmp_path / "extract", seed, "tiny", file_format="csv")
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as handle:
            header = next(csv.reader(handle))
        contract = set(CONTRACT[path.stem])
        assert contract & REQUIRED <= set(header)
        assert set(header) - contract <= {"local_note", "x_local_note"}


def test_file_and_date_formats_do_not_change_the_figures(tmp_path: Path):
    """The same rows as typed Parquet and as text: same indicators."""
    folder = make_extract(
        tmp_path / "typed", 3, "tiny", complete=True, date_format="DMY", file_format="parquet"
    )
    typed = read_extract(folder)
    with duckdb.connect() as connection:
        for path in folder.glob("*.parquet"):
            connection.execute(
                f"copy (select * from '{path}') to '{path.with_suffix('.csv')}' "
                "(header, dateformat '%d/%m/%Y')"
            )
            path.unlink()
    text = read_extract(folder)
    months = reported_months(text)[-1:]
    assert compute_from(typed, months=months) == compute_from(text, months=months)
