"""What a builder sees while dbt runs and at the end; a stand-in plays dbt."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from vital_signs.build import running
from vital_signs.build.summary import summary
from vital_signs.errors import FailedError

ERROR = 'Constraint Error: Duplicate key "person_id: P17"'


def event(name: str, number: int, level: str = "info", text: str = "") -> str:
    node = {"resource_type": "model", "unique_id": f"model.m{number}", "node_name": f"m{number}"}
    info = {"name": name, "level": level, "ts": "2018-04-10T08:00:00Z", "msg": text or name}
    return json.dumps({"info": info, "data": {"total": 10, "index": number, "node_info": node}})


@pytest.fixture
def dbt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let a program that prints a file play dbt; return the file."""
    monkeypatch.setenv("DBT_TARGET_PATH", str(tmp_path / "target"))
    monkeypatch.setenv("DBT_LOG_PATH", str(tmp_path / "logs"))
    monkeypatch.delenv("CI", raising=False)
    events = tmp_path / "events"

    def command(_: Sequence[str]) -> list[str]:
        code = "import pathlib, sys; text = pathlib.Path(sys.argv[1]).read_text(); print(text)"
        return [sys.executable, "-c", f"{code}; sys.exit('error' in text)", str(events)]

    monkeypatch.setattr(running, "dbt_command", command)
    return events


def test_progress_is_told_in_a_few_lines_and_kept_in_a_log(
    dbt: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [event(name, n) for n in range(1, 11) for name in ("LogStartLine", "LogModelResult")]
    dbt.write_text("\n".join(lines))
    running.run_dbt(tmp_path / "warehouse.duckdb", {}, [])
    told = capsys.readouterr().out.splitlines()
    assert [line.strip() for line in told if line.strip()] == [
        f"{done} of 10 models and checks" for done in (2, 4, 6, 8, 10)
    ]
    (log,) = (tmp_path / "logs").glob("build-*.log")
    assert log.read_text().count("LogModelResult") == 10


def test_in_ci_there_is_only_the_log(
    dbt: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CI", "true")
    dbt.write_text("\n".join(event("LogModelResult", number) for number in range(10)))
    running.run_dbt(tmp_path / "warehouse.duckdb", {}, [])
    assert capsys.readouterr().out.strip() == ""
    assert list((tmp_path / "logs").glob("build-*.log"))


def test_the_log_has_no_value_that_an_error_quotes(dbt: Path, tmp_path: Path) -> None:
    dbt.write_text(event("RunResultError", 1, "error", ERROR))
    with pytest.raises(FailedError, match="P17"):
        running.run_dbt(tmp_path / "warehouse.duckdb", {}, [])
    (log,) = (tmp_path / "logs").glob("build-*.log")
    assert "Constraint Error: Duplicate key '…'" in log.read_text()


def test_only_the_last_logs_are_kept(dbt: Path, tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    for number in range(20):
        (tmp_path / "logs" / f"build-20180401-0000{number:02}-1.log").touch()
    dbt.write_text("")
    running.run_dbt(tmp_path / "warehouse.duckdb", {}, [])
    kept = sorted((tmp_path / "logs").iterdir())
    assert len(kept) == running.LOGS_KEPT
    assert kept[0].name == "build-20180401-000011-1.log"


def test_the_summary_names_the_rules_that_matter_most(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            """
            create schema core; create schema quality; create schema reference;
            create schema published;
            create table core.dim_extract as
            select 'may' as extract_id, 'MOSAIC' as source_system, timestamp '2018-05-10' as as_at;
            create table published.months as
            select unnest([date '2018-03-31', date '2018-04-30']) as month_end;
            create table quality.row_accounting as
            select
                unnest([1200, 34]) as rows_landed, unnest([1100, 34]) as rows_used,
                unnest([90, 0]) as rows_quarantined, unnest([10, 0]) as rows_duplicate;
            create table quality.fct_quality_failures as
            select *
            from (
                values ('A-1', 'warn'), ('A-1', 'warn'), ('B-2', 'error'), ('C-3', 'info'),
                ('D-4', 'warn'), ('E-5', 'warn')
            ) as failures (rule_id, severity);
            create table quality.dim_quality_rules as
            select
                unnest(['A-1', 'B-2', 'D-4']) as rule_id,
                unnest(['warn', 'error', 'warn']) as severity,
                'the date is missing' as message;
            create table reference.quality_rule_indicators as
            select unnest(['B-2', 'B-2', 'A-1', 'D-4', 'C-3', 'C-3', 'C-3']) as rule_id;
            """
        )
    lines = summary(warehouse)
    assert lines[:3] == [
        "extract      may from MOSAIC, as at 2018-05-10; 2 months, 2018-03 to 2018-04",
        "rows         1,234 landed: 1,134 used, 90 quarantined, 10 exact duplicates",
        "failures     1 error, 4 warn, 1 info",
    ]
    assert [line.split()[0] for line in lines[3:6]] == ["B-2", "A-1", "D-4"]
    assert lines[3] == "  B-2 (error): 1 row, 2 indicators in doubt: the date is missing"
    assert "where rule_id = 'B-2'" in lines[6]


def test_there_is_no_summary_of_a_part(tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / "part.duckdb")).close()
    assert summary(tmp_path / "part.duckdb") == []
