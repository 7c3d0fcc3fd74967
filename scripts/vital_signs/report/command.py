"""The command: reads the warehouse once, writes the new pages, then replaces the old ones."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from vital_signs.commands import PATH, step, warehouse_option
from vital_signs.errors import UserError
from vital_signs.months import month_end
from vital_signs.report.area_pages import AreaPages
from vital_signs.report.commentary import read_commentary
from vital_signs.report.committee_page import CommitteePage
from vital_signs.report.council import commentary_folder, reports_folder
from vital_signs.report.data import COUNTY, ReportData, read_report
from vital_signs.report.pages import Texts
from vital_signs.report.sections import commentary_names
from vital_signs.report.workbook import write_workbook
from vital_signs.warehouse import reading

HELP = """Produce the monthly report: html pages for the county, its localities and the committee.

    vital-signs report --month 2018-03

writes reports/2018-03/, replacing what was there; a warehouse that is not the default one has a
folder of its own. Each page is one file that needs no server and no internet.
"""
COMMITTEE = "COMMITTEE"
AUDIENCES = ("internal", "public")
QUIET_SECONDS = 2.0


@dataclass(frozen=True)
class File:
    """One file of the report: its name and what writes it to a path."""

    name: str
    write: Callable[[Path], None]


class Progress:
    """Reports what is being done, once it has taken longer than two seconds."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.started = time.monotonic()

    def step(self, what: str) -> None:
        """Count a step that starts now."""
        self.done += 1
        if time.monotonic() - self.started > QUIET_SECONDS:
            print(f"[{self.done}/{self.total}] {what}", file=sys.stderr, flush=True)


def make_report(
    warehouse: Path,
    month: str,
    *,
    audience: str = "internal",
    areas: Iterable[str] = (),
    out: Path | None = None,
    commentary: Path | None = None,
) -> Path:
    """Write the files of a month and return their folder.

    `areas` names the pages: area codes and COMMITTEE; none means every page and the workbook, which
    replace the whole folder. Without `out` and `commentary` the council's own places are used
    (report.council). Raises UserError before anything is written.
    """
    day = month_end(month)
    wanted = [area.upper() for area in areas]
    with reading(warehouse) as connection:
        data = read_report(connection, day, audience)
    known = [row["area_code"] for row in data.areas if row["area_type"] != "not_allocated"]
    for area in wanted:
        if area not in (*known, COMMITTEE):
            raise UserError(
                f"there is no area {area!r}", f"use one of {', '.join((*known, COMMITTEE))}"
            )
    home = commentary_folder(data.extract, commentary)
    localities = [code.lower() for code in known if code != COUNTY]
    texts = read_commentary(home, month, commentary_names(), localities) if home else {}
    files = _files(data, texts, wanted or [*known, COMMITTEE])
    if not wanted:
        files.append(File("scorecard.xlsx", lambda path: write_workbook(data, path)))
    folder = _folder(out or reports_folder(warehouse), month, audience)
    _write(files, folder, replace=not wanted)
    return folder


def _files(data: ReportData, texts: Texts, areas: Iterable[str]) -> list[File]:
    pages, paper = AreaPages(data, texts), CommitteePage(data, texts)

    def page(render: Callable[[], str]) -> Callable[[Path], None]:
        return lambda path: _write_text(path, render())

    return [
        File("committee.html", page(paper.committee_page))
        if area == COMMITTEE
        else File(f"{area.lower()}.html", page(lambda area=area: pages.area_page(area)))
        for area in areas
    ]


def _write_text(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def _folder(out: Path, month: str, audience: str) -> Path:
    """Return where the files go: a public edition is never mixed with internal files."""
    return out / (month if audience == "internal" else f"{month}-{audience}")


def _write(files: list[File], folder: Path, *, replace: bool) -> None:
    """Write every file into a new folder next to the old one, then put it in the old one's place.

    With `replace` the folder ends up with these files only; otherwise others are kept.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise UserError(
            f"cannot be written: {error.strerror}", "name another folder", file=str(folder.parent)
        ) from None
    try:
        progress = Progress(len(files))
        for file in files:
            progress.step(file.name)
            file.write(beside / file.name)
        _swap(beside, folder, replace=replace)
    except OSError as error:
        raise UserError(
            f"cannot be written: {error.strerror}",
            "close any program that has it open, or name another folder",
            file=str(folder),
        ) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _swap(beside: Path, folder: Path, *, replace: bool) -> None:
    beside.chmod(0o755)
    if not replace:
        folder.mkdir(exist_ok=True)
        for file in sorted(beside.iterdir()):
            file.replace(folder / file.name)
        return
    old = beside.with_name(f"{beside.name}.old")
    if folder.exists():
        folder.rename(old)
    try:
        beside.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


@step("report", HELP)
@click.option("--month", required=True, metavar="YYYY-MM", help="Month of the report.")
@click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    default="internal",
    show_default=True,
    help="internal shows every count; public suppresses small ones.",
)
@click.option(
    "--area",
    "areas",
    multiple=True,
    metavar="CODE",
    help="Only this page: COUNTY, a locality's code or COMMITTEE; can be given several times.",
)
@click.option(
    "--out",
    type=PATH,
    metavar="FOLDER",
    help="Where the month's folder goes (default: reports, or a folder of its own in it for a"
    " warehouse that is not the default one).",
)
@click.option(
    "--commentary",
    type=PATH,
    metavar="FOLDER",
    help="Folder with the commentary of each month (default: commentary for the demonstration"
    " county, none for other extracts).",
)
@warehouse_option
def main(commentary: Path | None, warehouse: Path, month: str, **options: Any) -> None:
    """Write the report and list its files."""
    started = time.monotonic()
    if commentary and not commentary.is_dir():
        raise UserError(
            "there is no such folder",
            "check --commentary, or leave it out",
            file=str(commentary),
        )
    folder = make_report(warehouse, month, commentary=commentary, **options)
    for file in sorted(folder.iterdir()):
        print(f"{file}  {file.stat().st_size / 1_000_000:.1f} MB")
    print(f"{time.monotonic() - started:.1f} s")
