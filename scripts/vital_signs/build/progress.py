"""How far a build is: a bar in a terminal, a few lines for another program, nothing in CI."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from vital_signs.landing.warehouse import Progress as Landed

# The estimate for a node that the last build did not run.
USUAL_SECONDS = 0.1
# Without a terminal: a line after each fifth of the nodes.
PLAIN_LINES = 5


@contextmanager
def landing_progress() -> Iterator[Callable[[Landed], None]]:
    """Yield what is called with each table that has been landed."""
    if not _is_watched():
        yield lambda _: None
        return
    with _bar(TextColumn("{task.description}")) as bar:
        task = bar.add_task("landing", total=None, done=0, of="?")

        def draw(landed: Landed) -> None:
            said = f"landed {landed.table}, {landed.row_count:,} rows"
            done, of = landed.number, landed.of
            bar.update(task, total=of, completed=done, done=done, of=of, description=said)

        yield draw


@contextmanager
def dbt_progress(expected: Mapping[str, float]) -> Iterator[Callable[[dict[str, Any], int], None]]:
    """Yield what is called with each node that has ended, and how many nodes there are.

    `expected` gives the seconds of each node in the last build, which make the estimate.
    """
    done = 0
    if not _is_watched():

        def say(_: dict[str, Any], total: int) -> None:
            nonlocal done
            done += 1
            is_step = done * PLAIN_LINES // total > (done - 1) * PLAIN_LINES // total
            if is_step and not os.environ.get("CI"):
                print(f"  {done} of {total} models and checks", flush=True)

        yield say
        return
    left = (TextColumn("about"), TimeRemainingColumn(), TextColumn("left  {task.description}"))
    with _bar(*left) as bar:
        task = bar.add_task("reading the project", total=None, done=0, of="?")

        def draw(node: dict[str, Any], total: int) -> None:
            nonlocal done
            if not done:
                seconds = sum(expected.values()) + USUAL_SECONDS * max(0, total - len(expected))
                bar.update(task, total=seconds, of=total)
            done += 1
            seconds = expected.get(node["unique_id"], USUAL_SECONDS)
            bar.update(task, advance=seconds, done=done, description=node["node_name"])

        yield draw


def _is_watched() -> bool:
    return Console().is_terminal and not os.environ.get("CI")


def _bar(*columns: Any) -> Progress:
    counted = TextColumn("{task.fields[done]} of {task.fields[of]}")
    return Progress(BarColumn(bar_width=20), counted, TimeElapsedColumn(), *columns, transient=True)
