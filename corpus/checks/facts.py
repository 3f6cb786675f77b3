"""Checks of the facts that sections name."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.article import Article, BlockKind, Section
from corpus.checks.checked import CheckedArticle, CheckedCorpus
from corpus.finding import Finding
from corpus.profile import CheckName
from corpus.prose import block_text


def check_facts(checked: CheckedArticle, corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find sections that name no fact, and facts that the register does not have.

    Where facts are not needed and there is no register, as for a single file, nothing is compared.
    """
    if not corpus.facts and not corpus.profile.facts_needed:
        return
    for section in checked.article.sections:
        needed = corpus.profile.facts_needed and section.blocks and not only_asks(checked.article, section)
        if needed and not section.facts:
            problem = f"the section {section.heading!r} names no fact"
            mend = "Add a line `<!-- facts: ... -->` under its heading."
            yield checked.finding(CheckName.FACTS, section.line, problem, mend)
        for fact in dict.fromkeys(section.facts):
            if fact not in corpus.facts:
                problem = (
                    f"the fact {fact}, which the section {section.heading!r} names, is not in facts.yaml"
                )
                yield checked.finding(
                    CheckName.FACTS, section.line, problem, "Add it to facts.yaml, or name another."
                )


def only_asks(article: Article, section: Section) -> bool:
    """Whether a section is a list of questions, which states nothing."""
    items = [block for block in section.blocks if block.kind is BlockKind.ITEM]
    return bool(items) and all(block_text(article, item).endswith("?") for item in items)
