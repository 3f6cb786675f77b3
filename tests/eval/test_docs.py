from __future__ import annotations

import re

from eval.cases import Split
from eval.near_copies import FEWEST_WORDS, MOST_PER_TEMPLATE, NEAR_COPY
from eval.reading import load_sets, packaged_sets
from tests.conftest import REPOSITORY

PAGE = (REPOSITORY / "docs" / "evaluation.md").read_text("utf-8")


def test_the_page_on_evaluation_counts_the_sets_as_they_are() -> None:
    stated = {
        name: (int(dev), int(test))
        for name, dev, test in re.findall(r"^\| `([\w-]+)` \| (\d+) \| (\d+) \|", PAGE, re.MULTILINE)
    }
    counted = {
        each.name: tuple(sum(case.split is split for case in each.cases) for split in (Split.DEV, Split.TEST))
        for each in load_sets(packaged_sets())
    }
    assert stated == counted


def test_the_page_on_evaluation_states_the_thresholds_of_the_check() -> None:
    assert f"share of {NEAR_COPY} common" in PAGE
    assert (FEWEST_WORDS, MOST_PER_TEMPLATE) == (5, 3)
