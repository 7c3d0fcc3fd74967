"""A month as it was known: of all landed extracts only the one in force then decides."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from bench import model_statements
from commands import PROJECT

from tests.engine.conftest import DBT, Builder
from tests.engine.test_order_of_rows import contents
from tests.oracle.fuzz import make_extract

# These say what is landed and when, which is not the same in the two warehouses.
ABOUT_LANDING = {
    "staging.stg_landing__extracts",
    "staging.stg_landing__row_counts",
    "core.dim_extract",
    "published.extract",
}
Rows = list[list[str]]


def extract_of(whole: Path, folder: Path, day: str, change: Callable[[str, Rows], Rows]) -> Path:
    """Write the extract of a day: the whole one, each table changed."""
    shutil.copytree(whole, folder)
    manifest = json.loads((folder / "extract.json").read_text(encoding="utf-8"))
    manifest |= {"extract_id": f"as_at_{day}", "as_at": f"{day}T08:00:00"}
    (folder / "extract.json").write_text(json.dumps(manifest), encoding="utf-8")
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            header, *rows = list(csv.reader(handle))
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows([header, *change(path.stem, rows)])
    return folder


def without_the_late(table: str, rows: Rows) -> Rows:
    """Leave out every seventh row: it is typed in later."""
    return [row for number, row in enumerate(rows) if number % 7]


def without_the_wrong(table: str, rows: Rows) -> Rows:
    """Leave out every eleventh row: it was entered in error."""
    return [row for number, row in enumerate(rows) if number % 11]


def as_it_is(table: str, rows: Rows) -> Rows:
    return rows


@pytest.fixture(scope="module")
def as_at_april(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the SQL of every model as a build as at 10 April runs it."""
    folder = tmp_path_factory.mktemp("as_at")
    options = ["--target-path", str(folder), "--log-path", str(folder)]
    subprocess.run(
        [str(DBT), "--quiet", "compile", *options, "--vars", '{"as_at": "2018-04-10"}'],
        cwd=PROJECT,
        env={**os.environ, "VITAL_SIGNS_WAREHOUSE": str(folder / "none.duckdb")},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return model_statements(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


@pytest.mark.slow
def test_april_is_as_if_nothing_had_been_landed_after_it(
    build: Builder, as_at_april: list[str], tmp_path: Path
) -> None:
    whole = tmp_path / "whole"
    make_extract(whole, 7, size="small", complete=True, file_format="csv")
    april = extract_of(whole, tmp_path / "april", "2018-04-10", without_the_late)
    may = extract_of(whole, tmp_path / "may", "2018-05-10", without_the_wrong)
    june = extract_of(whole, tmp_path / "june", "2018-06-10", as_it_is)

    alone = contents(build(april, tmp_path / "alone.duckdb"))
    # April is landed last, and June is built first: neither may matter.
    warehouse = build(april, tmp_path / "all.duckdb", june, may)
    newest = contents(warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        for statement in as_at_april:
            connection.execute(statement)
        (in_force,) = connection.execute("select extract_id from core.dim_extract").fetchone()
    replayed = contents(warehouse)

    assert in_force == "as_at_2018-04-10"
    assert newest["indicators.fct_indicator_cases"] != alone["indicators.fct_indicator_cases"]
    assert replayed.keys() == alone.keys()
    assert {name for name in alone if replayed[name] != alone[name]} - ABOUT_LANDING == set()
