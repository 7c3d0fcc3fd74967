"""Section 8: care leavers."""

from __future__ import annotations

import datetime as dt

from tests.oracle.load import Extract, Record
from tests.oracle.looked_after import (
    ADOPTED,
    looked_after_at,
    pathway_plans_by_person,
    periods_by_person,
)
from tests.oracle.shared import (
    Case,
    Month,
    age_of,
    area_of_child,
    birth_date,
    birthday,
    by_person,
    case,
    is_current,
    is_open,
    remember,
)


def days_in_care(x: Extract, person: str, from_age: int, until: dt.date) -> int:
    """T6: days of care between a birthday and a day."""
    since = birthday(birth_date(x, person), from_age)
    total = 0
    for period in periods_by_person(x).get(person, []):
        end = until if period.pe is None else min(period.pe, until)
        total += max(0, (end - max(period.ps, since)).days)
    return total


def qualifies(x: Extract, person: str, until: dt.date) -> bool:
    return days_in_care(x, person, 14, until) >= 91 and days_in_care(x, person, 16, until) >= 1


def derived_category(x: Extract, person: str, d: dt.date) -> str | None:
    """T6: relevant or former relevant from the periods of care, for a spell without category."""
    years = age_of(x, person, d)
    begun = [p for p in periods_by_person(x).get(person, []) if p.ps <= d]
    if years is None or not 16 <= years <= 25 or not begun:
        return None
    last = max(begun, key=lambda period: period.ps)
    if last.pe is not None and last.pe <= d and last.end_reason in ADOPTED:
        return None
    days = [p.pe for p in begun if p.pe is not None and p.pe <= d]  # when last leaving
    if years >= 18:
        days.append(birthday(birth_date(x, person), 18))
    if not days or not any(qualifies(x, person, day) for day in days):
        return None
    return "REL" if years < 18 else "FREL"


@remember
def care_leavers_at(x: Extract, d: dt.date) -> list[str]:
    """People of 8.1. G46, G65: what any open row records wins over what could be derived."""
    recorded: dict[str, set[str]] = {}
    for spell in x.care_leavers:
        person = spell.person_id
        if person is None or not is_open(spell.start_date, spell.end_date, d):
            continue
        years = age_of(x, person, d)
        died = x.persons[person].death_date
        if (
            years is None
            or years > 25
            or (died is not None and died <= d)
            or person in looked_after_at(x, d)
        ):
            continue
        recorded.setdefault(person, set()).update({spell.category} - {None})
    return sorted(
        person
        for person, categories in recorded.items()
        if (categories or {derived_category(x, person, d)}) & {"REL", "FREL"}
    )


def stock(x: Extract, m: Month, test) -> list[Case]:
    return [
        case(person, person, area_of_child(x, person, m.d), test(person))
        for person in care_leavers_at(x, m.d)
    ]


def care_leavers(x: Extract, m: Month) -> list[Case]:
    """8.1"""
    return stock(x, m, lambda person: True)


@remember
def plans_with_review_dates(x: Extract) -> dict[str, list[Record]]:
    """G45: pathway plans, with the review dates of care-leaver rows among their reviews.

    A review date on which no plan is open stands for a plan that starts that day.
    """
    plans = {
        person: [
            Record(start_date=p.start_date, end_date=p.end_date, reviews=list(p.reviews))
            for p in rows
        ]
        for person, rows in pathway_plans_by_person(x).items()
    }
    for person, rows in statuses(x).items():
        recorded = plans.get(person, [])
        made = []
        for day in {row.pathway_review_date for row in rows} - {None}:
            open_then = [p for p in recorded if is_open(p.start_date, p.end_date, day)]
            for plan in open_then:
                plan.reviews.append(day)
            if not open_then:
                made.append(Record(start_date=day, end_date=None, reviews=[]))
        plans[person] = recorded + made
    return plans


def pathway_plan_up_to_date(x: Extract, m: Month) -> list[Case]:
    """8.2"""
    return stock(
        x,
        m,
        lambda person: any(
            is_current(plan, m.d, 6) for plan in plans_with_review_dates(x).get(person, [])
        ),
    )


@remember
def statuses(x: Extract) -> dict[str, list[Record]]:
    return by_person(
        sorted(x.care_leaver_statuses, key=lambda row: (row.as_at_date, row.table_id or ""))
    )


def latest_status(x: Extract, person: str, d: dt.date) -> Record | None:
    known = [row for row in statuses(x).get(person, []) if row.as_at_date <= d]
    return known[-1] if known else None


def suitable_accommodation(x: Extract, m: Month) -> list[Case]:
    """8.3"""

    def test(person: str) -> bool:
        status = latest_status(x, person, m.d)
        return status is not None and status.accommodation_suitable

    return stock(x, m, test)


def in_education_or_work(x: Extract, m: Month) -> list[Case]:
    """8.4"""
    codes = {f"{letter}{digit}" for letter in "FP" for digit in "12345"}

    def test(person: str) -> bool:
        status = latest_status(x, person, m.d)
        return status is not None and status.activity_code in codes

    return stock(x, m, test)
