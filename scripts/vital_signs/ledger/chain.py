"""The ledger of publications: an append-only folder, held together by a hash chain.

`ledger.jsonl` has one line for each version of a month, in the order of publication. A line
contains the hashes of the version's files, of the previous line and of itself; `2018-03-v1/`
contains the files. The tool cannot change or delete anything, and `problems` finds changes made by
hand: the folder must contain exactly what the tool would have written, and nothing else.

A version is written to `unfinished/`, then its line is added by replacing the ledger file as a
whole, then the folder gets its name. What a killed process left is finished or dropped by the next
one: if the line is in the ledger the publication counts, otherwise nothing was published.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from vital_signs.errors import UserError, one_line, shortened
from vital_signs.files import to_disk

try:
    import fcntl
except ImportError:  # Windows has no such lock; renaming still keeps the ledger whole.
    fcntl = None

LEDGER_FILE = "ledger.jsonl"
LOCK_FILE = ".lock"
UNFINISHED = "unfinished"
VALUES_FILE = "values.csv"
CASES_FILE = "cases.parquet"
CODE_FILE = "files.csv"
FIRST_PREVIOUS = "0" * 64
RESTRICTED = 0o600
READ_ONLY = 0o444
# The files of a version, and their permissions.
FILE_MODES = {CASES_FILE: RESTRICTED, CODE_FILE: READ_ONLY, VALUES_FILE: READ_ONLY}
Entry = dict[str, Any]
EXTRACT_ENTRIES = {
    "extract_id": str, "source_system": str, "as_at": str, "files_hash": str, "content_hash": str,
}  # fmt: skip
# The entries of a line, in the order in which they are written, with their types.
ENTRIES = {
    "sequence": int, "month_end": str, "version": int, "folder": str, "published_at": str,
    "published_by": str, "reason": (str, type(None)), "extract": dict, "code_version": str,
    "project_hash": str, "reference_hash": str, "values": int, "cases": int, "files": dict,
    "previous_hash": str, "entry_hash": str,
}  # fmt: skip


class Ledger:
    """One folder of publications. Everything except reading `folder` is done inside `locked()`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def file(self) -> Path:
        """The file with one line for each version."""
        return self.folder / LEDGER_FILE

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the ledger for one process, and finish what a killed one began.

        Raises UserError when another process holds it. A missing ledger is not created.
        """
        if not self.folder.is_dir():
            if os.path.lexists(self.folder):
                raise UserError("this is not a folder", "name the ledger's", file=str(self.folder))
            yield
            return
        # A link there would create a file wherever it points.
        options = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(self.folder / LOCK_FILE, options, 0o666)
        try:
            if fcntl is not None:
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    raise UserError(
                        "another publication or build is using the ledger",
                        "wait for it to finish, then try again",
                        file=str(self.folder),
                    ) from None
            self._finish_killed()
            yield
        finally:
            os.close(descriptor)

    def entries(self) -> list[Entry]:
        """Return the lines of the ledger. Raises UserError for one that the tool did not write."""
        return [self._read(number, line) for number, line in enumerate(self._lines(), start=1)]

    def sound_entries(self) -> list[Entry]:
        """Return the lines of a ledger that is as it was. Raises UserError for any other.

        File modes are not checked: a restored backup may have lost them, and some disks have
        none.
        """
        problems = self.problems(with_modes=False)
        if problems:
            raise UserError(
                f"the ledger is not as it was written: {problems[0]}",
                "restore it from a backup; vital-signs publish --verify lists every problem",
                file=str(self.folder),
            )
        return self.entries()

    def problems(self, known_hash: str | None = None, *, with_modes: bool = True) -> list[str]:
        """Return one line for each thing that is not as it was written; none means it is sound.

        The chain cannot show that its last lines were removed together with their folders;
        `known_hash`, the hash of a line noted elsewhere, does.
        """
        try:
            entries = self.entries()
        except UserError as error:
            return [str(error)]
        except OSError as error:
            return [f"{LEDGER_FILE}: the file cannot be read: {error.strerror}"]
        problems = self._odd_files(entries)
        previous = FIRST_PREVIOUS
        for number, entry in enumerate(entries, start=1):
            where = f"line {number} of {LEDGER_FILE} ({shortened(entry['folder'])})"
            if entry["entry_hash"] != entry_hash(entry):
                problems.append(f"{where}: the line was changed")
            elif entry["sequence"] != number:
                problems.append(
                    f"{where}: it was line {shortened(str(entry['sequence']))}; lines before it"
                    " were moved, added or removed"
                )
            elif entry["previous_hash"] != previous:
                problems.append(f"{where}: the line before it is not the one it followed")
            previous = entry["entry_hash"]
            problems += self._file_problems(entry, with_modes)
        if known_hash and known_hash not in {entry["entry_hash"] for entry in entries}:
            problems.append(
                f"no line of {LEDGER_FILE} has the hash {known_hash}: lines were removed, "
                "or the hash was mistyped"
            )
        return [one_line(problem) for problem in problems]

    def append(self, entry: Entry, unfinished: Path) -> Entry:
        """Add a version whose files are in `unfinished`, and return its line.

        `entry` has everything except its place: sequence, files and hashes are added here.
        """
        entries = self.entries()
        files = _hashes(unfinished)
        whole = {
            "sequence": len(entries) + 1,
            **entry,
            "files": files,
            "previous_hash": entries[-1]["entry_hash"] if entries else FIRST_PREVIOUS,
        }
        whole["entry_hash"] = entry_hash(whole)
        for path in unfinished.iterdir():
            to_disk(path)
        to_disk(unfinished)
        written = self.file.with_name(f"{LEDGER_FILE}.new")
        written.write_bytes(b"".join(map(line_of, [*entries, whole])))
        to_disk(written)
        written.replace(self.file)
        unfinished.rename(self.folder / whole["folder"])
        to_disk(self.folder)
        return whole

    def new_version_folder(self) -> Path:
        """Return an empty folder for the files of a version, to be passed to `append`."""
        path = self.folder / UNFINISHED
        path.mkdir(mode=0o700)
        return path

    def _lines(self) -> list[bytes]:
        """Return the lines with their line ends; the last one has none if it was cut off."""
        if not os.path.lexists(self.file):
            return []
        if self.file.is_symlink() or not self.file.is_file():
            raise UserError(
                "this is not an ordinary file", "restore it from a backup", file=str(self.file)
            )
        return self.file.read_bytes().splitlines(keepends=True)

    def _read(self, number: int, line: bytes) -> Entry:
        """Return what a line says, if it is written exactly as the tool would write it."""
        try:
            entry = json.loads(line)
            wrong = wrong_part(entry)
            # Finds a duplicate name, a different order, spaces, or a letter written differently.
            if not wrong and line_of(entry) != line:
                wrong = "the line is not in the form that the tool writes"
        except (ValueError, RecursionError):
            wrong = "the line cannot be read"
        if wrong:
            raise UserError(
                wrong, "restore the ledger from a backup", file=str(self.file), line=number
            )
        return entry

    def _odd_files(self, entries: list[Entry]) -> list[str]:
        """Return one line for each thing in the folder that does not belong to a version."""
        if not self.folder.is_dir():
            return []
        folders = {entry["folder"] for entry in entries}
        problems = []
        for path in sorted(self.folder.iterdir()):
            if path.is_symlink():
                problems.append(f"{path.name}: there is a link in the ledger")
            elif path.name in folders:
                if not path.is_dir():
                    problems.append(f"{path.name}: there is a file in place of a folder")
            elif path.is_dir():
                problems.append(
                    f"{path.name}: is not in any line of {LEDGER_FILE}; a line was removed, or the"
                    " folder was added"
                )
            elif path.name not in (LEDGER_FILE, LOCK_FILE):
                problems.append(f"{path.name}: the file was added")
        return problems

    def _file_problems(self, entry: Entry, with_modes: bool) -> list[str]:
        folder = self.folder / entry["folder"]
        if folder.is_symlink():
            # Reported above; what it points to is not part of the ledger.
            return []
        problems = []
        for name, known in entry["files"].items():
            path = folder / name
            if path.is_symlink():
                problems.append(f"{folder.name}/{name}: there is a link in place of the file")
            elif not path.is_file():
                problems.append(f"{folder.name}/{name}: the file is missing")
            else:
                problems += _changes(path, known, f"{folder.name}/{name}", with_modes)
        if folder.is_dir():
            problems += [
                f"{folder.name}/{path.name}: the file was added"
                for path in sorted(folder.iterdir())
                if path.name not in entry["files"]
            ]
        return problems

    def _finish_killed(self) -> None:
        (self.folder / f"{LEDGER_FILE}.new").unlink(missing_ok=True)
        unfinished = self.folder / UNFINISHED
        if unfinished.is_symlink() or not unfinished.is_dir():
            return
        try:
            entries = self.entries()
        except UserError:
            # Whoever checks the ledger is told; until then nothing in it is moved or dropped.
            return
        last = entries[-1] if entries else None
        is_published = last and not os.path.lexists(self.folder / last["folder"])
        if is_published and _hashes(unfinished) == last["files"]:
            unfinished.rename(self.folder / last["folder"])
        else:
            shutil.rmtree(unfinished)


def wrong_part(entry: Any) -> str | None:
    """Return what is wrong with the form of a line, or None if every part is as it should be.

    A part of a different type from what the tool writes would be misread.
    """
    if not isinstance(entry, dict):
        return "the line is not a JSON object"
    wrong = _wrong_types(entry, ENTRIES) or _wrong_types(
        entry["extract"], EXTRACT_ENTRIES, "extract."
    )
    if wrong:
        return wrong
    try:
        month = date.fromisoformat(entry["month_end"])
        datetime.fromisoformat(entry["published_at"])
        datetime.fromisoformat(entry["extract"]["as_at"])
    except ValueError:
        return "the line has an invalid date"
    if entry["folder"] != f"{month:%Y-%m}-v{entry['version']}":
        return "the line names a folder that does not match its month and version"
    if set(entry["files"]) != set(FILE_MODES) or not all(
        isinstance(known, str) for known in entry["files"].values()
    ):
        return "the line does not list the files of a version"
    return None


def _wrong_types(found: dict[str, Any], expected: dict[str, Any], place: str = "") -> str | None:
    for name, types in expected.items():
        if name not in found:
            return f"{place}{name} is missing"
        # In Python true and false are numbers too.
        if not isinstance(found[name], types) or isinstance(found[name], bool):
            return f"{place}{name} is not of the type that the tool writes"
    more = [name for name in found if name not in expected]
    return f"there is an unknown entry {place}{shortened(more[0])}" if more else None


def line_of(entry: Entry) -> bytes:
    """Return the one form in which a line is written."""
    extract = {name: entry["extract"][name] for name in EXTRACT_ENTRIES}
    ordered = {name: entry[name] for name in ENTRIES} | {"extract": extract}
    ordered["files"] = dict(sorted(entry["files"].items()))
    return f"{json.dumps(ordered, ensure_ascii=False)}\n".encode()


def entry_hash(entry: Entry) -> str:
    """Return the hash of a line, over everything in it except the hash itself."""
    said = {key: value for key, value in entry.items() if key != "entry_hash"}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def file_hash(path: Path) -> str:
    """Return the hash of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: file_hash(path) for path in sorted(folder.iterdir())}


def _changes(path: Path, known: str, where: str, with_modes: bool) -> list[str]:
    """Return one line for each way in which a file of a version has changed."""
    problems = []
    try:
        if file_hash(path) != known:
            problems.append(f"{where}: the file was changed")
    except OSError as error:
        return [f"{where}: the file cannot be read: {error.strerror}"]
    mode, wanted = stat.S_IMODE(path.stat().st_mode), FILE_MODES[path.name]
    if with_modes and os.name == "posix" and mode != wanted:
        problems.append(
            f"{where}: the file has the mode {mode:04o}, not {wanted:04o}; if nothing else is"
            f" listed here, chmod {wanted:04o} fixes it"
        )
    return problems
