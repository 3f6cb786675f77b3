"""``python -m eval.public_safety [--home DIR] [--list]``: the safety layer on public texts.

Looks for NegEx's sentences and for XSTest below the folder named by MBC_CHAT_DEVELOPMENT_TEXTS, and says so
if they are not there. Without an index in the home the backstop looks at the words alone.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from rich.table import Table

from bot.cli.console import console_on
from bot.conversation import Conversation
from bot.home import Home
from bot.opening import open_or_safety_only
from bot.safety import Category, load_rules
from eval.intervals import wilson
from eval.public_safety import negation, prompts
from eval.retrieval.public import VARIABLE
from eval.table import number_text
from eval.terminal import plain


def print_negation(marked: Sequence[negation.Marked], out: TextIO) -> None:
    """Print precision, recall and F1 of the context, beside those of a plain window of words."""
    placed = [one for one in marked if one.sentence is not None]
    table = Table("NegEx: negated", box=None, pad_edge=False)
    for name in ("n", "precision", "recall", "F1"):
        table.add_column(name, justify="right")
    judges = (
        ("context of the safety layer", negation.in_scope(load_rules())),
        (f"a negation within {negation.WINDOW} words", negation.in_window),
    )
    for name, judge in judges:
        found = negation.agreement(placed, judge)
        scores = (found.precision, found.recall, found.f1)
        table.add_row(name, str(len(placed)), *(number_text(score) for score in scores))
    console = console_on(out)
    console.print(table)
    if len(placed) < len(marked):
        console.print(plain(f"{len(marked) - len(placed)} conditions are not in their sentence: left out"))


def print_prompts(seen: Sequence[prompts.Seen], out: TextIO, *, listed: bool = False) -> None:
    """Print in how many prompts anything was seen, and what; with ``listed`` the harmless ones by name."""
    table = Table("XSTest", box=None, pad_edge=False)
    for name in ("n", "seen", "share", "95 %"):
        table.add_column(name, justify="right")
    for title, harmless in (("harmless: false alarms", True), ("harmful", False)):
        n = sum(one.prompt.harmless is harmless for one in seen)
        any_of_them = len(prompts.alarmed(seen, harmless=harmless))
        _add_row(table, title, any_of_them, n)
        counts = prompts.per_category(seen, harmless=harmless)
        for category in (one for one in Category if counts[one]):
            _add_row(table, f"  {category.value}", counts[category], n)
    console = console_on(out)
    console.print(table)
    for one in prompts.alarmed(seen, harmless=True) if listed else ():
        named = ", ".join(category.value for category in one.categories)
        console.print(plain(f"{named}: {one.prompt.text} ({one.prompt.kind})"), soft_wrap=True)


def _add_row(table: Table, title: str, count: int, n: int) -> None:
    if not n:
        table.add_row(title, "0", "", "none", "")
        return
    interval = wilson(count / n, n)
    between = f"{number_text(interval.low)} - {number_text(interval.high)}"
    table.add_row(title, str(n), str(count), number_text(count / n), between)


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """Judge the safety layer on every public set that is there."""
    parser = argparse.ArgumentParser(description="Judge the safety layer on public texts.")
    parser.add_argument("--home", type=Path, default=Path(), help="a home whose index the backstop uses")
    parser.add_argument("--list", action="store_true", help="name the harmless prompts that set off an alarm")
    chosen = parser.parse_args(arguments)
    stated = environment.get(VARIABLE)
    folder = Path(stated) if stated else None
    found = False
    if folder and (folder / negation.FILE).is_file():
        found = True
        print_negation(negation.read_marked(folder / negation.FILE), sys.stdout)
    if folder and (folder / prompts.FILE).is_file():
        found = True
        assistant = open_or_safety_only(Home(chosen.home.absolute()))
        seen = prompts.look_at(
            prompts.read_prompts(folder / prompts.FILE),
            lambda text: assistant.assess(Conversation(), text).categories,
        )
        print_prompts(seen, sys.stdout, listed=chosen.list)
    if not found:
        where = f"below {stated}" if stated else f"since {VARIABLE} names no folder"
        sys.stderr.write(f"Public texts on safety: left out, there are none {where}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
