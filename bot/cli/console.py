"""Tables and styled lines on stdout or another stream."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console

PIPED_WIDTH = 110


class _Console(Console):
    """A console that leaves it to the command line what a reader who went away means."""

    def on_broken_pipe(self) -> None:
        """Carry the error on instead of ending with exit code 1."""
        raise BrokenPipeError


def console_on(out: TextIO) -> Console:
    """Return a console that takes nothing for markup and is as wide as the terminal, or as a page."""
    width = None if out.isatty() else PIPED_WIDTH
    return _Console(file=out, width=width, highlight=False, markup=False, emoji=False)
