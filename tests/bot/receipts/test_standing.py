from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.receipts.standing import Absence, NoArticles, Standing, TurnStanding, is_whole, standing_of
from bot.receipts.wording import change_lines
from bot.reply import QuotedSentence, Reply
from corpus.reader import OUR_CORPUS, read_corpus
from corpus.sentences import sentence_spans
from tests.bot.receipts.replies import ENERGY, HONEY, NECTAR, TEXT, Articles, bee_reply
from tests.bot.replies import any_replies


def standings(text: str | Absence, *quotes: str) -> list[Standing]:
    found = standing_of(bee_reply(*quotes), Articles({"bees": text}))
    return [one.standing for one in found.sentences]


def test_quotes_of_an_unchanged_article_are_intact() -> None:
    found = standing_of(bee_reply(NECTAR, HONEY), Articles({"bees": TEXT}))
    assert [one.standing for one in found.sentences] == [Standing.INTACT, Standing.INTACT]
    assert not found.article_changed
    assert change_lines(found) == []


def test_a_quote_before_the_edit_is_intact_in_a_changed_article() -> None:
    found = standing_of(bee_reply(NECTAR), Articles({"bees": TEXT + "\n\nA new paragraph."}))
    assert found.sentences[0].standing is Standing.INTACT
    assert found.article_changed
    assert change_lines(found) == [
        "“Keeping bees” has changed since this answer; the words quoted here are still in it."
    ]


def test_a_quote_after_the_edit_has_moved_and_its_new_place_is_told() -> None:
    text = TEXT.replace("Keeping bees", "How to keep bees", 1)
    found = standing_of(bee_reply(ENERGY), Articles({"bees": text}))
    (one,) = found.sentences
    assert one.standing is Standing.MOVED
    assert one.start is not None
    assert text[one.start : one.end] == ENERGY
    assert found.holds


def test_of_several_places_the_nearest_is_told() -> None:
    text = f"{ENERGY}\n\n" + TEXT.replace("Keeping", "How one keeps") + f"\n\n{ENERGY}"
    (one,) = standing_of(bee_reply(ENERGY), Articles({"bees": text})).sentences
    places = [at for at in range(len(text)) if text.startswith(ENERGY, at)]
    assert one.start == min(places, key=lambda at: abs(at - TEXT.index(ENERGY)))


def test_an_edited_sentence_is_edited_and_the_others_are_not() -> None:
    text = TEXT.replace(ENERGY, "Nectar is sweet.")
    assert standings(text, NECTAR, ENERGY, HONEY) == [Standing.INTACT, Standing.EDITED, Standing.MOVED]


@pytest.mark.parametrize("added", [" and in cold springs", ", but not for the summer"])
def test_a_sentence_that_goes_on_now_is_edited_though_its_old_words_are_all_there(added: str) -> None:
    assert standings(TEXT.replace(HONEY, HONEY + added), HONEY) == [Standing.EDITED]


def test_a_sentence_that_begins_otherwise_now_is_edited_though_its_old_words_are_all_there() -> None:
    assert standings(TEXT.replace(HONEY, "Never say: " + HONEY), HONEY) == [Standing.EDITED]


def test_withdrawn_and_gone_articles_are_told_apart() -> None:
    withdrawn = standing_of(bee_reply(NECTAR), Articles({"bees": Absence.WITHDRAWN})).sentences[0]
    gone = standing_of(bee_reply(NECTAR), Articles({})).sentences[0]
    assert (withdrawn.standing, gone.standing) == (Standing.WITHDRAWN, Standing.WITHDRAWN)
    assert (withdrawn.why, gone.why) == ("the article was withdrawn", "the article is gone")


def test_what_cannot_be_read_is_unknown_and_not_gone() -> None:
    found = standing_of(bee_reply(NECTAR), NoArticles())
    assert found.worst is Standing.UNKNOWN
    assert not found.holds


def test_a_saved_quote_that_was_tampered_with_is_noticed() -> None:
    reply = bee_reply(NECTAR)
    forged = replace(reply.sentences[0], text=NECTAR.replace("nectar", "petrol"))
    (one,) = standing_of(replace(reply, sentences=(forged,)), Articles({"bees": TEXT})).sentences
    assert one.standing is Standing.UNKNOWN
    assert "the saved quote itself was changed" in one.why


def test_a_sentence_without_its_citation_is_unknown() -> None:
    reply = replace(bee_reply(NECTAR), citations=())
    (one,) = standing_of(reply, Articles({"bees": TEXT})).sentences
    assert one.standing is Standing.UNKNOWN


def test_a_reply_without_quotes_holds() -> None:
    found = standing_of(replace(bee_reply(), citations=()), NoArticles())
    assert found == TurnStanding()
    assert found.holds
    assert found.worst is Standing.INTACT


def test_a_long_piece_of_a_divided_sentence_needs_no_sentence_around_it() -> None:
    piece = "of this and that and " * 30
    text = f"Bees eat nectar and pollen. Much {piece}more."
    reply = bee_reply(NECTAR, text=text)
    at = text.index(piece)
    quoted = QuotedSentence(piece, 1, at, at + len(piece))
    changed = Articles({"bees": text + "\n\nAdded."})
    (one,) = standing_of(replace(reply, sentences=(quoted,)), changed).sentences
    assert one.standing is Standing.INTACT


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            TEXT.replace(ENERGY, "Sweet."),
            "“Keeping bees” has changed since this answer and no longer has 1 of the 2 sentences quoted "
            "here. Ask again to see what it says.",
        ),
        (
            Absence.GONE,
            "“Keeping bees” is no longer among the articles. "
            "Before you rely on what is quoted from it here, ask someone who can tell.",
        ),
        (Absence.UNREADABLE, "Whether “Keeping bees” still says what is quoted from it here cannot be told."),
    ],
)
def test_a_changed_source_is_told_in_a_sentence(text: str | Absence, line: str) -> None:
    found = standing_of(bee_reply(NECTAR, ENERGY), Articles({"bees": text}))
    assert change_lines(found) == [line]


@given(st.text(max_size=40), st.text(max_size=40))
def test_wherever_a_quote_is_said_to_stand_its_words_are(before: str, after: str) -> None:
    text = before + TEXT + after
    for one in standing_of(bee_reply(NECTAR, ENERGY, HONEY), Articles({"bees": text})).sentences:
        assert one.holds == (one.start is not None)
        if one.start is not None:
            assert text[one.start : one.end] == (NECTAR, ENERGY, HONEY)[one.number]


def test_judging_a_turn_needs_no_heavy_library() -> None:
    code = (
        "import sys, bot.receipts.standing, bot.receipts.wording;"
        "print([name for name in ('numpy', 'pydantic', 'textual', 'onnxruntime') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@given(any_replies, st.dictionaries(st.text(max_size=30), st.text(max_size=60), max_size=3))
def test_any_saved_reply_can_be_judged(reply: Reply, texts: dict[str, str]) -> None:
    named = {citation.article: text for citation, text in zip(reply.citations, texts.values(), strict=False)}
    found = standing_of(reply, Articles({**texts, **named}))
    assert len(found.sentences) == len(reply.sentences)
    assert bool(change_lines(found)) == (bool(found.sentences) and (found.article_changed or not found.holds))


def test_every_sentence_of_our_articles_stands_whole_in_its_article() -> None:
    judged = 0
    for article in read_corpus(OUR_CORPUS).articles:
        for block in (block for section in article.sections for block in section.blocks):
            for start, end in sentence_spans(article.text[block.start : block.end]):
                judged += 1
                assert is_whole(article.text, block.start + start, block.start + end), article.id
    assert judged > 3_000
