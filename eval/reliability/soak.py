"""Thousands of mixed questions through one assistant: memory, time per reply, and every promise checked."""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from bot.assistant import Assistant
from bot.conversation import Conversation
from eval.bench.measure import Measure, p95
from eval.reliability.invariants import Promises, Watched
from eval.reliability.outcome import Outcome
from eval.reliability.own_words import own_words
from eval.reliability.questions import Talks, development_talks
from index.generation import IndexFolder
from index.search import Index, open_index

SLACK_MEGABYTES = 30.0
"""What the process may hold more at the end than after warming up."""
SLACK_TIME = 1.15
"""How much longer the same questions may take at the end."""
_TODAY = date(2026, 11, 27)
_PAGE = 4096
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class _Turn:
    milliseconds: float
    """Of CPU time, so that other programs on the machine do not count."""
    kind: str
    faults: tuple[str, ...]


def soak(home: Path, questions: int, *, minutes: float = 24 * 60, seed: int = 10) -> Outcome:
    """Ask so many questions; the first tenth is asked again as the last, to compare like with like.

    After so many minutes the last tenth begins, whatever was still to be asked before it.
    """
    index = open_index(IndexFolder(home / "index"))
    return soak_of(index, development_talks(), questions, minutes=minutes, seed=seed)


def soak_of(
    index: Index, known: Sequence[Sequence[str]], questions: int, *, minutes: float = 1.0, seed: int = 10
) -> Outcome:
    """Ask so many questions, at least ten, made out of ``known`` talks."""
    deadline = time.monotonic() + 60 * minutes
    assistant = Watched(index, today=_TODAY)
    promises = Promises(assistant, index.content, own_words(index.content))
    tenth = questions // 10
    talks = Talks(known, seed)
    first = list(_turns_of(talks, tenth))
    between = list(_turns_of(talks, questions - 2 * tenth))
    start = resident_megabytes()
    turns: list[_Turn] = []
    held: list[float] = []
    for part in (first, (talk for talk in between if time.monotonic() < deadline), first):
        for turn in _asked(assistant, promises, part):
            turns.append(turn)
            if len(turns) % tenth == 0:
                held.append(resident_megabytes())
                sys.stderr.write(f"{len(turns):,} asked, {held[-1]:.0f} MB\n")
    return _told(turns, start, held, tenth)


def resident_megabytes() -> float:
    """Return what this process holds in memory now; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE / 1e6
    except OSError:
        return 0.0


def _turns_of(talks: Iterable[list[str]], count: int) -> Iterator[list[str]]:
    """Yield talks that have so many turns together."""
    left = count
    for talk in talks:
        yield talk[:left]
        left -= len(talk)
        if left <= 0:
            return


def _asked(assistant: Assistant, promises: Promises, talks: Iterable[list[str]]) -> Iterator[_Turn]:
    for talk in talks:
        conversation = Conversation()
        for text in talk:
            yield _ask(assistant, promises, conversation, text)


def _ask(assistant: Assistant, promises: Promises, conversation: Conversation, text: str) -> _Turn:
    asked = f"(asked: {text[:200]!r}, turn {len(conversation.turns) + 1})"
    start = time.process_time()
    try:
        reply = assistant.reply(conversation, text)
    except Exception as error:  # that nothing is raised is what is tried here
        return _Turn(0.0, "none", (f"raised {type(error).__name__}: {error} {asked}",))
    spent = (time.process_time() - start) * 1000
    faults = promises.broken(reply)
    conversation.add(text, reply)
    return _Turn(spent, reply.kind.value, tuple(f"{fault} {asked}" for fault in faults))


def _told(turns: list[_Turn], start: float, held: list[float], tenth: int) -> Outcome:
    first, last = turns[:tenth], turns[-tenth:]
    medians = [statistics.median(turn.milliseconds for turn in part) for part in (first, last)]
    ends = [p95([turn.milliseconds for turn in part]) for part in (first, last)]
    warm = held[1] if len(held) > 1 else held[0]
    faults = [fault for turn in turns for fault in turn.faults]
    kinds = Counter(turn.kind for turn in turns)
    measures = (
        Measure("questions asked", len(turns), ""),
        Measure("promises broken", len(faults), "", 0),
        Measure("memory at the start", start, "MB"),
        *(Measure(f"memory after {(n + 1) * tenth:,}", value, "MB") for n, value in enumerate(held)),
        Measure("memory at the end over after warming up", held[-1] - warm, "MB", SLACK_MEGABYTES),
        Measure(f"time of a reply, median of the first {tenth:,}", medians[0], "ms"),
        Measure("time of a reply, median of the same at the end", medians[1], "ms"),
        Measure("time at the end over time at the start", medians[1] / medians[0], "x", SLACK_TIME),
        Measure(f"time of a reply, p95 of the first {tenth:,}", ends[0], "ms"),
        Measure("time of a reply, p95 of the same at the end", ends[1], "ms"),
        Measure("longest reply", max(turn.milliseconds for turn in turns), "ms"),
        *(Measure(f"replies of kind {kind}", count, "") for kind, count in sorted(kinds.items())),
    )
    return Outcome("soak", measures, tuple(islice(dict.fromkeys(faults), _SHOWN)))
