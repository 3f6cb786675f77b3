"""Checks of headings, and of the sentences that answer them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.article import Section
from corpus.checks.checked import CheckedArticle, CheckedCorpus
from corpus.finding import Finding
from corpus.glossary import Glossary
from corpus.phrases import LEANING_OPENING
from corpus.profile import CheckName
from corpus.prose import section_sentences
from corpus.words import content_words

_FIXED = re.compile(r"at a glance$|questions? (?:to|for|about|that) ", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:what|which|who|whom|whose|when|where|why|how|can|could|do|does|did|is|are|was|were|will|should|may|"
    r"must|has|have)\b(?: \S+){2,}",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"\S+ .*\b(?:is|are|was|were|has|have|had|can|cannot|could|may|might|must|will|would|should|do|does|did|"
    r"means?|needs?|helps?|works?|shows?|gives?|makes?|takes?|comes?|goes|grows?|changes?|differs?|depends?|"
    r"acts?|blocks?|causes?|lowers?|raises?|stops?|starts?|affects?|counts?|matters?|lasts?|becomes?|happens?|"
    r"keeps?|leads?|finds?|looks?|calls?|stays?|varies|vary|carry|carries)\b.* ?\S+",
    re.IGNORECASE,
)


def check_headings(checked: CheckedArticle, _: CheckedCorpus) -> Iterator[Finding]:
    """Find headings that neither ask nor answer anything, such as "Overview"."""
    for section in checked.article.sections:
        if not section.headings:
            if section.blocks:
                problem = "the text before the first heading has none"
                yield checked.finding(CheckName.HEADINGS, section.line, problem, "Give it a heading.")
        elif not asks_or_states(section.heading):
            problem = f"the heading {section.heading!r} neither asks nor answers anything"
            mend = "Write the question that people ask, or a full statement."
            yield checked.finding(CheckName.HEADINGS, section.line, problem, mend)


def asks_or_states(heading: str) -> bool:
    """Whether a heading is a question, a statement, "At a glance" or "Questions to ask ..."."""
    plain = heading.strip()
    return (
        (plain.endswith("?") and len(plain.split()) > 1)
        or bool(_FIXED.match(plain))
        or bool(_ASKS.match(plain))
        or bool(_STATES.match(plain))
    )


def check_openings(checked: CheckedArticle, corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find sections whose first sentence leans on a text before it, or does not name its subject."""
    for section in checked.article.sections:
        sentences = section_sentences(checked.article, section)
        if not sentences:
            continue
        line = section.blocks[0].line
        if found := LEANING_OPENING.match(sentences[0]):
            problem = f"the section {section.heading!r} opens with {found.group()!r}"
            yield checked.finding(CheckName.OPENINGS, line, problem, "Name the subject instead.")
        elif not names_subject(sentences[0], section, checked.article.title, corpus.glossary):
            problem = f"the first sentence of {section.heading!r} names nothing of its heading or title"
            mend = "Answer the heading in that sentence, in its own words."
            yield checked.finding(CheckName.OPENINGS, line, problem, mend)


def names_subject(sentence: str, section: Section, title: str, glossary: Glossary) -> bool:
    """Whether a sentence has a content word, or a term in another form, of the heading or the title."""
    subject = f"{' '.join(section.headings)} {title}"
    if set(content_words(sentence)) & set(content_words(subject)):
        return True
    return bool(terms_named(sentence, glossary) & terms_named(subject, glossary))


def terms_named(text: str, glossary: Glossary) -> set[str]:
    """Return the names of the terms of which ``text`` has a form of up to five words."""
    words = text.casefold().split()
    words = [word.strip(".,;:?!()\"'“”‘’") for word in words]
    runs = (" ".join(words[n : n + length]) for n in range(len(words)) for length in range(1, 6))
    return {glossary.forms[run].name for run in runs if run in glossary.forms}
