"""Looked-after children, care leavers and foster carers of the made-up county."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from made_up_county import care_periods, care_placements, foster_carers
from made_up_county import targets_care as targets
from made_up_county.adoptions import plan, share_out
from made_up_county.care_placements import half_up
from made_up_county.care_reviews import number_for, weekday
from made_up_county.foster_carers import monthly
from made_up_county.world import World, month_end, month_of


@pytest.fixture(scope="module")
def county():
    world = World(1)
    periods = care_periods.make(world)
    plan(world, periods)
    care_placements.arrange(world, periods)
    return SimpleNamespace(world=world, periods=periods)


def stock(county, day):
    return [period for period in county.periods if period.in_care(day)]


def test_half_up_rounds_a_tie_up():
    assert half_up(9, 144, 1000) == 63  # 6.25 per cent
    assert half_up(1, 2, 1) == 1


def test_number_for_gives_the_share_back():
    assert half_up(number_for(864, 1164), 1164, 1000) == 864


def test_a_weekend_becomes_the_friday_before():
    assert weekday(date(2018, 3, 31), date(2018, 3, 1)) == date(2018, 3, 30)


def test_a_weekend_stays_where_friday_is_too_early():
    assert weekday(date(2018, 3, 31), date(2018, 3, 31)) == date(2018, 3, 31)


@pytest.mark.parametrize("total", [6, 17, 30])
def test_shares_add_up_and_stay_within_their_bounds(total):
    bounds = [(1, 10), (2, 10), (3, 10)]
    values = share_out(total, bounds, random.Random(1))
    assert sum(values) == total
    assert all(low <= value <= high for value, (low, high) in zip(values, bounds, strict=True))


def test_a_total_out_of_reach_ends_at_the_bounds():
    assert share_out(99, [(1, 5), (2, 6)], random.Random(1)) == [5, 6]


def test_sums_of_twelve_months_follow_from_the_months():
    sums = (16, 18, 21, 24)
    months = monthly(2017, sums)
    names = sorted(months)
    for number, expected in enumerate(sums):
        assert sum(months[name] for name in names[number : number + 12]) == expected
    assert min(months.values()) >= 0


def test_the_stock_is_the_printed_one_in_every_printed_month(county):
    for name, printed in targets.STOCK.items():
        day = month_end(date(int(name[:4]), int(name[5:]), 1))
        assert len(stock(county, day)) == printed, name


def test_stock_is_last_stock_and_those_who_came_less_those_who_left(county):
    months = county.world.months
    came = Counter(month_of(period.start) for period in county.periods)
    left = Counter(month_of(period.left) for period in county.periods if period.left)
    for before, month in pairwise(months):
        change = len(stock(county, month_end(month))) - len(stock(county, month_end(before)))
        assert change == came[month] - left[month], month


def test_nobody_in_care_is_eighteen(county):
    for month in county.world.months:
        day = month_end(month)
        assert all(period.person.age(day) < 18 for period in stock(county, day)), month


def test_periods_of_a_child_are_apart(county):
    own = defaultdict(list)
    for period in county.periods:
        own[period.person.id].append(period)
    twice = [sorted(periods, key=lambda p: p.start) for periods in own.values() if periods[1:]]
    assert len(twice) > 10
    for periods in twice:
        for earlier, later in pairwise(periods):
            assert earlier.end is not None
            assert later.start - earlier.end > timedelta(days=30)


def test_placements_fill_the_period_without_gaps(county):
    for period in county.periods:
        placements = period.placements
        assert placements[0].start == period.start
        assert placements[-1].end == period.end
        for earlier, later in pairwise(placements):
            assert earlier.end == later.start
            assert earlier.start < later.start


def test_residential_children_in_march_have_the_printed_ages(county):
    day = county.world.last_day
    found = defaultdict(Counter)
    for period in stock(county, day):
        kind = care_placements.current_placement(period, day).type
        if kind in targets.RESIDENTIAL_BY_AGE:
            found[kind][period.person.age(day)] += 1
    assert {kind: dict(ages) for kind, ages in found.items()} == targets.RESIDENTIAL_BY_AGE


def test_adoption_takes_its_steps_in_order(county):
    adopted = [period for period in county.periods if period.fate == "ADOPTED"]
    assert len(adopted) > 300
    for period in adopted:
        steps = [
            period.start,
            period.shobpa,
            period.placement_order,
            period.matched,
            period.placed,
            period.end,
        ]
        assert steps == sorted(steps), period.person.id
        assert (period.end - period.placed).days >= 70


def test_a_household_is_approved_before_it_ceases():
    world = World(1)
    foster_carers.build(world)
    rows = world.rows["ssdx_foster_carer_households"]
    ceased = [row for row in rows if row.get("fosh_ceased_date")]
    assert len(ceased) > 400
    assert all(row["fosh_approval_date"] < row["fosh_ceased_date"] for row in ceased)
    assert len({row["fosh_household_id"] for row in rows}) == len(rows)
