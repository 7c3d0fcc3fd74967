"""Section 3: social work assessments."""

from __future__ import annotations

import datetime as dt

from tests.oracle.front_door import referrals_by_id
from tests.oracle.load import Extract, Record
from tests.oracle.shared import (
    Case,
    Month,
    area_of_event,
    case,
    parameter,
    remember,
    wd_over,
    wd_within,
)


@remember
def counted_assessments(x: Extract) -> list[Record]:
    return [row for row in x.assessments if row.status != "CANCELLED"]


@remember
def first_under_referral(x: Extract) -> dict[str, Record]:
    """The first assessment of each referral by start date, then id; G50: none cancelled."""
    first: dict[str, Record] = {}
    for row in sorted(
        counted_assessments(x), key=lambda row: (row.start_date, row.assessment_id or "")
    ):
        if row.referral_id is not None:
            first.setdefault(row.referral_id, row)
    return first


def clock_start(x: Extract, row: Record) -> dt.date:
    """`cs(a)`: the referral's date for its first assessment, else the assessment's own start."""
    referral = referrals_by_id(x).get(row.referral_id) if row.referral_id is not None else None
    if referral is not None and first_under_referral(x)[row.referral_id] is row:
        return referral.received_date
    return row.start_date


@remember
def authorised(x: Extract, m: Month) -> list[tuple[Record, str]]:
    return [
        (row, area_of_event(x, row.team_id, row.person_id, row.authorised_date))
        for row in counted_assessments(x)
        if m.has(row.authorised_date)
    ]


def assessments_authorised(x: Extract, m: Month) -> list[Case]:
    """3.1, 3.2"""
    return [case(row.assessment_id, row.person_id, area, 1) for row, area in authorised(x, m)]


def authorised_in_time(x: Extract, m: Month) -> list[Case]:
    """3.3"""
    limit = parameter("assessment_wd", m.d)
    return [
        case(
            row.assessment_id,
            row.person_id,
            area,
            wd_within(clock_start(x, row), row.authorised_date, limit),
        )
        for row, area in authorised(x, m)
    ]


def open_past_limit(x: Extract, m: Month) -> list[Case]:
    """3.4"""
    limit = parameter("assessment_wd", m.d)
    return [
        case(
            row.assessment_id,
            row.person_id,
            area_of_event(x, row.team_id, row.person_id, m.d),
            1,
        )
        for row in counted_assessments(x)
        if row.start_date <= m.d
        and (row.authorised_date is None or row.authorised_date > m.d)
        and wd_over(clock_start(x, row), m.d, limit)
    ]


def outcome(group: str):
    """3.5, 3.6, 3.7 and their percentages: over the rows with one of the three outcomes."""

    def cases(x: Extract, m: Month) -> list[Case]:
        return [
            case(row.assessment_id, row.person_id, area, row.outcome_code == group)
            for row, area in authorised(x, m)
            if row.outcome_code in ("ONGOING", "STEP_DOWN", "CLOSE")
        ]

    cases.__name__ = f"outcome_{group.lower()}"
    return cases


outcome_ongoing = outcome("ONGOING")
outcome_close = outcome("CLOSE")
outcome_step_down = outcome("STEP_DOWN")
