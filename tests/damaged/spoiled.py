"""A good extract, and the ways to damage it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
from vital_signs.landing.contract import ContractColumn, ContractTable, load_contract
from vital_signs.landing.warehouse import land

from tests.oracle.fuzz import make_extract

SEED = 3
# One of the damages is a cell of 10 MB.
csv.field_size_limit(2**31 - 1)
DESCRIPTION = {
    "extract_id": "damaged",
    "source_system": "CAREFIRST",
    "as_at": "2018-04-10T08:00:00",
    "date_format": "YMD",
    "history_from": {"default": "2014-04-01"},
}
PEOPLE = "ssd_person"
A_DAY = "2018-03-01"


def make_good_extract(folder: Path) -> Path:
    """Write the extract that all damage starts from: 31 tables as CSV with dates as YMD."""
    make_extract(folder, SEED, "tiny", complete=True, date_format="YMD", file_format="csv")
    (folder / "extract.json").write_text(json.dumps(DESCRIPTION), encoding="utf-8")
    return folder


def land_older(folder: Path) -> Path:
    """Return a warehouse that contains an older extract with the damaged ones' id."""
    warehouse = folder / "warehouse.duckdb"
    extract = make_good_extract(folder / "extract")
    entries = {**DESCRIPTION, "as_at": "2018-04-09"}
    (extract / "extract.json").write_text(json.dumps(entries), encoding="utf-8")
    land(extract, warehouse)
    return warehouse


class SpoiledExtract:
    """A copy of a good extract, to be damaged."""

    def __init__(self, good: Path, folder: Path) -> None:
        self.folder = shutil.copytree(good, folder)

    def path(self, table: str, ending: str = "csv") -> Path:
        """Return the path of a table's file."""
        return self.folder / f"{table}.{ending}"

    def description(self) -> dict[str, Any]:
        """Return what extract.json says."""
        return json.loads((self.folder / "extract.json").read_text(encoding="utf-8"))

    def describe(self, **changes: Any) -> None:
        """Change entries of extract.json; a change to None leaves the entry out."""
        entries = {**self.description(), **changes}
        kept = {name: value for name, value in entries.items() if value is not None}
        self.describe_as(json.dumps(kept))

    def describe_as(self, content: str | bytes) -> None:
        """Write extract.json as given."""
        data = content if isinstance(content, bytes) else content.encode()
        (self.folder / "extract.json").write_bytes(data)

    def rows(self, table: str) -> list[list[str]]:
        """Return the header and the rows of a CSV file."""
        with self.path(table).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def write(self, table: str, rows: list[list[str]], delimiter: str = ",") -> None:
        """Write the header and rows of a table."""
        self.write_bytes(table, as_csv(rows, delimiter))

    def write_bytes(self, table: str, content: bytes) -> None:
        """Write a table's CSV file as given."""
        self.path(table).write_bytes(content)

    def append(self, table: str, **cells: str) -> None:
        """Add a row; cells that are not given are empty."""
        with self.path(table).open("r+", encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
            assert set(cells) <= set(header), set(cells) - set(header)
            file.seek(0, io.SEEK_END)
            csv.writer(file).writerow([cells.get(column, "") for column in header])

    def write_parquet(self, table: str, sql: str) -> Path:
        """Write a table as Parquet from a query, in the place of its CSV file."""
        path = self.path(table, "parquet")
        duckdb.sql(f"copy ({sql}) to '{path}' (format parquet)")
        self.path(table).unlink(missing_ok=True)
        return path

    def as_parquet(self, table: str) -> Path:
        """Write a table's rows as Parquet, in the place of its CSV file."""
        source = f"from read_csv('{self.path(table)}', all_varchar = true, header = true)"
        return self.write_parquet(table, source)

    def first_value(self, table: str, column: str) -> str:
        """Return the first value of a column that is not empty."""
        header, *rows = self.rows(table)
        place = header.index(column)
        return next(row[place] for row in rows if row[place].strip())


def as_csv(rows: list[list[str]], delimiter: str = ",") -> bytes:
    """Return rows as the bytes of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def links() -> list[tuple[str, ContractColumn]]:
    """Return every column of the contract that refers to a table, with its table."""
    return [
        (table.name, column)
        for table in load_contract()
        for column in table.details
        if column.references
    ]


def key_of(table: str, row: Mapping[str, str]) -> str:
    """Return the key that staging gives to a row."""
    return " ".join(row[part[0]].strip().upper() for part in _contract(table).key)


def smallest_row(table: str, row_id: str) -> dict[str, str]:
    """Return a row with something in every required column, in every part of the key, and a person.

    Every id is `row_id`, so that damages do not meet: two rows of one person on one day would break
    rules about the two of them.
    """
    contract = _contract(table)
    needed = {group[0] for group in contract.needed}
    return {
        column.name: _smallest_value(column, row_id)
        for column in contract.details
        if column.name in needed or _is_person_of(column, table)
    }


def rows_around(
    table: str, row: Mapping[str, str], row_id: str
) -> list[tuple[str, dict[str, str]]]:
    """Return the rows that a row of `smallest_row` leads to, each once and with its table."""
    found: list[tuple[str, dict[str, str]]] = []
    for column in _contract(table).details:
        if column.references and row.get(column.name) == row_id:
            target = column.references[0]
            beside = smallest_row(target, row_id)
            for entry in ((target, beside), *rows_around(target, beside, row_id)):
                if entry not in found:
                    found.append(entry)
    return found


def _contract(table: str) -> ContractTable:
    (found,) = (entry for entry in load_contract() if entry.name == table)
    return found


def _is_person_of(column: ContractColumn, table: str) -> bool:
    return column.references == (PEOPLE,) and table != PEOPLE


def _smallest_value(column: ContractColumn, row_id: str) -> str:
    if column.data_type in ("DATE", "TIMESTAMP"):
        return A_DAY
    return column.codes[0] if column.codes else row_id
