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
KEPT = 3
"""Letters of a beginning or an ending by which patterns and groups are looked up."""
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
    _needed: list[frozenset[str] | None] = field(default_factory=list, compare=False)
    """What ``needed`` found, once it was asked for."""

    def needed(self, groups: Sequence[Group]) -> frozenset[str] | None:
        """Return words (in the forms of ``cut``) of which any match holds one; None if there are none.

        ``groups`` are those that the steps of the phrases number.
        """
        if not self._needed:
            self._needed.append(self._find_needed(groups))
        return self._needed[0]

    def _find_needed(self, groups: Sequence[Group]) -> frozenset[str] | None:
        found = set(self.words)
        for ends, start in ((self.prefixes, True), (self.suffixes, False)):
            for end in ends:
                if len(end) < KEPT:
                    return None
                found.add(end[:KEPT] + "*" if start else "*" + end[-KEPT:])
        for steps in (*self.openings, *(steps for phrases in self.phrases.values() for steps in phrases)):
            inner = [_needed_by(step, groups) for step in steps]
            known = [words for words in inner if words is not None]
            if not known:
                return None
            found |= min(known, key=len)
        return frozenset(found)


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
    _forms: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for at, word in enumerate(self.words):
            self._at.setdefault(word, []).append(at)
            self._forms.update(cut(word))

    def places(self, group: int) -> Ends:
        """Return where a group matches."""
        found = self._found.get(group)
        if found is None:
            found = self._found[group] = _NONE if self._lacks(group) else self._search(self.groups[group])
        return found

    def _lacks(self, group: int) -> bool:
        """Say whether the sentence has none of the words that a match of the group needs."""
        needed = self.groups[group].needed(self.groups)
        return needed is not None and needed.isdisjoint(self._forms)

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
        return self._likely(steps) and all(
            self.places(step) for step in steps if isinstance(step, int) and step >= 0
        )

    def _likely(self, steps: Steps) -> bool:
        """Say the same without searching: some word of each step is there."""
        for step in steps:
            if isinstance(step, int):
                if step >= 0:
                    found = self._found.get(step)
                    if not found and (found is not None or self._lacks(step)):
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
        """Yield (start, end) of each match from left to right, the shortest from each start."""
        if not self.possible(steps):
            return
        for start in sorted(self._starts(steps)):
            ends = self.ends(steps, start)
            ends.discard(start)
            if ends:
                yield start, min(ends)

    def find_all(self, parts: Sequence[Steps]) -> Iterator[tuple[tuple[int, int], ...]]:
        """Yield the places of all parts together, in any order, at most ``APART`` words from end to end."""
        if len(parts) == 1:
            yield from (((start, end),) for start, end in self.find(parts[0]))
            return
        if not all(self._likely(part) for part in parts):
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


def _needed_by(step: Step, groups: Sequence[Group]) -> frozenset[str] | None:
    if isinstance(step, list) or step in _ANCHORS:
        return None
    if isinstance(step, str):
        return frozenset((step,))
    return groups[step].needed(groups) if step >= 0 else None


def cut(word: str) -> tuple[str, str, str]:
    """Return a word, its beginning and its ending: the forms under which what a match needs is looked up."""
    return word, word[:KEPT] + "*", "*" + word[-KEPT:]


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
