"""The ledger only grows; changes by hand are found, and a kill leaves it intact."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import duckdb
import pytest
from vital_signs.commands import PROJECT
from vital_signs.errors import UserError
from vital_signs.ledger.chain import LEDGER_FILE, Ledger, entry_hash
from vital_signs.ledger.code import read_code
from vital_signs.ledger.command import main
from vital_signs.ledger.tables import CASES, VALUES, code_rows, create_tables

MONTH = date(2018, 3, 31)


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """Return a file with one indicator of one month, as a build would leave it."""
    path = tmp_path / "county.duckdb"
    with duckdb.connect(str(path)) as connection:
        create_tables(connection)
        connection.executemany(
            "insert into ledger.definitions values (?, ?, ?, ?, ?)", code_rows(read_code())
        )
        for schema in ("indicators", "reference", "published", "intermediate", "staging", "raw"):
            connection.execute(f"create schema {schema}")
        columns = {**VALUES, "month_end": "DATE", "ytd_numerator": "DOUBLE"}
        for table in ("indicators.fct_indicator_values", "indicators.indicator_scorecard"):
            listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            connection.execute(f"create table {table} ({listed})")
            connection.execute(
                f"insert into {table} by name select '6.14' as indicator_ref,"
                " 'COUNTY' as area_code, date '2018-03-31' as month_end, 100 / 3.0 as value,"
                " 1 as numerator, 3 as denominator, 'available' as availability"
            )
        connection.execute(
            "create table reference.indicators as select '6.14' as indicator_ref,"
            " 'Visits, in time' as indicator_name, 'high' as polarity, 'percent' as unit,"
            " 1 as decimal_places, 'sum' as numerator_stat, 'count' as denominator_stat,"
            " 1 as display_order"
        )
        connection.execute(
            "create table published.indicator_values as select '6.14' as indicator_ref,"
            " date '2018-03-31' as month_end, 'COUNTY' as area_code, edition, text as value_text,"
            " null::varchar as ytd_text, null::varchar as previous_ytd_text,"
            " edition = 'public' as is_suppressed"
            " from (values ('internal', '33.3%'), ('public', '[c]')) as editions (edition, text)"
        )
        listed = ", ".join(f"{name} {kind}" for name, kind in CASES.items())
        connection.execute(
            f"create table intermediate.int_figure_cases"
            f" (month_end date, measure_value integer, {listed})"
        )
        connection.execute(
            "insert into intermediate.int_figure_cases by name"
            " select date '2018-03-31' as month_end, '6.14' as indicator_ref, 'month' as period,"
            " 'SOUTH' as area_code, 'K' || number as case_id, 1 as denominator,"
            " (number = 1)::integer as numerator, 1 as measure_value"
            " from range(1, 4) as numbers (number)"
        )
        connection.execute(
            "create table staging.stg_landing__extract_in_force as select 'april' as extract_id"
        )
        connection.execute(
            "create table raw.extract_log as select 'april' as extract_id,"
            " 'MADE UP' as source_system, timestamp '2018-04-10 08:00:00' as as_at,"
            " 'f' as files_hash, 'c' as content_hash"
        )
    return path


def change_value(warehouse: Path, value: float) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("update indicators.fct_indicator_values set value = ?", [value])


def publish(warehouse: Path, *more: str) -> int:
    return main(["--month", "2018-03", "--by", "tester", "--warehouse", str(warehouse), *more])


@pytest.fixture
def ledger(warehouse: Path) -> Ledger:
    """Return a ledger of three versions of a month."""
    for number in range(3):
        change_value(warehouse, number)
        assert publish(warehouse, "--reason", "another number") == 0
    return Ledger(warehouse.parent / "publications" / "county")


def test_the_same_numbers_again_change_nothing(
    warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish(warehouse) == 0
    before = sorted((path, path.stat().st_mtime_ns) for path in warehouse.parent.rglob("*v1/*"))
    assert publish(warehouse) == 0
    assert "nothing changed" in capsys.readouterr().out
    assert before == sorted(
        (path, path.stat().st_mtime_ns) for path in warehouse.parent.rglob("*v1/*")
    )


def test_other_numbers_need_a_reason_and_become_a_version_beside(
    warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish(warehouse) == 0
    change_value(warehouse, 40.0)
    assert publish(warehouse) == 2
    assert "2018-03 has been published (version 1" in capsys.readouterr().err
    assert publish(warehouse, "--reason", "two visits recorded late") == 0
    folder = warehouse.parent / "publications" / "county"
    assert (folder / "2018-03-v1" / "values.csv").is_file()
    assert (folder / "2018-03-v2" / "values.csv").is_file()
    assert main(["--list", "--warehouse", str(warehouse)]) == 0
    assert "two visits recorded late" in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--delete", "--overwrite"])
def test_nothing_is_deleted_or_overwritten(
    option: str, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([option, "2018-03", "--warehouse", str(warehouse)]) == 2
    assert "never changed or deleted" in capsys.readouterr().err


def test_cases_are_for_their_owner_alone(warehouse: Path) -> None:
    assert publish(warehouse) == 0
    (cases,) = warehouse.parent.rglob("cases.parquet")
    assert stat.S_IMODE(cases.stat().st_mode) == 0o600


def test_values_come_back_to_the_last_bit(warehouse: Path) -> None:
    value = 0.1 + 0.2
    change_value(warehouse, value)
    assert publish(warehouse) == 0
    assert main(["--load", "--warehouse", str(warehouse)]) == 0
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            "select value, value_text, public_value_text, previous_ytd_text"
            " from ledger.frozen_values"
        ).fetchall()
    assert found == [(value, "33.3%", "[c]", None)]


def test_a_sound_ledger_is_found_sound(ledger: Ledger, warehouse: Path) -> None:
    head = ledger.entries()[-1]["entry_hash"]
    assert main(["--verify", "--head", head, "--warehouse", str(warehouse)]) == 0


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("byte", "2018-03-v2/values.csv: the file was changed"),
        ("file", "2018-03-v1/cases.parquet: the file is missing"),
        ("folder", "2018-03-v3/values.csv: the file is missing"),
        ("extra file", "2018-03-v1/more.csv: the file was added"),
        ("line", "line 2 of ledger.jsonl (2018-03-v2): the line was changed"),
        ("rehashed line", "line 3 of ledger.jsonl (2018-03-v3): the line before it is not"),
        ("line out", "line 2 of ledger.jsonl (2018-03-v3): it was line 3"),
        ("last line out", "2018-03-v3: is not in any line of ledger.jsonl"),
        ("order", "line 1 of ledger.jsonl (2018-03-v2): it was line 2"),
        ("added line", "line 4 of ledger.jsonl (2018-03-v3): it was line 3"),
        ("nonsense", "the line cannot be read"),
        ("twin", "the line is not in the form that the tool writes"),
        ("keys in another order", "the line is not in the form that the tool writes"),
        ("files in another order", "the line is not in the form that the tool writes"),
        ("blanks at the end", "the line is not in the form that the tool writes"),
        ("blanks inside", "the line is not in the form that the tool writes"),
        ("carriage return", "the line is not in the form that the tool writes"),
        ("other signs", "the line is not in the form that the tool writes"),
        ("no line end", "the line is not in the form that the tool writes"),
        ("blank line", "the line cannot be read"),
        ("bytes", "the line cannot be read"),
        ("folder as a link", "2018-03-v2: there is a link in the ledger"),
        ("file as a link", "2018-03-v2/values.csv: there is a link in place of the file"),
        ("link added", "more: there is a link in the ledger"),
        ("file at the top", "notes.txt: the file was added"),
        ("ledger as a link", "this is not an ordinary file"),
    ],
)
def test_what_was_changed_by_hand_is_found(
    damage: str,
    expected: str,
    ledger: Ledger,
    warehouse: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    spoil(ledger, damage)
    assert main(["--verify", "--warehouse", str(warehouse)]) == 1
    errors = capsys.readouterr().err.splitlines()
    assert any(expected in line for line in errors)
    assert all(line.startswith("error: ") for line in errors)
    # Nothing is published on top of it, and nothing is built from it.
    change_value(warehouse, 99)
    assert publish(warehouse, "--reason", "more") == 2
    with pytest.raises(UserError):
        ledger.sound_entries()


def spoil_form(damage: str, line: str) -> str:
    """Write a line in another way that means the same."""
    entry = json.loads(line)
    if damage == "twin":
        return line.replace('"version": 2', '"version": 9, "version": 2')
    if damage == "keys in another order":
        return json.dumps(dict(reversed(entry.items())), ensure_ascii=False)
    if damage == "files in another order":
        entry["files"] = dict(reversed(entry["files"].items()))
        return json.dumps(entry, ensure_ascii=False)
    if damage == "other signs":
        return line.replace("another", "\\u0061nother")
    return {
        "blanks at the end": f"{line}  ",
        "blanks inside": line.replace('"version": 2', '"version":  2'),
        "carriage return": f"{line}\r",
        "blank line": f"{line}\n",
    }[damage]


def replace_by_link(path: Path) -> None:
    """Move what is there elsewhere, and put a link to it in its place."""
    elsewhere = path.parents[1] / f"elsewhere-{path.name}"
    shutil.move(path, elsewhere)
    path.symlink_to(elsewhere)


def spoil(ledger: Ledger, damage: str) -> None:
    lines = ledger.file.read_text(encoding="utf-8").splitlines()
    second = json.loads(lines[1])
    if damage == "byte":
        path = ledger.folder / "2018-03-v2" / "values.csv"
        path.chmod(0o644)
        path.write_bytes(path.read_bytes().replace(b"6.14", b"6.15"))
    elif damage == "file":
        (ledger.folder / "2018-03-v1" / "cases.parquet").unlink()
    elif damage == "folder":
        (ledger.folder / "2018-03-v3").rename(ledger.folder.parent / "away")
    elif damage == "extra file":
        (ledger.folder / "2018-03-v1" / "more.csv").touch()
    elif damage == "line":
        lines[1] = lines[1].replace("another number", "no reason")
    elif damage == "rehashed line":
        second["published_by"] = "somebody else"
        second["entry_hash"] = entry_hash(second)
        lines[1] = json.dumps(second)
    elif damage == "line out":
        del lines[1]
    elif damage == "last line out":
        del lines[2]
    elif damage == "order":
        lines[0], lines[1] = lines[1], lines[0]
    elif damage == "added line":
        lines.append(lines[2])
    elif damage == "nonsense":
        lines[1] = lines[1][:-9]
    elif damage == "folder as a link":
        replace_by_link(ledger.folder / "2018-03-v2")
    elif damage == "file as a link":
        replace_by_link(ledger.folder / "2018-03-v2" / "values.csv")
    elif damage == "link added":
        (ledger.folder / "more").symlink_to(ledger.folder.parent)
    elif damage == "file at the top":
        (ledger.folder / "notes.txt").touch()
    elif damage == "ledger as a link":
        replace_by_link(ledger.file)
        return
    elif damage == "bytes":
        ledger.file.write_bytes(ledger.file.read_bytes().replace(b"another", b"an\xffther", 1))
        return
    elif damage == "no line end":
        ledger.file.write_bytes(ledger.file.read_bytes()[:-1])
        return
    else:
        lines[1] = spoil_form(damage, lines[1])
    ledger.file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@pytest.mark.parametrize(("name", "mode"), [("values.csv", 0o644), ("cases.parquet", 0o644)])
def test_another_mode_is_told_and_stops_no_build(
    name: str, mode: int, ledger: Ledger, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (ledger.folder / "2018-03-v1" / name).chmod(mode)
    assert main(["--verify", "--warehouse", str(warehouse)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert f"2018-03-v1/{name}: the file has the mode 0644, not 0" in line
    assert len(ledger.sound_entries()) == 3


OTHERS = (None, True, 0, -1, 1.5, 10**30, "", "text", "\ud800", [], ["values.csv"], {}, {"a": []})


def places(value: object, place: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the way to every part of a line."""
    yield place
    if isinstance(value, dict):
        for name, part in value.items():
            yield from places(part, (*place, name))


def changed(entry: object, place: tuple[str, ...], other: object, *, is_gone: bool) -> object:
    """Return a line in which one part is another, or is gone."""
    if not place:
        return other
    whole = json.loads(json.dumps(entry))
    owner = whole
    for name in place[:-1]:
        owner = owner[name]
    if is_gone:
        del owner[place[-1]]
    else:
        owner[place[-1]] = other
    return whole


@pytest.mark.parametrize("is_rehashed", [False, True])
def test_any_part_of_any_type_ends_in_one_line_each(
    is_rehashed: bool, ledger: Ledger, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the last line, with no line after it, and rehashed, so that no hash shows it."""
    *before, last = ledger.file.read_text(encoding="utf-8").splitlines()
    entry = json.loads(last)
    for place in places(entry):
        for other in (*OTHERS, "gone"):
            spoiled = changed(entry, place, other, is_gone=other == "gone" and bool(place))
            if is_rehashed and isinstance(spoiled, dict):
                with suppress(UnicodeEncodeError):
                    spoiled["entry_hash"] = entry_hash(spoiled)
            if spoiled == entry:
                continue
            lines = [*before, json.dumps(spoiled)]
            ledger.file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            problems = ledger.problems()
            # What may be any text, and is hashed anew, only a hash noted down elsewhere tells.
            kinds = (type(value_at(entry, place)), type(None) if place == ("reason",) else str)
            assert problems or (is_rehashed and isinstance(other, kinds)), (place, other)
            assert all(problem.isprintable() for problem in problems)
            if problems:
                with pytest.raises(UserError):
                    ledger.sound_entries()
    assert main(["--verify", "--warehouse", str(warehouse)]) == 1
    assert publish(warehouse, "--reason", "more") == 2
    assert all(line.startswith("error: ") for line in capsys.readouterr().err.splitlines())


def value_at(entry: object, place: tuple[str, ...]) -> object:
    for name in place:
        entry = entry[name]
    return entry


def test_a_ledger_that_is_a_file_is_refused(
    warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = warehouse.with_name("ledger")
    path.touch()
    assert main(["--verify", "--ledger", str(path), "--warehouse", str(warehouse)]) == 2
    assert "this is not a folder" in capsys.readouterr().err


def test_a_cut_off_end_is_found_by_a_hash_noted_down(
    ledger: Ledger, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = ledger.entries()[-1]["entry_hash"]
    spoil(ledger, "last line out")
    spoil(ledger, "folder")
    assert main(["--verify", "--warehouse", str(warehouse)]) == 0
    assert main(["--verify", "--head", head, "--warehouse", str(warehouse)]) == 1
    assert "lines were removed" in capsys.readouterr().err


@pytest.mark.parametrize("killed_at", ["replace", "rename"])
def test_a_killed_publication_is_whole_or_not_there(
    killed_at: str, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the ledger's line: never published. After it: the next process finishes."""
    assert publish(warehouse) == 0
    change_value(warehouse, 50)
    script = (
        "import os, sys; from pathlib import Path; from vital_signs.ledger.command import main\n"
        f"Path.{killed_at} = lambda *arguments: os._exit(9)\n"
        "main(sys.argv[1:])"
    )
    options = ["--month", "2018-03", "--by", "t", "--reason", "r", "--warehouse", str(warehouse)]
    killed = subprocess.run(
        [sys.executable, "-c", script, *options],
        env={**os.environ, "PYTHONPATH": str(PROJECT / "scripts")},
        check=False,
    )
    assert killed.returncode == 9
    folder = warehouse.parent / "publications" / "county"
    assert (folder / "unfinished").is_dir()
    assert main(["--verify", "--warehouse", str(warehouse)]) == 0
    assert not (folder / "unfinished").exists()
    assert len(Ledger(folder).entries()) == (1 if killed_at == "replace" else 2)
    assert (folder / "2018-03-v2").is_dir() == (killed_at == "rename")


def test_two_at_once_do_not_meet(
    ledger: Ledger, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change_value(warehouse, 77)
    with ledger.locked():
        assert publish(warehouse, "--reason", "more") == 2
    assert "another publication or build is using the ledger" in capsys.readouterr().err
    assert len((ledger.folder / LEDGER_FILE).read_text().splitlines()) == 3


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("delete from ledger.definitions", "what code it was built with"),
        ("update ledger.definitions set project_hash = 'old'", "have changed since"),
        ("delete from indicators.fct_indicator_values", "does not report 2018-03"),
        ("drop table intermediate.int_figure_cases", "has not been built in full"),
        ("drop table raw.extract_log", "has not been built"),
    ],
)
def test_a_warehouse_that_cannot_be_published_says_why(
    statement: str, expected: str, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(statement)
    assert publish(warehouse) == 2
    assert expected in capsys.readouterr().err
    assert not (warehouse.parent / "publications").exists()


def test_ledgers_of_two_systems_are_kept_apart(
    ledger: Ledger, warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("update raw.extract_log set source_system = 'ANOTHER'")
    assert publish(warehouse, "--reason", "more") == 2
    assert "the ledger is for MADE UP" in capsys.readouterr().err
