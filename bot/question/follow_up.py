"""Resolving a follow-up: putting back what it leaves out, from the question before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from bot.question.thread import (
    ASPECTS,
    EMPTY,
    MATTER,
    PLACE,
    Thing,
    Thread,
    things_in,
    without_sorts,
    without_topic,
)
from bot.question.vocabulary import Vocabulary
from index.words import terms_of

_SHORT = 14
"""Words up to which a message may go on with the talk without a word that says so."""
_MOST_TOPIC_WORDS = 6
_MOST_KEPT = 9
"""Words up to which an earlier question is the topic as it stands."""
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
    r"|the (?:first|second|third|last|two|other|others|same)(?: one)?|ones?(?=\W*$)"
    r"|(?:does|is|would|could|can|why is|how is|about|of|like|than|under|over|after|before|for|with)"
    r" (?:that|this)"
    r"|such an?|(?:that|this) (?:one|score|result|test|drug|pill|kind|type|number|word|scan))\b",
    re.IGNORECASE,
)
_NOTHING_MEANT = re.compile(
    r"\bit (?:be |really |still |ever |always |also |very |too )*"
    r"(?:safe|safer|ok(?:ay)?|alright|all right|fine|normal|common|usual|unusual|rare|possible|true|good|bad|"
    r"better|best|worse|dangerous|risky|harmful|important|worth|hard|easy|difficult|necessary|needed|enough|likely|"
    r"wise|sensible|allowed|legal|too late|too early|time)\b[^,;?]{0,30}?\b"
    r"(?:to|that|if|for|when|whether|\w+ing)\b"
    r"|\bit takes?\b",
    re.IGNORECASE,
)
"""An "it" that stands for what follows it: "is it safe to"."""
_DEFINES = re.compile(r"\bwhat(?:'s| is| are| does)\b", re.IGNORECASE)
_CONTINUES = re.compile(
    r"^\W*(?:why|how|how so|how come|when|where|who|which(?: ones?)?|really|tell me more|more(?: please)?|"
    r"go on|continue|say more|what else|anything else|for example|such as|like what|meaning|in what way)\W*$",
    re.IGNORECASE,
)
_ADDITIVE = re.compile(
    r"\b(?:too|as well|either|neither|also|instead|though|then|or not)\W*$|\bsame\b|^\W*(?:nor|neither)\b",
    re.IGNORECASE,
)
"""What says that something is asked of one thing as it was of another."""
_BOTH = re.compile(
    r"\b(?:both|either|neither|the two|the other|than|better|worse|stronger|weaker|differ\w*|compar\w*|"
    r"versus|vs)\b",
    re.IGNORECASE,
)
"""What asks about two things beside each other."""
_MOST_NAMES = 3
"""Words up to which a message only names what the last question is asked of."""
_PLACE = re.compile(
    r"^(in|on|at|with|for|of|out of|from|by|after|before|until|since|during|without)\s+", re.IGNORECASE
)


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


def returned(text: str, threads: Iterable[Thread]) -> str | None:
    """Return what "back to Enhertu: side effects?" asks, or None if ``text`` returns to nothing.

    ``threads`` are what the talk was about after each turn, the last one first: a return without a
    question of its own asks the last one on that topic again.
    """
    match = _RETURNS.match(text)
    if match is None:
        return None
    topic, rest = match.group("topic").strip(), match.group("rest").strip(" :,;.!–—-")
    named = set(terms_of(topic))
    meant = next((one for one in threads if named and named <= _terms_on(one)), None)
    if not terms_of(rest):
        return meant.question if meant else _capital(topic)
    if named <= set(terms_of(rest)):
        return _capital(rest)
    return _with(_ADDS.sub("", rest) or rest, _words(meant.topic) if meant and meant.topic else topic)


def readings(
    text: str,
    thread: Thread,
    vocabulary: Vocabulary | None = None,
    shown: Callable[[], Sequence[str]] = tuple,
) -> list[str]:
    """Return what ``text`` may ask as the next message of a talk, the likeliest first.

    One of them is ``text`` itself where it may stand alone. ``thread`` is what the talk is about, and
    ``shown`` returns the things that the last answer named. ``vocabulary`` tells what names a thing;
    without it words alone must do.
    """
    names_subject = bool(vocabulary and vocabulary.names_subject(text))
    compares = bool(vocabulary and len(vocabulary.drugs(thread.question)) > 1)
    if not names_subject and not compares and (things := _pointed_at(text, thread.question, shown)):
        return [_with(text, ", ".join(things))]
    if _CONTINUES.match(text) or set(terms_of(text)) <= EMPTY:
        return [_with(text, _whole(thread))]
    if asked_again := _asked_of_another(text, thread, vocabulary):
        return [asked_again]
    bare = _SMALL_WORD.sub("", text)
    own = things_in(bare, vocabulary)
    return _by_what_it_says(text, bare, thread, own, names_subject=names_subject)


def _by_what_it_says(
    text: str, bare: str, thread: Thread, own: Sequence[Thing], *, names_subject: bool
) -> list[str]:
    """Return the readings of a question by whether it points back, and by what it names itself."""
    telling = set(terms_of(text)) - ASPECTS - EMPTY
    pointing = _pointing(bare)
    adds = bool(_ADDS.match(bare) or _ADDITIVE.search(text))
    named = any(set(terms_of(thing.words)) - ASPECTS for thing in own)
    says_no_more = telling <= set(terms_of(_words(own)))
    in_context = _in_context(bare, thread, own)
    if names_subject:
        if pointing is None and not _ADDITIVE.search(text):
            return [text]
        before = bare[:pointing].lower() if pointing is not None else bare.lower()
        opens = not any(thing.words.lower() in before for thing in own)
        return [in_context] if opens or says_no_more else [in_context, text]
    if pointing is not None or _is_fragment(bare) or not telling or (adds and says_no_more):
        return [in_context]
    if (named and not adds) or len(text.split()) > _SHORT:
        return [text]
    return [in_context, text]


def _is_fragment(text: str) -> bool:
    """Whether ``text`` is a place, a time or a manner alone, as "with food or without" is."""
    return bool(_PLACE.match(text)) and len(text.split()) <= _MOST_TOPIC_WORDS


def _in_context(text: str, thread: Thread, own: Sequence[Thing]) -> str:
    """Return ``text`` with what the talk is about; what has no name is told by the question itself."""
    beside = thread.left if _BOTH.search(text) else ()
    topic = without_sorts((*thread.topic, *(one for one in beside if one not in thread.topic)), own)
    asked = _ADDS.sub("", text) or text
    if thread.topic and not topic:
        return _with(asked, _without(thread.question, thread.topic))
    if all(thing.sort in {MATTER, PLACE} for thing in topic) and _is_short(thread.question):
        places = [thing for thing in topic if thing.sort == PLACE]
        return _with(asked, ", ".join(filter(None, (thread.question.strip(" ?.!"), _words(places)))))
    return _with(asked, _words(topic) or _content(thread.question))


def _asked_of_another(text: str, thread: Thread, vocabulary: Vocabulary | None) -> str | None:
    """Return the last question asked of what ``text`` names instead, or None if ``text`` is not that."""
    subject = _ADDITIVE.sub("", _SWAPS.sub("", _SMALL_WORD.sub("", text))).strip(" ?.!,")
    terms = terms_of(subject)
    own = things_in(subject, vocabulary)
    if not terms or len(terms) > _MOST_NAMES or set(terms) & ASPECTS:
        return None
    only_names = bool(own) and set(terms) <= set(terms_of(_words(own)))
    if only_names and (replaced := _in_place_of(own, thread)):
        return replaced
    if not _SWAPS.match(text):
        return None
    if vocabulary and not _PLACE.match(subject):
        kinds = vocabulary.groups(subject) & vocabulary.groups(thread.question)
        return _swapped(subject, thread) if kinds else None
    return _swapped(subject, thread)


def _in_place_of(own: Sequence[Thing], thread: Thread) -> str | None:
    """Return the last question with ``own`` in place of the one thing of its sort that it was asked of."""
    names = _words(own)
    sorts = {thing.sort for thing in own} - {MATTER}
    replaced = [thing for thing in thread.topic if thing.sort in sorts]
    plain = without_topic(thread.question)
    if not replaced or any(thing.words.lower() in names.lower() for thing in replaced):
        return None
    if plain == thread.question:
        if len(replaced) == 1 and replaced[0].words in plain:
            return _capital(plain.replace(replaced[0].words, names))
        return None
    kept = [thing for thing in thread.topic if thing not in replaced and thing.words not in plain]
    return _with(plain, _words([*own, *kept]))


def _words(things: Iterable[Thing]) -> str:
    return ", ".join(dict.fromkeys(thing.words for thing in things))


def _terms_on(thread: Thread) -> set[str]:
    return set(terms_of(f"{thread.question} {_words(thread.topic)}"))


def _without(question: str, things: Iterable[Thing]) -> str:
    """Return what a short question asks of ``things``, without their names."""
    rest = question
    for thing in things:
        rest = rest.replace(thing.words, "")
    return " ".join(rest.split()).strip(" ?.!") if _is_short(question) and terms_of(rest) else ""


def _whole(thread: Thread) -> str:
    """Return the last question as a topic: as it stands if it is short, else what it is about."""
    if _is_short(thread.question):
        return thread.question.strip(" ?.!")
    return _words(thread.topic) or _content(thread.question)


def _is_short(question: str) -> bool:
    return len(question.split()) <= _MOST_KEPT and "(" not in question


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


def _pointing(text: str) -> int | None:
    """Return where a word points back to something that ``text`` itself does not name before it."""
    match = next((one for one in _POINTS_BACK.finditer(text) if not _means_nothing(text, one.start())), None)
    if match is None:
        return None
    before = text[: match.start()]
    if _DEFINES.search(before) and any(term not in ASPECTS for term in terms_of(before)):
        return None
    return None if any(_is_name(word) for word in before.split()[1:]) else match.start()


def _means_nothing(text: str, at: int) -> bool:
    return any(one.start() == at for one in _NOTHING_MEANT.finditer(text))


def _with(text: str, topic: str) -> str:
    """Return ``text`` with its topic in brackets, or as it is without a topic."""
    return f"{_capital(text.strip().rstrip(' ?.!'))} ({topic})" if topic else text


def _swapped(subject: str, thread: Thread) -> str:
    """Return the last question asked of ``subject`` instead of what it was asked of."""
    plain = without_topic(thread.question)
    place = _PLACE.match(subject)
    if place:
        phrase = rf"\b{place.group(1)}\s+(?:the\s+|an?\s+)?[\w/-]+"
        if re.search(phrase, plain, re.IGNORECASE):
            return _capital(re.sub(phrase, lambda _: subject, plain, count=1, flags=re.IGNORECASE))
        return _with(subject, _words(thread.topic) or _content(thread.question))
    if plain != thread.question:
        return _with(plain, subject)
    span = _subject_span(plain)
    if span is None:
        return _with(subject, _words(thread.topic) or _content(thread.question))
    return _capital(plain[: span[0]] + subject + plain[span[1] :])


def _subject_span(question: str) -> tuple[int, int] | None:
    """Return the span of the words that name what a question is about: names first, else the last ones."""
    spans: list[tuple[int, int, bool]] = []
    for match in re.finditer(r"[\w/'’-]+", question):
        terms = terms_of(match.group())
        if not terms or set(terms) <= ASPECTS:
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
    if _is_short(earlier):
        return earlier.strip(" ?.!")
    words = [word.strip("?!.,;:\"'“”‘’()") for word in earlier.split()]
    content = [word for word in words if word and terms_of(word)]
    named = [word for word in content if not set(terms_of(word)) <= ASPECTS]
    chosen = list(dict.fromkeys(named or content))
    return " ".join(chosen[-_MOST_TOPIC_WORDS:]) or earlier


def _is_name(word: str) -> bool:
    """Whether a word looks like the name of a drug, a gene or a test."""
    return any(character.isdigit() or character.isupper() for character in word)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
