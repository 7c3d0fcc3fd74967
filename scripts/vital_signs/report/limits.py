"""Limits as used to colour a value: the one source for words, bands and columns.

Section 15: green is tested first, then red, then amber. Where the printed limits cross (6.5),
anything not green is red: red then starts at the green limit, and there is no amber.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ASSUMED = "red limit assumed"


@dataclass(frozen=True)
class Limits:
    """The limits of an indicator: `red` is where red starts, `printed_red` what is stored."""

    green: float
    red: float
    printed_red: float
    higher_is_better: bool

    @property
    def cross(self) -> bool:
        """Whether the stored limits cross, so that there is no amber."""
        return self.red != self.printed_red

    def colour(self, value: float) -> str:
        """Return green, amber or red for an unrounded value."""
        good = value >= self.green if self.higher_is_better else value <= self.green
        if good:
            return "green"
        bad = value < self.red if self.higher_is_better else value > self.red
        return "red" if bad else "amber"


def limits_of(row: Mapping[str, Any]) -> Limits | None:
    """Return the limits of a row of the summary, or None where it cannot have a colour."""
    green, red, polarity = row["green_limit"], row["red_limit"], row["polarity"]
    if green is None or red is None or polarity not in ("high", "low"):
        return None
    higher = polarity == "high"
    return Limits(green, min(green, red) if higher else max(green, red), red, higher)
