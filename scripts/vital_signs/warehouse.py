"""Opening a warehouse file: to read it, or to change it as a whole.

A change is made in a copy, which is then put in the file's place.

The process doing the work holds `<warehouse>.lock`, so that two loads or builds cannot clash; the
programs that it starts hold it too, for as long as they run. The copy is `<warehouse>.building`.
If the work ends before the copy is put in place (an error, a full disk, a killed process), the
warehouse is unchanged; files left by a killed process are reported and removed by the next one.
A new warehouse can only be read by its owner; an existing one keeps its file mode.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from vital_signs.errors import UserError, first_line
from vital_signs.files import to_disk
from vital_signs.processes import held_locks

try:
    import fcntl
except ImportError:  # Windows: DuckDB's own lock on the copy is all there is.
    fcntl = None


ENCRYPTION_KEY = "VITAL_SIGNS_ENCRYPTION_KEY"
DISK_FULL_SIGNS = ("No space left on device", "File too large", "Disk quota exceeded")
# How DuckDB reports a file whose blocks are not what it wrote.
DAMAGE_SIGNS = ("Corrupt database file", "Could not read enough bytes", "checksum")
NOT_NAMED = "the warehouse cannot be opened"
IN_USE = "another load or build is using the warehouse"
# What is in the same folder as the copy during the work: DuckDB's log and the data it spills, and
# the files of the extract that are being read (see warehouse.py).
FILES_ENDING = ".files"
BESIDE_THE_COPY = (".wal", ".tmp", FILES_ENDING)


class Replacement:
    """The copy to work on (`path`; no file where there is no warehouse yet).

    `is_wanted` says whether the copy is to replace the warehouse at the end.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_wanted = True


@contextmanager
def reading(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection that only reads.

    Raises UserError when the file is missing, in use or damaged, and when a query of the block
    finds that a table is not there or that something in the file cannot be read.
    """
    if not warehouse.is_file():
        raise UserError("there is no such file", "build it first", file=str(warehouse))
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            yield connection
    except duckdb.CatalogException:
        raise UserError(
            "the warehouse is not completely built", "build it first", file=str(warehouse)
        ) from None
    except duckdb.Error as error:
        raise not_readable(error, warehouse) from None


@contextmanager
def transaction(
    warehouse: Path, settings: Mapping[str, object] | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection that writes, commit at the end, and undo everything after an error.

    A file that did not exist is then removed. Times are in UTC; `settings` are DuckDB's own. Raises
    UserError when DuckDB cannot write.
    """
    is_new = not warehouse.exists()
    is_done = False
    try:
        # Closing an open transaction rolls it back.
        with duckdb.connect(str(warehouse)) as connection:
            for setting, value in ({"timezone": "UTC"} | dict(settings or {})).items():
                connection.execute(f"set {setting} = {value!r}")
            connection.begin()
            yield connection
            connection.commit()
            is_done = True
    except duckdb.Error as error:
        raise refused_by_database(error, warehouse) from None
    finally:
        if is_new and not is_done:
            for path in (warehouse, _log_of(warehouse)):
                path.unlink(missing_ok=True)


@contextmanager
def replacement(warehouse: Path) -> Iterator[Replacement]:
    """Yield a copy of the warehouse that replaces it when the block ends without an error.

    Raises UserError when the file cannot be used, when another program is writing to it or another
    load or build is using it, and when the file was changed in the meantime.
    """
    # Where the name is a link, the file that it points to is replaced, not the link.
    warehouse = warehouse.resolve()
    _refuse_plain(warehouse)
    _refuse_impossible(warehouse)
    with _lock(warehouse), _for_owner_only():
        copy = Replacement(building_path(warehouse))
        if copy.path.exists():
            # Where there is no lock, DuckDB's own shows that the copy is in use.
            _refuse_if_open(copy.path, IN_USE, is_ours=True)
        _remove_leftovers(copy.path)
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
        f"the database reported an error: {first_line(error)}",
        "check the disk space, and that the file was not made by an older version",
        file=str(warehouse),
    )


def disk_full(warehouse: Path) -> UserError:
    """Return what to tell the user when there is no room for the copy."""
    return UserError(
        "the disk is full, or the file is larger than allowed",
        "free up space for twice the size of the warehouse, then try again",
        file=str(warehouse),
    )


def _refuse_plain(warehouse: Path) -> None:
    """Refuse to write the warehouse, which is unencrypted, where encryption was asked for."""
    if ENCRYPTION_KEY in os.environ:
        raise UserError(
            f"the warehouse would not be encrypted although {ENCRYPTION_KEY} is set",
            "unset it for this command and keep the file on an encrypted disk; the key is for"
            " vital-signs share",
            file=str(warehouse),
        )


@contextmanager
def _for_owner_only() -> Iterator[None]:
    """Make every file created here, including the database log, unreadable to others."""
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
            f"there is no folder {warehouse.parent}", "create it or name another file", file=file
        )
    if warehouse.exists() and not warehouse.stat().st_size:
        raise UserError(
            "the file is empty and not a DuckDB file", "delete it or name another file", file=file
        )
    if warehouse.exists() and not os.access(warehouse, os.W_OK):
        raise UserError(
            "the warehouse is read-only",
            "ask for permission to write to it, or name another file with --warehouse",
            file=file,
        )


@contextmanager
def _lock(warehouse: Path) -> Iterator[None]:
    """Hold `<warehouse>.lock`; the system releases it when the process ends, however it ends."""
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
        except OSError as error:
            os.close(descriptor)
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise _cannot_write(warehouse, error) from None
            raise UserError(
                IN_USE,
                "wait for it to finish, then try again",
                file=str(warehouse),
            ) from None
        # The previous holder removes the file: a lock on a removed file does not count.
        if os.fstat(descriptor).st_nlink:
            break
        os.close(descriptor)
    held_locks.add(descriptor)
    try:
        yield
    finally:
        held_locks.discard(descriptor)
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _start(warehouse: Path, building: Path) -> tuple[int, int, int] | None:
    """Make the copy and return the warehouse's state."""
    if not warehouse.exists():
        if _log_of(warehouse).exists():
            # DuckDB would apply it to the new file.
            raise _broken_log(warehouse, "the warehouse that they belong to does not exist")
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
    """Apply the changes that a killed program left in the log to the file itself.

    A log that stayed would be taken for the log of the file that replaces this one. Whatever DuckDB
    cannot read of it stays there.
    """
    if not _log_of(warehouse).exists():
        return
    _refuse_if_open(
        warehouse,
        "another program has the warehouse open, and changes left by an interrupted program have"
        " to be applied first",
    )
    if _log_of(warehouse).exists():
        raise _broken_log(warehouse, "they are cut off, or were not written by DuckDB")


def _refuse_if_open(
    path: Path, what: str, *, read_only: bool = False, is_ours: bool = False
) -> None:
    """Open and close the file; closing a file that was opened for writing merges its log."""
    try:
        with duckdb.connect(str(path), read_only=read_only) as connection:
            if not read_only:
                connection.execute("checkpoint")
    except duckdb.Error as error:
        if is_locked(error):
            raise UserError(
                what, "close that program or wait for it to finish, then try again", file=str(path)
            ) from None
        if is_ours:
            # An incomplete copy, left by a killed process.
            return
        raise not_opened(error, path) from None


def not_opened(error: duckdb.Error, path: Path) -> UserError:
    """Return what to tell the user when DuckDB could not open a file that no program has open."""
    text = str(error)
    if "WAL" in text and _log_of(path).exists():
        return _broken_log(path, "they are damaged")
    if "not a valid DuckDB" in text:
        return UserError(
            "this is not a DuckDB file", "name another file with --warehouse", file=str(path)
        )
    if any(sign in text for sign in DAMAGE_SIGNS):
        return UserError(
            "the warehouse file is damaged or cut off",
            "restore it from a backup, or move it away and land the extracts again",
            file=str(path),
        )
    return UserError(
        f"{NOT_NAMED}: {first_line(error)}",
        "name another file with --warehouse",
        file=str(path),
    )


def not_readable(error: duckdb.Error, path: Path) -> UserError:
    """Return what to tell the user when a warehouse could not be read."""
    if is_locked(error):
        return UserError(
            "another program is writing to the warehouse",
            "close that program or wait for it to finish, then try again",
            file=str(path),
        )
    told = not_opened(error, path)
    if NOT_NAMED not in str(told):
        return told
    return UserError(
        f"the warehouse cannot be read: {first_line(error)}",
        "build it again, or name another file",
        file=str(path),
    )


def _broken_log(warehouse: Path, why: str) -> UserError:
    log = _log_of(warehouse)
    return UserError(
        f"the changes that a program left unfinished cannot be read: {why}",
        f"move {log.name} to another folder and try again without these changes, or restore it and"
        f" {warehouse.name} from a backup",
        file=str(log),
    )


def _finish(building: Path, warehouse: Path, before: tuple[int, int, int] | None) -> None:
    """Write the finished copy to the disk, then put it in the warehouse's place."""
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
        to_disk(building)
        building.replace(warehouse)
        to_disk(warehouse.parent)
    except OSError as error:
        raise _cannot_write(warehouse, error) from None


def _state(warehouse: Path) -> tuple[int, int, int] | None:
    if not warehouse.exists():
        return None
    found = warehouse.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _leftovers(building: Path) -> list[Path]:
    """Return the copy and the files that belong to it, where they exist."""
    names = [building.name, *(f"{building.name}{ending}" for ending in BESIDE_THE_COPY)]
    return [path for path in map(building.with_name, names) if os.path.lexists(path)]


def _remove_leftovers(building: Path) -> None:
    """Report what a killed process left, and remove it."""
    found = _leftovers(building)
    if found:
        names = ", ".join(path.name for path in found)
        print(f"note: removed files left by an interrupted run: {names}", flush=True)
    _discard(building)


def _discard(building: Path) -> None:
    for path in _leftovers(building):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _changed(warehouse: Path) -> UserError:
    return UserError(
        "another program changed the warehouse in the meantime",
        "nothing was replaced; run it again when that program has finished",
        file=str(warehouse),
    )


def _cannot_write(warehouse: Path, error: OSError) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return disk_full(warehouse)
    return UserError(
        f"the folder of the warehouse cannot be written to: {error.strerror}",
        "ask for permission to write to it, or name a file in another folder with --warehouse",
        file=str(warehouse),
    )
