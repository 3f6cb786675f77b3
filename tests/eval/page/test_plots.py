from __future__ import annotations

import re

import pytest

from eval.intervals import Interval
from eval.metrics import CurvePoint
from eval.page.plots import Axis, coverage_plot, interval_bar, latency_plot
from eval.score import Score, Target


def numbers(drawing: str, element: str, attribute: str) -> list[float]:
    found = re.findall(rf'<{element} [^>]*?\b{attribute}="([-\d.]+)"', drawing)
    return [float(each) for each in found]


def test_an_axis_puts_values_between_its_ends() -> None:
    axis = Axis(0, 1, 100, 300)
    assert [axis.at(value) for value in (0, 0.5, 1, 7, -7)] == [100, 200, 300, 300, 100]
    assert Axis(0, 1, 300, 100).at(0.25) == 250
    assert Axis(1, 100, 0, 10, logarithmic=True).at(10) == pytest.approx(5)


def test_a_score_is_a_dot_on_its_interval_with_its_target() -> None:
    bar = interval_bar(Score("x", 9, value=0.5, interval=Interval(0.25, 0.75), target=Target(1.0)))
    assert numbers(bar, "circle", "cx") == [110]
    assert numbers(bar, "rect", "x") == [58]
    assert numbers(bar, "rect", "width") == [104]
    assert '<line class="target" x1="214" x2="214"' in bar
    assert 'class="bar missed"' in bar


def test_a_score_beyond_one_has_an_axis_that_holds_it() -> None:
    bar = interval_bar(
        Score("words", 9, value=60, interval=Interval(50, 70), target=Target(120, at_most=True))
    )
    assert max(numbers(bar, "line", "x1")) <= 214
    assert numbers(bar, "circle", "cx")[0] == pytest.approx(6 + 208 * 60 / 132, abs=0.01)
    assert 'class="bar reached"' in bar


def test_no_value_draws_nothing() -> None:
    assert interval_bar(Score("x", 0, target=Target(1.0))) == ""


def test_the_curve_goes_through_every_threshold_and_shows_where_we_are() -> None:
    points = [CurvePoint(0.9, 0.5, 0.0), CurvePoint(0.1, 1.0, 0.2)]
    plot = coverage_plot(points, (0.75, 0.1), 0.05)
    (line,) = re.findall(r'points="([^"]+)"', plot)
    assert [tuple(map(float, pair.split(","))) for pair in line.split()] == [(332, 256), (612, 14)]
    assert "now: 75.0 % answered, 10.0 % error" in plot
    assert "5 % error" in plot
    assert numbers(plot, "circle", "cx") == [472]
    assert numbers(plot, "circle", "cy") == [135]


def test_without_a_present_point_there_is_no_dot() -> None:
    assert "<circle" not in coverage_plot([CurvePoint(0.5, 1.0, 0.0)], None, 0.05)


def test_every_reply_is_in_some_bin() -> None:
    times = [1.0, 1.1, 5.0, 5.0, 90.0]
    plot = latency_plot(times, [("p50", 5.0), ("p95", 80.0)])
    heights = numbers(plot, "rect", "height")
    assert max(heights) == pytest.approx(224)
    assert sum(round(height / 112) for height in heights) == len(times)
    assert "p50 5.0" in plot
    assert ">50</text>" in plot


def test_equal_times_can_be_drawn() -> None:
    assert "<rect" in latency_plot([3.0, 3.0], [("p50", 3.0)])
