from __future__ import annotations

from pathlib import Path

import pytest

from corpus.check import check_corpus
from corpus.editorial import Profile
from corpus.readability import reading_grade
from corpus.reader import OUR_CORPUS
from tests.conftest import DEVELOPMENT_TEXTS, TODAY

HEADER = """---
id: bees
title: Keeping bees
summary: What bees do.
topics: [bees]
audience: everyone
reviewed: 2026-11-01
clinical_review: none
license: CC-BY-4.0
---
"""
SOUND = "\n## Do bees have legs?\n<!-- facts: 1-001 -->\n\nBees have six legs.\n"
FACT = '1-001: {says: "Legs.", source: {title: "B", url: "https://b.org"}, as_of: "2025", status: verified}\n'
LOOSE = Profile(min_words=0, min_sections=1)


def checks_of(folder: Path, article: str, profile: Profile = LOOSE, name: str = "bees.md") -> list[str]:
    (folder / "facts.yaml").write_text(FACT)
    (folder / name).write_text(article)
    return [f.check for f in check_corpus(folder, today=TODAY, profile=profile).findings]


def test_a_sound_article_has_no_finding(tmp_path: Path) -> None:
    assert checks_of(tmp_path, HEADER + SOUND) == []


@pytest.mark.parametrize(
    ("check", "article"),
    [
        ("front-matter", HEADER.replace("summary: What bees do.\n", "") + SOUND),
        ("front-matter", HEADER.replace("topics:", "tpics:") + SOUND),
        ("front-matter", HEADER.replace("clinical_review: none", "clinical_review: yes") + SOUND),
        ("front-matter", HEADER.replace("id: bees", "id: wasps") + SOUND),
        ("stale", HEADER.replace("2026-11-01", "2024-11-01") + SOUND),
        ("stale", HEADER.replace("2026-11-01", "2027-11-01") + SOUND),
        ("facts", HEADER + SOUND.replace("<!-- facts: 1-001 -->\n", "")),
        ("facts", HEADER + SOUND.replace("1-001", "9-999")),
        ("opening", HEADER + SOUND.replace("Bees have", "They have")),
        ("dose", HEADER + SOUND + "Many bees get 125 mg of syrup.\n"),
        ("directive", HEADER + SOUND + "With bees, you should wear a hat.\n"),
        ("shape", HEADER + SOUND + "\n## What else?\n<!-- facts: 1-001 -->\n"),
        (
            "grade",
            HEADER + SOUND + "Apicultural practitioners habitually recommend immediate administration of "
            "supplementary carbohydrate preparations throughout unfavourable meteorological circumstances.\n",
        ),
    ],
)
def test_a_seeded_defect_is_found(tmp_path: Path, check: str, article: str) -> None:
    assert set(checks_of(tmp_path, article)) == {check}


def test_a_short_article_is_found(tmp_path: Path) -> None:
    assert checks_of(tmp_path, HEADER + SOUND, Profile()) == ["length", "length"]


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    assert checks_of(tmp_path, "") == ["unreadable"]


def test_nine_words_in_a_row_from_the_reference_are_found(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text(FACT)
    (tmp_path / "bees.md").write_text(
        HEADER + SOUND + "\nAll the bees of a hive leave it in spring together.\n"
    )
    reference = tmp_path / "reference.txt"
    reference.write_text("He says that all the bees of a hive leave it in late spring.")
    found = check_corpus(tmp_path, today=TODAY, profile=LOOSE, reference=reference).findings
    assert [(f.check, f.line) for f in found if f.file.endswith("bees.md")] == [("copied", 17)]


def test_our_own_articles_are_clean() -> None:
    report = check_corpus(OUR_CORPUS, today=TODAY)
    assert [str(f) for f in report.findings if f.severity == "error"] == []
    assert report.articles >= 12


def test_our_own_articles_share_no_run_with_the_article_that_it_began_from() -> None:
    reference = DEVELOPMENT_TEXTS / "corpus" / "source-article.txt"
    if not reference.is_file():
        pytest.skip("the source article is not on this machine")
    report = check_corpus(OUR_CORPUS, today=TODAY, reference=reference)
    assert [str(f) for f in report.findings if f.check == "copied"] == []


def test_the_reading_grade_follows_its_formula() -> None:
    # 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59
    assert reading_grade(["The cat sat on the mat."]) == pytest.approx(-1.45)
    assert reading_grade([]) == 0.0
