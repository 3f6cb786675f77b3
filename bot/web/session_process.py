"""The process of one session: ``python -m bot.web.session_process FACTORY COLUMNS ROWS LIGHT [ARGUMENT...]``.

FACTORY is ``module:function``; the function takes whether the browser prefers a light page, and the
arguments, and returns the app. Packets leave by what was stdout; whatever else writes to stdout, native
code too, goes to stderr instead.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from textual.app import App

PROGRAM = "mbc-chat-serve"
"""The terminal that the page is, as its environment names it."""
OTHER_TERMINALS = ("TMUX", "STY", "VTE_VERSION", "DISPLAY", "WAYLAND_DISPLAY")
"""What would tell of the terminal and the screen that the server was started from."""

Factory = Callable[[bool, Sequence[str]], "App[Any]"]


def main(factory: str, columns: str, rows: str, light: str, *arguments: str) -> int:
    """Run the app until it is left or the server is gone; return the exit code."""
    os.umask(0o077)
    protocol = _guard_stdout()
    os.environ.update(
        COLUMNS=columns,
        ROWS=rows,
        TEXTUAL_COLOR_SYSTEM="truecolor",
        TERM="xterm-256color",
        TERM_PROGRAM=PROGRAM,
    )
    for name in OTHER_TERMINALS:
        os.environ.pop(name, None)
    from bot.web.driver import driver_on

    module, _, function = factory.partition(":")
    make = cast("Factory", getattr(importlib.import_module(module), function))
    app = make(light == "light", arguments)
    app.driver_class = driver_on(protocol)
    app.run()
    return app.return_code or 0


def _guard_stdout() -> int:
    """Lead descriptor 1 to stderr; return a descriptor for where it led."""
    protocol = os.dup(1)
    os.dup2(2, 1)
    return protocol


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
