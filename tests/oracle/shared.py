"""Part A of the specification: months, working days, ages, allocations, localities, cases."""

from __future__ import annotations

import bisect
import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property, wraps
from typing import TypeVar

import holidays

from tests.oracle.load import Extract, Record

COUNTY = "COUNTY"
NOT_ALLOCATED = "NOT_ALLOCATED"
LOCALITIES = ("BRECKLAND", "NORTH", "NORWICH", "SOUTH", "WEST", "YARMOUTH")

DAY = dt.timedelta(days=1)


# --------------------------------------------------------------------------------------------
# Sections 1 and 3: months and windows


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month: `ms` its first day, `d` its last day."""

    year: int
    number: int

    @cached_property
    def ms(self) -> dt.date:
        return dt.date(self.year, self.number, 1)

    @cached_property
    def d(self) -> dt.date:
        return dt.date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @cache  # noqa: B019 - there are only a few hundred months
    def plus(self, months: int) -> Month:
        """Return the month that many months later (earlier when negative)."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    @property
    def w12(self) -> dt.date:
        """First day of the rolling twelve months."""
        return self.plus(-11).ms

    @property
    def w3(self) -> dt.date:
        """First day of the rolling three months."""
        return self.plus(-2).ms

    @cache  # noqa: B019 - there are only a few hundred months
    def rolling(self, count: int) -> tuple[Month, ...]:
        """The last `count` months up to and including this one."""
        return tuple(self.plus(-back) for back in range(count - 1, -1, -1))

    def year_to_date(self) -> tuple[Month, ...]:
        """The months of the financial year (from April) up to and including this one."""
        return self.rolling((self.number - 4) % 12 + 1)

    def has(self, day: dt.date | None) -> bool:
        """Say whether a day lies in the month; no day lies in none."""
        return day is not None and self.ms <= day <= self.d


def month_of(day: dt.date) -> Month:
    """Return the month of a day."""
    return Month(day.year, day.month)


def reported_months(x: Extract) -> tuple[Month, ...]:
    """The 36 months up to the last that was complete at the as-at date."""
    last = month_of(x.as_at)
    if last.d > x.as_at:
        last = last.plus(-1)
    return last.rolling(36)


# --------------------------------------------------------------------------------------------
# Section 2: open


def is_open(start: dt.date | None, end: dt.date | None, d: dt.date) -> bool:
    """Half-open: a row whose end is `d` is closed at `d`."""
    return start is not None and start <= d and (end is None or end > d)


def open_in(start: dt.date, end: dt.date | None, w0: dt.date, d: dt.date) -> bool:
    """Open at any time in the window [w0, d]; G21: a row of no length never is."""
    return start != end and start <= d and (end is None or end > w0)


# --------------------------------------------------------------------------------------------
# Section 4: working days

FIRST_YEAR, LAST_YEAR = 1970, 2075


@cache
def _working_days() -> list[dt.date]:
    closed = holidays.country_holidays(
        "GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1), observed=True
    )
    day, last = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)
    found = []
    while day <= last:
        if day.weekday() < 5 and day not in closed:
            found.append(day)
        day += DAY
    return found


@cache
def _ordinal(day: dt.date) -> int:
    return bisect.bisect_right(_working_days(), day)


def wd(a: dt.date | None, b: dt.date | None) -> int | None:
    """Working days w with a < w <= b; null when b lies before a or either is missing."""
    if a is None or b is None or b < a:
        return None
    return _ordinal(b) - _ordinal(a)


def wd_within(a: dt.date | None, b: dt.date | None, limit: int | None) -> bool:
    """In time: WD(a, b) is known and not above the limit."""
    days = wd(a, b)
    return days is not None and limit is not None and days <= limit


def wd_over(a: dt.date | None, b: dt.date | None, limit: int | None) -> bool:
    """Overdue: WD(a, b) is known and above the limit."""
    days = wd(a, b)
    return days is not None and limit is not None and days > limit


def due(a: dt.date, n: int) -> dt.date:
    """The n-th working day after `a`; the last date of all beyond the calendar."""
    position = _ordinal(a) + n - 1
    days = _working_days()
    return days[position] if position < len(days) else dt.date.max


# --------------------------------------------------------------------------------------------
# Section 5: months of a duration


@cache
def am(a: dt.date, n: int) -> dt.date:
    """Same day n months later, clamped to the last day of a shorter month."""
    index = a.year * 12 + a.month - 1 + n
    year, month = index // 12, index % 12 + 1
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month, min(a.day, calendar.monthrange(year, month)[1]))


# --------------------------------------------------------------------------------------------
# Section 6: age


def age(dob: dt.date, d: dt.date) -> int:
    """Age in whole years; a child of 29 February has its birthday on 1 March in other years."""
    return d.year - dob.year - (1 if (d.month, d.day) < (dob.month, dob.day) else 0)


def birthday(dob: dt.date, years: int) -> dt.date:
    """The first day on which a person has that age."""
    try:
        return dob.replace(year=dob.year + years)
    except ValueError:
        return dt.date(dob.year + years, 3, 1)


def birth_date(x: Extract, person_id: str | None) -> dt.date | None:
    """The date of birth; null when unknown, or when it lies after the as-at date (unborn)."""
    person = x.persons.get(person_id) if person_id is not None else None
    if person is None or person.dob is None or person.dob > x.as_at:
        return None
    return person.dob


def is_unborn(x: Extract, person_id: str | None) -> bool:
    """No date of birth, and an expected one (or a date of birth after the as-at date)."""
    person = x.persons.get(person_id) if person_id is not None else None
    if person is None or birth_date(x, person_id) is not None:
        return False
    return person.dob is not None or person.expected_dob is not None


def age_of(x: Extract, person_id: str | None, d: dt.date) -> int | None:
    """Age at `d`; null when the date of birth is not known."""
    dob = birth_date(x, person_id)
    return None if dob is None else age(dob, d)


def is_child(x: Extract, person_id: str | None, d: dt.date) -> bool:
    """Under 18, unborn, or of unknown age (G24)."""
    years = age_of(x, person_id, d)
    return years is None or years < 18


def ended_after_18(x: Extract, person_id: str | None, end: dt.date) -> bool:
    """G25: an end after the 18th birthday is not a ceasing."""
    dob = birth_date(x, person_id)
    return dob is not None and end > birthday(dob, 18)


# --------------------------------------------------------------------------------------------
# Caching by extract


T = TypeVar("T")


def remember(function: Callable[..., T]) -> Callable[..., T]:
    """Keep the result of `function(x, *args)` in the cache of the extract."""

    @wraps(function)
    def wrapper(x: Extract, *args: object) -> T:
        key = (function.__module__, function.__name__, *args)
        if key not in x.cache:
            x.cache[key] = function(x, *args)
        return x.cache[key]  # type: ignore[return-value]

    return wrapper


def by_person(rows: Iterable[Record]) -> dict[str, list[Record]]:
    """Index rows by person; rows without one are left out."""
    index: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        if row.person_id is not None:
            index[row.person_id].append(row)
    return index


# --------------------------------------------------------------------------------------------
# Section 10: allocations and localities


@remember
def localities_of_teams(x: Extract) -> dict[str, list[Record]]:
    """The dated rows of each team, the latest first."""
    index: dict[str, list[Record]] = defaultdict(list)
    for row in x.team_localities:
        if row.team_id is not None:
            index[row.team_id].append(row)
    for rows in index.values():
        rows.sort(key=lambda row: row.valid_from, reverse=True)
    return index


def area_of_team(x: Extract, team_id: str | None, day: dt.date) -> str:
    """The locality in which the team is on that day."""
    for row in localities_of_teams(x).get(team_id or "", []):
        if is_open(row.valid_from, row.valid_to, day):
            return row.locality_code if row.locality_code in LOCALITIES else NOT_ALLOCATED
    return NOT_ALLOCATED


@remember
def primary_allocations(x: Extract) -> dict[str, list[Record]]:
    """Primary allocations by person in order of start, then id; G63: none of zero length."""
    index = by_person(
        row for row in x.allocations if row.is_primary and row.start_date != row.end_date
    )
    for rows in index.values():
        rows.sort(key=lambda row: (row.start_date, row.allocation_id or ""))
    return index


@remember
def primary_allocation(x: Extract, person_id: str | None, day: dt.date) -> Record | None:
    """The one primary allocation open that day: the latest start, then the highest id (G14)."""
    for row in reversed(primary_allocations(x).get(person_id or "", [])):
        if is_open(row.start_date, row.end_date, day):
            return row
    return None


@remember
def area_of_child(x: Extract, person_id: str | None, day: dt.date) -> str:
    """The locality of the team of the child's primary allocation open that day."""
    allocation = primary_allocation(x, person_id, day)
    return NOT_ALLOCATED if allocation is None else area_of_team(x, allocation.team_id, day)


def area_of_event(x: Extract, team_id: str | None, person_id: str | None, day: dt.date) -> str:
    """The team on the event if there is one, else the child's primary allocation that day."""
    if team_id is not None:
        return area_of_team(x, team_id, day)
    return area_of_child(x, person_id, day)


def area_of_end(x: Extract, person_id: str | None, end: dt.date) -> str:
    """G11, G60: an end takes allocation and locality of the day before."""
    return area_of_child(x, person_id, end - DAY)


# --------------------------------------------------------------------------------------------
# Section 11: population; section 19: parameters

POPULATION = [(COUNTY, dt.date(2017, 3, 1), 169_052)]


def population(area: str, d: dt.date) -> int | None:
    """The latest row of the area that is valid by `d`; null when there is none."""
    rows = [(since, people) for where, since, people in POPULATION if where == area and since <= d]
    return max(rows)[1] if rows else None


ALWAYS = dt.date.min
PARAMETERS: dict[str, list[tuple[dt.date, int]]] = {
    "assessment_wd": [(dt.date(2013, 4, 15), 45)],
    "icpc_wd": [(ALWAYS, 15)],
    "cp_visit_wd": [(ALWAYS, 20), (dt.date(2017, 7, 1), 10)],
    "cp_visit_wd_fixed": [(ALWAYS, 20)],
    "cin_plan_wd": [(ALWAYS, 20), (dt.date(2017, 1, 1), 45)],
}


def parameter(name: str, d: dt.date) -> int | None:
    """The value in force at `d`; null before the first."""
    rows = [(since, value) for since, value in PARAMETERS[name] if since <= d]
    return max(rows)[1] if rows else None


# --------------------------------------------------------------------------------------------
# Section 17: up-to-date plans


def is_current(plan: Record, d: dt.date, months: int) -> bool:
    """Open at `d`, and the last activity by then not more than `months` months ago."""
    if not is_open(plan.start_date, plan.end_date, d):
        return False
    last_activity = max([plan.start_date, *(r for r in plan.reviews if r <= d)])
    return d <= am(last_activity, months)


# --------------------------------------------------------------------------------------------
# What the section modules return


@dataclass(frozen=True)
class Case:
    """One counted thing in one month: what it adds to numerator and denominator."""

    case_id: str
    person_id: str | None
    area: str
    num: float
    den: float


def case(case_id: object, person_id: str | None, area: str, num: object, den: object = 1) -> Case:
    """Make a case; numerator and denominator may be given as true or false."""
    return Case(str(case_id), person_id, area, float(num), float(den))  # type: ignore[arg-type]
