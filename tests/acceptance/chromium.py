"""A headless Chromium that tests look at pages with, driven through its DevTools protocol. It installs nothing."""

from __future__ import annotations

import base64
import itertools
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-port=0",
)  # fmt: skip
_PATIENCE = 20.0


def find() -> str | None:
    """Give the Chromium to start: `PLSP_CHROMIUM`, or the first that is on the path."""
    named = os.environ.get("PLSP_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


def fault(program: str) -> str:
    """Say why a program is no browser that starts; empty where it is one. Some systems have a stub of that name."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if done.returncode == 0 else f"{program} --version: {done.returncode} {done.stderr.strip()[:200]}"


class Page:
    """One page of the browser: `complaints` keeps what it threw or said on its console, `asked` what it loads."""

    def __init__(self, socket: Any, session: str, numbers: Iterator[int]) -> None:
        self._socket, self._session, self._numbers = socket, session, numbers
        self.complaints: list[str] = []
        self.asked: list[str] = []
        for domain in ("Page", "Runtime", "Log", "Network", "DOM", "CSS"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method of the protocol, and give what it answers."""
        number = next(self._numbers)
        message = {"id": number, "sessionId": self._session, "method": method, "params": params}
        self._socket.send(json.dumps(message))
        while True:
            answer = json.loads(self._socket.recv(timeout=_PATIENCE))
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return dict(answer["result"])
            self._note(answer)

    def _note(self, event: Mapping[str, Any]) -> None:
        method, params = event.get("method"), event.get("params", {})
        if method == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(params["exceptionDetails"], ensure_ascii=False)[:2000])
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.complaints.append(params["entry"]["text"])
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning", "assert"):
            self.complaints.append(json.dumps(params["args"], ensure_ascii=False)[:2000])
        elif method == "Network.requestWillBeSent":
            self.asked.append(params["request"]["url"])

    def run(self, script: str) -> Any:
        """Give the value of an expression; a promise is waited for.

        Raises:
            RuntimeError: It threw.
        """
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"], ensure_ascii=False)[:2000])
        return answer["result"].get("value")

    def until(self, script: str) -> Any:
        """Wait until an expression is true, and give its value."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if value := self.run(script):
                return value
            time.sleep(0.02)
        raise TimeoutError(f"never true: {script}; {self.complaints}")

    def open(self, file: Path, fragment: str = "") -> None:
        """Open a file, and wait until the page says that it is ready."""
        self.complaints.clear()
        self.asked.clear()
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=file.as_uri() + fragment)
        self.until("document.querySelector('html[data-ready]') !== null")

    def size(self, width: int, height: int) -> None:
        """Set the size of the window."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )

    def key(self, key: str, text: str = "") -> None:
        """Press a key."""
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.call("Input.insertText", text=text)

    def click(self, selector: str) -> None:
        """Click the middle of the first element that a selector finds, as a mouse does."""
        self.run(f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block: 'center'}})")
        x, y = self.run(
            f"(() => {{ const r = document.querySelector({json.dumps(selector)}).getClientRects()[0];"
            " return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def fonts(self, selector: str) -> dict[str, int]:
        """Give which fonts draw an element's text, and how many glyphs of each."""
        root = self.call("DOM.getDocument", depth=0)["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        fonts = self.call("CSS.getPlatformFontsForNode", nodeId=node)["fonts"]
        return {font["familyName"]: int(font["glyphCount"]) for font in fonts}

    def picture(self, whole: bool = False) -> bytes:
        """Give the page as PNG, as it shows or in its whole length."""
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        return base64.b64decode(data)

    def pdf(self) -> bytes:
        """Print the page on A4 as PDF."""
        answer = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(answer["data"])


@contextmanager
def browser(program: str, folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Page]:
    """Start Chromium with an empty profile in `folder`, give a page of it, and end it."""
    from websockets.sync.client import connect

    port_file = folder / "DevToolsActivePort"
    with (folder / "chromium.log").open("wb") as log:
        process = subprocess.Popen(
            [program, *_FLAGS, f"--user-data-dir={folder}", "about:blank"],
            stdout=log, stderr=log, env={**os.environ, **(environment or {})},
        )  # fmt: skip
    try:
        end = time.monotonic() + _PATIENCE
        while not port_file.is_file() or port_file.read_text().count("\n") < 1:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((folder / "chromium.log").read_text(errors="replace")[-2000:])
            time.sleep(0.05)
        port, path = port_file.read_text().split("\n")[:2]
        # No proxy: the browser is on this machine.
        with connect(f"ws://127.0.0.1:{port}{path}", max_size=None, proxy=None) as socket:
            yield _page(socket)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _page(socket: Any) -> Page:
    numbers = itertools.count(1)

    def ask(method: str, **params: Any) -> dict[str, Any]:
        number = next(numbers)
        socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(socket.recv(timeout=_PATIENCE))).get("id") != number:
            pass
        return dict(answer["result"])

    target = ask("Target.createTarget", url="about:blank")["targetId"]
    session = ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    return Page(socket, session, numbers)
