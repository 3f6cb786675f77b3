"""Which words of a text carry its subject, and when two of them are the same."""

from __future__ import annotations

import re

_EMPTY = frozenset(
    """
    a about above after again against all also although always am among an and another any are as at
    be because been before being below between both but by can cannot could did do does doing done
    down during each either else enough even ever every few first for from further get give given
    gives go goes had has have having he her here hers him his how however i if in into is it its
    itself just kind kinds last least less like make makes many may me mean means meant might mine
    more most much must my never new next no nor not nothing now of off often on
    once one ones only or other others our out over own part people per person perhaps rather same
    say says she should since so some something sometimes still such take taken takes than that the
    their them then there these they thing things this those though through thus to too two under
    until up upon us use used uses using usually very was way ways we well were what when where
    whether which while who whom whose why will with within without would yes yet you your yours
    """.split()
)
_WORD = re.compile(r"[^\W_](?:[\w'’/+.-]*[^\W_]|\w*)", re.UNICODE)


def content_words(text: str) -> list[str]:
    """Return the stems of the words of ``text`` that carry meaning, in order."""
    words = (
        part for word in _WORD.findall(text.lower()) for part in re.split(r"[/.]|(?<=[a-z])-(?=[a-z])", word)
    )
    return [stem(word) for word in words if word and word not in _EMPTY]


def stem(word: str) -> str:
    """Return ``word`` without its inflection, roughly: enough to know "tests" and "tested" as one."""
    word = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    for ending in (
        "ations",
        "ation",
        "ings",
        "ing",
        "ies",
        "ied",
        "ers",
        "ed",
        "es",
        "er",
        "ly",
        "s",
        "y",
        "e",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
