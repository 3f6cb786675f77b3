"""Put cases to the assistant, one by one, and note what came back and how it scores."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType

from bot.conversation import Conversation
from bot.reply import Kind, Reply
from bot.safety import Category
from eval.cases import Case, Gold
from eval.engine import Found, Subject
from eval.metrics import ContextFault, PlacedQuote, context_faults, is_exact_slice, rank_sections
from eval.scoring import Observed, score_turn

SEARCH_DEPTH = 50
"""Passages asked for, so that at least ten sections are among them in ordinary articles."""
KEPT_SECTIONS = 10

_ADDRESS = re.compile(r"0x[0-9a-fA-F]+")


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What came back for one turn, and its scores by metric; a metric without gold is None."""

    gold: Gold
    observed: Observed
    scores: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """All turns of one case. After an error there are no turns: a half conversation is not scored."""

    case: Case
    set_name: str
    turns: tuple[TurnResult, ...] = ()
    error: str | None = None
    reply_ms: tuple[float, ...] = ()


@dataclass(slots=True)
class _Failure:
    """Keeps an error that ends one case, so that it becomes a row and the other cases still run."""

    message: str | None = field(default=None)

    def __enter__(self) -> _Failure:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, Exception):
            # an object's address differs from run to run, and a report must not
            self.message = _ADDRESS.sub("0x...", f"{type(error).__name__}: {error}")
            return True
        return False


def unheard(_: int) -> None:
    """Take a progress report that nobody wants to see."""


def run_case(case: Case, set_name: str, subject: Subject, clock: Callable[[], float]) -> CaseResult:
    """Ask the turns of one case in a conversation of their own.

    ``clock`` returns seconds. An exception becomes the result's ``error``.
    """
    turns: list[TurnResult] = []
    reply_ms: list[float] = []
    with _Failure() as failure:
        conversation = Conversation()
        for gold in case.turns:
            started = clock()
            reply = subject.assistant.reply(conversation, gold.question)
            reply_ms.append((clock() - started) * 1000)
            conversation.add(gold.question, reply)
            observed = observe(gold, reply, subject)
            turns.append(TurnResult(gold, observed, score_turn(gold, observed)))
    if failure.message is not None:
        where = f"turn {len(turns) + 1}: " if len(case.turns) > 1 else ""
        return CaseResult(case, set_name, error=where + failure.message)
    return CaseResult(case, set_name, tuple(turns), reply_ms=tuple(reply_ms))


def run_cases(
    cases: Iterable[tuple[str, Case]],
    subject: Subject,
    *,
    clock: Callable[[], float],
    progress: Callable[[int], None] = unheard,
) -> Iterator[CaseResult]:
    """Yield the result of each case, which comes with the name of its set.

    ``progress`` is told how many are done.
    """
    for done, (set_name, case) in enumerate(cases, 1):
        result = run_case(case, set_name, subject, clock)
        progress(done)
        yield result


def observe(gold: Gold, reply: Reply, subject: Subject) -> Observed:
    """Note of a reply what is scored; where sections are gold, search again for what it was understood as.

    Raises ValueError for a category that the safety layer does not have, and whatever the subject raises.
    """
    hits: Sequence[Found] = ()
    if gold.sections_any or gold.sections_all:
        hits = subject.searcher.search(reply.understood or gold.question, SEARCH_DEPTH)
    ranking = rank_sections((hit.passage.id, hit.score) for hit in hits)
    spoken = (reply.notice, reply.reminder, reply.text, reply.missing, reply.framing)
    texts = {each.n: subject.assistant.source(each).article_text for each in reply.citations}
    return Observed(
        kind=Kind(reply.kind),
        understood=reply.understood,
        categories=tuple(Category(name) for name in reply.categories),
        rules=reply.rules,
        quotes=tuple(sentence.text for sentence in reply.sentences),
        exact=_exact(reply, texts),
        said=tuple(text for text in spoken if text),
        passages=tuple(citation.passage for citation in reply.citations),
        ranking=tuple(ranking[:KEPT_SECTIONS]),
        confidence=reply.confidence,
        passage_texts=tuple(texts[each.n][each.start : each.end] for each in reply.citations),
        context=_context(reply, texts),
        notice=reply.notice,
        spoken_first=tuple(text for text in (reply.notice, reply.text) if text),
        framing=reply.framing,
    )


def _exact(reply: Reply, texts: Mapping[int, str]) -> tuple[bool, ...]:
    cited = {citation.n: citation for citation in reply.citations}
    return tuple(
        sentence.citation in cited
        and is_exact_slice(sentence, cited[sentence.citation], texts[sentence.citation])
        for sentence in reply.sentences
    )


def _context(reply: Reply, texts: Mapping[int, str]) -> tuple[tuple[ContextFault, ...], ...]:
    """Return what each quoted sentence lost; a sentence that cites nothing stands for itself alone."""
    articles = {citation.n: citation.article for citation in reply.citations}
    placed = [
        PlacedQuote(articles[each.citation], texts[each.citation], each.start, each.end)
        if each.citation in texts
        else PlacedQuote("", each.text, 0, len(each.text))
        for each in reply.sentences
    ]
    return context_faults(placed)
