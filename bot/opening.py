"""Opening what a home holds, and building it where there is nothing yet."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

from bot.corpora import settings_of
from bot.home import Home
from index.errors import BuildFailed, IndexLocked, IndexProblem
from index.progress import Progress, Report

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from index.search import Index


def open_assistant(home: Home, *, today: date | None = None) -> Assistant:
    """Open the live index of ``home``.

    Raises IndexProblem if there is none or it cannot be used, ConfigProblem for a bad config file.
    """
    from index.search import open_index

    with ThreadPoolExecutor(1) as beside:  # hashing files and loading the model leave Python free
        opening = beside.submit(open_index, home.index)
        from bot.assistant import Assistant
        from bot.safety import load_backstop, load_rules

        load_rules()
        load_backstop()
        index = opening.result()
    return Assistant(index, country=home.config().country, today=today or date.today())


def open_or_safety_only(home: Home, *, today: date | None = None) -> Assistant:
    """Open the live index, or an assistant without one that knows why (``problem``)."""
    try:
        return open_assistant(home, today=today)
    except IndexProblem as problem:
        return safety_only(home, problem, today=today)


def safety_only(home: Home, problem: IndexProblem | None = None, *, today: date | None = None) -> Assistant:
    """Return an assistant that answers what the safety layer answers, and nothing else."""
    from bot.assistant import Assistant

    return Assistant(
        None,
        country=home.config().country,
        today=today or date.today(),
        problem=problem,
        settings=settings_of(home),
    )


def open_search(home: Home) -> Index:
    """Open the live index for searching alone. Raises IndexProblem if it cannot be used."""
    from index.search import open_index

    return open_index(home.index)


def build_first_index(home: Home, report: Report) -> None:
    """Build the index in a process of its own, so that torch never enters this one.

    The child ends with this process. Raises IndexLocked or BuildFailed with what the child said.
    """
    from bot.build_process import LOCKED

    # -P: modules that lie in the folder where the reader happens to be are not ours to run
    command = [sys.executable, "-P", "-m", "bot.build_process", str(home.path)]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as complaints,
        subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, text=True
        ) as child,
    ):
        for line in child.stdout or ():
            report(Progress(**json.loads(line)))
        code = child.wait()
        complaints.seek(0)
        said = complaints.read().strip().splitlines()
    if code:
        problem = IndexLocked if code == LOCKED else BuildFailed
        raise problem(said[-1] if said else "the build stopped without a word", where=home.path)
