"""Writing an extract into the schema `raw` of a warehouse file, in one transaction."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from vital_signs.landing.contract import ContractTable, load_contract
from vital_signs.landing.extract import Extract, read_extract
from vital_signs.landing.ids import ID_COLUMNS, IDS_TABLE, ids_of, store_ids
from vital_signs.landing.reading import Header, TableFile, open_table_file
from vital_signs.ledger.tables import create_tables as create_publication_tables
from vital_signs.sql import literal, quoted
from vital_signs.warehouse import DISK_FULL_SIGNS, FILES_ENDING, transaction

STAMPS = {
    "_extract_id": "VARCHAR",
    "_source_system": "VARCHAR",
    "_as_at": "TIMESTAMP",
    "_loaded_at": "TIMESTAMP",
    "_source_file": "VARCHAR",
    "_source_row": "BIGINT",
    "_row_hash": "VARCHAR",
}
LOG_TABLES = {
    "extract_log": {
        "extract_id": "VARCHAR",
        "source_system": "VARCHAR",
        "as_at": "TIMESTAMP",
        "date_format": "VARCHAR",
        "history_from_default": "DATE",
        "history_from": "VARCHAR",
        "content_hash": "VARCHAR",
        "files_hash": "VARCHAR",
        "folder_name": "VARCHAR",
        "loaded_at": "TIMESTAMP",
    },
    "extract_tables": {
        "extract_id": "VARCHAR",
        "table_name": "VARCHAR",
        "is_present": "BOOLEAN",
        "row_count": "BIGINT",
        "source_file": "VARCHAR",
        "missing_columns": "VARCHAR",
        "ignored_columns": "VARCHAR",
        "history_from": "DATE",
        "is_latest_only": "BOOLEAN",
    },
    IDS_TABLE: ID_COLUMNS,
}
FIELD_SEPARATOR = "chr(31)"
MOST_MEMORY = "400MB"
# Measured on a county: with two threads the same rows take three times as much work to insert, and
# half of the time of a commit goes into the one kind of compression switched off here.
SETTINGS = {"threads": 1, "disabled_compression_methods": "fsst", "memory_limit": MOST_MEMORY}


@dataclass(frozen=True)
class LandedTable:
    """What happened to one table of the contract; `header` is None if the extract lacks it."""

    name: str
    row_count: int
    header: Header | None


@dataclass(frozen=True)
class Progress:
    """A table has been written, the so-manieth of the tables in the extract."""

    table: str
    row_count: int
    number: int
    of: int


@dataclass(frozen=True)
class Landing:
    """The outcome of landing: `outcome` is landed, replaced or unchanged."""

    extract: Extract
    outcome: str
    tables: tuple[LandedTable, ...]


def land(
    folder: Path, warehouse: Path, progress: Callable[[Progress], None] | None = None
) -> Landing:
    """Land the extract in a folder; all of it or nothing, in one transaction in the file itself.

    A user's warehouse is not written to directly but through `vital_signs.warehouse.replacement`.
    Landing the same extract again changes nothing; a different one with the same id replaces it.
    After a UserError the warehouse is as it was (absent, if it did not exist before). `progress`
    is called after each table.
    """
    contract = load_contract()
    extract = read_extract(folder, contract)
    with transaction(warehouse, SETTINGS) as connection, _private_folder(warehouse) as private:
        _create_tables(connection, contract)
        _note_ids_landed_before(connection, contract)
        known_hash = connection.execute(
            "select content_hash from raw.extract_log where extract_id = ?", [extract.extract_id]
        ).fetchone()
        if known_hash == (extract.content_hash,):
            return Landing(extract, "unchanged", ())
        present = [table for table in contract if table.name in extract.files]
        files = {
            table.name: open_table_file(
                extract.files[table.name],
                extract.file_hashes[table.name],
                table,
                extract.date_format,
                connection,
                private,
            )
            for table in present
        }
        _add_carried_columns(connection, files)
        if known_hash:
            _remove(connection, extract.extract_id, contract)
        loaded_at = datetime.now(UTC).replace(tzinfo=None)
        row_counts: dict[str, int] = {}
        with _read_ahead(extract, present, files, private) as ids:
            for table in present:
                ids_of_table = ids[table.name].result()
                file = files[table.name]
                row_counts[table.name] = _write_rows(connection, table, file, extract, loaded_at)
                store_ids(connection, ids_of_table)
                file.copy.unlink()
                if progress:
                    number = len(row_counts)
                    progress(Progress(table.name, row_counts[table.name], number, len(present)))
        extract.refuse_if_changed()
        tables = tuple(
            LandedTable(
                table.name,
                row_counts.get(table.name, 0),
                files[table.name].header if table.name in files else None,
            )
            for table in contract
        )
        _write_log(connection, extract, tables, loaded_at)
    return Landing(extract, "replaced" if known_hash else "landed", tables)


@contextmanager
def _read_ahead(
    extract: Extract, tables: Sequence[ContractTable], files: dict[str, TableFile], private: Path
) -> Iterator[dict[str, Future[list[list[Any]]]]]:
    """Yield the ids of each table, for which a second thread checks the files one after another.

    Reading takes about as long as writing; what a file is refused for is raised by `result`.
    """
    connection = duckdb.connect(
        config={"threads": 1, "memory_limit": MOST_MEMORY, "temp_directory": str(private)}
    )

    def read(table: ContractTable) -> list[list[Any]]:
        file = files[table.name]
        with _worded(file):
            file.check(connection)
            return ids_of(connection, extract.extract_id, table, file.header.positions, file.rows())

    reader = ThreadPoolExecutor(1)
    try:
        yield {table.name: reader.submit(read, table) for table in tables}
    finally:
        connection.interrupt()
        reader.shutdown(cancel_futures=True)
        connection.close()


@contextmanager
def _worded(file: TableFile) -> Iterator[None]:
    """Say which file DuckDB could not read."""
    try:
        yield
    except duckdb.Error as error:
        if any(sign in str(error) for sign in DISK_FULL_SIGNS):
            raise
        raise file.refused(error) from None


def prepare(warehouse: Path) -> None:
    """Bring the landed tables of an older version of this project up to date."""
    contract = load_contract()
    with transaction(warehouse, SETTINGS) as connection:
        _create_tables(connection, contract)
        _note_ids_landed_before(connection, contract)


@contextmanager
def _private_folder(warehouse: Path) -> Iterator[Path]:
    """Make a folder next to the file that only its owner can read, and remove it afterwards."""
    folder = warehouse.with_name(f"{warehouse.name}{FILES_ENDING}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _create_tables(
    connection: duckdb.DuckDBPyConnection, contract: Sequence[ContractTable]
) -> None:
    """Create every table of the contract, and any columns that it has since gained."""
    create_publication_tables(connection)
    connection.execute("create schema if not exists raw")
    wanted = {
        table.name: dict.fromkeys(table.columns, "VARCHAR") | STAMPS for table in contract
    } | LOG_TABLES
    existing: dict[str, set[str]] = {}
    for table_name, column in connection.execute(
        "select table_name, column_name from information_schema.columns"
        " where table_schema = 'raw' and table_catalog = current_catalog()"
    ).fetchall():
        existing.setdefault(table_name, set()).add(column)
    for table_name, columns in wanted.items():
        if table_name not in existing:
            listed = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns.items())
            connection.execute(f"create table raw.{quoted(table_name)} ({listed})")
            continue
        for name, kind in columns.items():
            if name not in existing[table_name]:
                _add_column(connection, table_name, name, kind)


def _note_ids_landed_before(
    connection: duckdb.DuckDBPyConnection, contract: Sequence[ContractTable]
) -> None:
    """Note the ids of extracts that were landed before landing recorded them."""
    for extract_id, table_name in connection.execute(
        "select extract_id, table_name from raw.extract_tables where row_count > 0"
        f" and extract_id not in (select extract_id from raw.{IDS_TABLE})"
    ).fetchall():
        (table,) = (table for table in contract if table.name == table_name)
        source = f"select * from raw.{quoted(table.name)} where _extract_id = {literal(extract_id)}"
        store_ids(connection, ids_of(connection, extract_id, table, table.columns, source))


def _add_carried_columns(
    connection: duckdb.DuckDBPyConnection, files: dict[str, TableFile]
) -> None:
    for table_name, file in files.items():
        for column in file.header.carried:
            _add_column(connection, table_name, column, "VARCHAR")


def _add_column(connection: duckdb.DuckDBPyConnection, table: str, column: str, kind: str) -> None:
    connection.execute(
        f"alter table raw.{quoted(table)} add column if not exists {quoted(column)} {kind}"
    )


def _remove(
    connection: duckdb.DuckDBPyConnection, extract_id: str, contract: Sequence[ContractTable]
) -> None:
    for table in contract:
        connection.execute(
            f"delete from raw.{quoted(table.name)} where _extract_id = ?", [extract_id]
        )
    for name in LOG_TABLES:
        connection.execute(f"delete from raw.{name} where extract_id = ?", [extract_id])


def _write_rows(
    connection: duckdb.DuckDBPyConnection,
    table: ContractTable,
    file: TableFile,
    extract: Extract,
    loaded_at: datetime,
) -> int:
    """Insert the rows of one file with their stamps and return how many there were."""
    landed = [*table.columns, *file.header.carried]
    # An empty field is null, whichever type of file it was in.
    values = [
        f"nullif({quoted(name)}, '') as {quoted(name)}"
        if name in file.header.positions
        else f"cast(null as varchar) as {quoted(name)}"
        for name in landed
    ]
    statement = f"""
        with landed as (
            select
                {", ".join(values)},
                _source_row
            from ({file.rows()})
        )
        insert into raw.{quoted(table.name)} by name
        select
            *,
            $extract_id as _extract_id,
            $source_system as _source_system,
            cast($as_at as timestamp) as _as_at,
            cast($loaded_at as timestamp) as _loaded_at,
            $source_file as _source_file,
            md5({hashed_text(table.columns)}) as _row_hash
        from landed
    """
    stamps = {
        "extract_id": extract.extract_id,
        "source_system": extract.source_system,
        "as_at": extract.as_at,
        "loaded_at": loaded_at,
        "source_file": file.path.name,
    }
    with _worded(file):
        (row_count,) = connection.execute(statement, stamps).fetchone()
    return row_count


def hashed_text(columns: Sequence[str]) -> str:
    """Return SQL for a text of a row's values that differs for every different row.

    The values are joined with a separator between them; null and the empty text are the same. If a
    value contains the separator, the lengths of all values follow: there are then more separators
    than in any row without it, and the lengths show where each value ends.
    """
    values = [f"coalesce({quoted(name)}, '')" for name in columns]
    joined = f"concat_ws({FIELD_SEPARATOR}, {', '.join(values)})"
    lengths = ", ".join(f"length({value})" for value in values)
    return (
        f"case when contains(concat({', '.join(values)}), {FIELD_SEPARATOR})"
        f" then concat_ws({FIELD_SEPARATOR}, {joined}, {lengths}) else {joined} end"
    )


def _write_log(
    connection: duckdb.DuckDBPyConnection,
    extract: Extract,
    tables: Sequence[LandedTable],
    loaded_at: datetime,
) -> None:
    connection.execute(
        "insert into raw.extract_log values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            extract.extract_id,
            extract.source_system,
            extract.as_at,
            extract.date_format,
            extract.history_of("default"),
            extract.history_text,
            extract.content_hash,
            extract.files_hash,
            extract.folder.resolve().name,
            loaded_at,
        ],
    )
    connection.executemany(
        "insert into raw.extract_tables values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            [
                extract.extract_id,
                table.name,
                table.header is not None,
                table.row_count,
                extract.files[table.name].name if table.header else None,
                ", ".join(table.header.missing) or None if table.header else None,
                ", ".join(table.header.ignored) or None if table.header else None,
                extract.history_of(table.name),
                table.name in extract.latest_only,
            ]
            for table in tables
        ],
    )
