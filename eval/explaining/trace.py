"""Follow one case through all steps: what was understood, seen, found, chosen, and how that scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answer.evidence import SIGNALS, ConfidenceModel, signals_of
from bot.answer.finding import Found
from bot.conversation import Conversation
from bot.question.understanding import Question
from bot.reply import Citation, Reply, SourceView
from bot.safety import Assessment, Finding
from eval.cases import Case, Gold
from eval.engine import Subject
from eval.explaining.choice import ChosenSentence, chosen_sentences
from eval.explaining.facts import FactTrace, fact_traces
from eval.metrics import section_of
from eval.runner import observe
from eval.scoring import Observed, contradictions, form_faults, gold_sections, score_turn


class Traceable(Protocol):
    """The assistant, with the steps of a turn one by one."""

    @property
    def model(self) -> ConfidenceModel:
        """What makes a confidence of the signals."""

    def reply(self, conversation: Conversation, text: str, /) -> Reply:
        """Answer ``text``."""

    def source(self, citation: Citation, /) -> SourceView:
        """Return the text behind a citation."""

    def assess(self, conversation: Conversation, text: str, /) -> Assessment:
        """Return what the safety layer decides."""

    def understand(self, conversation: Conversation, text: str, /) -> Question:
        """Return what is asked."""

    def find(self, question: str, typed: str, /) -> Found:
        """Return what the articles have for ``question``, typed as ``typed``."""


@dataclass(frozen=True, slots=True)
class HitTrace:
    """One passage that was found, the best first."""

    passage: str
    score: float
    cosine: float
    words: float
    is_gold: bool | None
    """None where no section is gold."""
    is_cited: bool


@dataclass(frozen=True, slots=True)
class Signal:
    """One number that the confidence is made of."""

    name: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class ConfidenceTrace:
    """What the confidence is made of; it is compared with the threshold."""

    value: float
    threshold: float
    bias: float
    signals: tuple[Signal, ...]
    foreign: bool
    """Whether the question names a kind of illness that no passage found names: then the value is 0."""
    unknown: tuple[str, ...]
    """Words of the question that no article has."""


@dataclass(frozen=True, slots=True)
class TurnTrace:
    """Every step of one turn."""

    gold: Gold
    observed: Observed
    scores: Mapping[str, float | None]
    findings: tuple[Finding, ...]
    """Rules that fired or were cancelled, with the words that did it."""
    searched: str | None
    """What was looked for; None where nothing was."""
    why_not: str | None
    """Why nothing is quoted; None where something is."""
    hits: tuple[HitTrace, ...]
    confidence: ConfidenceTrace | None
    sentences: tuple[ChosenSentence, ...]
    citations: tuple[tuple[str, bool | None], ...]
    """Each cited passage and whether it is gold; None where no section is."""
    facts: tuple[FactTrace, ...]
    contradictions: tuple[str, ...]
    form: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseTrace:
    """Every turn of one case."""

    case: Case
    set_name: str
    stale: tuple[str, ...]
    """Gold sections that are not what they were when they were pinned."""
    turns: tuple[TurnTrace, ...]


def trace_case(
    case: Case, set_name: str, stale: Sequence[str], subject: Subject, assistant: Traceable
) -> CaseTrace:
    """Ask the turns of one case and keep every step. Raises whatever the assistant raises."""
    conversation = Conversation()
    turns = []
    for gold in case.turns:
        reply = assistant.reply(conversation, gold.question)
        turns.append(_trace_turn(gold, reply, conversation, subject, assistant))
        conversation.add(gold.question, reply)
    return CaseTrace(case, set_name, tuple(stale), tuple(turns))


def _trace_turn(
    gold: Gold, reply: Reply, conversation: Conversation, subject: Subject, assistant: Traceable
) -> TurnTrace:
    observed = observe(gold, reply, subject)
    assessment = assistant.assess(conversation, gold.question)
    question = assistant.understand(conversation, gold.question)
    stopped = _stopped(assessment, question)
    found = None if stopped else assistant.find(question.search_text, question.text)
    gold_ids = gold_sections(gold)
    return TurnTrace(
        gold=gold,
        observed=observed,
        scores=score_turn(gold, observed),
        findings=assessment.findings,
        searched=None if stopped else question.search_text,
        why_not=None if reply.sentences else stopped or _abstained(found, assistant.model),
        hits=_hits(found, gold_ids, observed.passages) if found else (),
        confidence=_confidence(found, assistant.model) if found else None,
        sentences=chosen_sentences(reply, found) if found else (),
        citations=tuple((passage, _is_gold(passage, gold_ids)) for passage in observed.passages),
        facts=fact_traces(gold, observed, [hit.passage.text for hit in found.hits] if found else []),
        contradictions=contradictions(gold, observed),
        form=tuple(fault.value for fault in form_faults(observed)),
    )


def _stopped(assessment: Assessment, question: Question) -> str | None:
    """Say why nothing is looked for in the articles; None where something is."""
    if not assessment.quotes_allowed:
        return "the safety layer allows no quotes beside this notice"
    if question.talk and not assessment.kind:
        return f"taken for small talk ({question.talk.value})"
    return None


def _abstained(found: Found | None, model: ConfidenceModel) -> str:
    if found is None or not found.hits:
        return "nothing was found"
    if found.evidence.foreign:
        return "the question names a kind of illness that no passage found names, so the confidence is 0"
    if found.confidence < model.threshold:
        return f"the confidence {found.confidence:.4f} is below the threshold {model.threshold}"
    return "no sentence could stand by itself"


def _hits(found: Found, gold: Sequence[str], cited: Sequence[str]) -> tuple[HitTrace, ...]:
    return tuple(
        HitTrace(
            passage=hit.passage.id,
            score=hit.score,
            cosine=hit.cosine,
            words=hit.words,
            is_gold=_is_gold(hit.passage.id, gold),
            is_cited=hit.passage.id in cited,
        )
        for hit in found.hits
    )


def _is_gold(passage: str, gold: Sequence[str]) -> bool | None:
    return section_of(passage) in gold if gold else None


def _confidence(found: Found, model: ConfidenceModel) -> ConfidenceTrace:
    values = zip(SIGNALS, signals_of(found.evidence), strict=True)
    return ConfidenceTrace(
        value=found.confidence,
        threshold=model.threshold,
        bias=model.bias,
        signals=tuple(Signal(name, value, float(getattr(model, name))) for name, value in values),
        foreign=found.evidence.foreign,
        unknown=found.evidence.unknown,
    )
