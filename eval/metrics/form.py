"""The form that a reply must have whatever it says: the action first, few words, and one line of framing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.reply import Kind
from corpus.sentences import sentence_spans
from eval.metrics.answers import count_words

MOST_WORDS_FIRST = 60
"""Words that may stand before the first citation."""

_NUMBER = re.compile(r"\d{3}")
_REFERS = {
    Kind.CRISIS: _NUMBER,
    Kind.EMERGENCY: re.compile(r"\b(?:call|ring|dial|phone)\b.*\d{3}", re.IGNORECASE),
    Kind.URGENT: re.compile(
        r"\b(?:call|ring|phone|contact)\b.*\b(?:line|clinic|team|doctor|\d{3})", re.IGNORECASE
    ),
    Kind.BOUNDARY: re.compile(
        r"\b(?:team|pharmacist|doctor|nurse|clinic|oncologist|someone who knows|cannot help with that)\b",
        re.IGNORECASE,
    ),
}
"""Per kind of reply that is led by a notice: what its first sentence must hold."""


class FormFault(StrEnum):
    """What is wrong with the opening of a reply that is led by a notice."""

    NO_NOTICE = "there is no notice"
    ACTION_LATE = "the first sentence is not the call or referral"
    TOO_LONG = f"more than {MOST_WORDS_FIRST} words stand before the first citation"
    QUESTION_FIRST = "a question stands before the referral"


def is_led_by_notice(kind: Kind) -> bool:
    """Tell whether a reply of this kind opens with a notice."""
    return kind in _REFERS


def form_faults(kind: Kind, notice: str | None, spoken_first: Sequence[str]) -> tuple[FormFault, ...]:
    """Return what is wrong with the opening of a reply; nothing for a kind that no notice leads.

    ``spoken_first`` is all that the reply says before its first quote, the notice included.
    """
    refers = _REFERS.get(kind)
    if refers is None:
        return ()
    if not (notice or "").strip():
        return (FormFault.NO_NOTICE,)
    sentences = _sentences(notice or "")
    until = next((n for n, sentence in enumerate(sentences) if refers.search(sentence)), len(sentences))
    faults = []
    if until:
        faults.append(FormFault.ACTION_LATE)
    if count_words(spoken_first) > MOST_WORDS_FIRST:
        faults.append(FormFault.TOO_LONG)
    if any("?" in sentence for sentence in sentences[: until + 1]):
        faults.append(FormFault.QUESTION_FIRST)
    return tuple(faults)


def is_framed(kind: Kind, framing: str, rest: Sequence[str]) -> bool:
    """Tell whether a reply closes with one line of framing that is not the whole of it.

    In a crisis that line names whom to call. ``rest`` is all else that the reply says or quotes.
    """
    one_line = bool(framing.strip()) and "\n" not in framing.strip()
    return (
        one_line
        and any(text.strip() for text in rest)
        and (kind is not Kind.CRISIS or bool(_NUMBER.search(framing)))
    )


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]
