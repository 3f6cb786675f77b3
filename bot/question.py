"""Understanding what was asked: small talk, the question inside a long message, follow-ups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.conversation import Conversation
from bot.follow_up import resolve, without_change_of_topic
from bot.reply import Kind
from bot.vocabulary import Vocabulary
from corpus.sentences import sentence_spans
from corpus.text import one_line
from index.words import terms_of

_LONG = 40
"""Words from which on a message is searched for the question inside it."""
_MOST = 2_000
"""Characters of a message that are searched for; the safety layer reads all of it."""

_GREETING = re.compile(
    r"^\W*(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|greetings)\b[\s,!.]*"
    r"(?:there|everyone|again|bot)?\W*$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|great|perfect|good|wonderful|super|right|lovely|ah|oh|yes)\b\W*)*"
    r"(?:(?:many |a lot of )?thank(?:s| you)|cheers|ta|much appreciated|ok(?:ay)?|bye|goodbye|good night)\b"
    r"(?:\W+(?:so|very|much|a|lot|for|that|this|the|your|you|all|help\w*|info\w*|answer\w*|again|bye|was|is|it|"
    r"really|great|useful|clear|kind|good|night|now|everyone|bot))*\W*$",
    re.IGNORECASE,
)
_ABOUT_US = re.compile(
    r"^\W*(?:who|what) are you\W*$|^\W*what can (?:you|i) (?:do|ask)\b"
    r"|^\W*(?:how (?:do|does) (?:this|you) work|help)\W*$"
    r"|\bare you (?:a |an )?(?:real|human|person|robot|bot|ai|doctor|nurse|clinician)\b",
    re.IGNORECASE,
)


class Talk(StrEnum):
    """Messages that need no article."""

    GREETING = "greeting"
    THANKS = "thanks"
    ABOUT_US = "about_us"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, and what it was understood as."""

    text: str
    search_text: str
    """What is looked for in the articles."""
    understood: str | None = None
    """Shown to the reader where it differs from what was typed."""
    talk: Talk | None = None


def understand(conversation: Conversation, text: str, vocabulary: Vocabulary | None = None) -> Question:
    """Return what ``text`` asks, in the light of the turns before it.

    ``vocabulary`` repairs misspelt terms; without it nothing is repaired.
    """
    typed = as_typed(text)
    if typed.talk:
        return typed
    cleaned = vocabulary.repaired(typed.text) if vocabulary else typed.text
    focus = without_change_of_topic(cleaned)
    if focus is None:
        focus = _focus(cleaned)
        earlier = _last_question(conversation)
        focus = (resolve(focus, earlier) if earlier else None) or focus
    return Question(typed.text, focus, focus if focus != typed.text else None)


def as_typed(text: str) -> Question:
    """Return ``text`` to be looked for as it stands; small talk is known all the same."""
    cleaned = one_line(text[:_MOST])
    return Question(cleaned, cleaned, talk=_small_talk(cleaned))


def _small_talk(text: str) -> Talk | None:
    if not any(character.isalnum() for character in text):
        return Talk.NOTHING
    if _GREETING.match(text):
        return Talk.GREETING
    if _THANKS.match(text) and not text.endswith("?"):
        return Talk.THANKS
    if _ABOUT_US.search(text):
        return Talk.ABOUT_US
    return None


def _focus(text: str) -> str:
    """Return the questions inside a long message, or the message itself."""
    if len(text.split()) < _LONG:
        return text
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    asked = [sentence for sentence in sentences if sentence.endswith("?")]
    if len(set(terms_of(" ".join(asked)))) >= 2:
        return " ".join(asked)
    return text


def _last_question(conversation: Conversation) -> str | None:
    """Return the last question that was about the articles, as it was understood."""
    for turn in reversed(conversation.turns):
        if turn.reply.kind in {Kind.ANSWER, Kind.PARTIAL} or turn.reply.sentences:
            return turn.reply.understood or turn.question
    return None
