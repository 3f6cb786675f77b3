"""The chat as plain lines."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.plain.chat import EMPTY
from bot.render import NO_FACTS
from index.errors import IndexMissing
from tests.bot.conversations.stores import full_disk
from tests.bot.plain.talks import FIRST, FRAMING, NOTICE, SECOND, Helper, Plain
from tests.conftest import REPOSITORY


@pytest.fixture
def plain(tmp_path: Path) -> Plain:
    return Plain(tmp_path)


def after(out: str, mark: str) -> list[str]:
    """Return the lines after the last ``mark``, up to the next empty one."""
    return out.rpartition(mark)[2].split("\n\n")[0].splitlines()


def test_the_notice_comes_first_and_the_end_of_input_is_fine(plain: Plain) -> None:
    assert plain.talk() == (f"{NOTICE}\n", "")
    assert plain.talk(first="Things are kept here.")[0] == f"{NOTICE}\n\nThings are kept here.\n"


def test_an_answer_has_its_quotes_by_the_line_its_framing_and_its_sources(plain: Plain) -> None:
    out, _ = plain.talk("what helps")
    assert out.split("Answer:\n")[1] == (
        "Understood as: What helps against diarrhoea?\n\n"
        f"[1] {FIRST}\n"
        f"[2] {SECOND}\n\n"
        "The articles do not mention “probiotics”.\n\n"
        f"{FRAMING}\n\n"
        "You could ask next:\n"
        "  1. When to call?\n"
        "  2. How long does it last?\n\n"
        "Sources:\n"
        "[1] Diarrhoea during treatment: What helps. Facts checked 20 November 2026.\n"
        "[2] Diarrhoea during treatment: At a glance. Facts checked 20 November 2026.\n"
    )


def test_an_urgent_notice_stands_first_and_is_named_in_words(plain: Plain) -> None:
    out, _ = plain.talk("fever of 39")
    assert out.split("Answer:\n")[1].startswith("CALL NOW: Call the clinic's line now.")


def test_source_shows_the_whole_passage_with_the_quoted_words_marked(plain: Plain) -> None:
    out, _ = plain.talk("what helps", "source 1")
    assert after(out, "\nSource 1: ") == [
        "Diarrhoea during treatment, What helps",
        "Neratinib often causes diarrhoea.",
        f"> {FIRST}",
        "The team says how.",
        "Facts checked 20 November 2026, not reviewed by a clinician.",
        "Where these facts come from:",
        "- Label of neratinib https://example.org/label",
    ]


def test_article_shows_all_of_it_with_the_quoted_words_marked(plain: Plain) -> None:
    out, _ = plain.talk("what helps", "article 2")
    lines = after(out, "\nArticle 2: ")
    assert lines[:3] == [
        "Diarrhoea during treatment",
        "At a glance",
        "Loose stools are common in the first weeks.",
    ]
    assert f"> {SECOND}" in lines
    assert f"> {FIRST}" not in lines
    assert FIRST in " ".join(lines)


def test_facts_tells_what_a_section_rests_on(plain: Plain) -> None:
    out, _ = plain.talk("what helps", "Facts [1]", "facts 2")
    assert after(out, "\nFacts 1: ") == [
        "Diarrhoea during treatment, What helps",
        "What this section rests on, in our words:",
        "Fact 1: Loperamide is given from day one.",
        "Label of neratinib. As of: May 2024. Status: verified.",
        "https://example.org/label",
    ]
    assert f"Facts 2: Diarrhoea during treatment, At a glance\n{NO_FACTS}" in out


def test_sources_lists_those_of_the_last_answer(plain: Plain) -> None:
    out, _ = plain.talk("sources", "what helps", "sources", "hello", "sources")
    assert "There is no answer yet." in out
    assert after(out, "\n\nSources:\n") == [
        "[1] Diarrhoea during treatment: What helps. Facts checked 20 November 2026.",
        "    - Label of neratinib https://example.org/label",
        "[2] Diarrhoea during treatment: At a glance. Facts checked 20 November 2026.",
        "    - Label of neratinib https://example.org/label",
    ]
    assert out.endswith("The last answer quotes nothing, so it has no sources.\n")


def test_a_mark_that_is_not_there_names_those_that_are_and_an_earlier_one_is_found(plain: Plain) -> None:
    out, _ = plain.talk("source 1", "what helps", "source 7", "hello", "source 2", "facts 9")
    assert "There is no answer yet." in out
    assert "There is no source 7. The last answer has: source 1, source 2." in out
    assert "\nSource 2: Diarrhoea during treatment, At a glance" in out
    assert "There is no source 9. The last answer has: none." in out


def test_a_number_asks_what_stands_under_it(plain: Plain) -> None:
    plain.talk("what helps", "2", "stop it", "1", "39")
    assert [text for _, text in plain.engine.seen] == [
        "what helps",
        "How long does it last?",
        "stop it",
        "Why treatments stop working",
        "39",
    ]


def test_more_goes_to_the_assistant_which_knows_what_that_means(plain: Plain) -> None:
    plain.talk("what helps", "more")
    assert plain.engine.seen[-1] == (("what helps",), "more")


def test_undo_has_the_question_answered_as_it_was_typed(plain: Plain) -> None:
    out, _ = plain.talk("what helps", "undo", "undo")
    assert out.count("Understood as:") == 1
    assert plain.engine.seen == [((), "what helps"), ((), "what helps")]
    assert out.endswith("The last question was answered as you typed it.\n")
    found = plain.store.load(plain.store.resolve("last"))
    assert [turn.n for turn in found.standing] == [2]


def test_the_glossary_lists_words_and_explains_one(plain: Plain) -> None:
    out, _ = plain.talk("glossary", "glossary Organ Trouble", "glossary asc", "glossary xyz")
    assert "Words that the articles explain: ascites, visceral crisis." in out
    assert "visceral crisis: Organs fail fast.\nAlso: organ trouble" in out
    assert "ascites: Fluid in the belly." in out
    assert "The glossary has no 'xyz'." in out


def test_help_names_every_word_and_whom_one_can_call(plain: Plain) -> None:
    plain.support = "Someone to talk to:\n123, a helper"
    out, _ = plain.talk("help")
    for word in (
        "source 1",
        "facts 1",
        "article 1",
        "undo",
        "keep 1",
        "note",
        "kept",
        "drop",
        "wrong",
        "new",
    ):
        assert f"{word}" in out
    for word in (
        "conversations",
        "open 1",
        "search",
        "rename",
        "delete",
        "country",
        "export",
        "sheet",
        "quit",
    ):
        assert word in out
    assert out.endswith("Someone to talk to:\n123, a helper\n")


def test_quit_is_a_word_and_nothing_after_it_is_answered(plain: Plain) -> None:
    plain.talk("quit", "what helps")
    assert plain.engine.seen == []


def test_each_question_sees_the_ones_before(plain: Plain) -> None:
    plain.talk("what helps", "hello")
    assert plain.engine.seen == [((), "what helps"), (("what helps",), "hello")]


def test_a_pipe_gets_no_prompt_and_a_terminal_does_on_the_other_stream(plain: Plain) -> None:
    out, narration = plain.talk("hello")
    assert "You:" not in out + narration
    out, narration = plain.talk("hello", "", prompted=True)
    assert "You:" not in out
    assert narration.count("You: ") == 3
    assert EMPTY in narration


def test_nothing_that_steers_a_terminal_comes_out(plain: Plain) -> None:
    out, _ = plain.talk("tem\x1b[31mp \u202e helps", "rename \x1b]0;x\x07evil", "note \x1b[2Jnow?", "kept")
    assert plain.engine.seen[0][1] == "temp  helps"
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_trouble_is_said_and_the_talk_goes_on(plain: Plain) -> None:
    plain.engine.trouble = IndexMissing("there is no index", mend="mbc-chat index build")
    out, _ = plain.talk("what helps", "keep 1")
    assert "That did not work: there is no index" in out
    assert "There is no answer yet." in out


def test_a_sign_of_danger_in_a_note_is_answered_before_it_is_noted(plain: Plain) -> None:
    out, _ = plain.talk(
        "note I have a fever of 39",
        "search fever",
        "glossary fever",
        "rename fever",
        "wrong: fever is missing",
        "kept",
    )
    assert out.count("CALL NOW: Call the clinic's line now.") == 5
    assert out.index("CALL NOW") < out.index("Noted: I have a fever of 39")
    assert "1. I have a fever of 39" in out


def test_quotes_and_questions_are_kept_listed_and_dropped(plain: Plain) -> None:
    out, _ = plain.talk(
        "kept",
        "keep",
        "what helps",
        "keep 2",
        "keep [1]",
        "note",
        "note May I travel?",
        "drop 1",
        "kept",
        "drop 9",
    )
    assert "Nothing is kept or noted yet." in out
    assert "There is no answer yet." in out
    assert "Type what you want to ask your team" in out
    assert f"No longer kept: “{SECOND}” (Diarrhoea during treatment: At a glance)" in out
    assert after(out, "Kept to take along:\n")[:3] == [
        f"1. “{FIRST}” (Diarrhoea during treatment: What helps)",
        "Questions to ask:",
        "2. May I travel?",
    ]
    assert "There is no number 9 among what is kept." in out
    found = plain.store.load(plain.store.resolve("last"))
    assert [(kept.turn, kept.citation, kept.sentences) for kept in found.kept] == [(1, 1, (0,))]
    assert [note.text for note in found.notes] == ["May I travel?"]


def test_keep_alone_keeps_all_that_the_last_answer_quotes(plain: Plain) -> None:
    out, _ = plain.talk("what helps", "keep", "hello", "keep", "keep 5")
    assert "Kept to take along: [1], [2]." in out
    assert "so it has no sources" in out
    assert "There is no source 5." in out


def test_note_alone_takes_the_question_that_the_answer_names(plain: Plain) -> None:
    out, _ = plain.talk("stop it", "note", "drop 1", "kept")
    assert "Noted: x\n" in out
    assert "Nothing is kept or noted yet." in out


def test_an_answer_is_marked_as_wrong(plain: Plain) -> None:
    out, _ = plain.talk("wrong", "what helps", "wrong: it is 28 days")
    assert "There is no answer yet." in out
    assert "Marked as wrong. The mark stays on this machine" in out
    found = plain.store.load(plain.store.resolve("last"))
    assert [(mark.turn, mark.why) for mark in found.wrong] == [(1, "it is 28 days")]


def test_a_private_talk_leaves_nothing_on_the_disk(plain: Plain) -> None:
    plain.private = True
    out, narration = plain.talk("what helps", "keep 1", "note May I travel?", "wrong", "rename Mine", "kept")
    assert "1. “" in out
    assert "It is private, so the mark ends with it." in out
    assert narration == ""
    assert plain.answered == []
    assert list(plain.folder.iterdir()) == []


def test_the_list_of_uncovered_questions_hears_of_each_reply(plain: Plain) -> None:
    plain.talk("stop it", "kept", "hello")
    assert plain.answered == ["stop it", "hello"]


def test_a_talk_goes_on_unsaved_and_says_so_once(plain: Plain) -> None:
    with full_disk(100):
        out, narration = plain.talk("what helps", "hello")
    assert out.count("Answer:") == 2
    assert narration.count("Not saved, and the talk goes on: ") == 1
    assert "Free some space" in narration


def test_the_country_is_kept_and_the_articles_are_opened_anew(plain: Plain) -> None:
    plain.support = "Someone to talk to:\n116 123"
    out, _ = plain.talk("country", "country uk", "country any")
    assert "Type, for example: country UK." in out
    assert "The phone numbers are now those of the UK.\n\nSomeone to talk to:\n116 123" in out
    assert plain.countries == ["UK", "any"]
    assert plain.opened == 3


def test_the_plain_chat_loads_neither_textual_nor_anything_heavy() -> None:
    heavy = "textual faiss onnxruntime torch numpy tantivy sentence_transformers tokenizers pydantic".split()
    code = f"import sys, bot.plain.at_home; print(*(name for name in {heavy!r} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY
    )
    assert done.stdout.split() == []


def test_early_and_late_assistants_may_differ(plain: Plain) -> None:
    plain.early = Helper()
    plain.talk("note fever")
    assert plain.early.seen == [((), "fever")]


def test_a_rebuild_goes_on_beside_the_talk_and_the_new_index_answers_then(plain: Plain) -> None:
    def typed() -> Iterator[str]:
        yield "rebuild\n"
        yield "rebuild\n"
        assert plain.opened == 1
        yield "hello\n"
        plain.built.set()
        while plain.live != "new":
            yield "\n"
        yield "what helps\n"

    out, narration = plain.talk_lines(typed())
    assert "is being built again" in out
    assert "is being built already" in out
    assert narration.count("The index is built.") == 1
    assert plain.opened == 2
    assert [text for _, text in plain.engine.seen] == ["hello", "what helps"]


def test_a_rebuild_that_fails_says_why_and_the_talk_ends_after_it(plain: Plain) -> None:
    plain.build_fails = True
    plain.built.set()
    _, narration = plain.talk("rebuild")
    assert "The index could not be built: " in narration
    assert "the articles are gone" in narration


def test_an_index_that_another_program_built_answers_from_the_next_question_on(plain: Plain) -> None:
    def typed() -> Iterator[str]:
        yield "hello\n"
        plain.live = "newer"
        yield "hello\n"
        yield "hello\n"

    plain.talk_lines(typed())
    assert plain.opened == 2
