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
    """Put a file of another ending in the place of a table's CSV file."""

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
    """Keep so many bytes of a file; a negative number is left out at its end."""

    def spoil(extract: SpoiledExtract) -> None:
        path = extract.path(table, ending) if ending == "csv" else extract.as_parquet(table)
        path.write_bytes(path.read_bytes()[:to_bytes])

    return spoil


def damaged_inside(extract: SpoiledExtract) -> None:
    path = extract.as_parquet("ssd_person")
    content = path.read_bytes()
    path.write_bytes(content[:40] + b"\xff" * 60 + content[100:])


def parquet(table: str, sql: str) -> Spoil:
    """Put a Parquet file from a query in the place of a table's CSV file."""

    def spoil(extract: SpoiledExtract) -> None:
        extract.write_parquet(table, sql)

    return spoil


def with_header(change: Callable[[list[str]], list[str]]) -> Spoil:
    """Change the header of ssd_family (and give its rows as many fields)."""

    def spoil(extract: SpoiledExtract) -> None:
        header, *rows = extract.rows("ssd_family")
        changed = change(header)
        padded = [(row + [""] * len(changed))[: len(changed)] for row in rows]
        extract.write("ssd_family", [changed, *padded])

    return spoil


def linked(target: str) -> Spoil:
    """Put a link in the place of a file; the target is taken from the extract's folder."""

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
    Refused("no folder", "the folder is not there", no_folder, r"there is no folder .*nowhere: "),
    Refused(
        "a file for a folder",
        "a file is given in place of the folder",
        a_file,
        r"ssd_person\.csv is a file, not a folder: ",
    ),
    Refused(
        "folder name too long",
        "the folder's name is longer than a name can be",
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
        "a folder is called extract.json",
        description_is_folder,
        r"folder where a file must be \(extract\.json\): ",
    ),
    Refused(
        "extract.json leads out",
        "extract.json is a link to a file elsewhere",
        description_leads_out,
        r"leads out of the folder \(extract\.json\): ",
    ),
    Refused(
        "extract.json of no bytes",
        "extract.json is empty",
        description(""),
        r"the file is empty \(extract\.json\): ",
    ),
    Refused(
        "broken JSON",
        "extract.json has a comma too many",
        description('{"extract_id": "a",\n}'),
        r"not valid JSON: .* \(extract\.json, line 2\): look at character ",
    ),
    Refused(
        "JSON of a list",
        "extract.json holds a list",
        description("[]"),
        r"not a JSON object \(extract\.json\): ",
    ),
    Refused(
        "JSON nested too deeply",
        "extract.json has a hundred thousand brackets",
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
        "entry twice",
        "extract.json has two as_at",
        description('{"as_at": "2018-04-10", "as_at": "2018-05-10"}'),
        r"duplicate entry as_at \(extract\.json\): ",
    ),
    *(
        Refused(
            f"no {name}",
            f"extract.json lacks {name}",
            described(**{name: None}),
            rf'{name} is missing \(extract\.json\): add "{name}"',
        )
        for name in DESCRIPTION
        if name != "history_from"
    ),
    *(
        Refused(
            f"{name} is no text",
            f"{name} is {json.dumps(value)} in extract.json",
            described(**{name: value}),
            rf"{name} is .* \(extract\.json\): give it as a text",
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
        "extract_id is a blank",
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
        "extract_id has a line break inside",
        described(extract_id="a\nb"),
        r"has control characters \(extract\.json\): ",
    ),
    Refused(
        "id that is a program",
        "extract_id is a program in the language of dbt",
        described(extract_id="{{ env_var('HOME') }}"),
        r"extract_id has curly brackets \(extract\.json\): use letters",
    ),
    Refused(
        "unknown system",
        "source_system is not one that is known",
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
        "as-at is no time",
        "as_at is written with slashes",
        described(as_at="10/04/2018"),
        r"as_at is '10/04/2018' \(extract\.json\): .*2018-04-10T08:00:00",
    ),
    Refused(
        "as-at beyond all years",
        "as_at lies before the first year once its time zone is taken off",
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
        "history is no object",
        "history_from is a text",
        described(history_from="2014"),
        r"history_from is not an object \(extract\.json\): ",
    ),
    Refused(
        "history of no table",
        "history_from names a table that there is not",
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
        "latest only is no list",
        "latest_only is a text",
        described(latest_only="ssd_cp_visits"),
        r"latest_only is not a list \(extract\.json\): ",
    ),
    Refused(
        "latest only of no table",
        "latest_only names a table that there is not",
        described(latest_only=["ssd_cp_visit"]),
        r'latest_only names the unknown table "ssd_cp_visit" \(extract\.json\): ',
    ),
    Refused(
        "latest only of one table twice",
        "latest_only names a table twice",
        described(latest_only=["ssd_cp_visits", "ssd_cp_visits"]),
        r"latest_only names ssd_cp_visits twice \(extract\.json\): name each table once",
    ),
]

FILES = [
    Refused(
        "two files of one table",
        "a table is there as CSV and as Parquet",
        two_files,
        r"ssd_person\.csv and ssd_person\.parquet .*: leave only the one",
    ),
    Refused(
        "two files by case",
        "SSD_PERSON.CSV lies beside ssd_person.csv",
        two_files_by_case,
        r"SSD_PERSON\.CSV and ssd_person\.csv .*: leave only the one",
    ),
    Refused(
        "a folder called like a table",
        "ssd_family.csv is a folder",
        table_is_folder,
        rf"folder where a file must be {IN_FAMILY}: ",
    ),
    Refused(
        "a pipe called like a table",
        "ssd_family.csv is a pipe",
        table_is_pipe,
        rf"not a plain file {IN_FAMILY}: ",
    ),
    Refused(
        "a link out of the folder",
        "ssd_family.csv is a link to a file elsewhere",
        linked("../outside.csv"),
        rf"leads out of the folder {IN_FAMILY}: put a copy",
    ),
    Refused(
        "a link to a system file",
        "ssd_family.csv is a link to /etc/passwd",
        linked("/etc/passwd"),
        rf"leads out of the folder {IN_FAMILY}: put a copy",
    ),
    Refused(
        "a link to nothing",
        "ssd_family.csv is a link to a file that is gone",
        linked("gone.csv"),
        rf"link to nothing {IN_FAMILY}: ",
    ),
    Refused(
        "named .csv.gz",
        "a table is there only as .csv.gz",
        named("ssd_family", "csv.gz", gzip.compress(FAMILY.encode())),
        r"neither \.csv nor \.parquet \(ssd_family\.csv\.gz\): unpack it or save it as ",
    ),
    Refused(
        "named .xlsx",
        "a table is there only as an Excel workbook",
        named("ssd_family", "xlsx", b"PK\x03\x04"),
        r"neither \.csv nor \.parquet \(ssd_family\.xlsx\): ",
    ),
]

KINDS = [
    Refused(
        "gzip called .csv",
        "the CSV file is a gzip archive",
        family(gzip.compress(FAMILY.encode())),
        rf"compressed \(gzip\), not CSV text {IN_FAMILY}: unpack it",
    ),
    Refused(
        "gzip cut off",
        "the CSV file is half a gzip archive",
        family(gzip.compress(FAMILY.encode())[:20]),
        rf"compressed \(gzip\), not CSV text {IN_FAMILY}: unpack it",
    ),
    Refused(
        "Excel called .csv",
        "the CSV file is an Excel workbook",
        family(b"PK\x03\x04\x14\x00" + bytes(50)),
        rf"Excel workbook or a zip archive, not CSV text {IN_FAMILY}: save it as ",
    ),
    Refused(
        "Parquet called .csv",
        "the CSV file is a Parquet file",
        family(b"PAR1" + bytes(50) + b"PAR1"),
        rf"a Parquet file, not CSV text {IN_FAMILY}: give it a name",
    ),
    Refused(
        "CSV called .parquet",
        "the Parquet file is a CSV file",
        named("ssd_family", "parquet", FAMILY.encode()),
        r"cannot be read as Parquet \(ssd_family\.parquet\): export it again",
    ),
    Refused(
        "Parquet of no bytes",
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
        "a part in the middle of the Parquet file is damaged",
        damaged_inside,
        r"cannot be .* \(ssd_person\.parquet\): export it again",
    ),
    Refused(
        "Parquet without a key",
        "a required column is missing in the Parquet file",
        parquet("ssd_family", "select 'F' as fami_family_id"),
        r"required column is missing \(ssd_family\.parquet, column fami_person_id\): ",
    ),
    Refused(
        "Parquet of bytes",
        "an id in the Parquet file is bytes",
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
        for delimiter, word in {";": "semicolons", "\t": "tabs", "|": "bars"}.items()
    ),
    Refused(
        "semicolons and quotes",
        "columns are in quotes and separated by semicolons",
        family('"fami_family_id";"fami_person_id"\n"F1";"P1"\n'),
        r"separated by semicolons \(ssd_family\.csv, line 1\): .*commas",
    ),
    *(
        Refused(
            f"{encoding} {mark}",
            f"the file was saved as {encoding} {mark}",
            encoded(encoding if mark.startswith("with ") else encoding + "-le"),
            r"UTF-16 text, not UTF-8 \(ssd_family\.csv, line 1\): save it as UTF-8",
        )
        for encoding, mark in (("utf-16", "with its mark"), ("utf-16", "without its mark"))
    ),
    Refused(
        "utf-16 big-endian",
        "the file was saved as UTF-16 with the bytes the other way round",
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
        "a field holds a NUL byte",
        family(FAMILY + "F1,P1\nF2,P\0\n"),
        r"NUL byte, .* \(ssd_family\.csv, line 3\): ",
    ),
]

HEADERS = [
    Refused(
        "no header",
        "the file begins with a row of data",
        family("F1,P1\nF2,P2\n"),
        r"none of the names .* \(ssd_family\.csv, line 1\): put a row",
    ),
    Refused(
        "broken header",
        "a quote in the header has no end",
        family('fami_family_id,"fami_person_id\nF1,P1\n'),
        r"header row is broken: .* \(ssd_family\.csv, line 1\): ",
    ),
    Refused(
        "column twice",
        "the header has a column twice",
        with_header(lambda header: [*header, "fami_person_id"]),
        r"duplicate column \(ssd_family\.csv, column fami_person_id\): ",
    ),
    Refused(
        "column twice by case",
        "the header has a column twice, once in capitals",
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
        "a required column has another name",
        with_header(lambda header: [name.replace("person_id", "child_id") for name in header]),
        r"required column is missing \(ssd_family\.csv, column fami_person_id\): ",
    ),
    Refused(
        "neither of two ids",
        "workers have neither of the two ids",
        lambda extract: extract.write("ssd_professionals", [["prof_professional_name"], ["Ada"]]),
        r"\(ssd_professionals\.csv, column prof_professional_id or prof_staff_id\): ",
    ),
]

ROWS = [
    Refused(
        "too many fields",
        "a row has a field more than the header",
        family(FAMILY + 'F1,"P\n1"\nF2,P2,P3\n'),
        r"3 in this row and 2 in the header \(ssd_family\.csv, row 2, line 4\): ",
    ),
    Refused(
        "too few fields",
        "a row has a field less than the header",
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
        r"quoted field has no end \(ssd_family\.csv, row 2, line 3\): .*cut off",
    ),
    Refused(
        "a quote without its other half",
        "a quote opens a field and never closes",
        family(FAMILY + 'F1,"P1\nF2,P2\nF3,P3\n'),
        r"quoted field has no end \(ssd_family\.csv, row 1, line 2\): ",
    ),
    Refused(
        "text after quotes",
        "a field goes on after its closing quote",
        family(FAMILY + 'F1,"P"1\n'),
        r"text after the closing quote of a field \(ssd_family\.csv, row 1, line 2\): ",
    ),
    Refused(
        "a blank row",
        "a blank line stands between the rows",
        family(FAMILY + "F1,P1\n\nF2,P2\n"),
        r"the row is blank \(ssd_family\.csv, row 2, line 3\): take it out",
    ),
]

REFUSED = [*FOLDER, *DESCRIPTIONS, *FILES, *KINDS, *ENCODINGS, *HEADERS, *ROWS]
