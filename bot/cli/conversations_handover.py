"""``mbc-chat conversations handover`` and ``uncovered``: what a reader may give to the editor."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.arguments import AsJson
from bot.cli.context import Exit, WrongUse, complain, home, put, say
from bot.json_text import json_text


def handover(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="A new file. Default: only show it.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it is there.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before it is written.")] = False,
) -> None:
    """Put wrong answers and uncovered questions into one file.

    It is for the editor of the articles: answers that you marked as wrong, and the list of questions that
    were not covered. Nothing else of a conversation is in it. All of it is shown first. Nothing is sent.

    Example: mbc-chat conversations handover -o for-the-editor.json
    """
    from bot.cli.saved import saved_conversations
    from bot.takeaway.handover import handed_over
    from bot.takeaway.uncovered import read_uncovered

    conversations, whole = saved_conversations()
    values = handed_over(conversations, read_uncovered(home().path), date.today())
    if not values["wrong"] and not values["not_covered"]:
        complain(
            "there is nothing to hand over: no answer is marked as wrong and no question is on the list."
        )
        raise typer.Exit(Exit.FAILED)
    text = json_text(values, indent=1) + "\n"
    if output is None:
        sys.stdout.write(text)
    else:
        _write(output, text, force=force, yes=yes)
    if not whole:
        raise typer.Exit(Exit.FAILED)


def uncovered(
    forget: Annotated[bool, typer.Option("--forget", help="Delete the list.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the questions that the articles did not cover.

    They are kept only with `keep_uncovered = true` in config.toml: the question and the day, on this machine.

    Example: mbc-chat conversations uncovered --forget
    """
    from bot.conversations.wording import counted
    from bot.render import day_words
    from bot.takeaway.uncovered import forget_uncovered, read_uncovered
    from corpus.text import one_line

    where = home()
    if forget:
        say(f"Deleted: {counted(forget_uncovered(where.path), 'question')}.")
        return
    questions = list(read_uncovered(where.path))
    if as_json:
        rows = [{"day": one.day.isoformat(), "question": one.question} for one in questions]
        put(json_text({"not_covered": rows}))
        return
    for one in questions:
        put(f"{day_words(one.day)}: {one_line(one.question)}")
    if not questions:
        agreed = "none was noted yet" if where.config().keep_uncovered else "you did not agree to keep any"
        say(f"There is no question on the list: {agreed}.")


def _write(path: Path, text: str, *, force: bool, yes: bool) -> None:
    from bot.takeaway.writing import NotWritten, write_file

    sys.stderr.write(text)
    if not yes:
        if not sys.stdin.isatty():
            raise WrongUse("this asks before it writes, and nobody is there to answer. Add --yes.")
        typer.confirm(f"This, and nothing else, goes into {path}. Write it?", abort=True, err=True)
    try:
        write_file(path, text, force=force)
    except NotWritten as error:
        complain(str(error))
        raise typer.Exit(Exit.FAILED) from error
    say(f"Written: {path}. Nothing was sent; give it to the editor as you like.")
