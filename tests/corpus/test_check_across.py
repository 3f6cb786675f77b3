from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.check import check_corpus
from corpus.finding import Finding
from corpus.profile import LENIENT, CheckName
from tests.conftest import TODAY
from tests.corpus.test_check_facts import DRUGS

COPY = (
    "A colony that is strong in spring will often swarm when the weather turns warm and dry. "
    "The old queen leaves with half of the workers, and they hang together in a tree near the hive. "
    "Scouts look for a new home and dance on the surface of the swarm to show where it is."
)
STANDING = (
    "Call the keeper at once for a swarm in a chimney, a sting in the mouth, a swollen face, or more than "
    "a few stings in a child, and wait inside with all of the windows closed until the keeper has come and "
    "has taken the swarm away from the house and out of the garden."
)
EFFECT = """\
  dizziness:
    definition: "Dizziness is a feeling of turning."
    kind: symptom
  brown bee:
    definition: "A brown bee is a kind of bee."
    kind: subtype
"""


def findings(folder: Path, check: CheckName, *articles: str) -> list[Finding]:
    (folder / "glossary.yaml").write_text(DRUGS + EFFECT)
    for n, text in enumerate(articles):
        (folder / f"article-{n}.md").write_text(f"# Article {n}\n\n## What is so in {n}?\n\n{text}\n")
    profile = replace(LENIENT, levels={})
    return [f for f in check_corpus(folder, today=TODAY, profile=profile).findings if f.check == check]


def test_a_passage_that_two_articles_share_is_found_in_the_second(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, CheckName.DUPLICATES, f"One. {COPY} More.", f"Two, or three. {COPY} Less.")
    assert (Path(found.file).name, found.line, "article-0#" in found.problem) == ("article-1.md", 3, True)


def test_a_section_that_is_nearly_another_is_found(tmp_path: Path) -> None:
    altered = COPY.replace("warm and dry", "warm")
    (found,) = findings(tmp_path, CheckName.DUPLICATES, COPY, altered)
    assert "% the same" in found.problem


def test_passages_on_one_subject_in_other_words_are_none(tmp_path: Path) -> None:
    other = "In warm weather strong colonies swarm. Half of the workers leave with the queen that is old."
    assert findings(tmp_path, CheckName.DUPLICATES, COPY, other + " " + COPY[:80]) == []


def test_a_phrase_that_stands_in_many_articles_is_no_copied_passage(tmp_path: Path) -> None:
    texts = [
        f"A text on {' '.join(f'{subject}{n}' for n in range(30))}. {STANDING}"
        for subject in ("honey", "wax", "pollen", "smoke")
    ]
    assert findings(tmp_path, CheckName.DUPLICATES, *texts) == []


def test_the_same_phrase_in_two_articles_only_is_one(tmp_path: Path) -> None:
    texts = [f"A text on {' '.join(f'{subject}{n}' for n in range(30))}. {STANDING}" for subject in "ab"]
    assert len(findings(tmp_path, CheckName.DUPLICATES, *texts)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oxalin was first approved in the US in 2015.", "Oxy, first approved in the US in 2016, is a drug."),
        (
            "Oxalin was approved in the US in May 2019 for brown bees.",
            "The US approved oxalin for brown bees in June 2019.",
        ),
        ("Oxalin causes dizziness in 40% of bees.", "Dizziness came in 50% of bees on oxalin."),
        (
            "Oxalin causes dizziness in more than 60% of bees.",
            "Oxalin causes dizziness in about 40% of bees.",
        ),
        ("Oxalin causes dizziness in 40% to 45% of bees.", "Oxalin causes dizziness in 1 in 10 bees."),
        ("Oxalin is taken once a day.", "Oxalin is taken twice a day with food."),
        ("Oxalin is given every three weeks.", "Oxalin is given as an infusion every four weeks."),
    ],
)
def test_two_numbers_for_the_same_thing_are_found(tmp_path: Path, one: str, other: str) -> None:
    (found,) = findings(tmp_path, CheckName.CONTRADICTIONS, one, other)
    assert (Path(found.file).name, found.line) == ("article-1.md", 5)
    assert "article-0 (line 5)" in found.problem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oxalin was first approved in the US in 2015.", "Formil was first approved in the US in 2016."),
        ("Oxalin was first approved in the US in 2015.", "Oxalin was first approved in the EU in 2016."),
        ("Oxalin was first approved in the US in 2015.", "Oxalin was first approved in the US in May 2015."),
        (
            "Oxalin was approved in the US in May 2019 for brown bees.",
            "The US approved oxalin with formil for brown bees in June 2020.",
        ),
        (
            "Oxalin was approved in the US in May 2019 for brown bees.",
            "Oxalin was approved in the US in June 2020 as first treatment for brown bees.",
        ),
        ("Oxalin causes dizziness in 40% of bees.", "Oxalin causes severe dizziness in 3% of bees."),
        ("Oxalin causes dizziness in 40% of bees.", "Oxalin causes dizziness in about 42% of bees."),
        ("Oxalin causes dizziness in 40% of bees.", "Oxalin causes dizziness in more than 30% of bees."),
        ("Oxalin is given every three weeks.", "Oxalin needs blood tests, given every four weeks."),
    ],
)
def test_numbers_for_different_things_are_none(tmp_path: Path, one: str, other: str) -> None:
    assert findings(tmp_path, CheckName.CONTRADICTIONS, one, other) == []
