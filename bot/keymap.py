"""The reader's own keys: which names a key may have, and that no two actions share one."""

from __future__ import annotations

from collections.abc import Mapping

from bot.actions import ACTIONS, Action, Place, key_words

MODIFIERS = ("ctrl", "alt", "shift")
NAMED = frozenset(
    "enter escape tab space up down left right home end pageup pagedown insert delete backspace".split()
)
OTHER_NAMES = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "del": "delete"}
TYPING = frozenset(
    "enter shift+enter ctrl+j ctrl+m ctrl+i ctrl+h tab shift+tab space backspace delete up down left right "
    "home end pageup pagedown shift+up shift+down shift+left shift+right shift+home shift+end ctrl+left "
    "ctrl+right ctrl+a ctrl+c ctrl+d ctrl+e ctrl+k ctrl+u ctrl+v ctrl+w ctrl+x ctrl+y ctrl+z f6 f7 "
    "ctrl+backspace alt+backspace alt+delete alt+b alt+f".split()
)
"""Keys that the prompt needs for typing and editing."""

_WHILE_TYPING = frozenset({Place.EVERYWHERE, Place.CHAT, Place.GLOSSARY, Place.TALKS})
_TOGETHER = frozenset({Place.EVERYWHERE, Place.CHAT, Place.SOURCE})
"""Places whose keys work at the same time."""


class KeyProblem(ValueError):
    """A key that cannot be used: says which, and what to do."""


def checked_keys(table: Mapping[str, object]) -> dict[str, str]:
    """Return the keys of ``table``, action id to key, as the chat knows them.

    Raises KeyProblem for an unknown action, a key that is none, one that typing needs, or a clash.
    """
    by_id = {action.id: action for action in ACTIONS}
    keys = {}
    for name, key in table.items():
        if name not in by_id:
            raise KeyProblem(f"[keys] has an unknown action {name!r}.{_hint(name)}")
        keys[name] = _checked(by_id[name], key)
    _refuse_clashes(keys)
    return keys


def _checked(action: Action, key: object) -> str:
    if not isinstance(key, str) or (named := _canonical(key)) is None:
        raise KeyProblem(
            f"keys.{action.id} = {key!r} is no key. Write one key, such as "
            '"f7", "ctrl+g", "alt+1" or, where nothing is typed, "g".'
        )
    if action.place in _WHILE_TYPING and (len(named) == 1 or named in TYPING):
        unchanged = named in action.key.split(",")
        if not unchanged:
            raise KeyProblem(
                f"keys.{action.id} = {key!r}: that key is needed for typing. "
                "Take a function key, or a letter with Ctrl or Alt."
            )
    if action.place is Place.SOURCE and named.isdecimal():
        raise KeyProblem(f"keys.{action.id} = {key!r}: digits show citations. Take a letter.")
    return named


def _canonical(key: str) -> str | None:
    """Return the key's name as Textual has it, or None if it names no key."""
    if len(key) == 1:
        return key if key.isascii() and key.isprintable() and key not in " ,+" else None
    *modifiers, name = key.strip().lower().replace(" ", "").split("+")
    name = OTHER_NAMES.get(name, name)
    function_key = name[:1] == "f" and name[1:].isdecimal() and 1 <= int(name[1:]) <= 24
    if len(modifiers) > 1 or any(modifier not in MODIFIERS for modifier in modifiers):
        return None
    if function_key or name in NAMED:
        return "+".join((*modifiers, name))
    letter = len(name) == 1 and name.isascii() and name.isalnum()
    return "+".join((*modifiers, name)) if letter and modifiers and modifiers != ["shift"] else None


def _refuse_clashes(keys: Mapping[str, str]) -> None:
    for action_id, key in keys.items():
        action = next(action for action in ACTIONS if action.id == action_id)
        for other in ACTIONS:
            if other.id != action_id and _meet(action, other) and key in _keys_of(other, keys):
                raise KeyProblem(
                    f"keys.{action_id} = {key!r}: {key_words(key)} is the key of {other.label!r} "
                    f"({other.id}). Take another, or give {other.id} another one too."
                )


def _keys_of(action: Action, keys: Mapping[str, str]) -> list[str]:
    return [keys[action.id]] if action.id in keys else action.key.split(",")


def _meet(one: Action, other: Action) -> bool:
    places = {one.place, other.place}
    return len(places) == 1 or Place.EVERYWHERE in places or places <= _TOGETHER


def _hint(name: str) -> str:
    from difflib import get_close_matches

    known = [action.id for action in ACTIONS]
    near = get_close_matches(name, known, n=1)
    return f" Did you mean {near[0]!r}?" if near else f" Known: {', '.join(known)}."
