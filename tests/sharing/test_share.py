"""What is in the files shared with others, and what is not."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import duckdb
import pytest
from vital_signs.landing.contract import load_contract
from vital_signs.landing.staging_macros import code_of
from vital_signs.sharing import command as share
from vital_signs.sharing import files
from vital_signs.sharing.analyst import is_id
from vital_signs.sharing.published import FORBIDDEN_COLUMNS
from vital_signs.warehouse import replacement

from tests.sharing.conftest import ENCRYPTION_KEY, PSEUDONYM_KEY, Workshop

SMALL = """
create schema published; create schema core; create schema reference; create schema indicators;
create schema intermediate; create schema quality;
create table published.months as select '2018-03' as month_code;
create table published.indicator_values as
    from (values ('public', '3.3', null), ('internal', '3.3', 2)) as t (edition, indicator_ref, n);
create table core.dim_person as from (values
    ('P1', 'F', date '2010-01-01'), ('P2', 'Smith', null)) as t (person_id, sex_code, birth_date);
create table core.dim_team as select 'T1' as team_id, 'Anna''s team' as team_name;
create table intermediate.int_cases__plans as from (values
    ('x', 'P1', 'P1', 'R1'), ('x', 'P2', 'P2', 'R2'))
    as t (measure, case_id, person_id, source_row_key);
create table indicators.fct_indicator_values as
    select '3.3' as indicator_ref, cast(56.3 as double) as value;
create table quality.fct_quality_failures as
    select 'PER-03' as rule_id, 'Anna' as value, 'Anna is no id' as message;
create table reference.code_groups as select 'A' as code, 'B' as code_group;
create table reference.areas as select 'COUNTY' as area_code;
"""


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(SMALL)
    monkeypatch.setenv("VITAL_SIGNS_WAREHOUSE", str(path))
    monkeypatch.setenv("VITAL_SIGNS_PSEUDONYM_KEY", PSEUDONYM_KEY)
    monkeypatch.delenv("VITAL_SIGNS_ENCRYPTION_KEY", raising=False)
    return path


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def rows(path: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert share.main(list(arguments)) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("error: ") and err.count("\n") == 1
    assert PSEUDONYM_KEY not in err and ENCRYPTION_KEY not in err
    return err


class TestPublished:
    def test_holds_the_public_edition_and_everybody_may_read_it(
        self, warehouse: Path, tmp_path: Path
    ) -> None:
        path = tmp_path / "out.duckdb"

        assert share.main(["--published", str(path)]) == 0
        assert mode_of(path) == 0o644
        assert rows(path, "select * from published.indicator_values") == [("public", "3.3", None)]
        assert rows(path, "select distinct schema_name from duckdb_tables()") == [("published",)]

    def test_the_internal_edition_is_for_its_owner(self, warehouse: Path, tmp_path: Path) -> None:
        path = tmp_path / "out.duckdb"

        assert share.main(["--published", str(path), "--edition", "internal"]) == 0
        assert mode_of(path) == 0o600
        assert rows(path, "select n from published.indicator_values") == [(2,)]

    def test_descriptions_go_with_the_tables(self, warehouse: Path, tmp_path: Path) -> None:
        with duckdb.connect(str(warehouse)) as connection:
            connection.execute(
                "comment on table published.indicator_values is 'One row per child''s figure.';"
                " comment on column published.indicator_values.edition is 'Which edition.'"
            )
        path = tmp_path / "out.duckdb"

        assert share.main(["--published", str(path)]) == 0
        tables = "select comment from duckdb_tables() where table_name = 'indicator_values'"
        columns = "select column_name, comment from duckdb_columns() where comment is not null"
        assert rows(path, tables) == [("One row per child's figure.",)]
        assert rows(path, columns) == [("edition", "Which edition.")]

    @pytest.mark.parametrize(
        ("spoiling", "said"),
        [
            (
                "create table published.x as select 'public' as edition, 'P1' as person_id",
                "person_id",
            ),
            (
                "create table published.x as select 'public' as edition, 1 as source_row",
                "source_row",
            ),
            ("create table published.x as select 3 as children", "has no column edition"),
        ],
    )
    def test_what_nobody_has_looked_at_is_refused(
        self,
        spoiling: str,
        said: str,
        warehouse: Path,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        with duckdb.connect(str(warehouse)) as connection:
            connection.execute(spoiling)

        assert said in refused(capsys, "--published", str(tmp_path / "out.duckdb"))
        assert not list(tmp_path.glob("out*"))

    def test_never_takes_the_place_of_the_warehouse(
        self, warehouse: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert "the warehouse itself" in refused(capsys, "--published", str(warehouse))
        assert rows(warehouse, "select count(*) from core.dim_person") == [(2,)]

    def test_a_file_named_like_a_schema_is_refused(
        self, warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "published.duckdb"

        assert "same name as the schema" in refused(capsys, "--published", str(path))
        assert not path.exists()


class TestAnalyst:
    def test_ids_have_other_names_that_still_join(self, warehouse: Path, tmp_path: Path) -> None:
        path = tmp_path / "out.duckdb"

        assert share.main(["--analyst", str(path)]) == 0
        assert mode_of(path) == 0o600
        people = rows(path, "select * from core.dim_person order by birth_date nulls last")
        assert [row[1] for row in people] == ["F", None], "a code that no list knows is left out"
        assert all(re.fullmatch(r"[0-9a-f]{32}", row[0]) for row in people)
        assert rows(
            path,
            "select count(*) from intermediate.int_cases__plans"
            " inner join core.dim_person using (person_id) where case_id = person_id",
        ) == [(2,)]
        assert rows(path, "from core.dim_team limit 0") == []
        columns = rows(path, "select column_name from duckdb_columns() where schema_name = 'core'")
        assert ("team_name",) not in columns

    def test_figures_are_copied_and_cells_of_the_extract_are_not(
        self, warehouse: Path, tmp_path: Path
    ) -> None:
        path = tmp_path / "out.duckdb"

        assert share.main(["--analyst", str(path)]) == 0
        assert rows(path, "from indicators.fct_indicator_values") == [("3.3", 56.3)]
        assert rows(path, "from quality.fct_quality_failures") == [("PER-03",)]

    def test_another_key_gives_other_names_and_the_same_key_the_same(
        self, warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = []
        for number, key in enumerate((PSEUDONYM_KEY, PSEUDONYM_KEY, PSEUDONYM_KEY + "2")):
            monkeypatch.setenv("VITAL_SIGNS_PSEUDONYM_KEY", key)
            path = tmp_path / f"out_{number}.duckdb"
            assert share.main(["--analyst", str(path)]) == 0
            found.append({row[0] for row in rows(path, "select person_id from core.dim_person")})
        assert found[0] == found[1]
        assert not found[0] & found[2]

    @pytest.mark.parametrize(("key", "said"), [(None, "is not set"), ("x" * 31, "is shorter than")])
    def test_needs_a_key(
        self,
        key: str | None,
        said: str,
        warehouse: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.delenv("VITAL_SIGNS_PSEUDONYM_KEY")
        if key:
            monkeypatch.setenv("VITAL_SIGNS_PSEUDONYM_KEY", key)

        assert said in refused(capsys, "--analyst", str(tmp_path / "out.duckdb"))
        assert not list(tmp_path.glob("out*"))

    def test_a_new_column_stops_the_copy(
        self, warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with duckdb.connect(str(warehouse)) as connection:
            connection.execute(
                "alter table intermediate.int_cases__plans add column remark varchar"
            )

        assert "int_cases__plans.remark" in refused(capsys, "--analyst", str(tmp_path / "o.duckdb"))

    def test_is_not_written_into_reports(
        self, warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "reports").mkdir()

        assert "reports" in refused(capsys, "--analyst", str(tmp_path / "reports" / "o.duckdb"))


class TestEncryption:
    @pytest.fixture(autouse=True)
    def key(self, monkeypatch: pytest.MonkeyPatch, warehouse: Path) -> None:
        monkeypatch.setenv("VITAL_SIGNS_ENCRYPTION_KEY", ENCRYPTION_KEY)

    @pytest.mark.parametrize("kind", ["--published", "--analyst", "--archive"])
    def test_every_file_is_encrypted(self, kind: str, tmp_path: Path) -> None:
        path = tmp_path / "out.duckdb"

        assert share.main([kind, str(path)]) == 0
        assert b"dim_person" not in path.read_bytes()
        assert b"indicator_ref" not in path.read_bytes()
        with pytest.raises(duckdb.Error):
            duckdb.connect(str(path), read_only=True)
        with duckdb.connect() as connection, pytest.raises(duckdb.Error):
            connection.execute(f"attach '{path}' as wrong (encryption_key 'wrong', read_only)")

    def test_the_archive_opens_with_its_key(self, tmp_path: Path) -> None:
        path = tmp_path / "out.duckdb"

        assert share.main(["--archive", str(path)]) == 0
        assert mode_of(path) == 0o600
        with duckdb.connect() as connection:
            connection.execute(
                f"attach '{path}' as a (encryption_key '{ENCRYPTION_KEY}', read_only)"
            )
            assert connection.execute("select count(*) from a.core.dim_person").fetchone() == (2,)

    def test_nothing_is_written_where_the_file_would_be_plain(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def attach_plain(connection: duckdb.DuckDBPyConnection, path: Path, key: str) -> None:
            connection.execute(f"attach '{path}' as {files.TARGET}")

        monkeypatch.setattr(files, "_attach_target", attach_plain)

        assert "not be encrypted" in refused(capsys, "--published", str(tmp_path / "out.duckdb"))
        assert not list(tmp_path.glob("out*"))

    def test_nothing_is_written_without_the_cipher(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(files, "HTTPFS_PACKAGE", "a_package_that_is_not_there")

        assert "encryption needs" in refused(capsys, "--published", str(tmp_path / "out.duckdb"))
        assert not list(tmp_path.glob("out*"))

    def test_a_warehouse_is_not_written_plain(self, tmp_path: Path) -> None:
        with pytest.raises(Exception, match="not be encrypted"), replacement(tmp_path / "w.duckdb"):
            pytest.fail("the work must not begin")

    def test_a_short_key_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("VITAL_SIGNS_ENCRYPTION_KEY", "short")

        assert "shorter than 32" in refused(capsys, "--archive", str(tmp_path / "out.duckdb"))


def test_an_archive_needs_a_key(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "always encrypted" in refused(capsys, "--archive", str(tmp_path / "out.duckdb"))


def test_a_new_warehouse_is_for_its_owner_and_an_old_one_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    mask = os.umask(0o022)
    try:
        for mode in (None, 0o640):
            if mode:
                path.chmod(mode)
            with replacement(path) as copy, duckdb.connect(str(copy.path)) as connection:
                connection.execute("create or replace table t as select 1 as x")
                assert mode_of(copy.path) == 0o600
            assert mode_of(path) == (mode or 0o600)
        assert os.umask(0o022) == 0o022, "what other files get is as before"
    finally:
        os.umask(mask)


@pytest.mark.slow
def test_the_published_file_has_no_forbidden_column_and_no_id_of_raw(workshop: Workshop) -> None:
    workshop.run("share", "--published", "checked.duckdb")
    path = workshop.folder / "checked.duckdb"
    raw_ids = set()
    with duckdb.connect(str(workshop.warehouse), read_only=True) as connection:
        for table in load_contract():
            for column in table.columns:
                if is_id(column):
                    # A placeholder such as NONE names nobody.
                    raw_ids.update(
                        value
                        for (value,) in connection.execute(
                            f"select distinct {code_of(column)} as id from raw.{table.name}"
                            " where id is not null"
                        ).fetchall()
                    )
    columns = rows(path, "select table_name, column_name from duckdb_columns() where not internal")
    assert len(raw_ids) > 100 and len(columns) > 100
    for table, column in columns:
        assert not FORBIDDEN_COLUMNS.search(column), (table, column)
        values = rows(
            path, f'select distinct upper(cast("{column}" as varchar)) from published.{table}'
        )
        assert not raw_ids & {value for (value,) in values}, (table, column)


@pytest.mark.slow
def test_the_pseudonymised_file_holds_no_id_and_counts_the_same(workshop: Workshop) -> None:
    workshop.run("share", "--analyst", "same.duckdb", VITAL_SIGNS_PSEUDONYM_KEY=PSEUDONYM_KEY)
    path = workshop.folder / "same.duckdb"
    for column, query in (
        ("person_id", "from core.dim_person"),
        ("source_row_key", "from indicators.fct_indicator_cases"),
        ("row_key", "from quality.fct_quality_failures"),
    ):
        ids = set(rows(workshop.warehouse, f"select distinct {column} {query}"))
        assert ids and not ids & set(rows(path, f"select distinct {column} {query}"))
    for query in (
        "select indicator_ref, month_end, area_code, count(*), sum(numerator),"
        " count(distinct person_id) from indicators.fct_indicator_cases group by all order by all",
        "select count(*), count(distinct people.birth_date) from indicators.fct_indicator_cases"
        " inner join core.dim_person as people using (person_id)",
        "select rule_id, count(*) from quality.fct_quality_failures group by all order by all",
    ):
        assert rows(path, query) == rows(workshop.warehouse, query)
