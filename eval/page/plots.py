"""The plots of the page, drawn as SVG. Colours are classes: light, dark and paper each have theirs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.markup import Markup, joined, plain_number, tag
from eval.intervals import Interval
from eval.metrics import CurvePoint
from eval.score import Score

_BAR_WIDTH, _BAR_HEIGHT = 220.0, 20.0
_WIDTH, _HEIGHT = 640.0, 300.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 28.0, 14.0, 44.0
_BINS = 36
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)


@dataclass(frozen=True, slots=True)
class Axis:
    """A line of values put on a line of the drawing."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def at(self, value: float) -> float:
        """Return where a value lies; one beyond the ends lies on the end."""
        scale: Callable[[float], float] = math.log if self.logarithmic else float
        share = (scale(value) - scale(self.low)) / (scale(self.high) - scale(self.low))
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)


def interval_bar(score: Score) -> Markup:
    """Draw a score as a dot on its interval, with its target as a tick; nothing without a value."""
    if score.value is None:
        return Markup("")
    interval = score.interval or Interval(score.value, score.value)
    target = score.target.value if score.target else None
    largest = max(interval.high, score.value, target or 0.0)
    axis = Axis(0, 1 if largest <= 1 else largest * 1.1, 6, _BAR_WIDTH - 6)
    middle = _BAR_HEIGHT / 2
    low, high, value = axis.at(interval.low), axis.at(interval.high), axis.at(score.value)
    verdict = {True: "reached", False: "missed", None: "open"}[score.is_reached]
    return _drawing(
        _BAR_WIDTH,
        _BAR_HEIGHT,
        f"bar {verdict}",
        None,
        tag("line", class_="track", x1=axis.start, x2=axis.end, y1=middle, y2=middle),
        [
            tag("line", class_="track", x1=axis.at(at), x2=axis.at(at), y1=middle - 3, y2=middle + 3)
            for at in (axis.low, (axis.low + axis.high) / 2, axis.high)
        ],
        tag("rect", class_="interval", x=low, y=middle - 4, width=max(1.5, high - low), height=8, rx=4),
        None if target is None else _target_tick(axis.at(target), middle),
        tag("circle", class_="value", cx=value, cy=middle, r=4),
    )


def _target_tick(x: float, middle: float) -> Markup:
    return tag("line", class_="target", x1=x, x2=x, y1=middle - 8, y2=middle + 8)


def coverage_plot(points: Sequence[CurvePoint], now: tuple[float, float] | None, error: float) -> Markup:
    """Draw the error against the coverage for every threshold, and where the present one lies (``now``)."""
    highest = max([2 * error, *(point.error for point in points), now[1] if now else 0.0])
    step = next((each for each in _STEPS if highest / each <= 5), 1.0)
    across = Axis(0, 1, _LEFT, _WIDTH - _RIGHT)
    up = Axis(0, step * math.ceil(highest / step - 1e-9), _HEIGHT - _BOTTOM, _TOP)
    places = [(across.at(point.coverage), up.at(point.error)) for point in points]
    line = " ".join(f"{plain_number(x)},{plain_number(y)}" for x, y in places)
    return _drawing(
        _WIDTH,
        _HEIGHT,
        "plot",
        "Share of answers that should not have been given, against the share of questions answered",
        _grid_up(up, step),
        [_below(across.at(value), _percent(value)) for value in (0, 0.25, 0.5, 0.75, 1)],
        tag("line", class_="limit", x1=across.start, x2=across.end, y1=up.at(error), y2=up.at(error)),
        _words(f"{_percent(error)} error", across.start + 6, up.at(error) - 6, "note"),
        tag("polyline", class_="curve", points=line),
        _now(across, up, now) if now else None,
        _words("answerable questions that are answered", _WIDTH / 2, _HEIGHT - 6, "title", "middle"),
    )


def _now(across: Axis, up: Axis, now: tuple[float, float]) -> Markup:
    x, y = across.at(now[0]), up.at(now[1])
    beyond = x > (across.start + across.end) / 2
    label = f"now: {_percent(now[0], 1)} answered, {_percent(now[1], 1)} error"
    return joined(
        tag("circle", class_="present", cx=x, cy=y, r=6),
        _words(label, x + (-12 if beyond else 12), y - 12, "present", "end" if beyond else "start"),
    )


def latency_plot(milliseconds: Sequence[float], marks: Sequence[tuple[str, float]]) -> Markup:
    """Draw how many replies took how long, on a logarithmic axis, with some values marked by name."""
    low, high = min(milliseconds), max(milliseconds)
    across = Axis(low * 0.9, high * 1.1, _LEFT, _WIDTH - _RIGHT, logarithmic=True)
    bins = _counts(milliseconds, across)
    up = Axis(0, max(bins), _HEIGHT - _BOTTOM, _TOP + 18)
    width = (across.end - across.start) / _BINS
    return _drawing(
        _WIDTH,
        _HEIGHT,
        "plot",
        "How many replies took how many milliseconds",
        tag("line", class_="axis", x1=across.start, x2=across.end, y1=up.start, y2=up.start),
        [
            tag(
                "rect",
                class_="count",
                x=across.start + n * width + 0.5,
                y=up.at(count),
                width=width - 1,
                height=up.start - up.at(count),
            )
            for n, count in enumerate(bins)
            if count
        ],
        [_below(across.at(value), f"{value:g}") for value in _round_values(across.low, across.high)],
        [_mark(across.at(value), up, f"{name} {value:.1f}", n) for n, (name, value) in enumerate(marks)],
        _words("milliseconds, logarithmic", _WIDTH / 2, _HEIGHT - 6, "title", "middle"),
    )


def _counts(values: Sequence[float], axis: Axis) -> list[int]:
    bins = [0] * _BINS
    for value in values:
        share = (axis.at(value) - axis.start) / (axis.end - axis.start)
        bins[min(_BINS - 1, int(share * _BINS))] += 1
    return bins


def _round_values(low: float, high: float) -> Iterator[float]:
    for power in range(-3, 7):
        for digit in (1, 2, 5):
            value = digit * 10.0**power
            if low <= value <= high:
                yield value


def _mark(x: float, up: Axis, name: str, place: int) -> Markup:
    return joined(
        tag("line", class_="limit", x1=x, x2=x, y1=up.start, y2=_TOP + 4),
        _words(name, x + (-5 if place == 0 else 5), _TOP + 8, "note", "end" if place == 0 else "start"),
    )


def _grid_up(up: Axis, step: float) -> list[Markup]:
    values = [n * step for n in range(round(up.high / step) + 1)]
    lines = [
        tag("line", class_="grid", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=up.at(value), y2=up.at(value))
        for value in values
    ]
    return [
        *lines,
        *(_words(_percent(value), _LEFT - 8, up.at(value) + 4, "tick", "end") for value in values),
    ]


def _percent(value: float, digits: int = 0) -> str:
    return f"{100 * value:.{digits}f} %"


def _below(x: float, text: str) -> Markup:
    return _words(text, x, _HEIGHT - _BOTTOM + 18, "tick", "middle")


def _words(text: str, x: float, y: float, kind: str, anchor: str = "start") -> Markup:
    return tag("text", text, class_=kind, x=x, y=y, text_anchor=anchor)


def _drawing(
    width: float, height: float, kind: str, label: str | None, *content: Markup | list[Markup] | None
) -> Markup:
    box = f"0 0 {plain_number(width)} {plain_number(height)}"
    if label is None:
        # the numbers stand beside it in the same row, so a reader who cannot see it misses nothing
        return tag("svg", *content, class_=kind, viewBox=box, width=width, height=height, aria_hidden="true")
    return tag("svg", *content, class_=kind, viewBox=box, role="img", aria_label=label)
