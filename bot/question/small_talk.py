"""Messages that need no article, and the pleasantries around those that do."""

from __future__ import annotations

import re
from enum import StrEnum

from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_DOUBLED = re.compile(r"(.)\1")
_STRETCHED = re.compile(r"(.)\1{2,}")
_MOST_WORDS = 14
"""Words up to which a message may be small talk alone."""
_LEAST_MISTYPED = 5
"""Letters from which on a word of small talk may have one slip."""


class Talk(StrEnum):
    """Messages that need no article."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    ABOUT_US = "about_us"
    HELP = "help"
    NOTHING = "nothing"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GREETS = _words("hi hello hey hiya howdy greetings morning afternoon evening yo hallo")
_THANKS = _words("thanks thank thankyou thx ty cheers ta appreciated appreciate grateful ok okay okey gotcha")
_PARTS = _words("bye goodbye byebye cya ciao farewell goodnight night")
_FILLS = _words(
    """
    good there everyone all again bot chat friend team day lovely nice to meet you how are doing today so
    very much a an lot many for that this the your all help helping helped helps info information answer
    answers was is it its really great useful clear clearly kind good now super perfect wonderful right
    ah oh yes yep well and me i my see later then take care have one you're youre of bless god be that's
    thats explaining explanation time patience again everything got understand understood brilliant
    amazing awesome been am u just wow fine helpful x xx xo
    """
)
_ABOUT_US = re.compile(
    r"^(?:so |and |hi |hello |hey |ok )*(?:who|what) (?:are|r) (?:you|u)(?: exactly| then| really)?$"
    r"|^(?:so |and |hi |hello |hey )*(?:what(?:'s| is) (?:this|your name)|"
    r"how (?:do|does) (?:this|it|you) work)$"
    r"|^(?:is this|are you|am i (?:talking|speaking|chatting) (?:to|with)|r u) (?:a |an |the |just a )?"
    r"(?:real |actual |live )?(?:human|person|robot|bot|chatbot|chat bot|ai|doctor|nurse|clinician|machine|"
    r"computer|program|real|someone)(?: being| person)?(?: or .{1,30})?$"
    r"|\bare you (?:a |an )?(?:real|human|person|robot|bot|ai|doctor|nurse|clinician)\b"
)
_HELP = re.compile(
    r"^(?:hi |hello |hey |please |ok |so )*(?:help(?: me)?(?: please)?"
    r"|(?:can|could|will|would) (?:you|u|anyone|someone|this) (?:please )?help(?: me)?"
    r"(?: please| out| with something)?"
    r"|i need (?:some |your )?help(?: please)?"
    r"|(?:can|could|may) i ask (?:you )?(?:a|some|you a|something|a quick)? ?"
    r"(?:questions?|something)?(?: please)?"
    r"|i (?:have|ve got|'ve got|got) (?:a|some|a few|a quick) questions?"
    r"|what (?:can|do|should) (?:you|i|u) (?:do|ask|know|answer)(?: about| here| you)?"
    r"|what (?:kind of |sort of )?(?:questions|things) can i ask(?: you)?)$"
)
_OPENING = re.compile(
    r"^\W*(?:(?:(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day))"
    r"(?: (?:there|everyone|all|again|team))?"
    r"|(?:many )?thank(?:s| you)(?: (?:so|very) much| a lot| again| for (?:that|this|your (?:help|answer)))?"
    r"|(?:i(?:'m| am) )?(?:so |really )?sorry(?: (?:to bother you|for asking|"
    r"if this is a (?:silly|stupid|daft|dumb) (?:one|question)))?"
    r"|(?:just )?a? ?(?:quick|silly|stupid|simple|small|daft) (?:question|one)"
    r"|i hope (?:you can help|this is ok(?:ay)?|that's ok(?:ay)?)|ok(?:ay)? thanks"
    r"|(?:can|could|may) i (?:just )?ask(?: you)?(?: a question| something)?"
    r"|first time (?:using this|here)|great|perfect|lovely|wonderful)(?![\w'’-])\s*[,.!:;–—-]+\s*)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[\s,.!;–—-]+(?:(?:many |with )?thank(?:s| you)(?: (?:so|very) much| a lot| in advance)?|cheers|ta|tia|"
    r"bless you|kind regards|xx*|take care)(?:\s+(?:x+|all|everyone))?[\s.!]*$",
    re.IGNORECASE,
)


def small_talk(text: str) -> Talk | None:
    """Return what sort of small talk ``text`` is, or None if there is more in it."""
    if not any(character.isalnum() for character in text):
        return Talk.NOTHING
    words = [_STRETCHED.sub(r"\1", word.lower().replace("’", "'")) for word in _WORD.findall(text)]
    plain = " ".join(words)
    if _ABOUT_US.search(plain):
        return Talk.ABOUT_US
    if _HELP.match(plain):
        return Talk.HELP
    if not words or len(words) > _MOST_WORDS or any(character.isdigit() for character in text):
        return None
    return _courtesy(words, asks=text.rstrip().endswith("?"))


def without_courtesies(text: str) -> str:
    """Return ``text`` without the greeting before and the thanks behind a question."""
    stripped = _CLOSING.sub("", _OPENING.sub("", text))
    return stripped if any(character.isalnum() for character in stripped) else text


def _courtesy(words: list[str], *, asks: bool) -> Talk | None:
    """Return the sort of courtesy that all of ``words`` belong to."""
    read = [_read(word) for word in words]
    if not all(read):
        return None
    for talk, known in ((Talk.THANKS, _THANKS), (Talk.FAREWELL, _PARTS), (Talk.GREETING, _GREETS)):
        if any(word in known for word in read) and not (asks and talk is not Talk.GREETING):
            return talk
    return Talk.GREETING if " ".join(words[:3]) == "how are you" else None


def _read(word: str) -> str:
    """Return the word of small talk that ``word`` is, slips and all; empty if it is none."""
    known = _GREETS | _THANKS | _PARTS | _FILLS
    if word in known:
        return word
    single = _DOUBLED.sub(r"\1", word)
    if single in known:
        return single
    if len(word) < _LEAST_MISTYPED - 1:
        return ""
    near = [one for one in sorted(_GREETS | _THANKS | _PARTS) if len(one) >= _LEAST_MISTYPED]
    return next((one for one in near if OSA.distance(word, one) <= 1 and word[0] == one[0]), "")
