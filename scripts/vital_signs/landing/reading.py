"""Reading one file of an extract: its header against the contract, then its rows as text.

Nothing is written to the warehouse here. The rows are SQL that DuckDB can select from: the columns
under the contract's names (all as text), any carried columns, and `_source_row`.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import itertools
import mmap
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import duckdb

from vital_signs.errors import UserError, first_line
from vital_signs.landing.contract import CARRIED_PREFIX, ContractTable
from vital_signs.sql import literal, quoted
from vital_signs.warehouse import DISK_FULL_SIGNS

OTHER_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "pipes"}
SQL_DATE_FORMATS = {"YMD": "%Y-%m-%d", "DMY": "%d/%m/%Y"}
LONGEST_FIELD = 2**31 - 1
# DuckDB holds two lines of this length in memory; where a line is longer, it is told so.
LONGEST_ORDINARY_LINE = 2**20
MOST_BYTES_PER_CHARACTER = 4
# DuckDB goes on with a quoted field here; Python refuses what follows the first quotation mark.
REOPENED = re.compile(rb'" +"')
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
    """One data file of an extract, copied, opened, and its header checked.

    DuckDB reads a file by its path, as often as it likes. It therefore reads a copy in a private
    folder, which nobody else changes.
    """

    def __init__(self, path: Path, copy: Path, header: Header) -> None:
        self.path = path
        self.copy = copy
        self.header = header

    def check(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make sure that DuckDB reads the rows as they are meant.

        Raises UserError at the first bad row.
        """
        raise NotImplementedError

    def rows(self) -> str:
        """Return SQL for the rows: every landed column as text, and `_source_row`."""
        raise NotImplementedError

    def refused(self, error: duckdb.Error) -> UserError:
        """Return what to tell the user when DuckDB cannot read the rows after all."""
        return UserError(
            f"the file cannot be landed: {first_line(error)}",
            "export it again; it may be damaged",
            file=self.path.name,
        )


def open_table_file(
    path: Path,
    file_hash: bytes,
    table: ContractTable,
    date_format: str,
    connection: duckdb.DuckDBPyConnection,
    private: Path,
) -> TableFile:
    """Copy a file to the folder `private` and open the copy by its type.

    Raises UserError when the bytes copied are not those with the hash: the size and time of a file
    that changes can be reset, what was read cannot.
    """
    ending = path.suffix.lower()
    copy = private / f"{table.name}{ending}"
    signs = _Signs()
    if _copy_hashed(path, copy, signs if ending == ".csv" else None) != file_hash:
        raise changed_while_read(path.name)
    if ending == ".csv":
        return CsvFile(path, copy, table, signs)
    return ParquetFile(path, copy, table, date_format, connection)


class _Signs:
    """What a copied CSV file consists of, counted while it is copied."""

    COUNTED = (b",", b" ", b"\n", b"\r", b'"')

    def __init__(self) -> None:
        self.counts = dict.fromkeys(self.COUNTED, 0)
        self.windows_line_ends = 0
        self.is_utf8 = True
        self.last = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def add(self, part: bytes) -> None:
        for sign in self.COUNTED:
            self.counts[sign] += part.count(sign)
        self.windows_line_ends += part.count(b"\r\n") + (self.last + part[:1] == b"\r\n")
        self.last = part[-1:]
        try:
            self._decoder.decode(part)
        except UnicodeDecodeError:
            self.is_utf8 = False


class CsvFile(TableFile):
    """A CSV file (RFC 4180, UTF-8). An empty file is a table without rows.

    DuckDB's reader skips blank lines, a comma too many and blanks before a quotation mark, and
    refuses what the standard allows (line ends of two kinds, very long lines). Python's reader does
    neither, and says which line is wrong, but takes ten times as long. So a file that DuckDB may
    read otherwise than Python is read by Python first, which refuses it or writes it out again.
    """

    def __init__(self, path: Path, copy: Path, table: ContractTable, signs: _Signs) -> None:
        names = self._first_row(path, copy)
        if names is None:
            header = Header(0, {}, (), table.columns, ())
        else:
            header = match_header(names, table, path.name)
        super().__init__(path, copy, header)
        self._signs = signs
        self._longest_line = LONGEST_ORDINARY_LINE

    @staticmethod
    def _first_row(path: Path, copy: Path) -> list[str] | None:
        _refuse_other_kinds(path, copy)
        csv.field_size_limit(LONGEST_FIELD)
        try:
            with _open_text(copy) as file:
                return next(csv.reader(file, strict=True), None)
        except UnicodeDecodeError:
            raise _not_utf8(path, copy) from None
        except csv.Error as error:
            with _open_text(copy) as file:
                separator = _other_separator(file.readline(), path.name)
            raise separator or UserError(
                f"the header row is broken: {_quotes_fault(error)}",
                "fix the quotation marks or export the file again",
                file=path.name,
                line=1,
            ) from None

    def rows(self) -> str:
        """Return SQL that reads the copy; a row's number is its place in the file."""
        landed = [
            f"c{position} as {quoted(name)}" for name, position in self.header.positions.items()
        ]
        return f"select {', '.join([*landed, 'row_number() over () as _source_row'])} {self._from}"

    @property
    def _from(self) -> str:
        if not self.header.width:
            return "where false"
        columns = ", ".join(f"c{number}: 'VARCHAR'" for number in range(self.header.width))
        return (
            f"from read_csv({literal(_no_glob(self.copy))}, columns = {{{columns}}},"
            " auto_detect = false, header = false, skip = 1, strict_mode = true, parallel = false,"
            " delim = ',', quote = '\"', escape = '\"', nullstr = '',"
            f" max_line_size = {self._longest_line}, buffer_size = {2 * self._longest_line})"
        )

    def check(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Have DuckDB read the copy; write it again where that gives other rows than Python's."""
        if self.header.width and not self._is_read_as_meant(connection):
            self._write_again()

    def _is_read_as_meant(self, connection: duckdb.DuckDBPyConnection) -> bool:
        """Whether DuckDB's rows account for every comma, line end and blank of the file."""
        signs, width = self._signs, self.header.width
        with self.copy.open("rb") as file:
            first = file.readline()
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                is_reopened = bool(signs.counts[b'"'] and REOPENED.search(content))
        if (
            not signs.is_utf8
            or signs.counts[b"\r"] != signs.windows_line_ends
            or b'"' in first
            or is_reopened
            # Where there is one column, a blank line is a row.
            or width == 1
        ):
            return False
        values = f"concat({', '.join(f'c{number}' for number in range(width))})"
        # Without quotation marks, no value contains any of the three.
        hidden = [
            f"sum(strlen(value) - strlen(replace(value, {sign}, '')))"
            for sign in ("','", "chr(10)", "' '")
        ]
        statement = (
            f"select count(*), {', '.join(hidden)} from (select {values} as value {self._from})"
            if signs.counts[b'"']
            else f"select count(*), 0, 0, null {self._from}"
        )
        try:
            found = connection.execute(statement).fetchone()
        except duckdb.Error as error:
            if any(sign in str(error) for sign in DISK_FULL_SIGNS):
                raise
            return False
        row_count, commas, line_ends, blanks = found
        in_rows = {sign: signs.counts[sign] - first.count(sign) for sign in (b",", b"\n", b" ")}
        if first.endswith(b"\n") and signs.last != b"\n":
            # The last line has no end. DuckDB leaves out a row that ends within quotation marks.
            in_rows[b"\n"] += 1
        return (
            in_rows[b","] == (commas or 0) + row_count * (width - 1)
            and in_rows[b"\n"] == (line_ends or 0) + row_count
            and (blanks is None or in_rows[b" "] == blanks)
        )

    def _write_again(self) -> None:
        """Read the copy strictly, and put one in its place in which every field is quoted."""
        if not self._signs.is_utf8:
            raise _not_utf8(self.path, self.copy)
        plain = self.copy.with_suffix(".plain")
        with _open_text(self.copy) as file, plain.open("x", encoding="utf-8", newline="") as target:
            writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\n")
            reader = csv.reader(file, strict=True)
            for fields in itertools.chain([next(reader)], self._strict_rows(reader)):
                length = writer.writerow(fields)
                if length > self._longest_line // MOST_BYTES_PER_CHARACTER:
                    length += len("".join(fields).encode())
                    self._longest_line = max(self._longest_line, length)
        plain.replace(self.copy)

    def _strict_rows(self, reader: Any) -> Iterator[list[str]]:
        """Yield the rows under the header. Raises UserError at the first bad one.

        Blank lines are allowed at the end of the file.
        """
        name, width = self.path.name, self.header.width
        blank: UserError | None = None
        for row in itertools.count(1):
            line = reader.line_num + 1
            try:
                fields = next(reader, None)
            except csv.Error as error:
                raise blank or UserError(
                    _quotes_fault(error),
                    "enclose fields that contain quotation marks in quotation marks and double"
                    " the ones inside; if the file was cut off, export it again",
                    file=name,
                    row=row,
                    line=line,
                ) from None
            if fields is None:
                return
            if not fields:
                blank = blank or UserError(
                    "the row is blank", "remove it from the file", file=name, row=row, line=line
                )
                continue
            if blank:
                raise blank
            if len(fields) != width:
                raise UserError(
                    f"the number of fields is {len(fields)} in this row and {width} in the header",
                    "enclose fields that contain commas or line breaks in quotation marks; if"
                    " the file was cut off, export it again",
                    file=name,
                    row=row,
                    line=line,
                )
            yield fields


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
        copy: Path,
        table: ContractTable,
        date_format: str,
        connection: duckdb.DuckDBPyConnection,
    ) -> None:
        self._date_format = date_format
        self._columns = self._describe(path, copy, connection)
        names = [column.name for column in self._columns]
        super().__init__(path, copy, match_header(names, table, path.name))

    @staticmethod
    def _describe(
        path: Path, copy: Path, connection: duckdb.DuckDBPyConnection
    ) -> list[_ParquetColumn]:
        _refuse_broken_parquet(path, copy)
        parameters = {"path": _no_glob(copy)}
        try:
            # Otherwise a folder called year=2018 would add a column.
            described = connection.execute(
                "describe select * from read_parquet($path, hive_partitioning = false)", parameters
            ).fetchall()
            tree = connection.execute(
                "select name, num_children from parquet_schema($path)", parameters
            ).fetchall()
        except duckdb.Error as error:
            raise _bad_parquet(path, f": {first_line(error)}") from None
        return [
            _ParquetColumn(name, str(row[0]), str(row[1]))
            for name, row in zip(_children(tree), described, strict=True)
        ]

    def check(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Every row has the columns of the header."""

    def refused(self, error: duckdb.Error) -> UserError:
        """Say that the file is no Parquet file, or is damaged."""
        return _bad_parquet(self.path, f": {first_line(error)}")

    def rows(self) -> str:
        """Return SQL that reads the copy, with typed values as texts."""
        landed = [
            f"{self._as_text(self._columns[position])} as {quoted(name)}"
            for name, position in self.header.positions.items()
        ]
        return (
            f"select {', '.join([*landed, 'file_row_number + 1 as _source_row'])}"
            f" from read_parquet({literal(_no_glob(self.copy))},"
            " file_row_number = true, hive_partitioning = false)"
        )

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


def _copy_hashed(path: Path, copy: Path, signs: _Signs | None = None) -> bytes:
    """Copy a file, count its signs, and return the hash of the copy's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as source, copy.open("xb") as target:
        while part := source.read(BYTES_PER_READ):
            digest.update(part)
            target.write(part)
            if signs:
                signs.add(part)
    return digest.digest()


def _quotes_fault(error: csv.Error) -> str:
    if "end of data" in str(error):
        return "a quoted field is not closed"
    if "expected after" in str(error):
        return "there is text after the closing quotation mark of a field"
    return str(error)


def _refuse_other_kinds(path: Path, copy: Path) -> None:
    """Raise UserError for a file that is not text, or is text with two bytes per character."""
    with copy.open("rb") as file:
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


def _refuse_broken_parquet(path: Path, copy: Path) -> None:
    with copy.open("rb") as file:
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


def _not_utf8(path: Path, copy: Path) -> UserError:
    return UserError(
        "the file is not UTF-8 text",
        HOW_TO_SAVE,
        file=path.name,
        line=_first_undecodable_line(copy),
    )


def _first_undecodable_line(copy: Path) -> int | None:
    with copy.open("rb") as file:
        for line, content in enumerate(file, start=1):
            try:
                content.decode("utf-8")
            except UnicodeDecodeError:
                return line
    return None
