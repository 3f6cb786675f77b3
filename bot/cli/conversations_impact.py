"""``mbc-chat conversations impact``: what rests on passages that are not what they were."""

from __future__ import annotations

from contextlib import ExitStack

import typer

from bot.cli.arguments import AsJson, WithCases
from bot.cli.context import Exit, home, put, say
from bot.json_text import json_text


def impact(
    cases: WithCases = True,
    as_json: AsJson = False,
) -> None:
    """Show which saved answers a change of the articles touches.

    Evaluation cases too. An answer is compared with the articles that it came from, a case with those that
    it was made for. Exit 1 if anything is touched. Before a rebuild, ask `mbc-chat index impact`.

    Example: mbc-chat conversations impact
    """
    from bot.cli.impact_report import report_json, report_lines
    from bot.cli.saved import saved_answers, saved_conversations
    from bot.receipts.generations import KeptGenerations, live_content
    from bot.receipts.impact import impact_on_answers
    from bot.receipts.pinned import all_pinned_cases
    from bot.receipts.present import IndexedArticles
    from bot.render import shown

    conversations, whole = saved_conversations()
    with ExitStack() as stack:
        content, generation = stack.enter_context(live_content(home().index))
        kept = KeptGenerations(home().index, stack)
        touched = impact_on_answers(
            saved_answers(conversations),
            IndexedArticles(content),
            kept.articles,
            all_pinned_cases() if cases else [],
        )
    if as_json:
        report = {
            "generation": generation,
            "not_kept": sorted(kept.missing),
            "passages": report_json(touched),
        }
        put(json_text(report))
    else:
        for line in report_lines(touched, f"Live generation {generation}"):
            put(shown(line))
    if kept.missing:
        names = shown(", ".join(sorted(kept.missing)))
        say(f"Not kept any more: {names}. Of answers from there only the quoted words could be compared.")
    if touched or not whole:
        raise typer.Exit(Exit.FAILED)
