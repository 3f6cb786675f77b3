"""Copying text out of the chat: by the terminal, by the system's clipboard, or into a file."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.takeaway.places import copied_path
from bot.takeaway.writing import NotWritten, write_file
from corpus.text import clean_text

LONGEST_SEQUENCE = 100_000
"""Bytes of an OSC 52 sequence that common terminals still take; longer ones are dropped silently."""

Clipboard = Callable[[str], None]
"""Puts text on the system's clipboard. Raises RuntimeError, OSError or ValueError if it cannot."""

_TAKES_IT_BY_PROGRAM = frozenset(
    {"iterm.app", "wezterm", "ghostty", "vscode", "rio", "contour", "mintty", "tabby", "mbc-chat-serve"}
)
_TAKES_IT_BY_NAME = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour", "wezterm", "rio")
_TAKES_IT_BY_VARIABLE = ("KITTY_WINDOW_ID", "WT_SESSION", "ALACRITTY_WINDOW_ID", "WEZTERM_PANE")
_IGNORES_IT = ("dumb", "linux")


class Terminal(StrEnum):
    """What a terminal does with OSC 52, as far as its environment tells."""

    TAKES = "takes"
    MAY_TAKE = "may take"
    IGNORES = "ignores"


class Way(StrEnum):
    """How text was copied."""

    TERMINAL = "terminal"
    CLIPBOARD = "clipboard"
    FILE = "file"
    TERMINAL_AND_FILE = "terminal and file"


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a text that was to be copied."""

    way: Way | None
    """None if nothing worked."""
    said: str
    """A sentence for the reader."""
    path: Path | None = None


def terminal_kind(environment: Mapping[str, str]) -> Terminal:
    """Return what the terminal does with OSC 52; there is no asking it."""
    name = environment.get("TERM", "")
    program = environment.get("TERM_PROGRAM", "").lower()
    if name in _IGNORES_IT or not name or program == "apple_terminal" or "VTE_VERSION" in environment:
        return Terminal.IGNORES
    if "TMUX" in environment or name.startswith(("screen", "tmux")):
        return Terminal.MAY_TAKE
    known = (
        program in _TAKES_IT_BY_PROGRAM
        or name.startswith(_TAKES_IT_BY_NAME)
        or any(variable in environment for variable in _TAKES_IT_BY_VARIABLE)
    )
    return Terminal.TAKES if known else Terminal.MAY_TAKE


def osc52(text: str, environment: Mapping[str, str]) -> str | None:
    """Return the sequence that makes a terminal copy ``text``, or None if it is too long for one.

    Inside tmux it comes twice, plain and passed through: tmux takes the one that it was allowed.
    """
    sequence = f"\x1b]52;c;{base64.b64encode(clean_text(text).encode()).decode('ascii')}\x07"
    if len(sequence) > LONGEST_SEQUENCE:
        return None
    if "TMUX" in environment:
        return f"{sequence}\x1bPtmux;\x1b{sequence}\x1b\\"
    return sequence


def copy(
    text: str,
    *,
    send: Callable[[str], None] | None,
    environment: Mapping[str, str],
    clipboard: Clipboard | None,
    home: Path | None,
) -> Copied:
    """Copy ``text`` in the first way that works, and say which it was. Never raises.

    ``send`` writes to the terminal, None where there is none. ``clipboard`` is None where the system's
    own is out of the reader's reach. ``home`` gets the file, when it comes to that; None in a private talk,
    which leaves none.
    """
    text = clean_text(text)
    kind = terminal_kind(environment) if send else Terminal.IGNORES
    sequence = osc52(text, environment) if kind is not Terminal.IGNORES else None
    if send and sequence and kind is Terminal.TAKES:
        send(sequence)
        return Copied(Way.TERMINAL, "Copied by your terminal.")
    if clipboard and _on_clipboard(text, clipboard):
        return Copied(Way.CLIPBOARD, "Copied to the clipboard.")
    if send and sequence:
        send(sequence)
    if home is None:
        return _without_a_file(sent=bool(send and sequence))
    return _into_file(text, copied_path(home), sent=bool(send and sequence))


def _on_clipboard(text: str, clipboard: Clipboard) -> bool:
    try:
        clipboard(text)
    except (RuntimeError, OSError, ValueError):
        return False
    return True


def _into_file(text: str, path: Path, *, sent: bool) -> Copied:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(path, text, force=True)
    except (NotWritten, OSError) as error:
        return _without_a_file(sent=True) if sent else Copied(None, f"It could not be copied: {error}")
    if sent:
        said = f"Sent to your terminal to copy; not every terminal does, so it is also in {path}."
        return Copied(Way.TERMINAL_AND_FILE, said, path)
    return Copied(Way.FILE, f"No clipboard was found, so it is in {path}.", path)


def _without_a_file(*, sent: bool) -> Copied:
    if sent:
        return Copied(Way.TERMINAL, "Sent to your terminal to copy; not every terminal does.")
    return Copied(None, "No clipboard was found, and a private talk writes no file: nothing was copied.")


def system_clipboard(environment: Mapping[str, str]) -> Clipboard | None:
    """Return the system's clipboard; None over SSH, where it would be that of another machine."""
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        return None
    import pyperclip

    return pyperclip.copy
