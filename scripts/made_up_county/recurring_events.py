"""What is done again and again while a spell is open: visits, reviews, health checks, plans.

From the last row of April on, the next one follows after the child's own interval. Some are
missed. Those that fall before the extract are the late ones: the April extract does not hold them,
and they are either missed or not typed in yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from made_up_county.activity_after_april import PERSON_COLUMNS
from made_up_county.changes_known_later import ENDS, HORIZON, Plan, Row, key_of, start_of_row
from made_up_county.contract import TABLES
from made_up_county.delays import known_late, not_there_after, rows_of
from made_up_county.world import AS_AT, DAY, add_months

# The county's own care records end with the month; its casework reaches the day of the extract.
LAST_OF_CARE = date(2018, 3, 31)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How rows of a table follow each other.

    day: the date column. by: the columns that say whose rhythm it is. spell: the table of the
    spells during which it goes on. first: days from the start of the spell. days: shortest, usual
    and longest interval. done: the share that is done at all. overdue_done: the share that was
    done, and not typed in, of those that were due just before the extract and are not in it.
    until: the last day of which the April extract holds anything.
    """

    table: str
    day: str
    by: tuple[str, ...]
    spell: str
    first: int
    days: tuple[int, int, int]
    done: float
    overdue_done: float
    until: date
    only: tuple[str, str] | None = None


RHYTHMS = (
    Rhythm(
        "ssd_cp_visits",
        "cppv_cp_visit_date",
        ("cppv_cp_plan_id",),
        "ssd_cp_plans",
        8,
        (7, 12, 20),
        0.82,
        0.55,
        AS_AT,
    ),
    Rhythm(
        "ssd_cp_reviews",
        "cppr_cp_review_date",
        ("cppr_cp_plan_id",),
        "ssd_cp_plans",
        84,
        (84, 175, 184),
        0.96,
        0.45,
        AS_AT,
    ),
    Rhythm(
        "ssd_cla_visits",
        "clav_cla_visit_date",
        ("clav_person_id",),
        "ssd_cla_episodes",
        7,
        (20, 34, 60),
        0.88,
        0.5,
        LAST_OF_CARE,
    ),
    Rhythm(
        "ssd_cla_reviews",
        "clar_cla_review_date",
        ("clar_cla_person_id",),
        "ssd_cla_episodes",
        27,
        (84, 178, 184),
        0.95,
        0.35,
        LAST_OF_CARE,
    ),
    Rhythm(
        "ssd_cla_health",
        "clah_health_check_date",
        ("clah_person_id", "clah_health_check_type"),
        "ssd_cla_episodes",
        24,
        (170, 345, 375),
        0.85,
        0.4,
        LAST_OF_CARE,
    ),
    Rhythm(
        "ssdx_personal_education_plans",
        "pepl_pep_date",
        ("pepl_person_id",),
        "ssd_cla_episodes",
        28,
        (150, 180, 200),
        0.88,
        0.35,
        LAST_OF_CARE,
    ),
    Rhythm(
        "ssdx_plan_reviews",
        "plrv_review_date",
        ("plrv_plan_id",),
        "ssd_cin_plans",
        150,
        (150, 180, 210),
        0.85,
        0.3,
        AS_AT,
        ("plrv_plan_type_code", "CIN"),
    ),
    Rhythm(
        "ssdx_plan_reviews",
        "plrv_review_date",
        ("plrv_plan_id",),
        "ssd_cla_care_plan",
        160,
        (150, 178, 200),
        0.92,
        0.35,
        LAST_OF_CARE,
        ("plrv_plan_type_code", "CARE"),
    ),
    Rhythm(
        "ssdx_plan_reviews",
        "plrv_review_date",
        ("plrv_plan_id",),
        "ssdx_pathway_plans",
        160,
        (150, 180, 200),
        0.90,
        0.35,
        LAST_OF_CARE,
        ("plrv_plan_type_code", "PATHWAY"),
    ),
    Rhythm(
        "ssd_care_leavers",
        "x_clea_as_at_date",
        ("clea_person_id",),
        "ssdx_pathway_plans",
        90,
        (85, 182, 215),
        0.93,
        0.35,
        LAST_OF_CARE,
    ),
)


def _cp_visit(row: Row, day: date, last: date, known: date) -> Row:
    return row | {"x_cppv_recorded_date": known}


def _cla_visit(row: Row, day: date, last: date, known: date) -> Row:
    return row | {"x_clav_recorded_date": known}


def _cp_review(row: Row, day: date, last: date, known: date) -> Row:
    return row | {
        "cppr_cp_review_due": add_months(last, 6),
        "cppr_cp_review_meeting_id": None,
        "cppr_cp_review_outcome_continue_cp": "Y",
    }


def _cla_review(row: Row, day: date, last: date, known: date) -> Row:
    return row | {"clar_cla_review_due_date": add_months(last, 6)}


def _health(row: Row, day: date, last: date, known: date) -> Row:
    stage = row.get("x_clah_assessment_stage_code")
    return row | {"x_clah_assessment_stage_code": "IHA" if stage == FIRST else stage and "RHA"}


def _education(row: Row, day: date, last: date, known: date) -> Row:
    done = day + timedelta(days=7)
    return row | {"pepl_completed_date": done, "pepl_next_due_date": add_months(done, 6)}


def _leaver(row: Row, day: date, last: date, known: date) -> Row:
    return row | {
        "clea_care_leaver_latest_contact": day - timedelta(days=9),
        "x_clea_from_date": day,
        "x_clea_to_date": None,
    }


def _plain(row: Row, day: date, last: date, known: date) -> Row:
    return row


WRITTEN: dict[str, Callable[[Row, date, date, date], Row]] = {
    "ssd_cp_visits": _cp_visit,
    "ssd_cla_visits": _cla_visit,
    "ssd_cp_reviews": _cp_review,
    "ssd_cla_reviews": _cla_review,
    "ssd_cla_health": _health,
    "ssdx_personal_education_plans": _education,
    "ssd_care_leavers": _leaver,
}
# Only what took place is followed by another.
TOOK_PLACE = {
    "ssd_cla_reviews": ("x_clar_status_code", "HELD"),
    "ssdx_personal_education_plans": ("pepl_status_code", "COMPLETED"),
}

# Stands for the stage of the first health assessment of all until it is written.
FIRST = "FIRST"
# What says to which period of care a row belongs.
LINKS_OF_CARE = {"clav_cla_id", "clar_cla_id"}


def build(plan: Plan) -> None:
    """Plan everything that follows in its rhythm, up to the horizon."""
    for rhythm in RHYTHMS:
        _Beats(plan, rhythm).build()


class _Beats:
    """One rhythm of all children."""

    def __init__(self, plan: Plan, rhythm: Rhythm) -> None:
        self.plan = plan
        self.rhythm = rhythm
        self.key = key_of(rhythm.table)
        self.shape = rows_of(rhythm.table)
        self.by_plan = rhythm.by[0].endswith("_plan_id")

    def _open_until(self) -> dict[str, date]:
        """Whose spell is open in April, and until when; by plan or by child."""
        spell = self.rhythm.spell
        column = TABLES[spell][0] if self.by_plan else PERSON_COLUMNS[spell]
        until: dict[str, date] = {}
        self.starts: dict[str, tuple[date, Row]] = {}
        moved = self._moved() if spell == "ssd_cla_episodes" else {}
        for row in self.plan.world.rows[spell]:
            if row.get(ENDS[spell]):
                continue
            end = self.plan.end_of(spell, row) or HORIZON + DAY
            end = moved.get(row.get(column), end)
            until[row[column]] = max(until.get(row[column], end), end)
            begin = row.get("clae_entered_care_date") or start_of_row(spell, row)
            self.starts[row[column]] = (begin, row)
        return until

    def _moved(self) -> dict[str, date]:
        """Until when children stay in care whose placement changes: the end of the last spell."""
        found: dict[str, date] = {}
        for new in self.plan.news:
            if new.table == "ssd_cla_episodes":
                end = new.row.get("clae_cla_episode_ceased_date") or HORIZON + DAY
                person = new.row["clae_person_id"]
                found[person] = max(found.get(person, end), end)
        return found

    def build(self) -> None:
        """Plan the rows of every child whose spell is open."""
        rhythm = self.rhythm
        until = self._open_until()
        whose = rhythm.by[0]
        done: dict[tuple[str, ...], list[tuple[date, Row]]] = defaultdict(list)
        took_place = TOOK_PLACE.get(rhythm.table)
        for row in self.plan.world.rows[rhythm.table]:
            if row.get(whose) not in until or not row.get(rhythm.day):
                continue
            if rhythm.only and row.get(rhythm.only[0]) != rhythm.only[1]:
                continue
            if took_place and row.get(took_place[0]) != took_place[1]:
                continue
            done[tuple(row[column] for column in rhythm.by)].append((row[rhythm.day], row))
        for name, rows in done.items():
            rows.sort(key=lambda pair: pair[0])
            self._go_on(name, rows, until[name[0]])
        if rhythm.only is None and done:
            name, rows = max(done.items(), key=lambda item: item[0][::-1])
            for person in sorted(until.keys() - {person for person, *_ in done}):
                self._begin((person, *name[1:]), rows[-1][1], until[person])

    def _begin(self, name: tuple[str, ...], model: Row, until: date) -> None:
        """Plan the first and those after it for a spell of which the April extract has none."""
        begin, spell = self.starts[name[0]]
        row = model | dict(zip(self.rhythm.by, name, strict=True))
        row[PERSON_COLUMNS[self.rhythm.table]] = spell[PERSON_COLUMNS[self.rhythm.spell]]
        for column in row.keys() & LINKS_OF_CARE:
            row[column] = spell.get("clae_cla_id")
        if "x_clah_assessment_stage_code" in row:
            row["x_clah_assessment_stage_code"] = FIRST
        before = begin + timedelta(days=self.rhythm.first - self.rhythm.days[1])
        self._go_on(name, [(before, row)], until, max(1, self.rhythm.first // 4))

    def _go_on(
        self,
        name: tuple[str, ...],
        rows: list[tuple[date, Row]],
        until: date,
        first_wobble: int | None = None,
    ) -> None:
        shortest, usual, longest = self.rhythm.days
        day, row = rows[-1]
        last = day
        gap = (rows[-1][0] - rows[-2][0]).days if len(rows) > 1 else usual
        if not shortest <= gap <= longest:
            gap = usual
        chance = self.plan.chance
        while True:
            wobble = first_wobble or max(1, gap // 10)
            first_wobble = None
            day += timedelta(days=gap + chance.between(-wobble, wobble, *name, day))
            if day.weekday() > 4:
                day -= timedelta(days=day.weekday() - 4)
            if day >= until or day > HORIZON:
                return
            known = self._known(name, day)
            if known is not None:
                self._write(row, day, last, known)
                last = day

    def _known(self, name: tuple[str, ...], day: date) -> date | None:
        """The day on which it is typed in; none if it is missed."""
        done = self.rhythm.done
        share = self.plan.chance.share("done", self.rhythm.table, *name, day)
        if day > self.rhythm.until:
            if share >= done:
                return None
            known = known_late(self.shape, day, day - DAY, share / done)
            return max(known, AS_AT + DAY)
        # Nothing was known of it on 10 April: missed, or late.
        waited = not_there_after(self.shape, (AS_AT - day).days)
        late = self.rhythm.overdue_done * waited / not_there_after(self.shape, 0)
        if share >= late:
            return None
        return known_late(self.shape, day, AS_AT, share / late)

    def _write(self, row: Row, day: date, last: date, known: date) -> None:
        new = row | {self.rhythm.day: day}
        if self.key:
            new[self.key] = self.plan.world.id_like(row[self.key])
        write = WRITTEN.get(self.rhythm.table, _plain)
        self.plan.add(self.rhythm.table, write(new, day, last, known), known)
