"""Section 2: contacts and referrals. 2.1, 2.3, 2.9 and 2.10 are county only."""

from __future__ import annotations

from collections import Counter, defaultdict

from tests.oracle.load import Extract, Record
from tests.oracle.shared import Case, Month, am, area_of_event, by_person, case, due, remember


@remember
def contacts_by_month(x: Extract) -> dict[tuple[int, int], list[Record]]:
    index: dict[tuple[int, int], list[Record]] = defaultdict(list)
    for row in x.contacts:
        index[row.received_date.year, row.received_date.month].append(row)
    return index


@remember
def referrals_by_id(x: Extract) -> dict[str, Record]:
    return {row.referral_id: row for row in x.referrals if row.referral_id is not None}


@remember
def progressed(x: Extract) -> dict[int, Record | None]:
    """Progressed contacts that stand for a referral, by `id()` of the contact, with the referral.

    G30: a contact progressed when its outcome is REFERRAL or it carries a referral id; with
    neither outcome nor id, when the matching rule finds it a referral. Two contacts with one
    referral id for one child are one referral, on the earlier contact.
    """
    known = referrals_by_id(x)
    # G61: contacts by date, then id.
    contacts = sorted(x.contacts, key=lambda row: (row.received_date, row.contact_id or ""))
    counted: dict[int, Record | None] = {}
    to_match: list[Record] = []
    carried: set[tuple[str | None, str]] = set()
    taken: set[int] = set()
    for row in contacts:
        if row.referral_id is not None:
            if (row.person_id, row.referral_id) in carried:
                continue
            carried.add((row.person_id, row.referral_id))
            referral = known.get(row.referral_id)
            if referral is None:
                to_match.append(row)
            else:
                counted[id(row)] = referral
                taken.add(id(referral))
        elif row.outcome_code == "REFERRAL" or row.outcome_code is None:
            to_match.append(row)
    referrals_of = by_person(x.referrals)
    for rows in referrals_of.values():
        rows.sort(key=lambda row: (row.received_date, row.referral_id or ""))
    for row in to_match:
        latest = due(row.received_date, 3)
        match = next(
            (
                referral
                for referral in referrals_of.get(row.person_id, [])
                if id(referral) not in taken
                and row.received_date <= referral.received_date
                and referral.received_date <= latest
            ),
            None,
        )
        if match is not None:
            taken.add(id(match))
        if match is not None or row.outcome_code == "REFERRAL" or row.referral_id is not None:
            counted[id(row)] = match
    return counted


def contacts(x: Extract, m: Month) -> list[Case]:
    """2.1, and 2.3: the numerator says whether the contact was accepted as a referral."""
    return [
        case(row.contact_id, row.person_id, "", id(row) in progressed(x))
        for row in contacts_by_month(x).get((m.year, m.number), [])
    ]


@remember
def referrals_of_month(x: Extract, m: Month) -> list[tuple[Record, Record | None, str]]:
    """The referrals of 2.2: contact, referral (when known) and area (G10)."""
    found = []
    for row in contacts_by_month(x).get((m.year, m.number), []):
        if id(row) in progressed(x):
            referral = progressed(x)[id(row)]
            team_id = referral.team_id if referral is not None else None
            area = area_of_event(x, team_id, row.person_id, row.received_date)
            found.append((row, referral, area))
    return found


def referrals(x: Extract, m: Month) -> list[Case]:
    """2.2, 2.4"""
    return [
        case(row.contact_id, row.person_id, area, 1) for row, _, area in referrals_of_month(x, m)
    ]


def referrals_to_assessment(x: Extract, m: Month) -> list[Case]:
    """2.5"""
    return [
        case(
            row.contact_id,
            row.person_id,
            area,
            referral is not None and referral.outcome_code == "SWA",
        )
        for row, referral, area in referrals_of_month(x, m)
    ]


@remember
def referrals_by_person(x: Extract) -> dict[str, list[Record]]:
    return by_person(x.referrals)


def re_referrals(x: Extract, m: Month) -> list[Case]:
    """2.6, 2.7, 2.8"""
    found = []
    for row, referral, area in referrals_of_month(x, m):
        again = False
        if referral is not None:
            since = am(referral.received_date, -12)
            again = any(
                since <= other.received_date < referral.received_date
                for other in referrals_by_person(x).get(referral.person_id, [])
            )
        found.append(case(row.contact_id, row.person_id, area, again))
    return found


def repeat_contacts(x: Extract, m: Month) -> list[Case]:
    """2.9, 2.10: children with a contact in the three months; numerator: with two or more."""
    number: Counter[str] = Counter()
    for month in m.rolling(3):
        for row in contacts_by_month(x).get((month.year, month.number), []):
            if row.person_id is not None:
                number[row.person_id] += 1
    return [case(person, person, "", count >= 2) for person, count in number.items()]
