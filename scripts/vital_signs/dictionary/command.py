"""Write the indicator dictionary: one page with an entry for each indicator.

    vital-signs docs --manifest target/manifest.json --out target/dictionary.html

Reads dbt's manifest, the seeds and the changelog, and no data.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import click
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from vital_signs.commands import PATH, PROJECT, step
from vital_signs.dictionary.entries import Seeds, entries, populations
from vital_signs.dictionary.lineage import read_project
from vital_signs.errors import UserError
from vital_signs.files import replaced

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


@step("docs", __doc__)
@click.option("--manifest", type=PATH, default=DEFAULT_MANIFEST, metavar="FILE")
@click.option("--out", type=PATH, default=DEFAULT_PAGE, metavar="FILE")
def main(manifest: Path, out: Path) -> None:
    """Write the page. Raises UserError if the manifest or the folder is missing."""
    text = page(manifest)
    if not out.parent.is_dir():
        raise UserError("there is no such folder", "create it first", file=str(out.parent))
    with replaced(out) as unfinished:
        unfinished.write_text(text, encoding="utf-8")
    print(f"wrote {out}")
