"""The county's calendar, people and teams."""

from __future__ import annotations

from datetime import date

import pytest
from made_up_county.front_door import FrontDoor
from made_up_county.world import (
    MOVE_DATE,
    WorkingDays,
    World,
    add_months,
    age_at,
    month_end,
    months_between,
)

DAYS = WorkingDays()


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2018, 1, 8), 45, date(2018, 3, 12)),
        (date(2018, 3, 3), 1, date(2018, 3, 5)),
        (date(2018, 3, 29), 1, date(2018, 4, 3)),
        (date(2018, 3, 12), -45, date(2018, 1, 8)),
    ],
)
def test_the_nth_working_day(start, count, expected):
    assert DAYS.after(start, count) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2018, 3, 15), date(2018, 3, 31), 10),
        (date(2018, 3, 14), date(2018, 3, 31), 11),
        (date(2018, 3, 9), date(2018, 4, 3), 15),
    ],
)
def test_working_days_skip_good_friday_and_easter_monday(start, end, expected):
    assert DAYS.between(start, end) == expected


def test_a_day_some_working_days_back_is_that_many_working_days_away():
    last = date(2018, 3, 31)
    assert [DAYS.between(DAYS.after(last, -n), last) for n in range(25)] == list(range(25))


def test_months_are_held_to_the_end_of_a_shorter_month():
    assert add_months(date(2017, 11, 30), 3) == date(2018, 2, 28)
    assert add_months(date(2018, 3, 31), -1) == date(2018, 2, 28)
    assert month_end(date(2016, 2, 1)) == date(2016, 2, 29)
    assert len(months_between(date(2017, 4, 1), date(2018, 3, 1))) == 12


def test_a_child_of_29_february_is_18_on_1_march():
    world = World(seed=1)
    child = world.child(dob=date(2000, 2, 29))
    assert child.eighteenth == date(2018, 3, 1)
    assert (child.age(date(2018, 2, 28)), child.age(date(2018, 3, 1))) == (17, 18)


@pytest.mark.parametrize("ages", [(0, 0), (4, 9), (16, 16)])
def test_a_child_has_one_of_the_ages_asked_for(ages):
    world, day = World(seed=1), date(2017, 6, 15)
    found = {age_at(world.child(on=day, ages=ages).born, day) for _ in range(60)}
    assert min(found) >= ages[0] and max(found) <= ages[1]


def test_a_sibling_shares_family_and_locality_and_is_under_18():
    world, day = World(seed=1), date(2017, 6, 15)
    for _ in range(60):
        child = world.child(on=day, ages=(0, 16))
        other = world.sibling(child, day)
        assert (other.family_id, other.locality) == (child.family_id, child.locality)
        assert other.born <= day and other.age(day) < 18


def test_two_teams_change_places_in_january_2018():
    world = World(seed=1)
    before = {t.id: t.locality(date(2018, 1, 14)) for t in world.teams}
    after = {t.id: t.locality(MOVE_DATE) for t in world.teams}
    moved = {(before[team], after[team]) for team in before if before[team] != after[team]}
    assert moved == {("SOUTH", "NORWICH"), ("NORWICH", "SOUTH")}


def test_a_team_is_found_where_it_works_on_the_day():
    world = World(seed=1)
    for locality in ("SOUTH", "NORWICH"):
        for day in (date(2018, 1, 14), MOVE_DATE):
            for team in world.teams_of("FIT", locality, day):
                assert team.locality(day) == locality
    with pytest.raises(LookupError, match="no PARKS team"):
        world.team("PARKS", "SOUTH", MOVE_DATE)


def test_a_column_that_the_contract_does_not_have_is_refused():
    with pytest.raises(KeyError, match="shoe_size"):
        World(seed=1).add("ssd_person", pers_person_id="P1", shoe_size=36)


def first_month(seed):
    world = World(seed)
    FrontDoor(world, date(2017, 3, 1)).run(date(2017, 3, 1), 0)
    return world


def test_another_seed_is_another_county_with_the_same_numbers():
    one, same, other = first_month(1), first_month(1), first_month(2)
    assert one.rows == same.rows
    assert one.rows["ssd_contacts"] != other.rows["ssd_contacts"]
    assert len(one.rows["ssd_contacts"]) == len(other.rows["ssd_contacts"]) == 3628


def test_the_front_door_gives_each_month_its_contacts_by_source():
    world = first_month(1)
    rows = world.rows["ssd_contacts"]
    police = [row for row in rows if row["cont_contact_source_code"] == "6"]
    assert len(police) == 1330
    assert sum(row["x_cont_outcome_code"] == "REFERRAL" for row in police) == 254
