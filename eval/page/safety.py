"""The part of the page on the safety layer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.markup import Markup, joined, tag
from eval.page.confusion import ConfusionMatrix, lead_confusion
from eval.page.tables import grid_table, spaced, value_text
from eval.report import Run
from eval.score import Group, Score


def safety_part(run: Run) -> Markup | None:
    """Return what leads against what should, then categories, pairs and rules; None without labels."""
    matrix = lead_confusion(run.results)
    if not matrix.names:
        return None
    groups = [group for group in run.summary.categories if any(score.n for score in group.scores[:2])]
    pairs = run.summary.pairs
    text = (
        "Rows are what should lead a turn, columns what was seen first. Shading is the share of the row. "
        "Left of the diagonal a reply is more serious than it should be, right of it less."
    )
    return joined(
        tag("p", text),
        _matrix(matrix),
        joined(tag("h3", "By category"), grid_table(groups)) if groups else None,
        joined(tag("h3", "Pairs that differ in one thing"), grid_table(pairs)) if pairs else None,
        _rules(run.summary.rules),
    )


def _matrix(matrix: ConfusionMatrix) -> Markup:
    head = tag(
        "tr", tag("th", "due \\ seen"), [tag("th", spaced(name), scope="col") for name in matrix.names]
    )
    rows = [
        tag(
            "tr",
            tag("th", spaced(due), scope="row"),
            [_cell(matrix, row, column) for column in range(len(matrix.names))],
        )
        for row, due in enumerate(matrix.names)
    ]
    return tag("div", tag("table", tag("thead", head), tag("tbody", rows), class_="matrix"), class_="wide")


def _cell(matrix: ConfusionMatrix, row: int, column: int) -> Markup:
    count = matrix.counts[row][column]
    kind = "zero" if not count else "right" if row == column else "less" if column > row else "more"
    return tag(
        "td", str(count) if count else "·", class_=kind, style=f"--share:{matrix.share(row, column):.3f}"
    )


def _rules(groups: Sequence[Group]) -> Markup | None:
    fired = [group for group in groups if group.scores[0].n]
    if not fired:
        return None
    heading = f"{len(fired)} of {len(groups)} rules fired on labelled turns"
    ordered = sorted(fired, key=lambda group: (group.scores[0].value or 0.0, -group.scores[0].n, group.name))
    return tag("details", tag("summary", heading), _rule_table(ordered))


def _rule_table(groups: Sequence[Group]) -> Markup:
    names = [score.name for score in groups[0].scores]
    head = tag("tr", tag("th", "rule"), [tag("th", f"{name} (n)", scope="col") for name in names])
    rows = [
        tag(
            "tr",
            tag("th", tag("code", group.name), scope="row"),
            map(_rule_cell, group.scores),
        )
        for group in groups
    ]
    return tag("div", tag("table", tag("thead", head), tag("tbody", rows), class_="scores"), class_="wide")


def _rule_cell(score: Score) -> Markup:
    return tag("td", f"{value_text(score)} ({score.n})", class_="number")
