from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import ArticleError
from corpus.facts import FactStatus, read_facts
from corpus.reader import OUR_CORPUS, read_corpus
from corpus.settings import CorpusSettings, read_settings

FACT = """1-001:
  says: "Bees have six legs."
  source: {title: "A book of bees", url: "https://example.org/bees"}
  as_of: "2025"
  status: verified
"""


def test_a_register_is_read_by_id(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(FACT)
    fact = read_facts(path)["1-001"]
    assert (fact.says, fact.source.url, fact.status) == (
        "Bees have six legs.",
        "https://example.org/bees",
        FactStatus.VERIFIED,
    )


def test_a_register_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(FACT + "  colour: blue\n")
    with pytest.raises(ArticleError, match=r"1-001 > colour"):
        read_facts(path)


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (FACT + FACT, 6, "the key 1-001 stands on line 1 too"),
        (FACT.replace("verified", "true"), 5, "1-001 > status: Input should be"),
        (FACT.replace('"Bees', "Bees: "), 2, "not valid YAML"),
    ],
)
def test_a_register_that_cannot_be_used_names_the_line(
    tmp_path: Path, content: str, line: int, problem: str
) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(content)
    with pytest.raises(ArticleError, match=problem) as refused:
        read_facts(path)
    assert refused.value.line == line


def test_an_article_carries_the_sources_of_the_facts_that_its_sections_name(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text(FACT)
    (tmp_path / "bees.md").write_text("## Legs?\n<!-- facts: 1-001 -->\n\nBees have six legs.\n")
    article = read_corpus(tmp_path).articles[0]
    assert [s.title for s in article.sources] == ["A book of bees"]
    assert [section.facts for section in article.sections] == [("1-001",)]


def test_settings_default_to_what_fits_any_corpus(tmp_path: Path) -> None:
    settings = read_settings(tmp_path / "corpus.toml")
    assert settings == CorpusSettings()
    assert "cancer" not in " ".join(map(str, settings.as_plain().values()))


def test_settings_come_back_as_they_were(tmp_path: Path) -> None:
    ours = read_settings(OUR_CORPUS / "corpus.toml")
    assert CorpusSettings.from_plain(ours.as_plain()) == ours
    assert "not reviewed by a clinician" in ours.notice


@pytest.mark.parametrize(
    ("content", "problem"),
    [("nmae = 'x'", "nmae"), ("name = 3", "name"), ("name = ", "Invalid value")],
)
def test_settings_that_cannot_be_used_are_refused(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "corpus.toml"
    path.write_text(content)
    with pytest.raises(ArticleError, match=problem):
        read_settings(path)
