"""The terminal of a chat that runs behind a web page."""

from __future__ import annotations

import base64
import os
import threading
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, TextIO

from textual import events, messages
from textual.driver import Driver
from textual.drivers.web_driver import WebDriver

LARGEST_FILE = 8 * 1024 * 1024
LAST_SECONDS = 3.0
"""How long a chat whose server is gone may take to leave on its own."""


class SessionDriver(WebDriver):
    """Textual's web driver, made safe: whole packets, files to the browser, an end with the server."""

    protocol: ClassVar[int] = 1
    """The descriptor that packets are written to."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fileno = self.protocol
        self._page_has_focus = False
        self._write_lock = threading.Lock()
        self._write = partial(self._write_whole)

    def start_application_mode(self) -> None:
        """Start; where the page has the focus already, say so after the blur that a start begins with."""
        super().start_application_mode()
        self._app.call_later(self._tell_of_focus)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Take in a note, and remember where the focus is."""
        if packet_type in {"focus", "blur"}:
            self._page_has_focus = packet_type == "focus"
        super().on_meta(packet_type, payload)

    def _tell_of_focus(self) -> None:
        if self._page_has_focus:
            self._app.post_message(events.AppFocus())

    def _write_whole(self, packet: bytes) -> int:
        """Write all of a packet, and no other between its parts."""
        with self._write_lock:
            rest = memoryview(packet)
            while rest:
                rest = rest[os.write(self.protocol, rest) :]
        return len(packet)

    def run_input_thread(self) -> None:
        """Read until the end; where the server is gone, leave."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            leave_for_good = threading.Timer(LAST_SECONDS, os._exit, (1,))
            leave_for_good.daemon = True
            leave_for_good.start()
            self._app.post_message(messages.ExitApp())

    def deliver_binary(
        self,
        binary: BinaryIO | TextIO,
        *,
        delivery_key: str,
        save_path: Path,
        mime_type: str | None = None,
        encoding: str | None = None,
        name: str | None = None,
        **_how_to_open: object,
    ) -> None:
        """Send a file to the browser, which keeps it as a download; nothing is written here."""
        with binary:
            content = binary.read(LARGEST_FILE + 1)
        raw = content.encode(encoding or "utf-8") if isinstance(content, str) else content
        if len(raw) > LARGEST_FILE:
            error = ValueError(f"{save_path.name} has more than {LARGEST_FILE // 2**20} MB")
            self._app.post_message(events.DeliveryFailed(delivery_key, error, name))
            return
        text = base64.b64encode(raw).decode()
        self.write_meta({"type": "file", "name": save_path.name, "mime": mime_type, "base64": text})
        self._app.post_message(events.DeliveryComplete(delivery_key, None, name))


def driver_on(protocol: int) -> type[Driver]:
    """Return a driver that writes packets to the descriptor ``protocol`` and reads them from stdin."""
    return type("Driver", (SessionDriver,), {"protocol": protocol})
