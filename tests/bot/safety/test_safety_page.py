from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.about import about_articles
from corpus.reader import OUR_CORPUS
from corpus.settings import read_settings

REPOSITORY = Path(__file__).parents[3]
PAGE = (REPOSITORY / "docs" / "safety.md").read_text(encoding="utf-8")
HAZARDS = PAGE.split("## Hazards", 1)[1]
READ = ("bot/**/*.py", "bot/**/*.yaml", "bot/**/*.html", "bot/**/*.js", "corpus/**/*.md", "corpus/**/*.toml")
"""What holds the words that readers of the chat see; reports on the evaluation are for its maintainers."""


def read_files() -> Iterator[Path]:
    for pattern in READ:
        yield from REPOSITORY.glob(pattern)
    yield from (REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md"))


def test_every_hazard_has_a_control_and_a_test() -> None:
    rows = [line.strip("| ").split(" | ") for line in HAZARDS.splitlines() if line.startswith("| ")]
    assert len(rows) > 10
    assert not [row for row in rows if len(row) != 3 or not all(row)]
    assert not [row for row in rows[1:] if "test_" not in row[2]]


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`([\w/]*test_\w+\.py)`", PAGE))))
def test_every_test_that_the_page_names_exists(named: str) -> None:
    path = REPOSITORY / named if "/" in named else Path(__file__).with_name(named)
    assert path.is_file()


@pytest.mark.parametrize("named", sorted(set(re.findall(r"^\| (`.*?) \| (?!Control)", PAGE, re.MULTILINE))))
def test_every_file_that_the_page_names_exists(named: str) -> None:
    for pattern in re.findall(r"`([^`]+)`", named):
        assert list((REPOSITORY / "bot" / "safety").glob(pattern)), pattern


def test_the_first_words_say_that_no_warning_is_no_all_clear() -> None:
    first = about_articles(read_settings(OUR_CORPUS / "corpus.toml"), emergency="112", country=None).notice
    assert "does not check symptoms" in first
    assert "if it shows no warning, that does not mean that you are safe" in first
    assert "112" in first


def test_nobody_reads_the_word_triage() -> None:
    found = [path for path in read_files() if "triage" in path.read_text(encoding="utf-8").lower()]
    assert found == []
