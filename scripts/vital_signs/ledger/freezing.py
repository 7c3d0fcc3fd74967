"""Reading one month from a built warehouse and adding it to the ledger."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from vital_signs.errors import UserError, first_line
from vital_signs.ledger.chain import CASES_FILE, CODE_FILE, FILE_MODES, VALUES_FILE, Entry, Ledger
from vital_signs.ledger.code import Code, read_code
from vital_signs.ledger.tables import CASES, VALUES, cases_relation, values_relation
from vital_signs.warehouse import reading

# A rewritten model may change the definition's hash but no figure: not a reason to publish.
NOT_COMPARED = {"definition_hash"}
VALUES_QUERY = """
    select
        cells.indicator_ref,
        cells.area_code,
        indicators.indicator_name,
        indicators.polarity,
        indicators.unit,
        indicators.decimal_places,
        indicators.numerator_stat,
        indicators.denominator_stat,
        definitions.definition_hash,
        cells.value,
        cells.numerator,
        cells.denominator,
        cells.ytd_value,
        cells.ytd_numerator,
        cells.ytd_denominator,
        scorecard.previous_ytd_value,
        scorecard.target_text,
        scorecard.target_value,
        scorecard.red_limit,
        scorecard.green_limit,
        scorecard.rag_status,
        scorecard.direction_of_travel,
        scorecard.raw_direction,
        cells.availability,
        internal.value_text,
        internal.ytd_text,
        internal.previous_ytd_text,
        public.value_text as public_value_text,
        public.ytd_text as public_ytd_text,
        public.previous_ytd_text as public_previous_ytd_text,
        public.is_suppressed as is_suppressed_in_public
    from indicators.fct_indicator_values as cells
    inner join reference.indicators as indicators
        on cells.indicator_ref = indicators.indicator_ref
    left join ledger.definitions as definitions
        on cells.indicator_ref = definitions.indicator_ref
    left join indicators.indicator_scorecard as scorecard
        on
            cells.indicator_ref = scorecard.indicator_ref
            and cells.month_end = scorecard.month_end
            and cells.area_code = scorecard.area_code
    left join published.indicator_values as internal
        on
            cells.indicator_ref = internal.indicator_ref
            and cells.month_end = internal.month_end
            and cells.area_code = internal.area_code
            and internal.edition = 'internal'
    left join published.indicator_values as public
        on
            cells.indicator_ref = public.indicator_ref
            and cells.month_end = public.month_end
            and cells.area_code = public.area_code
            and public.edition = 'public'
    where cells.month_end = $month
    order by indicators.display_order, cells.indicator_ref, cells.area_code
"""
CASES_QUERY = f"""
    select {", ".join(CASES)}
    from intermediate.int_figure_cases
    where month_end = $month and measure_value is not null
    order by all
"""
EXTRACT_QUERY = """
    select extracts.extract_id, extracts.source_system, extracts.as_at, extracts.files_hash,
        extracts.content_hash
    from staging.stg_landing__extract_in_force as in_force
    inner join raw.extract_log as extracts
        on in_force.extract_id = extracts.extract_id
"""


@dataclass(frozen=True)
class Frozen:
    """The result of a call: the version's line, and whether it was added by this call."""

    entry: Entry
    is_new: bool


def freeze(
    warehouse: Path, ledger: Ledger, month: date, published_by: str, reason: str | None
) -> Frozen:
    """Add a month, as it is in the warehouse, to the ledger.

    Publishing the same content again changes nothing. Raises UserError if the month or the
    warehouse cannot be published, if the month has been published with different content and no
    reason is given, or if the ledger is not sound.
    """
    with reading(warehouse) as connection:
        connection.execute("set timezone = 'UTC'")
        code = read_code()
        _refuse_other_code(connection, code)
        extract = _extract(connection)
        _hold_month(connection, month)
        ledger.folder.mkdir(parents=True, exist_ok=True)
        with ledger.locked():
            entries = ledger.sound_entries()
            _refuse_other_source(entries, extract, ledger)
            before = [entry for entry in entries if entry["month_end"] == month.isoformat()]
            if before and _is_same(connection, ledger.folder / before[-1]["folder"]):
                return Frozen(before[-1], is_new=False)
            if before and not reason:
                last = before[-1]
                raise UserError(
                    f"{month:%Y-%m} has been published (version {last['version']} of"
                    f" {last['published_at'][:10]} by {last['published_by']}) with different"
                    " figures, which are never replaced",
                    "publish a correction, with --reason",
                )
            entry = _entry(month, len(before) + 1, published_by, reason, extract, code)
            folder = ledger.new_version_folder()
            _write(connection, folder, code)
            entry |= _counts(connection)
            return Frozen(ledger.append(entry, folder), is_new=True)


def _refuse_other_code(connection: duckdb.DuckDBPyConnection, code: Code) -> None:
    """A publication records what it was made with: the files must be those of the build."""
    try:
        built = connection.execute("select project_hash from ledger.definitions limit 1").fetchone()
    except duckdb.CatalogException:
        built = None
    if built is None:
        raise UserError(
            "the warehouse does not record what code it was built with",
            "build it with vital-signs build, then publish",
        )
    if built != (code.project_hash,):
        raise UserError(
            "models, macros or seeds have changed since the warehouse was built",
            "build it again, check the figures, then publish",
        )


def _extract(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    try:
        found = connection.execute(EXTRACT_QUERY).fetchone()
    except duckdb.CatalogException:
        found = None
    if found is None:
        raise UserError("the warehouse has not been built", "run vital-signs build first")
    names = ("extract_id", "source_system", "as_at", "files_hash", "content_hash")
    extract = dict(zip(names, found, strict=True))
    return {**extract, "as_at": extract["as_at"].isoformat(sep=" ")}


def _hold_month(connection: duckdb.DuckDBPyConnection, month: date) -> None:
    """Put the month's values and cases in temporary tables."""
    for table, query in (("held_values", VALUES_QUERY), ("held_cases", CASES_QUERY)):
        try:
            connection.execute(f"create temp table {table} as {query}", {"month": month})
        except duckdb.CatalogException as error:
            raise UserError(
                f"the warehouse has not been built in full: {first_line(error)}",
                "run vital-signs build without --select, then publish",
            ) from None
    if connection.execute("select count(*) from held_values").fetchone() == (0,):
        first, last = connection.execute(
            "select min(month_end), max(month_end) from indicators.fct_indicator_values"
        ).fetchone()
        todo = f"choose one from {first:%Y-%m} to {last:%Y-%m}" if first else "build it first"
        raise UserError(f"the warehouse does not report {month:%Y-%m}", todo)


def _refuse_other_source(entries: list[Entry], extract: dict[str, Any], ledger: Ledger) -> None:
    for entry in entries[-1:]:
        known = entry["extract"]["source_system"]
        if known != extract["source_system"]:
            raise UserError(
                f"the ledger is for {known} and the warehouse for {extract['source_system']}",
                "name another ledger with --ledger",
                file=str(ledger.folder),
            )


def _is_same(connection: duckdb.DuckDBPyConnection, folder: Path) -> bool:
    """Return whether the published files match the held tables, row by row."""
    compared = ", ".join(name for name in VALUES if name not in NOT_COMPARED)
    pairs = (
        (compared, "held_values", values_relation(folder)),
        (", ".join(CASES), "held_cases", cases_relation(folder)),
    )
    for columns, held, relation in pairs:
        for one, other in ((held, relation), (relation, held)):
            (differing,) = connection.execute(
                f"select count(*) from (select {columns} from {one} except all"
                f" select {columns} from {other})"
            ).fetchone()
            if differing:
                return False
    return True


def _entry(
    month: date,
    version: int,
    published_by: str,
    reason: str | None,
    extract: dict[str, Any],
    code: Code,
) -> Entry:
    return {
        "month_end": month.isoformat(),
        "version": version,
        "folder": f"{month:%Y-%m}-v{version}",
        "published_at": f"{datetime.now(UTC).replace(tzinfo=None):%Y-%m-%d %H:%M:%S}",
        "published_by": published_by,
        "reason": reason,
        "extract": extract,
        "code_version": code.version,
        "project_hash": code.project_hash,
        "reference_hash": code.reference_hash,
    }


def _write(connection: duckdb.DuckDBPyConnection, folder: Path, code: Code) -> None:
    """Write the three files of a version; the cases can only be read by their owner."""
    values, cases = folder / VALUES_FILE, folder / CASES_FILE
    # Created before it is written to, so that others can never read it.
    os.close(os.open(cases, os.O_WRONLY | os.O_CREAT, FILE_MODES[CASES_FILE]))
    connection.execute(
        "copy (from held_values) to $path (format csv, header, delimiter ',')",
        {"path": str(values)},
    )
    connection.execute(
        "copy (from held_cases) to $path (format parquet, compression zstd)", {"path": str(cases)}
    )
    with (folder / CODE_FILE).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["file", "sha256"])
        writer.writerows(code.files.items())
    for name, mode in FILE_MODES.items():
        (folder / name).chmod(mode)
    if not _is_same(connection, folder):
        raise UserError(
            "the files written do not match the warehouse",
            "check the disk; nothing was published",
            file=str(folder),
        )


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return {
        name: connection.execute(f"select count(*) from held_{name}").fetchone()[0]
        for name in ("values", "cases")
    }
