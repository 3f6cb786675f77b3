"""Reading files and folders into articles."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from corpus import asked_as, glossary
from corpus.article import Article, ArticleError, Section
from corpus.asked_as import AskedAs, read_asked_as
from corpus.facts import Fact, read_facts, sources_of
from corpus.formats.decoding import decode
from corpus.formats.kinds import KIND_OF_SUFFIX, UNREAD_DOCUMENTS, Kind, check_content, kind_of
from corpus.formats.markdown import read_markdown
from corpus.formats.plain_text import read_plain_text
from corpus.front_matter import FrontMatter, split_front_matter
from corpus.glossary import Glossary, read_glossary
from corpus.reading_text import RawArticle, lay_out
from corpus.settings import FILE_NAME, CorpusSettings, read_settings
from corpus.text import clean_text, one_line, slug

OUR_CORPUS = Path(__file__).parent

_HIDDEN = (".", "__", "~$")
"""How names begin that no one means as an article; Word keeps a "~$" file beside every open one."""
_MAX_BITS = 64
"""Of a number in a front matter; Python does not print those of many thousand digits."""
_MAX_BYTES = {
    Kind.MARKDOWN: 10_000_000,
    Kind.TEXT: 10_000_000,
    Kind.HTML: 10_000_000,
    Kind.PDF: 100_000_000,
    Kind.WORD: 100_000_000,
}


@dataclass(frozen=True, slots=True)
class SideFiles:
    """What lies beside the articles at the root of a corpus."""

    settings: CorpusSettings = field(default_factory=CorpusSettings)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    glossary: Glossary = field(default_factory=Glossary)
    asked_as: AskedAs = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Corpus:
    """One folder (or file) of articles: what could be read, and what could not and why."""

    root: Path
    settings: CorpusSettings
    articles: tuple[Article, ...]
    facts: Mapping[str, Fact]
    failures: tuple[ArticleError, ...]


def read_corpus(root: Path) -> Corpus:
    """Read every article below ``root``, or the one file ``root``.

    A file that fails is a failure of the result, and the rest is read on. Articles come in the order
    of their paths. Raises ArticleError if ``root`` does not exist, or its settings or its register of
    facts are not valid; the other side files say nothing of the articles and are not read.
    """
    if not root.exists():
        raise ArticleError(root, "there is no such file or folder", mend="Check the path after --corpus.")
    home = root if root.is_dir() else root.parent
    settings, facts = _settings_and_facts(root)
    articles: dict[str, Article] = {}
    failures: list[ArticleError] = []
    for path in article_files(root):
        try:
            check_link(path, root)
            article = read_article(path, root=home, facts=facts)
        except ArticleError as error:
            failures.append(error)
            continue
        first = articles.setdefault(article.id, article)
        if first is not article:
            problem = f"the id {article.id!r} is taken by {first.path}"
            failures.append(ArticleError(path, problem, mend="Change one id, or rename one file."))
    return Corpus(root, settings, tuple(articles.values()), facts, tuple(failures))


def read_side_files(root: Path) -> SideFiles:
    """Read the side files at ``root``; a single file has none, and missing ones give the defaults.

    Raises ArticleError if one of them is not valid.
    """
    if not root.is_dir():
        return SideFiles()
    return SideFiles(
        *_settings_and_facts(root),
        read_glossary(root / glossary.FILE_NAME),
        read_asked_as(root / asked_as.FILE_NAME),
    )


def _settings_and_facts(root: Path) -> tuple[CorpusSettings, Mapping[str, Fact]]:
    if not root.is_dir():
        return CorpusSettings(), {}
    return read_settings(root / FILE_NAME), read_facts(root / "facts.yaml")


def article_files(root: Path) -> Iterator[Path]:
    """Yield the files below ``root`` that are articles by their suffix, in the order of their paths.

    Hidden files and folders are left out; a ``root`` that is a file is yielded whatever its suffix.
    Documents of kinds that are not read, links to folders, links that ``check_link`` refuses and folders
    that cannot be listed come too: reading them is the error that says so.
    """
    if root.is_file():
        yield root
        return
    known = KIND_OF_SUFFIX.keys() | UNREAD_DOCUMENTS
    unlisted: list[Path] = []
    found: list[Path] = []
    walk = os.walk(root, onerror=lambda error: unlisted.append(Path(error.filename)))
    for folder, folders, files in walk:
        folders[:] = [name for name in folders if not name.startswith(_HIDDEN)]
        here = Path(folder)
        found += [here / name for name in folders if (here / name).is_symlink()]
        names = (name for name in files if not name.startswith(_HIDDEN))
        found += [here / name for name in names if Path(name).suffix.lower() in known]
    yield from sorted([*found, *unlisted])


def read_article(path: Path, *, root: Path | None = None, facts: Mapping[str, Fact] | None = None) -> Article:
    """Read one file into an Article. No front matter, or any, is fine.

    Raises ArticleError if the file is empty, unreadable, too large, of an unknown kind or another
    than its name says, has no text, or has front matter that is not valid YAML.
    """
    check_path(path)
    kind = kind_of(path)
    content = _read_content(path, _MAX_BYTES[kind])
    check_content(kind, content, path)
    raw = _READERS[kind](content, path)
    title = _word(raw.values.get("title")) or one_line(raw.title) or one_line(_title_from(path))
    reading_text, sections = lay_out(title, raw.sections)
    if not any(section.blocks for section in sections):
        raise ArticleError(
            path, "there is no text in this file", mend="Write the article, or remove the file."
        )
    return _article(path, root or path.parent, title, reading_text, sections, raw, facts or {})


def check_path(path: Path) -> None:
    """Raise ArticleError if ``path`` is a folder, or has a name that cannot be written down as text."""
    if path.is_dir():
        problem = (
            "a link to a folder is not followed" if path.is_symlink() else "this folder cannot be listed"
        )
        raise ArticleError(path, problem, mend="Put the files here, or name that folder with --corpus.")
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        raise ArticleError(path, "the file's name is not valid text", mend="Rename the file.") from error


def check_link(path: Path, root: Path) -> None:
    """Raise ArticleError if ``path`` is a link that leads out of the folder ``root``.

    A link that is itself named as ``root`` was meant, and some installers lay our own articles down as
    links: those are followed.
    """
    if not path.is_symlink() or path == root or root.is_relative_to(OUR_CORPUS):
        return
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        raise ArticleError(
            path,
            "a link that leads out of the folder is not followed",
            mend="Put the file here, or name it or its folder with --corpus.",
        )


def _read_content(path: Path, limit: int) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ArticleError(path, "this is not a regular file", mend="Remove it from the folder.")
        if status.st_size > limit:
            problem = f"the file is too large ({_megabytes(status.st_size)}, at most {_megabytes(limit)})"
            raise ArticleError(path, problem, mend="Split it.")
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ArticleError(
            path, f"the file cannot be read ({reason})", mend="Check its permissions."
        ) from error
    if not content.strip():
        raise ArticleError(path, "the file is empty", mend="Write the article, or remove the file.")
    return content


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"


def _read_markdown(content: bytes, path: Path) -> RawArticle:
    front, note = _split(content, path)
    raw = read_markdown(front.body, first_line=front.body_line)
    return _with_front(raw, front, note)


def _read_text(content: bytes, path: Path) -> RawArticle:
    front, note = _split(content, path)
    sections = read_plain_text(front.body, first_line=front.body_line)
    raw = RawArticle(sections=sections)
    first = next((n for n, line in enumerate(front.body.split("\n"), front.body_line) if line.strip()), 0)
    if sections and sections[0].heading and sections[0].line == first:
        raw.title, sections[0].heading = sections[0].heading, ""
        raw.sections = sections if sections[0].blocks else sections[1:]
    return _with_front(raw, front, note)


def _split(content: bytes, path: Path) -> tuple[FrontMatter, str]:
    decoded = decode(content, path)
    return split_front_matter(clean_text(decoded.text), path), decoded.note


def _with_front(raw: RawArticle, front: FrontMatter, note: str) -> RawArticle:
    raw.values.update(front.values)
    raw.notes += [note] if note else []
    return raw


def _read_html(content: bytes, path: Path) -> RawArticle:
    from corpus.formats.html import read_html

    return read_html(content, path)


def _read_pdf(content: bytes, path: Path) -> RawArticle:
    from corpus.formats.pdf import read_pdf

    return read_pdf(content, path)


def _read_word(content: bytes, path: Path) -> RawArticle:
    from corpus.formats.word import read_word

    return read_word(content, path)


_READERS: dict[Kind, Callable[[bytes, Path], RawArticle]] = {
    Kind.MARKDOWN: _read_markdown,
    Kind.TEXT: _read_text,
    Kind.HTML: _read_html,
    Kind.PDF: _read_pdf,
    Kind.WORD: _read_word,
}


def _article(
    path: Path,
    root: Path,
    title: str,
    text: str,
    sections: tuple[Section, ...],
    raw: RawArticle,
    facts: Mapping[str, Fact],
) -> Article:
    """Put together what was read; a front matter value of the wrong kind is as good as none."""
    values = raw.values
    named = [fact for section in sections for fact in section.facts]
    return Article(
        id=slug(_word(values.get("id")))
        or slug(str(path.relative_to(root).with_suffix("")))
        or f"article-{hashlib.sha256(path.name.encode()).hexdigest()[:8]}",
        title=title,
        text=text,
        sections=sections,
        path=path,
        summary=_word(values.get("summary")),
        topics=_names(values.get("topics")),
        audience=_word(values.get("audience")) or "everyone",
        reviewed=_day(values.get("reviewed")),
        clinical_review=_review(values.get("clinical_review")),
        license=_word(values.get("license")),
        sources=sources_of(named, facts),
        withdrawn=values.get("withdrawn") is True,
        url=_word(values.get("url")),
        author=_word(values.get("author")),
        language=_word(values.get("language")),
        published=_day(values.get("published") or values.get("date")),
        notes=tuple(one_line(note) for note in raw.notes),
    )


def _word(value: object) -> str:
    """Return a single value as text; lists and mappings, which YAML can fold without end, are none."""
    if isinstance(value, int) and value.bit_length() > _MAX_BITS:
        return ""
    return one_line(str(value)) if value and isinstance(value, str | int | float | date) else ""


def _names(value: object) -> tuple[str, ...]:
    return tuple(name for name in map(_word, value) if name) if isinstance(value, list) else ()


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(_word(value))
    except ValueError:
        return None


def _review(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(filter(None, map(_word, value.values())))
    return _word(value) or "none"


def _title_from(path: Path) -> str:
    words = path.stem.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
