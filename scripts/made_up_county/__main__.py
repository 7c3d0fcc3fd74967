"""`python -m made_up_county` writes the demonstration extract."""

import sys

from made_up_county.command import main

if __name__ == "__main__":
    sys.exit(main())
