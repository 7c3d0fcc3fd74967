"""The project's rules for dbt's manifest: each returns what breaks it, in plain words.

A rule takes the manifest as dbt writes it (`target/manifest.json`) and returns one line for each
thing that breaks the rule; `RULES` names them, with the reason to give for a failure.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import yaml

Node = dict[str, Any]
Manifest = dict[str, Any]
Rule = Callable[[Manifest], list[str]]

PROJECT = Path(__file__).resolve().parents[2]
GRAIN_SENTENCE = "One row per "
MOST_LINES = 150
MOST_LINES_MEDIAN = 40
KEY_TESTS = {"unique", "not_null"}
KEYS_HOLD = "macro.vital_signs.keys_hold"
# Steps towards another model may stand in every folder but the outer ones.
NAME_PATTERNS = {
    "models/staging/": r"stg_[a-z0-9]+__[a-z0-9_]+",
    "models/core/": r"(fct|dim|int)_[a-z0-9_]+",
    "models/populations/month_ends/": r"int_[a-z0-9_]+",
    "models/populations/cases/": r"int_(cases__|case_)[a-z0-9_]+",
    "models/populations/people/": r"fct_[a-z0-9_]+",
    "models/marts/quality/rules/": r"int_[a-z0-9_]+",
    "models/marts/indicators/": r"(fct|dim|int|indicator|detail)_[a-z0-9_]+",
    # Marts of a report are named after what the report shows.
    "models/marts/": r"[a-z][a-z0-9_]+",
}
CLOCKS = re.compile(r"\b(current_date|current_timestamp|now\(\)|today\(\)|run_started_at)", re.I)
# 0001-01-01 and 9999-12-31 stand for "since ever" and "still open" where null would not compare;
# they are no rule's dates.
DATE_LITERAL = re.compile(r"'(?!0001-01-01|9999-12-31)\d{4}-\d{2}(-\d{2})?'")
MEASURE = re.compile(r"\bmeasure_[a-z0-9_]+")
COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/|\{#.*?#\}", re.S)


def _of_type(manifest: Manifest, *types: str) -> Iterator[Node]:
    for node in manifest["nodes"].values():
        if node["resource_type"] in types:
            yield node


def _models(manifest: Manifest, folder: str | tuple[str, ...] = "models/") -> Iterator[Node]:
    for node in _of_type(manifest, "model"):
        if node["original_file_path"].startswith(folder):
            yield node


def _tables_for_readers(manifest: Manifest) -> Iterator[Node]:
    """Yield facts, dimensions, marts and what is published, without the steps towards them."""
    for node in _models(
        manifest, ("models/core/", "models/marts/", "models/disclosure/", "models/published/")
    ):
        if not node["name"].startswith("int_"):
            yield node


def _parents(manifest: Manifest, node: Node) -> Iterator[Node]:
    everything = {**manifest["nodes"], **manifest.get("sources", {})}
    for name in node["depends_on"]["nodes"]:
        if name in everything:
            yield everything[name]


def _code(node: Node) -> str:
    return COMMENT.sub("", node["raw_code"])


def grain_is_the_first_sentence(manifest: Manifest) -> list[str]:
    """Models and seeds are described, beginning with what one row is."""
    return [
        f"{node['name']} begins {node['description'][:40]!r}"
        for node in _of_type(manifest, "model", "seed")
        if not node["description"].startswith(GRAIN_SENTENCE)
    ]


def key_is_tested(manifest: Manifest) -> list[str]:
    """Models have a key that a test or an enforced constraint holds up; tables of settings name it.

    Most keys are lines of the tests in tests/dbt/keys. The rows of an ephemeral model exist only
    where it is read: there the key has to be. The key of a seed is checked before dbt runs.
    """
    listed: set[str] = set()
    tested: dict[tuple[str, str | None], set[str]] = {}
    for test in _of_type(manifest, "test"):
        if KEYS_HOLD in test["depends_on"].get("macros", []):
            listed.update(test["depends_on"]["nodes"])
        elif test.get("test_metadata"):
            column = (test["test_metadata"]["kwargs"] or {}).get("column_name")
            where = (test.get("attached_node") or "", column)
            tested.setdefault(where, set()).add(test["test_metadata"]["name"])

    def has_key(node: Node) -> bool:
        name = node["unique_id"]
        if node["resource_type"] == "seed":
            return bool((node["config"].get("meta") or {}).get("key"))
        if name in listed or "unique_together" in tested.get((name, None), set()):
            return True
        if any(
            owner == name and ("is_key" in names or names >= KEY_TESTS)
            for (owner, _), names in tested.items()
        ):
            return True
        constraints = list(node.get("constraints") or [])
        for column in node["columns"].values():
            constraints += column.get("constraints") or []
        is_enforced = (node["config"].get("contract") or {}).get("enforced")
        return bool(is_enforced) and any(item["type"] == "primary_key" for item in constraints)

    def is_keyed(node: Node) -> bool:
        if node["config"].get("materialized") != "ephemeral":
            return has_key(node)
        readers = [
            model
            for model in _models(manifest)
            if node["unique_id"] in model["depends_on"]["nodes"]
        ]
        return bool(readers) and all(is_keyed(model) for model in readers)

    return [
        f"{node['name']} has no tested key"
        for node in _of_type(manifest, "model", "seed")
        if not is_keyed(node)
    ]


def columns_are_described(manifest: Manifest) -> list[str]:
    """Columns that YAML lists have a description, and every model and seed lists its columns."""
    described = [*_of_type(manifest, "model", "seed"), *manifest.get("sources", {}).values()]
    return [
        f"{node['name']}.{column['name']} has no description"
        for node in described
        for column in node["columns"].values()
        if not column.get("description")
    ] + [f"{node['name']} lists no column" for node in described if not node["columns"]]


def marts_have_contracts(manifest: Manifest) -> list[str]:
    """Marts enforce a contract that gives every column's type."""
    broken = []
    for node in _tables_for_readers(manifest):
        if not (node["config"].get("contract") or {}).get("enforced"):
            broken.append(f"{node['name']} enforces no contract")
        broken += [
            f"{node['name']}.{column['name']} has no data_type"
            for column in node["columns"].values()
            if not column.get("data_type")
        ]
    return broken


def marts_have_group_and_access(manifest: Manifest) -> list[str]:
    """Marts belong to a group and say who may build on them."""
    return [
        f"{node['name']} has {missing}"
        for node in _tables_for_readers(manifest)
        for missing in (
            [] if node["config"].get("group") else ["no group"],
            [] if node["config"].get("access") else ["no access"],
        )
        for missing in missing
    ]


def sources_are_read_in_staging_only(manifest: Manifest) -> list[str]:
    """Only staging reads landed tables, and the quality gate, which must see what staging drops."""
    return [
        f"{node['name']} reads {parent['name']}"
        for node in _models(manifest)
        if not node["original_file_path"].startswith(("models/staging/", "models/marts/quality/"))
        for parent in _parents(manifest, node)
        if parent["resource_type"] == "source"
    ]


def folders_read_those_before_them(manifest: Manifest) -> list[str]:
    """A model reads its own folder and those that dbt_project.yml lists before it."""
    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    order = [
        ("models", *folder)
        for layer, folders in project["models"]["vital_signs"].items()
        for folder in [(layer,), *((layer, name) for name in folders if name[0] != "+")]
        if layer[0] != "+"
    ]

    def place(node: Node) -> int:
        parts = tuple(node["original_file_path"].split("/")[:-1])
        return max(
            (order.index(parts[:size]) for size in (2, 3) if parts[:size] in order), default=-1
        )

    return [
        f"{node['original_file_path']} is in no folder that dbt_project.yml lists"
        for node in _models(manifest)
        if place(node) < 0
    ] + [
        f"{node['original_file_path']} reads {parent['original_file_path']}, a later folder"
        for node in _models(manifest)
        for parent in _parents(manifest, node)
        if parent["resource_type"] == "model" and place(parent) > place(node)
    ]


def published_is_made_from_marts(manifest: Manifest) -> list[str]:
    """What leaves the service is made from tables with a contract and reference data alone."""
    allowed = ("models/core/", "models/marts/", "models/disclosure/", "models/published/", "seeds/")
    return [
        f"{node['name']} reads {parent['name']}"
        for node in _models(manifest, "models/published/")
        for parent in _parents(manifest, node)
        if not parent["original_file_path"].startswith(allowed) or parent["name"].startswith("int_")
    ]


def names_follow_the_folder(manifest: Manifest) -> list[str]:
    """A model's name says in which layer it is, and in staging from which source."""
    broken = []
    for node in _models(manifest):
        path = node["original_file_path"]
        pattern = next(
            (pattern for folder, pattern in NAME_PATTERNS.items() if path.startswith(folder)),
            r"[a-z][a-z0-9_]*",
        )
        if path.startswith("models/staging/"):
            pattern = rf"stg_{re.escape(path.split('/')[2])}__[a-z0-9_]+"
        if not re.fullmatch(pattern, node["name"]):
            broken.append(f"{path} is not named like {pattern}")
    return broken


def yaml_is_beside_the_model(manifest: Manifest) -> list[str]:
    """A model is described in its own folder, in a file whose name starts with an underscore."""
    broken = []
    for node in _of_type(manifest, "model", "seed"):
        folder = node["original_file_path"].rpartition("/")[0]
        yaml_file = (node.get("patch_path") or "").rpartition("://")[2]
        # Seeds may share one file above their folders.
        yaml_folder, _, yaml_name = yaml_file.rpartition("/")
        if not yaml_name.startswith("_") or not f"{folder}/".startswith(f"{yaml_folder}/"):
            broken.append(f"{node['original_file_path']} is described in {yaml_file or 'no file'}")
        elif node["resource_type"] == "model" and folder != yaml_folder:
            broken.append(f"{node['original_file_path']} is described in {yaml_file}")
    return broken


def models_are_short(manifest: Manifest) -> list[str]:
    """No model is over 150 lines, and half of them are at most 40."""
    lines = {node["name"]: len(node["raw_code"].splitlines()) for node in _models(manifest)}
    broken = [f"{name} has {count} lines" for name, count in lines.items() if count > MOST_LINES]
    if lines and median(lines.values()) > MOST_LINES_MEDIAN:
        broken.append(f"the median model has {median(lines.values()):g} lines")
    return broken


def models_do_not_look_at_the_clock(manifest: Manifest) -> list[str]:
    """A model's result depends on the extract and the vars, not on the day it runs."""
    return [
        f"{node['name']} uses {found[0]}"
        for node in _models(manifest)
        if (found := CLOCKS.findall(_code(node)))
    ]


def models_hold_no_dates(manifest: Manifest) -> list[str]:
    """Dates of rules are rows of the parameters seed, not literals in SQL."""
    return [
        f"{node['name']} holds {found[0]}"
        for node in _models(manifest)
        if (found := [match.group(0) for match in DATE_LITERAL.finditer(_code(node))])
    ]


def _refs_by_measure(manifest: Manifest) -> dict[str, list[str]]:
    """Return the refs that each measure serves, from the catalogue beside the manifest."""
    refs: dict[str, list[str]] = {}
    for node in _of_type(manifest, "seed"):
        if node["name"] == "indicators" and node.get("root_path"):
            path = Path(node["root_path"]) / node["original_file_path"]
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    for measure in {row["measure"], row["denominator_measure"]} - {""}:
                        refs.setdefault(measure, []).append(row["indicator_ref"])
    return refs


def _unit_tests_beside(node: Node) -> str:
    """Return the file of unit tests beside the one that describes a model."""
    described_in = (node.get("patch_path") or "").rpartition("://")[2]
    return described_in.replace("__models", "__unit_tests")


def measures_are_unit_tested(manifest: Manifest) -> list[str]:
    """Every measure of a case population is expected, not only as null, by a unit test of it."""
    expected: dict[str, set[str]] = {}
    for test in manifest.get("unit_tests", {}).values():
        rows = test["expect"]["rows"] or []
        if isinstance(rows, str):
            # written as SQL: what is selected under the measure's name
            rows = [dict.fromkeys(re.findall(r"(?<!null) as (measure_\w+)", rows), True)]
        for row in rows:
            filled = {name for name, value in row.items() if value is not None}
            expected.setdefault(test["model"], set()).update(filled)
    refs = _refs_by_measure(manifest)
    broken = []
    for node in _models(manifest, "models/populations/cases/"):
        if not node["name"].startswith("int_cases__"):
            continue
        measures = sorted(set(MEASURE.findall(_code(node))))
        if not measures:
            broken.append(f"{node['name']} has no measure: name one measure_<meaning>")
        broken += [
            f"{', '.join(refs.get(measure.removeprefix('measure_'), ['no ref']))}: {measure} of"
            f" {node['name']} has no unit test: add one that expects {measure} to"
            f" {_unit_tests_beside(node)}"
            for measure in measures
            if measure not in expected.get(node["name"], set())
        ]
    return broken


def deciding_dates_are_described(manifest: Manifest) -> list[str]:
    """Measures and deciding dates of a case population are in its YAML; each date has its measure.

    The engine takes the columns from there: a measure that is missing would count nothing, and
    without its date it would have that of the case, without a word.
    """
    broken = []
    for node in _models(manifest, "models/populations/cases/"):
        if not node["name"].startswith("int_cases__"):
            continue
        named = set(re.findall(r"\bas ((?:decided_on|measure)\w*)", _code(node)))
        dates = {name for name in named if name.startswith("decided_on")}
        described = {
            name for name in node["columns"] if name.startswith(("decided_on", "measure_"))
        }
        broken += [
            f"{node['name']}: {name} stands in one of model and YAML only"
            for name in sorted(named ^ described)
        ]
        broken += [
            f"{node['name']}: {name} decides no measure_{name.removeprefix('decided_on_')}"
            for name in sorted(dates - {"decided_on"})
            if f"measure_{name.removeprefix('decided_on_')}" not in named
        ]
    return broken


def softened_tests_say_why(manifest: Manifest) -> list[str]:
    """A test that only warns, or leaves rows out, carries its reason as a description."""

    def is_softened(config: Node) -> bool:
        return (
            str(config.get("severity", "error")).lower() != "error"
            or config.get("where") is not None
            or config.get("enabled") is False
            or config.get("error_if") not in (None, "!= 0")
            or config.get("warn_if") not in (None, "!= 0")
        )

    return [
        f"{test['name']} does not say why it is softened"
        for test in _of_type(manifest, "test")
        if is_softened(test["config"]) and not test.get("description")
    ]


def macros_and_tests_are_described(manifest: Manifest) -> list[str]:
    """The project's macros, their arguments and its singular tests are described."""
    broken = []
    for macro in manifest.get("macros", {}).values():
        # The branches of a dispatched macro are described where it is called.
        is_branch = re.match(r"(default|duckdb|postgres|spark)__", macro["name"])
        if macro["package_name"] != "vital_signs" or is_branch:
            continue
        if not macro["description"] and not macro["name"].startswith("test_"):
            broken.append(f"macro {macro['name']} has no description")
        broken += [
            f"macro {macro['name']}: argument {argument['name']} has no description"
            for argument in macro["arguments"]
            if not argument.get("description")
        ]
    broken += [
        f"test {test['name']} has no description"
        for test in _of_type(manifest, "test")
        if not test.get("test_metadata") and not test.get("description")
    ]
    return broken


RULES: dict[str, tuple[Rule, str]] = {
    rule.__name__: (rule, why)
    for rule, why in [
        (grain_is_the_first_sentence, "a reader must know what is counted before counting it"),
        (key_is_tested, "a grain that nothing checks is lost at the first careless join"),
        (columns_are_described, "a column without a meaning is used for the wrong thing"),
        (marts_have_contracts, "reports break silently when a mart's columns change"),
        (marts_have_group_and_access, "what others may build on has to be a decision"),
        (sources_are_read_in_staging_only, "landed text is cleaned in one place"),
        (folders_read_those_before_them, "what a figure is made of is found by walking one way"),
        (published_is_made_from_marts, "what leaves the service goes through the contracts"),
        (names_follow_the_folder, "a name is found by its layer and source"),
        (yaml_is_beside_the_model, "a description far from its model goes out of date"),
        (models_are_short, "one idea per model can be read and tested"),
        (models_do_not_look_at_the_clock, "March must come out the same in June"),
        (models_hold_no_dates, "a limit that changed is data with a date, not code"),
        (measures_are_unit_tested, "the rules of the indicators live there"),
        (softened_tests_say_why, "a check that was loosened without a reason stays loose"),
        (macros_and_tests_are_described, "a helper that nobody understands is written again"),
        (deciding_dates_are_described, "a case would show a date that did not decide it"),
    ]
}


def explain(name: str, broken: Iterable[str]) -> str:
    """Return the failure of a rule: what it asks, why, and everything that breaks it."""
    rule, why = RULES[name]
    listed = "\n  ".join(broken)
    return f"{rule.__doc__}\nWhy: {why}.\n  {listed}"
