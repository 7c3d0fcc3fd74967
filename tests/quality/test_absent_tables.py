"""A table missing from the extract is one finding, not one for every row it would explain."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.engine.building import Builder
from tests.quality.cases import case, person, referral
from tests.quality.cases_need import (
    assessment,
    closed,
    conference,
    contact,
    eh_case,
    enquiry,
    episode,
)
from tests.quality.test_rules import write_extract

WITHOUT_REFERRALS = [
    person("P1"),
    eh_case("C1", "2018-03-01", ehcs_origin_code="STEP_DOWN"),
    eh_case("C2", "2018-03-01", ehcs_case_type_code="SW_SUPPORT"),
    episode("E1", "P1", "C1", "2018-03-01"),
    contact("K1", "P1", "2018-03-05", x_cont_outcome_code="REFERRAL"),
    contact("K2", "P1", "2018-03-06", x_cont_referral_id="R1"),
    contact("K3", "P1", "2018-03-07", cont_contact_source_code=""),
    assessment("A1", "P1", "R1", "2018-03-05"),
    enquiry("S1", "P1", "2018-02-01"),
]
WITHOUT_ASSESSMENTS_AND_PLANS = [
    person("P1"),
    referral("R1", "P1", "2018-01-02", **closed("2018-03-20", "RC8")),
    enquiry("S1", "P1", "2018-03-05", "2018-03-09", s47e_referral_id="R2"),
    referral("R2", "P1", "2018-03-20"),
    conference("I1", "P1", "2018-03-05", icpc_icpc_outcome_cp_flag="Y"),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "silent"),
    [
        (WITHOUT_REFERRALS, {"EHP-07", "EHP-08", "CON-04", "CON-05", "ASM-11", "S47-07"}),
        (WITHOUT_ASSESSMENTS_AND_PLANS, {"REF-10", "S47-08", "ICP-06"}),
    ],
)
def test_rules_that_need_an_absent_table_are_silent(
    build: Builder, tmp_path: Path, rows: list, silent: set[str]
) -> None:
    extract = tmp_path / "extract"
    extract.mkdir()
    write_extract(extract, [case("", rows, [])])

    with duckdb.connect(str(build(extract, tmp_path / "absent.duckdb"))) as connection:
        (used,) = connection.execute(
            "select count(*) from intermediate.int_quality_rows where person_id = 'P1'"
        ).fetchone()
        found = {
            rule
            for (rule,) in connection.execute(
                "select distinct rule_id from quality.fct_quality_failures"
                " where source_row is not null"
            ).fetchall()
        }

    assert used >= len(rows) - 2
    assert found & silent == set()
    # the extract is looked at all the same
    assert found
