"""A small assistant without index, rules or files, and what tests need to drive the chat with it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from textual.app import App
from textual.content import Content
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import WorkerFailed

from bot.about import About
from bot.conversation import Conversation
from bot.engine import Build, Engine
from bot.reply import Citation, CitedSource, Kind, Offer, Reply, SourceView
from bot.source_view import places_of_headings
from bot.tui.app import ChatApp
from bot.tui.backing import Backing, Settings
from corpus.article import Source
from corpus.facts import Fact, FactStatus
from corpus.glossary import Term, TermKind
from tests.bot.quoting import citation_in, quote_in

NOTICE = "General information, not medical advice.\nIn an emergency call 911, 999 or 112."
SUBTITLE = "about the fake articles"
FRAMING = "General information: the care team knows what applies."
ARTICLE = (
    "Diarrhoea during treatment\n"
    "At a glance\n"
    "Loose stools are common in the first weeks.\n"
    "- Small sips replace what is lost.\n"
    "- Rest helps.\n"
    "What helps\n"
    "Neratinib often causes diarrhoea. Loperamide is often given from the first day. The team says how.\n"
    "- Small meals are easier on the bowel."
)
FIRST = "Loperamide is often given from the first day."
SECOND = "Small meals are easier on the bowel."
THIRD = "Small sips replace what is lost."
FACTS = (
    Fact(
        "4-001",
        "Loperamide is given from day one.",
        Source("Label of neratinib", "https://example.org/label"),
        "May 2024",
        FactStatus.VERIFIED,
    ),
    Fact(
        "4-002",
        "Small meals are [easier].",
        Source("Food \x1b[31mnotes", "https://example.org/food"),
        "undated",
        FactStatus.CORRECTED,
    ),
)
CONTENTS = places_of_headings(ARTICLE, ("At a glance", "What helps"))
TERMS = (
    Term("diarrhoea", "Diarrhoea means loose or watery stools.", TermKind.SYMPTOM, lay=("the runs",)),
    Term("loperamide", "Loperamide is a medicine against diarrhoea.", TermKind.DRUG, brands=("Imodium",)),
    Term("neratinib", "Neratinib is a targeted pill.", TermKind.DRUG, misspellings=("neratanib",)),
)
SOURCE = CitedSource("Label of neratinib", "https://example.org/label")


citation = partial(citation_in, ARTICLE, SOURCE)
quote = partial(quote_in, ARTICLE)

HELPS = citation(1, "What helps", "Neratinib", SECOND)
GLANCE = citation(2, "At a glance", "Loose stools", "Rest helps.")
ANSWER = Reply(
    question="what helps",
    kind=Kind.PARTIAL,
    framing=FRAMING,
    understood="What helps against diarrhoea?",
    sentences=(quote(FIRST, 1), quote(SECOND, 1), quote(THIRD, 2)),
    citations=(HELPS, GLANCE),
    missing="The articles do not mention “probiotics”.",
    reminder="Four or more loose stools in 24 hours: call.",
    suggestions=("When to call?", "How long does it last?"),
    generation="3f2a91c07b",
)
EMERGENCY = Reply(
    question="chest pain",
    kind=Kind.EMERGENCY,
    framing="The emergency number comes first.",
    notice="Call 911, 999 or 112 now.",
)
CRISIS = replace(EMERGENCY, kind=Kind.CRISIS, notice="Call or text 988, or call 116 123.")
URGENT = replace(EMERGENCY, kind=Kind.URGENT, notice="Call the clinic's 24-hour line now.")
BOUNDARY = replace(
    EMERGENCY,
    kind=Kind.BOUNDARY,
    notice="That is decided with the team.",
    team_question="A question for the care team: What happens if I stop?",
    offers=(Offer("a", "b", "Why treatments stop working"),),
)
CHAT = Reply(question="hello", kind=Kind.CHAT, framing=FRAMING, text="Hello.")


@dataclass(slots=True)
class FakeEngine:
    """Answers by keyword; ``hold`` keeps every reply back until it is set."""

    replies: dict[str, Reply] = field(default_factory=dict)
    hold: threading.Event | None = None
    generation: str | None = "3f2a91c07b"
    trouble: Exception | None = None
    no_source: Exception | None = None
    seen: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    as_typed: list[bool] = field(default_factory=list)

    def reply(self, conversation: Conversation, text: str, *, as_typed: bool = False) -> Reply:
        self.seen.append((conversation.questions, text))
        self.as_typed.append(as_typed)
        if self.hold:
            self.hold.wait()
        if self.trouble:
            raise self.trouble
        for word, reply in {**KEYWORDS, **self.replies}.items():
            if word in text:
                return replace(reply, question=text, understood=None if as_typed else reply.understood)
        return replace(CHAT, question=text)

    def takes_back(self, text: str) -> bool:
        return "typo" in text

    def glossary(self) -> tuple[Term, ...]:
        if self.trouble:
            raise self.trouble
        return TERMS

    def source(self, citation: Citation) -> SourceView:
        if self.no_source:
            raise self.no_source
        return SourceView(
            article_id=citation.article,
            title=citation.title,
            headings=(citation.title, citation.section),
            text=ARTICLE[citation.start : citation.end],
            start=citation.start,
            end=citation.end,
            reviewed=citation.reviewed,
            clinical_review="none",
            sources=(SOURCE,),
            article_text=ARTICLE,
            facts=FACTS if citation.n == 1 else (),
            contents=CONTENTS,
        )


KEYWORDS = {
    "helps": ANSWER,
    "chest pain": EMERGENCY,
    "die": CRISIS,
    "38.5": URGENT,
    "stop": BOUNDARY,
}


def chat(
    engine: Engine | None = None,
    *,
    early: Engine | None = None,
    build: Build | None = None,
    open_engine: Callable[[], Engine] | None = None,
    notice: str = NOTICE,
    support: str = "",
    settings: Settings | None = None,
    **backing: Any,
) -> ChatApp:
    """Return a chat over a fake engine; ``build`` is for a home without an index.

    ``backing`` are further arguments of ``Backing``.
    """
    ready = engine or FakeEngine()
    given: dict[str, Any] = {
        "open_engine": open_engine or (lambda: ready),
        "early_engine": early or FakeEngine(generation=None),
        "needs_build": build is not None,
        "build": build or (lambda report: None),
        "about": lambda: About(notice, SUBTITLE, support=support),
        "freshness": lambda: "facts checked November 2026",
    }
    return ChatApp(Backing(**given | backing), settings or Settings())


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no job is left and everything is laid out; one that fails is for the chat to tell."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        with suppress(WorkerFailed):
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()  # what is brought into sight is scrolled to after the layout


async def ask(pilot: Pilot[None], text: str) -> None:
    type_in(pilot.app, text)
    await pilot.press("enter")
    await settle(pilot)


def type_in(app: App[None], text: str) -> None:
    assert isinstance(app, ChatApp)
    app.chat.prompt.put(text)


def front(app: App[None]) -> Screen[Any]:
    """Return the screen in front."""
    return app.screen


def panel_in_sight(app: ChatApp) -> bool:
    return bool(app.chat.panel.display)


def said(widget: Widget) -> str:
    """Return what the texts of a widget say, one after the other."""
    return "\n".join(str(static.render()) for static in widget.query(Static) if static.display)


def marked(static: Static) -> list[str]:
    """Return the runs of a text that have a style of their own."""
    content = static.content
    assert isinstance(content, Content)
    return [content.plain[span.start : span.end] for span in content.spans if span.style]


def strips(app: App[None]) -> Sequence[Strip]:
    return app.screen._compositor.render_strips()


def seen(app: App[None]) -> str:
    """Return the characters on the screen, line by line."""
    return "\n".join(strip.text.rstrip() for strip in strips(app))


def words(text: str) -> str:
    """Return ``text`` without line breaks, frames and double spaces, as it reads."""
    return " ".join("".join(" " if c in "▌│┃▊▎" else c for c in text).split())
