"""Random extracts full of hard but valid cases, the same for the same seed.

    python -m tests.oracle.fuzz <folder> --seed 7 [--size small]

Dates cluster where rules change: month ends, the limits that count back from them
in months, days and working days, birthdays. What the specification leaves open is only generated
with `doubtful=True`.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import random
import shutil
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from tests.oracle.load import CONTRACT, KEYS
from tests.oracle.shared import LOCALITIES, Month, am, birthday, due

Value = object
Row = dict[str, Value]

SIZES = {"tiny": 12, "small": 45, "medium": 300, "large": 2000}
AS_AT = (
    "2018-04-10T08:00:00",
    "2018-04-30T08:00:00",
    "2018-03-31T23:59:00",
    "2018-03-30T12:00:00",
    "2018-05-31T00:00:00",
    "2019-01-02T06:30:00",
    "2020-02-29T08:00:00",
)
# Columns that an extract may not leave out. All others may be missing as a whole.
REQUIRED_TEXT = """
    pers_person_id fami_family_id fami_person_id dept_team_id dept_team_name tloc_team_id
    tloc_locality_code tloc_valid_from prof_professional_id prof_staff_id invo_involvements_id
    invo_person_id invo_professional_id invo_involvement_start_date ehrq_request_id
    ehrq_request_date ehcs_case_id ehcs_opened_date earl_episode_id earl_person_id
    earl_episode_start_date cont_contact_id cont_person_id cont_contact_date cine_referral_id
    cine_person_id cine_referral_date cina_assessment_id cina_person_id
    cina_assessment_start_date cinp_cin_plan_id cinp_person_id cinp_cin_plan_start_date
    s47e_s47_enquiry_id s47e_person_id s47e_s47_start_date icpc_icpc_id icpc_person_id
    cppl_cp_plan_id cppl_person_id cppl_cp_plan_start_date cppr_cp_review_id cppr_person_id
    cppv_cp_visit_id cppv_person_id cppv_cp_visit_date clae_cla_episode_id clae_person_id
    clae_cla_episode_start_date lega_legal_status_id lega_person_id lega_legal_status
    lega_legal_status_start_date clap_cla_placement_id clap_cla_placement_start_date
    clar_cla_review_id clar_cla_person_id clav_cla_visit_id clav_person_id clav_cla_visit_date
    clah_health_check_id clah_person_id clah_health_check_type clah_health_check_date
    lacp_table_id lacp_person_id lacp_cla_care_plan_start_date pepl_pep_id pepl_person_id
    pepl_pep_date clea_table_id clea_person_id path_plan_id path_person_id path_start_date
    plrv_plan_type_code plrv_plan_id plrv_review_date perm_table_id perm_person_id
    fosh_household_id fosh_carer_type_code fosh_approval_date
"""
REQUIRED = set(REQUIRED_TEXT.split())
TEAM_TYPES = "ASSESSMENT FIT LAC CWD NIPE LEAVING_CARE ADOPTION EHFF MASH OTHER ASSESSMENT FIT LAC"
PLACEMENT_TYPES = "U1 U2 U4 U4 U5 U6 K1 K2 R1 R3 S1 H5 P1 P2 A3 A4 A5 A6"
HELD = ("HELD", "HELD", "HELD", None, "PLANNED", "CANCELLED")
TIMESTAMPS = {"cont_contact_date", "cine_referral_date"}
SENTINELS = (
    *("1900-01-01", "1753-01-01", "2300-01-01", "9999-12-31"),
    *("1899-12-30", "1899-12-31", "1904-01-01"),
)
PLACEHOLDERS = (
    *("SSD_PH", "PLACEHOLDER_DATA", "-1", "N/A", "#N/A", " n/a "),
    *("NULL", "(null)", "None", "nan", "NaT", "nil", "<NA>", "\\N", " [Null]\t"),
)
# What may stand around an id or a code, and behind a day.
WHITE = (" ", "  ", "\t", "\n", "\u00a0", "\u200b", "\ufeff", "\u2060", "\u3000", "\u2009")
OFFSETS = (
    *("T23:30:00Z", " 23:59:59.250+00:00", "T00:30:00+01:00", " 00:15+0100", "T19:30:00-05:00"),
    *(" 22:45:00 UTC", "T00:00:00Z", " 12:00:00+02:00", "t23:00z"),
)
OLD_DAYS = ("1753-01-02", "1918-02-05", "1970-01-01", "1979-12-31", "1980-01-01", "1903-12-31")
LATE_DAYS = ("2051-01-01", "2299-12-31", "2300-01-02", "9999-12-30")
YES, NO = ("Y", "y", "Yes", "1", "true", "T"), ("N", "n", "NO", "0", "False", "f")
T = TypeVar("T")
ONE_DAY = dt.timedelta(days=1)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


class World:
    """The people and rows of one extract."""

    def __init__(self, seed: int, size: str, doubtful: bool) -> None:
        self.rng = random.Random(f"{seed}/{size}/{doubtful}")
        # How values are written does not change what they say.
        self.hand = random.Random(f"{seed}/{size}/{doubtful}/hand")
        self.has_numbers_as_ids = self.hand.random() < 0.4
        self.doubtful = doubtful
        self.number = SIZES[size]
        self.as_at_text = self.rng.choice(AS_AT)
        self.as_at = dt.date.fromisoformat(self.as_at_text[:10])
        last = Month(self.as_at.year, self.as_at.month)
        self.ends = [last.plus(-back).d for back in range(60)]
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.used: dict[str, int] = defaultdict(int)
        self.people: list[str] = []
        # Days around which much happens in one person's life, so that rules meet on one day.
        self.anchors: list[dt.date] = []
        self.anchors_of: dict[str, list[dt.date]] = {}
        self.aliases: dict[str, list[str]] = {}
        self.teams: list[str] = []
        self.workers: list[str] = []

    # ---- chance ------------------------------------------------------------------------------

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def pick(self, choices: Sequence[T]) -> T:
        return self.rng.choice(list(choices))

    def new_id(self, prefix: str) -> str:
        """An id whose order as text is not the order in which it was made."""
        self.used[prefix] += 1
        return f"{prefix}{(self.used[prefix] * 7919) % 100003}"

    def end(self) -> dt.date:
        """A month end, the recent ones more often."""
        return self.ends[min(int(self.rng.expovariate(1 / 12)), len(self.ends) - 1)]

    def date(self) -> dt.date:
        """A day close to where a rule changes."""
        if self.anchors and self.chance(0.3):
            months = self.pick((0, 0, 0, 0, -24, -12, -6, 12, 24))
            return am(self.pick(self.anchors), months) + days(self.pick((-1, 0, 0, 0, 0, 1)))
        d = self.end()
        kind = self.rng.random()
        if kind < 0.25:
            found = d
        elif kind < 0.35:
            found = d.replace(day=1)
        elif kind < 0.6:
            found = am(d, -self.pick((1, 3, 6, 12, 12, 18, 24, 30)))
        elif kind < 0.75:
            found = d - days(self.pick((7, 28, 42, 91)))
        elif kind < 0.85:
            found = self.working_days_before(d, self.pick((10, 15, 20, 45)))
        else:
            found = d - days(self.rng.randrange(31))
        return found + days(self.pick((-1, 0, 0, 0, 1)))

    def working_days_before(self, d: dt.date, number: int) -> dt.date:
        found = d - days(number)
        while due(found, number) > d:
            found -= ONE_DAY
        return found

    def after(self, start: dt.date) -> dt.date:
        """A day after a start, often just at one of the limits that run from it."""
        later = [day for day in self.anchors if day >= start]
        if later and self.chance(0.25):
            return self.pick(later)
        kind = self.rng.random()
        if kind < 0.3:
            found = due(start, self.pick((3, 10, 15, 20, 20, 45)))
        elif kind < 0.55:
            found = am(start, self.pick((1, 3, 6, 12, 18, 24, 30)))
        elif kind < 0.65:
            found = start + days(self.pick((7, 28, 42, 91)))
        elif kind < 0.85:
            found = self.date()
        else:
            found = start + days(self.rng.randrange(400))
        return max(start, found + days(self.pick((-1, 0, 0, 0, 1))))

    def later(self, start: dt.date, open_share: float = 0.35) -> dt.date | None:
        """An end: none, the start itself, seldom before it, mostly after it."""
        if self.chance(open_share):
            return None
        kind = self.rng.random()
        if kind < 0.03:
            return start
        if kind < 0.05:
            return start - days(self.rng.randrange(1, 40))
        return self.after(start)

    def spells(
        self, most: int, open_share: float = 0.35, touching: float = 0.2
    ) -> list[tuple[dt.date, dt.date | None]]:
        """Spells that follow on the same day, the next day, overlap, or leave a gap."""
        found: list[tuple[dt.date, dt.date | None]] = []
        start = self.date() - days(self.rng.randrange(700) if self.chance(0.5) else 0)
        for _ in range(self.rng.randrange(most + 1)):
            end = self.later(start, open_share)
            found.append((start, end))
            base = end if end is not None else start + days(self.rng.randrange(1, 200))
            year = (am(base, 12) - base).days
            gap = self.pick((0, 0, 1, 1, 27, 28, 29, -3, year - 1, year, year + 1))
            if self.chance(0.15):
                gap = self.rng.randrange(2, 400)
            start = max(start, base) + days(0 if self.chance(touching) else gap)
            if start > self.as_at + days(60):
                break
        return found

    def flag(self, yes: float = 0.85, blank: float = 0.05) -> str | None:
        if self.chance(blank):
            return None
        return self.pick(YES) if self.chance(yes) else self.pick(NO)

    def team(self) -> str | None:
        if self.chance(0.08):
            return None
        return self.pick([*self.teams, "T-UNKNOWN"]) if self.chance(0.1) else self.pick(self.teams)

    def alias(self, person: str) -> str:
        """An id of the person: its own or that of a record that was merged into it."""
        return self.pick([person, person, *self.aliases.get(person, [])])

    def flow_person(self, person: str) -> str | None:
        return None if self.chance(0.01) else self.alias(person)

    def add(self, table: str, **columns: Value) -> None:
        self.rows[table].append(columns)

    # ---- people, teams, workers --------------------------------------------------------------

    def make_people(self) -> None:
        for number in range(self.number):
            person = self.new_id("P")
            if number < 3:
                person = f"ZZ{person}"
            self.people.append(person)
            self.anchors = []
            self.anchors = self.anchors_of[person] = [self.date() for _ in range(3)]
            row: Row = {"pers_person_id": person, **self.birth()}
            if self.chance(0.08):
                row["pers_death_date"] = self.date() if self.chance(0.5) else self.end()
            if self.chance(0.06):
                self.add_merged(person, row)
            if not self.chance(0.04):
                self.add("ssd_person", **row)
        self.anchors = []
        # A ring of records merged into one another: they are one person.
        ring = sorted(self.new_id("RING") for _ in range(3))
        for here, there in zip(ring, [*ring[1:], ring[0]], strict=True):
            self.add_person(here, there)
        self.people.append(ring[0])
        self.aliases[ring[0]] = ring[1:]

    def add_merged(self, person: str, row: Row) -> None:
        """Records merged into a person, in a chain or side by side, some with other dates."""
        into = person
        self.aliases[person] = []
        for _ in range(self.rng.randrange(1, 4)):
            merged = self.new_id("M")
            self.add(
                "ssd_person", pers_person_id=merged, x_pers_merged_into_id=into, **self.birth()
            )
            self.aliases[person].append(merged)
            if self.chance(0.5):
                into = merged
        if self.chance(0.4):
            row["pers_dob"] = None

    def add_person(self, person: str, merged_into: str) -> None:
        birth = self.birth()
        self.add("ssd_person", pers_person_id=person, x_pers_merged_into_id=merged_into, **birth)

    def birth(self) -> Row:
        kind = self.rng.random()
        if kind < 0.06:
            return {
                "pers_dob": None,
                "pers_expected_dob": self.as_at + days(self.rng.randrange(200)),
            }
        if kind < 0.1:
            return {"pers_dob": None}
        d = self.pick(self.anchors) if self.anchors and self.chance(0.6) else self.end()
        if kind < 0.45:
            years = self.pick((4, 5, 16, 18, 18, 18, 25, 26))
            dob = am(d, -12 * years)
        elif kind < 0.5:
            dob = dt.date(self.pick((1996, 2000, 2000, 2000, 2004, 2012)), 2, 29)
        elif kind < 0.55:
            dob = dt.date(d.year - 4, 8, 31)
        elif kind < 0.65:
            dob = am(d, -195)
        elif kind < 0.75:
            dob = am(d, -12 * self.pick((17, 18, 19, 21, 22, 25)))
        elif kind < 0.85:
            dob = d - days(self.rng.randrange(1500, 5500))
        else:
            dob = d - days(self.rng.randrange(1, 6600))
        dob += days(self.pick((-1, 0, 0, 1)))
        if dob > self.as_at and not self.doubtful:
            dob = self.as_at
        row: Row = {"pers_dob": dob}
        if self.chance(0.05):
            row["pers_expected_dob"] = dob + days(10)
        return row

    def make_teams(self) -> None:
        kinds = TEAM_TYPES.split()
        for number, kind in enumerate(kinds):
            team = self.new_id("T")
            self.teams.append(team)
            if self.chance(0.95):
                self.add(
                    "ssd_department",
                    dept_team_id=team,
                    dept_team_name=f"Team {number}",
                    x_dept_team_type_code=None if self.chance(0.05) else kind,
                )
            if self.chance(0.12):
                continue  # county-wide
            since = dt.date(2010, 1, 1)
            for _ in range(self.pick((1, 1, 2, 3))):
                until = self.date() if self.chance(0.6) else None
                if until is not None and until <= since:
                    break
                self.add(
                    "ssdx_team_localities",
                    tloc_team_id=team,
                    tloc_locality_code=self.pick(LOCALITIES),
                    tloc_valid_from=since,
                    tloc_valid_to=until,
                )
                if until is None:
                    break
                since = until + days(self.pick((0, 0, 0, 1, 30)))

    def make_workers(self) -> None:
        for _ in range(max(6, self.number // 6)):
            worker = self.new_id("W")
            self.workers.append(worker)
            row: Row = {"x_prof_is_qualified_sw": self.flag(0.8, 0.25)}
            if self.chance(0.1):
                row["prof_staff_id"] = worker
            else:
                row["prof_professional_id"] = worker
                row["prof_staff_id"] = self.new_id("S")
            if self.chance(0.5):
                row["prof_social_worker_registration_no"] = self.new_id("SW")
            if self.chance(0.95):
                self.add("ssd_professionals", **row)

    def make_allocations(self, person: str) -> None:
        worker, team = self.pick(self.workers), self.team()
        for start, end in self.spells(5):
            if end is not None and self.chance(0.1):
                end = max(start, end.replace(day=1))
            if self.chance(0.75):
                worker = self.pick(self.workers)
            if self.chance(0.5):
                team = self.team()
            for _ in range(2 if self.chance(0.08) else 1):
                self.add(
                    "ssd_involvements",
                    invo_involvements_id=self.new_id("A"),
                    invo_person_id=self.alias(person),
                    invo_professional_id=None if self.chance(0.03) else worker,
                    invo_professional_team=team,
                    invo_involvement_start_date=start,
                    invo_involvement_end_date=end,
                    x_invo_is_allocated=self.flag(0.92),
                )
                worker = self.pick(self.workers)

    # ---- early help --------------------------------------------------------------------------

    def make_early_help(self) -> None:
        for _ in range(self.number // 2):
            family = self.new_id("F")
            kids = [self.pick(self.people) for _ in range(self.rng.randrange(1, 4))]
            for kid in kids:
                self.add("ssd_family", fami_family_id=family, fami_person_id=kid)
            for start, end in self.spells(4):
                request = self.new_id("Q")
                self.add(
                    "ssdx_early_help_requests",
                    ehrq_request_id=request,
                    ehrq_family_id=family,
                    ehrq_request_date=start - days(self.pick((0, 0, 1, 5))),
                    ehrq_team_id=self.team(),
                    ehrq_status_code=self.pick(("OPEN", "DECIDED", None, "DUPLICATE", "ERROR")),
                )
                case_id = self.new_id("E")
                self.add(
                    "ssdx_early_help_cases",
                    ehcs_case_id=case_id,
                    ehcs_family_id=None if self.chance(0.1) else family,
                    ehcs_request_id=request,
                    ehcs_case_type_code="SW_SUPPORT" if self.chance(0.2) else "LEAD",
                    ehcs_origin_code=self.pick(("REQUEST", "STEP_DOWN", "REREFERRAL", None)),
                    ehcs_opened_date=start,
                    ehcs_closed_date=end,
                    ehcs_team_id=self.team(),
                )
                for kid in kids:
                    joined = start + days(self.pick((0, 0, 0, 10)))
                    left = end if self.chance(0.8) else self.later(joined)
                    self.add_member(case_id, kid, joined, left)
        for _ in range(self.number // 8):
            start = self.date()
            self.add_member(None, self.pick(self.people), start, self.later(start))
        start = self.date()
        self.add_member("E-UNKNOWN", self.pick(self.people), start, None)

    def add_member(
        self, case_id: str | None, kid: str, joined: dt.date, left: dt.date | None
    ) -> None:
        self.add(
            "ssd_early_help_episodes",
            earl_episode_id=self.new_id("EE"),
            earl_person_id=self.alias(kid),
            earl_episode_start_date=joined,
            earl_episode_end_date=left,
            x_earl_case_id=case_id,
        )

    # ---- contacts, referrals, assessments, enquiries -----------------------------------------

    def make_front_door(self, person: str) -> None:
        for start, closed in self.spells(4):
            referral = self.new_id("R")
            self.add(
                "ssd_cin_episodes",
                cine_referral_id=referral,
                cine_person_id=self.flow_person(person),
                cine_referral_date=start,
                cine_close_date=closed,
                cine_referral_nfa=self.flag(0.15, 0.2),
                cine_referral_team=self.team(),
                x_cine_outcome_code=self.pick(("SWA", "SWA", "NFA", "S47", "OTHER", None)),
            )
            self.make_contacts(person, referral, start)
            for _ in range(self.rng.randrange(3)):
                begun = start + days(self.pick((-1, 0, 0, 1, 5, 60)))
                self.make_assessment(person, referral, begun)
            if self.chance(0.4):
                self.make_enquiry(person, self.after(start))
            for begun, ended in self.spells(1):
                self.add_plan("CIN", person, begun, ended)
            if self.chance(0.6):
                self.add_plan("CIN", person, start + days(self.rng.randrange(60)), closed)
        for _ in range(self.rng.randrange(3)):
            self.add_contact(person, self.date(), self.pick(("NFA", "EH", "ADVICE", None)), None)

    def make_contacts(self, person: str, referral: str, start: dt.date) -> None:
        before = start
        for _ in range(self.pick((0, 0, 1, 2, 3, 4))):
            before -= ONE_DAY
        kind = self.rng.random()
        if kind < 0.4:
            self.add_contact(person, before, self.pick(("REFERRAL", "OTHER", None)), referral)
        elif kind < 0.55:
            self.add_contact(person, before, "REFERRAL", None)
        elif kind < 0.7:
            self.add_contact(person, before, None, None)
        elif kind < 0.8:
            self.add_contact(person, before, "REFERRAL", self.new_id("R-UNKNOWN"))
        elif kind < 0.9:
            self.add_contact(person, before, "REFERRAL", referral)
            self.add_contact(person, before + days(self.pick((-31, 0, 1))), None, referral)
        if self.chance(0.15):
            self.add_contact(person, before, None, None)
        if self.doubtful and self.chance(0.1):
            shared = self.new_id("R-SHARED")
            self.add_contact(person, before, "REFERRAL", shared)
            self.add_contact(person, before + days(2), "REFERRAL", shared)

    def add_contact(
        self, person: str, day: dt.date, outcome: str | None, referral: str | None
    ) -> None:
        self.add(
            "ssd_contacts",
            cont_contact_id=self.new_id("C"),
            cont_person_id=self.flow_person(person),
            cont_contact_date=day,
            cont_contact_source_code=self.pick(("1A", "2B", "3F", "5C", "6", "9", "10", None)),
            x_cont_outcome_code=outcome,
            x_cont_referral_id=referral,
        )

    def make_assessment(self, person: str, referral: str, begun: dt.date) -> None:
        given = self.pick((referral, referral, referral, None, "R-UNKNOWN"))
        self.add(
            "ssd_cin_assessments",
            cina_assessment_id=self.new_id("AS"),
            cina_person_id=self.flow_person(person),
            cina_referral_id=given,
            cina_assessment_start_date=begun,
            cina_assessment_auth_date=self.later(begun, 0.25),
            cina_assessment_team=self.team(),
            x_cina_outcome_code=self.pick(("ONGOING", "STEP_DOWN", "CLOSE", "OTHER", None)),
            x_cina_status_code=self.pick(("OPEN", "AUTHORISED", None, None, "CANCELLED")),
        )

    def make_enquiry(self, person: str, strategy: dt.date) -> None:
        enquiry = self.new_id("N")
        self.add(
            "ssd_s47_enquiry",
            s47e_s47_enquiry_id=enquiry,
            s47e_person_id=self.flow_person(person),
            s47e_s47_start_date=strategy,
            s47e_s47_end_date=self.later(strategy, 0.2),
            s47e_s47_completed_by_team=self.team(),
            x_s47e_outcome_code=self.pick(("SUBST_RISK", "SUBST_NO_RISK", "NOT_SUBST", None)),
            x_s47e_status_code=self.pick(("COMPLETED", "COMPLETED", None, "OPEN", "CANCELLED")),
        )
        if self.chance(0.25):
            # Early help that ended about a year before, or began about that day (1.7).
            left = am(strategy, -12) + days(self.pick((-1, 0, 1)))
            joined = self.pick((left - days(90), left, strategy - ONE_DAY, strategy))
            case_id = self.new_id("E")
            self.add(
                "ssdx_early_help_cases",
                ehcs_case_id=case_id,
                ehcs_case_type_code=self.pick(("LEAD", "LEAD", "SW_SUPPORT")),
                ehcs_opened_date=joined,
                ehcs_team_id=self.team(),
            )
            self.add_member(case_id, person, joined, left if left >= joined else None)
        if not self.chance(0.7):
            return
        held = due(strategy, 15) + days(self.pick((-20, -1, 0, 0, 1, 2, 3, 40)))
        meeting = self.new_id("MT") if self.chance(0.5) else None
        for _ in range(2 if self.chance(0.15) else 1):
            self.add(
                "ssd_initial_cp_conference",
                icpc_icpc_id=self.new_id("I"),
                icpc_icpc_meeting_id=meeting,
                icpc_person_id=self.alias(person),
                icpc_s47_enquiry_id=self.pick((enquiry, enquiry, None, "-1", "N-UNKNOWN")),
                icpc_icpc_transfer_in=self.flag(0.08, 0.3),
                icpc_icpc_date=None if self.chance(0.04) else held,
                icpc_icpc_team=self.team(),
                x_icpc_strategy_discussion_date=self.pick((None, None, strategy, held)),
                x_icpc_status_code=self.pick(
                    ("HELD", "HELD", "HELD", None, "PLANNED", "CANCELLED")
                ),
            )
            held += days(self.pick((0, 1, 12)))

    # ---- plans -------------------------------------------------------------------------------

    def add_plan(self, kind: str, person: str, start: dt.date, end: dt.date | None) -> None:
        table, id_column, prefix, stem = {
            "CIN": ("ssd_cin_plans", "cinp_cin_plan_id", "cinp", "cinp_cin_plan"),
            "CARE": ("ssd_cla_care_plan", "lacp_table_id", "lacp", "lacp_cla_care_plan"),
            "PATHWAY": ("ssdx_pathway_plans", "path_plan_id", "path", "path"),
        }[kind]
        plan = self.new_id(f"{kind}-")
        row: Row = {
            id_column: plan,
            f"{prefix}_person_id": self.alias(person),
            f"{stem}_start_date": start,
            f"{stem}_end_date": end,
        }
        if kind == "CARE":
            row["x_lacp_permanence_code"] = self.pick(
                ("RETURN", "LTFOST18", "LTRELFR", "SGO", None)
            )
        self.add(table, **row)
        for _ in range(self.rng.randrange(4)):
            self.add(
                "ssdx_plan_reviews",
                plrv_plan_type_code=kind,
                plrv_plan_id=plan,
                plrv_person_id=person,
                plrv_review_date=self.date() if self.chance(0.5) else self.after(start),
            )

    def make_child_protection(self, person: str) -> None:
        known: list[str] = []
        for number, (start, end) in enumerate(self.spells(4)):
            plan = self.new_id("CP")
            known.append(plan)
            previous = number if self.chance(0.6) else self.pick((None, None, 0, 2))
            self.add(
                "ssd_cp_plans",
                cppl_cp_plan_id=plan,
                cppl_person_id=self.alias(person),
                cppl_cp_plan_start_date=start,
                cppl_cp_plan_end_date=end,
                cppl_cp_plan_ola=self.flag(0.04, 0.3),
                x_cppl_previous_plan_count=previous,
                x_cppl_previous_plan_end_date=(
                    am(start, -24) + days(self.pick((-1, 0, 1, 200))) if self.chance(0.15) else None
                ),
            )
            self.make_plan_reviews(person, known, start, end)
            seen = start
            for _ in range(self.rng.randrange(6)):
                seen = self.date() if self.chance(0.4) else seen + days(self.rng.randrange(40))
                self.add(
                    "ssd_cp_visits",
                    cppv_cp_visit_id=self.new_id("V"),
                    cppv_person_id=self.alias(person),
                    cppv_cp_plan_id=self.pick((plan, None)),
                    cppv_cp_visit_date=seen,
                    cppv_cp_visit_seen=self.flag(0.8, 0.1),
                )

    def make_plan_reviews(
        self, person: str, known: list[str], start: dt.date, end: dt.date | None
    ) -> None:
        limit = 3
        last = start
        for _ in range(self.rng.randrange(5)):
            held = am(last, limit) + days(self.pick((-30, -1, 0, 0, 1, 1)))
            if end is not None and end > start and self.chance(0.15):
                held = end + days(self.pick((-1, 0, 0, 1)))
            last, limit = held, 6
            for _ in range(2 if self.chance(0.05) else 1):
                self.add(
                    "ssd_cp_reviews",
                    cppr_cp_review_id=self.new_id("RC"),
                    cppr_person_id=self.alias(person),
                    cppr_cp_plan_id=self.pick((known[-1], known[-1], known[0], None, "CP-UNKNOWN")),
                    cppr_cp_review_due=held,
                    cppr_cp_review_date=None if self.chance(0.04) else held,
                    x_cppr_status_code=self.pick(HELD),
                )

    # ---- looked after ------------------------------------------------------------------------

    def make_looked_after(self, person: str) -> None:
        types = PLACEMENT_TYPES.split()
        placement, kind, carer = self.new_id("PL"), self.pick(types), self.new_id("K")
        reasons = ("P", "L", "T", "U", "B", "P")
        settled = (placement, kind, carer)
        spells = self.spells(7, 0.15, touching=0.75)
        for number, (start, end) in enumerate(spells):
            reason = "S" if number == 0 or self.chance(0.1) else self.pick(reasons)
            was_temporary = kind.startswith("T")
            if was_temporary:
                # Back to where the child was, in one of the ways that show it.
                placement, kind, carer = settled
                way = self.rng.random()
                if way < 0.3:
                    placement = self.new_id("PL")
                elif way < 0.5:
                    placement, carer = self.new_id("PL"), None
                elif way < 0.7:
                    placement, carer = self.new_id("PL"), self.new_id("K")
                    kind = kind if self.chance(0.5) else self.pick(types)
            elif number and reason in ("P", "B", "T", "U", "S"):
                placement = self.new_id("PL")
                kind = self.pick(["T0", "T1", "T4"]) if self.chance(0.2) else self.pick(types)
                if reason in ("P", "B"):
                    carer = None if self.chance(0.2) else self.new_id("K")
            if not kind.startswith("T"):
                settled = (placement, kind, carer)
            self.add_episode(person, start, end, reason, (placement, kind, carer))
            if self.chance(0.04):
                # Beside it another that ends on the same day.
                beside = (self.new_id("PL"), self.pick(types), None)
                self.add_episode(person, start + days(self.pick((0, 5))), end, "P", beside)
        for begun, ended in self.spells(2):
            self.add(
                "ssd_legal_status",
                lega_legal_status_id=self.new_id("L"),
                lega_person_id=self.alias(person),
                lega_legal_status=self.pick(("C1", "C2", "V2", "V2", "V3", "V4", "E1")),
                lega_legal_status_start_date=begun,
                lega_legal_status_end_date=ended,
            )
        if spells:
            self.make_reviews_and_checks(person, spells[0][0])

    def add_episode(
        self,
        person: str,
        start: dt.date,
        end: dt.date | None,
        reason: str | None,
        where: tuple[str, str, str | None],
    ) -> None:
        placement, kind, carer = where
        known = {row["clap_cla_placement_id"] for row in self.rows["ssd_cla_placement"]}
        if placement not in known and self.chance(0.97):
            self.add(
                "ssd_cla_placement",
                clap_cla_placement_id=placement,
                clap_person_id=None if self.chance(0.03) else self.alias(person),
                clap_cla_placement_start_date=start,
                clap_cla_placement_end_date=end if end is None or end >= start else None,
                clap_cla_placement_type=None if self.chance(0.02) else kind,
                x_clap_carer_id=carer,
            )
        if self.doubtful and self.chance(0.05):
            reason = None
        status = self.pick(("C2", "C2", "V2", "C1", "E1", None, None))
        self.add(
            "ssd_cla_episodes",
            clae_cla_episode_id=self.new_id("EP"),
            clae_person_id=self.alias(person),
            clae_cla_episode_start_date=start,
            clae_cla_episode_start_reason=reason,
            clae_cla_episode_ceased_date=end,
            clae_cla_episode_ceased_reason=(
                None
                if end is None or self.chance(0.05)
                else self.pick(("X1", "X1", "E11", "E12", "E45", "E4A", "E8", "E15"))
            ),
            clae_cla_placement_id=None if self.chance(0.06) else placement,
            x_clae_legal_status_code="V4" if self.chance(0.03) else status,
            x_clae_is_other_la=self.flag(0.03, 0.4),
        )

    def make_reviews_and_checks(self, person: str, start: dt.date) -> None:
        held = due(start, 20) + days(self.pick((-3, 0, 0, 1)))
        for _ in range(self.rng.randrange(5)):
            self.add(
                "ssd_cla_reviews",
                clar_cla_review_id=self.new_id("LR"),
                clar_cla_person_id=self.alias(person),
                clar_cla_review_date=None if self.chance(0.04) else held,
                clar_cla_review_cancelled=self.flag(0.06, 0.5),
                clar_cla_review_participation=self.pick(
                    ("PN0", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7", None, None)
                ),
                x_clar_status_code=self.pick(HELD),
            )
            months = self.pick((3, 6, 6))
            held = (
                self.date() if self.chance(0.3) else am(held, months) + days(self.pick((-1, 0, 1)))
            )
        for _ in range(self.rng.randrange(5)):
            self.add(
                "ssd_cla_visits",
                clav_cla_visit_id=self.new_id("LV"),
                clav_person_id=self.alias(person),
                clav_cla_visit_date=self.date() if self.chance(0.7) else self.after(start),
                clav_cla_visit_seen=self.flag(0.8, 0.1),
            )
        for _ in range(self.rng.randrange(5)):
            self.add(
                "ssd_cla_health",
                clah_health_check_id=self.new_id("H"),
                clah_person_id=self.alias(person),
                clah_health_check_type=self.pick(("HEALTH_ASSESSMENT", "DENTAL", "OPTICIAN")),
                clah_health_check_date=self.pick(
                    (self.date(), self.after(start), due(start, 20) + days(self.rng.randrange(4)))
                ),
                clah_health_check_status=self.pick(("COMPLETED", "COMPLETED", None, "REFUSED")),
            )
        for _ in range(self.rng.randrange(3)):
            met = self.date()
            self.add(
                "ssdx_personal_education_plans",
                pepl_pep_id=self.new_id("PE"),
                pepl_person_id=self.alias(person),
                pepl_pep_date=met,
                pepl_completed_date=None if self.chance(0.15) else met + days(self.pick((0, 0, 5))),
                pepl_status_code=self.pick(
                    ("COMPLETED", "COMPLETED", None, "PLANNED", "CANCELLED")
                ),
            )
        for begun, ended in self.spells(2):
            self.add_plan("CARE", person, begun, ended)

    def make_settled_child(self) -> None:
        """A child in one or two placements for about 12, 24 or 30 months (7.15, 9.1)."""
        person, d = self.new_id("LT"), self.end()
        self.add("ssd_person", pers_person_id=person, pers_dob=d - days(4000))
        start = am(d, -self.pick((12, 30))) + days(self.pick((-1, 0, 1)))
        first = self.new_id("PL"), self.pick(("U1", "U4", "U5")), self.new_id("K")
        if self.chance(0.5):
            moved = am(d, -24) + days(self.pick((-1, 0, 1)))
            if moved > start:
                self.add_episode(person, start, moved, "S", first)
                second = self.new_id("PL"), self.pick(("U4", "A3", "A4", "A5")), self.new_id("K")
                self.add_episode(person, moved, None, "P", second)
                return
        self.add_episode(person, start, None, "S", first)
        seen = self.pick((d - days(50), am(d, -3) + days(self.pick((-1, 0)))))
        self.add(
            "ssd_cla_visits",
            clav_cla_visit_id=self.new_id("LV"),
            clav_person_id=person,
            clav_cla_visit_date=max(seen, start),
            clav_cla_visit_seen="Y",
        )

    def make_turning_18(self) -> None:
        """A child whose plan and care end about the 18th birthday (G25)."""
        person, d = self.new_id("TE"), self.date()
        dob = am(d, -12 * 18)
        self.add("ssd_person", pers_person_id=person, pers_dob=dob)
        end = birthday(dob, 18) + days(self.pick((-1, 0, 0, 1)))
        start = end - days(self.rng.randrange(30, 900))
        self.add_episode(person, start, end, "S", (self.new_id("PL"), "U4", None))
        self.add(
            "ssd_cp_plans",
            cppl_cp_plan_id=self.new_id("CP"),
            cppl_person_id=person,
            cppl_cp_plan_start_date=start,
            cppl_cp_plan_end_date=end,
        )

    def make_derived_leaver(self) -> None:
        """A care leaver without a category, about 91 days in care or a day after 16 (T6)."""
        person, d = self.new_id("DL"), self.end()
        dob = am(d, -12 * self.pick((17, 18, 19, 20))) - days(self.rng.randrange(200))
        self.add("ssd_person", pers_person_id=person, pers_dob=dob)
        if self.chance(0.5):
            start = birthday(dob, 16) + days(self.rng.randrange(60))
            end = start + days(self.pick((90, 91, 92)))
        else:
            start = birthday(dob, 14) + days(self.rng.randrange(300))
            end = birthday(dob, 16) + days(self.pick((-1, 0, 1, 2)))
        where = self.new_id("PL"), "U4", None
        self.add_episode(person, start, end, "S", where)
        self.add(
            "ssd_care_leavers",
            clea_table_id=self.new_id("CL"),
            clea_person_id=person,
            x_clea_from_date=end,
            x_clea_as_at_date=d,
            clea_care_leaver_accom_suitable=self.pick(("1", "2")),
        )

    # ---- leaving care, adoption, foster carers -----------------------------------------------

    def make_care_leaver(self, person: str) -> None:
        category, since = (
            self.pick(("REL", "FREL", "FREL", None, None, "QUAL", "ELIG")),
            self.date(),
        )
        until = None
        for _ in range(self.rng.randrange(1, 5)):
            if self.chance(0.2):
                category = self.pick(("REL", "FREL", None))
                since = self.date()
            until = until if self.chance(0.7) else self.later(since, 0.7)
            if self.hand.random() < 0.3:
                # Several open rows of one person (G65).
                category, until = (
                    self.hand.choice(("REL", "FREL", "ELIG", "QUAL", "NONE", None)),
                    None,
                )
            self.add(
                "ssd_care_leavers",
                clea_table_id=self.new_id("CL"),
                clea_person_id=self.alias(person),
                x_clea_eligibility_code=category,
                x_clea_from_date=since,
                x_clea_to_date=until,
                x_clea_as_at_date=None if self.chance(0.05) else self.date(),
                clea_care_leaver_accom_suitable=self.pick(("1", "1", "2", None)),
                clea_care_leaver_activity=self.pick(("F1", "P2", "F4", "P5", "G4", "G5", None)),
                clea_pathway_plan_review_date=self.date() if self.chance(0.3) else None,
            )
        for begun, ended in self.spells(2):
            self.add_plan("PATHWAY", person, begun, ended)

    def make_adoptions(self) -> None:
        adopted = [
            (row["clae_person_id"], row["clae_cla_episode_ceased_date"])
            for row in self.rows["ssd_cla_episodes"]
            if row["clae_cla_episode_ceased_reason"] in ("E11", "E12")
        ]
        for person, order in adopted:
            for _ in range(self.pick((0, 1, 1, 2, 3))):
                decided = am(order, -12) + days(self.pick((-1, 0, 0, 1, 100, 400)))
                placed = self.after(decided)
                self.add(
                    "ssd_permanence",
                    perm_table_id=self.new_id("AD"),
                    perm_person_id=person,
                    perm_adm_decision_date=None if self.chance(0.1) else decided,
                    perm_decision_reversed_date=decided + days(5) if self.chance(0.2) else None,
                    perm_placement_order_date=None if self.chance(0.2) else self.after(decided),
                    perm_matched_date=None if self.chance(0.2) else self.after(decided),
                    perm_placed_for_adoption_date=None if self.chance(0.2) else placed,
                )

    def make_foster_carers(self) -> None:
        for _ in range(self.number // 3):
            household = self.new_id("FH")
            for approved, ceased in self.spells(3):
                self.add(
                    "ssdx_foster_carer_households",
                    fosh_household_id=household,
                    fosh_carer_type_code=self.pick(
                        ("TASK", "KIN", "SHORT_OTHER", None, "RESPITE?")
                    ),
                    fosh_approval_date=approved,
                    fosh_ceased_date=ceased,
                )

    def make_everything(self) -> None:
        self.make_teams()
        self.make_workers()
        self.make_people()
        self.make_early_help()
        for person in [*self.people, "NOT-IN-PERSONS"]:
            self.anchors = self.anchors_of.get(person, [])
            self.make_allocations(person)
            self.make_front_door(person)
            if self.chance(0.5):
                self.make_child_protection(person)
            if self.chance(0.6):
                self.make_looked_after(person)
            if self.chance(0.35):
                self.make_care_leaver(person)
        self.anchors = []
        for _ in range(max(2, self.number // 12)):
            self.make_settled_child()
            self.make_derived_leaver()
            self.make_turning_18()
        self.make_adoptions()
        self.make_foster_carers()


# --------------------------------------------------------------------------------------------
# Writing it down


class Writer:
    """Renders the rows of a world as the text (or typed values) of files."""

    def __init__(self, world: World, date_format: str, typed: bool) -> None:
        self.world, self.date_format, self.typed = world, date_format, typed
        self.decimals = {
            column: ".0"
            for columns in CONTRACT.values()
            for column in columns
            if world.hand.random() < 0.2
        }

    def date_text(self, value: dt.date, column: str) -> str:
        hand = self.world.hand
        if column.endswith("_start_date") and hand.random() < 0.004:
            value = dt.date.fromisoformat(hand.choice(OLD_DAYS))
        if column.endswith(("_end_date", "_close_date")) and hand.random() < 0.01:
            value = dt.date.fromisoformat(hand.choice(LATE_DAYS))
        text = f"{value:%d/%m}/{value.year:04}" if self.date_format == "DMY" else value.isoformat()
        if column in TIMESTAMPS and self.world.chance(0.7):
            text += self.world.pick((" 00:00:00", "T23:59:59", " 00:05"))
        elif hand.random() < 0.02:
            text += hand.choice(OFFSETS)
        elif hand.random() < 0.01:
            text = f"{hand.choice(WHITE)}{text}{hand.choice(WHITE)}"
        return text

    def cell(self, column: str, value: Value) -> Value:
        """One value with the untidiness of a real extract."""
        world = self.world
        if isinstance(value, dt.date):
            if self.typed:
                return value
            return self.date_text(value, column)
        if value is None:
            if self.typed or column.endswith(("_date", "_from", "_to", "_dob", "_due")):
                if self.typed or not world.chance(0.1):
                    return None
                return self.date_text(dt.date.fromisoformat(world.pick(SENTINELS)), column)
            return world.pick(PLACEHOLDERS) if world.chance(0.1) else None
        text = str(value)
        if world.has_numbers_as_ids and column.endswith(("_id", "_team")):
            # Two digits for each sign that is none, so that ids stay as different as they were.
            text = "".join(one if one.isdigit() else f"{ord(one) % 100:02}" for one in text)
            text += self.decimals.get(column, "") if world.hand.random() < 0.5 else ""
        if world.chance(0.04):
            text = world.pick((text.lower(), f" {text}", f"{text}  "))
        elif world.hand.random() < 0.02:
            text = f"{world.hand.choice(WHITE)}{text}{world.hand.choice(WHITE)}"
        return text

    def file_rows(self, table: str, columns: list[str]) -> list[Row]:
        """Rows in random order, with exact copies, and conflicting copies where allowed."""
        world = self.world
        found = [
            {column: self.cell(column, row.get(column)) for column in columns}
            for row in world.rows[table]
        ]
        for row in list(found):
            if world.chance(0.02):
                found.append(dict(row))
        if not self.typed and found and (table not in KEYS or world.doubtful):
            for row in world.rng.sample(found, max(1, len(found) // 60)):
                other = world.pick(found)
                found.append({**other, CONTRACT[table][0]: row[CONTRACT[table][0]]})
        if not self.typed:
            for row in found:
                if world.chance(0.004):
                    column = world.pick(columns[1:]) if len(columns) > 1 else columns[0]
                    row[column] = self.spoil(column, row[column])
        world.rng.shuffle(found)
        return found

    def spoil(self, column: str, value: Value) -> Value:
        """An invalid date or an unknown code; ids stay."""
        if column.endswith(("_date", "_dob", "_from", "_to")):
            return self.world.pick(("31/02/2018", "2018-02-30", "soon", "99/99/9999", None))
        if column.endswith("_code"):
            return "?"
        return value


def write_csv(path: Path, columns: list[str], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns)
        writer.writeheader()
        writer.writerows(rows)


def write_parquet(path: Path, columns: list[str], rows: list[Row], typed: bool) -> None:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    fields = []
    for column in columns:
        is_date = typed and any(isinstance(row[column], dt.date) for row in rows)
        fields.append(pa.field(column, pa.date32() if is_date else pa.string()))
    schema = pa.schema(fields)
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), path)


def make_extract(
    folder: str | Path,
    seed: int,
    size: str = "small",
    *,
    doubtful: bool = False,
    complete: bool | None = None,
    date_format: str | None = None,
    file_format: str | None = None,
) -> Path:
    """Write a random extract into `folder` (which is emptied first) and return its path.

    `size` is tiny, small, medium or large (12 to 2,000 people). `complete=True` writes all tables,
    False leaves some out, now and then columns of others, and may name tables that hold only the
    latest records; `date_format` YMD or DMY; `file_format` csv, parquet (typed dates), parquet_text
    or mixed. What is not given is drawn. `doubtful` adds cases on which the specification is
    silent. Raises KeyError for an unknown size.
    """
    folder = Path(folder)
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    world = World(seed, size, doubtful)
    world.make_everything()
    rng = world.rng
    dates = date_format or rng.choice(("YMD", "DMY"))
    files = file_format or rng.choice(("csv", "csv", "csv", "parquet", "parquet_text", "mixed"))
    all_tables = rng.random() < 0.6 if complete is None else complete
    # G73: some columns are in no file of the extract, in some extracts
    thin = rng.random() < 0.5 and complete is not True
    absent, empty = set(), set()
    if not all_tables:
        names = rng.sample(sorted(CONTRACT), rng.randrange(1, 7))
        absent, empty = set(names[::2]), set(names[1::2])
    for table, contract in CONTRACT.items():
        if table in absent:
            continue
        kind = rng.choice(("csv", "parquet", "parquet_text")) if files == "mixed" else files
        columns = [
            column
            for column in contract
            if column in REQUIRED or not (thin and rng.random() < 0.05)
        ]
        writer = Writer(world, dates, typed=kind == "parquet")
        rows = [] if table in empty else writer.file_rows(table, columns)
        shown = [*columns, *rng.choice(([], [], ["local_note"], ["x_local_note"]))]
        rng.shuffle(shown)
        for row in rows:
            for column in shown:
                row.setdefault(column, 'kept for ourselves, "as is"')
        if kind == "csv":
            write_csv(folder / f"{table}.csv", shown, rows)
        else:
            write_parquet(folder / f"{table}.parquet", shown, rows, kind == "parquet")
    about: dict[str, object] = {
        "extract_id": f"fuzz-{seed}",
        "source_system": "SYNTHETIC",
        "as_at": world.as_at_text,
        "date_format": dates,
    }
    if rng.random() < 0.5:
        about["history_from"] = history(world)
    if complete is not True and rng.random() < 0.4:
        about["latest_only"] = rng.sample(sorted(CONTRACT), rng.randrange(1, 4))
    (folder / "extract.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return folder


def history(world: World) -> dict[str, str]:
    """First complete days: a default or not, and some tables of their own."""
    found: dict[str, str] = {}
    if world.chance(0.7):
        found["default"] = str(am(world.ends[0] + ONE_DAY, -world.pick((36, 48, 60, 72))))
    for table in world.rng.sample(sorted(CONTRACT), world.rng.randrange(5)):
        found[table] = str(am(world.ends[0] + ONE_DAY, -world.rng.randrange(3, 50)))
    return found


def main(arguments: list[str] | None = None) -> int:
    """Write one extract from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.fuzz", description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", choices=sorted(SIZES), default="small")
    parser.add_argument("--doubtful", action="store_true")
    parser.add_argument("--complete", action="store_true", default=None)
    chosen = parser.parse_args(arguments)
    made = make_extract(
        chosen.folder,
        chosen.seed,
        chosen.size,
        doubtful=chosen.doubtful,
        complete=chosen.complete,
    )
    print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
