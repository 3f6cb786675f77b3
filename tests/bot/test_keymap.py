"""The reader's own keys."""

from __future__ import annotations

import pytest

from bot.actions import ACTIONS, key_words
from bot.keymap import KeyProblem, checked_keys


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("f10", "f10"),
        ("Ctrl+F", "ctrl+f"),
        ("alt + 4", "alt+4"),
        ("Alt+PgUp", "alt+pageup"),
        ("shift+F3", "shift+f3"),
    ],
)
def test_a_key_may_be_written_as_people_do(written: str, known: str) -> None:
    assert checked_keys({"help": written}) == {"help": known}


@pytest.mark.parametrize(
    "key", ["", "ctrl", "ctrl+", "g+ctrl", "ctrl+alt+x", "f25", "hyper+x", "é", 7, "ctrl+é", "shift+g"]
)
def test_what_names_no_key_is_refused(key: object) -> None:
    with pytest.raises(KeyProblem, match=r"keys\.help = .* is no key"):
        checked_keys({"help": key})


@pytest.mark.parametrize("key", ["g", "?", "enter", "Ctrl+C", "ctrl+a", "f6", "up", "alt+b"])
def test_a_key_that_typing_needs_is_refused_where_one_types(key: str) -> None:
    with pytest.raises(KeyProblem, match="that key is needed for typing"):
        checked_keys({"new": key})


def test_a_letter_will_do_where_nothing_is_typed_but_a_digit_shows_citations() -> None:
    assert checked_keys({"source-facts": "x", "article-back": "b"}) == {
        "source-facts": "x",
        "article-back": "b",
    }
    with pytest.raises(KeyProblem, match="digits show citations"):
        checked_keys({"source-facts": "3"})


def test_a_clash_names_the_other_action() -> None:
    with pytest.raises(KeyProblem, match=r"keys\.new = 'f1': F1 is the key of 'Help' \(help\)"):
        checked_keys({"new": "f1"})


def test_two_keys_may_be_exchanged() -> None:
    assert checked_keys({"help": "f2", "source": "f1"}) == {"help": "f2", "source": "f1"}
    with pytest.raises(KeyProblem):
        checked_keys({"help": "f2", "source": "f2"})


def test_places_that_are_never_open_together_may_share_a_key() -> None:
    assert checked_keys({"source-facts": "q"}) == {"source-facts": "q"}
    with pytest.raises(KeyProblem, match="article-back"):
        checked_keys({"article-facts": "q"})


def test_the_usual_keys_clash_nowhere() -> None:
    usual = {action.id: action.key.split(",")[0] for action in ACTIONS}
    assert checked_keys(usual) == usual


@pytest.mark.parametrize(
    ("key", "words"),
    [("ctrl+p", "Ctrl+P"), ("f1", "F1"), ("escape,q", "Esc"), ("ctrl+up", "Ctrl+↑"), ("n", "n"), ("N", "N")],
)
def test_keys_are_named_as_people_write_them(key: str, words: str) -> None:
    assert key_words(key) == words
