"""The words of Word paragraphs, as a reader of the finished document sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from corpus.formats.word_styles import W, is_on, value_of
from corpus.text import one_line, superscript

_TAKEN_OUT = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr"})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{W}txbxContent"
_SPACES = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-", f"{W}ptab": " "}


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a paragraph, and whether all of it is bold."""

    text: str
    is_bold: bool


def words_of(paragraph: Element) -> Words:
    """Return the words of a paragraph without hidden, deleted and struck-out ones, and without text boxes."""
    runs = [(text, bold) for text, bold in _runs(paragraph) if text]
    return Words(
        one_line("".join(text for text, _ in runs)), all(bold for text, bold in runs if text.strip())
    )


def boxes_of(paragraph: Element) -> list[Element]:
    """Return the text boxes that hang on a paragraph, in order; boxes inside a box belong to that one."""
    return list(_boxes(paragraph))


def _runs(element: Element) -> Iterator[tuple[str, bool]]:
    for child in element:
        if child.tag == f"{W}r":
            yield from _run(child)
        elif child.tag not in _TAKEN_OUT and child.tag not in {_FALLBACK, _BOX}:
            yield from _runs(child)


def _run(run: Element) -> Iterator[tuple[str, bool]]:
    properties = run.find(f"{W}rPr")
    if any(is_on(properties, name) for name in ("vanish", "strike", "dstrike")):
        return
    text = "".join(
        (child.text or "") if child.tag == f"{W}t" else _SPACES.get(str(child.tag), "") for child in run
    )
    raised = value_of(properties, "vertAlign") == "superscript"
    yield (superscript(text) if raised else text), is_on(properties, "b")


def _boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag not in _TAKEN_OUT and child.tag != _FALLBACK:
            yield from _boxes(child)
