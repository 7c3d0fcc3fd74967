"""Assessments: each month an exact number authorised, in time, and with each outcome."""

from __future__ import annotations

from datetime import date, timedelta

from made_up_county import targets
from made_up_county.cases import Case, Caseload
from made_up_county.world import LOCALITIES, month_end

# Of the assessments of a month, those that are not the first of their referral.
LATER_SHARE = 0.19
# Assessments that are past their limit at the end of a month, roughly.
OVERDUE_USUAL = 230


class Assessments:
    """Authorises the assessments of one month after the other."""

    def __init__(self, caseload: Caseload) -> None:
        self.caseload = caseload
        self.world = caseload.world
        self.days = caseload.world.days
        self.rng = caseload.world.random("assessments")
        self.short: dict[date, int] = {}

    def run(self, month: date) -> None:
        """Authorise the assessments of a month."""
        outcomes = targets.assessment_outcomes(month)
        total = sum(outcomes)
        in_time = targets.assessments_in_time(month)
        chosen: list[tuple[Case, date, bool]] = []
        parts = targets.IN_TIME_BY_LOCALITY.get(month, {})
        places = {name for name in LOCALITIES if name not in parts}
        for name, (count, good) in parts.items():
            chosen += self._choose(month, {name}, good, count - good)
            total -= count
            in_time -= good
        if places:
            chosen += self._choose(month, places, in_time, total - in_time)
        self._decide(chosen, outcomes, month)

    def _choose(
        self, month: date, places: set[str], in_time: int, late: int
    ) -> list[tuple[Case, date, bool]]:
        """Cases and days for one part of the county; the flag says that it is a first one."""
        rng, days, caseload = self.rng, self.days, self.caseload
        last = month_end(month)
        working = days.in_month(month)
        pending, later = [], []
        for case in caseload.open.values():
            team = case.assessment["cina_assessment_team"] if case.pending else case.team_id
            if len(places) < len(LOCALITIES) and caseload.locality_of(team, last) not in places:
                continue
            if case.pending:
                if case.received <= last - timedelta(days=9):
                    pending.append(case)
            elif case.decided and not case.closing and case.team_type != "CWD":
                later.append(case)
        rng.shuffle(pending)
        pending.sort(key=lambda case: case.due.toordinal() + rng.gauss(0, 9))
        overdue = [case for case in pending if case.due < working[0]]
        running = [case for case in pending if case.due >= working[0]]

        share = targets.LATE_LATER_SHARE.get(month, LATER_SHARE)
        usual = month not in targets.LATE_LATER_SHARE
        if usual and len(overdue) > OVERDUE_USUAL * len(places) / 6 + late:
            share = 0.05
        first_late = min(len(overdue), round(late * (1 - share)))
        first_in = min(len(running), round(in_time * (1 - LATER_SHARE)))
        made: list[tuple[Case, date, bool]] = []
        for case in overdue[:first_late]:
            made.append((case, rng.choice(working), True))
        taken = 0
        for case in running:
            if taken == first_in:
                break
            begin = max(working[0], days.after(case.assessment["cina_assessment_start_date"], 5))
            end = min(case.due, working[-1])
            options = [day for day in working if begin <= day <= end]
            if options:
                made.append((case, max(rng.choice(options), rng.choice(options)), True))
                taken += 1
        # Later assessments on open cases fill what is left.
        rng.shuffle(later)
        left = {"in": in_time - taken, "late": late - first_late}
        for kind, low, high in (("late", 46, 72), ("in", 14, 45)):
            rest = []
            for case in later:
                if left[kind] == 0:
                    rest.append(case)
                    continue
                day = rng.choice(working)
                room = days.between(case.decided, day) - 3  # type: ignore[arg-type]
                if room <= low:
                    rest.append(case)
                    continue
                length = rng.randint(low, min(high, room))
                made.append((self._later(case, days.after(day, -length)), day, False))
                left[kind] -= 1
            later = rest
        # What is still missing comes out of cases whose limit falls in this month.
        used = {id(case) for case, _, _ in made}
        if left["late"]:
            for case in running:
                options = [day for day in working if day > case.due]
                if left["late"] and options and id(case) not in used:
                    made.append((case, rng.choice(options), True))
                    used.add(id(case))
                    left["late"] -= 1
        if left["in"]:
            for case in running:
                begin = case.assessment["cina_assessment_start_date"]
                options = [d for d in working if begin < d <= case.due]
                if left["in"] and options and id(case) not in used:
                    made.append((case, options[-1], True))
                    used.add(id(case))
                    left["in"] -= 1
        if left["late"]:
            for case in overdue[first_late:]:
                if left["late"] and id(case) not in used:
                    made.append((case, rng.choice(working), True))
                    left["late"] -= 1
        self.short[month] = self.short.get(month, 0) + left["late"] + left["in"]
        return made

    def leave_open(self, last: date) -> None:
        """Start the assessments of open cases that are not done when the extract is made."""
        rng, days = self.rng, self.days
        total, late = targets.OPEN_LATER_ASSESSMENTS
        before = month_end(last.replace(day=1) - timedelta(days=1))
        # Past the limit at the end of the last month, and not yet at the end of the one before.
        crossing = range(46, 46 + days.between(before, last))
        cases = [
            case
            for case in self.caseload.open.values()
            if case.decided and not case.closing and case.team_type != "CWD"
        ]
        rng.shuffle(cases)
        left = {True: late, False: total - late}
        for case in cases:
            is_late = left[True] > 0
            if not any(left.values()):
                return
            start = days.after(last, -(rng.choice(crossing) if is_late else rng.randint(1, 44)))
            assert case.decided
            if start > case.decided + timedelta(days=3):
                self._later(case, start)
                left[is_late] -= 1

    def _later(self, case: Case, start: date) -> Case:
        """Start another assessment on an open case."""
        world = self.world
        case.assessment = world.add(
            "ssd_cin_assessments",
            cina_assessment_id=world.new_id("A"),
            cina_person_id=case.person.id,
            cina_referral_id=case.referral.id,
            cina_assessment_start_date=start,
            cina_assessment_auth_date=None,
            cina_assessment_team=case.team_id if case.team_type == "FIT" else None,
            x_cina_outcome_code=None,
            x_cina_status_code="OPEN",
        )
        if case.team_type != "FIT":
            case.assessment["cina_assessment_team"] = case.team_id
        return case

    def _decide(
        self,
        chosen: list[tuple[Case, date, bool]],
        outcomes: tuple[int, int, int, int],
        month: date,
    ) -> None:
        """Authorise: cases that must go on are ongoing, families share an outcome as a rule."""
        rng = self.rng
        ongoing, close, step_down, none = outcomes
        bound = [item for item in chosen if item[0].locks or item[0].cp]
        free = [item for item in chosen if not (item[0].locks or item[0].cp)]
        order: dict[str, float] = {}
        for case, _, _ in free:
            order.setdefault(case.person.family_id, rng.random())
        free.sort(key=lambda item: order[item[0].person.family_id])
        codes: list[str | None] = ["ONGOING"] * max(0, ongoing - len(bound))
        blocks = [("CLOSE", close), ("STEP_DOWN", step_down), (None, none)]
        for code, count in blocks:
            codes += [code] * count
        codes = codes[: len(free)] + ["CLOSE"] * (len(free) - len(codes))
        # Turn the list so that the same families are not always the first.
        for (case, day, _), code in zip(
            [*bound, *free], ["ONGOING"] * len(bound) + codes, strict=True
        ):
            row = case.assessment
            row["cina_assessment_auth_date"] = day
            row["x_cina_outcome_code"] = code
            row["x_cina_status_code"] = "AUTHORISED"
            row["cina_assessment_outcome_nfa"] = "Y" if code == "CLOSE" else "N"
            row["cina_assessment_child_seen"] = "Y" if rng.random() < 0.97 else "N"
            case.pending = False
            case.decided = day
            case.busy_until = max(case.busy_until, day)
            case.closing = code in ("CLOSE", "STEP_DOWN")
