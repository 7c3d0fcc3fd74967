"""What belongs in the records and not in the figures of child protection.

Temporary plans for visiting families, for whom another council is responsible, and initial
conferences that were stood down.
"""

from __future__ import annotations

from datetime import timedelta

from made_up_county.world import World, month_of

VISITING_FAMILIES = 9
STOOD_DOWN_SHARE = 0.02


def build(world: World) -> None:
    """Append the temporary plans and the conferences that were not held."""
    rng = world.random("visitors")
    span = (world.last_day - world.first_day).days
    for _ in range(VISITING_FAMILIES):
        start = world.days.after(world.first_day + timedelta(days=rng.randrange(span)), 1)
        end = world.days.after(start, rng.randint(15, 90))
        first = world.child(on=start, ages=(1, 12))
        children = [first]
        if rng.random() < 0.6:
            children.append(world.sibling(first, start))
        for child in children:
            world.add(
                "ssd_cp_plans",
                cppl_cp_plan_id=world.new_id("K"),
                cppl_person_id=child.id,
                cppl_cp_plan_start_date=start,
                cppl_cp_plan_end_date=end,
                cppl_cp_plan_initial_category="NEG",
                cppl_cp_plan_latest_category="NEG",
                cppl_cp_plan_ola="Y",
            )
    # A conference is stood down some days before it takes place after all.
    for row in list(world.rows["ssd_initial_cp_conference"]):
        if row["icpc_icpc_transfer_in"] == "Y" or rng.random() > STOOD_DOWN_SHARE:
            continue
        held = row["icpc_icpc_date"]
        planned = world.days.after(held, -rng.randint(2, 5))
        if month_of(planned) < month_of(world.first_day):
            continue
        world.add(
            "ssd_initial_cp_conference",
            **row
            | {
                "icpc_icpc_id": world.new_id("I"),
                "icpc_icpc_meeting_id": world.new_id("M"),
                "icpc_cp_plan_id": None,
                "icpc_icpc_date": planned,
                "icpc_icpc_outcome_cp_flag": None,
                "x_icpc_status_code": "CANCELLED",
            },
        )
