"""Messages in another language: recognised by their small words, and only for alarm."""

from __future__ import annotations

import re

from bot.reply import Kind
from bot.safety.notices import framing_for, notice_for
from bot.safety.rules import Assessment, Category, Country, Finding, Ruleset

_WORD = re.compile(r"[^\W\d_]+")
ENOUGH = 2
"""Small words of a language that must be seen, where the alarm itself is not a word of English."""
LOOKED_AT = 4000
"""Words of a message that are looked at."""


def other_language(words: list[str], rules: Ruleset) -> str | None:
    """Return the code of the language that a message is written in, None for English or too few words."""
    spoken = set(words)
    counts = {code: len(spoken & set(one["small_words"])) for code, one in rules.languages.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if best != "en" and counts[best] >= ENOUGH and counts[best] > counts["en"] else None


def alarm_in_other_language(text: str, rules: Ruleset, country: Country | None) -> Assessment | None:
    """Return an emergency with numbers first if a message in another language says something alarming."""
    words = [found.group() for found, _ in zip(_WORD.finditer(text.lower()), range(LOOKED_AT), strict=False)]
    code = other_language(words, rules)
    if code is None:
        return None
    plain = f" {' '.join(words)} "
    for kind, phrases in rules.languages[code]["alarm"].items():
        found = next((phrase for phrase in phrases if f" {phrase}" in plain), None)
        if found is not None:
            category = Category(kind)
            rule = f"{category.value}.language_{code}"
            return Assessment(
                findings=(Finding(category, rule, found, 0),),
                categories=(category,),
                rules=(rule,),
                kind=Kind(category.value),
                notice=notice_for("other_language_" + category.value, False, rules, country),
                framing=framing_for(category.value, rules, country),
                quotes_allowed=False,
            )
    return None
