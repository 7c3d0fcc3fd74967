"""Commentary is written by people: one Markdown file for each month, area and section.

`commentary/2018-03/early-help.md` is shown in the county's report, `commentary/2018-03/norwich/
early-help.md` in Norwich's. A file starts with three lines of front matter:

    ---
    month: 2018-03
    author_role: Head of early help
    date: 2018-04-12
    ---

A fourth line, `public: yes`, means that the text may appear in the public edition too.

Commentary cannot add its own html, pictures or headings to the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from vital_signs.errors import UserError

# About half a printed page; anything longer belongs in a separate paper.
LONGEST_TEXT = 3_000
LONGEST_ROLE = 80
FENCE = "---"
KEYS = ("month", "author_role", "date")
PUBLIC = "public"
ANSWERS = {"yes": True, "no": False}
LINK = re.compile(r"(#|https?://|mailto:)")

_SHOWN = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "heading", "lheading", "html_block", "html_inline"]
)
# Parsed with everything switched on to find what is not allowed; never rendered.
_CHECKED = MarkdownIt("commonmark", {"html": True})


@dataclass(frozen=True)
class Commentary:
    """One text with the role of its author and the day it was written."""

    section: str
    author_role: str
    written_on: date
    body: Markup
    is_public: bool = False


def read_commentary(
    folder: Path, month: str, sections: Iterable[str], areas: Iterable[str]
) -> dict[tuple[str, str], Commentary]:
    """Return the texts of a month by area (`county`, `norwich` ...) and section.

    `month` is written 2018-03. A month without a folder has no texts; that is not a mistake. Raises
    UserError with file and line for anything in the folder that could not be shown.
    """
    home = folder / month
    known_sections, known_areas = sorted(sections), sorted(areas)
    found: dict[tuple[str, str], Commentary] = {}
    for file in sorted(home.rglob("*")) if home.is_dir() else []:
        if file.is_dir() or file.name.startswith("."):
            continue
        parts = file.relative_to(home).parts
        area = parts[0] if len(parts) > 1 else "county"
        if len(parts) > 2 or (len(parts) == 2 and area not in known_areas):
            raise UserError(
                f"there is no area {'/'.join(parts[:-1])!r} to comment on",
                f"use a folder named {', '.join(known_areas)}, or none for the county",
                file=str(file),
            )
        if file.suffix != ".md" or file.stem not in known_sections:
            raise UserError(
                f"there is no section {file.name!r}",
                f"name the file {', '.join(known_sections)}, with .md",
                file=str(file),
            )
        found[area, file.stem] = _read(file, month)
    return found


def _read(file: Path, month: str) -> Commentary:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UserError("the text is not UTF-8", "save it as UTF-8", file=str(file)) from None
    facts, start = _front_matter(lines, file)
    if facts["month"][0] != month:
        raise UserError(
            f"the text is marked as being for {facts['month'][0]!r}",
            f"write month: {month}, or move the file to the correct month's folder",
            file=str(file),
            line=facts["month"][1],
        )
    role, role_line = facts["author_role"]
    if len(role) > LONGEST_ROLE:
        raise UserError(
            f"the author's role is longer than {LONGEST_ROLE} characters",
            "give only the role",
            file=str(file),
            line=role_line,
        )
    text = "\n".join(lines[start:]).strip("\n")
    lead = start + next((i for i, line in enumerate(lines[start:]) if line.strip()), 0)
    _check(text, lead, file)
    answer, answer_line = facts.get(PUBLIC, ("no", 0))
    if answer not in ANSWERS:
        raise UserError(
            f"{answer!r} is not a valid value for public",
            "write public: yes, or leave the line out",
            file=str(file),
            line=answer_line,
        )
    return Commentary(
        file.stem,
        role,
        _day(*facts["date"], file),
        Markup(_SHOWN.render(text)),
        ANSWERS[answer],
    )


def _front_matter(lines: list[str], file: Path) -> tuple[dict[str, tuple[str, int]], int]:
    """Return each value with its line number, and the index of the first line of the text."""
    if not lines or lines[0].strip() != FENCE:
        raise UserError(
            "the text has no front matter",
            f"start with {FENCE}, {', '.join(f'{key}: ...' for key in KEYS)}, {FENCE}",
            file=str(file),
            line=1,
        )
    facts: dict[str, tuple[str, int]] = {}
    for index, line in enumerate(lines[1:], start=1):
        if line.strip() == FENCE:
            missing = [key for key in KEYS if not facts.get(key, ("", 0))[0]]
            if missing:
                raise UserError(
                    f"the front matter has no {missing[0]}",
                    f"add a line {missing[0]}: ...",
                    file=str(file),
                    line=index + 1,
                )
            return facts, index + 1
        key, colon, value = line.partition(":")
        key = key.strip()
        if line.strip() and (not colon or key not in (*KEYS, PUBLIC) or key in facts):
            raise UserError(
                "the front matter has a line that is not recognised",
                f"give {', '.join(KEYS)} once each",
                file=str(file),
                line=index + 1,
            )
        if line.strip():
            facts[key] = (value.strip().strip("\"'"), index + 1)
    raise UserError(
        "the front matter does not end", f"close it with {FENCE}", file=str(file), line=len(lines)
    )


def _day(text: str, line: int, file: Path) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(
            f"{text!r} is not a date", "write it like 2018-04-12", file=str(file), line=line
        ) from None


def _check(text: str, lead: int, file: Path) -> None:
    """Refuse an empty or long text, and whatever would not be plain text in the report.

    `lead` is the number of lines of the file before the text.
    """
    if not text.strip():
        raise UserError(
            "there is no text", "write the text or remove the file", file=str(file), line=lead or 1
        )
    if len(text) > LONGEST_TEXT:
        raise UserError(
            f"the text has {len(text):,} characters",
            f"keep it to {LONGEST_TEXT:,} or fewer",
            file=str(file),
            line=lead + 1 + text[:LONGEST_TEXT].count("\n"),
        )
    for token in _CHECKED.parse(text):
        line = lead + 1 + (token.map[0] if token.map else 0)
        _refuse(token, line, file)
        for child in token.children or []:
            _refuse(child, line, file)
            line += child.type in ("softbreak", "hardbreak")


def _refuse(token: Token, line: int, file: Path) -> None:
    what = {
        "html_block": ("html", "write Markdown only"),
        "html_inline": ("html", "write Markdown only"),
        "image": ("a picture", "leave it out"),
        "heading_open": ("a heading", "remove it: start with a **bold** word"),
    }.get(token.type)
    if token.type == "link_open" and not LINK.match(str(token.attrGet("href"))):
        what = ("a link that cannot be followed", "link to https:// or to a # anchor in the report")
    if what:
        raise UserError(f"the text has {what[0]}", what[1], file=str(file), line=line)
