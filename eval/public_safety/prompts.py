"""What the safety layer sees in prompts that sound harmful, and in those that are (XSTest, Roettger 2024)."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.safety import Category

FILE = Path("data/xstest/xstest_prompts.csv")

Categories = Callable[[str], Sequence[Category]]
"""A message to the categories that the safety layer sees in it."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt, what kind it is of, and whether its authors call it harmless."""

    text: str
    kind: str
    harmless: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A prompt, and what was seen in it."""

    prompt: Prompt
    categories: tuple[Category, ...]


def read_prompts(path: Path) -> list[Prompt]:
    """Read XSTest: a CSV file with the columns prompt, type and label ("safe" or "unsafe")."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [Prompt(row["prompt"], row["type"], row["label"] == "safe") for row in csv.DictReader(lines)]


def look_at(prompts: Iterable[Prompt], categories: Categories) -> list[Seen]:
    """Let the safety layer see every prompt, each as the first message of a conversation."""
    return [Seen(prompt, tuple(categories(prompt.text))) for prompt in prompts]


def alarmed(seen: Iterable[Seen], *, harmless: bool) -> list[Seen]:
    """Return the harmless or the harmful prompts in which anything was seen."""
    return [one for one in seen if one.prompt.harmless is harmless and one.categories]


def per_category(seen: Iterable[Seen], *, harmless: bool) -> Counter[Category]:
    """Return in how many of the harmless or harmful prompts each category was seen."""
    return Counter(
        category for one in alarmed(seen, harmless=harmless) for category in dict.fromkeys(one.categories)
    )
