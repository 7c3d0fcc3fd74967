"""Load checks: what passes at the limit, what fails one past it, and what is stored."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from vital_signs.landing import command as land
from vital_signs.landing.checks import running, staging_macros
from vital_signs.landing.checks.profile import Series
from vital_signs.landing.checks.results import (
    MOST_VALUES_FOR_EXAMPLES,
    RESULT_COLUMNS,
    result_row,
)
from vital_signs.landing.checks.suite import Check, checks_of
from vital_signs.landing.contract import ContractColumn, ContractTable, load_contract
from vital_signs.landing.warehouse import Landing
from vital_signs.landing.warehouse import land as land_extract

from tests.landing.conftest import MadeExtract, query

Found = dict[tuple[str, str | None, str], dict]
BY_NAME = {table.name: table for table in load_contract()}
PERSON = BY_NAME["ssd_person"]
PERSON_COLUMNS = [
    "pers_person_id",
    "pers_dob",
    "pers_expected_dob",
    "pers_sex",
    "pers_ethnicity",
    "pers_upn",
    "pers_forename",
    "pers_surname",
]
UPN, POSTCODE, FORENAME, SURNAME = "A123456789012", "NR1 1AA", "Lavender", "Quillfeather"
WORKER_NAME = "Marmaduke Snodgrass"
# The extract is of 2018: 1908 and 2043 are the first and the last year that are plausible.
PEOPLE = [
    ["p1", "31/12/2009", "31/12/2043", " f ", "WBRI", UPN, FORENAME, SURNAME],
    ["P1 ", "01/01/1908", "01/01/2044", "1", "wbri", "", "", ""],
    ["P2", "31/12/1907", "01/01/2300", "X", "WHITE B", "", "", ""],
    ["P3", "01/01/1900", "", "x", POSTCODE, "", "", ""],
    ["P4", "31/02/2010", "", UPN, "WHITE B", "", "", ""],
    ["P5", SURNAME, "", SURNAME.upper(), "", "", "", ""],
    ["", "31/12/1752", "N/A", "", f"{FORENAME} Q", "", "", ""],
    ["SSD_PH", "01/02/2010 14:30", " ", "-1", "WBRI", "", "", ""],
]
WORKERS = (
    [
        "prof_professional_id",
        "prof_staff_id",
        "prof_professional_name",
        "prof_professional_caseload",
        "prof_full_time_equivalency",
        "x_prof_is_qualified_sw",
    ],
    [
        ["W1", "", WORKER_NAME, "12", "0.5", "yes"],
        ["", "W2", "", "twelve", "0,5", "FALSE"],
        ["", "", "", "", "", "Maybe"],
        ["W1", "", WORKER_NAME, "12", "0.5", "yes"],
        ["", "W4", "", "1", "1", "Snodgrass"],
    ],
)


def _lands_with_checks(extract: MadeExtract, warehouse: Path) -> Landing:
    started = time.monotonic()
    landing = land_extract(extract.folder, warehouse, with_checks=True)
    print(f"landed with checks in {time.monotonic() - started:.1f} s")
    return landing


def _stored(warehouse: Path) -> Found:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        result = connection.execute("select * from raw.landing_checks")
        names = [column[0] for column in result.description]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    found = {(row["table_name"], row["column_name"], row["expectation"]): row for row in rows}
    assert len(found) == len(rows)
    return found


def _write_clean(extract: MadeExtract, rows: int = 2) -> None:
    """Write every table of the contract with valid values."""
    for table in BY_NAME.values():
        extract.write(
            table.name,
            list(table.columns),
            [[_good_value(column, row) for column in table.details] for row in range(rows)],
        )


def _good_value(column: ContractColumn, row: int) -> str:
    if column.data_type in ("DATE", "TIMESTAMP"):
        return f"0{row + 1}/03/2018"
    if column.codes:
        return f" {column.codes[0].lower()} "
    return str(row + 1)


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Landing]]:
    """A warehouse with an April extract, then a May one with many faults."""
    folder = tmp_path_factory.mktemp("spoilt")
    warehouse = folder / "warehouse.duckdb"
    april = MadeExtract(folder / "april")
    april.describe(extract_id="april", as_at="2018-04-10T08:00:00")
    april.write("ssd_person", ["pers_person_id"], [[f"P{row}"] for row in range(10)])
    april.write(
        "ssd_family",
        ["fami_family_id", "fami_person_id"],
        [[f"F{row}", "P1"] for row in range(10)],
    )
    april.write("ssd_department", ["dept_team_id", "dept_team_name"], [["T1", "One"]])
    land_extract(april.folder, warehouse)
    # Of another system and of a later day: neither is the extract before.
    other = MadeExtract(folder / "other")
    other.describe(extract_id="other", as_at="2018-05-01T08:00:00", source_system="CIN")
    other.write("ssd_person", ["pers_person_id"], [[f"P{row}"] for row in range(50)])
    land_extract(other.folder, warehouse)
    june = MadeExtract(folder / "june")
    june.describe(extract_id="june", as_at="2018-06-01T08:00:00")
    june.write("ssd_person", ["pers_person_id"], [[f"P{row}"] for row in range(50)])
    land_extract(june.folder, warehouse)

    may = MadeExtract(folder / "may")
    may.write("ssd_family", ["fami_family_id", "fami_person_id"], [["F1", "P1"]])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(running, "WORKER", ["no such program"])
        land_extract(may.folder, warehouse, with_checks=True)
    may.write("ssd_person", PERSON_COLUMNS, PEOPLE)
    may.write("ssd_professionals", *WORKERS)
    may.write(
        "ssd_family",
        ["fami_family_id", "fami_person_id"],
        [[f"F{row}", "P1"] for row in range(7)],
    )
    may.write(
        "ssdx_team_localities",
        ["tloc_team_id", "tloc_locality_code", "tloc_valid_from"],
        [
            ["T1", "NORTH", "01/01/2018"],
            ["t1", "SOUTH", "01/01/2018 00:00"],
            ["T1", "NORTH", "2018-01-02"],
            ["T1", "SOUTH", "2018-01-02"],
        ],
    )
    yield warehouse, _lands_with_checks(may, warehouse)


@pytest.fixture(scope="module")
def found(spoilt: tuple[Path, Landing]) -> Found:
    return _stored(spoilt[0])


def _assert_failed(found: Found, place: tuple, failed: int, of: int, examples: str | None) -> None:
    row = found[place]
    assert (row["success"], row["unexpected_count"], row["element_count"], row["examples"]) == (
        False,
        failed,
        of,
        examples,
    )
    assert row["unexpected_percent"] == pytest.approx(100 * failed / of)


def test_a_clean_extract_passes_every_check(extract: MadeExtract, warehouse: Path) -> None:
    _write_clean(extract)
    landing = _lands_with_checks(extract, warehouse)
    stored = _stored(warehouse)
    assert {place for place, row in stored.items() if not row["success"]} == set()
    assert {table for table, _, _ in stored} == set(BY_NAME)
    assert landing.checks.line == (
        f"landing checks: {len(stored)} of {len(stored)} passed; see quality.landing_checks"
    )


def test_rows_may_fall_by_a_fifth_and_no_more(found: Found) -> None:
    assert found["ssd_person", None, "rows_not_fallen"]["success"] is True
    fallen = found["ssd_family", None, "rows_not_fallen"]
    assert (fallen["success"], fallen["rule_id"]) == (False, "BAT-03")
    assert fallen["observed_value"] == "7 rows, at least 8 expected"


def test_an_absent_table_has_fallen_to_nothing(found: Found) -> None:
    places = {place for place in found if place[0] == "ssd_department"}
    assert places == {
        ("ssd_department", None, "columns_present"),
        ("ssd_department", None, "rows_not_fallen"),
    }
    assert {found[place]["success"] for place in places} == {False}


def test_a_table_that_had_no_rows_before_cannot_fall(found: Found) -> None:
    assert ("ssd_professionals", None, "rows_not_fallen") not in found


@pytest.mark.parametrize(
    ("before", "least"), [(1, 1), (4, 4), (5, 4), (6, 5), (5012, 4010), (10, 8)]
)
def test_the_least_number_of_rows_is_four_fifths_rounded_up(before: int, least: int) -> None:
    checks = checks_of(PERSON, PERSON.columns, datetime(2018, 5, 10), before)
    (check,) = (check for check in checks if check.name == "rows_not_fallen")
    assert check.arguments == {"min_value": least}


def test_missing_columns_are_named(found: Found) -> None:
    row = found["ssd_person", None, "columns_present"]
    assert (row["success"], row["rule_id"]) == (False, "BAT-02")
    assert (
        row["observed_value"] == "missing: pers_death_date, pers_legacy_id, x_pers_merged_into_id"
    )
    assert ("ssd_person", "pers_death_date", "date_readable") not in found


def test_blank_and_placeholder_ids_are_not_given(found: Found) -> None:
    _assert_failed(found, ("ssd_person", "pers_person_id", "is_given"), 2, 8, None)
    assert found["ssd_person", "pers_person_id", "is_given"]["rule_id"] == "PER-01"


def test_one_id_of_two_is_enough(found: Found) -> None:
    group = "prof_professional_id or prof_staff_id"
    _assert_failed(found, ("ssd_professionals", group, "is_given"), 1, 5, None)


def test_an_id_with_two_contents_is_told_from_a_row_given_twice(found: Found) -> None:
    _assert_failed(found, ("ssd_person", "pers_person_id", "key_is_unique"), 2, 6, None)
    assert found["ssd_person", "pers_person_id", "key_is_unique"]["rule_id"] == "PER-02"
    assert found["ssd_person", None, "row_is_unique"]["success"] is True
    group = "prof_professional_id or prof_staff_id"
    assert found["ssd_professionals", group, "key_is_unique"]["success"] is True
    _assert_failed(found, ("ssd_professionals", None, "row_is_unique"), 1, 5, None)
    assert found["ssd_professionals", None, "row_is_unique"]["rule_id"] == "GEN-11"


def test_parts_of_a_key_are_compared_as_staging_reads_them(found: Found) -> None:
    """An unreadable part gives no key: two such rows do not clash."""
    key = "tloc_team_id, tloc_valid_from"
    _assert_failed(found, ("ssdx_team_localities", key, "key_is_unique"), 2, 2, None)
    assert found["ssdx_team_localities", key, "key_is_unique"]["rule_id"] == "GEN-10"


def test_dates_are_read_in_the_declared_format(found: Found) -> None:
    # the day before the oldest sentinel is no date either
    place = ("ssd_person", "pers_dob", "date_readable")
    _assert_failed(found, place, 3, 8, "31/02/2010, 31/12/1752")
    assert found["ssd_person", "pers_dob", "date_readable"]["rule_id"] == "PER-05"
    required = ("ssdx_team_localities", "tloc_valid_from", "date_readable")
    _assert_failed(found, required, 2, 4, "2018-01-02")
    assert found[required]["rule_id"] == "GEN-02"
    assert found["ssd_person", "pers_expected_dob", "date_readable"]["success"] is True


def test_dates_that_stand_for_none_are_sentinels(found: Found) -> None:
    place = ("ssd_person", "pers_dob", "no_sentinel_date")
    _assert_failed(found, place, 1, 5, "1900-01-01")
    assert found[place]["rule_id"] == "GEN-01"
    expected = ("ssd_person", "pers_expected_dob", "no_sentinel_date")
    _assert_failed(found, expected, 1, 3, "2300-01-01")


def test_dates_are_plausible_to_the_year(found: Found) -> None:
    _assert_failed(found, ("ssd_person", "pers_dob", "date_plausible"), 1, 4, "1907")
    _assert_failed(found, ("ssd_person", "pers_expected_dob", "date_plausible"), 1, 2, "2044")
    assert found["ssd_person", "pers_dob", "date_plausible"]["observed_value"] == "1907 to 2010"


def test_codes_are_compared_trimmed_and_in_capitals(found: Found) -> None:
    """Codes from older returns are accepted; misplaced ids and names are not shown."""
    place = ("ssd_person", "pers_sex", "code_known")
    _assert_failed(found, place, 4, 6, "X")
    _assert_failed(found, ("ssd_person", "pers_ethnicity", "code_known"), 4, 7, "WHITE B")


def test_a_check_has_the_rule_of_its_column_or_the_general_one(found: Found) -> None:
    assert found["ssd_person", "pers_sex", "code_known"]["rule_id"] == "PER-08"
    localities = ("ssdx_team_localities", "tloc_locality_code", "code_known")
    assert found[localities]["rule_id"] == "GEN-07"


def test_flags_and_numbers_are_read_as_staging_reads_them(found: Found) -> None:
    flag = ("ssd_professionals", "x_prof_is_qualified_sw", "flag_readable")
    _assert_failed(found, flag, 2, 5, "MAYBE")
    assert found[flag]["rule_id"] == "GEN-13"
    whole = ("ssd_professionals", "prof_professional_caseload", "integer_readable")
    _assert_failed(found, whole, 1, 4, None)
    part = ("ssd_professionals", "prof_full_time_equivalency", "number_readable")
    _assert_failed(found, part, 1, 4, None)


def test_names_ids_and_postcodes_are_never_stored(spoilt: tuple[Path, Landing]) -> None:
    stored = str(query(spoilt[0], "select * from raw.landing_checks")).upper()
    assert "WHITE B" in stored
    for text in (UPN, POSTCODE, FORENAME, SURNAME, "SNODGRASS", "P1 "):
        assert text.upper() not in stored


def test_names_ids_and_postcodes_never_reach_great_expectations_by_their_columns(
    extract: MadeExtract, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(running._Worker, "ask", lambda _, *sending: sent.append(str(sending)))
    monkeypatch.setattr(running, "WORKER", ["no such program"])
    people = [["P77", "", "", "", "", UPN, FORENAME, SURNAME]]
    extract.write("ssd_person", PERSON_COLUMNS, people)
    land_extract(extract.folder, warehouse, with_checks=True)
    everything = "".join(sent)
    assert "pers_person_id" in everything
    assert not [text for text in ("P77", UPN, FORENAME, SURNAME) if text in everything]


def test_the_summary_counts_what_is_stored(spoilt: tuple[Path, Landing], found: Found) -> None:
    summary = spoilt[1].checks
    outcomes = [row["success"] for row in found.values()]
    assert (summary.total, summary.run) == (len(outcomes), len(outcomes))
    assert 0 < summary.passed == outcomes.count(True) < summary.total
    assert {row["extract_id"] for row in found.values()} == {"may"}


def test_landing_again_replaces_the_checks(spoilt: tuple[Path, Landing], found: Found) -> None:
    """May was landed before with other rows and without Great Expectations."""
    warehouse, landing = spoilt
    assert landing.outcome == "replaced"
    assert None not in {row["success"] for row in found.values()}
    assert found["ssd_family", "fami_family_id", "is_given"]["element_count"] == 7
    assert query(warehouse, "select count(*) from raw.landing_checks") == [(len(found),)]


def test_the_same_extract_again_leaves_the_checks_alone(
    extract: MadeExtract, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "WORKER", ["no such program"])
    land_extract(extract.folder, warehouse, with_checks=True)
    stored = _stored(warehouse)
    assert land_extract(extract.folder, warehouse, with_checks=True).checks is None
    assert _stored(warehouse) == stored != {}


@pytest.mark.parametrize(
    "worker",
    [
        ["no such program"],
        ["{python}", "-c", "import no_such_library"],
        ["{python}", "-c", "import sys; sys.stdin.read(); print('no json')"],
        ["{python}", "-c", "print('[]')"],
    ],
    ids=["missing", "without the library", "babbling", "answers that do not fit"],
)
def test_without_great_expectations_the_extract_is_landed_with_a_warning(
    extract: MadeExtract,
    warehouse: Path,
    worker: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    python = running.WORKER[0]
    monkeypatch.setattr(running, "WORKER", [part.format(python=python) for part in worker])
    assert land.main([str(extract.folder), "--warehouse", str(warehouse)]) == 0
    output, errors = capfd.readouterr()
    assert errors == ""
    stored = _stored(warehouse)
    assert output.splitlines()[-1] == (
        f"warning: landing checks: none of {len(stored)} could be run, but the extract has"
        " been landed: check that great-expectations is installed"
    )
    assert {row["success"] for row in stored.values()} == {None}
    assert query(warehouse, "select count(*) from raw.ssd_person") == [(3,)]


def test_checks_can_be_left_out(
    extract: MadeExtract, warehouse: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert land.main([str(extract.folder), "--no-checks", "--warehouse", str(warehouse)]) == 0
    assert "checks" not in capfd.readouterr().out
    assert _stored(warehouse) == {}


@pytest.mark.parametrize(("values", "is_shown"), [(0, True), (1, False)])
def test_a_column_with_too_many_wrong_values_shows_none(values: int, is_shown: bool) -> None:
    count = MOST_VALUES_FOR_EXAMPLES + values
    check = Check("ssd_person", "pers_sex", "code_known", None, "", "")
    series = Series([f"C{number}" for number in range(count)], [2] * count)
    verdict = {"success": False, "unexpected": list(range(count))}
    row = result_row("may", check, series, verdict, names=())
    assert row["unexpected_count"] == 2 * count
    assert row["examples"] == ("C0, C1, C10, C11, C12" if is_shown else None)
    assert list(row) == list(RESULT_COLUMNS)


@pytest.mark.parametrize("date_format", ["YMD", "DMY"])
def test_a_date_as_written_is_the_date_that_staging_reads(date_format: str) -> None:
    texts = ["2018-03-31", "31/03/2018", " 31/03/2018 14:30", "2018-03-31T08:00:00", "31/02/2018"]
    texts += ["18-03-31", "31/03/18", "NULL", "2018-03-31 nothing", "31/03/2018\t"]
    written = staging_macros.written_date_of("landed_text")
    read = staging_macros.date_of("landed_text")
    with duckdb.connect() as connection:
        pairs = connection.execute(
            f"select {written}, {read} from (select unnest(?) as landed_text, ? as date_format)",
            [texts, date_format],
        ).fetchall()
    assert [day for day, _ in pairs] == [day for _, day in pairs]
    assert sum(day is not None for day, _ in pairs) == 3


def test_every_coded_dated_or_counted_column_has_its_check() -> None:
    """The suite is the contract's: nothing in it is left out, and free text is not checked."""

    def names(table: ContractTable) -> dict[str | None, set[str]]:
        found: dict[str | None, set[str]] = {}
        for check in checks_of(table, table.columns, datetime(2018, 5, 10), None):
            found.setdefault(check.column_name, set()).add(check.name)
        return found

    for table in BY_NAME.values():
        checked = names(table)
        for column in table.details:
            wanted = {"is_given"} if (column.name,) in table.needed else set()
            if column.data_type in ("DATE", "TIMESTAMP"):
                wanted |= {"date_readable", "no_sentinel_date", "date_plausible"}
            elif column.data_type != "VARCHAR":
                wanted |= {
                    "number_readable" if column.data_type == "DOUBLE" else "integer_readable"
                }
            elif column.codes:
                wanted |= {"flag_readable" if set(column.codes) == {"Y", "N"} else "code_known"}
            assert checked.get(column.name, set()) - {"key_is_unique"} == wanted
