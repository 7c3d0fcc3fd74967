"""March of the demonstration county: published in April, and restated by May's and June's extracts.

The warehouse of `make test-end-to-end` is copied, and March is published from it. Then the county's
extracts of 10 May and 10 June are loaded, and the SQL that dbt compiled for the warehouse builds
May, June and finally April again, as it was known.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import pytest
from made_up_county import command as make_demo_extract
from made_up_county import county
from vital_signs.bench import model_statement, models_in_order
from vital_signs.landing.contract import ContractTable, load_contract
from vital_signs.landing.warehouse import land
from vital_signs.ledger import command as publish
from vital_signs.ledger.chain import Ledger
from vital_signs.ledger.tables import VALUES, load_ledger

from tests.engine.building import IN_FORCE
from tests.engine.test_order_of_rows import contents
from tests.engine.test_replay import ABOUT_LANDING
from tests.ledger.test_restatement import EXPLAINED, differing_cells, frozen_rows

WAREHOUSE = os.environ.get("VITAL_SIGNS_DEMO_WAREHOUSE", "")
# What dbt compiled for it, put beside it.
MANIFEST = Path(WAREHOUSE).parent / "manifest.json"
MARCH = date(2018, 3, 31)
APRIL = "2018-04-10"
LATER_DAYS = ("2018-05-10", "2018-06-10")
OF_LIFE = {"recorded late", "corrected date", "merged person", "deleted"}
NAMED_CHANGES = 150
NUMBERS = (
    "value", "numerator", "denominator", "ytd_value", "ytd_numerator", "ytd_denominator",
    "availability",
)  # fmt: skip
PUBLISHED = f"""
    select {", ".join(NUMBERS)}
    from indicators.fct_indicator_values
    where month_end = ?
    order by indicator_ref, area_code
"""

pytestmark = pytest.mark.skipif(
    not WAREHOUSE, reason="needs the demonstration warehouse: `make test-end-to-end` builds it"
)

Cells = dict[tuple[str, ...], list[float]]
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Restated:
    """The warehouse's figures for March when built from one extract."""

    frozen: Rows
    differing: Cells
    explained: Cells
    cases: list[dict[str, Any]]


@dataclass(frozen=True)
class County:
    """The copied warehouse with its ledger, and what each build in it said."""

    warehouse: Path
    ledger: Ledger
    files: dict[str, bytes]
    head: str
    published: Rows
    restated: dict[str, Restated]
    in_force: list[str]
    replayed: dict[str, tuple[int, str]]
    from_the_ledger: set[str]


def extract_id(day: str) -> str:
    return f"demo-{day}"


def make_extracts(folder: Path) -> dict[str, Path]:
    """Make the extracts of the later days with the command, the county of April only once."""
    april = pickle.dumps(county.make(1))
    made = {day: folder / day for day in LATER_DAYS}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(county, "make", lambda *_: pickle.loads(april))
        for day, out in made.items():
            assert make_demo_extract.main(["--as-at", day, "--out", str(out)]) == 0
    return made


def relation_of(node: dict[str, Any]) -> str:
    return f'"{node["schema"]}"."{node["alias"]}"'


class Project:
    """The models as dbt compiled them for the demonstration's extract of April."""

    def __init__(self, manifest: dict[str, Any]) -> None:
        self.manifest = manifest
        self.models = {node["unique_id"]: node for node in models_in_order(manifest)}

    def in_force(self, **variables: str) -> dict[str, Any]:
        """Return the one model that chooses the extract, compiled with other variables."""
        (node,) = (node for node in self.models.values() if node["name"] == IN_FORCE)
        relations = {
            self.models[parent]["name"]: relation_of(self.models[parent])
            for parent in node["depends_on"]["nodes"]
        }
        code = jinja2.Template(node["raw_code"]).render(
            asked_for=lambda name: variables.get(name, ""), ref=relations.__getitem__
        )
        return {**node, "compiled_code": code}

    def behind(self, name: str) -> set[str]:
        """Return a model and all models that it is made from."""
        found: set[str] = set()
        waiting = [node for node in self.models if node.endswith(f".{name}")]
        while waiting:
            node = waiting.pop()
            if node.startswith("model.") and node not in found:
                found.add(node)
                waiting += self.manifest["nodes"][node]["depends_on"]["nodes"]
        return found

    def made_from_the_ledger(self) -> set[str]:
        """Return the tables that hold what the ledger says, and those made from them."""
        waiting = [name for name in self.manifest["sources"] if ".ledger." in name]
        found = {f"ledger.{name.rpartition('.')[2]}" for name in waiting}
        seen: set[str] = set()
        while waiting:
            for child in self.manifest["child_map"][waiting.pop()]:
                if child.startswith("model.") and child not in seen:
                    seen.add(child)
                    waiting.append(child)
                if child in self.models:
                    found.add(relation_of(self.models[child]).replace('"', ""))
        return found

    def run(self, warehouse: Path, names: Iterable[str], **variables: str) -> None:
        """Build these models; `variables` choose the extract."""
        wanted, in_force = set(names), self.in_force(**variables)
        # The workers of the tests share the cores, and nobody keeps the file: as few threads, and
        # as little care for its size, as make it quick.
        with duckdb.connect(str(warehouse), config={"threads": 1}) as connection:
            connection.execute("set force_compression = 'uncompressed'")
            for name, node in self.models.items():
                if name in wanted:
                    connection.execute(
                        model_statement(in_force if node["name"] == IN_FORCE else node)
                    )


def restated(original: Path, warehouse: Path) -> Restated:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        explained = connection.execute(EXPLAINED, [MARCH]).fetchall()
        cases = connection.execute("from ledger.restated_cases")
        names = [column[0] for column in cases.description]
        rows = [dict(zip(names, row, strict=True)) for row in cases.fetchall()]
    return Restated(
        frozen=frozen_rows(warehouse, MARCH),
        differing=differing_cells(original, warehouse, MARCH),
        explained={row[:3]: list(row[3:]) for row in explained if any(row[3:])},
        cases=rows,
    )


Row = tuple[tuple[str | None, ...], str | None]


def rows_of(
    warehouse: Path, table: ContractTable, extract: str, keys: Iterable[str]
) -> dict[str, set[Row]]:
    """Return what an extract says of these rows, as landed: dates, and whom one was merged into."""
    ((key,),) = table.key
    dates = [column.name for column in table.details if column.data_type in ("DATE", "TIMESTAMP")]
    merged = "x_pers_merged_into_id" if table.name == "ssd_person" else "null"
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found: dict[str, set[Row]] = defaultdict(set)
        for row_key, into, *texts in connection.execute(
            f"select {', '.join([key, merged, *dates])} from raw.{table.name}"
            f" where _extract_id = ? and {key} in (select unnest(?))",
            [extract, sorted(keys)],
        ).fetchall():
            found[row_key].add((tuple(texts), into))
    return found


def change_of(then: set[Row] | None, now: set[Row] | None) -> str:
    """Return what happened to a row between two extracts, in the words of the reasons."""
    if not then or not now:
        return "recorded late" if now else "deleted"
    if {into for _, into in then} != {into for _, into in now}:
        return "merged person"
    return "corrected date" if then != now else "corrected otherwise"


def extract_in_force(warehouse: Path) -> str:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        (found,) = connection.execute(
            "select extract_id from staging.stg_landing__extract_in_force"
        ).fetchone()
    return found


def files_of(ledger: Ledger) -> dict[str, bytes]:
    return {
        path.relative_to(ledger.folder).as_posix(): path.read_bytes()
        for path in sorted(ledger.folder.rglob("*.*"))
    }


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> County:
    folder = tmp_path_factory.mktemp("restated")
    original, warehouse = Path(WAREHOUSE), folder / "warehouse.duckdb"
    shutil.copyfile(original, warehouse)
    project = Project(json.loads(MANIFEST.read_text(encoding="utf-8")))

    call = ["--month", "2018-03", "--by", "head of performance", "--warehouse", str(warehouse)]
    assert publish.main(call) == 0
    ledger = publish.ledger_of(warehouse, None)
    files, (entry,) = files_of(ledger), ledger.entries()
    with duckdb.connect(str(original), read_only=True) as connection:
        published = connection.execute(PUBLISHED, [MARCH]).fetchall()
    for extract in make_extracts(folder).values():
        land(extract, warehouse)

    load_ledger(warehouse, ledger)

    found, in_force = {}, []
    for day in LATER_DAYS:
        project.run(warehouse, project.behind("restatements"), extract_id=extract_id(day))
        found[day] = restated(original, warehouse)
        in_force.append(extract_in_force(warehouse))
    project.run(warehouse, project.models, as_at=APRIL)
    found[APRIL] = restated(original, warehouse)
    return County(
        warehouse=warehouse,
        ledger=ledger,
        files=files,
        head=entry["entry_hash"],
        published=published,
        restated=found,
        in_force=[*in_force, extract_in_force(warehouse)],
        replayed=contents(warehouse),
        from_the_ledger=project.made_from_the_ledger(),
    )


def test_the_builds_use_the_extract_of_their_day(told: County) -> None:
    assert told.in_force == [extract_id(day) for day in (*LATER_DAYS, APRIL)]
    # The choice of the extract is compiled here, not by dbt: where dbt did it, it is the same.
    project = Project(json.loads(MANIFEST.read_text(encoding="utf-8")))
    here = project.in_force(extract_id=extract_id(APRIL))["compiled_code"]
    (by_dbt,) = (node for node in project.models.values() if node["name"] == IN_FORCE)
    assert here.split() == by_dbt["compiled_code"].split()


@pytest.mark.parametrize("day", LATER_DAYS)
def test_the_published_month_reads_as_before_to_the_last_bit(told: County, day: str) -> None:
    frozen = told.restated[day].frozen
    places = [list(VALUES).index(name) for name in NUMBERS]

    assert len(frozen) > 800
    # repr writes every bit of a number down, and tells 0.0 from -0.0
    assert repr([tuple(row[place] for place in places) for row in frozen]) == repr(told.published)
    assert repr(frozen) == repr(told.restated[APRIL].frozen)


def test_the_ledger_is_as_it_was_written(told: County) -> None:
    assert files_of(told.ledger) == told.files
    call = ["--verify", "--head", told.head, "--warehouse", str(told.warehouse)]
    assert publish.main(call) == 0


@pytest.mark.parametrize("day", LATER_DAYS)
def test_every_differing_cell_is_explained_case_by_case(told: County, day: str) -> None:
    restated = told.restated[day]

    # 37 of the county's own numbers, and the rest in its localities and years to date
    assert len(restated.differing) > 200
    assert {area for _, area, _ in restated.differing} > {"COUNTY", "NOT_ALLOCATED"}
    assert restated.explained == restated.differing


@pytest.mark.parametrize("day", LATER_DAYS)
def test_the_reasons_are_those_that_life_brings(told: County, day: str) -> None:
    reasons = Counter(case["reason"] for case in told.restated[day].cases)

    assert set(reasons) == OF_LIFE


@pytest.mark.parametrize("day", LATER_DAYS)
def test_the_named_rows_differ_in_the_two_extracts_as_the_reason_says(
    told: County, day: str
) -> None:
    named: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for case in told.restated[day].cases:
        named[case["reason_table"]].add((case["reason_row_key"], case["reason"]))
    checked, wrong = Counter(), []
    for table in load_contract():
        # rows without an id of their own have a key that staging makes
        if table.name not in named or [len(part) for part in table.key] != [1]:
            continue
        keys = {key for key, _ in named[table.name]}
        then, now = (rows_of(told.warehouse, table, extract_id(at), keys) for at in (APRIL, day))
        for key, reason in named[table.name]:
            found = change_of(then.get(key), now.get(key))
            checked[reason] += 1
            if found != reason:
                wrong.append((table.name, key, reason, found))

    assert wrong == []
    assert checked.keys() == OF_LIFE
    assert checked.total() > NAMED_CHANGES
    assert checked.total() > 0.9 * sum(len(changes) for changes in named.values())


@pytest.mark.parametrize("day", LATER_DAYS)
def test_late_recording_moves_6_14_of_march_by_about_two_points(told: County, day: str) -> None:
    restated = told.restated[day]
    late = {
        case["reason_row_key"]: case
        for case in restated.cases
        if (case["indicator_ref"], case["area_code"], case["period"]) == ("6.14", "COUNTY", "month")
        and case["reason"] == "recorded late"
    }
    with duckdb.connect(str(told.warehouse), read_only=True) as connection:
        visits = connection.execute(
            """
            select cppv_cp_visit_id, cppv_person_id
            from raw.ssd_cp_visits
            where
                _extract_id = ?
                and cast(cppv_cp_visit_date as date) <= '2018-03-31'
                and cast(x_cppv_recorded_date as date) > '2018-04-10'
            """,
            [extract_id(day)],
        ).fetchall()
        (value, numerator, denominator) = connection.execute(
            """
            select value_frozen, numerator_frozen, denominator_frozen
            from ledger.restatements
            where indicator_ref = '6.14' and area_code = 'COUNTY' and period = 'month'
            """
        ).fetchone()

    # Each is a visit before the end of March that was typed in after the extract of April.
    assert {(key, case["person_id"]) for key, case in late.items()} <= set(visits)
    assert all(case["numerator_difference"] == 1 for case in late.values())
    then = 100 * (numerator + sum(case["numerator_difference"] for case in late.values()))
    moved = then / (denominator + sum(case["denominator_difference"] for case in late.values()))
    assert 1 < moved - value < 2.5


def test_march_as_at_april_is_what_was_known_in_april_cell_by_cell(told: County) -> None:
    alone = contents(Path(WAREHOUSE))

    assert told.replayed.keys() == alone.keys()
    assert len(alone) > 250
    # Nothing was published yet when the first was built; both know the same definitions.
    differing = {name for name in alone if told.replayed[name] != alone[name]}
    assert differing - told.from_the_ledger == ABOUT_LANDING
    # And what was published in April is, as at April, not restated.
    assert told.restated[APRIL].cases == []
    assert told.restated[APRIL].differing == {}
