"""How many doubtful cases an indicator is based on: as the warehouse reports it, and recounted.

The recount knows the cases behind the measures and the failures of the rules, and what a rule casts
doubt on from the seeds; it works out for itself which cases are in doubt, one at a time.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
from vital_signs.commands import PROJECT

SEEDS = PROJECT / "seeds"


@dataclass(frozen=True)
class Doubts:
    """The cases and people behind an indicator, those in doubt, and the rules that say so.

    `undecided` are the cases without a deciding date.
    """

    cases: int
    people: int
    doubtful_cases: int
    doubtful_people: int
    rules: tuple[str, ...]
    undecided: int = 0


def told_by_indicator(connection: duckdb.DuckDBPyConnection) -> dict[str, Doubts]:
    """Return what quality.quality_by_indicator says about the county."""
    rows = connection.execute(
        """
        select
            indicator_ref, case_count, person_count, doubtful_case_count, doubtful_person_count,
            rule_ids, undecided_case_count
        from quality.quality_by_indicator
        where area_code = 'COUNTY'
        """
    ).fetchall()
    return {
        ref: Doubts(*numbers, _rules(rules), undecided) for ref, *numbers, rules, undecided in rows
    }


def _rules(text: str | None) -> tuple[str, ...]:
    return tuple(text.split(", ")) if text else ()


def recounted_by_indicator(connection: duckdb.DuckDBPyConnection) -> dict[str, Doubts]:
    """Return the same, counted again from the cases and the failures."""
    month, available = _last_month(connection)
    by_row, by_person = _failures(connection)
    refs_of = _refs_of_rules()
    counted = {}
    for ref, cases in _cases_by_indicator(connection, month):
        if ref not in available or not cases:
            continue
        doubts: dict[tuple[str, date], set[str]] = defaultdict(set)
        for case_id, case_month, person, table, row, _ in cases:
            found = {rule for rule in by_row[table, row] if ref in refs_of(rule, table)}
            for rule, failing_table, day in by_person.get(person, ()) if person else ():
                # What is dated after the month reported cannot have changed its number.
                if ref in refs_of(rule, failing_table) and (day is None or day <= month):
                    found.add(rule)
            doubts[case_id, case_month] |= found
        doubtful = {case for case, rules in doubts.items() if rules}
        counted[ref] = Doubts(
            len(doubts),
            len({case[2] for case in cases if case[2]}),
            len(doubtful),
            len({case[2] for case in cases if case[2] and case[:2] in doubtful}),
            tuple(sorted({rule for rules in doubts.values() for rule in rules})),
            len({case[:2] for case in cases if case[5] is None}),
        )
    return counted


def _last_month(connection: duckdb.DuckDBPyConnection) -> tuple[date, set[str]]:
    (month,) = connection.execute(
        "select max(month_end) from intermediate.int_reporting_months where is_reported"
    ).fetchone()
    available = connection.execute(
        """
        select indicator_ref
        from indicators.fct_indicator_values
        where month_end = ? and area_code = 'COUNTY' and availability = 'available'
        """,
        [month],
    ).fetchall()
    return month, {ref for (ref,) in available}


def _failures(connection: duckdb.DuckDBPyConnection) -> tuple[dict, dict]:
    """Return the rules that each row fails, and what each person's rows fail, and when."""
    survivors = dict(
        connection.execute(
            "select person_id, surviving_person_id from staging.stg_ssd__people_merged"
        ).fetchall()
    )
    by_row: dict[tuple[str, str], set[str]] = defaultdict(set)
    by_person: dict[str, set[tuple[str, str, date | None]]] = defaultdict(set)
    for rule, table, row, person, day in connection.execute(
        """
        select rule_id, table_name, row_key, person_id, event_date
        from intermediate.int_quality_failures
        where source_row is not null and severity in ('error', 'warn')
        """
    ).fetchall():
        by_row[table, row].add(rule)
        if person:
            by_person[survivors.get(person, person)].add((rule, table, day))
    return by_row, by_person


def _refs_of_rules() -> Any:
    named, needing = defaultdict(set), defaultdict(set)
    for line in _seed("quality/quality_rule_indicators.csv"):
        named[line["rule_id"]].add(line["indicator_ref"])
    (path,) = SEEDS.rglob("indicator_raw_tables.csv")
    for line in _seed(str(path.relative_to(SEEDS))):
        needing[line["raw_table"]].add(line["indicator_ref"])

    def refs_of(rule: str, table: str) -> set[str]:
        # TABLE: every indicator that needs the table of the row.
        return named[rule] | (needing[table] if "TABLE" in named[rule] else set())

    return refs_of


def _cases_by_indicator(
    connection: duckdb.DuckDBPyConnection, month: date
) -> Iterator[tuple[str, set[tuple[Any, ...]]]]:
    windows = defaultdict(set)
    for window, covered in connection.execute(
        "select period_window, covered_month_end from intermediate.int_reporting_windows"
        " where month_end = ?",
        [month],
    ).fetchall():
        windows[window].add(covered)
    cases_of = defaultdict(set)
    columns = set(
        connection.execute(
            "select table_name, column_name from duckdb_columns()"
            " where starts_with(table_name, 'int_cases__')"
        ).fetchall()
    )
    for table, column in columns:
        if not column.startswith("measure_"):
            continue
        measure = column.removeprefix("measure_")
        own_date = f"decided_on_{measure}"
        decided_on = own_date if (table, own_date) in columns else "decided_on"
        for case_id, case_month, *case in connection.execute(
            f"select case_id, month_end, person_id, source_table, source_row_key, {decided_on}"
            f" from intermediate.{table} where {column} is not null"
        ).fetchall():
            cases_of[measure, case_month].add((case_id, case_month, *case))
    (path,) = SEEDS.rglob("indicators.csv")
    for line in _seed(str(path.relative_to(SEEDS))):
        measures = {line["measure"]}
        if line["denominator_stat"] == "measure":
            measures.add(line["denominator_measure"])
        yield (
            line["indicator_ref"],
            {
                case
                for measure in measures
                for covered in windows[line["period_window"]]
                for case in cases_of[measure, covered]
            },
        )


def _seed(path: str) -> list[dict[str, str]]:
    with (SEEDS / path).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
