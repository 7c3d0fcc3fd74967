"""A ref not declared to the protection is hidden altogether, and the attack reports it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.disclosure.alone import small_counts_found
from tests.disclosure.attack import Attack, UnknownRefError, small_counts
from tests.disclosure.conftest import Publisher
from tests.disclosure.planting import REFS, plant
from tests.disclosure.test_attack import LIMIT


@pytest.fixture(scope="module")
def planted(publish: Publisher, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(3, tmp_path_factory.mktemp("planted") / "county.duckdb", plant=plant)


@pytest.mark.slow
def test_an_attack_on_the_published_tables_alone_finds_nothing(planted: Path) -> None:
    with duckdb.connect(str(planted), read_only=True) as connection:
        assert small_counts_found(connection, "public", LIMIT) == []


@pytest.mark.slow
def test_the_same_attack_finds_every_new_ref_where_nothing_is_hidden(planted: Path) -> None:
    with duckdb.connect(str(planted), read_only=True) as connection:
        found = small_counts_found(connection, "internal", LIMIT)
    for ref in REFS:
        assert any(line.startswith(f"{ref} ") for line in found), f"{ref} is not found"


@pytest.mark.slow
def test_a_ref_without_a_population_shows_no_number_at_all(planted: Path) -> None:
    with duckdb.connect(str(planted), read_only=True) as connection:
        shown = connection.execute(
            """
            select indicator_ref, count(*), count(*) filter (where is_suppressed),
                count(coalesce(value, numerator, denominator, ytd_value, ytd_numerator,
                    ytd_denominator, previous_ytd_value)),
                count(*) filter (where value_text <> '[c]')
            from published.indicator_values
            where edition = 'public' and list_contains(?, indicator_ref)
            group by all order by all
            """,
            [REFS],
        ).fetchall()
    assert [ref for ref, *_ in shown] == REFS
    for ref, rows, suppressed, numbers, texts in shown:
        assert (rows, numbers, texts) == (suppressed, 0, 0), ref


@pytest.mark.slow
def test_a_row_of_a_table_without_its_counts_shows_no_number(
    publish: Publisher, tmp_path: Path
) -> None:
    """One of the two counts of a row, or both: the row is hidden in the public edition."""

    def forget(_: object, connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(
            "delete from reference.disclosure_detail_counts"
            " where count_name in ('T1 progressed:POLICE', 'T4:WITH_PARENTS', 'T6:FREL')"
        )

    warehouse = publish(4, tmp_path / "county.duckdb", plant=forget)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for table, column, code, count in (
            ("detail_contacts_by_source", "source_group", "POLICE", "contacts"),
            ("detail_placement_types", "placement_group", "WITH_PARENTS", "children"),
            ("detail_care_leaver_categories", "category_code", "FREL", "people"),
        ):
            for edition, expected in (("public", 0), ("internal", None)):
                rows, numbers = connection.execute(
                    f"select count(*), count({count}) from published.{table}"
                    f" where edition = ? and {column} = ?",
                    [edition, code],
                ).fetchone()
                assert rows > 0
                assert numbers == (rows if expected is None else expected), (table, edition)


@pytest.mark.slow
@pytest.mark.parametrize("attacked", [Attack, lambda file: small_counts(file, LIMIT)])
def test_the_attack_does_not_pass_over_a_ref_that_it_does_not_know(
    attacked: object, planted: Path
) -> None:
    with (
        duckdb.connect(str(planted), read_only=True) as connection,
        pytest.raises(UnknownRefError, match=r"does not know N\.\d: say in .*outsider\.py"),
    ):
        attacked(connection)
