"""Scores as tables: one to a row with all that is known of it, or a row of several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.markup import Markup, joined, tag
from eval.page.plots import interval_bar
from eval.page.words import MEANINGS
from eval.score import Group, Score
from eval.table import number_text

_HEAD = ("metric", "value", "95 %", "", "target", "n")


def score_table(groups: Iterable[Group]) -> Markup:
    """Return a table with a row for each score."""
    bodies = [tag("tbody", _group_head(group.name), map(_row, group.scores)) for group in groups]
    return _wide(tag("thead", tag("tr", [tag("th", name, scope="col") for name in _HEAD])), bodies)


def grid_table(groups: Sequence[Group]) -> Markup:
    """Return a table with a row for each group; all groups must have the same scores."""
    heads = [
        tag("th", spaced(score.name), tag("span", MEANINGS.get(score.name), class_="small"), scope="col")
        for score in groups[0].scores
    ]
    rows = [
        tag("tr", tag("th", spaced(group.name), scope="row"), map(_cell, group.scores)) for group in groups
    ]
    return _wide(tag("thead", tag("tr", tag("th", ""), heads)), tag("tbody", rows))


def score_tile(score: Score) -> Markup:
    """Return a score as a list item that is seen first."""
    n = f"n {score.n}"
    return tag(
        "li",
        tag("span", spaced(score.name), class_="name"),
        tag("span", value_text(score), class_=f"number {state(score)}"),
        interval_bar(score),
        tag("span", f"target {target_text(score)} · {n}" if score.target else n, class_="small"),
    )


def state(score: Score) -> str:
    """Return the class of a score by what became of its target."""
    return {True: "reached", False: "missed", None: "open"}[score.is_reached]


def value_text(score: Score) -> str:
    """Return a score's value as it is shown."""
    return "none" if score.value is None else number_text(score.value)


def target_text(score: Score) -> str:
    """Return a score's target with its direction; empty without one."""
    if score.target is None:
        return ""
    return f"{'≤' if score.target.at_most else '≥'} {number_text(score.target.value)}"


def spaced(name: str) -> str:
    """Return a name as words."""
    return name.replace("_", " ")


def _wide(*content: Markup | list[Markup]) -> Markup:
    return tag("div", tag("table", *content, class_="scores"), class_="wide")


def _group_head(name: str) -> Markup:
    return tag("tr", tag("th", spaced(name), colspan=len(_HEAD), scope="rowgroup"), class_="group")


def _row(score: Score) -> Markup:
    interval = score.interval
    between = f"{number_text(interval.low)} to {number_text(interval.high)}" if interval else ""
    name = tag("span", score.name, class_="name")
    return tag(
        "tr",
        tag("th", name, tag("span", MEANINGS.get(score.name), class_="small"), scope="row"),
        tag("td", value_text(score), class_="number"),
        tag("td", between, class_="number small"),
        tag("td", interval_bar(score), class_="plot"),
        tag("td", _target(score), class_=f"number {state(score)}"),
        tag("td", f"{score.n} {score.unit.value}", class_="number small"),
    )


def _cell(score: Score) -> Markup:
    if score.value is None:
        return tag("td", tag("span", "none", class_="small"))
    return tag(
        "td",
        tag("span", value_text(score), class_=f"number {state(score)}"),
        tag("span", " ", _target(score), f" n {score.n}", class_="small"),
        interval_bar(score),
    )


def _target(score: Score) -> Markup | None:
    if score.target is None:
        return None
    word = {True: " reached", False: " missed", None: ""}[score.is_reached]
    return joined(target_text(score), tag("span", word, class_="word"))
