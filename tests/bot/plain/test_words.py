"""Words of the plain chat, and questions that only look like them."""

from __future__ import annotations

import pytest

from bot.plain.words import Said, Word, said_in


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("help", Said(Word.HELP)),
        ("?", Said(Word.HELP)),
        ("Quit", Said(Word.QUIT)),
        ("exit", Said(Word.QUIT)),
        ("sources", Said(Word.SOURCES)),
        ("Sources.", Said(Word.SOURCES)),
        ("  source   2 ", Said(Word.SOURCE, 2)),
        ("Source [12]", Said(Word.SOURCE, 12)),
        ("facts 1", Said(Word.FACTS, 1)),
        ("article 2.", Said(Word.ARTICLE, 2)),
        ("2", Said(Word.CHOICE, 2)),
        ("undo", Said(Word.UNDO)),
        ("keep", Said(Word.KEEP)),
        ("keep 1", Said(Word.KEEP, 1)),
        ("note", Said(Word.NOTE)),
        ("note May I travel?", Said(Word.NOTE, text="May I travel?")),
        ("Note: May I travel?", Said(Word.NOTE, text="May I travel?")),
        ("kept", Said(Word.KEPT)),
        ("drop 3", Said(Word.DROP, 3)),
        ("wrong", Said(Word.WRONG)),
        ("wrong: it says 28 days", Said(Word.WRONG, text="it says 28 days")),
        ("wrong, it says 28 days", Said(Word.WRONG, text="it says 28 days")),
        ("wrong because it says 28 days", Said(Word.WRONG, text="because it says 28 days")),
        ("new", Said(Word.NEW)),
        ("conversations", Said(Word.CONVERSATIONS)),
        ("open 2", Said(Word.OPEN, text="2")),
        ("open last", Said(Word.OPEN, text="last")),
        ("open 20261127-100000-bcdfgh", Said(Word.OPEN, text="20261127-100000-bcdfgh")),
        ("earlier", Said(Word.EARLIER)),
        ("search hair loss", Said(Word.SEARCH, text="hair loss")),
        ("rename My first visit", Said(Word.RENAME, text="My first visit")),
        ("delete", Said(Word.DELETE)),
        ("delete all", Said(Word.DELETE_ALL)),
        ("glossary", Said(Word.GLOSSARY)),
        ("glossary visceral crisis", Said(Word.GLOSSARY, text="visceral crisis")),
        ("rebuild", Said(Word.REBUILD)),
        ("country UK", Said(Word.COUNTRY, text="UK")),
        ("country", Said(Word.COUNTRY)),
        ("export", Said(Word.EXPORT)),
        ("export HTML", Said(Word.EXPORT, form="html")),
        ("export html talk.html", Said(Word.EXPORT, text="talk.html", form="html")),
        ("export talk.md", Said(Word.EXPORT, text="talk.md")),
        ("export -", Said(Word.EXPORT, text="-")),
        ("sheet", Said(Word.SHEET)),
        ("visit sheet html", Said(Word.SHEET, form="html")),
    ],
)
def test_a_word_is_known_with_what_comes_with_it(line: str, said: Said) -> None:
    assert said_in(line) == said


@pytest.mark.parametrize(
    "line",
    [
        "help me",
        "help? I feel faint",
        "sources of HER2?",
        "source of the bleeding",
        "source 2 of my pain",
        "facts about Enhertu",
        "article on ESR1",
        "38.5",
        "39.4 C",
        "2 tablets",
        "keep taking it?",
        "keep 1 tablet?",
        "note?",
        "notes for my visit",
        "wrong dose taken",
        "wrong pill, what now",
        "new drugs?",
        "new lump",
        "conversations with my team",
        "open fracture",
        "open wound",
        "search?",
        "search for trials near me?",
        "rename?",
        "delete it?",
        "undo the damage",
        "more",
        "glossary?",
        "rebuild my strength",
        "country music",
        "export of proteins",
        "export markdown now please",
        "sheet of questions",
        "quitting tobacco",
        "quit smoking",
        "earlier chemotherapy",
        "drop in white cells",
        "",
    ],
)
def test_a_question_that_begins_like_a_word_stays_a_question(line: str) -> None:
    assert said_in(line) is None


@pytest.mark.parametrize(
    ("line", "free"),
    [("note I have fever", True), ("search fever", True), ("note", False), ("open 2", False)],
)
def test_what_is_said_in_own_words_is_known_as_such(line: str, free: bool) -> None:
    said = said_in(line)
    assert said is not None
    assert said.is_free is free
