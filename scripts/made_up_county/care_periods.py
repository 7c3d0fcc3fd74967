"""Periods of care: who comes into care, when, and how and when the period ends.

The months are taken in order. Each has a number of admissions and of leavers of every kind
(`targets_care`); which children they are is chance within what is plausible for their age and
their time in care. Leavers are counted apart by whether they had been in care for a year, because
7.10 prints how many had.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

from made_up_county import targets_care as targets
from made_up_county.world import DAY, Person, World, age_at, month_end, month_of
from made_up_county.world import add_months as plain_add_months

# The same days come back many times.
add_months = cache(plain_add_months)
YEAR = timedelta(days=365)
# Ages on coming into care, and their shares.
ENTRY_AGES = ((0, 0, 18), (1, 4, 16), (5, 9, 14), (10, 13, 19), (14, 15, 28), (16, 16, 10))


@dataclass(slots=True, eq=False)
class Placement:
    """A placement of a period: one carer, half-open."""

    start: date
    end: date | None
    type: str = ""
    reason: str = "P"


@dataclass(slots=True, eq=False)
class Period:
    """A period of care.

    `left` is the day on which the child leaves the stock: the end of the period or the 18th
    birthday, whichever is earlier. `fate` says how: ADOPTED, SGO, AT_18, TURNED_18 (a period that
    has no end by the birthday) or HOME.
    """

    person: Person
    start: date
    referral_id: str
    left: date | None = None
    end: date | None = None
    fate: str = ""
    again: bool = False
    disabled: bool = False
    placements: list[Placement] = field(default_factory=list)
    shobpa: date | None = None
    placement_order: date | None = None
    matched: date | None = None
    placed: date | None = None
    carer_adopts: bool = False
    id: str = ""

    def in_care(self, day: date) -> bool:
        """Whether the child is looked after at the end of a day."""
        return self.start <= day and (self.left is None or self.left > day)


@cache
def key(month: date) -> str:
    """A month as the targets write it."""
    return f"{month:%Y-%m}"


class Intake:
    """Admissions and leavers, month by month."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng: Random = world.random("care periods")
        self.periods: list[Period] = []
        self.current: list[Period] = []
        self.still_leaving = dict(targets.LEAVE_BEFORE_A_YEAR)
        self.segments: dict[str, list[tuple[date, date, int]]] = {}
        for first, last, count in targets.ADMISSIONS:
            self.segments.setdefault(key(first), []).append((first, last, count))
        # Those who may leave before their twentieth working day, by the month of that day.
        self.early_left = dict.fromkeys(targets.TWENTY_DAYS, 0)
        admitted = dict.fromkeys(targets.TWENTY_DAYS, 0)
        for first, _, count in targets.ADMISSIONS:
            due = key(world.days.after(first, 20))
            if due in admitted:
                admitted[due] += count
        for month, count in targets.TWENTY_DAYS.items():
            self.early_left[month] = admitted[month] - count

    # -- coming in

    def admit(self, day: date, previous: Period | None) -> Period:
        """A child comes into care: someone new, a brother or sister of `previous`, or again."""
        world, rng = self.world, self.rng
        again = False
        if previous and rng.random() < 0.33:
            person = world.sibling(previous.person, day)
        elif rng.random() < 0.04 and (back := self._someone_back(day)):
            person, again = back, True
        else:
            low, high, _ = rng.choices(ENTRY_AGES, [share for *_, share in ENTRY_AGES])[0]
            person = world.child(on=day, ages=(low, high))
        if not again and add_months(person.born, 17 * 12) <= day:
            person.dob = add_months(day, -16 * 12 - 6)
        return self._enter(person, day, again)

    def _someone_back(self, day: date) -> Person | None:
        for _ in range(4):
            period = self.rng.choice(self.periods) if self.periods else None
            if (
                period
                and period.fate == "HOME"
                and period.left
                and timedelta(days=45) < day - period.left < 2 * YEAR
                and period.person.age(day) < 15
                and not any(p.person is period.person and p.in_care(day) for p in self.current)
                and not period.again
            ):
                period.again = True
                return period.person
        return None

    def _enter(self, person: Person, day: date, again: bool = False) -> Period:
        period = Period(person, day, self.world.new_id("RL"), again=again)
        period.disabled = self.rng.random() < 0.05
        self.periods.append(period)
        self.current.append(period)
        return period

    def starting_stock(self, count: int) -> None:
        """Children who are already in care on the first day."""
        rng, first = self.rng, self.world.first_day
        while len(self.current) < count:
            low, high, _ = rng.choices(ENTRY_AGES, [share for *_, share in ENTRY_AGES])[0]
            since = min(4200, int(rng.expovariate(1 / 900))) + 2
            start = first - timedelta(days=since)
            person = self.world.child(on=start, ages=(low, high))
            if age_at(person.born, first) >= 17 and rng.random() < 0.1:
                person.dob = add_months(first, -12 * 17 - rng.randint(0, 8))
            if age_at(person.born, first) <= 17:
                self._enter(person, start)

    def admissions(self, month: date) -> None:
        """The month's admissions, spread over its days, brothers and sisters together."""
        rng = self.rng
        segments = self.segments.get(key(month))
        if segments is None:
            count = targets.ADMISSIONS_2016.get(key(month))
            if count is None:
                count = 38 + rng.randint(-6, 6)
            segments = [(month + DAY, month_end(month), count)]
        for first, last, count in segments:
            span = (last - first).days
            days = sorted(first + timedelta(days=rng.randint(0, span)) for _ in range(count))
            previous = None
            for day in days:
                if previous and (day - previous.start).days <= 4 and rng.random() < 0.4:
                    day = previous.start
                previous = self.admit(day, previous)

    # -- leaving

    def leave(self, month: date) -> None:
        """Choose the month's leavers."""
        name = key(month)
        if name in targets.CEASED:
            self._leave_as_planned(month, name)
        elif name in targets.STILL_IN_CARE_2016:
            self._leave_of_2016(month, name)
        else:
            self._leave_at_large(month)
        self.current = [period for period in self.current if period.in_care(month_end(month))]

    def _leave_as_planned(self, month: date, name: str) -> None:
        turned, at_18 = targets.TURNED_18[name], targets.AT_18[name]
        adopted, guardians = targets.ADOPTED[name], targets.SPECIAL_GUARDIANSHIP[name]
        total = targets.CEASED[name] + turned
        year_ago = add_months(month, -12)
        old = [p for p in self.current if p.start <= add_months(month, -12)]
        passing = {p for p in self.current if month_of(p.start) == year_ago}
        new = [p for p in self.current if p.start >= add_months(month, -11)]
        old = [p for p in old if p not in passing]
        due = targets.A_YEAR_IN_CARE[key(add_months(month, -1))] + len(passing)
        long = due - targets.A_YEAR_IN_CARE[name]
        pool = list(old)
        self._eighteen(pool, month, turned, at_18)
        self._adopt(pool, month, adopted)
        left = long - turned - at_18 - adopted
        from_old = min(left, round(guardians * 0.7))
        self._guardians(pool, month, from_old)
        self._home(pool, month, left - from_old)
        self._leave_new(new, month, total - long, guardians - from_old)

    def _leave_new(self, new: list[Period], month: date, count: int, guardians: int) -> None:
        """Leavers with less than a year in care, the earliest ones by the quotas of 7.9."""
        days, rng, name = self.world.days, self.rng, key(month)
        end, following = month_end(month), key(add_months(month, 1))
        settled = []  # those who were there long enough for a special guardianship
        due = {p: days.after(p.start, 20) for p in new}
        before = targets.LEAVE_BEFORE_A_YEAR_IN.get(name, 0)
        if before:
            older = [p for p in new if p.start < date(2017, 4, 1)]
            quota = dict(self.still_leaving)
            rng.shuffle(older)
            for period in older:
                start = key(month_of(period.start))
                if before and quota.get(start) and due[period] < end - 3 * DAY:
                    quota[start] -= 1
                    before -= 1
                    self._gone(period, month, "HOME", after=due[period] + DAY)
                    settled.append(period)
                    count -= 1
            self.still_leaving = quota
        new = [p for p in new if p.left is None and p.start >= date(2017, 4, 1)]
        early = self.early_left.get(name, 0)
        # Those admitted this month who leave this month have not reached the twentieth day.
        own = [p for p in new if key(due[p]) == name]
        for period in rng.sample(own, min(early, count, len(own))):
            self._gone(period, month, "HOME", before=due[period])
            self.early_left[name] -= 1
            count -= 1
        if self.early_left.get(following, 0) and count:
            ahead = min(self.early_left[following] // 2, count)
            just_in = [p for p in new if key(due[p]) == following and p.start < end - 2 * DAY]
            for period in rng.sample(just_in, min(ahead, len(just_in))):
                self._gone(period, month, "HOME")
                self.early_left[following] -= 1
                count -= 1
        rest = [p for p in new if p.left is None and due[p] < end - DAY]
        for period in rng.sample(rest, min(count, len(rest))):
            self._gone(period, month, "HOME", after=due[period] + DAY)
            settled.append(period)
        for period in settled[::-1][:guardians]:
            period.fate = "SGO"

    def _leave_of_2016(self, month: date, name: str) -> None:
        rng, first = self.rng, date(2016, 4, 1)
        months_left = (2017 * 12 + 3) - (month.year * 12 + month.month) + 1
        old = [p for p in self.current if p.start < first]
        excess = len(old) - targets.A_YEAR_IN_CARE["2017-03"]
        adopted = targets.ADOPTED[name]
        ahead = sum(count for later, count in targets.ADOPTED.items() if name < later <= "2017-03")
        eighteen = 11
        spread = max(1, months_left * 0.7)  # sooner rather than later: March is full
        others = round((excess - adopted - ahead - eighteen * months_left) / spread)
        others = max(0, others)
        pool = list(old)
        self._eighteen(pool, month, 4, eighteen - 4)
        self._adopt(pool, month, adopted)
        self._guardians(pool, month, others // 3)
        self._home(pool, month, others - others // 3)
        # Admissions of the year, down to the survivors of each month of admission by March 2017.
        for start, survivors in reversed(targets.STILL_IN_CARE_2016.items()):
            here = [p for p in self.current if key(month_of(p.start)) == start and p.left is None]
            if not here:
                continue
            share = -(-(len(here) - survivors) * 3 // (2 * months_left + 1))
            if start in ("2017-02", "2017-03"):
                # Within reach of 7.9 of March and April: few before the twentieth day.
                count = 1 if name == "2017-02" else len(here) - survivors
                self._leave_early_2017(here, month, count)
                continue
            for period in rng.sample(here, max(0, share)):
                self._gone(period, month, "HOME")

    def _leave_early_2017(self, here: list[Period], month: date, count: int) -> None:
        days, rng, name = self.world.days, self.rng, key(month)
        due = {p: days.after(p.start, 20) for p in here}
        rng.shuffle(here)
        for period in here:
            if count <= 0:
                return
            own = key(due[period])
            if due[period] <= month_end(month) - DAY and not (
                own == name and self.early_left.get(own, 0) > 0
            ):
                self._gone(period, month, "HOME", after=due[period] + DAY)
                count -= 1
            elif self.early_left.get(own, 0) > 0 and period.start < month_end(month) - 2 * DAY:
                self._gone(period, month, "HOME", before=due[period])
                self.early_left[own] -= 1
                count -= 1
            elif own not in self.early_left and period.start < month_end(month) - 2 * DAY:
                self._gone(period, month, "HOME")
                count -= 1

    def _leave_at_large(self, month: date) -> None:
        before = (2016 - month.year) * 12 + 3 - month.month
        wanted = targets.EARLIER_STOCK - round(before * targets.RISE)
        wanted += round(targets.usual("stock", month, 0, 7))
        total = max(20, len(self.current) - wanted)
        adopted = self.rng.randint(5, 8)
        eighteen = min(self.rng.randint(8, 11), total - adopted - 4)
        pool = [p for p in self.current if p.start <= add_months(month, -12)]
        new = [p for p in self.current if p.start > add_months(month, -12)]
        new = [p for p in new if p.start < month_end(month) - 2 * DAY]
        self._eighteen(pool, month, 3, eighteen - 3)
        self._adopt(pool, month, adopted)
        self._guardians(pool, month, 4)
        rest = total - adopted - eighteen - 4
        short = round(rest * 0.65)
        for period in self.rng.sample(new, min(short, len(new))):
            self._gone(period, month, "HOME")
        self._home(pool, month, rest - short)

    def _eighteen(self, pool: list[Period], month: date, turned: int, at_18: int) -> None:
        """The oldest turn 18 this month; their birthdays are moved into it where they are not."""
        pool.sort(key=lambda p: (p.person.born, p.person.id))
        chosen = [p for p in pool if not self._twice(p)][: turned + at_18]
        self.rng.shuffle(chosen)
        for number, period in enumerate(chosen):
            born = period.person.born
            birthday = date(month.year - 18, month.month, 1) + timedelta(
                days=self.rng.randint(0, month_end(month).day - 1)
            )
            if (born.year + 18, born.month) != (month.year, month.month):
                period.person.dob = birthday
            period.left = period.person.eighteenth
            if number < turned:
                period.fate = "TURNED_18"
                # Closed late, or not yet.
                late = period.left + timedelta(days=self.rng.randint(1, 90))
                period.end = late if late <= self.world.last_day else None
            else:
                period.fate = "AT_18"
                period.end = period.left
            pool.remove(period)

    def _twice(self, period: Period) -> bool:
        return period.again

    def _adopt(self, pool: list[Period], month: date, count: int) -> None:
        def fit(period: Period) -> bool:
            since = (month - period.start).days
            return period.person.age(month) <= 6 and since >= 385 and not period.again

        young = [p for p in pool if fit(p)]
        usual = targets.DAYS_TO_ADOPTION.get(key(month), 440)
        young.sort(key=lambda p: (abs((month - p.start).days - usual), p.person.id))
        short = young[: max(count * 3, count)]
        for period in self.rng.sample(short, min(count, len(short))):
            self._gone(period, month, "ADOPTED")
            pool.remove(period)

    def _guardians(self, pool: list[Period], month: date, count: int) -> None:
        young = [p for p in pool if p.person.age(month) <= 13]
        for period in self.rng.sample(young, min(count, len(young))):
            self._gone(period, month, "SGO")
            pool.remove(period)

    def _home(self, pool: list[Period], month: date, count: int) -> None:
        # The longer in care, the fewer go home; teenagers mostly stay until they are 18.
        weights = [
            (0.35 if p.person.age(month) >= 13 else 1.0) / (0.5 + (month - p.start).days / 365)
            for p in pool
        ]
        for _ in range(max(0, min(count, len(pool)))):
            index = self.rng.choices(range(len(pool)), weights)[0]
            self._gone(pool.pop(index), month, "HOME")
            weights.pop(index)

    def _gone(
        self,
        period: Period,
        month: date,
        fate: str,
        after: date | None = None,
        before: date | None = None,
    ) -> None:
        """The period ends in the month, between the two days (both may be the end)."""
        first = max(month, period.start + DAY, after or month)
        last = max(first, min(month_end(month), before or month_end(month)))
        span = (last - first).days
        day = first + timedelta(days=self.rng.randint(0, span))
        if fate in ("ADOPTED", "SGO") and day.weekday() >= 5:  # courts sit on weekdays
            day = max(first, day - timedelta(days=day.weekday() - 4))
        period.left = period.end = day
        period.fate = fate

    def finish(self) -> None:
        """No child who is still in care may already be 18."""
        last = self.world.last_day
        for period in self.periods:
            stays = period.left or last + DAY
            if period.fate in ("AT_18", "TURNED_18"):
                continue
            if period.person.eighteenth <= stays:
                late = stays + timedelta(days=self.rng.randint(3, 150))
                period.person.dob = add_months(late, -18 * 12)


def make(world: World) -> list[Period]:
    """Every period of care, in order of start."""
    intake = Intake(world)
    intake.starting_stock(targets.EARLIER_STOCK - 29)
    for month in world.months:
        intake.admissions(month)
        intake.leave(month)
    intake.finish()
    intake.periods.sort(key=lambda p: (p.start, p.person.id))
    for period in intake.periods:
        period.id = world.new_id("LP")
    return intake.periods


def by_month(world: World, periods: Iterable[Period]) -> dict[date, list[Period]]:
    """The periods that are open on some day of each month."""
    found: dict[date, list[Period]] = {}
    for month in world.months:
        day = month_end(month)
        found[month] = [
            p for p in periods if p.start <= day and (p.left is None or p.left >= month)
        ]
    return found
