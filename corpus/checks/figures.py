"""The check of figures and dates against the facts that a section names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.checks.checked import CheckedArticle, CheckedCorpus
from corpus.facts import Fact
from corpus.figures import Amount, Day, agree, figures_in
from corpus.finding import Finding
from corpus.profile import CheckName
from corpus.prose import block_text


def check_figures(checked: CheckedArticle, corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find figures and dates that no fact named by their section bears out."""
    known = {id_: known_figures(fact) for id_, fact in corpus.facts.items()}
    for section in checked.article.sections:
        if not section.facts and not corpus.profile.facts_needed:
            continue
        named = [meaning for fact in section.facts for meaning in known.get(fact, ())]
        for block in section.blocks:
            for figure in figures_in(block_text(checked.article, block)):
                if not any(agree(figure.meaning, meaning) for meaning in named):
                    yield checked.finding(
                        CheckName.FIGURES,
                        block.line,
                        f"{figure.written!r} is in no fact that the section {section.heading!r} names",
                        _mend(figure.meaning, known),
                    )


def known_figures(fact: Fact) -> tuple[Day | Amount, ...]:
    """Return what a fact bears out: the figures and dates that it says, and the dates that it is of."""
    says = [figure.meaning for figure in figures_in(fact.says, every_number_word=True)]
    dates = [figure.meaning for figure in figures_in(fact.as_of) if isinstance(figure.meaning, Day)]
    return (*says, *dates)


def _mend(meaning: Day | Amount, known: Mapping[str, tuple[Day | Amount, ...]]) -> str:
    with_it = [id_ for id_, figures in known.items() if any(agree(meaning, figure) for figure in figures)]
    if not with_it:
        return "Correct it or leave it out: no fact of the register has it."
    shown = ", ".join(with_it[:4]) + (" and others" if len(with_it) > 4 else "")
    return f"Correct it, or name the fact that has it: perhaps {shown}."
