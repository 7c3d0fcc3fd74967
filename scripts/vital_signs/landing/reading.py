"""Reading one file of an extract: its header against the contract, then its rows as text.

Nothing is written here. Rows come in batches that DuckDB can select from, with the columns under
the contract's names (all as text), any carried columns, and `_source_row`.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import itertools
import mmap
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import duckdb
import pyarrow as pa

from vital_signs.errors import UserError, first_line
from vital_signs.landing.contract import CARRIED_PREFIX, ContractTable

ROWS_PER_BATCH = 100_000
OTHER_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "pipes"}
SQL_DATE_FORMATS = {"YMD": "%Y-%m-%d", "DMY": "%d/%m/%Y"}
LONGEST_FIELD = 2**31 - 1
BYTES_PER_READ = 2**20
# The first bytes of files that are often sent with the name of a CSV file.
OTHER_KINDS = {
    b"\x1f\x8b": ("compressed (gzip)", "unpack it"),
    b"PK\x03\x04": ("an Excel workbook or a zip archive", 'save it as "CSV UTF-8", or unpack it'),
    b"\xd0\xcf\x11\xe0": ("an old Excel workbook", 'save it as "CSV UTF-8"'),
    b"PAR1": ("a Parquet file", "rename it so that it ends in .parquet"),
    b"%PDF": ("a PDF document", "export the table as CSV"),
}
PARQUET_MARK = b"PAR1"
HOW_TO_SAVE = 'save it as UTF-8 (in Excel: "CSV UTF-8 (comma delimited)")'
# Above this a double can no longer distinguish one whole number from the next.
LARGEST_EXACT_INTEGER = 2**53

Batch = pa.Table | duckdb.DuckDBPyRelation


@dataclass(frozen=True)
class Header:
    """The columns of a file compared with the contract.

    `positions` gives the position in the file of every column that is landed; `carried` are those
    that are landed only because they start with x_; `missing` are in the contract but not in the
    file; `ignored` are only in the file.
    """

    width: int
    positions: dict[str, int]
    carried: tuple[str, ...]
    missing: tuple[str, ...]
    ignored: tuple[str, ...]


def match_header(names: Sequence[str], table: ContractTable, file: str) -> Header:
    """Match a file's column names, ignoring case and leading or trailing spaces.

    Raises UserError for a duplicate column, a missing required column, or no known column at all.
    """
    clean = [name.strip().lower() for name in names]
    seen: set[str] = set()
    for name in clean:
        if name and name in seen:
            raise UserError(
                "duplicate column", "remove or rename one of them", file=file, column=name
            )
        seen.add(name)
    known = [name for name in table.columns if name in seen]
    if not known:
        raise _not_a_header(names, file)
    for group in table.needed:
        if seen.isdisjoint(group):
            raise UserError(
                "a required column is missing",
                "add it to the export, or check the spelling of the header",
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
        missing=tuple(name for name in table.columns if name not in seen),
        ignored=tuple(
            name or f"(column {position} has no name)"
            for position, name in enumerate(clean, start=1)
            if name not in known and name not in carried
        ),
    )


def _not_a_header(names: Sequence[str], file: str) -> UserError:
    if len(names) == 1:
        separator = _other_separator(names[0], file)
        if separator:
            return separator
    return UserError(
        "the first row contains none of this table's column names",
        "add a header row with the column names, or check the file name",
        file=file,
        line=1,
    )


def _other_separator(first_line_text: str, file: str) -> UserError | None:
    for delimiter, word in OTHER_DELIMITERS.items():
        if delimiter in first_line_text:
            return UserError(
                f"the columns are separated by {word}",
                "export it again with commas between the columns",
                file=file,
                line=1,
            )
    return None


class TableFile:
    """One data file, opened only as far as its header; `batches` reads the rows.

    `read_hash` is the SHA-256 of the bytes that the rows came from, once all of them are read: a
    file that changes in the meantime may have its size and time reset.
    """

    def __init__(self, path: Path, header: Header) -> None:
        self.path = path
        self.header = header
        self.read_hash: bytes | None = None

    def batches(self) -> Iterator[Batch]:
        """Yield the rows in the order of the file. Raises UserError at the first bad row."""
        raise NotImplementedError


def open_table_file(
    path: Path,
    table: ContractTable,
    date_format: str,
    connection: duckdb.DuckDBPyConnection,
    private: Path,
) -> TableFile:
    """Open a file by its type and check its header.

    DuckDB reads a Parquet file by its path, as often as it likes, so it gets a copy in the folder
    `private`, which is hashed while it is made and which nobody else changes.
    """
    if path.suffix.lower() == ".parquet":
        return ParquetFile(path, table, date_format, connection, private)
    return CsvFile(path, table)


class CsvFile(TableFile):
    """A CSV file (RFC 4180, UTF-8). An empty file is a table without rows."""

    def __init__(self, path: Path, table: ContractTable) -> None:
        names = self._first_row(path)
        if names is None:
            header = Header(0, {}, (), table.columns, ())
        else:
            header = match_header(names, table, path.name)
        self._names = names
        super().__init__(path, header)

    @staticmethod
    def _first_row(path: Path) -> list[str] | None:
        _refuse_other_kinds(path)
        csv.field_size_limit(LONGEST_FIELD)
        try:
            with _open_text(path) as file:
                return next(csv.reader(file, strict=True), None)
        except UnicodeDecodeError:
            raise _not_utf8(path) from None
        except csv.Error as error:
            with _open_text(path) as file:
                separator = _other_separator(file.readline(), path.name)
            raise separator or UserError(
                f"the header row is broken: {_quotes_fault(error)}",
                "fix the quotation marks or export the file again",
                file=path.name,
                line=1,
            ) from None

    def batches(self) -> Iterator[pa.Table]:
        """Yield Arrow tables of at most ROWS_PER_BATCH rows."""
        first_row = 1
        try:
            with self.path.open("rb", buffering=0) as raw:
                hashed = _HashedFile(raw)
                file = io.TextIOWrapper(
                    io.BufferedReader(hashed, BYTES_PER_READ), encoding="utf-8-sig", newline=""
                )
                reader = csv.reader(file, strict=True)
                if next(reader, None) != self._names:
                    raise changed_while_read(self.path.name)
                while rows := list(itertools.islice(reader, ROWS_PER_BATCH)):
                    if any(len(row) != self.header.width for row in rows):
                        rows = self._without_blank_end(rows, reader)
                    yield self._batch(rows, first_row)
                    first_row += len(rows)
                self.read_hash = hashed.digest()
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
        """Drop blank lines at the end of the file; any other odd row is for the user to fix."""
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
                    return changed_while_read(name)
                except csv.Error as error:
                    return UserError(
                        _quotes_fault(error),
                        "enclose fields that contain quotation marks in quotation marks and double"
                        " the ones inside; if the file was cut off, export it again",
                        file=name,
                        row=row,
                        line=line,
                    )
                if not fields:
                    return UserError(
                        "the row is blank", "remove it from the file", file=name, row=row, line=line
                    )
                if len(fields) != width:
                    return UserError(
                        f"the number of fields is {len(fields)} in this row and {width} in the"
                        " header",
                        "enclose fields that contain commas or line breaks in quotation marks; if"
                        " the file was cut off, export it again",
                        file=name,
                        row=row,
                        line=line,
                    )
        raise AssertionError("the count of rows has no end")


class _HashedFile(io.RawIOBase):
    """A file opened without a buffer, hashed as it is read from beginning to end."""

    def __init__(self, raw: io.RawIOBase) -> None:
        self._raw = raw
        self._hash = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        count = self._raw.readinto(buffer)
        self._hash.update(memoryview(buffer)[:count])
        return count

    def digest(self) -> bytes:
        """Return the hash of what has been read so far."""
        return self._hash.digest()


def changed_while_read(file: str) -> UserError:
    """Return what to tell the user when a file has just changed."""
    return UserError(
        "the file changed while it was being read",
        "wait until the export has finished, then land it again",
        file=file,
    )


@dataclass(frozen=True)
class _ParquetColumn:
    """A column's name in the file, and its name and type in DuckDB.

    DuckDB renames a duplicate column.
    """

    name: str
    sql_name: str
    type_name: str


class ParquetFile(TableFile):
    """A Parquet file, read only by DuckDB; typed values become text as they would be in a CSV."""

    def __init__(
        self,
        path: Path,
        table: ContractTable,
        date_format: str,
        connection: duckdb.DuckDBPyConnection,
        private: Path,
    ) -> None:
        self._connection = connection
        self._date_format = date_format
        self._copy = private / path.name
        copy_hash = _copy_hashed(path, self._copy)
        self._columns = self._describe(path)
        names = [column.name for column in self._columns]
        super().__init__(path, match_header(names, table, path.name))
        self.read_hash = copy_hash

    def _describe(self, path: Path) -> list[_ParquetColumn]:
        _refuse_broken_parquet(self._copy)
        parameters = {"path": _no_glob(self._copy)}
        try:
            # Otherwise a folder called year=2018 would add a column.
            described = self._connection.execute(
                "describe select * from read_parquet($path, hive_partitioning = false)", parameters
            ).fetchall()
            tree = self._connection.execute(
                "select name, num_children from parquet_schema($path)", parameters
            ).fetchall()
        except duckdb.Error as error:
            raise _bad_parquet(path, f": {first_line(error)}") from None
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
        try:
            relation = self._connection.sql(
                f"select {', '.join(expressions)}, file_row_number + 1 as _source_row"
                " from read_parquet($path, file_row_number = true, hive_partitioning = false)",
                params={"path": _no_glob(self._copy)},
            )
        except duckdb.Error as error:
            raise _bad_parquet(self.path, f": {first_line(error)}") from None
        yield relation

    def _as_text(self, column: _ParquetColumn) -> str:
        value, type_name = quoted(column.sql_name), column.type_name
        date_format = SQL_DATE_FORMATS[self._date_format]
        if type_name == "DATE":
            return f"strftime({value}, '{date_format}')"
        if type_name.startswith("TIMESTAMP"):
            if type_name.endswith("WITH TIME ZONE"):
                # Before there was one national time (a sentinel of 1753 may occur) it is UTC.
                zone = f"case when year({value}) < 1848 then 'UTC' else 'Europe/London' end"
                value = f"timezone({zone}, {value})"
            # Many tools write a plain date as midnight.
            return (
                f"case when {value} = date_trunc('day', {value})"
                f" then strftime({value}, '{date_format}')"
                f" else strftime({value}, '{date_format} %H:%M:%S') end"
            )
        if type_name in ("DOUBLE", "FLOAT") or type_name.startswith("DECIMAL"):
            # Tools in which a whole number cannot be null write 12 as 12.0, and null as NaN.
            number = f"cast({value} as double)"
            return (
                f"case when isnan({number}) then null when {number} = trunc({number})"
                f" and abs({number}) < {LARGEST_EXACT_INTEGER}"
                f" then cast(cast({number} as bigint) as varchar)"
                f" else cast({value} as varchar) end"
            )
        if type_name == "BLOB":
            raise UserError(
                "the column contains bytes, not text",
                "export it as text",
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
    """Return the path with the characters that DuckDB would expand made literal."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in str(path))


def _open_text(path: Path) -> TextIO:
    return path.open(encoding="utf-8-sig", newline="")


def _copy_hashed(path: Path, copy: Path) -> bytes:
    """Copy a file and return the hash of the copy's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as source, copy.open("xb") as target:
        while part := source.read(BYTES_PER_READ):
            digest.update(part)
            target.write(part)
    return digest.digest()


def _quotes_fault(error: csv.Error) -> str:
    if "end of data" in str(error):
        return "a quoted field is not closed"
    if "expected after" in str(error):
        return "there is text after the closing quotation mark of a field"
    return str(error)


def _refuse_other_kinds(path: Path) -> None:
    """Raise UserError for a file that is not text, or is text with two bytes per character."""
    with path.open("rb") as file:
        start = file.read(4)
        if not start:
            return
        for mark, (kind, todo) in OTHER_KINDS.items():
            if start.startswith(mark):
                raise UserError(f"the file is {kind}, not CSV text", todo, file=path.name)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or start.count(0) == 2:
            raise UserError(
                "the file is UTF-16 text, not UTF-8", HOW_TO_SAVE, file=path.name, line=1
            )
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            position = content.find(b"\0")
            if position >= 0:
                raise UserError(
                    "there is a NUL byte, which text never contains",
                    "export the file again; it may be damaged",
                    file=path.name,
                    line=content[:position].count(b"\n") + 1,
                )


def _refuse_broken_parquet(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(len(PARQUET_MARK))
        if start != PARQUET_MARK:
            raise _bad_parquet(path, "")
        file.seek(-len(PARQUET_MARK), os.SEEK_END)
        if file.read() != PARQUET_MARK:
            raise _bad_parquet(path, ": its end is missing")


def _bad_parquet(path: Path, detail: str) -> UserError:
    return UserError(
        f"the file cannot be read as Parquet{detail}",
        "export it again; it may be cut off or not be a Parquet file",
        file=path.name,
    )


def _not_utf8(path: Path) -> UserError:
    return UserError(
        "the file is not UTF-8 text",
        HOW_TO_SAVE,
        file=path.name,
        line=_first_undecodable_line(path),
    )


def _first_undecodable_line(path: Path) -> int | None:
    with path.open("rb") as file:
        for line, content in enumerate(file, start=1):
            try:
                content.decode("utf-8")
            except UnicodeDecodeError:
                return line
    return None
