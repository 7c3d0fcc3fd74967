"""The project keeps its own rules, and each of the rules can be broken."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import dbt.jsonschemas
import jsonschema
import pytest
import yaml
from vital_signs.commands import PROJECT

from tests.engine.building import Compiled
from tests.project.rules import KEYS_HOLD, RULES, Manifest, explain

SCHEMAS = Path(dbt.jsonschemas.__file__).parent
YAML_FOLDERS = ("models", "seeds", "macros", "tests/dbt", "snapshots", "analyses")


@pytest.fixture(scope="module")
def manifest(compiled: Compiled) -> Manifest:
    """Return the manifest of the project as it stands; `make parse` finds what dbt warns of."""
    return compiled.manifest


@pytest.mark.slow
@pytest.mark.parametrize("name", RULES)
def test_project_keeps(name: str, manifest: Manifest) -> None:
    broken = RULES[name][0](manifest)
    assert not broken, explain(name, broken)


def node(name: str, path: str, **entries: Any) -> dict[str, Any]:
    """Return a node that keeps every rule, unless an entry says otherwise."""
    kind = "seed" if path.startswith("seeds/") else "model"
    return {
        "unique_id": f"{kind}.vital_signs.{name}",
        "resource_type": kind,
        "name": name,
        "original_file_path": f"{path}/{name}.{'csv' if kind == 'seed' else 'sql'}",
        "patch_path": f"vital_signs://{path}/_models.yml",
        "description": "One row per thing.",
        "columns": {
            "thing_id": {
                "name": "thing_id",
                "description": "Id of the thing.",
                "data_type": "varchar",
                "constraints": [{"type": "primary_key"}],
            }
        },
        "config": {
            "contract": {"enforced": True},
            "group": "core",
            "access": "protected",
            "meta": {"key": ["thing_id"]},
        },
        "depends_on": {"nodes": []},
        "raw_code": "select thing_id from things",
        **entries,
    }


def good_manifest() -> Manifest:
    """Return the smallest project that keeps every rule."""
    source = {
        "unique_id": "source.vital_signs.ssd.things",
        "resource_type": "source",
        "name": "things",
        "original_file_path": "models/staging/ssd/_ssd__sources.yml",
        "columns": {"thing_id": {"name": "thing_id", "description": "Id of the thing."}},
    }
    nodes = [
        node("areas", "seeds/reference"),
        node(
            "stg_ssd__things",
            "models/staging/ssd",
            depends_on={"nodes": [source["unique_id"]]},
        ),
        node("fct_things", "models/core", depends_on=on("stg_ssd__things")),
        node(
            "int_cases__things",
            "models/populations/cases",
            depends_on=on("fct_things"),
            columns={"measure_in_time": {"name": "measure_in_time", "description": "Met."}},
            constraints=[{"type": "primary_key", "columns": ["case_id"]}],
            raw_code="select thing_id as case_id, 1 as measure_in_time from things",
        ),
        node("fct_indicator_values", "models/marts/indicators", depends_on=on("int_cases__things")),
        node(
            "published_values",
            "models/published",
            depends_on=on("fct_indicator_values"),
            columns=DESCRIBED,
        ),
        {
            "unique_id": "test.vital_signs.keys_of_published",
            "resource_type": "test",
            "name": "keys_of_published",
            "config": {},
            "description": "The keys hold.",
            "depends_on": on("published_values") | {"macros": [KEYS_HOLD]},
        },
        {
            "unique_id": "test.vital_signs.not_null",
            "resource_type": "test",
            "depends_on": on("fct_things"),
            "name": "not_null_things_thing_id",
            "attached_node": "model.vital_signs.fct_things",
            "test_metadata": {"name": "not_null", "kwargs": {"column_name": "thing_id"}},
            "config": {"severity": "ERROR", "where": None, "error_if": "!= 0"},
            "description": "",
        },
    ]
    return {
        "nodes": {item["unique_id"]: item for item in nodes},
        "sources": {source["unique_id"]: source},
        "unit_tests": {
            "rule": {
                "model": "int_cases__things",
                "expect": {"rows": [{"case_id": "on_day_45", "measure_in_time": 1}]},
            }
        },
        "macros": {
            "landed_text": {
                "name": "landed_text",
                "package_name": "vital_signs",
                "description": "Text.",
                "arguments": [{"name": "column", "description": "The column."}],
            }
        },
    }


def on(*models: str) -> dict[str, list[str]]:
    return {"nodes": [f"model.vital_signs.{name}" for name in models]}


def change(model: str, **entries: Any) -> Callable[[Manifest], object]:
    return lambda manifest: manifest["nodes"][f"model.vital_signs.{model}"].update(entries)


def change_test(**config: Any) -> Callable[[Manifest], object]:
    return lambda manifest: manifest["nodes"]["test.vital_signs.not_null"]["config"].update(config)


DESCRIBED = {"thing_id": {"name": "thing_id", "description": "Id.", "data_type": "varchar"}}
UNDESCRIBED = {"thing_id": {"name": "thing_id", "description": ""}}
UNTYPED = {"thing_id": {"name": "thing_id", "description": "Id.", "data_type": None}}
# What breaks a rule, and what the rule must then say.
BREACHES: list[tuple[str, Callable[[Manifest], object], str]] = [
    (
        "grain_is_the_first_sentence",
        change("fct_things", description="Things. One row per thing."),
        "fct_things begins",
    ),
    ("grain_is_the_first_sentence", change("stg_ssd__things", description=""), "stg_ssd__things"),
    # One half of a key test is no key test.
    ("key_is_tested", change("fct_things", columns=UNDESCRIBED), "fct_things has no tested key"),
    (
        "key_is_tested",
        change("fct_things", config={"contract": {"enforced": False}}),
        "fct_things has no tested key",
    ),
    (
        "key_is_tested",
        lambda manifest: manifest["nodes"]["seed.vital_signs.areas"].update(config={}),
        "areas has no tested key",
    ),
    (
        "key_is_tested",
        lambda manifest: manifest["nodes"]["test.vital_signs.keys_of_published"].update(
            depends_on=on("published_values")
        ),
        "published_values has no tested key",
    ),
    # Where the rows of an ephemeral model are read, and where nothing reads them.
    (
        "key_is_tested",
        lambda manifest: (
            change("fct_things", columns=UNDESCRIBED)(manifest),
            change("stg_ssd__things", config={"materialized": "ephemeral"})(manifest),
        ),
        "stg_ssd__things has no tested key",
    ),
    (
        "key_is_tested",
        change("published_values", config={"materialized": "ephemeral"}),
        "published_values has no tested key",
    ),
    ("columns_are_described", change("fct_things", columns=UNDESCRIBED), "fct_things.thing_id"),
    ("columns_are_described", change("fct_things", columns={}), "fct_things lists no column"),
    (
        "columns_are_described",
        lambda manifest: manifest["sources"]["source.vital_signs.ssd.things"].update(
            columns=UNDESCRIBED
        ),
        "things.thing_id",
    ),
    (
        "marts_have_contracts",
        change("fct_things", config={"contract": {"enforced": False}}),
        "fct_things enforces no contract",
    ),
    ("marts_have_contracts", change("fct_things", columns=UNTYPED), "thing_id has no data_type"),
    ("marts_have_group_and_access", change("fct_things", config={"group": "core"}), "no access"),
    (
        "marts_have_group_and_access",
        change("fct_things", config={"access": "private"}),
        "no group",
    ),
    (
        "sources_are_read_in_staging_only",
        change("fct_things", depends_on={"nodes": ["source.vital_signs.ssd.things"]}),
        "fct_things reads things",
    ),
    (
        "folders_read_those_before_them",
        change("stg_ssd__things", depends_on=on("fct_indicator_values")),
        "stg_ssd__things.sql reads models/marts/indicators/fct_indicator_values.sql",
    ),
    (
        "folders_read_those_before_them",
        change("stg_ssd__things", depends_on=on("int_cases__things")),
        "stg_ssd__things.sql reads models/populations/cases/int_cases__things.sql",
    ),
    (
        "folders_read_those_before_them",
        change("int_cases__things", depends_on=on("fct_indicator_values")),
        "int_cases__things.sql reads models/marts/indicators/fct_indicator_values.sql",
    ),
    (
        "folders_read_those_before_them",
        change("fct_things", original_file_path="models/elsewhere/fct_things.sql"),
        "models/elsewhere/fct_things.sql is in no folder",
    ),
    (
        "published_is_made_from_marts",
        change("published_values", depends_on=on("int_cases__things")),
        "published_values reads int_cases__things",
    ),
    ("names_follow_the_folder", change("fct_things", name="things"), "fct_things.sql is not"),
    ("names_follow_the_folder", change("stg_ssd__things", name="stg_cin__things"), "stg_ssd__"),
    (
        "yaml_is_beside_the_model",
        change("fct_things", patch_path="vital_signs://models/_models.yml"),
        "fct_things.sql is described in models/_models.yml",
    ),
    ("yaml_is_beside_the_model", change("fct_things", patch_path=None), "no file"),
    ("models_are_short", change("fct_things", raw_code="select\n" * 151), "has 151 lines"),
    (
        "models_are_short",
        lambda manifest: [
            item.update(raw_code="select\n" * 41)
            for item in manifest["nodes"].values()
            if item["resource_type"] == "model"
        ],
        "the median model has 41 lines",
    ),
    (
        "models_do_not_look_at_the_clock",
        change("fct_things", raw_code="select current_date"),
        "fct_things uses current_date",
    ),
    (
        "models_hold_no_dates",
        change("fct_things", raw_code="where day >= date '2017-07-01'"),
        "fct_things holds '2017-07-01'",
    ),
    (
        "measures_are_unit_tested",
        lambda manifest: manifest.update(unit_tests={}),
        "no ref: measure_in_time of int_cases__things has no unit test",
    ),
    # A test that expects nothing of the new measure, or only that it is null, tests no rule.
    (
        "measures_are_unit_tested",
        lambda manifest: manifest["unit_tests"]["rule"]["expect"].update(
            rows=[{"case_id": "on_day_45", "measure_in_time": None}]
        ),
        "measure_in_time of int_cases__things has no unit test",
    ),
    (
        "measures_are_unit_tested",
        change("int_cases__things", raw_code="select 1 as measure_in_time, 2 as measure_late"),
        "measure_late of int_cases__things has no unit test",
    ),
    (
        "measures_are_unit_tested",
        change("int_cases__things", raw_code="select thing_id from things"),
        "int_cases__things has no measure",
    ),
    ("softened_tests_say_why", change_test(severity="WARN"), "not_null_things_thing_id"),
    ("softened_tests_say_why", change_test(where="thing_id <> 'A'"), "not_null_things_thing_id"),
    (
        "macros_and_tests_are_described",
        lambda manifest: manifest["macros"]["landed_text"].update(description=""),
        "macro landed_text has no description",
    ),
    (
        "macros_and_tests_are_described",
        lambda manifest: manifest["macros"]["landed_text"].update(
            arguments=[{"name": "column", "description": ""}]
        ),
        "argument column has no description",
    ),
    (
        "macros_and_tests_are_described",
        lambda manifest: manifest["nodes"]["test.vital_signs.not_null"].update(test_metadata=None),
        "test not_null_things_thing_id has no description",
    ),
    (
        "deciding_dates_are_described",
        change("int_cases__things", raw_code="select seen as decided_on_seen, 1 as measure_seen"),
        "int_cases__things: decided_on_seen stands in one of model and YAML only",
    ),
    (
        "deciding_dates_are_described",
        change("int_cases__things", columns={}),
        "int_cases__things: measure_in_time stands in one of model and YAML only",
    ),
    (
        "deciding_dates_are_described",
        change("int_cases__things", columns={"decided_on": {"description": "A day."}}),
        "int_cases__things: decided_on stands in one of model and YAML only",
    ),
    (
        "deciding_dates_are_described",
        change(
            "int_cases__things",
            raw_code="select seen as decided_on_seen",
            columns={"decided_on_seen": {"description": "A day."}},
        ),
        "int_cases__things: decided_on_seen decides no measure_seen",
    ),
]


@pytest.mark.parametrize("name", RULES)
def test_a_good_project_breaks_no_rule(name: str) -> None:
    assert RULES[name][0](good_manifest()) == []


@pytest.mark.parametrize(
    ("name", "breach", "message"),
    BREACHES,
    ids=[f"{name}-{message[:30]}" for name, _, message in BREACHES],
)
def test_rule_can_fail(name: str, breach: Callable[[Manifest], object], message: str) -> None:
    manifest = deepcopy(good_manifest())
    breach(manifest)
    broken = RULES[name][0](manifest)
    assert any(message in line for line in broken), broken
    assert RULES[name][1] in explain(name, broken)


def test_every_rule_has_a_breach() -> None:
    assert {name for name, _, _ in BREACHES} == set(RULES)


def test_comments_may_name_dates_and_clocks() -> None:
    manifest = good_manifest()
    code = "-- since '2017-07-01'\n{# not current_date #}\nselect thing_id from things"
    change("fct_things", raw_code=code)(manifest)
    assert RULES["models_hold_no_dates"][0](manifest) == []
    assert RULES["models_do_not_look_at_the_clock"][0](manifest) == []


def yaml_errors(content: Any, schema_file: Path) -> list[str]:
    """Return what dbt's own schema finds wrong in a YAML file: misspelt keys, wrong types."""
    schema = json.loads(schema_file.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    return [
        f"{'.'.join(str(part) for part in error.absolute_path)}: {error.message[:200]}"
        for error in validator.iter_errors(content)
    ]


def project_yaml_files() -> list[Path]:
    return sorted(
        path
        for folder in YAML_FOLDERS
        for path in (PROJECT / folder).rglob("*")
        if path.suffix in (".yml", ".yaml")
    )


@pytest.mark.parametrize(
    "path", project_yaml_files(), ids=lambda path: str(path.relative_to(PROJECT))
)
def test_yaml_follows_the_schema_of_dbt(path: Path) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    errors = yaml_errors(content, SCHEMAS / "resources" / "latest.json")
    assert not errors, "\n".join(errors)


@pytest.mark.parametrize("mistake", [{"desciption": "One row per x."}, {"data_test": []}])
def test_schema_of_dbt_finds_a_misspelt_key(mistake: dict[str, Any]) -> None:
    content = {"version": 2, "models": [{"name": "fct_things", **mistake}]}
    assert yaml_errors(content, SCHEMAS / "resources" / "latest.json")


def test_text_files_name_no_machine() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    local_path = re.compile(r"(?<![\w.])/(home|root|Users|work)/\w+")
    found = []
    for name in filter(None, tracked):
        path = PROJECT / name
        if path.suffix in (".py", ".sql", ".yml", ".md", ".toml", "") and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{name}: {match.group(0)}" for match in local_path.finditer(text)]
    assert not found, "paths of one machine: " + ", ".join(found)
