"""No small count of the public edition can be worked out; without the protection many can."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.disclosure.attack import Attack, recovered, small_counts
from tests.disclosure.conftest import Publisher

LIMIT = 5
COUNTIES = range(1, 21)


@pytest.mark.slow
@pytest.mark.parametrize("seed", COUNTIES)
def test_no_small_count_of_a_random_county_is_recovered(
    seed: int, publish: Publisher, tmp_path: Path
) -> None:
    warehouse = publish(seed, tmp_path / "county.duckdb", True)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        targets = small_counts(connection, LIMIT, since=date(2018, 3, 1))
        assert len(targets) > 50, "a county without small counts proves nothing"
        shown = connection.execute(
            "select count(value) from published.indicator_values where edition = 'public'"
        ).fetchone()[0]
        assert shown > 100, "an edition that shows nothing proves nothing"
        assert recovered(Attack(connection), targets, LIMIT) == {}


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_the_attack_recovers_counts_where_only_the_small_ones_are_hidden(
    seed: int, publish: Publisher, tmp_path: Path
) -> None:
    warehouse = publish(seed, tmp_path / "county.duckdb", False)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        targets = small_counts(connection, LIMIT, since=date(2018, 3, 1))
        found = recovered(Attack(connection), targets, LIMIT)
    exact = [label for label, (_, least, most) in found.items() if least == most]
    assert len(exact) >= 3
