"""The matcher: patterns as short lists of steps over words. No regular expressions, so time is bounded.

A step is a word, the number of a word group, a gap (a negative number: at most that many words), an
optional step (a list of one), or one of the anchors "^" and "$". A gap never swallows a word that turns
the meaning round ("no", "not", "if", "but"): a pattern that allows one says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Step: TypeAlias = "str | int | list[str | int]"
Steps: TypeAlias = Sequence[Step]

TURNS_ROUND = frozenset("no not never without if but unless nor neither denies isn't whether".split())


@dataclass(frozen=True, slots=True)
class Group:
    """Words and phrases that mean the same to a pattern."""

    words: frozenset[str]
    prefixes: tuple[str, ...]
    phrases: Mapping[str, Sequence[Steps]]
    """Phrases by their first word; those whose first step is not a word stand under ""."""


@dataclass(slots=True)
class Reader:
    """One sentence being matched. It remembers which group ends where."""

    words: Sequence[str]
    groups: Sequence[Group]
    _seen: dict[tuple[int, int], frozenset[int]] = field(default_factory=dict)

    def group_ends(self, group: int, at: int) -> frozenset[int]:
        """Return where matches of a group that begin at a word end."""
        key = (group, at)
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = frozenset(self._group_ends(self.groups[group], at))
        return found

    def _group_ends(self, group: Group, at: int) -> Iterator[int]:
        word = self.words[at] if at < len(self.words) else ""
        if word in group.words or (group.prefixes and word.startswith(group.prefixes)):
            yield at + 1
        for key in (word, "") if word else ("",):
            for steps in group.phrases.get(key, ()):
                yield from self.ends(steps, at)

    def ends(self, steps: Steps, at: int) -> set[int]:
        """Return every place where the steps can end when they begin at a word."""
        places = {at}
        for step in steps:
            places = {end for place in places for end in self._step(step, place)}
            if not places:
                break
        return places

    def _step(self, step: Step, at: int) -> Iterable[int]:
        if isinstance(step, int):
            return self.group_ends(step, at) if step >= 0 else self._gap(-step, at)
        if isinstance(step, list):
            return {at, *self._step(step[0], at)}
        if step == "^":
            return (at,) if at == 0 else ()
        if step == "$":
            return (at,) if at == len(self.words) else ()
        return (at + 1,) if at < len(self.words) and self.words[at] == step else ()

    def _gap(self, most: int, at: int) -> Iterator[int]:
        yield at
        for end in range(at + 1, min(at + most, len(self.words)) + 1):
            if self.words[end - 1] in TURNS_ROUND:
                return
            yield end

    def find(self, steps: Steps) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of each match, the shortest from each start."""
        for start in range(len(self.words)):
            ends = self.ends(steps, start)
            ends.discard(start)
            if ends:
                yield start, min(ends)

    def find_group(self, group: int) -> list[tuple[int, int]]:
        """Return (start, end) of each match of a group, the longest from each start."""
        spans = []
        for start in range(len(self.words)):
            ends = self.group_ends(group, start)
            if ends and max(ends) > start:
                spans.append((start, max(ends)))
        return spans

    def has(self, group: int) -> bool:
        """Say whether a group matches anywhere."""
        return any(self.group_ends(group, start) for start in range(len(self.words)))


def read_group(plain: Mapping[str, object]) -> Group:
    """Build a group from its compiled form: "w" words, "p" prefixes, "s" phrases."""
    words, prefixes, phrases = plain.get("w", ""), plain.get("p", ""), plain.get("s", ())
    assert isinstance(words, str)
    assert isinstance(prefixes, str)
    assert isinstance(phrases, list | tuple)
    by_first: dict[str, list[Steps]] = {}
    for steps in phrases:
        first = steps[0]
        key = first if isinstance(first, str) and first not in {"^", "$"} else ""
        by_first.setdefault(key, []).append(steps)
    return Group(frozenset(words.split()), tuple(prefixes.split()), by_first)
