from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import ArticleError
from corpus.profile import LENIENT, STRICT, CheckName, Level, ProfileName, read_profile
from corpus.reader import OUR_CORPUS


def settings(folder: Path, content: str) -> Path:
    path = folder / "corpus.toml"
    path.write_text(content)
    return path


def test_a_corpus_that_says_nothing_is_held_to_the_lenient_profile(tmp_path: Path) -> None:
    assert read_profile(tmp_path / "corpus.toml") == LENIENT
    assert read_profile(settings(tmp_path, 'name = "Bees"\n')) == LENIENT


def test_our_corpus_is_held_to_the_strict_profile_without_any_change() -> None:
    assert read_profile(OUR_CORPUS / "corpus.toml") == STRICT
    assert STRICT.levels == {}


def test_a_table_changes_single_limits_and_levels(tmp_path: Path) -> None:
    table = '[check]\nprofile = "strict"\nmax_words = 2000\n[check.levels]\ndoses = "off"\n'
    profile = read_profile(settings(tmp_path, table))
    assert (profile.profile, profile.max_words, profile.min_words) == (ProfileName.STRICT, 2000, 500)
    assert profile.levels == {CheckName.DOSES: Level.OFF}


def test_a_name_takes_the_place_of_the_one_in_the_table_and_keeps_its_limits(tmp_path: Path) -> None:
    table = '[check]\nprofile = "strict"\nmax_grade = 7\n'
    profile = read_profile(settings(tmp_path, table), ProfileName.LENIENT)
    assert (profile.profile, profile.max_grade, profile.facts_needed) == (ProfileName.LENIENT, 7.0, False)


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("max_word = 5", "check > max_word: Extra inputs"),
        ('max_words = "many"', "check > max_words: Input should be a valid integer"),
        ('profile = "kind"', "check > profile: Input should be"),
        ('levels = {dose = "off"}', "check > levels > dose"),
        ('levels = {doses = "silent"}', "check > levels > doses: Input should be"),
        ("max_words = ", "Invalid value"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(tmp_path: Path, table: str, problem: str) -> None:
    with pytest.raises(ArticleError, match=problem):
        read_profile(settings(tmp_path, f"[check]\n{table}\n"))
