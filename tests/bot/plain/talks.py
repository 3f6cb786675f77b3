"""A small assistant, and the plain chat over it and over a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from io import StringIO
from pathlib import Path
from threading import Event

from bot.about import About
from bot.conversation import Conversation
from bot.conversations.recorder import Recorder
from bot.conversations.store import ConversationStore
from bot.conversations.stored import StoredConversation
from bot.plain.chat import run_plain
from bot.plain.desk import Desk
from bot.plain.rebuilding import Building
from bot.receipts.standing import Absence, PresentArticle
from bot.reply import Citation, CitedSource, Kind, Offer, Reply, SourceView
from bot.takeaway.as_of import AsOf
from corpus.article import Source
from corpus.facts import Fact, FactStatus
from corpus.glossary import Term, TermKind
from corpus.settings import CorpusSettings
from index.errors import BuildFailed
from tests.bot.conversations.stores import lettered, store_in, ticking
from tests.bot.quoting import citation_in, quote_in

NOTICE = "General information, not medical advice."
FRAMING = "General information: the care team knows what applies."
ARTICLE = (
    "Diarrhoea during treatment\n"
    "At a glance\n"
    "Loose stools are common in the first weeks.\n"
    "- Small sips replace what is lost.\n"
    "What helps\n"
    "Neratinib often causes diarrhoea. Loperamide is often given from the first day. The team says how."
)
FIRST = "Loperamide is often given from the first day."
SECOND = "Small sips replace what is lost."
LABEL = CitedSource("Label of neratinib", "https://example.org/label")
FACT = Fact(
    "4-001",
    "Loperamide is given from day one.",
    Source("Label of neratinib", "https://example.org/label"),
    "May 2024",
    FactStatus.VERIFIED,
)
TERMS = (
    Term("visceral crisis", "Organs fail fast.", TermKind.WORD, lay=("organ trouble",)),
    Term("ascites", "Fluid in the \x1b[31mbelly.", TermKind.SYMPTOM),
)


citation = partial(citation_in, ARTICLE, LABEL)
quote = partial(quote_in, ARTICLE)

HELPS = citation(1, "What helps", "Neratinib", "The team says how.")
GLANCE = citation(2, "At a glance", "Loose stools", SECOND)
ANSWER = Reply(
    question="what helps",
    kind=Kind.PARTIAL,
    framing=FRAMING,
    understood="What helps against diarrhoea?",
    sentences=(quote(FIRST, 1), quote(SECOND, 2)),
    citations=(HELPS, GLANCE),
    missing="The articles do not mention “probiotics”.",
    suggestions=("When to call?", "How long does it last?"),
    generation="new",
)
CHAT = Reply(question="hello", kind=Kind.CHAT, framing=FRAMING, text="Hello.")
URGENT = Reply(question="x", kind=Kind.URGENT, framing=FRAMING, notice="Call the clinic's line now.")
NOT_COVERED = Reply(
    question="x",
    kind=Kind.NOT_COVERED,
    framing=FRAMING,
    text="The articles here do not answer this. These sections are the nearest:",
    offers=(Offer("a", "b", "Why treatments stop working"),),
    team_question="A question for your care team: “x”",
)
REPLIES = {"helps": ANSWER, "fever": URGENT, "stop": NOT_COVERED}


@dataclass(slots=True)
class Helper:
    """Answers by keyword; ``seen`` has each question with those before it."""

    generation: str | None = "new"
    trouble: Exception | None = None
    seen: list[tuple[tuple[str, ...], str]] = field(default_factory=list)

    def reply(self, conversation: Conversation, text: str, *, as_typed: bool = False) -> Reply:
        self.seen.append((conversation.questions, text))
        if self.trouble:
            raise self.trouble
        found = next((reply for word, reply in REPLIES.items() if word in text), CHAT)
        return replace(found, question=text, understood=None if as_typed else found.understood)

    def source(self, citation: Citation) -> SourceView:
        if self.trouble:
            raise self.trouble
        return SourceView(
            article_id=citation.article,
            title=citation.title,
            headings=(citation.title, citation.section),
            text=ARTICLE[citation.start : citation.end],
            start=citation.start,
            end=citation.end,
            reviewed=citation.reviewed,
            clinical_review="none",
            sources=(LABEL,),
            article_text=ARTICLE,
            facts=(FACT,) if citation.n == 1 else (),
        )

    def takes_back(self, text: str) -> bool:
        return False

    def glossary(self) -> tuple[Term, ...]:
        return TERMS


@dataclass(slots=True)
class Articles:
    """The article as it is now: unchanged, or as ``text`` says."""

    text: str = ARTICLE

    def article(self, article_id: str) -> PresentArticle | Absence:
        return PresentArticle(self.text, "0" * 64 if self.text == ARTICLE else "1" * 64)


@dataclass(slots=True)
class Plain:
    """The plain chat with everything around it kept in a folder."""

    folder: Path
    private: bool = False
    engine: Helper = field(default_factory=Helper)
    early: Helper = field(default_factory=Helper)
    articles: Articles = field(default_factory=Articles)
    support: str = ""
    countries: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    opened: int = 0
    live: str = "old"
    opened_live: str = ""
    build_fails: bool = False
    built: Event = field(default_factory=Event)
    """Set once a build may end."""
    clock: Callable[[], datetime] = field(default_factory=ticking)
    letters: Callable[[], str] = field(default_factory=lettered)

    @property
    def store(self) -> ConversationStore:
        return store_in(self.folder)

    def talk(
        self, *lines: str, prompted: bool = False, resumed: StoredConversation | None = None, first: str = ""
    ) -> tuple[str, str]:
        """Return what goes to the reader, and the narration beside it."""
        typed = (f"{line}\n" for line in lines)
        return self.talk_lines(typed, prompted=prompted, resumed=resumed, first=first)

    def talk_lines(
        self,
        lines: Iterable[str],
        *,
        prompted: bool = False,
        resumed: StoredConversation | None = None,
        first: str = "",
    ) -> tuple[str, str]:
        out, narration = StringIO(), StringIO()
        code = run_plain(
            self.desk(),
            lines=lines,
            out=out,
            narration=narration,
            prompted=prompted,
            resumed=resumed,
            first_words=first,
        )
        assert code == 0
        return out.getvalue(), narration.getvalue()

    def desk(self) -> Desk:
        def record(resumed: StoredConversation | None) -> Recorder:
            store = None if self.private else self.store
            return Recorder(store, resumed, clock=self.clock, letters=self.letters)

        return Desk(
            open_engine=self.open_engine,
            early=self.early,
            about=lambda: About(NOTICE, team="your team", support=self.support),
            store=self.store,
            record=record,
            forget_everything=lambda: f"{self.store.delete_all()} conversations",
            keep_country=self.countries.append,
            as_of=self.as_of,
            building=Building(self.build),
            index_changed=lambda: self.live != self.opened_live,
            answered=lambda reply: self.answered.append(reply.question),
        )

    def build(self) -> None:
        self.built.wait()
        if self.build_fails:
            raise BuildFailed("the articles are gone", where=self.folder)
        self.live = "new"

    def open_engine(self) -> Helper:
        self.opened += 1
        self.opened_live = self.live
        return self.engine

    def as_of(self) -> AbstractContextManager[AsOf]:
        @contextmanager
        def opened() -> Iterator[AsOf]:
            yield AsOf(date(2026, 11, 27), CorpusSettings(), self.articles)

        return opened()
