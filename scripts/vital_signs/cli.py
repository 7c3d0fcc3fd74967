"""The command `vital-signs`: a sub-command for each step, imported when it runs."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import click

from vital_signs.commands import COMMAND, run

# Each step's module, whose `main` is the step, and what the list of steps says about it.
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
    "demo": ("made_up_county.command", "make the extract of the demonstration county"),
}


class _Steps(click.Group):
    def main(self, arguments: Sequence[str] | None = None) -> int:
        return run(self, arguments)

    def list_commands(self, _: click.Context) -> list[str]:
        return list(STEPS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        return import_module(STEPS[name][0]).main if name in STEPS else None

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Steps"):
            formatter.write_dl([(name, summary) for name, (_, summary) in STEPS.items()])


@click.group(COMMAND, cls=_Steps, subcommand_metavar="STEP [OPTION]...")
def main() -> None:
    """Indicators of children's services, from a council's extract to its report.

    `vital-signs STEP --help` says all about a step. The exit code is 0, 1 when something that ran
    did not pass, and 2 for a mistake that you can correct; errors are one line each.
    """
