"""Running the editorial checks over a corpus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from corpus.article import Article, ArticleError
from corpus.asked_as import FILE_NAME as ASKED_AS_FILE
from corpus.asked_as import AskedAs, read_asked_as
from corpus.checks.checked import ArticleCheck, CheckedArticle, CheckedCorpus, CorpusCheck
from corpus.checks.contradictions import check_contradictions
from corpus.checks.copying import check_copying
from corpus.checks.duplicates import check_duplicates
from corpus.checks.facts import check_facts
from corpus.checks.figures import check_figures
from corpus.checks.front_matter import check_front_matter, check_reading, check_review_date
from corpus.checks.links import check_links, check_register_links
from corpus.checks.openings import check_headings, check_openings
from corpus.checks.shape import check_empty_sections, check_grade, check_length
from corpus.checks.side_files import as_finding, check_asked_as, check_glossary
from corpus.checks.terms import check_terms
from corpus.checks.wording import check_directives, check_doses
from corpus.finding import Finding, Severity
from corpus.formats.decoding import decode
from corpus.formats.kinds import Kind, kind_of
from corpus.front_matter import split_front_matter
from corpus.glossary import FILE_NAME as GLOSSARY_FILE
from corpus.glossary import survey_glossary
from corpus.profile import CheckName, Level, Profile, ProfileName, read_profile
from corpus.prose import word_count
from corpus.reader import Corpus, read_corpus
from corpus.settings import FILE_NAME as SETTINGS_FILE
from corpus.text import clean_text

ARTICLE_CHECKS: tuple[ArticleCheck, ...] = (
    check_reading,
    check_front_matter,
    check_review_date,
    check_length,
    check_empty_sections,
    check_facts,
    check_links,
    check_grade,
    check_headings,
    check_openings,
    check_directives,
    check_doses,
)
CORPUS_CHECKS: tuple[CorpusCheck, ...] = (
    check_figures,
    check_register_links,
    check_terms,
    check_duplicates,
    check_contradictions,
    check_glossary,
    check_asked_as,
    check_copying,
)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checks found, and over how much text."""

    findings: tuple[Finding, ...]
    profile: ProfileName
    articles: int
    sections: int
    words: int
    facts: int
    terms: int
    ways_to_ask: int

    @property
    def errors(self) -> int:
        """How many findings fail the check."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings do not fail it."""
        return len(self.findings) - self.errors


def check_corpus(
    root: Path,
    *,
    today: date,
    profile: Profile | ProfileName | None = None,
    reference: Path | None = None,
) -> CheckReport:
    """Check every article below ``root``; files that cannot be read are findings too.

    The profile is the one that ``corpus.toml`` asks for; a name takes the place of the name in it,
    and a whole profile the place of all of it. Raises ArticleError if ``root``, the register of
    facts, ``corpus.toml`` or the reference text cannot be read.
    """
    corpus = read_corpus(root)
    home = root if root.is_dir() else root.parent
    if not isinstance(profile, Profile):
        profile = read_profile(home / SETTINGS_FILE, profile)
    checked = CheckedCorpus(
        articles=tuple(_with_source(article) for article in corpus.articles),
        today=today,
        facts=corpus.facts,
        glossary=survey_glossary(home / GLOSSARY_FILE)[0],
        asked_as=_asked_as(home / ASKED_AS_FILE),
        profile=profile,
        review_max_age_days=corpus.settings.review_max_age_days,
        reference=_reference_text(reference),
        home=home,
    )
    unreadable = [as_finding(CheckName.UNREADABLE, failure) for failure in corpus.failures]
    findings = [*unreadable, *run_checks(checked)]
    return _report(corpus, checked, _levelled(findings, profile))


def run_checks(corpus: CheckedCorpus) -> Iterator[Finding]:
    """Run every check: those of one article over each of them, then those of all together."""
    for checked in corpus.articles:
        for check_article in ARTICLE_CHECKS:
            yield from check_article(checked, corpus)
    for check_all in CORPUS_CHECKS:
        yield from check_all(corpus)


def _report(corpus: Corpus, checked: CheckedCorpus, findings: list[Finding]) -> CheckReport:
    articles = corpus.articles
    return CheckReport(
        findings=tuple(sorted(findings, key=lambda f: (f.file, f.line, f.check, f.problem))),
        profile=checked.profile.profile,
        articles=len(articles),
        sections=sum(len(article.sections) for article in articles),
        words=sum(word_count(article) for article in articles),
        facts=len({fact for a in articles for section in a.sections for fact in section.facts}),
        terms=len(checked.glossary.terms),
        ways_to_ask=sum(len(ways) for of in checked.asked_as.values() for ways in of.values()),
    )


def _levelled(findings: list[Finding], profile: Profile) -> list[Finding]:
    """Return the findings as the profile's levels leave them; a file that cannot be read stays an error."""
    kept = []
    for finding in findings:
        level = None if finding.check is CheckName.UNREADABLE else profile.levels.get(finding.check)
        if level is not Level.OFF:
            warns = level is Level.WARNING
            kept.append(replace(finding, severity=Severity.WARNING) if warns else finding)
    return kept


def _with_source(article: Article) -> CheckedArticle:
    if kind_of(article.path) not in {Kind.MARKDOWN, Kind.TEXT}:
        return CheckedArticle(article)
    source = clean_text(decode(article.path.read_bytes(), article.path).text)
    return CheckedArticle(article, split_front_matter(source, article.path).values, source)


def _asked_as(path: Path) -> AskedAs:
    """Return the ways to ask, none if they cannot be read: ``check_asked_as`` says why."""
    try:
        return read_asked_as(path)
    except ArticleError:
        return {}


def _reference_text(reference: Path | None) -> str:
    if reference is None:
        return ""
    try:
        return reference.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(reference, "the reference text cannot be read", mend="Check the path.") from error
