"""Building the index from inside the talk, noticing a build from outside, and old sources."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.reply import Citation, SourceView
from bot.tui.app import ChatApp
from bot.tui.chat_screen import NEWER, UNCHANGED
from bot.tui.failure import FailureScreen
from bot.tui.problems import NOT_BUILT
from index.errors import IndexMissing
from index.progress import Progress, Report
from tests.bot.tui.fake_engine import (
    ANSWER,
    FIRST,
    FakeEngine,
    ask,
    chat,
    front,
    said,
    seen,
    settle,
    type_in,
    words,
)

SIZE = (140, 45)
OLD, NEW = "000001-old", "000002-new"


@dataclass(slots=True)
class Shelf:
    """A home of which the live generation can change, and whose builds stand still until told to go on."""

    live: str = OLD
    after_build: str = NEW
    go_on: threading.Event = field(default_factory=threading.Event)
    trouble: Exception | None = None
    engines: dict[str, FakeEngine] = field(default_factory=dict)
    kept: set[str] = field(default_factory=lambda: {OLD, NEW})
    opened: list[str] = field(default_factory=list)

    def open(self) -> FakeEngine:
        self.opened.append(self.live)
        reply = replace(ANSWER, generation=self.live)
        return self.engines.setdefault(self.live, FakeEngine({"helps": reply}, generation=self.live))

    def build(self, report: Report) -> None:
        report(Progress("encoding", 30, 120))
        self.go_on.wait()
        if self.trouble:
            raise self.trouble
        self.live = self.after_build

    def open_generation(self, name: str) -> OldSources:
        if name not in self.kept:
            raise IndexMissing("this index is not kept any more", where=name)
        return OldSources(name)

    def chat(self, changes: Callable[[], str] = str) -> ChatApp:
        return chat(
            open_engine=self.open,
            live_generation=lambda: self.live,
            open_generation=self.open_generation,
            changes=changes,
            build=self.build,
            needs_build=False,
        )


@dataclass(slots=True)
class OldSources:
    """The sources of one generation, which say whose they are."""

    name: str

    def source(self, citation: Citation) -> SourceView:
        return replace(FakeEngine().source(citation), title=f"as {self.name} has it")


async def test_a_rebuild_goes_on_beside_the_talk_and_the_next_answer_is_from_it() -> None:
    shelf = Shelf()
    app = shelf.chat()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+b")
        while "rebuilding 25 %" not in seen(app):
            await pilot.pause()
        type_in(app, "what helps")
        await pilot.press("enter")
        while FIRST not in words(said(app.chat.transcript)):
            await pilot.pause()
        assert app.chat.transcript.reply is not None
        assert app.chat.transcript.reply.generation == OLD
        shelf.go_on.set()
        await settle(pilot)
        assert NEWER in words(seen(app))
        assert f"index {NEW[:8]}" in words(seen(app))
        await ask(pilot, "what helps")
        assert app.chat.transcript.reply.generation == NEW


async def test_an_answer_keeps_the_sources_of_the_generation_that_it_came_from() -> None:
    shelf = Shelf()
    shelf.go_on.set()
    app = shelf.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert "Diarrhoea during treatment" in said(app.chat.panel)
        await pilot.press("ctrl+b")
        await settle(pilot)
        assert app.chat.articles.generation == NEW
        await pilot.press("2")
        await settle(pilot)
        assert f"as {OLD} has it" in said(app.chat.panel)
        shelf.kept.remove(OLD)
        await pilot.press("1")
        await settle(pilot)
        assert f"as {OLD} has it" not in said(app.chat.panel)
        assert FIRST in words(said(app.chat.panel))


async def test_a_build_that_changes_nothing_says_so_and_opens_nothing() -> None:
    shelf = Shelf(after_build=OLD)
    shelf.go_on.set()
    app = shelf.chat()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+b")
        await settle(pilot)
        assert UNCHANGED in words(seen(app))
        assert shelf.opened == [OLD]


async def test_a_build_that_fails_says_so_and_the_talk_goes_on() -> None:
    shelf = Shelf(trouble=OSError("another build is running. Wait for it"))
    shelf.go_on.set()
    app = shelf.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press(*"half", "ctrl+b")
        await settle(pilot)
        assert isinstance(front(app), FailureScreen)
        assert NOT_BUILT in seen(app)
        assert "another build is running. Wait for it" in words(seen(app))
        await pilot.press("escape")
        assert app.chat.prompt.text == "half"
        app.chat.prompt.clear()
        await ask(pilot, "what helps")
        assert FIRST in words(seen(app))


async def test_a_build_from_outside_is_noticed_and_opened_between_two_turns() -> None:
    shelf = Shelf()
    hold = threading.Event()
    app = shelf.chat()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        shelf.engines[OLD].hold = hold
        type_in(app, "what helps")
        await pilot.press("enter")
        shelf.live = NEW
        app.chat.articles.look()
        while NEW not in shelf.opened:
            await pilot.pause()
        await pilot.pause()
        assert app.chat.articles.generation == OLD
        hold.set()
        await settle(pilot)
        assert app.chat.transcript.reply is not None
        assert app.chat.transcript.reply.generation == OLD
        assert app.chat.articles.generation == NEW


async def test_a_newer_index_that_cannot_be_opened_is_tried_once_and_f9_says_why() -> None:
    shelf = Shelf()
    calls: list[str] = []

    def open_engine() -> FakeEngine:
        calls.append(shelf.live)
        if shelf.live == NEW:
            raise OSError("words/ is damaged")
        return FakeEngine(generation=OLD)

    app = chat(open_engine=open_engine, live_generation=lambda: shelf.live)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        shelf.live = NEW
        for _ in range(3):
            app.chat.articles.look()
            await settle(pilot)
        assert calls == [OLD, NEW]
        assert front(app) is app.chat
        assert "F9 says why" in words(seen(app))
        await pilot.press("f9")
        await settle(pilot)
        assert "words/ is damaged" in seen(app)
        await pilot.press("escape")
        await ask(pilot, "what helps")
        assert FIRST in words(seen(app))


async def test_articles_that_changed_since_the_build_are_said_in_the_status_line() -> None:
    app = Shelf().chat(changes=lambda: "2 files changed")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "ready · 2 files changed: Ctrl+B rebuilds" in words(seen(app))
