"""The recipes in CONTRIBUTING.md, exactly as written, followed in a copy of the project."""

from __future__ import annotations

import csv
import re
import shutil
import textwrap
from pathlib import Path

from vital_signs.commands import PROJECT

LEFT_OUT = (
    *(".git", ".venv", ".ci", "target", "logs", "extracts", "reports", "__pycache__", "*.duckdb*"),
    *(".pytest_cache", ".ruff_cache"),
)
# The file that the text before a block names last, and the block.
BLOCK = re.compile(r"^( *)```\n(.*?)^ *```$", re.M | re.S)
FILE = re.compile(r"`((?:seeds|models)/[\w/.]+\.(?:csv|sql|yml))`")
FIRST_MEASURE = re.compile(r"(?:month_end|decided_on\w*),\n\n")
# In YAML: among the columns of the population that the recipes add a rule to.
FIRST_DESCRIBED = re.compile(
    r"- name: int_cases__s47_completed\n(?:.*\n)*?(?=      - name: measure_)"
)


def copy_of_the_project(folder: Path) -> Path:
    """Return a copy of the project without what a build or an environment leaves in it."""
    copy = folder / "project"
    shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    return copy


def recipes(project: Path) -> list[tuple[str, str]]:
    """Return what CONTRIBUTING says to add, in its order: the file, and the text."""
    page = (project / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = []
    for block in BLOCK.finditer(page):
        files = FILE.findall(page[: block.start()])
        text = textwrap.dedent(block[2]) if block[1] == "" else _without(block[1], block[2])
        found.append((files[-1], text))
    return found


def _without(indent: str, text: str) -> str:
    return "".join(line.removeprefix(indent) for line in text.splitlines(keepends=True))


def add(project: Path, file: str, text: str) -> None:
    """Add a text to a file: at its end, and a measure or its description before the others.

    Fails where a seed line does not have the seed's columns.
    """
    path = project / file
    before = path.read_text(encoding="utf-8")
    if file.endswith(".sql"):
        assert FIRST_MEASURE.search(before), f"{file} has no measures"
        path.write_text(FIRST_MEASURE.sub(lambda found: f"{found[0]}{text}\n", before, count=1))
        return
    if file.endswith("__models.yml"):
        assert FIRST_DESCRIBED.search(before), f"{file} describes no measures"
        path.write_text(FIRST_DESCRIBED.sub(lambda found: f"{found[0]}{text}", before, count=1))
        return
    if file.endswith(".csv"):
        header = before.splitlines()[0].split(",")
        for line in csv.reader(text.splitlines()):
            assert len(line) == len(header), f"{file}: {line} has not the columns {header}"
    separator = "\n" if file.endswith(".yml") else ""
    path.write_text(before.rstrip("\n") + "\n" + separator + text)
