"""Reading one file of an extract: its header against the contract, then its rows as text.

Nothing is written here. Rows come in batches that DuckDB can select from, with the columns under
the contract's names (all text), those that are carried, and `_source_row`.
"""

from __future__ import annotations

import codecs
import csv
import itertools
import mmap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import duckdb
import pyarrow as pa

from landing.contract import CARRIED_PREFIX, ContractTable
from landing.errors import UserError, first_line

ROWS_PER_BATCH = 100_000
OTHER_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
SQL_DATE_FORMATS = {"YMD": "%Y-%m-%d", "DMY": "%d/%m/%Y"}
LONGEST_FIELD = 2**31 - 1
# Above this a double no longer tells one whole number from the next.
LARGEST_EXACT_INTEGER = 2**53

Batch = pa.Table | duckdb.DuckDBPyRelation


@dataclass(frozen=True)
class Header:
    """The columns of a file against the contract.

    `positions` gives the place in the file of every column that is landed; `carried` are those of
    them that only start with x_; `missing` are in the contract and not in the file; `ignored` are
    in the file only.
    """

    width: int
    positions: dict[str, int]
    carried: tuple[str, ...]
    missing: tuple[str, ...]
    ignored: tuple[str, ...]


def match_header(names: Sequence[str], table: ContractTable, file: str) -> Header:
    """Match a file's column names, without regard to case and outer blanks.

    Raises UserError for a column given twice, a needed one missing, or no known one at all.
    """
    clean = [name.strip().lower() for name in names]
    for position, name in enumerate(clean):
        if name and name in clean[:position]:
            raise UserError(
                "a column is there twice", "remove or rename one of them", file=file, column=name
            )
    known = [name for name in table.columns if name in clean]
    if not known:
        raise _not_a_header(names, file)
    for group in table.needed:
        if not any(name in clean for name in group):
            raise UserError(
                "a required column is missing",
                "add it to the extract",
                file=file,
                column=" or ".join(group),
            )
    carried = [
        name for name in clean if name.startswith(CARRIED_PREFIX) and name not in table.columns
    ]
    return Header(
        width=len(names),
        positions={name: clean.index(name) for name in [*known, *carried]},
        carried=tuple(carried),
        missing=tuple(name for name in table.columns if name not in clean),
        ignored=tuple(
            name or f"(column {position} has no name)"
            for position, name in enumerate(clean, start=1)
            if name not in known and name not in carried
        ),
    )


def _not_a_header(names: Sequence[str], file: str) -> UserError:
    for delimiter, word in OTHER_DELIMITERS.items():
        if len(names) == 1 and delimiter in names[0]:
            return UserError(
                f"columns are separated by {word}", "save it with commas", file=file, line=1
            )
    return UserError(
        "the first row has no column name of the contract",
        "put a header row on top, or check the name of the file",
        file=file,
        line=1,
    )


class TableFile:
    """One data file, opened only as far as its header; `batches` reads the rows."""

    def __init__(self, path: Path, header: Header) -> None:
        self.path = path
        self.header = header

    def batches(self) -> Iterator[Batch]:
        """Yield the rows in the order of the file. Raises UserError at the first bad row."""
        raise NotImplementedError


def open_table_file(
    path: Path, table: ContractTable, date_format: str, connection: duckdb.DuckDBPyConnection
) -> TableFile:
    """Open a file by its type and check its header."""
    if path.suffix.lower() == ".parquet":
        return ParquetFile(path, table, date_format, connection)
    return CsvFile(path, table)


class CsvFile(TableFile):
    """A CSV file (RFC 4180, UTF-8). A file of no bytes is a table without rows."""

    def __init__(self, path: Path, table: ContractTable) -> None:
        names = self._first_row(path)
        if names is None:
            header = Header(0, {}, (), table.columns, ())
        else:
            header = match_header(names, table, path.name)
        super().__init__(path, header)

    @staticmethod
    def _first_row(path: Path) -> list[str] | None:
        _refuse_nul_bytes(path)
        csv.field_size_limit(LONGEST_FIELD)
        try:
            with _open_text(path) as file:
                return next(csv.reader(file, strict=True), None)
        except UnicodeDecodeError:
            raise _not_utf8(path) from None
        except csv.Error as error:
            raise UserError(
                f"the header row is broken: {error}",
                "mend its quotes or export the file again",
                file=path.name,
                line=1,
            ) from None

    def batches(self) -> Iterator[pa.Table]:
        """Yield Arrow tables of at most ROWS_PER_BATCH rows."""
        if self.header.width == 0:
            return
        first_row = 1
        try:
            with _open_text(self.path) as file:
                reader = csv.reader(file, strict=True)
                next(reader)
                while rows := list(itertools.islice(reader, ROWS_PER_BATCH)):
                    if any(len(row) != self.header.width for row in rows):
                        rows = self._without_blank_end(rows, reader)
                    yield self._batch(rows, first_row)
                    first_row += len(rows)
        except UnicodeDecodeError:
            raise _not_utf8(self.path) from None
        except csv.Error:
            raise self._first_fault() from None

    def _batch(self, rows: list[list[str]], first_row: int) -> pa.Table:
        by_column = list(zip(*rows, strict=True)) or [()] * self.header.width
        columns = {
            name: pa.array(by_column[position], pa.string())
            for name, position in self.header.positions.items()
        }
        numbers = pa.array(range(first_row, first_row + len(rows)), pa.int64())
        return pa.table({**columns, "_source_row": numbers})

    def _without_blank_end(self, rows: list[list[str]], reader: Iterator) -> list[list[str]]:
        """Drop blank lines at the end of the file; any other odd row is the user's to mend."""
        while rows and not rows[-1]:
            rows.pop()
        if any(len(row) != self.header.width for row in rows) or any(reader):
            raise self._first_fault()
        return rows

    def _first_fault(self) -> UserError:
        """Read the file again, row by row, to say exactly where it is wrong."""
        name, width = self.path.name, self.header.width
        with _open_text(self.path) as file:
            reader = csv.reader(file, strict=True)
            next(reader)
            for row in itertools.count(1):
                line = reader.line_num + 1
                try:
                    fields = next(reader)
                except StopIteration:
                    return UserError("changed while it was read", "land it again", file=name)
                except csv.Error as error:
                    is_cut_off = "end of data" in str(error)
                    return UserError(
                        "a quoted field has no end" if is_cut_off else f"bad quotes: {error}",
                        "double the quotes inside quoted fields, or export the file again if it was"
                        " cut off",
                        file=name,
                        row=row,
                        line=line,
                    )
                if len(fields) != width:
                    return UserError(
                        f"the row has {len(fields)} fields and the header {width}",
                        "quote fields that hold commas or line breaks, or export the file again if"
                        " it was cut off",
                        file=name,
                        row=row,
                        line=line,
                    )
        raise AssertionError("the count of rows has no end")


@dataclass(frozen=True)
class _ParquetColumn:
    """A column's name in the file, its name and its type in DuckDB.

    DuckDB renames a column that is there twice.
    """

    name: str
    sql_name: str
    type_name: str


class ParquetFile(TableFile):
    """A Parquet file, read by DuckDB alone; typed values become text as a CSV would have it."""

    def __init__(
        self,
        path: Path,
        table: ContractTable,
        date_format: str,
        connection: duckdb.DuckDBPyConnection,
    ) -> None:
        self._connection = connection
        self._date_format = date_format
        self._columns = self._describe(path)
        names = [column.name for column in self._columns]
        super().__init__(path, match_header(names, table, path.name))

    def _describe(self, path: Path) -> list[_ParquetColumn]:
        parameters = {"path": _no_glob(path)}
        try:
            described = self._connection.execute(
                "describe select * from read_parquet($path)", parameters
            ).fetchall()
            tree = self._connection.execute(
                "select name, num_children from parquet_schema($path)", parameters
            ).fetchall()
        except duckdb.Error as error:
            raise UserError(
                f"cannot be read as Parquet: {first_line(error)}",
                "export the file again; it may be cut off",
                file=path.name,
            ) from None
        return [
            _ParquetColumn(name, str(row[0]), str(row[1]))
            for name, row in zip(_children(tree), described, strict=True)
        ]

    def batches(self) -> Iterator[duckdb.DuckDBPyRelation]:
        """Yield one relation over the whole file, which DuckDB reads while it writes."""
        expressions = [
            f"{self._as_text(self._columns[position])} as {quoted(name)}"
            for name, position in self.header.positions.items()
        ]
        yield self._connection.sql(
            f"select {', '.join(expressions)}, file_row_number + 1 as _source_row"
            " from read_parquet($path, file_row_number = true)",
            params={"path": _no_glob(self.path)},
        )

    def _as_text(self, column: _ParquetColumn) -> str:
        value, type_name = quoted(column.sql_name), column.type_name
        date_format = SQL_DATE_FORMATS[self._date_format]
        if type_name == "DATE":
            return f"strftime({value}, '{date_format}')"
        if type_name.startswith("TIMESTAMP"):
            if type_name.endswith("WITH TIME ZONE"):
                value = f"timezone('Europe/London', {value})"
            # Many tools write a plain date as midnight.
            return (
                f"case when {value} = date_trunc('day', {value})"
                f" then strftime({value}, '{date_format}')"
                f" else strftime({value}, '{date_format} %H:%M:%S') end"
            )
        if type_name in ("DOUBLE", "FLOAT") or type_name.startswith("DECIMAL"):
            # Tools without a whole number that can be null write 12 as 12.0, and null as NaN.
            number = f"cast({value} as double)"
            return (
                f"case when isnan({number}) then null when {number} = trunc({number})"
                f" and abs({number}) < {LARGEST_EXACT_INTEGER}"
                f" then cast(cast({number} as bigint) as varchar)"
                f" else cast({value} as varchar) end"
            )
        if type_name == "BLOB":
            raise UserError(
                "the column holds bytes",
                "write it as text",
                file=self.path.name,
                column=column.name,
            )
        if type_name.startswith(("STRUCT", "MAP")) or type_name.endswith("]"):
            return f"cast(to_json({value}) as varchar)"
        return f"cast({value} as varchar)"


def quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _children(tree: list[tuple[str, int | None]]) -> list[str]:
    """Return the names of the top-level columns from Parquet's depth-first list of nodes."""
    names: list[str] = []
    open_nodes = [tree[0][1] or 0]
    for name, count in tree[1:]:
        while open_nodes[-1] == 0:
            open_nodes.pop()
        if len(open_nodes) == 1:
            names.append(name)
        open_nodes[-1] -= 1
        if count:
            open_nodes.append(count)
    return names


def _no_glob(path: Path) -> str:
    """Return the path with characters that DuckDB would expand made literal."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in str(path))


def _open_text(path: Path) -> TextIO:
    return path.open(encoding="utf-8-sig", newline="")


def _refuse_nul_bytes(path: Path) -> None:
    with path.open("rb") as file:
        if not file.read(1):
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                raise _not_utf8(path)
            position = content.find(b"\0")
            if position >= 0:
                raise UserError(
                    "has a NUL byte",
                    "export the file again as UTF-8 text",
                    file=path.name,
                    line=content[:position].count(b"\n") + 1,
                )


def _not_utf8(path: Path) -> UserError:
    return UserError(
        "is not UTF-8 text", "save it as UTF-8", file=path.name, line=_first_undecodable_line(path)
    )


def _first_undecodable_line(path: Path) -> int | None:
    with path.open("rb") as file:
        for line, content in enumerate(file, start=1):
            try:
                content.decode("utf-8")
            except UnicodeDecodeError:
                return line
    return None
