"""What rests on changed passages, as lines for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.conversations.wording import counted
from bot.receipts.impact import AnswerUse, CaseUse, TouchedPassage
from corpus.text import one_line, shortened, some_of

_SHOWN = 8
"""Answers, and cases, that are named of one passage."""
_QUESTION = 60


def report_lines(touched: Sequence[TouchedPassage], against: str) -> Iterator[str]:
    """Yield the passages that something rests on, most used first, and the sum of all."""
    used = [one for one in touched if one.uses]
    before: tuple[CaseUse, ...] = ()
    for one in used:
        yield f"{one.uses:>4}  {one_line(one.place)}  {one.standing.value}: {one.why}"
        if one.title:
            yield f"      {one_line(one.title)}"
        yield from _answers(one.answers)
        yield from _cases(one.cases, before)
        before = one.cases
    if used:
        yield ""
    if not touched:
        yield f"{against}: nothing that anything rests on has changed."
        return
    unused = len(touched) - len(used)
    rest = f" Nothing rests on {unused} more." if unused else ""
    answers = len({(use.conversation, use.turn) for one in used for use in one.answers})
    cases = len({use.case for one in used for use in one.cases})
    yield (
        f"{against}: {counted(len(used), 'changed passage')} with {counted(answers, 'saved answer')} "
        f"and {counted(cases, 'evaluation case')} on them.{rest}"
    )


def report_json(touched: Sequence[TouchedPassage]) -> list[dict[str, Any]]:
    """Return all passages as values that JSON has, most used first."""
    return [
        {
            "passage": one.place,
            "title": one.title or None,
            "standing": one.standing.value,
            "why": one.why,
            "uses": one.uses,
            "answers": [
                {
                    "conversation": use.conversation,
                    "turn": use.turn,
                    "question": use.question,
                    "touched": "quote" if use.quoted else "passage",
                }
                for use in one.answers
            ],
            "cases": [{"case": use.case, "set": use.set_name} for use in one.cases],
        }
        for one in touched
    ]


def _answers(uses: Sequence[AnswerUse]) -> Iterator[str]:
    if not uses:
        return
    yield f"      {counted(len(uses), 'saved answer')}"
    for use in uses[:_SHOWN]:
        question = shortened(one_line(use.question), _QUESTION)
        what = "" if use.quoted else " (words beside the quoted ones)"
        yield f"        {use.conversation} question {use.turn}: {question}{what}"
    if len(uses) > _SHOWN:
        yield f"        and {len(uses) - _SHOWN} more"


def _cases(uses: Sequence[CaseUse], before: Sequence[CaseUse]) -> Iterator[str]:
    if not uses:
        return
    if uses == before:
        yield f"      the same {counted(len(uses), 'evaluation case')}"
        return
    by_set: dict[str, list[str]] = {}
    for use in uses:
        by_set.setdefault(use.set_name, []).append(use.case)
    yield f"      {counted(len(uses), 'evaluation case')}"
    for name, cases in by_set.items():
        yield f"        {one_line(name)}: {one_line(some_of(cases, _SHOWN))}"
