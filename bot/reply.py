"""What comes back for a question, and its JSON: a contract that outside tools read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from bot.fields import BadValue, Fields
from corpus.facts import Fact

NO_CLINICAL_REVIEW = "none"
"""What an article says of its clinical review where there was none."""


class Kind(StrEnum):
    """What sort of reply it is."""

    ANSWER = "answer"
    PARTIAL = "partial"
    NOT_COVERED = "not_covered"
    BOUNDARY = "boundary"
    URGENT = "urgent"
    EMERGENCY = "emergency"
    CRISIS = "crisis"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class QuotedSentence:
    """An exact slice of the cited article's reading text."""

    text: str
    citation: int
    """The ``n`` of the citation that it belongs to, from 1."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CitedSource:
    """Where the facts of a cited section come from."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One passage that a reply quotes from."""

    n: int
    article: str
    title: str
    section: str
    """The section's heading, as the reader sees it."""
    passage: str
    """``article#section/k``"""
    start: int
    end: int
    reviewed: date | None
    stale: bool
    sources: tuple[CitedSource, ...]
    source_sha256: str
    facts: tuple[str, ...] = ()
    """Ids of the facts that the section rests on."""
    page: int | None = None
    """Page of the source file on which the passage begins, from 1; None if it has no pages."""

    @property
    def place(self) -> str:
        """Title of the article and heading of the section, as one phrase."""
        return ": ".join(part for part in (self.title, self.section) if part)


@dataclass(frozen=True, slots=True)
class SourceView:
    """A cited passage with all that a reader needs to judge it."""

    article_id: str
    title: str
    headings: tuple[str, ...]
    """Title and heading path of the section."""
    text: str
    """The whole passage: ``article_text[start:end]``."""
    start: int
    end: int
    reviewed: date | None
    clinical_review: str
    """Who reviewed the article as a clinician; "none" if nobody did, empty where it is no question."""
    sources: tuple[CitedSource, ...]
    """Where the facts of the section come from."""
    article_text: str
    facts: tuple[Fact, ...] = ()
    """What the section rests on, in the corpus's own words."""
    page: int | None = None
    contents: tuple[SectionPlace, ...] = ()
    """The article's headings, in order."""


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """Where a section stands in its article."""

    heading: str
    start: int
    """Offset of the heading in the reading text."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A section that is near to what was asked, where nothing answers it."""

    article: str
    section: str
    """``article#section`` without the article: the section's id."""
    title: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one turn. Field for field the JSON of ``mbc-chat ask --json``."""

    question: str
    kind: Kind
    framing: str
    """The closing line; never empty. In a crisis it is the help line."""
    understood: str | None = None
    categories: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    notice: str | None = None
    """The safety text, shown first."""
    reminder: str | None = None
    """The one line that says when to call."""
    sentences: tuple[QuotedSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    missing: str | None = None
    offers: tuple[Offer, ...] = ()
    team_question: str | None = None
    """A question to take to the people who can answer it, and who they are."""
    more: int = 0
    suggestions: tuple[str, ...] = ()
    confidence: float = 0.0
    generation: str | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    text: str | None = None
    """What the chat itself says where nothing is quoted: a greeting, "not covered", an explanation."""

    def as_json(self) -> dict[str, Any]:
        """Return plain values, dates as ISO days, ready for ``json.dumps``."""
        plain = asdict(self)
        plain["kind"] = self.kind.value
        for citation in plain["citations"]:
            day = citation["reviewed"]
            citation["reviewed"] = day.isoformat() if day else None
        plain["timings_ms"] = dict(self.timings_ms)
        return plain

    @classmethod
    def from_json(cls, values: object) -> Reply:
        """Return the reply whose ``as_json`` is ``values``.

        Fields that are unknown do no harm, and those that later versions added have their defaults.
        Raises BadValue for anything else that is not such an object.
        """
        fields = Fields(values, "reply")
        framing = fields.text("framing")
        if not framing:
            raise BadValue("reply.framing is empty")
        return cls(
            question=fields.text("question"),
            kind=_kind(fields.text("kind")),
            framing=framing,
            understood=fields.text_or_none("understood"),
            categories=fields.texts("categories"),
            rules=fields.texts("rules"),
            notice=fields.text_or_none("notice"),
            reminder=fields.text_or_none("reminder"),
            sentences=fields.rows("sentences", _sentence),
            citations=fields.rows("citations", _citation),
            missing=fields.text_or_none("missing"),
            offers=fields.rows("offers", _offer),
            team_question=fields.text_or_none("team_question"),
            more=fields.whole("more", default=0),
            suggestions=fields.texts("suggestions"),
            confidence=fields.number("confidence", default=0.0),
            generation=fields.text_or_none("generation"),
            timings_ms=fields.numbers_by_name("timings_ms"),
            text=fields.text_or_none("text"),
        )


def _kind(value: str) -> Kind:
    try:
        return Kind(value)
    except ValueError as error:
        raise BadValue(f"reply.kind is {value!r}, which is no kind of reply") from error


def _sentence(fields: Fields) -> QuotedSentence:
    return QuotedSentence(
        fields.text("text"), fields.whole("citation"), fields.whole("start"), fields.whole("end")
    )


def _citation(fields: Fields) -> Citation:
    return Citation(
        n=fields.whole("n"),
        article=fields.text("article"),
        title=fields.text("title"),
        section=fields.text("section"),
        passage=fields.text("passage"),
        start=fields.whole("start"),
        end=fields.whole("end"),
        reviewed=fields.day_or_none("reviewed"),
        stale=fields.flag("stale"),
        sources=fields.rows("sources", _source),
        source_sha256=fields.text("source_sha256"),
        facts=fields.texts("facts"),
        page=fields.whole_or_none("page"),
    )


def _source(fields: Fields) -> CitedSource:
    return CitedSource(fields.text("title"), fields.text("url"))


def _offer(fields: Fields) -> Offer:
    return Offer(fields.text("article"), fields.text("section"), fields.text("title"))
