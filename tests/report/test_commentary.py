"""Commentary: what is shown, what is refused and how a refusal is worded."""

from __future__ import annotations

from pathlib import Path

import pytest
from vital_signs.commands import PROJECT
from vital_signs.errors import UserError
from vital_signs.report.commentary import LONGEST_TEXT, read_commentary
from vital_signs.report.sections import commentary_names

AREAS = ["norwich", "south"]
FRONT = "---\nmonth: 2018-03\nauthor_role: Head of social work\ndate: 2018-04-12\n---\n"


def written(folder: Path, text: str, name: str = "assessments.md") -> Path:
    file = folder / "2018-03" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def read(folder: Path) -> dict:
    return read_commentary(folder, "2018-03", commentary_names(), AREAS)


def refusal(folder: Path) -> str:
    with pytest.raises(UserError) as caught:
        read(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_text_is_shown_with_its_author_and_day(tmp_path: Path) -> None:
    written(tmp_path, FRONT + "Timeliness **rose**.\n\n- one\n- two\n")
    text = read(tmp_path)["county", "assessments"]

    assert text.author_role == "Head of social work"
    assert text.written_on.isoformat() == "2018-04-12"
    assert "<strong>rose</strong>" in text.body
    assert text.body.count("<li>") == 2


def test_a_locality_has_a_folder_of_its_own(tmp_path: Path) -> None:
    written(tmp_path, FRONT + "County.")
    written(tmp_path, FRONT + "Norwich.", "norwich/assessments.md")

    assert set(read(tmp_path)) == {("county", "assessments"), ("norwich", "assessments")}


def test_a_month_without_texts_is_no_mistake(tmp_path: Path) -> None:
    assert read(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (FRONT + "Up.\n\n<b>bold</b> words", 8, "html"),
        (FRONT + "Up.\n\n<script>alert(1)</script>", 8, "html"),
        (FRONT + "first\nsecond <i>x</i>", 7, "html"),
        (FRONT + "![a](https://example.org/a.png)", 6, "a picture"),
        (FRONT + "# Mine", 6, "a heading"),
        (FRONT + "[click](javascript:alert(1)) me", 6, None),
        (FRONT + "[see](file:///etc/passwd)", 6, None),
        (FRONT + "Up.\n\n[see](other.html)", 8, "a link that cannot be followed"),
        (FRONT + "\n \n", None, "there is no text"),
        (FRONT + "word " * 700, 6, "3,500 characters"),
        (FRONT.replace("2018-03", "2018-02", 1) + "x", 2, "'2018-02'"),
        (FRONT.replace("author_role: Head of social work\n", "") + "x", 4, "no author_role"),
        (FRONT.replace("Head of social work", "") + "x", 5, "no author_role"),
        (FRONT.replace("2018-04-12", "12/04/2018") + "x", 4, "is not a date"),
        (FRONT.replace("date:", "day:") + "x", 4, "not recognised"),
        (FRONT.replace("date:", "public: maybe\ndate:") + "x", 4, "'maybe' is not a valid value"),
        ("No front matter.", 1, "no front matter"),
        ("---\nmonth: 2018-03\n", 2, "does not end"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int | None, what: str | None
) -> None:
    written(tmp_path, text)
    if what is None:
        # Not even a link to the reader of Markdown: the words are shown as they were typed.
        assert "<a " not in read(tmp_path)["county", "assessments"].body
        return
    message = refusal(tmp_path)

    assert what in message
    assert "assessments.md" in message
    assert line is None or f"line {line}" in message


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("asessments.md", "there is no section 'asessments.md'"),
        ("assessments.txt", "there is no section"),
        ("cornwall/assessments.md", "there is no area 'cornwall'"),
        ("norwich/more/assessments.md", "there is no area"),
    ],
)
def test_a_file_that_belongs_nowhere_is_refused(tmp_path: Path, name: str, what: str) -> None:
    written(tmp_path, FRONT + "x", name)

    assert what in refusal(tmp_path)


def test_a_text_of_the_longest_length_is_shown(tmp_path: Path) -> None:
    written(tmp_path, FRONT + "a" * LONGEST_TEXT)
    assert read(tmp_path)
    written(tmp_path, FRONT + "a" * (LONGEST_TEXT + 1))
    assert "characters" in refusal(tmp_path)


def test_a_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "").write_bytes(FRONT.encode() + b"caf\xe9")

    assert "not UTF-8" in refusal(tmp_path)


def test_the_texts_of_the_project_can_be_shown() -> None:
    areas = ["breckland", "north", "norwich", "south", "west", "yarmouth"]
    texts = read_commentary(PROJECT / "commentary", "2018-03", commentary_names(), areas)

    assert ("county", "overview") in texts
    assert ("county", "recommendation") in texts
    for text in texts.values():
        assert "made-up demonstration county" in text.body
