"""Write the seed of bank holidays in England and Wales from the package `holidays`.

Usage: python scripts/make_bank_holidays.py [--from 2000] [--to 2035]
"""

import argparse
import csv
import sys
from pathlib import Path

import holidays

SEED = Path(__file__).resolve().parent.parent / "seeds" / "reference" / "bank_holidays.csv"


def rows(first_year: int, last_year: int) -> list[tuple[str, str]]:
    """Return (day, name) of every bank holiday in order, including substitute days."""
    days = holidays.country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1))
    return [(day.isoformat(), days[day]) for day in sorted(days)]


def main(arguments: list[str] | None = None) -> int:
    """Write the seed and report how many days it contains."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="first_year", type=int, default=2000)
    parser.add_argument("--to", dest="last_year", type=int, default=2035)
    options = parser.parse_args(arguments)
    if options.first_year > options.last_year:
        print("error: --from is after --to: give the earlier year first", file=sys.stderr)
        return 2
    found = rows(options.first_year, options.last_year)
    with SEED.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["holiday_date", "holiday_name"])
        writer.writerows(found)
    print(f"{len(found)} bank holidays written to {SEED.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
