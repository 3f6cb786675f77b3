"""Checks of where the output goes: how text is written, colours, and the room there is."""

from __future__ import annotations

import codecs

from bot.doctor.finding import Finding, note, ok, problem
from bot.doctor.surroundings import Surroundings, Terminal

LEAST_COLUMNS = 60
LEAST_ROWS = 20
_PLAIN = "`mbc-chat chat --plain` needs none of that"


def check_encoding(at: Surroundings) -> Finding:
    """Look whether text is written as UTF-8, and read as that by the terminal."""
    terminal = at.terminal
    if not _is_utf8(terminal.encoding):
        return problem(f"Text is written as {terminal.encoding}.", "Set PYTHONUTF8=1: `export PYTHONUTF8=1`.")
    if terminal.is_terminal and not _is_utf8(terminal.locale_encoding):
        first = "unset LC_ALL; " if terminal.variables.get("LC_ALL") else ""
        return note(
            f"Text is written as UTF-8, and by its locale the terminal reads {terminal.locale_encoding}.",
            f"Run `{first}export LC_CTYPE=C.UTF-8`, if quotes and accents look wrong.",
        )
    return ok("Text is written as UTF-8.")


def check_colours(at: Surroundings) -> Finding:
    """Look at what the terminal says of its kind and colours."""
    terminal, variables = at.terminal, at.terminal.variables
    if not terminal.is_terminal:
        return ok("The output is not a terminal: no colour.")
    kind = variables.get("TERM", "")
    if kind in {"", "dumb"}:
        return note(
            f"TERM is {kind or 'not set'}: the chat cannot draw here.",
            f"Run it in another terminal, or set TERM: `export TERM=xterm-256color`; {_PLAIN}.",
        )
    if variables.get("NO_COLOR"):
        return ok(f"TERM is {kind}; no colour, since NO_COLOR is set.")
    if variables.get("COLORTERM") in {"truecolor", "24bit"}:
        return ok(f"TERM is {kind}, with all colours.")
    return note(
        f"TERM is {kind}, and COLORTERM does not promise all colours: the nearest ones are shown.",
        "If the terminal has them, run `export COLORTERM=truecolor`.",
    )


def check_size(at: Surroundings) -> Finding:
    """Look whether the terminal is large enough for the chat."""
    terminal = at.terminal
    if not terminal.is_terminal:
        return ok("The output is not a terminal: its size does not matter.")
    if _is_large_enough(terminal):
        return ok(f"The terminal has {terminal.columns} columns and {terminal.rows} rows.")
    return note(
        f"The terminal has {terminal.columns} columns and {terminal.rows} rows; "
        f"the chat is made for {LEAST_COLUMNS} and {LEAST_ROWS} at least.",
        f"Make the window larger or the letters smaller; {_PLAIN}.",
    )


def _is_utf8(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name == "utf-8"
    except LookupError:
        return False


def _is_large_enough(terminal: Terminal) -> bool:
    return terminal.columns >= LEAST_COLUMNS and terminal.rows >= LEAST_ROWS
