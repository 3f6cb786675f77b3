"""Understanding what was asked: small talk, the question inside a long message, follow-ups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.conversation import Conversation
from bot.question.follow_up import (
    asks_to_go_on,
    chosen_thing,
    readings,
    returned,
    without_change_of_topic,
)
from bot.question.several import points_back, questions_of, sentences_of
from bot.question.small_talk import Talk, small_talk, without_courtesies
from bot.question.thread import MOST_READ, Thread, things_in, thread_of, threads_of
from bot.question.vocabulary import Vocabulary
from bot.reply import Kind
from corpus.text import one_line
from index.words import terms_of

_LONG = 25
"""Words from which on a message with one question in it is cut down to that question."""
_LEAST_TERMS = 2
"""Weighty words from which on a question says something by itself."""
_SAYS_LITTLE = 3
"""Weighty words up to which a question that names nothing needs what was named before it."""
_MOST_THINGS = 4
"""Things said before a question in its message that it may be about, the last ones."""
_MOST_WEIGHTY = 3
"""Sentences of a long message without a question that are looked for."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, and what it was understood as."""

    text: str
    search_text: str
    """What is looked for in the articles."""
    understood: str | None = None
    """Shown to the reader where it differs from what was typed."""
    talk: Talk | None = None
    parts: tuple[str, ...] = ()
    """The questions of a message that has several, each to be looked for on its own."""
    readings: tuple[str, ...] = ()
    """What it may ask as a part of the talk, where its words do not tell: the likeliest first."""


def understand(conversation: Conversation, text: str, vocabulary: Vocabulary | None = None) -> Question:
    """Return what ``text`` asks, in the light of the turns before it.

    ``vocabulary`` repairs misspelt terms and tells which sentences matter; without it nothing is repaired.
    """
    typed = as_typed(text)
    if typed.talk:
        return typed
    asked = without_courtesies(typed.text)
    repaired = vocabulary.repaired(asked) if vocabulary else asked
    fresh = without_change_of_topic(repaired)
    if fresh is None and (followed := _followed(conversation, repaired, vocabulary)):
        return Question(typed.text, followed, followed)
    thread = thread_of(conversation, vocabulary) if fresh is None else None
    parts = _parts(fresh or repaired, thread, vocabulary, lambda: _drugs_shown(conversation, vocabulary))
    if len(parts) > 1:
        whole = " ".join(f"{part[0].rstrip(' ?.!')}?" for part in parts)
        return Question(typed.text, whole, whole, parts=tuple(part[0] for part in parts))
    whole = next((one for one in parts[0] if one in {fresh, repaired}), parts[0][0])
    understood = whole if whole != asked else None
    # Thanks or a greeting before it ends what was talked of: what may stand alone then does.
    several = tuple(parts[0]) if len(parts[0]) > 1 and typed.text.startswith(asked) else ()
    return Question(typed.text, whole, understood, readings=several)


def as_typed(text: str) -> Question:
    """Return ``text`` to be looked for as it stands; small talk is known all the same."""
    cleaned = one_line(text[:MOST_READ])
    return Question(cleaned, cleaned, talk=small_talk(cleaned))


def _followed(conversation: Conversation, text: str, vocabulary: Vocabulary | None) -> str | None:
    """Return the question that a message points at: the last one, an earlier one, or a thing shown."""
    earlier = _last_question(conversation)
    if earlier and asks_to_go_on(text):
        return earlier
    names_subject = bool(vocabulary and vocabulary.names_subject(text))
    if not names_subject and (chosen := chosen_thing(text, lambda: _shown(conversation, vocabulary))):
        return chosen
    return returned(text, threads_of(conversation, vocabulary))


def _shown(conversation: Conversation, vocabulary: Vocabulary | None) -> list[str]:
    """Return what the last reply that showed something showed, in order: sections offered, drugs named."""
    for turn in reversed(conversation.turns):
        if turn.reply.offers:
            return [offer.title for offer in turn.reply.offers]
        if turn.reply.sentences:
            said = " ".join(sentence.text for sentence in turn.reply.sentences)
            return vocabulary.drugs(said) if vocabulary else []
    return []


def _drugs_shown(conversation: Conversation, vocabulary: Vocabulary | None) -> list[str]:
    """Return the drugs that the last answer names, in order."""
    said = (" ".join(s.text for s in turn.reply.sentences) for turn in reversed(conversation.turns))
    last = next(filter(None, said), "")
    return vocabulary.drugs(last) if vocabulary else []


def _parts(
    text: str, thread: Thread | None, vocabulary: Vocabulary | None, shown: Callable[[], Sequence[str]]
) -> list[list[str]]:
    """Return what each question of a message may ask, or the message itself may, the likeliest first.

    ``thread`` is what the talk was about before the message, and ``shown`` returns what its answer named.
    """
    standing: list[list[str]] = []
    for question in _asked(text, vocabulary):
        resolved = None if standing else _with_subjects(question, text.partition(question)[0], vocabulary)
        if standing:
            before = standing[-1][0]
            thread = Thread(before, tuple(things_in(before, vocabulary)))
        if resolved is not None:
            standing.append([resolved])
        elif thread is not None:
            standing.append(readings(question, thread, vocabulary, shown))
        else:
            standing.append([question])
    return standing


def _asked(text: str, vocabulary: Vocabulary | None) -> list[str]:
    """Return what a message asks, as typed: its questions, or all of it where that is short."""

    def weighs(sentence: str) -> float:
        return vocabulary.weight(sentence) if vocabulary else float(len(set(terms_of(sentence))) > 1)

    sentences = sentences_of(text)
    questions = questions_of(text, weighs)
    if len(questions) > 1:
        return questions
    if len(sentences) < 2 or len(text.split()) < _LONG:
        return [text]
    if questions:
        return questions
    weighty = sorted(sentences, key=weighs, reverse=True)[:_MOST_WEIGHTY]
    kept = [sentence for sentence in sentences if sentence in weighty and weighs(sentence) > 0]
    return [" ".join(kept) or text]


def _with_subjects(question: str, before: str, vocabulary: Vocabulary | None) -> str | None:
    """Return ``question`` with what its "it" may be, from what was said ``before`` it in the message.

    A question that says next to nothing by itself keeps the whole sentence before it that says
    something, unless that is long.
    """
    if vocabulary is None or not before.strip() or vocabulary.names_subject(question):
        return None
    if not points_back(question) and (
        vocabulary.weight(question) or len(set(terms_of(question))) > _SAYS_LITTLE
    ):
        return None
    things = things_in(before, vocabulary)[-_MOST_THINGS:]
    if len(set(terms_of(question))) < _LEAST_TERMS:
        telling = [one for one in sentences_of(before) if vocabulary.weight(one)]
        if telling and len(telling[-1].split()) < _LONG:
            return f"{telling[-1]} {question}"
    names = ", ".join(thing.words for thing in things)
    return f"{question.rstrip(' ?.!')} ({names})" if names else None


def _questions(conversation: Conversation) -> Iterator[str]:
    """Yield the questions that were answered from the articles, as understood, the last one first.

    Of several questions in one message, the last one is what the talk goes on from.
    """
    return (
        sentence
        for turn in reversed(conversation.turns)
        if turn.reply.kind in {Kind.ANSWER, Kind.PARTIAL} or turn.reply.sentences
        for sentence in sentences_of(one_line((turn.reply.understood or turn.question)[:MOST_READ]))[-1:]
    )


def _last_question(conversation: Conversation) -> str | None:
    return next(_questions(conversation), None)
