"""The open cases of the social work teams: what happens to a child between referral and closure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from made_up_county.front_door import FrontDoor, Referral
from made_up_county.world import Person, World

Row = dict[str, Any]


@dataclass(slots=True, eq=False)
class CinPlan:
    """A child in need plan; `active` is its start or latest review."""

    row: Row
    active: date


@dataclass(slots=True, eq=False)
class CpPlan:
    """A child protection plan that is open or over."""

    row: Row
    case: Case
    start: date
    long: bool = False
    end_month: date | None = None  # the month in which a long plan ends
    end: date | None = None
    review_due: date | None = None
    review_from: date | None = None  # the conference from which the next is counted
    seen: date | None = None


@dataclass(slots=True, eq=False)
class Case:
    """A referral that led to an assessment, until it is closed."""

    referral: Referral
    person: Person
    received: date
    due: date  # the 45th working day
    assessment: Row
    pending: bool = True
    decided: date | None = None
    closing: bool = False
    busy_until: date = date.min  # nothing is closed on or before this day
    locks: int = 0  # a conference to come, or a protection plan
    team_type: str = "ASSESSMENT"
    team_id: str = ""
    handed: date | None = None
    cin: CinPlan | None = None
    cp: CpPlan | None = None
    last_s47: date = date.min


class Caseload:
    """All open cases, and what opens, hands over and closes them."""

    def __init__(self, world: World, front_door: FrontDoor) -> None:
        self.world = world
        self.front_door = front_door
        self.rng = world.random("caseload")
        self.open: dict[str, Case] = {}
        self.by_family: dict[str, list[Case]] = {}
        self.by_received: list[Case] = []
        self.cp_history: dict[str, list[CpPlan]] = {}
        self._teams = {team.id: team for team in world.teams}

    def opened(self, referral: Referral) -> Case:
        """Open a case for a referral, with its first assessment."""
        world, person = self.world, referral.person
        received = referral.received
        start = received
        lag = self.rng.choices((0, 1, 2, 3), (50, 30, 14, 6))[0]
        if lag:
            start = world.days.after(received, lag)
        team = world.team("ASSESSMENT", person.locality, received, person.family_id)
        row = world.add(
            "ssd_cin_assessments",
            cina_assessment_id=world.new_id("A"),
            cina_person_id=person.id,
            cina_referral_id=referral.id,
            cina_assessment_start_date=start,
            cina_assessment_auth_date=None,
            cina_assessment_team=team,
            x_cina_outcome_code=None,
            x_cina_status_code="OPEN",
        )
        case = Case(referral, person, received, world.days.after(received, 45), row, team_id=team)
        case.busy_until = start
        self.open[referral.id] = case
        self.by_family.setdefault(person.family_id, []).append(case)
        self.by_received.append(case)
        return case

    def locality(self, case: Case, on: date) -> str | None:
        """Where the team that holds the case works on a day."""
        return self.locality_of(case.team_id, on)

    def locality_of(self, team_id: str, on: date) -> str | None:
        """Where a team works on a day."""
        return self._teams[team_id].locality(on)

    def hand_over(self, case: Case, day: date, team_type: str = "FIT") -> None:
        """Move a case from its assessment team to the team that works with the child longer."""
        world, person = self.world, case.person
        day = max(day, case.received)
        if day > case.received:
            world.span(
                person,
                "ASSESSMENT",
                "ASSESSMENT",
                case.received,
                day,
                referral_id=case.referral.id,
                team_id=case.team_id,
            )
        locality = None if team_type == "CWD" else person.locality
        case.team_type = team_type
        case.team_id = world.team(team_type, locality, day, person.family_id)
        case.handed = day

    def start_cin_plan(self, case: Case, day: date) -> None:
        """Give the child a child in need plan."""
        row = self.world.add(
            "ssd_cin_plans",
            cinp_cin_plan_id=self.world.new_id("N"),
            cinp_person_id=case.person.id,
            cinp_referral_id=case.referral.id,
            cinp_cin_plan_start_date=day,
            cinp_cin_plan_end_date=None,
            cinp_cin_plan_team=case.team_id,
        )
        case.cin = CinPlan(row, day)
        case.busy_until = max(case.busy_until, day)

    def review_cin_plan(self, case: Case, day: date) -> None:
        """Review the child's plan."""
        assert case.cin
        self.world.add(
            "ssdx_plan_reviews",
            plrv_plan_type_code="CIN",
            plrv_plan_id=case.cin.row["cinp_cin_plan_id"],
            plrv_person_id=case.person.id,
            plrv_review_date=day,
        )
        case.cin.active = max(case.cin.active, day)
        case.busy_until = max(case.busy_until, day)

    def end_cin_plan(self, case: Case, day: date) -> None:
        """End the child's plan."""
        if case.cin:
            case.cin.row["cinp_cin_plan_end_date"] = max(day, case.cin.active)
            case.cin = None

    def close(self, case: Case, day: date, reason: str = "RC7") -> None:
        """Close the case and all that is open in it."""
        self.end_cin_plan(case, day)
        if case.assessment["cina_assessment_auth_date"] is None and day <= self.world.as_at:
            case.assessment["x_cina_status_code"] = "CANCELLED"
        case.referral.closed = day
        case.referral.row["cine_close_date"] = day
        case.referral.row["cine_close_reason"] = reason
        self._span(case, day)
        del self.open[case.referral.id]
        family = self.by_family[case.person.family_id]
        family.remove(case)
        self.front_door.case_closed(case.person)

    def _span(self, case: Case, end: date | None) -> None:
        start = case.handed or case.received
        if end is None or end > start:
            self.world.span(
                case.person,
                "CIN" if case.handed else "ASSESSMENT",
                case.team_type,
                start,
                end,
                referral_id=case.referral.id,
                team_id=case.team_id,
            )

    def finish(self) -> None:
        """Write the spans of the cases that are still open."""
        for case in self.open.values():
            self._span(case, None)
