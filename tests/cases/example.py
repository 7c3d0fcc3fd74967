"""A small extract that is easy to get wrong, and what the warehouse must make of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests import records
from tests.records import Row

MARCH = "2018-03-31"


@dataclass(frozen=True)
class Value:
    """The county's value of an indicator in a month; `None` means no figure."""

    indicator_ref: str
    value: float | None
    month_end: str = MARCH


@dataclass(frozen=True)
class Failures:
    """How many failures a rule must have, of one row where `row_key` names it."""

    rule_id: str
    count: int
    table_name: str | None = None
    column_name: str | None = None
    row_key: str | None = None


@dataclass(frozen=True)
class Example:
    """Rows by table, columns that a row does not name are empty; and the right results.

    Tables not named are not in the extract. `paragraph` is the rule that decides.
    """

    name: str
    paragraph: str
    tables: Mapping[str, Sequence[Row]]
    values: Sequence[Value] = ()
    failures: Sequence[Failures] = ()
    date_format: str = "YMD"
    as_at: str = "2018-04-10T08:00:00"

    def write(self, folder: Path) -> Path:
        """Write the extract as CSV files and return its folder."""
        return records.write_extract(
            folder,
            self.tables,
            self.name,
            source_system="SYSTEMC",
            as_at=self.as_at,
            date_format=self.date_format,
            history_from={"default": "2010-01-01"},
        )

    def differences(self, warehouse: Path) -> list[str]:
        """Return a line for each value or failure that is not as it must be."""
        found: list[str] = []
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            for expected in self.values:
                value = connection.execute(
                    "select value from indicators.fct_indicator_values"
                    " where indicator_ref = ? and month_end = ? and area_code = 'COUNTY'",
                    [expected.indicator_ref, expected.month_end],
                ).fetchone()
                if value != (expected.value,):
                    found.append(f"{expected}, found {value}")
            for failures in self.failures:
                (count,) = connection.execute(
                    "select count(*) from quality.fct_quality_failures"
                    " where rule_id = $rule"
                    " and ($table is null or table_name = $table)"
                    " and ($column is null or column_name = $column)"
                    " and ($row is null or row_key = $row)",
                    {
                        "rule": failures.rule_id,
                        "table": failures.table_name,
                        "column": failures.column_name,
                        "row": failures.row_key,
                    },
                ).fetchone()
                if count != failures.count:
                    found.append(f"{failures}, found {count}")
        return found


def people(*ids: str, born: str = "2010-05-01", **more: object) -> list[Row]:
    """Return rows of ssd_person."""
    return [records.person(person, pers_dob=born, **more) for person in ids]


def referral(referral_id: str, person: str, start: str = "2018-02-01", close: str = "") -> Row:
    """Return a row of ssd_cin_episodes that leads to an assessment."""
    return records.referral(referral_id, person, start, cine_close_date=close)


def protection_plan(plan: str, person: str, start: str = "2018-02-05", end: str = "") -> Row:
    """Return a row of ssd_cp_plans."""
    return records.cp_plan(plan, person, start, cppl_cp_plan_end_date=end)


def care_episode(
    episode: str, person: str, start: str = "2018-02-01", end: str = "", reason: str = ""
) -> Row:
    """Return a row of ssd_cla_episodes."""
    return records.care_episode(
        episode,
        person,
        start,
        clae_cla_episode_ceased_date=end,
        clae_cla_episode_ceased_reason=reason,
    )


assessment = records.assessment


def contact(contact_id: str, person: str, received: str, referral_id: str = "") -> Row:
    """Return a row of ssd_contacts that went no further."""
    return records.contact(contact_id, person, received, x_cont_referral_id=referral_id)
