"""The check of figures and dates against the facts that a section names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.checks.checked import CheckedArticle, CheckedCorpus
from corpus.facts import Fact
from corpus.figures import Amount, Day, Figure, agree, figures_in
from corpus.finding import Finding
from corpus.glossary import TermKind
from corpus.mentions import TermFinder
from corpus.profile import CheckName
from corpus.prose import block_sentences


@dataclass(frozen=True, slots=True)
class _Known:
    """What one fact bears out, and the drugs that it is about."""

    id: str
    figures: tuple[Day | Amount, ...]
    drugs: frozenset[str]

    def bears_out(self, meaning: Day | Amount) -> bool:
        return any(agree(meaning, figure) for figure in self.figures)


def check_figures(corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find figures and dates that no fact named by their section bears out.

    Title and summary may have those of every section. In a sentence that names a drug, a date or a
    share must be in a fact that names the drug too, or names none: the right date of another drug
    is wrong.
    """
    finder = TermFinder.of(corpus.glossary)
    known = {
        id_: _Known(id_, known_figures(fact), _drugs(fact.says, finder)) for id_, fact in corpus.facts.items()
    }
    if not known and not corpus.profile.facts_needed:
        return
    for checked in corpus.articles:
        article = checked.article
        everything = [id_ for section in article.sections for id_ in section.facts]
        if everything or corpus.profile.facts_needed:
            front = [(1, article.title), (1, article.summary)]
            yield from _check(checked, "the article", front, everything, known, finder)
        for section in article.sections:
            if section.facts or corpus.profile.facts_needed:
                blocks = [
                    (block.line, text) for block in section.blocks for text in block_sentences(article, block)
                ]
                lines = [(section.line, section.heading), *blocks]
                where = f"the section {section.heading!r}"
                yield from _check(checked, where, lines, section.facts, known, finder)


def _check(
    checked: CheckedArticle,
    where: str,
    sentences: Iterable[tuple[int, str]],
    fact_ids: Iterable[str],
    known: Mapping[str, _Known],
    finder: TermFinder,
) -> Iterator[Finding]:
    named = [known[id_] for id_ in fact_ids if id_ in known]
    for line, sentence in sentences:
        figures = figures_in(sentence)
        drugs = _drugs(sentence, finder) if figures else frozenset()
        for figure in figures:
            if problem := _problem(figure, drugs, named):
                mend = _mend(figure.meaning, known.values())
                yield checked.finding(CheckName.FIGURES, line, f"{problem} {where} names", mend)


def _problem(figure: Figure, drugs: frozenset[str], named: Sequence[_Known]) -> str:
    with_it = [fact for fact in named if fact.bears_out(figure.meaning)]
    if not with_it:
        return f"{figure.written!r} is in no fact that"
    telling = isinstance(figure.meaning, Day) or figure.meaning.unit == "%"
    if telling and drugs and all(fact.drugs and not fact.drugs & drugs for fact in with_it):
        return (
            f"{figure.written!r} for {' and '.join(sorted(drugs))} is only in a fact about another drug that"
        )
    return ""


def _drugs(text: str, finder: TermFinder) -> frozenset[str]:
    return frozenset(m.term.name for m in finder.mentions(text) if m.term.kind is TermKind.DRUG)


def known_figures(fact: Fact) -> tuple[Day | Amount, ...]:
    """Return what a fact bears out: the figures and dates that it says, and the dates that it is of."""
    says = [figure.meaning for figure in figures_in(fact.says, every_number_word=True)]
    dates = [figure.meaning for figure in figures_in(fact.as_of) if isinstance(figure.meaning, Day)]
    return (*says, *dates)


def _mend(meaning: Day | Amount, known: Iterable[_Known]) -> str:
    with_it = [fact.id for fact in known if fact.bears_out(meaning)]
    if not with_it:
        return "Correct it or leave it out: no fact of the register has it."
    shown = ", ".join(with_it[:4]) + (" and others" if len(with_it) > 4 else "")
    return f"Correct it, or name the fact that has it: perhaps {shown}."
