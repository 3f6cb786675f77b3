"""Replies for tests: any that can be, and a few that say something."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from bot.reply import Citation, CitedSource, Kind, Offer, QuotedSentence, Reply

texts = st.text(max_size=30)
wholes = st.integers(min_value=0, max_value=10_000)
numbers = st.floats(allow_nan=False, allow_infinity=False)
citations = st.builds(
    Citation,
    n=wholes,
    article=texts,
    title=texts,
    section=texts,
    passage=texts,
    start=wholes,
    end=wholes,
    reviewed=st.none() | st.dates(),
    stale=st.booleans(),
    sources=st.lists(st.builds(CitedSource, texts, texts), max_size=2).map(tuple),
    source_sha256=texts,
    facts=st.lists(texts, max_size=2).map(tuple),
    page=st.none() | wholes,
)
sentences = st.builds(QuotedSentence, texts, wholes, wholes, wholes)
any_replies = st.builds(
    Reply,
    question=texts,
    kind=st.sampled_from(Kind),
    framing=st.text(min_size=1, max_size=30),
    understood=st.none() | texts,
    categories=st.lists(texts, max_size=2).map(tuple),
    rules=st.lists(texts, max_size=2).map(tuple),
    notice=st.none() | texts,
    reminder=st.none() | texts,
    sentences=st.lists(sentences, max_size=3).map(tuple),
    citations=st.lists(citations, max_size=2).map(tuple),
    missing=st.none() | texts,
    offers=st.lists(st.builds(Offer, texts, texts, texts), max_size=2).map(tuple),
    team_question=st.none() | texts,
    more=wholes,
    suggestions=st.lists(texts, max_size=2).map(tuple),
    confidence=numbers,
    generation=st.none() | texts,
    timings_ms=st.dictionaries(texts, numbers, max_size=2),
    text=st.none() | texts,
)

FRAMING = "General information: the care team knows what applies."
BEES = Citation(
    n=1,
    article="bees",
    title="Keeping bees",
    section="What do bees eat?",
    passage="bees#what-do-bees-eat/1",
    start=30,
    end=90,
    reviewed=date(2026, 1, 10),
    stale=False,
    sources=(CitedSource("The hive book", "https://example.org/hives"),),
    source_sha256="ab" * 32,
)
SENTENCE = "Bees eat nectar and pollen."


def answer(question: str = "what do bees eat", quote: str = SENTENCE) -> Reply:
    return Reply(
        question=question,
        kind=Kind.ANSWER,
        framing=FRAMING,
        sentences=(
            QuotedSentence(quote, 1, 30, 30 + len(quote)),
            QuotedSentence("Nectar gives them energy.", 1, 58, 83),
        ),
        citations=(BEES,),
        generation="000001-abcdef",
        confidence=0.9,
        timings_ms={"search": 1.5},
    )


def small_talk(question: str = "hello") -> Reply:
    return Reply(question=question, kind=Kind.CHAT, framing=FRAMING, text="Hello.")
