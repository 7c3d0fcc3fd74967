"""The folder of one extract: its description (`extract.json`) and its files."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from vital_signs.errors import UserError, one_line, shortened
from vital_signs.landing.contract import ContractTable
from vital_signs.landing.reading import changed_while_read

DESCRIPTION = "extract.json"
SOURCE_SYSTEMS = (
    "CAREFIRST",
    "SYSTEMC",
    "MOSAIC",
    "ECLIPSE",
    "SSDA903",
    "ANNEX_A",
    "CIN",
    "SYNTHETIC",
)
DATE_FORMATS = ("YMD", "DMY")
FILE_TYPES = (".csv", ".parquet")
LONGEST_ID = 100
# Changing this number makes every extract be read again, even where its files are the same.
WAY_OF_LANDING = 2
# Case systems are newer than this; an earlier date is a placeholder such as 1900-01-01.
EARLIEST_AS_AT = datetime(2000, 1, 1)
KNOWN_ENTRIES = (
    "extract_id",
    "source_system",
    "as_at",
    "date_format",
    "history_from",
    "latest_only",
)


@dataclass(frozen=True)
class Extract:
    """A folder that can be landed: what `extract.json` says, and one file for each table.

    `files_hash` covers every file; `content_hash` covers the description and the contract as well,
    so that an extract is read again when the contract or the landing code has changed.
    `file_states` gives the size and time of change of each file before it was hashed, `file_hashes`
    the SHA-256 of its bytes at that point. `notes` are remarks for the person who lands it.
    `latest_only` names the tables that contain only the latest record of each kind.
    """

    folder: Path
    extract_id: str
    source_system: str
    as_at: datetime
    date_format: str
    history_from: dict[str, date | None] | None
    files: dict[str, Path]
    content_hash: str
    files_hash: str
    file_states: dict[str, tuple[int, int]]
    file_hashes: dict[str, bytes]
    notes: tuple[str, ...] = field(default=())
    latest_only: frozenset[str] = frozenset()

    def refuse_if_changed(self) -> None:
        """Raise UserError when a file has changed since it was hashed."""
        for table, path in self.files.items():
            if _state(path) != self.file_states[table]:
                raise changed_while_read(path.name)

    def history_of(self, table: str) -> date | None:
        """Return the date from which a table is complete; None means full history."""
        history = self.history_from or {}
        return history[table] if table in history else history.get("default")

    @property
    def history_text(self) -> str | None:
        """Return `history_from` as JSON text, or None where the extract has none."""
        if self.history_from is None:
            return None
        dates = {
            name: None if day is None else day.isoformat()
            for name, day in self.history_from.items()
        }
        return json.dumps(dates, sort_keys=True)


def read_extract(folder: Path, contract: Sequence[ContractTable]) -> Extract:
    """Read and check the folder's description and list of files.

    Raises UserError for anything that whoever produces the extract has to put right. Data files
    are hashed here but not yet parsed.
    """
    names = _names_in(folder)
    description = _read_description(folder)
    tables = [table.name for table in contract]
    files, unknown_files = _find_files(folder, names, tables)
    notes = [_unknown_file_note(name, tables) for name in unknown_files]
    notes += [
        f"{DESCRIPTION} has the unknown entry {shortened(repr(name))}, which is ignored"
        for name in description
        if name not in KNOWN_ENTRIES
    ]
    file_states = {table: _state(path) for table, path in files.items()}
    file_hashes = {table: _file_hash(path) for table, path in files.items()}
    files_hash = _files_hash(files, file_hashes)
    return Extract(
        folder=folder,
        extract_id=_extract_id(description),
        source_system=_one_of(description, "source_system", SOURCE_SYSTEMS),
        as_at=_as_at(description),
        date_format=_one_of(description, "date_format", DATE_FORMATS),
        history_from=_history_from(description, tables),
        files=files,
        content_hash=_content_hash(description, files_hash, contract),
        files_hash=files_hash,
        file_states=file_states,
        file_hashes=file_hashes,
        notes=tuple(one_line(note) for note in notes),
        latest_only=_latest_only(description, tables),
    )


def _names_in(folder: Path) -> list[str]:
    """Return the names of what is in the folder. Raises UserError where it cannot be listed."""
    todo = "give the folder that contains extract.json and the tables"
    try:
        return sorted(path.name for path in folder.iterdir())
    except FileNotFoundError:
        raise UserError(f"there is no folder {folder}", todo) from None
    except NotADirectoryError:
        raise UserError(f"{folder} is a file, not a folder", todo) from None
    except OSError as error:
        raise UserError(
            f"the folder {folder} cannot be opened: {error.strerror}",
            "check its name and that you have permission to read it",
        ) from None


def _read_description(folder: Path) -> dict[str, Any]:
    path = folder / DESCRIPTION
    if not path.exists() and not path.is_symlink():
        raise UserError(
            f"there is no {DESCRIPTION} in {folder}",
            "write one with extract_id, source_system, as_at and date_format",
        )
    _refuse_odd_file(folder, path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _unreadable(path, error) from None
    except UnicodeDecodeError:
        raise UserError(
            "the file is not UTF-8 text", "save it as UTF-8", file=DESCRIPTION
        ) from None
    if not text.strip():
        raise UserError(
            "the file is empty",
            "add extract_id, source_system, as_at and date_format",
            file=DESCRIPTION,
        )
    try:
        content = json.loads(text, object_pairs_hook=_without_twins)
    except json.JSONDecodeError as error:
        raise UserError(
            f"the file is not valid JSON: {error.msg}",
            f"check character {error.colno} of that line; quotation marks, commas and the brackets"
            " { } must be as in docs/extracts.md",
            file=DESCRIPTION,
            line=error.lineno,
        ) from None
    except (RecursionError, ValueError):
        # Brackets are nested too deeply, or a number is too long, to be read.
        content = None
    if not isinstance(content, dict):
        raise UserError(
            "the file is not a JSON object",
            "write it as {...}, as in docs/extracts.md",
            file=DESCRIPTION,
        )
    return content


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for name, value in pairs:
        if name in entries:
            raise UserError(
                f"duplicate entry {shortened(name)}",
                "keep only the correct one",
                file=DESCRIPTION,
            )
        entries[name] = value
    return entries


def _bad_entry(name: str, what: str, todo: str) -> UserError:
    return UserError(f"{name} {what}", todo, file=DESCRIPTION)


def _text(description: dict[str, Any], name: str) -> str:
    if name not in description:
        raise _bad_entry(name, "is missing", f'add "{name}"')
    value = description[name]
    if not isinstance(value, str) or not value.strip():
        raise _bad_entry(
            name,
            f"is {shortened(json.dumps(value))}",
            "give it as text in quotation marks; it may not be empty",
        )
    return value.strip()


def _one_of(description: dict[str, Any], name: str, allowed: Sequence[str]) -> str:
    value = _text(description, name)
    if value not in allowed:
        raise _bad_entry(name, f"is {shortened(repr(value))}", f"use one of {', '.join(allowed)}")
    return value


def _extract_id(description: dict[str, Any]) -> str:
    value = _text(description, "extract_id")
    if len(value) > LONGEST_ID or not value.isprintable():
        raise _bad_entry(
            "extract_id",
            "is too long or contains control characters",
            f"use at most {LONGEST_ID} printable characters",
        )
    if "{" in value or "}" in value:
        # The build passes the id to dbt, which runs anything in double curly brackets as code.
        raise _bad_entry(
            "extract_id", "contains curly brackets", "use letters, digits, spaces and hyphens"
        )
    return value


def _as_at(description: dict[str, Any]) -> datetime:
    value = _text(description, "as_at")
    shown = shortened(repr(value))
    try:
        as_at = datetime.fromisoformat(value)
        if as_at.tzinfo is not None:
            as_at = as_at.astimezone(ZoneInfo("Europe/London")).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise _bad_entry(
            "as_at", f"is {shown}", "write a date and time like 2018-04-10T08:00:00"
        ) from None
    # Rule BAT-05; one day is allowed, because clocks and time zones differ.
    if (as_at - datetime.now(UTC).replace(tzinfo=None)).days >= 1:
        raise _bad_entry("as_at", f"is {shown}, in the future", "give the time of extraction")
    if as_at < EARLIEST_AS_AT:
        raise _bad_entry(
            "as_at", f"is {shown}, before {EARLIEST_AS_AT.year}", "give the time of extraction"
        )
    return as_at


def _history_from(
    description: dict[str, Any], tables: Sequence[str]
) -> dict[str, date | None] | None:
    history = description.get("history_from")
    if history is None:
        return None
    if not isinstance(history, dict):
        raise _bad_entry(
            "history_from", "is not an object", 'write it like {"default": "2014-04-01"}'
        )
    dates: dict[str, date | None] = {}
    for name, value in history.items():
        if name != "default" and name not in tables:
            raise _bad_entry(
                "history_from",
                f"names the unknown table {shortened(repr(name))}",
                "use default, or the name of a table that an extract may contain",
            )
        try:
            dates[name] = None if value is None else date.fromisoformat(value)
        except (TypeError, ValueError):
            raise _bad_entry(
                "history_from",
                f"has {shortened(json.dumps(value))} for {name}",
                "write a date like 2014-04-01",
            ) from None
    return dates


def _latest_only(description: dict[str, Any], tables: Sequence[str]) -> frozenset[str]:
    """Return the tables that contain only the latest record of each kind (specification G74)."""
    names = description.get("latest_only")
    if names is None:
        return frozenset()
    if not isinstance(names, list):
        raise _bad_entry("latest_only", "is not a list", 'write it like ["ssd_cp_visits"]')
    for position, name in enumerate(names):
        if name not in tables:
            raise _bad_entry(
                "latest_only",
                f"names the unknown table {shortened(json.dumps(name))}",
                "use the names of tables that an extract may contain",
            )
        if name in names[:position]:
            raise _bad_entry("latest_only", f"names {name} twice", "name each table once")
    return frozenset(names)


def _find_files(
    folder: Path, names: Sequence[str], tables: Sequence[str]
) -> tuple[dict[str, Path], list[str]]:
    """Return the file of each table, and the names of data files that belong to no table.

    Raises UserError for two files for one table, and for a table whose only file is of a type that
    cannot be landed: the extract would look complete although the table is missing.
    """
    files: dict[str, Path] = {}
    unknown: list[str] = []
    other_types: dict[str, Path] = {}
    for path in (folder / name for name in names):
        table, _, ending = path.name.lower().partition(".")
        if f".{ending}" not in FILE_TYPES:
            if table in tables and ending:
                other_types[table] = path
            elif path.suffix.lower() in FILE_TYPES:
                unknown.append(path.name)
        elif table not in tables:
            unknown.append(path.name)
        elif table in files:
            raise UserError(
                f"two files for one table: {files[table].name} and {path.name}",
                "keep only the correct one",
                file=path.name,
            )
        else:
            _refuse_odd_file(folder, path)
            files[table] = path
    for table, path in other_types.items():
        if table not in files:
            raise UserError(
                "the file is neither .csv nor .parquet",
                f"unpack it or save it as {table}.csv; if it is not wanted, remove it from the"
                " folder",
                file=path.name,
            )
    return files, unknown


def _unknown_file_note(name: str, tables: Sequence[str]) -> str:
    note = f"{name} is not a table of the contract and is not landed"
    near = difflib.get_close_matches(Path(name).stem.lower(), tables, n=1, cutoff=0.8)
    return f"{note} (did you mean {near[0]}?)" if near else note


def _refuse_odd_file(folder: Path, path: Path) -> None:
    """Raise UserError for anything that is not an ordinary file in this folder.

    A link out of the folder would land, and hash, something that is not part of the extract.
    """
    if path.is_symlink():
        target = Path(os.path.realpath(path))
        if Path(os.path.realpath(folder)) not in target.parents:
            raise UserError(
                "the file is a link to somewhere outside the folder",
                "replace it with a copy of the file",
                file=path.name,
            )
        if not target.exists():
            raise UserError(
                "the file is a broken link", "replace it with the file itself", file=path.name
            )
    if path.is_dir():
        raise UserError(
            "this is a folder, not a file",
            "replace it with a file of the same name",
            file=path.name,
        )
    if not path.is_file():
        # Reading a pipe or a device might never end.
        raise UserError("this is not an ordinary file", "replace it with one", file=path.name)


def _unreadable(path: Path, error: OSError) -> UserError:
    return UserError(
        f"the file cannot be read: {error.strerror}",
        "check that it exists and that you have permission to read it",
        file=path.name,
    )


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from None
    return found.st_size, found.st_mtime_ns


def _file_hash(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError as error:
        raise _unreadable(path, error) from None


def _files_hash(files: dict[str, Path], file_hashes: dict[str, bytes]) -> str:
    """Return one hash of all files; a name ends with its type, and a hash has a fixed length."""
    digest = hashlib.sha256()
    for table, path in sorted(files.items()):
        digest.update(f"{table}{path.suffix.lower()}".encode() + file_hashes[table])
    return digest.hexdigest()


def _content_hash(
    description: dict[str, Any], files_hash: str, contract: Sequence[ContractTable]
) -> str:
    """Return the hash of everything that determines what is landed.

    It is taken from JSON, in which one name cannot be mistaken for two, or two for one.
    """
    tables = [[table.name, *table.columns] for table in contract]
    content = [WAY_OF_LANDING, description, tables, files_hash]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
