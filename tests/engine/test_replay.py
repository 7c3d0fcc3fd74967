"""A month as it was known: of all loaded extracts, only the one in force then counts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from vital_signs.bench import model_statement
from vital_signs.commands import PROJECT

from tests import records
from tests.engine.building import IN_FORCE, Builder, dbt
from tests.engine.test_order_of_rows import contents
from tests.oracle.fuzz import make_extract
from tests.records import Rows

# These list what is landed, which is not the same in the two warehouses.
ABOUT_LANDING = {"staging.stg_landing__extracts", "staging.stg_landing__row_counts"}
TREND = ("int_quality_counts_kept", "quality_trend")


def extract_of(whole: Path, folder: Path, day: str, change: Callable[[str, Rows], Rows]) -> Path:
    """Write the extract of a day: the whole one, each table changed."""
    return records.changed(
        whole, folder, change, extract_id=f"as_at_{day}", as_at=f"{day}T08:00:00"
    )


def without_the_late(table: str, rows: Rows) -> Rows:
    """Leave out every seventh row: it is entered later."""
    return [row for number, row in enumerate(rows) if number % 7]


def without_the_wrong(table: str, rows: Rows) -> Rows:
    """Leave out every eleventh row: it was entered in error."""
    return [row for number, row in enumerate(rows) if number % 11]


def as_it_is(table: str, rows: Rows) -> Rows:
    return rows


def test_one_model_alone_knows_the_day_asked_for() -> None:
    asking = [
        path.stem
        for folder in ("models", "macros")
        for path in sorted((PROJECT / folder).rglob("*.sql"))
        if re.search(r"\b(var|asked_for)\(\s*['\"]as_at\b", path.read_text(encoding="utf-8"))
    ]

    assert asking == [IN_FORCE]


def trend(warehouse: Path) -> dict[str, list[tuple[str, int]]]:
    """Return the failures of every rule by extract, as the trend lists them."""
    found: dict[str, list[tuple[str, int]]] = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for extract, *failures in connection.execute(
            "select extract_id, rule_id, failure_count from quality.quality_trend order by all"
        ).fetchall():
            found.setdefault(extract, []).append(tuple(failures))
    return found


@pytest.mark.slow
def test_april_is_as_if_nothing_had_been_landed_after_it(build: Builder, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    make_extract(whole, 7, size="small", complete=True, file_format="csv")
    april = extract_of(whole, tmp_path / "april", "2018-04-10", without_the_late)
    may = extract_of(whole, tmp_path / "may", "2018-05-10", without_the_wrong)
    june = extract_of(whole, tmp_path / "june", "2018-06-10", as_it_is)

    alone = contents(build(april, tmp_path / "alone.duckdb"))
    # April is landed last, and June is built first: neither may matter.
    warehouse = build(april, tmp_path / "all.duckdb", june, may)
    newest = contents(warehouse)
    june_alone = trend(warehouse)
    assert june_alone.keys() == {"as_at_2018-06-10"}

    # dbt itself builds the trend, the one table that grows, and the choice of the extract.
    target, day = tmp_path / "target", '{"as_at": "2018-04-10"}'
    dbt("run", target, warehouse, "--vars", day, "--select", IN_FORCE, *TREND)
    assert trend(warehouse).keys() == {"as_at_2018-04-10"}
    # As of now again: what was known of June is still there.
    with duckdb.connect(str(warehouse)) as connection:
        for name in (IN_FORCE, "quality_trend"):
            connection.execute(model_statement(build.models[name]))
    assert trend(warehouse).keys() == {"as_at_2018-04-10", "as_at_2018-06-10"}
    assert trend(warehouse).items() > june_alone.items()

    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    build.run(warehouse, in_force=manifest["nodes"][f"model.vital_signs.{IN_FORCE}"])
    with duckdb.connect(str(warehouse)) as connection:
        (in_force,) = connection.execute("select extract_id from core.dim_extract").fetchone()
    replayed = contents(warehouse)

    assert in_force == "as_at_2018-04-10"
    assert newest["indicators.fct_indicator_cases"] != alone["indicators.fct_indicator_cases"]
    assert replayed.keys() == alone.keys()
    # Of these each extract that is landed has rows, so they cannot be the same.
    assert {name for name in alone if replayed[name] != alone[name]} == ABOUT_LANDING
