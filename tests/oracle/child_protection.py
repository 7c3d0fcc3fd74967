"""Section 6: child protection plans, conferences and visits."""

from __future__ import annotations

import bisect
import datetime as dt
from collections import defaultdict

from tests.oracle.load import Extract, Record
from tests.oracle.shared import (
    Case,
    Month,
    am,
    area_of_child,
    area_of_end,
    area_of_event,
    by_person,
    case,
    ended_after_18,
    is_child,
    is_open,
    parameter,
    remember,
    wd_within,
)

# --------------------------------------------------------------------------------------------
# Plans


@remember
def merged_plans(x: Extract) -> list[Record]:
    """CP plans after sections 7 and 8: joined where they touch or overlap, numbered per child.

    Rows of another authority and rows that start and end on one day are dropped. `previous_plans`
    and `previous_plan_end_date` are those of the rows that start on the first day.
    """
    rows = [r for r in x.cp_plans if not r.is_other_la and r.start_date != r.end_date]
    groups: list[list[Record]] = list(by_person(rows).values())
    groups += [[row] for row in rows if row.person_id is None]
    merged: list[Record] = []
    for group in groups:
        group.sort(key=lambda row: (row.start_date, row.plan_id or ""))
        number = 0
        current: Record | None = None
        for row in group:
            if current is not None and (current.end is None or row.start_date <= current.end):
                if current.end is not None:
                    current.end = None if row.end_date is None else max(current.end, row.end_date)
                current.rows.append(row)
            else:
                number += 1
                current = Record(
                    plan_id=row.plan_id,
                    person_id=row.person_id,
                    start=row.start_date,
                    end=row.end_date,
                    rows=[row],
                    number=number,
                )
                merged.append(current)
    for plan in merged:
        first_rows = [row for row in plan.rows if row.start_date == plan.start]
        plan.previous_plans = max(row.previous_plans or 0 for row in first_rows)
        plan.previous_ends = [
            row.previous_plan_end_date
            for row in first_rows
            if row.previous_plan_end_date is not None
        ]
    return merged


@remember
def plans_by_person(x: Extract) -> dict[str, list[Record]]:
    return by_person(merged_plans(x))


@remember
def plans_by_id(x: Extract) -> dict[str, Record]:
    """Every id of a row of a merged plan means the merged plan (G64)."""
    return {
        row.plan_id: plan
        for plan in merged_plans(x)
        for row in plan.rows
        if row.plan_id is not None
    }


@remember
def on_plan(x: Extract, d: dt.date) -> dict[str, Record]:
    """Children with a plan open at `d`, and the plan (6.1)."""
    return {
        plan.person_id: plan
        for plan in merged_plans(x)
        if plan.person_id is not None
        and is_open(plan.start, plan.end, d)
        and is_child(x, plan.person_id, d)
    }


def stock(x: Extract, m: Month, test) -> list[Case]:
    return [
        case(person, person, area_of_child(x, person, m.d), test(plan))
        for person, plan in on_plan(x, m.d).items()
    ]


def children_on_plans(x: Extract, m: Month) -> list[Case]:
    """6.1, 6.5"""
    return stock(x, m, lambda plan: True)


def on_plan_over_18_months(x: Extract, m: Month) -> list[Case]:
    """6.10a"""
    return stock(x, m, lambda plan: am(plan.start, 18) < m.d)


def on_plan_over_2_years(x: Extract, m: Month) -> list[Case]:
    """6.10n, 6.10b"""
    return stock(x, m, lambda plan: am(plan.start, 24) < m.d)


def starts(x: Extract, m: Month, test) -> list[Case]:
    return [
        case(plan.plan_id, plan.person_id, area_of_child(x, plan.person_id, plan.start), test(plan))
        for plan in merged_plans(x)
        if m.has(plan.start)
    ]


def plans_started(x: Extract, m: Month) -> list[Case]:
    """6.6"""
    return starts(x, m, lambda plan: True)


def started_within_2_years_of_another(x: Extract, m: Month) -> list[Case]:
    """6.8; G52: the recorded end of a previous plan counts beside the rows we hold."""

    def test(plan: Record) -> bool:
        since = am(plan.start, -24)
        ends = list(plan.previous_ends)
        if plan.person_id is not None:
            ends += [p.end for p in plans_by_person(x)[plan.person_id] if p.end is not None]
        return any(since <= end < plan.start for end in ends)

    return starts(x, m, test)


def started_again(x: Extract, m: Month) -> list[Case]:
    """6.9a, 6.9b"""
    return starts(x, m, lambda plan: plan.number > 1 or plan.previous_plans > 0)


def ends(x: Extract, m: Month, test) -> list[Case]:
    return [
        case(plan.plan_id, plan.person_id, area_of_end(x, plan.person_id, plan.end), test(plan))
        for plan in merged_plans(x)
        if m.has(plan.end) and not ended_after_18(x, plan.person_id, plan.end)
    ]


def plans_ended(x: Extract, m: Month) -> list[Case]:
    """6.7, 6.11a"""
    return ends(x, m, lambda plan: True)


def ended_after_2_years(x: Extract, m: Month) -> list[Case]:
    """6.11b"""
    return ends(x, m, lambda plan: plan.end >= am(plan.start, 24))


# --------------------------------------------------------------------------------------------
# Initial conferences


@remember
def initial_conferences(x: Extract) -> list[Record]:
    """Held ICPCs; G51: one child and one meeting id is one, on its first held date."""
    found: list[Record] = []
    met: set[tuple[str, str]] = set()
    for row in sorted(x.icpcs, key=lambda row: (row.held_date, row.conference_id or "")):
        if row.type != "ICPC":
            continue
        if row.meeting_id is not None and row.person_id is not None:
            if (row.person_id, row.meeting_id) in met:
                continue
            met.add((row.person_id, row.meeting_id))
        found.append(row)
    return found


@remember
def s47s_by_id(x: Extract) -> dict[str, Record]:
    return {row.s47_id: row for row in x.s47s if row.s47_id is not None}


@remember
def s47s_by_person(x: Extract) -> dict[str, list[Record]]:
    return by_person(row for row in x.s47s if row.status != "CANCELLED")


def strategy_date(x: Extract, row: Record) -> dt.date | None:
    """The conference's own date; else that of the linked S47; else the child's latest S47."""
    if row.own_strategy_date is not None:
        return row.own_strategy_date
    linked = s47s_by_id(x).get(row.s47_id) if row.s47_id is not None else None
    if linked is not None:
        return linked.strategy_date
    since = am(row.held_date, -6)
    return max(
        (
            s47.strategy_date
            for s47 in s47s_by_person(x).get(row.person_id, [])
            if since <= s47.strategy_date <= row.held_date
        ),
        default=None,
    )


def conferences(x: Extract, m: Month) -> list[Case]:
    """6.2a, 6.2b, 6.3, 6.4n, 6.4: numerator says whether it was in time."""
    limit = parameter("icpc_wd", m.d)
    return [
        case(
            row.conference_id,
            row.person_id,
            area_of_event(x, row.team_id, row.person_id, row.held_date),
            wd_within(strategy_date(x, row), row.held_date, limit),
        )
        for row in initial_conferences(x)
        if m.has(row.held_date)
    ]


# --------------------------------------------------------------------------------------------
# Review conferences


@remember
def reviews_in_plans(x: Extract) -> list[Record]:
    """RCPCs held while their plan was open or on its last day, with `in_time`."""
    by_plan: dict[int, list[Record]] = defaultdict(list)
    plan_of: dict[int, Record] = {}
    for row in x.rcpcs:
        if row.plan_id is not None:
            candidates = [plans_by_id(x)[row.plan_id]] if row.plan_id in plans_by_id(x) else []
        else:
            candidates = plans_by_person(x).get(row.person_id, [])
        for plan in candidates:
            if plan.start <= row.held_date and (plan.end is None or row.held_date <= plan.end):
                by_plan[id(plan)].append(row)
                plan_of[id(plan)] = plan
    found = []
    for key, rows in by_plan.items():
        rows.sort(key=lambda row: (row.held_date, row.conference_id or ""))
        limit = am(plan_of[key].start, 3)
        for row in rows:
            row.in_time = row.held_date <= limit
            limit = am(row.held_date, 6)
            found.append(row)
    return found


def review_conferences(x: Extract, m: Month) -> list[Case]:
    """6.12"""
    return [
        case(
            row.conference_id,
            row.person_id,
            area_of_child(x, row.person_id, row.held_date),
            row.in_time,
        )
        for row in reviews_in_plans(x)
        if m.has(row.held_date)
    ]


# --------------------------------------------------------------------------------------------
# Visits


@remember
def seen_dates(x: Extract) -> dict[str, list[dt.date]]:
    """Days on which each child was seen on a CP visit, in order."""
    return {
        person: sorted(row.visit_date for row in rows if row.child_seen)
        for person, rows in by_person(x.cp_visits).items()
    }


def seen_within(name: str):
    """6.14, 6.15: working days since the child was last seen, or since the plan started."""

    def cases(x: Extract, m: Month) -> list[Case]:
        limit = parameter(name, m.d)

        def test(plan: Record) -> bool:
            days = seen_dates(x).get(plan.person_id, [])
            position = bisect.bisect_right(days, m.d)
            anchor = plan.start
            if position and days[position - 1] >= plan.start:
                anchor = days[position - 1]
            return wd_within(anchor, m.d, limit)

        return stock(x, m, test)

    cases.__name__ = f"seen_within_{name}"
    return cases


seen_in_timescale = seen_within("cp_visit_wd")
seen_in_20_days = seen_within("cp_visit_wd_fixed")
