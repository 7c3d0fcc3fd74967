"""What was wrong in the records of April and is put right later.

Dates and codes that are corrected, outcomes and ends that are added, children who turn out to have
two records, rows that belonged to somebody else. Every mistake was in the April extract; the day on
which it is noticed lies anywhere in the three months after.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from made_up_county.changes_known_later import Plan, Removal, Row, key_of
from made_up_county.delays import (
    NOTICED_WITHIN,
    delay,
    ends_of,
    known_late,
    not_there_after,
    rows_of,
)
from made_up_county.world import AS_AT, DAY, age_at

# Mistakes are looked for in what is recent.
RECENT = AS_AT - timedelta(days=190)


@dataclass(frozen=True, slots=True)
class Correction:
    """A date that is corrected: by so many days at most, for this share of recent rows.

    after: the column whose date it may not precede.
    """

    table: str
    column: str
    share: float
    days: int
    after: str | None = None


CORRECTIONS = (
    Correction("ssd_cp_visits", "cppv_cp_visit_date", 0.010, 9),
    Correction("ssd_cla_visits", "clav_cla_visit_date", 0.010, 14),
    Correction(
        "ssd_cin_assessments",
        "cina_assessment_auth_date",
        0.012,
        12,
        "cina_assessment_start_date",
    ),
    Correction("ssd_s47_enquiry", "s47e_s47_end_date", 0.010, 6, "s47e_s47_start_date"),
    Correction("ssd_cin_episodes", "cine_close_date", 0.008, 20, "cine_referral_date"),
    Correction("ssd_cp_reviews", "cppr_cp_review_date", 0.010, 7),
    Correction("ssd_cla_reviews", "clar_cla_review_date", 0.012, 10),
    Correction("ssd_cla_health", "clah_health_check_date", 0.015, 30),
)


@dataclass(frozen=True, slots=True)
class LateEnd:
    """Spells that had ended before the extract, which was typed in afterwards.

    share: of the spells that are open in April. days: how long before the extract at most.
    """

    table: str
    share: float
    days: int
    person: str
    start: str


LATE_ENDS = (
    LateEnd("ssd_cin_assessments", 0.05, 45, "cina_person_id", "cina_assessment_start_date"),
    LateEnd("ssd_s47_enquiry", 0.12, 20, "s47e_person_id", "s47e_s47_start_date"),
    LateEnd("ssd_cin_episodes", 0.03, 60, "cine_person_id", "cine_referral_date"),
    LateEnd("ssdx_early_help_cases", 0.03, 60, "ehcs_family_id", "ehcs_opened_date"),
)
# Rows that are not linked to and may therefore be taken out, with the share of recent ones.
REMOVED = {
    "ssd_contacts": ("cont_contact_date", 0.0015),
    "ssd_cp_visits": ("cppv_cp_visit_date", 0.004),
    "ssd_cla_visits": ("clav_cla_visit_date", 0.004),
    "ssd_cin_assessments": ("cina_assessment_start_date", 0.003),
    "ssd_cla_health": ("clah_health_check_date", 0.004),
    "ssd_cla_reviews": ("clar_cla_review_date", 0.002),
}
MERGED = 90
CORRECTED_BIRTHS = 0.0008
SHARE_OF_ETHNICITIES_ASKED = 0.06
PARTICIPATION_CORRECTED = 0.01


class Mistakes:
    """Plans what is put right."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rows = plan.world.rows
        # Whose case turns out to have been over: a person, or a family of early help.
        self.closed: set[str] = set()

    def _noticed(self, *name: object) -> date:
        return AS_AT + timedelta(days=self.plan.chance.between(1, NOTICED_WITHIN, "seen", *name))

    # -- ends that were there and not typed in

    def late_ends(self) -> None:
        """Plan ends before the extract of spells that are open in it."""
        in_work = {
            row["cppl_person_id"]
            for row in self.rows["ssd_cp_plans"]
            if not row.get("cppl_cp_plan_end_date")
        }
        in_work |= {
            row["clae_person_id"]
            for row in self.rows["ssd_cla_episodes"]
            if not row.get("clae_cla_episode_ceased_date")
        }
        in_work |= {
            row["cinp_person_id"]
            for row in self.rows["ssd_cin_plans"]
            if not row.get("cinp_cin_plan_end_date")
        }
        in_assessment = {
            row["cina_person_id"]
            for row in self.rows["ssd_cin_assessments"]
            if not row.get("cina_assessment_auth_date")
        }
        busy = {
            "ssd_cin_episodes": in_work | in_assessment,
        }
        for late in LATE_ENDS:
            end_column = {
                "ssd_cin_assessments": "cina_assessment_auth_date",
                "ssd_s47_enquiry": "s47e_s47_end_date",
                "ssd_cin_episodes": "cine_close_date",
                "ssdx_early_help_cases": "ehcs_closed_date",
            }[late.table]
            shape = ends_of(late.table)
            for row in self.rows[late.table]:
                name = row[key_of(late.table)]
                if row.get(end_column) or row[late.person] in busy.get(late.table, ()):
                    continue
                if row.get("x_cina_status_code") == "CANCELLED":
                    continue
                if self.plan.chance.share("late end", late.table, name) >= late.share:
                    continue
                first = max(row[late.start] + DAY, AS_AT - timedelta(days=late.days))
                ago = self._days_ago((AS_AT - first).days, late.table, name)
                if ago < 0:
                    continue
                day = AS_AT - timedelta(days=ago)
                share = self.plan.chance.share("late typed", late.table, name)
                known = known_late(shape, day, AS_AT, share)
                self.plan.end(
                    late.table, row, {end_column: day} | self._outcome(late.table, name), known
                )
                self.closed.add(row[late.person])

    def _days_ago(self, most: int, table: str, name: str) -> int:
        """How long before the extract it ended: the nearer, the likelier not typed in yet."""
        if most < 0:
            return -1
        shape = ends_of(table)
        weights = [not_there_after(shape, days) for days in range(most + 1)]
        point = self.plan.chance.share("ago", table, name) * sum(weights)
        for days, weight in enumerate(weights):
            point -= weight
            if point < 0:
                return days
        return 0

    def _outcome(self, table: str, name: str) -> Row:
        share = self.plan.chance.share("outcome", table, name)
        if table == "ssd_cin_assessments":
            code = "CLOSE" if share < 0.5 else "ONGOING"
            return {
                "x_cina_outcome_code": code,
                "cina_assessment_outcome_nfa": "Y" if code == "CLOSE" else "N",
                "x_cina_status_code": "AUTHORISED",
            }
        if table == "ssd_s47_enquiry":
            return {
                "x_s47e_outcome_code": "OTHER",
                "s47e_s47_nfa": "N",
                "x_s47e_status_code": "COMPLETED",
            }
        return {"cine_close_reason": "RC7"} if table == "ssd_cin_episodes" else {}

    # -- corrections

    def corrections(self) -> None:
        """Plan corrected dates and codes, and outcomes that are added."""
        for correction in CORRECTIONS:
            for row in self.rows[correction.table]:
                self._correct_date(correction, row)
        self._reviews()
        self._births()
        self._ethnicities()

    def _correct_date(self, correction: Correction, row: Row) -> None:
        table, column = correction.table, correction.column
        day = row.get(column)
        if not day or day < RECENT or id(row) in self.plan.touched:
            return
        name = row[key_of(table)]
        if self.plan.chance.share("wrong", table, name) >= correction.share:
            return
        # Mostly it was earlier than was written first: the day of typing had been taken.
        wrong_by = self.plan.chance.between(1, correction.days, "by", table, name)
        if self.plan.chance.share("earlier", table, name) < 0.3:
            wrong_by = -wrong_by
        right = min(day - timedelta(days=wrong_by), AS_AT)
        earliest = row.get(correction.after) if correction.after else None
        right = max(right, earliest) if earliest else right
        if right != day:
            self.plan.correct(table, row, {column: right}, self._noticed(table, name), "correction")

    def _reviews(self) -> None:
        """Reviews that were held and stand as planned; how the child took part."""
        shape = rows_of("ssd_cla_reviews")
        for row in self.rows["ssd_cla_reviews"]:
            name = row["clar_cla_review_id"]
            due = row.get("clar_cla_review_due_date")
            share = self.plan.chance.share("held", name)
            if row.get("x_clar_status_code") == "PLANNED" and due and due >= RECENT:
                late = not_there_after(shape, (AS_AT - due).days)
                if share < late:
                    day = due - timedelta(days=self.plan.chance.between(0, 4, "held on", name))
                    values = {
                        "clar_cla_review_date": day,
                        "x_clar_status_code": "HELD",
                        "clar_cla_review_participation": "PN1",
                    }
                    known = known_late(shape, day, AS_AT, share / late)
                    self.plan.correct("ssd_cla_reviews", row, values, known, "correction")
            elif (
                (row.get("clar_cla_review_date") or date.min) >= RECENT
                and share < PARTICIPATION_CORRECTED
                and id(row) not in self.plan.touched
            ):
                code = "PN1" if row.get("clar_cla_review_participation") != "PN1" else "PN5"
                values = {"clar_cla_review_participation": code}
                self.plan.correct(
                    "ssd_cla_reviews", row, values, self._noticed("part", name), "correction"
                )

    def _births(self) -> None:
        """Children who are born, and birth dates that had a slip in them."""
        for row in self.rows["ssd_person"]:
            name = row["pers_person_id"]
            if row.get("x_pers_merged_into_id"):
                continue
            share = self.plan.chance.share("birth", name)
            expected, born = row.get("pers_expected_dob"), row.get("pers_dob")
            if expected:
                day = expected + timedelta(days=self.plan.chance.between(-9, 9, "born", name))
                values = {
                    "pers_dob": day,
                    "pers_expected_dob": None,
                    "pers_sex": "M" if share < 0.5 else "F",
                }
                known = max(day + timedelta(days=delay(rows_of("birth"), share)), AS_AT + DAY)
                self.plan.correct("ssd_person", row, values, known, "correction")
            elif born and share < CORRECTED_BIRTHS and 1 <= age_at(born, AS_AT) < 17:
                # Day and month had changed places, or the day was one off.
                if born.day <= 12 and born.day != born.month:
                    right = born.replace(month=born.day, day=born.month)
                else:
                    right = born - DAY
                self.plan.correct(
                    "ssd_person", row, {"pers_dob": right}, self._noticed(name), "correction"
                )

    def _ethnicities(self) -> None:
        for row in self.rows["ssd_person"]:
            name = row["pers_person_id"]
            if row.get("pers_ethnicity") != "NOBT" or id(row) in self.plan.touched:
                continue
            if self.plan.chance.share("asked", name) < SHARE_OF_ETHNICITIES_ASKED:
                code = "WBRI" if self.plan.chance.share("answer", name) < 0.85 else "WOTH"
                self.plan.correct(
                    "ssd_person", row, {"pers_ethnicity": code}, self._noticed(name), "correction"
                )

    # -- merges

    def merges(self) -> None:
        """Plan that records made at a recent contact turn out to be those of known children."""
        recent: dict[str, date] = {}
        known: set[str] = set()
        for row in self.rows["ssd_contacts"]:
            if row["cont_contact_date"] >= RECENT:
                recent[row["cont_person_id"]] = row["cont_contact_date"]
            else:
                known.add(row["cont_person_id"])
        known |= self._named_elsewhere()
        twins: dict[tuple[date, str], list[Row]] = defaultdict(list)
        for row in self.rows["ssd_person"]:
            name = row["pers_person_id"]
            if name in known and row.get("pers_dob") and not row.get("x_pers_merged_into_id"):
                twins[row["pers_dob"], row["pers_sex"]].append(row)
        doubles = [
            row
            for row in self.rows["ssd_person"]
            if row["pers_person_id"] in recent
            and row["pers_person_id"] not in known
            and not row.get("x_pers_merged_into_id")
            and (row.get("pers_dob"), row["pers_sex"]) in twins
            and id(row) not in self.plan.touched
        ]
        doubles.sort(key=lambda row: self.plan.chance.share("double", row["pers_person_id"]))
        for row in doubles[:MERGED]:
            own = twins[row["pers_dob"], row["pers_sex"]]
            own = [other for other in own if id(other) not in self.plan.touched]
            if not own:
                continue
            name = row["pers_person_id"]
            into = own[self.plan.chance.between(0, len(own) - 1, "into", name)]
            values = {"x_pers_merged_into_id": into["pers_person_id"], "pers_upn": None}
            self.plan.correct("ssd_person", row, values, self._noticed("merge", name), "merge")
            # One record takes in one other, and is not corrected as well.
            self.plan.touched.add(id(into))

    def _named_elsewhere(self) -> set[str]:
        """The children of whom there is more than contacts."""
        named: set[str] = set()
        for table, rows in self.rows.items():
            if table in ("ssd_person", "ssd_family", "ssd_contacts") or not rows:
                continue
            for column in self.plan.world.columns(table):
                if column.endswith("_person_id"):
                    named.update(row[column] for row in rows if row.get(column))
        return named

    # -- rows that should not be there

    def removals(self) -> None:
        """Plan that rows which were entered in error are taken out."""
        for table, (column, share) in REMOVED.items():
            for row in self.rows[table]:
                name = row[key_of(table)]
                if (row.get(column) or date.min) < RECENT or id(row) in self.plan.touched:
                    continue
                if row.get("x_cont_referral_id"):
                    continue
                if self.plan.chance.share("error", table, name) < share:
                    known = self._noticed("error", table, name)
                    self.plan.removals.append(Removal(table, row, known))
                    self.plan.touched.add(id(row))
