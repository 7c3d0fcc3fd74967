"""The tables that `vital-signs bench` prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from vital_signs.bench import STEPS, Bench, Cost, checkout, compared, ladder
from vital_signs.commands import FailedError


def measured(folder: Path, rows: int, cpu: float, models: dict[str, float]) -> Bench:
    done = Bench(folder, folder)
    done.rows, done.nodes, done.models = rows, 7, models
    done.costs = dict.fromkeys(STEPS, Cost(2 * cpu, cpu, 100))
    return done


def test_two_versions_are_compared_as_new_over_old(tmp_path: Path) -> None:
    new, old = measured(tmp_path, 600, 3, {}), measured(tmp_path, 600, 12, {})
    lines = compared(new, old)
    assert lines[0].startswith("600 rows, 7 nodes (old: 7), ")
    assert "| landing | 6.0 | 3.0 | 100 | 24.0 | 12.0 | 100 | 0.25 | 0.25 |" in lines


def test_a_model_that_grows_faster_than_its_rows_is_named(tmp_path: Path) -> None:
    small = measured(tmp_path, 600, 3, {"straight": 1, "square": 1, "too_quick_to_tell": 0.001})
    large = measured(tmp_path, 6000, 30, {"straight": 10, "square": 100, "too_quick_to_tell": 0.9})
    lines = ladder([small, large])
    assert lines[-1] == "- `square`: 2.00, 100.0 s"
    assert "Models whose cost grows" in lines[-2]
    assert [line for line in lines if line.startswith("| exponent")] == [
        "| exponent of the CPU |" + " | 1.00 |  |" * 4
    ]


def test_a_version_that_git_does_not_know_is_refused() -> None:
    with (
        pytest.raises(FailedError, match="no_such_version is neither a folder"),
        checkout("no_such_version"),
    ):
        pass
