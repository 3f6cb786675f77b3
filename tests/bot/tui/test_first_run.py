"""The first build of the index, and what happens when it fails."""

from __future__ import annotations

import threading

import pytest
from textual.widgets import Button, ProgressBar

from bot.engine import Engine, LazyEngine
from bot.tui.asking import WAITING
from bot.tui.failure import FailureScreen
from index.progress import Progress, Report
from tests.bot.tui.fake_engine import (
    CHAT,
    FIRST,
    HELPS,
    NOTICE,
    FakeEngine,
    ask,
    chat,
    front,
    seen,
    settle,
    type_in,
    words,
)

SIZE = (120, 40)


class Builder:
    """A build that stands still until it is told to go on, and fails as often as asked."""

    def __init__(self, failures: int = 0) -> None:
        self.go_on = threading.Event()
        self.failures = failures
        self.runs = 0

    def __call__(self, report: Report) -> None:
        self.runs += 1
        report(Progress("encoding", 30, 120))
        self.go_on.wait()
        if self.runs <= self.failures:
            raise OSError("/home/ann/[/x] is full. Free 300 MB")


async def test_the_first_build_shows_step_and_bar_while_the_notice_stays_readable() -> None:
    builder = Builder()
    app = chat(build=builder)
    async with app.run_test(size=SIZE) as pilot:
        while "Preparing the articles for search" not in seen(app):
            await pilot.pause()
        page = words(seen(app))
        assert words(NOTICE) in page
        assert "25%" in page
        assert app.chat.query_one(ProgressBar).percentage == 0.25
        assert "0:00" in page
        builder.go_on.set()
        await settle(pilot)
        assert not app.chat.query_one("#first-run").display
        assert "● ready" in seen(app)


async def test_a_question_typed_during_the_build_waits_and_is_answered_after_it() -> None:
    builder = Builder()
    app = chat(build=builder)
    async with app.run_test(size=SIZE) as pilot:
        type_in(app, "what helps")
        await pilot.press("enter")
        await pilot.pause()
        assert WAITING in seen(app)
        builder.go_on.set()
        await settle(pilot)
        await settle(pilot)
        assert FIRST in words(seen(app))


async def test_an_emergency_during_the_build_is_answered_at_once() -> None:
    builder = Builder()
    app = chat(build=builder)
    async with app.run_test(size=SIZE) as pilot:
        type_in(app, "chest pain")
        await pilot.press("enter")
        while "EMERGENCY" not in seen(app):
            await pilot.pause()
        assert "Call 911, 999 or 112 now." in seen(app)
        builder.go_on.set()
        await settle(pilot)


async def test_a_sign_spread_over_two_waiting_messages_is_seen_together() -> None:
    builder = Builder()
    early = FakeEngine()
    app = chat(build=builder, early=early)
    async with app.run_test(size=SIZE) as pilot:
        for number, text in enumerate(("all of my", "pills"), 1):
            type_in(app, text)
            await pilot.press("enter")
            while len(early.seen) < number:
                await pilot.pause()
            await pilot.pause()
        assert early.seen[-1] == (("all of my",), "pills")
        builder.go_on.set()
        await settle(pilot)


async def test_a_failed_build_says_what_happened_keeps_the_text_and_can_be_tried_again() -> None:
    builder = Builder(failures=1)
    app = chat(build=builder)
    async with app.run_test(size=SIZE) as pilot:
        type_in(app, "what helps")
        await pilot.press("enter")
        type_in(app, "half a quest")
        builder.go_on.set()
        await settle(pilot)
        assert isinstance(front(app), FailureScreen)
        page = words(seen(app))
        assert "/home/ann/[/x] is full. Free 300 MB" in page
        assert "mbc-chat index build" in page
        await pilot.press("enter")
        await settle(pilot)
        await settle(pilot)
        assert builder.runs == 2
        assert app.chat.prompt.text == "half a quest"
        assert FIRST in words(seen(app))


async def test_going_on_without_the_articles_lets_the_early_engine_answer_and_f9_opens_them() -> None:
    builder = Builder(failures=1)
    missing = FakeEngine({"helps": CHAT}, generation=None)
    app = chat(build=builder, early=missing)
    async with app.run_test(size=SIZE) as pilot:
        type_in(app, "what helps")
        await pilot.press("enter")
        builder.go_on.set()
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert "Hello." in seen(app)
        assert "articles not open: F9" in seen(app)
        await pilot.press("f9", "enter")
        await settle(pilot)
        await settle(pilot)
        await ask(pilot, "what helps")
        assert FIRST in words(seen(app))


async def test_a_failure_never_covers_an_emergency_and_f9_tells_it() -> None:
    builder = Builder(failures=1)
    app = chat(build=builder)
    async with app.run_test(size=SIZE) as pilot:
        type_in(app, "chest pain")
        await pilot.press("enter")
        while "EMERGENCY" not in seen(app):
            await pilot.pause()
        builder.go_on.set()
        await settle(pilot)
        assert front(app) is app.chat
        assert "articles not open: F9" in seen(app)
        await pilot.press("f9")
        await pilot.pause()
        assert "is full. Free 300 MB" in seen(app)


@pytest.mark.parametrize("size", [(60, 20), SIZE])
async def test_an_index_that_cannot_be_opened_is_said_in_words(size: tuple[int, int]) -> None:
    def broken() -> Engine:
        raise OSError("manifest.json is cut short")

    app = chat(open_engine=broken)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert isinstance(front(app), FailureScreen)
        assert "manifest.json is cut short" in seen(app)
        assert all(button.region.right < app.size.width - 4 for button in front(app).query(Button))
        await pilot.press("c")
        assert app.clipboard.startswith("manifest.json is cut short")


async def test_an_early_engine_that_fails_names_the_emergency_numbers() -> None:
    builder = Builder()
    app = chat(build=builder, early=FakeEngine(trouble=OSError("rules")))
    async with app.run_test(size=SIZE) as pilot:
        type_in(app, "what helps")
        await pilot.press("enter")
        while "911, 999 or 112" not in seen(app).split("what helps")[1]:
            await pilot.pause()
        builder.go_on.set()
        await settle(pilot)


async def test_leaving_does_not_wait_for_the_build() -> None:
    builder = Builder()
    app = chat(build=builder)
    async with app.run_test(size=SIZE) as pilot:
        while not builder.runs:
            await pilot.pause()
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert not app.is_running
    builder.go_on.set()


def test_a_lazy_engine_is_opened_once_and_by_its_first_call() -> None:
    from bot.conversation import Conversation

    opened: list[FakeEngine] = []

    def open_engine() -> FakeEngine:
        opened.append(FakeEngine())
        return opened[-1]

    lazy = LazyEngine(open_engine)
    assert (lazy.generation, len(opened)) == (None, 0)
    assert lazy.reply(Conversation(), "hello").text == "Hello."
    assert lazy.source(HELPS).title == "Diarrhoea during treatment"
    assert lazy.generation == "3f2a91c07b"
    assert len(opened) == 1
