"""How cases go on after April: as those of a year ago did.

Every family of April is set beside one that was in the same state 52 weeks before (the same spells
open, the same locality, children of like age): what that one lived through in the weeks that
followed, this one lives through now. Families that first came to notice in those weeks come again
as other families. So a spring has as many referrals, plans, admissions and closures as the last
one, and rows hang together as they did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from made_up_county.changes_known_later import ENDS, HORIZON, Plan, Row, key_of, start_of_row
from made_up_county.contract import DATE_COLUMNS, ID_COLUMNS, REFERENCES, TABLES
from made_up_county.delays import delay, known_late, not_there_after, rows_of
from made_up_county.extract_of_a_day import RULES
from made_up_county.world import AS_AT, age_at, upn

SHIFT = timedelta(days=364)  # 52 weeks: weekdays stay weekdays
YEAR_BEFORE = AS_AT - SHIFT
# Families that came in these weeks before the extract may be known only afterwards.
LATE_REACH = timedelta(days=21)

CARE_TABLES = frozenset(
    {
        "ssd_cla_episodes",
        "ssd_cla_placement",
        "ssd_legal_status",
        "ssd_cla_care_plan",
        "ssd_care_leavers",
        "ssdx_pathway_plans",
        "ssd_involvements",
        "ssd_cin_episodes",
    }
)
# What a child's leaving care ends, and the column of the end.
SPELLS_OF_CARE = {
    table: ENDS[table]
    for table in ("ssd_cla_episodes", "ssd_cla_placement", "ssd_legal_status", "ssd_cla_care_plan")
}
# What goes on in a rhythm of its own while a spell is open: the spell's table and, where a row
# names it, the column.
RHYTHMIC: dict[str, tuple[tuple[str, ...], str | None]] = {
    "ssd_cp_visits": (("ssd_cp_plans",), "cppv_cp_plan_id"),
    "ssd_cp_reviews": (("ssd_cp_plans",), "cppr_cp_plan_id"),
    "ssd_cla_visits": (("ssd_cla_episodes",), None),
    "ssd_cla_reviews": (("ssd_cla_episodes",), None),
    "ssd_cla_health": (("ssd_cla_episodes",), None),
    "ssdx_personal_education_plans": (("ssd_cla_episodes",), None),
    "ssdx_plan_reviews": (
        ("ssd_cin_plans", "ssd_cla_care_plan", "ssdx_pathway_plans"),
        "plrv_plan_id",
    ),
    "ssd_care_leavers": (("ssdx_pathway_plans",), None),
}
# Ids of things and people outside the case stay as they are.
OUTSIDE = frozenset({"ssd_department", "ssd_professionals", "ssdx_foster_carer_households"})
OUTSIDE_COLUMNS = frozenset({"prof_professional_department"})
# A row without this link is not one: it goes with what it belongs to.
NO_LINK_NO_ROW = frozenset({"plrv_plan_id", "x_earl_case_id", "cppv_cp_plan_id", "cppr_cp_plan_id"})

PERSON_COLUMNS = {
    table: next((column for column in columns if column.endswith("_person_id")), None)
    for table, columns in TABLES.items()
}
FAMILY_COLUMNS = {
    table: next((column for column in columns if column.endswith("_family_id")), None)
    for table, columns in TABLES.items()
}


@dataclass(slots=True)
class State:
    """A family on a day: what is open, and when something last happened."""

    open: list[tuple[str, str | None, Row]] = field(default_factory=list)  # table, person, row
    last: date | None = None


@dataclass(slots=True)
class Family:
    """A family and its children; `came` is the rows that began in the weeks that are copied."""

    id: str
    people: list[str] = field(default_factory=list)
    first: date | None = None
    before: State = field(default_factory=State)
    now: State = field(default_factory=State)
    came: list[tuple[str, str | None, Row]] = field(default_factory=list)


class GoingOn:
    """Lets the county live on."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.world = plan.world
        self.families: dict[str, Family] = {}
        self.family_of: dict[str, str] = {}
        self.closed_late: set[str] = set()
        for row in self.world.rows["ssd_family"]:
            family = self.families.setdefault(row["fami_family_id"], Family(row["fami_family_id"]))
            family.people.append(row["fami_person_id"])
            self.family_of[row["fami_person_id"]] = family.id
        self._read()

    def close_late(self, names: set[str]) -> None:
        """Families whose case turns out to have been over: nothing more happens in them."""
        self.closed_late.update(self.family_of.get(name, name) for name in names)

    def _read(self) -> None:
        for table, rule in RULES.items():
            person_column, family_column = PERSON_COLUMNS[table], FAMILY_COLUMNS[table]
            if person_column is None and family_column is None:
                continue
            end_column = ENDS.get(table)
            for row in self.world.rows[table]:
                start = start_of_row(table, row)
                if start is None:
                    continue
                person = self.plan.child_of.get(row[person_column]) if person_column else None
                name = row.get(family_column) if family_column else self.family_of.get(person)
                family = self.families.get(name)
                if family is None:
                    continue
                self._note(family, table, person, row, start, rule.end or end_column, end_column)

    @staticmethod
    def _note(
        family: Family,
        table: str,
        person: str | None,
        row: Row,
        start: date,
        last_column: str | None,
        end_column: str | None,
    ) -> None:
        if family.first is None or start < family.first:
            family.first = start
        end = row.get(last_column) if last_column else None
        for state, day in ((family.before, YEAR_BEFORE), (family.now, AS_AT)):
            if start > day:
                continue
            latest = end if end and end <= day else start
            if state.last is None or latest > state.last:
                state.last = latest
            if end_column and (not row.get(end_column) or row[end_column] > day):
                state.open.append((table, person, row))
        if YEAR_BEFORE - LATE_REACH < start <= HORIZON - SHIFT:
            family.came.append((table, person, row))

    # -- which family lives on as which

    def _age(self, person: str, day: date) -> int:
        return age_at(self.plan.people[person].born, day)

    def _signatures(self, family: Family, state: State, day: date) -> tuple[tuple[Any, ...], ...]:
        """What two families must have in common, from much to little."""
        open_of: dict[str | None, list[str]] = defaultdict(list)
        for table, person, _ in state.open:
            open_of[person].append(table)
        ages = sorted(self._age(person, day) for person in family.people)
        youngest = ages[0] // 5 if ages else 0
        if not open_of:
            since = (day - state.last).days // 182 if state.last else 9
            return ((min(since, 4), min(youngest, 4), min(len(ages), 4)),)
        people = []
        for person, tables in open_of.items():
            in_care = person and "ssd_cla_episodes" in tables
            band = min(self._age(person, day) // 4, 4) if in_care else -1
            people.append((band, tuple(sorted(tables))))
        exact = tuple(sorted(people))
        locality = self.world.families[family.id][0].locality
        coarse = tuple(sorted({table for table, _, _ in state.open}))
        return ((locality, exact), ("any", exact), ("some", coarse))

    def pairs(self) -> Iterable[tuple[Family, Family]]:
        """Each family of April with the one whose year-old spring it lives through."""
        donors: dict[tuple[Any, ...], list[tuple[date, str]]] = defaultdict(list)
        for family in self.families.values():
            if family.before.last is None:
                continue
            for signature in self._signatures(family, family.before, YEAR_BEFORE):
                donors[signature].append((family.before.last, family.id))
        for found in donors.values():
            found.sort()
        heirs: dict[tuple[Any, ...], list[tuple[date, str]]] = defaultdict(list)
        for family in self.families.values():
            if family.now.last is None or family.id in self.closed_late:
                continue
            for signature in self._signatures(family, family.now, AS_AT):
                if signature in donors:
                    heirs[signature].append((family.now.last, family.id))
                    break
        for signature, found in heirs.items():
            models = donors[signature]
            found.sort()
            offset = self.plan.chance.share("models", signature)
            # Of the families of the past there are more than a year ago, and not more that return.
            is_closed = isinstance(signature[0], int)
            returning = len(models) / len(found) if is_closed else 1.0
            for place, (_, name) in enumerate(found):
                if self.plan.chance.share("returns", name) >= returning:
                    continue
                model = models[int((place + offset) * len(models) / len(found)) % len(models)]
                yield self.families[name], self.families[model[1]]

    # -- living on

    def build(self) -> None:
        """Plan the weeks after April for every family, and the families that come new."""
        for heir, model in self.pairs():
            if model.came or model.before.open:
                self._live_on(heir, model)
        for family in list(self.families.values()):
            if family.first and YEAR_BEFORE - LATE_REACH < family.first <= HORIZON - SHIFT:
                self._come_new(family)
        self._turn_eighteen()
        self._households()

    def _households(self) -> None:
        """Foster carers are approved, and give up, as in the spring before."""
        table = "ssdx_foster_carer_households"
        rows = self.world.rows[table]
        open_now = [row for row in rows if not row.get("fosh_ceased_date")]
        open_now.sort(key=lambda row: self.plan.chance.share("ceases", row["fosh_household_id"]))
        for row in list(rows):
            approved, ceased = row["fosh_approval_date"], row.get("fosh_ceased_date")
            if YEAR_BEFORE < approved <= HORIZON - SHIFT:
                self._copy([(table, None, row)], {}, None)
            elif ceased and YEAR_BEFORE < ceased <= HORIZON - SHIFT and open_now:
                values = {
                    "fosh_ceased_date": ceased + SHIFT,
                    "fosh_ceased_reason_code": row.get("fosh_ceased_reason_code"),
                }
                known = ceased + SHIFT + timedelta(days=3)
                self.plan.correct(table, open_now.pop(), values, known, "later")

    def _order(self, family: Family, state: State) -> list[str]:
        tables: dict[str, list[str]] = defaultdict(list)
        for table, person, _ in state.open:
            if person:
                tables[person].append(table)
        return sorted(
            family.people,
            key=lambda p: (not tables[p], tuple(sorted(tables[p])), self.plan.people[p].born, p),
        )

    def _live_on(self, heir: Family, model: Family) -> None:
        ids: dict[str, str] = {model.id: heir.id}
        models = self._order(model, model.before)
        ids.update(zip(models, self._order(heir, heir.now), strict=False))
        mine: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
        for table, person, row in heir.now.open:
            mine[table, person].append(row)
        spared: dict[str, date] = {}
        open_before: set[str] = set()
        open_tables: set[tuple[str, str | None]] = set()
        ends = []
        for table, person, row in model.before.open:
            open_tables.add((table, person))
            open_before.add(row[TABLES[table][0]])
            rows = mine.get((table, ids.get(person) if person else None))
            if not rows:
                continue
            own = rows.pop(0)
            for column in TABLES[table]:
                if self._is_own_id(column) and row.get(column) and own.get(column):
                    ids.setdefault(row[column], own[column])
            ends.append((table, person, row, own))
        for table, person, row, own in ends:
            self._end_as(table, person, row, own, spared)
        came = []
        for table, person, row in model.came:
            start = start_of_row(table, row)
            if start <= YEAR_BEFORE or (person in spared and start >= spared[person]):
                continue
            if table in RHYTHMIC:
                spells, column = RHYTHMIC[table]
                if column and row.get(column) in open_before:
                    continue
                if not column and any((spell, person) in open_tables for spell in spells):
                    continue
            came.append((table, person, row))
        self._copy(came, ids, heir)

    @staticmethod
    def _is_own_id(column: str) -> bool:
        outside = OUTSIDE.intersection(REFERENCES.get(column, ()))
        return column in ID_COLUMNS and not outside and column not in OUTSIDE_COLUMNS

    def _end_as(
        self, table: str, person: str | None, row: Row, own: Row, spared: dict[str, date]
    ) -> None:
        """End a row of April as the one of the year before ended."""
        if id(own) in self.plan.touched:
            return
        rule, end_column = RULES[table], ENDS[table]
        later = dict(rule.later)
        columns = list(later) + ([rule.end] if rule.end and rule.end not in later else [])
        values: Row = {}
        for column in columns:
            day = row.get(column)
            if not day or not YEAR_BEFORE < day <= HORIZON - SHIFT or own.get(column):
                continue
            if person and table in CARE_TABLES and self._is_birthday(person, day):
                # Who is not eighteen stays.
                spared[person] = min(spared.get(person, day), day)
                continue
            values[column] = day + SHIFT
            for other in later.get(column, ()):
                values[other] = row.get(other)
            if column == end_column:
                values.update({name: row.get(name) for name, _ in rule.reset})
        if end_column in values:
            self.plan.end(table, own, values)
        elif values:
            day = max(value for value in values.values() if isinstance(value, date))
            self.plan.correct(table, own, values, day + timedelta(days=5), "later")

    def _is_birthday(self, person: str, day: date) -> bool:
        return abs((self.plan.people[person].eighteenth - day).days) <= 3

    def _copy(
        self,
        came: list[tuple[str, str | None, Row]],
        ids: dict[str, str],
        heir: Family | None,
        known_from: date | None = None,
    ) -> None:
        """Plan copies of rows, 52 weeks later, with ids of their own."""
        for table, _, row in came:
            key = key_of(table)
            if key and row[key] not in ids:
                ids[row[key]] = self.world.id_like(row[key])
        for table, person, row in came:
            if person and person not in ids:
                if heir is None:
                    continue
                ids[person] = self._new_person(person, heir.id, known_from)
            copy = self._copied(table, row, ids)
            if copy is None or self._is_too_old(table, person, copy, ids):
                continue
            planned = self.plan.add(table, copy)
            if known_from:
                planned.known = max(planned.known, known_from)

    def _copied(self, table: str, row: Row, ids: dict[str, str]) -> Row | None:
        copy: Row = {}
        for column, value in row.items():
            if value is None:
                continue
            if column in DATE_COLUMNS and isinstance(value, date):
                value = value + SHIFT
            elif column == PERSON_COLUMNS[table]:
                value = ids[self.plan.child_of[value]]
            elif self._is_own_id(column):
                if value not in ids and column not in REFERENCES:
                    ids[value] = self.world.id_like(value)
                value = ids.get(value)
                if value is None and column in NO_LINK_NO_ROW:
                    return None
            copy[column] = value
        return copy

    def _is_too_old(self, table: str, person: str | None, copy: Row, ids: dict[str, str]) -> bool:
        """Whether a row of a child would belong to an adult here."""
        heir = self.plan.people.get(ids[person]) if person else None
        day = start_of_row(table, copy)
        if heir is None or day is None or heir.age(day) < 18:
            return False
        return self.plan.people[person].age(day - SHIFT) < 18

    def _new_person(self, model: str, family: str, known_from: date | None) -> str:
        """Plan a child like another one, born 52 weeks later."""
        row = {
            column: value + SHIFT if isinstance(value, date) else value
            for column, value in self.plan.person_rows[model].items()
        }
        person = self.world.new_id("P")
        row["pers_person_id"] = person
        if row.get("pers_upn"):
            digits = int(self.plan.chance.share("upn", person) * 10**11)
            row["pers_upn"] = upn(f"{2 + digits % 8}{digits:011d}")
        known = known_from or AS_AT
        self.plan.add("ssd_person", row, known)
        self.plan.add("ssd_family", {"fami_family_id": family, "fami_person_id": person}, known)
        return person

    def _come_new(self, model: Family) -> None:
        """Let a family that came to notice last spring come as another one."""
        came = [(table, person, row) for table, person, row in model.came]
        known_from = None
        if model.first <= YEAR_BEFORE:
            known_from = self._late_from(model, came)
            if known_from is None:
                return
        family = self.world.id_like(model.id)
        ids = {model.id: family}
        for person in model.people:
            ids[person] = self._new_person(person, family, known_from)
        self._copy(came, ids, None, known_from)

    def _late_from(self, model: Family, came: list[tuple[str, str | None, Row]]) -> date | None:
        """The day on which a family becomes known that came before the extract; mostly none.

        The April extract holds those that were typed in by then; of as many as come in such days
        the rest is missing.
        """
        first = model.first + SHIFT
        table = next(table for table, _, row in came if start_of_row(table, row) == model.first)
        shape = rows_of(table)
        share = self.plan.chance.share("late family", model.id)
        still = not_there_after(shape, (AS_AT - first).days)
        if share >= still:
            return None
        return known_late(shape, first, AS_AT, share / still)

    # -- eighteen

    def _turn_eighteen(self) -> None:
        """Who turns eighteen leaves care on that day."""
        leavers: dict[str, date] = {}
        for row in self.world.rows["ssd_cla_episodes"]:
            person = self.plan.people.get(self.plan.child_of.get(row["clae_person_id"], ""))
            if person and not row.get(ENDS["ssd_cla_episodes"]) and person.eighteenth <= HORIZON:
                leavers[person.id] = person.eighteenth
        self._leave_at(leavers)
        self._leaving_care(leavers)

    def _leave_at(self, leavers: dict[str, date]) -> None:
        """End every spell of care at its child's birthday, and take back what would follow."""
        planned = {id(change.row): change for change in self.plan.changes}
        for table, column in SPELLS_OF_CARE.items():
            for row in self.world.rows[table]:
                day = leavers.get(self.plan.child_of.get(row[PERSON_COLUMNS[table]], ""))
                if not day or row.get(column):
                    continue
                values: Row = {column: day}
                if table == "ssd_cla_episodes":
                    values["clae_cla_episode_ceased_reason"] = "E5"
                change = planned.get(id(row))
                if change is None:
                    self.plan.end(table, row, values)
                elif (change.values.get(column) or HORIZON) > day:
                    change.values.update(values)
                    self.plan.true_ends[id(row)] = day
        kept = []
        for new in self.plan.news:
            column = SPELLS_OF_CARE.get(new.table)
            day = leavers.get(new.row.get(PERSON_COLUMNS[new.table] or "", "")) if column else None
            if day and start_of_row(new.table, new.row) >= day:
                continue
            if day and (new.row.get(column) or HORIZON) > day:
                new.row[column] = day
                if new.table == "ssd_cla_episodes":
                    new.row["clae_cla_episode_ceased_reason"] = "E5"
            kept.append(new)
        self.plan.news[:] = kept

    def _leaving_care(self, leavers: dict[str, date]) -> None:
        last = {
            row["clea_person_id"]: row
            for row in self.world.rows["ssd_care_leavers"]
            if row["clea_person_id"] in leavers
        }
        for person, row in last.items():
            day = leavers[person]
            status = row | {
                "clea_table_id": self.world.id_like(row["clea_table_id"]),
                "clea_care_leaver_eligibility": "Former relevant",
                "x_clea_eligibility_code": "FREL",
                "x_clea_from_date": day,
                "x_clea_to_date": None,
                "x_clea_as_at_date": day,
            }
            wait = delay(rows_of("ssd_care_leavers"), self.plan.chance.share("18", person))
            self.plan.add("ssd_care_leavers", status, day + timedelta(days=wait))
