"""Check the tables of settings (dbt's seeds) as CSV files, before dbt reads them.

What a table must be stands in its YAML: its columns and their types; under `config.meta` of the
table its `key` and the `period` of a row (first and last column); under `config.meta` of a column
`required`, `unique`, `one_of` (the values allowed) and `refers_to` (`table.column`). A part of a
key may be empty only where its column says `required: false`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import click
import yaml

from vital_signs.commands import PATH, PROJECT, step
from vital_signs.errors import FailedError, UserError

Cells = dict[str, str]
YES_OR_NO = {"true", "false", "yes", "no"}


def _truth(text: str) -> None:
    if text.lower() not in YES_OR_NO:
        raise ValueError


# How to read a cell of a type, what a reader calls it, and how to write one.
TYPES: dict[str, tuple[Callable[[str], Any], str, str]] = {
    "date": (date.fromisoformat, "a date", "write it like 2018-03-31"),
    "integer": (int, "a whole number", "write digits only"),
    "double": (Decimal, "a number", "write it like 12.5"),
    "decimal": (Decimal, "a number", "write it like 12.5"),
    "boolean": (_truth, "true or false", "write true or false"),
}


@dataclass(frozen=True)
class Table:
    """A table of settings: what its YAML says of it, and the CSV file with its rows."""

    declared: dict[str, Any]
    file: Path

    @property
    def name(self) -> str:
        """Its name, which is the seed's."""
        return self.declared["name"]

    @property
    def where(self) -> str:
        """Its file as a message names it."""
        return str(self.file.relative_to(PROJECT) if PROJECT in self.file.parents else self.file)

    @cached_property
    def columns(self) -> dict[str, dict[str, Any]]:
        """What is declared of each column, by name."""
        return {column["name"]: _meta(column) for column in self.declared["columns"]}

    @cached_property
    def types(self) -> dict[str, str]:
        """The type of each column that has one, without its size."""
        types = (self.declared.get("config") or {}).get("column_types") or {}
        return {name: kind.partition("(")[0].lower() for name, kind in types.items()}

    @cached_property
    def lines(self) -> list[tuple[int, list[str]]]:
        """The lines of the file with the number that each ends on; the first is the header."""
        try:
            with self.file.open(encoding="utf-8-sig", newline="") as handle:
                reader = csv.reader(handle, strict=True)
                return [(reader.line_num, cells) for cells in reader if cells]
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise UserError(
                f"cannot be read as CSV in UTF-8 ({error})", "correct the file", file=self.where
            ) from None

    @cached_property
    def rows(self) -> list[tuple[int, Cells]]:
        """The rows that have a cell for each column of the header."""
        (_, header), *lines = self.lines or [(1, [])]
        return [
            (line, dict(zip(header, cells, strict=True)))
            for line, cells in lines
            if len(cells) == len(header)
        ]

    def problem(
        self, what: str, todo: str, line: int | None = None, column: str | None = None
    ) -> str:
        """Return a problem in one line: what, where, and what to do."""
        return str(UserError(what, todo, file=self.where, line=line, column=column))


def _meta(declared: dict[str, Any]) -> dict[str, Any]:
    return (declared.get("config") or {}).get("meta") or {}


def read_tables(*folders: Path) -> dict[str, Table]:
    """Return the tables that the YAML files of the first folder declare, by name.

    A table's CSV file is the one of its name in the last folder that has it, so that a folder of a
    council's own can stand in for the project's. Raises UserError where a file is missing.
    """
    files = {path.stem: path for folder in folders for path in sorted(folder.rglob("*.csv"))}
    tables = {}
    for path in sorted(folders[0].rglob("_*.yml")):
        for declared in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("seeds") or []:
            name = declared["name"]
            if name not in files:
                raise UserError(f"{name} has no CSV file", "add it", file=str(folders[0]))
            tables[name] = Table(declared, files[name])
    return tables


def problems(tables: dict[str, Table]) -> list[str]:
    """Return a line for everything wrong with the tables; none if all is well."""
    found = []
    for table in tables.values():
        shape = [*_shape(table)]
        found += shape or [*_cells(table), *_keys(table), *_periods(table), *_links(table, tables)]
    return found


def _shape(table: Table) -> Iterator[str]:
    """The header has the columns declared, and each row as many cells."""
    (_, header), *lines = table.lines or [(1, [])]
    for name in sorted(set(table.columns) - set(header)):
        yield table.problem("the column is missing", "add it to the header", 1, name)
    for name in sorted(set(header) - set(table.columns)):
        yield table.problem("the column is not declared", "remove it, or describe it", 1, name)
    if len(header) != len(set(header)):
        yield table.problem("a column stands twice in the header", "remove one", 1)
    for line, cells in lines:
        if len(cells) != len(header):
            yield table.problem(
                f"{len(cells)} cells for {len(header)} columns", "quote cells with commas", line
            )


def _cells(table: Table) -> Iterator[str]:
    """Each cell is of its type, one of the values allowed, and there if it must be."""
    for name, declared in table.columns.items():
        read, kind, todo = TYPES.get(table.types.get(name, "varchar"), (str, "", ""))
        allowed = [str(value) for value in declared.get("one_of", [])]
        for line, row in table.rows:
            cell = row[name]
            if not cell:
                if declared.get("required"):
                    yield table.problem("the cell is empty", "fill it in", line, name)
                continue
            try:
                read(cell)
            except (ValueError, ArithmeticError):
                yield table.problem(f"{cell!r} is not {kind}", todo, line, name)
            if allowed and cell not in allowed:
                choice = ", ".join(allowed)
                yield table.problem(f"{cell!r} is not allowed", f"use one of {choice}", line, name)


def _keys(table: Table) -> Iterator[str]:
    """No two rows have one key or one unique value, and no key lacks a part."""
    key = _meta(table.declared).get("key", [])
    for line, row in table.rows:
        for name in key:
            if not row[name] and table.columns[name].get("required") is not False:
                yield table.problem("a part of the key is empty", "fill it in", line, name)
    alone = [[name] for name, declared in table.columns.items() if declared.get("unique")]
    for columns in ([key] if key else []) + alone:
        first: dict[tuple[str, ...], int] = {}
        for line, row in table.rows:
            values = tuple(row[name] for name in columns)
            if any(values) and first.setdefault(values, line) != line:
                yield table.problem(
                    f"{' / '.join(values)} is there twice, first in line {first[values]}",
                    "keep one row, or correct one of them",
                    line,
                    ", ".join(columns),
                )


def _periods(table: Table) -> Iterator[str]:
    """No period ends before it begins; dates are written so that texts compare like them."""
    first, last = _meta(table.declared).get("period", (None, None))
    for line, row in table.rows if first else []:
        if row[first] and row[last] and row[last] < row[first]:
            yield table.problem(
                f"{row[last]} is before {row[first]} of {first}", "correct one of them", line, last
            )


def _links(table: Table, tables: dict[str, Table]) -> Iterator[str]:
    """What a column refers to is there."""
    for name, declared in table.columns.items():
        if "refers_to" not in declared:
            continue
        other, _, column = declared["refers_to"].partition(".")
        there = {row.get(column) for _, row in tables[other].rows}
        for line, row in table.rows:
            if row[name] and row[name] not in there:
                todo = f"correct it, or add it to {tables[other].where}"
                yield table.problem(f"{row[name]!r} is not in {other}", todo, line, name)


def check(folders: Iterable[Path] = (PROJECT / "seeds",)) -> int:
    """Check the tables of the folders and return how many there are.

    Raises FailedError with a line for each problem, UserError for a file that cannot be read.
    """
    tables = read_tables(*folders)
    if found := problems(tables):
        raise FailedError("\n".join(found))
    return len(tables)


@step("settings", __doc__)
@click.argument("folders", nargs=-1, type=PATH)
def main(folders: tuple[Path, ...]) -> None:
    """Check the project's tables; CSV files in the folders given stand in for its own."""
    print(f"{check([PROJECT / 'seeds', *folders])} tables of settings are in order")
