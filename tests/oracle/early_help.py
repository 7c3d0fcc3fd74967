"""Section 1: early help (EHFF teams). Counted in families' cases; 1.4 and 1.7 in children."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from tests.oracle.load import Extract, Record
from tests.oracle.shared import (
    NOT_ALLOCATED,
    Case,
    Month,
    am,
    area_of_event,
    area_of_team,
    by_person,
    case,
    is_child,
    is_open,
    remember,
)


def area_of_case(x: Extract, row: Record, day) -> str:
    """A family's case has no child of its own: without a team it has no locality."""
    return NOT_ALLOCATED if row.team_id is None else area_of_team(x, row.team_id, day)


@remember
def lead_cases(x: Extract) -> list[Record]:
    """Lead cases, each with `is_continuation` and `is_continued` (section 8, G54, G64)."""
    found = [row for row in x.eh_cases if row.case_type == "LEAD"]
    families: dict[str, list[Record]] = defaultdict(list)
    for row in found:
        row.is_continuation = row.is_continued = False
        if row.family_id is not None:
            families[row.family_id].append(row)
    for rows in families.values():
        rows.sort(key=lambda row: (row.opened_date, row.case_id or ""))
        for before, after in pairwise(rows):
            if before.closed_date == after.opened_date:
                before.is_continued = after.is_continuation = True
    return found


@remember
def members_of(x: Extract) -> dict[str, list[Record]]:
    index: dict[str, list[Record]] = defaultdict(list)
    for row in x.eh_case_members:
        index[row.case_id].append(row)
    return index


def new_cases(x: Extract, m: Month) -> list[Record]:
    return [r for r in lead_cases(x) if m.has(r.opened_date) and not r.is_continuation]


def requests(x: Extract, m: Month) -> list[Case]:
    """1.1"""
    return [
        case(row.request_id, None, area_of_case(x, row, row.received_date), 1)
        for row in x.eh_requests
        if m.has(row.received_date) and row.status not in ("DUPLICATE", "ERROR")
    ]


def cases_opened(x: Extract, m: Month) -> list[Case]:
    """1.1a"""
    return [
        case(row.case_id, None, area_of_case(x, row, row.opened_date), 1) for row in new_cases(x, m)
    ]


def cases_closed(x: Extract, m: Month) -> list[Case]:
    """1.2"""
    return [
        case(row.case_id, None, area_of_case(x, row, row.closed_date), 1)
        for row in lead_cases(x)
        if m.has(row.closed_date) and not row.is_continued
    ]


def cases_active(x: Extract, m: Month) -> list[Case]:
    """1.3"""
    return [
        case(row.case_id, None, area_of_case(x, row, m.d), 1)
        for row in lead_cases(x)
        if is_open(row.opened_date, row.closed_date, m.d)
    ]


def children_in_active_cases(x: Extract, m: Month) -> list[Case]:
    """1.4; G60: a child in two cases has the locality of the case opened last."""
    case_of: dict[str, Record] = {}
    for row in sorted(lead_cases(x), key=lambda row: (row.opened_date, row.case_id or "")):
        if not is_open(row.opened_date, row.closed_date, m.d):
            continue
        for member in members_of(x).get(row.case_id, []):
            if (
                member.person_id is not None
                and is_open(member.joined_date, member.left_date, m.d)
                and is_child(x, member.person_id, m.d)
            ):
                case_of[member.person_id] = row
    # Section 10: without a team on the case, the child's own primary allocation.
    return [case(p, p, area_of_event(x, row.team_id, p, m.d), 1) for p, row in case_of.items()]


def social_work_cases_supported(x: Extract, m: Month) -> list[Case]:
    """1.5"""
    return [
        case(row.case_id, None, area_of_case(x, row, m.d), 1)
        for row in x.eh_cases
        if row.case_type == "SW_SUPPORT" and is_open(row.opened_date, row.closed_date, m.d)
    ]


def requests_allocated(x: Extract, m: Month) -> list[Case]:
    """1.6: cases opened over requests, not a cohort."""
    opened = [case(c.case_id, None, c.area, 1, 0) for c in cases_opened(x, m)]
    asked = [case(c.case_id, None, c.area, 0, 1) for c in requests(x, m)]
    return opened + asked


@remember
def lead_memberships(x: Extract) -> dict[str, list[Record]]:
    lead_ids = {row.case_id for row in lead_cases(x)}
    return by_person(
        # G21: a membership of no length is none at any time.
        member
        for member in x.eh_case_members
        if member.case_id in lead_ids and member.joined_date != member.left_date
    )


def s47_previously_early_help(x: Extract, m: Month) -> list[Case]:
    """1.7"""
    found = []
    for row in x.s47s:
        if not m.has(row.strategy_date) or row.status == "CANCELLED":
            continue
        since = am(row.strategy_date, -12)
        known = any(
            member.joined_date < row.strategy_date
            and (member.left_date is None or member.left_date > since)
            for member in lead_memberships(x).get(row.person_id, [])
        )
        area = area_of_event(x, row.team_id, row.person_id, row.strategy_date)
        found.append(case(row.s47_id, row.person_id, area, known))
    return found


@remember
def lead_cases_by_family_and_child(x: Extract) -> dict[tuple[str, str], list[Record]]:
    index: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for row in lead_cases(x):
        for key in links(x, row):
            index[key].append(row)
    return index


def links(x: Extract, row: Record) -> list[tuple[str, str]]:
    """What ties a case to others: its family id, and every child in it."""
    found = [("family", row.family_id)] if row.family_id is not None else []
    found += [
        ("child", member.person_id)
        for member in members_of(x).get(row.case_id, [])
        if member.person_id is not None
    ]
    return found


def re_referred_cases(x: Extract, m: Month) -> list[Case]:
    """1.8"""
    found = []
    for row in new_cases(x, m):
        since = am(row.opened_date, -12)
        known = any(
            earlier is not row
            and earlier.closed_date is not None
            and since <= earlier.closed_date < row.opened_date
            for key in links(x, row)
            for earlier in lead_cases_by_family_and_child(x)[key]
        )
        found.append(case(row.case_id, None, area_of_case(x, row, row.opened_date), known))
    return found


def stepped_down_cases(x: Extract, m: Month) -> list[Case]:
    """1.9"""
    return [
        case(
            row.case_id,
            None,
            area_of_case(x, row, row.opened_date),
            row.origin == "STEP_DOWN",
        )
        for row in new_cases(x, m)
    ]
