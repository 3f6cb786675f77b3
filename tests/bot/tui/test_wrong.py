"""Marking an answer as wrong."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from bot.conversations import files
from bot.conversations.wording import MARKED, MARKED_PRIVATE
from bot.tui.failure import FailureScreen
from tests.bot.tui.fake_engine import ask, chat, front, said, seen, settle, words
from tests.bot.tui.shelves import Library, toasts

SIZE = (100, 30)


def marks(library: Library) -> list[tuple[int, str | None]]:
    """Return the marks of the one stored conversation."""
    (conversation_id,) = library.store.ids()
    return [(mark.turn, mark.why) for mark in library.store.load(conversation_id).wrong]


async def test_an_answer_is_marked_with_its_reason_and_what_became_of_it_is_said(tmp_path: Path) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+w", *"too", "space", *"[/x]", "enter")
        await settle(pilot)
        assert marks(library) == [(1, "too [/x]")]
        assert MARKED in toasts(app)
        assert "Marked as wrong: too [/x]" in said(app.chat.transcript)


async def test_a_reason_may_be_left_out_and_escape_marks_nothing(tmp_path: Path) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+w", *"never", "escape")
        await settle(pilot)
        assert marks(library) == []
        await pilot.press("alt+w", "enter")
        await settle(pilot)
        assert marks(library) == [(1, None)]


async def test_the_buttons_do_the_same_without_a_mouse(tmp_path: Path) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+w", "tab", "tab", "enter")
        await settle(pilot)
        assert marks(library) == []
        await pilot.press("alt+w", "tab", "enter")
        await settle(pilot)
        assert len(marks(library)) == 1


async def test_a_mark_that_cannot_be_kept_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    app = Library(tmp_path).chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        monkeypatch.setattr(files, "_write", full)
        await pilot.press("alt+w", "enter")
        await settle(pilot)
        assert isinstance(front(app), FailureScreen)
        assert "No space left on device" in words(seen(app))


async def test_in_a_private_talk_the_mark_ends_with_it_and_that_is_said() -> None:
    app = chat()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        assert "wrong" not in {action.id for action in app.chat.possible_actions()}
        await ask(pilot, "what helps")
        await pilot.press("alt+w", "enter")
        await settle(pilot)
        assert MARKED_PRIVATE in toasts(app)


async def test_a_reason_that_tells_a_sign_of_danger_is_answered() -> None:
    app = chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+w", *"chest", "space", *"pain", "enter")
        await settle(pilot)
        assert "EMERGENCY" in seen(app)
