"""The protection alone, as compiled SQL: dbt compiles once, then a county takes a second."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from vital_signs.bench import models_in_order

from tests.disclosure.counties import County
from tests.engine.building import Compiled

# What the attack reads, and what that is made from.
NEEDED = (
    "published_indicator_values", "published_indicators", "published_detail_",
    "published_unrecorded_localities",
)  # fmt: skip
Publisher = Callable[..., Path]
Planter = Callable[[County, duckdb.DuckDBPyConnection], object]


@pytest.fixture(scope="session")
def publish(compiled: Compiled) -> Publisher:
    """Return a function that makes a county and publishes it, with the protection or without links.

    Without links only the small counts themselves are hidden: what a first try would do. `plant`
    may add cases to the county and lines to the seeds before anything is made from them.
    """
    nodes = [
        node
        for node in models_in_order(compiled.manifest)
        if node["original_file_path"].startswith("models/disclosure/")
        or (
            node["name"].startswith(NEEDED)
            and node["name"]
            not in ("published_detail_residential_by_age", "published_detail_localities")
        )
    ]

    def publish_county(
        seed: int, warehouse: Path, with_links: bool = True, plant: Planter | None = None
    ) -> Path:
        shutil.copyfile(compiled.seeded, warehouse)
        with duckdb.connect(str(warehouse)) as connection:
            county = County(seed)
            if plant:
                plant(county, connection)
            county.write(connection)
            for schema in ("disclosure", "published"):
                connection.execute(f"create schema if not exists {schema}")
            for node in nodes:
                relation = f'"{node["schema"]}"."{node["alias"]}"'
                connection.execute(f"create or replace table {relation} as {node['compiled_code']}")
                if node["name"] == "disclosure_links" and not with_links:
                    connection.execute(f"delete from {relation}")
        return warehouse

    return publish_county
