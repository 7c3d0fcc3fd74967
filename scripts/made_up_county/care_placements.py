"""Placements within the periods of care.

Two groups are moved apart. Children who are ever long-term (9.1: under 16, thirty months in care)
move rarely, and when they do decides how many are stable for two years. The others move as 9.2
needs: so many of them have had three placements in twelve months. A move of the first group never
makes a third placement.
"""

from __future__ import annotations

from datetime import date, timedelta

from made_up_county import targets_care as targets
from made_up_county.care_periods import Period, Placement, add_months, key
from made_up_county.world import DAY, World, month_end, months_between

FIRST = date(2017, 3, 1)  # the first month that the report prints
USUAL_THREE_PLACEMENTS = 106


def half_up(numerator: int, denominator: int, scale: int) -> int:
    """`scale` times a share, rounded half up to a whole number."""
    return (2 * scale * numerator + denominator) // (2 * denominator)


class Moves:
    """The days on which children move, by period."""

    def __init__(self, world: World, periods: list[Period]) -> None:
        self.world = world
        self.rng = world.random("placements")
        self.periods = periods
        self.calibrated = months_between(FIRST, world.last_month)
        self.moves: dict[Period, list[date]] = {period: [] for period in periods}
        for period in periods:
            if period.fate == "ADOPTED":
                period.carer_adopts = self.rng.random() < 0.15
                if not period.carer_adopts:
                    self.moves[period].append(period.placed)
        self.fixed = {p for p in periods if p.fate == "ADOPTED" or p.again}

    def long_term(self, month: date) -> list[Period]:
        """Children in the denominator of 9.1 at the end of a month."""
        day = month_end(month)
        return [
            p
            for p in self.periods
            if p.in_care(day) and add_months(p.start, 30) <= day and p.person.age(day) < 16
        ]

    def settle_ages(self) -> None:
        """Make the printed percentages of 9.1 possible.

        With few hundred children not every tenth of a per cent is a whole number of them. A few
        children who are nearly 16 get their birthday into the month.
        """
        for month in self.calibrated[-4:]:
            wanted = targets.STABLE[key(month)]
            group = self.long_term(month)
            day = month_end(month)
            group.sort(key=lambda p: (p.person.born, p.person.id))
            movable = [p for p in group if p not in self.fixed]
            count = 0
            while self._stable_number(len(group) - count, wanted) is None and count < 12:
                count += 1
            for period in movable[:count]:
                period.person.dob = date(day.year - 16, day.month, self.rng.randint(1, 27))

    @staticmethod
    def _stable_number(count: int, wanted: int) -> int | None:
        """The number of children that gives the wanted tenths of a per cent."""
        near = wanted * count // 1000
        for number in (near, near + 1):
            if half_up(number, count, 1000) == wanted:
                return number
        return None

    def move_long_term(self) -> set[Period]:
        """Moves of long-term children; returns these children."""
        rng = self.rng
        groups = {month: self.long_term(month) for month in self.calibrated}
        everyone = {p for group in groups.values() for p in group}
        last_seen = {p: month for month, group in groups.items() for p in group}
        undecided: dict[Period, date] = {}  # unstable since a move that has no date yet
        moved: dict[Period, date] = {}
        seen: set[Period] = set()
        ordered = sorted(everyone, key=lambda p: (p.start, p.person.id))
        for month in self.calibrated:
            day = month_end(month)
            group = [p for p in groups[month] if p not in self.fixed]
            fixed = len(groups[month]) - len(group)
            wanted = targets.STABLE[key(month)]
            number = self._stable_number(len(groups[month]), wanted)
            if number is None:
                number = round(wanted * len(groups[month]) / 1000)
            unstable = len(group) - (number - fixed)
            back = {p for p, move in moved.items() if add_months(move, 24) <= day}
            for period in back:
                moved.pop(period)
            now = [p for p in group if p in undecided or p in moved]
            fresh = [p for p in group if p not in seen]
            seen.update(group)
            need = unstable - len(now)
            if need < 0:
                ready = [p for p in now if p in undecided and undecided[p] < month]
                for period in rng.sample(ready, min(-need, len(ready))):
                    undecided.pop(period)
                    self._move(period, add_months(month, -24))
            elif need > 0:
                most = need if month == FIRST else min(need, round(len(fresh) * 0.5))
                chosen = rng.sample(fresh, min(most, len(fresh)))
                undecided.update(dict.fromkeys(chosen, month))
                need -= len(chosen)
                settled = [
                    p for p in group if p not in undecided and p not in moved and p not in chosen
                ]
                settled = [p for p in settled if not self.moves[p] or p in seen]
                for period in rng.sample(settled, min(need, len(settled))):
                    moved[period] = self._move(period, month)
        for period in ordered:
            if period in undecided:
                known = undecided[period]
                latest = add_months(known, 0)
                first = max(add_months(last_seen[period], -23), add_months(known, -23))
                choice = [m for m in months_between(first, latest) if m > period.start] or [known]
                self._move(period, rng.choice(choice))
            elif period not in self.fixed and rng.random() < 0.5:
                early = period.start + timedelta(days=rng.randint(20, 170))
                if all(abs((early - other).days) > 370 for other in self.moves[period]):
                    self.moves[period].append(early)
        return everyone

    def _move(self, period: Period, month: date) -> date:
        first = max(month, period.start + 3 * DAY)
        last = min(month_end(month), (period.left or date.max) - 2 * DAY)
        day = first + timedelta(days=self.rng.randint(0, max(0, (last - first).days)))
        self.moves[period].append(day)
        return day

    def move_others(self, long_term: set[Period]) -> None:
        """Moves of the other children, as 9.2 needs them."""
        rng = self.rng
        others = [p for p in self.periods if p not in long_term and p not in self.fixed]
        for number, month in enumerate(self.world.months):
            day, window = month_end(month), add_months(month, -11)
            wanted = targets.THREE_PLACEMENTS.get(key(month))
            if wanted is None:
                usual = targets.usual("moves", month, USUAL_THREE_PLACEMENTS, 8)
                wanted = min(round(usual), 9 * number)
            here = [p for p in others if p.in_care(day) and p.start < day - 6 * DAY]
            recent = {p: [m for m in self.moves[p] if window < m <= day] for p in here}
            counted = sum(len(moves) >= 2 for moves in recent.values())
            ready = [
                p
                for p, moves in recent.items()
                if len(moves) == 1 and (day - moves[0]).days > 8 and p.start < moves[0]
            ]
            need = max(0, wanted - counted)
            chosen = rng.sample(ready, min(need, len(ready)))
            if len(chosen) < need:
                fresh = [p for p, moves in recent.items() if not moves and p.start <= month]
                for period in rng.sample(fresh, min(need - len(chosen), len(fresh))):
                    self.moves[period].append(month + timedelta(days=rng.randint(1, 9)))
                    chosen.append(period)
            for period in chosen:
                latest = max(self.moves[period])
                self._move_after(period, month, latest + 6 * DAY)
            many = [p for p, moves in recent.items() if 2 <= len(moves) <= 4]
            for period in rng.sample(many, min(3, len(many))):
                if (day - max(recent[period])).days > 12:
                    self._move_after(period, month, max(recent[period]) + 6 * DAY)
            still = [p for p, moves in recent.items() if not moves and p not in chosen]
            for period in rng.sample(still, min(20, len(still))):
                self._move(period, month)

    def _move_after(self, period: Period, month: date, earliest: date) -> None:
        first = max(month, earliest, period.start + 3 * DAY)
        last = min(month_end(month), (period.left or date.max) - DAY)
        if first <= last:
            day = first + timedelta(days=self.rng.randint(0, (last - first).days))
            self.moves[period].append(day)

    def placements(self) -> None:
        """Turn the moves into placements."""
        for period, moves in self.moves.items():
            end = period.end
            days = sorted({m for m in moves if m > period.start and (end is None or m < end)})
            starts = [period.start, *days]
            ends: list[date | None] = [*days, end]
            period.placements = [
                Placement(start, stop, reason="P" if start != period.start else "S")
                for start, stop in zip(starts, ends, strict=True)
            ]


class Types:
    """What kind of placement each is; the residential ones by 7.6 and table T5."""

    def __init__(self, world: World, periods: list[Period], long_term: set[Period]) -> None:
        self.world = world
        self.rng = world.random("placement types")
        self.periods = periods
        self.long_term = long_term

    def assign(self) -> None:
        """Residential placements backwards from the last month, then all others."""
        owners = [
            (placement, period)
            for period in self.periods
            if period.fate != "ADOPTED"
            for placement in period.placements
        ]
        self._last_month(owners)
        months = self.world.months
        for month in reversed(months[:-1]):
            self._month_before(owners, month)
        for period in self.periods:
            for number, placement in enumerate(period.placements):
                if not placement.type:
                    placement.type = self._family_type(period, placement, number)

    @staticmethod
    def _open(placement: Placement, period: Period, day: date) -> bool:
        return period.in_care(day) and placement.start <= day < (placement.end or date.max)

    def _last_month(self, owners: list[tuple[Placement, Period]]) -> None:
        day = self.world.last_day
        here = [(pl, p) for pl, p in owners if self._open(pl, p, day)]
        for kind, ages in targets.RESIDENTIAL_BY_AGE.items():
            for age, count in ages.items():
                fit = [pl for pl, p in here if not pl.type and p.person.age(day) == age]
                for placement in self.rng.sample(fit, min(count, len(fit))):
                    placement.type = kind

    def _month_before(self, owners: list[tuple[Placement, Period]], month: date) -> None:
        day, following = month_end(month), month_end(add_months(month, 1))
        wanted = targets.RESIDENTIAL.get(key(month), round(targets.usual("homes", month, 124, 6)))
        here = [(pl, p) for pl, p in owners if self._open(pl, p, day)]
        need = wanted - sum(bool(pl.type) for pl, _ in here)
        gone = [
            (pl, p)
            for pl, p in here
            if not pl.type and not self._open(pl, p, following) and p.person.age(day) >= 11
        ]
        for placement, period in self.rng.sample(gone, max(0, min(need, len(gone)))):
            kinds = ("K2", "K2", "K2", "K2", "K2", "K2", "S1", "K1", "R1")
            old = period.person.age(day) >= 15
            placement.type = self.rng.choice((*kinds, "R5") if old else kinds[:7])

    def _family_type(self, period: Period, placement: Placement, number: int) -> str:
        rng = self.rng
        if period.fate == "ADOPTED":
            if period.carer_adopts:
                return "U6"
            last = number == len(period.placements) - 1
            return "A6" if last else "U6"
        days = ((placement.end or self.world.last_day) - placement.start).days
        age = period.person.age(placement.start)
        if age >= 16:
            return rng.choices(("U6", "H5", "P2", "U4", "U3", "P1"), (40, 32, 8, 10, 6, 4))[0]
        if days > 500:
            return rng.choices(("U4", "U6", "U1", "U3", "P1"), (42, 34, 8, 10, 6))[0]
        return rng.choices(("U6", "U3", "U4", "P1", "Z1", "U5"), (62, 14, 8, 9, 1, 6))[0]


def arrange(world: World, periods: list[Period]) -> None:
    """Give every period its placements."""
    moves = Moves(world, periods)
    moves.settle_ages()
    long_term = moves.move_long_term()
    moves.move_others(long_term)
    moves.placements()
    Types(world, periods, long_term).assign()


def current_placement(period: Period, day: date) -> Placement:
    """The placement in which the child is on a day."""
    for placement in reversed(period.placements):
        if placement.start <= day:
            return placement
    return period.placements[0]
