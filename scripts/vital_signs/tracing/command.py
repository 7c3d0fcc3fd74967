"""Explain in plain words how a figure was calculated, down to the rows of the extract.

    vital-signs explain 3.3 2018-03 --area SOUTH
    vital-signs explain 3.3 2018-03 --area SOUTH --cases    restricted: the cases one by one
    vital-signs explain 2018-03 --child P000003             restricted: where a child counts

Reads the warehouse file and changes nothing in it.
"""

from __future__ import annotations

import argparse
import sys

import duckdb

from vital_signs.commands import add_warehouse_option, month_end, run, warehouse_path
from vital_signs.landing.errors import UserError
from vital_signs.landing.replacing import not_readable
from vital_signs.tracing.cases import COUNTY
from vital_signs.tracing.cell import read_cell
from vital_signs.tracing.child import describe_child
from vital_signs.tracing.wording import describe


def explain(options: argparse.Namespace) -> int:
    """Print the explanation and return 0; failures are exceptions."""
    if not options.ref and not options.child:
        missing = "month" if "-" not in options.month else "indicator"
        raise UserError(f"no {missing} is given", "give an indicator, then a month: 3.3 2018-03")
    month = month_end(options.month)
    if options.child and options.cases:
        raise UserError("--cases and --child are separate lists", "give only one of them")
    warehouse = warehouse_path(options.warehouse)
    if not warehouse.is_file():
        raise UserError("there is no such file", "build it first", file=str(warehouse))
    area = (options.area or COUNTY).upper()
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            if options.child:
                lines = list(describe_child(connection, options.child, month, options.ref))
            else:
                lines = list(
                    describe(read_cell(connection, options.ref, month, area), options.cases)
                )
    except duckdb.CatalogException:
        raise UserError(
            "the warehouse is not completely built", "build it first", file=str(warehouse)
        ) from None
    except duckdb.Error as error:
        raise not_readable(error, warehouse) from None
    print("\n".join(lines))
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code is 0, or 2 for a mistake the user can correct."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ref", nargs="?", help="indicator, such as 3.3")
    parser.add_argument("month", help="month of the figure, such as 2018-03")
    parser.add_argument("--area", metavar="CODE", help=f"locality (default: {COUNTY})")
    parser.add_argument(
        "--cases", action="store_true", help="list the cases (restricted: data about children)"
    )
    parser.add_argument(
        "--child",
        metavar="ID",
        help="where one child is counted, and why (restricted: data about children)",
    )
    add_warehouse_option(parser)
    options = parser.parse_intermixed_args(arguments)
    return run(lambda: explain(options))


if __name__ == "__main__":
    sys.exit(main())
