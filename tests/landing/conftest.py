"""A small extract, rebuilt for each test, and the means to change and load it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from vital_signs.landing.contract import load_contract

DESCRIPTION = {
    "extract_id": "may",
    "source_system": "MOSAIC",
    "as_at": "2018-05-10T08:00:00",
    "date_format": "DMY",
    "history_from": {"default": "2014-04-01", "ssd_contacts": "2016-01-01"},
}
# Awkward on purpose: commas, quotes, line breaks, outer blanks, empty fields, a carried column.
TABLES = {
    "ssd_person": (
        ["pers_person_id", "pers_dob", "pers_sex", "x_pers_shoe_size"],
        [
            [" p1 ", "01/02/2010", "F", "36"],
            ["P2", "", "M", ""],
            ["Zoë", "31/12/2009", "", "40,5"],
        ],
    ),
    "ssd_contacts": (
        ["cont_contact_date", "cont_person_id", "cont_contact_id", "cont_contact_source_desc"],
        [
            ["01/03/2018", "P1", "C1", 'said "help",\nthen rang off'],
            ["02/03/2018 14:30", "P2", "C2", ""],
        ],
    ),
    "ssd_cp_plans": (["cppl_cp_plan_id", "cppl_person_id", "cppl_cp_plan_start_date"], []),
}


class MadeExtract:
    """A folder with an extract that a test can spoil."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.describe()
        for name, (header, rows) in TABLES.items():
            self.write(name, header, rows)

    def describe(self, **changes: Any) -> None:
        """Write extract.json; a change to None leaves the entry out."""
        entries = {**DESCRIPTION, **changes}
        text = json.dumps({name: value for name, value in entries.items() if value is not None})
        (self.folder / "extract.json").write_text(text, encoding="utf-8")

    def write(self, table: str, header: list[str], rows: list[list[str]]) -> Path:
        path = self.folder / f"{table}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        return path

    def write_text(self, table: str, text: str | bytes) -> Path:
        path = self.folder / f"{table}.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path


@pytest.fixture
def extract(tmp_path: Path) -> MadeExtract:
    return MadeExtract(tmp_path / "extract_may")


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "warehouse.duckdb"


def query(warehouse: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def everything(warehouse: Path) -> dict[str, list[tuple]]:
    """Return all landed rows, without the time of loading."""
    names = [table.name for table in load_contract()] + ["extract_log", "extract_tables"]
    return {
        name: query(
            warehouse,
            "select columns(c -> c not in ('_loaded_at', 'loaded_at'))"
            f" from raw.{name} order by all",
        )
        for name in names
    }
