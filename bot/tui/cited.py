"""A citation with its passage, and what is said around it: where from, checked when, resting on what."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from bot.render import NO_FACTS, RESTS_ON, fact_lines, page_words, quoted_spans, review_line
from bot.reply import Citation, QuotedSentence, Reply, SourceView
from bot.tui.text import plain

GONE = "Some of the quoted words are no longer in this passage: the article has changed since."
STALE = "This article has changed, or is due for a check."


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of a reply, its passage, and where the quoted words stand."""

    reply: Reply
    citation: Citation
    source: SourceView

    @property
    def sentences(self) -> tuple[QuotedSentence, ...]:
        """What the reply quotes from this passage."""
        return tuple(s for s in self.reply.sentences if s.citation == self.citation.n)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The quoted words as offsets into the passage."""
        return quoted_spans(self.source.text, self.source.start, self.sentences)

    @property
    def spans_in_article(self) -> list[tuple[int, int]]:
        """The quoted words as offsets into the article."""
        start = self.source.start
        return [(begin + start, end + start) for begin, end in self.spans]

    @property
    def complete(self) -> bool:
        """Whether the passage still has every quoted sentence."""
        return all(sentence.text in self.source.text for sentence in self.sentences)

    @property
    def place(self) -> str:
        """The heading path below the title."""
        headings = self.source.headings
        path = headings[1:] if headings[:1] == (self.source.title,) else headings
        return " › ".join(path) + page_words(self.source.page)

    def neighbour(self, by: int) -> int | None:
        """Return the number of the citation ``by`` places further on in the reply; None past its ends."""
        numbers = [citation.n for citation in self.reply.citations]
        at = numbers.index(self.citation.n) + by
        return numbers[at] if 0 <= at < len(numbers) else None


def head_content(cited: Cited) -> Content:
    """Return the citations to choose from, the title and the heading path."""
    content = Content.styled("Source ", "$quiet")
    for citation in cited.reply.citations:
        current = citation.n == cited.citation.n
        content += Content.styled(f" {citation.n} ", "bold $background on $accent" if current else "$accent")
        content += " "
    content += "\n\n" + plain(cited.source.title, "bold")
    if cited.place:
        content += "\n" + plain(cited.place, "$accent")
    return content


def foot_content(cited: Cited, facts_key: str, *, facts: bool = False) -> Content:
    """Return when the facts were checked and where they come from; with ``facts``, each fact itself."""
    content = plain(review_line(cited.source.reviewed, cited.source.clinical_review), "$quiet")
    if cited.citation.stale:
        content += "\n" + Content.styled(STALE, "$warning")
    if not cited.complete:
        content += "\n" + Content.styled(GONE, "$warning")
    return content + (_facts(cited.source) if facts else _origins(cited.source, facts_key))


def _origins(source: SourceView, facts_key: str) -> Content:
    content = Content()
    if source.sources:
        content += Content.styled("\n\nWhere these facts come from", "$quiet")
    for origin in source.sources:
        content += "\n" + plain(origin.title) + "\n" + plain(origin.url, "$quiet")
    if source.facts:
        noun = "fact" if len(source.facts) == 1 else "facts"
        content += Content.styled(f"\n\n{facts_key}: the {len(source.facts)} {noun} behind it", "$accent")
    return content


def _facts(source: SourceView) -> Content:
    if not source.facts:
        return Content.styled(f"\n\n{NO_FACTS}", "$quiet")
    content = Content.styled(f"\n\n{RESTS_ON}", "bold")
    for fact in source.facts:
        says, origin, url = fact_lines(fact)
        content += "\n\n" + plain(says) + "\n" + plain(origin, "$quiet") + "\n" + plain(url, "$quiet")
    return content
