from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversations.stored import Kept, NoLongerKept, NoteRemoved
from bot.receipts.standing import Absence
from bot.reply import Kind
from bot.takeaway.exporting import NothingToTake, sheet_text
from bot.takeaway.visit_sheet import NOT_ADVICE, visit_sheet
from bot.takeaway.wording import question_in
from corpus.settings import CorpusSettings
from tests.bot.receipts.replies import ENERGY, NECTAR, TEXT, bee_reply
from tests.bot.takeaway.talks import ADVICE, AT, as_of, bee_talk, talk_of

SHEET = """# My visit sheet

Written on 27 November 2026.

*General information, not medical advice: your care team knows your situation.*

*General information on bees.*

## Questions for your care team

- [ ] Who do I ring at night?

## What I read and kept

### What do bees eat?

> Bees eat nectar and pollen.
>
> Nectar gives them energy.

Keeping bees: What do bees eat? Facts checked 10 January 2026, not reviewed by a clinician. Source 1.

## Where this comes from

1. [Bee board](<https://bees.example/eat>)
"""


def test_the_sheet_as_markdown_word_for_word() -> None:
    assert sheet_text(bee_talk(), as_of()) == SHEET


def test_the_sheet_has_what_was_kept_and_noted_and_nothing_else() -> None:
    sheet = visit_sheet(bee_talk(), as_of())
    assert [[one.text for one in quote.sentences] for quote in sheet.quotes] == [[NECTAR, ENERGY]]
    assert sheet.questions == ("Who do I ring at night?",)
    assert sheet.notices == ()
    assert "breathe" not in sheet_text(bee_talk(), as_of())


def test_what_is_no_longer_kept_is_not_on_it() -> None:
    talk = bee_talk().after_all([NoLongerKept(AT, 1, 1), NoteRemoved(AT, "x")])
    assert visit_sheet(talk, as_of()).is_empty
    with pytest.raises(NothingToTake, match="would be empty"):
        sheet_text(talk, as_of())


def test_an_edited_sentence_is_marked_and_said() -> None:
    text = sheet_text(bee_talk(), as_of(TEXT.replace(ENERGY, "Sweet.")))
    assert f"> {ENERGY} **(This sentence is no longer in the article, which has changed since.)**" in text
    assert "**“Keeping bees” has changed since this answer and no longer has 1 of the 2 sentences" in text
    assert f"> {NECTAR}\n" in text


def test_a_withdrawn_article_is_said() -> None:
    (quote,) = visit_sheet(bee_talk(), as_of(Absence.WITHDRAWN)).quotes
    assert all(sentence.mark for sentence in quote.sentences)
    assert quote.changes == (
        "“Keeping bees” was withdrawn since this answer. "
        "Before you rely on what is quoted from it here, ask someone who can tell.",
    )


def test_a_source_that_was_due_for_a_check_is_said() -> None:
    reply = bee_reply(NECTAR)
    stale = replace(reply, citations=(replace(reply.citations[0], stale=True),))
    talk = talk_of(stale, entries=(Kept(AT, 1, 1, (0,)),))
    assert "was due for a check" in sheet_text(talk, as_of())
    assert "was due for a check" in sheet_text(talk, as_of(), as_page=True)


def test_the_notice_of_a_kept_reply_keeps_the_first_place() -> None:
    urgent = replace(bee_reply(NECTAR), kind=Kind.URGENT, notice="Call your clinic now.")
    talk = talk_of(bee_reply(ENERGY), urgent, entries=(Kept(AT, 1, 1, (0,)), Kept(AT, 2, 1, (0,))))
    for text in (sheet_text(talk, as_of()), sheet_text(talk, as_of(), as_page=True)):
        assert text.index("CALL NOW") < text.index("Call your clinic now.") < text.index(NOT_ADVICE[:-1])
        assert text.index("Call your clinic now.") < text.index(NECTAR)


def test_that_it_is_no_medical_advice_is_always_said_to_people_in_treatment() -> None:
    silent = replace(as_of().settings, framing="Ask.")
    assert visit_sheet(bee_talk(), as_of(settings=silent)).framing[0] == NOT_ADVICE
    assert visit_sheet(bee_talk(), as_of()).framing[0] == ADVICE


def test_articles_for_anyone_say_nothing_medical() -> None:
    plain = CorpusSettings(framing="General information on bees.")
    text = sheet_text(bee_talk(), as_of(settings=plain, review=""))
    assert "medical" not in text
    assert "clinician" not in text
    assert "Questions for the people who advise you" in text


def test_a_kept_quote_that_its_turn_lacks_is_left_out() -> None:
    talk = talk_of(
        bee_reply(NECTAR), entries=(Kept(AT, 1, 9, (0,)), Kept(AT, 7, 1, (0,)), Kept(AT, 1, 1, (5,)))
    )
    assert visit_sheet(talk, as_of()).is_empty


def test_the_question_that_an_answer_names_stands_between_quotation_marks() -> None:
    assert question_in("For the team: “How long?”") == "How long?"
    assert question_in("How\nlong?") == "How long?"
