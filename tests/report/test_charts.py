"""Charts: where lines break, how scales and labels are chosen, and what is read aloud."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from vital_signs.report.charts import LABEL_GAP, Line, Point, _scale, _spread, chart, sparkline

from tests.report.small import month_ends


def points(*values: float | None) -> list[Point]:
    days = month_ends()[: len(values)]
    return [
        Point(day, value, "-" if value is None else f"{value:g}")
        for day, value in zip(days, values, strict=True)
    ]


def lines_of(svg: str) -> list[int]:
    """Return the number of points of each stretch of the line."""
    return [path.count("L") + 1 for path in re.findall(r'class="line" d="([^"]+)"', svg)]


def test_a_missing_month_is_a_gap_and_never_nought() -> None:
    svg = chart(points(5, 6, None, 8, 9), [], label="x", percent=False)

    assert lines_of(svg) == [2, 2]


def test_the_line_stops_before_a_series_break() -> None:
    days = month_ends()
    svg = chart(points(1, 2, 3, 4, 5), [], label="x", percent=False, break_month=days[3])

    assert lines_of(svg) == [3, 2]
    assert "series break" in svg


def test_a_break_in_the_first_month_shown_is_none() -> None:
    svg = chart(points(1, 2), [], label="x", percent=False, break_month=month_ends()[0])

    assert "series break" not in svg


def test_a_chart_without_a_number_says_so() -> None:
    assert "No chart: no data" in chart(points(None, None), [], label="x", percent=False)
    assert "no data" in sparkline(points(None, None), "x")


def test_numbers_that_are_hidden_are_not_called_missing() -> None:
    hidden = [Point(date(2018, 3, 31), None, "[c]", True)]

    assert "not shown" in sparkline(hidden, "x")
    assert "No chart: not shown" in chart(hidden, [], label="x", percent=False)


def test_a_scale_of_counts_has_no_decimals_and_others_enough_of_them() -> None:
    def axis(*values: float, whole: bool) -> list[str]:
        svg = chart(points(*values), [], label="x", percent=False, whole=whole)
        return re.findall(r'text-anchor="end">([^<]+)<', svg)

    assert axis(0, 0, whole=True) == ["0", "1"]
    assert axis(10.9, 11.7, whole=False) == ["10.8", "11.0", "11.2", "11.4", "11.6", "11.8"]
    assert axis(0.0, 1.0, whole=False) == ["0.00", "0.25", "0.50", "0.75", "1.00"]


@pytest.mark.parametrize(("higher_is_better", "green_above_red"), [(True, True), (False, False)])
def test_bands_lie_on_the_side_of_good_performance(
    higher_is_better: bool, green_above_red: bool
) -> None:
    green, red = (80.0, 70.0) if higher_is_better else (70.0, 80.0)
    svg = chart(
        points(60, 75, 90),
        [Line("green", green, "green"), Line("red", red, "red")],
        label="x",
        percent=True,
        higher_is_better=higher_is_better,
    )
    tops = {
        kind: float(y) for kind, y in re.findall(r'class="band-(\w+)" x="[^"]+" y="([^"]+)"', svg)
    }

    assert set(tops) == {"green", "red"}
    assert (tops["green"] < tops["red"]) == green_above_red


def test_info_has_no_bands() -> None:
    svg = chart(points(1, 2), [Line("green", 1, "green")], label="x", percent=False)

    assert "band-" not in svg


@pytest.mark.parametrize(
    ("values", "levels", "low", "high"),
    [
        ([10, 100], [], 0, 100),
        ([90, 100], [], 90, 100),
        ([95.7, 96.3], [100], 94, 100),
        ([7, 7], [], 0, 7),
        ([0, 0], [], 0, 1),
    ],
)
def test_scales_hold_every_value_and_begin_at_nought_where_a_change_would_be_overstated(
    values: list[float], levels: list[float], low: float, high: float
) -> None:
    scale = _scale(values, levels, True, 300)

    assert scale.low <= min(values + levels)
    assert scale.high >= max(values + levels)
    assert scale.low == low
    assert scale.high >= high
    assert len(scale.ticks) >= 2


def test_names_at_the_right_never_overlap() -> None:
    places = _spread([10, 10, 10, 11, 160, 170, 171])

    gaps = [after - before for before, after in pairwise(places)]
    assert min(gaps) >= LABEL_GAP - 1e-9


def test_a_chart_is_the_same_each_time_and_names_its_lines_in_words() -> None:
    def drawn() -> str:
        return chart(
            points(60, 75, 90),
            [Line("Target 80%", 80, "target"), Line("England 82.9%", 82.9, "benchmark")],
            label="3.3, now 90",
            percent=True,
        )

    assert drawn() == drawn()
    assert ">Target 80%</text>" in drawn()
    assert ">England 82.9%</text>" in drawn()
    assert 'aria-label="3.3, now 90"' in drawn()


def test_labels_cannot_bring_markup() -> None:
    svg = chart(
        [Point(date(2018, 3, 31), 1.0, "<b>1</b>")],
        [Line("<script>", 2, "target")],
        label='"><script>',
        percent=False,
    )
    assert "<script" not in svg
    assert "<b>" not in svg
