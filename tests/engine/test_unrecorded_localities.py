"""Where no locality is recorded, its published rows have no figure and no sign of one (G65)."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.engine.building import Builder
from tests.oracle.fuzz import make_extract

FIGURES = {
    "indicator_values": "value numerator denominator ytd_value ytd_numerator ytd_denominator"
    " previous_ytd_value rag_status direction_of_travel raw_direction",
    "indicator_summary": "value_m0 value_m1 value_m2 value_m3 ytd_value previous_ytd_value"
    " rag_status direction_of_travel raw_direction",
    "vital_sign_months": "value rag_status",
}
TEXTS = {
    "indicator_values": "value_text ytd_text previous_ytd_text",
    "indicator_summary": "text_m0 text_m1 text_m2 text_m3 ytd_text previous_ytd_text",
    "vital_sign_months": "value_text",
}
MONTH = {"vital_sign_months": "shown_month_end"}


@pytest.fixture(scope="module")
def without_allocations(build: Builder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse from an extract with teams and localities, and nobody allocated."""
    folder = tmp_path_factory.mktemp("without_allocations")
    extract = make_extract(folder / "extract", 101, complete=True, file_format="csv")
    (extract / "ssd_involvements.csv").unlink()
    return build(extract, folder / "warehouse.duckdb")


@pytest.mark.slow
@pytest.mark.parametrize("table", FIGURES)
def test_localities_that_are_not_recorded_have_no_figure_and_no_direction(
    table: str, without_allocations: Path
) -> None:
    figures = " or ".join(f"{name} is not null" for name in FIGURES[table].split())
    texts = " or ".join(f"{name} <> 'not recorded by locality'" for name in TEXTS[table].split())
    with duckdb.connect(str(without_allocations), read_only=True) as connection:
        rows, wrong = connection.execute(
            f"""
            select count(*), count(*) filter ({figures} or {texts})
            from published.{table} as shown
            inner join published.unrecorded_localities as unrecorded
                on
                    shown.edition = unrecorded.edition
                    and shown.indicator_ref = unrecorded.indicator_ref
                    and shown.{MONTH.get(table, "month_end")} = unrecorded.month_end
            where shown.area_code not in ('COUNTY', 'NOT_ALLOCATED')
            """
        ).fetchone()

    assert rows > 0
    assert wrong == 0
