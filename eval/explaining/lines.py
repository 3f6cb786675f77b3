"""A trace as plain lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.safety import Finding
from corpus.text import one_line
from eval.explaining.choice import ChosenSentence
from eval.explaining.facts import FactTrace
from eval.explaining.trace import CaseTrace, ConfidenceTrace, HitTrace, TurnTrace
from eval.terminal import exactly

_MOST_SHOWN = 12


def trace_lines(trace: CaseTrace) -> Iterator[str]:
    """Yield the lines of a trace; nothing in them can steer a terminal."""
    case = trace.case
    tags = f", {', '.join(case.tags)}" if case.tags else ""
    yield one_line(f"{case.id} ({trace.set_name}, {case.split.value}{tags})")
    if trace.stale:
        yield one_line(f"Stale, for these are not what they were: {', '.join(trace.stale)}")
    for number, turn in enumerate(trace.turns, 1):
        yield ""
        for depth, text in _turn(turn, number, len(trace.turns)):
            yield "  " * depth + one_line(text)


def _turn(turn: TurnTrace, number: int, turns: int) -> Iterator[tuple[int, str]]:
    name = f"Turn {number}" if turns > 1 else "Question"
    yield 0, f"{name}: {turn.gold.question}"
    if turn.observed.understood:
        yield 1, f"understood as: {turn.observed.understood}"
    if turn.gold.understood:
        yield 1, f"should be understood as: {turn.gold.understood.pattern}"
    yield 1, _kind(turn)
    yield from _block("safety", _safety(turn))
    yield from _block("confidence", _confidence(turn.confidence) if turn.confidence else ())
    if turn.why_not:
        yield 1, f"nothing is quoted: {turn.why_not}"
    yield from _block("found (score, cosine, words)", (_hit(n, hit) for n, hit in enumerate(turn.hits, 1)))
    yield from _block("gold sections", _gold(turn))
    yield from _block("quoted", (line for n, _ in enumerate(turn.sentences) for line in _sentence(turn, n)))
    yield from _block("cited", (f"[{n}] {_citation(*each)}" for n, each in enumerate(turn.citations, 1)))
    yield from _block("facts", (_fact(each) for each in turn.facts))
    yield from _block("says what it must not", turn.contradictions)
    yield from _block("form", turn.form)
    scores = [f"{name} {exactly(value)}" for name, value in turn.scores.items() if value is not None]
    yield 1, f"scores: {', '.join(scores)}"


def _block(title: str, lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    told = list(lines)
    if told:
        yield 1, f"{title}:"
        yield from ((2, line) for line in told)


def _kind(turn: TurnTrace) -> str:
    kinds = [kind.value for kind in turn.gold.kinds]
    if not kinds:
        return f"reply: {turn.observed.kind.value} (nobody said what is right)"
    verdict = "right" if turn.observed.kind in turn.gold.kinds else "WRONG"
    return f"reply: {turn.observed.kind.value}, {verdict}; right is {' or '.join(kinds)}"


def _safety(turn: TurnTrace) -> Iterator[str]:
    yield from (_finding(finding) for finding in turn.findings)
    seen = ", ".join(turn.observed.categories) or "nothing"
    due = turn.gold.categories
    also = f", allowed: {', '.join(turn.gold.also)}" if turn.gold.also else ""
    labelled = "nobody said what is due" if due is None else f"due: {', '.join(due) or 'nothing'}{also}"
    yield f"seen: {seen}; {labelled}"


def _finding(finding: Finding) -> str:
    fate = f"cancelled, {finding.cancelled_by}" if finding.cancelled_by else "fired"
    return f"{finding.rule} {fate}: “{finding.words}” (message {finding.turn + 1})"


def _confidence(confidence: ConfidenceTrace) -> Iterator[str]:
    reached = "reaches" if confidence.value >= confidence.threshold else "is below"
    yield f"{confidence.value:.4f} {reached} the threshold {confidence.threshold}"
    yield f"bias {confidence.bias:+.3f}"
    for signal in confidence.signals:
        part = signal.value * signal.weight
        yield f"{signal.name} {signal.value:.3f} x {signal.weight:.3f} = {part:+.3f}"
    if confidence.foreign:
        yield "names a kind of illness that no passage found names: 0 whatever the rest says"
    if confidence.unknown:
        yield f"in no article: {', '.join(confidence.unknown)}"


def _hit(number: int, hit: HitTrace) -> str:
    marks = [word for word, is_so in (("gold", hit.is_gold), ("cited", hit.is_cited)) if is_so]
    told = f" ({', '.join(marks)})" if marks else ""
    return f"{number}. {hit.score:.4f} {hit.cosine:.4f} {hit.words:.4f} {hit.passage}{told}"


def _gold(turn: TurnTrace) -> Iterator[str]:
    ranking = turn.observed.ranking
    for title, sections in (("any of", turn.gold.sections_any), ("all of", turn.gold.sections_all)):
        places = sorted((ranking.index(name) + 1, name) for name in sections if name in ranking)
        if sections:
            told = ", ".join(f"{name} (place {place})" for place, name in places[:_MOST_SHOWN])
            yield f"{title} {len(sections)}; among the first {len(ranking)}: {told or 'none'}"


def _sentence(turn: TurnTrace, n: int) -> Iterator[str]:
    sentence, lost = turn.sentences[n], turn.observed.context[n]
    yield f"[{sentence.citation}] “{sentence.text}”"
    yield f"why: {_rank(sentence)}{'; '.join(sentence.why)}"
    if lost:
        yield f"LOST: {', '.join(lost)}"
    if not turn.observed.exact[n]:
        yield "NOT the slice of the article that it claims to be"


def _rank(sentence: ChosenSentence) -> str:
    if sentence.rank is None or sentence.share_of_best is None or sentence.cosine is None:
        return ""
    share = f"{100 * sentence.share_of_best:.1f} % of the best score"
    return f"rank {sentence.rank} of {sentence.candidates}, {share}, cosine {sentence.cosine:.3f}: "


def _citation(passage: str, is_gold: bool | None) -> str:
    verdict = {True: "right", False: "WRONG", None: "nobody said what is right"}[is_gold]
    return f"{passage}: {verdict}"


def _fact(fact: FactTrace) -> str:
    vital = "vital" if fact.vital else "further"
    support = f" (from {fact.support})" if fact.support else ""
    return f"{vital}: {' | '.join(fact.patterns)}: {fact.fate.value}{support}"
