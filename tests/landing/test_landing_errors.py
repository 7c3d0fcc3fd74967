"""Every mistake of a user is one line that says what, where and what to do, and exit code 2."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import land
import pytest

from tests.landing.conftest import MadeExtract

FAMILY = "fami_family_id,fami_person_id\n"


def fails(
    capsys: pytest.CaptureFixture[str], folder: Path, warehouse: Path, *, is_new: bool = True
) -> str:
    """Land, expect failure, and return the error without its first word."""
    assert land.main([str(folder), "--warehouse", str(warehouse)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert len(lines) == 1, captured.err
    assert re.fullmatch(r"error: .+: .+", lines[0])
    if is_new:
        assert not warehouse.exists()
    return lines[0].removeprefix("error: ")


def no_description(extract: MadeExtract) -> None:
    (extract.folder / "extract.json").unlink()


def written(table: str, text: str | bytes) -> Callable[[MadeExtract], object]:
    return lambda extract: extract.write_text(table, text)


def described(**changes: object) -> Callable[[MadeExtract], object]:
    return lambda extract: extract.describe(**changes)


def description(text: str | bytes) -> Callable[[MadeExtract], object]:
    content = text if isinstance(text, bytes) else text.encode()
    return lambda extract: (extract.folder / "extract.json").write_bytes(content)


def parquet(table: str, content: bytes) -> Callable[[MadeExtract], object]:
    return lambda extract: (extract.folder / f"{table}.parquet").write_bytes(content)


def selected(table: str, sql: str) -> Callable[[MadeExtract], object]:
    return lambda extract: duckdb.sql(
        f"copy ({sql}) to '{extract.folder / table}.parquet' (format parquet)"
    )


def cut_parquet(extract: MadeExtract) -> None:
    selected("ssd_family", "select 'F' as fami_family_id, 'P' as fami_person_id")(extract)
    path = extract.folder / "ssd_family.parquet"
    path.write_bytes(path.read_bytes()[:-20])


MISTAKES = {
    "no extract.json": (no_description, r"there is no extract\.json in .*extract_may"),
    "broken json": (description('{"extract_id": '), r"not valid JSON.*extract\.json, line 1"),
    "json is a list": (description("[]"), r"is not a JSON object \(extract\.json\)"),
    "json is not UTF-8": (description(b'{"a": "\xe9"}'), r"is not UTF-8 text \(extract\.json\)"),
    "no id": (described(extract_id=None), r"extract_id is missing \(extract\.json\)"),
    "empty id": (described(extract_id=" "), r'extract_id is " "'),
    "id is a number": (described(extract_id=7), r"extract_id is 7"),
    "long id": (described(extract_id="x" * 101), r"extract_id is too long"),
    "unknown system": (described(source_system="LIQUID"), r"'LIQUID'.*CAREFIRST.*SYNTHETIC"),
    "bad as_at": (described(as_at="10/04/2018"), r"as_at is '10/04/2018'.*2018-04-10T08:00:00"),
    "as_at in the future": (described(as_at="2999-01-01"), r"as_at is '2999-01-01', in the future"),
    "bad date format": (described(date_format="MDY"), r"date_format is 'MDY'.*YMD, DMY"),
    "history is no object": (described(history_from="2014"), r"history_from is not an object"),
    "history of no table": (
        described(history_from={"ssd_contact": "2014-04-01"}),
        r"unknown table 'ssd_contact'",
    ),
    "bad history date": (
        described(history_from={"default": "01/04/2014"}),
        r'history_from has "01/04/2014" for default',
    ),
    "semicolons": (
        written("ssd_family", "fami_family_id;fami_person_id\nF1;P1\n"),
        r"separated by semicolons \(ssd_family\.csv, line 1\): .* commas",
    ),
    "no header": (
        written("ssd_family", "F1,P1\nF2,P2\n"),
        r"none of the names .* \(ssd_family\.csv, line 1\)",
    ),
    "column twice": (
        written("ssd_family", "fami_family_id,fami_person_id,FAMI_PERSON_ID\nF1,P1,P1\n"),
        r"there twice \(ssd_family\.csv, column fami_person_id\)",
    ),
    "required column missing": (
        written("ssd_family", "fami_family_id\nF1\n"),
        r"required column is missing \(ssd_family\.csv, column fami_person_id\)",
    ),
    "neither of two ids": (
        written("ssd_professionals", "prof_professional_name\nAda\n"),
        r"\(ssd_professionals\.csv, column prof_professional_id or prof_staff_id\)",
    ),
    "row too long": (
        written("ssd_family", FAMILY + 'F1,"P\n1"\nF2,P2,P3\n'),
        r"3 in this row and 2 in the header \(ssd_family\.csv, row 2, line 4\)",
    ),
    "row too short": (
        written("ssd_family", FAMILY + "F1,P1\nF2"),
        r"1 in this row and 2 in the header \(ssd_family\.csv, row 2, line 3\).*cut off",
    ),
    "blank row in the middle": (
        written("ssd_family", FAMILY + "F1,P1\n\nF2,P2\n"),
        r"the row is blank \(ssd_family\.csv, row 2, line 3\)",
    ),
    "cut off inside quotes": (
        written("ssd_family", FAMILY + 'F1,P1\nF2,"P'),
        r"quoted field has no end \(ssd_family\.csv, row 2, line 3\).*cut off",
    ),
    "text after a quoted field": (
        written("ssd_family", FAMILY + 'F1,"P"1\n'),
        r"text after the closing quote of a field \(ssd_family\.csv, row 1, line 2\)",
    ),
    "broken header": (
        written("ssd_family", 'fami_family_id,"fami_person_id\nF1,P1\n'),
        r"header row is broken.*\(ssd_family\.csv, line 1\)",
    ),
    "not UTF-8": (
        written("ssd_family", FAMILY.encode() + b"F1,P1\nF2,Zo\xeb\n"),
        r"not UTF-8 text \(ssd_family\.csv, line 3\)",
    ),
    "UTF-16": (
        written("ssd_family", (FAMILY + "F1,P1\n").encode("utf-16")),
        r"UTF-16 text, not UTF-8 \(ssd_family\.csv, line 1\)",
    ),
    "NUL byte": (
        written("ssd_family", FAMILY + "F1,P1\nF2,P\0\n"),
        r"NUL byte, .* \(ssd_family\.csv, line 3\)",
    ),
    "csv and parquet": (
        parquet("ssd_person", b"PAR1"),
        r"two files for one table: ssd_person\.csv and ssd_person\.parquet",
    ),
    "not parquet": (parquet("ssd_family", b"nonsense"), r"as Parquet.*\(ssd_family\.parquet\)"),
    "parquet cut off": (cut_parquet, r"as Parquet.*\(ssd_family\.parquet\).*cut off"),
    "parquet without a key": (
        selected("ssd_family", "select 'F' as fami_family_id"),
        r"required column is missing \(ssd_family\.parquet, column fami_person_id\)",
    ),
    "parquet of bytes": (
        selected("ssd_family", "select 'F' as fami_family_id, 'P'::blob as fami_person_id"),
        r"holds bytes, not text \(ssd_family\.parquet, column fami_person_id\)",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_in_an_extract(
    mistake: str, extract: MadeExtract, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, message = MISTAKES[mistake]
    make(extract)
    assert re.search(message, fails(capsys, extract.folder, warehouse))


def test_fault_beyond_the_first_batch_has_its_own_row_number(
    extract: MadeExtract,
    warehouse: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("landing.reading.ROWS_PER_BATCH", 2)
    extract.write_text("ssd_family", FAMILY + "F,P\n" * 5 + "F\n")
    assert "row 6, line 7" in fails(capsys, extract.folder, warehouse)


def test_no_such_folder(
    tmp_path: Path, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "there is no folder" in fails(capsys, tmp_path / "nowhere", warehouse)


def test_warehouse_that_cannot_be_used(
    extract: MadeExtract, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a database " * 1000)
    for warehouse, message in {
        tmp_path: "is a folder",
        tmp_path / "no" / "w.duckdb": "there is no folder",
        text: "cannot be opened as a DuckDB file",
    }.items():
        assert message in fails(capsys, extract.folder, warehouse, is_new=False)
    assert text.read_text().startswith("not a database")


def test_warehouse_in_use_by_another_program(
    extract: MadeExtract, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True);"
            " sys.stdin.read()",
            str(warehouse),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout.readline() == b"open\n"
        message = fails(capsys, extract.folder, warehouse, is_new=False)
        assert "another program is writing to the warehouse" in message
    finally:
        holder.communicate(b"")
