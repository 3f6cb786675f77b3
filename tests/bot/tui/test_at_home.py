"""What the chat of a home saves and lists, in the terminal and in a browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.cli.serve import FROM_AFAR, PRIVATE, SAVED, session_app
from bot.conversations.store import ConversationStore
from bot.forgetting import personal
from bot.home import Home
from bot.reply import Kind
from bot.takeaway.copying import Way
from bot.takeaway.uncovered import UncoveredQuestion, read_uncovered
from bot.tui.shelf_at_home import shelf_at_home
from index.generation import IndexFolder
from tests.bot.conversations.stores import stored
from tests.bot.replies import small_talk
from tests.bot.tui.fake_engine import ask, front, seen, settle, words


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a stored conversation and an index that cannot be opened."""
    IndexFolder(tmp_path / "home" / "index").path.mkdir(parents=True)
    (tmp_path / "home" / "index" / "CURRENT").write_text("000001-000000000000\n", "utf-8")
    stored(ConversationStore(tmp_path / "home" / "conversations"), "what do bees eat")
    return Home(tmp_path / "home")


def files(home: Home) -> list[tuple[str, bytes]]:
    return sorted((str(path), path.read_bytes()) for path in home.path.rglob("*") if path.is_file())


@pytest.mark.parametrize("kept", [PRIVATE, FROM_AFAR])
async def test_in_a_browser_nothing_is_saved_and_nobodys_talks_are_listed(home: Home, kept: str) -> None:
    before = files(home)
    app = session_app(False, (str(home.path), kept))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("escape")
        await ask(pilot, "hello")
        await pilot.press("alt+w", "enter", "alt+n", *"why", "enter", "alt+o")
        await settle(pilot)
        assert front(app) is app.chat
        assert "what do bees eat" not in seen(app)
        assert "private, nothing saved" in words(seen(app))
        conversation = app.chat.recording.conversation
        assert conversation is not None
        assert [note.text for note in conversation.notes] == ["why"]
    assert files(home) == before


async def test_in_a_browser_on_this_computer_talks_are_saved_where_that_was_asked_for(home: Home) -> None:
    app = session_app(False, (str(home.path), SAVED))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("escape", "escape")
        await settle(pilot)
        await ask(pilot, "hello")
        await pilot.press("alt+o")
        await settle(pilot)
        assert "what do bees eat" in seen(app)
    assert personal(home).conversations == 2


@pytest.mark.parametrize(
    ("agreed", "listed"), [("", []), ("keep_uncovered = true\n", ["why is the sky blue"])]
)
def test_questions_not_covered_are_listed_only_where_the_reader_agreed(
    home: Home, agreed: str, listed: list[str]
) -> None:
    home.config_file.write_text(agreed, "utf-8")
    reply = replace(small_talk("why is the sky blue"), kind=Kind.NOT_COVERED)
    shelf_at_home(home, private=False, lists=True).answered(reply)
    assert list(read_uncovered(home.path)) == [UncoveredQuestion(date.today(), text) for text in listed]


def test_all_that_is_stored_is_counted_and_deleted_and_settings_stay(home: Home) -> None:
    home.config_file.write_text('country = "UK"\n', "utf-8")
    shelf = shelf_at_home(home, private=False, lists=True)
    assert shelf.stored().startswith("1 conversation with all")
    assert shelf.forget_everything().startswith("1 conversation with all")
    assert ConversationStore(home.conversations).ids() == []
    assert home.config_file.read_text("utf-8") == 'country = "UK"\n'


def test_what_no_clipboard_takes_is_in_a_file_of_the_home(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TMUX", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    sent: list[str] = []
    copied = shelf_at_home(home, private=False, lists=True).copy("an answer", sent.append)
    assert copied.way is Way.FILE
    assert copied.path is not None
    assert copied.path.read_text("utf-8") == "an answer"
    assert sent == []


def test_in_a_private_talk_a_copy_leaves_no_file(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMUX", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    before = sorted(home.path.rglob("*"))
    for lists in (True, False):
        for terminal, way in (("dumb", None), ("xterm-256color", Way.TERMINAL)):
            monkeypatch.setenv("TERM", terminal)
            monkeypatch.delenv("VTE_VERSION", raising=False)
            copied = shelf_at_home(home, private=True, lists=lists).copy("an answer", lambda _: None)
            assert (copied.way, copied.path) == (way, None)
    assert sorted(home.path.rglob("*")) == before
