"""The sheet for a clinician who reviews the safety layer: ``python -m bot.safety.sheet`` writes it.

All of it is generated from the files that the layer runs on, so that what is reviewed is what runs.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bot.safety.backstop import FITTED, load_backstop
from bot.safety.compile import HERE, read_model, read_yaml, rule_files
from bot.safety.rules import COMPILED, Category
from bot.safety.schema import Countries, Notices, RuleFile, Rules, Wording
from corpus.facts import read_facts
from corpus.reader import OUR_CORPUS

SHEET = HERE.parents[1] / "docs" / "safety-review.md"
RED_FLAG_ROWS = tuple(f"4-{number:03}" for number in range(26, 52))
"""Facts on fever, infection and other red flags."""

_EXAMPLES = 3
_TIERS = {
    Category.CRISIS: "crisis: only the help stands",
    Category.EMERGENCY: "emergency: the number first, one short passage",
    Category.URGENT: "urgent: the clinic's line first, one short passage",
    Category.HARMFUL: "boundary: declines, nothing follows",
    Category.OFF_TOPIC: "not covered: says what the chat is about",
}
_BOUNDARY = "boundary: one or two sentences, then what the articles say"
_SIGN_OFF = (
    "Reviewed by",
    "Role and registration",
    "Date",
    "Version reviewed",
    "Accepted, or changes asked for",
)


def version() -> str:
    """Return the fingerprint of the rules, texts, numbers and fitted thresholds."""
    content = COMPILED.read_bytes() + FITTED.read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]


def sheet() -> str:
    """Return the whole sheet as Markdown; the same files always give the same sheet."""
    countries = read_model(HERE / "countries.yaml", Countries)
    notices = read_model(HERE / "notices.yaml", Notices)
    files = [file for _, file in rule_files()]
    parts = (
        _opening(),
        _tiers(files),
        _numbers(countries),
        _thresholds(countries),
        _texts("Texts for people in cancer treatment", notices),
        _texts("Texts for readers of other articles", notices.anyone),
        _rules(files),
        _backstop(),
        _rows(files),
        _sign_off(),
    )
    return "\n".join(line for part in parts for line in part).rstrip("\n") + "\n"


def rules_by_row(files: Iterable[Rules]) -> dict[str, list[str]]:
    """Return the ids of the rules that rest on each row on red flags."""
    found: dict[str, list[str]] = {row: [] for row in RED_FLAG_ROWS}
    for file in files:
        for rule in file.rules:
            for row in _rows_named(rule.source):
                if row in found:
                    found[row].append(rule.id)
    return found


def rows_without_rule(folder: Path = HERE) -> dict[str, str]:
    """Return why a row on red flags has no rule."""
    return TypeAdapter(dict[str, str]).validate_python(read_yaml(folder / "rows.yaml"))


def _rows_named(source: str) -> Iterator[str]:
    """Yield the fact ids in a source, ranges written out: "facts 4-026 to 4-028"."""
    for first, last in re.findall(r"(\d-\d{3})(?: to (\d-\d{3}))?", source):
        numbers = range(int(first[2:]), int((last or first)[2:]) + 1)
        yield from (f"{first[0]}-{number:03}" for number in numbers)


def _opening() -> Iterator[str]:
    yield "# Safety layer: sheet for review"
    yield ""
    yield f"Version {version()}. Written by `python -m bot.safety.sheet`; changes belong into `bot/safety/`."
    yield ""
    yield "No clinician has reviewed this sheet so far. The fields for that stand at the end."
    yield ""
    yield "The chat is for education. It does not check symptoms; no notice never means that someone is safe."
    yield "A rule decides what is said first. Only in a crisis, and for harm to others, nothing follows it."
    yield ""


def _tiers(files: Sequence[Rules]) -> Iterator[str]:
    yield "## Categories, most serious first"
    yield ""
    rows = []
    for place, category in enumerate(Category, 1):
        rules = [rule for file in files if file.category is category for rule in file.rules]
        kind = _TIERS.get(category, _BOUNDARY)
        rows.append((str(place), category.value, kind, str(len(rules))))
    yield from _table(("#", "Category", "Reply", "Rules"), rows)


def _numbers(countries: Countries) -> Iterator[str]:
    yield "## Phone numbers"
    yield ""
    rows = [(n, one.show, str(one.source), one.checked.isoformat()) for n, one in countries.numbers.items()]
    yield from _table(("Name", "Shown as", "Source", "Last checked"), rows)
    yield "What stands in a text for each country:"
    yield ""
    shown = {name: number.show for name, number in countries.numbers.items()}
    limits = {code: limit.show for code, limit in countries.thresholds.items()}
    lines = [
        (code, key, text.format_map(shown | {"limits": limits[code]}))
        for code, one in countries.lines.items()
        for key, text in one.model_dump().items()
    ]
    yield from _table(("Country", "Placeholder", "Line"), lines)


def _thresholds(countries: Countries) -> Iterator[str]:
    yield "## Temperatures"
    yield ""
    rows = [
        (code, f"{one.fever_c} C or higher", f"below {one.low_c} C", one.source, one.checked.isoformat())
        for code, one in countries.thresholds.items()
    ]
    yield from _table(("Country", "Call at", "Call also", "Source", "Last checked"), rows)
    yield "Counts of stools, and the other signs, stand in the rules below."
    yield ""


def _texts(title: str, wording: Wording) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    notices = [
        (key, variant, text)
        for key, notice in wording.notices.items()
        for variant, text in notice.model_dump(exclude_none=True).items()
    ]
    yield from _table(("Notice", "Spoken to", "Text"), [(k, _spoken_to(v), t) for k, v, t in notices])
    for name, texts in (
        ("Line under an answer", wording.reminders),
        ("Closing line", wording.framing),
        ("Question to take along", wording.team_questions),
    ):
        yield from _table((name, "Text"), list(texts.items()))


def _spoken_to(variant: str) -> str:
    return "someone who cares for them" if variant == "carer" else "the person"


def _rules(files: Sequence[Rules]) -> Iterator[str]:
    yield "## Rules"
    yield ""
    yield "The patterns themselves stand in `bot/safety/rules/`; each rule is tried on all its examples"
    yield f"whenever rules are compiled. Shown are the first {_EXAMPLES} of each kind."
    yield ""
    placed = {category: place for place, category in enumerate(Category)}
    for file in sorted(files, key=lambda file: placed[file.category] if file.category else len(placed)):
        name = file.category.value if file.category else "signs (they count only together with others)"
        cancelled = ", ".join(status.value for status in file.cancels) or "nothing"
        yield f"### {name}"
        yield ""
        yield f"Cancelled where the sign is: {cancelled}."
        yield ""
        rows = [_rule_row(rule) for rule in file.rules]
        yield from _table(("Rule", "Rests on", "Fires on", "Stays silent on", "Remarks", "Review"), rows)


def _rule_row(rule: RuleFile) -> tuple[str, ...]:
    remarks = []
    if rule.together:
        remarks.append("only together: " + " with ".join(" or ".join(ids) for ids in rule.together))
    if rule.keeps:
        remarks.append("not cancelled by: " + ", ".join(status.value for status in rule.keeps))
    if rule.notice:
        remarks.append(f"notice: {rule.notice}")
    return (
        rule.id,
        rule.source,
        _some(rule.match),
        _some(rule.not_match),
        "; ".join(remarks),
        "",
    )


def _some(examples: Sequence[str | tuple[str, ...]]) -> str:
    texts = (one if isinstance(one, str) else " / ".join(one) for one in examples[:_EXAMPLES])
    return "<br>".join(texts)


def _backstop() -> Iterator[str]:
    yield "## The semantic backstop"
    yield ""
    yield "A model of each category over the words and the vector of a message, and one over the words alone"
    yield "for the time when no index is open. It may add a category, never take one away. It fires from"
    yield "these log odds on, taken from development messages:"
    yield ""
    backstop = load_backstop()
    rows = [
        (f"{category.value}.resembles", f"{both:.2f}", f"{alone:.2f}")
        for category, both, alone in zip(
            backstop.categories,
            backstop.with_vectors.threshold.tolist(),
            backstop.alone.threshold.tolist(),
            strict=True,
        )
    ]
    yield from _table(("Shown as", "From", "Words alone"), rows)


def _rows(files: Sequence[Rules]) -> Iterator[str]:
    yield "## Facts on red flags, and the rules that rest on them"
    yield ""
    facts = read_facts(OUR_CORPUS / "facts.yaml")
    resting, reasons = rules_by_row(files), rows_without_rule()
    rows = []
    for row in RED_FLAG_ROWS:
        fact = facts.get(row)
        says = fact.says if fact else "not used in the articles"
        rows.append((row, says, ", ".join(resting[row]) or "no rule: " + reasons.get(row, "")))
    yield from _table(("Row", "Says", "Rules"), rows)


def _sign_off() -> Iterator[str]:
    yield "## Sign-off"
    yield ""
    yield from _table(("Field", "To be filled in by the reviewer"), [(field, "") for field in _SIGN_OFF])


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield a Markdown table and an empty line; marks of a table inside a cell are escaped."""
    yield f"| {' | '.join(head)} |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


def main() -> int:
    """Write the sheet."""
    SHEET.write_text(sheet(), encoding="utf-8")
    sys.stdout.write(f"version {version()}: {SHEET}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
