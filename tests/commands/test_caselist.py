"""Case lists: who is on them, where they may not be written, and what is left out."""

from __future__ import annotations

import csv
import os
import stat
from pathlib import Path

import duckdb
import openpyxl
import pytest
from vital_signs.tracing import caselist

SETUP = """
create schema reference; create schema indicators; create schema intermediate; create schema core;
create schema staging;
create table reference.indicators as
    select '6.14' as indicator_ref, 'live' as status;
create table indicators.fct_indicator_values as
    select '6.14' as indicator_ref, 'COUNTY' as area_code, month_end, availability,
        'table ssd_cp_visits is missing' as availability_reason
    from (values (date '2018-02-28', 'not_available'), (date '2018-03-31', 'available'))
        as months (month_end, availability);
create table intermediate.int_figure_cases as
    select '6.14' as indicator_ref, date '2018-03-31' as month_end, 'month' as period,
        true as is_numerator, status, area_code, team_id, 'worker' as worker_id,
        case_id as person_id, case_id, date '2018-03-31' as case_month_end,
        date '2018-03-31' as case_date, seen_on as decided_on,
        if(seen_on is null, 'no visit recorded', 'last visit') as decided_by,
        met as measure_value, 'ssd_cp_plans' as source_table, plan_id as source_row_key
    from (values ('seen', 'plan_1', 1.0, 'met', date '2018-03-20', 'NORWICH', 'team_1'),
        ('late', 'plan_2', 0.0, 'not met', null, 'NORWICH', 'team_1'),
        ('=1+1', 'plan_3', null, 'outside', date '2018-03-01', 'NORWICH', 'team_1'),
        ('elsewhere', 'plan_4', 1.0, 'met', null, 'WEST', 'team_2'))
        as cases (case_id, plan_id, met, status, seen_on, area_code, team_id);
create table core.dim_extract as select 'march' as extract_id;
create table staging.stg_landing__extract_tables as
    select 'ssd_cp_plans' as table_name, 'ssd_cp_plans.csv' as source_file;
create table intermediate.int_quality_rows as
    select 'ssd_cp_plans' as table_name, 'plan_' || number as row_key, 10 + number as source_row
    from range(1, 5) as numbers (number);
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(SETUP)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "restricted"
    path.mkdir()
    return path


def write(warehouse: Path, folder: Path, *more: str, month: str = "2018-03") -> int:
    return caselist.main(
        [
            *("--ref", "6.14", "--month", month, "--out", str(folder), *more),
            *("--warehouse", str(warehouse)),
        ]
    )


def read_csv(folder: Path) -> list[dict[str, str]]:
    (path,) = folder.glob("*.csv")
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_met_not_met_and_outside_with_date_and_source(warehouse: Path, folder: Path) -> None:
    assert write(warehouse, folder, "--format", "csv") == 0
    rows = {row["source_row_key"]: row for row in read_csv(folder)}
    assert {key: row["status"] for key, row in rows.items()} == {
        "plan_1": "met",
        "plan_2": "not met",
        "plan_3": "outside",
        "plan_4": "met",
    }
    decided = {key: (row["decided_on"], row["decided_by"]) for key, row in rows.items()}
    assert decided["plan_1"] == ("2018-03-20", "last visit")
    assert decided["plan_2"] == ("", "no visit recorded")
    # Outside the measure, and decided all the same: it may be why.
    assert decided["plan_3"] == ("2018-03-01", "last visit")
    assert (rows["plan_2"]["source_file"], rows["plan_2"]["source_row"]) == (
        "ssd_cp_plans.csv",
        "12",
    )


def test_one_area_or_team(warehouse: Path, folder: Path) -> None:
    assert write(warehouse, folder, "--format", "csv", "--area", "west") == 0
    assert [row["case_id"] for row in read_csv(folder)] == ["elsewhere"]
    assert write(warehouse, folder, "--team", "team_1") == 0
    sheet = openpyxl.load_workbook(folder / "cases-6.14-2018-03-team_1.xlsx").active
    assert sheet.max_row == 4


def test_text_is_no_formula(warehouse: Path, folder: Path) -> None:
    write(warehouse, folder, "--format", "csv")
    assert "'=1+1" in {row["case_id"] for row in read_csv(folder)}
    write(warehouse, folder, "--format", "xlsx")
    sheet = openpyxl.load_workbook(next(folder.glob("*.xlsx"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert cells
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_every_sign_that_starts_a_formula_is_quoted(sign: str) -> None:
    assert caselist.as_text(f"{sign}cmd") == f"'{sign}cmd"
    assert caselist.as_text("plain") == "plain"
    assert caselist.as_text(-1.0) == -1.0


def test_only_the_owner_can_read_it_and_nothing_is_left_beside_it(
    warehouse: Path, folder: Path
) -> None:
    before = os.umask(0)
    try:
        write(warehouse, folder)
    finally:
        os.umask(before)
    (path,) = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_in_its_place_is_replaced_and_not_followed(
    warehouse: Path, folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.xlsx"
    elsewhere.write_text("untouched")
    (folder / "cases-6.14-2018-03.xlsx").symlink_to(elsewhere)
    assert write(warehouse, folder) == 0
    assert elsewhere.read_text() == "untouched"
    assert not (folder / "cases-6.14-2018-03.xlsx").is_symlink()


@pytest.mark.parametrize(
    "place", ["reports", "reports/2018-03", "restricted/../reports", "link", "Reports"]
)
def test_never_into_reports(
    place: str, warehouse: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("reports/2018-03", "Reports"):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    (tmp_path / "link").symlink_to(tmp_path / "reports")
    assert write(warehouse, tmp_path / place) == 2
    error = capsys.readouterr().err
    assert "do not belong in reports" in error
    assert error.count("\n") == 1
    assert not list((tmp_path / "reports").glob("**/*.*"))


def test_a_link_named_reports_that_leads_elsewhere_is_refused(
    warehouse: Path, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "reports").symlink_to(folder)
    assert write(warehouse, tmp_path / "reports") == 2
    assert list(folder.iterdir()) == []


def test_the_screen_shows_counts_only(
    warehouse: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(warehouse, folder)
    printed = capsys.readouterr()
    assert printed.out == "wrote cases-6.14-2018-03.xlsx: 2 met, 1 not met, 1 outside\n"
    assert printed.err == ""


@pytest.mark.parametrize(
    ("more", "month", "message"),
    [
        (["--ref", "99"], "2018-03", "there is no indicator '99'"),
        ([], "2019-03", "2019-03 is not reported: choose a month from 2018-02 to 2018-03"),
        (
            [],
            "2018-02",
            "6.14 has no figure for 2018-02: not_available (table ssd_cp_visits is missing)",
        ),
        (["--team", "none"], "2018-03", "no case in that month has the team 'none'"),
        (["--area", "EAST"], "2018-03", "no case in that month has the area 'EAST'"),
    ],
)
def test_mistakes_are_one_line(
    more: list[str],
    month: str,
    message: str,
    warehouse: Path,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert write(warehouse, folder, *more, month=month) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"error: {message}")
    assert error.count("\n") == 1
    assert list(folder.iterdir()) == []


def test_folder_and_warehouse_must_be_there(
    warehouse: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert write(warehouse, tmp_path / "nowhere") == 2
    assert "there is no such folder" in capsys.readouterr().err
    assert write(tmp_path / "none.duckdb", folder) == 2
    assert "there is no such file" in capsys.readouterr().err
