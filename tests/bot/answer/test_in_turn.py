from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answer.in_turn import joined_replies
from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.reply import Citation, Kind, Offer, QuotedSentence, Reply
from index.generation import IndexFolder
from index.search import open_index


def answered(text: str, n: int) -> Reply:
    passage = f"bees#food/{n}"
    citation = Citation(n, "bees", "Bees", "Food", passage, 0, len(text), date(2026, 1, 1), False, (), "0")
    return Reply(
        "",
        Kind.ANSWER,
        "framing",
        confidence=n / 10,
        suggestions=("Why?", "How?"),
        sentences=(QuotedSentence(text, n, 0, len(text)),),
        citations=(citation,),
    )


NOT_COVERED = Reply("", Kind.NOT_COVERED, "framing", offers=(Offer("bees", "food", "Bees — food"),))


def test_answers_follow_in_the_order_of_the_questions() -> None:
    reply = joined_replies(["Why?", "What?"], [answered("One.", 1), answered("Two.", 2)])
    assert [sentence.text for sentence in reply.sentences] == ["One.", "Two."]
    assert [citation.n for citation in reply.citations] == [1, 2]
    assert (reply.kind, reply.confidence, reply.suggestions) == (Kind.ANSWER, 0.2, ("How?",))


def test_a_passage_that_both_cite_is_cited_once() -> None:
    reply = joined_replies(["a", "b"], [answered("One.", 1), answered("Two.", 1)])
    assert [citation.n for citation in reply.citations] == [1]


def test_a_question_that_is_not_covered_is_named() -> None:
    reply = joined_replies(["Where is France?", "b"], [NOT_COVERED, answered("Two.", 1)])
    assert reply.kind is Kind.PARTIAL
    assert reply.missing == "The articles do not answer “Where is France?”, so that part is left open."


def test_where_nothing_is_covered_the_reply_says_so_once() -> None:
    reply = joined_replies(["a", "b"], [NOT_COVERED, NOT_COVERED])
    assert (reply.kind, len(reply.offers), reply.sentences) == (Kind.NOT_COVERED, 1, ())


@pytest.mark.parametrize(
    "text",
    ["What is HER2-low? How is Trodelvy given?", "what is her2 low and what are the side effects of ibrance"],
)
def test_several_questions_get_one_reply_of_exact_quotes(real_home: Path, text: str) -> None:
    assistant = Assistant(open_index(IndexFolder(real_home / "index")), today=date(2026, 11, 23))
    reply = assistant.reply(Conversation(), text)
    articles = {citation.n: citation.article for citation in reply.citations}
    assert [citation.n for citation in reply.citations] == list(range(1, len(articles) + 1))
    assert any("HER2" in sentence.text for sentence in reply.sentences[:2])
    assert len({articles[sentence.citation] for sentence in reply.sentences}) > 1
    assert len(set(reply.sentences)) == len(reply.sentences)
    for sentence in reply.sentences:
        source = assistant.source(next(c for c in reply.citations if c.n == sentence.citation))
        assert source.article_text[sentence.start : sentence.end] == sentence.text
