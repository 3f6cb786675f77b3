"""Understanding what was asked: small talk, the question inside a long message, follow-ups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.conversation import Conversation
from bot.question.follow_up import (
    about,
    asks_to_go_on,
    chosen_thing,
    resolve,
    returned,
    without_change_of_topic,
)
from bot.question.several import points_back, questions_of, sentences_of
from bot.question.small_talk import Talk, small_talk, without_courtesies
from bot.question.vocabulary import Vocabulary
from bot.reply import Kind
from corpus.text import one_line
from index.words import terms_of

_LONG = 25
"""Words from which on a message with one question in it is cut down to that question."""
_MOST = 2_000
"""Characters of a message that are searched for; the safety layer reads all of it."""
_SHORT = 14
"""Words up to which a message may go on with the talk without a word that says so."""
_LEAST_TERMS = 2
"""Weighty words from which on a question says something by itself."""
_SAYS_LITTLE = 3
"""Weighty words up to which a question that names nothing needs what was named before it."""
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
    in_context: str | None = None
    """What it asks if it goes on with the talk, where its words do not tell whether it does."""


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
    earlier = _last_question(conversation) if fresh is None else None
    parts = _parts(fresh or repaired, earlier, vocabulary, lambda: _drugs_shown(conversation, vocabulary))
    whole = parts[0] if len(parts) == 1 else " ".join(f"{part.rstrip(' ?.!')}?" for part in parts)
    understood = whole if whole != asked else None
    if len(parts) > 1:
        return Question(typed.text, whole, understood, parts=tuple(parts))
    in_context = _in_context(whole, earlier, vocabulary) if whole == repaired else None
    return Question(typed.text, whole, understood, in_context=in_context)


def as_typed(text: str) -> Question:
    """Return ``text`` to be looked for as it stands; small talk is known all the same."""
    cleaned = one_line(text[:_MOST])
    return Question(cleaned, cleaned, talk=small_talk(cleaned))


def _followed(conversation: Conversation, text: str, vocabulary: Vocabulary | None) -> str | None:
    """Return the question that a message points at: the last one, an earlier one, or a thing shown."""
    earlier = _last_question(conversation)
    if earlier and asks_to_go_on(text):
        return earlier
    names_subject = bool(vocabulary and vocabulary.names_subject(text))
    if not names_subject and (chosen := chosen_thing(text, lambda: _shown(conversation, vocabulary))):
        return chosen
    return returned(text, _questions(conversation))


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


def _in_context(text: str, earlier: str | None, vocabulary: Vocabulary | None) -> str | None:
    """Return ``text`` with the topic of the question before it, if it is short and names none of its own."""
    if not earlier or vocabulary is None or len(text.split()) > _SHORT or vocabulary.names_subject(text):
        return None
    return about(text, earlier, vocabulary)


def _parts(
    text: str, earlier: str | None, vocabulary: Vocabulary | None, shown: Callable[[], Sequence[str]]
) -> list[str]:
    """Return the questions of a message, each able to stand alone, or the message itself.

    ``earlier`` is the question before the message, and ``shown`` returns what its answer named.
    """
    standing: list[str] = []
    for question in _asked(text, vocabulary):
        before = standing[-1] if standing else earlier
        resolved = None if standing else _with_subjects(question, text.partition(question)[0], vocabulary)
        if resolved is None and before:
            resolved = resolve(question, before, vocabulary, shown)
        standing.append(resolved or question)
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
    if vocabulary is None or vocabulary.names_subject(question):
        return None
    if not points_back(question) and (
        vocabulary.weight(question) or len(set(terms_of(question))) > _SAYS_LITTLE
    ):
        return None
    if len(set(terms_of(question))) < _LEAST_TERMS:
        telling = [one for one in sentences_of(before) if vocabulary.weight(one)]
        if telling and len(telling[-1].split()) < _LONG:
            return f"{telling[-1]} {question}"
    names = vocabulary.subjects(before)
    return f"{question.rstrip(' ?.!')} ({' '.join(names)})" if names else None


def _questions(conversation: Conversation) -> Iterator[str]:
    """Yield the questions that were answered from the articles, as understood, the last one first.

    Of several questions in one message, the last one is what the talk goes on from.
    """
    return (
        sentence
        for turn in reversed(conversation.turns)
        if turn.reply.kind in {Kind.ANSWER, Kind.PARTIAL} or turn.reply.sentences
        for sentence in sentences_of(one_line((turn.reply.understood or turn.question)[:_MOST]))[-1:]
    )


def _last_question(conversation: Conversation) -> str | None:
    return next(_questions(conversation), None)
