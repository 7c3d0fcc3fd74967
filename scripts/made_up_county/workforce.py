"""Workers and allocations: who holds each child, from the spans in which children are in work.

Which team holds a child on a day follows from the spans. Which worker of the team does is settled
month by month, so that at the end of each month the largest and the average caseload of every type
of team (11.x), and in each month the number of children with a new worker (C1, C2), are those of
`targets_work`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from made_up_county import targets_work as targets
from made_up_county.care_periods import key
from made_up_county.care_placements import half_up
from made_up_county.targets_care import usual
from made_up_county.world import DAY, Person, Span, Team, World, month_end, month_of, months_between

# Where spans of a child overlap, the service that holds the child.
RANK = {"LAC": 5, "CP": 4, "CIN": 3, "ASSESSMENT": 2, "CARE_LEAVER": 1}
COUNTED = ("ASSESSMENT", "FIT", "LAC", "CWD")
# A new worker counts as a change if the last one left at most so many days ago.
STILL_A_CHANGE = timedelta(days=28)
MOVER_CASES = 19
TITLES = {"LEAVING_CARE": "Personal adviser", "NIPE": "Newly qualified social worker"}
UNQUALIFIED_TITLE = "Family worker"


@dataclass(slots=True, eq=False)
class Hold:
    """A time in which one team holds the child; `pieces` are (from, worker)."""

    person: Person
    team: Team
    start: date
    end: date | None
    referral_id: str | None
    fixed: str | None = None
    pieces: list[tuple[date, str]] = field(default_factory=list)

    def open(self, day: date) -> bool:
        """Whether it is open at the end of a day."""
        return self.start <= day and (self.end is None or self.end > day)

    @property
    def worker(self) -> str | None:
        """Who holds the child, as far as that is settled."""
        return self.pieces[-1][1] if self.pieces else None


def by_team(world: World, spans: list[Span], teams: dict[str, Team]) -> list[Hold]:
    """Cut the spans of one child so that they do not overlap; the higher service wins."""
    days = sorted({span.start for span in spans} | {span.end for span in spans if span.end})
    made: list[Hold] = []
    for number, day in enumerate(days):
        following = days[number + 1] if number + 1 < len(days) else None
        here = [s for s in spans if s.start <= day and (s.end is None or s.end > day)]
        if not here:
            continue
        best = max(here, key=lambda span: (RANK[span.service], span.start))
        team = best.team_id or world.team(
            best.team_type,
            best.locality,
            max(day, world.first_day),
            best.person.id if best.service == "LAC" else best.person.family_id,
        )
        last = made[-1] if made else None
        if last and last.end == day and last.team.id == team:
            last.end = following
        else:
            made.append(Hold(best.person, teams[team], day, following, best.referral_id))
    return made


def _reachable(children: int, average: int) -> bool:
    """Whether some number of workers gives an average that is shown as this."""
    workers = max(1, children // average)
    return any(half_up(children, w, 1) == average for w in (workers, workers + 1))


def nearest(tenths: int, count: int) -> int:
    """The whole number whose share of `count`, rounded half up, is nearest to the tenths."""
    guess = tenths * count // 1000
    return min((guess, guess + 1), key=lambda n: abs(half_up(n, count, 1000) - tenths))


class Workforce:
    """All holds of all children, and who works in which team."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng = world.random("workforce")
        self.teams = {team.id: team for team in world.teams}
        self.staff: dict[str, list[str]] = {team.id: [] for team in world.teams}
        self.holds: dict[str, list[Hold]] = {}
        spans: dict[str, list[Span]] = defaultdict(list)
        for span in world.spans:
            start = span.start
            if span.service == "CARE_LEAVER":
                start = max(start, targets.ADVISERS_FROM)
            if span.end is None or span.end > start:
                span.start = start
                spans[span.person.id].append(span)
        for person_id, own in spans.items():
            self.holds[person_id] = by_team(world, own, self.teams)
        self.stars: dict[str, str] = {}
        self.unqualified: set[str] = set()
        self.home: dict[str, Team] = {}
        self.advisers: dict[str, list[str]] = defaultdict(list)
        self.joining: dict[date, list[tuple[Team, str]]] = defaultdict(list)

    # -- before the months

    def hire(self, team: Team, qualified: bool = True) -> str:
        """Another worker for a team."""
        worker = self.world.new_id("W")
        usual = "Social worker" if qualified else UNQUALIFIED_TITLE
        self.world.add(
            "ssd_professionals",
            prof_professional_id=worker,
            prof_staff_id=worker,
            prof_social_worker_registration_no=f"SW{int(worker[1:]) + 40000}"
            if qualified
            else None,
            prof_professional_job_title=TITLES.get(team.type, usual),
            prof_professional_department=team.id,
            prof_full_time_equivalency=1 if self.rng.random() < 0.75 else 0.8,
            x_prof_is_qualified_sw="Y" if qualified else "N",
        )
        self.home[worker] = team
        if qualified:
            self.staff[team.id].append(worker)
        else:
            self.unqualified.add(worker)
        return worker

    def newly_qualified(self) -> None:
        """Lend children of family intervention teams to the newly qualified workers (11.6)."""
        months = months_between(
            targets.NEWLY_QUALIFIED_FROM, date(2017, 2 + len(targets.NEWLY_QUALIFIED[0]), 1)
        )
        team = next(team for team in self.world.teams if team.type == "NIPE")
        first, last = months[0], month_end(months[-1]) + timedelta(days=25)
        ready = [
            hold
            for own in self.holds.values()
            for hold in own
            if hold.team.type == "FIT"
            and hold.start < first - timedelta(days=20)
            and (hold.end is None or hold.end > last)
        ]
        for loads in targets.NEWLY_QUALIFIED:
            worker = self.hire(team)
            lent: list[Hold] = []
            for month, load in zip(months, loads, strict=True):
                day = month_end(month)
                while len(lent) < load:
                    source = ready.pop(self.rng.randrange(len(ready)))
                    since = month + timedelta(days=self.rng.randint(0, 20))
                    lent.append(self._lend(source, team, worker, since))
                while len(lent) > load:
                    self._give_back(lent.pop(), month + timedelta(days=self.rng.randint(0, 20)))
            for hold in lent:
                self._give_back(hold, day + timedelta(days=self.rng.randint(1, 20)))

    def _lend(self, source: Hold, team: Team, worker: str, since: date) -> Hold:
        own = self.holds[source.person.id]
        lent = Hold(source.person, team, since, source.end, source.referral_id, worker)
        back = Hold(source.person, source.team, source.end or date.max, source.end, None)
        back.referral_id = source.referral_id
        at = own.index(source)
        own[at + 1 : at + 1] = [lent, back]
        source.end = since
        return lent

    def _give_back(self, hold: Hold, on: date) -> None:
        own = self.holds[hold.person.id]
        back = own[own.index(hold) + 1]
        back.start, hold.end = on, on

    def changes(self, month: date) -> list[tuple[Hold, Hold]]:
        """Children who come to another team in a month, with what they come from."""
        day = month_end(month)
        found = []
        for own in self.holds.values():
            for before, hold in pairwise(own):
                if (
                    month <= hold.start <= day
                    and before.end is not None
                    and hold.start - before.end <= STILL_A_CHANGE
                    and before.team is not hold.team
                    and (hold.fixed is None or hold.fixed != before.fixed)
                ):
                    found.append((before, hold))
        return found

    def movers(self) -> None:
        """Workers who go to a family intervention team and take their children along.

        More children come from assessment teams than the report has with a new worker and team
        (C1). Where too few do, children go to the other team of their locality.
        """
        for name, wanted in targets.NEW_TEAM.items():
            month = date(int(name[:4]), int(name[5:]), 1)
            if month not in self.world.months:
                continue
            found = self.changes(month)
            excess = len({hold.person.id for _, hold in found}) - wanted
            groups: dict[str, list[tuple[Hold, Hold]]] = defaultdict(list)
            for before, hold in found:
                kinds = before.team.type, hold.team.type
                if kinds == ("ASSESSMENT", "FIT") and not self._resumed(before):
                    groups[before.team.id].append((before, hold))
            while excess > 0 and groups:
                largest = max(groups, key=lambda team: (len(groups[team]), team))
                pairs = groups[largest][: min(MOVER_CASES, excess)]
                groups[largest] = groups[largest][len(pairs) :]
                if not pairs:
                    break
                worker = self.hire(pairs[0][0].team)
                self.staff[pairs[0][0].team.id].remove(worker)
                self.joining[month].append((pairs[0][1].team, worker))
                for before, hold in pairs:
                    before.fixed = hold.fixed = worker
                excess -= len(pairs)
            if excess < 0:
                self._more_changes(month, -excess, {hold.person.id for _, hold in found})

    def _resumed(self, hold: Hold) -> bool:
        """Whether the same team held the child until shortly before."""
        own = self.holds[hold.person.id]
        at = own.index(hold)
        last = own[at - 1] if at else None
        return (
            last is not None and last.team is hold.team and last.end + STILL_A_CHANGE >= hold.start
        )

    def _more_changes(self, month: date, count: int, taken: set[str]) -> None:
        day = month_end(month)
        ready = [
            hold
            for person_id, own in self.holds.items()
            for hold in own
            if hold.team.type == "FIT"
            and hold.start < month
            and hold.open(day)
            and person_id not in taken
            and len(self.world.teams_of("FIT", hold.team.locality(month), month)) > 1
        ]
        for hold in self.rng.sample(ready, count):
            on = month + timedelta(days=self.rng.randint(1, 12))
            others = self.world.teams_of("FIT", hold.team.locality(on), on)
            team = self.rng.choice([team for team in others if team is not hold.team])
            own = self.holds[hold.person.id]
            own.insert(own.index(hold) + 1, Hold(hold.person, team, on, hold.end, hold.referral_id))
            hold.end = on

    def looked_at(self) -> None:
        """Children whom someone looked at for some days, up to the printed bases (C1p, C2p).

        Most are looked at by the front door, which has no locality; where a locality's percentage
        is printed and no whole number of its children gives it, some by its assessment team.
        """
        world, rng = self.world, self.rng
        front_door = next(team for team in world.teams if team.type == "MASH")
        staff = [self.hire(front_door) for _ in range(12)]
        people = {person.id: person for person in world.people}
        seen: dict[date, list[tuple[date, str]]] = defaultdict(list)
        for row in world.rows["ssd_contacts"]:
            if row.get("x_cont_outcome_code") != "REFERRAL" and not row.get("x_cont_referral_id"):
                on = row["cont_contact_date"]
                seen[month_of(on)].append((on, row["cont_person_id"]))
        for name, wanted in targets.EVER_HELD.items():
            month = date(int(name[:4]), int(name[5:]), 1)
            day = month_end(month)
            held = sum(
                any(h.start <= day and (h.end is None or h.end > month) for h in own)
                for own in self.holds.values()
            )
            waiting = [item for item in seen[month] if item[1] in people]
            rng.shuffle(waiting)
            teams = self._short_of(month, name)
            teams += [front_door] * max(0, wanted - held - len(teams))
            for on, person_id in waiting:
                if not teams:
                    break
                end = on + timedelta(days=rng.randint(1, 4))
                if end > day or not self._free(person_id, month):
                    continue
                team = teams.pop(0)
                worker = rng.choice(staff) if team is front_door else None
                hold = Hold(people[person_id], team, on, end, None, worker)
                self.holds.setdefault(person_id, []).append(hold)
                self.holds[person_id].sort(key=lambda h: h.start)

    def _short_of(self, month: date, name: str) -> list[Team]:
        """The assessment teams of children that the printed percentages of localities need."""
        teams = []
        for (place, when), (tenths, decimals) in targets.NEW_WORKER_IN.items():
            if when != name or not decimals:
                continue
            held = self.held_in(place, month)
            more = 0
            while more < 40 and half_up(nearest(tenths, held + more), held + more, 1000) != tenths:
                more += 1
            team = self.world.teams_of("ASSESSMENT", place, month)[0]
            teams += [team] * more
        return teams

    def held_in(self, place: str, month: date) -> int:
        """Children held at any time of a month whose last team of it works in a locality."""
        day, held = month_end(month), 0
        for own in self.holds.values():
            late = [h for h in own if h.start <= day and (h.end is None or h.end > month)]
            if late:
                ended_last = max(late, key=lambda h: h.end or date.max)
                last = next((h for h in late if h.open(day)), ended_last)
                held += last.team.locality(day) == place
        return held

    def _free(self, person_id: str, month: date) -> bool:
        """Whether the child is far from any allocation."""
        first, last = month - timedelta(days=35), month_end(month) + timedelta(days=35)
        return all(
            h.start > last or (h.end is not None and h.end < first)
            for h in self.holds.get(person_id, [])
        )

    # -- month by month

    def run(self) -> None:
        """Settle who holds each child in every month."""
        starts: dict[date, list[Hold]] = defaultdict(list)
        before: dict[Hold, Hold] = {}
        first = self.world.first_month
        for own in self.holds.values():
            for earlier, hold in pairwise(own):
                before[hold] = earlier
            for hold in own:
                starts[max(first, month_of(hold.start))].append(hold)
        self.before = before
        self.current: list[Hold] = []
        for month in self.world.months:
            self._month(month, starts[month])

    def _month(self, month: date, starting: list[Hold]) -> None:
        day = month_end(month)
        for team, worker in self.joining[month]:
            self.staff[team.id].append(worker)
        here = [hold for hold in self.current if hold.open(day)]
        changed = {
            hold.person.id
            for hold in starting
            if (last := self.before.get(hold)) is not None
            and last.end is not None
            and hold.start - last.end <= STILL_A_CHANGE
        }
        loads: dict[str, int] = defaultdict(int)
        for hold in here:
            loads[hold.worker] += 1
        new: list[Hold] = []
        for hold in starting:
            last = self.before.get(hold)
            resumed = (
                last is not None
                and last.team is hold.team
                and last.end is not None
                and hold.start - last.end <= STILL_A_CHANGE
            )
            if hold.fixed or resumed:
                hold.pieces.append((hold.start, hold.fixed or last.worker))
            elif hold.open(day) and hold.team.type in COUNTED:
                new.append(hold)
                continue
            else:
                hold.pieces.append((hold.start, self._anyone(hold.team)))
            if hold.open(day):
                loads[hold.worker] += 1
                here.append(hold)
        Settling(self, month, here, new, loads, changed).settle()
        self.current = here + new

    def _anyone(self, team: Team) -> str:
        """Someone of a team whose caseloads are not settled, or for a short time."""
        if team.type == "LEAVING_CARE":
            if len(self.advisers[team.id]) < 12:
                self.advisers[team.id].append(self.hire(team, qualified=False))
            return self.rng.choice(self.advisers[team.id])
        if len(self.staff[team.id]) < (1 if team.type in COUNTED else 12):
            self.hire(team)
        return self.rng.choice(self.staff[team.id])

    def write(self) -> None:
        """Append the allocations."""
        for person_id, own in self.holds.items():
            for hold in own:
                for number, (since, worker) in enumerate(hold.pieces):
                    last = number == len(hold.pieces) - 1
                    until = hold.end if last else hold.pieces[number + 1][0]
                    self.world.add(
                        "ssd_involvements",
                        invo_involvements_id=self.world.new_id("A"),
                        invo_person_id=person_id,
                        invo_professional_id=worker,
                        invo_professional_role_id="PA"
                        if hold.team.type == "LEAVING_CARE"
                        else "SW",
                        invo_professional_team=hold.team.id,
                        invo_involvement_start_date=since,
                        invo_involvement_end_date=until,
                        invo_worker_change_reason=None
                        if until is None
                        else "TSPROC"
                        if last
                        else "MANAGE",
                        invo_referral_id=hold.referral_id,
                        x_invo_is_allocated="Y",
                    )


class Settling:
    """One month: who holds the children that are open at its end."""

    def __init__(
        self,
        force: Workforce,
        month: date,
        here: list[Hold],
        new: list[Hold],
        loads: dict[str, int],
        changed: set[str],
    ) -> None:
        self.force = force
        self.rng = force.rng
        self.month, self.day, self.name = month, month_end(month), key(month)
        self.here, self.new, self.loads, self.changed = here, new, loads, changed
        self.moved: dict[Hold, str] = {}
        self.fresh = set(new)
        # Localities with a printed percentage of new workers: nothing else may move there.
        self.exact = {place for place, when in targets.NEW_WORKER_IN if when == self.name}

    def settle(self) -> None:
        """Caseloads first, then as many changes of worker as there must be."""
        for kind in COUNTED:
            group = [hold for hold in self.here if hold.team.type == kind]
            new = [hold for hold in self.new if hold.team.type == kind]
            self._caseloads(kind, group, new)
        self._changes()
        for hold, worker in self.moved.items():
            on = self.month + timedelta(days=self.rng.randint(0, self.day.day - 1))
            hold.pieces.append((max(on, hold.start + DAY), worker))

    def holder(self, hold: Hold) -> str | None:
        """Who holds the child at the end of the month, as far as that is settled."""
        return self.moved.get(hold) or hold.worker

    def _give(self, hold: Hold, worker: str) -> None:
        old = self.holder(hold)
        if old:
            self.loads[old] -= 1
        self.loads[worker] += 1
        if hold in self.fresh:
            hold.pieces[:] = [(hold.start, worker)]
        elif worker == hold.worker:
            self.moved.pop(hold, None)
        else:
            self.moved[hold] = worker

    def _area(self, hold: Hold) -> str | None:
        return hold.team.locality(self.day)

    def _movable(self, hold: Hold) -> bool:
        if hold in self.fresh:
            return True
        return (
            hold.fixed is None
            and hold not in self.moved
            and hold.person.id not in self.changed
            and self._area(hold) not in self.exact
        )

    def _caseloads(self, kind: str, group: list[Hold], new: list[Hold]) -> None:
        teams: dict[str, list[Hold]] = defaultdict(list)
        for hold in (*group, *new):
            teams[hold.team.id].append(hold)
        average = targets.AVERAGE[kind].get(self.name, targets.USUAL_AVERAGE[kind])
        maximum = targets.MAXIMUM[kind].get(self.name)
        most = targets.OTHERS_AT_MOST[kind]
        force = self.force
        star = force.stars.get(kind)
        for team, held in teams.items():
            if not force.staff[team]:
                for _ in range(max(1, round(len(held) / average))):
                    force.hire(force.teams[team])
        total = len(group) + len(new)
        active = {self.holder(hold) for hold in group}
        planned = {worker for team in teams for worker in force.staff[team]} | active
        planned -= force.unqualified
        if star:
            planned.add(star)
        wanted = max(1, round(total / average))
        self._staff(teams, planned, wanted, star, active)
        if maximum and not star:
            star = self._choose_star(kind, teams)
        everyone = [*group, *new]
        if maximum and star:
            self._star(star, maximum, everyone, teams)
        if self.name in targets.AVERAGE[kind]:
            self._family_workers(everyone, average)
        for hold in new:
            if not hold.worker:
                self._give(hold, self._least(hold.team.id, star))
        for hold in everyone:  # nobody else above the limit
            worker = self.holder(hold)
            if worker in (star, *force.unqualified):
                continue
            if self.loads[worker] > most and self._movable(hold):
                self._give(hold, self._least(hold.team.id, star))
        everyone = [h for h in everyone if self.holder(h) not in force.unqualified]
        self._average(everyone, len(everyone), average, star)

    def _family_workers(self, everyone: list[Hold], average: int) -> None:
        """Give a few children to a family worker, who has no part in the average.

        Where a type of team has few workers, not every number of children allows the printed one.
        """
        force = self.force
        counted = [h for h in everyone if self.holder(h) not in force.unqualified]
        least = 0
        while not _reachable(len(counted) - least, average) and least < len(counted) // 4:
            least += 1
        star = force.stars.get(everyone[0].team.type) if everyone else None
        ready = [h for h in counted if self._movable(h) and self.holder(h) != star]
        ready.sort(key=lambda h: h not in self.fresh)
        for hold in ready[:least]:
            own = [w for w in sorted(force.unqualified) if force.home[w] is hold.team]
            self._give(hold, own[0] if own else force.hire(hold.team, qualified=False))

    def _least(self, team: str, star: str | None, but: str | None = None) -> str:
        staff = [w for w in self.force.staff[team] if w not in (star, but)]
        if not staff:
            return self.force.hire(self.force.teams[team])
        # Not all carry the same: some are experienced, some work part time.
        return min(staff, key=lambda w: (self.loads[w] / (0.7 + int(w[1:]) * 37 % 61 / 100), w))

    def _staff(
        self,
        teams: dict[str, list[Hold]],
        planned: set[str],
        wanted: int,
        star: str | None,
        active: set[str],
    ) -> None:
        """Hire where a worker has most children, or let go where they have least."""
        force = self.force
        open_ = sorted(t for t in teams if force.teams[t].locality(self.day) not in self.exact)

        def burden(team: str) -> float:
            return len(teams[team]) / max(1, len(force.staff[team]))

        count = len(planned)
        while count < wanted and open_:
            team = max(open_, key=burden)
            force.hire(force.teams[team])
            count += 1
        while count > wanted + 1 and open_:
            team = min(open_, key=burden)
            staff = [w for w in force.staff[team] if w != star]
            held = {self.holder(hold) for hold in teams[team]}
            if len(staff) < 3:
                open_.remove(team)
                continue
            worker = min(staff, key=lambda w: (self.loads[w], w))
            own = [hold for hold in teams[team] if self.holder(hold) == worker]
            if worker in held and not all(self._movable(hold) for hold in own):
                open_.remove(team)
                continue
            force.staff[team].remove(worker)
            for hold in own:
                self._give(hold, self._least(team, star, worker))
            count -= 1

    def _choose_star(self, kind: str, teams: dict[str, list[Hold]]) -> str:
        """The worker with the largest caseload works in the largest team that may change."""
        force = self.force
        places = {"NORTH", "NORWICH", "YARMOUTH"}
        ready = [t for t in teams if force.teams[t].locality(self.day) not in places]
        team = max(ready or list(teams), key=lambda t: (len(teams[t]), t))
        star = max(force.staff[team], key=lambda w: (self.loads[w], w))
        force.stars[kind] = star
        return star

    def _star(
        self, star: str, maximum: int, everyone: list[Hold], teams: dict[str, list[Hold]]
    ) -> None:
        team = next(t for t, staff in self.force.staff.items() if star in staff)
        mates = [hold for hold in everyone if hold.team.id == team]
        self.rng.shuffle(mates)
        mates.sort(key=lambda hold: hold not in self.fresh)
        for hold in mates:
            if self.loads[star] >= maximum:
                break
            if self.holder(hold) != star and self._movable(hold):
                self._give(hold, star)
        for hold in reversed(mates):
            if self.loads[star] <= maximum:
                break
            if self.holder(hold) == star and self._movable(hold):
                self._give(hold, self._least(team, star))

    def _average(self, everyone: list[Hold], total: int, average: int, star: str | None) -> None:
        """Bring the number of workers who hold anyone to what the average allows."""
        if self.name not in targets.AVERAGE["LAC"] or not everyone:
            return
        force = self.force
        for _ in range(40):
            held: dict[str, list[Hold]] = defaultdict(list)
            for hold in everyone:
                held[self.holder(hold)].append(hold)
            shown = half_up(total, len(held), 1)
            if shown == average:
                return
            if shown < average:  # too many workers: the smallest caseload is passed on
                for worker in sorted(held, key=lambda w: (len(held[w]), w)):
                    own = held[worker]
                    if worker != star and all(self._movable(hold) for hold in own):
                        break
                else:
                    return
                for staff in force.staff.values():
                    if worker in staff:
                        staff.remove(worker)
                for hold in own:
                    self._give(hold, self._least(hold.team.id, star, worker))
            else:
                movable = [
                    hold
                    for hold in everyone
                    if self._movable(hold)
                    and self.holder(hold) != star
                    and len(held[self.holder(hold)]) > 4
                ]
                if not movable:
                    return
                first = max(movable, key=lambda h: (len(held[self.holder(h)]), h.person.id))
                worker = force.hire(first.team)
                mates = [h for h in movable if h.team is first.team]
                mates.sort(key=lambda h: (h not in self.fresh, -len(held[self.holder(h)])))
                for hold in mates[:3]:
                    self._give(hold, worker)

    # -- changes of worker within the team

    def _changes(self) -> None:
        wanted = targets.NEW_WORKER.get(
            self.name, round(usual("new worker", self.month, targets.USUAL_NEW_WORKER, 45))
        )
        if self.month == self.force.world.first_month:
            return
        movable = [
            hold
            for hold in self.here
            if hold.team.type in COUNTED
            and hold.fixed is None
            and hold.start < self.month
            and hold not in self.moved
            and hold.person.id not in self.changed
            and self.holder(hold) not in self.force.stars.values()
        ]
        self.rng.shuffle(movable)
        areas = self._areas()
        done = len({hold.person.id for hold in self.moved}) + self._resumed()
        left = wanted - done
        for place in sorted(self.exact):
            number = areas[place]
            here = [hold for hold in movable if self._area(hold) == place]
            for hold in here:
                if number <= 0:
                    break
                if self._swap(hold):
                    number -= 1
                    left -= 1
        for hold in movable:
            if left <= 0:
                break
            if self._area(hold) not in self.exact and hold not in self.moved and self._swap(hold):
                left -= 1

    def _resumed(self) -> int:
        """Children who are back within four weeks with another worker of the same team."""
        found = set()
        for hold in self.fresh:
            last = self.force.before.get(hold)
            if (
                last is not None
                and last.team is hold.team
                and hold.start - last.end <= STILL_A_CHANGE
                and last.worker != hold.worker
            ):
                found.add(hold.person.id)
        return len(found)

    def _areas(self) -> dict[str, int]:
        """How many children of each exact locality get a new worker."""
        numbers = {}
        for place in self.exact:
            tenths, decimals = targets.NEW_WORKER_IN[place, self.name]
            held = self.force.held_in(place, self.month)
            guess = tenths * held // 1000
            scale = 1000 if decimals else 100
            aim = tenths if decimals else tenths // 10
            numbers[place] = min(
                (guess, guess + 1), key=lambda n: abs(half_up(n, held, scale) - aim)
            )
        return numbers

    def _swap(self, hold: Hold) -> bool:
        """Give the child to a colleague with fewer children; nobody is left without any."""
        old = self.holder(hold)
        star = self.force.stars.get(hold.team.type)
        most = targets.OTHERS_AT_MOST[hold.team.type]
        staff = [
            w
            for w in self.force.staff[hold.team.id]
            if w not in (old, star) and 0 < self.loads[w] < most
        ]
        if not staff or self.loads[old] < 2:
            return False
        self._give(hold, min(staff, key=lambda w: (self.loads[w] + self.rng.random() * 6, w)))
        return True


def build(world: World) -> None:
    """Append the workers and the allocations of every child in work."""
    force = Workforce(world)
    if world.last_month >= date(2017, 12, 1):
        force.newly_qualified()
        force.movers()
        force.looked_at()
    force.run()
    force.write()
