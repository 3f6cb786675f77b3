"""Words between quotation marks that are named as words ("what does 'rigors' mean"), not said by anyone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.safety.normalise import Spelling, normalise

MOST_WORDS = 7
"""A longer quotation may tell of someone."""
_QUOTED = re.compile(
    r"[“\"]([^“”\"\n]{2,60})[”\"]|(?<!\w)[‘']([^‘’'\n]{2,60})[’'](?!\w)",
)
_SPOKEN = re.compile(
    r"\b(?:say|says|said|saying|tell|tells|told|text|texts|texted|shout|shouts|shouted|shouting|scream|screams|"
    r"screaming|goes|went|reply|replied|replies|repeats|repeating|whisper|whispers|whispered|moan|moans|"
    r"complains|complaining|answers|mutters|muttering|message|messaged|is|feels|feel)\W*(?:me|us|of)?\W*$",
    re.IGNORECASE,
)
_BEFORE = 24
"""Characters before a quotation in which a word of speech may stand."""
_PEOPLE = frozenset("i me my mine we us he she her him his it they them".split())


def words_named(text: str, spelling: Spelling) -> Sequence[str]:
    """Return the quotations that only name words, in the plain form that patterns are matched against."""
    named = []
    for found in _QUOTED.finditer(text):
        if _SPOKEN.search(text[max(0, found.start() - _BEFORE) : found.start()]):
            continue
        words = [word for one in normalise(found[1] or found[2], spelling) for word in one.words]
        if 0 < len(words) <= MOST_WORDS and _PEOPLE.isdisjoint(words):
            named.append(" ".join(words))
    return named
