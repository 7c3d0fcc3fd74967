"""Early help: requests, family cases and their children.

Monthly numbers are those of the March 2018 report where it prints them (Early Help page and
summary). Two contradictions of the report: its stock and flow do not fit in January and February
2018 (604 + 168 - 137 is not 654; 654 + 132 - 138 is not 664), where the closings (1.2) give way;
and an uncertain reading of 720 active cases in March 2018, where the sure 664 + 144 - 135 wins.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from made_up_county.adoptions import share_out
from made_up_county.care_periods import key
from made_up_county.targets_care import usual
from made_up_county.world import DAY, Person, World, month_end

SERVICE_SINCE = date(2014, 4, 1)


class Month(NamedTuple):
    """Requests (1.1), cases opened (1.1a) and closed (1.2), and of those opened the re-referrals
    (1.8) and step-downs (1.9); cases with social work (1.5) and children (1.4) at the end."""

    requests: int
    opened: int
    closed: int
    again: int
    stepped_down: int
    supported: int
    children: int | None


# 1.6, 1.8 and 1.9 fix the numbers from April to November up to a few possibilities; closings of
# September to November are in the committee paper. Children: printed from December.
MONTHS = {
    "2017-04": Month(185, 163, 150, 24, 38, 36, None),
    "2017-05": Month(229, 196, 165, 36, 43, 37, None),
    "2017-06": Month(197, 167, 150, 28, 29, 39, None),
    "2017-07": Month(225, 143, 140, 31, 23, 40, None),
    "2017-08": Month(230, 142, 139, 16, 40, 38, None),
    "2017-09": Month(179, 107, 136, 12, 23, 35, None),
    "2017-10": Month(270, 161, 256, 11, 34, 36, None),
    "2017-11": Month(285, 160, 209, 15, 47, 37, None),
    "2017-12": Month(177, 127, 177, 13, 31, 38, 1411),
    "2018-01": Month(209, 168, 118, 11, 48, 29, 1502),
    "2018-02": Month(208, 132, 122, 4, 37, 33, 1555),
    "2018-03": Month(229, 144, 135, 9, 38, 36, 1637),
}
STOCK_BEFORE = 760  # at the end of March 2017
CHILDREN_OF_A_CASE = 2.32


@dataclass(slots=True, eq=False)
class Case:
    """A family's case."""

    id: str
    family_id: str
    locality: str
    opened: date
    children: list[Person] = field(default_factory=list)
    closed: date | None = None


class EarlyHelp:
    """Requests and cases, month by month."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng = world.random("early help")
        self.open: list[Case] = []
        self.supported: list[Case] = []
        self.closed: list[Case] = []
        # Families whose social work ended, by the month of the end: they may step down.
        self.leaving: dict[str, list[Person]] = defaultdict(list)
        self.held = [span for span in world.spans if span.service == "CIN"]
        for span in world.spans:
            if span.end and span.service in ("ASSESSMENT", "CIN"):
                self.leaving[key(span.end.replace(day=1))].append(span.person)
        self.met: set[str] = set()
        # Rows whose end is known only when the case closes.
        self.unfinished: list[tuple[Case, dict[str, Any]]] = []

    def plan(self, month: date) -> Month:
        """What happens in a month."""
        found = MONTHS.get(key(month))
        if found:
            return found
        rng = self.rng
        number = (month.year - SERVICE_SINCE.year) * 12 + month.month - SERVICE_SINCE.month
        opened = 118 + rng.randint(-12, 12)
        aim = min(STOCK_BEFORE, 55 * (number + 1))
        if key(month) == "2017-03":
            aim = STOCK_BEFORE
        elif number > 12:
            aim = round(usual("early help", month, STOCK_BEFORE - 15, 40))
        closed = max(0, len(self.open) + opened - aim)
        return Month(
            round(opened * rng.uniform(1.25, 1.6)),
            opened,
            closed,
            round(opened * 0.09) if number > 3 else 0,
            round(opened * 0.22),
            min(36, 6 * (number + 1)) + rng.randint(-2, 2),
            None,
        )

    def month(self, month: date) -> None:
        """Open and close the cases of a month and take its requests."""
        rng, plan, day = self.rng, self.plan(month), month_end(month)
        self._close(month, plan.closed)
        sizes = self._sizes(plan)
        origins = (
            ["REREFERRAL"] * plan.again
            + ["STEP_DOWN"] * plan.stepped_down
            + ["REQUEST"] * (plan.opened - plan.again - plan.stepped_down)
        )
        # A family that comes back keeps its children: these cases come first.
        families = self._families_back(month, plan.again)
        total, opened = sum(sizes), []
        for number, origin in enumerate(origins):
            on = self._weekday(month, day)
            if origin == "REREFERRAL":
                before = families[number]
                case = Case(
                    self.world.new_id("EHC"),
                    before.family_id,
                    before.locality,
                    max(on, before.closed + 12 * DAY),
                    list(before.children),
                )
                total -= len(case.children)
            else:
                if number == plan.again:
                    left = plan.opened - plan.again
                    sizes = share_out(total, [(1, 6)] * left, rng)
                    rng.shuffle(sizes)
                size = sizes[number - plan.again]
                case = self._new_case(month, on, size, stepped_down=origin == "STEP_DOWN")
            opened.append((case, origin))
        rng.shuffle(opened)
        for case, origin in opened:
            request = self._request(case.opened, month, case.family_id, case.locality, case)
            self._write_case(case, "LEAD", origin, request)
        self.open += [case for case, _ in opened]
        self._other_requests(month, plan.requests - plan.opened)
        self._support(month, plan.supported)

    def _weekday(self, month: date, day: date) -> date:
        on = month + timedelta(days=self.rng.randint(0, day.day - 1))
        if on.weekday() >= 5:
            on += timedelta(days=2) if on + timedelta(days=2) <= day else -timedelta(days=2)
        return on

    def _close(self, month: date, count: int) -> None:
        rng, day = self.rng, month_end(month)
        ready = [case for case in self.open if (month - case.opened).days > 20]
        weights = [min((month - case.opened).days, 300) for case in ready]
        # The longest open go first, with some chance.
        order = sorted(
            range(len(ready)), key=lambda n: weights[n] * rng.uniform(0.4, 1.6), reverse=True
        )
        for index in order[:count]:
            case = ready[index]
            case.closed = self._weekday(month, day)
            self.closed.append(case)
        self.open = [case for case in self.open if case.closed is None]

    def _sizes(self, plan: Month) -> list[int]:
        """How many children the new cases bring, so that 1.4 comes out."""
        carried = sum(len(case.children) for case in self.open)
        after = len(self.open) + plan.opened
        wanted = plan.children or round(after * CHILDREN_OF_A_CASE)
        return share_out(wanted - carried, [(1, 6)] * plan.opened, self.rng)

    def _families_back(self, month: date, count: int) -> list[Case]:
        """Families whose case was closed in the last year, and who have no other one."""
        rng = self.rng
        day = month_end(month)
        active = {case.family_id for case in self.open}
        ready = [
            case
            for case in self.closed
            if case.family_id not in active
            and timedelta(days=45) < month - case.closed
            and day - case.closed < timedelta(days=360)
            and all(child.eighteenth > day + timedelta(days=500) for child in case.children)
        ]
        latest = {case.family_id: case for case in ready}
        chosen = rng.sample(list(latest.values()), count)
        gone = {case.family_id for case in chosen}
        self.closed = [
            case
            for case in self.closed
            if case.family_id not in gone and day - case.closed < timedelta(days=800)
        ]
        return chosen

    def _new_case(self, month: date, on: date, size: int, stepped_down: bool) -> Case:
        world, rng = self.world, self.rng
        number = world.new_id("EHC")
        if stepped_down and (family := self._stepping_down(month, on)):
            locality, family_id = family[0].locality, family[0].family_id
            children = family[:size]
        else:
            first = world.child(on=on, ages=(0, 15))
            locality, family_id, children = first.locality, first.family_id, [first]
        while len(children) < size:
            born = on - timedelta(days=rng.randint(20, 15 * 365))
            children.append(world.child(dob=born, family_id=family_id))
        return Case(number, family_id, locality, on, children)

    def _stepping_down(self, month: date, on: date) -> list[Person] | None:
        waiting = self.leaving[key(month)]
        while waiting:
            person = waiting.pop(self.rng.randrange(len(waiting)))
            if person.family_id in self.met:
                continue
            self.met.add(person.family_id)
            family = [
                child
                for child in self.world.families[person.family_id]
                if child.eighteenth > on + timedelta(days=900) and child.dob and child.dob <= on
            ]
            if family:
                return family
        return None

    # -- rows

    def _request(
        self, on: date, month: date, family_id: str, locality: str, case: Case | None
    ) -> str:
        world, rng = self.world, self.rng
        asked = max(month, on - timedelta(days=rng.randint(0, 5))) if case else on
        number = world.new_id("EHR")
        refused = rng.choice(("NOT_ALLOCATED", "NOT_ALLOCATED", "SIGNPOSTED"))
        outcome = "ALLOCATED" if case else refused
        world.add(
            "ssdx_early_help_requests",
            ehrq_request_id=number,
            ehrq_family_id=family_id,
            ehrq_request_date=asked,
            ehrq_source_code=rng.choice(("1A", "2A", "2A", "2A", "3A", "3C", "5A", "6", "8")),
            ehrq_team_id=world.team("EHFF", locality, asked),
            ehrq_outcome_code=outcome,
            ehrq_status_code="DECIDED",
            ehrq_allocation_date=case.opened if case else None,
        )
        return number

    def _other_requests(self, month: date, count: int) -> None:
        world, rng, day = self.world, self.rng, month_end(month)
        for _ in range(count):
            on = self._weekday(month, day)
            if rng.random() < 0.5 and self.closed:
                before = rng.choice(self.closed)
                family_id, locality = before.family_id, before.locality
            else:
                person = world.child(on=on, ages=(0, 15))
                family_id, locality = person.family_id, person.locality
            self._request(on, month, family_id, locality, None)
        for status in ("DUPLICATE", "ERROR"):
            for _ in range(rng.randint(0, 3)):
                row = dict(rng.choice(world.rows["ssdx_early_help_requests"][-count - 1 :]))
                row["ehrq_request_id"] = world.new_id("EHR")
                row["ehrq_status_code"] = status
                row["ehrq_outcome_code"] = row["ehrq_allocation_date"] = None
                world.add("ssdx_early_help_requests", **row)

    def _support(self, month: date, wanted: int) -> None:
        """Cases that social work holds and early help supports (1.5)."""
        rng, world, day = self.rng, self.world, month_end(month)
        keep = max(0, min(len(self.supported), wanted) - rng.randint(3, 7))
        rng.shuffle(self.supported)
        for case in self.supported[keep:]:
            case.closed = max(self._weekday(month, day), case.opened + DAY)
        self.supported = self.supported[:keep]
        while len(self.supported) < wanted:
            opened = self._weekday(month, day)
            person = self._with_social_work(opened)
            case = Case(world.new_id("EHC"), person.family_id, person.locality, opened, [person])
            self.supported.append(case)
            self._write_case(case, "SW_SUPPORT", "OTHER", None)

    def _with_social_work(self, on: date) -> Person:
        """A child whom social work holds on a day and for a while after it."""
        for _ in range(400):
            if not self.held:
                break
            span = self.rng.choice(self.held)
            enough = span.end is None or span.end > on + timedelta(days=100)
            if span.start <= on and enough and span.person.family_id not in self.met:
                self.met.add(span.person.family_id)
                return span.person
        return self.world.child(on=on, ages=(1, 14))

    def _write_case(self, case: Case, kind: str, origin: str, request: str | None) -> None:
        world = self.world
        row = world.add(
            "ssdx_early_help_cases",
            ehcs_case_id=case.id,
            ehcs_family_id=case.family_id,
            ehcs_request_id=request,
            ehcs_case_type_code=kind,
            ehcs_origin_code=origin,
            ehcs_opened_date=case.opened,
            ehcs_team_id=world.team("EHFF", case.locality, case.opened),
        )
        self.unfinished.append((case, row))
        for child in case.children:
            member = world.add(
                "ssd_early_help_episodes",
                earl_episode_id=world.new_id("EHE"),
                earl_person_id=child.id,
                earl_episode_start_date=case.opened,
                earl_episode_reason="Family support",
                x_earl_case_id=case.id,
            )
            self.unfinished.append((case, member))

    def finish(self) -> None:
        """Enter the closing days, known only now, in the rows."""
        for case, row in self.unfinished:
            if case.closed:
                name = "ehcs_closed_date" if "ehcs_case_id" in row else "earl_episode_end_date"
                row[name] = case.closed


def build(world: World) -> None:
    """Append requests, cases and their children."""
    early_help = EarlyHelp(world)
    for month in world.months:
        if month >= SERVICE_SINCE:
            early_help.month(month)
    early_help.finish()
