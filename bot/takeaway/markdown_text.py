"""Text from outside as Markdown that shows it and does nothing else."""

from __future__ import annotations

import re

from corpus.text import clean_text, one_line

_SIGNS = re.compile(r"[\\`*_\[\]|~$]")
_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_LINK = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=www)\.|@")
"""What some viewers make a link of, unasked."""
_OPENS_A_BLOCK = re.compile(r"^(?:[#+=:-]|(?<!\d)\d{1,9}(?=[.)]))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_WEB = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)


def inline(text: str) -> str:
    """Return text as one line in which no sign means anything."""
    escaped = _SIGNS.sub(r"\\\g<0>", one_line(text))
    for sign, entity in _ENTITIES:
        escaped = escaped.replace(sign, entity)
    escaped = _LINK.sub(r"\\\g<0>", escaped)
    return _OPENS_A_BLOCK.sub(_harmless_opening, escaped)


def paragraph(text: str) -> str:
    """Return text as a paragraph that keeps its lines; blank ones go."""
    lines = [inline(line) for line in clean_text(text).split("\n") if line.strip()]
    return "\\\n".join(line for line in lines if line)


def quoted(block: str) -> str:
    """Return a block of Markdown as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in block.split("\n"))


def link(title: str, address: str) -> str:
    """Return a link, or words alone where the address is none of the web."""
    title, address = one_line(title), one_line(address)
    if not _WEB.fullmatch(address):
        return inline(" ".join(part for part in (title, address) if part))
    return f"[{inline(title or address)}](<{_ENTITY.sub('&amp;', address)}>)"


def _harmless_opening(match: re.Match[str]) -> str:
    found = match.group()
    return f"{found}\\" if found[0].isdigit() else f"\\{found}"
