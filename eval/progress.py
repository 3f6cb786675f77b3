"""A bar on stderr while cases run, or one line where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli import context
from bot.cli.context import say
from eval.runner import unheard


@contextmanager
def progress_of(total: int, things: str) -> Iterator[Callable[[int], None]]:
    """Yield what is to be told how many of ``total`` things are done."""
    if context.options.quiet or not sys.stderr.isatty():
        say(f"Running {total} {things}.")
        yield unheard
        return
    columns = (TextColumn("Running"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda done: bar.update(task, completed=done)
