"""The check of figures and dates against the facts that a section names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.article import Section
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

    In a sentence that names a drug, a date or a share must be in a fact that names the drug too, or
    names none: the right date of another drug is wrong.
    """
    finder = TermFinder.of(corpus.glossary)
    known = {
        id_: _Known(id_, known_figures(fact), _drugs(fact.says, finder)) for id_, fact in corpus.facts.items()
    }
    for checked in corpus.articles:
        for section in checked.article.sections:
            if section.facts or corpus.profile.facts_needed:
                yield from _check_section(checked, section, known, finder)


def _check_section(
    checked: CheckedArticle, section: Section, known: Mapping[str, _Known], finder: TermFinder
) -> Iterator[Finding]:
    named = [known[fact] for fact in section.facts if fact in known]
    for block in section.blocks:
        for sentence in block_sentences(checked.article, block):
            figures = figures_in(sentence)
            drugs = _drugs(sentence, finder) if figures else frozenset()
            for figure in figures:
                if problem := _problem(figure, drugs, named):
                    where = f"{problem} the section {section.heading!r} names"
                    mend = _mend(figure.meaning, known.values())
                    yield checked.finding(CheckName.FIGURES, block.line, where, mend)


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
