"""The dictionary: an entry for each indicator, complete, readable, and without data."""

from __future__ import annotations

import html.parser
import re
from pathlib import Path

import pytest
from vital_signs.commands import PROJECT
from vital_signs.dictionary import command as dictionary
from vital_signs.dictionary.entries import Seeds, _history
from vital_signs.dictionary.lineage import Project, measures_of

from tests.engine.building import Compiled

SQL = """
with cases as (select 1)

select
    case_id,
    -- 3.3: in time, (see section 19), or late
    cast(coalesce(days <= 45, false) as double) as measure_in_time,
    case when outcome = 'a, b' then 1 end as measure_second,
    month_end

from cases
"""


def node(name: str, kind: str, path: str, *parents: str, **more: object) -> dict:
    return {
        "unique_id": f"{kind}.{name}",
        "name": name,
        "resource_type": kind,
        "original_file_path": path,
        "schema": "raw",
        "description": f"One row per {name}.",
        "depends_on": {"nodes": list(parents)},
        "raw_code": "select 1",
        "columns": {},
        **more,
    }


@pytest.fixture
def project() -> Project:
    cases = "models/populations/cases/int_cases__things.sql"
    staged = "models/staging/ssd/s.sql"
    nodes = [
        node("int_cases__things", "model", cases, "model.stg_ssd__things", "model.stg_landing__x",
             compiled_code=SQL),
        node("stg_ssd__things", "model", staged, "source.things", "seed.limits"),
        node("stg_landing__x", "model", "models/staging/landing/x.sql", "source.other"),
        node("limits", "seed", "seeds/limits.csv"),
        node("keys_are_kept", "test", "tests/dbt/k.sql", "model.stg_ssd__things"),
        node("not_null_things", "test", "m.yml", "model.stg_ssd__things", test_metadata={"x": 1}),
        node("elsewhere", "test", "tests/dbt/e.sql", "model.unrelated"),
    ]  # fmt: skip
    unit = {
        "name": "on_day_45",
        "model": "int_cases__things",
        "description": "At the limit.",
        "expect": {"rows": [{"case_id": "x", "measure_in_time": 1}]},
    }
    return Project(
        {
            "nodes": {item["unique_id"]: item for item in nodes},
            "sources": {
                f"source.{name}": node(name, "source", "s.yml") for name in ("things", "other")
            },
            "unit_tests": {"u": unit},
        }
    )


def test_the_sql_of_a_rule_is_its_column_with_its_comment() -> None:
    found = measures_of(SQL)

    assert list(found) == ["in_time", "second"]
    assert found["in_time"].startswith("-- 3.3: in time, (see section 19), or late\ncast(")
    assert found["second"] == "case when outcome = 'a, b' then 1 end as measure_second"


def test_lineage_ends_at_raw_and_does_not_follow_the_choice_of_the_extract(
    project: Project,
) -> None:
    lineage = project.lineage("model.int_cases__things")

    assert [item["name"] for item in lineage.raw_tables] == ["things"]
    assert [item["name"] for item in lineage.seeds] == ["limits"]
    assert {item["name"] for item in lineage.models} == {
        "int_cases__things", "stg_ssd__things", "stg_landing__x",
    }  # fmt: skip


def test_tests_of_a_rule_are_told_from_those_of_the_data(project: Project) -> None:
    lineage = project.lineage("model.int_cases__things")
    (unit,) = project.unit_tests_of(lineage)
    data = {test.name: test.description for test in project.data_tests_of(lineage)}

    assert project.judges(unit, "in_time") and not project.judges(unit, "second")
    assert set(data) == {"keys_are_kept", "not_null_things"}
    assert not data["not_null_things"], "a generic test is counted and not listed"


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("- 3.3 counts 40 days from April.", True),
        ("- Numbers that move: 3.1, 3.3.", True),
        ("- 13.3 is new.", False),
        ("- 3.31 is new.", False),
        ("- 3.3p is new.", False),
        ("- version 0.3.3 of a package", False),
    ],
)
def test_history_has_the_lines_of_the_changelog_about_the_ref(line: str, is_found: bool) -> None:
    found = _history({}, "3.3", f"# Changelog\n\n## 1.0\n\n{line}\n")

    assert bool(found) == is_found
    assert not is_found or found[0].startswith("1.0: ")


def test_without_a_manifest_one_line_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dictionary.main(["--manifest", str(tmp_path / "none.json")]) == 2
    assert "run make docs" in capsys.readouterr().err


class Structure(html.parser.HTMLParser):
    """What a reader's program sees: ids, links, headings, and elements that load something."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append(tag)
        if named.get("id"):
            self.ids.append(named["id"])
        self.links += [named[name] for name in ("href", "src") if named.get(name)]


@pytest.mark.slow
def test_every_indicator_has_a_complete_entry(compiled: Compiled, tmp_path: Path) -> None:
    path = tmp_path / "dictionary.html"

    assert dictionary.main(["--manifest", str(compiled.manifest_file), "--out", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    page = Structure()
    page.feed(text)
    references = [
        row["indicator_ref"]
        for row in Seeds(PROJECT / "seeds").rows("indicators")
        if row["status"] == "live"
    ]
    for reference in references:
        anchor = "i-" + re.sub(r"\W", "-", reference)
        assert page.ids.count(anchor) == 1, reference
        entry = text.split(f'id="{anchor}"')[1].split("</article>")[0]
        assert "<strong>Formula:</strong>" in entry, reference
        assert re.search(r"<pre><code>.*measure_\w+</code></pre>", entry, re.DOTALL), reference
        assert "<td>no figure</td>" in entry, reference
        assert re.search(r"<dt>raw</dt><dd>raw\.", entry), reference
        assert re.search(r"Tests of .*: \d+ of its rule", entry), reference
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids), "links stay inside"
    assert not {"script", "img", "link", "iframe"} & set(page.tags), "nothing is loaded"
    assert page.tags.count("h1") == 1
