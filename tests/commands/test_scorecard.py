"""The printed scorecard: rounding, symbols with words, and missing months or areas."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from vital_signs import scorecard

COLUMNS = """
    month_end date, area_code varchar, section varchar, display_order integer,
    indicator_ref varchar, indicator_name varchar, polarity varchar, unit varchar,
    decimal_places integer, is_in_report boolean, value_m3 double, value_m2 double,
    value_m1 double, value_m0 double, ytd_value double, target_text varchar,
    direction_of_travel varchar, rag_status varchar, red_limit double, green_limit double,
    previous_ytd_value double, statistical_neighbour_average double,
    best_statistical_neighbour double, national_average double, national_top_quartile double,
    eastern_region double, availability varchar, availability_reason varchar
"""
ROWS = """
    (date '2018-03-31', 'COUNTY', '1', 2, '1.8', 'Re-referrals', 'low', 'percent', 1, true,
     null, 5.0, 6.0, 6.25, 1234.5, '15%', 'worsened', 'green', 20, 15,
     null, null, null, 21.9, null, null, 'available', null),
    (date '2018-03-31', 'COUNTY', '1', 1, '1.1', 'Requests', 'high', 'count', 0, true,
     1, 2, 3, 1403, null, null, 'improved', 'amber', null, null,
     null, null, null, null, null, null, 'available', null),
    (date '2018-03-31', 'COUNTY', '9', 3, '9.1', 'Care leavers', 'high', 'count', 0, true,
     null, null, null, null, null, null, null, 'red', null, null,
     null, null, null, null, null, null, 'not_available', 'table ssd_cla_episodes is missing'),
    (date '2018-03-31', 'COUNTY', '9', 4, '9.9', 'Not in the report', 'high', 'count', 0, false,
     null, null, null, 5, null, null, null, null, null, null,
     null, null, null, null, null, null, 'available', null),
    (date '2018-03-31', 'NORTH', '1', 1, '1.1', 'Requests', 'high', 'count', 0, true,
     null, null, null, 77, null, null, 'same', null, null, null,
     null, null, null, null, null, null, 'available', null),
    (date '2018-01-31', 'COUNTY', '1', 1, '1.1', 'Requests', 'high', 'count', 0, true,
     null, null, null, 66, null, null, null, null, null, null,
     null, null, null, null, null, null, 'available', null)
"""


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("COLUMNS", raising=False)
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema indicators; create schema core")
        connection.execute("create table core.dim_extract as select true as is_demonstration")
        connection.execute(f"create table indicators.indicator_scorecard ({COLUMNS})")
        connection.execute(f"insert into indicators.indicator_scorecard values {ROWS}")
    return path


def printed(
    capsys: pytest.CaptureFixture[str], warehouse: Path, *arguments: str
) -> tuple[int, str, str]:
    code = scorecard.main([*arguments, "--warehouse", str(warehouse)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (6.25, 1, "6.3"),
        (-6.25, 1, "-6.3"),
        (16.5, 0, "17"),
        (2.5, 0, "3"),
        # 57 of 200 is 28.5%, and 28.499999999999996 as a product of doubles.
        (57 / 200 * 100, 0, "29"),
        (0.05, 1, "0.1"),
        (-0.04, 1, "0.0"),
        (1403.0, 0, "1,403"),
        (56.0, 1, "56.0"),
        (None, 1, "-"),
        (3.0, None, "3"),
    ],
)
def test_numbers_are_rounded_half_up(value: float | None, places: int | None, shown: str) -> None:
    assert scorecard.rounded(value, places) == shown


def test_last_month_of_the_county_in_the_order_of_the_report(
    warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, output, errors = printed(capsys, warehouse)
    assert (code, errors) == (0, "")
    assert "Scorecard March 2018, COUNTY" in output
    assert "Dec 17  Jan 18  Feb 18  Mar 18" in output
    requests, rereferrals, leavers = (
        next(line for line in output.splitlines() if line.startswith(reference))
        for reference in ("1.1 ", "1.8 ", "9.1 ")
    )
    assert output.index(requests) < output.index(rereferrals) < output.index(leavers)
    assert " ".join(requests.split()) == "1.1 Requests 1 2 3 1,403 - - ▲ better ◆ amber - - -"
    assert " ".join(rereferrals.split()) == (
        "1.8 Re-referrals - 5.0% 6.0% 6.3% 1,234.5% 15% ▼ worse ✔ green 20.0% 15.0% 21.9%"
    )
    assert "✖ red" in leavers
    assert "Not in the report" not in output
    # A benchmark that no indicator has gets no column.
    assert "England" in output
    assert "Eastern" not in output
    assert "1 indicator not available (table ssd_cla_episodes is missing): 9.1" in output


# The rows above as they look in terminals of three widths.
IN_WIDTHS = {
    80: """
Ref  Indicator                 Mar 18       YTD  Target  Travel     RAG

1.1  Requests                   1,403         -       -  ▲ better   ◆ amber
1.8  Re-referrals                6.3%  1,234.5%     15%  ▼ worse    ✔ green

9.1  Care leavers                   -         -       -  -          ✖ red
Not in 80 columns: Feb 18, Jan 18, Dec 17, Red, Green, England.
""",
    100: """
Ref  Indicator                 Dec 17  Jan 18  Feb 18  Mar 18       YTD  Target  Travel     RAG

1.1  Requests                       1       2       3   1,403         -       -  ▲ better   ◆ amber
1.8  Re-referrals                   -    5.0%    6.0%    6.3%  1,234.5%     15%  ▼ worse    ✔ green

9.1  Care leavers                   -       -       -       -         -       -  -          ✖ red
Not in 100 columns: Red, Green, England.
""",
    120: """
Ref  Indicator                 Dec 17  Jan 18  Feb 18  Mar 18       YTD  Target  Travel     RAG        Red  Green

1.1  Requests                       1       2       3   1,403         -       -  ▲ better   ◆ amber      -      -
1.8  Re-referrals                   -    5.0%    6.0%    6.3%  1,234.5%     15%  ▼ worse    ✔ green  20.0%  15.0%

9.1  Care leavers                   -       -       -       -         -       -  -          ✖ red        -      -
Not in 120 columns: England.
""",  # noqa: E501 - the table as it is printed, 120 columns wide
}


@pytest.mark.parametrize("width", IN_WIDTHS)
def test_the_scorecard_fits_the_terminal(
    width: int,
    warehouse: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = [line.rstrip() for line in printed(capsys, warehouse)[1].splitlines()]
    start = lines.index("Scorecard March 2018, COUNTY") + 1
    assert "\n".join(lines[start:]) == IN_WIDTHS[width].strip()
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize("width", [80, 100, 120])
def test_long_names_and_notes_are_wrapped(
    width: int,
    warehouse: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            "update indicators.indicator_scorecard set value_m1 = 6.254, ytd_value = 123456,"
            " target_text = 'fewer than 20%', indicator_name = repeat('a long name ', 9)"
        )
    monkeypatch.setenv("COLUMNS", str(width))
    _, output, _ = printed(capsys, warehouse)
    assert max(len(line.rstrip()) for line in output.splitlines()) <= width
    assert "unrounded" in output and "RAG" in output


@pytest.mark.parametrize("said", ["false", "null::boolean", "nothing"])
def test_another_councils_scorecard_has_no_target_colour_or_benchmark(
    warehouse: Path, capsys: pytest.CaptureFixture[str], said: str
) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("drop table core.dim_extract")
        if said != "nothing":
            connection.execute(f"create table core.dim_extract as select {said} is_demonstration")
    code, out, _ = printed(capsys, warehouse)
    _, own, _ = printed(capsys, warehouse, "--month", "2018-01")

    assert code == 0
    assert "No targets are set for this council" in out
    assert "6.3%" in out and "▼ worse" in out
    for words in ("15%", "green", "amber", "21.9", "England"):
        assert words not in out, words
    assert "No targets are set" in own


def test_a_step_between_equal_texts_is_unrounded_and_crossed_limits_have_no_amber(
    warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            "update indicators.indicator_scorecard set value_m1 = 6.254, red_limit = 30,"
            " green_limit = 35 where indicator_ref = '1.8'"
        )
    (line,) = (line for line in printed(capsys, warehouse)[1].splitlines() if "1.8 " in line)

    assert "▼ worse unrounded" in line
    assert line.split().count("35.0%") == 2, "red begins where green ends"
    assert "30.0%" not in line


def test_month_and_area_can_be_chosen(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "66" in printed(capsys, warehouse, "--month", "2018-01")[1]
    output = printed(capsys, warehouse, "--month", "2018-03", "--area", "north")[1]
    assert "77" in output
    assert "= same" in output
    assert "1,403" not in output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--month", "2019-03"],
            "there is no scorecard for 2019-03: choose a month from 2018-01 to 2018-03",
        ),
        (["--month", "March"], "'March' is not a month: write it like 2018-03"),
        (["--area", "EAST"], "there is no area 'EAST': use one of COUNTY, NORTH"),
    ],
)
def test_what_is_not_there_is_one_line(
    warehouse: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert printed(capsys, warehouse, *arguments) == (2, "", f"error: {message}\n")


def test_warehouse_without_a_scorecard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no such file" in printed(capsys, tmp_path / "none.duckdb")[2]
    empty = tmp_path / "empty.duckdb"
    duckdb.connect(str(empty)).close()
    code, _, errors = printed(capsys, empty)
    assert code == 2
    assert "there is no indicators.indicator_scorecard" in errors


def test_months_back_are_month_ends() -> None:
    assert scorecard.months_back(date(2018, 3, 31), 1) == date(2018, 2, 28)
    assert scorecard.months_back(date(2018, 3, 31), 3) == date(2017, 12, 31)
