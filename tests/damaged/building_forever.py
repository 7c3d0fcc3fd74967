"""Runs the build command with a stand-in for dbt that never ends and has a child process.

python -m tests.damaged.building_forever NUMBERS ARGUMENTS OF THE BUILD

Its process numbers are written to the file NUMBERS once all of them are running.
"""

from __future__ import annotations

import sys

from vital_signs.build import command as build
from vital_signs.build import running

STAND_IN = """
import os, pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
file = pathlib.Path(sys.argv[1])
written = file.with_name("unfinished")
written.write_text(f"{os.getpid()} {child.pid}")
written.rename(file)
time.sleep(600)
"""


def main() -> int:
    """Build; the exit code only counts when a signal ended it in an orderly way."""
    numbers, *arguments = sys.argv[1:]
    running.dbt_command = lambda *_: [sys.executable, "-c", STAND_IN, numbers]
    return build.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
