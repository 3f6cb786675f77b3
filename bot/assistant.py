"""One turn, from what was typed to the reply: the one door that every face and the evaluation use."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from bot import wording
from bot.answer.bounds import within_bounds
from bot.answer.citing import numbers_of, places_of
from bot.answer.composing import MOST_WORDS, Told, Wanted, compose
from bot.answer.evidence import bundled_model
from bot.answer.finding import Finder, Found
from bot.answer.in_turn import joined_replies
from bot.answer.missing import missing_beside, missing_from
from bot.answer.suggesting import suggestions
from bot.conversation import Conversation
from bot.question.feeling import tells_a_feeling
from bot.question.intent import asks_for_more
from bot.question.thread import without_topic
from bot.question.understanding import Question, understand
from bot.question.understanding import as_typed as literal
from bot.question.vocabulary import Vocabulary
from bot.reply import Citation, Kind, Offer, Reply, SourceView
from bot.safety import (
    Assessment,
    Category,
    Country,
    Resemblance,
    assess,
    load_backstop,
    load_rules,
    takes_back,
)
from bot.safety.rules import RED
from bot.source_view import source_view
from bot.stages import ALL_STAGES, Stages
from corpus.glossary import Term
from corpus.settings import CorpusSettings, Readers
from corpus.text import clean_text
from index.errors import IndexProblem
from index.search import Hit, Index

_NEAR = 0.25
"""Cosine from which on a section is near enough to be offered where nothing answers."""
_MOST_OFFERS = 3
_WORDS_AFTER_A_NOTICE = 70
_WORDS_OF_SEVERAL = 70
"""Words of the answer to each of several questions in one message."""


class Assistant:
    """Answers turns. Without an index the safety layer works all the same.

    ``settings`` is what the articles say of themselves where there is no index to ask.
    """

    def __init__(
        self,
        index: Index | None,
        *,
        country: Country | None = None,
        today: date,
        problem: IndexProblem | None = None,
        settings: CorpusSettings | None = None,
        stages: Stages = ALL_STAGES,
    ) -> None:
        self._index = index
        self._stages = stages
        self._country = country
        self._today = today
        self.problem = problem
        """Why there is no index."""
        self.settings = index.content.combined_settings() if index else settings or CorpusSettings()
        """What the articles say of themselves; of several corpora, together."""
        rules = load_rules()
        self._rules = rules.for_anyone() if self.settings.readers is Readers.ANYONE else rules
        self._vocabulary = Vocabulary(index) if index else None
        self.model = bundled_model()
        """What makes a confidence of the signals of a search."""
        self._finder = (
            Finder(index, self._vocabulary, self.model, stages) if index and self._vocabulary else None
        )

    @property
    def generation(self) -> str | None:
        """Name of the generation that answers."""
        return self._index.manifest.generation if self._index else None

    def reply(self, conversation: Conversation, text: str, *, as_typed: bool = False) -> Reply:
        """Return the reply to ``text`` as the next turn of ``conversation``, which is left as it is.

        With ``as_typed`` nothing is read into the question; the safety layer reads everything all the
        same. Never raises for any text.
        """
        clock = _Clock()
        with clock("safety"):
            assessment = self.assess(conversation, text)
        with clock("understand"):
            question = literal(text) if as_typed else self.understand(conversation, text)
        reply = self._ordinary(question, assessment, _told(conversation, text), clock)
        framed = replace(
            reply,
            question=clean_text(text),
            framing=assessment.framing or reply.framing,
            categories=tuple(category.value for category in assessment.categories) or reply.categories,
            rules=assessment.rules,
            notice=assessment.notice,
            reminder=assessment.reminder,
            generation=self.generation,
            timings_ms=clock.milliseconds,
        )
        return within_bounds(framed, assessment, self.settings) if assessment.kind else framed

    def assess(self, conversation: Conversation, text: str) -> Assessment:
        """Return what the safety layer decides about ``text`` as the next turn. Never raises."""
        return assess((*conversation.questions, text), self._rules, self._country, self._resembled)

    def understand(self, conversation: Conversation, text: str) -> Question:
        """Return what ``text`` asks as the next turn."""
        if not self._stages.understanding:
            return literal(text)
        return self._better_reading(understand(conversation, text, self._vocabulary))

    def _better_reading(self, question: Question) -> Question:
        """Return ``question`` as that one of its readings that finds most; of equal ones the likeliest."""
        finder = self._finder
        if not question.readings or finder is None:
            return question
        best = max(question.readings, key=lambda reading: finder.best_score(reading, question.text))
        return (
            question if best == question.search_text else replace(question, search_text=best, understood=best)
        )

    def takes_back(self, text: str) -> bool:
        """Whether ``text`` says that a sign told before is not so, or is in good hands. Never raises."""
        return takes_back(text, self._rules, self._country)

    def glossary(self) -> tuple[Term, ...]:
        """Return the terms that the articles explain. Raises IndexProblem without an index."""
        return tuple(self._opened().content.glossary().terms.values())

    def find(self, question: str, typed: str = "") -> Found:
        """Return what the articles have for ``question``, typed as ``typed``.

        Raises IndexProblem without an index.
        """
        return self._finding().find(question, typed)

    def search(self, question: str, k: int) -> list[Hit]:
        """Return the ``k`` best passages for ``question``. Raises IndexProblem without an index."""
        return self._finding().search(question, k)

    def source(self, citation: Citation) -> SourceView:
        """Return the whole passage of a citation. Raises IndexProblem if it is no longer there."""
        return source_view(self._opened().content, citation)

    def _resembled(self, text: str) -> Resemblance:
        """Return the categories whose examples ``text`` resembles; without our encoder by its words alone."""
        index, backstop = self._index, load_backstop()
        if not self._stages.backstop:
            return {}
        if index is None or index.manifest.encoder != backstop.encoder:
            found = backstop.resembled(text, None)
        else:
            found = backstop.resembled(text, lambda window: index.encode(window)[0])
        if self.settings.readers is Readers.ANYONE:
            # Its examples are about cancer treatment: of another subject, "how much" and "how often"
            # would be turned away.
            return {category: over for category, over in found.items() if category in RED}
        return found

    def _ordinary(self, question: Question, assessment: Assessment, told: Told, clock: _Clock) -> Reply:
        """Return the reply that the articles give, whatever the safety layer will put in front of it."""
        base = Reply(question.text, Kind.CHAT, self.settings.framing, understood=question.understood)
        if not assessment.quotes_allowed:
            return base
        if question.talk and not assessment.kind:
            return replace(base, text=wording.small_talk(question.talk, self.settings))
        try:
            return self._in_turn(base, question, assessment, told, clock)
        except IndexProblem as problem:
            why = problem.mend or wording.ORDINARY_WHY
            return replace(base, kind=Kind.NOT_COVERED, text=wording.NO_INDEX.format(why=why))

    def _in_turn(
        self, base: Reply, question: Question, assessment: Assessment, told: Told, clock: _Clock
    ) -> Reply:
        """Return the reply to a question, or to each of several in turn, nothing said twice."""
        if not question.parts:
            return self._from_articles(base, question, assessment, told, clock)
        replies: list[Reply] = []
        for part in question.parts:
            reply = self._from_articles(
                base, Question(part, part), assessment, told, clock, _WORDS_OF_SEVERAL
            )
            replies.append(reply)
            numbers = {**told.numbers, **numbers_of(reply.citations)}
            told = Told(numbers, frozenset({*told.sentences, *places_of(reply)}), told.questions)
        return joined_replies(question.parts, replies)

    def _from_articles(
        self,
        base: Reply,
        question: Question,
        assessment: Assessment,
        told: Told,
        clock: _Clock,
        most_words: int = MOST_WORDS,
    ) -> Reply:
        with clock("search"):
            found = self.find(question.search_text, question.text)
        base = replace(base, confidence=round(found.confidence, 4))
        if found.confidence < self.model.threshold:
            return self._not_covered(base, question, found, asked_beyond=not assessment.kind)
        with clock("compose"):
            if assessment.notice:
                most_words = min(most_words, _WORDS_AFTER_A_NOTICE)
            wanted = Wanted(question.search_text, found.asked, found.intent, self._today, most_words, told)
            answer = compose(self._opened(), wanted, found.sections, found.ranked)
        if not answer.sentences:
            return replace(base, kind=Kind.NOT_COVERED, text=wording.NOTHING_MORE, offers=_offers(found))
        missing = _missing(found, question, answer.citations, assessment)
        return replace(
            base,
            framing=self._framing(answer.citations),
            kind=Kind.PARTIAL if missing else Kind.ANSWER,
            missing=missing,
            sentences=answer.sentences,
            citations=answer.citations,
            more=answer.more,
            suggestions=suggestions(
                self._opened(), found.hits, answer.citations, {question.search_text, *told.questions}
            ),
        )

    def _framing(self, citations: tuple[Citation, ...]) -> str:
        """Return the framing of the corpus that the first citation is from."""
        content = self._opened().content
        article = content.article(citations[0].article) if citations else None
        return (content.settings(article.corpus) if article else self.settings).framing

    def _not_covered(self, base: Reply, question: Question, found: Found, *, asked_beyond: bool) -> Reply:
        offers = _offers(found) if found.evidence.cosine >= _NEAR else ()
        off_topic = asked_beyond and not offers
        return replace(
            base,
            kind=Kind.NOT_COVERED,
            text=wording.not_covered(
                self.settings, offers=bool(offers), feeling=tells_a_feeling(question.text)
            ),
            offers=offers,
            team_question=wording.team_question(question.text, self.settings) if offers else None,
            categories=(Category.OFF_TOPIC.value,) if off_topic else (),
        )

    def _finding(self) -> Finder:
        self._opened()
        assert self._finder is not None
        return self._finder

    def _opened(self) -> Index:
        if self._index is None:
            raise self.problem or IndexProblem("the index is being built", mend=wording.ORDINARY_WHY)
        return self._index


def _told(conversation: Conversation, text: str) -> Told:
    """Return what must stay as earlier turns had it; a message that asks for more hears nothing twice."""
    replies = [turn.reply for turn in conversation.turns]
    numbers = numbers_of(citation for reply in replies for citation in reply.citations)
    questions = frozenset(reply.understood or reply.question for reply in replies)
    sections = frozenset(citation.section for reply in replies for citation in reply.citations)
    if not asks_for_more(text):
        return Told(numbers, questions=questions | sections)
    places = frozenset(place for reply in replies for place in places_of(reply))
    return Told(numbers, places, questions | sections)


class _Clock:
    """Times the stages of one turn."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            spent = self.milliseconds.get(stage, 0.0) + (time.perf_counter() - start) * 1000
            self.milliseconds[stage] = round(spent, 2)


def _missing(
    found: Found, question: Question, citations: tuple[Citation, ...], assessment: Assessment
) -> str | None:
    """Return what an answer leaves open; of a question on two things together, also the other thing."""
    cited = {citation.passage.rpartition("/")[0] for citation in citations}
    quoted = [s for s in found.sections if f"{s.article_id}#{s.section_id}" in cited]
    missing = missing_from(quoted, found.asked, found.drugs, found.evidence)
    if missing or Category.INTERACTION not in assessment.categories:
        return missing
    asked = without_topic(question.search_text)
    return missing_beside(quoted, found.asked, found.drugs, found.evidence, asked)


def _offers(found: Found) -> tuple[Offer, ...]:
    """Return the nearest sections, each article once."""
    nearest: dict[str, Offer] = {}
    for hit in found.hits:
        passage = hit.passage
        title = " — ".join(dict.fromkeys((passage.headings[0], passage.headings[-1])))
        nearest.setdefault(passage.article_id, Offer(passage.article_id, passage.section_id, title))
    return tuple(nearest.values())[:_MOST_OFFERS]
