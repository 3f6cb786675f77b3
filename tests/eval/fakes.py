"""A whole small subject to measure: two articles, a search by shared words, and an assistant that quotes."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.conversation import Conversation
from bot.reply import Citation, Kind, QuotedSentence, Reply
from eval.engine import Subject
from eval.shell import RunOptions, execute

TEXTS: Mapping[str, Sequence[tuple[str, str]]] = {
    "her2-low": [
        ("what-it-means", "HER2-low means a little HER2 on the cells."),
        ("ultralow", "Ultralow means hardly any HER2 at all."),
    ],
    "pi3k": [
        ("which-drugs", "Alpelisib and inavolisib act on a PIK3CA mutation."),
        ("sugar", "High blood sugar is common with alpelisib."),
    ],
}


@dataclass(frozen=True, slots=True)
class FakePassage:
    id: str
    text: str
    start: int
    end: int
    article_text: str


@dataclass(frozen=True, slots=True)
class FakeHit:
    passage: FakePassage
    score: float


@dataclass(frozen=True, slots=True)
class FakeSource:
    article_text: str


def passages() -> list[FakePassage]:
    found = []
    for article, sections in TEXTS.items():
        whole = "\n".join(text for _, text in sections)
        for section, text in sections:
            start = whole.index(text)
            found.append(FakePassage(f"{article}#{section}/1", text, start, start + len(text), whole))
    return found


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 3}


@dataclass(slots=True)
class FakeSearcher:
    searched: list[str] = field(default_factory=list)

    def search(self, question: str, k: int, /) -> Sequence[FakeHit]:
        self.searched.append(question)
        asked = words(question)
        hits = [FakeHit(each, len(asked & words(each.text)) / 10) for each in passages()]
        return sorted((hit for hit in hits if hit.score > 0), key=lambda hit: -hit.score)[:k]


@dataclass(slots=True)
class FakeAssistant:
    """Quotes the best passage; knows one cry for help; fails on the questions it is told to fail on."""

    fails_on: frozenset[str] = frozenset()
    misquotes: bool = False
    asked_after: list[tuple[str, ...]] = field(default_factory=list)

    def reply(self, conversation: Conversation, text: str, /) -> Reply:
        self.asked_after.append(conversation.questions)
        if text in self.fails_on:
            raise RuntimeError(f"cannot answer {object()!r}")
        if "chest pain" in text:
            return Reply(
                text,
                Kind.EMERGENCY,
                "Call.",
                categories=("emergency",),
                rules=("chest-pain",),
                notice="Call 112 now.",
            )
        understood = f"what is {text}" if conversation.questions else None
        hits = FakeSearcher().search(understood or text, 1)
        if not hits:
            return Reply(
                text, Kind.NOT_COVERED, "General information.", text="The articles do not cover this."
            )
        return self._quote(text, understood, hits[0].passage)

    def _quote(self, text: str, understood: str | None, passage: FakePassage) -> Reply:
        article, _, section = passage.id.rpartition("/")[0].partition("#")
        sha256 = hashlib.sha256(passage.article_text.encode()).hexdigest()
        citation = Citation(
            1, article, article, section, passage.id, passage.start, passage.end, None, False, (), sha256
        )
        quoted = passage.text.upper() if self.misquotes else passage.text
        return Reply(
            text,
            Kind.ANSWER,
            "General information.",
            understood=understood,
            sentences=(QuotedSentence(quoted, 1, passage.start, passage.end),),
            citations=(citation,),
            confidence=0.5,
        )

    def source(self, citation: Citation, /) -> FakeSource:
        return FakeSource("\n".join(text for _, text in TEXTS[citation.article]))


def fake_subject(assistant: FakeAssistant | None = None, searcher: FakeSearcher | None = None) -> Subject:
    return Subject(
        assistant=assistant or FakeAssistant(),
        searcher=searcher or FakeSearcher(),
        sections=frozenset(each.id.rpartition("/")[0] for each in passages()),
        content_sha256="c0ffee",
        generation="0001",
    )


def run_fake(names: Sequence[str], json_file: Path) -> int:
    def opened(_: date) -> Subject:
        return fake_subject()

    return execute(RunOptions(names, json_file), opened, sys.stdout)


if __name__ == "__main__":
    sys.exit(run_fake(sys.argv[2:], Path(sys.argv[1])))
