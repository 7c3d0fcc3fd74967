"""Every kind of damage has the recorded outcome, and its message is in the docs."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from vital_signs.landing import command as land
from vital_signs.landing.contract import load_contract
from vital_signs.landing.reading import CsvFile, ParquetFile

from tests.damaged.damage import Landed, Refused
from tests.damaged.landed import LANDED, SQL, spoil_with_all
from tests.damaged.page import landed_line, message_of, written_lines, written_messages
from tests.damaged.refused import REFUSED
from tests.damaged.spoiled import SpoiledExtract, key_of
from tests.damaged.state import Content, content, files_beside
from tests.landing.conftest import query

ALONE = [damage for damage in LANDED if damage.alone]


@pytest.fixture
def warehouse(landed: Path, tmp_path: Path) -> Path:
    path = tmp_path / "warehouse" / "warehouse.duckdb"
    path.parent.mkdir()
    return Path(shutil.copyfile(landed, path))


@pytest.fixture
def extract(good: Path, tmp_path: Path) -> SpoiledExtract:
    return SpoiledExtract(good, tmp_path / "extract")


def run_land(folder: Path, warehouse: Path) -> int:
    return land.main([str(folder), "--warehouse", str(warehouse), "--no-checks"])


@pytest.mark.parametrize("damage", REFUSED, ids=lambda damage: damage.name)
def test_refused(
    damage: Refused,
    extract: SpoiledExtract,
    warehouse: Path,
    landed_content: Content,
    capfd: pytest.CaptureFixture[str],
) -> None:
    folder = damage.spoil(extract) or extract.folder
    assert run_land(folder, warehouse) == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    assert line.startswith("error: ")
    assert re.search(damage.message, line), line
    assert content(warehouse) == landed_content
    assert files_beside(warehouse) == ["warehouse.duckdb"]
    assert written_messages()[damage.name] == message_of(line, extract.folder, warehouse)


def rows_by_table(warehouse: Path, extract_id: str) -> dict[str, int]:
    return dict(
        query(
            warehouse,
            "select table_name, row_count from raw.extract_tables"
            f" where extract_id = '{extract_id.replace(chr(39), chr(39) * 2)}'",
        )
    )


@pytest.mark.parametrize("damage", ALONE, ids=lambda damage: damage.name)
def test_lands_alone(
    damage: Landed, extract: SpoiledExtract, warehouse: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = rows_by_table(warehouse, "damaged")
    damage.spoil(extract)
    assert run_land(extract.folder, warehouse) == 0
    captured = capfd.readouterr()
    assert captured.err == ""
    assert files_beside(warehouse) == ["warehouse.duckdb"]
    landed = rows_by_table(warehouse, extract.description()["extract_id"])
    changed = {name for name, count in landed.items() if count != before[name]}
    assert changed <= {"ssd_permanence", "ssd_cla_visits"}
    for failure in damage.failures:
        if failure.rule_id in ("BAT-02", "BAT-03"):
            assert landed[failure.table_name] < before[failure.table_name]


def test_land_together(
    good: Path, extract: SpoiledExtract, warehouse: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = rows_by_table(warehouse, "damaged")
    damages = spoil_with_all(extract)
    assert run_land(extract.folder, warehouse) == 0
    captured = capfd.readouterr()
    assert captured.err == ""
    assert "ssd_persons.csv is not a table of the contract" in captured.out
    assert "(did you mean ssd_person?)" in captured.out
    assert f"note: {SQL}.csv is not a table" in captured.out
    assert "note: ssd x.csv is not a table" in captured.out

    after = rows_by_table(warehouse, "damaged")
    expected = dict(before)
    for damage in damages:
        for table, count in damage.added.items():
            expected[table] += count
    assert after == expected
    for table, count in after.items():
        assert query(
            warehouse, f"select count(*) from raw.{table} where _extract_id = 'damaged'"
        ) == [(count,)]
    for damage in damages:
        for (table, column), value in damage.cells.items():
            found = {
                cell
                for (cell,) in query(
                    warehouse,
                    f"select {column} from raw.{table} where _extract_id = 'damaged'"
                    f" and {column} is not null",
                )
            }
            assert value in found, damage.name
    assert query(
        warehouse,
        "select distinct x_pers_shoe_size from raw.ssd_person where _extract_id = 'damaged'",
    ) == [("36",)]


@pytest.mark.parametrize("damage", LANDED, ids=lambda damage: damage.name)
def test_row_of_the_page(damage: Landed) -> None:
    assert landed_line(damage) in written_lines()


def test_damages_have_names_of_their_own() -> None:
    names = [damage.name for damage in (*REFUSED, *LANDED)]
    assert len(names) == len(set(names))
    assert len(names) >= 60


def test_every_row_that_a_damage_adds_can_be_found_again(extract: SpoiledExtract) -> None:
    damages = spoil_with_all(extract)
    keys = {
        (table.name, key_of(table.name, dict(zip(header, row, strict=True))))
        for table in load_contract()
        for header, *rows in [extract.rows(table.name)]
        for row in rows
    }
    for damage in damages:
        assert set(damage.rows) <= keys, damage.name
        for failure in damage.failures:
            place = (failure.table_name, failure.row_key)
            assert place in damage.rows or failure.row_key == failure.table_name, damage.name


def test_fault_beyond_the_first_batch_has_its_own_row_number(
    extract: SpoiledExtract,
    warehouse: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("vital_signs.landing.reading.ROWS_PER_BATCH", 2)
    text = "fami_family_id,fami_person_id\n" + "F,P\n" * 5 + "F\n"
    extract.write_bytes("ssd_family", text.encode())
    assert run_land(extract.folder, warehouse) == 2
    assert "(ssd_family.csv, row 6, line 7)" in capsys.readouterr().err


def test_file_that_changes_while_it_is_read(
    extract: SpoiledExtract,
    warehouse: Path,
    landed_content: Content,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = CsvFile.batches

    def read_late(file: CsvFile) -> Iterator[Any]:
        yield from read(file)
        if file.path.stem == "ssd_family":
            with file.path.open("a") as grown:
                grown.write("F,P\n")

    monkeypatch.setattr(CsvFile, "batches", read_late)
    assert run_land(extract.folder, warehouse) == 2
    assert "changed while it was being read (ssd_family.csv): wait" in capsys.readouterr().err
    assert content(warehouse) == landed_content


FAMILIES = b"fami_family_id,fami_person_id\nF1,P1\nF2,P2\n"


def put_in_place(path: Path, text: bytes) -> None:
    """Change a file of the same length, and put its time of change back."""
    before = path.stat()
    assert len(text) == before.st_size
    with path.open("r+b") as file:
        file.write(text)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(FAMILIES.replace(b"P2", b"P3"), id="a row"),
        pytest.param(FAMILIES.replace(b"fami_person_id", b"x_mi_person_id"), id="the header"),
    ],
)
@pytest.mark.parametrize("is_put_back", [False, True])
def test_file_that_changes_and_looks_as_before(
    other: bytes,
    is_put_back: bool,
    extract: SpoiledExtract,
    warehouse: Path,
    landed_content: Content,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither size nor time shows it, nor even the file itself once its content is put back."""
    extract.write_bytes("ssd_family", FAMILIES)
    read = CsvFile.batches

    def read_other(file: CsvFile) -> Iterator[Any]:
        is_it = file.path.stem == "ssd_family"
        if is_it:
            put_in_place(file.path, other)
        yield from read(file)
        if is_it and is_put_back:
            put_in_place(file.path, FAMILIES)

    monkeypatch.setattr(CsvFile, "batches", read_other)
    assert run_land(extract.folder, warehouse) == 2
    assert "changed while it was being read (ssd_family.csv): wait" in capsys.readouterr().err
    assert content(warehouse) == landed_content


def test_parquet_file_that_changes_and_looks_as_before(
    extract: SpoiledExtract,
    warehouse: Path,
    landed_content: Content,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = extract.folder / "ssd_family.csv"
    path.unlink()
    path = path.with_suffix(".parquet")
    contents = []
    for person in ("P1", "P2"):
        row = {"fami_family_id": ["F1"], "fami_person_id": [person]}
        pq.write_table(pa.table(row), path)
        contents.append(path.read_bytes())
    path.write_bytes(contents[0])
    opened = ParquetFile.__init__

    def open_other(file: ParquetFile, path: Path, *arguments: Any) -> None:
        if path.stem == "ssd_family":
            put_in_place(path, contents[1])
        opened(file, path, *arguments)
        if path.stem == "ssd_family":
            put_in_place(path, contents[0])

    monkeypatch.setattr(ParquetFile, "__init__", open_other)
    assert run_land(extract.folder, warehouse) == 2
    assert "changed while it was being read (ssd_family.parquet): wait" in capsys.readouterr().err
    assert content(warehouse) == landed_content
    assert files_beside(warehouse) == ["warehouse.duckdb"]


def test_parquet_file_that_changes_after_it_was_copied_is_landed_as_it_was(
    extract: SpoiledExtract, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (extract.folder / "ssd_family.csv").unlink()
    path = extract.folder / "ssd_family.parquet"
    pq.write_table(pa.table({"fami_family_id": ["F1"], "fami_person_id": ["P1"]}), path)
    good = path.read_bytes()
    read = ParquetFile.batches

    def read_late(file: ParquetFile) -> Iterator[Any]:
        if file.path == path:
            put_in_place(path, bytes(len(good)))
        yield from read(file)

    monkeypatch.setattr(ParquetFile, "batches", read_late)
    assert run_land(extract.folder, warehouse) == 0
    rows = "select fami_person_id from raw.ssd_family where _extract_id = 'damaged'"
    assert query(warehouse, rows) == [("P1",)]
