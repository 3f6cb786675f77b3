"""``mbc-chat chat``: the chat in the terminal, or as plain lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import Exit, home, say

if TYPE_CHECKING:
    from bot.config import ThemeName
    from bot.home import Home
    from bot.tui.app import ChatApp
    from bot.tui.engine import Engine


def chat(
    plain: Annotated[
        bool, typer.Option("--plain", help="Plain lines, for screen readers and pipes.")
    ] = False,
    _private: Annotated[
        bool, typer.Option("--private", help="Save nothing (nothing is saved in this version anyway).")
    ] = False,
) -> None:
    """Open the chat; the first time, the index is built first.

    Example: mbc-chat chat --plain
    """
    where = home()
    where.config()
    if plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise typer.Exit(_plain_chat(where))
    raise typer.Exit(_terminal_chat(where))


def chat_app(where: Home, *, theme: ThemeName | None = None) -> ChatApp:
    """Return the terminal chat over what ``where`` holds, not yet running."""
    from bot.tui import at_home

    return at_home.chat_app(where, theme=theme)


def _terminal_chat(where: Home) -> int:
    app = chat_app(where)
    app.run()
    return app.return_code or Exit.FINE


def _plain_chat(where: Home) -> int:
    from bot.about import about_home
    from bot.opening import build_first_index, open_or_safety_only, safety_only
    from bot.tui.engine import SafetyFirst
    from bot.tui.plain import run_plain

    def open_engine() -> Engine:
        if where.is_new:
            build_first_index(where, lambda _: None)
        return open_or_safety_only(where)

    if where.is_new:
        say("Building the index, which takes about a minute the first time. You can type already.")
    return run_plain(
        SafetyFirst(safety_only(where), open_engine),
        lines=sys.stdin,
        out=sys.stdout,
        narration=sys.stderr,
        about=about_home(where),
        prompted=sys.stdin.isatty(),
    )
