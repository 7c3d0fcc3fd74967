"""The ledger of publications: a folder that grows and never changes, held together by a hash chain.

`ledger.jsonl` has one line for each version of a month, in the order of publication. A line holds
the hashes of the version's files and of the line before, and its own; `2018-03-v1/` holds the
files. The tool has no way to change or to delete, and `problems` finds what somebody did by hand.

A version is written to `unfinished/`, then its line is added by replacing the ledger file as a
whole, then the folder gets its name. What a killed process left is finished or dropped by the next
one: with the line in the ledger the publication stands, without it nothing was published.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from landing.errors import UserError

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
Entry = dict[str, Any]


class Ledger:
    """One folder of publications. Every use but reading `folder` is inside `locked()`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def file(self) -> Path:
        """The file with one line for each version."""
        return self.folder / LEDGER_FILE

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the ledger for one process, and finish what a killed one began.

        Raises UserError when another process holds it. A ledger that is not there is left so.
        """
        if not self.folder.is_dir():
            yield
            return
        descriptor = os.open(self.folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            if fcntl is not None:
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    raise UserError(
                        "another publication or build is using the ledger",
                        "wait for it to end, then try again",
                        file=str(self.folder),
                    ) from None
            self._finish_killed()
            yield
        finally:
            os.close(descriptor)

    def entries(self) -> list[Entry]:
        """Return the lines of the ledger. Raises UserError for a line that cannot be read."""
        entries = []
        for number, line in enumerate(self._lines(), start=1):
            try:
                entry = json.loads(line)
            except ValueError:
                entry = None
            if not isinstance(entry, dict) or "entry_hash" not in entry:
                raise UserError(
                    "the line cannot be read",
                    "restore the ledger from a backup",
                    file=str(self.file),
                    line=number,
                )
            entries.append(entry)
        return entries

    def sound_entries(self) -> list[Entry]:
        """Return the lines of a ledger that is as it was. Raises UserError for any other."""
        problems = self.problems()
        if problems:
            raise UserError(
                f"the ledger is not as it was written: {problems[0]}",
                "restore it from a backup; publish.py --verify lists everything",
                file=str(self.folder),
            )
        return self.entries()

    def problems(self, known_hash: str | None = None) -> list[str]:
        """Return one line for each thing that is not as it was written; none means it is sound.

        The chain cannot show that its last lines were cut off together with their folders;
        `known_hash`, the hash of a line noted down elsewhere, does.
        """
        try:
            entries = self.entries()
        except UserError as error:
            return [str(error)]
        problems = []
        previous = FIRST_PREVIOUS
        for number, entry in enumerate(entries, start=1):
            where = f"line {number} of {LEDGER_FILE} ({entry.get('folder', 'no version')})"
            if entry["entry_hash"] != entry_hash(entry):
                problems.append(f"{where}: the line was changed")
            elif entry["sequence"] != number:
                problems.append(
                    f"{where}: it was line {entry['sequence']}; lines before it were moved,"
                    " added or taken out"
                )
            elif entry["previous_hash"] != previous:
                problems.append(f"{where}: the line before it is not the one it followed")
            previous = entry["entry_hash"]
            problems += self._file_problems(entry)
        named = {entry.get("folder") for entry in entries}
        if self.folder.is_dir():
            problems += [
                f"{path.name}: stands in no line of {LEDGER_FILE}; a line was taken out, or the"
                " folder added"
                for path in sorted(self.folder.iterdir())
                if path.is_dir() and path.name not in named
            ]
        if known_hash and known_hash not in {entry["entry_hash"] for entry in entries}:
            problems.append(
                f"no line of {LEDGER_FILE} has the hash {known_hash}: lines were taken out"
            )
        return problems

    def append(self, entry: Entry, unfinished: Path) -> Entry:
        """Add a version whose files are in `unfinished`, and return its line.

        `entry` says everything but its place: sequence, files and hashes are added here.
        """
        entries = self.entries()
        files = {path.name: file_hash(path) for path in sorted(unfinished.iterdir())}
        whole = {
            "sequence": len(entries) + 1,
            **entry,
            "files": files,
            "previous_hash": entries[-1]["entry_hash"] if entries else FIRST_PREVIOUS,
        }
        whole["entry_hash"] = entry_hash(whole)
        for path in unfinished.iterdir():
            _to_disk(path)
        _to_disk(unfinished)
        lines = [*self._lines(), json.dumps(whole, ensure_ascii=False)]
        written = self.file.with_name(f"{LEDGER_FILE}.new")
        written.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
        _to_disk(written)
        written.replace(self.file)
        unfinished.rename(self.folder / whole["folder"])
        _to_disk(self.folder)
        return whole

    def new_version_folder(self) -> Path:
        """Return an empty folder for the files of a version that `append` is then given."""
        path = self.folder / UNFINISHED
        path.mkdir(mode=0o700)
        return path

    def _lines(self) -> list[str]:
        if not self.file.is_file():
            return []
        text = self.file.read_bytes().decode("utf-8", errors="replace")
        return text.removesuffix("\n").split("\n") if text else []

    def _file_problems(self, entry: Entry) -> list[str]:
        folder = self.folder / str(entry.get("folder"))
        problems = []
        for name, known in entry.get("files", {}).items():
            path = folder / name
            if not path.is_file():
                problems.append(f"{folder.name}/{name}: the file is gone")
            elif file_hash(path) != known:
                problems.append(f"{folder.name}/{name}: the file was changed")
        if folder.is_dir():
            problems += [
                f"{folder.name}/{path.name}: the file was added"
                for path in sorted(folder.iterdir())
                if path.name not in entry.get("files", {})
            ]
        return problems

    def _finish_killed(self) -> None:
        (self.folder / f"{LEDGER_FILE}.new").unlink(missing_ok=True)
        unfinished = self.folder / UNFINISHED
        if not unfinished.is_dir():
            return
        lines = self._lines()
        try:
            last = json.loads(lines[-1]) if lines else {}
        except ValueError:
            last = {}
        is_published = last and not (self.folder / str(last.get("folder"))).exists()
        files = {path.name: file_hash(path) for path in unfinished.iterdir()}
        if is_published and files == last.get("files"):
            unfinished.rename(self.folder / last["folder"])
        else:
            shutil.rmtree(unfinished)


def entry_hash(entry: Entry) -> str:
    """Return the hash of a line, over all that it says but the hash itself."""
    said = {key: value for key, value in entry.items() if key != "entry_hash"}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def file_hash(path: Path) -> str:
    """Return the hash of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    """Have a file or the names in a folder written out, so that a power cut does not undo it."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
