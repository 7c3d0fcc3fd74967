"""The demonstration extract is an extract of the contract, and the same each time."""

from __future__ import annotations

import csv
import filecmp
import json

import pytest
from made_up_county.contract import TABLES
from vital_signs.landing.contract import load_contract

pytestmark = pytest.mark.slow


def test_every_table_of_the_contract_has_its_columns_and_no_others(extract):
    for table in load_contract():
        with (extract / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        assert tuple(header) == table.columns, table.name


def test_nothing_else_lies_in_the_folder(extract):
    expected = {f"{table}.csv" for table in TABLES} | {"extract.json"}
    assert {path.name for path in extract.iterdir()} == expected


def test_no_table_is_empty(tables):
    for table in TABLES:
        (count,) = tables.execute(f"select count(*) from {table}").fetchone()
        assert count > 0, table


def test_the_manifest_says_what_the_extract_is(extract):
    manifest = json.loads((extract / "extract.json").read_text(encoding="utf-8"))
    assert manifest["extract_id"] == "demo-2018-04-10"
    assert manifest["source_system"] == "SYNTHETIC"
    assert manifest["as_at"] == "2018-04-10T08:00:00"
    assert manifest["date_format"] == "YMD"
    assert manifest["history_from"]["default"] == "2013-04-01"


def test_the_same_seed_gives_the_same_bytes(two_extracts):
    first, second = two_extracts
    names = sorted(path.name for path in first.iterdir())
    _, different, missing = filecmp.cmpfiles(first, second, names, shallow=False)
    assert (different, missing) == ([], [])
