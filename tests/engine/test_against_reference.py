"""The SQL and the reference implementation agree in every cell of random extracts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.building import Builder
from tests.oracle import compare
from tests.oracle.fuzz import make_extract


@pytest.fixture(scope="module")
def build(build: Builder) -> Builder:
    return build.up_to("indicators")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "size", "complete"),
    [
        # complete: all 31 tables; otherwise tables are absent, as the seed has it
        (101, "small", True),
        (102, "small", False),
        (104, "tiny", False),
        # columns are missing as well, and tables hold only the latest records
        (117, "tiny", False),
        (118, "tiny", False),
    ],
)
def test_every_cell_agrees(
    seed: int, size: str, complete: bool, build: Builder, tmp_path: Path
) -> None:
    extract = tmp_path / "extract"
    make_extract(extract, seed, size=size, complete=complete)
    warehouse = build(extract, tmp_path / "warehouse.duckdb")

    assert compare.main([str(extract), str(warehouse)]) == 0
