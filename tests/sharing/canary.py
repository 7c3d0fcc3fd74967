"""An extract with marked personal data, so that they can be found wherever they turn up."""

from __future__ import annotations

from pathlib import Path

from tests import records
from tests.oracle.fuzz import make_extract

# What a name, a pupil number and a postcode look like here; nothing else contains them.
FORENAME = "Zzcanaryforename"
SURNAME = "Zzcanarysurname"
WORKER = "Zzcanaryworker"
UPN = "Z999888777666"
POSTCODE = "ZQ97 7QZ"
# The same name where it does not belong: in a description, in JSON, in a code, in an id.
IN_TEXT = "Zzcanarytext"
IN_CODE = "Zzcanarycode"
IN_ID = "ZZCANARYID"
NAMES = (FORENAME, SURNAME, WORKER, UPN, POSTCODE)
MISPLACED = (IN_TEXT, IN_CODE, IN_ID)
EVERYWHERE = (*NAMES, *MISPLACED)

PERSONAL = {
    "pers_forename": FORENAME,
    "pers_surname": SURNAME,
    "pers_upn": UPN,
    "prof_professional_name": WORKER,
    "clap_cla_placement_postcode": POSTCODE,
}
TEXTS = ("cont_contact_source_desc", "cine_referral_source_desc", "prof_professional_job_title")
CODES = ("cine_cin_primary_need_code", "clae_cla_primary_need_code", "cont_contact_source_code")
SEED = 31


def make_marked_extract(folder: Path) -> Path:
    """Write a tiny random extract with a mark in every place where personal data can stand."""
    make_extract(folder, SEED, "tiny", complete=True, date_format="YMD", file_format="csv")
    child = _a_busy_child(folder / "ssd_cp_plans.csv")
    for table, rows in records.read_tables(folder).items():
        if not rows:
            continue
        known = set(records.COLUMNS[table]) & {*PERSONAL, *TEXTS}
        columns = list(dict.fromkeys([*rows[0], *sorted(known)]))
        for number, row in enumerate(rows):
            for column in columns:
                value = row.get(column) or ""
                if column == "pers_upn":
                    # One pupil number in most rows would stop the build (BAT-16).
                    row[column] = UPN if number % 3 == 0 else ""
                elif column in PERSONAL:
                    row[column] = PERSONAL[column]
                elif column in TEXTS:
                    row[column] = f"said {IN_TEXT} on the phone"
                elif column.endswith("_json"):
                    row[column] = f'{{"OUTCOME_COMMENTS": "{IN_TEXT}"}}'
                elif column in CODES and number % 3 == 0:
                    row[column] = IN_CODE
                elif value.strip().upper() == child:
                    row[column] = IN_ID
        records.write_table(folder / f"{table}.csv", rows, columns)
    return folder


def _a_busy_child(path: Path) -> str:
    """Return the id of a child on a plan, who counts in many indicators."""
    ids = [row["cppl_person_id"].strip().upper() for row in records.read_table(path)]
    return max(sorted(set(ids)), key=ids.count)


def found_in(content: bytes | str, marks: tuple[str, ...]) -> list[str]:
    """Return the marks that stand in a text or file, in whatever case and encoding of two."""
    data = content.encode() if isinstance(content, str) else content
    low = data.lower()
    return [
        mark
        for mark in marks
        if mark.lower().encode() in low or mark.lower().encode("utf-16-le") in low
    ]
