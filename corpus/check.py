"""Running the editorial checks over a corpus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.article import Article, ArticleError
from corpus.editorial import CHECKS, Checked, Profile, word_count, word_runs
from corpus.finding import Finding, Severity
from corpus.front_matter import split_front_matter
from corpus.reader import Corpus, read_corpus
from corpus.text import clean_text


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checks found, and over how much text."""

    findings: tuple[Finding, ...]
    articles: int
    sections: int
    words: int
    facts: int

    @property
    def errors(self) -> int:
        """How many findings fail the check."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


def check_corpus(
    root: Path, *, today: date, profile: Profile | None = None, reference: Path | None = None
) -> CheckReport:
    """Check every article below ``root``; files that cannot be read are findings too.

    Raises ArticleError if ``root`` or the reference text cannot be read.
    """
    corpus = read_corpus(root)
    runs = _reference_runs(reference)
    findings = [_unreadable(failure) for failure in corpus.failures]
    for article in corpus.articles:
        findings += _check_article(article, corpus, profile or Profile(), today, runs)
    return CheckReport(
        findings=tuple(sorted(findings, key=lambda f: (f.file, f.line, f.check))),
        articles=len(corpus.articles),
        sections=sum(len(article.sections) for article in corpus.articles),
        words=sum(word_count(article) for article in corpus.articles),
        facts=len({fact for a in corpus.articles for section in a.sections for fact in section.facts}),
    )


def _check_article(
    article: Article, corpus: Corpus, profile: Profile, today: date, runs: frozenset[tuple[str, ...]]
) -> list[Finding]:
    front = split_front_matter(clean_text(article.path.read_text("utf-8-sig")), article.path)
    checked = Checked(article, front.values, corpus.facts, profile, today, runs)
    return [finding for check in CHECKS for finding in check(checked)]


def _reference_runs(reference: Path | None) -> frozenset[tuple[str, ...]]:
    if reference is None:
        return frozenset()
    try:
        return frozenset(word_runs(reference.read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(reference, "the reference text cannot be read", mend="Check the path.") from error


def _unreadable(failure: ArticleError) -> Finding:
    return Finding(
        "unreadable", Severity.ERROR, failure.path, failure.line or 1, failure.problem, failure.mend
    )
