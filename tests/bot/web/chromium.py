"""A headless Chromium, driven by its own protocol: pages, keys, requests, pictures."""

from __future__ import annotations

import base64
import itertools
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from websockets.sync.client import ClientConnection, connect

PATIENCE = 40.0
"""Seconds that a condition may take to come true before a test fails."""
CONTROL, SHIFT = 2, 8
_FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--remote-debugging-port=0",
    "--window-size=1280,800",
)


def find_chromium() -> str | None:
    """Return the program to run; None if there is none on this machine."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


@contextmanager
def chromium(program: str, folder: Path) -> Iterator[Chromium]:
    """Give a browser with a new profile in ``folder``."""
    sandbox = () if os.getuid() else ("--no-sandbox",)
    command = [program, *_FLAGS, *sandbox, f"--user-data-dir={folder}", "about:blank"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            port_file = folder / "DevToolsActivePort"
            until(lambda: port_file.exists() and port_file.read_text().count("\n") == 1)
            port, path = port_file.read_text().splitlines()
            with connect(f"ws://127.0.0.1:{port}{path}", max_size=None, compression=None) as connection:
                yield Chromium(connection)
        finally:
            process.terminate()


def until(condition: Callable[[], object], instead: Callable[[], str] = lambda: "waited in vain") -> None:
    """Wait for ``condition`` to hold; fail with the words of ``instead`` if it takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, instead()
        time.sleep(0.05)


class Chromium:
    """A browser: opens tabs."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._numbers = itertools.count(1)
        self._events: list[dict[str, Any]] = []

    def tab(self, *, script: bool = True) -> Tab:
        """Open an empty tab that records every request."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = Tab(self, session, target)
        for domain in ("Page", "Network", "Log", "Runtime"):
            tab.call(f"{domain}.enable")
        tab.call("Emulation.setFocusEmulationEnabled", enabled=True)
        if not script:
            tab.call("Emulation.setScriptExecutionDisabled", value=True)
        return tab

    def call(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Call a method of the protocol and return its result."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": params}
        self._connection.send(json.dumps({**message, "sessionId": session} if session else message))
        while True:
            heard = json.loads(self._connection.recv(timeout=PATIENCE))
            if heard.get("id") == number:
                assert "error" not in heard, f"{method}: {heard['error']}"
                return dict(heard["result"])
            self._events.append(heard)

    def events(self, session: str) -> list[dict[str, Any]]:
        """Return what was heard of a tab so far."""
        return [event for event in self._events if event.get("sessionId") == session]


class Tab:
    """A page in the browser."""

    def __init__(self, browser: Chromium, session: str, target: str) -> None:
        self._browser, self._session, self._target = browser, session, target

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method of the protocol on this tab."""
        return self._browser.call(method, self._session, **params)

    def open(self, url: str) -> None:
        """Go to ``url``."""
        self.call("Page.navigate", url=url)

    def close(self) -> None:
        """Close the tab."""
        self._browser.call("Target.closeTarget", targetId=self._target)

    def reload(self) -> None:
        """Load the page again."""
        self.call("Page.reload")

    def run(self, script: str) -> Any:
        """Return the value of an expression in the page."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def press(self, key: str, code: int, modifiers: int = 0) -> None:
        """Press a key by its name and number."""
        for kind in ("rawKeyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                modifiers=modifiers,
            )

    def type(self, text: str) -> None:
        """Type text into what has the focus."""
        self.call("Input.insertText", text=text)

    def enter(self) -> None:
        """Press Enter."""
        self.press("Enter", 13)

    def ask(self, question: str) -> None:
        """Type a question into the chat and send it."""
        self.type(question)
        self.wait_for(question[:20])
        self.enter()

    def text(self) -> str:
        """Return the words on the terminal in the page, on one line."""
        rows = self.run(
            "[...document.querySelectorAll('.xterm-rows > div')].map(e => e.textContent).join(' ')"
        )
        return " ".join("".join(" " if c in "▌│┃▊▎\xa0" else c for c in rows).split())

    def wait_for(self, *words: str) -> None:
        """Wait until the terminal shows one of ``words``."""
        until(lambda: any(w in self.text() for w in words), lambda: f"no {words} in: {self.text()}")

    def visible_words(self) -> str:
        """Return the words of the page that are laid out, without running a script in it."""
        taken = self.call("DOMSnapshot.captureSnapshot", computedStyles=[])
        strings = taken["strings"]
        return " ".join(strings[n] for n in taken["documents"][0]["layout"]["text"] if n >= 0)

    def shows(self, selector: str) -> bool:
        """Return whether an element is to be seen."""
        return bool(self.run(f"!!document.querySelector({selector!r})?.checkVisibility()"))

    def hosts(self) -> set[str | None]:
        """Return the hosts of all requests so far, connections included."""
        return {urlsplit(url).hostname for url in self.requests() if not url.startswith(("data:", "blob:"))}

    def requests(self) -> list[str]:
        """Return the addresses that this tab asked for."""
        events = self._browser.events(self._session)
        sent = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
        return sent + [e["params"]["url"] for e in events if e["method"] == "Network.webSocketCreated"]

    def complaints(self) -> list[str]:
        """Return what the console shows as errors: a broken policy, a missing file, an exception."""
        events = self._browser.events(self._session)
        logged = [e["params"]["entry"]["text"] for e in events if e["method"] == "Log.entryAdded"]
        return logged + [str(e["params"]) for e in events if e["method"] == "Runtime.exceptionThrown"]

    def resize(self, width: int, height: int, *, phone: bool = False) -> None:
        """Give the page a size, and a finger instead of a mouse on a phone."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2 if phone else 1,
            mobile=phone,
        )
        self.call("Emulation.setTouchEmulationEnabled", enabled=phone)

    def prefer(self, **features: str) -> None:
        """Set media features, such as ``prefers_color_scheme="light"``."""
        wanted = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.call("Emulation.setEmulatedMedia", features=wanted)

    def picture(self, path: Path) -> None:
        """Save what the page looks like as PNG."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))
