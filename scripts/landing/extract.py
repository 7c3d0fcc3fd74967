"""The folder of one extract: its description (`extract.json`) and the files it has."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from landing.contract import ContractTable
from landing.errors import UserError

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
KNOWN_ENTRIES = ("extract_id", "source_system", "as_at", "date_format", "history_from")


@dataclass(frozen=True)
class Extract:
    """A folder that can be landed: what `extract.json` says, and one file for each table it has.

    `content_hash` covers the description, every file and the contract, so that an extract is read
    again when the contract has grown. `notes` are remarks for the person who lands it.
    """

    folder: Path
    extract_id: str
    source_system: str
    as_at: datetime
    date_format: str
    history_from: dict[str, date | None] | None
    files: dict[str, Path]
    content_hash: str
    notes: tuple[str, ...] = field(default=())

    def history_of(self, table: str) -> date | None:
        """Return the date from which a table is complete; None means since ever."""
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

    Raises UserError for everything that the maker of the extract has to mend. Data files are
    hashed here and not yet parsed.
    """
    if not folder.is_dir():
        raise UserError(
            f"there is no folder {folder}", "give the folder that holds extract.json and the tables"
        )
    description = _read_description(folder / DESCRIPTION)
    tables = [table.name for table in contract]
    files, unknown_files = _find_files(folder, tables)
    notes = [f"{name} is no table of the contract and is not landed" for name in unknown_files]
    notes += [
        f"{DESCRIPTION} has the unknown entry {name!r}, which is not read"
        for name in description
        if name not in KNOWN_ENTRIES
    ]
    return Extract(
        folder=folder,
        extract_id=_extract_id(description),
        source_system=_one_of(description, "source_system", SOURCE_SYSTEMS),
        as_at=_as_at(description),
        date_format=_one_of(description, "date_format", DATE_FORMATS),
        history_from=_history_from(description, tables),
        files=files,
        content_hash=_content_hash(description, files, contract),
        notes=tuple(notes),
    )


def _read_description(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UserError(
            f"there is no {DESCRIPTION} in {path.parent}",
            "write one with extract_id, source_system, as_at and date_format",
        ) from None
    except OSError as error:
        raise UserError(
            f"cannot be read: {error.strerror}", "check the file's permissions", file=DESCRIPTION
        ) from None
    except UnicodeDecodeError:
        raise UserError("is not UTF-8 text", "save it as UTF-8", file=DESCRIPTION) from None
    except json.JSONDecodeError as error:
        raise UserError(
            f"is not valid JSON: {error.msg}",
            f"mend character {error.colno} of that line",
            file=DESCRIPTION,
            line=error.lineno,
        ) from None
    if not isinstance(content, dict):
        raise UserError("is not a JSON object", "write it as {...}", file=DESCRIPTION)
    return content


def _bad_entry(name: str, what: str, todo: str) -> UserError:
    return UserError(f"{name} {what}", todo, file=DESCRIPTION)


def _text(description: dict[str, Any], name: str) -> str:
    if name not in description:
        raise _bad_entry(name, "is missing", f'add "{name}"')
    value = description[name]
    if not isinstance(value, str) or not value.strip():
        raise _bad_entry(name, f"is {json.dumps(value)}", "give it as a text that is not empty")
    return value.strip()


def _one_of(description: dict[str, Any], name: str, allowed: Sequence[str]) -> str:
    value = _text(description, name)
    if value not in allowed:
        raise _bad_entry(name, f"is {value!r}", f"use one of {', '.join(allowed)}")
    return value


def _extract_id(description: dict[str, Any]) -> str:
    value = _text(description, "extract_id")
    if len(value) > LONGEST_ID or not value.isprintable():
        raise _bad_entry(
            "extract_id",
            "is too long or has control characters",
            f"use at most {LONGEST_ID} printable characters",
        )
    return value


def _as_at(description: dict[str, Any]) -> datetime:
    value = _text(description, "as_at")
    try:
        as_at = datetime.fromisoformat(value)
    except ValueError:
        raise _bad_entry(
            "as_at", f"is {value!r}", "write a date and time like 2018-04-10T08:00:00"
        ) from None
    if as_at.tzinfo is not None:
        as_at = as_at.astimezone(ZoneInfo("Europe/London")).replace(tzinfo=None)
    # Rule BAT-05; a day of grace, because clocks and time zones differ.
    if (as_at - datetime.now(UTC).replace(tzinfo=None)).days >= 1:
        raise _bad_entry("as_at", f"is {value!r}, in the future", "give the time of the extract")
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
                f"names the unknown table {name!r}",
                "use a table of the contract or default",
            )
        try:
            dates[name] = None if value is None else date.fromisoformat(value)
        except (TypeError, ValueError):
            raise _bad_entry(
                "history_from",
                f"has {json.dumps(value)} for {name}",
                "write a date like 2014-04-01",
            ) from None
    return dates


def _find_files(folder: Path, tables: Sequence[str]) -> tuple[dict[str, Path], list[str]]:
    """Return the file of each table, and the names of data files that belong to no table."""
    files: dict[str, Path] = {}
    unknown: list[str] = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in FILE_TYPES or path.is_dir():
            continue
        table = path.stem.lower()
        if table not in tables:
            unknown.append(path.name)
        elif table in files:
            raise UserError(
                f"two files for one table: {files[table].name} and {path.name}",
                "leave only the one that is right",
                file=path.name,
            )
        else:
            files[table] = path
    return files, unknown


def _content_hash(
    description: dict[str, Any], files: dict[str, Path], contract: Sequence[ContractTable]
) -> str:
    digest = hashlib.sha256(json.dumps(description, sort_keys=True).encode())
    for table in contract:
        digest.update("\n".join((table.name, *table.columns)).encode())
    for table, path in sorted(files.items()):
        digest.update(f"{table}{path.suffix.lower()}".encode())
        try:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            raise UserError(
                f"cannot be read: {error.strerror}", "check the file's permissions", file=path.name
            ) from None
    return digest.hexdigest()
