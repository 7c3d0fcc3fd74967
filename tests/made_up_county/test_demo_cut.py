"""An extract of an earlier day knows what was known then."""

from __future__ import annotations

from datetime import date

import pytest
from made_up_county.extract_of_a_day import VISIT_TABLES, VISITS_FROM, cut
from made_up_county.world import World

FIRST, AS_AT = date(2016, 4, 1), date(2018, 1, 10)


@pytest.fixture
def world():
    made = World(seed=1)
    made.child(on=date(2016, 1, 1), ages=(5, 5))
    return made


def referral(world, received, closed=None):
    return world.add(
        "ssd_cin_episodes",
        cine_referral_id=world.new_id("R"),
        cine_person_id=world.people[0].id,
        cine_referral_date=received,
        cine_close_date=closed,
        cine_close_reason="RC7" if closed else None,
    )


def test_a_row_of_the_day_of_the_extract_is_known_and_one_of_the_next_is_not(world):
    on_the_day = referral(world, AS_AT)
    referral(world, date(2018, 1, 11))
    cut(world, FIRST, AS_AT)
    assert world.rows["ssd_cin_episodes"] == [on_the_day]


def test_an_end_that_came_later_is_taken_back_with_its_reason(world):
    row = referral(world, date(2017, 5, 2), date(2018, 1, 11))
    cut(world, FIRST, AS_AT)
    assert (row["cine_close_date"], row["cine_close_reason"]) == (None, None)


def test_an_end_on_the_day_of_the_extract_stays(world):
    row = referral(world, date(2017, 5, 2), AS_AT)
    cut(world, FIRST, AS_AT)
    assert row["cine_close_date"] == AS_AT


def test_what_was_over_before_the_history_is_left_out_and_what_was_open_stays(world):
    referral(world, date(2016, 1, 4), date(2016, 3, 30))
    open_then = referral(world, date(2016, 1, 4), date(2016, 4, 2))
    cut(world, FIRST, AS_AT)
    assert world.rows["ssd_cin_episodes"] == [open_then]


def test_an_assessment_that_was_authorised_later_is_open_and_has_no_outcome(world):
    row = world.add(
        "ssd_cin_assessments",
        cina_assessment_id="A1",
        cina_person_id=world.people[0].id,
        cina_assessment_start_date=date(2017, 12, 1),
        cina_assessment_auth_date=date(2018, 2, 1),
        x_cina_outcome_code="ONGOING",
        x_cina_status_code="AUTHORISED",
    )
    cut(world, FIRST, AS_AT)
    assert row["cina_assessment_auth_date"] is None
    assert row["x_cina_outcome_code"] is None
    assert row["x_cina_status_code"] == "OPEN"


def test_a_visit_that_was_typed_in_after_the_extract_is_not_known(world):
    for number, recorded in enumerate((AS_AT, date(2018, 1, 11))):
        world.add(
            "ssd_cp_visits",
            cppv_cp_visit_id=f"Y{number}",
            cppv_person_id=world.people[0].id,
            cppv_cp_visit_date=date(2018, 1, 8),
            x_cppv_recorded_date=recorded,
        )
    cut(world, FIRST, AS_AT)
    assert [row["cppv_cp_visit_id"] for row in world.rows["ssd_cp_visits"]] == ["Y0"]


def test_visits_say_from_when_they_are_complete(world):
    assert cut(world, FIRST, AS_AT) == {"default": FIRST}
    early = date(2013, 4, 1)
    expected = {"default": early} | dict.fromkeys(VISIT_TABLES, VISITS_FROM)
    assert cut(world, early, AS_AT) == expected


def test_children_of_whom_nothing_is_left_are_left_out(world):
    world.child(on=date(2016, 1, 1))
    referral(world, date(2017, 5, 2))
    world.write_registers()
    cut(world, FIRST, AS_AT)
    known = world.people[0].id
    assert [row["pers_person_id"] for row in world.rows["ssd_person"]] == [known]
    assert [row["fami_person_id"] for row in world.rows["ssd_family"]] == [known]
