from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import ArticleError
from corpus.asked_as import read_asked_as
from tests.corpus.seeded import ASKED_AS, found, report_of


def test_ways_to_ask_are_read_by_article_and_section(tmp_path: Path) -> None:
    path = tmp_path / "asked_as.yaml"
    path.write_text(ASKED_AS)
    asked = read_asked_as(path)
    assert asked["bees"]["do-bees-have-legs"] == ("bee legs", "how many legs has a bee", "can a bee walk")


def test_a_file_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert read_asked_as(tmp_path / "asked_as.yaml") == {}


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("bees:\n- a\n", 1, "bees: not a mapping of sections"),
        ("bees:\n  legs: how many\n", 2, "bees > legs: not a list of phrases"),
        ("bees:\n  legs:\n  - a: b\n", 2, "bees > legs: not a list of phrases"),
        ("bees:\n  legs: [a]\n  legs: [b]\n", 3, "the key bees > legs stands on line 2 too"),
        ("- bees\n", 1, "not a mapping"),
        ("bees: [\n", 2, "not valid YAML"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: str, line: int, problem: str) -> None:
    path = tmp_path / "asked_as.yaml"
    path.write_text(content)
    with pytest.raises(ArticleError) as refused:
        read_asked_as(path)
    assert (refused.value.line, problem in refused.value.problem) == (line, True)
    assert found(report_of(tmp_path, asked_as=content)) == [("asked-as", "asked_as.yaml", line)]


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("    - can a bee walk\n", "", 2, "2 ways to ask for bees#do-bees-have-legs"),
        ("  questions-to-ask-the-keeper", "  questions", 6, "no section 'questions'"),
        ("bees:\n", "wasps: {sting: [one, two, three]}\nbees:\n", 1, "there is no article 'wasps'"),
        ("bee questions", "Bee legs?", 6, "'Bee legs?' stands under bees#do-bees-have-legs too"),
        ("bee questions", "keeper, visit", 6, "has a phrase twice"),
    ],
)
def test_a_seeded_defect_is_found(tmp_path: Path, old: str, new: str, line: int, problem: str) -> None:
    assert old in ASKED_AS
    report = report_of(tmp_path, asked_as=ASKED_AS.replace(old, new, 1))
    assert (line, True) in [(f.line, problem in f.problem) for f in report.findings]
    assert {str(f.check) for f in report.findings} <= {"asked-as"}


def test_up_to_thirty_ways_are_fine_and_one_more_is_not(tmp_path: Path) -> None:
    more_ways = "\n    - ".join(f"way {letter}" for letter in [*"abcdefghijklmnopqrstuvwxyz", "aa", "bb"])
    thirty = ASKED_AS.replace("- bee legs", f"- {more_ways}")
    assert found(report_of(tmp_path, asked_as=thirty)) == []
    more = thirty.replace("- way a\n", "- way a\n    - way cc\n")
    assert [f.problem[:10] for f in report_of(tmp_path, asked_as=more).findings] == ["31 ways to"]
