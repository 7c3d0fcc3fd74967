"""Contacts and referrals: the county's one front door.

Each month has an exact plan: how many contacts by source, how many of them progress, how many
children they concern, how many of those have several, how many referrals are re-referrals and how
many lead to an assessment. Who the children are is left to chance.

A child with contacts in a month has none in the two months after; so three months' children are
the sum of three months (see ``targets.children_in_contact``).
"""

from __future__ import annotations

import random
from bisect import bisect
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import ClassVar

from made_up_county import targets
from made_up_county.world import Person, World, month_end

# Codes of each source of the report, with weights.
SOURCE_CODES: dict[str, tuple[tuple[str, int], ...]] = {
    "POLICE": (("6", 1),),
    "EDUCATION": (("2A", 8), ("2B", 2)),
    "HEALTH": (("3A", 3), ("3B", 3), ("3C", 1), ("3D", 2), ("3E", 1), ("3F", 2)),
    "INTERNAL": (("5A", 3), ("5B", 4), ("5D", 1)),
    "PUBLIC": (("1A", 2), ("1B", 4), ("1C", 1), ("1D", 2), ("9", 3)),
    "OTHER_LA": (("5C", 1),),
    "OTHERS": (("4", 3), ("7", 2), ("8", 4), ("10", 1), (None, 1)),  # type: ignore[dict-item]
}
NEEDS = ("N1", "N2", "N3", "N4", "N5", "N6", "N8")
NEED_WEIGHTS = (52, 9, 3, 9, 15, 6, 6)
# What becomes of contacts that are not referrals; a code stands as often as it is likely.
KNOWN_OUTCOMES = ("EXISTING",) * 8 + ("NFA", "ADVICE")
OUTCOMES = ("NFA",) * 10 + ("ADVICE",) * 9 + ("EH",) * 5 + ("OTHER",)
FAMILY_SIZES = (1, 2, 3, 4)
FAMILY_WEIGHTS = (52, 28, 14, 6)
# How many days of the week bring contacts.
WEEKDAYS = (19, 19, 19, 19, 18, 4, 2)
LATEST_AGE = 17


@dataclass(slots=True, eq=False)
class Referral:
    """A referral of a child; `closed` is none while it is open."""

    id: str
    person: Person
    received: date
    outcome: str
    nfa: bool
    source_code: str | None
    closed: date | None = None
    close_reason: str | None = None
    row: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class _Known:
    """What the front door remembers of a child: indexes of months, -99 for never."""

    contact: int = -99
    referral: int = -99
    open_case: bool = False


@dataclass(slots=True)
class _Incident:
    """A family's contact or run of contacts within a month."""

    members: list[Person]
    repeats: bool
    progressed: bool
    dates: list[date] = field(default_factory=list)


class FrontDoor:
    """Makes the contacts and referrals of one month after the other."""

    def __init__(self, world: World, first_month: date) -> None:
        self.world = world
        self.first_month = first_month
        self.rng = world.random("front door")
        self.known: dict[str, _Known] = {}
        self.referred: dict[int, list[Person]] = {}
        self.family_ids: list[str] = []

    # -- who

    def _record(self, person: Person) -> _Known:
        return self.known.setdefault(person.id, _Known())

    def case_closed(self, person: Person) -> None:
        """Tell the front door that the child's case is closed, so that it may be re-referred."""
        self._record(person).open_case = False

    def _new_family(self, on: date, at_most: int, locality: str | None) -> list[Person]:
        world, rng = self.world, self.rng
        size = min(rng.choices(FAMILY_SIZES, FAMILY_WEIGHTS)[0], at_most)
        first = self._child(on, locality)
        members = [first]
        for _ in range(size - 1):
            members.append(world.sibling(first, on))
        self.family_ids.append(first.family_id)
        return members

    def _child(self, on: date, locality: str | None) -> Person:
        world, rng = self.world, self.rng
        if rng.random() < 0.025:  # not born yet
            due = on + timedelta(days=rng.randint(15, 150))
            if due > world.as_at:
                return world.child(expected_dob=due, locality=locality)
            return world.child(dob=due, locality=locality)
        ages = rng.choices(((0, 0), (1, 4), (5, 9), (10, 13), (14, 16)), (9, 25, 28, 20, 18))[0]
        return world.child(on=on, ages=ages, locality=locality)

    def _returning(
        self, index: int, month: date, at_most: int, referral: bool, locality: str | None
    ) -> list[Person]:
        """Members of a known family who may have a contact this month; empty if none is found."""
        rng, world = self.rng, self.world
        for _ in range(4 if self.family_ids else 0):
            members = world.families[rng.choice(self.family_ids)]
            if locality and members[0].locality != locality:
                continue
            fit = []
            for person in members:
                known = self.known.get(person.id)
                if known is None or known.contact > index - 3:
                    continue
                if person.expected_dob or person.age(month) > LATEST_AGE - 1:
                    continue
                if referral and (known.open_case or known.referral > index - 14):
                    continue
                fit.append(person)
            if fit:
                return fit[:at_most]
        return []

    def _rereferred(
        self, index: int, month: date, at_most: int, locality: str | None
    ) -> list[Person]:
        """A family last referred three to eleven months back whose cases are closed."""
        rng, world = self.rng, self.world
        for _ in range(90):
            pool = self.referred.get(index - rng.randint(3, 11))
            if not pool:
                continue
            first = rng.choice(pool)
            if locality and first.locality != locality:
                continue
            fit = []
            for person in world.families[first.family_id]:
                known = self.known.get(person.id)
                if known is None or known.open_case or known.contact > index - 3:
                    continue
                if not index - 11 <= known.referral <= index - 3:
                    continue
                if person.expected_dob or person.age(month) > LATEST_AGE - 1:
                    continue
                fit.append(person)
            if fit:
                return fit[:at_most]
        return []

    # -- when

    def _days(self, month: date, last: date) -> tuple[list[date], list[int]]:
        days = [month + timedelta(days=n) for n in range((last - month).days + 1)]
        weights = [
            WEEKDAYS[day.weekday()] if self.world.days.is_working(day) or day.weekday() > 4 else 3
            for day in days
        ]
        return days, weights

    # -- the month

    def run(self, month: date, index: int, last: date | None = None) -> list[Referral]:
        """Make the contacts of a month; returns the referrals that came of them.

        Args:
            month: its first day.
            index: its number, counted from the first month of all.
            last: the last day on which anything is known, for a month that is not complete.
        """
        sources = targets.contacts_by_source(month)
        children, repeats = targets.children_in_contact(month)
        return self.make(
            month,
            index,
            last or month_end(month),
            sources,
            (children, repeats),
            targets.rereferrals(month),
            targets.referrals_to_assessment(month),
            targets.REFERRALS_BY_LOCALITY.get(month),
        )

    def make(
        self,
        month: date,
        index: int,
        last: date,
        sources: tuple[tuple[int, int], ...],
        children: tuple[int, int],
        rereferrals: int,
        to_assessment: int,
        by_locality: dict[str, tuple[int, int]] | None = None,
    ) -> list[Referral]:
        """Make the contacts of a month to a plan (see `run`).

        Args:
            sources: (contacts, progressed to referral) of each source.
            children: children with at least one and with at least two contacts.
            rereferrals: how many of the referrals are of children referred in the last year.
            to_assessment: how many of the referrals lead to an assessment.
            by_locality: (referrals, re-referrals) of each locality, where they are planned.
        """
        rng = self.rng
        total = sum(count for count, _ in sources)
        progressed = sum(count for _, count in sources)
        everyone, repeat = children
        several = total - (everyone - repeat)  # contacts of the children with two or more
        repeat_progressed = min(progressed // 3, repeat // 2)
        days, weights = self._days(month, last)
        incidents: list[_Incident] = []

        def fill(count: int, kind: str, repeats: bool, place: str | None = None) -> int:
            """Add incidents with `count` children; returns how many could not be found."""
            while count > 0:
                if kind == "again":
                    members = self._rereferred(index, month, count, place)
                    if not members:
                        return count
                else:
                    back = rng.random() < (0.55 if kind == "first" else 0.78)
                    members = (
                        self._returning(index, month, count, kind == "first", place) if back else []
                    )
                    if not members:
                        day = rng.choices(days, weights)[0]
                        members = self._new_family(day, count, place)
                for person in members:
                    self._record(person).contact = index
                count -= len(members)
                incidents.append(_Incident(members, repeats, kind != "none"))
            return 0

        self.missing_rereferrals = 0
        parts = by_locality or {None: (progressed, rereferrals)}
        for place, (count, again) in parts.items():
            # A third of the referred, and no more than half of all, have several contacts.
            several_of = round(repeat_progressed * count / max(progressed, 1))
            again_several = round(several_of * again / max(count, 1))
            missing = fill(again_several, "again", True, place)
            missing += fill(again - again_several, "again", False, place)
            fill(several_of - again_several, "first", True, place)
            fill(count - again - (several_of - again_several) + missing, "first", False, place)
            self.missing_rereferrals += missing
        fill(repeat - sum(len(i.members) for i in incidents if i.repeats), "none", True)
        fill(everyone - sum(len(i.members) for i in incidents), "none", False)

        self._number_contacts(incidents, several)
        for incident in incidents:
            count = len(incident.dates)
            incident.dates = sorted(rng.choices(days, weights, k=count))
        return self._write(incidents, sources, to_assessment)

    def _number_contacts(self, incidents: list[_Incident], several: int) -> None:
        """Give each incident its number of contacts: two or more for those that repeat."""
        rng = self.rng
        runs = [incident for incident in incidents if incident.repeats]
        for incident in incidents:
            incident.dates = [date.min] * (2 if incident.repeats else 1)
        left = several - sum(2 * len(incident.members) for incident in runs)
        totals = list(accumulate(rng.paretovariate(1.6) for _ in runs))
        single = [n for n, incident in enumerate(runs) if len(incident.members) == 1]
        while left > 0 and runs:
            n = rng.choices(range(len(runs)), cum_weights=totals)[0]
            if len(runs[n].members) > left:
                n = rng.choice(single)
            if len(runs[n].dates) >= 14:
                continue
            runs[n].dates.append(date.min)
            left -= len(runs[n].members)

    # -- rows

    def _write(
        self,
        incidents: list[_Incident],
        sources: tuple[tuple[int, int], ...],
        to_assessment: int,
    ) -> list[Referral]:
        world, rng = self.world, self.rng
        yes = _Urn(rng, [count for _, count in sources])
        no = _Urn(rng, [count - accepted for count, accepted in sources])
        referred: list[tuple[_Incident, date, str | None]] = []
        rows: list[tuple[date, Person, str | None, str, bool]] = []
        rng.shuffle(incidents)
        # Large families first, while every source still has room for them.
        for incident in sorted(incidents, key=lambda i: -len(i.members)):
            size = len(incident.members)
            accepted = rng.randrange(len(incident.dates)) if incident.progressed else -1
            for n, day in enumerate(incident.dates):
                urn = yes if n == accepted else no
                codes = urn.take(size)
                if n == accepted:
                    referred.append((incident, day, codes[0]))
                for person, code in zip(incident.members, codes, strict=True):
                    known_case = self._record(person).open_case or (-1 < accepted < n)
                    outcome = "REFERRAL" if n == accepted else self._outcome(known_case)
                    rows.append((day, person, code, outcome, n == accepted))
        referrals = self._refer(referred, to_assessment)
        by_person = {referral.person.id: referral for referral in referrals}
        rows.sort(key=lambda row: (row[0], row[1].id))
        for day, person, code, outcome, accepted in rows:
            person_id = person.id
            if rng.random() < 0.0015 and person.dob:
                person_id = world.alias(person)
            world.add(
                "ssd_contacts",
                cont_contact_id=world.new_id("C"),
                cont_person_id=person_id,
                cont_contact_date=day,
                cont_contact_source_code=code,
                x_cont_outcome_code=outcome,
                x_cont_referral_id=by_person[person.id].id
                if accepted and rng.random() > 0.01
                else None,
            )
        return referrals

    def _outcome(self, known_case: bool) -> str:
        outcomes = KNOWN_OUTCOMES if known_case else OUTCOMES
        return self.rng.choice(outcomes)

    def _refer(
        self, referred: list[tuple[_Incident, date, str | None]], to_assessment: int
    ) -> list[Referral]:
        world, rng = self.world, self.rng
        made: list[Referral] = []
        left = to_assessment
        remaining = sum(len(incident.members) for incident, _, _ in referred)
        rng.shuffle(referred)
        # Families share an outcome; single children come last and make the number exact.
        for incident, day, code in sorted(referred, key=lambda item: -len(item[0].members)):
            size = len(incident.members)
            assessed = left >= size and (rng.random() < left / remaining or left >= remaining)
            remaining -= size
            if assessed:
                left -= size
                outcome, nfa = "SWA", False
            else:
                outcome = rng.choices(("NFA", "ADVICE", "EH", "OTHER"), (45, 25, 24, 6))[0]
                nfa = outcome == "NFA"
            received = day
            lag = rng.choices((0, 1, 2), (64, 30, 6))[0]
            if lag:
                received = world.days.after(day, lag)
            if day <= world.as_at < received:
                received = day
            need = rng.choices(NEEDS, NEED_WEIGHTS)[0]
            for person in incident.members:
                referral = Referral(world.new_id("R"), person, received, outcome, nfa, code)
                known = self._record(person)
                known.referral = self._index(received)
                known.open_case = outcome == "SWA"
                self.referred.setdefault(known.referral, []).append(person)
                if outcome != "SWA":
                    referral.closed = received
                    referral.close_reason = "RC7"
                team = (
                    world.team("ASSESSMENT", person.locality, received, person.family_id)
                    if rng.random() > 0.003 or received >= targets.LAST_QUARTER
                    else world.team("MASH", None, received)
                )
                referral.row = world.add(
                    "ssd_cin_episodes",
                    cine_referral_id=referral.id,
                    cine_person_id=person.id,
                    cine_referral_date=received,
                    cine_cin_primary_need_code=need,
                    cine_referral_source_code=code,
                    cine_referral_nfa="Y" if nfa else "N",
                    cine_referral_team=team,
                    x_cine_outcome_code=outcome,
                    cine_close_date=referral.closed,
                    cine_close_reason=referral.close_reason,
                )
                made.append(referral)
        return made

    def _index(self, day: date) -> int:
        first = self.first_month
        return (day.year - first.year) * 12 + day.month - first.month


class _Urn:
    """Source codes to be given out, an exact number of each source."""

    codes: ClassVar[list[tuple[tuple[str | None, ...], list[int]]]] = [
        (tuple(code for code, _ in pairs), list(accumulate(weight for _, weight in pairs)))
        for pairs in (SOURCE_CODES[source] for source in targets.SOURCES)
    ]

    def __init__(self, rng: random.Random, counts: list[int]) -> None:
        self.rng = rng
        self.left = list(counts)

    def take(self, size: int) -> list[str | None]:
        """Codes for `size` children of one contact: of one source while one has room."""
        room = list(accumulate(count if count >= size else 0 for count in self.left))
        if not room[-1]:
            return [self.take(1)[0] for _ in range(size)]
        source = bisect(room, self.rng.random() * room[-1])
        self.left[source] -= size
        codes, weights = self.codes[source]
        code = codes[bisect(weights, self.rng.random() * weights[-1])]
        return [code] * size
