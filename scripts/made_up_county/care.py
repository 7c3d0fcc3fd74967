"""Looked-after children, from coming into care to leaving care: the order of the parts, and the
rows of episodes, placements and legal statuses."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from made_up_county import (
    adoptions,
    care_checks,
    care_leavers,
    care_periods,
    care_placements,
    care_reviews,
)
from made_up_county.care_periods import Period, Placement, add_months
from made_up_county.world import World

NEEDS = ("N1", "N1", "N1", "N2", "N3", "N4", "N5", "N5", "N6", "N8")
HOME_REASONS = ("E4A", "E4A", "E4A", "E4A", "E4B", "E13", "E3", "E8")
AT_18_REASONS = ("E5", "E5", "E5", "E6", "E7", "E8")
CHANGE_REASONS = ("CARPL", "CLOSE", "STAND", "CREQB", "CHILD", "LAREQ", "PLACE", "OTHER")


def build(world: World) -> None:
    """Append everything about looked-after children, care leavers and adoptions."""
    periods = care_periods.make(world)
    adoptions.plan(world, periods)
    care_placements.arrange(world, periods)
    care_reviews.build(world, periods)
    checks = care_checks.Checks(world, periods)
    checks.before_history()
    leavers = care_leavers.build(world, periods, checks)
    for month in world.months:
        checks.month(month)
        leavers.month(month)
    checks.write()
    leavers.write()
    adoptions.write(world, periods)
    Records(world).write(periods)
    short_breaks(world)
    other_authorities(world)


def end_reason(period: Period, rng: Random) -> str | None:
    """Why the period ended, in the codes of its time."""
    if period.end is None:
        return None
    if period.fate == "ADOPTED":
        return "E11" if rng.random() < 0.35 else "E12"
    if period.fate == "SGO":
        if rng.random() < 0.15:
            return "E41"
        former_carer = rng.random() < 0.35
        if period.end < date(2017, 4, 1):
            return "E43" if former_carer else "E44"
        return rng.choice(("E45", "E46") if former_carer else ("E47", "E48"))
    if period.fate in ("AT_18", "TURNED_18"):
        return rng.choice(AT_18_REASONS)
    if period.person.age(period.end) >= 15 and rng.random() < 0.15:
        return "E9"
    return None if rng.random() < 0.01 else rng.choice(HOME_REASONS)


class Records:
    """The rows of a period: referral, placements, episodes, legal statuses and its span of work."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng = world.random("care records")

    def write(self, periods: list[Period]) -> None:
        """Append the rows of every period."""
        for period in periods:
            self._referral(period)
            statuses = self._legal(period)
            ids = [self._placement(period, placement) for placement in period.placements]
            self._episodes(period, statuses, ids)
            self.world.span(
                period.person,
                "LAC",
                "CWD" if period.disabled else "LAC",
                period.start,
                period.left,
                referral_id=period.referral_id,
            )

    def _team(self, period: Period, on: date) -> str:
        kind = "CWD" if period.disabled else "LAC"
        since = max(on, date(2010, 4, 1))  # the teams are no older
        return self.world.team(kind, period.person.locality, since, period.person.id)

    def _referral(self, period: Period) -> None:
        self.world.add(
            "ssd_cin_episodes",
            cine_referral_id=period.referral_id,
            cine_person_id=period.person.id,
            cine_referral_date=period.start,
            cine_cin_primary_need_code=self.rng.choice(NEEDS),
            cine_referral_source_code="5B",
            cine_referral_nfa="N",
            cine_close_date=period.end,
            cine_close_reason="RC7" if period.end else None,
            cine_referral_team=self._team(period, period.start),
            x_cine_outcome_code="OTHER",
        )

    def _legal(self, period: Period) -> list[tuple[str, date]]:
        """Legal statuses as (status, from)."""
        rng, start = self.rng, period.start
        until = period.end or self.world.last_day
        days = (until - start).days
        statuses = [(rng.choices(("V2", "C1", "J1", "L2"), (52, 34, 6, 8))[0], start)]
        if statuses[0][0] == "J1" and period.person.age(start) < 12:
            statuses = [("V2", start)]
        if any(placement.type == "P1" for placement in period.placements):
            # A child placed with the parents is in care by an order.
            statuses = [("C1", start)]
        if period.fate == "ADOPTED":
            statuses = [("C1", start)]
            if start < period.placement_order < until:
                statuses.append(("E1", period.placement_order))
            return statuses
        if statuses[0][0] == "L2":
            if days > 8:
                statuses.append(("C1", start + timedelta(days=min(7, days - 1))))
        elif statuses[0][0] == "J1" and days > 40:
            statuses.append(("V2", start + timedelta(days=30)))
        care_order = rng.random() < (0.85 if statuses[-1][0] == "C1" else 0.25)
        if care_order and days > 230:
            statuses.append(("C2", start + timedelta(days=rng.randint(160, 220))))
        return statuses

    def _placement(self, period: Period, placement: Placement) -> tuple[str, str]:
        world, rng = self.world, self.rng
        number, carer = world.new_id("PL"), world.new_id("FC")
        residential = placement.type[0] in "KRS"
        provider = rng.choice(("PR1", "PR4")) if residential else rng.choice(("PR1", "PR1", "PR4"))
        if placement.type[0] in "AP":
            provider = "PR0"
        end = period.placed if period.carer_adopts else placement.end
        moved = placement.end is not None and placement.end != period.end
        world.add(
            "ssd_cla_placement",
            clap_cla_placement_id=number,
            clap_cla_id=period.id,
            clap_person_id=period.person.id,
            clap_cla_placement_start_date=placement.start,
            clap_cla_placement_end_date=end,
            clap_cla_placement_type=placement.type,
            clap_cla_placement_provider=provider,
            clap_cla_placement_distance=round(rng.expovariate(1 / 14), 1),
            clap_cla_placement_change_reason=rng.choice(CHANGE_REASONS) if moved else None,
            x_clap_carer_id=carer,
        )
        return number, carer

    def _episodes(
        self, period: Period, statuses: list[tuple[str, date]], ids: list[tuple[str, str]]
    ) -> None:
        """Cut the period into episodes at every change of placement or legal status."""
        cuts: dict[date, str] = {}
        for placement in period.placements:
            cuts[placement.start] = placement.reason
        for _, since in statuses:
            if since in cuts and since != period.start:
                cuts[since] = "B"
            else:
                cuts.setdefault(since, "L")
        temporary = self._temporary(period, cuts)
        adopted_by_carer = period.placed if period.carer_adopts else None
        if adopted_by_carer and adopted_by_carer not in cuts:
            cuts[adopted_by_carer] = "T"
        starts = sorted(cuts)
        reason_out = end_reason(period, self.rng)
        for number, start in enumerate(starts):
            last = number == len(starts) - 1
            placed = max(n for n, p in enumerate(period.placements) if p.start <= start)
            identity = ids[placed][0]
            if temporary and start == temporary[0]:
                identity = temporary[2]
            elif adopted_by_carer and start >= adopted_by_carer:
                identity = self._adoptive(period, ids[placed][1])
                adopted_by_carer_id = identity
                adopted_by_carer = date.max
            elif adopted_by_carer == date.max:
                identity = adopted_by_carer_id
            self.world.add(
                "ssd_cla_episodes",
                clae_cla_episode_id=self.world.new_id("LE"),
                clae_person_id=period.person.id,
                clae_cla_id=period.id,
                clae_cla_episode_start_date=start,
                clae_cla_episode_start_reason=cuts[start],
                clae_cla_primary_need_code=NEEDS[int(period.person.id[1:]) % len(NEEDS)],
                clae_cla_episode_ceased_date=period.end if last else starts[number + 1],
                clae_cla_episode_ceased_reason=reason_out if last else "X1",
                clae_cla_placement_id=identity,
                clae_referral_id=period.referral_id,
                clae_entered_care_date=period.start,
                x_clae_legal_status_code=[code for code, since in statuses if since <= start][-1],
                x_clae_is_other_la="N",
            )
        for (code, since), following in zip(statuses, [*statuses[1:], None], strict=True):
            self.world.add(
                "ssd_legal_status",
                lega_legal_status_id=self.world.new_id("LS"),
                lega_person_id=period.person.id,
                lega_legal_status=code,
                lega_legal_status_start_date=since,
                lega_legal_status_end_date=following[1] if following else period.end,
            )

    def _temporary(self, period: Period, cuts: dict[date, str]) -> tuple[date, date, str] | None:
        """A stay elsewhere from which the child comes back to the same carer, now and then."""
        rng = self.rng
        if rng.random() > 0.06 or period.fate == "ADOPTED":
            return None
        placement = rng.choice(period.placements)
        until = placement.end or self.world.last_day
        if (until - placement.start).days < 60:
            return None
        start = placement.start + timedelta(
            days=rng.randint(20, (until - placement.start).days - 30)
        )
        end = start + timedelta(days=rng.randint(3, 9))
        if any(start <= cut <= end for cut in cuts):
            return None
        cuts[start] = cuts[end] = "P"
        number = self.world.new_id("PL")
        self.world.add(
            "ssd_cla_placement",
            clap_cla_placement_id=number,
            clap_cla_id=period.id,
            clap_person_id=period.person.id,
            clap_cla_placement_start_date=start,
            clap_cla_placement_end_date=end,
            clap_cla_placement_type=rng.choice(("T0", "T0", "T1", "T3")),
            clap_cla_placement_provider="PR1",
            x_clap_carer_id=self.world.new_id("FC"),
        )
        return start, end, number

    def _adoptive(self, period: Period, carer: str) -> str:
        """The foster carer becomes the adopter: another placement on paper, the same carer."""
        number = self.world.new_id("PL")
        self.world.add(
            "ssd_cla_placement",
            clap_cla_placement_id=number,
            clap_cla_id=period.id,
            clap_person_id=period.person.id,
            clap_cla_placement_start_date=period.placed,
            clap_cla_placement_end_date=period.end,
            clap_cla_placement_type="A5",
            clap_cla_placement_provider="PR0",
            x_clap_carer_id=carer,
        )
        return number


def short_breaks(world: World) -> None:
    """Children with a series of short breaks (V4): in the records, in no indicator."""
    rng = world.random("short breaks")
    for _ in range(70):
        start = world.first_day + timedelta(days=rng.randint(0, 1500))
        person = world.child(on=start, ages=(4, 14))
        for _ in range(rng.randint(2, 8)):
            end = start + timedelta(days=rng.randint(1, 4))
            if end > world.last_day:
                break
            _episode(world, person.id, (start, end), ("N2", "E4B", "V4"))
            start = end + timedelta(days=rng.randint(20, 60))


def other_authorities(world: World) -> None:
    """Children of other councils who live in the county: kept on record, counted nowhere."""
    rng = world.random("other authorities")
    for _ in range(45):
        start = world.first_day + timedelta(days=rng.randint(0, 1700))
        person = world.child(on=start, ages=(3, 15))
        end = add_months(start, rng.randint(2, 20))
        closed = end if end <= world.last_day else None
        codes = ("N1", "E8" if closed else None, "C2")
        _episode(world, person.id, (start, closed), codes, is_other_authority=True)


def _episode(
    world: World,
    person_id: str,
    days: tuple[date, date | None],
    codes: tuple[str, str | None, str],
    *,
    is_other_authority: bool = False,
) -> None:
    """Add an episode with its placement; the codes are need, reason of the end and legal status."""
    start, end = days
    need, reason, status = codes
    placement = _stay(world, person_id, start, end, "U6")
    world.add(
        "ssd_cla_episodes",
        clae_cla_episode_id=world.new_id("LE"),
        clae_person_id=person_id,
        clae_cla_id=world.new_id("LP"),
        clae_cla_episode_start_date=start,
        clae_cla_episode_start_reason="S",
        clae_cla_primary_need_code=need,
        clae_cla_episode_ceased_date=end,
        clae_cla_episode_ceased_reason=reason,
        clae_cla_placement_id=placement,
        x_clae_legal_status_code=status,
        x_clae_is_other_la="Y" if is_other_authority else "N",
    )


def _stay(world: World, person_id: str, start: date, end: date | None, kind: str) -> str:
    number = world.new_id("PL")
    world.add(
        "ssd_cla_placement",
        clap_cla_placement_id=number,
        clap_person_id=person_id,
        clap_cla_placement_start_date=start,
        clap_cla_placement_end_date=end,
        clap_cla_placement_type=kind,
        clap_cla_placement_provider="PR1",
    )
    return number
