"""Programs that a command starts, and the signals that stop it.

Whatever a command starts ends with it, whether the command finishes or is stopped by Ctrl-C,
SIGTERM or kill -9; while it runs, it holds the locks that the command held.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

GUARD = Path(__file__).with_name("guard.py")
EXIT_BY_SIGNAL = 128
# Descriptors of the lock files that this process holds (see warehouse.py).
held_locks: set[int] = set()


def start(command: Sequence[str], **options: Any) -> subprocess.Popen:
    """Start a program that ends with this process; `options` as for subprocess.Popen.

    It gets a process group of its own, so that Ctrl-C goes to the command, which then ends the
    program, and not to both at once.
    """
    if os.name == "posix":
        options |= {"process_group": 0, "pass_fds": tuple(held_locks)}
    guarded = [sys.executable, "-I", "-S", str(GUARD), str(os.getpid()), *command]
    return subprocess.Popen(guarded, **options)


def run_to_end(
    command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> int:
    """Run a program and return its exit code; if the wait is interrupted, the program ends too."""
    process = start(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL)
    try:
        return process.wait()
    finally:
        end(process)


def end(process: subprocess.Popen) -> None:
    """End a program and everything that it started, and wait until it has gone."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
    process.wait()


class StoppedError(BaseException):
    """A signal asked the command to end; not an error that any handler may swallow."""


class StopSignals:
    """A context in which Ctrl-C, SIGTERM or a closed terminal ends the command cleanly.

    `number` is the signal received, or None if there has been none. After the first one, others are
    ignored so that nothing interrupts the tidying up. A signal that was already ignored stays
    ignored (nohup, programs in the background).
    """

    NAMES = ("SIGINT", "SIGTERM", "SIGHUP")

    def __init__(self) -> None:
        self.number: int | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> StopSignals:
        if threading.current_thread() is threading.main_thread():
            for number in (getattr(signal, name, None) for name in self.NAMES):
                if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._stop) or signal.SIG_DFL
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _stop(self, number: int, _: FrameType | None) -> None:
        self.number = number
        for other in self._before:
            signal.signal(other, signal.SIG_IGN)
        raise StoppedError
