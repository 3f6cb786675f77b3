"""Quotes and questions kept for the visit, copies, and what is written to a file."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from bot.reply import Reply
from bot.tui.app import ChatApp
from bot.tui.chat_keeping import DELIVERED
from bot.tui.kept_screen import KeptScreen
from bot.tui.take_screen import TakeScreen
from bot.tui.taking import free_path
from tests.bot.tui.fake_engine import (
    ANSWER,
    BOUNDARY,
    FIRST,
    SECOND,
    THIRD,
    FakeEngine,
    ask,
    front,
    said,
    seen,
    settle,
    words,
)
from tests.bot.tui.shelves import Library, toasts

SIZES = [(80, 24), (120, 40)]
SIZE = (120, 40)


def kept(library: Library) -> list[tuple[int, int, tuple[int, ...]]]:
    (conversation_id,) = library.store.ids()
    return [(one.turn, one.citation, one.sentences) for one in library.store.load(conversation_id).kept]


async def test_a_key_keeps_the_quotes_of_the_selected_answer_and_takes_them_away_again(
    tmp_path: Path,
) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+k")
        await settle(pilot)
        assert kept(library) == [(1, 1, (0, 1)), (1, 2, (2,))]
        assert "Kept to take along: [1], [2]. Alt+V shows all that is kept." in toasts(app)
        assert "Kept to take along: [1], [2]" in said(app.chat.transcript)
        await pilot.press("alt+k")
        await settle(pilot)
        assert kept(library) == []
        assert "Kept to take along" not in said(app.chat.transcript)


async def test_k_alone_does_it_while_the_answers_have_the_focus_and_is_a_letter_in_the_prompt(
    tmp_path: Path,
) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("k")
        assert app.chat.prompt.text == "k"
        app.chat.transcript.focus()
        await pilot.press("k")
        await settle(pilot)
        assert [n for _, n, _ in kept(library)] == [1, 2]
        assert app.chat.prompt.text == "k"


async def test_while_the_source_has_the_focus_only_what_it_shows_is_kept(tmp_path: Path) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("f2", "right")
        await settle(pilot)
        await pilot.press("k")
        await settle(pilot)
        assert kept(library) == [(1, 2, (2,))]


async def test_a_question_is_noted_and_the_one_that_the_answer_names_is_there_already(
    tmp_path: Path,
) -> None:
    library = Library(tmp_path)
    named = replace(BOUNDARY, team_question="A question for the care team: “What if I [stop]?”")
    app = library.chat(FakeEngine({"stop": named}))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "should I stop?")
        await pilot.press("alt+n")
        await settle(pilot)
        assert "What if I [stop]?" in seen(app)
        await pilot.press("enter", "alt+n", "ctrl+u", *"May", "space", *"I?", "enter")
        await settle(pilot)
    (stored,) = map(library.store.load, library.store.ids())
    assert [note.text for note in stored.notes] == ["What if I [stop]?", "May I?"]


async def test_a_note_that_tells_a_sign_of_danger_is_answered_and_noted(tmp_path: Path) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("alt+n", *"chest", "space", *"pain", "enter")
        await settle(pilot)
        assert "EMERGENCY" in seen(app)
    (stored,) = map(library.store.load, library.store.ids())
    assert [note.text for note in stored.notes] == ["chest pain"]
    assert [turn.text for turn in stored.turns] == ["chest pain"]


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_kept_is_shown_and_one_thing_is_removed(tmp_path: Path, size: tuple[int, int]) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+v")
        await settle(pilot)
        assert "Nothing is kept or noted yet." in seen(app)
        await pilot.press("n", *"May", "space", *"[/x]", "enter")
        await settle(pilot)
        assert "May [/x]" in seen(app)
        await pilot.press("escape", "alt+k", "alt+v")
        await settle(pilot)
        page = words(seen(app))
        parts = ("Questions for", "May [/x]", "Quotes", f"“{FIRST} {SECOND}”", f"“{THIRD}”")
        assert [page.index(part) for part in parts] == sorted(page.index(part) for part in parts)
        await pilot.press("down", "d")
        await settle(pilot)
        assert FIRST not in words(seen(app))
        assert [n for _, n, _ in kept(library)] == [2]
        await pilot.press("d", "up", "d")
        await settle(pilot)
        assert "Nothing is kept or noted yet." in seen(app)
        await pilot.press("escape")
        assert "Kept to take along" not in said(app.chat.transcript)


@pytest.mark.parametrize("size", SIZES)
async def test_the_visit_sheet_is_written_to_a_file_and_where_is_said(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+k", "alt+v")
        await settle(pilot)
        await pilot.press("e")
        await settle(pilot)
        assert isinstance(front(app), TakeScreen)
        await pilot.press("enter")
        await settle(pilot)
        (path,) = tmp_path.glob("visit-sheet-*.html")
        assert "Written, for you alone to read:" in seen(app)
        assert path.name in "".join(seen(app).replace("│", "").split())
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert FIRST in path.read_text("utf-8")
        await pilot.press("down", "enter")
        await settle(pilot)
        (path,) = tmp_path.glob("visit-sheet-*.md")
        assert FIRST in path.read_text("utf-8")
        await pilot.press("escape")
        assert isinstance(front(app), KeptScreen)


@pytest.mark.parametrize(("steps", "ending"), [(0, ".md"), (1, ".html"), (2, ".json")])
async def test_the_conversation_is_exported_in_three_forms(tmp_path: Path, steps: int, ending: str) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+e")
        await settle(pilot)
        await pilot.press(*["down"] * steps, "enter")
        await settle(pilot)
    (path,) = tmp_path.glob(f"conversation-*{ending}")
    text = path.read_text("utf-8")
    assert "what helps" in text
    assert FIRST in text
    if ending == ".json":
        assert json.loads(text)["turns"][0]["text"] == "what helps"


async def test_an_empty_sheet_a_taken_name_and_a_missing_folder_are_said_and_can_be_mended(
    tmp_path: Path,
) -> None:
    library = Library(tmp_path)
    app = library.chat()
    (tmp_path / "mine.md").write_text("mine", "utf-8")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+e")
        await settle(pilot)
        await pilot.press("home", "enter")
        await settle(pilot)
        assert "the sheet would be empty" in words(seen(app))
        await pilot.press("down", "down")
        await settle(pilot)
        screen = front(app)
        assert isinstance(screen, TakeScreen)
        for name, problem in (("mine.md", "is there already"), ("nowhere/a.md", "cannot be written")):
            screen._path.value = str(tmp_path / name)
            await pilot.press("enter")
            await settle(pilot)
            assert problem in words(seen(app))
        screen._path.value = str(tmp_path / "other.md")
        await pilot.press("enter")
        await settle(pilot)
        assert "Written" in seen(app)
    assert (tmp_path / "mine.md").read_text("utf-8") == "mine"
    assert FIRST in (tmp_path / "other.md").read_text("utf-8")


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    assert free_path(tmp_path, "a.md") == tmp_path / "a.md"
    (tmp_path / "a.md").touch()
    (tmp_path / "a-2.md").touch()
    assert free_path(tmp_path, "a.md") == tmp_path / "a-3.md"


async def test_the_selected_answer_is_copied_with_its_sources_and_how_is_said(tmp_path: Path) -> None:
    library = Library(tmp_path)
    app = library.chat()
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("alt+y")
        await settle(pilot)
        assert library.copied == []
        await ask(pilot, "what helps")
        await pilot.press("alt+y")
        await settle(pilot)
        assert "Copied to the [clipboard]." in toasts(app)
    (text,) = library.copied
    assert text.startswith("what helps\n\n")
    assert f"[1] {FIRST}" in text
    assert ANSWER.framing in text
    assert "https://example.org/label" in text


@pytest.mark.parametrize("text", ["[/x]", "a\x1b[31mred", "\u202edlrow", "x" * 300])
async def test_hostile_quotes_and_notes_are_shown_as_visible_characters(tmp_path: Path, text: str) -> None:
    library = Library(tmp_path)
    reply = replace(
        ANSWER,
        sentences=(replace(ANSWER.sentences[0], text=text),),
        citations=(replace(ANSWER.citations[0], title=text, section=text),),
        team_question=text,
    )

    def cite(bad: Reply) -> FakeEngine:
        return FakeEngine({"helps": bad})

    app = library.chat(cite(reply))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        for keys in ("alt+k", "alt+n", "enter", "alt+v"):
            await pilot.press(keys)
            await settle(pilot)
            assert all(bad not in seen(app) for bad in "\x1b\x07\u202e")
            assert all(len(line) <= SIZE[0] for line in seen(app).split("\n"))


async def test_in_a_browser_files_are_handed_over_and_none_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivered: dict[str, str] = {}

    def deliver(app: ChatApp, file: StringIO, *, save_filename: str, **_: object) -> None:
        delivered[save_filename] = file.read()

    monkeypatch.setattr(ChatApp, "is_web", True)
    monkeypatch.setattr(ChatApp, "deliver_text", deliver)
    library = Library(tmp_path, private=True, lists=False)
    long = replace(ANSWER, text="word " * 30_000)
    app = library.chat(FakeEngine({"long": long}))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot)
        await ask(pilot, "what helps")
        await pilot.press("alt+k", "alt+e")
        await settle(pilot)
        assert "/" not in seen(app).split("Take along")[1]
        await pilot.press("enter")
        await settle(pilot)
        assert "Handed to your browser" in words(seen(app))
        ((name, text),) = delivered.items()
        assert name.startswith("visit-sheet-")
        assert FIRST in text
        await pilot.press("escape", "alt+y")
        await settle(pilot)
        assert len(library.copied) == 1
        await ask(pilot, "a long one")
        await pilot.press("alt+y")
        await settle(pilot)
        assert DELIVERED in toasts(app)
        assert delivered["answer.txt"].startswith("a long one")
        assert len(library.copied) == 1
    assert list(tmp_path.iterdir()) == []
