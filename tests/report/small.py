"""A small published schema for tests: the columns of the contracts, a handful of rows.

Two indicators in two areas, thirteen months; every text shown on a page can be made hostile.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import yaml
from vital_signs.commands import PROJECT

FIRST = date(2017, 3, 31)
MONTH = date(2018, 3, 31)
MODELS = PROJECT / "models" / "published"

Row = dict[str, Any]


def month_ends() -> list[date]:
    """Return the last days of March 2017 to March 2018."""
    days = [31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31]
    months = [(2017 + (2 + i) // 12, (2 + i) % 12 + 1) for i in range(13)]
    return [date(year, month, day) for (year, month), day in zip(months, days, strict=True)]


def published_columns() -> dict[str, dict[str, str]]:
    """Return each published table with its columns and types, as their contracts say."""
    tables = {}
    for file in sorted(MODELS.glob("*__models.yml")):
        for model in yaml.safe_load(file.read_text(encoding="utf-8"))["models"]:
            name = (model.get("config") or {}).get("alias")
            if name:
                tables[name] = {item["name"]: item["data_type"] for item in model["columns"]}
    return tables


def rows(hostile: str = "") -> dict[str, list[Row]]:
    """Return the rows of each table; `hostile` is put into every text that people may write."""
    months = month_ends()
    values = [50.0 + index for index in range(12)] + [56.25]
    indicators = [
        indicator("3.1", f"Assessments{hostile}", "count", "info", 0, 1),
        indicator("3.3", f"In time{hostile}", "percent", "high", 1, 2)
        | {
            "series_break_month": date(2018, 1, 31),
            "series_break_reason": f"new form{hostile}",
            "footnote": f"A note{hostile}",
        },
    ]
    summary, series = [], []
    for area, name in (("COUNTY", "County"), ("NORWICH", f"Norwich{hostile}")):
        for item in indicators:
            ref, percent = item["indicator_ref"], item["unit"] == "percent"
            for index, month in enumerate(months):
                value = values[index] if percent else 10.0 * index
                series.append(
                    {
                        "edition": "internal",
                        "indicator_ref": ref,
                        "month_end": month,
                        "area_code": area,
                        "value": value,
                        "value_text": f"{value:.1f}%" if percent else f"{value:.0f}",
                        "availability": "available",
                        "availability_reason": None,
                        "is_suppressed": False,
                    }
                )
            summary.append(
                {
                    "edition": "internal",
                    "month_end": MONTH,
                    "area_code": area,
                    "area_name": name,
                    "section_code": "3",
                    "display_order": item["display_order"],
                    "indicator_ref": ref,
                    "indicator_name": item["indicator_name"],
                    "polarity": item["polarity"],
                    "unit": item["unit"],
                    "decimal_places": item["decimal_places"],
                    "is_in_report": True,
                    "value_m0": 56.25 if percent else 120.0,
                    "text_m3": "59.0%" if percent else "90",
                    "text_m2": "60.0%" if percent else "100",
                    "text_m1": "61.0%" if percent else "110",
                    "text_m0": "56.3%" if percent else "120",
                    "ytd_text": "55.5%" if percent else "780",
                    "ytd_is_shown": True,
                    "previous_ytd_text": "-",
                    "target_text": f"80%{hostile}" if percent else None,
                    "target_value": 80.0 if percent else None,
                    "red_limit": 70.0 if percent else None,
                    "green_limit": 80.0 if percent else None,
                    "rag_status": "red" if percent else None,
                    "direction_of_travel": "worsened" if percent else None,
                    "raw_direction": "down" if percent else "up",
                    "national_average": 82.9 if percent else None,
                    "availability": "available",
                    "availability_reason": None,
                    "is_suppressed": False,
                }
            )
    return {
        "months": [
            {
                "month_end": month,
                "month_code": f"{month:%Y-%m}",
                "month_label": f"{month:%B %Y}",
                "short_label": f"{month:%b %y}",
                "financial_year": "2017-18",
                "months_before_last": 12 - index,
                "is_last": index == 12,
            }
            for index, month in enumerate(months)
        ],
        "areas": [
            {
                "area_code": "COUNTY",
                "area_name": "County",
                "area_type": "county",
                "display_order": 0,
            },
            {
                "area_code": "NORWICH",
                "area_name": f"Norwich{hostile}",
                "area_type": "locality",
                "display_order": 1,
            },
        ],
        "indicators": indicators,
        "indicator_summary": summary,
        "indicator_values": series,
        "benchmarks": [
            {
                "indicator_ref": "3.3",
                "benchmark_group": "national_average",
                "benchmark_name": f"England{hostile}",
                "valid_from": date(2017, 4, 1),
                "benchmark_value": 82.9,
                "benchmark_text": "82.9%",
                "source": f"a paper{hostile}",
            }
        ],
        "exceptions": [
            {
                "edition": "internal",
                "month_end": MONTH,
                "indicator_ref": "3.3",
                "area_code": "COUNTY",
                "area_name": "County",
                "indicator_name": f"In time{hostile}",
                "display_order": 2,
                "exception_rules": "a",
                "exception_reason": f"red{hostile}",
                "rag_status": "red",
                "text_m3": "59.0%",
                "text_m2": "60.0%",
                "text_m1": "61.0%",
                "text_m0": "56.3%",
                "variance": 0.296875,
                "has_worsened_three_times": False,
            }
        ],
        "glossary": [
            {"term": f"YTD{hostile}", "meaning": f"from April{hostile}", "display_order": 1}
        ],
        "extract": [
            {
                "extract_id": f"test{hostile}",
                "source_system": f"SYNTHETIC{hostile}",
                "as_at": datetime(2018, 4, 10, 8),
                "landed_at": datetime(2018, 4, 10, 9),
                "is_demonstration": True,
            }
        ],
    }


def indicator(ref: str, name: str, unit: str, polarity: str, places: int, order: int) -> Row:
    """Return one indicator of section 3."""
    return {
        "indicator_ref": ref,
        "indicator_name": name,
        "section_code": "3",
        "section_name": "Assessments",
        "section_order": 3,
        "display_order": order,
        "polarity": polarity,
        "good_performance_is": polarity.capitalize(),
        "unit": unit,
        "data_note": "Percentage" if unit == "percent" else "Count",
        "decimal_places": places,
        "ytd_is_shown": True,
        "is_in_report": True,
        "definition": f"What {name} means.",
        "formula": "this divided by that",
    }


def make_warehouse(file: Path, tables: dict[str, list[Row]]) -> Path:
    """Write a DuckDB file with every published table and these rows."""
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema published")
        for name, columns in published_columns().items():
            listed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
            connection.execute(f"create table published.{name} ({listed})")
            for row in tables.get(name, []):
                connection.execute(
                    f"insert into published.{name} ({', '.join(row)})"
                    f" values ({', '.join('?' for _ in row)})",
                    list(row.values()),
                )
    return file
