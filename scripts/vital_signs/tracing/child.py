"""Every indicator in which one child counts in a month, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb

from vital_signs.errors import UserError
from vital_signs.sql import Row, rows
from vital_signs.tracing.cell import check_month
from vital_signs.tracing.definition import read_definition
from vital_signs.tracing.places import find_places
from vital_signs.tracing.wording import RESTRICTED, amount

# Early help counts families instead of children: the ids of what is counted for the child's.
OF_FAMILY = """
with
families as (
    select distinct family_id
    from staging.stg_ssd__families
    where person_id = $person
)
select case_id from core.fct_early_help_members where person_id = $person
union
select case_id from core.fct_early_help_cases
where family_id in (select family_id from families)
union
select request_id as case_id from core.fct_early_help_requests
where family_id in (select family_id from families)
"""
CASES_OF_CHILD = """
select
    cases.*, cases.person_id is null as is_of_family,
    indicators.indicator_name, indicators.numerator_stat, indicators.denominator_stat,
    measures.kind
from intermediate.int_figure_cases as cases
inner join reference.indicators as indicators on cases.indicator_ref = indicators.indicator_ref
left join reference.measures as measures on cases.measure = measures.measure
where
    cases.month_end = $month and cases.period = 'month' and cases.status <> 'outside'
    and ($reference is null or cases.indicator_ref = $reference)
    and (
        cases.person_id = $person
        or (
            cases.person_id is null
            and cases.source_table in ('ssdx_early_help_cases', 'ssdx_early_help_requests')
            and list_contains($of_family, cases.case_id)
        )
    )
order by indicators.display_order, cases.case_month_end, cases.case_id
"""


def surviving_person(connection: duckdb.DuckDBPyConnection, person: str) -> str:
    """Return the id under which a person counts (merged records count once).

    Raises UserError for a person with no record, without repeating what was typed.
    """
    wanted = person.strip().upper()
    found = connection.execute(
        "select coalesce(any_value(merged.surviving_person_id), any_value(seen.person_id))"
        " from (select cast(? as varchar) as person_id) as asked"
        " left join staging.stg_ssd__people_merged as merged using (person_id)"
        " left join intermediate.int_people_seen as seen using (person_id)",
        [wanted],
    ).fetchone()[0]
    if found is None:
        raise UserError(
            "no record in the extract has that child id",
            "give an id as written in the case system, not a name",
        )
    return found


def describe_child(
    connection: duckdb.DuckDBPyConnection, person: str, month: date, reference: str | None
) -> Iterator[str]:
    """Yield, indicator by indicator, what the child counts towards in a month and why.

    Raises UserError for an unknown child, month or ref.
    """
    if reference:
        read_definition(connection, reference)
    check_month(connection, month)
    survivor = surviving_person(connection, person)
    of_family = connection.execute(OF_FAMILY, {"person": survivor}).fetchall()
    asked = {"person": survivor, "month": month, "reference": reference}
    asked["of_family"] = [case for (case,) in of_family]
    found = rows(connection, CASES_OF_CHILD, asked)
    places = find_places(
        connection, ((row["source_table"], row["source_row_key"]) for row in found)
    )
    yield RESTRICTED
    yield f"Child {survivor}, {month:%B %Y}"
    if survivor != person.strip().upper():
        yield f"The record given was merged into {survivor} and is counted under that id."
    if not found:
        yield "Counts in no indicator for this month" + (f" {reference}" if reference else "") + "."
        return
    last = None
    for row in found:
        if row["indicator_ref"] != last:
            last = row["indicator_ref"]
            yield ""
            yield f"{last} {row['indicator_name']}"
        yield f"  {_why(row)}"
        yield f"    decided by: {_what_decided(row)}"
        place = places.get((row["source_table"], row["source_row_key"]))
        source = f"{place.table}, {place.file}, row {place.row}" if place else row["source_table"]
        yield f"    from {source}, id {row['source_row_key']}"


def _why(row: Row) -> str:
    whose = "the family's case" if row["is_of_family"] else "case"
    text = f"{row['area_code']}: {whose} {row['case_id']}, {row['case_month_end']:%B %Y}, "
    if not row["is_numerator"]:
        return text + f"in the denominator (measure {row['measure']})"
    if row["numerator_stat"] == "count":
        text += f"counts 1 in the numerator (measure {row['measure']})"
        return text
    if row["numerator_stat"] == "maximum":
        return text + f"one of the cases of worker {row['worker_id'] or '-'}"
    met = row["measure_value"]
    if row["kind"] == "days":
        return text + f"adds {amount(met)} days ({row['measure']})"
    verdict = "met" if met > 0 else "not met"
    parts = f"{verdict}: measure {row['measure']} adds {amount(met)} to the numerator"
    if row["denominator_stat"] == "count":
        parts += ", 1 to the denominator"
    return text + parts


def _what_decided(row: Row) -> str:
    return f"{row['decided_by']}, {row['decided_on']}" if row["decided_on"] else row["decided_by"]
