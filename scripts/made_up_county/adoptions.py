"""Adoptions: the decision, the placement order, the match and the placement of each adopted child.

The averages of 10.2 and 10.3 run over twelve months, so the days of the months after March 2017
are shared out to what the printed averages leave to each month.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from made_up_county import targets_care as targets
from made_up_county.care_periods import Period, add_months, key
from made_up_county.world import World, month_of, months_between

# The court does not make the order before ten weeks of placement.
TEN_WEEKS = 72


def share_out(total: int, bounds: list[tuple[int, int]], rng: Random) -> list[int]:
    """Whole numbers within their bounds (both included) that add up to a total.

    Where the bounds do not allow the total, the nearest possible one is met.
    """
    low, high = sum(lo for lo, _ in bounds), sum(hi for _, hi in bounds)
    total = min(max(total, low), high)
    part = (total - low) / (high - low) if high > low else 0.0
    values = [
        min(hi, max(lo, round(lo + (hi - lo) * part * rng.uniform(0.8, 1.2)))) for lo, hi in bounds
    ]
    while (rest := total - sum(values)) != 0:
        step = 1 if rest > 0 else -1
        open_ = [n for n, (lo, hi) in enumerate(bounds) if lo <= values[n] + step <= hi]
        move = max(1, abs(rest) // len(open_))
        for n in open_:
            lo, hi = bounds[n]
            room = hi - values[n] if step > 0 else values[n] - lo
            values[n] += step * min(room, move, abs(total - sum(values)))
    return values


def plan(world: World, periods: list[Period]) -> None:
    """Give every adopted child the dates of the way to the order."""
    rng = world.random("adoptions")
    by_month: dict[date, list[Period]] = {}
    for period in periods:
        if period.fate == "ADOPTED" and period.end:
            by_month.setdefault(month_of(period.end), []).append(period)
    for month, group in by_month.items():
        group.sort(key=lambda p: ((p.end - p.start).days, p.person.id))
        soon = targets.ADOPTED_WITHIN_12.get(key(month), round(len(group) * 0.35))
        for number, period in enumerate(group):
            period.shobpa = period.end if number < soon else period.start  # a mark, set below
    first = date(2016, 4, 1)
    a1: dict[date, int] = {}
    a2: dict[date, int] = {}
    for month in world.months:
        group = by_month.get(month, [])
        wanted_a1 = wanted_a2 = None
        name = key(month)
        if first <= month < date(2017, 3, 1):
            # A little longer than the average, which leaves the many orders of March a little
            # shorter, so that those of March 2018 need not be longer than can be.
            wanted_a1 = _usual(group, targets.A1_DAYS["2017-03"] + 4, name)
            days = 115 if name == "2017-02" else targets.A2_DAYS["2017-03"] + 5
            wanted_a2 = days * len(group)
        elif name in targets.A1_DAYS:
            before = months_between(add_months(month, -11), add_months(month, -1))
            count = len(group) + sum(len(by_month.get(m, [])) for m in before)
            wanted_a1 = targets.A1_DAYS[name] * count - sum(a1[m] for m in before)
            wanted_a2 = targets.A2_DAYS[name] * count - sum(a2[m] for m in before)
        a1[month], a2[month] = _date_all(world, rng, group, wanted_a1, wanted_a2)


def _usual(group: list[Period], days: int, name: str) -> int:
    """The days of a month without a printed sum: near the average, unless its cases are unusual."""
    usual = targets.DAYS_TO_ADOPTION.get(name)
    if usual is None:
        return days * len(group)
    return sum((period.end - period.start).days - 110 for period in group)


def _date_all(
    world: World, rng: Random, group: list[Period], wanted_a1: int | None, wanted_a2: int | None
) -> tuple[int, int]:
    if not group:
        return 0, 0
    bounds = []
    for period in group:
        days = (period.end - period.start).days
        # Within twelve months of the decision, the placement cannot have been long before.
        earliest = days - 240 if period.shobpa == period.end else 90
        bounds.append((max(80, min(earliest, days - TEN_WEEKS - 40)), days - TEN_WEEKS))
    natural = sum((p.end - p.start).days - 110 for p in group)
    waits = share_out(natural if wanted_a1 is None else wanted_a1, bounds, rng)
    matched_before = [rng.randint(7, 21) for _ in group]
    limits = []
    for period, wait, gap in zip(group, waits, matched_before, strict=True):
        most = wait - gap - 55
        if period.shobpa == period.end:
            since_placed = (period.end - period.start).days - wait
            most = min(most, 355 - since_placed - gap)
        limits.append((0, max(0, most)))
    to_match = share_out(165 * len(group) if wanted_a2 is None else wanted_a2, limits, rng)
    for period, wait, gap, days in zip(group, waits, matched_before, to_match, strict=True):
        soon = period.shobpa == period.end
        period.placed = period.start + timedelta(days=wait)
        period.matched = period.placed - timedelta(days=gap)
        period.placement_order = period.matched - timedelta(days=days)
        year_before = add_months(period.end, -12)
        if soon:
            latest = period.placement_order
            earliest = max(year_before + timedelta(days=2), period.start + timedelta(days=10))
            earliest = max(earliest, latest - timedelta(days=45))
        else:
            latest = min(period.placement_order, year_before - timedelta(days=3))
            earliest = max(period.start + timedelta(days=10), latest - timedelta(days=60))
        earliest = min(earliest, latest)
        period.shobpa = earliest + timedelta(days=rng.randint(0, (latest - earliest).days))
    return sum(waits), sum(to_match)


def write(world: World, periods: list[Period]) -> None:
    """Append the rows of ssd_permanence: adopted children, and some decisions still on the way."""
    rng = world.random("permanence rows")
    for period in periods:
        if period.fate == "ADOPTED":
            if rng.random() < 0.06:
                # An earlier decision, reversed, and then taken again.
                taken = period.start + timedelta(days=5)
                if taken + timedelta(days=20) < period.shobpa:
                    world.add(
                        "ssd_permanence",
                        perm_table_id=world.new_id("PM_"),
                        perm_person_id=period.person.id,
                        perm_cla_id=period.id,
                        perm_adm_decision_date=taken,
                        perm_decision_reversed_date=taken + timedelta(days=14),
                        perm_decision_reversed_reason="RD3",
                    )
            world.add(
                "ssd_permanence",
                perm_table_id=world.new_id("PM_"),
                perm_person_id=period.person.id,
                perm_cla_id=period.id,
                perm_adm_decision_date=period.shobpa,
                perm_placement_order_date=period.placement_order,
                perm_matched_date=period.matched,
                perm_placed_for_adoption_date=period.placed,
                perm_permanence_order_date=period.end,
                perm_permanence_order_type="ADOPTION",
                perm_adopted_by_carer_flag="Y" if period.carer_adopts else "N",
            )
        elif period.left is None and period.person.age(world.last_day) < 6 and rng.random() < 0.2:
            days = (world.last_day - period.start).days
            if days > 180:
                decided = period.start + timedelta(days=rng.randint(90, days - 30))
                ordered = decided + timedelta(days=rng.randint(0, 25))
                world.add(
                    "ssd_permanence",
                    perm_table_id=world.new_id("PM_"),
                    perm_person_id=period.person.id,
                    perm_cla_id=period.id,
                    perm_adm_decision_date=decided,
                    perm_placement_order_date=ordered,
                )
