"""Asking, and reading what comes back."""

from __future__ import annotations

import threading
from dataclasses import replace

from textual.widgets import Static

from bot.tui.article_screen import ArticleScreen
from bot.tui.asking import LOOKING, WAITING
from bot.tui.cited import GONE, STALE
from bot.tui.messages import Card, Quotes
from tests.bot.tui.fake_engine import (
    ANSWER,
    EMERGENCY,
    FIRST,
    FRAMING,
    NOTICE,
    SECOND,
    SUBTITLE,
    THIRD,
    FakeEngine,
    ask,
    chat,
    front,
    marked,
    panel_in_sight,
    said,
    seen,
    settle,
    type_in,
    words,
)

WIDE = (140, 45)


async def test_the_start_shows_the_notice_and_how_things_stand() -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        page = words(seen(app))
        assert words(NOTICE) in page
        assert (
            "ready · offline · private, nothing saved · facts checked November 2026 · index 3f2a91c0" in page
        )


async def test_an_empty_talk_says_how_to_begin_until_something_is_asked() -> None:
    app = chat()
    hint = "Ask in your own words below. F1 shows every key, Ctrl+G looks up a word."
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert hint in words(seen(app))
        await ask(pilot, "what helps")
        assert hint not in words(said(app.chat.transcript))
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert hint in words(seen(app))


async def test_an_answer_quotes_sentences_in_order_with_their_marks() -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        text = said(app.chat.transcript.turns[0])
        parts = [
            "what helps",
            "Understood as: What helps against diarrhoea?",
            f"{FIRST} [1]",
            f"{SECOND} [1]",
            "Diarrhoea during treatment › What helps",
            f"{THIRD} [2]",
            "Diarrhoea during treatment › At a glance",
            "The articles do not mention “probiotics”.",
            "Four or more loose stools in 24 hours: call.",
            FRAMING,
            "When to call?",
        ]
        places = [text.index(part) for part in parts]
        assert places == sorted(places)


async def test_the_panel_shows_the_whole_passage_and_marks_exactly_the_quoted_words() -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        passage = app.chat.panel.query_one("#source-passage", Static)
        assert str(passage.render()) == (
            f"Neratinib often causes diarrhoea. {FIRST} The team says how.\n\n"
            "- Small meals are easier on the bowel."
        )
        assert marked(passage) == [FIRST, SECOND]
        panel = said(app.chat.panel)
        assert panel.startswith("Source  1   2  \n\nDiarrhoea during treatment\nWhat helps\n")
        assert "Facts checked 20 November 2026, not reviewed by a clinician" in panel
        assert panel.endswith("Label of neratinib\nhttps://example.org/label\n\nF5: the 2 facts behind it")


async def test_a_digit_in_an_empty_prompt_shows_that_citation() -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("2")
        await settle(pilot)
        assert app.chat.panel.cited is not None
        assert app.chat.panel.cited.citation.n == 2
        assert marked(app.chat.panel.query_one("#source-passage", Static)) == [THIRD]
        assert app.chat.prompt.text == ""


async def test_arrows_in_the_panel_turn_the_citations_and_enter_opens_the_article() -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("f2", "right")
        await settle(pilot)
        assert app.chat.panel.cited is not None
        assert app.chat.panel.cited.citation.n == 2
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(front(app), ArticleScreen)
        assert THIRD in marked(front(app).query_one("#article-text", Static))
        assert THIRD in seen(app)
        await pilot.press("escape")
        assert front(app) is app.chat


async def test_typing_goes_on_while_a_reply_is_computed() -> None:
    hold = threading.Event()
    app = chat(FakeEngine(hold=hold))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await settle(pilot)
        type_in(app, "what helps")
        await pilot.press("enter")
        await pilot.press(*"and then")
        assert app.chat.prompt.text == "and then"
        assert LOOKING in seen(app)
        assert "answering" in seen(app)
        hold.set()
        await settle(pilot)
        assert app.chat.prompt.text == "and then"
        assert FIRST in words(seen(app))


async def test_questions_are_answered_in_order_and_each_sees_the_ones_before() -> None:
    hold = threading.Event()
    engine = FakeEngine(hold=hold)
    app = chat(engine)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for text in ("what helps", "hello"):
            type_in(app, text)
            await pilot.press("enter")
            await pilot.pause()
        assert WAITING in seen(app)
        hold.set()
        await settle(pilot)
        await settle(pilot)
        assert engine.seen == [((), "what helps"), (("what helps",), "hello")]
        assert [turn.reply is not None for turn in app.chat.transcript.turns] == [True, True]


async def test_a_reply_to_a_conversation_that_was_left_is_dropped() -> None:
    hold = threading.Event()
    app = chat(FakeEngine(hold=hold))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        type_in(app, "what helps")
        await pilot.press("enter")
        await pilot.press("ctrl+n")
        type_in(app, "hello")
        await pilot.press("enter")
        hold.set()
        await settle(pilot)
        (turn,) = app.chat.transcript.turns
        assert turn.reply is not None
        assert turn.reply.text == "Hello."
        assert FIRST not in seen(app)


async def test_an_emergency_is_answered_while_another_reply_hangs() -> None:
    hold = threading.Event()
    app = chat(FakeEngine(hold=hold))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        type_in(app, "what helps")
        await pilot.press("enter")
        type_in(app, "chest pain")
        await pilot.press("enter")
        while "EMERGENCY" not in seen(app):
            await pilot.pause()
        first = app.chat.transcript.turns[0]
        assert not first.query(Quotes)
        hold.set()
        await settle(pilot)
        assert first.query(Quotes)
        card = app.chat.transcript.turns[1].query_one(Card)
        assert app.chat.transcript.region.contains_region(card.region)
        assert app.chat.transcript.reply == replace(EMERGENCY, question="chest pain")


async def test_a_failed_reply_says_why_and_gives_the_question_back() -> None:
    app = chat(FakeEngine(trouble=OSError("words/ cannot be read [/x]. Run mbc-chat doctor")))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert "This could not be answered: words/ cannot be read [/x]. Run mbc-chat doctor" in words(
            seen(app)
        )
        assert app.chat.prompt.text == "what helps"


async def test_ctrl_up_and_down_select_an_answer_and_its_source() -> None:
    other = replace(ANSWER, sentences=ANSWER.sentences[2:], citations=ANSWER.citations[1:])
    app = chat(FakeEngine({"sips": other}))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await ask(pilot, "sips")
        assert app.chat.panel.cited is not None
        assert app.chat.panel.cited.citation.n == 2
        await pilot.press("ctrl+up")
        await settle(pilot)
        assert app.chat.panel.cited.citation.n == 1
        assert app.chat.transcript.turns[0].has_class("-selected")
        await pilot.press("ctrl+down")
        await settle(pilot)
        assert app.chat.panel.cited.citation.n == 2


async def test_every_binding_has_an_id() -> None:
    app = chat()
    async with app.run_test() as pilot:
        await settle(pilot)
        for node in (app, app.chat, app.chat.panel):
            own = [binding for name, binding in node._bindings if name != "tab"]
            ours = [binding for binding in own if binding.action.split("(")[0] in OURS]
            assert ours
            assert all(binding.id for binding in ours)


OURS = {"help", "quit", "next_theme", "source", "article", "select", "digit", "new", "open", "turn"}


async def test_leaving_does_not_wait_for_a_reply() -> None:
    hold = threading.Event()
    app = chat(FakeEngine(hold=hold))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        type_in(app, "what helps")
        await pilot.press("enter")
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert not app.is_running
    hold.set()


async def test_a_click_selects_an_answer() -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await ask(pilot, "hello")
        assert not panel_in_sight(app)
        await pilot.click(app.chat.transcript.turns[0].query_one(Quotes))
        await settle(pilot)
        assert panel_in_sight(app)
        assert app.chat.transcript.turns[0].has_class("-selected")


async def test_a_source_that_cannot_be_read_says_why() -> None:
    app = chat(FakeEngine(no_source=OSError("this article is gone")))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert said(app.chat.panel) == "This source could not be read\nthis article is gone\n"


async def test_the_panel_says_when_an_article_changed_and_quoted_words_are_gone() -> None:
    lost = replace(ANSWER.sentences[0], text="These words are nowhere.")
    stale = replace(ANSWER.citations[0], stale=True)
    old = replace(ANSWER, sentences=(lost, ANSWER.sentences[1]), citations=(stale,))
    app = chat(FakeEngine({"helps": old}))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert STALE in said(app.chat.panel)
        assert GONE in said(app.chat.panel)
        assert "(may be out of date)" in said(app.chat.transcript)
        assert marked(app.chat.panel.query_one("#source-passage", Static)) == [SECOND]


async def test_keys_for_answers_do_nothing_harmful_before_there_is_one() -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("f2", "f3", "f4", "ctrl+up", "ctrl+down", "up", "down", "pageup", "escape")
        await settle(pilot)
        assert front(app) is app.chat
        assert app.chat.prompt.text == ""
        await pilot.press("7")
        assert app.chat.prompt.text == "7"


async def test_f8_goes_through_our_themes_alone() -> None:
    app = chat()
    async with app.run_test() as pilot:
        await settle(pilot)
        names = []
        for _ in range(3):
            await pilot.press("f8")
            names.append(app.theme)
        assert names == ["light", "high-contrast", "dark"]
        assert set(app.available_themes) == set(names)


async def test_nothing_moves_by_default() -> None:
    app = chat()
    assert app.animation_level == "none"


async def test_the_bar_says_what_it_is_about_and_help_whom_one_can_call() -> None:
    app = chat(
        support="Someone to talk to:\n123, a helper (UK; as listed on 1 May 2026, https://example.org)"
    )
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert SUBTITLE in seen(app).splitlines()[0]
        await pilot.press("f1")
        await settle(pilot)
        await pilot.press("end")
        await settle(pilot)
        assert "Someone to talk to: 123, a helper (UK; as listed on 1 May 2026" in words(seen(app))
        assert words(NOTICE) in words(seen(app))
