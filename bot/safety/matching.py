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

APART = 14
"""Words over which the parts of an "&" pattern still belong together."""

_ANCHORS = frozenset("^$")
TURNS_ROUND = frozenset("no not never without if but unless nor neither denies isn't whether".split())


@dataclass(frozen=True, slots=True)
class Group:
    """Words and phrases that mean the same to a pattern."""

    words: frozenset[str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    phrases: Mapping[str, Sequence[Steps]]
    """Phrases by their first word."""
    openings: Sequence[Steps]
    """Phrases whose first step is not a word."""


Ends: TypeAlias = "Mapping[int, frozenset[int]]"
"""Where matches begin, and for each of these places where they can end."""

_NOWHERE: frozenset[int] = frozenset()
_NONE: Ends = {}


@dataclass(slots=True)
class Reader:
    """One sentence being matched. What a group matches is found once for the whole sentence."""

    words: Sequence[str]
    groups: Sequence[Group]
    _found: dict[int, Ends] = field(default_factory=dict)
    _at: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for at, word in enumerate(self.words):
            self._at.setdefault(word, []).append(at)

    def places(self, group: int) -> Ends:
        """Return where a group matches."""
        found = self._found.get(group)
        if found is None:
            found = self._found[group] = self._search(self.groups[group])
        return found

    def _search(self, group: Group) -> Ends:
        present = self._at.keys()
        known = group.words & present
        if group.prefixes:
            known |= {word for word in present if word.startswith(group.prefixes)}
        if group.suffixes:
            known |= {word for word in present if word.endswith(group.suffixes)}
        found = {at: frozenset((at + 1,)) for word in known for at in self._at[word]}
        for word in group.phrases.keys() & present:
            for steps in group.phrases[word]:
                if self.possible(steps):
                    for at in self._at[word]:
                        self._add(found, steps, at)
        for steps in group.openings:
            if self.possible(steps):
                for at in self._starts(steps):
                    self._add(found, steps, at)
        return found or _NONE

    def _add(self, found: dict[int, frozenset[int]], steps: Steps, at: int) -> None:
        ends = self.ends(steps, at)
        if ends:
            found[at] = found.get(at, _NOWHERE) | ends

    def _starts(self, steps: Steps) -> Iterable[int]:
        """Return the places where steps can begin at all."""
        first = steps[0]
        if first in ("^", "$"):
            return (0,) if first == "^" else (len(self.words),)
        if isinstance(first, int) and first >= 0:
            return self.places(first)
        if isinstance(first, str):
            return self._at.get(first, ())
        return range(len(self.words) + 1)

    def possible(self, steps: Steps) -> bool:
        """Say whether every word and group that the steps need is in the sentence, in whatever order."""
        for step in steps:
            if isinstance(step, int):
                if step >= 0 and not self.places(step):
                    return False
            elif isinstance(step, str) and step not in self._at and step not in _ANCHORS:
                return False
        return True

    def ends(self, steps: Steps, at: int) -> set[int]:
        """Return every place where the steps can end when they begin at a word."""
        places = {at}
        for step in steps:
            if isinstance(step, int) and step >= 0:
                table = self.places(step)
                places = {end for place in places if place in table for end in table[place]}
            else:
                places = {end for place in places for end in self._step(step, place)}
            if not places:
                break
        return places

    def _step(self, step: Step, at: int) -> Iterable[int]:
        if isinstance(step, int):
            return self.places(step).get(at, ()) if step >= 0 else self._gap(-step, at)
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
        if not self.possible(steps):
            return
        for start in self._starts(steps):
            ends = self.ends(steps, start)
            ends.discard(start)
            if ends:
                yield start, min(ends)

    def find_all(self, parts: Sequence[Steps]) -> Iterator[tuple[tuple[int, int], ...]]:
        """Yield the places of all parts together, in any order, at most ``APART`` words from end to end."""
        if len(parts) == 1:
            yield from (((start, end),) for start, end in self.find(parts[0]))
            return
        spots: list[list[tuple[int, int]]] = []
        for part in parts:
            spots.append(list(self.find(part)))
            if not spots[-1]:
                return
        for first in spots[0]:
            spans = (first, *(min(other, key=lambda at: abs(at[0] - first[0])) for other in spots[1:]))
            if max(end for _, end in spans) - min(start for start, _ in spans) <= APART:
                yield spans
                return

    def find_group(self, group: int) -> list[tuple[int, int]]:
        """Return (start, end) of each match of a group, the longest from each start."""
        found = self.places(group)
        return [(start, max(found[start])) for start in sorted(found) if max(found[start]) > start]

    def has(self, group: int) -> bool:
        """Say whether a group matches anywhere."""
        return bool(self.find_group(group))


def read_group(plain: Mapping[str, object]) -> Group:
    """Build a group from its compiled form: "w" words, "p" prefixes, "e" endings, "s" phrases."""
    words, prefixes, endings = (plain.get(key, "") for key in "wpe")
    phrases = plain.get("s", ())
    assert isinstance(words, str)
    assert isinstance(prefixes, str)
    assert isinstance(endings, str)
    assert isinstance(phrases, list | tuple)
    by_first: dict[str, list[Steps]] = {}
    openings: list[Steps] = []
    for steps in phrases:
        first = steps[0]
        if isinstance(first, str) and first not in _ANCHORS:
            by_first.setdefault(first, []).append(steps)
        else:
            openings.append(steps)
    return Group(
        frozenset(words.split()), tuple(prefixes.split()), tuple(endings.split()), by_first, openings
    )
