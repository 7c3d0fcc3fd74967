"""dbt run by hand: without an extract, without the variable, and with a selection."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from vital_signs.commands import PROJECT

from tests.engine.building import with_last_reading

pytestmark = pytest.mark.slow

DBT = Path(sys.executable).with_name("dbt")
EMPTY = PROJECT / "tests" / "fixtures" / "empty_extract"


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for what dbt writes; it reads the project once for all tests here."""
    return with_last_reading(tmp_path_factory.mktemp("target"))


def run(
    command: list[str], target: Path, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "VITAL_SIGNS_WAREHOUSE"}
    return subprocess.run(
        command,
        cwd=cwd,
        env=kept | {"DBT_TARGET_PATH": str(target), "DBT_LOG_PATH": str(target)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def dbt(*arguments: str, profiles: Path = PROJECT) -> list[str]:
    places = ["--project-dir", str(PROJECT), "--profiles-dir", str(profiles)]
    return [str(DBT), "--log-level", "warn", *arguments, *places]


@pytest.mark.parametrize("command", ["build", "run", "test"])
def test_without_an_extract_dbt_says_what_to_do(command: str, target: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    said = run(dbt(command), target, tmp_path, VITAL_SIGNS_WAREHOUSE=str(warehouse))
    assert said.returncode == 2
    assert f"no extract has been landed in {warehouse}: land one first with" in said.stdout
    assert "does not exist" not in said.stdout
    assert len(said.stdout.splitlines()) < 10


def test_seeds_need_no_extract(target: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    command = dbt("seed", "--select", "parameters")
    assert run(command, target, tmp_path, VITAL_SIGNS_WAREHOUSE=str(warehouse)).returncode == 0


def test_without_the_variable_the_file_stands_beside_the_profile(
    target: Path, tmp_path: Path
) -> None:
    """Not in the current folder."""
    profiles, elsewhere = tmp_path / "profiles", tmp_path / "elsewhere"
    profiles.mkdir()
    elsewhere.mkdir()
    shutil.copy(PROJECT / "profiles.yml", profiles)
    said = run(dbt("seed", "--select", "parameters", profiles=profiles), target, elsewhere)
    assert said.returncode == 0, said.stdout
    assert [path.name for path in elsewhere.iterdir()] == []
    assert (profiles / "warehouse.duckdb").is_file()


def test_another_warehouse_and_another_day_need_no_new_reading(
    target: Path, tmp_path: Path
) -> None:
    """Only the models that ask for the day are read again."""
    for name, day in (("one", "2018-04-10"), ("two", "2018-05-10")):
        asked = {"VITAL_SIGNS_WAREHOUSE": str(tmp_path / name), "VITAL_SIGNS_AS_AT": day}
        said = run(dbt("parse"), target, tmp_path, **asked)
        assert said.returncode == 0, said.stdout
    reading = json.loads((target / "perf_info.json").read_text(encoding="utf-8"))
    assert reading["path_count"] > 100
    assert 1 <= reading["parsed_path_count"] <= 5


def test_a_part_can_be_built_in_a_new_warehouse(target: Path, tmp_path: Path) -> None:
    """Tests that also read unselected models wait for a full build."""
    said = run(
        [
            *(sys.executable, "-m", "vital_signs", "build", "--extract", str(EMPTY)),
            *("--warehouse", str(tmp_path / "new.duckdb")),
            *("--select", "+fct_referrals"),
        ],
        target,
        tmp_path,
    )
    assert said.returncode == 0, said.stderr
    assert said.stderr == ""
