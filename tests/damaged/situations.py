"""Warehouses and machines that landing cannot work with: it reports this and changes nothing."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LAND = [sys.executable, "-m", "vital_signs", "land"]
HOLDER = (
    "import duckdb, sys; connection = duckdb.connect(sys.argv[1]);"
    " print('open', flush=True); sys.stdin.read()"
)
LOCKER = (
    "import fcntl, os, sys; file = open(sys.argv[1], 'w'); fcntl.flock(file, fcntl.LOCK_EX);"
    " print('open', flush=True); sys.stdin.read(); os.unlink(sys.argv[1])"
)
# Leaves a change in the database log, as a killed program does.
BROKEN_OFF = (
    "import duckdb, os, sys; connection = duckdb.connect(sys.argv[1]);"
    " connection.execute('create table t as select 1 as i'); os._exit(0)"
)
PR_CAPBSET_DROP = 24
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2


@dataclass(frozen=True)
class Situation:
    """A problem in the surroundings of a landing.

    `arrange` takes the warehouse and the extract's folder, creates the situation and yields further
    arguments for the process that lands; `message` is a pattern that its error must match.
    """

    name: str
    what: str
    arrange: Callable[[Path, Path], contextlib.AbstractContextManager[dict[str, Any]]]
    message: str


def run_land(folder: Path, warehouse: Path, **process: Any) -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    return subprocess.run(
        [*LAND, str(folder), "--warehouse", str(warehouse)],
        capture_output=True,
        text=True,
        check=False,
        **process,
    )


def run_situation(
    situation: Situation, folder: Path, warehouse: Path
) -> subprocess.CompletedProcess[str]:
    """Create a situation and land an extract in it."""
    with situation.arrange(warehouse, folder) as process:
        return run_land(folder, warehouse, **process)


def as_plain_user() -> None:
    """Give up root's right to read and write everything (in a new process)."""
    if os.geteuid() == 0:
        library = ctypes.CDLL(None, use_errno=True)
        for right in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            if library.prctl(PR_CAPBSET_DROP, right, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "cannot give up the rights of root")


@contextmanager
def mode(path: Path, bits: int) -> Iterator[dict[str, Any]]:
    """Set a file's permissions, and land without the rights of root."""
    before = path.stat().st_mode
    path.chmod(bits)
    try:
        yield {"preexec_fn": as_plain_user}
    finally:
        path.chmod(before)


@contextmanager
def helper(program: str, path: Path) -> Iterator[dict[str, Any]]:
    """Have another process use a file."""
    other = subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert other.stdout.readline() == b"open\n"
        yield {}
    finally:
        other.communicate(b"")


@contextmanager
def replaced_by(warehouse: Path, content: bytes) -> Iterator[dict[str, Any]]:
    """Put something else under the warehouse's name."""
    before = warehouse.read_bytes()
    warehouse.write_bytes(content)
    try:
        yield {}
    finally:
        warehouse.write_bytes(before)


@contextmanager
def log_beside(warehouse: Path, damage: Callable[[bytes], bytes]) -> Iterator[dict[str, Any]]:
    """Put a damaged log next to the warehouse; landing must leave both of them alone."""
    copied = Path(shutil.copyfile(warehouse, warehouse.with_name("copied.duckdb")))
    subprocess.run([sys.executable, "-c", BROKEN_OFF, str(copied)], check=True)
    written = copied.with_name("copied.duckdb.wal").rename(f"{warehouse}.wal")
    copied.unlink()
    written.write_bytes(damage(written.read_bytes()))
    before = warehouse.read_bytes(), written.read_bytes()
    try:
        yield {}
        assert (warehouse.read_bytes(), written.read_bytes()) == before
    finally:
        written.unlink()


def one_byte_changed(content: bytes) -> bytes:
    """Return the content with the byte in its middle changed."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :]


@contextmanager
def log_alone(warehouse: Path) -> Iterator[dict[str, Any]]:
    """Have the warehouse's log, but no warehouse."""
    aside = warehouse.rename(warehouse.with_name("aside"))
    log = warehouse.with_name(f"{warehouse.name}.wal")
    log.write_bytes(b"what a program left")
    try:
        yield {}
        assert log.read_bytes() == b"what a program left"
        assert not warehouse.exists()
    finally:
        log.unlink()
        aside.rename(warehouse)


@contextmanager
def small_files(extra: int, warehouse: Path) -> Iterator[dict[str, Any]]:
    """Let the process write files of the warehouse's size and little more, as on a full disk."""
    largest = warehouse.stat().st_size + extra
    yield {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))}


@contextmanager
def as_folder(warehouse: Path) -> Iterator[dict[str, Any]]:
    """Have a folder under the warehouse's name."""
    aside = warehouse.with_name("aside")
    warehouse.rename(aside)
    warehouse.mkdir()
    try:
        yield {}
    finally:
        warehouse.rmdir()
        aside.rename(warehouse)


SITUATIONS = [
    Situation(
        "unreadable file",
        "there is no permission to read a table's file",
        lambda warehouse, folder: mode(folder / "ssd_person.csv", 0),
        r"cannot be read: Permission denied \(ssd_person\.csv\): check ",
    ),
    Situation(
        "unreadable description",
        "there is no permission to read extract.json",
        lambda warehouse, folder: mode(folder / "extract.json", 0),
        r"cannot be read: Permission denied \(extract\.json\): check ",
    ),
    Situation(
        "unreadable folder",
        "there is no permission to open the folder",
        lambda warehouse, folder: mode(folder, 0),
        r"the folder .* cannot be opened: Permission denied: check ",
    ),
    Situation(
        "read-only warehouse",
        "there is no permission to write the warehouse file",
        lambda warehouse, folder: mode(warehouse, 0o444),
        r"the warehouse is read-only \(.*warehouse\.duckdb\): ask for ",
    ),
    Situation(
        "read-only folder",
        "there is no permission to write to the warehouse's folder",
        lambda warehouse, folder: mode(warehouse.parent, 0o555),
        r"folder of the warehouse cannot be written to: .* \(.*warehouse\.duckdb\): ask ",
    ),
    Situation(
        "not a database",
        "the warehouse file is a text file",
        lambda warehouse, folder: replaced_by(warehouse, b"not a database " * 1000),
        r"this is not a DuckDB file \(.*warehouse\.duckdb\): name another file",
    ),
    Situation(
        "empty warehouse file",
        "the warehouse file is empty",
        lambda warehouse, folder: replaced_by(warehouse, b""),
        r"the file is empty and not a DuckDB file \(.*warehouse\.duckdb\): ",
    ),
    Situation(
        "damaged warehouse file",
        "the warehouse file is cut off",
        lambda warehouse, folder: replaced_by(warehouse, warehouse.read_bytes()[:20000]),
        r"the warehouse file is damaged or cut off \(.*warehouse\.duckdb\): restore it ",
    ),
    Situation(
        "damaged log",
        "a program was interrupted, and a byte of the log it left is changed",
        lambda warehouse, folder: log_beside(warehouse, one_byte_changed),
        r"left unfinished cannot be read: .* \(.*\.duckdb\.wal\): move warehouse\.duckdb\.wal ",
    ),
    Situation(
        "log that is cut off",
        "a program was interrupted, and only half of its log is left",
        lambda warehouse, folder: log_beside(warehouse, lambda log: log[: len(log) // 2]),
        r"left unfinished cannot be read: .* \(.*\.duckdb\.wal\): move warehouse\.duckdb\.wal ",
    ),
    Situation(
        "something else as log",
        "a file with the name of the log is not a DuckDB log",
        lambda warehouse, folder: log_beside(warehouse, lambda log: b"no log " * 100),
        r"left unfinished cannot be read: .* \(.*\.duckdb\.wal\): move warehouse\.duckdb\.wal ",
    ),
    Situation(
        "log without a warehouse",
        "the log of a warehouse is present but the warehouse is not",
        lambda warehouse, folder: log_alone(warehouse),
        r"they belong to does not exist \(.*\.duckdb\.wal\): move warehouse\.duckdb\.wal ",
    ),
    Situation(
        "a folder for the warehouse",
        "the warehouse is a folder, not a file",
        lambda warehouse, folder: as_folder(warehouse),
        r"the warehouse is a folder \(.*warehouse\.duckdb\): ",
    ),
    Situation(
        "another program writes",
        "another program has the warehouse open for writing",
        lambda warehouse, folder: helper(HOLDER, warehouse),
        r"another program is writing to the warehouse \(.*warehouse\.duckdb\): close that ",
    ),
    Situation(
        "another load or build",
        "another load or build is using the warehouse",
        lambda warehouse, folder: helper(LOCKER, warehouse.with_name(f"{warehouse.name}.lock")),
        r"another load or build is using the warehouse \(.*warehouse\.duckdb\): wait ",
    ),
    Situation(
        "disk full before landing",
        "the disk is full before anything is landed",
        lambda warehouse, folder: small_files(-4096, warehouse),
        r"the disk is full.* \(.*warehouse\.duckdb\): free up space",
    ),
    Situation(
        "disk full during landing",
        "the disk fills up while the extract is being landed",
        lambda warehouse, folder: small_files(4096, warehouse),
        r"the disk is full.* \(.*warehouse\.duckdb.*\): free up space",
    ),
]
