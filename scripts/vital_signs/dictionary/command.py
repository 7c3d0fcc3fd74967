"""Write the indicator dictionary: one page with an entry for each indicator.

    vital-signs docs --manifest target/manifest.json --out target/dictionary.html

Reads dbt's manifest, the seeds and the changelog, and no data.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import sys
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from vital_signs.commands import PROJECT, run
from vital_signs.dictionary.entries import Seeds, entries, populations
from vital_signs.dictionary.lineage import read_project
from vital_signs.landing.errors import UserError

TEMPLATES = Path(__file__).with_name("templates")
STYLES = (
    Path(__file__).parents[1] / "report" / "templates" / "style.css",
    TEMPLATES / "dictionary.css",
)
DEFAULT_MANIFEST = PROJECT / "target" / "manifest.json"
DEFAULT_PAGE = PROJECT / "target" / "dictionary.html"


def page(manifest: Path) -> str:
    """Return the page. Raises UserError if the manifest or a seed it needs is missing."""
    project, seeds = read_project(manifest), Seeds(PROJECT / "seeds")
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = entries(project, seeds, changelog)
    sections = [
        {
            "code": row["section_code"],
            "name": f"{row['section_code']} {row['section_name']}",
            "entries": [entry for entry in found if entry["section"] == row["section_code"]],
        }
        for row in seeds.rows("report_sections")
    ]
    style = "\n".join(path.read_text(encoding="utf-8") for path in STYLES)
    policy = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("dictionary.html.j2").render(
        policy=policy.format(digest),
        style=Markup(style),
        entries=found,
        sections=[section for section in sections if section["entries"]],
        populations=populations(project),
    )


def write_page(manifest: Path, path: Path) -> int:
    """Write the page and return 0. Raises UserError if the manifest or the folder is missing."""
    text = page(manifest)
    if not path.parent.is_dir():
        raise UserError("there is no such folder", "create it first", file=str(path.parent))
    path.write_text(text, encoding="utf-8")
    print(f"wrote {path}")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code is 0, or 2 for a mistake the user can correct."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--manifest", type=Path, default=DEFAULT_MANIFEST, metavar="FILE")
    parser.add_argument("--out", type=Path, default=DEFAULT_PAGE, metavar="FILE")
    options = parser.parse_args(arguments)
    return run(lambda: write_page(options.manifest, options.out))


if __name__ == "__main__":
    sys.exit(main())
