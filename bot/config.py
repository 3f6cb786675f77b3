"""The reader's own settings: ``config.toml``, read strictly and changed one key at a time."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from bot.country import Country
from bot.keymap import KeyProblem, checked_keys

FILE_NAME = "config.toml"
ANY_COUNTRY = "any"
"""The country of those who would rather see the phone lines of all."""


class ConfigProblem(Exception):
    """A config file that cannot be used: says what, where and what to do."""


class ThemeName(StrEnum):
    """The colours of the chat."""

    DARK = "dark"
    LIGHT = "light"
    HIGH_CONTRAST = "high-contrast"


@dataclass(frozen=True, slots=True)
class Config:
    """``config.toml``; every key is optional."""

    country: Country | None = None
    """Whose phone lines and thresholds are shown; None shows those of the US, the UK and the EU."""
    country_chosen: bool = False
    """Whether the reader said something about the country, "any" included."""
    theme: ThemeName | None = None
    private: bool = False
    """Whether conversations are not saved."""
    keep_uncovered: bool = False
    """Whether the reader agrees to a local list of the questions that the articles do not cover."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The key of each action that has another than the usual one, by the action's id."""


KNOWN = ("country", "theme", "private", "keep_uncovered", "keys")

_Choice = TypeVar("_Choice", bound=StrEnum)


def read_config(path: Path) -> Config:
    """Read the file at ``path``; one that does not exist says nothing.

    Raises ConfigProblem for a file that is no TOML and for an unknown key or value.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigProblem(f"{path}: {error}. Mend or remove the file.") from error
    return parse_config(text, path)


def parse_config(text: str, path: Path) -> Config:
    """Return what ``text`` says; ``path`` is named in problems. Raises ConfigProblem."""
    import tomllib

    try:
        return _config_of(tomllib.loads(text), path)
    except (ValueError, RecursionError) as error:  # numbers and nesting without end are no TOMLDecodeError
        raise ConfigProblem(f"{path}: {error}. Mend or remove the file.") from error


def _config_of(values: Mapping[str, Any], path: Path) -> Config:
    for key in values:
        if key not in KNOWN:
            raise ConfigProblem(f"{path}: unknown key {key!r}.{_hint(key, KNOWN)}")
    country = values.get("country")
    return Config(
        country=None if _is_any(country) else _choice(Country, "country", country, path, (ANY_COUNTRY,)),
        country_chosen=country is not None,
        theme=_choice(ThemeName, "theme", values.get("theme"), path),
        private=_yes_or_no("private", values.get("private", False), path),
        keep_uncovered=_yes_or_no("keep_uncovered", values.get("keep_uncovered", False), path),
        keys=_keys(values.get("keys", {}), path),
    )


def change_config(path: Path, key: str, value: str | bool) -> Config:
    """Set one key, ``keys.ACTION`` for the key of an action, and return what the file says then.

    Everything else in the file stays as it is, comments too. The file is replaced in one step and is
    readable by its owner alone. Raises ConfigProblem, and changes nothing, where the file or the new
    value cannot be used; OSError where it cannot be written.
    """
    import tomlkit

    read_config(path)
    document = tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
    table, _, name = key.rpartition(".")
    if not table:
        document[name] = value
    else:
        document.setdefault(table, tomlkit.table())[name] = value
    text = tomlkit.dumps(document)
    config = parse_config(text, path)
    _replace(path.resolve(), text)
    return config


def _replace(path: Path, text: str) -> None:
    """Write ``text`` beside ``path`` and rename it there, flushed to disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pending = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(pending, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        pending.replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            pending.unlink()
        raise


def _is_any(country: object) -> bool:
    return isinstance(country, str) and country.lower() == ANY_COUNTRY


def _choice(
    known: type[_Choice], key: str, value: object, path: Path, others: Iterable[str] = ()
) -> _Choice | None:
    """Return the member of ``known`` that ``value`` names, whatever its case; None for no value."""
    if value is None:
        return None
    by_name = {member.value.lower(): member for member in known}
    if isinstance(value, str) and (member := by_name.get(value.lower())):
        return member
    names = [*(member.value for member in known), *others]
    raise ConfigProblem(f"{path}: {key} = {value!r} is not known.{_hint(str(value), names)}")


def _yes_or_no(key: str, value: object, path: Path) -> bool:
    if isinstance(value, bool):
        return value
    raise ConfigProblem(f"{path}: {key} = {value!r} is neither true nor false. Write `{key} = true`.")


def _keys(table: object, path: Path) -> dict[str, str]:
    if not isinstance(table, dict):
        raise ConfigProblem(f'{path}: keys is no table. Write [keys], and below it lines like help = "f1".')
    try:
        return checked_keys(table)
    except KeyProblem as problem:
        raise ConfigProblem(f"{path}: {problem}") from problem


def _hint(given: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    names = list(known)
    by_folded = {name.lower(): name for name in names}
    near = get_close_matches(given.lower(), by_folded, n=1)
    if near:
        return f" Did you mean {by_folded[near[0]]!r}?"
    return f" Known: {', '.join(names)}."
