"""The county on later days: the extract of April, and what became known after it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from made_up_county import command as make_demo_extract
from made_up_county.changes_known_later import Plan
from made_up_county.delays import ENDS, ROWS, delay, known_late, late_delay, not_there_after
from made_up_county.later_extract import bring_up_to
from made_up_county.mistakes import Mistakes
from made_up_county.world import AS_AT, World

SHAPES = [*ROWS.values(), *ENDS.values()]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_share_still_missing_is_that_of_the_longer_delays(shape) -> None:
    delays = [delay(shape, number / 2000) for number in range(2000)]
    assert min(delays) == 0
    assert max(delays) <= shape[-1][1]
    for days in (0, 3, 10, 30):
        longer = sum(found > days for found in delays) / len(delays)
        assert longer == pytest.approx(not_there_after(shape, days), abs=0.12)


def test_what_was_not_known_by_a_day_is_known_after_it() -> None:
    shape = ROWS["ssd_cp_visits"]
    for share in (0.0, 0.5, 0.99):
        assert late_delay(shape, 12, share) > 12
        assert known_late(shape, AS_AT - timedelta(days=12), AS_AT, share) > AS_AT


def county() -> World:
    """Make a few children with plans and visits, as the April extract holds them."""
    world = World(seed=1)
    for number in range(60):
        child = world.child(on=date(2018, 1, 1), ages=(3, 12))
        plan = world.new_id("K")
        world.add(
            "ssd_cp_plans",
            cppl_cp_plan_id=plan,
            cppl_person_id=child.id,
            cppl_cp_plan_start_date=date(2018, 1, 8),
        )
        for visit in range(1 + number % 3):
            day = date(2018, 3, 1) + timedelta(days=14 * visit)
            world.add(
                "ssd_cp_visits",
                cppv_cp_visit_id=world.new_id("Y"),
                cppv_person_id=child.id,
                cppv_cp_plan_id=plan,
                cppv_cp_visit_date=day,
                cppv_cp_visit_seen="Y",
                x_cppv_recorded_date=day,
            )
    world.write_registers()
    return world


def visits(world: World) -> dict[str, tuple[date, date]]:
    return {
        row["cppv_cp_visit_id"]: (row["cppv_cp_visit_date"], row["x_cppv_recorded_date"])
        for row in world.rows["ssd_cp_visits"]
    }


def test_late_visits_are_typed_in_after_april_and_by_the_day_of_the_extract() -> None:
    before, world = visits(county()), county()
    counts = bring_up_to(world, date(2018, 5, 10))
    new = {name: days for name, days in visits(world).items() if name not in before}
    late = [days for days in new.values() if days[0] <= AS_AT]

    assert len(late) == counts["late"]["ssd_cp_visits"] > 5
    assert all(AS_AT < recorded <= date(2018, 5, 10) for _, recorded in new.values())


def test_what_may_holds_june_holds_with_the_same_ids() -> None:
    may, june = county(), county()
    bring_up_to(may, date(2018, 5, 10))
    bring_up_to(june, date(2018, 6, 10))
    before = visits(county())
    came = {name: day for name, (day, _) in visits(may).items() if name not in before}

    assert len(came) > 50
    assert {name: visits(june)[name][0] for name in came} == came
    assert len(visits(june)) > len(visits(may))


def test_the_same_day_twice_is_the_same_county() -> None:
    one, two = county(), county()
    bring_up_to(one, date(2018, 6, 10))
    bring_up_to(two, date(2018, 6, 10))
    assert one.rows == two.rows


def test_a_record_is_merged_into_that_of_a_child_of_the_same_birth_and_sex() -> None:
    world = World(seed=1)
    twice = [world.child(dob=date(2010, 5, 4), sex="F") for _ in range(2)]
    other = world.child(dob=date(2010, 5, 5), sex="F")
    for child, day in zip(
        [*twice, other], (date(2016, 1, 4), *[date(2018, 3, 1)] * 2), strict=True
    ):
        world.add(
            "ssd_contacts",
            cont_contact_id=world.new_id("C"),
            cont_person_id=child.id,
            cont_contact_date=day,
        )
    world.write_registers()
    plan = Plan(world)
    Mistakes(plan).merges()

    (merge,) = plan.changes
    assert merge.row["pers_person_id"] == twice[1].id
    assert merge.values["x_pers_merged_into_id"] == twice[0].id
    assert merge.known > AS_AT


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--as-at", "2018-5-10"], "is not a date"),
        (["--as-at", "2018-02-30"], "is not a date"),
        (["--as-at", "2018-07-11"], "outside the county's calendar"),
        (["--as-at", "2014-04-10", "--from", "2015-04"], "is before"),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_one_line(tmp_path, capsys, arguments, message) -> None:
    assert make_demo_extract.main(["--out", str(tmp_path / "demo"), *arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: ") and error.count("\n") == 1
    assert message in error
    assert not (tmp_path / "demo").exists()
