"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vital_signs.errors import UserError

OWNER_ONLY, EVERYBODY_READS = 0o600, 0o644


@contextmanager
def replaced(path: Path, mode: int = EVERYBODY_READS) -> Iterator[Path]:
    """Yield an empty file, readable by its owner only, that takes the path's place at the end.

    It does so, with the mode given, when the block ends without an error; else it is removed and
    what was at the path stays. Raises UserError if the file cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.close(handle)
    except OSError as error:
        raise UserError(
            f"cannot be written: {error.strerror}", "choose another folder", file=str(path.parent)
        ) from None
    unfinished = Path(name)
    try:
        yield unfinished
        unfinished.chmod(mode)
        to_disk(unfinished)
        unfinished.replace(path)
    except OSError as error:
        raise UserError(
            f"cannot be written: {error.strerror}",
            "check the disk space and the folder permissions",
            file=str(path),
        ) from None
    finally:
        unfinished.unlink(missing_ok=True)


def to_disk(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk: a power cut loses none.

    Windows cannot do this for a folder.
    """
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
