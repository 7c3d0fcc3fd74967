"""Problems in the data: ids that prevent a build, and figures that do not add up.

The first stop a build before it starts. The second are the invariants of section 22 of the
specification. They are true of any extract, so a breach is a fault in the warehouse, or data that
no rule covers: the build reports the month and the row, and still produces the warehouse.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import yaml

from vital_signs.commands import PROJECT
from vital_signs.errors import UserError, one_line
from vital_signs.landing.ids import IDS_TABLE

INVARIANTS = "tests/dbt/invariants/"
MOST_ROWS_SHOWN = 3
TODO = "leave the column empty where there is no id, and land the extract again"


def refuse_ids_that_gather(building: Path, extract_id: str | None, as_at: date | None) -> None:
    """Raise UserError where an id would turn many records into one (BAT-16, BAT-17).

    The extract is chosen in the same way as in stg_landing__extract_in_force.
    """
    variables = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    with duckdb.connect(str(building), read_only=True) as connection:
        found = connection.execute(
            f"""
            with in_force as (
                select extract_id
                from raw.extract_log
                where ($extract is null or extract_id = $extract)
                    and ($as_at is null or $extract is not null or cast(as_at as date) <= $as_at)
                order by as_at desc, loaded_at desc, extract_id desc
                limit 1
            )
            select
                tables.source_file, column_name, ids.row_count,
                most_frequent_id, most_frequent_count, most_merged_id, most_merged_count
            from raw.{IDS_TABLE} as ids
            inner join in_force using (extract_id)
            inner join raw.extract_tables as tables using (extract_id, table_name)
            where
                most_merged_count > $merged
                or is_optional_link
                and ids.row_count >= $rows
                and most_frequent_count * 100 > ids.row_count * $percent
            order by table_name, column_name
            """,
            {
                "extract": extract_id,
                "as_at": as_at,
                "merged": variables["most_records_merged"],
                "rows": variables["most_frequent_id_from_rows"],
                "percent": variables["most_frequent_id_percent"],
            },
        ).fetchone()
    if not found:
        return
    file, column, rows, frequent, times, merged, records = found
    is_in_most_rows = times * 100 > rows * variables["most_frequent_id_percent"]
    if is_in_most_rows and rows >= variables["most_frequent_id_from_rows"]:
        what = f"the id {frequent} is" if frequent else "one value is"
        raise UserError(
            f"{what} in {times} of {rows} rows and would turn them into one record (BAT-16)",
            TODO,
            file=file,
            column=column,
        )
    raise UserError(
        f"{records} of {rows} records are merged into person {merged} (BAT-17)",
        "correct the ids or leave them empty, and land the extract again",
        file=file,
        column=column,
    )


def mostly_quarantined(building: Path) -> list[str]:
    """Return a warning if more than half of the rows of some tables are quarantined, else none.

    Their figures are 0 or too low, for instance where date_format is not the one used in the files.
    """
    with duckdb.connect(str(building), read_only=True) as connection:
        try:
            tables = connection.execute(
                """
                select table_name, rows_quarantined, rows_landed
                from quality.row_accounting
                where rows_quarantined * 2 > rows_landed
                order by rows_quarantined desc, table_name
                """
            ).fetchall()
        except duckdb.CatalogException:  # a build of selected models
            return []
    if not tables:
        return []
    worst = ", ".join(f"{name} {count} of {rows}" for name, count, rows in tables[:MOST_ROWS_SHOWN])
    return [
        one_line(
            f"warning: most rows are quarantined in {len(tables)}"
            f" {'table' if len(tables) == 1 else 'tables'} ({worst}), so figures from them are 0 or"
            " too low. Check date_format in extract.json and the failures in"
            " quality.fct_quality_failures"
        )
    ]


def broken_invariants(building: Path, target: Path) -> list[str]:
    """Return a line for each broken invariant, from the results of dbt in `target`."""
    if not (target / "run_results.json").is_file():
        return []
    results = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    lines = []
    with duckdb.connect(str(building), read_only=True) as connection:
        for result in results:
            node = nodes.get(result["unique_id"], {})
            path = node.get("original_file_path", "")
            if result["status"] != "warn" or not path.startswith(INVARIANTS):
                continue
            query = f"select * from ({result['compiled_code']}\n) limit {MOST_ROWS_SHOWN}"
            rows = connection.execute(query)
            names = [column[0] for column in rows.description]
            shown = "; ".join(
                ", ".join(f"{name} {value}" for name, value in zip(names, row, strict=True))
                for row in rows.fetchall()
            )
            lines.append(
                one_line(
                    f"warning: figures do not add up in {result['failures']} cases"
                    f" ({node['name'].replace('_', ' ')}): {shown}. Check the failures that"
                    " quality.fct_quality_failures lists for these months; if there are none, tell"
                    " the maintainers of this project"
                )
            )
    return lines
