"""Searching in all conversations."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.conversations.search import excerpt
from bot.conversations.stored import Renamed, TeamNote
from tests.bot.conversations.stores import BEGUN, FIRST_ID, store_in, stored, turn
from tests.bot.replies import answer, small_talk

OTHER = "20261128-090000-bcdfgh"


def test_words_are_found_in_questions_answers_notes_and_names(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "what do bees eat", "Grüße an die Wespen")
    store.append(FIRST_ID, TeamNote(BEGUN, "a", "May I fly?"))
    store.append(FIRST_ID, Renamed(BEGUN, "Insects"))
    assert [(hit.n, hit.excerpt) for hit in store.search("FLY")] == [(None, "May I fly?")]
    assert [hit.n for hit in store.search("insects")] == [None]
    assert [hit.n for hit in store.search("nectar")] == [1, 2]
    assert [hit.n for hit in store.search("grüße")] == [2]
    assert [(hit.id, hit.title) for hit in store.search("wespen")] == [(FIRST_ID, "Insects")]


def test_all_words_have_to_be_in_one_place(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "what about honey", "what about winter")
    assert store.search("honey winter") == []
    assert [hit.n for hit in store.search("pollen winter")] == [2]
    assert store.search("  ") == []


def test_signs_are_found_as_they_are(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, 'they said "call \\ now" [x] (100%)')
    assert len(store.search('"call')) == len(store.search("\\")) == len(store.search("(100%)")) == 1


def test_the_conversation_that_was_added_to_last_comes_first(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "bees")
    stored(store, "bees", conversation_id=OTHER)
    store.append(FIRST_ID, turn(2, "hello", small_talk()))
    store.append(OTHER, Renamed(BEGUN + timedelta(days=2), None))
    assert [hit.id for hit in store.search("bees")] == [OTHER, FIRST_ID]


def test_an_excerpt_shows_the_word_and_never_cuts_one(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    long = " ".join(["before"] * 100 + ["honey"] + ["after"] * 100)
    store.create(FIRST_ID, turn(1, "x", answer("x", long)))
    (hit,) = store.search("honey")
    assert hit.excerpt.startswith("… before before")
    assert hit.excerpt.endswith("after after …")
    assert " honey " in hit.excerpt
    assert len(hit.excerpt) < 170


@given(st.text(), st.text(min_size=1))
def test_an_excerpt_is_one_short_line_of_any_text(text: str, word: str) -> None:
    found = excerpt(text, [word])
    assert "\n" not in found
    assert len(found) <= 164


def test_a_damaged_conversation_does_not_spoil_the_search(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "bees")
    stored(store, "bees", conversation_id=OTHER)
    path = store.path(OTHER)
    path.write_bytes(path.read_bytes().replace(b'"format": 1', b'"format": 9'))
    assert [hit.id for hit in store.search("bees")] == [FIRST_ID]
