"""``mbc-chat index impact``: before a rebuild, what would the edits of the articles touch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.arguments import AsJson, WithCases
from bot.cli.context import Exit, complain, home, put, say
from bot.json_text import json_text

if TYPE_CHECKING:
    from bot.receipts.present import ArticlesInFiles


def impact(
    corpus: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PATH", help="Compare with these folders. Default: what the index was built from."
        ),
    ] = None,
    cases: WithCases = True,
    as_json: AsJson = False,
) -> None:
    """Show what the present edits touch, before a rebuild.

    That is which passages change, and what rests on them. Nothing is built or written. Exit 1 if anything
    is touched, or a file cannot be read.

    Example: mbc-chat index impact --corpus ~/articles
    """
    from bot.cli.impact_report import report_json, report_lines
    from bot.cli.saved import saved_answers, saved_conversations
    from bot.corpora import default_roots
    from bot.receipts.changed import changed_passages
    from bot.receipts.generations import live_content
    from bot.receipts.impact import impact_of_changes
    from bot.receipts.pinned import all_pinned_cases
    from bot.receipts.present import IndexedArticles, articles_in_files

    where = home()
    with live_content(where.index) as (content, generation):
        after = articles_in_files(where.index, content, corpus or default_roots(where))
        conversations, whole = saved_conversations()
        touched = impact_of_changes(
            list(changed_passages(content, after)),
            saved_answers(conversations),
            all_pinned_cases() if cases else [],
            IndexedArticles(content),
            after,
        )
        new = sorted(id_ for id_, one in after.read.items() if not one.withdrawn and not content.article(id_))
    if as_json:
        report = {"generation": generation, "new_articles": new, "passages": report_json(touched)}
        put(json_text(report))
    else:
        for line in report_lines(touched, f"Edits since {generation}"):
            put(line)
    _narrate(after, new)
    if touched or after.failures or not whole:
        raise typer.Exit(Exit.FAILED)


def _narrate(after: ArticlesInFiles, new: list[str]) -> None:
    from bot.render import shown

    if new:
        say(f"New, so that nothing rests on them yet: {', '.join(new)}.")
    if after.side_files:
        say(f"Changed beside the articles, which no quote rests on: {', '.join(after.side_files)}.")
    for failure in after.failures:
        complain(shown(str(failure)))
