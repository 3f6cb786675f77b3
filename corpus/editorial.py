"""The editorial checks: pure functions from an article to findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from corpus.article import Article, Block, Section
from corpus.facts import Fact
from corpus.finding import Finding, Severity
from corpus.readability import reading_grade
from corpus.sentences import sentence_spans

_LEANING = re.compile(
    r"^[\"'“‘(]*(?:it|its|this|that|these|those|they|their|he|she|however|but|and|so|or)\b", re.IGNORECASE
)
_DOSE = re.compile(r"\b\d+(?:[.,]\d+)?\s?(?:mg|mcg|µg|g/m2|mg/m2|ml|iu|units?)\b(?!/)", re.IGNORECASE)
_DIRECTIVE = re.compile(
    r"\byou (?:should|must|need to|have to|ought to)\b|\b(?:stop|start|skip|take|double|halve) your (?:\w+ )?"
    r"(?:medicines?|medications?|pills?|tablets?|dose|treatment)\b",
    re.IGNORECASE,
)
_REFERENCE_RUN = 9


@dataclass(frozen=True, slots=True)
class Profile:
    """How strict the checks are; the defaults are ours."""

    min_words: int = 500
    max_words: int = 1_150
    min_sections: int = 5
    max_sections: int = 10
    max_grade: float = 9.0
    facts_needed: bool = True
    review_max_age_days: int = 365


@dataclass(frozen=True, slots=True)
class Checked:
    """An article with what the checks need beside it."""

    article: Article
    front_matter: Mapping[str, Any]
    facts: Mapping[str, Fact]
    profile: Profile
    today: date
    reference: frozenset[tuple[str, ...]] = field(default_factory=frozenset)
    """Runs of nine words of a text that must not be copied."""

    def finding(self, check: str, line: int, problem: str, mend: str, *, warn: bool = False) -> Finding:
        """Return a finding in this article's file."""
        severity = Severity.WARNING if warn else Severity.ERROR
        return Finding(check, severity, str(self.article.path), line, problem, mend)

    def text(self, block: Block) -> str:
        """Return the text of a block."""
        return self.article.text[block.start : block.end]


def check_front_matter(checked: Checked) -> Iterator[Finding]:
    """Find keys that are missing, unknown or of the wrong kind, and an id that is not the file's name."""
    from pydantic import ValidationError

    from corpus.header import ArticleHeader

    try:
        ArticleHeader.model_validate(dict(checked.front_matter))
    except ValidationError as error:
        for problem in error.errors():
            key = ".".join(str(part) for part in problem["loc"]) or "front matter"
            yield checked.finding("front-matter", 1, f"{key}: {problem['msg']}", "Mend that key.")
    if checked.article.id != checked.article.path.stem:
        yield checked.finding("front-matter", 1, "the id is not the file's name", "Rename one of the two.")


def check_review_date(checked: Checked) -> Iterator[Finding]:
    """Find a review date that is long past, or in the future."""
    reviewed = checked.article.reviewed
    if reviewed is None:
        return
    age = (checked.today - reviewed).days
    if age > checked.profile.review_max_age_days:
        yield checked.finding("stale", 1, f"reviewed {age} days ago", "Check the facts again.", warn=True)
    elif age < 0:
        yield checked.finding("stale", 1, "the review date is in the future", "Mend the date.")


def check_shape(checked: Checked) -> Iterator[Finding]:
    """Find an article that is too short or too long, or has too few or too many sections."""
    profile, article = checked.profile, checked.article
    words = word_count(article)
    if not profile.min_words <= words <= profile.max_words:
        wanted = f"{profile.min_words} to {profile.max_words}"
        yield checked.finding("length", 1, f"{words} words where {wanted} are wanted", "Cut or complete it.")
    sections = len(article.sections)
    if not profile.min_sections <= sections <= profile.max_sections:
        wanted = f"{profile.min_sections} to {profile.max_sections}"
        yield checked.finding(
            "length", 1, f"{sections} sections where {wanted} are wanted", "Merge or split."
        )
    for section in article.sections:
        if not section.blocks:
            yield checked.finding(
                "shape", section.line, "the section is empty", "Write it or remove the heading."
            )


def check_facts(checked: Checked) -> Iterator[Finding]:
    """Find sections that name no fact, and facts that the register does not have."""
    if not checked.profile.facts_needed:
        return
    for section in checked.article.sections:
        if not section.facts and not section.id.startswith("questions"):
            yield checked.finding(
                "facts",
                section.line,
                f"the section {section.heading!r} names no fact",
                "Add `<!-- facts: ... -->`.",
            )
        for fact in section.facts:
            if fact not in checked.facts:
                yield checked.finding(
                    "facts", section.line, f"fact {fact} is not in the register", "Add it to facts.yaml."
                )


def check_openings(checked: Checked) -> Iterator[Finding]:
    """Find sections whose first sentence leans on something before it."""
    for section in checked.article.sections:
        if section.blocks and _LEANING.match(checked.text(section.blocks[0])):
            opening = checked.text(section.blocks[0]).split()[0]
            yield checked.finding(
                "opening",
                section.blocks[0].line,
                f"the section opens with {opening!r}",
                "Name the subject instead.",
            )


def check_doses(checked: Checked) -> Iterator[Finding]:
    """Find dose figures, which a reader could take for advice."""
    for _, block in _blocks(checked.article):
        if found := _DOSE.search(checked.text(block)):
            yield checked.finding(
                "dose", block.line, f"a dose figure, {found.group()!r}", "Leave the figure out."
            )


def check_directives(checked: Checked) -> Iterator[Finding]:
    """Find sentences that tell the reader what to do with a treatment."""
    for _, block in _blocks(checked.article):
        if found := _DIRECTIVE.search(checked.text(block)):
            yield checked.finding(
                "directive",
                block.line,
                f"it tells the reader what to do: {found.group()!r}",
                "Say what is general.",
            )


def check_grade(checked: Checked) -> Iterator[Finding]:
    """Find an article, or a section, that is hard to read."""
    limit = checked.profile.max_grade
    grade = reading_grade(sentences(checked.article))
    if grade > limit:
        yield checked.finding("grade", 1, f"reading grade {grade:.1f}, above {limit:g}", "Shorten sentences.")
    for section in checked.article.sections:
        grade = reading_grade(section_sentences(checked.article, section))
        if grade > limit + 1 and len(section.blocks) > 1:
            yield checked.finding(
                "grade",
                section.line,
                f"section at reading grade {grade:.1f}",
                "Shorten sentences.",
                warn=True,
            )


def check_copying(checked: Checked) -> Iterator[Finding]:
    """Find runs of nine words that the reference text has too."""
    if not checked.reference:
        return
    for _, block in _blocks(checked.article):
        for run in word_runs(checked.text(block)):
            if run in checked.reference:
                yield checked.finding(
                    "copied", block.line, f"nine words as in the reference: {' '.join(run)!r}", "Reword it."
                )
                break


CHECKS: tuple[Callable[[Checked], Iterator[Finding]], ...] = (
    check_front_matter,
    check_review_date,
    check_shape,
    check_facts,
    check_openings,
    check_doses,
    check_directives,
    check_grade,
    check_copying,
)


def word_runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every run of nine words of ``text``, in tokens ``[a-z0-9']+``."""
    tokens = re.findall(r"[a-z0-9']+", text.lower())
    for n in range(len(tokens) - _REFERENCE_RUN + 1):
        yield tuple(tokens[n : n + _REFERENCE_RUN])


def word_count(article: Article) -> int:
    """Return the number of words under the headings."""
    return sum(len(article.text[block.start : block.end].split()) for _, block in _blocks(article))


def sentences(article: Article) -> list[str]:
    """Return every sentence of an article."""
    return [text for section in article.sections for text in section_sentences(article, section)]


def section_sentences(article: Article, section: Section) -> list[str]:
    """Return every sentence of a section."""
    texts = [article.text[block.start : block.end] for block in section.blocks]
    return [text[start:end] for text in texts for start, end in sentence_spans(text)]


def _blocks(article: Article) -> Iterator[tuple[Section, Block]]:
    for section in article.sections:
        for block in section.blocks:
            yield section, block
