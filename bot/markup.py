"""Building HTML so that nothing gets in unescaped: text is escaped unless it is ``Markup``."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from corpus.text import clean_text

_EMPTY = frozenset({"meta", "circle", "line", "rect", "polyline"})
"""Elements without content. The slash is what ends one in a drawing; elsewhere it means nothing."""


class Markup(str):
    """HTML that is safe as it stands."""

    __slots__ = ()


Content = str | Iterable[str] | None
Value = str | float | bool | None


def safe(text: str) -> Markup:
    """Return text from outside as HTML: control and bidi characters removed, signs of HTML escaped."""
    return text if isinstance(text, Markup) else Markup(escape(clean_text(text)))


def joined(*content: Content) -> Markup:
    """Return all of ``content`` one after the other, escaped where it is plain text; None is nothing."""
    parts: list[str] = []
    for each in content:
        if isinstance(each, str):
            parts.append(safe(each))
        elif each is not None:
            parts.extend(safe(part) for part in each)
    return Markup("".join(parts))


def tag(name: str, /, *content: Content, **attributes: Value) -> Markup:
    """Return an element.

    An attribute's name loses a trailing underscore (``class_``), and its other ones become hyphens.
    True is an attribute without a value; None and False leave it out.
    """
    opening = f"<{name}{_attributes(attributes)}"
    if name in _EMPTY:
        return Markup(f"{opening}/>")
    return Markup(f"{opening}>{joined(*content)}</{name}>")


def _attributes(attributes: dict[str, Value]) -> str:
    written = []
    for key, value in attributes.items():
        name = key.rstrip("_").replace("_", "-")
        if value is True:
            written.append(f" {name}")
        elif value is not None and value is not False:
            text = value if isinstance(value, str) else plain_number(value)
            written.append(f' {name}="{escape(clean_text(text))}"')
    return "".join(written)


def plain_number(value: float) -> str:
    """Return a number with two digits at most, as short as it goes, for coordinates."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
