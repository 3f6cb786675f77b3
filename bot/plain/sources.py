"""Reading what an answer rests on: sources, facts, whole articles, and the glossary."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.plain.desk import Talk
from bot.plain.words import Said, Word
from bot.render import (
    NO_FACTS,
    RESTS_ON,
    fact_lines,
    page_words,
    passage_lines,
    quoted_spans,
    review_line,
    shown,
    source_line,
)
from bot.reply import Citation, QuotedSentence, SourceView
from corpus.glossary import Term, folded

NO_ANSWER = "There is no answer yet. Type a question first."
NO_SOURCES = "The last answer quotes nothing, so it has no sources."


def sources(talk: Talk, _: Said) -> str:
    """List the sources of the last answer."""
    if talk.last is None:
        return NO_ANSWER
    citations = talk.last.reply.citations
    return "\n".join(["Sources:", *map(source_line, citations)]) if citations else NO_SOURCES


def look_up(talk: Talk, said: Said) -> str:
    """Read the source, the facts or the article behind a mark."""
    found = talk.cited(said.number or 0)
    if found is None:
        return no_mark(talk, said)
    turn, citation = found
    source = talk.desk.source(talk.engine, turn.reply, citation)
    quoted = [sentence for sentence in turn.reply.sentences if sentence.citation == citation.n]
    return "\n".join(_LAYOUTS[said.word](source, citation, quoted))


def no_mark(talk: Talk, said: Said) -> str:
    """Say that there is no such mark, and which ones the last answer has."""
    if talk.last is None:
        return NO_ANSWER
    marks = ", ".join(f"{said.word} {one.n}" for one in talk.last.reply.citations)
    return f"There is no source {said.number}. The last answer has: {marks or 'none'}."


def source_lines(source: SourceView, citation: Citation, quoted: Sequence[QuotedSentence]) -> list[str]:
    """Lay out a passage: its place, the words with the quoted ones marked, the check, the origins."""
    return [
        f"Source {citation.n}: {_place(source)}",
        *passage_lines(source.text, quoted_spans(source.text, source.start, quoted)),
        *_checked(source),
    ]


def facts_lines(source: SourceView, citation: Citation, _: Sequence[QuotedSentence]) -> list[str]:
    """Lay out what a section rests on: each fact numbered, with its origin and its link below it."""
    facts = [
        line
        for number, fact in enumerate(source.facts, start=1)
        for line in (f"Fact {number}: {fact_lines(fact)[0]}", *fact_lines(fact)[1:])
    ]
    return [f"Facts {citation.n}: {_place(source)}", *([RESTS_ON, *facts] if facts else [NO_FACTS])]


def article_lines(source: SourceView, citation: Citation, quoted: Sequence[QuotedSentence]) -> list[str]:
    """Lay out a whole article, with the quoted words marked where they stand."""
    head = f"{source.title}\n"
    start = len(head) if source.article_text.startswith(head) else 0
    text = source.article_text[start:]
    return [
        f"Article {citation.n}: {shown(source.title)}",
        *passage_lines(text, quoted_spans(text, start, quoted)),
        *_checked(source),
    ]


def glossary(talk: Talk, said: Said) -> str:
    """List the words that the articles explain, or explain one."""
    terms = talk.engine.glossary()
    if not terms:
        return "The articles have no glossary."
    if not said.text:
        named = ", ".join(sorted((shown(term.name) for term in terms), key=str.lower))
        return (
            f"Words that the articles explain: {named}.\nType, for example: glossary {shown(terms[0].name)}"
        )
    wanted = folded(said.text)
    found = [term for term in terms if wanted in map(folded, term.forms)]
    found = found or [term for term in terms if any(wanted in folded(form) for form in term.forms)]
    return "\n\n".join(map(_explained, found)) or f"The glossary has no {shown(said.text)!r}. Type: glossary"


def _explained(term: Term) -> str:
    others = [shown(form) for form in term.forms if form != term.name]
    also = f"\nAlso: {', '.join(others)}" if others else ""
    return f"{shown(term.name)}: {shown(term.definition)}{also}"


def _place(source: SourceView) -> str:
    place = dict.fromkeys((source.title, *source.headings))
    return ", ".join(shown(part) for part in place) + page_words(source.page)


def _checked(source: SourceView) -> list[str]:
    origins = [f"- {shown(origin.title)} {shown(origin.url)}" for origin in source.sources]
    review = f"{review_line(source.reviewed, source.clinical_review)}."
    return [review, *(["Where these facts come from:", *origins] if origins else [])]


_Layout = Callable[[SourceView, Citation, Sequence[QuotedSentence]], list[str]]
_LAYOUTS: dict[Word, _Layout] = {
    Word.SOURCE: source_lines,
    Word.FACTS: facts_lines,
    Word.ARTICLE: article_lines,
}
