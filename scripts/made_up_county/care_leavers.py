"""Care leavers: categories, accommodation, activity and pathway plans.

Those who turn 18 in care become former relevant; of those who leave at 16 or 17 the ones who had
been in care for thirteen weeks become relevant until they are 18. How long they stay open decides
the printed number (8.1).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from made_up_county import targets_care as targets
from made_up_county.care_checks import Checks
from made_up_county.care_periods import Period, add_months, key
from made_up_county.world import DAY, Person, World, age_at, month_end

EARLIER_STOCK = 436
THIRTEEN_WEEKS = 91
WORDS = {"REL": "Relevant", "FREL": "Former relevant", "ELIG": "Eligible", "QUAL": "Qualifying"}
EET = ("F1", "F2", "F2", "F4", "F5", "P1", "P2", "P5")
NOT_EET = ("G4", "G5", "G5", "G6")


@dataclass(slots=True, eq=False)
class Leaver:
    """A care leaver who is open; `stages` are (category, from, to)."""

    person: Person
    stages: list[tuple[str, date, date | None]]
    housed: bool = True
    active: bool = True
    changed: list[date] = field(default_factory=list)
    ended: date | None = None
    # What was last written of them; of one day only the last state is kept.
    row: dict[str, Any] = field(default_factory=dict)


class CareLeavers:
    """Care leavers, month by month."""

    def __init__(self, world: World, periods: list[Period], checks: Checks) -> None:
        self.world = world
        self.rng = world.random("care leavers")
        self.periods = periods
        self.checks = checks
        self.open: list[Leaver] = []
        self.everyone: list[Leaver] = []
        self.teams = [team.id for team in world.teams if team.type == "LEAVING_CARE"]

    def starting_stock(self) -> None:
        """Those who left care before the first day."""
        rng, first = self.rng, self.world.first_day
        for _ in range(EARLIER_STOCK):
            age = rng.choices((18, 19, 20), (135, 135, 130))[0]
            person = self.world.child(on=first, ages=(age, age))
            leaver = self._enter(person, "FREL", person.eighteenth)
            plan = self.checks.pathway(person.id, person.eighteenth)
            recent = first - timedelta(days=rng.randint(1, 170))
            plan.reviewed.append(max(person.eighteenth, recent))
            leaver.changed = [first - timedelta(days=rng.randint(1, 150))]
            self._row(leaver, leaver.changed[0])

    def _enter(self, person: Person, category: str, since: date) -> Leaver:
        leaver = Leaver(person, [(category, since, None)])
        leaver.housed = self.rng.random() < 0.93
        leaver.active = self.rng.random() < 0.6
        self.open.append(leaver)
        self.everyone.append(leaver)
        return leaver

    def month(self, month: date) -> None:
        """Who comes, who goes, and what changes for those who stay."""
        rng, day, name = self.rng, month_end(month), key(month)
        for leaver in self.open:
            category, since, _ = leaver.stages[-1]
            birthday = leaver.person.eighteenth
            if category == "REL" and birthday <= day:
                self._row(leaver, birthday, ended=birthday)
                leaver.stages[-1] = (category, since, birthday)
                leaver.stages.append(("FREL", birthday, None))
                self._row(leaver, birthday + DAY)
        for period in self.checks.present[month]:
            if period.left is None or not month <= period.left <= day:
                continue
            self._leave_care(period)
        wanted = targets.CARE_LEAVERS.get(name)
        if wanted is None:
            wanted = round(targets.usual("leavers", month, EARLIER_STOCK - 8, 7))
        excess = len(self.open) - wanted
        oldest = sorted(self.open, key=lambda leaver: (leaver.person.born, leaver.person.id))
        for leaver in oldest[: max(0, excess)]:
            on = month + timedelta(days=rng.randint(0, day.day - 1))
            on = max(on, leaver.stages[-1][1] + DAY)
            self._end(leaver, min(on, day))
        self._pathways(month, day, name)
        self._changes(month, day, name)

    def _leave_care(self, period: Period) -> None:
        person, left = period.person, period.left
        if period.fate in ("AT_18", "TURNED_18"):
            category = "FREL"
        elif period.fate == "HOME" and person.age(left) >= 16:
            since = max(period.start, add_months(person.born, 14 * 12))
            category = "REL" if (left - since).days >= THIRTEEN_WEEKS else "QUAL"
        else:
            return
        if category == "QUAL":
            lone = Leaver(person, [("QUAL", left, None)])
            self._row(lone, left)
            return
        leaver = self._enter(person, category, left)
        leaver.changed.append(left)
        self._row(leaver, left)

    def _end(self, leaver: Leaver, on: date) -> None:
        category, since, _ = leaver.stages[-1]
        leaver.stages[-1] = (category, since, on)
        leaver.ended = on
        self._row(leaver, on, ended=on)
        self.open.remove(leaver)
        plan = self.checks.pathways.get(leaver.person.id)
        if plan:
            plan.end = max(on, plan.last() + DAY)

    def _pathways(self, month: date, day: date, name: str) -> None:
        wanted = targets.PATHWAY_PLANNED.get(
            name, round(len(self.open) * targets.usual("pathways", month, 0.963, 0.012))
        )
        plans = self.checks.pathways
        stale = [
            leaver
            for leaver in self.open
            if leaver.person.id not in plans or day > add_months(plans[leaver.person.id].last(), 6)
        ]
        need = wanted - (len(self.open) - len(stale))
        for leaver in self.rng.sample(stale, max(0, min(need, len(stale)))):
            on = max(month, leaver.stages[-1][1])
            on += timedelta(days=self.rng.randint(0, (day - on).days))
            plan = plans.get(leaver.person.id)
            if plan:
                plan.reviewed.append(max(on, plan.start))
            else:
                self.checks.pathway(leaver.person.id, on)

    def _changes(self, month: date, day: date, name: str) -> None:
        rng, count = self.rng, len(self.open)
        for attribute, share, table in (
            ("housed", 0.935, targets.SUITABLY_HOUSED),
            ("active", 0.6, targets.IN_EDUCATION_OR_WORK),
        ):
            wanted = table.get(name, round(targets.usual(attribute, month, share, 0.015) * count))
            yes = [leaver for leaver in self.open if getattr(leaver, attribute)]
            no = [leaver for leaver in self.open if not getattr(leaver, attribute)]
            both = 5 if attribute == "active" else 2  # some change each way in any month
            up = wanted - len(yes) + both
            down = both
            if up < 0:
                up, down = 0, len(yes) - wanted
            elif up > len(no):
                up, down = len(no), len(no) - (wanted - len(yes))
            for leaver in (*rng.sample(no, up), *rng.sample(yes, max(0, down))):
                setattr(leaver, attribute, not getattr(leaver, attribute))
                leaver.changed.append(day)
        for leaver in self.open:
            last = leaver.changed[-1] if leaver.changed else leaver.stages[-1][1]
            if last == day:
                on = max(month, leaver.stages[-1][1] + DAY)
                on = on + timedelta(days=rng.randint(0, max(0, (day - on).days)))
                self._row(leaver, min(on, day))
            elif (day - last).days > 170:
                leaver.changed.append(day)
                self._row(leaver, day)

    def _row(self, leaver: Leaver, on: date, ended: date | None = None) -> None:
        rng = self.rng
        category, since, _ = leaver.stages[-1]
        good = leaver.housed
        plan = self.checks.pathways.get(leaver.person.id)
        reviewed = [d for d in plan.reviewed if d <= on] if plan else []
        row = {
            "clea_table_id": self.world.new_id("CL"),
            "clea_person_id": leaver.person.id,
            "clea_care_leaver_eligibility": WORDS[category],
            "clea_care_leaver_in_touch": "YES" if good or rng.random() < 0.7 else "NO",
            "clea_care_leaver_latest_contact": on - timedelta(days=rng.randint(0, 50)),
            "clea_care_leaver_accommodation": rng.choice("BCDKSTUVY")
            if good
            else rng.choice("GWXZ"),
            "clea_care_leaver_accom_suitable": "1" if good else "2",
            "clea_care_leaver_activity": rng.choice(EET if leaver.active else NOT_EET),
            "clea_pathway_plan_review_date": max(reviewed) if reviewed else None,
            "clea_care_leaver_allocated_team": self.teams[int(leaver.person.id[1:]) % 2],
            "x_clea_eligibility_code": category,
            "x_clea_from_date": since,
            "x_clea_to_date": ended,
            "x_clea_as_at_date": on,
        }
        if leaver.row.get("x_clea_as_at_date") == on:
            leaver.row.update(row)
        else:
            leaver.row = self.world.add("ssd_care_leavers", **row)

    def write(self) -> None:
        """Append pathway plans, eligible children and the spans of work."""
        world = self.world
        for plan in self.checks.all_plans:
            if plan.kind == "PATHWAY":
                world.add(
                    "ssdx_pathway_plans",
                    path_plan_id=plan.id,
                    path_person_id=plan.person_id,
                    path_start_date=plan.start,
                    path_end_date=plan.end,
                )
        for leaver in self.everyone:
            world.span(
                leaver.person, "CARE_LEAVER", "LEAVING_CARE", leaver.stages[0][1], leaver.ended
            )
        for period in self.periods:
            since = max(add_months(period.person.born, 16 * 12) + DAY, period.start + 95 * DAY)
            stays = period.left or world.last_day
            if since < stays and age_at(period.person.born, stays) <= 18:
                lone = Leaver(period.person, [("ELIG", since, period.left)])
                self._row(lone, since, ended=None)
                if period.left:
                    self._row(lone, period.left - DAY, ended=period.left)


def build(world: World, periods: list[Period], checks: Checks) -> CareLeavers:
    """The county's care leavers; call `month` for each month, then `write`."""
    leavers = CareLeavers(world, periods, checks)
    leavers.starting_stock()
    return leavers
