"""A load keeps every cell and its origin, and loads all of an extract or nothing."""

from __future__ import annotations

import hashlib
import itertools
import random
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from vital_signs.errors import UserError
from vital_signs.landing import command as land
from vital_signs.landing.contract import load_contract
from vital_signs.landing.reading import CsvFile
from vital_signs.landing.warehouse import hashed_text
from vital_signs.landing.warehouse import land as land_extract

from tests.landing.conftest import TABLES, MadeExtract, everything, query


def test_every_contract_table_is_there_with_its_columns_in_order(
    extract: MadeExtract, warehouse: Path
) -> None:
    land_extract(extract.folder, warehouse)
    contract = load_contract()
    assert len(contract) == 31
    for table in contract:
        columns = query(
            warehouse,
            "select column_name, data_type from information_schema.columns"
            f" where table_schema = 'raw' and table_name = '{table.name}'"
            " order by ordinal_position",
        )
        names = [name for name, _ in columns]
        assert names[: len(table.columns)] == list(table.columns)
        assert {kind for name, kind in columns if not name.startswith("_")} == {"VARCHAR"}
        assert [name for name in names if name.startswith("_")] == [
            "_extract_id",
            "_source_system",
            "_as_at",
            "_loaded_at",
            "_source_file",
            "_source_row",
            "_row_hash",
        ]


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_comes_back_under_its_row_number(
    extract: MadeExtract, warehouse: Path, table: str
) -> None:
    land_extract(extract.folder, warehouse)
    header, rows = TABLES[table]
    landed = query(
        warehouse,
        f"select {', '.join(header)}, _source_row, _source_file from raw.{table}"
        " order by _source_row",
    )
    assert landed == [
        (*(cell or None for cell in row), number, f"{table}.csv")
        for number, row in enumerate(rows, start=1)
    ]


def test_stamps_say_which_extract_a_row_is_of(extract: MadeExtract, warehouse: Path) -> None:
    before = datetime.now(UTC).replace(tzinfo=None)
    land_extract(extract.folder, warehouse)
    stamps = query(
        warehouse,
        "select distinct _extract_id, _source_system, _as_at, _loaded_at from raw.ssd_person",
    )
    ((extract_id, system, as_at, loaded_at),) = stamps
    assert (extract_id, system, as_at) == ("may", "MOSAIC", datetime(2018, 5, 10, 8))
    assert before <= loaded_at <= before + timedelta(minutes=5)


def test_row_hash_covers_the_contract_columns_in_contract_order(
    extract: MadeExtract, warehouse: Path
) -> None:
    land_extract(extract.folder, warehouse)
    (table,) = (table for table in load_contract() if table.name == "ssd_person")
    header, rows = TABLES["ssd_person"]
    expected = []
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        text = chr(31).join(cells.get(column, "") for column in table.columns)
        expected.append((hashlib.md5(text.encode()).hexdigest(),))
    assert query(warehouse, "select _row_hash from raw.ssd_person order by _source_row") == expected


SIGNS = ("\x1f", "\x1f\x1f", "", "1", "2", "\x1f1", "1\x1f", '"', "'", ",", "\\", "|", "\x1b")


def test_rows_that_differ_never_hash_alike() -> None:
    """Whatever characters the values contain; a missing value is the same as an empty one."""
    chance = random.Random(31)
    rows = {("P1", "MWBRI\x1f", ""), ("P1", "M\x1fWBRI", ""), ("P1", "M", "WBRI\x1f")}
    rows |= set(itertools.product(SIGNS, repeat=2)) | set(itertools.product(SIGNS[:8], repeat=3))
    for _ in range(2000):
        rows.add(tuple("".join(chance.choices(SIGNS, k=3)) for _ in range(3)))
    by_width: dict[int, list[tuple[str, ...]]] = {}
    for row in rows:
        by_width.setdefault(len(row), []).append(row)
    with duckdb.connect() as connection:
        for width, some in by_width.items():
            names = [f"c{number}" for number in range(width)]
            hashed = f"md5({hashed_text(names)})"
            values = zip(*some, strict=True)
            connection.register("made_rows", pa.table(dict(zip(names, values, strict=True))))
            query = f"select count(*), count(distinct {hashed}) from made_rows"
            assert connection.execute(query).fetchone() == (len(some), len(some))
        hashes = connection.execute(
            f"select count(distinct {hashed_text(['c'])}) from (values (null), ('')) as t (c)"
        ).fetchone()
        assert hashes == (1,)


def test_rows_that_differ_in_a_separator_only_are_two(
    extract: MadeExtract, warehouse: Path
) -> None:
    header = ["pers_person_id", "pers_dob", "pers_sex", "pers_ethnicity", "pers_forename"]
    rows = [["P1", "", "M\x1fWBRI", "", ""], ["P1", "", "M", "WBRI\x1f", ""]]
    extract.write("ssd_person", header, rows)
    land_extract(extract.folder, warehouse)
    assert query(warehouse, "select count(distinct _row_hash) from raw.ssd_person") == [(2,)]


def test_log_tells_present_empty_and_absent_tables_apart(
    extract: MadeExtract, warehouse: Path
) -> None:
    extract.write("ssd_family", ["fami_family_id", "fami_person_id", "Notes"], [["F1", "P1", "n"]])
    land_extract(extract.folder, warehouse)
    log = {
        row[0]: row[1:]
        for row in query(
            warehouse,
            "select table_name, is_present, row_count, source_file, ignored_columns, history_from"
            " from raw.extract_tables where extract_id = 'may'",
        )
    }
    assert len(log) == 31
    default, contacts = date(2014, 4, 1), date(2016, 1, 1)
    assert log["ssd_family"] == (True, 1, "ssd_family.csv", "notes", default)
    assert log["ssd_contacts"] == (True, 2, "ssd_contacts.csv", None, contacts)
    assert log["ssd_cp_plans"] == (True, 0, "ssd_cp_plans.csv", None, default)
    assert log["ssd_cla_health"] == (False, 0, None, None, default)
    ((missing,),) = query(
        warehouse,
        "select missing_columns from raw.extract_tables where table_name = 'ssd_person'",
    )
    assert missing.startswith("pers_expected_dob, pers_ethnicity")
    assert query(
        warehouse,
        "select source_system, as_at, date_format, history_from_default, history_from, folder_name"
        " from raw.extract_log",
    ) == [
        (
            "MOSAIC",
            datetime(2018, 5, 10, 8),
            "DMY",
            default,
            '{"default": "2014-04-01", "ssd_contacts": "2016-01-01"}',
            "extract_may",
        )
    ]


def test_history_is_unknown_where_the_extract_says_nothing(
    extract: MadeExtract, warehouse: Path
) -> None:
    extract.describe(history_from=None)
    land_extract(extract.folder, warehouse)
    assert (
        query(warehouse, "select distinct history_from from raw.extract_tables")
        == query(warehouse, "select history_from_default from raw.extract_log")
        == [(None,)]
    )


def test_log_says_which_tables_hold_only_the_latest_records(
    extract: MadeExtract, warehouse: Path
) -> None:
    extract.describe(latest_only=["ssd_contacts", "ssd_cp_visits"])
    land_extract(extract.folder, warehouse)
    assert query(
        warehouse,
        "select table_name from raw.extract_tables where is_latest_only order by all",
    ) == [("ssd_contacts",), ("ssd_cp_visits",)]


def test_a_file_of_no_bytes_is_an_empty_table(extract: MadeExtract, warehouse: Path) -> None:
    extract.write_text("ssd_cla_health", "")
    land_extract(extract.folder, warehouse)
    assert query(
        warehouse,
        "select is_present, row_count from raw.extract_tables where table_name = 'ssd_cla_health'",
    ) == [(True, 0)]


def test_byte_order_mark_windows_line_ends_and_capitals_in_the_header_do_not_matter(
    extract: MadeExtract, warehouse: Path
) -> None:
    extract.write_text("ssd_family", b"\xef\xbb\xbfFAMI_FAMILY_ID, fami_person_id\r\nF1,P1\r\n\r\n")
    land_extract(extract.folder, warehouse)
    assert query(
        warehouse, "select fami_family_id, fami_person_id, _source_row from raw.ssd_family"
    ) == [("F1", "P1", 1)]


@pytest.mark.parametrize("count", [10, 300_000])
def test_rows_keep_their_numbers(extract: MadeExtract, warehouse: Path, count: int) -> None:
    extract.write(
        "ssd_family",
        ["fami_family_id", "fami_person_id"],
        [[f"F{number}", "P1"] for number in range(1, count + 1)],
    )
    land_extract(extract.folder, warehouse)
    assert query(
        warehouse,
        "select count(*), count(distinct _source_row), min(_source_row), max(_source_row)"
        " from raw.ssd_family where fami_family_id = 'F' || _source_row",
    ) == [(count, count, 1, count)]


def test_same_extract_again_changes_nothing(extract: MadeExtract, warehouse: Path) -> None:
    first = land_extract(extract.folder, warehouse)
    rows = everything(warehouse)
    loaded = query(warehouse, "select loaded_at from raw.extract_log")
    second = land_extract(extract.folder, warehouse)
    assert (first.outcome, second.outcome) == ("landed", "unchanged")
    assert everything(warehouse) == rows
    assert query(warehouse, "select loaded_at from raw.extract_log") == loaded


def test_other_content_under_the_same_id_takes_its_place(
    extract: MadeExtract, warehouse: Path, tmp_path: Path
) -> None:
    land_extract(extract.folder, warehouse)
    extract.write("ssd_person", ["pers_person_id"], [["P9"]])
    (extract.folder / "ssd_contacts.csv").unlink()
    assert land_extract(extract.folder, warehouse).outcome == "replaced"
    assert query(warehouse, "select pers_person_id from raw.ssd_person") == [("P9",)]
    fresh = tmp_path / "fresh.duckdb"
    land_extract(extract.folder, fresh)
    landed, expected = everything(warehouse), everything(fresh)
    # The carried column of the first landing stays as a column; its values are gone.
    assert query(warehouse, "select x_pers_shoe_size from raw.ssd_person") == [(None,)]
    landed.pop("ssd_person"), expected.pop("ssd_person")
    assert landed == expected


def test_extracts_lie_side_by_side(extract: MadeExtract, warehouse: Path, tmp_path: Path) -> None:
    land_extract(extract.folder, warehouse)
    june = MadeExtract(tmp_path / "extract_june")
    june.describe(extract_id="june", as_at="2018-06-10")
    june.write("ssd_person", ["pers_person_id", "x_pers_hat_size"], [["P7", "7"]])
    assert land_extract(june.folder, warehouse).outcome == "landed"
    assert query(
        warehouse,
        "select _extract_id, count(*), count(x_pers_hat_size) from raw.ssd_person group by all"
        " order by all",
    ) == [("june", 1, 1), ("may", 3, 0)]
    assert query(
        warehouse, "select extract_id, count(*) from raw.extract_tables group by all order by all"
    ) == [("june", 31), ("may", 31)]


def test_a_column_that_the_contract_gains_is_read_at_the_next_landing(
    extract: MadeExtract, warehouse: Path
) -> None:
    land_extract(extract.folder, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        # As if landed under an older contract that lacked the column.
        connection.execute("alter table raw.ssd_person drop column pers_sex")
        connection.execute("update raw.extract_log set content_hash = 'older contract'")
    land_extract(extract.folder, warehouse)
    assert query(warehouse, "select pers_sex from raw.ssd_person order by _source_row") == [
        ("F",),
        ("M",),
        (None,),
    ]


def test_failure_in_the_middle_leaves_the_file_as_it_was(
    extract: MadeExtract, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    land_extract(extract.folder, warehouse)
    rows, content = everything(warehouse), warehouse.read_bytes()
    extract.write("ssd_person", ["pers_person_id", "x_pers_new"], [["P9", "1"]])
    read = CsvFile.check

    def fail_late(file: CsvFile, connection: duckdb.DuckDBPyConnection) -> None:
        if file.path.stem == "ssd_cp_plans":
            raise UserError("no more", "stop")
        read(file, connection)

    monkeypatch.setattr(CsvFile, "check", fail_late)
    with pytest.raises(UserError):
        land_extract(extract.folder, warehouse)
    assert everything(warehouse) == rows
    assert len(warehouse.read_bytes()) == len(content)


@pytest.mark.parametrize("error", [UserError("no more", "stop"), KeyboardInterrupt()])
def test_failure_leaves_no_new_file(
    extract: MadeExtract,
    warehouse: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(CsvFile, "check", fail)
    with pytest.raises(type(error)):
        land_extract(extract.folder, warehouse)
    assert sorted(path.name for path in warehouse.parent.iterdir()) == ["extract_may"]


def test_parquet_of_text_lands_as_the_csv_does(
    extract: MadeExtract, warehouse: Path, tmp_path: Path
) -> None:
    land_extract(extract.folder, warehouse)
    as_parquet = tmp_path / "parquet [1]" / "extract_may"
    as_parquet.parent.mkdir()
    shutil.copytree(extract.folder, as_parquet)
    for path in as_parquet.glob("*.csv"):
        target = path.with_suffix(".parquet")
        duckdb.sql(
            f"copy (from read_csv('{extract.folder / path.name}', all_varchar = true,"
            f" header = true)) to '{target}'"
        )
        path.unlink()
    other = tmp_path / "parquet.duckdb"
    land_extract(as_parquet, other)
    without_files = (
        "select columns(c -> c not in ('_loaded_at', '_source_file')) from raw.{} order by all"
    )
    for table in load_contract():
        statement = without_files.format(table.name)
        assert query(other, statement) == query(warehouse, statement)
    assert query(other, "select distinct _source_file from raw.ssd_person") == [
        ("ssd_person.parquet",)
    ]


TYPED = """
    select
        'R' || i as cine_referral_id,
        case when i = 1 then 7.0 end as cine_person_id,
        case when i = 1 then timestamp '2018-03-31 00:00:00'
            else timestamp '2018-03-31 14:05:00' end as cine_referral_date,
        date '2018-02-01' as cine_close_date,
        i = 1 as cine_referral_nfa,
        cast(12 as smallint) as cine_close_reason,
        cast(2.50 as decimal(5, 2)) as cine_referral_team,
        case when i = 1 then 'nan'::double else 0.25 end as cine_referral_source_desc,
        timestamptz '2018-06-30 23:00:00+00' as cine_referral_worker_id,
        {'a': 1} as cine_referral_outcome_json
    from range(1, 3) as numbers (i)
"""


@pytest.mark.parametrize(
    ("date_format", "day", "close_day", "zoned_day"),
    [
        ("DMY", "31/03/2018", "01/02/2018", "01/07/2018"),
        ("YMD", "2018-03-31", "2018-02-01", "2018-07-01"),
    ],
)
def test_typed_parquet_is_written_as_the_extract_writes_dates(
    extract: MadeExtract,
    warehouse: Path,
    date_format: str,
    day: str,
    close_day: str,
    zoned_day: str,
) -> None:
    extract.describe(date_format=date_format)
    duckdb.sql(f"copy ({TYPED}) to '{extract.folder / 'ssd_cin_episodes.parquet'}'")
    land_extract(extract.folder, warehouse)
    timed = f"{day} 14:05:00"
    assert query(
        warehouse,
        "select cine_referral_id, cine_person_id, cine_referral_date, cine_close_date,"
        " cine_referral_nfa, cine_close_reason, cine_referral_team, cine_referral_source_desc,"
        " cine_referral_worker_id, cine_referral_outcome_json, _source_row"
        " from raw.ssd_cin_episodes order by _source_row",
    ) == [
        ("R1", "7", day, close_day, "true", "12", "2.50", None, zoned_day, '{"a":1}', 1),
        ("R2", None, timed, close_day, "false", "12", "2.50", "0.25", zoned_day, '{"a":1}', 2),
    ]


def test_command_says_what_it_did(
    extract: MadeExtract, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(extract.folder), "--warehouse", str(warehouse)]
    (extract.folder / "ssd_disability.csv").write_text("a\n")
    extract.write("ssd_person", ["pers_person_id", "shoe_size"], [["P1", "36"]] * 3)
    assert land.main(arguments) == 0
    output = capsys.readouterr().out
    assert output.splitlines()[-1] == "landed: may, 3 of 31 tables, 5 rows"
    assert "note: ssd_disability.csv is not a table of the contract and is not landed" in output
    (absent,) = re.findall("note: not in the extract: (.*)", output)
    assert len(absent.split(", ")) == 28
    assert "ssd_cla_health" in absent
    assert "note: columns of ssd_person not landed: shoe_size" in output
    assert land.main(arguments) == 0
    assert "nothing changed" in capsys.readouterr().out
    extract.describe(as_at="2018-05-11")
    assert land.main(arguments) == 0
    assert "replaced the extract with the same id: may" in capsys.readouterr().out
