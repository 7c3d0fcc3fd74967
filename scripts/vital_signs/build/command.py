"""Build the warehouse: land an extract (if one is given), run dbt, print the county scorecard.

The build works on a copy, `<warehouse>.building`, which replaces the warehouse once every model
and every check has passed; until then, and after a failure, the warehouse is as it was.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import click
import duckdb
import yaml

from vital_signs import settings
from vital_signs.build.data_checks import (
    broken_invariants,
    mostly_quarantined,
    refuse_ids_that_gather,
)
from vital_signs.build.progress import landing_progress
from vital_signs.build.running import dbt_target, run_dbt
from vital_signs.build.summary import summary
from vital_signs.commands import DAY, MONTH, PATH, PROJECT, one_of, step, warehouse_option
from vital_signs.errors import FailedError, UserError
from vital_signs.landing.command import describe
from vital_signs.landing.warehouse import land, prepare
from vital_signs.ledger.command import ledger_of
from vital_signs.ledger.tables import load_ledger
from vital_signs.months import month_end, months_back
from vital_signs.processes import run_to_end
from vital_signs.scorecard import print_scorecard
from vital_signs.warehouse import replacement

DEMO_EXTRACT = PROJECT / "extracts" / "demo"
DEMO_MAKER = (sys.executable, "-m", "made_up_county")
# What the demonstration extract is made from; it is rebuilt after a change to any of these.
DEMO_INPUTS = ("scripts/made_up_county/**/*.py", "seeds/**/*.csv")
DEMO_MARK = ".made-from"
SYNTHETIC = "SYNTHETIC"


def demo_extract() -> Path:
    """Return the folder of the demonstration extract, which is made now unless it is up to date."""
    digest = hashlib.sha256()
    for pattern in DEMO_INPUTS:
        for path in sorted(PROJECT.glob(pattern)):
            # Each is hashed separately: joined together, name and content could be split two ways.
            for part in (path.relative_to(PROJECT).as_posix().encode(), path.read_bytes()):
                digest.update(hashlib.sha256(part).digest())
    mark = DEMO_EXTRACT / DEMO_MARK
    if mark.is_file() and mark.read_text() == digest.hexdigest():
        return DEMO_EXTRACT
    print("making the demonstration extract", flush=True)
    unfinished = DEMO_EXTRACT.with_name(f"{DEMO_EXTRACT.name}.making")
    shutil.rmtree(unfinished, ignore_errors=True)
    if run_to_end([*DEMO_MAKER, "--out", str(unfinished)]):
        raise FailedError("the demonstration extract could not be made: see the lines above")
    (unfinished / DEMO_MARK).write_text(digest.hexdigest())
    shutil.rmtree(DEMO_EXTRACT, ignore_errors=True)
    unfinished.rename(DEMO_EXTRACT)
    return DEMO_EXTRACT


def extract_day(building: Path, as_at: date | None, extract_id: str | None) -> date:
    """Return the as-at day of the extract that the build will use.

    That is the one named, else the latest dated `as_at` or earlier. Raises UserError if there is
    none.
    """
    landed: list[tuple[str, date]] = []
    if building.exists():
        with duckdb.connect(str(building), read_only=True) as connection:
            try:
                landed = connection.execute(
                    "select extract_id, cast(as_at as date) from raw.extract_log order by as_at"
                ).fetchall()
            except duckdb.CatalogException:
                landed = []
    if not landed:
        raise UserError("no extract has been landed", "give one with --extract, or use --demo")
    usable = [
        day
        for name, day in landed
        if (extract_id is None or name == extract_id) and (as_at is None or day <= as_at)
    ]
    if not usable:
        name, day = landed[0]
        raise UserError(
            f"no extract is dated {as_at} or earlier",
            f"the earliest is {name} of {day}; choose a later date",
        )
    return usable[-1]


def check_months(day: date, month: date | None, first_month: date | None) -> None:
    """Raise UserError when an extract of that day cannot report the months requested (BAT-05).

    `month` and `first_month` are last days of months; a month is reported once its last day is on
    or before the day of the extract.
    """
    after = first_month_after(day)
    last = months_back(after, 1)
    if month and month > last:
        raise UserError(
            f"month {month:%Y-%m} is not complete in an extract as at {day}",
            f"choose {last:%Y-%m} or an earlier month, or land a later extract",
        )
    if first_month and first_month > last:
        raise UserError(
            f"first month {first_month:%Y-%m} is not complete in an extract as at {day}",
            f"choose {last:%Y-%m} or an earlier month",
        )
    first = first_month or months_back(last, _months_reported() - 1)
    if month and month < first:
        raise UserError(
            f"month {month:%Y-%m} is before the first month reported, {first:%Y-%m}",
            f"choose a later month, or report more months with --first-month {month:%Y-%m}",
        )


def first_month_after(day: date) -> date:
    """Return the last day of the first month that is not complete on a day."""
    end = month_end(f"{day:%Y-%m}")
    return month_end(f"{day + timedelta(days=1):%Y-%m}") if day == end else end


def _months_reported() -> int:
    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    return int(project["vars"]["months_reported"])


def refuse_mixing(building: Path) -> None:
    """Raise UserError when the demonstration would be landed alongside real data."""
    if not building.exists():
        return
    with duckdb.connect(str(building), read_only=True) as connection:
        try:
            real = connection.execute(
                "select extract_id from raw.extract_log where source_system <> ? limit 1",
                [SYNTHETIC],
            ).fetchone()
        except duckdb.CatalogException:
            return
    if real:
        raise UserError(
            f"the warehouse contains the real extract {real[0]}",
            "name another file for the demonstration, or give --extract",
        )


@step("build", __doc__)
@click.option("--extract", type=PATH, metavar="FOLDER", help="Land this extract and build from it.")
@click.option("--demo", is_flag=True, help="Make, land and build the demonstration extract.")
@click.option(
    "--as-at", type=DAY, help="Build from the latest landed extract dated that day or earlier."
)
@click.option("--month", type=MONTH, help="Month to print (default: the latest).")
@click.option("--first-month", type=MONTH, help="First month to report.")
@click.option(
    "--select",
    multiple=True,
    metavar="SELECTOR...",
    help="Build only these (dbt's selection syntax).",
)
@click.argument("selectors", nargs=-1, metavar="")
@click.option(
    "--ledger", type=PATH, metavar="FOLDER", help="Folder of published months (see publish)."
)
@warehouse_option
def main(
    extract: Path | None,
    demo: bool,
    as_at: date | None,
    month: date | None,
    first_month: date | None,
    select: tuple[str, ...],
    selectors: tuple[str, ...],
    ledger: Path | None,
    warehouse: Path,
) -> None:
    """Build; fails when a model or a check does."""
    one_of({"--extract": extract, "--demo": demo, "--as-at": as_at})
    if selectors and not select:
        raise UserError(f"unexpected {selectors[0]!r}", "see vital-signs build --help")
    selected = [*select, *selectors]
    wanted: dict[str, str] = {}
    if as_at:
        wanted["as_at"] = as_at.isoformat()
    if first_month:
        wanted["first_month"] = first_month.replace(day=1).isoformat()

    started = time.monotonic()
    settings.check()
    with replacement(warehouse) as copy:
        folder = extract
        if demo:
            refuse_mixing(copy.path)
            folder = demo_extract()
        if folder:
            with landing_progress() as show:
                landing = land(folder, copy.path, show)
            print("\n".join(describe(landing)), flush=True)
            wanted["extract_id"] = landing.extract.extract_id
        day = extract_day(copy.path, as_at, wanted.get("extract_id"))
        check_months(day, month, first_month)
        prepare(copy.path)
        refuse_ids_that_gather(copy.path, wanted.get("extract_id"), as_at)
        load_ledger(copy.path, ledger_of(warehouse, ledger))
        print("building the warehouse and checking it", flush=True)
        run_dbt(copy.path, wanted, selected)
        for line in (*mostly_quarantined(copy.path), *broken_invariants(copy.path, dbt_target())):
            print(line, flush=True)
    print(f"built {warehouse} in {time.monotonic() - started:.0f} seconds\n", flush=True)
    if not selected:
        print("\n".join(summary(warehouse)), flush=True)
        print_scorecard(warehouse, month)
