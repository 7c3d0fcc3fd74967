"""Produce the monthly report: html pages for the county, its localities and the committee.

    python scripts/report.py --month 2018-03

writes reports/2018-03/, replacing what was there; a warehouse that is not the default one has a
folder of its own. Each page is one file that needs no server and no internet.
"""

from __future__ import annotations

import sys

from report.command import main

if __name__ == "__main__":
    sys.exit(main())
