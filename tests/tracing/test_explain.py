"""What the command says, and how it refuses."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import duckdb
import pytest
from vital_signs.commands import PROJECT
from vital_signs.tracing import command as explain
from vital_signs.tracing.definition import parameters_in_force, read_definition

MODELS = {path.stem: path for path in (PROJECT / "models").rglob("*.sql")}
POPULATIONS = {name: path for name, path in MODELS.items() if name.startswith("int_cases__")}
MEASURES = {
    row["measure"]: row
    for row in csv.DictReader(
        (PROJECT / "seeds/indicators/measures.csv").read_text(encoding="utf-8").splitlines()
    )
}
PARAMETERS = {name: row["parameter_names"].split() for name, row in MEASURES.items()}


def parameters_named(model: str, seen: set[str]) -> set[str]:
    """Return the parameters that a model or one that it reads names."""
    if model in seen or model not in MODELS:
        return set()
    seen.add(model)
    text = MODELS[model].read_text(encoding="utf-8")
    named = set(re.findall(r"parameters\.([a-z0-9_]+)", text)) - {"month_end"}
    if model == "int_parameters_by_month":
        return set()
    for parent in re.findall(r"ref\('([a-z0-9_]+)'\)", text):
        named |= parameters_named(parent, seen)
    return named


def test_every_measure_names_the_parameters_that_its_sql_names() -> None:
    every = set()
    for name, path in POPULATIONS.items():
        text = path.read_text(encoding="utf-8")
        mapped = {
            parameter
            for measure in re.findall(r"\bas measure_([a-z0-9_]+)", text)
            for parameter in PARAMETERS[measure]
        }
        own = set(re.findall(r"parameters\.([a-z0-9_]+)", text)) - {"month_end"}
        above = parameters_named(name, set())
        assert own <= mapped <= above, name
        every |= above
    assert every == {parameter for names in PARAMETERS.values() for parameter in names}


def test_words_about_a_date_hold_no_limit_of_their_own() -> None:
    said = [row["decided_by"] + row["undecided_text"] for row in MEASURES.values()]
    assert said and not [text for text in said if re.search(r"\d", text.replace("section 47", ""))]


def test_parameters_are_those_of_the_month(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
        connection.execute(
            "create schema reference; create schema published;"
            " create table reference.indicators as select '3.3' as indicator_ref, 'live' as status,"
            " 'assessment_in_time' as measure, null as denominator_measure,"
            " 'count' as denominator_stat;"
            " create table reference.measures as select 'assessment_in_time' as measure,"
            " 'standard' as kind, 'start of the clock' as decided_by, null as undecided_text,"
            " 'assessment_wd' as parameter_names;"
            " create table reference.indicator_raw_tables (indicator_ref text, raw_table text);"
            " create table reference.indicator_texts (indicator_ref text);"
            " create table reference.indicator_tolerances (indicator_ref text);"
            " create table published.indicators (indicator_ref text);"
            " create table reference.parameters as from (values"
            " ('assessment_wd', date '1900-01-01', 35), ('assessment_wd', date '2018-04-01', 40),"
            " ('icpc_wd', date '1900-01-01', 15))"
            " as parameters (parameter_name, valid_from, parameter_value)"
        )
        before = read_definition(connection, "3.3")
        values = [
            [row["parameter_value"] for row in parameters_in_force(connection, before, day)]
            for day in (date(2018, 3, 31), date(2018, 4, 30))
        ]
        connection.execute(
            "update reference.parameters set parameter_value = 14 where parameter_name = 'icpc_wd'"
        )
        same = read_definition(connection, "3.3")
        connection.execute(
            "update reference.parameters set parameter_value = 41 where parameter_value = 40"
        )
        other = read_definition(connection, "3.3")

    assert values == [[35], [40]]
    assert before.version == same.version != other.version


@pytest.mark.slow
class TestOnABuiltWarehouse:
    def run(self, warehouse: Path, *arguments: str) -> int:
        return explain.main([*arguments, "--warehouse", str(warehouse)])

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["9.99", "2018-03"], "there is no indicator '9.99'"),
            (["3.3", "March"], "'March' is not a month"),
            (["3.3", "1999-01"], "1999-01 is not reported: choose a month from"),
            (["3.3", "{month}", "--area", "LEEDS"], "there is no area 'LEEDS': choose one of"),
            (["2.1", "{month}", "--area", "SOUTH"], "2.1 is counted for the county only"),
            (["{month}"], "no indicator is given"),
            (["{month}", "--child", "NOBODY"], "no record in the extract has that child id"),
            (["3.3", "{month}", "--child", "A", "--cases"], "do not go together"),
        ],
    )
    def test_a_mistake_is_one_line(
        self,
        arguments: list[str],
        said: str,
        warehouse: Path,
        connection: duckdb.DuckDBPyConnection,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        month = self.last_month(connection)

        assert self.run(warehouse, *(part.format(month=month) for part in arguments)) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert said in err and err.count("\n") == 1
        assert "NOBODY" not in err

    def last_month(self, connection: duckdb.DuckDBPyConnection) -> str:
        return connection.execute("select max(month_code) from published.months").fetchone()[0]

    def test_the_number_its_parts_and_its_rule_are_said(
        self,
        warehouse: Path,
        connection: duckdb.DuckDBPyConnection,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        month, value, numerator, denominator = connection.execute(
            "select strftime(month_end, '%Y-%m'), value_text, numerator, denominator"
            " from published.indicator_values where indicator_ref = '3.3' and edition = 'internal'"
            " and area_code = 'COUNTY' and denominator > 0 order by month_end desc"
        ).fetchone()

        assert self.run(warehouse, "3.3", month) == 0
        out = capsys.readouterr().out
        assert re.search(rf"value +{re.escape(value)}\n", out)
        assert re.search(rf"numerator +{numerator:.0f}\n", out)
        assert re.search(rf"denominator +{denominator:.0f}\n", out)
        assert "assessment_wd = 45" in out
        assert "deciding date for each case: clock start" in out
        assert "measure_assessment_in_time of intermediate.int_cases__assessments_authorised" in out
        assert re.search(r"ssd_cin_assessments\.(csv|parquet), ", out)

    def test_children_are_listed_only_when_asked_for(
        self,
        warehouse: Path,
        connection: duckdb.DuckDBPyConnection,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        month = self.last_month(connection)
        people = {
            row[0] for row in connection.execute("select person_id from core.dim_person").fetchall()
        }

        assert self.run(warehouse, "7.1", month) == 0
        plain = capsys.readouterr().out
        assert self.run(warehouse, "7.1", month, "--cases") == 0
        listed = capsys.readouterr().out
        assert not people & set(re.findall(r"[\w-]+", plain))
        assert "Restricted" not in plain and "Restricted" in listed
        on_list = set(re.findall(r"^  (?:not )?met +case ([^;]+);", listed, re.MULTILINE))
        (count,) = connection.execute(
            "select numerator from indicators.fct_indicator_values where indicator_ref = '7.1'"
            " and area_code = 'COUNTY' order by month_end desc limit 1"
        ).fetchone()
        assert len(on_list) == count and on_list <= people

    def test_a_child_has_the_indicators_that_count_it(
        self,
        warehouse: Path,
        connection: duckdb.DuckDBPyConnection,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        person, month = connection.execute(
            "select person_id, strftime(max(month_end), '%Y-%m')"
            " from indicators.fct_indicator_cases where indicator_ref = '6.1' and month_end <="
            " (select max(month_end) from published.months)"
            " and month_end >= (select min(month_end) from published.months)"
            " group by person_id order by count(*) desc, person_id limit 1"
        ).fetchone()
        counted = {
            row[0]
            for row in connection.execute(
                "select distinct indicator_ref from indicators.fct_indicator_cases"
                " where person_id = ? and strftime(month_end, '%Y-%m') = ?",
                [person, month],
            ).fetchall()
        }

        assert self.run(warehouse, month, "--child", f" {person.lower()}") == 0
        out = capsys.readouterr().out
        shown = set(re.findall(r"^(\d+\.\w+|C\d\w*) ", out, re.MULTILINE))
        families = {"1.1", "1.1a", "1.2", "1.3", "1.5", "1.6", "1.8", "1.9"}
        assert counted and counted <= shown <= counted | families
        assert re.search(r"\.(csv|parquet), row \d", out)

    def test_a_merged_record_leads_to_the_one_that_counts(
        self,
        warehouse: Path,
        connection: duckdb.DuckDBPyConnection,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        merged, survivor = connection.execute(
            "select person_id, surviving_person_id from staging.stg_ssd__people_merged"
            " where person_id <> surviving_person_id order by all limit 1"
        ).fetchone()

        assert self.run(warehouse, self.last_month(connection), "--child", merged) == 0
        assert f"merged into {survivor}" in capsys.readouterr().out
