"""Two random extracts, built: what the traces are checked against."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.engine.building import Builder
from tests.oracle.fuzz import make_extract

SEEDS = (211, 212)


@pytest.fixture(scope="session")
def warehouses(build: Builder, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    made = []
    for seed in SEEDS:
        folder = tmp_path_factory.mktemp(f"traced_{seed}")
        make_extract(folder / "extract", seed, size="small", complete=True)
        made.append(build(folder / "extract", folder / "warehouse.duckdb"))
    return made


@pytest.fixture(scope="session")
def warehouse(warehouses: list[Path]) -> Path:
    return warehouses[0]


@pytest.fixture
def connection(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(warehouse), read_only=True) as opened:
        yield opened
