"""`python -m vital_signs` is the command `vital-signs`."""

from vital_signs.cli import main

if __name__ == "__main__":
    main()
