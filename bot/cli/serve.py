"""``mbc-chat serve``: the chat in a browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import Exit, WrongUse, complain, home, options, put, say
from bot.cli.progress import progress_bars
from bot.home import Home

if TYPE_CHECKING:
    from bot.tui.app import ChatApp
    from bot.web.server import Service

LOOPBACK = "127.0.0.1"
PORT = 8642
SESSIONS = 5
"""About 220 MB each."""
IDLE_MINUTES = 30
SAVED, PRIVATE, FROM_AFAR = "saved", "private", "from-afar"
"""What a session is: kept as in the terminal, not kept, or not kept and with a reader elsewhere."""
FACTORY = "bot.cli.serve:session_app"
OPEN_NETWORK = (
    "Warning: whoever is on this network and has the address can use the chat, and what they type travels "
    "unencrypted unless a proxy with TLS stands in front. Nothing is saved or listed."
)


HostName = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")]
OpenNetwork = Annotated[
    bool, typer.Option("--open-network", help="Allow a host that other computers can reach.")
]
ProxyNames = Annotated[
    list[str] | None, typer.Option(help="Host name that a proxy in front forwards; may be given again.")
]
Save = Annotated[
    bool, typer.Option("--save", help="Save conversations as in the terminal; on this computer only.")
]
Sessions = Annotated[int, typer.Option(min=1, max=100, help="Most chats at once.")]
IdleMinutes = Annotated[int, typer.Option(min=2, max=1440, help="Minutes without typing that end a chat.")]


def serve(
    host: HostName = LOOPBACK,
    port: Port = PORT,
    open_network: OpenNetwork = False,
    name: ProxyNames = None,
    save: Save = False,
    sessions: Sessions = SESSIONS,
    idle: IdleMinutes = IDLE_MINUTES,
) -> None:
    """Serve the chat to a browser, on this computer alone.

    It prints the address to open, whose secret part changes with every start. Nothing is saved, and no other
    computer is let in, unless told otherwise.

    Example: mbc-chat serve --port 8642
    """
    from bot.about import about_home
    from bot.web.access import Door, is_loopback, new_token
    from bot.web.pages import Pages
    from bot.web.server import Service
    from bot.web.session import Idleness, Launch

    near = is_loopback(host)
    if not near and not open_network:
        raise WrongUse(f"others can reach {host}. Add --open-network if that is meant, or leave out --host.")
    if save and (name or not near):
        raise WrongUse("--save is for this computer alone. Leave it out, or leave out --host and --name.")
    where = home()
    kept = SAVED if save else PRIVATE if near and not name else FROM_AFAR
    about = about_home(where, saved=save, from_afar=kept == FROM_AFAR)
    _build_first(where)
    service = Service(
        Door(new_token(), frozenset(one.lower() for one in name or ())),
        Pages(about, saved=save),
        Launch(FACTORY, (str(where.path), kept), show_errors=options.debug),
        sessions,
        Idleness(idle * 60.0),
    )
    raise typer.Exit(_run(service, host, port))


def session_app(light: bool, arguments: Sequence[str]) -> ChatApp:
    """Return the app of one session: what a session process runs, with the arguments that we gave it."""
    from bot.config import ThemeName
    from bot.tui.at_home import chat_app

    path, kept = arguments
    where = Home(Path(path))
    return chat_app(
        where,
        theme=where.config().theme or (ThemeName.LIGHT if light else ThemeName.DARK),
        private=kept != SAVED,
        lists=kept == SAVED,
        keeps_settings=kept == SAVED,
        from_afar=kept == FROM_AFAR,
    )


def _build_first(where: Home) -> None:
    """Build the index if there is none, before anyone can come: so there is one builder."""
    if not where.is_new:
        return
    from bot.opening import build_first_index

    say("Building the index, which takes about a minute the first time.")
    with progress_bars() as report:
        build_first_index(where, report)


def _run(service: Service, host: str, port: int) -> Exit:
    import asyncio
    import signal

    from bot.web.access import is_loopback, is_unspecified
    from bot.web.server import run_server

    def announce(port: int) -> None:
        place = f"[{host}]" if ":" in host else host
        if not is_loopback(host):
            say(OPEN_NETWORK)
        if is_unspecified(host):
            say(f"Put this computer's own address in the place of {place}.")
        say("Open this address in a browser. Ctrl-C ends every chat in it.")
        put(f"http://{place}:{port}/{service.door.token}/")
        sys.stdout.flush()

    try:
        stopped = asyncio.run(run_server(service, host, port, announce))
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error
        complain(f"cannot listen on {host}, port {port}: {reason}. Choose another with --host or --port.")
        return Exit.FAILED
    return Exit.INTERRUPTED if stopped is signal.SIGINT else Exit.FINE
