"""Composing an answer: the best section leads, its sentences are quoted whole, and each is cited."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.answer.citing import cite_passage, number_passages
from bot.answer.ranking import Candidate
from bot.answer.sections import ReadSection
from bot.answer.selection import Place, Selection
from bot.question.asked import Asked, terms_in
from bot.question.intent import Intent, sides_of, wants_list
from bot.reply import Citation, QuotedSentence
from index.search import Index

MOST_WORDS = 120
_ENOUGH = 85
"""Words from which on only sentences are added that bear on the question as the best one does."""
_AS_GOOD = 0.03
"""A section whose score is at most so much lower than the leading one's may answer as well."""
_ENOUGH_BESIDE = 65
"""Words of the leading section where another one may answer as well."""
_SHORT = 50
"""Words up to which an answer is filled up from the leading section."""
_KEEP = 0.6
"""A further sentence of the leading section is quoted from this share of the best score on."""
_KEEP_ELSEWHERE = 1.06
"""A sentence of another section is quoted from this share of the best score on."""
_OPENS = 0.7
"""The first sentence of the leading section opens the answer from this share of the best score on."""
_NEARER = 0.06
"""How much nearer than the first sentence another one is that decides a yes-or-no question."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The sentences to quote, with their citations."""

    sentences: tuple[QuotedSentence, ...]
    citations: tuple[Citation, ...]
    more: int
    """Further sentences that also bear on the question."""


@dataclass(frozen=True, slots=True)
class Told:
    """What earlier turns of the conversation said."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    """The number of each passage cited, by its id."""
    sentences: Collection[Place] = ()
    """Sentences that are not to be said again."""
    questions: Collection[str] = ()
    """Questions asked and headings quoted, which need not be suggested."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an answer is composed for."""

    question: str
    asked: Asked
    intent: Intent
    today: date
    most_words: int = MOST_WORDS
    told: Told = field(default_factory=Told)


def compose(
    index: Index, wanted: Wanted, sections: Sequence[ReadSection], ranked: Sequence[Candidate]
) -> Answer:
    """Quote the best few sentences in the articles' order, at most about ``most_words`` words."""
    if not ranked:
        return Answer((), (), 0)
    composer = _Composer(wanted, sections, ranked)
    composer.choose()
    return _cite(index, wanted, sections, composer)


class _Composer:
    """Chooses the sentences of one answer."""

    def __init__(self, wanted: Wanted, sections: Sequence[ReadSection], ranked: Sequence[Candidate]) -> None:
        self._wanted = wanted
        self._sections = sections
        self._ranked = ranked
        self._score = {(each.section, each.position): each.score for each in ranked}
        self._selection = Selection(sections, wanted.most_words, wanted.told.sentences)
        self._lead = self._leading()
        self._best = self._of(self._lead)[0].score

    def choose(self) -> None:
        """Take the opening, both sides of a comparison, then what is nearest to the question."""
        if self._wanted.intent is Intent.COMPARISON:
            self._take_sides()
        self._open()
        beside = self._beside()
        enough = min(_ENOUGH if beside is None else _ENOUGH_BESIDE, self._wanted.most_words)
        for candidate in self._of(self._lead):
            if self._selection.words >= enough:
                break
            if candidate.score >= _KEEP * self._best or self._selection.words < _SHORT:
                self._take(candidate)
        if beside is not None:
            self._take_best(beside)
        for candidate in self._ranked:
            if candidate.score < _KEEP_ELSEWHERE * self._best:
                break
            self._take(candidate)

    def in_order(self) -> list[tuple[int, list[int]]]:
        """Return the chosen positions by section; what decides a yes-or-no question stands first."""
        chosen = self._selection.chosen()
        best = self._of(self._lead)[0]
        if self._wanted.intent is not Intent.YES_NO or not chosen or chosen[0][0] != self._lead:
            return chosen
        deciding = self._selection.needed(self._lead, best.position)
        rest = [position for position in chosen[0][1] if position not in deciding]
        if not self._selection.has(self._lead, best.position) or not self._decides(best, rest):
            return chosen
        return [(self._lead, [*deciding, *rest]), *chosen[1:]]

    def _decides(self, best: Candidate, rest: Sequence[int]) -> bool:
        """Whether a sentence is so much nearer than the first one, and all others stand without it."""
        nearer = best.score >= self._score[self._lead, 0] + _NEARER
        needed = (self._selection.needed(self._lead, position) for position in rest)
        return nearer and all(best.position not in positions for positions in needed)

    def left_out(self) -> int:
        """Return how many further sentences bear on the question."""
        return sum(
            1
            for each in self._ranked
            if (each.section == self._lead or each.score >= _KEEP_ELSEWHERE * self._best)
            and not self._selection.has(each.section, each.position)
            and self._selection.is_new(each.section, each.position)
        )

    def _leading(self) -> int:
        """Return the best section that has something new."""
        new = (each.section for each in self._ranked if self._selection.is_new(each.section, each.position))
        return min(new, default=0)

    def _beside(self) -> int | None:
        """Return the section that may answer the question as well as the leading one, if there is one."""
        after = self._lead + 1
        least = self._sections[self._lead].score - _AS_GOOD
        return after if after < len(self._sections) and self._sections[after].score >= least else None

    def _take_best(self, section: int) -> None:
        """Take what answers best in a section: its first sentence if that is near enough, and the best."""
        candidates = self._of(section)
        first = next((each for each in candidates if each.position == 0), None)
        if first and self._sections[section].opens and first.score >= _OPENS * candidates[0].score:
            self._take(first)
        self._take(candidates[0])

    def _of(self, section: int) -> list[Candidate]:
        return [each for each in self._ranked if each.section == section]

    def _open(self) -> None:
        """Take the first sentence of the leading section, which answers its heading, or else the best."""
        first = self._score[self._lead, 0]
        if self._sections[self._lead].opens and first >= _OPENS * self._best:
            self._take(next(each for each in self._of(self._lead) if each.position == 0))

    def _take(self, candidate: Candidate) -> None:
        section, position = candidate.section, candidate.position
        if not self._selection.take(section, position):
            return
        lead = position if candidate.text.endswith(":") else self._selection.lead(section, position)
        if lead is not None:
            order = [each.position for each in self._of(section)]
            filling = wants_list(self._wanted.intent) or lead == position
            self._selection.take_list(section, lead, order if filling else ())

    def _take_sides(self) -> None:
        """Take for each of the two things compared the best sentence that names it."""
        for side in sides_of(self._wanted.question) or ():
            named = (each for each in self._ranked if self._wanted.asked.names(side, terms_in(each.text)))
            if best := next(named, None):
                self._take(best)


def _cite(index: Index, wanted: Wanted, sections: Sequence[ReadSection], composer: _Composer) -> Answer:
    lines = [
        sections[section].lines[position]
        for section, positions in composer.in_order()
        for position in positions
    ]
    stored = {line.stored.passage.id: line.stored for line in lines}
    numbers = number_passages(stored, wanted.told.numbers)
    citations = [cite_passage(index, stored[name], n, wanted.today) for name, n in numbers.items()]
    sentences = [
        QuotedSentence(line.text, numbers[line.stored.passage.id], line.sentence.start, line.sentence.end)
        for line in lines
    ]
    return Answer(tuple(sentences), tuple(citations), composer.left_out())
