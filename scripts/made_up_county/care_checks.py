"""Health, teeth, education plans and care plans of looked-after children.

Each of them is up to date for some months after it was last done. Month by month, as many of those
that are out of date are done again as it takes for the printed number to be up to date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

from made_up_county import targets_care as targets
from made_up_county.care_periods import Period, add_months, by_month, key
from made_up_county.care_reviews import area, number_for, weekday
from made_up_county.world import DAY, World, age_at, month_end

# A child has a care plan within ten working days and a pathway plan from 16 years and 3 months.
PATHWAY_MONTHS = 195


class Plan:
    """A care or pathway plan and the days on which it was reviewed."""

    __slots__ = ("end", "id", "kind", "person_id", "reviewed", "start")

    def __init__(self, world: World, kind: str, person_id: str, start: date) -> None:
        self.id = world.new_id("CPL" if kind == "CARE" else "PPL")
        self.kind = kind
        self.person_id = person_id
        self.start = start
        self.end: date | None = None
        self.reviewed: list[date] = []

    def last(self) -> date:
        """The day of the last activity."""
        return max([self.start, *self.reviewed])


class Checks:
    """What is done for each period, month by month."""

    def __init__(self, world: World, periods: list[Period]) -> None:
        self.world = world
        self.rng = world.random("care checks")
        self.periods = periods
        self.present = by_month(world, periods)
        self.health: dict[Period, list[date]] = defaultdict(list)
        self.teeth: dict[Period, list[date]] = defaultdict(list)
        self.education: dict[Period, list[date]] = defaultdict(list)
        self.plans: dict[Period, Plan] = {}
        self.pathways: dict[str, Plan] = {}  # by person
        self.all_plans: list[Plan] = []
        self.initial: set[tuple[Period, date]] = set()
        # The month of the twentieth working day, and that day.
        self.twentieth = {p: world.days.after(p.start, 20) for p in periods}
        self.cohorts: dict[str, list[Period]] = defaultdict(list)
        for period, due in self.twentieth.items():
            if period.left is None or period.left > due:
                self.cohorts[key(due)].append(period)

    # -- days

    def _some_day(self, first: date, last: date) -> date:
        first = min(first, last)
        on = first + timedelta(days=self.rng.randint(0, (last - first).days))
        return weekday(on, first)

    def before_history(self) -> None:
        """What was done before the first day for those already in care."""
        first, rng = self.world.first_day, self.rng
        for period in self.periods:
            if period.start >= first:
                break
            span = (first - period.start).days
            for done, reach, share in (
                (self.health, 350, 0.85),
                (self.teeth, 350, 0.85),
                (self.education, 170, 0.85),
            ):
                if rng.random() < share and span > 20:
                    done[period].append(first - timedelta(days=rng.randint(1, min(reach, span))))
            self._start_plan(period, period.start + timedelta(days=rng.randint(0, 9)))
            plan = self.plans[period]
            if span > 170:
                plan.reviewed.append(first - timedelta(days=rng.randint(1, 165)))

    # -- one month

    def month(self, month: date) -> None:
        """Everything of one month."""
        day = month_end(month)
        here = [p for p in self.present[month] if p.in_care(day)]
        self._initial_health(month)
        a_year = [p for p in here if p.start <= add_months(month, -11)]
        self._renew(
            self.health,
            a_year,
            month,
            lambda p, done: day <= add_months(done, 6 if p.person.age(day) < 5 else 12),
            targets.HEALTH_CHECKED.get(
                key(month), round(len(a_year) * targets.usual("health", month, 0.86, 0.025))
            ),
        )
        self._renew(
            self.teeth,
            a_year,
            month,
            lambda p, done: day <= add_months(done, 12),
            targets.TEETH_CHECKED.get(
                key(month), round(len(a_year) * targets.usual("teeth", month, 0.87, 0.025))
            ),
        )
        self._first_teeth(here, month)
        august = date(day.year if day >= date(day.year, 8, 31) else day.year - 1, 8, 31)
        pupils = [
            p
            for p in here
            if age_at(p.person.born, august) >= 4 and self.world.days.between(p.start, day) > 20
        ]
        self._renew(
            self.education,
            pupils,
            month,
            lambda p, done: day <= add_months(done, 6),
            number_for(
                targets.PEP.get(key(month), round(targets.usual("pep", month, 875, 22))),
                len(pupils),
            ),
        )
        self._plans(here, month)

    def _renew(
        self,
        done: dict[Period, list[date]],
        group: list[Period],
        month: date,
        valid: Callable[[Period, date], bool],
        wanted: int,
    ) -> None:
        out_of_date = [p for p in group if not done[p] or not valid(p, done[p][-1])]
        need = wanted - (len(group) - len(out_of_date))
        # Those that ran out lately come first, as in life.
        out_of_date.sort(
            key=lambda p: (
                (done[p][-1] if done[p] else p.start) - timedelta(self.rng.randint(0, 90))
            ),
            reverse=True,
        )
        for period in out_of_date[: max(0, need)]:
            last = done[period][-1] if done[period] else period.start
            done[period].append(
                self._some_day(max(month, period.start, last + DAY), month_end(month))
            )

    def _initial_health(self, month: date) -> None:
        """The assessment after coming into care: 7.9 for those in time, later for some others."""
        rng, name = self.rng, key(month)
        cohort = self.cohorts.get(name, [])
        wanted = targets.ASSESSED_IN_TWENTY_DAYS.get(
            name, round(len(cohort) * targets.usual("initial", month, 0.52, 0.2))
        )
        in_time = set(rng.sample(cohort, min(wanted, len(cohort))))
        for period in cohort:
            due = self.twentieth[period]
            if period in in_time:
                on = self._some_day(max(period.start + 6 * DAY, due - 16 * DAY), due)
            elif rng.random() < 0.75:
                late = self.world.days.after(period.start, 21)
                on = self._some_day(late, late + 75 * DAY)
            else:
                continue
            if period.left is None or on < period.left:
                self.health[period].append(on)
                self.initial.add((period, on))

    def _first_teeth(self, here: list[Period], month: date) -> None:
        """Some of those in their first year see the dentist."""
        recent = [p for p in here if p.start > add_months(month, -11) and not self.teeth[p]]
        for period in recent:
            if self.rng.random() < 0.07:
                self.teeth[period].append(
                    self._some_day(max(month, period.start), month_end(month))
                )

    # -- plans

    def _start_plan(self, period: Period, on: date) -> None:
        plan = Plan(self.world, "CARE", period.person.id, on)
        self.plans[period] = plan
        self.all_plans.append(plan)

    def active(self, period: Period) -> list[Plan]:
        """The plans of a child in care."""
        plans = [self.plans[period]] if period in self.plans else []
        pathway = self.pathways.get(period.person.id)
        return [*plans, pathway] if pathway else plans

    def _plans(self, here: list[Period], month: date) -> None:
        rng, day = self.rng, month_end(month)
        for period in here:
            if period not in self.plans and rng.random() < 0.985:
                latest = self.world.days.after(period.start, 10)
                on = self._some_day(period.start, min(latest, day))
                # Someone who slipped through in the month of coming is planned for later.
                if period.start >= month:
                    self._start_plan(period, on)
            if (
                add_months(period.person.born, PATHWAY_MONTHS) <= day
                and period.person.id not in self.pathways
                and period in self.plans
                and rng.random() < 0.3
            ):
                first = max(month, add_months(period.person.born, PATHWAY_MONTHS))
                self.pathway(period.person.id, self._some_day(first, day))
        group = [p for p in here if self.world.days.between(p.start, day) > 10]
        wanted = number_for(
            targets.PLANNED.get(key(month), round(targets.usual("plans", month, 955, 12))),
            len(group),
        )
        by_area: dict[str, list[Period]] = defaultdict(list)
        for period in group:
            by_area[area(period)].append(period)
        named = {
            place: number_for(tenths, len(by_area[place]))
            for (place, when), tenths in targets.PLANNED_IN.items()
            if when == key(month)
        }
        if not named:
            norwich = len(by_area["NORWICH"])
            named = {"NORWICH": round(norwich * max(0.93, wanted / len(group) - 0.02))}
        for place, number in named.items():
            self._renew_plans(by_area[place], month, number)
        rest = {place: children for place, children in by_area.items() if place not in named}
        missing = len(group) - wanted - sum(len(by_area[p]) - n for p, n in named.items())
        for place, number in _spread(missing, {p: len(c) for p, c in rest.items()}).items():
            self._renew_plans(rest[place], month, len(rest[place]) - number)

    def _current(self, period: Period, day: date) -> bool:
        return any(day <= add_months(plan.last(), 6) for plan in self.active(period))

    def _renew_plans(self, group: list[Period], month: date, wanted: int) -> None:
        day = month_end(month)
        out_of_date = [p for p in group if not self._current(p, day)]
        need = wanted - (len(group) - len(out_of_date))
        for period in self.rng.sample(out_of_date, max(0, min(need, len(out_of_date)))):
            if period not in self.plans:
                self._start_plan(period, self._some_day(max(month, period.start), day))
                continue
            plan = self.active(period)[-1]
            plan.reviewed.append(self._some_day(max(month, plan.start), day))

    def pathway(self, person_id: str, on: date) -> Plan:
        """Start a pathway plan."""
        plan = Plan(self.world, "PATHWAY", person_id, on)
        self.pathways[person_id] = plan
        self.all_plans.append(plan)
        return plan

    # -- rows

    def write(self) -> None:
        """Append the rows of health, education and care plans (pathway plans come later)."""
        world, rng = self.world, self.rng
        for period in self.periods:
            person = period.person
            for done, kind in ((self.health, "HEALTH_ASSESSMENT"), (self.teeth, "DENTAL")):
                for on in done[period]:
                    first = (period, on) in self.initial
                    stage = ("IHA" if first else "RHA") if kind == "HEALTH_ASSESSMENT" else None
                    world.add(
                        "ssd_cla_health",
                        clah_health_check_id=world.new_id("LH"),
                        clah_person_id=person.id,
                        clah_health_check_type=kind,
                        clah_health_check_date=on,
                        clah_health_check_status="COMPLETED",
                        x_clah_assessment_stage_code=stage,
                    )
                if rng.random() < 0.03 and done[period]:
                    world.add(
                        "ssd_cla_health",
                        clah_health_check_id=world.new_id("LH"),
                        clah_person_id=person.id,
                        clah_health_check_type=kind,
                        clah_health_check_date=done[period][-1] + DAY,
                        clah_health_check_status=rng.choice(("REFUSED", "CANCELLED")),
                    )
            for on in self.education[period]:
                world.add(
                    "ssdx_personal_education_plans",
                    pepl_pep_id=world.new_id("PEP"),
                    pepl_person_id=person.id,
                    pepl_pep_date=max(period.start, on - timedelta(days=rng.randint(0, 9))),
                    pepl_completed_date=on,
                    pepl_next_due_date=add_months(on, 6),
                    pepl_status_code="COMPLETED",
                )
            if self.education[period] and rng.random() < 0.03:  # a draft, or called off
                on = self.education[period][-1] + 30 * DAY
                if on <= (period.left or world.last_day):
                    world.add(
                        "ssdx_personal_education_plans",
                        pepl_pep_id=world.new_id("PEP"),
                        pepl_person_id=person.id,
                        pepl_pep_date=on,
                        pepl_status_code=rng.choice(("PLANNED", "CANCELLED")),
                    )
            if period in self.plans:
                self._write_care_plan(period)
        for plan in self.all_plans:
            for on in sorted(set(plan.reviewed)):
                world.add(
                    "ssdx_plan_reviews",
                    plrv_plan_type_code=plan.kind,
                    plrv_plan_id=plan.id,
                    plrv_person_id=plan.person_id,
                    plrv_review_date=on,
                )

    def _write_care_plan(self, period: Period) -> None:
        plan = self.plans[period]
        kinds = {placement.type for placement in period.placements}
        if kinds == {"U4"}:
            code = "LTFOST18"
        elif kinds == {"U1"}:
            code = "LTRELFR"
        elif period.fate == "ADOPTED":
            code = "ADOPTION"
        elif period.fate == "SGO":
            code = "SGO"
        else:
            code = self.rng.choice(("RETURN", "SUPPORTED", "RESIDENTIAL", "OTHER", None))
        self.world.add(
            "ssd_cla_care_plan",
            lacp_table_id=plan.id,
            lacp_person_id=plan.person_id,
            lacp_cla_care_plan_start_date=plan.start,
            lacp_cla_care_plan_end_date=period.end,
            x_lacp_permanence_code=code,
        )


def _spread(total: int, sizes: dict[str, int]) -> dict[str, int]:
    """Share a whole number out in proportion to sizes."""
    total = max(0, total)
    everything = sum(sizes.values()) or 1
    shares = {name: total * size // everything for name, size in sizes.items()}
    rest = total - sum(shares.values())
    for name in sorted(sizes, key=lambda n: (-(total * sizes[n] % everything), n))[:rest]:
        shares[name] += 1
    return shares
