"""Benchmarks: ``python -m eval.bench --home DIR [--json FILE]``.

Times waver between machines and runs, so no test asserts one. What runs as a command is measured as
a whole process, its memory as the operating system counts it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path

from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.safety import assess, load_rules
from eval.reading import load_sets, packaged_sets
from index.generation import IndexFolder
from index.search import open_index

RUNS = 5
TODAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure beside its budget."""

    name: str
    value: float
    unit: str
    budget: float | None = None


def run_command(arguments: Sequence[str]) -> tuple[float, float]:
    """Return the seconds and the peak memory in MB of a whole process."""
    start = time.perf_counter()
    with subprocess.Popen([sys.executable, "-m", "bot.cli", *arguments], stdout=subprocess.DEVNULL) as child:  # noqa: S603
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return time.perf_counter() - start, usage.ru_maxrss / scale


def median_command(arguments: Sequence[str]) -> tuple[float, float]:
    """Return the medians of seconds and MB over several runs, after one that does not count."""
    run_command(arguments)
    runs = [run_command(arguments) for _ in range(RUNS)]
    return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)


def milliseconds(calls: Sequence[Callable[[], object]]) -> list[float]:
    """Return how long each call takes."""
    taken = []
    for call in calls:
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 do not exceed."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def measure_commands(home: Path) -> list[Measure]:
    """Measure commands from a cold process."""
    help_seconds, _ = median_command(["--help"])
    ask = ["--home", str(home), "ask", "What does HER2-low mean?", "--json"]
    ask_seconds, ask_megabytes = median_command(ask)
    return [
        Measure("mbc-chat --help", help_seconds, "s", 0.25),
        Measure("mbc-chat ask, cold", ask_seconds, "s", 0.8),
        Measure("mbc-chat ask, peak memory", ask_megabytes, "MB", 300),
    ]


def measure_replies(home: Path) -> list[Measure]:
    """Measure warm replies and the safety layer alone on the questions of our sets."""
    questions = [case.turns[0].question for one in load_sets(packaged_sets()) for case in one.cases]
    assistant = Assistant(open_index(IndexFolder(home / "index")), today=TODAY)
    rules = load_rules()
    assistant.reply(Conversation(), questions[0])
    replies = milliseconds([partial(assistant.reply, Conversation(), question) for question in questions])
    safety = milliseconds([partial(assess, [question], rules, None) for question in questions])
    return [
        Measure(f"warm reply, median of {len(questions)}", statistics.median(replies), "ms"),
        Measure("warm reply, p95", p95(replies), "ms", 15),
        Measure("safety layer, p95", p95(safety), "ms", 5),
        Measure("this process, peak memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB"),
    ]


def table(measures: Sequence[Measure]) -> str:
    """Return the figures as lines, each beside its budget."""
    lines = [f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"]
    for measure in measures:
        budget = f"budget {measure.budget:g} {measure.unit}" if measure.budget is not None else ""
        lines.append(f"{measure.name:<32} {measure.value:>9.2f} {measure.unit:<3} {budget}")
    return "\n".join(lines)


def main() -> None:
    """Measure, print a table, and write JSON where asked to."""
    parser = argparse.ArgumentParser(description="Measure speed and memory.")
    parser.add_argument("--home", type=Path, required=True, help="a home with an index of our own articles")
    parser.add_argument("--json", type=Path, help="write the figures here")
    arguments = parser.parse_args()
    measures = measure_commands(arguments.home) + measure_replies(arguments.home)
    sys.stdout.write(table(measures) + "\n")
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(measure) for measure in measures], indent=1) + "\n")


if __name__ == "__main__":
    main()
