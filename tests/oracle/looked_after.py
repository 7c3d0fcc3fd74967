"""Sections 7 and 9: looked-after children, their periods of care, placements, reviews and checks.

Objects are those of section 9 of Part A: periods of care and placement spells.
"""

from __future__ import annotations

import bisect
import datetime as dt

from tests.oracle.load import Extract, Record
from tests.oracle.shared import (
    Case,
    Month,
    age_of,
    am,
    area_of_child,
    area_of_end,
    birth_date,
    by_person,
    case,
    due,
    ended_after_18,
    is_child,
    is_current,
    is_open,
    is_unborn,
    open_in,
    remember,
    wd_over,
    wd_within,
)

SHORT_BREAKS = {"V3", "V4"}
TEMPORARY = {"T0", "T1", "T2", "T3", "T4"}
WITH_CURRENT_CARER = {"A3", "A5"}
PLACED_FOR_ADOPTION = {"A3", "A4", "A5", "A6"}
SAME_SPELL = {"L", "T", "U"}
PERMANENCE = {"E11", "E12", "E41", "E43", "E44", "E45", "E46", "E47", "E48"}
ADOPTED = {"E11", "E12"}
RESIDENTIAL = {"K1", "K2", "R1", "R2", "R3", "R5", "S1"}

# --------------------------------------------------------------------------------------------
# Periods of care and placement spells


@remember
def periods(x: Extract) -> list[Record]:
    """Periods of care: chains of episodes; each with its placement spells."""
    rows = [
        row
        for row in x.lac_episodes
        if row.legal_status not in SHORT_BREAKS
        and not row.is_other_la
        and row.start_date != row.end_date
        and not is_unborn(x, row.person_id)  # G63
    ]
    groups: list[list[Record]] = list(by_person(rows).values())
    groups += [[row] for row in rows if row.person_id is None]
    found: list[Record] = []
    for group in groups:
        group.sort(key=lambda row: (row.start_date, row.episode_id or ""))
        chain: list[Record] = []
        for row in group:
            if chain and not reaches(chain, row.start_date):
                found.append(make_period(chain))
                chain = []
            chain.append(row)
        found.append(make_period(chain))
    return found


def reaches(chain: list[Record], start: dt.date) -> bool:
    """Say whether a start is not later than the latest end of the chain so far."""
    return any(row.end_date is None or start <= row.end_date for row in chain)


def make_period(chain: list[Record]) -> Record:
    """A period from its episodes in order of start, then id."""
    still_open = any(row.end_date is None for row in chain)
    pe = None if still_open else max(row.end_date for row in chain)
    end_reason = None
    if pe is not None:
        last = max(
            (row for row in chain if row.end_date == pe),
            key=lambda row: (row.start_date, row.episode_id or ""),
        )
        end_reason = last.end_reason
    return Record(
        period_id=f"{chain[0].person_id}/{chain[0].start_date}",
        person_id=chain[0].person_id,
        ps=chain[0].start_date,
        pe=pe,
        end_reason=end_reason,
        spells=make_spells(chain),
    )


def make_spells(chain: list[Record]) -> list[Record]:
    """Placement spells of a period: runs of episodes without a change of placement.

    A temporary placement belongs to the spell before it; before the first other placement it
    belongs to none.
    """
    spells: list[Record] = []
    away = False  # the last episode was a temporary placement
    for row in chain:
        if row.placement_type in TEMPORARY:
            if spells:
                spells[-1].episodes.append(row)
                away = True
            continue
        if not spells:
            same = False
        elif row.placement_type in WITH_CURRENT_CARER:
            same = True
        elif away:
            same = back_again(spells[-1].settled[-1], row)
        else:
            same = row.start_reason in SAME_SPELL
        if not same:
            spells.append(Record(episodes=[], settled=[]))
        spells[-1].episodes.append(row)
        spells[-1].settled.append(row)
        away = False
    for spell in spells:
        spell.start = spell.episodes[0].start_date
        ends = [row.end_date for row in spell.episodes]
        spell.end = None if None in ends else max(ends)
    return spells


def back_again(before: Record, after: Record) -> bool:
    """G41: the child is back after a temporary placement: same placement, carer or type."""
    if before.placement_id is not None and before.placement_id == after.placement_id:
        return True
    if before.carer_id is not None and after.carer_id is not None:
        return before.carer_id == after.carer_id
    return before.placement_type is not None and before.placement_type == after.placement_type


@remember
def periods_by_person(x: Extract) -> dict[str, list[Record]]:
    return by_person(periods(x))


@remember
def looked_after_at(x: Extract, d: dt.date) -> dict[str, Record]:
    """Children looked after at `d` and their period (7.1): under 18 or of unknown age."""
    return {
        period.person_id: period
        for period in periods(x)
        if period.person_id is not None
        and is_open(period.ps, period.pe, d)
        and is_child(x, period.person_id, d)
    }


def current_spell(period: Record, d: dt.date) -> Record | None:
    """The spell of the episode open at `d`; of several the one that started last (G40)."""
    found = [
        (row.start_date, row.episode_id or "", position)
        for position, spell in enumerate(period.spells)
        for row in spell.episodes
        if is_open(row.start_date, row.end_date, d)
    ]
    return period.spells[max(found)[2]] if found else None


def type_at(spell: Record | None, d: dt.date) -> str | None:
    """G42: the type of the spell's latest non-temporary episode started by `d`."""
    if spell is None:
        return None
    started = [row for row in spell.settled if row.start_date <= d]
    return started[-1].placement_type if started else None


def stock(x: Extract, m: Month, test, among=None) -> list[Case]:
    """One case per child looked after at `d`; `among` narrows the denominator."""
    return [
        case(person, person, area_of_child(x, person, m.d), test(person, period))
        for person, period in looked_after_at(x, m.d).items()
        if among is None or among(person, period)
    ]


def looked_after(x: Extract, m: Month) -> list[Case]:
    """7.1, 7.2"""
    return stock(x, m, lambda person, period: True)


def admissions(x: Extract, m: Month) -> list[Case]:
    """7.3"""
    return [
        case(p.period_id, p.person_id, area_of_child(x, p.person_id, p.ps), 1)
        for p in periods(x)
        if m.has(p.ps)
    ]


def ceased(reasons: set[str] | None):
    """7.4 (no reasons), 7.5, 7.8; G25: not after the 18th birthday."""

    def cases(x: Extract, m: Month) -> list[Case]:
        return [
            case(
                p.period_id,
                p.person_id,
                area_of_end(x, p.person_id, p.pe),
                reasons is None or p.end_reason in reasons,
            )
            for p in periods(x)
            if m.has(p.pe) and not ended_after_18(x, p.person_id, p.pe)
        ]

    return cases


ceased_any = ceased(None)
ceased_permanence = ceased(PERMANENCE)
ceased_adopted = ceased(ADOPTED)


def residential(x: Extract, m: Month) -> list[Case]:
    """7.6, 7.6p"""
    return stock(
        x, m, lambda person, period: type_at(current_spell(period, m.d), m.d) in RESIDENTIAL
    )


# --------------------------------------------------------------------------------------------
# Reviews


@remember
def held_reviews(x: Extract) -> dict[str, list[dt.date]]:
    return {
        person: sorted(row.held_date for row in rows)
        for person, rows in by_person(x.lac_reviews).items()
    }


def reviews_in(x: Extract, person: str, period: Record, d: dt.date) -> list[dt.date]:
    return [day for day in held_reviews(x).get(person, []) if period.ps <= day <= d]


def reviewed_in_time(x: Extract, m: Month) -> list[Case]:
    """7.7"""

    def due_or_held(person: str, period: Record) -> bool:
        return bool(reviews_in(x, person, period, m.d)) or wd_over(period.ps, m.d, 20)

    def in_time(person: str, period: Record) -> bool:
        held = reviews_in(x, person, period, m.d)
        if not held:
            return False
        if len(held) == 1:
            return wd_within(period.ps, held[0], 20) and m.d <= am(held[0], 3)
        limit = am(held[-2], 3 if len(held) == 2 else 6)
        return held[-1] <= limit and m.d <= am(held[-1], 6)

    return stock(x, m, in_time, due_or_held)


def reviews_of_month(x: Extract, m: Month, codes: set[str]) -> list[Case]:
    found = []
    for row in x.lac_reviews:
        if not m.has(row.held_date) or row.participation_code == "PN0":
            continue
        if row.participation_code is None:
            years = age_of(x, row.person_id, row.held_date)
            if years is None or years < 4:
                continue
        found.append(
            case(
                row.review_id,
                row.person_id,
                area_of_child(x, row.person_id, row.held_date),
                row.participation_code in codes,
            )
        )
    return found


def child_attended(x: Extract, m: Month) -> list[Case]:
    """7.17"""
    return reviews_of_month(x, m, {"PN1", "PN2", "PN3", "PN4"})


def child_participated(x: Extract, m: Month) -> list[Case]:
    """7.18"""
    return reviews_of_month(x, m, {"PN1", "PN2", "PN3", "PN4", "PN5", "PN6"})


# --------------------------------------------------------------------------------------------
# Health


@remember
def checks(x: Extract, kind: str) -> dict[str, list[dt.date]]:
    return {
        person: sorted(row.check_date for row in rows)
        for person, rows in by_person(r for r in x.health_checks if r.type == kind).items()
    }


def initial_health_assessments(x: Extract, m: Month) -> list[Case]:
    """7.9n, 7.9: periods whose 20th working day lies in the month; G43: checks up to `d`."""
    found = []
    for period in periods(x):
        day = due(period.ps, 20)
        if not m.has(day) or not is_open(period.ps, period.pe, day):
            continue
        in_time = any(
            period.ps <= check <= m.d and wd_within(period.ps, check, 20)
            for check in checks(x, "HEALTH_ASSESSMENT").get(period.person_id, [])
        )
        area = area_of_child(x, period.person_id, day)
        found.append(case(period.period_id, period.person_id, area, in_time))
    return found


def check_up_to_date(kind: str):
    """7.10, 7.11: over children looked after throughout the rolling twelve months."""

    def cases(x: Extract, m: Month) -> list[Case]:
        def in_date(person: str, period: Record) -> bool:
            done = [day for day in checks(x, kind).get(person, []) if day <= m.d]
            if not done:
                return False
            years = age_of(x, person, m.d)
            young = kind == "HEALTH_ASSESSMENT" and years is not None and years < 5
            return m.d <= am(done[-1], 6 if young else 12)

        return stock(x, m, in_date, lambda person, period: period.ps <= m.w12)

    cases.__name__ = f"up_to_date_{kind}"
    return cases


health_assessment_up_to_date = check_up_to_date("HEALTH_ASSESSMENT")
dental_check_up_to_date = check_up_to_date("DENTAL")


# --------------------------------------------------------------------------------------------
# Plans and visits


@remember
def completed_peps(x: Extract) -> dict[str, list[dt.date]]:
    return {
        person: sorted(row.completed_date for row in rows)
        for person, rows in by_person(x.peps).items()
    }


def personal_education_plans(x: Extract, m: Month) -> list[Case]:
    """7.13"""
    year = m.d.year if m.d >= dt.date(m.d.year, 8, 31) else m.d.year - 1
    last_31_august = dt.date(year, 8, 31)

    def of_age(person: str, period: Record) -> bool:
        years = age_of(x, person, last_31_august)
        return years is not None and years >= 4 and wd_over(period.ps, m.d, 20)

    def in_date(person: str, period: Record) -> bool:
        done = [day for day in completed_peps(x).get(person, []) if period.ps <= day <= m.d]
        return bool(done) and m.d <= am(done[-1], 6)

    return stock(x, m, in_date, of_age)


@remember
def care_plans_by_person(x: Extract) -> dict[str, list[Record]]:
    return by_person(x.care_plans)


@remember
def pathway_plans_by_person(x: Extract) -> dict[str, list[Record]]:
    return by_person(x.pathway_plans)


def care_plan_up_to_date(x: Extract, m: Month) -> list[Case]:
    """7.14: from 16 years and 3 months a current pathway plan will do as well."""

    def in_date(person: str, period: Record) -> bool:
        plans = list(care_plans_by_person(x).get(person, []))
        dob = birth_date(x, person)
        if dob is not None and am(dob, 195) <= m.d:
            plans += pathway_plans_by_person(x).get(person, [])
        return any(is_current(plan, m.d, 6) for plan in plans)

    return stock(x, m, in_date, lambda person, period: wd_over(period.ps, m.d, 10))


@remember
def visits_seen(x: Extract) -> dict[str, list[dt.date]]:
    return {
        person: sorted(row.visit_date for row in rows if row.child_seen)
        for person, rows in by_person(x.lac_visits).items()
    }


def visited_in_time(x: Extract, m: Month) -> list[Case]:
    """7.15"""

    def in_time(person: str, period: Record) -> bool:
        spell = current_spell(period, m.d)
        # A period that begins with temporary placements has no spell yet: count from its start.
        start = period.ps if spell is None else spell.start
        days = visits_seen(x).get(person, [])
        position = bisect.bisect_right(days, m.d)
        if not position or days[position - 1] < start:
            return m.d <= start + dt.timedelta(days=7)
        seen = days[position - 1]
        if m.d <= seen + dt.timedelta(days=42):
            return True
        meant_to_last = type_at(spell, m.d) in ("U1", "U4") or any(
            plan.permanence_code in ("LTRELFR", "LTFOST18")
            and is_open(plan.start_date, plan.end_date, m.d)
            for plan in care_plans_by_person(x).get(person, [])
        )
        return meant_to_last and am(start, 12) <= m.d and m.d <= am(seen, 3)

    return stock(x, m, in_time)


# --------------------------------------------------------------------------------------------
# Section 9: placements


def stable_placements(x: Extract, m: Month) -> list[Case]:
    """9.1"""

    def long_term(person: str, period: Record) -> bool:
        years = age_of(x, person, m.d)
        return years is not None and years < 16 and am(period.ps, 30) <= m.d

    def stable(person: str, period: Record) -> bool:
        spell = current_spell(period, m.d)
        if spell is None:
            return False
        if am(spell.start, 24) <= m.d:
            return True
        position = next(n for n, other in enumerate(period.spells) if other is spell)
        return (
            type_at(spell, m.d) in PLACED_FOR_ADOPTION
            and position > 0
            and am(period.spells[position - 1].start, 24) <= m.d
        )

    return stock(x, m, stable, long_term)


def three_placements(x: Extract, m: Month) -> list[Case]:
    """9.2n, 9.2: spells of all periods of the child that were open in the rolling 12 months."""

    def moved_often(person: str, period: Record) -> bool:
        number = sum(
            open_in(spell.start, spell.end, m.w12, m.d)
            for each in periods_by_person(x)[person]
            for spell in each.spells
        )
        return number >= 3

    return stock(x, m, moved_often)
