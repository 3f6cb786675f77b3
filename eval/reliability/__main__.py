"""``python -m eval.reliability WHAT --home DIR``: try what the chat bears; exit code 1 at a fault."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from eval.reliability.outcome import Outcome


def main() -> int:
    """Try one thing or all, and return the exit code."""
    parser = argparse.ArgumentParser(description="Try what the chat bears.")
    parser.add_argument("what", choices=(*_programs(argparse.Namespace()), "all"))
    parser.add_argument("--home", type=Path, required=True, help="a home with an index of our own articles")
    parser.add_argument("--questions", type=int, default=10_000, help="of the soak")
    parser.add_argument("--minutes", type=float, default=24 * 60, help="of the soak at most")
    parser.add_argument("--seconds", type=float, default=60, help="of fuzzing at each door")
    parser.add_argument("--count", type=int, help="of damaged indexes, kills or builds")
    arguments = parser.parse_args()
    arguments.home = arguments.home.absolute()
    programs = _programs(arguments)
    wanted = list(programs) if arguments.what == "all" else [arguments.what]
    outcomes = []
    for name in wanted:
        outcomes.append(programs[name]())
        sys.stdout.write(f"{outcomes[-1]}\n\n")
        sys.stdout.flush()
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


def _programs(given: argparse.Namespace) -> dict[str, Callable[[], Outcome]]:
    """Return what can be tried by name; each imports what it needs when it is called."""

    def soak() -> Outcome:
        from eval.reliability.soak import soak as run

        return run(given.home, given.questions, minutes=given.minutes)

    def fuzz() -> Outcome:
        from eval.reliability.fuzz import fuzz as run

        return run(given.home, given.seconds)

    def damage() -> Outcome:
        from eval.reliability.damage import damage_index

        return damage_index(given.home, given.count or 200)

    def hostile() -> Outcome:
        from eval.reliability.hostile_build import build_hostile

        return build_hostile(given.home)

    def rebuilds() -> Outcome:
        from eval.reliability.kills import rebuild_while_chatting

        return rebuild_while_chatting(given.home, given.count or 20)

    def saves() -> Outcome:
        from eval.reliability.kills import kill_saves

        return kill_saves(given.count or 200)

    def builds() -> Outcome:
        from eval.reliability.kills import kill_builds

        return kill_builds(given.home, given.count or 20)

    return {each.__name__: each for each in (soak, fuzz, damage, hostile, rebuilds, saves, builds)}


if __name__ == "__main__":
    sys.exit(main())
