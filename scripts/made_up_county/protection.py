"""Section 47 enquiries, conferences, protection plans, their reviews and visits.

The dates are planned first (`Protection.plan`): conferences by month, the strategy discussion
before each, and an enquiry that is completed between the two; the enquiries that lead to nothing
fill each month's number. Children are found month by month among the open cases.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from made_up_county import targets
from made_up_county.cases import Case, Caseload, CpPlan
from made_up_county.extract_of_a_day import VISITS_FROM
from made_up_county.world import DAY, LOCALITIES, add_months, month_end, month_of

S47_OUTCOMES = ("SUBST_RISK", "SUBST_NO_RISK", "NOT_SUBST", "OTHER")
CATEGORIES = ("NEG", "EMO", "PHY", "SAB", "MUL")
CATEGORY_WEIGHTS = (45, 36, 9, 6, 4)
# A regular plan is over before it is this old.
LONGEST_DAYS = 505


@dataclass(slots=True)
class _Group:
    """Children of one family who go through an enquiry or a conference together."""

    size: int
    strategy: date
    held: date | None = None  # the conference
    end: date | None = None  # the enquiry's completion
    outcome: str | None = None
    plan: bool = False
    kind: str = "any"  # of the plan: first, older, recent
    long: tuple[date | None] | None = None
    locality: str | None = None
    not_locality: str | None = None
    transfer: bool = False
    turns_18: date | None = None


class Protection:
    """Makes one month after the other; call `plan` first."""

    def __init__(self, caseload: Caseload) -> None:
        self.caseload = caseload
        self.world = caseload.world
        self.days = caseload.world.days
        self.rng = caseload.world.random("protection")
        self.queue: dict[date, list[_Group]] = {}
        self.plans: list[CpPlan] = []
        self.waiting: list[tuple[_Group, list[Case], list[str | None]]] = []
        self.short: Counter[str] = Counter()
        self._on_time = (0, 0)  # reviews in time and all, of the year

    # -- the plan of dates

    def plan(self, months: list[date]) -> None:
        """Plan the dates of all months."""
        left = {m: list(targets.s47_outcomes(m)) for m in months}
        groups: list[_Group] = []
        for month in months:
            groups += self._plan_conferences(month)
        groups.sort(key=lambda group: (-group.size, group.strategy))
        for group in groups:
            self._plan_enquiry(group, left)
        for month in months:
            working = self.days.in_month(month)
            for outcome, count in zip(S47_OUTCOMES, left[month], strict=True):
                while count > 0:
                    size = min(self._size(), count)
                    count -= size
                    end = self.rng.choice(working)
                    strategy = self.days.after(end, -self.rng.randint(2, 11))
                    groups.append(_Group(size, strategy, None, end, outcome))
        for group in groups:
            when = month_of(group.end or group.held)  # type: ignore[arg-type]
            if when in left:
                self.queue.setdefault(when, []).append(group)
        for queue in self.queue.values():
            # Those who need a child with a history choose first, then in order of date.
            queue.sort(key=lambda g: (g.kind != "recent", g.long is None, g.strategy, g.size))

    def _size(self) -> int:
        return self.rng.choices((1, 2, 3, 4), (46, 29, 17, 8))[0]

    def _plan_conferences(self, month: date) -> list[_Group]:
        rng = self.rng
        count, in_time = targets.conferences(month)
        starts, second, recent = targets.plan_starts(month)
        transfers = 1 if month.month in (2, 6, 10) and month < date(2017, 12, 1) else 0
        starts = min(starts - transfers, count)
        working = self.days.in_month(month)
        groups: list[_Group] = []
        # Long plans have days of their own.
        longs: list[tuple[list[date], date | None, str | None, str | None, date | None]] = []
        for first, last, number, end in targets.LONG_PLANS:
            if month_of(first) <= month <= month_of(last):
                whole = (last.year - first.year) * 12 + last.month - first.month + 1
                mine = targets.spread(number, [1] * whole)[
                    (month.year - first.year) * 12 + month.month - first.month
                ]
                options = [day for day in working if first <= day <= last]
                for n in range(mine):
                    place = None
                    if end is None:
                        # Half of those who are on a plan for long at the end live in Norwich.
                        place = "NORWICH" if (month.month + n) % 2 == 0 else None
                    other = "NORWICH" if end is None and place is None else None
                    turns = (
                        date(2018, 2, 14)
                        if first == date(2015, 10, 5) and n == 0 and end is None
                        else None
                    )
                    longs.append((options, end, place, other, turns))
        for options, end, place, other, turns in longs:
            held = rng.choice(options)
            groups.append(
                _Group(
                    1,
                    held,
                    held,
                    plan=True,
                    kind="first",
                    long=(end,),
                    locality=place,
                    not_locality=other,
                    turns_18=turns,
                )
            )
        cells = {
            "recent": recent,
            "older": second - recent,
            "first": starts - second - len(longs),
            "none": count - starts,
        }
        parts: list[tuple[str | None, int, int]] = []
        if month == date(2018, 3, 1):
            for name, (n, good) in targets.ICPC_BY_LOCALITY.items():
                parts.append((name, n, good))
        parts.append((None, count - sum(p[1] for p in parts), in_time - sum(p[2] for p in parts)))
        good_left = {place: good for place, _, good in parts}
        room = {place: n for place, n, _ in parts}
        named = {place for place in room if place}
        room[None] -= len(longs)
        for group in groups:  # the long ones are in time
            good_left[None] -= 1
            self._date_strategy(group, True)
        while any(cells.values()):
            kind = rng.choices(list(cells), list(cells.values()))[0]
            place = rng.choices(list(room), list(room.values()))[0]
            good = rng.random() * room[place] < good_left[place]
            limit = good_left[place] if good else room[place] - good_left[place]
            size = min(self._size(), cells[kind], room[place], limit)
            if kind == "recent":
                size = min(size, 2)
            cells[kind] -= size
            room[place] -= size
            good_left[place] -= size if good else 0
            group = _Group(
                size,
                working[0],
                rng.choice(working),
                plan=kind != "none",
                kind=kind if kind != "none" else "any",
                locality=place,
                not_locality="*" if named and place is None else None,
            )
            self._date_strategy(group, good)
            groups.append(group)
        for _ in range(transfers):
            held = rng.choice(working)
            groups.append(_Group(1, held, held, plan=True, kind="first", transfer=True))
        return groups

    def _date_strategy(self, group: _Group, good: bool) -> None:
        rng = self.rng
        if good:
            length = rng.choices(
                (6, 8, 9, 10, 11, 12, 13, 14, 15), (2, 3, 4, 8, 10, 14, 18, 22, 19)
            )[0]
        else:
            length = 15 + min(25, 1 + int(rng.expovariate(0.16)))
        assert group.held
        group.strategy = self.days.after(group.held, -length)

    def _plan_enquiry(self, group: _Group, left: dict[date, list[int]]) -> None:
        """Give a conference its enquiry, in a month that still has room for it."""
        rng = self.rng
        assert group.held
        if group.transfer:
            return
        options = [self.days.after(group.strategy, n) for n in range(2, 13)]
        options = [day for day in options if day <= group.held]
        rng.shuffle(options)
        for outcome in (0, 1, 3):
            if outcome == 1 and rng.random() < 0.5:
                continue
            for day in options:
                room = left.get(month_of(day))
                if room and room[outcome] >= group.size:
                    room[outcome] -= group.size
                    group.end = day
                    group.outcome = S47_OUTCOMES[outcome]
                    return

    # -- finding children

    def _fits(self, case: Case, group: _Group) -> bool:
        person = case.person
        if (
            case.locks
            or case.cp
            or case.closing
            or case.received > group.strategy
            or case.referral.id not in self.caseload.open
            or case.team_type == "CWD"
        ):
            return False
        if group.locality and self._place(case, group) != group.locality:
            return False
        if group.not_locality == "*":
            if self._place(case, group) in targets.ICPC_BY_LOCALITY:
                return False
        elif group.not_locality and self._place(case, group) == group.not_locality:
            return False
        if group.strategy < case.last_s47 + timedelta(days=45):
            return False
        day = group.held or group.end
        assert day
        if group.plan:
            need = 1000 if group.long else 560
            if group.turns_18:
                if person.age(day) < 14 or person.expected_dob:
                    return False
            elif person.eighteenth <= day + timedelta(days=need):
                return False
            history = self.caseload.cp_history.get(person.id)
            if group.kind == "recent":
                if not history:
                    return False
                ended = history[-1].end
                if ended is None or ended > group.strategy - timedelta(days=14):
                    return False
                return ended > add_months(day, -24)
            if history:
                return False
            if group.kind == "older" and person.age(day) < 4:
                return False
        elif person.eighteenth <= day + timedelta(days=40):
            return False
        return True

    def _place(self, case: Case, group: _Group) -> str | None:
        """Where the team of the child works then: for long plans, where it ends up."""
        day = self.world.as_at if group.long else group.held or group.strategy
        if case.team_type == "FIT":
            return self.caseload.locality(case, day)
        if not group.long:
            return case.person.locality
        team = self.world.team("FIT", case.person.locality, group.strategy, case.person.family_id)
        return self.caseload.locality_of(team, self.world.as_at)

    def _find(self, group: _Group) -> list[Case]:
        rng, caseload = self.rng, self.caseload
        found: list[Case] = []
        pool: list[Case] = []
        if group.kind == "recent":
            pool = [case for case in self._again if self._fits(case, group)]
            if not pool:
                group.kind = "stated"
        steer = group.plan and not group.locality and not group.not_locality
        tries = 0
        while len(found) < group.size and tries < 400:
            tries += 1
            if pool:
                case = rng.choice(pool)
            elif tries < 40 and rng.random() < 0.75:
                case = self._recent_case(group.strategy)
            else:
                case = self._any_case()
            if case is None or case in found or not self._fits(case, group):
                continue
            if steer and tries < 60 and rng.random() > self._wanted(case.person.locality):
                continue
            family = [
                mate
                for mate in caseload.by_family[case.person.family_id]
                if mate is not case and mate not in found and self._fits(mate, group)
            ]
            found += [case, *family][: group.size - len(found)]
        return found

    def _recent_case(self, strategy: date) -> Case | None:
        """A case that was referred in the four weeks before the strategy discussion."""
        cases = self.caseload.by_received
        low, high = 0, len(cases)
        while low < high:
            middle = (low + high) // 2
            if cases[middle].received <= strategy:
                low = middle + 1
            else:
                high = middle
        if low < 1:
            return None
        case = cases[max(0, low - 1 - int(self.rng.random() * 400))]
        return case if case.referral.id in self.caseload.open else None

    def _any_case(self) -> Case | None:
        return self.rng.choice(self._open_list) if self._open_list else None

    def _wanted(self, locality: str) -> float:
        """How much another plan in a locality is wanted, between 0 and 1."""
        total = sum(self._stock.values()) or 1
        ratio = self._stock[locality] / (total * targets.CP_SHARE[locality])
        return 1.0 if ratio < 0.97 else 0.5 if ratio < 1.0 else 0.15 if ratio < 1.04 else 0.03

    # -- enquiries and conferences of a month

    def run(self, month: date) -> None:
        """Make the enquiries completed and the conferences held in a month."""
        self._open_list = list(self.caseload.open.values())
        self._again = [
            case for case in self._open_list if case.person.id in self.caseload.cp_history
        ]
        self._stock = Counter(
            dict.fromkeys(LOCALITIES, 0) | Counter(plan.case.person.locality for plan in self.plans)
        )
        for group in self.queue.get(month, []):
            members = self._find(group)
            if len(members) < group.size:
                self.short[f"{month:%Y-%m} {group.kind}"] += group.size - len(members)
            if not members:
                continue
            enquiries: list[str | None] = [None] * len(members)
            if group.end:
                enquiries = [self._enquiry(group, case) for case in members]
            if group.held:
                for case in members:
                    case.locks += 1
                    if group.plan:
                        self._stock[case.person.locality] += 1
                self.waiting.append((group, members, enquiries))
        self.waiting.sort(key=lambda item: item[0].held or date.max)
        while self.waiting and month_of(self.waiting[0][0].held) <= month:  # type: ignore[arg-type]
            self._confer(*self.waiting.pop(0))

    def _enquiry(self, group: _Group, case: Case) -> str:
        world = self.world
        enquiry = world.new_id("Q")
        world.add(
            "ssd_s47_enquiry",
            s47e_s47_enquiry_id=enquiry,
            s47e_person_id=case.person.id,
            s47e_referral_id=case.referral.id,
            s47e_s47_start_date=group.strategy,
            s47e_s47_end_date=group.end,
            s47e_s47_nfa="Y" if group.outcome == "NOT_SUBST" else "N",
            s47e_s47_completed_by_team=case.team_id if self.rng.random() > 0.004 else None,
            x_s47e_outcome_code=group.outcome
            if group.outcome != "OTHER" or self.rng.random() < 0.5
            else None,
            x_s47e_status_code="COMPLETED",
        )
        assert group.end
        case.last_s47 = group.end
        case.busy_until = max(case.busy_until, group.end)
        return enquiry

    def _confer(self, group: _Group, members: list[Case], enquiries: list[str | None]) -> None:
        world, rng = self.world, self.rng
        held = group.held
        assert held
        meetings: dict[str, str] = {}
        for case, enquiry in zip(members, enquiries, strict=True):
            family = case.person.family_id
            if family not in meetings:
                meetings[family] = world.new_id("M")
            plan_id = world.new_id("K") if group.plan else None
            conference = world.new_id("I")
            if group.plan and case.team_type == "ASSESSMENT":
                self.caseload.hand_over(case, held)
            world.add(
                "ssd_initial_cp_conference",
                icpc_icpc_id=conference,
                icpc_icpc_meeting_id=meetings[family],
                icpc_person_id=case.person.id,
                icpc_s47_enquiry_id=enquiry,
                icpc_referral_id=case.referral.id,
                icpc_cp_plan_id=plan_id,
                icpc_icpc_transfer_in="Y" if group.transfer else "N",
                icpc_icpc_target_date=None
                if group.transfer
                else self.days.after(group.strategy, 15),
                icpc_icpc_date=held,
                icpc_icpc_outcome_cp_flag="Y" if group.plan else "N",
                icpc_icpc_team=case.team_id,
                x_icpc_strategy_discussion_date=None
                if group.transfer or (enquiry and rng.random() < 0.6)
                else group.strategy,
                x_icpc_status_code="HELD",
            )
            case.busy_until = max(case.busy_until, held)
            if plan_id:
                self._start(group, case, plan_id, conference, held)
            else:
                case.locks -= 1

    def _start(self, group: _Group, case: Case, plan_id: str, conference: str, held: date) -> None:
        rng, caseload, person = self.rng, self.caseload, case.person
        if group.turns_18:
            person.dob = group.turns_18.replace(year=group.turns_18.year - 18)
        earlier = caseload.cp_history.setdefault(person.id, [])
        count, ended = len(earlier), earlier[-1].end if earlier else None
        if group.kind == "stated":
            count, ended = 1, held - timedelta(days=rng.randint(120, 700))
        elif group.kind == "older":
            count = rng.choice((1, 1, 1, 2))
            ended = None
            if rng.random() < 0.6:
                ended = held - timedelta(days=rng.randint(800, 2600))
                ended = max(ended, person.born + timedelta(days=90))
                if ended > add_months(held, -25):
                    ended = None
        category = rng.choices(CATEGORIES, CATEGORY_WEIGHTS)[0]
        row = self.world.add(
            "ssd_cp_plans",
            cppl_cp_plan_id=plan_id,
            cppl_person_id=person.id,
            cppl_icpc_id=conference,
            cppl_referral_id=case.referral.id,
            cppl_cp_plan_start_date=held,
            cppl_cp_plan_end_date=None,
            cppl_cp_plan_initial_category=category,
            cppl_cp_plan_latest_category=category
            if rng.random() < 0.93
            else rng.choice(CATEGORIES),
            cppl_cp_plan_ola="N",
            x_cppl_previous_plan_count=count,
            x_cppl_previous_plan_end_date=ended,
        )
        plan = CpPlan(row, case, held)
        if group.long:
            plan.long = True
            plan.end_month = group.long[0]
        plan.review_from = held
        plan.review_due = add_months(held, 3)
        earlier.append(plan)
        caseload.end_cin_plan(case, held)
        case.cp = plan
        self.plans.append(plan)

    # -- reviews and ends of a month

    def review(self, month: date) -> None:
        """Hold the review conferences of a month and end plans at them."""
        rng = self.rng
        last = month_end(month)
        self._come_of_age(last)
        leaving = self._choose_ends(month, last)
        leave = {id(plan) for plan in leaving}
        due = [plan for plan in self.plans if plan.review_due and plan.review_due <= last]
        share, days_early = targets.RCPC_EARLY.get(month, (0.3, 12))
        soon = [
            plan
            for plan in self.plans
            if plan.review_due
            and last < plan.review_due <= last + timedelta(days=max(12, days_early))
        ]
        # Who leaves at a conference that is not due yet has it earlier.
        early = [plan for plan in soon if id(plan) in leave]
        rest = [plan for plan in soon if id(plan) not in leave]
        order = {plan.case.person.family_id: rng.random() for plan in rest}
        rest.sort(key=lambda plan: order[plan.case.person.family_id])
        late, more = self._how_many_late(
            month, len(due) + len(early), len(rest), round(len(rest) * share)
        )
        extra = more
        working = self.days.in_month(month)
        held: dict[int, date] = {}
        can_be_late = [plan for plan in due if plan.review_due and plan.review_due < working[-1]]
        families: dict[str, list[CpPlan]] = {}
        for plan in can_be_late:
            families.setdefault(plan.case.person.family_id, []).append(plan)
        names = list(families)
        rng.shuffle(names)
        for whole in (True, False):
            for name in names:
                group = [plan for plan in families[name] if id(plan) not in held]
                if not group or late == 0 or (whole and len(group) > late):
                    continue
                group = group[:late]
                options = [d for d in working if d > group[0].review_due]  # type: ignore[operator]
                for plan in group:
                    assert plan.review_due
                    later = [d for d in options if d > plan.review_due]
                    held[id(plan)] = rng.choice(later)
                late -= len(group)
        if late:
            self.short[f"{month:%Y-%m} late review"] += late
        on_time = [plan for plan in (*due, *early, *rest[:extra]) if id(plan) not in held]
        family_day: dict[tuple[str, date], date] = {}
        for plan in on_time:
            assert plan.review_due and plan.review_from
            key = (plan.case.person.family_id, plan.review_due)
            if key not in family_day:
                end = min(plan.review_due, last)
                options = [
                    d
                    for d in working
                    if end - timedelta(days=11) <= d <= end and d > plan.review_from
                ]
                family_day[key] = rng.choice(options) if options else end
            held[id(plan)] = family_day[key]
        for plan in [*due, *early, *rest[:extra]]:
            self._hold(plan, held[id(plan)], id(plan) not in leave)
        for plan in leaving:
            self._end(plan, held.get(id(plan)) or self._end_day(plan, month))

    def _how_many_late(self, month: date, base: int, spare: int, usual: int) -> tuple[int, int]:
        """How many reviews are late, and how many that could wait are held, for the month's share.

        Args:
            base: reviews that are held anyway.
            spare: reviews that could be held or wait.
            usual: how many of these are held as a rule; the nearest number that fits is taken.
        """
        wanted = targets.reviewed_on_time(month)
        first, final, year = targets.RCPC_YEAR
        options = sorted(range(spare + 1), key=lambda more: abs(more - usual))
        for strict in (True, False):
            for more in options:
                count = base + more
                good = targets.count_for(wanted, count) if count else 0
                if not count or good > count or targets.half_up(good, count) != wanted:
                    continue
                so_far = (self._on_time[0] + good, self._on_time[1] + count)
                if strict and month == final and targets.half_up(*so_far) != year:
                    continue
                if first <= month <= final:
                    self._on_time = so_far
                if not strict:
                    self.short[f"{month:%Y-%m} reviews of the year {so_far}"] += 1
                return count - good, more
        self.short[f"{month:%Y-%m} reviews on time (of {base} to {base + spare})"] += 1
        return 0, min(usual, spare)

    def _hold(self, plan: CpPlan, day: date, goes_on: bool) -> None:
        rng = self.rng
        age = plan.case.person.age(day)
        self.world.add(
            "ssd_cp_reviews",
            cppr_cp_review_id=self.world.new_id("V"),
            cppr_person_id=plan.case.person.id,
            cppr_cp_plan_id=plan.row["cppl_cp_plan_id"],
            cppr_cp_review_due=plan.review_due,
            cppr_cp_review_date=day,
            cppr_cp_review_outcome_continue_cp="Y" if goes_on else "N",
            cppr_cp_review_quorate="Y" if rng.random() < 0.96 else "N",
            cppr_cp_review_participation="PN0"
            if age < 4
            else rng.choices(("PN1", "PN2", "PN3", "PN5", "PN6", "PN7"), (8, 3, 10, 30, 29, 20))[0],
            x_cppr_status_code="HELD",
        )
        plan.review_from = day
        plan.review_due = add_months(day, 6)

    def _end_day(self, plan: CpPlan, month: date) -> date:
        options = [d for d in self.days.in_month(month) if d > plan.case.busy_until]
        if plan.long:
            options = [d for d in options if d >= add_months(plan.start, 24)] or options
        return self.rng.choice(options or [month_end(month)])

    def _choose_ends(self, month: date, last: date) -> list[CpPlan]:
        """The plans that end this month: exactly as many as the month's figure."""
        rng = self.rng
        count = targets.CP_ENDS.get(month)
        if count is None:
            count = max(0, len(self.plans) - targets.cp_stock_before(month))
        pool = [
            plan
            for plan in self.plans
            if not plan.long and plan.start <= month - timedelta(days=70)
        ]
        must = [plan for plan in self.plans if plan.long and plan.end_month == month]
        must += [plan for plan in pool if plan.start + timedelta(days=LONGEST_DAYS) <= last]
        places: dict[str, int] | None = None
        if month in targets.CP_LOCALITY:
            stock = Counter(self.caseload.locality(plan.case, last) for plan in self.plans)
            places = {
                name: stock[name] - target for name, target in targets.CP_LOCALITY[month].items()
            }
        stock = Counter(self.caseload.locality(plan.case, last) for plan in self.plans)
        total = len(self.plans) or 1
        chosen: list[CpPlan] = []
        taken: set[int] = set()

        def take(plan: CpPlan) -> bool:
            place = self.caseload.locality(plan.case, last)
            if id(plan) in taken or len(chosen) >= count:
                return False
            if places is not None:
                if places.get(place or "", 0) <= 0:
                    return False
                places[place or ""] -= 1
            chosen.append(plan)
            taken.add(id(plan))
            return True

        for plan in must:
            take(plan)
        weighted = []
        for plan in pool:
            age = (last - plan.start).days
            weight = 0.35 if age < 150 else 1.0 if age < 260 else 3.0 if age < 400 else 5.0
            if not (plan.review_due and plan.review_due <= last + timedelta(days=8)):
                weight *= 0.05
            place = self.caseload.locality(plan.case, last) or ""
            surplus = stock[place] / (total * targets.CP_SHARE.get(place, 0.17))
            weight *= 0.4 if surplus < 0.97 else 1.0 if surplus < 1.03 else 2.0
            weighted.append((rng.random() ** (1 / weight), plan))
        weighted.sort(key=lambda item: -item[0])
        by_family: dict[str, list[CpPlan]] = {}
        for _, plan in weighted:
            by_family.setdefault(plan.case.person.family_id, []).append(plan)
        for _, plan in weighted:
            if len(chosen) >= count:
                break
            if take(plan) and rng.random() < 0.8:
                for mate in by_family[plan.case.person.family_id]:
                    take(mate)
        if len(chosen) < count:
            self.short[f"{month:%Y-%m} ends"] += count - len(chosen)
        if places and any(places.values()):
            self.short[f"{month:%Y-%m} ends by locality {places}"] += 1
        return chosen

    def _end(self, plan: CpPlan, day: date) -> None:
        case = plan.case
        plan.end = day
        plan.row["cppl_cp_plan_end_date"] = day
        case.cp = None
        case.locks -= 1
        case.busy_until = max(case.busy_until, day)
        self._span(plan, day)
        self.plans.remove(plan)

    def _span(self, plan: CpPlan, end: date | None) -> None:
        case = plan.case
        self.world.span(
            case.person,
            "CP",
            case.team_type,
            plan.start,
            end,
            referral_id=case.referral.id,
            team_id=case.team_id,
        )

    def _come_of_age(self, last: date) -> None:
        """Who turns 18 is no longer on the plan; its end was recorded weeks later."""
        for plan in list(self.plans):
            birthday = plan.case.person.eighteenth
            if birthday <= last:
                plan.end = birthday
                plan.row["cppl_cp_plan_end_date"] = birthday + timedelta(days=23)
                plan.case.cp = None
                plan.case.locks -= 1
                self._span(plan, birthday)
                self.plans.remove(plan)

    def finish(self) -> None:
        """Write the spans of the plans that are still open."""
        for plan in self.plans:
            self._span(plan, None)

    # -- visits

    def visit(self, month: date) -> None:
        """Visit the children on plans: at the month's end exactly so many were seen lately."""
        if month < month_of(VISITS_FROM):
            return
        last = month_end(month)
        parts = targets.SEEN_COUNTS.get(month)
        if parts:
            for name, (ten, twenty) in parts.items():
                plans = [p for p in self.plans if self.caseload.locality(p.case, last) == name]
                self._visit(plans, month, last, ten, twenty)
        else:
            size = len(self.plans)
            ten, twenty = (targets.count_for(share, size) for share in targets.seen_shares(month))
            self._visit(list(self.plans), month, last, ten, twenty)

    def _visit(self, plans: list[CpPlan], month: date, last: date, ten: int, twenty: int) -> None:
        rng, days = self.rng, self.days
        rng.shuffle(plans)
        order = {plan.case.person.family_id: rng.random() for plan in plans}
        plans.sort(key=lambda plan: order[plan.case.person.family_id])
        span = days.between(month - DAY, last)  # working days of the month
        state = {}
        for plan in plans:
            anchor = plan.seen if plan.seen and plan.seen >= plan.start else plan.start
            state[id(plan)] = days.between(anchor, last)
        unseen = len(plans) - twenty
        for_none = [p for p in plans if state[id(p)] > 20][:unseen]
        if len(for_none) < unseen:
            self.short[f"{month:%Y-%m} not seen"] += unseen - len(for_none)
        skip = {id(plan) for plan in for_none}
        rest = [plan for plan in plans if id(plan) not in skip]
        middle = twenty - ten
        between = [p for p in rest if state[id(p)] > 10][:middle]
        if len(between) < middle:
            self.short[f"{month:%Y-%m} seen late"] += middle - len(between)
        some = {id(plan) for plan in between}
        for plan in plans:
            if id(plan) in skip:
                # Perhaps seen at the very beginning of the month, more than 20 days ago.
                options = [k for k in range(21, span) if k < state[id(plan)]]
                marks = [rng.choice(options)] if options and rng.random() < 0.5 else []
            elif id(plan) in some:
                if state[id(plan)] <= 20 and rng.random() < 0.3:
                    marks = []
                else:
                    options = [k for k in range(11, min(20, span - 1) + 1) if k < state[id(plan)]]
                    marks = [rng.choice(options)] if options else []
                    if not options and state[id(plan)] > 20:
                        self.short[f"{month:%Y-%m} no day to be seen late"] += 1
            else:
                options = [k for k in range(11) if k < state[id(plan)]]
                if state[id(plan)] <= 10 and (not options or rng.random() < 0.5):
                    marks = []
                else:
                    marks = [rng.choice(options)] if options else []
                    if marks and marks[0] + 10 < min(span - 1, state[id(plan)]):
                        marks.append(marks[0] + rng.randint(8, 10))
            for mark in sorted(marks, reverse=True):
                self._write_visit(plan, days.after(last, -mark), True)
            if rng.random() < 0.04 and span > 4:
                day = days.after(last, -rng.randint(0, span - 2))
                if day >= plan.start:
                    self._write_visit(plan, day, False)

    def _write_visit(self, plan: CpPlan, day: date, seen: bool) -> None:
        rng = self.rng
        age = plan.case.person.age(day)
        self.world.add(
            "ssd_cp_visits",
            cppv_cp_visit_id=self.world.new_id("Y"),
            cppv_person_id=plan.case.person.id,
            cppv_cp_plan_id=plan.row["cppl_cp_plan_id"],
            cppv_cp_visit_date=day,
            cppv_cp_visit_seen="Y" if seen else "N",
            cppv_cp_visit_seen_alone="Y" if seen and age >= 3 and rng.random() < 0.7 else "N",
            x_cppv_recorded_date=day + timedelta(days=rng.choice((0, 0, 1, 1, 2, 3, 5))),
        )
        if seen:
            plan.seen = max(plan.seen or day, day)
