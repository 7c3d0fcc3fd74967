"""Lands an extract in a process that kills itself just before or after a named step.

python -m tests.damaged.killed_at STEP NUMBER before|after FOLDER WAREHOUSE
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from vital_signs import warehouse as replacing
from vital_signs.landing import command as land

STEPS: dict[str, tuple[Any, str]] = {
    "lock": (replacing.os, "open"),
    "copy": (shutil, "copyfile"),
    "mode": (shutil, "copymode"),
    "connect": (duckdb, "connect"),
    "sync": (replacing.os, "fsync"),
    "replace": (Path, "replace"),
    "remove": (Path, "unlink"),
}


def deadly(step: Callable[..., Any], number: int, moment: str) -> Callable[..., Any]:
    """Return the step so that its call of that number is the last thing the process does."""
    calls = 0

    def call(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == number and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = step(*arguments, **options)
        if calls == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return call


def main() -> int:
    """Land and die; the exit code only counts when the step was never reached."""
    name, number, moment, folder, warehouse = sys.argv[1:]
    owner, attribute = STEPS[name]
    setattr(owner, attribute, deadly(getattr(owner, attribute), int(number), moment))
    return land.main([folder, "--warehouse", warehouse])


if __name__ == "__main__":
    sys.exit(main())
