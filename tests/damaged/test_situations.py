"""Whatever prevents a landing is reported on one line and leaves everything as it was."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from vital_signs import scorecard

from tests.damaged.page import message_of, written_messages
from tests.damaged.situations import (
    HOLDER,
    LAND,
    SITUATIONS,
    Situation,
    helper,
    log_beside,
    one_byte_changed,
    replaced_by,
    run_land,
    run_situation,
)
from tests.damaged.spoiled import SpoiledExtract
from tests.damaged.state import Content, content, files_beside
from tests.landing.conftest import query


@pytest.fixture
def warehouse(landed: Path, tmp_path: Path) -> Path:
    path = tmp_path / "warehouse" / "warehouse.duckdb"
    path.parent.mkdir()
    return Path(shutil.copyfile(landed, path))


@pytest.fixture
def extract(good: Path, tmp_path: Path) -> SpoiledExtract:
    return SpoiledExtract(good, tmp_path / "extract")


def refused(finished: subprocess.CompletedProcess[str]) -> str:
    """Expect one line of error, and return it."""
    assert finished.returncode == 2, finished.stderr
    assert finished.stdout == ""
    (line,) = finished.stderr.splitlines()
    assert line.startswith("error: ")
    return line


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_situation(
    situation: Situation, extract: SpoiledExtract, warehouse: Path, landed_content: Content
) -> None:
    line = refused(run_situation(situation, extract.folder, warehouse))
    assert re.search(situation.message, line), line
    assert content(warehouse) == landed_content
    assert files_beside(warehouse) == ["warehouse.duckdb"]
    assert written_messages()[situation.name] == message_of(line, extract.folder, warehouse)


@pytest.mark.slow
def test_disk_that_gets_full_at_any_moment(
    extract: SpoiledExtract, warehouse: Path, landed_content: Content, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    size = warehouse.stat().st_size
    for more in (0.5, 1.5, 1.9, 2.05, 2.3):
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={int(size * more)}", "tmpfs", str(disk)],
            capture_output=True,
            check=False,
        )
        if mounted.returncode:
            pytest.skip("a file system can only be mounted by root")
        try:
            inside = disk / "warehouse.duckdb"
            is_new = more < 1
            if not is_new:
                shutil.copyfile(warehouse, inside)
            finished = run_land(extract.folder, inside)
            if finished.returncode:
                assert re.search(r"full|No space left", refused(finished))
                assert content(inside) == ({} if is_new else landed_content)
            assert files_beside(inside) == ([] if is_new else ["warehouse.duckdb"])
        finally:
            subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
def test_two_landings_at_once(good: Path, tmp_path: Path, warehouse: Path) -> None:
    folders = []
    for name in ("one", "two"):
        extract = SpoiledExtract(good, tmp_path / name)
        extract.describe(extract_id=name)
        folders.append(extract.folder)
    landings = [
        subprocess.Popen(
            [*LAND, str(folder), "--warehouse", str(warehouse)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for folder in folders
    ]
    said = [landing.communicate() for landing in landings]
    ended = [
        subprocess.CompletedProcess("land", landing.returncode, out, err)
        for landing, (out, err) in zip(landings, said, strict=True)
    ]
    assert 0 in [process.returncode for process in ended]
    for process in ended:
        if process.returncode:
            assert "another load or build is using the warehouse" in refused(process)
    for folder in folders:
        assert run_land(folder, warehouse).returncode == 0
    counted = query(
        warehouse,
        "select extract_id, count(*), sum(row_count) from raw.extract_tables group by all"
        " order by all",
    )
    rows = sum(len(extract.rows(path.stem)) - 1 for path in extract.folder.glob("*.csv"))
    assert counted == [(extract_id, 31, rows) for extract_id in ("damaged", "one", "two")]
    assert query(
        warehouse,
        "select _extract_id, count(*) from raw.ssd_person group by all order by all",
    ) == [(extract_id, len(extract.rows("ssd_person")) - 1) for extract_id, _, _ in counted]
    assert files_beside(warehouse) == ["warehouse.duckdb"]


def test_messages_need_no_terminal_that_knows_every_character(
    extract: SpoiledExtract, warehouse: Path
) -> None:
    extract.describe(extract_id="Zoë →")
    (extract.folder / "\udcff.csv").write_bytes(b"a\n")
    finished = run_land(extract.folder, warehouse, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert finished.returncode == 0, finished.stderr
    assert r"landed: Zo\xeb \u2192, 31 of 31 tables" in finished.stdout


def test_folder_of_the_warehouse_that_is_not_there(extract: SpoiledExtract, tmp_path: Path) -> None:
    line = refused(run_land(extract.folder, tmp_path / "nowhere" / "warehouse.duckdb"))
    assert re.search(r"there is no folder .*nowhere \(.*\): create it or name another file", line)


def test_who_reads_is_told_the_same(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken file or log is not reported as another program, nor the other way round."""
    options = ["--month", "2018-03", "--warehouse", str(warehouse)]
    with log_beside(warehouse, one_byte_changed):
        assert scorecard.main(options) == 2
        assert f"they are damaged ({warehouse}.wal): move warehouse" in capsys.readouterr().err
    with replaced_by(warehouse, warehouse.read_bytes()[:20000]):
        assert scorecard.main(options) == 2
        assert f"is damaged or cut off ({warehouse}): " in capsys.readouterr().err
    with helper(HOLDER, warehouse):
        assert scorecard.main(options) == 2
        assert "another program is writing to the warehouse" in capsys.readouterr().err
