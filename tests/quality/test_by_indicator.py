"""How many doubtful cases an indicator is based on, in an extract small enough to count by eye."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.engine.building import Builder
from tests.quality.cases import case, person, referral
from tests.quality.cases_need import assessment, authorised
from tests.quality.doubts import Doubts, told_by_indicator
from tests.quality.test_rules import write_extract

IN_MARCH = authorised("2018-03-10")


def five_children() -> list[tuple[str, dict[str, str]]]:
    """Each has one assessment that 3.3 counts in March; two of them are in doubt."""
    rows = []
    for child in ("PLAIN", "EARLY", "TWICE", "LATER", "OTHER"):
        # ASM-03: the assessment began before the referral came
        received = "2018-02-06" if child == "EARLY" else "2018-02-01"
        rows += [
            person(child),
            referral(f"R-{child}", child, received),
            assessment(f"A-{child}", child, f"R-{child}", "2018-02-05", **IN_MARCH),
        ]
    return [
        *rows,
        # ASM-02, set aside: no case of March, yet it is about the same child
        assessment("A-TWICE-2", "TWICE", "R-TWICE", "2018-01-10", **authorised("2018-01-09")),
        # ASM-03, but after the end of the month
        referral("R-LATER-2", "LATER", "2018-04-05"),
        assessment("A-LATER-2", "LATER", "R-LATER-2", "2018-04-04"),
        # CON-02 casts no doubt on 3.3
        (
            "ssd_contacts",
            {
                "cont_contact_id": "C-OTHER",
                "cont_person_id": "OTHER",
                "cont_contact_date": "2018-03-01",
                "cont_contact_source_code": "NONSENSE",
            },
        ),
    ]


@pytest.mark.slow
def test_a_row_of_the_case_or_of_its_child_casts_doubt_until_the_month_ends(
    build: Builder, tmp_path: Path
) -> None:
    extract = tmp_path / "extract"
    extract.mkdir()
    write_extract(extract, [case("ASM-03", five_children(), ())])
    warehouse = build(extract, tmp_path / "warehouse.duckdb")

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        told = told_by_indicator(connection)

    assert told["3.3"] == Doubts(5, 5, 2, 2, ("ASM-02", "ASM-03"))
    assert told["2.1"] == Doubts(1, 1, 1, 1, ("CON-02",))
