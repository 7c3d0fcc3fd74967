"""The command and its pages on a small warehouse: safe, self-contained, repeatable, atomic."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from vital_signs.commands import EXIT_USER_ERROR
from vital_signs.errors import UserError
from vital_signs.report import command
from vital_signs.report.command import make_report

from tests.report.reading import Page
from tests.report.small import make_warehouse, rows

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_warehouse(tmp_path_factory.mktemp("small") / "w.duckdb", rows())


@pytest.fixture(scope="module")
def folder(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(warehouse, tmp_path_factory.mktemp("out"))


def made(warehouse: Path, out: Path, **options: object) -> Path:
    commentary = options.pop("commentary", out / "no-commentary")
    return make_report(warehouse, "2018-03", out=out, commentary=commentary, **options)


def html(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.html")}


def test_a_page_for_each_area_and_one_for_the_committee(folder: Path) -> None:
    assert set(html(folder)) == {"county.html", "norwich.html", "committee.html"}


def test_the_same_data_give_the_same_bytes(warehouse: Path, folder: Path, tmp_path: Path) -> None:
    again = made(warehouse, tmp_path)

    for file in folder.glob("*.html"):
        assert file.read_bytes() == (again / file.name).read_bytes(), file.name


def test_a_page_fetches_nothing_and_forbids_it(folder: Path) -> None:
    for name, text in html(folder).items():
        page = Page(text)
        assert page.fetched() == [], name
        policy = next(
            item.attributes["content"]
            for item in page.all("meta")
            if item.attributes.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "url(" not in text
        assert "@import" not in text
        assert not page.with_attribute("style"), "the policy would block it"


def test_every_link_within_a_page_leads_somewhere(folder: Path) -> None:
    for name, text in html(folder).items():
        page = Page(text)
        places = [item.attributes["id"] for item in page.with_attribute("id")]
        assert len(places) == len(set(places)), name
        links = {item.attributes["href"] for item in page.with_attribute("href")}
        assert {link for link in links if link[0] != "#"} == set()
        assert {link[1:] for link in links} <= set(places), name


def test_every_number_of_the_summary_leads_to_its_definition(folder: Path) -> None:
    page = Page(html(folder)["county.html"])
    cells = [item for item in page.with_attribute("data-c") if item.tag == "td"]
    linked = {id(item.inside[-1]) for item in page.all("a")}
    numbers = [cell for cell in cells if any(letter.isdigit() for letter in cell.text)]

    assert numbers
    assert all(id(cell) in linked for cell in numbers)


def test_what_people_wrote_cannot_become_markup(tmp_path: Path) -> None:
    text = tmp_path / "commentary" / "2018-03" / "assessments.md"
    text.parent.mkdir(parents=True)
    text.write_text(
        f"---\nmonth: 2018-03\nauthor_role: Head {HOSTILE}\ndate: 2018-04-12\n---\n"
        "plain &lt;script&gt; and `<script>alert(3)</script>`\n",
        encoding="utf-8",
    )
    warehouse = make_warehouse(tmp_path / "w.duckdb", rows(HOSTILE))
    folder = made(warehouse, tmp_path / "out", commentary=tmp_path / "commentary")
    harmless = html(made(make_warehouse(tmp_path / "v.duckdb", rows()), tmp_path / "plain"))

    for name, text in html(folder).items():
        page, plain = Page(text), Page(harmless[name])
        assert len(page.all("script")) == len(plain.all("script")), name
        assert page.all("img") == []
        assert not [
            key for item in page.elements for key in item.attributes if key.startswith("on")
        ]
        assert "alert(1)" in "".join(item.text for item in page.elements), "it is shown as text"


def test_rag_and_travel_are_told_in_words(folder: Path) -> None:
    text = html(folder)["county.html"]
    page = Page(text)
    signs = [
        item for item in page.all("td") if item.attributes.get("data-v") in ("red", "worsened")
    ]
    assert signs
    for sign in signs:
        words = [
            item
            for item in page.all("span")
            if item.attributes.get("class") == "vh" and sign in item.inside
        ]
        assert words


def test_a_missing_commentary_is_a_gap_that_can_be_seen(folder: Path) -> None:
    text = html(folder)["county.html"]

    assert "No commentary was written for this section (commentary/2018-03/assessments.md)" in text
    assert "No overview was written" in text


def test_a_missing_number_says_why_and_is_no_nought(tmp_path: Path) -> None:
    tables = rows()
    for row in tables["indicator_summary"]:
        if row["indicator_ref"] == "3.3":
            row |= {
                "value_m0": None,
                "text_m0": "-",
                "rag_status": None,
                "availability": "insufficient_history",
                "availability_reason": "ssd_contacts is complete only from 2016-01-01",
            }
    folder = made(make_warehouse(tmp_path / "w.duckdb", tables), tmp_path / "out")
    page = Page(html(folder)["county.html"])
    card = next(
        item for item in page.with_attribute("data-card") if item.attributes["id"] == "d-3.3"
    )

    assert "does not go back far enough (ssd_contacts is complete only from" in card.text


def test_cases_in_doubt_and_broken_rules_are_shown_where_they_are_published(tmp_path: Path) -> None:
    file = make_warehouse(tmp_path / "w.duckdb", rows())
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            """
            insert into published.quality_by_indicator values
            ('internal', '3.3', date '2018-03-31', 'COUNTY', 1178, 1170, 31, 30, 'ASM-03'),
            ('internal', '3.3', date '2018-03-31', 'SOUTH', 178, 170, 21, 20, 'ASM-03'),
            ('internal', '3.3', date '2018-02-28', 'COUNTY', 999, 999, 99, 99, 'ASM-03')
            """
        )
        connection.execute(
            """
            insert into published.quality_summary values
            ('internal', 'ASM-03', 'ssd_cin_assessments', 'warn', 'kept', 'late', 'Mend.', 1234),
            ('internal', 'S47-01', 'ssd_s47_enquiry', 'error', 'quarantined', 'none', 'Do.', 7)
            """
        )

    def of(page: Page, name: str) -> list[str]:
        return [
            item.text
            for item in page.all("td")
            if any(other.attributes.get("data-table") == name for other in item.inside)
        ]

    page = Page(html(made(file, tmp_path / "out"))["county.html"])

    assert of(page, "quality_by_indicator") == ["1,178", "31", "30", "ASM-03"]
    assert of(page, "quality_summary") == [
        *("Error", "ssd_s47_enquiry", "7", "Do."),
        *("Warning", "ssd_cin_assessments", "1,234", "Mend."),
    ]


def test_the_first_month_of_a_warehouse_has_a_report(tmp_path: Path) -> None:
    tables = rows()
    tables["months"] = tables["months"][-1:]
    folder = made(make_warehouse(tmp_path / "w.duckdb", tables), tmp_path / "out")
    heads = [item.text for item in Page(html(folder)["county.html"]).all("th")]

    assert {"Dec 17", "Jan 18", "Feb 18", "Mar 18"} <= set(heads)


def test_a_month_without_any_number_has_a_report(tmp_path: Path) -> None:
    tables = rows()
    for row in tables["indicator_summary"] + tables["indicator_values"]:
        for column in row:
            if column.startswith(("value", "ytd_value", "rag", "direction", "raw")):
                row[column] = "-" if column == "value_text" else None
            elif column.startswith("text"):
                row[column] = "-"
        row["availability"] = "not_available"
        row["availability_reason"] = "column pers_dob of ssd_person is missing"
    folder = made(make_warehouse(tmp_path / "w.duckdb", tables), tmp_path / "out")
    page = Page(html(folder)["county.html"])

    assert "No figure: column pers_dob of ssd_person is missing." in "".join(
        item.text for item in page.all("p")
    )
    tiles = {item.attributes["data-tile"]: item.text for item in page.with_attribute("data-tile")}
    assert tiles["missing"] == "2"


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"month": "2019-01"}, "there is no 2019-01 in the warehouse: choose a month from"),
        ({"month": "2017-06"}, "no internal edition of 2017-06"),
        ({"month": "March"}, "'March' is not a month"),
        ({"areas": ["ATLANTIS"]}, "there is no area 'ATLANTIS'"),
        ({"audience": "public"}, "no public edition of 2018-03"),
    ],
)
def test_what_is_not_there_is_refused_and_nothing_is_written(
    warehouse: Path, tmp_path: Path, options: dict, what: str
) -> None:
    month = options.pop("month", "2018-03")
    with pytest.raises(UserError, match=what):
        make_report(warehouse, month, out=tmp_path / "out", commentary=tmp_path, **options)
    assert not (tmp_path / "out").exists()


def test_a_warehouse_that_was_never_built_is_refused(tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / "w.duckdb")).close()
    with pytest.raises(UserError, match=r"there is no published\.months"):
        make_report(tmp_path / "w.duckdb", "2018-03", out=tmp_path / "out")
    with pytest.raises(UserError, match="there is no such file"):
        make_report(tmp_path / "v.duckdb", "2018-03", out=tmp_path / "out")


def test_the_folder_is_swapped_only_when_every_page_is_made(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made(warehouse, tmp_path)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    (folder / "old.html").write_text("of last time")
    monkeypatch.setattr(
        command.CommitteePage,
        "committee_page",
        lambda self: (_ for _ in ()).throw(OSError(28, "full")),
    )
    with pytest.raises(UserError, match="cannot be written: full"):
        made(warehouse, tmp_path)

    assert {file.name for file in folder.iterdir()} == {*before, "old.html"}
    assert [path.name for path in tmp_path.iterdir()] == ["2018-03"], "nothing is left beside it"
    monkeypatch.undo()
    made(warehouse, tmp_path)
    assert {file.name for file in folder.iterdir()} == set(before), "what is old has gone"


def test_one_page_leaves_the_others_where_they_are(warehouse: Path, tmp_path: Path) -> None:
    folder = made(warehouse, tmp_path)
    kept = (folder / "county.html").stat().st_mtime_ns
    made(warehouse, tmp_path, areas=["norwich"])

    assert (folder / "county.html").stat().st_mtime_ns == kept
    assert (folder / "committee.html").is_file()


def test_a_public_edition_has_its_own_folder_and_only_texts_meant_for_it(tmp_path: Path) -> None:
    tables = rows()
    for name in ("indicator_summary", "indicator_values", "exceptions"):
        tables[name] += [{**row, "edition": "public"} for row in tables[name]]
    warehouse = make_warehouse(tmp_path / "w.duckdb", tables)

    for section, line in (("assessments", ""), ("overview", "public: yes\n")):
        text = tmp_path / "texts" / "2018-03" / f"{section}.md"
        text.parent.mkdir(parents=True, exist_ok=True)
        text.write_text(
            f"---\nmonth: 2018-03\nauthor_role: Head\ndate: 2018-04-12\n{line}---\nOf {section}.\n"
        )
    options = {"commentary": tmp_path / "texts"}
    internal = made(warehouse, tmp_path / "out", **options)
    public = made(warehouse, tmp_path / "out", audience="public", **options)
    assert "Of overview." in html(public)["county.html"]
    assert "Of assessments." in html(internal)["county.html"]
    assert "Of assessments." not in html(public)["county.html"], "nobody said that it may"
    assert (internal.name, public.name) == ("2018-03", "2018-03-public")
    assert "Not for publication" in html(internal)["county.html"]
    assert "Public edition" in html(public)["county.html"]


def test_long_work_is_told_and_short_work_is_not(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 0.5, 2.5])
    monkeypatch.setattr(command.time, "monotonic", lambda: next(clock))
    progress = command.Progress(2)
    progress.step("county.html")
    progress.step("norwich.html")

    assert capsys.readouterr().err == "[2/2] norwich.html\n"


def test_the_command_says_what_it_made_and_ends_mistakes_in_one_line(
    warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--month", "2018-03", "--warehouse", str(warehouse), "--out", str(tmp_path)]
    (tmp_path / "texts").mkdir()
    assert command.main([*given, "--commentary", str(tmp_path / "texts")]) == 0
    assert "county.html" in capsys.readouterr().out

    assert command.main([*given, "--commentary", str(tmp_path / "none")]) == EXIT_USER_ERROR
    assert "there is no such folder" in capsys.readouterr().err
    assert command.main([*given, "--area", "nowhere"]) == EXIT_USER_ERROR
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert error.startswith("error: there is no area 'NOWHERE'")
