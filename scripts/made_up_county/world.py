"""The made-up county: its calendar, its teams, its children, and the rows of their records.

Modules of this package (front door, assessments, child protection, looked-after children, ...)
take a `World`, make children and append rows and spans to it. They draw chance from
`World.random(name)`, a generator of their own, so that a change in one module does not move the
cases of another.

Dates are ``datetime.date`` throughout; a month is the date of its first day. Intervals are
half-open: a row that ends on a day is no longer open on that day.
"""

from __future__ import annotations

import calendar
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

import holidays

from made_up_county.contract import TABLES

DAY = timedelta(days=1)

# The county's own calendar: before it nothing is recorded, after it nothing is known.
HISTORY_FROM = date(2013, 4, 1)
LAST_MONTH = date(2018, 3, 1)
AS_AT = date(2018, 4, 10)

LOCALITIES = ("BRECKLAND", "NORTH", "NORWICH", "SOUTH", "WEST", "YARMOUTH")
# Share of the county's cases, roughly by population and need.
LOCALITY_WEIGHTS = (13, 14, 25, 15, 17, 16)

# Teams of each locality by type, and teams for the whole county.
LOCAL_TEAMS: dict[str, dict[str, int]] = {
    "ASSESSMENT": dict.fromkeys(LOCALITIES, 2),
    "FIT": {"BRECKLAND": 2, "NORTH": 2, "NORWICH": 3, "SOUTH": 3, "WEST": 2, "YARMOUTH": 2},
    "LAC": {"BRECKLAND": 1, "NORTH": 1, "NORWICH": 2, "SOUTH": 1, "WEST": 2, "YARMOUTH": 2},
    "EHFF": dict.fromkeys(LOCALITIES, 1),
}
COUNTY_TEAMS: dict[str, int] = {
    "MASH": 1,
    "CWD": 2,
    "NIPE": 1,
    "LEAVING_CARE": 2,
    "ADOPTION": 1,
    "FOSTERING": 1,
}
# Teams were moved between two localities in January 2018: (team type, from, to).
MOVE_DATE = date(2018, 1, 15)
MOVES = (("FIT", "SOUTH", "NORWICH"), ("FIT", "NORWICH", "SOUTH"))

ETHNICITIES = ("WBRI", "WOTH", "MWBC", "MWAS", "MOTH", "AOTH", "BAFR", "OOTH", "NOBT")
ETHNICITY_WEIGHTS = (850, 40, 18, 12, 14, 12, 14, 10, 30)


# --- months and working days -----------------------------------------------------------------


def month_of(day: date) -> date:
    """The month (its first day) in which a day lies."""
    return day.replace(day=1)


def add_months(day: date, months: int) -> date:
    """The same day some months later or earlier, held to the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def upn(digits: str) -> str:
    """A unique pupil number: twelve digits behind their check letter."""
    total = sum(place * int(digit) for place, digit in enumerate(digits, start=2))
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23] + digits


@cache
def month_end(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def months_between(first: date, last: date) -> list[date]:
    """Every month from the first to the last, both included; empty if the last is earlier."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [add_months(first.replace(day=1), n) for n in range(count)]


def age_at(born: date, day: date) -> int:
    """Completed years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@cache
def _eighteenth(born: date) -> date:
    try:
        return born.replace(year=born.year + 18)
    except ValueError:
        return date(born.year + 18, 3, 1)


class WorkingDays:
    """Working days of England and Wales: Monday to Friday, bank holidays left out."""

    def __init__(self, first_year: int = 1990, last_year: int = 2020) -> None:
        bank = holidays.country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1))
        self._start = date(first_year, 1, 1).toordinal()
        end = date(last_year, 12, 31).toordinal()
        self._total: list[int] = []  # working days up to and including each day
        self._days: list[date] = []
        for ordinal in range(self._start, end + 1):
            day = date.fromordinal(ordinal)
            if day.weekday() < 5 and day not in bank:
                self._days.append(day)
            self._total.append(len(self._days))

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative if `end` is earlier."""
        return (
            self._total[end.toordinal() - self._start]
            - self._total[start.toordinal() - self._start]
        )

    def after(self, start: date, count: int) -> date:
        """The `count`-th working day after a day; for a negative count, before it.

        ``after(end, -n)`` is the latest working day `a` with ``between(a, end) == n``
        when `end` is a working day.
        """
        done = self._total[start.toordinal() - self._start]
        return self._days[done + count - 1]

    def is_working(self, day: date) -> bool:
        """Whether a day is a working day."""
        return self.between(day - DAY, day) == 1

    def in_month(self, month: date, until: date | None = None) -> list[date]:
        """The working days of a month, up to and including `until` if that is given."""
        last = min(month_end(month), until) if until else month_end(month)
        lo = self._total[(month - DAY).toordinal() - self._start]
        hi = self._total[last.toordinal() - self._start]
        return self._days[lo:hi]


# --- people, teams, spans --------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Person:
    """A child. Exactly one of `dob` and `expected_dob` is given."""

    id: str
    dob: date | None
    expected_dob: date | None
    sex: str
    ethnicity: str
    locality: str
    family_id: str
    death_date: date | None = None
    alias_id: str | None = None

    @property
    def born(self) -> date:
        """The date of birth, or the expected one of an unborn child."""
        return self.dob or self.expected_dob  # type: ignore[return-value]

    def age(self, day: date) -> int:
        """Completed years on a day; negative before birth."""
        return age_at(self.born, day)

    @property
    def eighteenth(self) -> date:
        """The 18th birthday, as ``age`` counts it (29 February counts on 1 March)."""
        return _eighteenth(self.born)


@dataclass(slots=True)
class Team:
    """A team; `spells` are (locality, from, to), half-open, none for a county-wide team."""

    id: str
    name: str
    type: str
    spells: list[tuple[str, date, date | None]] = field(default_factory=list)

    def locality(self, on: date) -> str | None:
        """The locality where the team works on a day."""
        for locality, start, end in self.spells:
            if start <= on and (end is None or on < end):
                return locality
        return None


@dataclass(slots=True)
class Span:
    """A time in which a child is in work with a service and needs a worker.

    service: ASSESSMENT, CIN, CP, LAC or CARE_LEAVER; where spans of one child overlap the higher
    holds the child: LAC, then CP, CIN, ASSESSMENT. `team_type` is the type of team that should
    hold the child; `team_id` asks for one team of it.
    """

    person: Person
    service: str
    locality: str
    team_type: str
    start: date
    end: date | None
    referral_id: str | None = None
    team_id: str | None = None


class World:
    """Everything that has been made so far.

    Args:
        seed: the same seed gives the same county, to the byte.
        first_month: first month with events.
        last_month: last complete month.
    """

    def __init__(
        self, seed: int = 1, first_month: date = HISTORY_FROM, last_month: date = LAST_MONTH
    ) -> None:
        self.seed = seed
        self.first_month = first_month.replace(day=1)
        self.last_month = last_month.replace(day=1)
        self.first_day = self.first_month
        self.last_day = month_end(self.last_month)
        self.as_at = self.last_day + timedelta(days=10)
        self.months = months_between(self.first_month, self.last_month)
        self.days = WorkingDays()
        self.rng = self.random("world")
        self.rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
        self._columns = {table: frozenset(columns) for table, columns in TABLES.items()}
        self._numbers: dict[str, int] = {}
        self.people: list[Person] = []
        self.families: dict[str, list[Person]] = {}
        self.spans: list[Span] = []
        self.notes: list[str] = []  # what a module could not do as planned
        self.teams: list[Team] = []
        self._by_type: dict[str, list[Team]] = {}
        self._teams_of: dict[tuple[str, str | None, bool], list[Team]] = {}
        self._people_rng = self.random("people")
        self._make_teams()

    # -- chance, ids, rows

    def random(self, name: str) -> random.Random:
        """A generator of chance that belongs to one part of the county."""
        return random.Random(f"{self.seed}:{name}")

    def new_id(self, prefix: str) -> str:
        """The next id with a prefix, as in R000123. A prefix belongs to one kind of thing."""
        number = self._numbers.get(prefix, 0) + 1
        self._numbers[prefix] = number
        return f"{prefix}{number:06d}"

    def id_like(self, known: str) -> str:
        """The next id with the prefix of another, as R000124 after R000123."""
        return self.new_id(known.rstrip("0123456789"))

    def add(self, table: str, **columns: Any) -> dict[str, Any]:
        """Append one row; columns that are left out are empty.

        Raises:
            KeyError: the table or one of the columns is not in the contract.
        """
        if not columns.keys() <= self._columns[table]:
            unknown = sorted(columns.keys() - self._columns[table])
            raise KeyError(f"{table} has no column {', '.join(unknown)}")
        self.rows[table].append(columns)
        return columns

    def columns(self, table: str) -> frozenset[str]:
        """The columns of a table of the contract."""
        return self._columns[table]

    def span(
        self,
        person: Person,
        service: str,
        team_type: str,
        start: date,
        end: date | None = None,
        *,
        locality: str | None = None,
        referral_id: str | None = None,
        team_id: str | None = None,
    ) -> Span:
        """Say that a child is in work with a service for a time (see `Span`)."""
        made = Span(
            person,
            service,
            locality or person.locality,
            team_type,
            start,
            end,
            referral_id,
            team_id,
        )
        self.spans.append(made)
        return made

    # -- people

    def child(
        self,
        *,
        dob: date | None = None,
        expected_dob: date | None = None,
        on: date | None = None,
        ages: tuple[int, int] = (0, 16),
        born_between: tuple[date, date] | None = None,
        sex: str | None = None,
        locality: str | None = None,
        family_id: str | None = None,
    ) -> Person:
        """Make a child.

        The birth date is `dob`, or `expected_dob` (an unborn child), or drawn from
        `born_between` (both ends included), or such that the child has one of `ages` (completed
        years, both included) on the day `on`.

        Args:
            family_id: an existing family; its locality is taken unless one is given.
        """
        rng = self._people_rng
        if dob is None and expected_dob is None:
            if born_between is None:
                if on is None:
                    raise ValueError("a child needs dob, expected_dob, born_between or on")
                born_between = (
                    add_months(on, -12 * (ages[1] + 1)) + DAY,
                    add_months(on, -12 * ages[0]),
                )
            first, last = born_between
            dob = first + timedelta(days=rng.randint(0, (last - first).days))
        if family_id is None:
            family_id = self.new_id("F")
            self.families[family_id] = []
        members = self.families.setdefault(family_id, [])
        if locality is None:
            locality = (
                members[0].locality if members else rng.choices(LOCALITIES, LOCALITY_WEIGHTS)[0]
            )
        if expected_dob is not None:
            sex = "U"
        elif sex is None:
            sex = rng.choices("MFU", (510, 488, 2))[0]
        ethnicity = (
            members[0].ethnicity if members else rng.choices(ETHNICITIES, ETHNICITY_WEIGHTS)[0]
        )
        person = Person(self.new_id("P"), dob, expected_dob, sex, ethnicity, locality, family_id)
        self.people.append(person)
        members.append(person)
        return person

    def sibling(self, of: Person, on: date) -> Person:
        """Make a brother or sister who is born before `on` and under 18 on that day."""
        rng = self._people_rng
        born = on - DAY
        for _ in range(12):
            gap = rng.randint(330, 2200) * rng.choice((-1, 1))
            born = of.born + timedelta(days=gap)
            if born <= on and age_at(born, on) < 17:
                break
        else:
            born = on - timedelta(days=rng.randint(30, 5800))
        return self.child(dob=born, family_id=of.family_id)

    def alias(self, person: Person) -> str:
        """The id of a second record of the child, since merged into the first."""
        if person.alias_id is None:
            person.alias_id = self.new_id("PM")
        return person.alias_id

    # -- teams

    def _make_teams(self) -> None:
        moving = {(kind, source): target for kind, source, target in MOVES}
        since = date(2010, 4, 1)
        for kind, counts in LOCAL_TEAMS.items():
            for locality, count in counts.items():
                for number in range(1, count + 1):
                    team = self._team(kind, f"{locality.title()} {kind} {number}")
                    target = moving.get((kind, locality)) if number == count else None
                    if target:
                        team.spells.append((locality, since, MOVE_DATE))
                        team.spells.append((target, MOVE_DATE, None))
                    else:
                        team.spells.append((locality, since, None))
        for kind, count in COUNTY_TEAMS.items():
            for number in range(1, count + 1):
                self._team(kind, f"{kind.replace('_', ' ').title()} {number}")
        for team in self.teams:
            self.add(
                "ssd_department",
                dept_team_id=team.id,
                dept_team_name=team.name,
                x_dept_team_type_code=team.type,
            )
            for locality, start, end in team.spells:
                self.add(
                    "ssdx_team_localities",
                    tloc_team_id=team.id,
                    tloc_locality_code=locality,
                    tloc_valid_from=start,
                    tloc_valid_to=end,
                )

    def _team(self, kind: str, name: str) -> Team:
        team = Team(self.new_id("T"), name, kind)
        self.teams.append(team)
        self._by_type.setdefault(kind, []).append(team)
        return team

    def teams_of(self, team_type: str, locality: str | None, on: date) -> list[Team]:
        """The teams of a type that work in a locality on a day; county-wide ones always do."""
        key = (team_type, locality, on >= MOVE_DATE)
        if key not in self._teams_of:
            self._teams_of[key] = [
                team
                for team in self._by_type.get(team_type, [])
                if not team.spells or team.locality(on) == locality
            ]
        return self._teams_of[key]

    def team(self, team_type: str, locality: str | None, on: date, key: str | None = None) -> str:
        """The id of a team of a type that works in a locality on a day.

        Args:
            key: a person or family id, so that a family meets the same team each time;
                without it the first team is taken.

        Raises:
            LookupError: no such team.
        """
        found = self.teams_of(team_type, locality, on)
        if not found:
            raise LookupError(f"no {team_type} team in {locality} on {on}")
        return found[int(key[1:]) % len(found) if key else 0].id

    # -- the registers

    def write_registers(self) -> None:
        """Append the rows of ssd_person and ssd_family; call once, after everything else."""
        rng = self.random("registers")
        for person in self.people:
            row = {
                "pers_dob": person.dob,
                "pers_expected_dob": person.expected_dob,
                "pers_sex": person.sex,
                "pers_ethnicity": person.ethnicity,
                "pers_death_date": person.death_date,
            }
            # Unique pupil numbers exist from reception year on.
            if person.dob and age_at(person.dob, self.as_at) >= 5 and rng.random() < 0.95:
                row["pers_upn"] = upn(f"{rng.choice('23456789')}{rng.randrange(10**11):011d}")
            self.add("ssd_person", pers_person_id=person.id, **row)
            self.add("ssd_family", fami_family_id=person.family_id, fami_person_id=person.id)
            if person.alias_id:
                row.pop("pers_upn", None)
                self.add(
                    "ssd_person",
                    pers_person_id=person.alias_id,
                    x_pers_merged_into_id=person.id,
                    **row,
                )
