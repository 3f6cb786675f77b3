"""A talk is saved as it goes on, and goes on where it was left."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversations import files
from bot.conversations.stored import StoredTurn, TakenBack
from bot.tui.past import SHOWN
from bot.tui.recording import Recording
from bot.tui.shelf import Shelf
from bot.tui.transcript import TurnView
from tests.bot.conversations.stores import BEGUN
from tests.bot.tui.fake_engine import (
    ANSWER,
    CRISIS,
    EMERGENCY,
    FIRST,
    FakeEngine,
    ask,
    said,
    seen,
    settle,
    words,
)
from tests.bot.tui.shelves import Library

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
async def test_a_talk_is_saved_closed_resumed_and_goes_on(tmp_path: Path, size: tuple[int, int]) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert library.questions() == [["what helps"]]
        await ask(pilot, "hello")
    (conversation_id,) = library.store.ids()
    engine = FakeEngine()
    app = library.chat(engine, resumed=library.store.load(conversation_id))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert [turn.question for turn in app.chat.transcript.turns] == ["what helps", "hello"]
        assert FIRST in words(said(app.chat.transcript))
        await ask(pilot, "and then")
        assert engine.seen == [(("what helps", "hello"), "and then")]
        await pilot.press("up", "up")
        assert app.chat.prompt.text == "hello"
    assert library.questions() == [["what helps", "hello", "and then"]]


async def test_a_private_talk_leaves_no_file(tmp_path: Path) -> None:
    library = Library(tmp_path, private=True)
    app = library.chat()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+k", "alt+w", *"old", "enter", "alt+n", *"why", "enter")
        await settle(pilot)
        assert "private, nothing saved" in words(seen(app))
        assert app.chat.recording.conversation is not None
        assert len(app.chat.recording.conversation.kept) == 2
    assert list(tmp_path.iterdir()) == []
    assert library.answered == []


async def test_a_full_disk_is_said_once_and_the_next_answer_saves_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        with monkeypatch.context() as patch:
            patch.setattr(files, "_write", full)
            await ask(pilot, "what helps")
            assert FIRST in words(seen(app))
            assert "Not saved, and the talk goes on" in words(seen(app))
            assert "not saved: F9 says why" in words(seen(app))
            assert "kept on this computer" not in words(seen(app))
            await pilot.press("f9")
            await settle(pilot)
            assert "No space left on device" in words(seen(app))
            await pilot.press("escape")
        await ask(pilot, "hello")
        assert "kept on this computer" in words(seen(app))
    assert library.questions() == [["what helps", "hello"]]


async def test_what_cannot_be_saved_at_the_end_is_known_when_the_chat_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    app = Library(tmp_path).chat()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(files, "_write", full)
        await ask(pilot, "what helps")
    assert app.chat.unsaved is not None
    assert "No space left on device" in app.chat.unsaved


async def test_questions_are_told_of_for_the_list_of_those_not_covered(tmp_path: Path) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
    assert library.answered == ["what helps"]


async def test_a_meaning_taken_back_is_stored_and_counts_no_more_after_resuming(tmp_path: Path) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("ctrl+l")
        await settle(pilot)
    (conversation_id,) = library.store.ids()
    stored = library.store.load(conversation_id)
    assert len(stored.turns) == 2
    assert stored.taken_back == frozenset({1})
    engine = FakeEngine()
    app = library.chat(engine, resumed=stored)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        first, second = app.chat.transcript.turns
        assert first.has_class("-withdrawn")
        assert app.chat.transcript.selected is second
        assert "This meaning was taken back" in words(said(first))
        await ask(pilot, "hello")
        assert engine.seen == [(("what helps",), "hello")]


async def test_an_answer_marked_as_wrong_says_so_now_and_after_resuming(tmp_path: Path) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+w", *"old", "space", *"[/x]", "enter")
        await settle(pilot)
        assert "The mark stays on this machine" in words(seen(app))
        assert "Marked as wrong: old [/x]" in said(app.chat.transcript)
    (stored,) = map(library.store.load, library.store.ids())
    assert [(mark.turn, mark.why) for mark in stored.wrong] == [(1, "old [/x]")]
    app = library.chat(resumed=stored)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "Marked as wrong: old [/x]" in words(seen(app))


@pytest.mark.parametrize("size", SIZES)
async def test_of_a_long_talk_the_last_twenty_are_shown_and_the_rest_on_request(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    library = Library(tmp_path)
    stored = library.stored(*(f"question {n}" for n in range(1, 48)))
    engine = FakeEngine()
    app = library.chat(engine, resumed=stored)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert len(app.query(TurnView)) == SHOWN
        assert "27 questions before. Alt+U shows 20." in said(app.chat.transcript)
        app.chat.transcript.scroll_home(animate=False)
        await settle(pilot)
        await pilot.press("alt+u")
        await settle(pilot)
        assert len(app.query(TurnView)) == 40
        assert "question 28" in seen(app)
        assert "7 questions before. Alt+U shows 7." in said(app.chat.transcript)
        app.chat.transcript.scroll_home(animate=False)
        await settle(pilot)
        await pilot.press("pageup")
        await settle(pilot)
        assert [turn.question for turn in app.chat.transcript.turns][:2] == ["question 1", "question 2"]
        assert "before." not in said(app.chat.transcript)
        await ask(pilot, "hello")
        (before, _) = engine.seen[-1]
        assert len(before) == 47


async def test_answers_whose_sources_changed_since_say_so(tmp_path: Path) -> None:
    library = Library(tmp_path)
    stored = library.stored(*(f"question {n}" for n in range(1, 23)))
    library.articles.text = library.articles.text.replace(FIRST, "Loperamide is given at need.")
    app = library.chat(resumed=stored)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        line = "has changed since this answer and no longer has 1 of the 3 sentences quoted here"
        assert all(line in words(said(turn)) for turn in app.chat.transcript.turns)
        assert "“Diarrhoea during treatment” has changed since this answer" in words(seen(app))
        await pilot.press("alt+u")
        await settle(pilot)
        assert line in words(said(app.chat.transcript.turns[0]))


async def test_a_call_for_help_stays_in_sight_after_resuming_until_it_is_taken_back(tmp_path: Path) -> None:
    library = Library(tmp_path)
    stored = library.stored("chest pain", reply=EMERGENCY)
    app = library.chat(resumed=stored)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app.chat.pinned.reply == EMERGENCY
    library.store.append(stored.id, StoredTurn(BEGUN, 2, "that was a typo", ANSWER))
    app = library.chat(resumed=library.store.load(stored.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app.chat.pinned.reply is None


async def test_after_a_crisis_only_the_help_stands_in_a_resumed_talk_too(tmp_path: Path) -> None:
    library = Library(tmp_path)
    stored = library.stored("what helps")
    library.store.append(stored.id, StoredTurn(BEGUN, 2, "I want to die", CRISIS))
    app = library.chat(resumed=library.store.load(stored.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert FIRST not in words(seen(app))
        assert "Help now" in seen(app)
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert [turn.display for turn in app.chat.transcript.turns] == [True, True]


@pytest.mark.parametrize("text", ["[/x]", "[bold]loud", "a\x1b[31mred", "b\x1b]0;title\x07c", "\u202edlrow"])
async def test_hostile_words_in_a_stored_talk_are_shown_as_they_are(tmp_path: Path, text: str) -> None:
    library = Library(tmp_path)
    reply = replace(ANSWER, understood=text, missing=text)
    stored = library.stored(text, reply=reply)
    library.store.append(stored.id, TakenBack(BEGUN, 1))
    app = library.chat(resumed=library.store.load(stored.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert all(bad not in seen(app) for bad in "\x1b\x07\u202e")


async def test_ctrl_n_leaves_the_talk_stored_and_begins_another(tmp_path: Path) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("ctrl+n")
        await settle(pilot)
        await ask(pilot, "hello")
    assert sorted(library.questions()) == [["hello"], ["what helps"]]


async def test_earlier_questions_of_a_crisis_stay_aside_when_they_are_loaded(tmp_path: Path) -> None:
    library = Library(tmp_path)
    stored = library.stored(*(f"question {n}" for n in range(1, 24)))
    library.store.append(stored.id, StoredTurn(BEGUN, 24, "I want to die", CRISIS))
    app = library.chat(resumed=library.store.load(stored.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("alt+u")
        await settle(pilot)
        assert len(app.chat.transcript.turns) == 24
        assert [turn.question for turn in app.chat.transcript.turns if turn.display] == ["I want to die"]


def test_a_talk_that_was_left_unsaved_and_is_deleted_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    library = Library(tmp_path)
    recording = Recording(Shelf(record=library.record, store=library.store))
    recording.add("what helps", ANSWER)
    assert recording.save() is None
    (conversation_id,) = library.store.ids()
    with monkeypatch.context() as patch:
        patch.setattr(files, "_write", full)
        recording.add("hello", ANSWER)
        assert recording.save() is not None
        recording.begin()
    assert recording.delete(conversation_id) is False
    assert recording.save() is None
    assert library.store.ids() == []
