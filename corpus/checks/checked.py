"""What every check is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from corpus.article import Article
from corpus.asked_as import AskedAs
from corpus.facts import Fact
from corpus.finding import Finding, Severity
from corpus.glossary import Glossary
from corpus.profile import STRICT, CheckName, Profile


@dataclass(frozen=True, slots=True)
class CheckedArticle:
    """An article with what its reading text does not tell."""

    article: Article
    front_matter: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    """The file as it was written, cleaned."""

    def finding(self, check: CheckName, line: int, problem: str, mend: str) -> Finding:
        """Return an error in this article's file."""
        return Finding(check, Severity.ERROR, str(self.article.path), line, problem, mend)

    def warning(self, check: CheckName, line: int, problem: str, mend: str) -> Finding:
        """Return a warning in this article's file."""
        return Finding(check, Severity.WARNING, str(self.article.path), line, problem, mend)


@dataclass(frozen=True, slots=True)
class CheckedCorpus:
    """All articles, with everything beside them that a check may compare them with."""

    articles: tuple[CheckedArticle, ...]
    today: date
    facts: Mapping[str, Fact] = field(default_factory=dict)
    glossary: Glossary = field(default_factory=Glossary)
    asked_as: AskedAs = field(default_factory=dict)
    profile: Profile = STRICT
    review_max_age_days: int = 365
    reference: str = ""
    """A text that must not be copied."""
    home: Path = field(default_factory=Path)
    """The folder in which the side files stand."""


ArticleCheck = Callable[[CheckedArticle, CheckedCorpus], Iterator[Finding]]
CorpusCheck = Callable[[CheckedCorpus], Iterator[Finding]]
