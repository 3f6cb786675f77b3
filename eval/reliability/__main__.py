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
    parser.add_argument("what", choices=(*_PROGRAMS, "all"))
    parser.add_argument("--home", type=Path, required=True, help="a home with an index of our own articles")
    parser.add_argument("--questions", type=int, default=10_000, help="of the soak")
    parser.add_argument("--minutes", type=float, default=24 * 60, help="of the soak at most")
    parser.add_argument("--seconds", type=float, default=60, help="of fuzzing at each door")
    parser.add_argument("--count", type=int, help="of damaged indexes, kills or builds")
    arguments = parser.parse_args()
    arguments.home = arguments.home.absolute()
    wanted = list(_PROGRAMS) if arguments.what == "all" else [arguments.what]
    outcomes = []
    for name in wanted:
        outcomes.append(_PROGRAMS[name](arguments))
        sys.stdout.write(f"{outcomes[-1]}\n\n")
        sys.stdout.flush()
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


def _soak(given: argparse.Namespace) -> Outcome:
    from eval.reliability.soak import soak

    return soak(given.home, given.questions, minutes=given.minutes)


def _fuzz(given: argparse.Namespace) -> Outcome:
    from eval.reliability.fuzz import fuzz

    return fuzz(given.home, given.seconds)


def _damage(given: argparse.Namespace) -> Outcome:
    from eval.reliability.damage import damage_index

    return damage_index(given.home, given.count or 200)


def _hostile(given: argparse.Namespace) -> Outcome:
    from eval.reliability.hostile_build import build_hostile

    return build_hostile(given.home)


def _rebuilds(given: argparse.Namespace) -> Outcome:
    from eval.reliability.kills import rebuild_while_chatting

    return rebuild_while_chatting(given.home, given.count or 20)


def _saves(given: argparse.Namespace) -> Outcome:
    from eval.reliability.kills import kill_saves

    return kill_saves(given.count or 200)


def _builds(given: argparse.Namespace) -> Outcome:
    from eval.reliability.kills import kill_builds

    return kill_builds(given.home, given.count or 20)


_PROGRAMS: dict[str, Callable[[argparse.Namespace], Outcome]] = {
    "soak": _soak,
    "fuzz": _fuzz,
    "damage": _damage,
    "hostile": _hostile,
    "rebuilds": _rebuilds,
    "saves": _saves,
    "builds": _builds,
}
"""What can be tried by name; each imports what it needs when it is called."""


if __name__ == "__main__":
    sys.exit(main())
