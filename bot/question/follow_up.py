"""Resolving a follow-up: putting back what it leaves out, from the question before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from bot.question.vocabulary import Vocabulary
from index.words import terms_of

_MOST_TOPIC_WORDS = 6
_MOST_KEPT = 9
"""Words up to which an earlier question is the topic as it stands."""
_MOST_ASKED = 3
"""Words of an earlier follow-up that are a part of its topic."""
_MOST_SHOWN = 5
"""Things shown in a reply that "those" is taken to mean."""
_THOSE = re.compile(
    r"\b(?:(?:which|any|all|some|one|none|each|both|most) of (?:those|these|them)|those|these|which ones?|"
    r"the others?)\b",
    re.IGNORECASE,
)
_THAT_ONE = re.compile(
    r"\b(?:that|this) (?:one|drug|pill|medicine|tablet)\b|^why (?:it|that)\W*$", re.IGNORECASE
)

_CHANGE = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|right|so|now|and|but|thanks|thank you)\W+)*"
    r"(?:(?:a |one |just a )?(?:different|another|new|unrelated|separate|other) "
    r"(?:question|topic|subject|thing)"
    r"|(?:to )?chang(?:e|ing) (?:the )?(?:subject|topic)"
    r"|on (?:a|another) (?:different )?(?:note|subject|topic)"
    r"|something else(?: (?:entirely|now))?)[\s.,:;!?–—-]*(?:(?:now|please|though)[\s.,:;!–—-]+)?",
    re.IGNORECASE,
)
_GO_ON = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|and|yes|please|can you|could you|sure)\W+)*(?:tell me (?:some |a bit )?more|"
    r"(?:some |any )?more(?: please| on this| about (?:it|this|that))?|go on|continue|say more|"
    r"carry on|read on|keep going|what else|anything else)(?: (?:about|on) (?:it|this|that)| please)*\W*$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(?:the |number |option |no\.? ?)?(first|1st|second|2nd|third|3rd|fourth|4th|last|former|latter|"
    r"one|two|three|[1-4])(?: (?:one|drug|pill|option|section|medicine|item|thing))?\b",
    re.IGNORECASE,
)
_NTH = r"(?:first|1st|second|2nd|third|3rd|fourth|4th|last)"
_CHOOSES = re.compile(
    rf"\b(?:the {_NTH} (?:one|drug|pill|option|section|medicine|item|thing)(?! (?:of|in|to|for)\b)"
    rf"|the (?:former|latter)|(?:number|option|no\.?) ?(?:[1-4]|one|two|three)|"
    rf"the {_NTH}(?=\W*$| on (?:the|that|your) list\b))",
    re.IGNORECASE,
)
_PLACES = {
    **dict.fromkeys(("first", "1st", "former", "one", "1"), 0),
    **dict.fromkeys(("second", "2nd", "two", "2"), 1),
    **dict.fromkeys(("third", "3rd", "three", "3"), 2),
    **dict.fromkeys(("fourth", "4th", "4"), 3),
    **dict.fromkeys(("last", "latter"), -1),
}
_RETURNS = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|so|right|now|and|can we|could we|let's|lets)[\s,]+)*"
    r"(?:(?:go(?:ing)?|get(?:ting)?|come|coming) )?(?:back|return(?:ing)?) to (?:the )?"
    r"(?P<topic>[^:,;?.!–—]{2,60})(?P<rest>.*)$",
    re.IGNORECASE,
)
_SMALL_WORD = re.compile(
    r"^\W*(?:ok(?:ay)?|oh|so|then|but|hmm|right|thanks|thank you)\b[\s,:.!]*", re.IGNORECASE
)
_ADDS = re.compile(r"^\W*(?:and|or|also|what about|how about|what of|same for|any)\b[\s,:]*", re.IGNORECASE)
_SWAPS = re.compile(
    r"^\W*(?:(?:and|or|but|so)\W+)*(?:what about|how about|what of|same for|and|or)\s+"
    r"(?!what|how|why|when|which|who|is|are|do|does|can|could|will|should)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|it's|they|them|their|those|these|which ones?"
    r"|the (?:first|second|third|last|other|others|same)(?: one)?"
    r"|(?:does|is|would|could|can|why is|how is|about|of|like|than|under|over|after|before|for|with)"
    r" (?:that|this)"
    r"|such an?|(?:that|this) (?:one|score|result|test|drug|pill|kind|type|number|word|scan))\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(r"\bwhat(?:'s| is| are| does)\b", re.IGNORECASE)
_CONTINUES = re.compile(
    r"^\W*(?:why|how|how so|how come|when|where|who|which(?: ones?)?|really|tell me more|more(?: please)?|"
    r"go on|continue|say more|what else|anything else|for example|such as|like what|meaning|in what way)\W*$",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"\s*\([^()]*\)[?.!]?$")
_PLACE = re.compile(r"^(in|on|with|for|of|from|after|before|during|without)\s+", re.IGNORECASE)
_ASPECTS = frozenset(
    terms_of(
        """
        side effect effects symptom symptoms sign signs risk risks danger drug drugs medicine medicines
        medication pill pills tablet tablets infusion injection treatment treatments therapy work works
        working cost price approve approved test tests testing tested result results cause causes benefit
        long last often difference different differ kind kinds type types example examples option options
        use used help happen happens common usual usually serious inherited hereditary men women monitor
        monitored check checks blood food eat alcohol name names brand brands call worry question
        questions ask first second start starts stop prevent prevented cure cured sample take taken miss
        rise rises best better new given giving
        """
    )
)


_EMPTY = frozenset(
    terms_of("happen happens happened mean means done do true normal possible case way really")
)
"""Words that say nothing of what a question is about."""


def without_change_of_topic(text: str) -> str | None:
    """Return what follows "different question:", or None if ``text`` does not open so."""
    match = _CHANGE.match(text)
    rest = text[match.end() :].strip() if match else ""
    return rest or None


def asks_to_go_on(text: str) -> bool:
    """Whether ``text`` only asks for more of what was answered last."""
    return bool(_GO_ON.match(text))


def chosen_thing(text: str, shown: Callable[[], Sequence[str]]) -> str | None:
    """Return ``text`` with "the second one" and the like replaced by what was shown there, or None.

    ``shown`` returns the things that the last reply showed, in order.
    """
    match = _CHOOSES.search(text)
    place = _ORDINAL.search(match.group()) if match else None
    if match is None or place is None:
        return None
    n = _PLACES[place.group(1).lower()]
    things = shown()
    if not -len(things) <= n < len(things):
        return None
    around = text[: match.start()] + text[match.end() :]
    if not terms_of(around):
        return things[n] if len(things[n].split()) > _MOST_TOPIC_WORDS else f"What is {things[n]}?"
    return _capital(text[: match.start()] + things[n] + text[match.end() :])


def returned(text: str, questions: Iterable[str]) -> str | None:
    """Return what "back to Enhertu: side effects?" asks, or None if ``text`` returns to nothing.

    ``questions`` are those asked so far, the last one first: a return without a question of its own
    asks the last one on that topic again.
    """
    match = _RETURNS.match(text)
    if match is None:
        return None
    topic, rest = match.group("topic").strip(), match.group("rest").strip(" :,;.!–—-")
    named = set(terms_of(topic))
    on_topic = [question for question in questions if named and named <= set(terms_of(question))]
    if not terms_of(rest):
        return on_topic[0] if on_topic else _capital(topic)
    if named <= set(terms_of(rest)):
        return _capital(rest)
    return _with(_ADDS.sub("", rest) or rest, topic)


def resolve(
    text: str,
    earlier: str,
    vocabulary: Vocabulary | None = None,
    shown: Callable[[], Sequence[str]] = tuple,
) -> str | None:
    """Return ``text`` as a question that stands alone, or None if it does so already.

    ``earlier`` is the question before it, as that was understood, and ``shown`` returns the things that
    its answer named. ``vocabulary`` tells what names a thing; without it words alone must do.
    """
    names_subject = bool(vocabulary and vocabulary.names_subject(text))
    terms = terms_of(text)
    own = [term for term in terms if term not in _ASPECTS]
    compares = bool(vocabulary and len(vocabulary.drugs(earlier)) > 1)
    if not names_subject and not compares and (things := _pointed_at(text, earlier, shown)):
        return _with(text, ", ".join(things))
    if _CONTINUES.match(text) or set(terms) <= _EMPTY:
        return _with(text, _content(earlier))
    if _SWAPS.match(text) and own == terms and len(own) <= 3 and _same_sort(text, earlier, vocabulary):
        return _swapped(_SWAPS.sub("", text), earlier, vocabulary)
    bare = _SMALL_WORD.sub("", text)
    short_aspect = not own and len(terms) <= 3
    adds = bool(_ADDS.match(bare)) and len(own) <= 4 and not names_subject
    if short_aspect or adds or _leans(bare):
        return about(bare, earlier, vocabulary)
    return None


def about(text: str, earlier: str, vocabulary: Vocabulary | None = None) -> str:
    """Return ``text`` with what the question ``earlier`` is about."""
    bare = _ADDS.sub("", text) or text
    return _with(bare, _topic(text, earlier, vocabulary) or _content(earlier))


def _topic(text: str, earlier: str, vocabulary: Vocabulary | None) -> str:
    """Return the topic that ``text`` takes over from ``earlier``, as words; "" where nothing is named.

    What has a subject of its own takes over no side effect. Of a question that was itself a follow-up,
    what it asked is a part of the topic beside what it took over.
    """
    if vocabulary is None:
        return ""
    harms = all(term in _ASPECTS | _EMPTY for term in terms_of(text))
    named = vocabulary.topic(earlier, harms=harms)
    taken = _TOPIC.search(earlier)
    if named and taken:
        asked = [word.strip("?!.,;:\"'“”‘’()") for word in earlier[: taken.start()].split()]
        known = {term for name in named for term in terms_of(name)} | _ASPECTS | _EMPTY
        new = [word for word in asked if set(terms_of(word)) - known]
        named = [*new[-_MOST_ASKED:], *named]
    return ", ".join(dict.fromkeys(named))


def _pointed_at(text: str, earlier: str, shown: Callable[[], Sequence[str]]) -> list[str]:
    """Return the things in the last answer that "those" or "that one" means; none if that is not clear."""
    several = _THOSE.search(text)
    if not several and not _THAT_ONE.search(text):
        return []
    known = earlier.lower()
    things = [thing for thing in shown() if thing.lower() not in known]
    if several:
        return things[:_MOST_SHOWN] if len(things) > 1 else []
    return [*things, _content(earlier)] if len(things) == 1 else []


def _same_sort(text: str, earlier: str, vocabulary: Vocabulary | None) -> bool:
    """Whether ``text`` names the same sort of thing as ``earlier``, so that it can take its place."""
    if vocabulary is None:
        return True
    subject = _SWAPS.sub("", text)
    return bool(vocabulary.groups(subject) & vocabulary.groups(earlier)) or bool(_PLACE.match(subject))


def _leans(text: str) -> bool:
    """Whether a word points back to something that ``text`` itself does not name before it."""
    match = _POINTS_BACK.search(text)
    if match is None:
        return False
    before = text[: match.start()]
    if _DEFINES.search(before) and any(term not in _ASPECTS for term in terms_of(before)):
        return False
    return not any(_is_name(word) for word in before.split()[1:])


def _with(text: str, topic: str) -> str:
    """Return ``text`` with its topic in brackets, or nothing without a topic."""
    return f"{_capital(text.strip().rstrip(' ?.!'))} ({topic})" if topic else ""


def _swapped(subject: str, earlier: str, vocabulary: Vocabulary | None) -> str:
    """Return the earlier question asked of ``subject`` instead of what it was asked of."""
    subject = subject.strip().rstrip(" ?.!")
    plain = _TOPIC.sub("", earlier)
    place = _PLACE.match(subject)
    if place:
        phrase = rf"\b{place.group(1)}\s+(?:the\s+|an?\s+)?[\w/-]+"
        if re.search(phrase, plain, re.IGNORECASE):
            return _capital(re.sub(phrase, lambda _: subject, plain, count=1, flags=re.IGNORECASE))
    if place and vocabulary and not vocabulary.groups(subject) & vocabulary.groups(earlier):
        return about(subject, earlier, vocabulary)
    if plain != earlier:
        return _with(plain, subject)
    span = _subject_span(plain)
    if span is None:
        return about(subject, earlier, vocabulary)
    return _capital(plain[: span[0]] + subject + plain[span[1] :])


def _subject_span(question: str) -> tuple[int, int] | None:
    """Return the span of the words that name what a question is about: names first, else the last ones."""
    spans: list[tuple[int, int, bool]] = []
    for match in re.finditer(r"[\w/'’-]+", question):
        terms = terms_of(match.group())
        if not terms or set(terms) <= _ASPECTS:
            continue
        name = match.start() > 0 and _is_name(match.group())
        if spans and not re.search(r"[^\s-]", question[spans[-1][1] : match.start()]):
            start, _, named = spans.pop()
            spans.append((start, match.end(), named or name))
        else:
            spans.append((match.start(), match.end(), name))
    if not spans:
        return None
    start, end, _ = next((span for span in spans if span[2]), spans[-1])
    return start, end


def _content(earlier: str) -> str:
    """Return the words that tell what an earlier question asks, in their order; a short one is kept whole."""
    plain = earlier.strip(" ?.!")
    if len(plain.split()) <= _MOST_KEPT and "(" not in plain:
        return plain
    words = [word.strip("?!.,;:\"'“”‘’()") for word in earlier.split()]
    content = [word for word in words if word and terms_of(word)]
    named = [word for word in content if not set(terms_of(word)) <= _ASPECTS]
    chosen = list(dict.fromkeys(named or content))
    return " ".join(chosen[-_MOST_TOPIC_WORDS:]) or earlier


def _is_name(word: str) -> bool:
    """Whether a word looks like the name of a drug, a gene or a test."""
    plain = word.strip("?!.,;:\"'“”‘’()")
    return any(character.isdigit() or character.isupper() for character in plain)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
