"""Typing a question."""

from __future__ import annotations

from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.events import Paste

from bot.tui.bindings import CITATION_KEYS
from bot.tui.digits import SOON_SECONDS
from bot.tui.prompt import EMPTY_HINT, HINT, Prompt


class Typing(App[None]):
    """An app with nothing but a prompt, whose answer has the citations 1 to 3."""

    BINDINGS: ClassVar[list[BindingType]] = [*CITATION_KEYS]

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.prompt = Prompt(clock=lambda: self.now)
        self.prompt.digits.citations = frozenset({1, 2, 3})
        self.sent: list[str] = []
        self.steps: list[int] = []
        self.named: list[int] = []

    def action_digit(self, digit: str) -> None:
        n = self.prompt.digits.press(digit)
        if n is not None:
            self.named.append(n)

    def compose(self) -> ComposeResult:
        yield self.prompt

    def on_prompt_sent(self, message: Prompt.Sent) -> None:
        self.sent.append(message.text)

    def on_prompt_paged(self, message: Prompt.Paged) -> None:
        self.steps.append(message.by)


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
        assert SOON_SECONDS < 60


@pytest.mark.parametrize(
    ("citations", "keys", "named"),
    [
        ({1, 12}, ["1", "2"], [1, 12]),
        ({10, 11}, ["1", "1"], [11]),
        ({1, 2}, ["1", "2"], [1, 2]),
        ({105}, ["1", "0", "5"], [105]),
    ],
)
async def test_a_citation_past_nine_is_named_by_its_digits_typed_soon_after_one_another(
    citations: set[int], keys: list[str], named: list[int]
) -> None:
    app = Typing()
    app.prompt.digits.citations = frozenset(citations)
    async with app.run_test() as pilot:
        await pilot.press(*keys)
        assert app.named == named
        assert app.prompt.text == ""


async def test_digits_that_come_late_begin_a_new_number() -> None:
    app = Typing()
    app.prompt.digits.citations = frozenset({1, 2, 12})
    async with app.run_test() as pilot:
        await pilot.press("1")
        app.now += SOON_SECONDS
        await pilot.press("2")
        assert app.named == [1, 2]


async def test_page_keys_leave_an_empty_prompt_and_move_in_a_full_one() -> None:
    app = Typing()
    async with app.run_test() as pilot:
        await pilot.press("pageup", "pagedown")
        await pilot.pause()
        assert app.steps == [-1, 1]
        await pilot.press("a", "pageup", "pagedown")
        await pilot.pause()
        assert app.steps == [-1, 1]


async def test_up_and_down_call_back_what_was_sent_and_the_draft_is_never_lost() -> None:
    app = Typing()
    async with app.run_test() as pilot:
        for text in ("one", "two"):
            await pilot.press(*text, "enter")
        await pilot.press(*"draft", "up")
        assert app.prompt.text == "two"
        await pilot.press("up", "up")
        assert app.prompt.text == "one"
        await pilot.press("down", "down")
        assert app.prompt.text == "draft"
        await pilot.press("up", "!", "up", "down", "down", "down")
        assert app.prompt.text == "two!"


async def test_in_a_text_of_several_lines_the_arrows_move_first() -> None:
    app = Typing()
    async with app.run_test() as pilot:
        await pilot.press(*"sent", "enter", "a", "ctrl+j", "b", "up")
        assert app.prompt.cursor_location[0] == 0
        assert app.prompt.text == "a\nb"
        await pilot.press("up")
        assert app.prompt.text == "sent"
        await pilot.press("down")
        assert app.prompt.text == "a\nb"


async def test_a_long_text_says_how_long_it_is_since_only_a_part_is_in_sight() -> None:
    app = Typing()
    async with app.run_test() as pilot:
        app.prompt.post_message(Paste("word " * 20_000 + "\nend"))
        await pilot.pause()
        assert app.prompt.border_title == "100,004 characters, 2 lines"
        await pilot.press("enter")
        await pilot.pause()
        assert app.prompt.border_title == ""
