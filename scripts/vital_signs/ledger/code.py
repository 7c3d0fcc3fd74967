"""What the figures were made with: a hash of every file, and one of each indicator's definition.

The definition of an indicator is its line in the catalogue and every model and macro that its
measures are made from, without comments and line breaks. Reference data (parameters, areas, groups
of codes, the population) has its own hash, because it can change without any rule being
rewritten. All of it is read from files, so it works without git and without dbt.
"""

from __future__ import annotations

import csv
import hashlib
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from vital_signs.commands import PROJECT

CATALOGUE = "seeds/indicators/indicators.csv"
REFERENCE = "seeds/reference/"
PATTERNS = ("models/**/*.sql", "macros/**/*.sql", "seeds/**/*.csv", "dbt_project.yml")
# How an indicator is presented, not what it counts; changing these does not change its definition.
WORDS_ONLY = {"indicator_name", "section_code", "decimal_places", "is_in_report", "display_order"}
COMMENTS = re.compile(r"\{#.*?#\}|--[^\n]*|/\*.*?\*/", re.S)
REFERRED = re.compile(r"\bref\(\s*'(\w+)'\s*(~)?")
MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)")
CALLED = re.compile(r"\b([a-z]\w+)\(")
# Every indicator goes through these, whatever it counts.
ENGINE = (
    "fct_measure_totals",
    "int_indicator_values",
    "int_indicator_spine",
)
# It refers to every population; an indicator only follows its own.
CASE_POPULATION = "int_cases__"


@dataclass(frozen=True)
class Code:
    """Hashes of the project: by file, of the reference data, of everything, and by indicator."""

    files: dict[str, str]
    reference_hash: str
    project_hash: str
    version: str
    texts: dict[str, str] = field(repr=False)

    @cached_property
    def definitions(self) -> dict[str, str]:
        """The hash of each indicator's definition, made on request: publishing does not need it."""
        return _Definitions(self.texts).all()


def read_code(project: Path = PROJECT) -> Code:
    """Read the project's files and return their hashes."""
    files = {
        path.relative_to(project).as_posix(): path.read_bytes()
        for pattern in PATTERNS
        for path in sorted(project.glob(pattern))
    }
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    project_hash = _together(f"{name} {value}" for name, value in hashes.items())
    return Code(
        files=hashes,
        reference_hash=_together(
            f"{name} {value}" for name, value in hashes.items() if name.startswith(REFERENCE)
        ),
        project_hash=project_hash,
        version=_version(project, project_hash),
        texts={name: content.decode("utf-8") for name, content in files.items()},
    )


def _together(texts: Iterable[str]) -> str:
    """Return the hash of some texts; a line end or ESC inside one is written as two characters."""
    plain = (text.replace("\x1b", "\x1b0").replace("\n", "\x1b1") for text in texts)
    return hashlib.sha256("\n".join(plain).encode("utf-8")).hexdigest()


def _version(project: Path, project_hash: str) -> str:
    """Return the commit, if there is one, and the hash of the files' contents."""
    try:
        found = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"],
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )
        commit = found.stdout.strip() if found.returncode == 0 else ""
    except OSError:
        commit = ""
    return f"{commit or 'no commit'}, files {project_hash[:12]}"


class _Definitions:
    """The hash of each indicator's definition, from the texts of the project's files."""

    def __init__(self, files: dict[str, str]) -> None:
        self.files = files
        self.models = {
            name.rpartition("/")[2].removesuffix(".sql"): " ".join(COMMENTS.sub(" ", text).split())
            for name, text in files.items()
            if name.startswith("models/")
        }
        self.followed: dict[str, frozenset[str]] = {}

    @cached_property
    def macros(self) -> dict[str, str]:
        """The text of every macro by name; macros with the same name are joined."""
        found: dict[str, str] = {}
        for name, text in self.files.items():
            if name.startswith("macros/"):
                parts = MACRO.split(COMMENTS.sub(" ", text))
                for macro, body in zip(parts[1::2], parts[2::2], strict=True):
                    plain = macro.partition("__")[2] or macro
                    found[plain] = f"{found.get(plain, '')} {' '.join(body.split())}"
        return found

    def all(self) -> dict[str, str]:
        lines = csv.DictReader(self.files[CATALOGUE].splitlines())
        return {line["indicator_ref"]: self.one(line) for line in lines}

    def one(self, line: dict[str, str]) -> str:
        names = set()
        for model in ENGINE:
            names |= self.behind(model)
        for measure in filter(None, (line["measure"], line["denominator_measure"])):
            for model, text in self.models.items():
                is_population = model.startswith(CASE_POPULATION)
                if is_population and re.search(rf"\bmeasure_{measure}\b", text):
                    names |= self.behind(model)
        texts = [f"{name}: {self.models[name]}" for name in sorted(names)]
        used = self.macros_of(texts)
        rule = [f"{key}={value}" for key, value in line.items() if key not in WORDS_ONLY]
        return _together([*rule, *texts, *(f"{name}: {self.macros[name]}" for name in used)])

    def behind(self, model: str) -> frozenset[str]:
        """Return a model and every model that it is made from."""
        if model not in self.followed:
            self.followed[model] = frozenset()
            found = {model}
            for name, is_prefix in REFERRED.findall(self.models[model]):
                if is_prefix and name != CASE_POPULATION:
                    found |= {other for other in self.models if other.startswith(name)}
                elif name in self.models:
                    found |= self.behind(name)
            self.followed[model] = frozenset(found)
        return self.followed[model]

    def macros_of(self, texts: list[str]) -> list[str]:
        """Return the macros that texts of models call, directly or through other macros."""
        found: set[str] = set()
        waiting = [name for text in texts for name in CALLED.findall(text)]
        while waiting:
            name = waiting.pop()
            if name in self.macros and name not in found:
                found.add(name)
                waiting += CALLED.findall(self.macros[name])
        return sorted(found)
