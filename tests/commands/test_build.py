"""A build replaces the warehouse only when everything passes; a stand-in plays dbt."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from vital_signs.build import command as build
from vital_signs.build import running
from vital_signs.errors import FailedError

from tests.landing.conftest import MadeExtract, query


class FakeDbt:
    """Stands in for `run_dbt`: notes its call, writes a table, and fails when told to."""

    def __init__(self) -> None:
        self.variables: dict[str, str] = {}
        self.select: Sequence[str] = ()
        self.failure: Exception | None = None

    def __call__(self, building: Path, variables: dict[str, str], select: Sequence[str]) -> None:
        self.variables, self.select = variables, select
        with duckdb.connect(str(building)) as connection:
            connection.execute("create or replace table built as select 1 as is_new")
        if self.failure:
            raise self.failure


@pytest.fixture
def dbt(monkeypatch: pytest.MonkeyPatch) -> FakeDbt:
    fake = FakeDbt()
    monkeypatch.setattr(build, "run_dbt", fake)
    monkeypatch.setattr(build, "broken_invariants", lambda *_: [])
    monkeypatch.setattr(build, "print_scorecard", lambda *_: print("the scorecard"))
    return fake


@pytest.fixture
def extract(tmp_path: Path) -> MadeExtract:
    return MadeExtract(tmp_path / "extract_may")


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    folder = tmp_path / "warehouses"
    folder.mkdir()
    return folder / "warehouse.duckdb"


def files_beside(warehouse: Path) -> list[str]:
    return sorted(path.name for path in warehouse.parent.iterdir())


def run_build(warehouse: Path, *arguments: object) -> int:
    return build.main([*map(str, arguments), "--warehouse", str(warehouse)])


def test_build_lands_and_uses_exactly_that_extract(
    dbt: FakeDbt, extract: MadeExtract, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--extract", extract.folder, "--first-month", "2015-04"]
    assert run_build(warehouse, *arguments) == 0
    assert dbt.variables == {"extract_id": "may", "first_month": "2015-04-01"}
    assert query(warehouse, "select is_new from built") == [(1,)]
    assert files_beside(warehouse) == ["warehouse.duckdb"]
    output = capsys.readouterr().out
    assert "landed: may, 3 of 31 tables, 5 rows" in output
    assert output.endswith("the scorecard\n")


def test_failed_build_leaves_the_warehouse_as_it_was(
    dbt: FakeDbt, extract: MadeExtract, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_build(warehouse, "--extract", extract.folder) == 0
    content = warehouse.read_bytes()
    extract.describe(extract_id="june")
    dbt.failure = FailedError("test not_null_x failed")
    assert run_build(warehouse, "--extract", extract.folder) == 1
    assert warehouse.read_bytes() == content
    assert files_beside(warehouse) == ["warehouse.duckdb"]
    assert capsys.readouterr().err == "error: test not_null_x failed\n"


def test_first_build_that_fails_leaves_no_file(
    dbt: FakeDbt, extract: MadeExtract, warehouse: Path
) -> None:
    dbt.failure = KeyboardInterrupt()
    assert run_build(warehouse, "--extract", extract.folder) == 130
    assert files_beside(warehouse) == []


def test_bad_extract_is_an_error_line(
    dbt: FakeDbt, extract: MadeExtract, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extract.describe(date_format="MDY")
    assert run_build(warehouse, "--extract", extract.folder) == 2
    assert "date_format is 'MDY'" in capsys.readouterr().err
    assert files_beside(warehouse) == []


def test_rebuild_as_at_a_day_uses_what_is_landed(
    dbt: FakeDbt, extract: MadeExtract, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_build(warehouse, "--extract", extract.folder) == 0
    assert run_build(warehouse, "--as-at", "2018-05-10", "--select", "fct_things") == 0
    assert dbt.variables == {"as_at": "2018-05-10"}
    assert dbt.select == ["fct_things"]
    assert run_build(warehouse, "--as-at", "2018-05-09") == 2
    assert "no extract is dated 2018-05-09 or earlier: the earliest is may of 2018-05-10" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--month", "2018-05"], "month 2018-05 is not complete in an extract as at 2018-05-10"),
        (["--month", "2015-04"], "month 2015-04 is before the first month reported, 2015-05"),
        (
            ["--month", "2018-03", "--first-month", "2018-04"],
            "month 2018-03 is before the first month reported, 2018-04",
        ),
        (["--first-month", "2018-05"], "first month 2018-05 is not complete in an extract as at"),
    ],
)
def test_month_that_the_extract_cannot_report_is_refused_before_the_build(
    dbt: FakeDbt,
    extract: MadeExtract,
    warehouse: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    assert run_build(warehouse, "--extract", extract.folder, *arguments) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"error: {message}")
    assert ": choose " in line
    assert not dbt.variables
    assert files_beside(warehouse) == []


@pytest.mark.parametrize(
    ("as_at", "arguments"),
    [
        ("2018-05-10T08:00:00", ["--month", "2018-04"]),
        ("2018-05-10T08:00:00", ["--month", "2015-05"]),
        ("2018-05-31T00:00:00", ["--month", "2018-05", "--first-month", "2018-05"]),
        ("2018-12-31T00:00:00", ["--month", "2018-12"]),
    ],
)
def test_months_up_to_the_last_complete_one_are_built(
    dbt: FakeDbt, extract: MadeExtract, warehouse: Path, as_at: str, arguments: list[str]
) -> None:
    extract.describe(as_at=as_at)
    assert run_build(warehouse, "--extract", extract.folder, *arguments) == 0
    assert dbt.variables["extract_id"] == "may"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no extract has been landed: give one with --extract, or use --demo"),
        (["--month", "2018-13"], "'2018-13' is not a month"),
        (["--as-at", "10/04/2018"], "'10/04/2018' is not a date"),
    ],
)
def test_mistake_in_the_call(
    dbt: FakeDbt,
    warehouse: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    assert run_build(warehouse, *arguments) == 2
    assert message in capsys.readouterr().err
    assert files_beside(warehouse) == []


def test_demonstration_is_not_landed_beside_real_data(
    dbt: FakeDbt, extract: MadeExtract, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_build(warehouse, "--extract", extract.folder) == 0
    assert run_build(warehouse, "--demo") == 2
    assert "the warehouse contains the real extract may" in capsys.readouterr().err


def test_two_builds_do_not_meet(
    dbt: FakeDbt, extract: MadeExtract, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    building = warehouse.with_name("warehouse.duckdb.building")
    other = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True);"
            " sys.stdin.read()",
            str(building),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert other.stdout.readline() == b"open\n"
        assert run_build(warehouse, "--extract", extract.folder) == 2
        assert "another load or build is using the warehouse" in capsys.readouterr().err
        assert building.exists()
    finally:
        other.communicate(b"")
    assert run_build(warehouse, "--extract", extract.folder) == 0


def test_readers_do_not_stop_a_build_and_keep_what_they_opened(
    dbt: FakeDbt, extract: MadeExtract, warehouse: Path
) -> None:
    assert run_build(warehouse, "--extract", extract.folder) == 0
    reader = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True);"
            " print('open', flush=True); sys.stdin.read();"
            " print(c.execute('select count(*) from raw.extract_log').fetchone()[0])",
            str(warehouse),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert reader.stdout.readline() == b"open\n"
    extract.describe(extract_id="june")
    assert run_build(warehouse, "--extract", extract.folder) == 0
    assert reader.communicate(b"")[0] == b"1\n"
    assert query(warehouse, "select count(*) from raw.extract_log") == [(2,)]


def test_failures_of_dbt_become_one_line_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "target"
    monkeypatch.setenv("DBT_TARGET_PATH", str(target))
    monkeypatch.setenv("DBT_LOG_PATH", str(tmp_path / "logs"))
    name = "model.vital_signs.fct_things"

    def fail(*_: object) -> int:
        target.mkdir()
        results = [
            {"unique_id": name, "status": "error", "message": "Binder Error:\n  no such column"},
            {"unique_id": "model.vital_signs.dim_team", "status": "success", "message": "OK"},
        ]
        nodes = {name: {"original_file_path": "models/fct_things.sql", "compiled_path": "a.sql"}}
        (target / "run_results.json").write_text(json.dumps({"results": results}))
        (target / "manifest.json").write_text(json.dumps({"nodes": nodes}))
        return 1

    monkeypatch.setattr(running, "follow", fail)
    with pytest.raises(FailedError) as failure:
        running.run_dbt(tmp_path / "warehouse.duckdb", {}, [])
    assert str(failure.value) == (
        "model vital_signs.fct_things: Binder Error: no such column (models/fct_things.sql):"
        " check the rows with the query in a.sql"
    )


def test_demonstration_is_made_once_and_anew_when_its_makers_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker = tmp_path / "scripts" / "made_up_county" / "command.py"
    maker.parent.mkdir(parents=True)
    maker.write_text(
        "import pathlib, sys\n"
        "folder = pathlib.Path(sys.argv[2]); folder.mkdir(parents=True)\n"
        "(folder / 'extract.json').write_text('first')\n"
    )
    for name, value in {
        "PROJECT": tmp_path,
        "DEMO_EXTRACT": tmp_path / "extracts" / "demo",
        "DEMO_MAKER": (sys.executable, str(maker)),
    }.items():
        monkeypatch.setattr(build, name, value)
    folder = build.demo_extract()
    (folder / "extract.json").write_text("touched")
    assert (build.demo_extract() / "extract.json").read_text() == "touched"
    maker.write_text(maker.read_text().replace("first", "second"))
    assert (build.demo_extract() / "extract.json").read_text() == "second"
    maker.write_text("import sys\nsys.exit(2)\n")
    with pytest.raises(FailedError):
        build.demo_extract()
    assert (folder / "extract.json").read_text() == "second"
