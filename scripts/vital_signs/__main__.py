"""`python -m vital_signs` is the command `vital-signs`."""

import sys

from vital_signs.cli import main

if __name__ == "__main__":
    sys.exit(main())
