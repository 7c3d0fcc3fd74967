"""The tables of settings are what their YAML says; a mistake in one is told by file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from vital_signs import settings
from vital_signs.commands import PROJECT

SEEDS = PROJECT / "seeds"


def test_the_tables_that_the_project_keeps_are_in_order() -> None:
    tables = settings.read_tables(SEEDS)

    assert set(tables) == {path.stem for path in SEEDS.rglob("*.csv")}
    assert settings.problems(tables) == []


# Table, a text in it and what stands there instead, and what is said of it.
MISTAKES = {
    "a value that is not allowed": (
        ("vital_sign_flags", ",budget,", ",cost,"),
        "'cost' is not allowed (vital_sign_flags.csv, line 2, column rule): use one of budget,"
        " risk",
    ),
    "a day that is none": (
        ("vital_sign_flags", "2018-01-31", "31/01/2018"),
        "'31/01/2018' is not a date (vital_sign_flags.csv, line 3, column month_to): write it like"
        " 2018-03-31",
    ),
    "a period that ends before it begins": (
        ("vital_sign_flags", "2018-01-31", "2017-01-31"),
        "2017-01-31 is before 2017-11-30 of month_from (vital_sign_flags.csv, line 3, column"
        " month_to): correct one of them",
    ),
    "a cell that must not be empty": (
        ("vital_sign_flags", "Head of social work", ""),
        "the cell is empty (vital_sign_flags.csv, line 3, column author_role): fill it in",
    ),
    "a reference to nothing": (
        ("vital_sign_flags", "assessment_caseloads", "case_loads"),
        "'case_loads' is not in vital_signs (vital_sign_flags.csv, line 3, column vital_sign_code):"
        " correct it, or add it to vital_signs.csv",
    ),
    "a part of a key that is empty": (
        ("indicator_raw_tables", "\n1.2,", "\n,"),
        "a part of the key is empty (indicator_raw_tables.csv, line 4, column indicator_ref): fill"
        " it in",
    ),
    "a column too many": (
        ("vital_sign_flags", "month_to,", "month_to,until,"),
        "the column is not declared (vital_sign_flags.csv, line 1, column until): remove it, or"
        " describe it",
    ),
    "a comma without quotes": (
        ("vital_sign_flags", ",budget,", ",budget,and,"),
        "8 cells for 7 columns (vital_sign_flags.csv, line 2): quote cells with commas",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_place_and_what_to_do(mistake: str, tmp_path: Path) -> None:
    (name, text, instead), said = MISTAKES[mistake]
    folder = shutil.copytree(SEEDS, tmp_path / "seeds")
    (path,) = folder.rglob(f"{name}.csv")
    before = path.read_text(encoding="utf-8")
    assert text in before
    path.write_text(before.replace(text, instead, 1), encoding="utf-8")

    found = settings.problems(settings.read_tables(folder))

    assert said in [line.replace(f"{path.parent}/", "") for line in found]


def test_rows_with_one_key_are_told_by_both_their_lines(tmp_path: Path) -> None:
    """A folder of a council's own stands in for the project's tables, by their names."""
    own = tmp_path / "own"
    own.mkdir()
    (path,) = SEEDS.rglob("editions.csv")
    rows = path.read_text(encoding="utf-8")
    (own / path.name).write_text(rows + rows.splitlines()[1] + "\n", encoding="utf-8")
    line = len(rows.splitlines()) + 1

    (said,) = settings.problems(settings.read_tables(SEEDS, own))

    assert "is there twice, first in line 2" in said
    assert f"({own / path.name}, line {line}, column edition)" in said


def test_the_command_fails_with_a_line_for_each_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert settings.main([]) == 0
    assert "tables of settings are in order" in capsys.readouterr().out
    (tmp_path / "editions.csv").write_text("edition\n", encoding="utf-8")

    assert settings.main([str(tmp_path)]) == 1
    assert [line[:7] for line in capsys.readouterr().err.splitlines()] == ["error: "] * 2
