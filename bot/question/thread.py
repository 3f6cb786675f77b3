"""The thread of a talk: what it is about, from the questions so far and from what answered them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.conversation import Conversation, Turn
from bot.question.vocabulary import Vocabulary
from bot.reply import Kind
from corpus.text import one_line
from index.words import terms_of

MOST_READ = 2_000
"""Characters of a message that are read for what it asks."""
_LOOKED_BACK = 12
"""Turns before the present one that the talk's topic may come from."""
_MOST_THINGS = 3
"""Things that a follow-up takes over from the question that stood alone."""
_MOST_TITLE_WORDS = 6
MATTER = "matter"
"""The sort of what no glossary names, but both the question and the heading of its answer do."""
PLACE = "place"
"""The sort of the article that answered a question which names nothing."""
_WORD = re.compile(r"[^\W_](?:[\w/'’-]*[^\W_])?")
_NAME = re.compile(r"(?=.*[^\W\d_]).+[\dA-Z].*")
"""A word with a digit or a capital inside, which the glossary need not know to be a name."""
_BRACKET = re.compile(r"\s*\(([^()]+)\)\W*$")
_TITLE_END = re.compile(r"\s*[:(]|\s[–—-]\s")

ASPECTS = frozenset(
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
"""Words for what can be asked of many things: a question of these alone needs a topic."""
EMPTY = frozenset(
    terms_of("happen happens happened mean means done do true normal possible case way really same people")
)
"""Words that say nothing of what a question is about."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a question is about."""

    words: str
    """As typed."""
    sort: str
    """Of two things of one sort, the later one takes the place of the earlier one."""


@dataclass(frozen=True, slots=True)
class Thread:
    """What a talk is about after its last turn."""

    question: str
    """The last question, as it was understood."""
    things: tuple[Thing, ...] = ()
    """What the last question that stood alone was about, with what took the place of a part of it since."""
    added: tuple[Thing, ...] = ()
    """What the last question asked about besides."""
    left: tuple[Thing, ...] = ()
    """What the last question's things took the place of."""

    @property
    def topic(self) -> tuple[Thing, ...]:
        """All that a follow-up may be about."""
        return (*self.things, *self.added)

    def gone_on(self, question: str, things: Sequence[Thing], taken_over: Sequence[Thing] = ()) -> Thread:
        """Return the thread after a follow-up that is about ``things`` and what it has ``taken_over``."""
        sorts = {thing.sort for thing in self.things} - {MATTER, PLACE}
        known = {thing.words.lower() for thing in self.topic}
        new = [
            thing
            for thing in (*taken_over, *things)
            if thing.sort in sorts and thing.words.lower() not in known
        ]
        kept = without_sorts(self.things, new)
        left = tuple(thing for thing in self.things if thing not in kept)
        return replace(
            self,
            question=question,
            things=(*kept, *new),
            added=tuple(thing for thing in things if thing not in new and thing not in kept),
            left=left or self.left,
        )


def thread_of(conversation: Conversation, vocabulary: Vocabulary | None) -> Thread | None:
    """Return what the talk is about, or None where nothing that was asked tells."""
    thread: Thread | None = None
    for turn in conversation.turns[-_LOOKED_BACK:]:
        thread = _after(thread, turn, vocabulary)
    return thread


def threads_of(conversation: Conversation, vocabulary: Vocabulary | None) -> Iterable[Thread]:
    """Return what the talk was about after each turn, the last one first."""
    threads: list[Thread] = []
    for turn in conversation.turns[-_LOOKED_BACK:]:
        before = threads[-1] if threads else None
        after = _after(before, turn, vocabulary)
        if after is not None and after is not before:
            threads.append(after)
    return reversed(threads)


def things_in(
    text: str, vocabulary: Vocabulary | None, headings: frozenset[str] = frozenset()
) -> list[Thing]:
    """Return what ``text`` is about, in its order.

    That is what the glossary knows as a topic, and the words that the ``headings`` of the answer have,
    as terms. Such words that stand together are one thing.
    """
    spans = [(start, end, sort) for start, end, sort in (vocabulary.topics(text) if vocabulary else ())]
    for match in _WORD.finditer(text):
        terms = set(terms_of(match.group()))
        named = not text.isupper() and bool(_NAME.fullmatch(match.group()))
        if terms and (named or terms <= headings) and not terms & (ASPECTS | EMPTY):
            spans.append((*match.span(), MATTER))
    things = [Thing(text[start:end], sort) for start, end, sort in _joined(text, spans)]
    told = [set(terms_of(thing.words)) for thing in things]
    return [
        thing
        for n, thing in enumerate(things)
        if not any(told[n] < other or (told[n] == other and m < n) for m, other in enumerate(told))
    ]


def without_sorts(things: Iterable[Thing], other: Iterable[Thing]) -> tuple[Thing, ...]:
    """Return the ``things`` that none of the ``other`` ones takes the place of."""
    sorts = {thing.sort for thing in other} - {MATTER, PLACE}
    return tuple(thing for thing in things if thing.sort not in sorts)


def without_topic(question: str) -> str:
    """Return a question without the topic in brackets that it took over."""
    return _BRACKET.sub("", question)


def _after(thread: Thread | None, turn: Turn, vocabulary: Vocabulary | None) -> Thread | None:
    """Return what the talk is about after ``turn``; as before where that tells nothing."""
    if turn.reply.kind is Kind.CHAT:
        return thread
    understood = one_line((turn.reply.understood or turn.question)[:MOST_READ])
    asked = without_topic(understood)
    things = things_in(asked, vocabulary, _heading_terms(turn))
    if asked != understood and thread is not None:
        return thread.gone_on(understood, things, things_in(understood[len(asked) :], vocabulary))
    things = _telling(things)[:_MOST_THINGS]
    if all(thing.sort == MATTER for thing in things):
        things = [*(things or _repeated(turn, asked)), *_place(turn)]
    if not things and not turn.reply.sentences and turn.reply.kind not in {Kind.ANSWER, Kind.PARTIAL}:
        return thread
    left = thread.things if thread is not None else ()
    return Thread(understood, tuple(things), left=left)


def _telling(things: list[Thing]) -> list[Thing]:
    """Return the things without what can be asked of any of them, as side effects can."""
    return [thing for thing in things if set(terms_of(thing.words)) - ASPECTS] or things


def _heading_terms(turn: Turn) -> frozenset[str]:
    """Return the terms of the headings and titles that the reply quotes from, or else offers."""
    cited = [f"{citation.title} {citation.section}" for citation in turn.reply.citations]
    offered = [offer.title for offer in turn.reply.offers]
    return frozenset(terms_of(" ".join(cited or offered)))


def _place(turn: Turn) -> list[Thing]:
    """Return the title of the article that the reply quotes or offers first, as what the talk is about."""
    reply = turn.reply
    titles = [citation.title for citation in reply.citations] or [offer.title for offer in reply.offers]
    short = _TITLE_END.split(titles[0])[0] if titles else ""
    return [Thing(short, PLACE)] if short and len(short.split()) <= _MOST_TITLE_WORDS else []


def _repeated(turn: Turn, asked: str) -> list[Thing]:
    """Return the words of a question that its answer repeats."""
    quoted = frozenset(terms_of(" ".join(sentence.text for sentence in turn.reply.sentences)))
    return things_in(asked, None, quoted)[: _MOST_THINGS - 1]


def _joined(text: str, spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the spans in order, those that overlap or that only a space or a hyphen parts as one.

    Two things with names of their own stay two.
    """
    joined: list[tuple[int, int, str]] = []
    for start, end, sort in sorted(spans, key=lambda span: (span[0], -span[1])):
        if joined and (start < joined[-1][1] or _together(text, joined[-1], (start, end, sort))):
            first, last, other = joined.pop()
            joined.append((first, max(last, end), other if other != MATTER else sort))
        else:
            joined.append((start, end, sort))
    return joined


def _together(text: str, one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return MATTER in (one[2], other[2]) and not text[one[1] : other[0]].strip(" -")
