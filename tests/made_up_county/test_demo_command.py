"""The command: what happens on a user's mistake, before anything is made."""

from __future__ import annotations

import json

import pytest
from made_up_county import command as make_demo_extract


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--from", "2013-13"], "not a month"),
        (["--from", "April 2013"], "not a month"),
        (["--from", "2012-01"], "outside the county's calendar"),
        (["--to", "2018-04"], "outside the county's calendar"),
        (["--from", "2017-05", "--to", "2017-04"], "is before"),
        (["--scale", "0"], "give 1 or more"),
    ],
)
def test_a_mistake_ends_in_one_line_and_code_2(tmp_path, capsys, arguments, message):
    code = make_demo_extract.main(["--out", str(tmp_path / "demo"), *arguments])
    assert code == 2
    error = capsys.readouterr().err
    assert error.startswith("error: ") and error.count("\n") == 1
    assert message in error
    assert not (tmp_path / "demo").exists()


def test_a_folder_with_other_files_is_not_touched(tmp_path, capsys):
    kept = tmp_path / "minutes.txt"
    kept.write_text("keep me", encoding="utf-8")
    assert make_demo_extract.main(["--out", str(tmp_path)]) == 2
    assert "holds other files" in capsys.readouterr().err
    assert kept.read_text(encoding="utf-8") == "keep me"


def test_a_folder_with_another_extract_is_not_touched(tmp_path, capsys):
    manifest = tmp_path / "extract.json"
    manifest.write_text(json.dumps({"extract_id": "2018-04-10"}), encoding="utf-8")
    assert make_demo_extract.main(["--out", str(tmp_path)]) == 2
    assert "holds the extract 2018-04-10" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["extract.json"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path, capsys):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert make_demo_extract.main(["--out", str(blocked / "demo")]) == 2
    assert str(blocked) in capsys.readouterr().err
