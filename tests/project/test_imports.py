"""Which of our modules import which: no circles."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter

from vital_signs.commands import PROJECT

SCRIPTS = PROJECT / "scripts"
MODULES = {
    ".".join(path.relative_to(SCRIPTS).with_suffix("").parts).removesuffix(".__init__"): path
    for package in ("vital_signs", "made_up_county")
    for path in (SCRIPTS / package).rglob("*.py")
}


def imported_by(text: str) -> set[str]:
    """Return our modules that a module imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            whole = {f"{node.module}.{alias.name}" for alias in node.names} & MODULES.keys()
            found |= whole or {node.module}
    return found & MODULES.keys()


def test_no_module_imports_itself_through_others() -> None:
    graph = {name: imported_by(path.read_text("utf-8")) for name, path in MODULES.items()}
    assert "vital_signs.commands" in graph["vital_signs.build.command"]
    # Raises CycleError, which names the modules of the circle.
    TopologicalSorter(graph).prepare()
