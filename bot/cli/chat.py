"""``mbc-chat chat``: the chat in the terminal, or as plain lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import Exit, WrongUse, complain, home, say
from bot.render import shown

if TYPE_CHECKING:
    from bot.config import ThemeName
    from bot.conversations.stored import StoredConversation
    from bot.home import Home
    from bot.tui.app import ChatApp


def chat(
    plain: Annotated[
        bool, typer.Option("--plain", help="Plain lines, for screen readers and pipes.")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the last conversation.")] = False,
    conversation: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="Go on with this one; `conversations list` shows the ids.", show_default=False
        ),
    ] = None,
    private: Annotated[bool, typer.Option("--private", help="Save nothing of this talk.")] = False,
) -> None:
    """Open the chat; the first time, the index is built first.

    Example: mbc-chat chat --plain
    """
    where = home()
    private = private or where.config().private
    resumed = _resumed(where, resume=resume, conversation=conversation)
    if plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise typer.Exit(_plain_chat(where, private=private, resumed=resumed))
    raise typer.Exit(_terminal_chat(where, private=private, resumed=resumed))


def chat_app(
    where: Home,
    *,
    theme: ThemeName | None = None,
    private: bool = True,
    resumed: StoredConversation | None = None,
) -> ChatApp:
    """Return the terminal chat over what ``where`` holds, not yet running."""
    from bot.tui import at_home

    return at_home.chat_app(where, theme=theme, private=private, resumed=resumed)


def _terminal_chat(where: Home, *, private: bool, resumed: StoredConversation | None) -> int:
    app = chat_app(where, private=private, resumed=resumed)
    app.run()
    if app.chat.unsaved:
        complain(f"what was said last could not be saved: {shown(app.chat.unsaved)}")
    return app.return_code or Exit.FINE


def _plain_chat(where: Home, *, private: bool, resumed: StoredConversation | None) -> int:
    from bot.plain.at_home import run_at_home

    if where.is_new:
        say("Building the index, which takes about a minute the first time. You can type already.")
    return run_at_home(where, private=private, resumed=resumed)


def _resumed(where: Home, *, resume: bool, conversation: str | None) -> StoredConversation | None:
    """Return the conversation to go on with; None begins a new one.

    Raises NoSuchConversation for an id that names none, WrongUse for one given beside --resume.
    """
    if not resume and conversation is None:
        return None
    if resume and conversation is not None:
        raise WrongUse("give --resume for the last conversation, or --conversation ID for another, not both.")
    from bot.conversations.store import LAST, ConversationStore

    store = ConversationStore(where.conversations)
    if resume and not store.ids():
        say("There is no conversation to go on with yet; a new one begins.")
        return None
    return store.load(store.resolve(conversation or LAST))
