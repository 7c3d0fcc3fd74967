"""A build that is stopped ends what it started, prints one line, and blocks nothing."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from vital_signs.build import command as build
from vital_signs.commands import PROJECT
from vital_signs.landing import command as land

from tests.damaged.spoiled import SpoiledExtract
from tests.damaged.state import content, files_beside
from tests.engine.building import with_last_reading

SECONDS = 30
MODELS = ("+stg_landing__extract_in_force",)


def wait_for(what: Callable[[], object], said: str) -> None:
    end = time.monotonic() + SECONDS
    while not what():
        assert time.monotonic() < end, said
        time.sleep(0.02)


def is_alive(number: int) -> bool:
    """Return whether a process runs; one that has ended and was not yet asked about does not."""
    with suppress(OSError):
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def is_locked(warehouse: Path) -> bool:
    lock = warehouse.with_name(f"{warehouse.name}.lock")
    if not lock.exists():
        return False
    with lock.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


@dataclass
class Building:
    """A build at the point where dbt runs."""

    process: subprocess.Popen
    dbt: int
    child_of_dbt: int
    options: list[str]
    warehouse: Path
    errors: Path

    def ended(self) -> tuple[int, str]:
        """Return the exit code and what was written to stderr."""
        code = self.process.wait(timeout=SECONDS)
        return code, self.errors.read_text()


@pytest.fixture
def building(good: Path, landed: Path, tmp_path: Path) -> Iterator[Building]:
    extract = SpoiledExtract(good, tmp_path / "extract")
    extract.append("ssd_person", pers_person_id="NEW1")
    warehouse = tmp_path / "warehouse" / "warehouse.duckdb"
    warehouse.parent.mkdir()
    shutil.copyfile(landed, warehouse)
    numbers = tmp_path / "numbers"
    options = ["--extract", str(extract.folder), "--warehouse", str(warehouse)]
    errors = tmp_path / "errors"
    with errors.open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.damaged.building_forever", str(numbers), *options],
            cwd=PROJECT,
            env={**os.environ, "PYTHONPATH": "scripts:."},
            stdout=subprocess.DEVNULL,
            stderr=stderr,
        )
    wait_for(lambda: numbers.exists() or process.poll() is not None, "dbt never started")
    assert process.poll() is None, errors.read_text()
    dbt, child = map(int, numbers.read_text().split())
    yield Building(process, dbt, child, options, warehouse, errors)
    for number in (process.pid, dbt, child):
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize(
    ("number", "exit_code", "what"),
    [
        (signal.SIGINT, 130, "interrupted"),
        (signal.SIGTERM, 143, "stopped by SIGTERM"),
        (signal.SIGHUP, 129, "stopped by SIGHUP"),
    ],
)
def test_a_build_that_is_stopped_says_one_line_and_leaves_nothing(
    building: Building, number: int, exit_code: int, what: str
) -> None:
    before = content(building.warehouse)
    building.process.send_signal(number)
    code, said = building.ended()
    assert code == exit_code
    (line,) = said.splitlines()
    assert line == (
        f"error: {what}: a warehouse or ledger is changed as a whole or not at all; run the"
        " command again"
    )
    assert not is_alive(building.dbt)
    wait_for(lambda: not is_alive(building.child_of_dbt), "a child of dbt lives on")
    assert files_beside(building.warehouse) == ["warehouse.duckdb"]
    assert content(building.warehouse) == before


def test_the_lock_holds_as_long_as_dbt_lives(
    building: Building, capsys: pytest.CaptureFixture[str]
) -> None:
    # Stopped, so that the kernel's word reaches nobody before we have looked.
    os.kill(building.dbt, signal.SIGSTOP)
    assert is_locked(building.warehouse)
    locks = [os.path.realpath(entry) for entry in Path(f"/proc/{building.dbt}/fd").iterdir()]
    assert f"{building.warehouse}.lock" in locks
    assert build.main([*building.options, "--select", *MODELS]) == 2
    assert "another load or build is using the warehouse" in capsys.readouterr().err


def test_a_killed_build_takes_dbt_along_and_the_next_one_says_what_it_removes(
    building: Building, capsys: pytest.CaptureFixture[str]
) -> None:
    building.process.kill()
    assert building.ended() == (-signal.SIGKILL, "")
    wait_for(lambda: not is_alive(building.dbt), "dbt lives on")
    assert not is_locked(building.warehouse)
    assert "warehouse.duckdb.building" in files_beside(building.warehouse)
    spill = building.warehouse.with_name("warehouse.duckdb.building.tmp")
    spill.mkdir()
    (spill / "block").touch()
    folder = building.options[1]
    assert land.main([folder, "--warehouse", str(building.warehouse)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(
        "note: removed files left by an interrupted run: warehouse.duckdb.building,"
    )
    assert "warehouse.duckdb.building.tmp\n" in said
    assert files_beside(building.warehouse) == ["warehouse.duckdb"]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_real_dbt_ends_with_its_build(
    number: int, good: Path, landed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBT_TARGET_PATH", str(with_last_reading(tmp_path / "target")))
    monkeypatch.setenv("DBT_LOG_PATH", str(tmp_path / "logs"))
    warehouse = tmp_path / "warehouse" / "warehouse.duckdb"
    warehouse.parent.mkdir()
    shutil.copyfile(landed, warehouse)
    options = ["--as-at", "2100-01-01", "--warehouse", str(warehouse), "--select", *MODELS]
    process = subprocess.Popen(
        [sys.executable, "-m", "vital_signs", "build", *options],
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )

    def has_begun() -> bool:
        logs = (tmp_path / "logs").glob("build-*.log")
        return any(log.stat().st_size for log in logs) or process.poll() is not None

    wait_for(has_begun, "dbt never started")
    children = children_of(process.pid)
    assert children
    process.send_signal(number)
    said = process.communicate(timeout=SECONDS)[1]
    expected = {signal.SIGKILL: -9, signal.SIGTERM: 143, signal.SIGINT: 130}
    assert process.returncode == expected[number]
    assert len(said.splitlines()) == (0 if number == signal.SIGKILL else 1), said
    wait_for(lambda: not any(map(is_alive, children)), "dbt lives on")
    finished = subprocess.run(
        [sys.executable, "-m", "vital_signs", "build", *options],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    assert ("note: removed" in finished.stdout) == (number == signal.SIGKILL)
    assert files_beside(warehouse) == ["warehouse.duckdb"]


def children_of(number: int) -> list[int]:
    """Return the processes that a process has started, and those that they have."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            if parent == number:
                child = int(path.parent.name)
                found += [child, *children_of(child)]
    return found
