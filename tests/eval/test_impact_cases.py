from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.context import WrongUse
from bot.receipts.pinned import PinnedCase, all_pinned_cases, read_rows
from bot.receipts.present import section_sha256
from eval import impact_cases
from eval.impact_cases import packaged_cases, rows_of
from eval.pins import PINS_NAME, pins_text
from eval.reading import load_set

SET = """
- id: nectar
  question: "What do bees eat?"
  kind: answer
  categories: []
  split: dev
  sections_any: ["bees#eat", "bees#swarm"]
- id: hello
  question: "Hello"
  kind: chat
  categories: []
  split: dev
"""


@pytest.fixture
def bee_set(tmp_path: Path) -> Path:
    path = tmp_path / "bees.yaml"
    path.write_text(SET, "utf-8")
    (tmp_path / PINS_NAME).write_text(pins_text({"bees#eat": section_sha256("Nectar.")}), "utf-8")
    return path


def test_each_gold_section_of_a_case_is_a_row_with_its_pin(bee_set: Path) -> None:
    assert read_rows(rows_of([load_set(bee_set)])) == [
        PinnedCase("nectar", "bees", "bees#eat", section_sha256("Nectar.")),
        PinnedCase("nectar", "bees", "bees#swarm", None),
    ]


def test_a_set_that_cannot_be_read_is_a_clear_error(bee_set: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bee_set.write_text("- id: [", "utf-8")
    monkeypatch.setattr(impact_cases, "packaged_sets", lambda: [bee_set])
    with pytest.raises(WrongUse, match="YAML"):
        packaged_cases()


def test_the_packaged_cases_reach_the_chat_by_the_entry_point() -> None:
    cases = all_pinned_cases()
    assert cases
    assert all("#" in case.section for case in cases)
    assert sum(case.sha256 is not None for case in cases) > len(cases) / 2
