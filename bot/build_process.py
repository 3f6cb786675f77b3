"""The child process that builds the first index: progress as JSON lines on stdout."""

from __future__ import annotations

import json
import os
import sys
import threading
from dataclasses import asdict
from pathlib import Path

from bot.home import Home
from bot.rebuild import Rebuild
from corpus.article import ArticleError
from index.errors import IndexLocked, IndexProblem
from index.progress import Progress

FAILED, LOCKED = 1, 3
"""Exit codes: the build could not be finished, or another process is building."""


def main(home: Home) -> int:
    """Build the index of ``home`` from what it was built from before; return the exit code."""
    os.umask(0o077)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        Rebuild(home, []).run(_print)
    except (IndexProblem, ArticleError) as error:
        sys.stderr.write(f"{error}\n")
        return LOCKED if isinstance(error, IndexLocked) else FAILED
    return 0


def _end_with_parent() -> None:
    """Wait for the end of stdin, which comes when the parent is gone, and leave at once."""
    while os.read(0, 1):
        pass
    os._exit(1)


def _print(progress: Progress) -> None:
    sys.stdout.write(json.dumps(asdict(progress)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Home(Path(sys.argv[1]))))
