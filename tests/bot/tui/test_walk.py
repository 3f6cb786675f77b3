"""Everything can be done, and found, with the keyboard alone."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from textual.command import CommandPalette
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from bot.actions import ACTIONS, ARTICLE, CHAT, EVERYWHERE, GLOSSARY, SOURCE, Action, Keys
from bot.tui.app import ChatApp
from bot.tui.article_screen import ArticleScreen
from bot.tui.backing import Settings
from bot.tui.failure import FailureScreen
from bot.tui.glossary_screen import GlossaryScreen
from bot.tui.help import HelpScreen
from bot.tui.welcome import WelcomeScreen
from bot.tui.wrong import WrongScreen
from tests.bot.tui.fake_engine import ANSWER, FakeEngine, ask, chat, front, said, seen, settle, words

WIDE = (140, 60)
RICH = replace(ANSWER, more=2)


def full_chat(engine: FakeEngine | None = None) -> ChatApp:
    """Return a chat in which every action can do something once it has been asked for help."""
    return chat(
        engine or FakeEngine({"helps": RICH}),
        settings=Settings(keep=lambda key, value: None),
    )


@pytest.mark.parametrize("size", [(60, 20), (140, 45)])
async def test_a_walk_through_everything_without_a_mouse(size: tuple[int, int]) -> None:
    app = full_chat()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press(*"what", "space", *"helps", "enter")
        await settle(pilot)
        for keys, screen in (
            ("f3", ArticleScreen),
            ("t enter slash o enter n escape escape", None),
            ("ctrl+g", GlossaryScreen),
            ("escape", None),
            ("alt+w", WrongScreen),
            ("escape", None),
            ("alt+c", WelcomeScreen),
            ("escape", None),
            ("f1", HelpScreen),
            ("pagedown escape", None),
            ("ctrl+p", CommandPalette),
            ("escape", None),
        ):
            await pilot.press(*keys.split())
            await settle(pilot)
            assert isinstance(front(app), screen) if screen else front(app) is app.chat
        assert app.chat.prompt.has_focus
        await pilot.press("tab", "tab", "shift+tab", "escape")
        await settle(pilot)
        assert app.chat.prompt.has_focus


async def test_tab_goes_through_prompt_answers_and_source_and_comes_round() -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        visited = []
        for _ in range(3):
            await pilot.press("tab")
            visited.append(app.focused.id if app.focused else None)
        assert sorted(map(str, visited)) == ["prompt", "source", "transcript"]


async def test_the_source_and_its_facts_can_be_read_and_scrolled_by_keys() -> None:
    app = chat()
    async with app.run_test(size=(100, 34)) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("f2", "right", "left", "f", "end")
        await settle(pilot)
        assert "Small meals are [easier]." in words(seen(app))


def sections_of_help(app: ChatApp) -> list[str]:
    return [line for line in said(front(app)).splitlines() if line.startswith(("In the", "Everywhere"))]


@pytest.mark.parametrize(
    ("keys", "first"),
    [
        ("", "In the prompt"),
        ("f2", "In the source"),
        ("tab", "In the answers"),
        ("f3", "In the article"),
        ("ctrl+g", "In the glossary"),
    ],
)
async def test_help_begins_with_the_part_that_has_the_focus(keys: str, first: str) -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press(*keys.split())
        await settle(pilot)
        await pilot.press("f1")
        await settle(pilot)
        assert sections_of_help(app)[0] == first


async def test_help_names_every_action_with_its_key() -> None:
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("f1")
        await settle(pilot)
        page = said(front(app)).splitlines()
        for action in ACTIONS:
            at = page.index(action.help)
            assert page[at - 1] == Keys().words(action.id)


async def test_the_palette_has_every_action_that_can_do_something_now() -> None:
    app = full_chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        before = {command.title for command in app.get_system_commands(app.chat)}
        await ask(pilot, "what helps")
        await ask(pilot, "chest pain")
        await ask(pilot, "what helps")
        after = {command.title for command in app.get_system_commands(app.chat)}
    names = {f"{action.label}: {action.help}" for action in (*EVERYWHERE, *CHAT)}
    missing = {title.partition(":")[0] for title in names - after}
    assert missing - {"Talks", "Load more"} == {"Commands", "What failed"}
    assert {"Colours: dark", "Colours: light", "Colours: high-contrast"} <= before
    assert not any(title.startswith(("Source:", "Put away:", "More:")) for title in before)


async def test_an_action_is_run_from_the_palette() -> None:
    app = full_chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await choose_in_palette(pilot, "glossary")
        assert isinstance(front(app), GlossaryScreen)


@pytest.mark.parametrize(("key", "actions"), [("f3", ARTICLE), ("ctrl+g", GLOSSARY)])
async def test_the_palette_of_another_screen_has_the_actions_of_that_screen(
    key: str, actions: tuple[Action, ...]
) -> None:
    app = full_chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press(key)
        await settle(pilot)
        titles = {command.title for command in app.get_system_commands(app.screen)}
        assert {f"{action.label}: {action.help}" for action in actions} <= titles
        assert f"{CHAT[0].label}: {CHAT[0].help}" not in titles


async def test_the_sources_own_keys_are_in_the_palette_while_it_is_in_sight() -> None:
    app = full_chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        commands = {command.title: command.callback for command in app.get_system_commands(app.chat)}
        await commands["Source: The citation after."]()
        await settle(pilot)
        assert app.chat.panel.cited is not None
        assert app.chat.panel.cited.citation.n == 2


async def test_no_cursor_blinks() -> None:
    app = full_chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert not app.chat.prompt.cursor_blink
        for key in ("ctrl+g", "ctrl+p"):
            await pilot.press(key)
            await settle(pilot)
            assert not app.screen.query_one(Input).cursor_blink
            await pilot.press("escape")
            await settle(pilot)


async def choose_in_palette(pilot: Pilot[None], words_typed: str) -> None:
    await pilot.press("ctrl+p")
    await settle(pilot)
    await pilot.press(*words_typed)
    while "Look up a word" not in seen(pilot.app):
        await pilot.pause()
    assert pilot.app.screen.query_one(Input).value == words_typed
    await pilot.press("down", "enter")
    await settle(pilot)


async def test_every_binding_of_an_action_has_the_actions_id() -> None:
    places = {CHAT: ["chat"], SOURCE: ["panel"], ARTICLE: ["article"], GLOSSARY: ["glossary"]}
    app = chat()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        bound = {
            "chat": {binding.id for _, binding in app.chat._bindings},
            "panel": {binding.id for _, binding in app.chat.panel._bindings},
            "article": {binding.id for binding in ArticleScreen.BINDINGS if not isinstance(binding, tuple)},
            "glossary": {binding.id for binding in GlossaryScreen.BINDINGS if not isinstance(binding, tuple)},
        }
        for actions, (place,) in places.items():
            assert {action.id for action in actions} <= bound[place]


async def test_a_failed_reply_is_kept_said_and_tried_again_by_keys() -> None:
    engine = FakeEngine(trouble=OSError("words/ cannot be read [/x]. Run mbc-chat doctor"))
    app = chat(engine)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        assert "F9 says more." in words(seen(app))
        await pilot.press("f9")
        await settle(pilot)
        assert isinstance(front(app), FailureScreen)
        assert "words/ cannot be read [/x]. Run mbc-chat doctor" in words(seen(app))
        await pilot.press("c")
        assert "words/ cannot be read [/x]" in app.clipboard
        engine.trouble = None
        await pilot.press("enter")
        await settle(pilot)
        assert app.chat.prompt.text == ""
        assert "Loperamide" in said(app.chat.transcript.turns[-1])


async def test_a_question_that_failed_while_another_is_typed_is_one_arrow_away() -> None:
    hold = threading.Event()
    app = chat(FakeEngine(hold=hold, trouble=OSError("broken")))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        app.chat.prompt.put("what helps")
        await pilot.press("enter", *"draft")
        hold.set()
        await settle(pilot)
        assert app.chat.prompt.text == "draft"
        await pilot.press("up")
        assert app.chat.prompt.text == "what helps"
        await pilot.press("down")
        assert app.chat.prompt.text == "draft"


async def test_a_hundred_thousand_characters_are_pasted_sent_and_called_back_whole() -> None:
    engine = FakeEngine()
    app = chat(engine)
    long = ("word " * 20_000).strip()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.chat.prompt.post_message(Paste(long))
        await settle(pilot)
        assert "99,999 characters" in seen(app)
        assert app.chat.prompt.region.height <= 9
        assert "● ready" in seen(app)
        await pilot.press("enter")
        await settle(pilot)
        assert engine.seen[-1][1] == long
        await pilot.press("up")
        assert app.chat.prompt.text == long
