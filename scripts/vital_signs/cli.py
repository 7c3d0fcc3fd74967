"""The command `vital-signs`: a sub-command for each step, imported when it runs."""

from __future__ import annotations

import sys
from importlib import import_module

import click

STEPS = {
    "land": ("vital_signs.landing.command", "check an extract and copy it into the warehouse"),
    "build": ("vital_signs.build.command", "land an extract, run dbt, print the scorecard"),
    "settings": ("vital_signs.settings", "check the tables of settings (seeds)"),
    "scorecard": ("vital_signs.scorecard", "print the scorecard of a month"),
    "report": ("vital_signs.report.command", "write the monthly report"),
    "explain": ("vital_signs.tracing.command", "show how a figure was calculated"),
    "caselist": ("vital_signs.tracing.caselist", "list the children behind a figure (restricted)"),
    "publish": ("vital_signs.ledger.command", "freeze a month in the ledger"),
    "share": ("vital_signs.sharing.command", "write a separate file for each role"),
    "reconcile": ("vital_signs.reconcile", "compare with the printed report"),
    "docs": ("vital_signs.dictionary.command", "write the indicator dictionary"),
    "bench": ("vital_signs.bench", "time the load, the build and its SQL"),
    "demo": ("made_up_county.command", "make the demonstration extract"),
}
PASSED_ON = {"ignore_unknown_options": True, "help_option_names": []}


@click.group()
def main() -> None:
    """Performance of children's services from a council's extract."""


def _add(step: str, module: str, summary: str) -> None:
    @main.command(step, short_help=summary, context_settings=PASSED_ON, add_help_option=False)
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    def run_step(arguments: tuple[str, ...]) -> None:
        sys.argv[0] = f"vital-signs {step}"
        sys.exit(import_module(module).main(list(arguments)))


for _step, (_module, _summary) in STEPS.items():
    _add(_step, _module, _summary)
