"""The check of web addresses, in articles and in the register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from markdown_it import MarkdownIt

from corpus.checks.checked import CheckedArticle, CheckedCorpus
from corpus.finding import Finding, Severity
from corpus.profile import CheckName
from corpus.side_file import read_side_file

_ADDRESS = re.compile(r"(?:https?:|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
_BROKEN = re.compile(r"\[[^\]\n]*\]\([^)\n]*\)?")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)
_FILE = re.compile(r"(?!www\.)(?:mailto:)?[^\s:]*", re.IGNORECASE)
_MEND = "Write the whole address, https://... without spaces."


def check_links(checked: CheckedArticle, corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find links of an article whose address is not a whole web address.

    Where the profile does not ask for whole addresses, one without a scheme may lead to a file.
    """
    markdown = checked.article.path.suffix.lower() in {".md", ".markdown"}
    for line, address in _markdown_links(checked.source) if markdown else _plain_links(checked.source):
        problem = address_problem(address)
        if problem and (corpus.profile.whole_links or not _FILE.fullmatch(address)):
            shown = f"the address {address!r} {problem}"
            yield checked.finding(CheckName.LINKS, line, shown, _MEND)


def check_register_links(corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find sources of the register whose address is not a whole web address."""
    broken = {id_: p for id_, fact in corpus.facts.items() if (p := address_problem(fact.source.url))}
    if not broken:
        return
    path = corpus.home / "facts.yaml"
    file = read_side_file(path)
    for id_, problem in broken.items():
        shown = f"the address of the fact {id_}, {corpus.facts[id_].source.url!r}, {problem}"
        line = file.line_of(id_, "source", "url")
        yield Finding(CheckName.LINKS, Severity.ERROR, str(path), line, shown, _MEND)


def address_problem(address: str) -> str:
    """Return what is wrong with a web address, or an empty text."""
    if re.search(r"\s", address):
        return "has a space in it"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return "cannot be read as an address"
    if parts.scheme not in {"http", "https"}:
        return "does not begin with http:// or https://"
    if parts.username is not None:
        return "has a user name in it"
    return "" if _HOST.fullmatch(host) else "names no host"


def _plain_links(source: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source.split("\n"), start=1):
        for found in _ADDRESS.finditer(line):
            yield number, found.group().rstrip(".,;:")


def _markdown_links(source: str) -> Iterator[tuple[int, str]]:
    for token in MarkdownIt("commonmark").parse(source):
        line = (token.map[0] if token.map else 0) + 1
        for child in token.children or []:
            if child.type == "link_open":
                yield line, str(child.attrs.get("href", ""))
            elif child.type == "text":
                yield from ((line, found.group()) for found in _BROKEN.finditer(child.content))
                rest = _BROKEN.sub(" ", child.content)
                yield from ((line, found.group().rstrip(".,;:")) for found in _ADDRESS.finditer(rest))
