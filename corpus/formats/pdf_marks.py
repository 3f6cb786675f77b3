"""List marks that a PDF page draws as small shapes, as browsers do, rather than sets as text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_FILL = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_END = _FILL | {b"n", b"S", b"s"}
_LEAST, _MOST = 1.5, 9.0
"""Width and height of a mark, in points."""
_AWAY = 3.0
"""How far left of the text a mark stands at most, in sizes of the text."""
_MAX_MARKS = 2_000


@dataclass(slots=True)
class Marks:
    """Where a page fills small shapes that are about as wide as high."""

    centres: list[tuple[float, float]] = field(default_factory=list)
    _path: list[tuple[float, float]] = field(default_factory=list)

    def read(self, operator: bytes, operands: Any, cm: list[float]) -> None:
        """Take one drawing operation; ``cm`` turns its coordinates to those of the page."""
        if operator in {b"m", b"l", b"c"}:
            self._add(operands[-2:], cm)
        elif operator == b"re":
            self._add(operands[:2], cm)
            self._add([sum(pair) for pair in zip(operands[:2], operands[2:4], strict=False)], cm)
        elif operator in _END:
            if operator in _FILL:
                self._close()
            self._path.clear()

    def beside(self, x: float, y: float, size: float) -> float | None:
        """Return where the mark stands that is left of text of this size at ``x`` and ``y``, if one is."""
        for mark_x, mark_y in self.centres:
            if x - _AWAY * size < mark_x < x and y - 0.4 * size < mark_y < y + size:
                return mark_x
        return None

    def _add(self, point: Any, cm: list[float]) -> None:
        if len(point) == 2:
            x, y = float(point[0]), float(point[1])
            self._path.append((x * cm[0] + y * cm[2] + cm[4], x * cm[1] + y * cm[3] + cm[5]))

    def _close(self) -> None:
        if len(self._path) < 2 or len(self.centres) >= _MAX_MARKS:
            return
        xs, ys = [x for x, _ in self._path], [y for _, y in self._path]
        width, height = max(xs) - min(xs), max(ys) - min(ys)
        if min(width, height) >= _LEAST and max(width, height) <= min(_MOST, 2 * min(width, height)):
            self.centres.append(((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2))
