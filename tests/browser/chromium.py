"""A headless Chromium driven over its own pipe: the DevTools protocol, no library, no port."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BINARY = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome"))), None)
FLAGS = ("--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-extensions", "--remote-debugging-pipe")
KEYS = {"Tab": 9, "Enter": 13, " ": 32}


class Page:
    """One page: what it asks of the network, what it says on the console, what stands in it."""

    def __init__(self, to: int, source: int) -> None:
        self._to, self._from = to, source
        self._rest, self._last = b"", 0
        self.events: list[dict[str, Any]] = []
        self._session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "DOM", "Accessibility"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The result of one command of the protocol; events that come meanwhile are kept in `events`."""
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next(time.monotonic() + 60)
            if answer.get("id") == self._last:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def _next(self, deadline: float) -> dict[str, Any]:
        while b"\0" not in self._rest:
            if not select.select([self._from], [], [], max(0, deadline - time.monotonic()))[0]:
                raise TimeoutError("Chromium did not answer within 60 s")
            chunk = os.read(self._from, 1 << 20)
            if not chunk:
                raise ConnectionError("Chromium ended")
            self._rest += chunk
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)

    def open(self, file: Path, *, width: int = 1280, height: int = 900, dark: bool = False, media: str = "") -> None:
        """Load *file* in a window of this size and wait until it stands."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                  mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", media=media, features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"}])
        self.events.clear()
        self.call("Page.navigate", url=file.resolve().as_uri())
        deadline = time.monotonic() + 60
        while not any(e.get("method") == "Page.loadEventFired" for e in self.events):
            self.events.append(self._next(deadline))

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript *expression*; a promise is awaited."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"].get("exception", {}).get("description", "?"))
        return answer["result"].get("value")

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press and release *key*."""
        common = {"key": key, "code": {" ": "Space"}.get(key, key), "windowsVirtualKeyCode": KEYS[key],
                  "modifiers": 8 if shift else 0}
        text = {"Enter": "\r", " ": " "}.get(key)
        self.call("Input.dispatchKeyEvent", type="keyDown", **common, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def requests(self) -> list[str]:
        """Addresses asked for since `open`: not the file itself, no data: address, none the policy held back."""
        asked = [e["params"] for e in self.events if e["method"] == "Network.requestWillBeSent"]
        held = {e["params"]["requestId"] for e in self.events if e["method"] == "Network.loadingFailed"
                and e["params"].get("blockedReason") == "csp"}
        urls = [p["request"]["url"] for p in asked[1:] if p["requestId"] not in held]
        return [url for url in urls if not url.startswith("data:")]

    def messages(self) -> list[str]:
        """What the console said since `open`: logs, errors, refusals of the content-security policy."""
        said = {"Log.entryAdded": lambda p: p["entry"]["text"], "Runtime.consoleAPICalled": lambda p: str(p["args"]),
                "Runtime.exceptionThrown": lambda p: str(p["exceptionDetails"])}
        return [said[e["method"]](e["params"]) for e in self.events if e["method"] in said]

    def picture(self, file: Path, *, whole: bool = True) -> None:
        """A PNG of the whole page, for people to look at."""
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        file.write_bytes(base64.b64decode(data))

    def paper(self, file: Path) -> None:
        """The page as the browser prints it, as a PDF."""
        data = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"]
        file.write_bytes(base64.b64decode(data))


@contextmanager
def browser() -> Iterator[Page]:
    """A fresh Chromium with one page; it and its folder are gone afterwards."""
    if not BINARY:
        raise RuntimeError("no Chromium on the PATH (set CHROMIUM to one)")
    to_read, to_write = os.pipe()
    from_read, from_write = os.pipe()

    def plug() -> None:  # Chromium reads commands from 3 and writes answers to 4
        for end, wanted in ((os.dup(to_read), 3), (os.dup(from_write), 4)):
            os.dup2(end, wanted)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        root = ("--no-sandbox",) if os.geteuid() == 0 else ()
        process = subprocess.Popen([BINARY, *FLAGS, *root, f"--user-data-dir={folder}", "about:blank"],
                                   preexec_fn=plug, close_fds=False, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        try:
            yield Page(to_write, from_read)
        finally:
            os.close(to_write)
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            os.close(from_read)


if __name__ == "__main__":  # python tests/browser/chromium.py FILE.html FOLDER: pictures of all it may look like
    import sys

    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    with browser() as page:
        for width, height in ((1280, 900), (360, 800)):
            for dark in (False, True):
                page.open(source, width=width, height=height, dark=dark)
                page.picture(folder / f"{source.stem}-{width}-{'dark' if dark else 'light'}.png")
        page.open(source)
        page.paper(folder / f"{source.stem}-printed.pdf")
