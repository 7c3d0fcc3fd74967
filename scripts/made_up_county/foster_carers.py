"""Foster carer households: approvals and ceasings.

The report prints sums of twelve months for December 2017 to March 2018 (two of the ceasings of
January are chosen). Each month's own number is last year's plus the change of the sum.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from made_up_county.care_periods import key
from made_up_county.world import World, month_end

# Sums of twelve months at the end of December 2017, January, February and March 2018.
APPROVED = {"TASK": (16, 18, 21, 24), "KIN": (68, 67, 72, 79), "SHORT_OTHER": (7, 7, 8, 6)}
CEASED = {"TASK": (41, 38, 37, 37), "KIN": (66, 58, 60, 62), "SHORT_OTHER": (25, 25, 26, 27)}
PRINTED = ("2018-01", "2018-02", "2018-03")
STARTING = {"TASK": 210, "KIN": 190, "SHORT_OTHER": 95}
REASONS = ("RESIGNED", "SGO", "RETIRED", "TERMINATED", "MOVED")


def monthly(year: int, sums: tuple[int, ...]) -> dict[str, int]:
    """The number of each month of a year and of January to March 2018.

    January to March of the year are such that the change to next year's is the printed one.
    """
    changes = [later - earlier for earlier, later in pairwise(sums)]
    before = [max(-change, 0) + 1 for change in changes]
    rest = max(0, sums[0] - sum(before))
    shares = [rest // 9 + (number < rest % 9) for number in range(9)]
    counts = dict(zip([f"{year}-{n:02d}" for n in range(1, 13)], [*before, *shares], strict=True))
    short = sum(counts.values()) - sums[0]
    for name in sorted(counts, reverse=True):  # a small sum cannot spare a case in every month
        taken = min(max(short, 0), counts[name])
        counts[name] -= taken
        short -= taken
    for name, change, earlier in zip(PRINTED, changes, before, strict=True):
        counts[name] = earlier + change
    return counts


def build(world: World) -> None:
    """Append the households."""
    rng = world.random("foster carers")
    for kind in ("TASK", "KIN", "SHORT_OTHER"):
        approved = monthly(2017, APPROVED[kind])
        ceased = monthly(2017, CEASED[kind])
        active = []
        for _ in range(STARTING[kind]):
            on = world.first_day - timedelta(days=rng.randint(30, 3000))
            active.append(_household(world, kind, on, rng.randint(1, 3)))
        for month in world.months:
            span = month_end(month).day - 1
            usual_in = {"TASK": 2, "KIN": 6, "SHORT_OTHER": 1}[kind]
            usual_out = {"TASK": 3, "KIN": 5, "SHORT_OTHER": 2}[kind]
            if not world.random(f"{kind} {month}").randrange(3):
                usual_out -= 1
            coming = approved.get(key(month), usual_in)
            leaving = ceased.get(key(month), usual_out)
            ready = [row for row in active if row["fosh_approval_date"] < month]
            for row in rng.sample(ready, min(leaving, len(ready))):
                row["fosh_ceased_date"] = month + timedelta(days=rng.randint(0, span))
                row["fosh_ceased_reason_code"] = "SGO" if kind == "KIN" else rng.choice(REASONS)
                active.remove(row)
            for _ in range(coming):
                on = month + timedelta(days=rng.randint(0, span))
                active.append(_household(world, kind, on, rng.randint(1, 3)))


def _household(world: World, kind: str, on: date, places: int) -> dict:
    return world.add(
        "ssdx_foster_carer_households",
        fosh_household_id=world.new_id("FH"),
        fosh_carer_type_code=kind,
        fosh_approval_date=on,
        fosh_approved_places=places,
    )
