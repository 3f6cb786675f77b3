"""Reading files and folders into articles."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from corpus.article import Article, ArticleError, Section
from corpus.facts import Fact, read_facts, sources_of
from corpus.front_matter import split_front_matter
from corpus.markdown import read_markdown
from corpus.plain_text import read_plain_text
from corpus.reading_text import RawSection, lay_out
from corpus.settings import FILE_NAME, CorpusSettings, read_settings
from corpus.text import clean_text, one_line, slug

OUR_CORPUS = Path(__file__).parent

_MARKDOWN = frozenset({".md", ".markdown"})
_PLAIN = frozenset({".txt", ".text"})
_SUFFIXES = _MARKDOWN | _PLAIN
_MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class SideFiles:
    """What lies beside the articles at the root of a corpus."""

    settings: CorpusSettings
    facts: Mapping[str, Fact]


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
    of their paths. Raises ArticleError if ``root`` does not exist or a side file is not valid.
    """
    if not root.exists():
        raise ArticleError(root, "there is no such file or folder", mend="Check the path after --corpus.")
    home = root if root.is_dir() else root.parent
    side = read_side_files(root)
    articles: dict[str, Article] = {}
    failures: list[ArticleError] = []
    for path in article_files(root):
        try:
            article = read_article(path, root=home, facts=side.facts)
        except ArticleError as error:
            failures.append(error)
            continue
        first = articles.setdefault(article.id, article)
        if first is not article:
            problem = f"the id {article.id!r} is taken by {first.path}"
            failures.append(ArticleError(path, problem, mend="Change one id, or rename one file."))
    return Corpus(root, side.settings, tuple(articles.values()), side.facts, tuple(failures))


def read_side_files(root: Path) -> SideFiles:
    """Read the side files at ``root``; a single file has none, and missing ones give the defaults.

    Raises ArticleError if one of them is not valid.
    """
    if not root.is_dir():
        return SideFiles(CorpusSettings(), {})
    return SideFiles(read_settings(root / FILE_NAME), read_facts(root / "facts.yaml"))


def article_files(root: Path) -> Iterator[Path]:
    """Yield the files below ``root`` that are articles by their suffix, in the order of their paths.

    Hidden files and folders are left out; a ``root`` that is a file is yielded whatever its suffix.
    """
    if root.is_file():
        yield root
        return
    for path in sorted(root.rglob("*")):
        hidden = any(part.startswith((".", "__")) for part in path.relative_to(root).parts)
        if not hidden and path.suffix.lower() in _SUFFIXES and not path.is_dir():
            yield path


def read_article(path: Path, *, root: Path | None = None, facts: Mapping[str, Fact] | None = None) -> Article:
    """Read one file into an Article. No front matter, or any, is fine.

    Raises ArticleError if the file is empty, binary, unreadable, too large, of an unknown kind, or
    has front matter that is not valid YAML.
    """
    if path.suffix.lower() not in _SUFFIXES:
        known = ", ".join(sorted(_SUFFIXES))
        raise ArticleError(path, f"files of this kind are not read (known: {known})", mend="Convert it.")
    text = clean_text(_read_text(path))
    front = split_front_matter(text, path)
    title, raw_sections = _read_body(path, front.body, front.body_line)
    title = one_line(str(front.values.get("title") or title or _title_from(path)))
    reading_text, sections = lay_out(title, raw_sections)
    if not any(section.blocks for section in sections):
        raise ArticleError(
            path, "there is no text in this file", mend="Write the article, or remove the file."
        )
    return _article(path, root or path.parent, title, reading_text, sections, front.values, facts or {})


def _read_text(path: Path) -> str:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ArticleError(path, "this is not a regular file", mend="Remove it from the folder.")
        if status.st_size > _MAX_BYTES:
            size = f"{status.st_size / 1e6:.0f} MB"
            raise ArticleError(path, f"the file is too large ({size}, at most 20 MB)", mend="Split it.")
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ArticleError(
            path, f"the file cannot be read ({reason})", mend="Check its permissions."
        ) from error
    if not content.strip():
        raise ArticleError(path, "the file is empty", mend="Write the article, or remove the file.")
    if b"\0" in content:
        raise ArticleError(path, "this is a binary file, not text", mend="Save it as UTF-8 text.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ArticleError(path, "the text is not UTF-8", line=line, mend="Save it as UTF-8 text.") from error


def _read_body(path: Path, body: str, first_line: int) -> tuple[str, list[RawSection]]:
    if path.suffix.lower() in _MARKDOWN:
        markdown = read_markdown(body, first_line=first_line)
        return markdown.title, markdown.sections
    sections = read_plain_text(body, first_line=first_line)
    first = next(n for n, line in enumerate(body.split("\n"), start=first_line) if line.strip())
    if not sections or not sections[0].heading or sections[0].line != first:
        return "", sections
    title, sections[0].heading = sections[0].heading, ""
    return title, sections if sections[0].blocks else sections[1:]


def _article(
    path: Path,
    root: Path,
    title: str,
    text: str,
    sections: tuple[Section, ...],
    values: Mapping[str, Any],
    facts: Mapping[str, Fact],
) -> Article:
    """Put together what was read; a front matter value of the wrong kind is as good as none."""
    named = [fact for section in sections for fact in section.facts]
    return Article(
        id=slug(str(values.get("id") or ""))
        or slug(str(path.relative_to(root).with_suffix("")))
        or "article",
        title=title,
        text=text,
        sections=sections,
        path=path,
        summary=one_line(str(values.get("summary") or "")),
        topics=_names(values.get("topics")),
        audience=one_line(str(values.get("audience") or "everyone")),
        reviewed=_day(values.get("reviewed")),
        clinical_review=_review(values.get("clinical_review")),
        license=one_line(str(values.get("license") or "")),
        sources=sources_of(named, facts),
        section_sources=tuple(sources_of(section.facts, facts) for section in sections),
        withdrawn=values.get("withdrawn") is True,
        url=one_line(str(values.get("url") or "")),
        author=one_line(str(values.get("author") or "")),
        language=one_line(str(values.get("language") or "")),
        published=_day(values.get("published") or values.get("date")),
    )


def _names(value: object) -> tuple[str, ...]:
    return tuple(one_line(str(name)) for name in value) if isinstance(value, list) else ()


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _review(value: object) -> str:
    if isinstance(value, dict):
        return one_line(", ".join(str(part) for part in value.values()))
    return one_line(str(value or "none"))


def _title_from(path: Path) -> str:
    words = path.stem.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
