"""Typing a question."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.events import Paste

from bot.tui.prompt import EMPTY_HINT, GIVE_BACK_SECONDS, HINT, Prompt


class Typing(App[None]):
    """An app with nothing but a prompt, whose answer has the citations 1 to 3."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.prompt = Prompt(clock=lambda: self.now)
        self.prompt.citations = frozenset({1, 2, 3})
        self.sent: list[str] = []
        self.steps: list[int] = []

    def compose(self) -> ComposeResult:
        yield self.prompt

    def on_prompt_sent(self, message: Prompt.Sent) -> None:
        self.sent.append(message.text)

    def on_prompt_stepped(self, message: Prompt.Stepped) -> None:
        self.steps.append(message.by)

    def on_prompt_paged(self, message: Prompt.Paged) -> None:
        self.steps.append(message.by * 10)


async def test_enter_sends_and_shift_enter_and_ctrl_j_begin_a_line() -> None:
    app = Typing()
    async with app.run_test() as pilot:
        await pilot.press("a", "shift+enter", "b", "ctrl+j", "c", "enter")
        await pilot.pause()
        assert app.sent == ["a\nb\nc"]
        assert app.prompt.text == ""


async def test_an_empty_question_only_gets_a_soft_hint_that_typing_takes_back() -> None:
    app = Typing()
    async with app.run_test() as pilot:
        await pilot.press("space", "enter")
        assert app.sent == []
        assert app.prompt.border_subtitle == EMPTY_HINT
        await pilot.press("a")
        await pilot.pause()
        assert app.prompt.border_subtitle == HINT


async def test_a_very_long_paste_arrives_whole() -> None:
    app = Typing()
    long = "word " * 20_000
    async with app.run_test() as pilot:
        app.prompt.post_message(Paste(long))
        await pilot.pause()
        assert app.prompt.text == long
        await pilot.press("enter")
        await pilot.pause()
        assert app.sent == [long.strip()]


async def test_a_paste_replaces_the_selection_and_carries_no_control_characters() -> None:
    app = Typing()
    async with app.run_test() as pilot:
        await pilot.press(*"old")
        app.prompt.select_all()
        app.prompt.post_message(Paste("fe\x1b[31mver\u202e\x07 [/x]\r\nnow"))
        await pilot.pause()
        assert app.prompt.text == "fever [/x]\nnow"


@pytest.mark.parametrize(
    ("keys", "waits", "text"),
    [
        (["1"], 0, ""),
        (["3", "8", "full_stop", "5"], 0, "38.5"),
        (["2", "space", "w"], 60, "2 w"),
        (["2", "n", "d"], 0, "2nd"),
        (["1", "2", "space", "d"], 0, "12 d"),
        (["2", "w", "h", "y"], 60, "why"),
        (["4", "0"], 0, "40"),
    ],
)
async def test_a_digit_passes_through_unless_it_begins_a_text(
    keys: list[str], waits: float, text: str
) -> None:
    app = Typing()
    async with app.run_test() as pilot:
        await pilot.press(keys[0])
        app.now += waits
        await pilot.press(*keys[1:])
        assert app.prompt.text == text
        assert GIVE_BACK_SECONDS < 60


async def test_arrows_and_page_keys_leave_an_empty_prompt_and_move_in_a_full_one() -> None:
    app = Typing()
    async with app.run_test() as pilot:
        await pilot.press("up", "down", "pageup", "pagedown")
        await pilot.pause()
        assert app.steps == [-1, 1, -10, 10]
        await pilot.press("a", "ctrl+j", "b", "up")
        assert app.prompt.cursor_location[0] == 0
        await pilot.press("down")
        assert app.prompt.cursor_location[0] == 1
        await pilot.press("pageup", "pagedown")
        await pilot.pause()
        assert app.steps == [-1, 1, -10, 10]
