"""``mbc-chat chat``: the chat in the terminal, or as plain lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import Exit, home, say

if TYPE_CHECKING:
    from bot.about import About
    from bot.home import Home
    from bot.tui.app import ChatApp
    from bot.tui.engine import Engine
    from index.progress import Report


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


def chat_app(where: Home, *, theme: str | None = None) -> ChatApp:
    """Return the terminal chat over what ``where`` holds, not yet running."""
    from bot.tui.app import ChatApp
    from bot.tui.engine import LazyEngine
    from bot.tui.themes import DARK

    def open_engine() -> Engine:
        from bot.opening import open_assistant

        return open_assistant(where)

    def open_early() -> Engine:
        from bot.opening import safety_only

        return safety_only(where)

    def build(report: Report) -> None:
        from bot.opening import build_first_index

        build_first_index(where, report)

    return ChatApp(
        open_engine,
        early_engine=LazyEngine(open_early),
        needs_build=where.is_new,
        build=build,
        about=_about(where),
        freshness=lambda: _freshness(where),
        theme=theme or DARK,
    )


def _terminal_chat(where: Home) -> int:
    app = chat_app(where)
    app.run()
    return app.return_code or Exit.FINE


def _plain_chat(where: Home) -> int:
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
        about=_about(where),
        prompted=sys.stdin.isatty(),
    )


def _about(where: Home) -> About:
    from bot.about import about_articles
    from bot.corpora import settings_of
    from bot.safety import load_rules
    from bot.safety.countries import lines

    country = where.config().country
    emergency = lines(load_rules().countries, country)["emergency"]
    return about_articles(settings_of(where), emergency=emergency, country=country)


def _freshness(where: Home) -> str:
    """Return a word on how old the index is, for the status line."""
    from index.errors import IndexProblem
    from index.generation import read_manifest

    try:
        manifest = read_manifest(where.index.generations / where.index.live())
    except IndexProblem:
        return ""
    return f"{manifest.articles} articles, index of {manifest.built[:10]}"
