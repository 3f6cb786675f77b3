"""What a web page says of itself: title, author, address, language, and the days that it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element as Element

from corpus.formats.html_furniture import is_document_title, is_logo, tag_of
from corpus.text import one_line

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"https?://[^\s<>\"']{1,2000}", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})[-/.](\d{2})[-/.](\d{2})(?!\d)")
_SEPARATOR = re.compile(r"\s+[|–—·•»:-]\s+|\s*[|»]\s*")
_AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author")
_DATES = frozenset({"datePublished", "pubdate", "published"})
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "citation_publication_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "parsely-pub-date",
    "date",
)


def page_values(root: Element) -> dict[str, Any]:
    """Return what the head of the page declares, by the keys of a front matter; nothing is guessed."""
    named = _named_values(root)
    data = list(_linked_data(root))
    values = {
        "title": _title(root, named),
        "author": _author(named, data),
        "url": _address(root, named),
        "language": _language(root, named),
        "published": _first_day(
            [*(named.get(key, "") for key in _PUBLISHED), *_texts(data, "datePublished")]
        ),
        "reviewed": _last_day(_texts(data, "lastReviewed")),
    }
    return {key: value for key, value in values.items() if value}


def _named_values(root: Element) -> dict[str, str]:
    """Return the ``meta`` values of the page by their lower-case names; the first of a name wins."""
    named: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or meta.get("http-equiv")
        content = one_line(meta.get("content") or "")[:2000]
        if name and content:
            named.setdefault(name.strip().lower(), content)
    for time in root.iter("time"):
        names = (time.get("itemprop"), "pubdate" if "pubdate" in time.attrib else "", *_classes(time))
        if time.get("datetime") and not _DATES.isdisjoint(names):
            named.setdefault("datepublished", time.get("datetime") or "")
    return named


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _linked_data(root: Element) -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's JSON-LD; what is not valid JSON is as good as none."""
    for script in root.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        try:
            found = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in found if isinstance(found, list) else [found]:
            if isinstance(item, dict):
                graph = item.get("@graph")
                yield item
                yield from (
                    (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()
                )


def _texts(data: list[dict[str, Any]], key: str) -> list[str]:
    found = [value for item in data for value in _as_list(item.get(key))]
    return [value for value in found if isinstance(value, str)]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _title(root: Element, named: dict[str, str]) -> str:
    """Return the heading that names the page, or the page's title without the name of the site."""
    site = named.get("og:site_name", "").lower()
    for paragraph in root.iter("p"):
        if is_document_title(paragraph) and (text := one_line("".join(map(str, paragraph.itertext())))):
            return text
    inside = [heading for part in root.iter("main", "article") for heading in part.iter("h1")]
    for heading in (*inside, *root.iter("h1")):
        text = one_line("".join(map(str, heading.itertext())))
        if text and text.lower() != site and not is_logo(heading):
            return text
    whole = next((one_line(element.text or "") for element in root.iter("title")), "")
    shared = named.get("og:title") or whole
    parts = [part for part in _SEPARATOR.split(shared) if part and part.lower() != site]
    return parts[0] if parts else shared


def _author(named: dict[str, str], data: list[dict[str, Any]]) -> str:
    for key in _AUTHOR:
        if (name := named.get(key, "")) and not _ADDRESS.match(name):
            return name[:200]
    for item in data:
        people = [one.get("name") if isinstance(one, dict) else one for one in _as_list(item.get("author"))]
        names = [one_line(person) for person in people if isinstance(person, str)]
        if names:
            return ", ".join(names)[:200]
    return ""


def _address(root: Element, named: dict[str, str]) -> str:
    canonical = (link.get("href") or "" for link in root.iter("link") if link.get("rel") == "canonical")
    for address in (*canonical, named.get("og:url", "")):
        if _ADDRESS.fullmatch(address.strip()):
            return address.strip()
    return ""


def _language(root: Element, named: dict[str, str]) -> str:
    page = root if tag_of(root) == "html" else None
    given = page.get("lang") or page.get("xml:lang") if page is not None else None
    language = (given or named.get("content-language") or "").strip()
    return language.replace("_", "-") if _LANGUAGE.fullmatch(language) else ""


def _first_day(texts: list[str]) -> str:
    return next((day for day in map(_day, texts) if day), "")


def _last_day(texts: list[str]) -> str:
    return max(map(_day, texts), default="")


def _day(text: str) -> str:
    found = _DAY.match(text.strip())
    return "-".join(found.groups()) if found else ""
