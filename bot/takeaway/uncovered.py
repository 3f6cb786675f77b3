"""The local list of questions that the articles did not cover, for those who agreed to keep one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.home import Home
from bot.reply import Kind, Reply
from bot.takeaway.places import uncovered_path

_HARMLESS = frozenset({"off_topic"})
"""What the safety layer may have seen in a question that is kept."""
_LONGEST = 500
"""Characters; whoever writes more tells a story, which is not for the list."""
_MOST = 2_000
"""Questions of a list; then it is time to hand it over."""


@dataclass(frozen=True, slots=True)
class UncoveredQuestion:
    """A question and the day on which it was asked, and nothing else."""

    day: date
    question: str


def may_be_kept(reply: Reply) -> bool:
    """Whether a question may go on the list: not covered, short, and nothing that safety must see."""
    return (
        reply.kind is Kind.NOT_COVERED
        and _HARMLESS.issuperset(reply.categories)
        and not reply.notice
        and 0 < len(reply.question.strip()) <= _LONGEST
    )


def keep_if_agreed(home: Home, reply: Reply, day: date) -> None:
    """Put the question of ``reply`` on the list of ``home`` if the reader agreed to one, and it may be kept.

    Only for a talk that is not private. Raises ConfigProblem for a bad config file, and OSError if the list
    cannot be written.
    """
    if home.config().keep_uncovered:
        keep_uncovered(home.path, reply, day)


def keep_uncovered(home: Path, reply: Reply, day: date) -> bool:
    """Put the question of ``reply`` on the list if it may be kept; return whether it did.

    Only for a reader who agreed (``keep_uncovered`` in their settings) and whose talk is not private.
    Raises OSError if the list cannot be written.
    """
    question = UncoveredQuestion(day, reply.question.strip())
    if not may_be_kept(reply):
        return False
    known = list(read_uncovered(home))
    if question in known or len(known) >= _MOST:
        return False
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    line = json.dumps({"day": day.isoformat(), "question": question.question}, ensure_ascii=False)
    with os.fdopen(os.open(uncovered_path(home), flags, 0o600), "ab") as file:
        file.write(b"\n" * (not _ends_a_line(home)) + line.encode("utf-8", "replace") + b"\n")
    return True


def read_uncovered(home: Path) -> Iterator[UncoveredQuestion]:
    """Yield the questions of the list, oldest first; a line that cannot be read is passed over.

    Raises OSError if there is a list that cannot be opened.
    """
    try:
        lines = uncovered_path(home).read_bytes().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            values = json.loads(line)
            yield UncoveredQuestion(date.fromisoformat(values["day"]), str(values["question"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            continue


def forget_uncovered(home: Path) -> int:
    """Delete the list and return how many questions it had. Raises OSError if it cannot be deleted."""
    count = sum(1 for _ in read_uncovered(home))
    uncovered_path(home).unlink(missing_ok=True)
    return count


def _ends_a_line(home: Path) -> bool:
    try:
        data = uncovered_path(home).read_bytes()
    except FileNotFoundError:
        return True
    return not data or data.endswith(b"\n")
