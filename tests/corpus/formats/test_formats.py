from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article, ArticleError, BlockKind
from corpus.formats.kinds import KIND_OF_SUFFIX
from corpus.reader import article_files, read_article, read_corpus
from tests.corpus.formats.samples import BEES_TEXT, bees_html, bees_markdown, bees_pdf, bees_word, pdf_of

MAKERS: dict[str, Callable[..., bytes]] = {
    ".md": bees_markdown,
    ".html": bees_html,
    ".pdf": bees_pdf,
    ".docx": bees_word,
}
SAMPLES = {
    ".txt": BEES_TEXT.encode(),
    **{suffix: make(table=True) for suffix, make in MAKERS.items()},
}


def read(folder: Path, name: str, content: bytes) -> Article:
    path = folder / name
    path.write_bytes(content)
    return read_article(path)


def shape(article: Article) -> list[tuple[str, tuple[str, ...], list[tuple[BlockKind, str]]]]:
    return [
        (s.id, article.heading_path(s), [(b.kind, article.text[b.start : b.end]) for b in s.blocks])
        for s in article.sections
    ]


@pytest.mark.parametrize("suffix", MAKERS)
def test_the_same_text_is_the_same_article_whatever_file_it_is_in(tmp_path: Path, suffix: str) -> None:
    plain = read(tmp_path, "bees.txt", BEES_TEXT.encode())
    article = read(tmp_path, f"bees{suffix}", MAKERS[suffix](table=False))
    assert article.title == "Keeping bees"
    assert shape(article) == shape(plain)
    assert article.sha256 == plain.sha256
    assert article.notes == ()


@pytest.mark.parametrize("suffix", MAKERS)
def test_the_same_table_is_the_same_rows_whatever_file_it_is_in(tmp_path: Path, suffix: str) -> None:
    article = read(tmp_path, f"bees{suffix}", MAKERS[suffix](table=True))
    assert shape(article)[-1][2][1:] == [
        (BlockKind.ITEM, "Store: Honey; Used for: winter"),
        (BlockKind.ITEM, "Store: Pollen; Used for: brood"),
    ]


def test_blocks_of_a_pdf_know_their_page_and_others_their_line(tmp_path: Path) -> None:
    pdf = read(tmp_path, "bees.pdf", bees_pdf(table=False))
    assert [block.page for section in pdf.sections for block in section.blocks] == [1, 1, 1, 1, 2, 2]
    page = read(tmp_path, "bees.html", bees_html(table=False))
    assert [section.line for section in page.sections] == [0, 6, 11]
    assert page.sections[1].blocks[0].line == 7


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("pdf.md", SAMPLES[".pdf"], r"the content is PDF, not Markdown.*Rename it to end in \.pdf"),
        ("page.txt", SAMPLES[".html"], r"the content is HTML, not plain text.*Rename it to end in \.html"),
        ("comment.md", b"<!-- a -->\n<!-- b -->\n<html><p>x</p></html>", "the content is HTML"),
        ("word.pdf", SAMPLES[".docx"], r"the content is Word, not PDF.*Rename it to end in \.docx"),
        ("page.docx", SAMPLES[".html"], "the content is HTML"),
        ("text.pdf", b"Just some words.", "the content is not PDF"),
        ("text.docx", b"Just some words.", "the content is not Word"),
        (
            "old.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,
            "the content is an old Word file, or one behind",
        ),
        ("rich.txt", rb"{\rtf1 Some words.}", "the content is rich text"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "the content is a picture, not HTML"),
        ("program.html", b"\x7fELF\x02\x01\x01" + b"\0" * 99, "this is a binary file"),
        ("packed.md", b"PK\x03\x04 anything", "a packed"),
        ("book.epub", b"PK\x03\x04 anything", r"not read \(known: .*\.docx\)"),
    ],
)
def test_a_file_under_a_wrong_name_is_told(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    with pytest.raises(ArticleError, match=problem):
        read(tmp_path, name, content)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    for suffix in KIND_OF_SUFFIX:
        path = tmp_path / f"huge{suffix}"
        with path.open("wb") as file:
            file.truncate(200_000_000)
        with pytest.raises(ArticleError, match=r"too large \(200 MB, at most"):
            read_article(path)


def test_what_cannot_be_read_is_a_failure_each_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "again").symlink_to(folder)
    (folder / "loop.md").symlink_to(folder / "loop.md")
    (folder / "scan.pdf").write_bytes(pdf_of([[]]))
    (folder / "letter.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "~$bees.docx").write_bytes(b"\0")
    (folder / ".hidden.md").write_bytes(b"Text.")
    for suffix, content in SAMPLES.items():
        (folder / "deep" / f"bees in {suffix[1:]}{suffix}").write_bytes(content)
    corpus = read_corpus(folder)
    assert [article.id for article in corpus.articles] == [
        f"deep-bees-in-{kind}" for kind in ("docx", "html", "md", "pdf", "txt")
    ]
    assert {Path(failure.path).name: failure.problem.split(" (")[0] for failure in corpus.failures} == {
        "again": "a link to a folder is not followed",
        "letter.doc": "files of this kind are not read",
        "loop.md": "the file cannot be read",
        "scan.pdf": "the PDF has no text, only pictures of pages",
    }
    assert all(failure.mend for failure in corpus.failures)


def test_a_file_name_that_is_no_text_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "caf\udce9.md"
    path.write_bytes(b"Text.")
    assert list(article_files(tmp_path)) == [path]
    with pytest.raises(ArticleError, match="name is not valid text"):
        read_article(path)


def test_names_without_latin_letters_keep_their_articles_apart(tmp_path: Path) -> None:
    (tmp_path / "蜂.md").write_bytes(b"Bees.")
    (tmp_path / "巣.md").write_bytes(b"Hives.")
    corpus = read_corpus(tmp_path)
    assert corpus.failures == ()
    assert len({article.id for article in corpus.articles}) == 2


def test_front_matter_that_folds_without_end_is_no_value(tmp_path: Path) -> None:
    folded = "".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]\n" for n in range(1, 12))
    article = read(tmp_path, "a.md", f"---\nk0: &k0 x\n{folded}title: *k11\nid: *k11\n---\nText.\n".encode())
    assert (article.id, article.title) == ("a", "A")


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("_no_network")
@pytest.mark.parametrize("suffix", SAMPLES)
def test_reading_fetches_nothing(tmp_path: Path, suffix: str) -> None:
    assert read(tmp_path, f"bees{suffix}", SAMPLES[suffix]).sections


def test_a_markdown_file_is_read_without_the_libraries_of_other_kinds(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nText.\n")
    program = f"""
import sys
from pathlib import Path
from corpus.reader import read_corpus
assert len(read_corpus(Path({str(tmp_path)!r})).articles) == 1
print(sorted({{"lxml", "trafilatura", "pypdf", "docx", "charset_normalizer"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@st.composite
def damaged_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """Any bytes, or a sound file with some of its bytes cut out and others put in."""
    suffix = draw(st.sampled_from(sorted(KIND_OF_SUFFIX)))
    content = draw(st.sampled_from([b"", *SAMPLES.values(), SAMPLES.get(suffix, b"")]))
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 200)))
        content = content[:start] + draw(st.binary(max_size=60)) + content[end:]
    return suffix, content


@settings(deadline=None, max_examples=150)
@given(damaged_files())
def test_any_bytes_are_an_article_or_an_article_error(
    tmp_path_factory: pytest.TempPathFactory, damaged: tuple[str, bytes]
) -> None:
    suffix, content = damaged
    try:
        article = read(tmp_path_factory.mktemp("any"), f"any{suffix}", content)
    except ArticleError:
        return
    assert any(section.blocks for section in article.sections)
    for section in article.sections:
        assert 0 <= section.start <= section.end <= len(article.text)
        for block in section.blocks:
            text = article.text[block.start : block.end]
            assert text == text.strip() != ""
            assert "\n" not in text
