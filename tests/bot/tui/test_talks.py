"""The list of stored conversations."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import KEPT, TALKS, Action
from bot.conversations.errors import NotSaved
from bot.conversations.store import ConversationStore
from bot.tui.asking_back import ConfirmScreen
from bot.tui.past import SHOWN
from bot.tui.talks_screen import NONE_YET, NOT_FOUND, TalksScreen
from tests.bot.tui.fake_engine import EMERGENCY, FIRST, FakeEngine, ask, front, said, seen, settle, words
from tests.bot.tui.shelves import Library, toasts

SIZES = [(80, 24), (120, 40)]
SIZE = (100, 30)


@pytest.mark.parametrize("size", SIZES)
async def test_each_is_listed_with_name_date_first_question_and_number_of_turns(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    library = Library(tmp_path)
    library.stored("what helps", "and then")
    named = library.stored("is it safe to travel", letters="bbbbbb")
    library.store.rename(named.id, "Holiday")
    app = library.chat()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("alt+o")
        await settle(pilot)
        page = words(seen(app))
        assert "Holiday 27 November 2026, 10:00 · 1 question · is it safe to travel" in page
        assert "what helps 27 November 2026, 10:00 · 2 questions" in page
        assert "Enter goes on with it" in page
        assert "F7 Delete" in page


async def test_enter_opens_the_chosen_one_and_the_talk_before_stays_stored(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.stored("what helps", "and then", letters="zzzzzz")
    engine = FakeEngine()
    app = library.chat(engine)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "hello")
        await pilot.press("alt+o")
        await settle(pilot)
        assert "on the screen" in seen(app)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert front(app) is app.chat
        assert [turn.question for turn in app.chat.transcript.turns] == ["what helps", "and then"]
        assert FIRST in words(said(app.chat.transcript))
        await ask(pilot, "go on")
        assert engine.seen[-1] == (("what helps", "and then"), "go on")
    assert sorted(library.questions()) == [["hello"], ["what helps", "and then", "go on"]]


async def test_words_are_searched_in_all_conversations_as_they_are_typed(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.stored("what helps", "and probiotics perhaps")
    library.stored("is it safe to travel", letters="bbbbbb")
    app = library.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("alt+o", *"travel")
        await settle(pilot)
        page = words(seen(app))
        assert "1 place in 1 conversation." in page
        assert "question 1: is it safe to travel" in page
        assert "what helps" not in page
        await pilot.press("x")
        await settle(pilot)
        assert NOT_FOUND in seen(app)
        await pilot.press("escape")
        await settle(pilot)
        assert "what helps" in seen(app)
        await pilot.press(*"probiotics", "enter")
        await settle(pilot)
        assert [turn.question for turn in app.chat.transcript.turns] == [
            "what helps",
            "and probiotics perhaps",
        ]


async def test_one_is_renamed_and_an_empty_name_takes_the_name_away(tmp_path: Path) -> None:
    library = Library(tmp_path)
    stored = library.stored("what helps")
    app = library.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("alt+o")
        await settle(pilot)
        await pilot.press("f6", *"June", "space", *"visit", "enter")
        await settle(pilot)
        assert library.store.load(stored.id).name == "June visit"
        assert "June visit" in seen(app)
        await pilot.press("f6", "ctrl+u", "enter")
        await settle(pilot)
        assert library.store.load(stored.id).name is None


async def test_the_talk_on_the_screen_can_be_renamed_and_goes_on(tmp_path: Path) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+o")
        await settle(pilot)
        await pilot.press("f6", *"June", "enter")
        await settle(pilot)
        await pilot.press("escape")
        await ask(pilot, "hello")
    (stored,) = map(library.store.load, library.store.ids())
    assert (stored.name, [turn.text for turn in stored.turns]) == ("June", ["what helps", "hello"])


async def test_one_is_deleted_only_after_a_yes(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.stored("what helps")
    kept = library.stored("is it safe to travel", letters="bbbbbb")
    app = library.chat()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("alt+o", "down")
        await settle(pilot)
        await pilot.press("down", "f7")
        await settle(pilot)
        assert "“what helps”" in seen(app)
        await pilot.press("enter")
        await settle(pilot)
        assert len(library.store.ids()) == 2
        await pilot.press("f7", "right", "enter")
        await settle(pilot)
        assert library.store.ids() == [kept.id]
        assert "It is deleted." in toasts(app)
        assert "what helps" not in seen(app)


async def test_deleting_the_talk_on_the_screen_begins_a_new_one(tmp_path: Path) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+o")
        await settle(pilot)
        await pilot.press("f7", "right", "enter")
        await settle(pilot)
        assert NONE_YET.split(".", maxsplit=1)[0] in seen(app)
        await pilot.press("escape")
        await settle(pilot)
        assert app.chat.transcript.turns == []
        await ask(pilot, "hello")
    assert library.questions() == [["hello"]]


@pytest.mark.parametrize("size", SIZES)
async def test_deleting_everything_says_first_what_goes(tmp_path: Path, size: tuple[int, int]) -> None:
    library = Library(tmp_path)
    library.stored("what helps")
    library.stored("is it safe to travel", letters="bbbbbb")
    app = library.chat()
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await ask(pilot, "hello")
        await pilot.press("alt+o")
        await settle(pilot)
        await pilot.press("alt+d")
        await settle(pilot)
        assert isinstance(front(app), ConfirmScreen)
        assert "3 conversations." in words(seen(app))
        assert "Settings and articles stay." in words(seen(app))
        await pilot.press("escape")
        await settle(pilot)
        assert len(library.store.ids()) == 3
        await pilot.press("alt+d")
        await settle(pilot)
        await pilot.press("right", "enter")
        await settle(pilot)
        assert library.store.ids() == []
        assert "Deleted: 3 conversations." in toasts(app)
        await pilot.press("escape")
        await settle(pilot)
        assert app.chat.transcript.turns == []


async def test_what_cannot_be_deleted_is_said_and_still_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: ConversationStore, conversation_id: str) -> None:
        raise NotSaved(f"{conversation_id}: this could not be deleted [/x].")

    library = Library(tmp_path)
    library.stored("what helps")
    monkeypatch.setattr(ConversationStore, "delete", refuse)
    app = library.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("alt+o")
        await settle(pilot)
        await pilot.press("f7", "right", "enter")
        await settle(pilot)
        assert "this could not be deleted [/x]." in seen(app)
        assert "what helps" in seen(app)


async def test_one_that_cannot_be_opened_is_listed_and_says_why(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.stored("what helps")
    newer = library.store.path("20261127-110000-bbbbbb")
    newer.write_text('{"format": 99, "id": "x", "begun": "2026-11-27T11:00:00+00:00"}\n', "utf-8")
    app = library.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("alt+o")
        await settle(pilot)
        assert "20261127-110000-bbbbbb" in seen(app)
        await pilot.press("pageup", "enter")
        await settle(pilot)
        assert isinstance(front(app), TalksScreen)
        assert "this version reads up to 1" in words(seen(app))


@pytest.mark.parametrize(
    "text", ["[/x]", "[bold]loud", "[/", "a\x1b[31mred", "b\x1b]0;t\x07c", "\u202edlrow", "x" * 300]
)
@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_and_questions_are_listed_as_visible_characters(
    tmp_path: Path, text: str, size: tuple[int, int]
) -> None:
    library = Library(tmp_path)
    stored = library.stored(text)
    library.store.rename(library.stored("plain", letters="bbbbbb").id, text)
    app = library.chat()
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("alt+o")
        await settle(pilot)
        pages = [seen(app)]
        for keys in (f"{text[-1]}", "escape f6", "escape f7", "escape"):
            await pilot.press(*keys.split())
            await settle(pilot)
            pages.append(seen(app))
        for page in pages:
            assert all(bad not in page for bad in "\x1b\x07\u202e")
            assert all(len(line) <= size[0] for line in page.split("\n"))
        assert stored.id in library.store.ids()
        if text.startswith("["):
            assert pages[0].count(text) == 2


async def test_where_nothing_may_be_listed_the_key_does_nothing(tmp_path: Path) -> None:
    library = Library(tmp_path, private=True, lists=False)
    library.stored("what helps")
    app = library.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("alt+o")
        await settle(pilot)
        assert front(app) is app.chat
        assert "talks" not in {action.id for action in app.chat.possible_actions()}
        assert "Talks" not in seen(app)


async def test_a_private_talk_can_go_on_from_a_stored_one_and_adds_nothing_to_it(tmp_path: Path) -> None:
    library = Library(tmp_path)
    stored = library.stored("what helps")
    before = library.store.path(stored.id).read_bytes()
    library.private = True
    app = library.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("alt+o")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await ask(pilot, "hello")
        assert len(app.chat.transcript.turns) == 2
    assert library.store.path(stored.id).read_bytes() == before


async def test_an_emergency_that_is_answered_meanwhile_uncovers_the_talk(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.stored("what helps")
    app = library.chat(FakeEngine({"chest": EMERGENCY}))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("alt+o", *"chest", "space", *"pain")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert front(app) is app.chat
        assert "EMERGENCY" in seen(app)


async def test_a_long_conversation_that_is_chosen_costs_no_more_than_its_tail(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.stored(*(f"question {n}" for n in range(1, 30)))
    app = library.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("alt+o")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert len(app.chat.transcript.turns) == SHOWN
        assert "question 29" in seen(app)
        await pilot.press("ctrl+n")
        await settle(pilot)
        assert app.chat.transcript.turns == []
        assert "before." not in said(app.chat.transcript)


@pytest.mark.parametrize(
    ("key", "place", "actions"),
    [("alt+o", "In your conversations", TALKS), ("alt+v", "In what is kept", KEPT)],
)
async def test_help_palette_and_bindings_know_what_can_be_done_here(
    tmp_path: Path, key: str, place: str, actions: tuple[Action, ...]
) -> None:
    library = Library(tmp_path)
    library.stored("what helps")
    app = library.chat()
    async with app.run_test(size=(140, 60)) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)
        assert {action.id for action in actions} <= {binding.id for _, binding in front(app)._bindings}
        titles = {command.title for command in app.get_system_commands(front(app))}
        assert {f"{action.label}: {action.help}" for action in actions} <= titles
        await pilot.press("f1")
        await settle(pilot)
        headings = [line for line in said(front(app)).splitlines() if line.startswith(("In ", "Everywhere"))]
        assert headings[0] == place
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert front(app) is app.chat
