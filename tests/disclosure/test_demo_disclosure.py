"""The published editions of the demonstration county: `make test-end-to-end` builds it."""

from __future__ import annotations

import os
from datetime import date

import duckdb
import pytest

from tests.disclosure.attack import Attack, recovered, small_counts
from tests.disclosure.test_attack import LIMIT
from tests.disclosure.test_catalogue import IDS, texts_of, texts_that_are_ids

WAREHOUSE = os.environ.get("VITAL_SIGNS_DEMO_WAREHOUSE", "")
pytestmark = pytest.mark.skipif(
    not WAREHOUSE, reason="needs the demonstration warehouse: `make test-end-to-end` builds it"
)


def test_no_small_count_of_the_demonstration_county_is_recovered() -> None:
    with duckdb.connect(WAREHOUSE, read_only=True) as connection:
        targets = small_counts(connection, LIMIT, since=date(2017, 12, 1))
        assert len(targets) > 200
        assert recovered(Attack(connection), targets, LIMIT) == {}


def test_the_internal_edition_gives_every_small_count_away() -> None:
    with duckdb.connect(WAREHOUSE, read_only=True) as connection:
        targets = small_counts(connection, LIMIT, since=date(2018, 3, 1))
        assert recovered(Attack(connection, "internal"), targets, LIMIT).keys() == targets.keys()


def test_no_published_value_is_an_id() -> None:
    with duckdb.connect(WAREHOUSE, read_only=True) as connection:
        connection.execute(IDS)
        assert connection.execute("select count(*) from ids").fetchone()[0] > 10_000
        assert len(texts_of(connection)) > 50
        assert texts_that_are_ids(connection) == []
