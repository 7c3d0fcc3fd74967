"""Section 11: caseloads of qualified social workers, and change of worker (C1, C2)."""

from __future__ import annotations

import datetime as dt

from tests.oracle.load import Extract, Record
from tests.oracle.shared import (
    Case,
    Month,
    area_of_team,
    case,
    open_in,
    primary_allocation,
    primary_allocations,
    remember,
)


@remember
def qualified_allocations(x: Extract, d: dt.date) -> list[Record]:
    """The one primary allocation of each person at `d` (G14 first), if its worker is qualified."""
    found = []
    for person in primary_allocations(x):
        allocation = primary_allocation(x, person, d)
        if allocation is not None:
            worker = x.workers.get(allocation.worker_id)
            if worker is not None and worker.is_qualified_sw:
                found.append(allocation)
    return found


def caseload(*team_types: str):
    """11.1 to 11.6: one case per child and worker; `case_id` is the worker."""

    def cases(x: Extract, m: Month) -> list[Case]:
        found = []
        for allocation in qualified_allocations(x, m.d):
            team = x.teams.get(allocation.team_id)
            if team is not None and team.team_type in team_types:
                area = area_of_team(x, allocation.team_id, m.d)
                found.append(case(allocation.worker_id, allocation.person_id, area, 1))
        return found

    cases.__name__ = f"caseload_{'_'.join(team_types).lower()}"
    return cases


key_safeguarding = caseload("ASSESSMENT", "FIT")
lac_teams = caseload("LAC")
assessment_teams = caseload("ASSESSMENT")
fit_teams = caseload("FIT")
cwd_teams = caseload("CWD")
nipe_teams = caseload("NIPE")


def change_events(rows: list[Record], m: Month) -> set[str]:
    """C1 and C2 events of one child in the month."""
    events = set()
    for row in rows:
        if not m.has(row.start_date):
            continue
        earlier = [other for other in rows if other.start_date < row.start_date]
        if not earlier:
            continue
        before = earlier[-1]  # in order of start, then id
        gap_from = row.start_date - dt.timedelta(days=28)
        if before.end_date is not None and before.end_date < gap_from:
            continue
        if before.worker_id == row.worker_id:
            continue
        # G55: an unknown team differs from every team.
        same_team = row.team_id is not None and row.team_id == before.team_id
        events.add("C2" if same_team else "C1")
    return events


@remember
def changes(x: Extract, m: Month) -> list[tuple[str, str, str | None]]:
    """Children allocated at any time in the month: person, area, and C1, C2 or nothing."""
    found = []
    for person, rows in primary_allocations(x).items():
        held = [row for row in rows if open_in(row.start_date, row.end_date, m.ms, m.d)]
        if not held:
            continue
        allocation = primary_allocation(x, person, m.d)
        if allocation is None:
            # G60: nothing open at d, so the one that ended last.
            allocation = max(held, key=lambda r: (r.end_date, r.start_date, r.allocation_id or ""))
        area = area_of_team(x, allocation.team_id, m.d)
        events = change_events(rows, m)
        found.append((person, area, "C1" if "C1" in events else "C2" if events else None))
    return found


def changed_worker_and_team(x: Extract, m: Month) -> list[Case]:
    """C1, C1p"""
    return [case(p, p, area, change == "C1") for p, area, change in changes(x, m)]


def changed_worker(x: Extract, m: Month) -> list[Case]:
    """C2, C2p"""
    return [case(p, p, area, change == "C2") for p, area, change in changes(x, m)]
