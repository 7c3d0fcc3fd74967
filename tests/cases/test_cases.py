"""Small extracts that once went wrong: the values and failures they must give."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cases.conftest import Findings
from tests.cases.days import DAYS
from tests.cases.example import Example
from tests.cases.ids_and_texts import IDS_AND_TEXTS
from tests.cases.lives import LIVES
from tests.engine.building import Builder
from tests.oracle import compare

EXAMPLES = (*DAYS, *IDS_AND_TEXTS, *LIVES)


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_right_values_come_out_in_both_implementations_and_no_data_test_fails(
    example: Example,
    build: Builder,
    failing_data_tests: Callable[[Path], Findings],
    tmp_path: Path,
) -> None:
    extract = example.write(tmp_path / "extract")
    warehouse = build(extract, tmp_path / "warehouse.duckdb")

    assert example.differences(warehouse) == []
    assert failing_data_tests(warehouse) == {}
    assert compare.main([str(extract), str(warehouse)]) == 0
