"""Explain in plain words how a figure was calculated, down to the rows of the extract.

    vital-signs explain 3.3 2018-03 --area SOUTH
    vital-signs explain 3.3 2018-03 --area SOUTH --cases    restricted: the cases one by one
    vital-signs explain 2018-03 --child P000003             restricted: where a child counts

Reads the warehouse file and changes nothing in it.
"""

from __future__ import annotations

from pathlib import Path

import click

from vital_signs.commands import one_of, step, warehouse_option
from vital_signs.errors import UserError
from vital_signs.months import month_end
from vital_signs.tracing.cases import COUNTY
from vital_signs.tracing.cell import read_cell
from vital_signs.tracing.child import describe_child
from vital_signs.tracing.wording import describe
from vital_signs.warehouse import reading


@step("explain", __doc__)
@click.argument("words", nargs=-1, required=True, metavar="[INDICATOR] YYYY-MM")
@click.option("--area", metavar="CODE", default=COUNTY, help=f"Locality (default: {COUNTY}).")
@click.option("--cases", is_flag=True, help="List the cases (restricted: data about children).")
@click.option(
    "--child",
    metavar="ID",
    help="Where one child is counted, and why (restricted: data about children).",
)
@warehouse_option
def main(
    words: tuple[str, ...], area: str, cases: bool, child: str | None, warehouse: Path
) -> None:
    """Print the explanation."""
    if len(words) > 2:
        raise UserError(f"too many words: {' '.join(words)}", "give an indicator, then a month")
    reference, text = words if len(words) == 2 else (None, words[0])
    if not reference and not child:
        missing = "month" if "-" not in text else "indicator"
        raise UserError(f"no {missing} is given", "give an indicator, then a month: 3.3 2018-03")
    month = month_end(text)
    one_of({"--child": child, "--cases": cases})
    with reading(warehouse) as connection:
        if child:
            lines = list(describe_child(connection, child, month, reference))
        else:
            lines = list(describe(read_cell(connection, reference, month, area.upper()), cases))
    print("\n".join(lines))
