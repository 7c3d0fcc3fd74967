"""Charts as inline SVG, written by hand: no script, no style of their own, always the same bytes.

Colours and line styles are classes of the page's style sheet, so a chart prints, in colour or grey,
as the page does. Every line is named in words at its right end; nothing is shown by colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from vital_signs.report.tables import NOT_RECORDED

SPARK_WIDTH, SPARK_HEIGHT = 96.0, 22.0
SPARK_EDGE = 3.0

WIDTH, HEIGHT = 360.0, 176.0
LEFT, TOP, BOTTOM = 40.0, 14.0, 24.0
# Room for the labels on the right: of the lines, or of the last figure only.
RIGHT_WITH_LINES, RIGHT_ALONE = 120.0, 62.0
LABEL_GAP = 11.5
LABELLED_MONTHS = 3
# Below this share of the largest value, a scale that starts above 0 would overstate a change.
ZERO_BASED_BELOW = 0.5
MOST_TICKS = 5
MOST_DECIMALS = 4
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Point:
    """One month of a series: `value` is None where there is no figure, `text` is what is shown."""

    month_end: date
    value: float | None
    text: str
    is_suppressed: bool = False
    is_unrecorded: bool = False


@dataclass(frozen=True)
class Line:
    """A level across the chart: a target, a limit or a benchmark.

    `kind` is the class of the style sheet: target, green, both (one level for the two), red or
    benchmark.
    """

    label: str
    value: float
    kind: str


@dataclass(frozen=True)
class Scale:
    """Where a value is between the bottom and top of the drawing; `right` is its right edge."""

    low: float
    high: float
    ticks: tuple[float, ...]
    right: float

    def y(self, value: float) -> float:
        """Return the vertical position of a value, in drawing units."""
        share = (value - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)


def sparkline(points: Sequence[Point], label: str, break_month: date | None = None) -> Markup:
    """Return a small line of the months with a dot on the last; `label` is for screen readers.

    `break_month` is the first month counted in the new way: the line stops before it.
    """
    shown = [point.value for point in points if point.value is not None]
    if not shown:
        return Markup(f'<span class="none">{without_numbers(points)}</span>')
    low, high = min(shown), max(shown)
    step = (SPARK_WIDTH - 2 * SPARK_EDGE) / max(len(points) - 1, 1)
    inner = SPARK_HEIGHT - 2 * SPARK_EDGE

    def place(index: int, value: float) -> tuple[float, float]:
        share = (value - low) / (high - low) if high > low else 0.5
        return SPARK_EDGE + index * step, SPARK_HEIGHT - SPARK_EDGE - share * inner

    runs = _runs([point.value for point in points], place, _break_at(points, break_month))
    parts = [f'<path d="{_path(run)}"/>' for run in runs if len(run) > 1]
    parts += [_dot(run[0], 1.2) for run in runs if len(run) == 1]
    if points[-1].value is not None:
        parts.append(_dot(place(len(points) - 1, points[-1].value), 2.2))
    return Markup(
        f'<svg class="spark" viewBox="0 0 {_n(SPARK_WIDTH)} {_n(SPARK_HEIGHT)}" role="img"'
        f' aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def chart(
    points: Sequence[Point],
    lines: Sequence[Line],
    *,
    label: str,
    percent: bool,
    whole: bool = False,
    higher_is_better: bool | None = None,
    break_month: date | None = None,
) -> Markup:
    """Return the months as a line with target, tolerance bands, benchmarks and a series break.

    `break_month` is the first month counted in the new way: the line stops before it. The bands
    are drawn where the direction of good performance is known. `whole` is for figures without
    decimals: the scale then has none either.
    """
    values = [point.value for point in points]
    shown = [value for value in values if value is not None]
    if not shown:
        return Markup(f'<p class="none">No chart: {without_numbers(points)}.</p>')
    right = WIDTH - (RIGHT_WITH_LINES if lines else RIGHT_ALONE)
    scale = _scale(shown, [line.value for line in lines], percent, right, whole)
    step = (right - LEFT) / max(len(points) - 1, 1)

    def place(index: int, value: float) -> tuple[float, float]:
        return LEFT + index * step, scale.y(value)

    break_at = _break_at(points, break_month)
    parts = [
        *_bands(lines, scale, higher_is_better),
        *_grid(scale, percent),
        *_months(points, step),
    ]
    if break_at is not None:
        x = LEFT + (break_at - 0.5) * step
        anchor = "end" if break_at > len(points) / 2 else "start"
        shift = -3 if anchor == "end" else 3
        parts.append(
            f'<path class="break" d="M{_n(x)} {_n(TOP - 6)}V{_n(HEIGHT - BOTTOM)}"/>'
            f'<text class="small" x="{_n(x + shift)}" y="{_n(TOP - 2)}" text-anchor="{anchor}">'
            "series break</text>"
        )
    parts += _levels(lines, points[-1], scale)
    for run in _runs(values, place, break_at):
        if len(run) > 1:
            parts.append(f'<path class="line" d="{_path(run)}"/>')
        parts += [_dot(at, 1.8) for at in run]
    if values[-1] is not None:
        parts.append(_dot(place(len(points) - 1, values[-1]), 3.2))
    return Markup(
        f'<svg class="chart" viewBox="0 0 {_n(WIDTH)} {_n(HEIGHT)}" role="img"'
        f' aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def since_break(points: Sequence[Point], break_month: date | None) -> Sequence[Point]:
    """Return the months counted in the same way as the last one."""
    return points[_break_at(points, break_month) or 0 :]


def _break_at(points: Sequence[Point], break_month: date | None) -> int | None:
    """Return the index of the first month after the break, where months before it are shown."""
    return next(
        (index for index, point in enumerate(points) if index and point.month_end == break_month),
        None,
    )


def without_numbers(points: Sequence[Point]) -> str:
    """Return why a series has no figures at all: there are none, or none may be shown."""
    if any(point.is_unrecorded for point in points):
        return NOT_RECORDED
    return "not shown" if any(point.is_suppressed for point in points) else "no data"


def _n(number: float) -> str:
    text = f"{number:.1f}"
    return text[:-2] if text.endswith(".0") else text


def _dot(at: tuple[float, float], radius: float) -> str:
    return f'<circle cx="{_n(at[0])}" cy="{_n(at[1])}" r="{radius:g}"/>'


def _path(run: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in run)


def _runs(values, place, break_at=None) -> list[list[tuple[float, float]]]:
    """Return the stretches without a missing month; a new one starts at the break."""
    runs: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(values):
        if index == break_at or value is None:
            runs.append([])
        if value is not None:
            runs[-1].append(place(index, value))
    return [run for run in runs if run]


def _scale(
    shown: Sequence[float],
    levels: Sequence[float],
    percent: bool,
    right: float,
    whole: bool = False,
) -> Scale:
    everything = [*shown, *levels]
    low, high = min(everything), max(everything)
    if low >= 0 and low < ZERO_BASED_BELOW * high:
        low = 0.0
    if high == low:
        low, high = (0.0, high) if high > 0 else (low, low + 1)
    step = _nice_step((high - low) / (MOST_TICKS - 1))
    if whole:
        step = math.ceil(step)
    bottom, top = math.floor(low / step) * step, math.ceil(high / step) * step
    if percent and high <= 100:
        top = min(top, 100.0)
    count = int((top - bottom) / step + 1e-9)
    return Scale(bottom, top, tuple(bottom + index * step for index in range(count + 1)), right)


def _nice_step(least: float) -> float:
    size = 10 ** math.floor(math.log10(least))
    return next(step * size for step in STEPS if step * size >= least * (1 - 1e-9))


def _grid(scale: Scale, percent: bool) -> list[str]:
    sign = "%" if percent else ""
    step = scale.ticks[1] - scale.ticks[0] if len(scale.ticks) > 1 else 1.0
    decimals = next(
        (places for places in range(MOST_DECIMALS) if abs(round(step, places) - step) < step / 1e6),
        MOST_DECIMALS,
    )
    return [
        f'<path class="grid" d="M{_n(LEFT)} {_n(scale.y(tick))}H{_n(scale.right)}"/>'
        f'<text class="axis" x="{_n(LEFT - 5)}" y="{_n(scale.y(tick) + 3.5)}" text-anchor="end">'
        f"{tick:,.{decimals}f}{sign}</text>"
        for tick in scale.ticks
    ]


def _months(points: Sequence[Point], step: float) -> list[str]:
    parts = []
    for index, point in enumerate(points):
        if index % LABELLED_MONTHS:
            continue
        x = LEFT + index * step
        form = "%b %y" if index in (0, len(points) - 1) else "%b"
        parts.append(
            f'<text class="axis" x="{_n(x)}" y="{_n(HEIGHT - 8)}" text-anchor="middle">'
            f"{point.month_end.strftime(form)}</text>"
        )
    return parts


def _bands(lines: Sequence[Line], scale: Scale, higher_is_better: bool | None) -> list[str]:
    kinds = {"green": "green", "both": "green", "red": "red"}
    limits = {kinds[line.kind]: line.value for line in lines if line.kind in kinds}
    # Without both limits no value has a colour.
    if higher_is_better is None or len(limits) < 2:
        return []
    parts = []
    for kind, limit in sorted(limits.items()):
        towards_top = higher_is_better == (kind == "green")
        edge = scale.high if towards_top else scale.low
        top, bottom = sorted((scale.y(limit), scale.y(edge)))
        if bottom - top > 0.5:
            parts.append(
                f'<rect class="band-{kind}" x="{_n(LEFT)}" y="{_n(top)}"'
                f' width="{_n(scale.right - LEFT)}" height="{_n(bottom - top)}"/>'
            )
    return parts


def _levels(lines: Sequence[Line], last: Point, scale: Scale) -> list[str]:
    """Return every line across and, on the right, their labels and the last figure.

    Names are pushed apart and joined to their places.
    """
    names = [(line.value, line.label, "small") for line in lines]
    if last.value is not None:
        names.append((last.value, last.text, "now"))
    names.sort(key=lambda name: (-name[0], name[1]))
    places = _spread([scale.y(value) for value, _, _ in names])
    parts = [
        f'<path class="level {line.kind}" d="M{_n(LEFT)} {_n(scale.y(line.value))}'
        f'H{_n(scale.right)}"/>'
        for line in sorted(lines, key=lambda line: (-line.value, line.label))
    ]
    for (value, label, kind), label_y in zip(names, places, strict=True):
        parts.append(
            f'<path class="leader" d="M{_n(scale.right + 5)} {_n(scale.y(value))}'
            f'L{_n(scale.right + 13)} {_n(label_y)}"/>'
            f'<text class="{kind}" x="{_n(scale.right + 15)}" y="{_n(label_y + 3.5)}">'
            f"{escape(label)}</text>"
        )
    return parts


def _spread(wanted: Sequence[float]) -> list[float]:
    """Return positions from the top down, at least LABEL_GAP apart and inside the drawing."""
    places: list[float] = []
    for y in wanted:
        places.append(max(y, places[-1] + LABEL_GAP) if places else max(y, 6.0))
    floor = HEIGHT - 6.0
    for index in range(len(places) - 1, -1, -1):
        places[index] = min(places[index], floor)
        floor = places[index] - LABEL_GAP
    return places
