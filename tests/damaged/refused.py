"""Damage that is refused."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

from tests.damaged.damage import Refused
from tests.damaged.spoiled import DESCRIPTION, SpoiledExtract, as_csv

Spoil = Callable[[SpoiledExtract], Path | None]
FAMILY = "fami_family_id,fami_person_id\n"
IN_FAMILY = r"\(ssd_family\.csv\)"


def described(**changes: object) -> Spoil:
    return lambda extract: extract.describe(**changes)


def description(content: str | bytes) -> Spoil:
    return lambda extract: extract.describe_as(content)


def family(content: str | bytes) -> Spoil:
    data = content if isinstance(content, bytes) else content.encode()
    return lambda extract: extract.write_bytes("ssd_family", data)


def named(table: str, ending: str, content: bytes) -> Spoil:
    """Replace a table's CSV file with a file that has a different extension."""

    def spoil(extract: SpoiledExtract) -> None:
        extract.path(table).unlink()
        extract.path(table, ending).write_bytes(content)

    return spoil


def delimited(delimiter: str) -> Spoil:
    return lambda extract: extract.write("ssd_family", extract.rows("ssd_family"), delimiter)


def encoded(encoding: str) -> Spoil:
    return lambda extract: extract.write_bytes(
        "ssd_family", as_csv(extract.rows("ssd_family")).decode().encode(encoding)
    )


def cut(table: str, ending: str, to_bytes: int) -> Spoil:
    """Keep the given number of bytes of a file; a negative number is cut off its end."""

    def spoil(extract: SpoiledExtract) -> None:
        path = extract.path(table, ending) if ending == "csv" else extract.as_parquet(table)
        path.write_bytes(path.read_bytes()[:to_bytes])

    return spoil


def damaged_inside(extract: SpoiledExtract) -> None:
    path = extract.as_parquet("ssd_person")
    content = path.read_bytes()
    path.write_bytes(content[:40] + b"\xff" * 60 + content[100:])


def parquet(table: str, sql: str) -> Spoil:
    """Replace a table's CSV file with a Parquet file from a query."""

    def spoil(extract: SpoiledExtract) -> None:
        extract.write_parquet(table, sql)

    return spoil


def with_header(change: Callable[[list[str]], list[str]]) -> Spoil:
    """Change the header of ssd_family (and give its rows the same number of fields)."""

    def spoil(extract: SpoiledExtract) -> None:
        header, *rows = extract.rows("ssd_family")
        changed = change(header)
        padded = [(row + [""] * len(changed))[: len(changed)] for row in rows]
        extract.write("ssd_family", [changed, *padded])

    return spoil


def linked(target: str) -> Spoil:
    """Replace a file with a link; the target is relative to the extract's folder."""

    def spoil(extract: SpoiledExtract) -> None:
        path = extract.path("ssd_family")
        path.replace(extract.folder.parent / "outside.csv")
        path.symlink_to(target)

    return spoil


def no_folder(extract: SpoiledExtract) -> Path:
    return extract.folder / "nowhere"


def a_file(extract: SpoiledExtract) -> Path:
    return extract.path("ssd_person")


def name_too_long(extract: SpoiledExtract) -> Path:
    return extract.folder / ("x" * 300)


def no_description(extract: SpoiledExtract) -> None:
    (extract.folder / "extract.json").unlink()


def description_is_folder(extract: SpoiledExtract) -> None:
    no_description(extract)
    (extract.folder / "extract.json").mkdir()


def description_leads_out(extract: SpoiledExtract) -> None:
    path = extract.folder / "extract.json"
    path.replace(extract.folder.parent / "outside.json")
    path.symlink_to("../outside.json")


def table_is_folder(extract: SpoiledExtract) -> None:
    extract.path("ssd_family").unlink()
    extract.path("ssd_family").mkdir()


def table_is_pipe(extract: SpoiledExtract) -> None:
    extract.path("ssd_family").unlink()
    os.mkfifo(extract.path("ssd_family"))


def two_files(extract: SpoiledExtract) -> None:
    extract.path("ssd_person", "parquet").write_bytes(b"PAR1")


def two_files_by_case(extract: SpoiledExtract) -> None:
    (extract.folder / "SSD_PERSON.CSV").write_bytes(b"pers_person_id\nP1\n")


FOLDER = [
    Refused("no folder", "the folder does not exist", no_folder, r"there is no folder .*nowhere: "),
    Refused(
        "a file for a folder",
        "a file is given instead of a folder",
        a_file,
        r"ssd_person\.csv is a file, not a folder: ",
    ),
    Refused(
        "folder name too long",
        "the folder's name is longer than the system allows",
        name_too_long,
        r"cannot be opened: File name too long: ",
    ),
]

DESCRIPTIONS = [
    Refused(
        "no extract.json",
        "extract.json is missing",
        no_description,
        r"there is no extract\.json in .*: write one with extract_id, ",
    ),
    Refused(
        "extract.json is a folder",
        "extract.json is a folder, not a file",
        description_is_folder,
        r"this is a folder, not a file \(extract\.json\): ",
    ),
    Refused(
        "extract.json is a link",
        "extract.json is a link to a file in another folder",
        description_leads_out,
        r"link to somewhere outside the folder \(extract\.json\): ",
    ),
    Refused(
        "empty extract.json",
        "extract.json is empty",
        description(""),
        r"the file is empty \(extract\.json\): ",
    ),
    Refused(
        "broken JSON",
        "extract.json has one comma too many",
        description('{"extract_id": "a",\n}'),
        r"not valid JSON: .* \(extract\.json, line 2\): check character ",
    ),
    Refused(
        "JSON list",
        "extract.json contains a list",
        description("[]"),
        r"not a JSON object \(extract\.json\): ",
    ),
    Refused(
        "JSON nested too deeply",
        "extract.json has 100,000 nested brackets",
        description("[" * 100_000),
        r"not a JSON object \(extract\.json\): ",
    ),
    Refused(
        "extract.json in UTF-16",
        "extract.json was saved as UTF-16",
        description('{"extract_id": "a"}'.encode("utf-16")),
        r"not UTF-8 text \(extract\.json\): ",
    ),
    Refused(
        "extract.json in Latin-1",
        "extract.json was saved as Latin-1",
        description('{"extract_id": "Zoë"}'.encode("latin-1")),
        r"not UTF-8 text \(extract\.json\): ",
    ),
    Refused(
        "duplicate entry",
        "extract.json contains as_at twice",
        description('{"as_at": "2018-04-10", "as_at": "2018-05-10"}'),
        r"duplicate entry as_at \(extract\.json\): ",
    ),
    *(
        Refused(
            f"no {name}",
            f"{name} is missing from extract.json",
            described(**{name: None}),
            rf'{name} is missing \(extract\.json\): add "{name}"',
        )
        for name in DESCRIPTION
        if name != "history_from"
    ),
    *(
        Refused(
            f"{name} is not text",
            f"{name} is {json.dumps(value)} in extract.json",
            described(**{name: value}),
            rf"{name} is .* \(extract\.json\): give it as text",
        )
        for name, value in {
            "extract_id": 7,
            "source_system": ["MOSAIC"],
            "as_at": 20180410,
            "date_format": True,
        }.items()
    ),
    Refused(
        "blank id",
        "extract_id is a space",
        described(extract_id=" "),
        r'extract_id is " " \(extract\.json\): ',
    ),
    Refused(
        "long id",
        "extract_id has 101 characters",
        described(extract_id="x" * 101),
        r"extract_id is too long or .* \(extract\.json\): ",
    ),
    Refused(
        "id with a line break",
        "extract_id contains a line break",
        described(extract_id="a\nb"),
        r"contains control characters \(extract\.json\): ",
    ),
    Refused(
        "id that is code",
        "extract_id is code that dbt would run",
        described(extract_id="{{ env_var('HOME') }}"),
        r"extract_id contains curly brackets \(extract\.json\): use letters",
    ),
    Refused(
        "unknown system",
        "source_system is not one of the known systems",
        described(source_system="LIQUID"),
        r"source_system is 'LIQUID' \(extract\.json\): use one of CAREFIRST, ",
    ),
    Refused(
        "unknown date format",
        "date_format is MDY",
        described(date_format="MDY"),
        r"date_format is 'MDY' \(extract\.json\): use one of YMD, DMY",
    ),
    Refused(
        "as-at is not a date",
        "as_at is written with slashes",
        described(as_at="10/04/2018"),
        r"as_at is '10/04/2018' \(extract\.json\): .*2018-04-10T08:00:00",
    ),
    Refused(
        "as-at before year 1",
        "as_at is before the year 1 once its time zone is applied",
        described(as_at="0001-01-01T00:00:00+10:00"),
        r"as_at is .* \(extract\.json\): ",
    ),
    Refused(
        "as-at in the future",
        "as_at is later than today",
        described(as_at="2999-01-01"),
        r"as_at is '2999-01-01', in the future \(extract\.json\): ",
    ),
    Refused(
        "as-at of 1900",
        "as_at is a placeholder",
        described(as_at="1900-01-01"),
        r"as_at is '1900-01-01', before 2000 \(extract\.json\): ",
    ),
    Refused(
        "history is not an object",
        "history_from is text",
        described(history_from="2014"),
        r"history_from is not an object \(extract\.json\): ",
    ),
    Refused(
        "history of an unknown table",
        "history_from names a table that does not exist",
        described(history_from={"ssd_contact": "2014-04-01"}),
        r"unknown table 'ssd_contact' \(extract\.json\): ",
    ),
    Refused(
        "history without a date",
        "history_from has a date with slashes",
        described(history_from={"default": "01/04/2014"}),
        r'has "01/04/2014" for default \(extract\.json\): ',
    ),
    Refused(
        "latest only is not a list",
        "latest_only is text",
        described(latest_only="ssd_cp_visits"),
        r"latest_only is not a list \(extract\.json\): ",
    ),
    Refused(
        "latest only of an unknown table",
        "latest_only names a table that does not exist",
        described(latest_only=["ssd_cp_visit"]),
        r'latest_only names the unknown table "ssd_cp_visit" \(extract\.json\): ',
    ),
    Refused(
        "latest only with a duplicate",
        "latest_only names a table twice",
        described(latest_only=["ssd_cp_visits", "ssd_cp_visits"]),
        r"latest_only names ssd_cp_visits twice \(extract\.json\): name each table once",
    ),
]

FILES = [
    Refused(
        "two files for one table",
        "a table is present as both CSV and Parquet",
        two_files,
        r"ssd_person\.csv and ssd_person\.parquet .*: keep only the correct one",
    ),
    Refused(
        "two files differing in case",
        "SSD_PERSON.CSV and ssd_person.csv are both present",
        two_files_by_case,
        r"SSD_PERSON\.CSV and ssd_person\.csv .*: keep only the correct one",
    ),
    Refused(
        "a folder named as a table",
        "ssd_family.csv is a folder",
        table_is_folder,
        rf"this is a folder, not a file {IN_FAMILY}: ",
    ),
    Refused(
        "a pipe named as a table",
        "ssd_family.csv is a named pipe",
        table_is_pipe,
        rf"not an ordinary file {IN_FAMILY}: ",
    ),
    Refused(
        "a link out of the folder",
        "ssd_family.csv is a link to a file in another folder",
        linked("../outside.csv"),
        rf"link to somewhere outside the folder {IN_FAMILY}: replace it with a copy",
    ),
    Refused(
        "a link to a system file",
        "ssd_family.csv is a link to /etc/passwd",
        linked("/etc/passwd"),
        rf"link to somewhere outside the folder {IN_FAMILY}: replace it with a copy",
    ),
    Refused(
        "a broken link",
        "ssd_family.csv is a link to a file that does not exist",
        linked("gone.csv"),
        rf"broken link {IN_FAMILY}: ",
    ),
    Refused(
        "named .csv.gz",
        "a table is only present as .csv.gz",
        named("ssd_family", "csv.gz", gzip.compress(FAMILY.encode())),
        r"neither \.csv nor \.parquet \(ssd_family\.csv\.gz\): unpack it or save it as ",
    ),
    Refused(
        "named .xlsx",
        "a table is only present as an Excel workbook",
        named("ssd_family", "xlsx", b"PK\x03\x04"),
        r"neither \.csv nor \.parquet \(ssd_family\.xlsx\): ",
    ),
]

KINDS = [
    Refused(
        "gzip named .csv",
        "the CSV file is a gzip archive",
        family(gzip.compress(FAMILY.encode())),
        rf"compressed \(gzip\), not CSV text {IN_FAMILY}: unpack it",
    ),
    Refused(
        "gzip cut off",
        "the CSV file is an incomplete gzip archive",
        family(gzip.compress(FAMILY.encode())[:20]),
        rf"compressed \(gzip\), not CSV text {IN_FAMILY}: unpack it",
    ),
    Refused(
        "Excel named .csv",
        "the CSV file is an Excel workbook",
        family(b"PK\x03\x04\x14\x00" + bytes(50)),
        rf"Excel workbook or a zip archive, not CSV text {IN_FAMILY}: save it as ",
    ),
    Refused(
        "Parquet named .csv",
        "the CSV file is a Parquet file",
        family(b"PAR1" + bytes(50) + b"PAR1"),
        rf"a Parquet file, not CSV text {IN_FAMILY}: rename it",
    ),
    Refused(
        "CSV named .parquet",
        "the Parquet file is a CSV file",
        named("ssd_family", "parquet", FAMILY.encode()),
        r"cannot be read as Parquet \(ssd_family\.parquet\): export it again",
    ),
    Refused(
        "empty Parquet",
        "the Parquet file is empty",
        named("ssd_family", "parquet", b""),
        r"cannot be read as Parquet \(ssd_family\.parquet\): export it again",
    ),
    Refused(
        "Parquet cut off",
        "the end of the Parquet file is missing",
        cut("ssd_family", "parquet", -20),
        r"Parquet: its end is missing \(ssd_family\.parquet\): .*cut off",
    ),
    Refused(
        "Parquet damaged inside",
        "part of the middle of the Parquet file is damaged",
        damaged_inside,
        r"cannot be .* \(ssd_person\.parquet\): export it again",
    ),
    Refused(
        "Parquet without a key",
        "a required column is missing from the Parquet file",
        parquet("ssd_family", "select 'F' as fami_family_id"),
        r"required column is missing \(ssd_family\.parquet, column fami_person_id\): ",
    ),
    Refused(
        "Parquet with bytes",
        "an id in the Parquet file is stored as bytes",
        parquet("ssd_family", "select 'F' as fami_family_id, 'P'::blob as fami_person_id"),
        r"bytes, not text \(ssd_family\.parquet, column fami_person_id\): ",
    ),
]

ENCODINGS = [
    *(
        Refused(
            f"{word} between columns",
            f"columns are separated by {word}",
            delimited(delimiter),
            rf"separated by {word} \(ssd_family\.csv, line 1\): .*commas",
        )
        for delimiter, word in {";": "semicolons", "\t": "tabs", "|": "pipes"}.items()
    ),
    Refused(
        "semicolons and quotes",
        "columns are in quotation marks and separated by semicolons",
        family('"fami_family_id";"fami_person_id"\n"F1";"P1"\n'),
        r"separated by semicolons \(ssd_family\.csv, line 1\): .*commas",
    ),
    *(
        Refused(
            f"{encoding.upper()} {mark}",
            f"the file was saved as {encoding.upper()} {mark}",
            encoded(encoding if mark.startswith("with ") else encoding + "-le"),
            r"UTF-16 text, not UTF-8 \(ssd_family\.csv, line 1\): save it as UTF-8",
        )
        for encoding, mark in (("utf-16", "with a BOM"), ("utf-16", "without a BOM"))
    ),
    Refused(
        "UTF-16 big-endian",
        "the file was saved as UTF-16 with the bytes in the opposite order",
        encoded("utf-16-be"),
        r"UTF-16 text, not UTF-8 \(ssd_family\.csv, line 1\): save it as UTF-8",
    ),
    Refused(
        "Latin-1",
        "the file was saved as Latin-1",
        family(FAMILY.encode() + "F1,P1\nF2,Zoë\n".encode("latin-1")),
        r"not UTF-8 text \(ssd_family\.csv, line 3\): save it as UTF-8",
    ),
    Refused(
        "NUL byte",
        "a field contains a NUL byte",
        family(FAMILY + "F1,P1\nF2,P\0\n"),
        r"NUL byte, .* \(ssd_family\.csv, line 3\): ",
    ),
]

HEADERS = [
    Refused(
        "no header",
        "the file begins with a row of data",
        family("F1,P1\nF2,P2\n"),
        r"none of this table's column names \(ssd_family\.csv, line 1\): add a header row",
    ),
    Refused(
        "broken header",
        "a quotation mark in the header is not closed",
        family('fami_family_id,"fami_person_id\nF1,P1\n'),
        r"header row is broken: .* \(ssd_family\.csv, line 1\): ",
    ),
    Refused(
        "duplicate column",
        "the header has a duplicate column",
        with_header(lambda header: [*header, "fami_person_id"]),
        r"duplicate column \(ssd_family\.csv, column fami_person_id\): ",
    ),
    Refused(
        "duplicate column by case",
        "the header has a duplicate column, once in capitals",
        with_header(lambda header: [*header, "FAMI_Person_ID "]),
        r"duplicate column \(ssd_family\.csv, column fami_person_id\): ",
    ),
    Refused(
        "required column missing",
        "a required column is missing",
        with_header(lambda header: [name for name in header if name != "fami_person_id"]),
        r"required column is missing \(ssd_family\.csv, column fami_person_id\): ",
    ),
    Refused(
        "required column renamed",
        "a required column has a different name",
        with_header(lambda header: [name.replace("person_id", "child_id") for name in header]),
        r"required column is missing \(ssd_family\.csv, column fami_person_id\): ",
    ),
    Refused(
        "neither of two ids",
        "workers have neither of the two possible ids",
        lambda extract: extract.write("ssd_professionals", [["prof_professional_name"], ["Ada"]]),
        r"\(ssd_professionals\.csv, column prof_professional_id or prof_staff_id\): ",
    ),
]

ROWS = [
    Refused(
        "too many fields",
        "a row has one field more than the header",
        family(FAMILY + 'F1,"P\n1"\nF2,P2,P3\n'),
        r"3 in this row and 2 in the header \(ssd_family\.csv, row 2, line 4\): ",
    ),
    Refused(
        "too few fields",
        "a row has one field fewer than the header",
        family(FAMILY + "F1\nF2,P2\n"),
        r"1 in this row and 2 in the header \(ssd_family\.csv, row 1, line 2\): ",
    ),
    Refused(
        "cut off in a row",
        "the file ends in the middle of a row",
        family(FAMILY + "F1,P1\nF2"),
        r"1 in this row and 2 in the header \(ssd_family\.csv, row 2, line 3\): .*cut off",
    ),
    Refused(
        "cut off in quotes",
        "the file ends inside a quoted field",
        family(FAMILY + 'F1,P1\nF2,"P'),
        r"quoted field is not closed \(ssd_family\.csv, row 2, line 3\): .*cut off",
    ),
    Refused(
        "an unclosed quotation mark",
        "a quotation mark opens a field and is never closed",
        family(FAMILY + 'F1,"P1\nF2,P2\nF3,P3\n'),
        r"quoted field is not closed \(ssd_family\.csv, row 1, line 2\): ",
    ),
    Refused(
        "text after quotation marks",
        "a field continues after its closing quotation mark",
        family(FAMILY + 'F1,"P"1\n'),
        r"text after the closing quotation mark of a field \(ssd_family\.csv, row 1, line 2\): ",
    ),
    Refused(
        "a blank row",
        "there is a blank line between the rows",
        family(FAMILY + "F1,P1\n\nF2,P2\n"),
        r"the row is blank \(ssd_family\.csv, row 2, line 3\): remove it",
    ),
]

REFUSED = [*FOLDER, *DESCRIPTIONS, *FILES, *KINDS, *ENCODINGS, *HEADERS, *ROWS]
