"""Section 5: children in need."""

from __future__ import annotations

from tests.oracle.child_protection import on_plan
from tests.oracle.load import Extract, Record
from tests.oracle.looked_after import looked_after_at
from tests.oracle.shared import (
    Case,
    Month,
    area_of_child,
    by_person,
    case,
    is_child,
    is_current,
    is_open,
    parameter,
    primary_allocation,
    remember,
    wd,
)


@remember
def in_need(x: Extract, m: Month) -> dict[str, Record]:
    """Children of 5.1, each with the earliest open referral (G27: not an NFA one)."""
    found: dict[str, Record] = {}
    for row in x.referrals:
        person = row.person_id
        if (
            person is not None
            and not row.nfa_flag
            and is_open(row.received_date, row.closed_date, m.d)
            and is_child(x, person, m.d)
            and person not in looked_after_at(x, m.d)
            and person not in on_plan(x, m.d)
            and (person not in found or row.received_date < found[person].received_date)
        ):
            found[person] = row
    return found


def section_17(x: Extract, m: Month) -> list[Case]:
    """5.1, 5.3"""
    return [case(p, p, area_of_child(x, p, m.d), 1) for p in in_need(x, m)]


def in_need_or_protected(x: Extract, m: Month) -> list[Case]:
    """5.2: 5.1 and 6.1 together."""
    people = [*in_need(x, m), *on_plan(x, m.d)]
    return [case(p, p, area_of_child(x, p, m.d), 1) for p in people]


@remember
def cin_plans_by_person(x: Extract) -> dict[str, list[Record]]:
    return by_person(x.cin_plans)


def up_to_date_plan(x: Extract, m: Month) -> list[Case]:
    """5.5"""
    limit = parameter("cin_plan_wd", m.d)
    return [
        case(
            person,
            person,
            area_of_child(x, person, m.d),
            any(is_current(plan, m.d, 6) for plan in cin_plans_by_person(x).get(person, [])),
        )
        for person, referral in in_need(x, m).items()
        if (wd(referral.received_date, m.d) or 0) >= limit
    ]


def up_to_date_plan_outside_assessment_teams(x: Extract, m: Month) -> list[Case]:
    """5.4: of 5.5, those not allocated to an assessment team; no team stays in."""

    def in_assessment_team(person: str) -> bool:
        allocation = primary_allocation(x, person, m.d)
        team = x.teams.get(allocation.team_id) if allocation is not None else None
        return team is not None and team.team_type == "ASSESSMENT"

    return [c for c in up_to_date_plan(x, m) if not in_assessment_team(c.case_id)]
