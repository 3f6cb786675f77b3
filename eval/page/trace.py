"""What happened in one case, turn by turn: what was asked, understood, quoted, and what is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.markup import Content, Markup, joined, tag
from eval.metrics import section_of
from eval.page.worst import faults_of
from eval.runner import CaseResult, TurnResult
from eval.scoring import contradictions, form_faults, gold_sections, nuggets_cited, nuggets_found


def trace(result: CaseResult) -> Markup:
    """Return the card of a case."""
    case = result.case
    faults = dict.fromkeys(fault.name for turn in result.turns for fault in faults_of(turn))
    heading = tag(
        "header",
        tag("h4", case.id),
        tag("p", f"{result.set_name} · {case.split.value}", *_tags(case.tags), class_="where"),
        tag("p", [_chip(fault, "bad") for fault in faults], class_="chips"),
    )
    several = len(result.turns) > 1
    turns = [_turn(turn, n if several else None) for n, turn in enumerate(result.turns, 1)]
    return tag("article", heading, turns, class_="case")


def _tags(tags: Iterable[str]) -> Iterator[Markup]:
    for each in tags:
        yield joined(" · ", each)


def _turn(turn: TurnResult, number: int | None) -> Markup:
    gold, seen = turn.gold, turn.observed
    rows = [
        ("understood as", seen.understood and _said(seen.understood)),
        ("reply", _against(seen.kind.value, [kind.value for kind in gold.kinds])),
        ("categories", _categories(turn)),
        ("rules", _codes(seen.rules)),
        ("notice", seen.notice and _said(seen.notice)),
        ("form", _marked([fault.value for fault in form_faults(seen)])),
        ("confidence", f"{seen.confidence:.3f}"),
        ("quotes", _quotes(turn)),
        ("cited", _cited(turn)),
        ("right sections", _gold_sections(turn)),
        ("facts", _facts(turn)),
        ("must not say", _marked(contradictions(gold, seen))),
    ]
    return tag(
        "section",
        tag("p", f"Turn {number}", class_="turn-number") if number else None,
        tag("blockquote", gold.question, class_="question", dir="auto"),
        tag("dl", [joined(tag("dt", name), tag("dd", value)) for name, value in rows if value]),
        class_="turn",
    )


def _categories(turn: TurnResult) -> Markup | None:
    gold, seen = turn.gold, turn.observed.categories
    if gold.categories is None:
        return _codes(seen)
    shown = joined(_names(seen))
    if set(gold.categories) <= set(seen) <= {*gold.categories, *gold.also}:
        return shown
    also = f" (or {_names(gold.also)})" if gold.also else ""
    return joined(shown, tag("span", f"right: {_names(gold.categories)}{also}", class_="right-is"))


def _names(categories: Iterable[str]) -> str:
    return ", ".join(categories) or "none"


def _against(seen: str, right: list[str]) -> Markup:
    if not right or seen in right:
        return joined(seen)
    return joined(seen, tag("span", f"right: {' or '.join(right)}", class_="right-is"))


def _quotes(turn: TurnResult) -> Markup | None:
    seen = turn.observed
    context = seen.context or ((),) * len(seen.quotes)
    items = [
        tag(
            "li",
            tag("q", text, dir="auto"),
            None if exact else _chip("not what the article says", "bad"),
            [_chip(f"lost: {fault.value}", "bad") for fault in lost],
        )
        for text, exact, lost in zip(seen.quotes, seen.exact, context, strict=True)
    ]
    return tag("ol", items, class_="quotes") if items else None


def _cited(turn: TurnResult) -> Markup | None:
    gold = gold_sections(turn.gold)
    items = [
        tag("li", tag("code", passage), _verdict(section_of(passage) in gold) if gold else None)
        for passage in turn.observed.passages
    ]
    return tag("ul", items) if items else None


def _gold_sections(turn: TurnResult) -> Markup | None:
    """Return where each needed section was found, then those of which one is enough."""
    ranking = turn.observed.ranking
    enough = [section for section in turn.gold.sections_any if section not in turn.gold.sections_all]
    found = [section for section in enough if section in ranking]
    others = [section for section in enough if section not in ranking]
    items = [
        *(tag("li", tag("code", section), _place(section, ranking)) for section in turn.gold.sections_all),
        *(tag("li", tag("code", section), _place(section, ranking)) for section in found),
    ]
    if others and not found:
        items.append(tag("li", _chip(f"none of these among the first {len(ranking)}", "bad"), _codes(others)))
    elif others:
        items.append(tag("li", "or, not found: ", _codes(others), class_="small"))
    return tag("ul", items) if items else None


def _place(section: str, ranking: Sequence[str]) -> Markup:
    if section not in ranking:
        return _chip(f"not among the first {len(ranking)}", "bad")
    place = ranking.index(section) + 1
    return _chip(f"found as no. {place}", "good" if place <= 5 else "bad")


def _facts(turn: TurnResult) -> Markup | None:
    flags = zip(
        turn.gold.nuggets,
        nuggets_found(turn.gold, turn.observed),
        nuggets_cited(turn.gold, turn.observed),
        strict=True,
    )
    items = []
    for nugget, found, cited in flags:
        state = "stated" if found else "cited, not stated" if cited else "missing"
        patterns = " or ".join(pattern.pattern for pattern in nugget.patterns)
        vital = _chip("vital", "plain") if nugget.vital else None
        items.append(tag("li", _chip(state, "good" if found else "bad"), vital, tag("code", patterns)))
    return tag("ul", items) if items else None


def _said(text: str) -> Markup:
    return tag("span", text, dir="auto")


def _codes(names: Iterable[str]) -> Markup | None:
    codes = [tag("code", name) for name in names]
    return joined([joined(" ", code) for code in codes]) if codes else None


def _marked(texts: Iterable[str]) -> Markup | None:
    chips = [_chip(text, "bad") for text in texts]
    return joined(chips) if chips else None


def _verdict(right: bool) -> Markup:
    return _chip("right", "good") if right else _chip("not a right section", "bad")


def _chip(text: Content, kind: str) -> Markup:
    return tag("span", text, class_=f"chip {kind}")
