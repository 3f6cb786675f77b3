"""Stored conversations by words: listed, opened, searched, named, deleted, exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.plain.talks import Articles, Plain


@pytest.fixture
def plain(tmp_path: Path) -> Plain:
    return Plain(tmp_path)


def after(out: str, mark: str) -> list[str]:
    """Return the lines after the last ``mark``, up to the next empty one."""
    return out.rpartition(mark)[2].split("\n\n")[0].splitlines()


def test_conversations_are_listed_and_opened_by_number(plain: Plain) -> None:
    plain.talk("what helps", "hello", "new", "stop it")
    out, _ = plain.talk("conversations", "open 1", "hello again", "open 7", "open last")
    listed = [line for line in out.splitlines() if line[:3] in {"1. ", "2. "} and "question" in line]
    assert [line.partition(", ")[2].partition(", ")[2] for line in listed[:2]] == [
        "1 question: stop it",
        "2 questions: what helps",
    ]
    assert "stop it, 1 question.\n\nYou: stop it\n\nAnswer:\n" in out
    assert plain.engine.seen[-1] == (("stop it",), "hello again")
    assert "There is no number 7 in the last list." in out
    assert "\nstop it, 2 questions." in out


def test_an_opened_conversation_is_read_from_its_end_and_backwards(plain: Plain) -> None:
    plain.talk(*(f"question {n}" for n in range(1, 9)))
    stored = plain.store.load(plain.store.resolve("last"))
    out, _ = plain.talk("earlier", "earlier", "earlier", resumed=stored)
    read = [line.removeprefix("You: question ") for line in out.splitlines() if line.startswith("You: ")]
    assert read == ["6", "7", "8", "3", "4", "5", "1", "2"]
    assert "question 1, 8 questions.\n\n5 come before these. To read them, type: earlier" in out
    assert "\n2 come before these.\n" in out
    assert out.endswith("There is nothing earlier to read.\n")
    assert out.index("These were the first ones.") < out.index("You: question 1\n")


def test_an_opened_conversation_goes_on_with_marks_numbers_and_earlier_turns(plain: Plain) -> None:
    plain.talk("what helps", "keep 1")
    stored = plain.store.load(plain.store.resolve("last"))
    out, _ = plain.talk("source 2", "1", "hello", "kept", resumed=stored)
    assert "  1. When to call?\n" in out
    assert "Kept to take along: [1]" in out
    assert "\nSource 2: Diarrhoea during treatment" in out
    assert plain.engine.seen[-2:] == [
        (("what helps",), "When to call?"),
        (("what helps", "When to call?"), "hello"),
    ]
    found = plain.store.load(stored.id)
    assert [turn.text for turn in found.turns] == ["what helps", "When to call?", "hello"]


def test_a_resumed_answer_whose_source_has_changed_says_so(plain: Plain) -> None:
    plain.talk("what helps")
    stored = plain.store.load(plain.store.resolve("last"))
    plain.articles = Articles("Diarrhoea during treatment\nNothing is the same.")
    out, _ = plain.talk(resumed=stored)
    assert "“Diarrhoea during treatment” has changed since this answer" in out
    assert out.index("has changed since this answer") < out.index("Answer:")


def test_search_finds_words_in_all_conversations(plain: Plain) -> None:
    plain.talk("what helps", "new", "stop it")
    out, _ = plain.talk("search loperamide", "open 1", "search hornets")
    assert "1. what helps\n" in out
    assert "what helps, 1 question." in out
    assert (
        "Your conversations have nothing with 'hornets'. To ask the articles, type it as a question." in out
    )


def test_a_conversation_gets_a_name(plain: Plain) -> None:
    out, _ = plain.talk("what helps", "rename My first visit", "conversations")
    assert "This conversation is now called 'My first visit'." in out
    assert "1 question: My first visit" in out


def test_a_conversation_is_deleted_only_after_a_yes(plain: Plain) -> None:
    out, _ = plain.talk("delete", "what helps", "delete", "no", "delete", "hello", "yes")
    assert "There is nothing to delete yet." in out
    assert "Nothing was deleted." in out
    assert plain.engine.seen[-1][1] == "yes"
    assert len(plain.store.ids()) == 1
    out, _ = plain.talk("conversations", "open 1", "delete", "Yes.", "conversations")
    assert "This conversation is deleted. A new conversation begins." in out
    assert out.endswith("There are no stored conversations.\n")


def test_everything_is_deleted_after_a_yes_and_the_talk_goes_on_anew(plain: Plain) -> None:
    plain.talk("what helps", "new", "hello")
    out, _ = plain.talk("hello", "delete all", "yes", "what helps")
    assert "Deleted: 3 conversations. A new conversation begins." in out
    assert plain.engine.seen[-1] == ((), "what helps")
    assert [summary.title for summary in plain.store.summaries()] == ["what helps"]


def test_a_conversation_is_exported_to_a_file_for_its_owner_alone(plain: Plain) -> None:
    page = plain.folder / "talk.html"
    out, _ = plain.talk(
        "export", "what helps", f"export {page}", f"export {page}", "export -", "export json -"
    )
    assert "There is nothing to take along yet." in out
    assert f"Written, for you alone to read: {page}" in out
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert page.stat().st_mode & 0o777 == 0o600
    assert "is there already" in out
    assert '"format": 1' in out


def test_the_visit_sheet_has_what_was_kept(plain: Plain) -> None:
    out, _ = plain.talk(
        "sheet", "what helps", "sheet", "keep 1", "note May I travel?", "sheet -", "sheet x.json"
    )
    assert "There is nothing to take along yet." in out
    assert "There is no sheet yet: nothing is kept" in out
    assert "# My visit sheet" in out
    assert "May I travel?" in out
    assert "The visit sheet is Markdown or HTML." in out


def test_a_file_without_a_name_goes_where_the_chat_was_started(
    plain: Plain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(plain.folder)
    out, _ = plain.talk("what helps", "export")
    (written,) = plain.folder.glob("conversation-*.md")
    assert f"Written, for you alone to read: {written}" in out
