"""Runs a program that ends when the process that started it ends, however that happens.

    python -I -S guard.py PARENT PROGRAM [ARGUMENT ...]

On Linux the kernel does this, and the program replaces this process. Elsewhere this process stays
and checks five times a second whether its parent is still there. It imports only the standard
library, because it starts before every run of dbt.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
SIGKILL = 9
SECONDS_BETWEEN_LOOKS = 0.2
EXIT_ORPHANED = 1


def main() -> int:
    """Become, or watch, the program; return its exit code."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            # The parent ended before the kernel was told to watch it.
            return EXIT_ORPHANED
        os.execv(command[0], command)
    child = subprocess.Popen(command)
    while child.poll() is None:
        if os.getppid() != parent:
            child.kill()
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return child.returncode


if __name__ == "__main__":
    sys.exit(main())
