"""``python -m eval.bench --home DIR [--json FILE] [--full]``: measure speed and memory, print a table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from eval.bench.growth import measure_growth
from eval.bench.measure import Measure, read_figures, table, write_figures
from eval.bench.rebuild import measure_encoding, measure_rebuild
from eval.bench.replies import measure_commands, measure_replies
from eval.bench.sessions import measure_sessions


def main() -> None:
    """Measure, print a table beside the last run's figures, and write JSON where asked to."""
    parser = argparse.ArgumentParser(description="Measure speed and memory.")
    parser.add_argument("--home", type=Path, required=True, help="a home with an index of our own articles")
    parser.add_argument("--json", type=Path, help="compare with the figures here, then write the new ones")
    parser.add_argument("--full", action="store_true", help="10,000 articles and a million passages too")
    parser.add_argument(
        "--only", choices=("commands", "replies", "sessions", "encoding", "rebuild", "growth")
    )
    arguments = parser.parse_args()
    home = arguments.home.absolute()
    articles = (1_000, 10_000) if arguments.full else (1_000,)
    passages = (1_000, 100_000, 1_000_000) if arguments.full else (1_000, 100_000)
    with tempfile.TemporaryDirectory(prefix="mbc-chat-bench-") as temporary:
        scratch = Path(temporary)
        groups: dict[str, Callable[[], list[Measure]]] = {
            "commands": lambda: measure_commands(home),
            "replies": lambda: measure_replies(home),
            "sessions": lambda: measure_sessions(home),
            "encoding": lambda: measure_encoding(home, scratch),
            "rebuild": lambda: measure_rebuild(home, scratch, articles),
            "growth": lambda: measure_growth(home, scratch, passages),
        }
        measures: list[Measure] = []
        for name, measure in groups.items():
            if arguments.only in (None, name):
                sys.stderr.write(f"Measuring {name}\n")
                measures += measure()
    before = read_figures(arguments.json) if arguments.json else {}
    sys.stdout.write(table(measures, before) + "\n")
    if arguments.json:
        write_figures(arguments.json, measures)


if __name__ == "__main__":
    main()
