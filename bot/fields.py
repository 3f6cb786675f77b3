"""Reading values that came in as JSON, each checked for its type; light enough for thousands of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NoReturn, TypeVar

_Value = TypeVar("_Value")


class BadValue(ValueError):
    """A value that is not what it should be: says where it stands and what was expected."""


class Fields:
    """The fields of one JSON object; ``where`` is how errors name it.

    Every reader takes the name of a field. A field that is left out is an error, unless the reader
    was given a ``default``. Fields that nobody asks for do no harm.
    """

    __slots__ = ("_values", "where")

    def __init__(self, values: object, where: str) -> None:
        if not isinstance(values, Mapping):
            raise BadValue(f"{where} is no object")
        self._values: Mapping[str, Any] = values
        self.where = where

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def value(self, name: str) -> object:
        """Return a value of any type; None where it is left out."""
        return self._values.get(name)

    def text(self, name: str, *, default: str | None = None) -> str:
        """Return a text."""
        value = self._values.get(name, default)
        return value if isinstance(value, str) else self._refuse(name, "a text")

    def text_or_none(self, name: str) -> str | None:
        """Return a text, or None for null and for a field that is left out."""
        value = self._values.get(name)
        return value if value is None or isinstance(value, str) else self._refuse(name, "a text or null")

    def whole(self, name: str, *, default: int | None = None) -> int:
        """Return a whole number from 0."""
        value = self._values.get(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        return self._refuse(name, "a whole number from 0")

    def whole_or_none(self, name: str) -> int | None:
        """Return a whole number from 0, or None for null and for a field that is left out."""
        return None if self._values.get(name) is None else self.whole(name)

    def number(self, name: str, *, default: float | None = None) -> float:
        """Return a number."""
        return self._number(self._values.get(name, default), name)

    def flag(self, name: str) -> bool:
        """Return true or false."""
        value = self._values.get(name)
        return value if isinstance(value, bool) else self._refuse(name, "true or false")

    def day_or_none(self, name: str) -> date | None:
        """Return a day written as YYYY-MM-DD, or None for null and for a field that is left out."""
        value = self.text_or_none(name)
        try:
            return None if value is None else date.fromisoformat(value)
        except ValueError:
            return self._refuse(name, "a day written as YYYY-MM-DD")

    def moment(self, name: str) -> datetime:
        """Return a moment with its time zone, written as ISO 8601 has it."""
        try:
            value = datetime.fromisoformat(self.text(name))
        except ValueError:
            return self._refuse(name, "a moment such as 2026-11-27T10:00:00+00:00")
        return value if value.tzinfo else self._refuse(name, "a moment with its time zone")

    def rows(self, name: str, read: Callable[[Fields], _Value]) -> tuple[_Value, ...]:
        """Return a list of objects, each read by ``read``; a list that is left out is empty."""
        where = f"{self.where}.{name}"
        return tuple([read(Fields(value, where)) for value in self._list(name)])

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; a list that is left out is empty."""
        values = self._list(name)
        if all(isinstance(value, str) for value in values):
            return tuple(values)
        return self._refuse(name, "a list of texts")

    def wholes(self, name: str) -> tuple[int, ...]:
        """Return a list of whole numbers from 0; a list that is left out is empty."""
        values = self._list(name)
        if all(isinstance(value, int) and not isinstance(value, bool) and value >= 0 for value in values):
            return tuple(values)
        return self._refuse(name, "a list of whole numbers from 0")

    def numbers_by_name(self, name: str) -> dict[str, float]:
        """Return an object whose values are numbers; one that is left out is empty."""
        values = self._values.get(name, {})
        if not isinstance(values, dict):
            return self._refuse(name, "an object of numbers")
        return {key: self._number(value, f"{name}.{key}") for key, value in values.items()}

    def fields(self, name: str) -> Fields:
        """Return an object."""
        return Fields(self._values.get(name), f"{self.where}.{name}")

    def _list(self, name: str) -> list[Any] | tuple[Any, ...]:
        values = self._values.get(name, ())
        return values if isinstance(values, (list, tuple)) else self._refuse(name, "a list")

    def _number(self, value: object, name: str) -> float:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
        return self._refuse(name, "a number")

    def _refuse(self, name: str, expected: str) -> NoReturn:
        raise BadValue(f"{self.where}.{name} is not {expected}")
