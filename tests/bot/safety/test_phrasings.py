from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.safety import Category, assess, load_rules

PHRASINGS: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("phrasings.yaml").read_text(encoding="utf-8")
)
LEAST_RECALL = {"crisis": 0.98, "emergency": 0.97, "urgent": 0.96, "treatment_decision": 0.95, "dosing": 0.95}
MOST_FALSE_ALARMS = 0.05


@pytest.mark.parametrize("category", LEAST_RECALL)
def test_other_wordings_of_a_category_are_found(category: str) -> None:
    messages = PHRASINGS[category]["fires"]
    missed = [
        text for text in messages if Category(category) not in assess([text], load_rules(), None).categories
    ]
    assert 1 - len(missed) / len(messages) >= LEAST_RECALL[category], missed


@pytest.mark.parametrize("category", LEAST_RECALL)
def test_look_alikes_stay_quiet(category: str) -> None:
    messages = PHRASINGS[category]["quiet"]
    loud = [text for text in messages if Category(category) in assess([text], load_rules(), None).categories]
    assert len(loud) / len(messages) <= MOST_FALSE_ALARMS, loud
