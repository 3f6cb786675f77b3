"""Marking an answer as wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.reply import Reply
from bot.tui.failure import FailureScreen
from tests.bot.tui.fake_engine import ask, chat, front, seen, settle, words

SIZE = (100, 30)


@dataclass(slots=True)
class Notes:
    """Takes note of wrong answers."""

    marks: list[tuple[str, str | None, str]] = field(default_factory=list)
    trouble: Exception | None = None

    def mark(self, question: str, reply: Reply, reason: str, /) -> str:
        if self.trouble:
            raise self.trouble
        self.marks.append((question, reply.understood, reason))
        return "Noted [/x]."


async def test_an_answer_is_marked_with_its_reason_and_what_became_of_it_is_said() -> None:
    notes = Notes()
    app = chat(wrong_answers=notes)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+w", *"too", "space", *"old", "enter")
        await settle(pilot)
        assert notes.marks == [("what helps", "What helps against diarrhoea?", "too old")]
        assert "Noted [/x]." in words(seen(app))


async def test_a_reason_may_be_left_out_and_escape_marks_nothing() -> None:
    notes = Notes()
    app = chat(wrong_answers=notes)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+w", *"never", "escape")
        await settle(pilot)
        assert notes.marks == []
        await pilot.press("alt+w", "enter")
        await settle(pilot)
        assert [reason for _, _, reason in notes.marks] == [""]


async def test_the_buttons_do_the_same_without_a_mouse() -> None:
    notes = Notes()
    app = chat(wrong_answers=notes)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+w", "tab", "tab", "enter")
        await settle(pilot)
        assert notes.marks == []
        await pilot.press("alt+w", "tab", "enter")
        await settle(pilot)
        assert len(notes.marks) == 1


async def test_a_mark_that_cannot_be_kept_says_what_to_do() -> None:
    app = chat(wrong_answers=Notes(trouble=OSError("the disk is full")))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+w", "enter")
        await settle(pilot)
        assert isinstance(front(app), FailureScreen)
        assert "the disk is full" in seen(app)


async def test_without_anyone_to_take_note_it_is_not_offered() -> None:
    app = chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+w")
        await settle(pilot)
        assert front(app) is app.chat
        assert "wrong" not in {action.id for action in app.chat.possible_actions()}
