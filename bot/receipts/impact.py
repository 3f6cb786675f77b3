"""What rests on the passages that changed: saved answers and cases of evaluation sets, most used first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.receipts.pinned import PinnedCase
from bot.receipts.present import PresentSections, section_sha256
from bot.receipts.receipt import section_of
from bot.receipts.standing import (
    ABSENT,
    Absence,
    PresentArticle,
    PresentArticles,
    Standing,
    passage_stands,
    standing_of,
)
from bot.reply import Citation, Reply


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """A reply of a stored conversation."""

    conversation: str
    turn: int
    reply: Reply


@dataclass(frozen=True, slots=True)
class AnswerUse:
    """A saved answer that rests on a passage."""

    conversation: str
    turn: int
    question: str
    quoted: bool
    """Whether the words that it quotes are touched, and not only others of their passage."""


@dataclass(frozen=True, slots=True)
class CaseUse:
    """A case that rests on a passage, or on the section around it."""

    case: str
    set_name: str


@dataclass(frozen=True, slots=True)
class TouchedPassage:
    """A passage that is not what it was, and all that rests on it."""

    place: str
    """``article#section/k``, or ``article#section`` where the passage cannot be told."""
    title: str
    standing: Standing
    """``EDITED``, ``WITHDRAWN`` or ``UNKNOWN``."""
    why: str
    answers: tuple[AnswerUse, ...] = ()
    cases: tuple[CaseUse, ...] = ()

    @property
    def uses(self) -> int:
        """How many answers and cases rest on it."""
        return len(self.answers) + len(self.cases)


@dataclass(frozen=True, slots=True)
class ChangedPassage:
    """A passage of the live index that other articles no longer have."""

    place: str
    article: str
    title: str
    text: str
    standing: Standing
    why: str


@dataclass(slots=True)
class _Row:
    title: str
    standing: Standing
    why: str
    answers: dict[tuple[str, int], AnswerUse] = field(default_factory=dict)
    cases: dict[str, CaseUse] = field(default_factory=dict)


EDITED = "its words have changed"
SECTION_GONE = "this section is gone"


def impact_on_answers(
    answers: Iterable[SavedAnswer],
    now: PresentSections,
    earlier: Callable[[str | None], PresentArticles | None],
    cases: Sequence[PinnedCase],
) -> list[TouchedPassage]:
    """Return what of the passages behind saved answers and pinned cases is no longer so, most used first.

    ``earlier`` gives the articles of the generation that an answer came from, None if it is not kept:
    then its quoted words alone can be compared, and not the others of their passage.
    """
    rows: dict[str, _Row] = {}
    for answer in answers:
        for citation, standing, why, quoted in _touched_citations(answer.reply, now, earlier):
            row = rows.setdefault(citation.passage, _Row(citation.place, standing, why))
            use = AnswerUse(answer.conversation, answer.turn, answer.reply.question, quoted)
            row.answers.setdefault((answer.conversation, answer.turn), use)
    _add_cases(rows, _cases_off_their_pins(cases, now))
    return _sorted(rows)


def impact_of_changes(
    changed: Sequence[ChangedPassage],
    answers: Iterable[SavedAnswer],
    cases: Sequence[PinnedCase],
    before: PresentSections,
    after: PresentSections,
) -> list[TouchedPassage]:
    """Return all changed passages of the live index with what rests on them, most used first.

    An answer rests on a passage if it quotes a sentence of it, whichever generation it came from.
    """
    rows = {one.place: _Row(one.title, one.standing, one.why) for one in changed}
    by_article: dict[str, list[ChangedPassage]] = {}
    for one in changed:
        by_article.setdefault(one.article, []).append(one)
    for answer in answers:
        if not any(citation.article in by_article for citation in answer.reply.citations):
            continue
        for place, quoted in _places(answer.reply, by_article, after).items():
            use = AnswerUse(answer.conversation, answer.turn, answer.reply.question, quoted)
            rows[place].answers[answer.conversation, answer.turn] = use
    _add_cases(rows, _cases_of_sections_that_differ(cases, before, after, set(by_article)))
    return _sorted(rows)


def _touched_citations(
    reply: Reply, now: PresentSections, earlier: Callable[[str | None], PresentArticles | None]
) -> Iterator[tuple[Citation, Standing, str, bool]]:
    """Yield each citation of which words are lost, and whether those are the quoted ones."""
    judged = standing_of(reply, now).sentences
    for citation in reply.citations:
        of_it = [one for one in judged if one.citation is citation]
        lost = [one for one in of_it if not one.holds]
        if lost:
            worst = max(lost, key=lambda one: list(Standing).index(one.standing))
            why = EDITED if worst.standing is Standing.EDITED else worst.why
            yield citation, worst.standing, why, True
        elif any(one.article_changed for one in of_it) and _passage_lost(reply, citation, now, earlier):
            yield citation, Standing.EDITED, EDITED, False


def _passage_lost(
    reply: Reply,
    citation: Citation,
    now: PresentSections,
    earlier: Callable[[str | None], PresentArticles | None],
) -> bool:
    """Whether the whole passage is known, and the article no longer has it."""
    then = earlier(reply.generation)
    old = then.article(citation.article) if then else Absence.UNREADABLE
    new = now.article(citation.article)
    if isinstance(old, Absence) or isinstance(new, Absence) or old.sha256 != citation.source_sha256:
        return False
    return not passage_stands(new.text, old.text[citation.start : citation.end])


def _places(
    reply: Reply, by_article: Mapping[str, Sequence[ChangedPassage]], after: PresentArticles
) -> dict[str, bool]:
    """Return the changed passages that a reply quotes, each with whether the quoted words are touched."""
    found: dict[str, bool] = {}
    judged = standing_of(reply, after).sentences
    for one, sentence in zip(judged, reply.sentences, strict=True):
        for passage in by_article.get(one.citation.article, ()) if one.citation else ():
            if sentence.text in passage.text:
                found[passage.place] = found.get(passage.place, False) or not one.holds
    return found


_TouchedCase = tuple[PinnedCase, Standing, str]


def _cases_off_their_pins(cases: Iterable[PinnedCase], now: PresentSections) -> Iterator[_TouchedCase]:
    """Yield the cases whose section has another text than they were made for, or none.

    A set none of whose articles is there is for other articles, and says nothing about these.
    """
    read = _SectionTexts(now)
    by_set: dict[str, list[PinnedCase]] = {}
    for case in cases:
        by_set.setdefault(case.set_name, []).append(case)
    for of_set in by_set.values():
        if not any(read.has_article(case.section) for case in of_set):
            continue
        for case in of_set:
            text = read.text(case.section)
            if text is None:
                yield case, *read.why_missing(case.section)
            elif case.sha256 is not None and section_sha256(text) != case.sha256:
                yield case, Standing.EDITED, EDITED


def _cases_of_sections_that_differ(
    cases: Iterable[PinnedCase], before: PresentSections, after: PresentSections, articles: set[str]
) -> Iterator[_TouchedCase]:
    old, new = _SectionTexts(before), _SectionTexts(after)
    for case in cases:
        was = old.text(case.section) if _article_of(case.section) in articles else None
        text = new.text(case.section) if was is not None else None
        if was is not None and text is None:
            yield case, *new.why_missing(case.section)
        elif was is not None and text is not None and section_sha256(text) != section_sha256(was):
            yield case, Standing.EDITED, EDITED


class _SectionTexts:
    """Section texts by ``article#section``, each article read once."""

    def __init__(self, articles: PresentSections) -> None:
        self._articles = articles
        self._read: dict[str, Mapping[str, str]] = {}

    def text(self, section: str) -> str | None:
        return self._of(section).get(section)

    def has_article(self, section: str) -> bool:
        return bool(self._of(section))

    def why_missing(self, section: str) -> tuple[Standing, str]:
        present = self._articles.article(_article_of(section))
        if isinstance(present, PresentArticle):
            return Standing.EDITED, SECTION_GONE
        return ABSENT[present]

    def _of(self, section: str) -> Mapping[str, str]:
        article = _article_of(section)
        if article not in self._read:
            self._read[article] = self._articles.sections(article)
        return self._read[article]


def _add_cases(rows: dict[str, _Row], touched: Iterable[_TouchedCase]) -> None:
    """Put each case with the changed passages of its section, or else with the section itself."""
    places: dict[str, list[str]] = {}
    for place in rows:
        places.setdefault(section_of(place), []).append(place)
    for case, standing, why in touched:
        for place in places.get(case.section) or [case.section]:
            row = rows.setdefault(place, _Row("", standing, why))
            row.cases[case.case] = CaseUse(case.case, case.set_name)


def _sorted(rows: Mapping[str, _Row]) -> list[TouchedPassage]:
    touched = [
        TouchedPassage(
            place, row.title, row.standing, row.why, tuple(row.answers.values()), tuple(row.cases.values())
        )
        for place, row in rows.items()
    ]
    return sorted(touched, key=lambda one: (-one.uses, one.place))


def _article_of(section: str) -> str:
    return section.partition("#")[0]
