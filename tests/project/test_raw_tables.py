"""The seeds name every raw table that an indicator's measure reads, and no other (G7, G73)."""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import Any

import pytest
from vital_signs.commands import PROJECT
from vital_signs.landing.contract import load_contract

from tests.engine.building import Compiled

SEEDS = PROJECT / "seeds" / "indicators"
Manifest = dict[str, Any]
Pairs = set[tuple[str, str]]
# Read by everything, and by way of no row of a child: the working days, the ids of people who are
# only known from an event, and whether the rows of the extract in force have all arrived.
FRAME = ("dim_calendar_day", "int_people_seen", "stg_landing__row_counts")
EFFECTS = ("refines", "needed", "not_read")


def seed(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def raw_tables_of(model: str, nodes: Manifest) -> set[str]:
    """Return the raw tables that a model is made from, through staging."""
    found: set[str] = set()
    seen: set[str] = set()
    left = [model]
    while left:
        node = nodes.get(left.pop())
        if node is None or node["name"] in FRAME or node["unique_id"] in seen:
            continue
        seen.add(node["unique_id"])
        parents = node["depends_on"].get("nodes", [])
        found |= {
            parent.rsplit(".", 1)[1]
            for parent in parents
            if parent.startswith("source.vital_signs.ssd.")
        }
        left += parents
    return found


def read_by_indicator(nodes: Manifest, indicators: list[dict[str, str]]) -> Pairs:
    """Return each indicator with the raw tables that the models of its measures read."""
    by_measure = {
        column: raw_tables_of(node["unique_id"], nodes)
        for node in nodes.values()
        if node["name"].startswith("int_cases__")
        for column in node["columns"]
        if column.startswith("measure_")
    }
    return {
        (line["indicator_ref"], table)
        for line in indicators
        for measure in (line["measure"], line["denominator_measure"])
        if measure
        for table in by_measure[f"measure_{measure}"]
    }


def differing(read: Pairs, needed: Pairs, listed: Pairs) -> list[str]:
    """Return a line for each table that the seeds leave out, or that nothing reads."""
    return [
        f"{ref}: {table} is read by its measure; add it to indicator_raw_tables.csv, or to"
        " indicator_other_columns.csv with what happens without it"
        for ref, table in sorted(read - needed - listed)
    ] + [
        f"{ref}: {table} is not read by its measure; take it out of indicator_raw_tables.csv"
        for ref, table in sorted(needed - read)
    ]


def needed_and_listed() -> tuple[Pairs, Pairs]:
    every = [line["indicator_ref"] for line in seed("indicators")]
    needed = {(line["indicator_ref"], line["raw_table"]) for line in seed("indicator_raw_tables")}
    listed = {
        (ref, line["raw_table"])
        for line in seed("indicator_other_columns")
        if line["effect"] in EFFECTS
        for ref in (every if line["indicator_refs"] == "all" else line["indicator_refs"].split())
    }
    return needed, listed


@pytest.mark.slow
def test_the_seeds_name_what_the_measures_read(compiled: Compiled) -> None:
    read = read_by_indicator(compiled.manifest["nodes"], seed("indicators"))
    needed, listed = needed_and_listed()

    assert differing(read, needed, listed) == []
    # what is both needed and said not to be read is a mistake in one of the two
    unread = {
        (ref, line["raw_table"])
        for line in seed("indicator_other_columns")
        if line["effect"] == "not_read"
        for ref in line["indicator_refs"].split()
    }
    assert unread & needed == set()
    assert unread - read == set()


def test_a_table_that_is_left_out_and_one_that_nothing_reads_are_told() -> None:
    read = {("7.14", "ssd_cla_care_plan"), ("7.14", "ssdx_pathway_plans")}
    needed = {("7.14", "ssd_cla_care_plan"), ("7.14", "ssd_contacts")}

    left_out, unread = differing(read, needed, set())
    assert left_out.startswith("7.14: ssdx_pathway_plans is read by its measure; add it to")
    assert unread.startswith("7.14: ssd_contacts is not read by its measure")
    assert differing(read, read, {("7.14", "ssd_contacts")}) == []


def test_lineage_goes_through_models_and_stops_at_the_frame() -> None:
    def node(name: str, *parents: str) -> Manifest:
        return {
            "name": name,
            "unique_id": name,
            "columns": {"measure_met": {}} if name.startswith("int_cases__") else {},
            "depends_on": {"nodes": list(parents)},
        }

    nodes = {
        entry["name"]: entry
        for entry in (
            node("int_cases__plans", "fct_plans", "int_people_seen"),
            node("fct_plans", "stg_ssd__plans"),
            node("stg_ssd__plans", "source.vital_signs.ssd.ssd_cp_plans"),
            node("int_people_seen", "stg_ssd__contacts"),
            node("stg_ssd__contacts", "source.vital_signs.ssd.ssd_contacts"),
        )
    }
    line = {"indicator_ref": "6.1", "measure": "met", "denominator_measure": ""}
    assert read_by_indicator(nodes, [line]) == {("6.1", "ssd_cp_plans")}


def test_the_seeds_name_columns_of_the_contract_and_known_refs() -> None:
    every = {line["indicator_ref"] for line in seed("indicators")}
    tables = {table.name: set(table.columns) for table in load_contract()}
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in seed("indicator_raw_tables"):
        for columns in line["raw_columns"].split():
            groups[line["raw_table"], columns].append(line["indicator_ref"])
    for line in seed("indicator_other_columns"):
        refs = [] if line["indicator_refs"] == "all" else line["indicator_refs"].split()
        groups[line["raw_table"], line["raw_column"] or line["raw_table"]] += refs
        assert line["rule"], f"say what happens without {line['raw_table']} {line['raw_column']}"
    unknown = [
        f"{table} {columns}"
        for (table, columns), refs in groups.items()
        if set(columns.split("|")) - tables[table] - set(tables) or set(refs) - every
    ]
    assert unknown == []
    # a column that every file must have is in no list
    required = {
        name
        for table in load_contract()
        for group in table.needed
        for name in group[:1]
        if len(group) == 1
    }
    assert [columns for _, columns in groups if columns in required] == []
