from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article, Source
from corpus.facts import Fact, FactStatus
from corpus.reader import SideFiles, read_article
from index.build import build_index
from index.content import Content
from index.content_writer import ContentWriter
from index.files import CorpusFolder
from index.generation import IndexFolder
from index.indexed_article import indexed
from index.passages import PassageLimits, split_passages
from index.search import open_index
from tests.conftest import StubEncoder

REGISTER = """
food:
  says: Bees eat nectar and pollen.
  source: {title: A beekeeper's notes, url: "https://example.org/food"}
  as_of: "2025"
  status: verified
swarm:
  says: Swarms leave in late spring.
  source: {title: A swarm diary, url: "https://example.org/swarm"}
  as_of: "May 2024"
  status: corrected
never-named:
  says: Nobody rests on this.
  source: {title: Nothing, url: "https://example.org/nothing"}
  as_of: "2020"
  status: recalled
"""
ARTICLE = """# Bees

## What do bees eat?
<!-- facts: food, swarm, unknown -->

Bees eat nectar.

## When do bees swarm?
<!-- facts: food -->

Bees swarm in spring.
"""


@pytest.fixture
def content(tmp_path: Path, bee_folder: Path) -> Content:
    (bee_folder / "facts.yaml").write_text(REGISTER)
    (bee_folder / "bees.md").write_text(ARTICLE)
    folder = IndexFolder(tmp_path / "i")
    build_index(folder, [bee_folder], StubEncoder)
    return open_index(folder, StubEncoder()).content


def test_the_facts_that_a_section_names_are_stored_whole(content: Content) -> None:
    first, second = content.sections("bees")
    assert content.facts(0, first.facts) == (
        Fact(
            "food",
            "Bees eat nectar and pollen.",
            Source("A beekeeper's notes", "https://example.org/food"),
            "2025",
            FactStatus.VERIFIED,
        ),
        Fact(
            "swarm",
            "Swarms leave in late spring.",
            Source("A swarm diary", "https://example.org/swarm"),
            "May 2024",
            FactStatus.CORRECTED,
        ),
    )
    assert [fact.id for fact in content.facts(0, second.facts)] == ["food"]


def test_a_fact_that_no_section_names_is_not_stored(content: Content) -> None:
    assert content.facts(0, ("never-named", "food"))[0].id == "food"
    assert content.facts(0, ("never-named",)) == ()


def test_a_register_counts_for_its_own_corpus_alone(content: Content) -> None:
    assert content.facts(1, ("food",)) == ()


def stored(article: Article, path: Path) -> Content:
    writer = ContentWriter(path)
    writer.add_corpus(CorpusFolder(0, path.parent, {}), SideFiles())
    passages = split_passages(article, PassageLimits(body=8), StubEncoder().count_tokens)
    writer.add_article(0, indexed(article, passages))
    writer.close()
    return Content(path)


def test_a_passage_keeps_the_page_on_which_it_begins(tmp_path: Path, bee_folder: Path) -> None:
    article = read_article(bee_folder / "bees.md")
    pages = iter((1, 1, 1, 2, 3))
    sections = tuple(
        replace(section, blocks=tuple(replace(block, page=next(pages)) for block in section.blocks))
        for section in article.sections
    )
    content = stored(replace(article, sections=sections), tmp_path / "content.sqlite")
    found = content.passages(content.passage_rows("bees"))
    assert {p.passage.text.split()[0]: p.passage.page for p in found}["Bees"] == 3
    assert [p.passage.page for p in found] == sorted(p.passage.page for p in found)
    assert found[0].passage.page == 1


def test_an_article_keeps_where_and_when_it_was_published(tmp_path: Path, bee_folder: Path) -> None:
    article = replace(
        read_article(bee_folder / "bees.md"),
        url="https://example.org/bees",
        author="A. Keeper",
        language="en-GB",
        published=date(2025, 5, 1),
    )
    found = stored(article, tmp_path / "content.sqlite").article("bees")
    assert found is not None
    assert (found.url, found.author, found.language, found.published) == (
        "https://example.org/bees",
        "A. Keeper",
        "en-GB",
        date(2025, 5, 1),
    )
