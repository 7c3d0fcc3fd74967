"""How long after the event a row is typed in, kind by kind.

Each kind of row has its own distribution: visits come in over weeks, reviews wait for their
minutes, health checks for a letter of the surgery, closures until somebody tidies up. What happens
to a row is decided by its id alone, so an extract of June holds all that one of May holds.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from datetime import date

# Of a kind: (share of rows that are there, after so many days), in order, up to 1.
Shape = tuple[tuple[float, int], ...]

ROWS: dict[str, Shape] = {
    "ssd_contacts": ((0.93, 0), (0.99, 3), (1.0, 21)),
    "ssd_cin_episodes": ((0.90, 1), (0.98, 5), (1.0, 21)),
    "ssd_cin_assessments": ((0.80, 2), (0.97, 10), (1.0, 30)),
    "ssd_cin_plans": ((0.50, 5), (0.88, 15), (1.0, 60)),
    "ssd_s47_enquiry": ((0.85, 1), (0.98, 7), (1.0, 28)),
    "ssd_initial_cp_conference": ((0.75, 3), (0.95, 12), (1.0, 42)),
    "ssd_cp_plans": ((0.75, 3), (0.95, 12), (1.0, 42)),
    "ssd_cp_reviews": ((0.55, 5), (0.88, 20), (1.0, 56)),
    "ssd_cp_visits": ((0.72, 3), (0.93, 12), (0.985, 28), (1.0, 63)),
    "ssd_cla_episodes": ((0.80, 2), (0.96, 10), (1.0, 35)),
    "ssd_cla_placement": ((0.80, 2), (0.96, 10), (1.0, 35)),
    "ssd_cla_reviews": ((0.45, 10), (0.85, 28), (1.0, 70)),
    "ssd_cla_visits": ((0.55, 5), (0.87, 15), (0.97, 35), (1.0, 77)),
    "ssd_cla_health": ((0.35, 14), (0.80, 42), (1.0, 100)),
    "ssdx_personal_education_plans": ((0.50, 14), (0.85, 35), (1.0, 80)),
    "ssdx_plan_reviews": ((0.55, 7), (0.90, 25), (1.0, 60)),
    "ssd_care_leavers": ((0.60, 7), (0.92, 28), (1.0, 60)),
}
OTHER_ROWS: Shape = ((0.85, 2), (0.97, 10), (1.0, 28))
# An end, an outcome or an authorisation of a row that is there already.
ENDS: dict[str, Shape] = {
    "ssd_cin_assessments": ((0.85, 2), (0.96, 10), (1.0, 45)),
    "ssd_s47_enquiry": ((0.85, 2), (0.97, 10), (1.0, 35)),
    "ssd_cin_episodes": ((0.60, 5), (0.88, 21), (1.0, 90)),
    "ssd_cin_plans": ((0.60, 5), (0.90, 21), (1.0, 80)),
    "ssdx_early_help_cases": ((0.60, 7), (0.90, 28), (1.0, 90)),
    "ssd_cla_episodes": ((0.85, 2), (0.97, 10), (1.0, 35)),
}
OTHER_ENDS: Shape = ((0.80, 3), (0.96, 14), (1.0, 42))
# When somebody notices a mistake: at any time in the months after.
NOTICED_WITHIN = 91


class Chance:
    """Chance that belongs to a name: the same seed and name give the same number."""

    def __init__(self, seed: int) -> None:
        self._seed = f"{seed}:later:".encode()

    def share(self, *name: object) -> float:
        """A number from 0 up to 1."""
        text = self._seed + ":".join(map(str, name)).encode()
        return int.from_bytes(hashlib.blake2b(text, digest_size=6).digest(), "big") / 2**48

    def between(self, low: int, high: int, *name: object) -> int:
        """A whole number, both ends included."""
        return low + int(self.share(*name) * (high - low + 1))


def rows_of(table: str) -> Shape:
    """The delays of new rows of a table."""
    return ROWS.get(table, OTHER_ROWS)


def ends_of(table: str) -> Shape:
    """The delays of ends in a table."""
    return ENDS.get(table, OTHER_ENDS)


def delay(shape: Shape, share: float) -> int:
    """The days of delay below which this share of rows lies."""
    place = bisect_left(shape, share, key=lambda point: point[0])
    before, days_before = shape[place - 1] if place else (0.0, -1)
    upto, days = shape[place]
    return days_before + 1 + int((share - before) / (upto - before) * (days - days_before - 0.001))


def not_there_after(shape: Shape, days: int) -> float:
    """The share of rows that take longer than so many days."""
    before, days_before = 0.0, -1
    for upto, last in shape:
        if days < last:
            done = before + (upto - before) * max(0, days - days_before) / (last - days_before)
            return 1 - done
        before, days_before = upto, last
    return 0.0


def late_delay(shape: Shape, days: int, share: float) -> int:
    """A delay of one of those rows that take longer than so many days."""
    still = not_there_after(shape, days)
    return max(days + 1, delay(shape, 1 - still * (1 - share)))


def known_late(shape: Shape, happened: date, missed_until: date, share: float) -> date:
    """The day on which something is typed in of which nothing was known on an earlier day."""
    wait = late_delay(shape, (missed_until - happened).days, share)
    return date.fromordinal(happened.toordinal() + wait)
