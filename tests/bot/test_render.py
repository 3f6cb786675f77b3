"""Replies and passages as plain lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.render import (
    Part,
    checked_line,
    choices_of,
    fact_lines,
    passage_lines,
    pieces,
    quoted_spans,
    reply_lines,
    reply_text,
    review_line,
    source_line,
)
from bot.reply import Citation, CitedSource, Kind, Offer, QuotedSentence, Reply
from corpus.article import Source
from corpus.facts import Fact, FactStatus

TEXT = "One is here. Two is there.\n- Three is far."
CITATION = Citation(
    1, "a", "Title", "Section", "a#s/1", 100, 143, date(2026, 11, 2), False, (CitedSource("Label", "u"),), "0"
)
FULL = Reply(
    question="q",
    kind=Kind.URGENT,
    framing="framing",
    understood="meant",
    notice="notice",
    text="text",
    sentences=(QuotedSentence("Two is there.", 1, 113, 126),),
    citations=(CITATION,),
    more=2,
    missing="missing",
    offers=(Offer("a", "s", "offer"),),
    team_question="A question for the team: why?",
    reminder="reminder",
    suggestions=("suggestion",),
)


def test_the_parts_of_a_reply_keep_one_order() -> None:
    assert [line.part for line in reply_lines(FULL)] == [
        Part.NOTICE,
        Part.UNDERSTOOD,
        Part.TEXT,
        Part.QUOTE,
        Part.MORE,
        Part.MISSING,
        Part.OFFERS,
        Part.OFFER,
        Part.TEAM_QUESTION,
        Part.REMINDER,
        Part.FRAMING,
        Part.SUGGESTIONS,
        Part.SUGGESTION,
    ]


def test_every_reply_has_its_framing_even_if_it_has_nothing_else() -> None:
    assert reply_text(Reply("q", Kind.CHAT, "framing")) == "framing"


def test_a_text_that_announces_the_offers_needs_no_second_heading() -> None:
    parts = [line.part for line in reply_lines(replace(FULL, text="These are the nearest:"))]
    assert Part.OFFERS not in parts
    assert Part.OFFER in parts


def test_wrapping_hangs_under_the_mark_and_cuts_no_word() -> None:
    long = replace(FULL, sentences=(QuotedSentence("many words " * 6 + "x" * 50, 1, 0, 1),))
    lines = reply_text(long, width=30).splitlines()
    at = lines.index("[1] many words many words many")
    assert lines[at + 1].startswith("    words many")
    assert f"    {'x' * 50}" in lines
    assert all(len(line) <= 30 for line in lines if "x" * 50 not in line)


def test_what_can_be_asked_next_has_the_numbers_of_its_choices() -> None:
    text = reply_text(FULL, numbered=True)
    assert [f"  {n}. {choice}" in text for n, choice in enumerate(choices_of(FULL), start=1)] == [True, True]
    assert choices_of(FULL) == ["offer", "suggestion"]
    assert "  - offer" in reply_text(FULL)


def test_sources_can_be_listed_without_their_origins() -> None:
    assert reply_text(FULL).endswith("\n    - Label u")
    assert reply_text(FULL, origins=False).endswith("[1] Title: Section. Facts checked 2 November 2026.")


def test_a_source_names_its_date_and_says_when_it_is_stale() -> None:
    assert source_line(CITATION) == "[1] Title: Section. Facts checked 2 November 2026.\n    - Label u"
    assert "has changed or is due for a check" in source_line(replace(CITATION, stale=True))
    assert checked_line(None) == "No date of checking known"


def test_a_source_with_pages_names_its_page() -> None:
    assert source_line(replace(CITATION, page=7)).startswith("[1] Title: Section, page 7. Facts checked")


@pytest.mark.parametrize(
    ("review", "end"),
    [("none", "not reviewed by a clinician"), ("Dr A, 2026-01-02", "clinical review: Dr A, 2026-01-02")],
)
def test_a_passage_says_whether_a_clinician_reviewed_it(review: str, end: str) -> None:
    assert review_line(date(2026, 11, 2), review) == f"Facts checked 2 November 2026, {end}"


def test_where_no_clinician_is_a_question_nothing_is_said_of_one() -> None:
    assert review_line(date(2026, 11, 2), "") == "Facts checked 2 November 2026"


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (FactStatus.VERIFIED, "verified"),
        (FactStatus.RECALLED, "recalled, not read again"),
        (FactStatus.CORRECTED, "corrected by a second reader"),
    ],
)
def test_a_fact_says_where_and_when_it_was_read_and_how_surely(status: FactStatus, word: str) -> None:
    source = Source("A book.", "https://example.org/\u202ex")
    fact = Fact("1", "Bees\x07 have six legs.", source, "2025", status)
    assert fact_lines(fact) == (
        "Bees have six legs.",
        f"A book. As of: 2025. Status: {word}.",
        "https://example.org/x",
    )


def test_quoted_spans_are_exact_sorted_and_never_overlap() -> None:
    sentences = [
        QuotedSentence("Three is far.", 1, 129, 142),
        QuotedSentence("One is here.", 1, 100, 112),
        QuotedSentence("is here. Two", 1, 104, 116),
    ]
    spans = quoted_spans(TEXT, 100, sentences)
    assert [TEXT[start:end] for start, end in spans] == ["One is here. Two", "Three is far."]


def test_moved_words_are_found_and_lost_words_left_out() -> None:
    moved, lost = QuotedSentence("Two is there.", 1, 500, 513), QuotedSentence("Gone.", 1, 100, 105)
    assert quoted_spans(TEXT, 100, [moved, lost]) == [(13, 26)]


def test_pieces_put_together_are_the_text() -> None:
    cut = pieces(TEXT, [(0, 12), (29, 42)])
    assert "".join(piece for piece, _ in cut) == TEXT
    assert [piece for piece, quoted in cut if quoted] == ["One is here.", "Three is far."]


def test_passage_lines_mark_the_quoted_words() -> None:
    assert passage_lines(TEXT, [(13, 26), (29, 42)]) == ["One is here.", "> Two is there.", "> Three is far."]
