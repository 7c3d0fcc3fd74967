"""Drives a headless Chromium over its own pipe, with nothing but the standard library.

The browser is given no network: every host resolves to nowhere, and each request that a page makes
is recorded.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
)
# The browser reads commands from the third and writes answers to the fourth descriptor.
READS, WRITES = 3, 4
PATIENCE_SECONDS = 60.0


def find_browser() -> str | None:
    """Return the path of a Chromium, or None where there is none."""
    return os.environ.get("VITAL_SIGNS_BROWSER") or next(
        (path for name in NAMES if (path := shutil.which(name))), None
    )


class Browser:
    """One browser with one page."""

    def __init__(self, path: str) -> None:
        self.profile = tempfile.mkdtemp(prefix="vital-signs-browser-")
        command_out, self.command_in = os.pipe()
        self.answer_out, answer_in = os.pipe()
        # Out of the way of the numbers that the browser wants, whatever pipe() handed out.
        high = [os.dup2(fd, 200 + i) for i, fd in enumerate((command_out, answer_in))]

        def wire() -> None:
            os.dup2(high[0], READS)
            os.dup2(high[1], WRITES)

        self.process = subprocess.Popen(
            [path, *FLAGS, f"--user-data-dir={self.profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=wire,
            close_fds=False,
            start_new_session=True,
        )
        for fd in (command_out, answer_in, *high):
            os.close(fd)
        self.count = 0
        self.buffer = b""
        self.events: list[dict[str, Any]] = []
        self.session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command of the DevTools protocol and return its result."""
        self.count += 1
        message: dict[str, Any] = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.command_in, data) :]
        wanted = self.count
        answer = self._until(lambda item: item.get("id") == wanted)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def _until(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            while b"\0" not in self.buffer:
                chunk = os.read(self.answer_out, 1 << 20)
                if not chunk:
                    raise RuntimeError("the browser has gone")
                self.buffer += chunk
            text, self.buffer = self.buffer.split(b"\0", 1)
            item = json.loads(text)
            if "id" not in item:
                self.events.append(item)
            if fits(item):
                return item
        raise TimeoutError("the browser does not answer")

    def open(self, file: Path, *, width: int = 1440, height: int = 900) -> None:
        """Open a file from disk in a window of this size and wait until it has loaded."""
        self.size(width, height)
        self.events.clear()
        self.call("Page.navigate", url=file.resolve().as_uri())
        if not self.seen("Page.loadEventFired"):
            self._until(lambda item: item.get("method") == "Page.loadEventFired")

    def size(self, width: int, height: int) -> None:
        """Set the size of the window in CSS pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 700,
        )

    def seen(self, method: str) -> list[dict[str, Any]]:
        """Return what the page has reported of one kind since it was opened."""
        return [item["params"] for item in self.events if item.get("method") == method]

    def run(self, script: str) -> Any:
        """Evaluate a script in the page, wait for its promise and return its value."""
        result = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in result:
            raise RuntimeError(str(result["exceptionDetails"]))
        return result["result"].get("value")

    def press(self, key: str) -> None:
        """Press and release a key, like Tab or Enter."""
        codes = {"Tab": 9, "Enter": 13}
        extra = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=codes[key],
                **(extra if kind == "keyDown" else {}),
            )

    def picture(self, file: Path, *, whole: bool = False) -> None:
        """Write a screenshot of the window, or of the whole page."""
        result = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(result["data"]))

    def pdf(self) -> bytes:
        """Return the page as printed, on the paper that its style sheet asks for."""
        result = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(result["data"])

    def close(self) -> None:
        """End the browser and remove its profile."""
        try:
            self.session = None
            self.call("Browser.close")
        except (OSError, RuntimeError, TimeoutError):
            self.process.kill()
        self.process.wait(timeout=30)
        for fd in (self.command_in, self.answer_out):
            os.close(fd)
        shutil.rmtree(self.profile, ignore_errors=True)
