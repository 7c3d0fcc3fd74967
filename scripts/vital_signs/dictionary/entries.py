"""One dictionary entry for each indicator, built from the seeds and the manifest."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from vital_signs.dictionary.lineage import Lineage, Project, columns_read, sql_of
from vital_signs.errors import UserError

WINDOWS = {
    "month": "the month alone",
    "rolling_3": "three months to the end of the month",
    "rolling_12": "twelve months to the end of the month",
}
YEARS_TO_DATE = {
    "none": "none",
    "sum": "sum of the months of the financial year",
    "ratio": "numerators of the financial year over its denominators",
    "own": "the value itself, which is already a sum of months",
}
POLARITIES = {"high": "high is good", "low": "low is good", "info": "neither high nor low is good"}
ALWAYS = "1900-01-01"
Row = dict[str, str]


class Seeds:
    """The seeds by name; the first row gives the column names."""

    def __init__(self, folder: Path) -> None:
        self.paths = {path.stem: path for path in folder.rglob("*.csv")}

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a seed. Raises UserError if it is missing."""
        if name not in self.paths:
            raise UserError(f"there is no seed {name}", "restore it from the repository")
        with self.paths[name].open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def entries(project: Project, seeds: Seeds, changelog: str) -> list[dict[str, Any]]:
    """Return what the page shows for each live indicator, in report order."""
    texts = {row["indicator_ref"]: row for row in seeds.rows("indicator_texts")}
    catalogue = [row for row in seeds.rows("indicators") if row["status"] == "live"]
    catalogue.sort(key=lambda row: int(row["display_order"]))
    return [
        _entry(row, texts.get(row["indicator_ref"], {}), project, seeds, changelog)
        for row in catalogue
    ]


def _entry(row: Row, text: Row, project: Project, seeds: Seeds, changelog: str) -> dict[str, Any]:
    reference = row["indicator_ref"]
    measures = [name for name in (row["measure"], row["denominator_measure"]) if name]
    missing = [name for name in measures if name not in project.populations]
    if missing:
        raise UserError(
            f"no model has the measure {missing[0]} of {reference}",
            "name it in models/populations/cases",
        )
    lineages = [project.lineage(project.populations[name]["unique_id"]) for name in measures]
    needed = [
        item["raw_table"]
        for item in seeds.rows("indicator_raw_tables")
        if item["indicator_ref"] == reference
    ]
    return {
        "ref": reference,
        "anchor": "i-" + re.sub(r"\W", "-", reference),
        "name": row["indicator_name"],
        "section": row["section_code"],
        "definition": text.get("definition") or "",
        "formula": text.get("formula") or "",
        "footnote": text.get("footnote") or "",
        "unit": row["unit"],
        "polarity": POLARITIES[row["polarity"]],
        "period": WINDOWS[row["period_window"]],
        "year_to_date": YEARS_TO_DATE[row["ytd_rule"]],
        "areas": "county" if row["lowest_area"] == "county" else "county and localities",
        "numerator": f"{row['numerator_stat']} of {row['measure']}",
        "denominator": row["denominator_measure"] or row["denominator_stat"],
        "multiplier": row["multiplier"],
        "targets": _of(seeds, "indicator_tolerances", reference),
        "parameters": _parameters(seeds, measures),
        "rules": [_rule(project, seeds, name) for name in measures],
        "tables": _tables(lineages, needed),
        "lineage": [_layers(lineage) for lineage in lineages],
        "tests": _tests(project, lineages, measures),
        "history": _history(row, reference, changelog),
    }


def _of(seeds: Seeds, name: str, reference: str) -> list[Row]:
    return [_dated(row) for row in seeds.rows(name) if row["indicator_ref"] == reference]


def _dated(row: Row) -> Row:
    """Return a row of a seed without its date if it has always applied."""
    return {**row, "valid_from": "" if row["valid_from"] == ALWAYS else row["valid_from"]}


def _parameters(seeds: Seeds, measures: list[str]) -> list[Row]:
    named = {
        name
        for row in seeds.rows("measures")
        if row["measure"] in measures
        for name in row["parameter_names"].split()
    }
    return [_dated(row) for row in seeds.rows("parameters") if row["parameter_name"] in named]


def _rule(project: Project, seeds: Seeds, measure: str) -> dict[str, str]:
    node = project.populations[measure]
    said = {row["measure"]: row for row in seeds.rows("measures")}.get(measure, {})
    return {
        "measure": measure,
        "decided_by": said.get("decided_by", ""),
        "population": node["name"],
        "file": node["original_file_path"],
        "counts": node["description"],
        "sql": project.expressions[measure],
    }


def _tables(lineages: list[Lineage], needed: list[str]) -> list[dict[str, Any]]:
    """Return the raw tables that the indicator requires, then the others it reads."""
    found: dict[str, dict[str, Any]] = {}
    for lineage in lineages:
        staging = [
            node
            for node in lineage.models
            if node["original_file_path"].startswith("models/staging/")
        ]
        for table in lineage.raw_tables:
            columns = columns_read(staging, table)
            if columns:
                found[table["name"]] = {
                    "name": table["name"],
                    "is_needed": table["name"] in needed,
                    "columns": columns,
                }
    return sorted(found.values(), key=lambda table: (not table["is_needed"], table["name"]))


def _layers(lineage: Lineage) -> list[tuple[str, list[str]]]:
    """Return the models of a lineage by their folder, from the population up to raw."""
    layers: dict[str, list[str]] = {"populations": [], "core": [], "staging": []}
    for node in lineage.models:
        layers.setdefault(node["original_file_path"].split("/")[1], []).append(node["name"])
    layers["seeds"] = [node["name"] for node in lineage.seeds]
    layers["raw"] = [f"raw.{node['name']}" for node in lineage.raw_tables]
    return [(layer, sorted(names)) for layer, names in layers.items() if names]


def _tests(project: Project, lineages: list[Lineage], measures: list[str]) -> dict[str, Any]:
    units = {test for lineage in lineages for test in project.unit_tests_of(lineage)}
    own = {test for test in units if any(project.judges(test, name) for name in measures)}
    data = {test for lineage in lineages for test in project.data_tests_of(lineage)}
    ordered = sorted(units - own, key=lambda test: (test.model, test.name))
    generic = Counter(test.model for test in data if not test.description)
    return {
        "own": sorted(own, key=lambda test: test.name),
        "others": ordered,
        "sentences": sorted({(test.name, test.description) for test in data if test.description}),
        "generic": generic.total(),
        "models": len(generic),
    }


def _history(row: Row, reference: str, changelog: str) -> list[str]:
    """Return what is known of changes: series breaks, and lines of the changelog."""
    found = []
    if row.get("series_break_month"):
        broken = date.fromisoformat(row["series_break_month"])
        found.append(f"Series break in {broken:%B %Y}: {row['series_break_reason']}")
    named = re.compile(rf"(?<![\w.]){re.escape(reference)}(?![\w]|\.\d)")
    release = ""
    for block in re.split(r"\n(?=- |\n|#)", changelog):
        line = " ".join(block.split())
        if line.startswith("## "):
            release = line.removeprefix("## ")
        elif named.search(line):
            found.append(f"{release}: {line.removeprefix('- ')}")
    return found


def populations(project: Project) -> list[dict[str, str]]:
    """Return name, file, grain and SQL of every population."""
    nodes = {node["name"]: node for node in project.populations.values()}
    return [
        {
            "name": name,
            "file": node["original_file_path"],
            "grain": node["description"],
            "sql": re.sub(r"\n\s*\n\s*\n+", "\n\n", sql_of(node)).strip(),
        }
        for name, node in sorted(nodes.items())
    ]
