"""A time reads the same from CSV, from Parquet text and from a typed Parquet time (G69)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from vital_signs.landing.staging_macros import date_of
from vital_signs.landing.warehouse import land

from tests.cases.example import Example, contact, people
from tests.oracle.load import CONTRACT

TIMES = (
    "2018-03-31T23:30:00+00:00",
    "2018-03-31T22:59:59+00:00",
    "2018-01-31T23:30:00+00:00",
    "2018-04-01T00:30:00+01:00",
    "1970-06-30T23:30:00+00:00",
    "1753-01-01T00:00:00+00:00",
    "1900-01-01T00:00:00+00:00",
    "9999-12-31T00:00:00+00:00",
)
DAYS = ["2018-04-01", "2018-03-31", "2018-01-31", "2018-04-01", "1970-07-01", None, None, None]


def days_read(folder: Path, warehouse: Path) -> list[str | None]:
    land(folder, warehouse)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        # The zone of whoever builds decides nothing.
        connection.execute("set timezone = 'Pacific/Auckland'")
        return [
            day
            for (day,) in connection.execute(
                f"select cast({date_of('cont_contact_date')} as varchar)"
                " from (select *, 'YMD' as date_format from raw.ssd_contacts)"
                " order by _source_row"
            ).fetchall()
        ]


@pytest.mark.parametrize("kind", ["csv", "text", "typed"])
def test_an_instant_is_the_day_in_the_uk(kind: str, tmp_path: Path) -> None:
    rows = [contact(f"K{n}", "P1", time) for n, time in enumerate(TIMES)]
    folder = Example(kind, "G69", {"ssd_person": people("P1"), "ssd_contacts": rows}).write(
        tmp_path / "extract"
    )
    if kind != "csv":
        (folder / "ssd_contacts.csv").unlink()
        columns = {
            column: pa.array([row.get(column) for row in rows], pa.string())
            for column in CONTRACT["ssd_contacts"]
        }
        if kind == "typed":
            columns["cont_contact_date"] = pa.array(
                [dt.datetime.fromisoformat(time) for time in TIMES], pa.timestamp("us", "UTC")
            )
        parquet.write_table(pa.table(columns), folder / "ssd_contacts.parquet")

    assert days_read(folder, tmp_path / "warehouse.duckdb") == DAYS
