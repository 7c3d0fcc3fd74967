"""What an indicator is: its definition, its version, its limits and the parameters of a month."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
from landing.errors import UserError

from explaining.rows import Row, first_row, rows

VERSION_LENGTH = 12

# The parameters that each measure looks at. Measures that are not here look at none. A test holds
# this against the SQL of the models.
CLOCK = ("assessment_wd",)
REPEATED = ("rereferral_months",)
EARLY_HELP = ("eh_rereferral_months",)
CIN_PLAN = ("cin_plan_wd", "plan_validity_cin_months")
LEAVERS = ("care_leaver_max_age",)
PARAMETERS: dict[str, tuple[str, ...]] = {
    "assessment_in_time": CLOCK,
    "assessment_overdue": CLOCK,
    "early_help_case_rereferred": EARLY_HELP,
    "referral_repeated": REPEATED,
    "child_had_repeat_contacts": ("repeat_min_contacts",),
    "cin_plan_current": CIN_PLAN,
    "cin_plan_current_outside_assessment": CIN_PLAN,
    "cp_child_seen_in_time": ("cp_visit_wd",),
    "cp_child_seen_in_20_days": ("cp_visit_wd_fixed",),
    "icpc_in_time": ("icpc_wd",),
    "rcpc_in_time": ("rcpc_first_months", "rcpc_next_months"),
    "lac_reviewed_in_time": (
        "lac_review_first_wd",
        "lac_review_second_months",
        "lac_review_next_months",
    ),
    "lac_health_assessed_in_20_days": ("iha_wd",),
    "lac_health_assessment_current": ("ha_under5_months", "ha_5plus_months"),
    "lac_dental_check_current": ("dental_months",),
    "lac_pep_current": ("pep_due_wd", "pep_first_age", "plan_validity_pep_months"),
    "lac_care_plan_current": (
        "care_plan_due_wd",
        "pathway_age_months",
        "plan_validity_care_months",
        "plan_validity_pathway_months",
    ),
    "lac_seen_in_time": ("lac_visit_first_days", "lac_visit_days", "lac_visit_longterm_months"),
    "care_leaver_pathway_plan_current": ("plan_validity_pathway_months", *LEAVERS),
    "care_leaver_in_suitable_accommodation": LEAVERS,
    "care_leaver_in_eet": LEAVERS,
}


@dataclass(frozen=True)
class Definition:
    """One indicator of the catalogue.

    `catalogue` is its row of reference.indicators, `words` that of published.indicators (name,
    definition, formula, footnote); `version` is a hash of everything that defines it as data.
    """

    catalogue: Row
    words: Row
    raw_tables: tuple[str, ...]
    version: str

    @property
    def reference(self) -> str:
        """Return the indicator's number."""
        return self.catalogue["indicator_ref"]

    @property
    def measures(self) -> tuple[str, ...]:
        """Return the measure it counts, and for a ratio of two counts the one it divides by."""
        named = (self.catalogue["measure"], self.catalogue["denominator_measure"])
        return tuple(name for name in named if name)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Return the names of the parameters that its measures look at."""
        return tuple(
            dict.fromkeys(name for measure in self.measures for name in PARAMETERS.get(measure, ()))
        )

    @property
    def is_county_only(self) -> bool:
        """Return whether it has no localities."""
        return self.catalogue["lowest_area"] == "county"


def read_definition(connection: duckdb.DuckDBPyConnection, reference: str) -> Definition:
    """Return an indicator's definition. Raises UserError for a ref that the register lacks."""
    catalogue = first_row(
        connection,
        "select * from reference.indicators where indicator_ref = ? and status = 'live'",
        [reference],
    )
    if not catalogue:
        raise UserError(
            f"there is no indicator {reference!r}", "give a number of the register, such as 6.14"
        )
    words = first_row(
        connection, "select * from published.indicators where indicator_ref = ?", [reference]
    )
    tables = [
        row["raw_table"]
        for row in rows(
            connection,
            "select raw_table from reference.indicator_raw_tables where indicator_ref = ?"
            " order by raw_table",
            [reference],
        )
    ]
    found = Definition(catalogue, words or {}, tuple(tables), "")
    return Definition(catalogue, words or {}, tuple(tables), _version(connection, found))


def _version(connection: duckdb.DuckDBPyConnection, definition: Definition) -> str:
    """Return a hash that changes when a line of the seeds that define the indicator changes."""
    reference = definition.reference
    parts: list[Any] = [definition.catalogue]
    for table in ("indicator_texts", "indicator_raw_tables", "indicator_tolerances"):
        parts.append(
            rows(
                connection,
                f"select * from reference.{table} where indicator_ref = ? order by all",
                [reference],
            )
        )
    parts.append(
        rows(
            connection,
            "select * from reference.parameters where list_contains(?, parameter_name)"
            " order by all",
            [list(definition.parameters)],
        )
    )
    if definition.catalogue["denominator_stat"] == "population":
        parts.append(rows(connection, "select * from reference.population order by all"))
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:VERSION_LENGTH]


def parameters_in_force(
    connection: duckdb.DuckDBPyConnection, definition: Definition, month: date
) -> list[Row]:
    """Return name, value and first day of each parameter that holds in a month."""
    return rows(
        connection,
        """
        select parameter_name, parameter_value, valid_from
        from reference.parameters
        where list_contains(?, parameter_name) and valid_from <= ?
        qualify row_number() over (partition by parameter_name order by valid_from desc) = 1
        order by parameter_name
        """,
        [list(definition.parameters), month],
    )


def population_of(connection: duckdb.DuckDBPyConnection, measure: str) -> str | None:
    """Return the table whose rows are the cases that a measure judges, or None."""
    found = connection.execute(
        "select table_name from duckdb_columns() where schema_name = 'intermediate'"
        " and column_name = ? order by table_name",
        [f"measure_{measure}"],
    ).fetchone()
    return found[0] if found else None
