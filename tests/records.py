"""Extracts made by hand: rows of raw tables from a few words each, written and changed as files.

A row names the columns that matter; the contract's other columns are empty. The makers of rows
give sound ones: a child of eight, a referral that led to an assessment.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from vital_signs.landing.contract import load_contract

Row = Mapping[str, object]
Rows = list[dict[str, str]]
COLUMNS = {table.name: tuple(table.columns) for table in load_contract()}
ABOUT = {
    "source_system": "SYNTHETIC",
    "as_at": "2018-04-10T08:00:00",
    "date_format": "YMD",
}


def write_table(path: Path, rows: Iterable[Row], columns: Sequence[str] = ()) -> None:
    """Write a CSV file of a table, with the contract's columns unless others are given."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns or COLUMNS[path.stem])
        writer.writeheader()
        writer.writerows(rows)


def write_extract(
    folder: Path, tables: Mapping[str, Iterable[Row]], extract_id: str, **about: object
) -> Path:
    """Write an extract and return its folder; `about` are entries of extract.json.

    Tables that are not given are not in the extract.
    """
    folder.mkdir(parents=True, exist_ok=True)
    entries = {"extract_id": extract_id, **ABOUT, **about}
    (folder / "extract.json").write_text(json.dumps(entries), encoding="utf-8")
    for table, rows in tables.items():
        write_table(folder / f"{table}.csv", rows)
    return folder


def by_table(rows: Iterable[tuple[str, Row]]) -> dict[str, list[Row]]:
    """Return rows by their tables, in the order given."""
    tables: dict[str, list[Row]] = defaultdict(list)
    for table, row in rows:
        tables[table].append(row)
    return tables


def read_table(path: Path) -> Rows:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def read_tables(folder: Path) -> dict[str, Rows]:
    """Return the rows of an extract of CSV files, by table."""
    return {path.stem: read_table(path) for path in sorted(folder.glob("*.csv"))}


def changed(
    extract: Path, folder: Path, change: Callable[[str, Rows], Iterable[Row]], **about: object
) -> Path:
    """Write a copy of an extract of CSV files with every table's rows changed; return its folder.

    A table without rows is copied. `about` are new entries of extract.json.
    """
    shutil.copytree(extract, folder, dirs_exist_ok=True)
    for table, rows in read_tables(folder).items():
        if rows:
            write_table(folder / f"{table}.csv", change(table, rows), list(rows[0]))
    described = folder / "extract.json"
    entries = json.loads(described.read_text(encoding="utf-8")) | about
    described.write_text(json.dumps(entries), encoding="utf-8")
    return folder


def person(person_id: str, **columns: object) -> dict[str, object]:
    """A child of eight."""
    return {
        "pers_person_id": person_id,
        "pers_dob": "2010-05-01",
        "pers_sex": "F",
        "pers_ethnicity": "WBRI",
    } | columns


def contact(contact_id: str, person_id: str, day: str, **columns: object) -> dict[str, object]:
    """A contact from the police that led to nothing."""
    return {
        "cont_contact_id": contact_id,
        "cont_person_id": person_id,
        "cont_contact_date": day,
        "cont_contact_source_code": "6",
        "x_cont_outcome_code": "NFA",
    } | columns


def referral(referral_id: str, person_id: str, day: str, **columns: object) -> dict[str, object]:
    """A referral that was accepted for an assessment; open unless a closing date is given."""
    return {
        "cine_referral_id": referral_id,
        "cine_person_id": person_id,
        "cine_referral_date": day,
        "cine_cin_primary_need_code": "N1",
        "cine_referral_nfa": "N",
        "x_cine_outcome_code": "SWA",
    } | columns


def assessment(
    assessment_id: str, person_id: str, start: str, authorised: str = "", **columns: object
) -> dict[str, object]:
    """An assessment, open unless it was authorised."""
    return {
        "cina_assessment_id": assessment_id,
        "cina_person_id": person_id,
        "cina_assessment_start_date": start,
        "cina_assessment_auth_date": authorised,
        "x_cina_status_code": "AUTHORISED" if authorised else "OPEN",
    } | columns


def cp_plan(plan_id: str, person_id: str, start: str, **columns: object) -> dict[str, object]:
    """A first child protection plan, for neglect."""
    return {
        "cppl_cp_plan_id": plan_id,
        "cppl_person_id": person_id,
        "cppl_cp_plan_start_date": start,
        "cppl_cp_plan_initial_category": "NEG",
        "cppl_cp_plan_latest_category": "NEG",
        "cppl_cp_plan_ola": "N",
        "x_cppl_previous_plan_count": 0,
    } | columns


def care_episode(
    episode_id: str, person_id: str, start: str, **columns: object
) -> dict[str, object]:
    """The first episode of a period of care, under a full care order."""
    return {
        "clae_cla_episode_id": episode_id,
        "clae_person_id": person_id,
        "clae_cla_episode_start_date": start,
        "clae_cla_episode_start_reason": "S",
        "clae_cla_primary_need_code": "N1",
        "x_clae_legal_status_code": "C2",
    } | columns
