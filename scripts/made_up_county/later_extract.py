"""The same county some weeks after its extract of April: what happened, and what is now known.

The extract of 10 April stays as it is; one of a later day is that extract with what became known
in between. Each row, end, correction, merge and removal has the day on which it is known.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from made_up_county import recurring_events
from made_up_county.activity_after_april import NO_LINK_NO_ROW, OUTSIDE, GoingOn
from made_up_county.changes_known_later import HORIZON, New, Plan, Row, key_of
from made_up_county.contract import ID_COLUMNS, REFERENCES, TABLES
from made_up_county.extract_of_a_day import RULES, cut_links, cut_people, take_back
from made_up_county.mistakes import Mistakes
from made_up_county.world import World

__all__ = ["HORIZON", "bring_up_to"]


def bring_up_to(world: World, as_at: date) -> dict[str, Counter[str]]:
    """Add to the county of April, in place, what is known on a later day.

    Args:
        world: the county as the April extract holds it.
        as_at: a day after that extract, at most `HORIZON`.

    Returns:
        How many rows were added, changed and removed: by kind (later, late, correction, merge,
        deletion), then by table.
    """
    plan = planned(world)
    news = _with_their_links(plan, as_at)
    found = plan.counts(as_at, news)
    _apply(plan, as_at, news)
    return found


def planned(world: World) -> Plan:
    """Plan everything up to the horizon, whatever day is asked for."""
    plan = Plan(world)
    mistakes = Mistakes(plan)
    going_on = GoingOn(plan)
    mistakes.late_ends()
    going_on.close_late(mistakes.closed)
    going_on.build()
    recurring_events.build(plan)
    mistakes.corrections()
    mistakes.merges()
    mistakes.removals()
    return plan


def _apply(plan: Plan, as_at: date, news: list[New]) -> None:
    world = plan.world
    for change in sorted(plan.changes, key=lambda change: change.known):
        if change.known <= as_at:
            change.row.update(change.values)
    gone = {id(removal.row) for removal in plan.removals if removal.known <= as_at}
    for table in {removal.table for removal in plan.removals}:
        world.rows[table] = [row for row in world.rows[table] if id(row) not in gone]
    for new in news:
        rule = RULES.get(new.table)
        if rule:
            take_back(rule, new.row, as_at - timedelta(days=new.ends_take))
        world.rows[new.table].append(new.row)
    cut_links(world)
    cut_people(world)


def _with_their_links(plan: Plan, as_at: date) -> list[New]:
    """The new rows that are known, without those whose case is not known yet."""
    kept = [new for new in plan.news if new.known <= as_at]
    kept_ids = {id(new) for new in kept}
    missing = {
        new.row[key]
        for new in plan.news
        if id(new) not in kept_ids and (key := key_of(new.table)) and new.row.get(key)
    }
    links = {
        table: [
            column
            for column in columns
            if column in REFERENCES
            and column in ID_COLUMNS
            and not OUTSIDE.intersection(REFERENCES[column])
        ]
        for table, columns in TABLES.items()
    }
    while True:
        waiting = [new for new in kept if _waits(new.row, links[new.table], missing)]
        if not waiting:
            break
        missing.update(new.row[key] for new in waiting if (key := key_of(new.table)))
        gone = {id(new) for new in waiting}
        kept = [new for new in kept if id(new) not in gone]
    for new in kept:
        for column in links[new.table]:
            if new.row.get(column) in missing:
                new.row[column] = None
    return kept


def _waits(row: Row, columns: list[str], missing: set[str]) -> bool:
    """Whether a row belongs to a person or a plan that the extract does not hold yet."""
    return any(
        row.get(column) in missing
        for column in columns
        if column.endswith(("_person_id", "_family_id")) or column in NO_LINK_NO_ROW
    )
