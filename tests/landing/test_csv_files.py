"""DuckDB's reader is used for CSV files, and gives what Python's strict reader gives."""

from __future__ import annotations

import csv
import hashlib
import io
import random
from pathlib import Path

import duckdb
import pytest
from vital_signs.errors import UserError
from vital_signs.landing.contract import ContractTable
from vital_signs.landing.reading import CsvFile, open_table_file

FILES_PER_SEED = 150
PIECES = ("a", "b ", " ", ",", '"', '""', "\n", "\r\n", "\r", "é", "\t", "\\", "NULL", ' "', '",')
Rows = list[tuple[str | int | None, ...]]


def made_up_file(chance: random.Random, width: int) -> bytes:
    """Return a file that is often as it should be and sometimes anything."""
    end = chance.choice(["\n", "\r\n"])
    header = ",".join(f"h{number}" for number in range(width)) + end
    if chance.random() < 0.4:
        return (header + "".join(chance.choices(PIECES, k=chance.randrange(14)))).encode()
    signs = chance.choice([("a", "b ", "é"), ("a", " ", "é", '"', ",", "\n", "\r\n")])
    lines = []
    for _ in range(chance.randrange(6)):
        fields = ["".join(chance.choices(signs, k=chance.randrange(4))) for _ in range(width)]
        is_quoted = [len(signs) > 3 and chance.random() < 0.98 for _ in fields]
        lines.append(
            ",".join(
                '"' + field.replace('"', '""') + '"' if quoted else field
                for field, quoted in zip(fields, is_quoted, strict=True)
            )
        )
    body = "".join(f"{line}{end}" for line in lines)
    bom = chance.choice(["", "", "\ufeff"])
    return (bom + header + chance.choice([body, body, body.rstrip("\r\n"), body + end])).encode()


def read_by_python(content: bytes, width: int) -> Rows | None:
    """Return the rows, or None where the file is to be refused."""
    try:
        _, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    except csv.Error:
        return None
    while rows and not rows[-1]:
        rows.pop()
    if any(len(row) != width for row in rows):
        return None
    return [(*(field or None for field in row), place) for place, row in enumerate(rows, start=1)]


def read_by_landing(content: bytes, width: int, folder: Path) -> Rows | None:
    folder.mkdir()
    path = folder / "t.csv"
    path.write_bytes(content)
    names = tuple(f"h{number}" for number in range(width))
    with duckdb.connect() as connection:
        try:
            file = open_table_file(
                path,
                hashlib.sha256(content).digest(),
                ContractTable("copy", names, ()),
                "YMD",
                connection,
                folder,
            )
            file.check(connection)
        except UserError:
            return None
        values = ", ".join(f"nullif({name}, '')" for name in names)
        return connection.execute(f"select {values}, _source_row from ({file.rows()})").fetchall()


@pytest.mark.parametrize("seed", range(4))
def test_every_file_is_read_or_refused_as_python_does(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    outcomes = set()
    for number in range(FILES_PER_SEED):
        width = chance.choice([1, 2, 2, 3])
        content = made_up_file(chance, width)
        expected = read_by_python(content, width)
        assert read_by_landing(content, width, tmp_path / str(number)) == expected, content
        outcomes.add(expected is None)
    assert outcomes == {True, False}


@pytest.mark.parametrize(
    ("content", "is_written_again"),
    [
        (b"h0,h1\na,b\n", False),
        (b'h0,h1\r\n"a, ""b""\r\n","{""c"": 1}"\r\n', False),
        (b"h0,h1\na,b\n\n", True),
        (b"h0,h1\na,b\r\nc,d\n", True),
        (b'h0,h1\n "a",b\n', True),
        (b"h0,h1\na," + b"b" * 3_000_000 + b"\n", True),
        (b'h0,h1\na,"' + b'""' * 3_000_000 + b'"\n', True),
    ],
    ids=["plain", "quoted", "blank line", "two line ends", "blank first", "long", "long quoted"],
)
def test_only_a_file_that_duckdb_would_misread_is_written_again(
    content: bytes, is_written_again: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    write_again = CsvFile._write_again

    def note(file: CsvFile) -> None:
        written.append(file)
        write_again(file)

    monkeypatch.setattr(CsvFile, "_write_again", note)
    expected = read_by_python(content, 2)
    assert expected
    assert read_by_landing(content, 2, tmp_path / "files") == expected
    assert bool(written) == is_written_again
