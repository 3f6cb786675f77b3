from __future__ import annotations

from pathlib import Path

import pytest

from bot.receipts.changed import changed_passages
from bot.receipts.present import ArticlesInFiles, IndexedArticles, articles_in_files
from bot.receipts.standing import Absence, PresentArticle, Standing
from corpus.article import ArticleError
from index.build import build_index
from index.content import Content
from index.generation import CONTENT, IndexFolder
from tests.conftest import StubEncoder


def content_of(folder: IndexFolder) -> Content:
    return Content(folder.generations / folder.live() / CONTENT)


def in_files(folder: IndexFolder, root: Path) -> ArticlesInFiles:
    return articles_in_files(folder, content_of(folder), [root])


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def text_of(found: PresentArticle | Absence) -> str:
    assert isinstance(found, PresentArticle)
    return found.text


def test_an_indexed_article_has_its_text_and_its_sections(bee_index: IndexFolder) -> None:
    articles = IndexedArticles(content_of(bee_index))
    assert "Bees eat nectar" in text_of(articles.article("bees"))
    assert articles.sections("bees")["bees#when-do-bees-swarm"].startswith("Bees swarm in late spring.")
    assert articles.sections("bears") == {}


def test_an_index_tells_a_withdrawn_article_from_one_that_is_gone(
    bee_index: IndexFolder, bee_folder: Path
) -> None:
    edit(bee_folder / "bees.md", "id: bees\n", "id: bees\nwithdrawn: true\n")
    build_index(bee_index, [bee_folder], StubEncoder)
    articles = IndexedArticles(content_of(bee_index))
    assert articles.article("bees") is Absence.WITHDRAWN
    assert articles.article("bears") is Absence.GONE


def test_while_a_file_of_the_index_cannot_be_read_an_absence_cannot_be_told(
    bee_index: IndexFolder, bee_folder: Path
) -> None:
    (bee_folder / "hives.txt").write_text("", "utf-8")
    build_index(bee_index, [bee_folder], StubEncoder)
    assert IndexedArticles(content_of(bee_index)).article("hives") is Absence.UNREADABLE


def test_unchanged_files_are_read_from_the_index(bee_index: IndexFolder, bee_folder: Path) -> None:
    articles = in_files(bee_index, bee_folder)
    assert articles.same == {"bees", "hives"}
    assert not articles.read
    assert list(changed_passages(content_of(bee_index), articles)) == []


def test_an_edit_shows_the_passages_that_it_touches_and_no_others(
    bee_index: IndexFolder, bee_folder: Path
) -> None:
    edit(bee_folder / "bees.md", "A swarm is calm", "A swarm is mostly calm")
    articles = in_files(bee_index, bee_folder)
    assert "mostly calm" in text_of(articles.article("bees"))
    assert "mostly" in articles.sections("bees")["bees#when-do-bees-swarm"]
    (changed,) = changed_passages(content_of(bee_index), articles)
    assert (changed.place, changed.standing) == ("bees#when-do-bees-swarm/1", Standing.EDITED)
    assert changed.title == "Keeping bees: When do bees swarm?"


def test_words_added_at_the_end_of_a_passage_touch_it(bee_index: IndexFolder, bee_folder: Path) -> None:
    edit(bee_folder / "bees.md", "stored for the brood.", "stored for the brood. And more.")
    edit(bee_folder / "hives.txt", "away from paths.", "away from paths. Always.")
    places = [one.place for one in changed_passages(content_of(bee_index), in_files(bee_index, bee_folder))]
    assert places == []
    edit(bee_folder / "hives.txt", "away from paths. Always", "away from paths and dogs")
    places = [one.place for one in changed_passages(content_of(bee_index), in_files(bee_index, bee_folder))]
    assert places == ["hives#how-to-choose-a-place/1"]


def test_withdrawn_removed_and_unreadable_files_are_told_apart(
    bee_index: IndexFolder, bee_folder: Path
) -> None:
    edit(bee_folder / "bees.md", "id: bees\n", "id: bees\nwithdrawn: true\n")
    assert in_files(bee_index, bee_folder).article("bees") is Absence.WITHDRAWN
    (bee_folder / "bees.md").unlink()
    assert in_files(bee_index, bee_folder).article("bees") is Absence.GONE
    (bee_folder / "bees.md").write_text("", "utf-8")
    articles = in_files(bee_index, bee_folder)
    assert articles.article("bees") is Absence.UNREADABLE
    assert [error.problem for error in articles.failures] == ["the file is empty"]
    standings = {one.standing for one in changed_passages(content_of(bee_index), articles)}
    assert standings == {Standing.UNKNOWN}


def test_another_folder_can_be_compared_with_the_index(
    bee_index: IndexFolder, bee_folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "bees.md").write_bytes((bee_folder / "bees.md").read_bytes())
    articles = in_files(bee_index, other)
    assert set(articles.read) == {"bees"}
    assert articles.article("hives") is Absence.GONE


def test_a_folder_that_is_not_there_is_an_error(bee_index: IndexFolder, tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no such file"):
        in_files(bee_index, tmp_path / "nowhere")
