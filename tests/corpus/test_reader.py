from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import ArticleError, BlockKind
from corpus.reader import OUR_CORPUS, read_article, read_corpus
from corpus.reading_text import RawBlock, RawSection, lay_out


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_front_matter_is_read(bee_folder: Path) -> None:
    article = read_article(bee_folder / "bees.md")
    assert (article.id, article.title, article.reviewed) == ("bees", "Keeping bees", date(2026, 1, 10))
    assert [s.id for s in article.sections] == ["what-do-bees-eat", "when-do-bees-swarm"]
    assert article.heading_path(article.sections[0]) == ("Keeping bees", "What do bees eat?")


def test_plain_text_takes_its_first_line_as_title(bee_folder: Path) -> None:
    article = read_article(bee_folder / "hives.txt")
    assert article.title == "Hives and their places"
    assert article.sections[-1].heading == "How to choose a place"


def test_every_block_is_an_exact_slice(bee_folder: Path) -> None:
    for path in sorted(bee_folder.iterdir()):
        article = read_article(path)
        for section in article.sections:
            texts = [article.text[b.start : b.end] for b in section.blocks]
            assert all(text and text == text.strip() and not text.startswith("- ") for text in texts)
            assert section.start == section.blocks[0].start
            assert section.end == section.blocks[-1].end


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("empty.md", "", "the file is empty"),
        ("blank.txt", " \n\n", "the file is empty"),
        ("binary.md", b"PK\x03\x04\x00\x00", "binary"),
        ("latin.txt", "caf\xe9".encode("latin-1"), "not UTF-8"),
        ("open.md", "---\ntitle: x\n\nText.\n", "not closed"),
        ("broken.md", "---\ntitle: [x\n---\nText.\n", "not valid YAML"),
        ("list.md", "---\n- a\n---\nText.\n", "key: value"),
        ("hollow.md", "---\ntitle: x\n---\n## Only a heading\n", "no text"),
        ("page.html", "<p> </p>", "no text"),
        ("old.doc", "x", "not read"),
    ],
)
def test_a_bad_file_is_named_with_what_to_do(
    tmp_path: Path, name: str, content: str | bytes, problem: str
) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(ArticleError, match=problem) as caught:
        read_article(path)
    assert str(path) in str(caught.value)
    assert caught.value.mend


def test_an_unreadable_file_is_a_failure_and_the_rest_is_read(bee_folder: Path) -> None:
    (bee_folder / "gone.md").symlink_to(bee_folder / "nowhere.md")
    write(bee_folder, "empty.md", "")
    corpus = read_corpus(bee_folder)
    assert [a.id for a in corpus.articles] == ["bees", "hives"]
    assert sorted(Path(f.path).name for f in corpus.failures) == ["empty.md", "gone.md"]


def test_a_link_that_leads_out_of_the_folder_is_a_failure_and_one_within_is_read(
    tmp_path: Path, bee_folder: Path
) -> None:
    write(tmp_path, "secret.md", "# Secret\n\nNot meant for the chat.\n")
    (bee_folder / "out.md").symlink_to(tmp_path / "secret.md")
    (bee_folder / "up.md").symlink_to("../secret.md")
    (bee_folder / "wax").mkdir()
    (bee_folder / "wax" / "places.txt").symlink_to("../hives.txt")
    corpus = read_corpus(bee_folder)
    assert [a.id for a in corpus.articles] == ["bees", "hives", "wax-places"]
    assert [Path(f.path).name for f in corpus.failures] == ["out.md", "up.md"]
    assert {f.problem for f in corpus.failures} == {"a link that leads out of the folder is not followed"}


def test_a_link_that_is_itself_named_as_the_corpus_is_read(tmp_path: Path, bee_folder: Path) -> None:
    (tmp_path / "named").symlink_to(bee_folder)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "one.txt").symlink_to(bee_folder / "hives.txt")
    for root, ids in (("named", ["bees", "hives"]), ("elsewhere/one.txt", ["one"])):
        corpus = read_corpus(tmp_path / root)
        assert ([a.id for a in corpus.articles], corpus.failures) == (ids, ())


def test_our_own_articles_are_read_where_the_program_was_installed_as_links(
    tmp_path: Path, bee_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "installed" / "articles").mkdir(parents=True)
    (tmp_path / "installed" / "articles" / "bees.md").symlink_to(bee_folder / "bees.md")
    monkeypatch.setattr("corpus.reader.OUR_CORPUS", tmp_path / "installed")
    for root in (tmp_path / "installed", tmp_path / "installed" / "articles"):
        corpus = read_corpus(root)
        assert (len(corpus.articles), corpus.failures) == (1, ())


def test_an_id_that_is_taken_is_a_failure(bee_folder: Path) -> None:
    write(bee_folder, "copy.md", "---\nid: hives\n---\nText.\n")
    corpus = read_corpus(bee_folder)
    assert [Path(f.path).name for f in corpus.failures] == ["hives.txt"]


def test_a_folder_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no such file"):
        read_corpus(tmp_path / "nothing")


def test_a_hostile_file_name_and_title_come_in_clean(tmp_path: Path) -> None:
    path = write(tmp_path, "a\x1b[31m [red].md", '---\ntitle: "[/b] \\e[2Jx"\n---\nText \x1b[2J here.\n')
    article = read_article(path)
    assert article.id == "a-31m-red"
    assert article.title == "[/b] x"
    assert article.text.endswith("Text here.")


def test_our_own_articles_are_all_read() -> None:
    corpus = read_corpus(OUR_CORPUS)
    assert corpus.failures == ()
    assert len(corpus.articles) >= 12
    assert all(article.reviewed and article.clinical_review == "none" for article in corpus.articles)
    assert all(article.sources for article in corpus.articles)


RAW_SECTIONS = st.lists(
    st.builds(
        RawSection,
        heading=st.text(max_size=20),
        level=st.integers(1, 4),
        blocks=st.lists(st.builds(RawBlock, st.sampled_from(BlockKind), st.text(max_size=40)), max_size=4),
    ),
    max_size=5,
)


@given(st.text(max_size=20), RAW_SECTIONS)
def test_offsets_never_slip(title: str, raw_sections: list[RawSection]) -> None:
    text, sections = lay_out(title, raw_sections)
    assert len(sections) == len(raw_sections)
    assert len({section.id for section in sections}) == len(sections)
    for section in sections:
        assert 0 <= section.start <= section.end <= len(text)
        for block in section.blocks:
            assert text[block.start : block.end].strip() == text[block.start : block.end] != ""
