"""Every kind of damage has the recorded outcome, and its message is in the docs."""

from __future__ import annotations

import io
import os
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from vital_signs.landing import command as land
from vital_signs.landing import reading
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
    return land.main([str(folder), "--warehouse", str(warehouse)])


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


def test_fault_far_down_has_its_own_row_number(
    extract: SpoiledExtract, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "fami_family_id,fami_person_id\n" + "F,P\n" * 300_000 + "F\n"
    extract.write_bytes("ssd_family", text.encode())
    assert run_land(extract.folder, warehouse) == 2
    assert "(ssd_family.csv, row 300001, line 300002)" in capsys.readouterr().err


def test_file_that_changes_while_it_is_read(
    extract: SpoiledExtract,
    warehouse: Path,
    landed_content: Content,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check = CsvFile.check

    def check_late(file: CsvFile, connection: duckdb.DuckDBPyConnection) -> None:
        check(file, connection)
        if file.path.stem == "ssd_family":
            with file.path.open("a") as grown:
                grown.write("F,P\n")

    monkeypatch.setattr(CsvFile, "check", check_late)
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


def parquet_of(person: str) -> bytes:
    written = io.BytesIO()
    pq.write_table(pa.table({"fami_family_id": ["F1"], "fami_person_id": [person]}), written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("ending", "content_hashed", "other"),
    [
        pytest.param("csv", FAMILIES, FAMILIES.replace(b"P2", b"P3"), id="a row"),
        pytest.param("csv", FAMILIES, FAMILIES.replace(b"fami_p", b"x_mi_p"), id="the header"),
        pytest.param("parquet", parquet_of("P1"), parquet_of("P2"), id="Parquet"),
    ],
)
@pytest.mark.parametrize("is_put_back", [False, True])
def test_file_that_changes_and_looks_as_before(
    ending: str,
    content_hashed: bytes,
    other: bytes,
    is_put_back: bool,
    extract: SpoiledExtract,
    warehouse: Path,
    landed_content: Content,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither size nor time shows it, nor even the file itself once its content is put back."""
    (extract.folder / "ssd_family.csv").unlink()
    family = extract.folder / f"ssd_family.{ending}"
    family.write_bytes(content_hashed)
    copy = reading._copy_hashed

    def copy_other(path: Path, *arguments: Any) -> bytes:
        if path == family:
            put_in_place(path, other)
        copied = copy(path, *arguments)
        if path == family and is_put_back:
            put_in_place(path, content_hashed)
        return copied

    monkeypatch.setattr(reading, "_copy_hashed", copy_other)
    assert run_land(extract.folder, warehouse) == 2
    said = capsys.readouterr().err
    assert f"changed while it was being read (ssd_family.{ending}): wait" in said
    assert content(warehouse) == landed_content
    assert files_beside(warehouse) == ["warehouse.duckdb"]


@pytest.mark.parametrize(
    ("kind", "ending", "content_copied"),
    [(CsvFile, "csv", FAMILIES), (ParquetFile, "parquet", parquet_of("P1"))],
    ids=["csv", "parquet"],
)
def test_file_that_changes_after_it_was_copied_is_landed_as_it_was(
    kind: type[CsvFile | ParquetFile],
    ending: str,
    content_copied: bytes,
    extract: SpoiledExtract,
    warehouse: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (extract.folder / "ssd_family.csv").unlink()
    path = extract.folder / f"ssd_family.{ending}"
    path.write_bytes(content_copied)
    check = kind.check

    def check_late(file: CsvFile | ParquetFile, connection: duckdb.DuckDBPyConnection) -> None:
        if file.path == path:
            put_in_place(path, bytes(len(content_copied)))
        check(file, connection)

    monkeypatch.setattr(kind, "check", check_late)
    assert run_land(extract.folder, warehouse) == 0
    rows = "select min(fami_person_id) from raw.ssd_family where _extract_id = 'damaged'"
    assert query(warehouse, rows) == [("P1",)]
