"""``mbc-chat conversations verify``: whether the quotes of stored conversations still stand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.arguments import AsJson
from bot.cli.context import Exit, home, put, say
from bot.json_text import json_text

if TYPE_CHECKING:
    from bot.receipts.standing import PresentArticles, SentenceStanding
    from bot.receipts.verification import Verification, VerifiedConversation, VerifiedTurn

_SHOWN = 70
"""Characters of a quote in a line."""


def verify(
    conversation_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="As for `show`. Default: all.", show_default=False)
    ] = None,
    corpus: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="Read these folders of articles instead of the live index."),
    ] = None,
    findings: Annotated[
        bool, typer.Option("--findings", help="Only sentences that do not stand any more.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read every quoted sentence again, and say whether it stands.

    Each is intact, moved, edited, withdrawn or unknown. Exit 1 if one is edited, withdrawn or unknown, or a
    conversation cannot be read. One that moved stands word for word elsewhere in its article, which is no
    finding.

    Example: mbc-chat conversations verify --findings
    """
    from bot.cli.saved import saved_conversations
    from bot.receipts.verification import verify as verify_all
    from bot.render import shown

    conversations, whole = saved_conversations(conversation_id)
    with ExitStack() as stack:
        articles, against = _articles(stack, corpus)
        result = verify_all(conversations, articles)
    if as_json:
        put(json_text(_as_json(result, against, findings=findings)))
    else:
        for line in _lines(result, findings=findings):
            put(shown(line))
        put(_sum(result, against))
    if result.findings:
        say("Ask those questions again to see what the articles say now.")
    if result.findings or not whole:
        raise typer.Exit(Exit.FAILED)


def _articles(stack: ExitStack, corpus: list[Path] | None) -> tuple[PresentArticles, str]:
    """Return the articles to judge by, and what they are."""
    if corpus:
        from bot.receipts.present import articles_of_folders

        return articles_of_folders(corpus), ", ".join(map(str, corpus))
    from bot.receipts.generations import live_content
    from bot.receipts.present import IndexedArticles

    content, generation = stack.enter_context(live_content(home().index))
    return IndexedArticles(content), generation


def _lines(result: Verification, *, findings: bool) -> Iterator[str]:
    for one in result.conversations:
        turns = [turn for turn in one.turns if not findings or not turn.standing.holds]
        if turns:
            yield from _conversation_lines(one, turns, findings=findings)


def _conversation_lines(
    one: VerifiedConversation, turns: list[VerifiedTurn], *, findings: bool
) -> Iterator[str]:
    from bot.conversations.wording import title_words
    from corpus.text import one_line

    yield f"{one.conversation.id}  {title_words(one.conversation.title)}"
    for verified in turns:
        decision = verified.receipt.decision
        told = f"{decision.kind}, confidence {decision.confidence:.2f}, from {verified.receipt.generation}"
        yield f"  question {verified.turn.n}: {one_line(verified.turn.text)[:_SHOWN]} ({told})"
        for standing in verified.standing.sentences:
            if not findings or not standing.holds:
                yield _sentence_line(standing, verified)
    yield ""


def _sentence_line(standing: SentenceStanding, verified: VerifiedTurn) -> str:
    from corpus.text import one_line, shortened

    sentence = verified.turn.reply.sentences[standing.number]
    quote = shortened(one_line(sentence.text), _SHOWN)
    place = one_line(standing.citation.passage) if standing.citation else "?"
    moved = f" -> {standing.start}-{standing.end}" if standing.start not in {None, sentence.start} else ""
    why = f" ({standing.why})" if standing.why else ""
    return f"    {standing.standing.value:<9} {place} {sentence.start}-{sentence.end}{moved}: “{quote}”{why}"


def _sum(result: Verification, against: str) -> str:
    from bot.conversations.wording import counted
    from bot.receipts.standing import Standing

    answers = sum(len(one.turns) for one in result.conversations)
    gone = f" ({result.gone} of them gone)" if result.gone else ""
    named = {Standing.WITHDRAWN: gone}
    counts = ", ".join(f"{n} {one.value}{named.get(one, '')}" for one, n in result.counts.items())
    sentences = counted(sum(result.counts.values()), "sentence")
    return (
        f"{counted(len(result.conversations), 'conversation')}, {counted(answers, 'answer')}, "
        f"{sentences} against {against}: {counts}."
    )


def _as_json(result: Verification, against: str, *, findings: bool) -> dict[str, Any]:
    return {
        "against": against,
        "counts": {standing.value: number for standing, number in result.counts.items()},
        "findings": result.findings,
        "conversations": [
            {
                "id": one.conversation.id,
                "title": one.conversation.title,
                "turns": [
                    _turn_json(turn, findings=findings)
                    for turn in one.turns
                    if not findings or not turn.standing.holds
                ],
            }
            for one in result.conversations
        ],
    }


def _turn_json(verified: VerifiedTurn, *, findings: bool) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "turn": verified.turn.n,
        "question": verified.turn.text,
        "standing": verified.standing.worst.value,
        "receipt": asdict(verified.receipt),
        "sentences": [
            _sentence_json(one, verified)
            for one in verified.standing.sentences
            if not findings or not one.holds
        ],
    }


def _sentence_json(one: SentenceStanding, verified: VerifiedTurn) -> dict[str, Any]:
    sentence = verified.turn.reply.sentences[one.number]
    return {
        "text": sentence.text,
        "article": one.citation.article if one.citation else None,
        "passage": one.citation.passage if one.citation else None,
        "standing": one.standing.value,
        "why": one.why or None,
        "absence": one.absence.value if one.absence else None,
        "start": sentence.start,
        "end": sentence.end,
        "now": None if one.start is None else {"start": one.start, "end": one.end},
        "article_changed": one.article_changed,
    }
