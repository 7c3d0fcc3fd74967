"""A ref added by CONTRIBUTING's recipes works; with a line forgotten it fails and says which.

The recipes are followed in a copy of the project, alongside refs with something left out. The
copy is built by its own SQL from a random extract.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from vital_signs.build import running
from vital_signs.build.culprits import culprits
from vital_signs.commands import PROJECT
from vital_signs.errors import FailedError
from vital_signs.report.command import make_report
from vital_signs.report.sections import SECTIONS
from vital_signs.sharing.published import copy_published

from tests.disclosure.alone import small_counts_found
from tests.engine.building import Builder, Compiled, dbt
from tests.oracle.fuzz import make_extract
from tests.project.recipes import add, copy_of_the_project, recipes
from tests.project.rules import RULES

CATALOGUE = "seeds/indicators/indicators.csv"
RAW_TABLES = "seeds/indicators/indicator_raw_tables.csv"
TEXTS = "seeds/report_texts/indicator_texts.csv"
POPULATIONS = "seeds/disclosure/disclosure_populations.csv"
MODEL = "models/populations/cases/protection/int_cases__s47_completed.sql"
DESCRIPTIONS = "models/populations/cases/protection/_protection_cases__models.yml"
UNIT_TESTS = "models/populations/cases/protection/_protection_cases__unit_tests.yml"
RULES_OF = "seeds/quality/quality_rule_indicators.csv"
VITAL_SIGNS = "seeds/committee/vital_signs.csv"
TOLERANCES = "seeds/indicators/indicator_tolerances.csv"
RECIPE_REFS = ("4.4r", "4.8")
NEEDS = "every_live_indicator_has_all_that_it_needs"
SMALL_COUNTS = "the_public_edition_shows_no_small_count"
LIMIT = 5


def add_ref(project: Path, ref: str, *forgotten: str) -> None:
    """Add a ref with a measure of its own, but for the files that are forgotten."""
    measure = f"s47_test_{ref[-1]}"
    share = "4,{},sum,count,,100,month,ratio,low,percent,1,locality,0,yes,{},live,,,yes"
    day = "2018-03-31"
    lines = {
        CATALOGUE: f"{ref},New {ref},{share.format(measure, 500 + int(ref[-1]))}\n",
        MODEL: f"""    -- {ref}
    cast(coalesce(outcome_group = 'SUBST_RISK', false) as double) as measure_{measure},
""",
        DESCRIPTIONS: f"      - name: measure_{measure}\n        description: {ref}. Outcome.\n",
        UNIT_TESTS: f"""  - name: unit_test_of_{measure}
    description: {ref}. With the outcome, and without one.
    model: int_cases__s47_completed
    given:
      - input: ref('fct_s47_enquiries')
        rows:
          - {{s47_id: a, is_cancelled: false, completed_date: {day}, outcome_group: SUBST_RISK}}
          - {{s47_id: b, is_cancelled: false, completed_date: {day}}}
    expect:
      rows:
        - {{case_id: a, measure_{measure}: 1}}
        - {{case_id: b, measure_{measure}: 0}}
""",
        POPULATIONS: f"{measure},s47_completed,yes\n",
        TEXTS: f"{ref},What {ref} counts.,The one over the other.,\n",
        RAW_TABLES: like(project, RAW_TABLES, "4.4,").replace("4.4,", f"{ref},"),
    }
    for file, text in lines.items():
        if file not in forgotten:
            add(project, file, text)


def like(project: Path, file: str, start: str) -> str:
    """Return the line of a file that starts so."""
    lines = (project / file).read_text(encoding="utf-8").splitlines(keepends=True)
    return next(line for line in lines if line.startswith(start))


class Copy:
    """The changed copy: its manifest, and the warehouse that its SQL built."""

    def __init__(self, folder: Path) -> None:
        self.project = copy_of_the_project(folder)
        for file, text in recipes(self.project):
            add(self.project, file, text)
        add_ref(self.project, "Z.1", POPULATIONS)
        add_ref(self.project, "Z.2", TEXTS)
        add_ref(self.project, "Z.3", RAW_TABLES)
        add_ref(self.project, "Z.4", UNIT_TESTS)
        add_ref(self.project, "Z.5", POPULATIONS, TEXTS, RAW_TABLES, UNIT_TESTS)
        add(self.project, RULES_OF, "GEN-01,Z.9\n")
        # So that it stands on the dashboard, on a report card and among the exceptions.
        add(self.project, VITAL_SIGNS, "z,Z.1,New sign,A role,A role,2000-01-01,,900,\n")
        add(self.project, TOLERANCES, "Z.1,2000-01-01,1%,1,1,1,,no\n")
        target, seeded = self.project / "target", folder / "seeded.duckdb"
        dbt("seed", target, seeded, project=self.project)
        dbt(
            *("compile", target, seeded, "--select", "resource_type:model"),
            *("path:tests/dbt/catalogue", "path:tests/dbt/published"),
            project=self.project,
        )
        self.compiled = Compiled(seeded, target / "manifest.json")
        make_extract(folder / "extract", 101, size="small", complete=True)
        self.warehouse = Builder(seeded, self.compiled.manifest)(
            folder / "extract", folder / "warehouse.duckdb"
        )

    def test(self, name: str) -> dict[str, Any]:
        return self.compiled.manifest["nodes"][f"test.vital_signs.{name}"]

    def lines_of(self, name: str) -> list[str]:
        """Return what a build says of a test that failed."""
        result = {"status": "fail", "compiled_code": self.test(name)["compiled_code"]}
        return culprits(self.warehouse, [result])


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("new_refs"))


@pytest.mark.slow
def test_what_was_forgotten_fails_with_the_ref_and_what_to_add(copy: Copy) -> None:
    assert copy.test(NEEDS)["config"]["severity"].lower() == "error"
    lines = copy.lines_of(NEEDS)
    expected = {
        "Z.1": [POPULATIONS],
        "Z.2": [TEXTS],
        "Z.3": [RAW_TABLES],
        "Z.5": [POPULATIONS, TEXTS, RAW_TABLES],
        # A seed that names a ref that there is not.
        "GEN-01": [RULES_OF],
    }
    found: dict[str, list[str]] = {}
    for line in copy_of_all(copy):
        ref, _, problem = line.partition(": ")
        found.setdefault(ref, []).append(problem)
    assert {ref: len(problems) for ref, problems in found.items()} == {
        ref: len(files) for ref, files in expected.items()
    }
    for ref, files in expected.items():
        for file in files:
            assert any(re.search(f"(add|correct) .*{file}", text) for text in found[ref]), (
                ref,
                file,
            )
    assert lines[0].startswith("GEN-01: names Z.9, which is not a live indicator")
    assert lines[1].startswith("Z.1: no population is declared for its measure s47_test_1")
    assert "add the line s47_test_1,<population>,yes" in lines[1]


def copy_of_all(copy: Copy) -> list[str]:
    """Return every row of the test of companions as a line, more than a build shows."""
    with duckdb.connect(str(copy.warehouse), read_only=True) as connection:
        rows = connection.execute(copy.test(NEEDS)["compiled_code"]).fetchall()
    return [f"{ref}: {problem}" for ref, problem in rows]


@pytest.mark.slow
def test_a_measure_without_a_unit_test_fails_with_its_ref(copy: Copy) -> None:
    broken = RULES["measures_are_unit_tested"][0](copy.compiled.manifest)
    assert [line.partition(" has no")[0] for line in broken] == [
        f"Z.{number}: measure_s47_test_{number} of int_cases__s47_completed" for number in (4, 5)
    ]
    assert all(f"to {UNIT_TESTS}" in line for line in broken)


@pytest.mark.slow
def test_everything_else_is_in_order(copy: Copy) -> None:
    """The other tests of the catalogue and of what is published pass, with all the new refs."""
    failing = []
    with duckdb.connect(str(copy.warehouse), read_only=True) as connection:
        for node in copy.compiled.manifest["nodes"].values():
            if node["resource_type"] == "test" and node.get("compiled_code"):
                # Its columns are read from a database when it is compiled: here from none.
                if node["name"] == "every_measure_is_used_and_every_measure_used_exists":
                    continue
                found = connection.execute(node["compiled_code"]).fetchall()
                refs = {row[0] for row in found}
                # Without raw tables an indicator has no rows at all: another test says so, too.
                if found and not refs <= {"Z.3", "Z.5"}:
                    failing.append((node["name"], found[:3]))
    assert [name for name, _ in failing] == [NEEDS]


@pytest.mark.slow
def test_the_recipes_give_numbers_that_the_public_edition_protects(copy: Copy) -> None:
    with duckdb.connect(str(copy.warehouse), read_only=True) as connection:
        assert connection.execute(
            "select indicator_ref, definition like 'Section 47 enquiries%'"
            " from published.indicators where list_contains(?, indicator_ref) order by all",
            [RECIPE_REFS],
        ).fetchall() == [(ref, True) for ref in RECIPE_REFS]
        # 4.4r is the sum of twelve months of 4.4, 4.8 is a share of 4.4
        wrong, right = connection.execute(
            """
            with months as (
                select month_end, area_code, indicator_ref, numerator, denominator,
                    sum(numerator) over (
                        partition by indicator_ref, area_code order by month_end
                        rows between 11 preceding and current row
                    ) as of_twelve,
                    row_number() over (
                        partition by indicator_ref, area_code order by month_end
                    ) as month_number
                from published.indicator_values
                where edition = 'internal' and availability in ('available', 'no_denominator')
            )
            select
                count(*) filter (where checked <> expected), count(*) filter (where expected > 0)
            from (
                select of_months.of_twelve as expected, rolling.numerator as checked
                from months as of_months inner join months as rolling
                    using (month_end, area_code)
                where of_months.indicator_ref = '4.4' and rolling.indicator_ref = '4.4r'
                    and of_months.month_number >= 12
                union all
                select of_months.numerator, share.denominator
                from months as of_months inner join months as share using (month_end, area_code)
                where of_months.indicator_ref = '4.4' and share.indicator_ref = '4.8'
            )
            """
        ).fetchone()
        assert (wrong, right > 20) == (0, True)
        assert connection.execute(copy.test(SMALL_COUNTS)["compiled_code"]).fetchall() == []


@pytest.mark.slow
def test_a_ref_without_a_population_is_hidden_in_every_table(copy: Copy) -> None:
    with duckdb.connect(str(copy.warehouse), read_only=True) as connection:
        internal = connection.execute(
            "select count(value) from published.indicator_values"
            " where edition = 'internal' and indicator_ref = 'Z.1' and numerator between 1 and 5"
        ).fetchone()[0]
        assert internal > 5, "a ref without small numbers proves nothing"
        assert small_counts_found(connection, "public", LIMIT) == []
        assert any(
            line.startswith("Z.1 ") for line in small_counts_found(connection, "internal", LIMIT)
        )
        tables = {place.partition(".")[0] for place in shown_of(connection, "Z.1", "internal")}
        assert tables >= {
            *("indicator_values", "indicator_summary", "detail_localities", "exceptions"),
            *("report_cards", "vital_sign_months"),
        }
        assert shown_of(connection, "Z.1", "public") == {}


def shown_of(
    connection: duckdb.DuckDBPyConnection, ref: str, edition: str, schema: str = "published"
) -> dict[str, int]:
    """Return the columns with a number or a sign of a ref in an edition, and how many rows."""
    never_hidden = (
        "indicator_ref|edition|.*_code|.*_name|section.*|month_end|display_order|polarity|unit"
        "|decimal_places|is_in_report|is_suppressed|ytd_is_shown|availability"
        # a matter of the catalogue's series breaks, not of any figure
        "|is_.*_comparable"
        "|target_.*|.*_limit|lead_officer_role|data_owner_role|is_flagged_.*|months_before|shown_month_end"
    )
    shown = {}
    for table, column in connection.execute(
        "select table_name, column_name from information_schema.columns as one"
        " where table_schema = ? and not regexp_full_match(column_name, ?)"
        " and exists (from information_schema.columns as other"
        " where other.table_schema = ? and other.table_name = one.table_name"
        " and other.column_name = 'edition')"
        " and exists (from information_schema.columns as other"
        " where other.table_schema = ? and other.table_name = one.table_name"
        " and other.column_name = 'indicator_ref') order by all",
        [schema, never_hidden, schema, schema],
    ).fetchall():
        # where no place is recorded, the row says so; that it does not say so tells nothing
        silent = "false" if column == "is_not_recorded_by_locality" else "-"
        (rows,) = connection.execute(
            f'select count(*) from {schema}."{table}" where edition = ? and indicator_ref = ?'
            f' and "{column}" is not null and cast("{column}" as varchar) not in (?, ?, ?)',
            [edition, ref, "[c]", "-", silent],
        ).fetchone()
        if rows:
            shown[f"{table}.{column}"] = rows
    return shown


@pytest.mark.slow
def test_a_shared_file_hides_it_too(copy: Copy, tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{copy.warehouse}' as warehouse (read_only)")
        connection.execute(f"attach '{tmp_path / 'shared.duckdb'}' as shared")
        copy_published(connection, "public")
    with duckdb.connect(str(tmp_path / "shared.duckdb"), read_only=True) as connection:
        assert small_counts_found(connection, "public", LIMIT) == []
        assert shown_of(connection, "Z.1", "public") == {}


@pytest.mark.slow
def test_the_pages_and_the_workbook_hide_it_too(copy: Copy, tmp_path: Path) -> None:
    with duckdb.connect(str(copy.warehouse), read_only=True) as connection:
        (month,) = connection.execute(
            "select month_code from published.months where is_last"
        ).fetchone()
    # The files of an edition that hides it, and those of the one that does not.
    shown = {}
    for audience in ("public", "internal"):
        folder = make_report(copy.warehouse, month, audience=audience, out=tmp_path)
        lines = [
            " ".join(re.sub(r"<[^>]*>", " ", row).split())
            for page in sorted(folder.glob("*.html"))
            for row in re.findall(r"<tr\b.*?</tr>", page.read_text(encoding="utf-8"), re.S)
        ]
        for sheet in openpyxl.load_workbook(folder / "scorecard.xlsx"):
            lines += [
                " ".join(str(cell) for cell in row if cell is not None)
                for row in sheet.iter_rows(values_only=True)
            ]
        shown[audience] = [line for line in lines if "Z.1" in line]
    assert sum("[c]" in line for line in shown["public"]) >= 2
    # The target and its limits of 1 % are no secret.
    without_target = [re.sub(r"(?<!\S)1(\.0)?%", "", line) for line in shown["public"]]
    assert [line for line in without_target if re.search(r"\d%|\d\.\d{2}", line)] == []
    assert any(re.search(r"\d%", line) for line in shown["internal"])


def test_every_section_of_the_report_has_its_place_on_the_pages() -> None:
    """The pages use a separate list: a section missing from it would not be shown."""
    path = PROJECT / "seeds" / "report_texts" / "report_sections.csv"
    with path.open(encoding="utf-8", newline="") as file:
        codes = {row["section_code"] for row in csv.DictReader(file)}
    assert codes == {section.code for section in SECTIONS}, (
        "add it to scripts/vital_signs/report/sections.py"
    )


LEAKS: dict[str, str] = {
    "the value alone": """
        update published.indicator_values as hidden set value = shown.value
        from published.indicator_values as shown
        where hidden.edition = 'public' and shown.edition = 'internal'
            and hidden.indicator_ref = 'Z.1' and shown.indicator_ref = 'Z.1'
            and hidden.month_end = shown.month_end and hidden.area_code = shown.area_code""",
    "the month before": """
        update published.indicator_summary set value_m1 = 3, unit = 'count'
        where edition = 'public' and indicator_ref = '4.4' and area_code = 'COUNTY'""",
    "a row of a table": """
        update published.detail_placement_types set children = 5
        where edition = 'public' and placement_group = 'OTHER'""",
}


@pytest.mark.slow
@pytest.mark.parametrize("leak", LEAKS)
def test_the_test_of_small_counts_finds_what_the_protection_was_not_told(
    leak: str, copy: Copy, tmp_path: Path
) -> None:
    warehouse = tmp_path / "leaking.duckdb"
    shutil.copyfile(copy.warehouse, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(LEAKS[leak])
        found = connection.execute(copy.test(SMALL_COUNTS)["compiled_code"]).fetchall()
    assert found
    assert {row[1] for row in found} <= {"Z.1", "4.4", "OTHER"}


def test_culprits_are_told_by_the_tests_that_name_a_problem(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create table people as select 'P1' as person_id")

    def failed(code: str) -> dict[str, str]:
        return {"status": "fail", "compiled_code": code}

    many = "select range as ref, 'add a line' as problem from range(7)"
    assert culprits(warehouse, [failed(many)]) == [
        *(f"{number}: add a line" for number in range(5)),
        "and 2 more rows like these",
    ]
    assert culprits(warehouse, [failed("select * from people")]) == []
    twice = "select '3.4' as indicator_ref, 'P1' as person_id, 2 as rows_with_key"
    assert culprits(warehouse, [failed(twice)]) == ["indicator_ref 3.4, rows_with_key 2"]
    assert culprits(warehouse, [{"status": "pass", "compiled_code": many}]) == []
    assert culprits(tmp_path / "none.duckdb", [failed(many)]) == []


def test_a_build_that_fails_says_first_what_the_tests_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, warehouse = tmp_path / "target", tmp_path / "warehouse.duckdb"
    duckdb.connect(str(warehouse)).close()
    monkeypatch.setenv("DBT_TARGET_PATH", str(target))
    monkeypatch.setenv("DBT_LOG_PATH", str(tmp_path / "logs"))
    name = f"test.vital_signs.{NEEDS}"

    def fail(*_: object) -> int:
        target.mkdir()
        failed = {
            "unique_id": name,
            "status": "fail",
            "message": "Got 1 result, configured to fail if != 0",
            "compiled_code": "select 'Z.1' as subject, 'no text: add a line' as problem",
        }
        (target / "run_results.json").write_text(json.dumps({"results": [failed]}))
        (target / "manifest.json").write_text(json.dumps({"nodes": {name: {}}}))
        return 1

    monkeypatch.setattr(running, "follow", fail)
    with pytest.raises(FailedError) as failure:
        running.run_dbt(warehouse, {}, [])
    first, second = str(failure.value).splitlines()
    assert first == "Z.1: no text: add a line"
    assert second.startswith(f"test vital_signs.{NEEDS}: Got 1 result")
