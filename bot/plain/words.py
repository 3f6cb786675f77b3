"""The words of the plain chat, told from questions: a line is a word only if it is nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Word(StrEnum):
    """What a line that is no question asks the chat to do."""

    HELP = "help"
    QUIT = "quit"
    SOURCES = "sources"
    SOURCE = "source"
    FACTS = "facts"
    ARTICLE = "article"
    CHOICE = "choice"
    UNDO = "undo"
    KEEP = "keep"
    NOTE = "note"
    KEPT = "kept"
    DROP = "drop"
    WRONG = "wrong"
    NEW = "new"
    CONVERSATIONS = "conversations"
    OPEN = "open"
    EARLIER = "earlier"
    SEARCH = "search"
    RENAME = "rename"
    DELETE = "delete"
    DELETE_ALL = "delete all"
    GLOSSARY = "glossary"
    COUNTRY = "country"
    REBUILD = "rebuild"
    EXPORT = "export"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Said:
    """A word and what came with it."""

    word: Word
    number: int | None = None
    text: str = ""
    form: str = ""
    """The form of a file, if one was named."""

    @property
    def is_free(self) -> bool:
        """Whether somebody said something in their own words, which may be more than it seems."""
        return self.word in _FREE and bool(self.text)


_FREE = frozenset({Word.NOTE, Word.WRONG, Word.SEARCH, Word.RENAME, Word.GLOSSARY})
_MARK = r"\[?(?P<number>\d{1,4})\]?"
_TEXT = r"(?P<text>\S.*)"
_NO_QUESTION = r"(?P<text>\S(?:.*[^?\s])?(?<!\?))"
_FILE = r"(?: (?P<text>-|\S*[./\\]\S*))?"

_PATTERNS: tuple[tuple[Word, str], ...] = (
    (Word.HELP, r"help|\?"),
    (Word.QUIT, r"quit|exit"),
    (Word.SOURCES, r"sources"),
    (Word.SOURCE, rf"source {_MARK}"),
    (Word.FACTS, rf"facts {_MARK}"),
    (Word.ARTICLE, rf"article {_MARK}"),
    (Word.CHOICE, r"(?P<number>\d{1,2})"),
    (Word.UNDO, r"undo"),
    (Word.KEEP, rf"keep(?: {_MARK})?"),
    (Word.NOTE, rf"note(?:(?: ?: ?| ){_TEXT})?"),
    (Word.KEPT, r"kept"),
    (Word.DROP, rf"drop {_MARK}"),
    (Word.WRONG, rf"wrong(?:(?: ?[:,–—-] ?| (?=because )){_TEXT})?"),
    (Word.NEW, r"new"),
    (Word.CONVERSATIONS, r"conversations"),
    (Word.OPEN, r"open (?P<text>last|\d{1,3}|\d{8}-[\da-z-]+)"),
    (Word.EARLIER, r"earlier"),
    (Word.SEARCH, rf"search(?: ?: ?| ){_NO_QUESTION}"),
    (Word.RENAME, rf"rename(?: ?: ?| ){_NO_QUESTION}"),
    (Word.DELETE, r"delete"),
    (Word.DELETE_ALL, r"delete all"),
    (Word.GLOSSARY, rf"glossary(?:(?: ?: ?| ){_NO_QUESTION})?"),
    (Word.REBUILD, r"rebuild"),
    (Word.COUNTRY, r"country(?: (?P<text>us|uk|eu|any))?"),
    (Word.EXPORT, rf"export(?: (?P<form>markdown|html|json))?{_FILE}"),
    (Word.SHEET, rf"(?:visit )?sheet(?: (?P<form>markdown|html))?{_FILE}"),
)
_COMPILED = tuple((word, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for word, pattern in _PATTERNS)
_FULL_STOP = re.compile(r"(?<=\w)\.$")
"""Dictation puts one after a single word."""


def said_in(line: str) -> Said | None:
    """Return the word that ``line`` is, or None if it is a question, as nearly everything is."""
    text = " ".join(line.split())
    for candidate in dict.fromkeys((text, _FULL_STOP.sub("", text))):
        for word, pattern in _COMPILED:
            if match := pattern.fullmatch(candidate):
                return _said(word, match)
    return None


def _said(word: Word, match: re.Match[str]) -> Said:
    groups = match.groupdict()
    number = groups.get("number")
    return Said(
        word,
        number=int(number) if number else None,
        text=groups.get("text") or "",
        form=(groups.get("form") or "").lower(),
    )
