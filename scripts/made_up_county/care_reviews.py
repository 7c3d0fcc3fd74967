"""Reviews of looked-after children and visits to them.

Every child is reviewed and visited on time unless a quota of the month says otherwise: 7.7 says
how many are not reviewed within timescales at the end of a month, 7.15 how many are not seen.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import product

from made_up_county import targets_care as targets
from made_up_county.care_periods import Period, add_months, by_month, key
from made_up_county.care_placements import current_placement, half_up
from made_up_county.extract_of_a_day import VISITS_FROM
from made_up_county.world import DAY, World, month_end, months_between


def number_for(tenths: int, count: int) -> int:
    """The number of children whose share of `count`, rounded half up, is nearest to the tenths."""
    guess = tenths * count // 1000
    return min((guess, guess + 1), key=lambda n: abs(half_up(n, count, 1000) - tenths))


def weekday(day: date, earliest: date) -> date:
    """The day, or the Friday before if it falls on a weekend and that is not too early."""
    moved = day - timedelta(days=max(0, day.weekday() - 4))
    return moved if moved >= earliest else day


class Reviews:
    """Reviews, month by month."""

    def __init__(self, world: World, periods: list[Period]) -> None:
        self.world = world
        self.rng = world.random("care reviews")
        self.periods = periods
        self.present = by_month(world, periods)
        self.held: dict[Period, list[date]] = defaultdict(list)
        self.late: set[Period] = set()

    def due(self, period: Period) -> date:
        """The day by which the next review has to be held."""
        held = self.held[period]
        if not held:
            return self.world.days.after(period.start, 20)
        return add_months(held[-1], 3 if len(held) == 1 else 6)

    def before_history(self) -> None:
        """Reviews of those who are in care on the first day."""
        first = self.world.first_day
        for period in self.periods:
            if period.start >= first:
                break
            while (due := self.due(period)) < first:
                latest = self.held[period][-1] if self.held[period] else period.start
                back = min(self.rng.randint(0, 25), (due - latest).days - 5)
                self.held[period].append(weekday(due - timedelta(days=back), latest))

    def month(self, month: date) -> None:
        """Hold the reviews of a month, and leave out as many as the quota says."""
        rng, day = self.rng, month_end(month)
        failing, due_now, base, late_ones = [], [], 0, []
        for period in self.present[month]:
            if period.left is not None and period.left <= month:
                continue
            due = self.due(period)
            if due < month:  # overdue since an earlier month
                failing.append(period)
            elif due <= day and (period.left is None or period.left > due):
                due_now.append((period, due))
            elif period in self.late and period.in_care(day):
                late_ones.append(period)
        counted = [
            p
            for p in self.present[month]
            if p.in_care(day) and (self.held[p] or self.due(p) <= day)
        ]
        counted_set = set(counted)
        tenths = targets.REVIEWED.get(key(month), round(targets.usual("reviews", month, 932, 15)))
        wanted = len(counted) - number_for(tenths, len(counted))
        base = sum(p.in_care(day) for p in failing) + len(late_ones)
        missed: set[Period] = set()
        if base < wanted:
            can_miss = [
                p
                for p, due in due_now
                if due < day
                and p.in_care(day)
                and (self.held[p] or self.world.days.between(p.start, day) > 20)
            ]
            missed = set(rng.sample(can_miss, min(wanted - base, len(can_miss))))
        elif base > wanted:
            ready = [p for p in late_ones if (day - self.held[p][-1]).days > 20]
            for period in rng.sample(ready, min(base - wanted, len(ready))):
                first = max(month, self.held[period][-1] + 10 * DAY)
                on = first + timedelta(days=rng.randint(0, (day - first).days))
                self.held[period].append(weekday(on, first))
                self.late.discard(period)
        for period, due in due_now:
            if period in missed:
                continue
            before = self.held[period][-1] if self.held[period] else period.start
            first = max(month, before + 8 * DAY, due - timedelta(days=12))
            on = first + timedelta(days=rng.randint(0, max(0, (due - first).days)))
            self.held[period].append(weekday(min(on, due), first))
            self.late.discard(period)
        # Reviews brought forward, so that enough fall due half a year later.
        ahead = targets.BROUGHT_FORWARD.get(key(month), 0)
        later = [p for p in self.present[month] if day < self.due(p) <= day + timedelta(days=75)]
        later = [
            p for p in later if p in counted_set and len(self.held[p]) > 1 and p not in self.late
        ]
        later = [p for p in later if (month - self.held[p][-1]).days > 40]
        for period in rng.sample(later, min(ahead, len(later))):
            on = month + timedelta(days=rng.randint(3, 26))
            self.held[period].append(weekday(on, month))
        for period in failing:  # most are caught up within a month
            if period.in_care(day) and rng.random() < 0.75:
                on = month + timedelta(days=rng.randint(0, day.day - 1))
                self.held[period].append(weekday(on, month))
                self.late.add(period)

    def write(self) -> None:
        """Append the rows, with the participation that 7.17 and 7.18 print."""
        world = self.world
        codes = self._participation()
        for period in self.periods:
            previous: list[date] = []
            for on in self.held[period]:
                if not previous:
                    due = world.days.after(period.start, 20)
                else:
                    due = add_months(previous[-1], 3 if len(previous) == 1 else 6)
                world.add(
                    "ssd_cla_reviews",
                    clar_cla_review_id=world.new_id("LR"),
                    clar_cla_person_id=period.person.id,
                    clar_cla_id=period.id,
                    clar_cla_review_due_date=due,
                    clar_cla_review_date=on,
                    clar_cla_review_cancelled="N",
                    clar_cla_review_participation=codes[period, on],
                    x_clar_status_code="HELD",
                )
                previous.append(on)
            if period.left is None and self.rng.random() < 0.9:
                self._not_held(period, "PLANNED")
            elif previous and self.rng.random() < 0.04:
                self._not_held(period, "CANCELLED")

    def _not_held(self, period: Period, status: str) -> None:
        self.world.add(
            "ssd_cla_reviews",
            clar_cla_review_id=self.world.new_id("LR"),
            clar_cla_person_id=period.person.id,
            clar_cla_id=period.id,
            clar_cla_review_due_date=self.due(period),
            clar_cla_review_cancelled="Y" if status == "CANCELLED" else "N",
            x_clar_status_code=status,
        )

    def _participation(self) -> dict[tuple[Period, date], str]:
        rng = self.rng
        by_month: dict[str, list[tuple[Period, date]]] = defaultdict(list)
        for period in self.periods:
            for on in self.held[period]:
                by_month[key(on)].append((period, on))
        codes: dict[tuple[Period, date], str] = {}
        plans: dict[str, list[int]] = {}
        old_enough: dict[str, list[tuple[Period, date]]] = {}
        for name in sorted(by_month):
            month = date(int(name[:4]), int(name[5:]), 1)
            oldest = sorted(
                by_month[name],
                key=lambda item: (
                    item[1] < add_months(item[0].person.born, 48),
                    item[0].person.born,
                ),
            )
            attended = targets.ATTENDED.get(name, round(targets.usual("attended", month, 650, 45)))
            took_part = targets.PARTICIPATED.get(
                name, round(targets.usual("took part", month, 940, 14))
            )
            count = sum(on >= add_months(period.person.born, 48) for period, on in oldest)
            # A few of the youngest are taken as too young to take part, or a few of those under
            # four as old enough, until the printed percentages are possible.
            for change in sorted(range(-60, 16), key=abs):
                number = count + change
                if 0 < number <= len(oldest) and (
                    half_up(number_for(attended, number), number, 1000),
                    half_up(number_for(took_part, number), number, 1000),
                ) == (attended, took_part):
                    count = number
                    break
            old_enough[name] = oldest[:count]
            plans[name] = [
                count,
                number_for(attended, count) if count else 0,
                number_for(took_part, count) if count else 0,
            ]
        self._year(plans)
        for name, items in by_month.items():
            count, attended, took_part = plans[name]
            chosen = list(old_enough[name])
            rng.shuffle(chosen)
            marks = dict.fromkeys(items, "PN0")
            for number, item in enumerate(chosen):
                if number < attended:
                    marks[item] = rng.choices(("PN1", "PN2", "PN3", "PN4"), (80, 10, 6, 4))[0]
                elif number < took_part:
                    marks[item] = rng.choices(("PN5", "PN6"), (60, 40))[0]
                else:
                    # Without a code a child under four would not count.
                    known = item[0].person.age(item[1]) < 4 or rng.random() < 0.75
                    marks[item] = "PN7" if known else ""
            codes.update(marks)
        return codes

    @staticmethod
    def _year(plans: dict[str, list[int]]) -> None:
        """Shift April to July until the year to date is what is printed."""
        year = [name for name in targets.ATTENDED if name in plans]
        if len(year) < 12:
            return
        total = sum(plans[name][0] for name in year)
        for place, tenths in ((1, targets.ATTENDED_YEAR), (2, targets.PARTICIPATED_YEAR)):
            rest = number_for(tenths, total) - sum(plans[name][place] for name in year)
            step = 1 if rest > 0 else -1
            for turn in range(abs(rest)):
                plan = plans[year[turn % 4]]
                if (place == 1 and plan[1] + step <= plan[2]) or (
                    place == 2 and plan[1] <= plan[2] + step <= plan[0]
                ):
                    plan[place] += step


class Visits:
    """Visits, month by month."""

    def __init__(self, world: World, periods: list[Period]) -> None:
        self.world = world
        self.rng = world.random("care visits")
        self.present = by_month(world, periods)
        self.seen: dict[Period, list[date]] = defaultdict(list)

    def _seen_in_time(self, period: Period, day: date) -> bool:
        placement = current_placement(period, day)
        visits = self.seen[period]
        if not visits or visits[-1] < placement.start:
            return day <= placement.start + timedelta(days=7)
        if self._for_good(period, day):
            return day <= add_months(visits[-1], 3)
        return day <= visits[-1] + timedelta(days=42)

    @staticmethod
    def _for_good(period: Period, day: date) -> bool:
        """A placement meant to last until 18, and a year old: quarterly visits will do."""
        placement = current_placement(period, day)
        return placement.type in ("U1", "U4") and add_months(placement.start, 12) <= day

    def month(self, month: date) -> None:
        """Visit the children of a month, but for those whom the quota leaves unseen."""
        rng, day = self.rng, month_end(month)
        here = [p for p in self.present[month] if p.in_care(day)]
        name = key(month)
        wanted = len(here) - number_for(
            targets.SEEN.get(name, round(targets.usual("seen", month, 926, 25))), len(here)
        )
        # Nothing in time yet, so it is enough not to visit.
        can_fail = [p for p in here if not self._seen_in_time(p, day)]
        can_fail = [p for p in can_fail if not self._for_good(p, day)]
        rng.shuffle(can_fail)
        by_area: dict[str, list[Period]] = defaultdict(list)
        for period in can_fail:
            by_area[area(period)].append(period)
        unseen: set[Period] = set()
        named = set()
        for (place, when), tenths in targets.SEEN_IN.items():
            if when == name:
                local = sum(area(p) == place for p in here)
                unseen.update(by_area[place][: local - number_for(tenths, local)])
                named.add(place)
        others = [p for p in can_fail if area(p) not in named]
        unseen.update(others[: max(0, wanted - len(unseen))])
        for period in here:
            if period in unseen:
                if rng.random() < 0.3:
                    self._row(period, self._within(period, month, day), seen="N")
            elif self._for_good(period, day) and self.seen[period]:
                if add_months(self.seen[period][-1], 2) <= day:
                    self._visit(period, month, day)
            else:
                self._visit(period, month, day)

    def _within(self, period: Period, month: date, day: date) -> date:
        first = max(month, current_placement(period, day).start)
        last = max(first, min(day, month + timedelta(days=15)))
        on = first + timedelta(days=self.rng.randint(0, (last - first).days))
        return weekday(on, first)

    def _visit(self, period: Period, month: date, day: date) -> None:
        start = current_placement(period, day).start
        if start > month + timedelta(days=9):
            first, last = start, min(day, start + timedelta(days=6))
        else:
            first, last = max(month, start), month + timedelta(days=15)
        on = weekday(first + timedelta(days=self.rng.randint(0, (last - first).days)), first)
        self.seen[period].append(on)
        self._row(period, on, seen="Y")
        if self.rng.random() < 0.02:
            self._row(period, on, seen="N")

    def _row(self, period: Period, on: date, seen: str) -> None:
        self.world.add(
            "ssd_cla_visits",
            clav_cla_visit_id=self.world.new_id("LV"),
            clav_cla_id=period.id,
            clav_person_id=period.person.id,
            clav_cla_visit_date=on,
            clav_cla_visit_seen=seen,
            clav_cla_visit_seen_alone="Y" if seen == "Y" and self.rng.random() < 0.6 else "N",
        )


def area(period: Period) -> str:
    """The locality whose team holds the child; none for disabled children."""
    return "" if period.disabled else period.person.locality


def settle_areas(world: World, periods: list[Period]) -> None:
    """Make the printed percentages of the localities possible.

    A few children of the locality go to the team for disabled children, which has no locality,
    until a whole number of those who stay gives each printed percentage.
    """
    months = date(2018, 2, 1), date(2018, 3, 1)
    if not set(months) <= set(world.months):
        return
    february, march = (month_end(month) for month in months)
    for place in ("NORTH", "NORWICH"):
        here = [p for p in periods if area(p) == place]
        both = [p for p in here if p.in_care(february) and p.in_care(march)]
        gone = [p for p in here if p.in_care(february) and not p.in_care(march)]
        came = [p for p in here if not p.in_care(february) and p.in_care(march)]
        due = [p for p in came if world.days.between(p.start, march) > 10]
        not_due = [p for p in came if p not in due]
        in_february, in_march = (targets.SEEN_IN[place, key(month)] for month in months)
        plans = targets.PLANNED_IN.get((place, key(months[1])))
        options = sorted(
            product(range(min(40, len(both))), *(range(len(g) + 1) for g in (gone, due, not_due))),
            key=sum,
        )
        for out, left, new, newest in options:
            if (
                _possible(len(both) + len(gone) - out - left, in_february)
                and _possible(len(both) + len(came) - out - new - newest, in_march)
                and (plans is None or _possible(len(both) + len(due) - out - new, plans))
            ):
                for period in (*both[:out], *gone[:left], *due[:new], *not_due[:newest]):
                    period.disabled = True
                break


def _possible(count: int, tenths: int) -> bool:
    return half_up(number_for(tenths, count), count, 1000) == tenths


def build(world: World, periods: list[Period]) -> None:
    """Append reviews and visits of every period."""
    settle_areas(world, periods)
    reviews, visits = Reviews(world, periods), Visits(world, periods)
    reviews.before_history()
    for month in months_between(world.first_month, world.last_month):
        reviews.month(month)
        if month >= VISITS_FROM:
            visits.month(month)
    reviews.write()
