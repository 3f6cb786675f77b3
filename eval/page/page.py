"""The page of a run, from its heading to the worst cases."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

import numpy as np

from bot.markup import Markup, joined, tag
from eval.gating.printing import verdict_lines
from eval.intervals import CONFIDENCE, RESAMPLES
from eval.page.abstention import abstention_part
from eval.page.plots import latency_plot
from eval.page.safety import safety_part
from eval.page.tables import score_table, score_tile
from eval.page.trace import trace
from eval.page.worst import MOST_PER_FAULT, FaultyCases, worst_cases
from eval.report import Run
from eval.runner import CaseResult

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_HEADLINES = (
    "quote_fidelity",
    "citation_precision",
    "vital_recall",
    "contradiction",
    "error_rate",
    "hallucination_near_topic",
    "hallucination_off_topic",
    "over_refusal",
)


def page_of(run: Run, *, times: bool) -> str:
    """Return the whole page; without ``times`` it depends on nothing but the results."""
    sections = [
        ("scores", "Scores", _scores(run)),
        ("abstention", "When to answer, and when not", abstention_part(run.results)),
        ("safety", "Safety", safety_part(run)),
        ("latency", "How long a reply takes", _latency(run.results) if times else None),
        ("cases", "Worst cases", _cases(run)),
    ]
    shown = [(anchor, title, content) for anchor, title, content in sections if content]
    navigation = tag(
        "nav", [tag("a", title, href=f"#{anchor}") for anchor, title, _ in shown], aria_label="Page"
    )
    body = [
        tag("section", tag("h2", title), content, id=anchor, aria_label=title)
        for anchor, title, content in shown
    ]
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", f"Evaluation: {_names(run)}"),
        tag("style", _style()),
    )
    page = tag("html", head, tag("body", _header(run), navigation, tag("main", body), _footer()), lang="en")
    return f"<!DOCTYPE html>\n{page}\n"


def _style() -> Markup:
    return Markup((files("eval.page") / "page.css").read_text("utf-8"))


def _names(run: Run) -> str:
    return ", ".join(each.name for each in run.sets if each.cases)


def _header(run: Run) -> Markup:
    summary = run.summary
    scores = [score for group in (*summary.groups, *summary.categories) for score in group.scores]
    judged = [score for score in scores if score.is_reached is not None]
    reached = sum(bool(score.is_reached) for score in judged)
    split = run.split.value if run.split else "all"
    return tag(
        "header",
        tag("h1", "Evaluation"),
        tag(
            "p",
            f"{summary.cases} cases, {summary.turns} turns · split {split} · asked on {run.today}",
            class_="lead",
        ),
        tag("p", _names(run), class_="sets"),
        tag("p", tag("strong", f"{reached} of {len(judged)}"), " targets reached", class_="lead"),
        _alerts(run),
        tag(
            "ul",
            [score_tile(summary.scores[name]) for name in _HEADLINES if name in summary.scores],
            class_="tiles",
        ),
        class_="top",
    )


def _alerts(run: Run) -> Markup | None:
    """Say what is in no number, and where a gate does not hold, if anything is so."""
    failed = [tag("li", tag("code", each.case.id), " ", each.error) for each in run.summary.failed]
    stale = [
        tag("li", tag("code", each.case), " rests on changed text: ", ", ".join((*each.changed, *each.gone)))
        for each in run.stale
    ]
    broken = run.verdict is not None and not run.verdict.holds
    gate = [tag("li", line.plain) for line in verdict_lines(run.verdict)] if run.verdict and broken else []
    alerts = [
        ("The gate does not hold.", gate),
        (f"{len(failed)} cases ended in an error and are in no number below.", failed),
        (f"{len(stale)} cases rest on text that changed since it was labelled.", stale),
    ]
    shown = [joined(tag("p", text), tag("ul", items)) for text, items in alerts if items]
    return tag("div", shown, class_="alert", role="note") if shown else None


def _scores(run: Run) -> Markup:
    method = (
        f"Every score with its n, its {100 * CONFIDENCE:.0f} % interval (Wilson for shares, else a bootstrap "
        f"of {RESAMPLES:,} samples of the cases) and its target. Cases without gold for a metric are not in "
        f"its n."
    )
    return joined(tag("p", method), score_table(run.summary.groups))


def _latency(results: Sequence[CaseResult]) -> Markup | None:
    times = [ms for result in results for ms in result.reply_ms if ms > 0]
    if not times:
        return None
    p50, p95 = (float(each) for each in np.quantile(times, [0.5, 0.95]))
    text = f"{len(times)} replies: half within {p50:.1f} ms, 95 % within {p95:.1f} ms. Times are never gated."
    return joined(tag("p", text), tag("figure", latency_plot(times, [("p50", p50), ("p95", p95)])))


def _cases(run: Run) -> Markup | None:
    groups = worst_cases(run.results)
    if not groups:
        return None
    total = sum(group.count for group in groups)
    text = (
        f"{total} of {run.summary.cases} cases have some fault. Each stands under its gravest one, at most "
        f"{MOST_PER_FAULT} under each; with --json every case has a row of its own."
    )
    return joined(tag("p", text), map(_faulty, groups))


def _faulty(group: FaultyCases) -> Markup:
    shown = len(group.shown)
    count = f"{group.count}" if shown == group.count else f"{shown} of {group.count}"
    return tag(
        "section",
        tag("h3", group.fault.says, " ", tag("span", count, class_="small")),
        map(trace, group.shown),
        class_="fault",
    )


def _footer() -> Markup:
    return tag(
        "footer",
        tag(
            "p",
            "Scored by fixed rules: no model judges, and a second run gives the same scores. "
            "No clinician and no independent annotator took part in making or labelling the packaged sets.",
        ),
    )
