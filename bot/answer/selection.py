"""Choosing whole sentences within a budget of words, each with all that it needs to stand alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.answer.leaning import leans, limits
from bot.answer.sections import ReadSection
from bot.question.asked import terms_in
from corpus.article import BlockKind

MOST_SENTENCES = 10
_SAME = 0.6
"""Share of the shorter one's terms from which on two sentences may say the same."""
_ALIKE = 0.5
"""Share of all terms of two sentences that they have in common if they say the same."""

Place = tuple[str, int]
"""A sentence by its article and its offset there."""


class Selection:
    """The sentences chosen so far, by section and position, within a budget of words."""

    def __init__(
        self, sections: Sequence[ReadSection], most_words: int, told: Collection[Place] = ()
    ) -> None:
        self._sections = sections
        self._most_words = most_words
        self._told = told
        self._taken: dict[int, set[int]] = {}
        self._terms: list[tuple[int, frozenset[str]]] = []
        self.words = 0

    def take(self, section: int, position: int) -> bool:
        """Add a sentence with all that it needs; False if it is not new, cannot stand or does not fit."""
        if self.has(section, position) or not self.is_new(section, position):
            return False
        needed = self.needed(section, position)
        if not needed or not self._fits(section, needed):
            return False
        self._add(section, needed)
        return True

    def take_list(self, section: int, lead: int, order: Sequence[int]) -> None:
        """Add the items below ``lead``: all of them, or if that is too much those in ``order`` that fit."""
        items = self.items_below(section, lead)
        if items and self._fits(section, items):
            self._add(section, [item for item in items if self.is_new(section, item)])
            return
        for position in order:
            if position in items:
                self.take(section, position)

    def items_below(self, section: int, lead: int) -> list[int]:
        """Return the positions of the list that follows the sentence at ``lead``."""
        lines = self._sections[section].lines
        end = lead + 1
        while end < len(lines) and lines[end].sentence.kind is BlockKind.ITEM:
            end += 1
        return list(range(lead + 1, end))

    def lead(self, section: int, position: int) -> int | None:
        """Return the position of the sentence that introduces the list of an item, or None."""
        lines = self._sections[section].lines
        if lines[position].sentence.kind is not BlockKind.ITEM:
            return None
        while position >= 0 and lines[position].sentence.kind is BlockKind.ITEM:
            position -= 1
        return position if position >= 0 and lines[position].text.endswith(":") else None

    def has(self, section: int, position: int) -> bool:
        """Whether the sentence is chosen already."""
        return position in self._taken.get(section, set())

    def is_new(self, section: int, position: int) -> bool:
        """Whether it was not told in an earlier turn, and no chosen sentence of another section says it."""
        line = self._sections[section].lines[position]
        if (self._sections[section].article_id, line.sentence.start) in self._told:
            return False
        terms = terms_in(line.text)
        return not any(_say_the_same(terms, said) for other, said in self._terms if other != section)

    def chosen(self) -> list[tuple[int, list[int]]]:
        """Return the chosen positions by section: sections by when first needed, positions in order."""
        return [(section, sorted(positions)) for section, positions in self._taken.items()]

    def needed(self, section: int, position: int) -> list[int]:
        """Return the positions that must be quoted together; none if the sentence cannot stand."""
        lines = self._sections[section].lines
        first = position
        while leans(lines[first].text):
            if first == 0 or not self._follows(section, first):
                return []
            first -= 1
        last = position
        while last + 1 < len(lines) and self._same_block(section, last) and limits(lines[last + 1].text):
            last += 1
        run = list(range(first, last + 1))
        lead = self.lead(section, first)
        if lead is not None:
            opened = self.needed(section, lead) if leans(lines[lead].text) else [lead]
            return [*opened, *run] if opened else []
        opens_nothing = lines[last].text.endswith(":") and not self.items_below(section, last)
        return [] if opens_nothing else run

    def _follows(self, section: int, position: int) -> bool:
        """Whether the sentence before is of the same paragraph or item, or opens the list of this item."""
        lines = self._sections[section].lines
        opens_list = lines[position].sentence.kind is BlockKind.ITEM and lines[position - 1].text.endswith(
            ":"
        )
        return self._same_block(section, position - 1) or opens_list

    def _same_block(self, section: int, position: int) -> bool:
        """Whether a sentence and the next one are of one paragraph or item."""
        lines = self._sections[section].lines
        return lines[position].sentence.block == lines[position + 1].sentence.block

    def _fits(self, section: int, positions: Sequence[int]) -> bool:
        new = [p for p in positions if not self.has(section, p)]
        count = sum(map(len, self._taken.values()))
        words = sum(len(self._sections[section].lines[p].text.split()) for p in new)
        if not count:
            return True
        return self.words + words <= self._most_words and count + len(new) <= MOST_SENTENCES

    def _add(self, section: int, positions: Sequence[int]) -> None:
        taken = self._taken.setdefault(section, set())
        for position in positions:
            if position not in taken:
                taken.add(position)
                text = self._sections[section].lines[position].text
                self.words += len(text.split())
                self._terms.append((section, terms_in(text)))


def _say_the_same(terms: frozenset[str], other: frozenset[str]) -> bool:
    common = len(terms & other)
    return common > _SAME * max(1, min(len(terms), len(other))) and common > _ALIKE * len(terms | other)
