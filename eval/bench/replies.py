"""Cold commands, warm replies, and the safety layer alone."""

from __future__ import annotations

import resource
import statistics
from datetime import date
from functools import partial
from pathlib import Path

from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.safety import assess, load_rules
from eval.bench.measure import Measure, median_command, milliseconds, p95
from eval.reading import load_sets, packaged_sets
from index.generation import IndexFolder
from index.search import open_index

TODAY = date(2026, 1, 1)


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
