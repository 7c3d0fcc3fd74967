"""A killed process leaves the warehouse either old or new; the next one tidies up.

The times at which it is killed are random but the same in each run: one in every equal part of the
time that the whole run took, so that few of them reach all of it, and, for short steps that chance
would miss, just before and just after each one.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from vital_signs.build import command as build
from vital_signs.commands import PROJECT
from vital_signs.errors import UserError
from vital_signs.landing import command as land
from vital_signs.warehouse import replacement

from tests.damaged.killed_at import STEPS
from tests.damaged.situations import LAND
from tests.damaged.spoiled import SpoiledExtract
from tests.damaged.state import Content, content, files_beside
from tests.engine.building import READ, with_last_reading

pytestmark = pytest.mark.slow

SEED = 2018
MOMENTS = 10
# A few tables and their tests: quick, and all that the steps of a build need.
MODELS = ("+stg_landing__extract_in_force",)


@dataclass
class Place:
    """A warehouse in its own folder, its original content, and an extract to land."""

    warehouse: Path
    original: Path
    folder: Path

    def reset(self) -> None:
        """Put the original warehouse back, with nothing else in its folder."""
        for path in self.warehouse.parent.iterdir():
            path.unlink()
        shutil.copyfile(self.original, self.warehouse)


@pytest.fixture
def place(good: Path, landed: Path, tmp_path: Path) -> Place:
    extract = SpoiledExtract(good, tmp_path / "extract")
    extract.append("ssd_person", pers_person_id="NEW1")
    warehouse = tmp_path / "warehouse" / "warehouse.duckdb"
    warehouse.parent.mkdir()
    found = Place(warehouse, landed, extract.folder)
    found.reset()
    return found


def run_whole(command: list[str]) -> float:
    """Run a command to its end and return the seconds it took."""
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True, cwd=PROJECT)
    return time.monotonic() - started


def run_killed(command: list[str], after: float) -> None:
    """Run a command and kill it, with everything that it started, after so many seconds."""
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=after)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def moments(duration: float, count: int) -> Iterator[float]:
    chance = random.Random(SEED)
    for part in range(count):
        yield (part + chance.random()) * duration / count


def kill_at_random(
    place: Place, command: list[str], land_again: Callable[[], int], count: int = MOMENTS
) -> None:
    """Kill a command at each of the times, and check the warehouse and the run that follows."""
    old = content(place.warehouse)
    duration = run_whole(command)
    new = content(place.warehouse)
    assert new != old
    seen: list[Content] = []
    for moment in moments(duration, count):
        place.reset()
        run_killed(command, moment)
        seen.append(content(place.warehouse))
        assert seen[-1] in (old, new), f"killed after {moment:.2f} of {duration:.2f} seconds"
        assert land_again() == 0
        assert files_beside(place.warehouse) == ["warehouse.duckdb"]
    assert old in seen


def test_landing_killed_at_random(place: Place) -> None:
    options = [str(place.folder), "--warehouse", str(place.warehouse)]
    kill_at_random(place, [*LAND, *options], lambda: land.main(options))


def test_first_landing_killed_at_random(place: Place, tmp_path: Path) -> None:
    options = [str(place.folder), "--warehouse", str(place.warehouse)]
    place.warehouse.unlink()
    place.original = tmp_path / "none"
    place.reset = lambda: [path.unlink() for path in place.warehouse.parent.iterdir()]
    command = [*LAND, *options]
    kill_at_random(place, command, lambda: land.main(options), MOMENTS // 2)


def test_build_killed_at_random(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = with_last_reading(tmp_path / "target")
    monkeypatch.setenv("DBT_TARGET_PATH", str(target))
    monkeypatch.setenv("DBT_LOG_PATH", str(tmp_path / "logs"))
    options = ["--extract", str(place.folder), "--warehouse", str(place.warehouse)]
    options += ["--select", *MODELS]
    command = [sys.executable, "-m", "vital_signs", "build", *options]
    if not (target / READ).exists():
        # Reads the project once, so that the runs that are killed reach their end sooner.
        run_whole(command)
        place.reset()
    with monkeypatch.context() as patch:
        # The run that follows has to find its way past what was left; dbt itself ends the test.
        patch.setattr(build, "run_dbt", lambda *_: None)
        kill_at_random(place, command, lambda: build.main(options), MOMENTS // 2)
    run_whole(command)
    assert files_beside(place.warehouse) == ["warehouse.duckdb"]


@pytest.mark.parametrize("step", STEPS)
# Just after a step is about the same as just before the next.
@pytest.mark.parametrize(("moment", "numbers"), [("before", (1, 2, 3)), ("after", (1,))])
def test_landing_killed_at_a_step(
    place: Place, step: str, moment: str, numbers: tuple[int, ...]
) -> None:
    old = content(place.warehouse)
    seen = []
    for number in numbers:
        place.reset()
        died = subprocess.run(
            [
                *(sys.executable, "-m", "tests.damaged.killed_at", step, str(number), moment),
                *(str(place.folder), str(place.warehouse)),
            ],
            cwd=PROJECT,
            env={**os.environ, "PYTHONPATH": "scripts:."},
            capture_output=True,
            check=False,
        )
        seen.append(content(place.warehouse))
        if died.returncode == 0:
            break
        assert died.returncode == -signal.SIGKILL, died.stderr
        options = [str(place.folder), "--warehouse", str(place.warehouse)]
        assert land.main(options) == 0
        assert files_beside(place.warehouse) == ["warehouse.duckdb"]
        new = content(place.warehouse)
        assert seen[-1] in (old, new)
    assert number > 1 or numbers == (1,), "the step is never reached"


def test_log_of_a_killed_program_is_brought_in_first(place: Place) -> None:
    # Left lying, the log would be played into the file that takes the warehouse's place.
    program = (
        "import duckdb, os, sys; connection = duckdb.connect(sys.argv[1]);"
        " connection.execute('create table notes as select 1 as note'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", program, str(place.warehouse)], check=False)
    assert files_beside(place.warehouse) == ["warehouse.duckdb", "warehouse.duckdb.wal"]
    options = [str(place.folder), "--warehouse", str(place.warehouse)]
    assert land.main(options) == 0
    assert files_beside(place.warehouse) == ["warehouse.duckdb"]
    with duckdb.connect(str(place.warehouse), read_only=True) as connection:
        assert connection.execute("select note from notes").fetchall() == [(1,)]
        assert connection.execute(
            "select count(*) from raw.ssd_person where pers_person_id = 'NEW1'"
        ).fetchone() == (1,)


def test_change_by_another_program_meanwhile_is_not_lost(place: Place) -> None:
    changed = pytest.raises(UserError, match="changed the warehouse in the meantime")
    with changed, replacement(place.warehouse), duckdb.connect(str(place.warehouse)) as other:
        other.execute("create table notes as select 1 as note")
    assert files_beside(place.warehouse) == ["warehouse.duckdb"]
    assert '"main"."notes"' in content(place.warehouse)


def test_link_to_a_warehouse_stays_a_link(place: Place, tmp_path: Path) -> None:
    link = tmp_path / "link.duckdb"
    link.symlink_to(place.warehouse)
    old = content(place.warehouse)
    assert land.main([str(place.folder), "--warehouse", str(link)]) == 0
    assert link.is_symlink()
    assert content(place.warehouse) != old
    assert files_beside(place.warehouse) == ["warehouse.duckdb"]
