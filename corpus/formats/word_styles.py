"""What the styles of a Word document say of its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LISTS = ("list bullet", "list number")
_OFF = frozenset({"0", "false", "off"})


class Role(StrEnum):
    """What a paragraph is."""

    TITLE = "title"
    HEADING = "heading"
    ITEM = "item"
    CONTENTS = "contents"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Style:
    """The role of a paragraph, and the level if it is a heading."""

    role: Role = Role.TEXT
    level: int = 0


@dataclass(slots=True)
class Styles:
    """The styles of a document by their ids."""

    by_id: Mapping[str, Element] = field(default_factory=dict)

    def of(self, paragraph: Element) -> Style:
        """Return the style of a paragraph: its own settings first, then its style and those below."""
        properties = paragraph.find(f"{W}pPr")
        styles = self._chain(value_of(properties, "pStyle"))
        named = next((found for style in styles if (found := _named(style)).role is not Role.TEXT), Style())
        if named.role in {Role.TITLE, Role.HEADING, Role.CONTENTS}:
            return named
        for inner in (properties, *(style.find(f"{W}pPr") for style in styles)):
            level = value_of(inner, "outlineLvl")
            if level.isdigit() and int(level) < 9:
                return Style(Role.HEADING, int(level) + 1)
            numbering = inner.find(f"{W}numPr") if inner is not None else None
            if numbering is not None:
                return Style(Role.TEXT if value_of(numbering, "numId") == "0" else Role.ITEM)
        return named

    def _chain(self, style: str) -> list[Element]:
        """Return a style and those that it is based on; a circle ends where it closes."""
        chain: list[Element] = []
        while (element := self.by_id.get(style)) is not None and element not in chain:
            chain.append(element)
            style = value_of(element, "basedOn")
        return chain


def read_styles(root: Element) -> Styles:
    """Return the styles of the part that holds them."""
    found = {element.get(f"{W}styleId") or "": element for element in root.iter(f"{W}style")}
    return Styles(found)


def value_of(parent: Element | None, name: str) -> str:
    """Return the value of a child of ``parent`` by its short name, or ""."""
    child = parent.find(f"{W}{name}") if parent is not None else None
    return (child.get(f"{W}val") or "") if child is not None else ""


def is_on(parent: Element | None, name: str) -> bool:
    """Whether ``parent`` has the child ``name``, and it is not switched off."""
    child = parent.find(f"{W}{name}") if parent is not None else None
    return child is not None and child.get(f"{W}val") not in _OFF


def _named(style: Element) -> Style:
    name = value_of(style, "name").lower()
    if found := _HEADING.match(name):
        return Style(Role.HEADING, int(found[1]))
    if name == "title":
        return Style(Role.TITLE)
    if name.startswith(("toc ", "table of figures")):
        return Style(Role.CONTENTS)
    return Style(Role.ITEM) if name.startswith(_LISTS) else Style()
