"""Citations and quotes of an article that only a test knows."""

from __future__ import annotations

from datetime import date

from bot.reply import Citation, CitedSource, QuotedSentence


def citation_in(article: str, source: CitedSource, n: int, section: str, first: str, last: str) -> Citation:
    """Cite what lies between two pieces of text of an article on diarrhoea, both included."""
    return Citation(
        n=n,
        article="diarrhoea",
        title="Diarrhoea during treatment",
        section=section,
        passage=f"diarrhoea#{n}/1",
        start=article.index(first),
        end=article.index(last) + len(last),
        reviewed=date(2026, 11, 20),
        stale=False,
        sources=(source,),
        source_sha256="0" * 64,
    )


def quote_in(article: str, text: str, n: int) -> QuotedSentence:
    """Quote a piece of text of an article under citation ``n``."""
    start = article.index(text)
    return QuotedSentence(text, n, start, start + len(text))
