"""Checks of an article's length, sections and reading grade."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.checks.checked import CheckedArticle, CheckedCorpus
from corpus.finding import Finding
from corpus.profile import CheckName
from corpus.prose import section_sentences, sentences, word_count
from corpus.readability import reading_grade


def check_length(checked: CheckedArticle, corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find an article that is too short or too long, or has too few or too many sections."""
    profile = corpus.profile
    for number, what, least, most, mend in (
        (word_count(checked.article), "words", profile.min_words, profile.max_words, "Cut or complete it."),
        (
            len(checked.article.sections),
            "sections",
            profile.min_sections,
            profile.max_sections,
            "Merge or split sections.",
        ),
    ):
        if not least <= number <= most:
            problem = f"{number} {what} where {least} to {most} are wanted"
            yield checked.finding(CheckName.LENGTH, 1, problem, mend)


def check_empty_sections(checked: CheckedArticle, _: CheckedCorpus) -> Iterator[Finding]:
    """Find headings with nothing under them."""
    for section in checked.article.sections:
        if not section.blocks:
            problem = f"the section {section.heading!r} is empty"
            mend = "Write it or remove the heading."
            yield checked.finding(CheckName.EMPTY_SECTION, section.line, problem, mend)


def check_grade(checked: CheckedArticle, corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find an article that is hard to read, and warn of a section that is."""
    limit, mend = corpus.profile.max_grade, "Shorten sentences; use plainer words."
    grade = reading_grade(sentences(checked.article))
    if grade > limit:
        yield checked.finding(CheckName.GRADE, 1, f"reading grade {grade:.1f}, above {limit:g}", mend)
    for section in checked.article.sections:
        grade = reading_grade(section_sentences(checked.article, section))
        if grade > limit:
            problem = f"the section {section.heading!r} is at reading grade {grade:.1f}, above {limit:g}"
            yield checked.warning(CheckName.GRADE, section.line, problem, mend)
