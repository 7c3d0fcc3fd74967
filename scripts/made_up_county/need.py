"""Children in need: closures, hand-overs from the assessment teams, plans and their reviews.

At each month's end the number of children in need is exact, and so are the shares with an
up-to-date plan: of all past 45 working days, and of those not with an assessment team.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from made_up_county import targets
from made_up_county.cases import Case, Caseload
from made_up_county.world import DAY, LOCALITIES, add_months, month_end

CWD_SHARE = 0.035


def shares_of(month: date, total: int, base: int) -> tuple[int, int] | None:
    """Numbers that print as the month's shares.

    Args:
        total: children past 45 working days.
        base: how many of them are at least not with an assessment team.

    Returns:
        How many have a current plan, and how many are not with an assessment team; none if no
        whole numbers do.
    """
    some, every = targets.plan_shares(month)
    if not total:
        return 0, 0
    middle = round(every * total / 100)
    for current in sorted(range(middle - 3, middle + 4), key=lambda n: abs(n - middle)):
        if targets.half_up(current, total) != every:
            continue
        about = round(current * 100 / some)
        for others in sorted(range(about - 4, about + 5), key=lambda n: abs(n - about)):
            if base <= others <= total and targets.half_up(current, others) == some:
                return current, others
    return None


class ChildrenInNeed:
    """Ends one month after the other."""

    def __init__(self, caseload: Caseload) -> None:
        self.caseload = caseload
        self.world = caseload.world
        self.days = caseload.world.days
        self.rng = caseload.world.random("children in need")
        self.short: Counter[str] = Counter()

    def run(self, month: date) -> None:
        """Close cases, hand over, and bring plans up to date in a month."""
        last = month_end(month)
        self._come_of_age(last)
        self._close(month, last)
        self._plans(month, last)

    def _in_need(self, last: date) -> list[Case]:
        return [
            case
            for case in self.caseload.open.values()
            if case.received <= last and not case.cp and case.person.eighteenth > last
        ]

    def _come_of_age(self, last: date) -> None:
        for case in list(self.caseload.open.values()):
            if case.person.eighteenth <= last and not case.locks:
                self.caseload.close(case, max(case.person.eighteenth, case.busy_until + DAY))

    def _day(self, case: Case, month: date, last: date) -> date:
        """A day of the month, after all that happened, on which the case is closed."""
        begin = max(case.busy_until + DAY, month)
        end = min(last, begin + timedelta(days=12)) if case.closing else last
        options = [d for d in self._working if begin <= d <= end]
        return self.rng.choice(options) if options else last

    def _close(self, month: date, last: date) -> None:
        rng = self.rng
        self._working = self.days.in_month(month)
        in_need = self._in_need(last)
        count = len(in_need) - targets.cin_stock(month)
        ready = [case for case in in_need if case.closing and case.busy_until < last]
        ready.sort(key=lambda case: case.decided or last)
        go = ready[: max(count, 0)]
        count -= len(go)
        if count > 0:
            # Work is done: long-standing cases, without a conference to come.
            free = [
                case
                for case in in_need
                if not case.closing
                and not case.pending
                and not case.locks
                and case.busy_until < last
                and case.decided
                and (last - case.decided).days > 40
            ]
            order = {
                case.person.family_id: rng.random()
                ** (1 / max(20, (last - (case.decided or last)).days))
                * (0.985 if case.team_type == "CWD" else 1)
                for case in free
            }
            free.sort(key=lambda case: -order[case.person.family_id])
            go += free[:count]
            count -= len(free[:count])
        if count > 0 and month >= targets.CALIBRATED_FROM:
            self.short[f"{month:%Y-%m} closures"] += count
        if count < 0 and month >= targets.CALIBRATED_FROM:
            self.short[f"{month:%Y-%m} children"] += -count
        self._make_countable(month, last, in_need, go)
        for case in go:
            reason = "RC7" if case.closing else rng.choices(("RC7", "RC5", "RC4"), (80, 12, 8))[0]
            self.caseload.close(case, self._day(case, month, last), reason)

    def _is_past(self, case: Case, last: date) -> bool:
        return self.days.between(case.received, last) >= 45

    def _make_countable(self, month: date, last: date, in_need: list[Case], go: list[Case]) -> None:
        """Swap who is closed until the printed shares are possible for the number that is left."""
        leaving = {id(case) for case in go}
        total = sum(self._is_past(case, last) and id(case) not in leaving for case in in_need)
        for _ in range(12):
            if shares_of(month, total, 0):
                return
            stays = next((case for case in go if not self._is_past(case, last)), None)
            leaves = next(
                (
                    case
                    for case in in_need
                    if id(case) not in leaving
                    and self._is_past(case, last)
                    and not case.pending
                    and not case.locks
                    and case.busy_until < last
                ),
                None,
            )
            if not stays or not leaves:
                return
            go[go.index(stays)] = leaves
            leaving.discard(id(stays))
            leaving.add(id(leaves))
            total -= 1

    # -- plans

    def _plans(self, month: date, last: date) -> None:
        past = [case for case in self._in_need(last) if self._is_past(case, last)]
        total = len(past)
        if not total:
            return
        waiting = [case for case in past if case.team_type == "ASSESSMENT"]
        base = total - len(waiting)
        found = shares_of(month, total, base)
        if not found:
            self.short[f"{month:%Y-%m} plan shares (of {total}, {base} handed over)"] += 1
            some, every = targets.plan_shares(month)
            others = max(base, min(total, round(total * every / some)))
            found = (min(others, round(total * every / 100)), others)
        current, others = found
        self._hand_over(waiting, others - base, month, last)
        self._bring_up_to_date(
            [case for case in past if case.team_type != "ASSESSMENT"], current, month, last
        )

    def _hand_over(self, waiting: list[Case], count: int, month: date, last: date) -> None:
        """Hand over those whose assessment decided that work goes on, then the next."""
        rng = self.rng
        order = {case.person.family_id: rng.random() for case in waiting}
        waiting.sort(
            key=lambda case: (
                case.closing,
                case.pending,
                (case.decided or case.received) if not case.pending else case.received,
                order[case.person.family_id],
            )
        )
        working = self.days.in_month(month)
        for case in waiting[:count]:
            begin = max(case.decided or month, month, case.received + DAY)
            options = [d for d in working if begin <= d <= last] or [last]
            kind = "CWD" if rng.random() < CWD_SHARE and not case.locks else "FIT"
            day = rng.choice(options)
            self.caseload.hand_over(case, day, kind)
            case.busy_until = max(case.busy_until, day)

    def _is_current(self, case: Case, last: date) -> bool:
        return bool(case.cin and last <= add_months(case.cin.active, 6))

    def _bring_up_to_date(self, cases: list[Case], current: int, month: date, last: date) -> None:
        shares = targets.PLANS_BY_LOCALITY.get(month)
        if not shares:
            self._update(cases, current, month, last)
            return
        groups: dict[str | None, list[Case]] = {}
        for case in cases:
            groups.setdefault(self.caseload.locality(case, last), []).append(case)
        wanted = {
            name: round(len(groups.get(name, [])) * share / 100) for name, share in shares.items()
        }
        # The rest of the county's number falls to the county-wide teams and then to the others.
        wide = groups.get(None, [])
        spare = current - sum(wanted.values())
        wanted[None] = max(0, min(len(wide), spare))  # type: ignore[index]
        spare -= wanted[None]  # type: ignore[index]
        names = [name for name in LOCALITIES if name not in ("SOUTH", "BRECKLAND")]
        turn = 0
        while spare:
            name = names[turn % len(names)]
            step = 1 if spare > 0 else -1
            if 0 <= wanted[name] + step <= len(groups.get(name, [])):
                wanted[name] += step
                spare -= step
            turn += 1
        for name, group in groups.items():
            self._update(group, wanted[name], month, last)  # type: ignore[index]

    def _update(self, cases: list[Case], current: int, month: date, last: date) -> None:
        """Start, review or end plans so that exactly `current` children have a current one."""
        rng = self.rng
        working = self.days.in_month(month)
        good = [case for case in cases if self._is_current(case, last)]
        need = current - len(good)
        if need < 0:
            # Work has come to an end before the case is closed.
            options = [c for c in good if c.cin and c.cin.active < last - timedelta(days=60)]
            options = options if len(options) >= -need else good
            for case in rng.sample(options, -need):
                assert case.cin
                days = [d for d in working if d > case.cin.active] or [last]
                self.caseload.end_cin_plan(case, rng.choice(days))
                case.busy_until = max(case.busy_until, case.handed or month)
            return
        bad = [case for case in cases if not self._is_current(case, last)]
        # New plans first, then reviews that fall due, then those that were let lapse.
        order = {case.person.family_id: rng.random() for case in bad}
        bad.sort(
            key=lambda case: (
                1 if case.cin and case.cin.active < last - timedelta(days=215) else 0,
                order[case.person.family_id],
            )
        )
        for case in bad[:need]:
            begin = max(case.handed or month, month)
            if case.cin is None:
                # Not before the conference, the enquiry or the protection plan was over.
                last_plan = self.caseload.cp_history.get(case.person.id)
                if last_plan and last_plan[-1].end:
                    begin = max(begin, last_plan[-1].end)
                days = [d for d in working if d >= begin] or [last]
                self.caseload.start_cin_plan(case, rng.choice(days))
            else:
                self.caseload.review_cin_plan(case, rng.choice(working))
        for case in good:
            # Some are reviewed before they have to be.
            if case.cin and (last - case.cin.active).days > 75 and rng.random() < 0.12:
                self.caseload.review_cin_plan(case, rng.choice(working))
