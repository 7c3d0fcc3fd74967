"""Changing a warehouse file as a whole: work on a copy, then put the copy in its place.

Whoever works holds `<warehouse>.lock`, so that two landings or builds do not meet; the copy is
`<warehouse>.building`. Whatever ends the work before the copy is put in place (an error, a full
disk, a killed process) leaves the warehouse as it was; what a killed process left beside it is
removed by the next one. A new warehouse can be read by its owner only; one that is there keeps the
file mode that somebody gave it.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from landing.errors import UserError, first_line

try:
    import fcntl
except ImportError:  # Windows: DuckDB's own lock on the copy is all there is.
    fcntl = None


ENCRYPTION_KEY = "VITAL_SIGNS_ENCRYPTION_KEY"
DISK_FULL_SIGNS = ("No space left on device", "File too large", "Disk quota exceeded")


class Replacement:
    """The copy to work on (`path`; no file where there is no warehouse yet).

    `is_wanted` says whether the copy shall take the warehouse's place at the end.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_wanted = True


@contextmanager
def replacement(warehouse: Path) -> Iterator[Replacement]:
    """Yield a copy of the warehouse that takes its place when the block ends without an error.

    Raises UserError when the file cannot be used, when another program writes to it or another
    build is at work, and when somebody else changed the file meanwhile.
    """
    # Where the name is a link, the file that it leads to is replaced and not the link.
    warehouse = warehouse.resolve()
    _refuse_plain(warehouse)
    _refuse_impossible(warehouse)
    with _lock(warehouse), _for_owner_only():
        copy = Replacement(building_path(warehouse))
        if copy.path.exists():
            # A killed build may have left its dbt at work.
            _refuse_if_open(copy.path, "another build is at work", read_only=False, is_ours=True)
        try:
            before = _start(warehouse, copy.path)
            yield copy
            if copy.is_wanted:
                _finish(copy.path, warehouse, before)
        finally:
            _discard(copy.path)


def building_path(warehouse: Path) -> Path:
    """Return the path of the copy."""
    return warehouse.with_name(f"{warehouse.name}.building")


def is_locked(error: duckdb.Error) -> bool:
    """Return whether DuckDB could not open a file because another program has it open."""
    text = str(error)
    return "Could not set lock" in text or "used by another process" in text


def refused_by_database(error: duckdb.Error, warehouse: Path) -> UserError:
    """Return what to tell the user when DuckDB could not write."""
    if any(sign in str(error) for sign in DISK_FULL_SIGNS):
        return disk_full(warehouse)
    return UserError(
        f"the database refused: {first_line(error)}",
        "check the space on the disk, and that no older program made the file",
        file=str(warehouse),
    )


def disk_full(warehouse: Path) -> UserError:
    """Return what to tell the user when there is no room for the copy."""
    return UserError(
        "the disk is full, or the file larger than is allowed",
        "free space for twice the size of the warehouse, then try again",
        file=str(warehouse),
    )


def _refuse_plain(warehouse: Path) -> None:
    """Refuse to write the warehouse, which is plain, where somebody asked for encryption."""
    if ENCRYPTION_KEY in os.environ:
        raise UserError(
            f"the warehouse would be plain although {ENCRYPTION_KEY} is set",
            "unset it for this command and keep the file on an encrypted disk; the key is for"
            " scripts/share.py",
            file=str(warehouse),
        )


@contextmanager
def _for_owner_only() -> Iterator[None]:
    """Make every file of the work, the log of the database too, one that others cannot read."""
    mask = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(mask)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def _refuse_impossible(warehouse: Path) -> None:
    file = str(warehouse)
    if warehouse.is_dir():
        raise UserError("the warehouse is a folder", "name a DuckDB file", file=file)
    if not warehouse.parent.is_dir():
        raise UserError(
            f"there is no folder {warehouse.parent}", "make it or name another file", file=file
        )
    if warehouse.exists() and not warehouse.stat().st_size:
        raise UserError(
            "the file is empty and no DuckDB file", "delete it or name another file", file=file
        )
    if warehouse.exists() and not os.access(warehouse, os.W_OK):
        raise UserError(
            "the warehouse is read-only",
            "ask for the right to write to it, or name another file with --warehouse",
            file=file,
        )


@contextmanager
def _lock(warehouse: Path) -> Iterator[None]:
    """Hold `<warehouse>.lock`; the system frees it when the process ends, however it ends."""
    if fcntl is None:
        yield
        return
    path = warehouse.with_name(f"{warehouse.name}.lock")
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise _cannot_write(warehouse, error) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            raise UserError(
                "another landing or build is at work on the warehouse",
                "wait for it to end, then try again",
                file=str(warehouse),
            ) from None
        # The holder before us removes the file: a lock on a removed file is none.
        if os.fstat(descriptor).st_nlink:
            break
        os.close(descriptor)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _start(warehouse: Path, building: Path) -> tuple[int, int, int] | None:
    """Make the copy and return the warehouse's state."""
    _discard(building)
    if not warehouse.exists():
        return None
    _merge_log(warehouse)
    _refuse_if_open(warehouse, "another program is writing to the warehouse", read_only=True)
    before = _state(warehouse)
    try:
        shutil.copyfile(warehouse, building)
    except OSError as error:
        raise _cannot_write(warehouse, error) from None
    if _state(warehouse) != before or _log_of(warehouse).exists():
        raise _changed(warehouse)
    return before


def _merge_log(warehouse: Path) -> None:
    """Bring the changes that a killed program left in the log into the file itself.

    A log that stays would be taken for one of the file that takes this one's place.
    """
    if not _log_of(warehouse).exists():
        return
    _refuse_if_open(
        warehouse,
        "another program has the warehouse open, and changes of a program that broke off have to"
        " be brought in first",
        read_only=False,
    )


def _refuse_if_open(path: Path, what: str, *, read_only: bool, is_ours: bool = False) -> None:
    """Open and close the file; closing a file that was opened for writing merges its log."""
    try:
        with duckdb.connect(str(path), read_only=read_only) as connection:
            if not read_only:
                connection.execute("checkpoint")
    except duckdb.Error as error:
        if is_locked(error):
            raise UserError(
                what, "close that program or wait for it to end, then try again", file=str(path)
            ) from None
        if is_ours:
            # Half a copy, left by a killed process.
            return
        what = "the warehouse is no DuckDB file"
        if "not a valid DuckDB" not in str(error):
            what = f"the warehouse cannot be opened: {first_line(error)}"
        raise UserError(
            what,
            "name another file with --warehouse",
            file=str(path),
        ) from None


def _finish(building: Path, warehouse: Path, before: tuple[int, int, int] | None) -> None:
    """Put the finished copy in the warehouse's place, and on the disk before it is there."""
    try:
        with duckdb.connect(str(building)) as connection:
            connection.execute("checkpoint")
    except duckdb.Error as error:
        raise refused_by_database(error, warehouse) from None
    if _state(warehouse) != before or _log_of(warehouse).exists():
        raise _changed(warehouse)
    try:
        if before is not None:
            shutil.copymode(warehouse, building)
        _sync(building)
        building.replace(warehouse)
        _sync(warehouse.parent)
    except OSError as error:
        raise _cannot_write(warehouse, error) from None


def _sync(path: Path) -> None:
    """Have the system write a file or folder to the disk, where it can."""
    if path.is_dir() and fcntl is None:
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _state(warehouse: Path) -> tuple[int, int, int] | None:
    if not warehouse.exists():
        return None
    found = warehouse.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _discard(building: Path) -> None:
    building.unlink(missing_ok=True)
    _log_of(building).unlink(missing_ok=True)


def _changed(warehouse: Path) -> UserError:
    return UserError(
        "another program changed the warehouse meanwhile",
        "nothing was replaced; run it again when that program has ended",
        file=str(warehouse),
    )


def _cannot_write(warehouse: Path, error: OSError) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return disk_full(warehouse)
    return UserError(
        f"the folder of the warehouse cannot be written to: {error.strerror}",
        "ask for the right to write to it, or name a file in another folder with --warehouse",
        file=str(warehouse),
    )
