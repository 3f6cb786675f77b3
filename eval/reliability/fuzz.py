"""Every door of the program fuzzed for a time: hypothesis looks for what breaks it, and makes it small."""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from datetime import date
from pathlib import Path
from typing import Any

from eval.bench.measure import Measure
from eval.reliability.invariants import Promises, Watched
from eval.reliability.outcome import Outcome
from eval.reliability.own_words import own_words
from eval.reliability.targets import Target, targets
from index.generation import IndexFolder
from index.search import Index, open_index

_ROUND = 200
"""Examples between two looks at the clock."""
_TODAY = date(2026, 11, 27)


def fuzz(home: Path, seconds: float, *, only: str | None = None) -> Outcome:
    """Put anything into each door for so many seconds; ``home`` has the index that is asked."""
    index = open_index(IndexFolder(home / "index"))
    measures: list[Measure] = []
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="mbc-chat-fuzz-") as scratch:
        for target in doors(index, Path(scratch)):
            if only is None or only in target.name:
                sys.stderr.write(f"Fuzzing {target.name}\n")
                tried, fault = fuzz_for(target, seconds)
                measures.append(Measure(f"{target.name}: tried", tried, ""))
                faults += [f"{target.name}: {fault}"] if fault else []
    measures.append(Measure("doors that broke", len(faults), "", 0))
    return Outcome("fuzz", tuple(measures), tuple(faults))


def doors(index: Index, folder: Path) -> list[Target]:
    """Return all doors, with an assistant that asks ``index``; ``folder`` is one to write in."""
    assistant = Watched(index, today=_TODAY)
    promises = Promises(assistant, index.content, own_words(index.content))
    return targets(assistant, promises, index.content, folder)


def fuzz_for(target: Target, seconds: float) -> tuple[int, str]:
    """Return how much was tried in so many seconds, and the smallest fault that was found, if any."""
    tried = 0
    start = time.monotonic()

    def check(value: Any) -> None:
        nonlocal tried
        tried += 1
        target.check(value)

    for seed in range(1_000_000):
        fault = try_target(Target(target.name, target.strategy, check), _ROUND, seed)
        if fault or time.monotonic() - start > seconds:
            return tried, fault
    return tried, ""


def try_target(target: Target, examples: int, seed: int) -> str:
    """Return the smallest fault among so many examples, or nothing."""
    import hypothesis

    smallest: Any = None

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(target.strategy)
    def look(value: Any) -> None:
        nonlocal smallest
        try:
            target.check(value)
        except Exception:
            smallest = value
            raise

    try:
        look()
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno}) for {smallest!r}"[
            :1500
        ]
    return ""
