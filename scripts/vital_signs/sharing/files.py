"""Writing a DuckDB file to share: all or nothing, with its file mode, encrypted on request.

With VITAL_SIGNS_ENCRYPTION_KEY set every file is encrypted by DuckDB itself (AES, GCM mode), or
none is written: an unencrypted file in place of an encrypted one must not go unnoticed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from vital_signs.errors import UserError
from vital_signs.files import to_disk
from vital_signs.sharing.keys import secret
from vital_signs.sql import literal
from vital_signs.warehouse import ENCRYPTION_KEY, not_readable

SOURCE, TARGET = "warehouse", "shared"
HTTPFS_PACKAGE = "duckdb_extension_httpfs"
UNFINISHED = ".writing"


@contextmanager
def shared_file(warehouse: Path, path: Path, mode: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection that reads the schema `warehouse` and writes a new file as `shared`.

    The file gets its name only when the block ends without an error. Raises UserError if the
    warehouse cannot be read, the file cannot be written, or it would be unencrypted although a key
    is set.
    """
    _check_paths(warehouse, path)
    key = secret(ENCRYPTION_KEY)
    unfinished = path.with_name(path.name + UNFINISHED)
    # While the file is being written, only its owner may read it.
    mask = os.umask(0o077)
    try:
        if unfinished.exists():
            print(f"note: removed a file left by an interrupted run: {unfinished.name}")
        _discard(unfinished)
        with duckdb.connect() as connection:
            # Nothing is spilled to disk, where it would be unencrypted.
            connection.execute("set temp_directory = ''")
            _attach_warehouse(connection, warehouse)
            _refuse_name_of_schema(connection, path)
            _attach_target(connection, unfinished, key)
            yield connection
            copy_comments(connection)
            connection.execute(f"detach {TARGET}")
        if key and _opens_without_key(unfinished):
            raise _would_be_plain()
        _put_in_place(unfinished, path, mode)
    finally:
        os.umask(mask)
        _discard(unfinished)


def tables_of(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    """Return the tables (not the views) of a schema of the warehouse."""
    return [
        name
        for (name,) in connection.execute(
            "select table_name from duckdb_tables() where database_name = ? and schema_name = ?"
            " order by table_name",
            [SOURCE, schema],
        ).fetchall()
    ]


def copy_comments(connection: duckdb.DuckDBPyConnection) -> None:
    """Give every table, view and column of the shared file the comment it has in the warehouse."""
    kinds = {
        "table": "select schema_name, table_name, comment from duckdb_tables()",
        "view": "select schema_name, view_name, comment from duckdb_views()",
        "column": "select schema_name, table_name, column_name, comment from duckdb_columns()",
    }
    for kind, query in kinds.items():
        found, shared = (
            connection.execute(f"{query} where database_name = ?", [database]).fetchall()
            for database in (SOURCE, TARGET)
        )
        there = {tuple(names) for *names, _ in shared}
        for *names, comment in found:
            if comment and tuple(names) in there:
                place = ".".join(f'"{name}"' for name in (TARGET, *names))
                connection.execute(f"comment on {kind} {place} is {literal(comment)}")


def columns_of(
    connection: duckdb.DuckDBPyConnection, schema: str, table: str
) -> list[tuple[str, str]]:
    """Return names and types of a table's columns, in their order."""
    return connection.execute(
        "select column_name, data_type from duckdb_columns() where database_name = ?"
        " and schema_name = ? and table_name = ? order by column_index",
        [SOURCE, schema, table],
    ).fetchall()


def _check_paths(warehouse: Path, path: Path) -> None:
    if not warehouse.is_file():
        raise UserError("there is no such file", "build it first", file=str(warehouse))
    if path.is_dir():
        raise UserError("this is a folder", "name a file", file=str(path))
    if path.exists() and path.samefile(warehouse):
        raise UserError(
            "this is the warehouse itself", "name another file to write", file=str(path)
        )
    if not path.parent.is_dir():
        raise UserError("there is no such folder", "create it first", file=str(path.parent))


def _attach_warehouse(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    try:
        connection.execute(f"attach {literal(str(warehouse))} as {SOURCE} (read_only)")
    except duckdb.Error as error:
        raise not_readable(error, warehouse) from None


def _refuse_name_of_schema(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Refuse `published.duckdb`: `published.months` in it would be ambiguous to DuckDB."""
    found = connection.execute(
        "select schema_name from duckdb_schemas() where database_name = ? and schema_name = ?",
        [SOURCE, path.stem],
    ).fetchone()
    if found:
        raise UserError(
            f"a file with the same name as the schema {path.stem} cannot be queried in DuckDB",
            f"choose another name, such as {path.stem}-tables.duckdb",
            file=str(path),
        )


def _attach_target(connection: duckdb.DuckDBPyConnection, path: Path, key: str | None) -> None:
    options = ""
    if key:
        _load_cipher(connection)
        options = f" (encryption_key {literal(key)})"
    try:
        connection.execute(f"attach {literal(str(path))} as {TARGET}{options}")
    except duckdb.Error:
        # DuckDB's own message may repeat the statement, and the key with it.
        what = f"the {'encrypted ' if key else ''}file cannot be written"
        raise UserError(
            what, "check the folder and the versions in requirements.lock", file=str(path.parent)
        ) from None
    (encrypted,) = connection.execute(
        "select encrypted from duckdb_databases() where database_name = ?", [TARGET]
    ).fetchone()
    if key and not encrypted:
        raise _would_be_plain()


def _load_cipher(connection: duckdb.DuckDBPyConnection) -> None:
    """Load the extension that DuckDB needs to write encrypted files; nothing is downloaded."""
    try:
        package = __import__(HTTPFS_PACKAGE)
        folder = Path(package.__file__).parent
        extension = next(folder.rglob(f"v{duckdb.__version__}/*.duckdb_extension"))
        connection.execute(f"load {literal(str(extension))}")
    except (ImportError, StopIteration, duckdb.Error):
        raise UserError(
            "encryption needs the package duckdb-extension-httpfs in the same version as DuckDB",
            f"run make setup, or unset {ENCRYPTION_KEY} to write unencrypted files",
        ) from None


def _opens_without_key(path: Path) -> bool:
    try:
        with duckdb.connect(str(path), read_only=True):
            return True
    except duckdb.Error:
        return False


def _would_be_plain() -> UserError:
    return UserError(
        f"the file would not be encrypted although {ENCRYPTION_KEY} is set",
        "nothing was written; check the versions in requirements.lock",
    )


def _put_in_place(unfinished: Path, path: Path, mode: int) -> None:
    try:
        unfinished.chmod(mode)
        to_disk(unfinished)
        unfinished.replace(path)
    except OSError as error:
        raise UserError(
            f"the file cannot be written: {error.strerror}", "choose another folder", file=str(path)
        ) from None


def _discard(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
