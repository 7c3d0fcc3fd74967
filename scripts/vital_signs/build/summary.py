"""What a build found, in a few lines: the extract, its rows, and the failures that matter most."""

from __future__ import annotations

from pathlib import Path

import duckdb

from vital_signs.errors import one_line

MOST_RULES_SHOWN = 3
SEVERITIES = ("block", "error", "warn", "info")
FAILURES = "quality.fct_quality_failures"


def summary(warehouse: Path) -> list[str]:
    """Return the lines; none if only some models were built.

    The rules that matter most are those of severity error or warn that cast doubt on the most
    indicators; of these, those with the most failures.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        try:
            return [
                *_extract(connection),
                *_rows(connection),
                *_failures(connection),
            ]
        except duckdb.CatalogException:
            return []


def _extract(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute(
        """
        select extract_id, source_system, as_at, min(month_end), max(month_end), count(month_end)
        from core.dim_extract
        left join published.months on true
        group by extract_id, source_system, as_at
        """
    ).fetchall()
    return [
        f"extract      {name} from {system}, as at {day:%Y-%m-%d}; "
        + (f"{count} months, {first:%Y-%m} to {last:%Y-%m}" if count else "no complete month")
        for name, system, day, first, last, count in found
    ]


def _rows(connection: duckdb.DuckDBPyConnection) -> list[str]:
    landed, used, quarantined, duplicate = connection.execute(
        """
        select
            coalesce(sum(rows_landed), 0), coalesce(sum(rows_used), 0),
            coalesce(sum(rows_quarantined), 0), coalesce(sum(rows_duplicate), 0)
        from quality.row_accounting
        """
    ).fetchall()[0]
    return [
        f"rows         {landed:,} landed: {used:,} used, {quarantined:,} quarantined,"
        f" {duplicate:,} exact duplicates"
    ]


def _failures(connection: duckdb.DuckDBPyConnection) -> list[str]:
    counts = dict(
        connection.execute(
            f"select severity, count(*) from {FAILURES} group by severity"
        ).fetchall()
    )
    listed = ", ".join(f"{counts[name]:,} {name}" for name in SEVERITIES if name in counts)
    lines = [f"failures     {listed or 'none'}"]
    rules = connection.execute(
        f"""
        with failing as (
            select rule_id, count(*) as failures
            from {FAILURES}
            where severity in ('block', 'error', 'warn')
            group by rule_id
        ),
        indicators as (
            select rule_id, count(*) as indicators
            from reference.quality_rule_indicators
            group by rule_id
        )
        select rule_id, severity, failures, coalesce(indicators, 0) as indicators, message
        from failing
        left join indicators using (rule_id)
        left join quality.dim_quality_rules using (rule_id)
        order by indicators desc, failures desc, rule_id
        limit {MOST_RULES_SHOWN}
        """
    ).fetchall()
    lines += [
        f"  {rule} ({severity}): {failures:,} {'row' if failures == 1 else 'rows'},"
        f" {indicators} indicators in doubt: {one_line(message or '')}"
        for rule, severity, failures, indicators, message in rules
    ]
    if rules:
        query = f"select * from {FAILURES} where rule_id = '{rules[0][0]}'"
        lines += [
            f"  to see them: {query}",
            f'  or: .venv/bin/dbt show --limit 20 --inline "{query}"',
        ]
    return lines
