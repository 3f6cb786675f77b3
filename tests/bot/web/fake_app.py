"""A small app in place of the chat: it echoes, and does by command what a session may go through."""

from __future__ import annotations

import ctypes
import io
import os
import signal
import sys
from collections.abc import Sequence

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Input, Label

NOISE = "noise that a library prints" * 20


class EchoApp(App[None]):
    """Says back what is typed; the commands are the methods that begin with ``do_``."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        yield Input()
        yield Label(self._words, id="said", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.input.clear()
        command = getattr(self, f"do_{event.value}", None)
        if len(event.value) > 100:
            self.say(f"heard {len(event.value)} characters")
        else:
            self.say(f"heard: {event.value}" if command is None else command() or f"done: {event.value}")

    def on_key(self, event: events.Key) -> None:
        if event.key == "ctrl+j":
            self.say("a new line")

    def say(self, words: str) -> None:
        self.query_one("#said", Label).update(words)

    def do_size(self) -> str:
        return f"size {self.size.width} by {self.size.height}"

    def do_process(self) -> str:
        return f"process {os.getpid()}."

    def do_noise(self) -> None:
        os.write(1, NOISE.encode())
        sys.stdout.write(NOISE)
        sys.stdout.flush()
        native = ctypes.CDLL(None)
        native.puts(NOISE.encode())
        native.fflush(None)

    def do_file(self) -> None:
        self.deliver_text(
            io.StringIO("Kept: “one”\n"), save_filename="../visit.md", mime_type="text/markdown"
        )

    def do_copy(self) -> None:
        self.copy_to_clipboard("a quote – kept")

    def do_link(self) -> None:
        self.open_url("https://example.org/label")

    def do_lure(self) -> None:
        self.open_url("javascript:alert(1)")

    def do_quit(self) -> None:
        self.exit()

    def do_crash(self) -> None:
        raise RuntimeError("what was typed")

    def do_die(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def do_hang(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        signal.pause()


def echo_app(light: bool, arguments: Sequence[str]) -> EchoApp:
    """Return the app of a session; as any chat does, it says at the start that it is ready."""
    return EchoApp(" ".join(["ready", "light" if light else "dark", *arguments]))


def silent_app(light: bool, arguments: Sequence[str]) -> EchoApp:
    """End before anything is shown."""
    sys.exit(3)
