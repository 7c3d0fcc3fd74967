"""From the first contact to the closure of the case, month by month."""

from __future__ import annotations

from datetime import date

from made_up_county import targets
from made_up_county.assessments import Assessments
from made_up_county.cases import Caseload
from made_up_county.front_door import FrontDoor
from made_up_county.need import ChildrenInNeed
from made_up_county.protection import Protection
from made_up_county.world import World, add_months, months_between

# Some months are run before the history begins, so that it begins with cases in work.
RUN_FROM = date(2012, 7, 1)


def build(world: World) -> None:
    """Make contacts, referrals, assessments, enquiries, plans and all that belongs to them.

    What could not be met of the monthly plan goes to ``world.notes``.
    """
    # The month after the last is run too; what lies after the extract's day is cut off later, so
    # that the cases are in the midst of things.
    months = months_between(RUN_FROM, add_months(world.last_month, 1))
    front_door = FrontDoor(world, RUN_FROM)
    caseload = Caseload(world, front_door)
    protection = Protection(caseload)
    assessments = Assessments(caseload)
    need = ChildrenInNeed(caseload)
    protection.plan(months)
    for index, month in enumerate(months):
        for referral in front_door.run(month, index):
            if referral.outcome == "SWA":
                caseload.opened(referral)
        caseload.by_received.sort(key=lambda case: case.received)
        protection.run(month)
        assessments.run(month)
        protection.review(month)
        need.run(month)
        protection.visit(month)
        if month == world.last_month:
            assessments.leave_open(world.last_day)
    protection.finish()
    caseload.finish()
    short: dict[str, int] = {
        **{f"{month:%Y-%m} assessments": n for month, n in assessments.short.items() if n},
        **protection.short,
        **need.short,
    }
    # Of the months before, only the level matters.
    calibrated = f"{targets.CALIBRATED_FROM:%Y-%m}"
    world.notes += [
        f"not as planned: {what} ({n})" for what, n in short.items() if what[:7] >= calibrated
    ]
