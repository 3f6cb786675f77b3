from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.check import check_corpus
from corpus.checks.checked import CheckedArticle, CheckedCorpus
from corpus.checks.front_matter import check_reading
from corpus.profile import LENIENT, STRICT, CheckName, Level
from corpus.readability import reading_grade
from corpus.reader import OUR_CORPUS, read_article
from tests.conftest import DEVELOPMENT_TEXTS, TODAY
from tests.corpus.seeded import ARTICLE, SMALL, found, report_of, write_corpus

MORE = ARTICLE.replace("\n## Questions", "\nSOMETHING MORE.\n\n## Questions")


def bees_file(folder: Path) -> Path:
    write_corpus(folder)
    return folder / "bees.md"


def with_sentence(sentence: str) -> str:
    return MORE.replace("SOMETHING MORE.", sentence)


def test_a_sound_corpus_has_no_finding(tmp_path: Path) -> None:
    assert found(report_of(tmp_path)) == []


def test_a_report_counts_what_it_covers(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    assert (report.articles, report.sections, report.words, report.facts) == (1, 2, 7, 1)


@pytest.mark.parametrize(
    ("check", "old", "new", "line"),
    [
        ("front-matter", "summary: What bees do.\n", "", 1),
        ("front-matter", "topics:", "tpics:", 1),
        ("front-matter", "clinical_review: none", "clinical_review: yes", 1),
        ("front-matter", "id: bees", "id: wasps", 1),
        ("review-date", "2026-11-01", "2024-11-01", 1),
        ("review-date", "2026-11-01", "2027-11-01", 1),
        ("facts", "<!-- facts: 1-001 -->\n", "", 12),
        ("facts", "1-001", "1-001, 9-999", 12),
        ("empty-section", "- Do bees sleep?\n", "", 17),
        ("headings", "Do bees have legs?", "Legs", 12),
        ("openings", "Bees have", "They have", 15),
        ("openings", "Bees have six legs", "Ants have six", 15),
    ],
)
def test_a_seeded_defect_is_found(tmp_path: Path, check: str, old: str, new: str, line: int) -> None:
    assert old in ARTICLE
    report = report_of(tmp_path, ARTICLE.replace(old, new, 1), replace(SMALL, asked_as_needed=False))
    assert (check, "bees.md", line) in found(report)


@pytest.mark.parametrize("heading", ["At a glance", "Questions to ask", "Bees can walk", "How bees walk"])
def test_a_heading_that_asks_or_states_is_none(tmp_path: Path, heading: str) -> None:
    report = report_of(
        tmp_path, ARTICLE.replace("Do bees have legs?", heading), replace(SMALL, asked_as_needed=False)
    )
    assert "headings" not in {f.check for f in report.findings}


@pytest.mark.parametrize(
    "sentence",
    [
        "With bees, you should wear a hat.",
        "You'll find that you need to stop.",
        "Many keepers stop your medicine.",
        "Do not run.",
        "Take the honey with food.",
    ],
)
def test_a_directive_is_found(tmp_path: Path, sentence: str) -> None:
    assert found(report_of(tmp_path, with_sentence(sentence))) == [("directives", "bees.md", 17)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Call the keeper right away.",
        "Many people wear a hat.",
        "Use of smoke calms bees.",
        "Avoiding smoke is common.",
        "Bees stop and start.",
    ],
)
def test_general_words_are_no_directive(tmp_path: Path, sentence: str) -> None:
    assert found(report_of(tmp_path, with_sentence(sentence))) == []


@pytest.mark.parametrize("dose", ["5 mg", "1.5ml", "200 micrograms", "400 IU"])
def test_a_dose_figure_is_found(tmp_path: Path, dose: str) -> None:
    report = report_of(tmp_path, with_sentence(f"Many bees get {dose} of syrup."))
    assert ("doses", "bees.md", 17) in found(report)


def test_a_blood_level_is_no_dose(tmp_path: Path) -> None:
    report = report_of(tmp_path, with_sentence("A level of 5 mg/dl is a level."))
    assert "doses" not in {f.check for f in report.findings}


HARD = (
    "Apicultural practitioners habitually recommend immediate administration of supplementary "
    "carbohydrate preparations throughout unfavourable meteorological circumstances."
)


def test_an_article_that_is_hard_to_read_is_an_error_and_its_section_a_warning(tmp_path: Path) -> None:
    report = report_of(tmp_path, with_sentence(HARD))
    assert [(f.check, f.line, f.severity) for f in report.findings] == [
        ("grade", 1, "error"),
        ("grade", 12, "warning"),
    ]


def test_a_short_article_is_found(tmp_path: Path) -> None:
    report = report_of(tmp_path, profile=STRICT)
    assert [f.problem for f in report.findings] == [
        "2 sections where 5 to 10 are wanted",
        "7 words where 500 to 1100 are wanted",
    ]


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("[a book](htp://bees.org)", "does not begin with http"),
        ("[a book](http://bees .org)", "has a space in it"),
        ("[a book](https://bees)", "names no host"),
        ("www.bees.org", "does not begin with http"),
    ],
)
def test_a_broken_link_is_found(tmp_path: Path, link: str, problem: str) -> None:
    report = report_of(tmp_path, with_sentence(f"Bees are in {link} too."))
    links = [f for f in report.findings if f.check == "links"]
    assert [(f.line, problem in f.problem) for f in links] == [(17, True)]


def test_a_whole_link_is_none(tmp_path: Path) -> None:
    link = "[a book](https://en.example.org/bees_(insect)?a=1#top)"
    assert "links" not in {f.check for f in report_of(tmp_path, with_sentence(link)).findings}


@pytest.mark.parametrize("address", ["hives.md", "#legs", "../pictures/bee.png"])
def test_a_link_to_a_file_is_found_only_where_whole_addresses_are_asked_for(
    tmp_path: Path, address: str
) -> None:
    article = with_sentence(f"Bees are in [a text]({address}) too.")
    assert "links" in {f.check for f in report_of(tmp_path, article).findings}
    assert "links" not in {f.check for f in report_of(tmp_path, article, LENIENT).findings}


def test_a_broken_link_of_the_register_is_found_on_its_line(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    path = tmp_path / "facts.yaml"
    path.write_text(path.read_text().replace("https://example.org/swarms", "example.org/swarms"))
    report = check_corpus(tmp_path, today=TODAY, profile=SMALL)
    assert found(report) == [("links", "facts.yaml", 8)]


def test_what_the_reader_noticed_is_passed_on(tmp_path: Path) -> None:
    article = replace(read_article(bees_file(tmp_path)), notes=("The encoding was guessed.",))
    corpus = CheckedCorpus((CheckedArticle(article),), TODAY)
    (found,) = check_reading(corpus.articles[0], corpus)
    assert (found.check, found.severity, found.problem) == ("reading", "warning", "The encoding was guessed")


def test_a_file_in_another_encoding_is_checked_as_it_was_read(tmp_path: Path) -> None:
    bees_file(tmp_path).write_text(ARTICLE.replace("Bees have", "Bees, as naïve as they are, have"), "utf-16")
    assert "unreadable" not in {f.check for f in check_corpus(tmp_path, today=TODAY, profile=SMALL).findings}


def test_nine_words_in_a_row_from_the_reference_are_found(tmp_path: Path) -> None:
    write_corpus(tmp_path, with_sentence("All the bees of a hive leave it in spring together."))
    reference = tmp_path / "reference.txt.note"
    reference.write_text("He says that all the bees of a hive leave it in late spring.")
    report = check_corpus(tmp_path, today=TODAY, profile=SMALL, reference=reference)
    assert found(report) == [("copied", "bees.md", 17)]
    reference.write_text("He says that all the bees of a hive leave in late spring.")
    assert found(check_corpus(tmp_path, today=TODAY, profile=SMALL, reference=reference)) == []


def test_a_file_that_cannot_be_read_is_an_error_in_any_profile(tmp_path: Path) -> None:
    silent = replace(LENIENT, levels=dict.fromkeys(CheckName, Level.OFF))
    report = report_of(tmp_path, "", profile=silent)
    assert [(f.check, f.severity) for f in report.findings] == [("unreadable", "error")]


def test_anyones_folder_without_any_of_our_files_is_no_error(bee_folder: Path) -> None:
    report = check_corpus(bee_folder, today=TODAY)
    assert (report.profile, report.errors) == ("lenient", 0)


def test_a_level_changes_what_becomes_of_a_finding(tmp_path: Path) -> None:
    article = with_sentence("Many bees get no less than 5 mg. You should know.")
    levels = {CheckName.DOSES: Level.OFF, CheckName.DIRECTIVES: Level.WARNING, CheckName.FIGURES: Level.OFF}
    report = report_of(tmp_path, article, replace(SMALL, levels=levels))
    assert [(f.check, f.severity) for f in report.findings] == [("directives", "warning")]


def test_our_own_articles_are_clean() -> None:
    report = check_corpus(OUR_CORPUS, today=TODAY)
    assert [str(f) for f in report.findings if f.severity == "error"] == []
    assert (report.profile, report.articles) == ("strict", 54)


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
