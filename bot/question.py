"""Understanding what was asked: small talk, the question inside a long message, follow-ups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.conversation import Conversation
from bot.reply import Kind
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
_CONNECTIVE = re.compile(
    r"^\W*(?:and|or|also|then|so|but|ok(?:ay)?|oh|hmm|what about|how about|what of|same for|any)\b[\s,:]*",
    re.IGNORECASE,
)
_SWAP = re.compile(
    r"^\W*(?:(?:and|or|so|but|ok(?:ay)?)\W+)*(?:what about|how about|what of|same for|and|or)\s+",
    re.IGNORECASE,
)
_ANAPHORA = re.compile(
    r"\b(?:it|its|it's|they|them|their|those|these|this|that|one|ones|there|he|she"
    r"|the (?:first|second|third|last|other|others|same))\b",
    re.IGNORECASE,
)
_CONTINUE = re.compile(
    r"^\W*(?:why|how|how so|how come|when|where|who|which(?: ones?)?|really|tell me more|more(?: please)?|"
    r"go on|continue|say more|what else|anything else|for example|such as|like what|meaning|in what way)\W*$",
    re.IGNORECASE,
)
_ASPECTS = frozenset(
    terms_of(
        """
        side effect effects symptom risk risks danger drug drugs medicine medicines medication pill pills
        tablet tablets infusion injection treatment treatments therapy work works working cost price
        approve approved test tests testing tested result results cause causes benefit long last often
        difference different kind kinds type types example examples option options use used help happen
        happens common serious inherited hereditary men women monitor monitored check checks blood food
        eat alcohol name names brand brands call worry question questions ask
        """
    )
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


def understand(conversation: Conversation, text: str) -> Question:
    """Return what ``text`` asks, in the light of the turns before it."""
    cleaned = one_line(text[:_MOST])
    if talk := _small_talk(cleaned):
        return Question(cleaned, cleaned, talk=talk)
    focus = _focus(cleaned)
    if rewritten := _follow_up(conversation, focus):
        return Question(cleaned, rewritten, rewritten)
    return Question(cleaned, focus, focus if focus != cleaned else None)


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


def _follow_up(conversation: Conversation, text: str) -> str | None:
    """Return ``text`` with the topic it leans on, or None if it stands alone."""
    earlier = _last_topic(conversation)
    if not earlier:
        return None
    terms = terms_of(text)
    own = [term for term in terms if term not in _ASPECTS]
    opening = _CONNECTIVE.match(text)
    asks_more = bool(_CONTINUE.match(text)) or not terms
    leans = bool(_ANAPHORA.search(text)) and len(own) <= 1
    bare_aspect = not own and len(terms) <= 3
    if not (asks_more or leans or bare_aspect or (opening and len(own) <= 3)):
        return None
    rest = _SWAP.sub("", text) or text
    if own and _SWAP.match(text) and len(own) <= 3:
        return _with_aspect(rest, earlier)
    return f"{_capital(rest.rstrip(' ?.!'))} ({_topic_words(earlier)})"


def _last_topic(conversation: Conversation) -> str | None:
    """Return the last question that was about the articles, as it was understood."""
    for turn in reversed(conversation.turns):
        if turn.reply.kind in {Kind.ANSWER, Kind.PARTIAL} or turn.reply.sentences:
            return turn.reply.understood or turn.question
    return None


def _topic_words(earlier: str) -> str:
    """Return the words that name the topic of an earlier question, in their order."""
    bracket = re.search(r"\(([^()]+)\)$", earlier)
    if bracket:
        return bracket.group(1)
    named = [word for word in _content_words(earlier) if not set(terms_of(word)) <= _ASPECTS]
    return " ".join(named or _content_words(earlier)) or earlier


def _with_aspect(subject: str, earlier: str) -> str:
    """Ask of a new subject what was asked of the earlier one: "what about X?"."""
    before = re.sub(r"\s*\([^()]*\)$", "", earlier)
    aspect = [word for word in _content_words(before) if terms_of(word) and set(terms_of(word)) <= _ASPECTS]
    subject = _capital(subject.rstrip(" ?.!"))
    return f"{subject}: {' '.join(aspect)}" if aspect else subject


def _content_words(text: str) -> list[str]:
    words = [word.strip("?!.,;:\"'“”‘’()") for word in text.split()]
    return [word for word in words if word and terms_of(word)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
