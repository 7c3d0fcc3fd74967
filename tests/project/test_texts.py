"""Texts and limits in reports: what a reader may not know is explained, nothing misleads."""

from __future__ import annotations

import csv
import re

import pytest
from vital_signs.commands import PROJECT

SEEDS = PROJECT / "seeds"
# A word with two capitals or more, or a capital with a number: S47, EHFF, DfE, 10K.
ABBREVIATION = re.compile(
    r"\b(?:[A-Z][A-Z0-9]+|[A-Z][a-z]+[A-Z]+|[Ss]\d+|\d+K)(?=s?\b)|\bauth\b", re.ASCII
)
CROSSED_AS_PRINTED = "limits cross as printed"


def rows(*place: str) -> list[dict[str, str]]:
    file = SEEDS.joinpath(*place)
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


CATALOGUE = {row["indicator_ref"]: row for row in rows("indicators", "indicators.csv")}
TEXTS = {row["indicator_ref"]: row for row in rows("report_texts", "indicator_texts.csv")}


def crossed_limits(tolerances: list[dict[str, str]], polarity: dict[str, str]) -> list[str]:
    """Return a line for each row whose red limit is on the good side of the green one."""
    found = []
    for number, row in enumerate(tolerances, start=2):
        if not (row["red_limit"] and row["green_limit"]):
            continue
        red, green = float(row["red_limit"]), float(row["green_limit"])
        crossed = red > green if polarity[row["indicator_ref"]] == "high" else red < green
        if crossed and not row["note"].startswith(CROSSED_AS_PRINTED):
            found.append(
                f"indicator_tolerances.csv, row {number}: {row['indicator_ref']} has the red limit "
                f"{row['red_limit']} on the good side of the green one {row['green_limit']}: "
                "correct one of them"
            )
    return found


POLARITY = {ref: row["polarity"] for ref, row in CATALOGUE.items()}


def test_no_limits_cross_but_those_that_are_printed_so() -> None:
    tolerances = rows("indicators", "indicator_tolerances.csv")

    assert crossed_limits(tolerances, POLARITY) == []
    as_printed = [row for row in tolerances if row["note"].startswith(CROSSED_AS_PRINTED)]
    assert [row["indicator_ref"] for row in as_printed] == ["6.5"]


@pytest.mark.parametrize(
    ("polarity", "red", "green", "is_refused"),
    [
        ("high", "70", "80", False),
        ("high", "80", "80", False),
        ("high", "81", "80", True),
        ("low", "25", "20", False),
        ("low", "20", "20", False),
        ("low", "19.9", "20", True),
        ("low", "", "20", False),
    ],
)
def test_crossed_limits_are_named_with_their_row(
    polarity: str, red: str, green: str, is_refused: bool
) -> None:
    row = {"indicator_ref": "x", "red_limit": red, "green_limit": green, "note": ""}
    found = crossed_limits([row], {"x": polarity})

    assert bool(found) == is_refused
    assert all(line.startswith("indicator_tolerances.csv, row 2: x has") for line in found)


def test_a_limit_that_a_note_calls_assumed_is_marked_as_such() -> None:
    for row in rows("indicators", "indicator_tolerances.csv"):
        assert (row["is_assumed"] == "yes") == ("assumed" in row["note"]), row["indicator_ref"]


def test_a_percentage_does_not_ask_how_many() -> None:
    asking = [
        ref
        for ref, row in CATALOGUE.items()
        if row["unit"] == "percent" and "how many" in TEXTS[ref]["definition"].lower()
    ]
    assert asking == []


def test_every_abbreviation_of_a_name_is_in_the_glossary() -> None:
    known = {row["term"].lower() for row in rows("report_texts", "glossary.csv")}
    missing = {
        (match, ref)
        for ref, row in CATALOGUE.items()
        for match in ABBREVIATION.findall(row["indicator_name"])
        if match.lower() not in known
    }
    assert missing == set()
    assert len(ABBREVIATION.findall("S47's by EHFF, DfE, per 10K, ICPCs (A1), auth in 45 WD")) == 8


def test_no_name_points_to_a_note_that_is_not_there() -> None:
    dangling = [ref for ref, row in CATALOGUE.items() if "*" in row["indicator_name"]]

    assert dangling == []
