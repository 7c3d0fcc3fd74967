"""A good extract, and the means to spoil it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
from landing.contract import ContractColumn, load_contract
from landing.warehouse import land

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
# The id of every row that a damage adds; PER-03 wants letters and digits.
ROW_ID = "DMG1"
A_DAY = "2018-03-01"


def make_good_extract(folder: Path) -> Path:
    """Write the extract that the damages start from, all 31 tables as CSV with dates as YMD."""
    make_extract(folder, SEED, "tiny", complete=True, date_format="YMD", file_format="csv")
    (folder / "extract.json").write_text(json.dumps(DESCRIPTION), encoding="utf-8")
    return folder


def land_older(folder: Path) -> Path:
    """Return a warehouse that holds an older extract under the damaged ones' id."""
    warehouse = folder / "warehouse.duckdb"
    extract = make_good_extract(folder / "extract")
    entries = {**DESCRIPTION, "as_at": "2018-04-09"}
    (extract / "extract.json").write_text(json.dumps(entries), encoding="utf-8")
    land(extract, warehouse)
    return warehouse


class SpoiledExtract:
    """A copy of a good extract that damages are done to."""

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


def key_column(table: str) -> str | None:
    """Return the only key column of a table; None where its key has several parts."""
    (found,) = (entry for entry in load_contract() if entry.name == table)
    return found.key[0][0] if len(found.key) == 1 else None


def smallest_row(table: str) -> dict[str, str]:
    """Return a row with something in every required column and in every part of the key."""
    (found,) = (entry for entry in load_contract() if entry.name == table)
    types = {column.name: column.data_type for column in found.details}
    return {
        group[0]: A_DAY if types[group[0]] in ("DATE", "TIMESTAMP") else ROW_ID
        for group in found.needed
    }
