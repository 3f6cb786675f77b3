"""The pattern language of the rule files, turned into steps. Used only when rules are compiled.

    chest pain            these words, one after the other
    hurt*                 a word that begins like this (at least three letters)
    *statin               a word that ends like this (at least three letters, or a digit)
    (pain|aching|hurt*)   one of these
    new?                  may be left out; also (..)? and <group>?
    <medicine>          a word group of the vocabulary
    ..   ...              at most three, at most six words between
    ^   $                 the start and the end of the sentence
    a & b & c             all of these in one sentence, in any order, at most fourteen words from end to end

Words are written as people type them: contractions and spellings are brought to the same form as a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.safety.matching import KEPT, Step

_PIECE = re.compile(r"<[a-z0-9_]+>\??|\.\.\.|\.\.|[()|^$]|\?|[^\s()|?$^]+\??|\s+")
_EVERYDAY = frozenset(
    "i my me we our you it is am are was be been do does did have has had can could will would should may "
    "the a an and or but if so to of in on at for with from by as that this they them he she her his him not "
    "no what how when why which who there one 1 2 just now up out off get got go going take took about "
    "all".split()
)
"""Words that most messages hold: a pattern is looked up by others where it can be."""
_EVERYDAY_WEIGHS = 40
_GAPS = {"..": -3, "...": -6}


class PatternError(ValueError):
    """A pattern that cannot be read: the message says which and why."""


@dataclass(slots=True)
class GroupTable:
    """All groups of the compiled file: the named ones, and one for every bracket in a pattern."""

    spell: Callable[[str], Sequence[str]]
    sources: Mapping[str, Sequence[str]]
    groups: list[dict[str, object]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def named(self, name: str) -> int:
        """Return the number of a named group, compiling it on first use."""
        if name in self._open:
            raise PatternError(f"group {name!r} contains itself: {' > '.join(self._open)}")
        if name not in self.numbers:
            if name not in self.sources:
                raise PatternError(f"no group is called {name!r}; see vocabulary.yaml and context.yaml")
            self._open.append(name)
            self.numbers[name] = self.add(self.sources[name])
            self._open.pop()
        return self.numbers[name]

    def add(self, alternatives: Sequence[str]) -> int:
        """Compile alternatives into a group and return its number; equal groups are kept once."""
        words: set[str] = set()
        prefixes: set[str] = set()
        endings: set[str] = set()
        phrases: list[list[Step]] = []
        for text in alternatives:
            steps = self.steps(text)
            if len(steps) == 1 and isinstance(steps[0], str) and steps[0] not in {"^", "$"}:
                words.add(steps[0])
            elif len(steps) == 1 and isinstance(steps[0], int) and "!" in self.groups[steps[0]]:
                prefixes.update(str(self.groups[steps[0]].get("p", "")).split())
                endings.update(str(self.groups[steps[0]].get("e", "")).split())
            elif steps not in phrases:
                phrases.append(steps)
        plain: dict[str, object] = {}
        if words:
            plain["w"] = " ".join(sorted(words))
        if prefixes:
            plain["p"] = " ".join(sorted(prefixes))
        if endings:
            plain["e"] = " ".join(sorted(endings))
        if phrases:
            plain["s"] = phrases
        return self._keep(plain)

    def _keep(self, plain: dict[str, object]) -> int:
        if plain in self.groups:
            return self.groups.index(plain)
        self.groups.append(plain)
        return len(self.groups) - 1

    def steps(self, text: str) -> list[Step]:
        """Compile one pattern. Raises PatternError if it cannot be read."""
        pieces = [piece for piece in _PIECE.findall(text) if not piece.isspace()]
        if "".join(pieces) != re.sub(r"\s+", "", text):
            raise PatternError(f"cannot read pattern {text!r}")
        steps, rest = self._sequence(pieces, text)
        if rest and rest[0] == "|":
            whole, rest = self._bracket([*pieces, ")"], text)
            steps = [whole]
        if rest:
            raise PatternError(f"unbalanced bracket in pattern {text!r}")
        return steps

    def whole(self, text: str) -> list[list[Step]]:
        """Compile a rule's pattern into its parts (one, unless it has "&"). Raises PatternError."""
        return [self._part(part) for part in text.split(" & ")]

    def _part(self, text: str) -> list[Step]:
        steps = self.steps(text)
        if not any(
            isinstance(step, str | int) and step not in {"^", "$"} and step not in _GAPS.values()
            for step in steps
        ):
            raise PatternError(f"pattern {text!r} would match anything")
        return steps

    def _sequence(self, pieces: list[str], text: str) -> tuple[list[Step], list[str]]:
        steps: list[Step] = []
        while pieces and pieces[0] not in {")", "|"}:
            piece, pieces = pieces[0], pieces[1:]
            if piece == "(":
                step, pieces = self._bracket(pieces, text)
                if pieces and pieces[0] == "?":
                    steps.append([step])
                    pieces = pieces[1:]
                else:
                    steps.append(step)
            elif piece in _GAPS:
                steps.append(_GAPS[piece])
            elif piece in {"^", "$"}:
                steps.append(piece)
            else:
                steps.extend(self._word(piece, text))
        return steps, pieces

    def _bracket(self, pieces: list[str], text: str) -> tuple[int, list[str]]:
        depth, end = 1, 0
        alternatives: list[list[str]] = [[]]
        while end < len(pieces) and depth:
            piece = pieces[end]
            depth += {"(": 1, ")": -1}.get(piece, 0)
            if depth == 1 and piece == "|":
                alternatives.append([])
            elif depth:
                alternatives[-1].append(piece)
            end += 1
        if depth or any(not one for one in alternatives):
            raise PatternError(f"unbalanced bracket or empty alternative in pattern {text!r}")
        return self.add([" ".join(one).replace(" ?", "?") for one in alternatives]), pieces[end:]

    def _word(self, piece: str, text: str) -> list[Step]:
        optional = piece.endswith("?") and piece != "?"
        piece = piece.removesuffix("?")
        if piece.startswith("<"):
            steps: list[Step] = [self.named(piece[1:-1])]
        elif piece.startswith("*") or piece.endswith("*"):
            if len(piece) < 4 and not piece[1:].isdecimal():
                raise PatternError(f"{piece!r} in pattern {text!r} is too short to begin or end a word")
            key = "e" if piece.startswith("*") else "p"
            steps = [self._keep({key: piece.strip("*"), "!": 1})]
        else:
            steps = list(self.spell(piece))
        if optional and len(steps) == 1:
            assert not isinstance(steps[0], list)
            return [[steps[0]]]
        if optional:
            return [[self.add([piece])]]
        return steps


def words_needed(parts: Sequence[Sequence[Step]], groups: Sequence[Mapping[str, object]]) -> set[str] | None:
    """Return the smallest set of words, of any part, one of which a match must contain."""
    found = [words for words in (first_words(part, groups) for part in parts) if words is not None]
    return min(found, key=_met_often) if found else None


def _met_often(words: set[str]) -> int:
    """Return how often a sentence is likely to hold one of the words; only the order counts."""
    return len(words) + _EVERYDAY_WEIGHS * len(words & _EVERYDAY)


def first_words(steps: Sequence[Step], groups: Sequence[Mapping[str, object]]) -> set[str] | None:
    """Return words of which a match needs one, cut and starred where only one end of them is known.

    Of all steps that a match needs, the one whose words are met least often is taken. None if there is none.
    """
    best: set[str] | None = None
    for step in steps:
        found = _words_of(step, groups)
        if found is not None and (best is None or _met_often(found) < _met_often(best)):
            best = found
    return best


def _words_of(step: Step, groups: Sequence[Mapping[str, object]]) -> set[str] | None:
    if isinstance(step, list) or step in {"^", "$"}:
        return None
    if isinstance(step, str):
        return {step}
    if step < 0:
        return None
    group = groups[step]
    words = set(str(group.get("w", "")).split())
    words |= {prefix[:KEPT] + "*" for prefix in str(group.get("p", "")).split()}
    endings = str(group.get("e", "")).split()
    if any(len(ending) < KEPT for ending in endings):
        return None
    words |= {"*" + ending[-KEPT:] for ending in endings}
    phrases = group.get("s", [])
    assert isinstance(phrases, list)
    for phrase in phrases:
        inner = first_words(phrase, groups)
        if inner is None:
            return None
        words |= inner
    return words
