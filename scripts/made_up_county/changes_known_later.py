"""What becomes known of the county after its extract of April: rows, ends, corrections, removals.

Everything is planned up to one horizon, with the day on which it is known; an extract of a later
day takes what is known by then. So extracts of two days differ only by what came between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from made_up_county.contract import TABLES
from made_up_county.delays import Chance, delay, ends_of, rows_of
from made_up_county.extract_of_a_day import RULES, start_of
from made_up_county.world import AS_AT, Person, World

Row = dict[str, Any]

# What can become known: of later days, late, corrected, merged, deleted.
KINDS = ("later", "late", "correction", "merge", "deletion")

# The last day that can be asked for: three months after the county's own extract.
HORIZON = date(2018, 7, 10)

# What is open while its end is not given: table and the column of the end.
ENDS: dict[str, str] = {
    "ssd_cin_episodes": "cine_close_date",
    "ssd_cin_assessments": "cina_assessment_auth_date",
    "ssd_cin_plans": "cinp_cin_plan_end_date",
    "ssd_s47_enquiry": "s47e_s47_end_date",
    "ssd_cp_plans": "cppl_cp_plan_end_date",
    "ssdx_early_help_cases": "ehcs_closed_date",
    "ssd_early_help_episodes": "earl_episode_end_date",
    "ssd_cla_episodes": "clae_cla_episode_ceased_date",
    "ssd_cla_placement": "clap_cla_placement_end_date",
    "ssd_legal_status": "lega_legal_status_end_date",
    "ssd_cla_care_plan": "lacp_cla_care_plan_end_date",
    "ssdx_pathway_plans": "path_end_date",
    "ssd_permanence": "perm_permanence_order_date",
    "ssd_involvements": "invo_involvement_end_date",
}


def key_of(table: str) -> str | None:
    """The column of a table's id; reviews of plans have none."""
    return None if table == "ssdx_plan_reviews" else TABLES[table][0]


@dataclass(slots=True)
class New:
    """A row that the April extract does not hold."""

    table: str
    row: Row
    known: date
    ends_take: int  # days until an end of the row is typed in


@dataclass(slots=True)
class Change:
    """New values of a row that the April extract holds."""

    table: str
    row: Row
    values: Row
    known: date
    kind: str  # later, late, correction, merge


@dataclass(slots=True)
class Removal:
    """A row of the April extract that was entered in error."""

    table: str
    row: Row
    known: date


@dataclass
class Plan:
    """Everything that becomes known up to the horizon.

    Args:
        world: the county as it was known in April.
    """

    world: World
    news: list[New] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = Chance(self.world.seed)
        # The day on which a row truly ends, though it may be typed in later; by the row's identity.
        self.true_ends: dict[int, date] = {}
        self.touched: set[int] = set()
        self.person_rows: dict[str, Row] = {
            row["pers_person_id"]: row for row in self.world.rows["ssd_person"]
        }
        # A record that was merged stands for the child's own.
        self.child_of: dict[str, str] = {
            person: row.get("x_pers_merged_into_id") or person
            for person, row in self.person_rows.items()
        }
        self.people: dict[str, Person] = {person.id: person for person in self.world.people}

    def add(self, table: str, row: Row, known: date | None = None) -> New:
        """Plan a new row; without a day it is known after the delay of its kind."""
        name = (
            row.get(key_of(table) or "") or f"{row.get('plrv_plan_id')}{start_of_row(table, row)}"
        )
        if known is None:
            happened = start_of_row(table, row) or AS_AT
            wait = delay(rows_of(table), self.chance.share("row", table, name))
            known = max(happened + timedelta(days=wait), AS_AT + timedelta(days=1))
        made = New(table, row, known, delay(ends_of(table), self.chance.share("end", table, name)))
        self.news.append(made)
        return made

    def end(self, table: str, row: Row, values: Row, known: date | None = None) -> None:
        """Plan that a row ends; `values` holds its end and what goes with it."""
        day = values[ENDS[table]]
        self.true_ends[id(row)] = day
        if known is None:
            wait = delay(ends_of(table), self.chance.share("end", table, row[key_of(table)]))
            known = max(day + timedelta(days=wait), AS_AT + timedelta(days=1))
        self.changes.append(Change(table, row, values, known, "late" if day <= AS_AT else "later"))
        self.touched.add(id(row))

    def correct(self, table: str, row: Row, values: Row, known: date, kind: str) -> None:
        """Plan new values of a row that is there."""
        self.changes.append(Change(table, row, values, known, kind))
        self.touched.add(id(row))

    def end_of(self, table: str, row: Row) -> date | None:
        """The true end of a row, if it has one by the horizon."""
        return self.true_ends.get(id(row)) or row.get(ENDS[table])

    def counts(self, as_at: date, news: Iterable[New]) -> dict[str, Counter[str]]:
        """How much of each kind is known on a day: kind, then table.

        Args:
            as_at: the day.
            news: the new rows that are known then.
        """
        found: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
        for new in news:
            start = start_of_row(new.table, new.row)
            if start:
                found["late" if start <= AS_AT else "later"][new.table] += 1
        for change in self.changes:
            if change.known <= as_at:
                found[change.kind][change.table] += 1
        for removal in self.removals:
            if removal.known <= as_at:
                found["deletion"][removal.table] += 1
        return found


def start_of_row(table: str, row: Row) -> date | None:
    """The date of an event, or the start of a spell; none for people and families."""
    return start_of(RULES[table], row) if table in RULES else None
