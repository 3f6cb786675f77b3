"""Telling the parts of a web page apart: not shown, furniture around the article, warnings in it."""

from __future__ import annotations

import re
from itertools import islice

from lxml.etree import _Element as Element

_NO_TEXT = frozenset(
    """
    script style template noscript title svg canvas iframe object embed applet audio video map select
    option datalist textarea input progress meter rp rt dialog menu del s strike
    """.split()
)
"""Elements without text for a reader; what is struck out was taken back, and must not be quoted."""
_FURNITURE_ROLES = frozenset({"navigation", "search", "menu", "menubar", "toolbar", "dialog", "alertdialog"})
_KEEPS_BUTTON = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"})
_CONTENT_TAGS = frozenset({"html", "body", "main", "article"})
_SECTIONING = frozenset({"main", "article", "section"})
_CONSENT = frozenset({"cookie", "cookies", "gdpr", "onetrust", "cookiebot"})
_COMMENTS = frozenset("comments comment-list commentlist comments-area disqus_thread respond".split())
"""What readers of a page wrote below it is never quoted as the page's own words."""
_NEVER_TEXT = re.compile(
    r"(?:breadcrumbs?|social|share|sharing|sharedaddy|newsletter|pagination|pager|skip(?:-?(?:to|link|nav))?|"
    r"advert(?:isement)?|site-?(?:header|footer|nav)|masthead|toolbar|entry-(?:meta|footer))(?:$|[-_])",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"(?:ads?|promo|related|recommended|sidebar|nav(?:bar|igation)?|menu|toc|table-of-contents|widget)(?:$|[-_])",
    re.IGNORECASE,
)
"""Names of boxes that are furniture if they are short, and of those that are if they are mostly links."""
_WARNING_WORDS = frozenset(
    """
    warning warnings alert caution danger emergency urgent important callout admonition redflag notice
    """.split()
)
_FRONT_PAGE = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+|home/?)?|/[a-z]{2}/?", re.IGNORECASE)
_ANCHOR_MARKS = frozenset({"¶", "#", "§", "🔗"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAME_PARTS = re.compile(r"[^\W\d_]+?(?=[A-Z][a-z]|[\W\d_]|$)")
_EMERGENCY = re.compile(
    r"\b(?:999|911|112|111|emergency|urgent(?:ly)?|warning|caution)\b"
    r"|\b(?:straight away|right away|at once|immediately)\b"
    r"|\b(?:call|phone|ring|contact|tell) (?:your|the|a) (?:\w+ ){0,3}"
    r"(?:doctor|nurse|team|hospital|clinic|hotline|helpline|line)\b",
    re.IGNORECASE,
)
_MAX_CONSENT_WORDS = 400
_MAX_FURNITURE_WORDS = 40
_MAX_TEXTS = 2000
"""Text nodes looked at to tell what a part is made of; more do not change the answer."""


def tag_of(element: Element) -> str:
    """Return the tag in lower case without its namespace prefix; "" for a comment and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def controlled_ids(root: Element) -> frozenset[str]:
    """Return the ids of the parts that a control of the page opens: closed now, but there to be read."""
    named = (name for element in root.iter() for name in (element.get("aria-controls") or "").split())
    return frozenset(named)


def is_not_shown(element: Element, opened: frozenset[str]) -> bool:
    """Whether no reader of the page sees ``element``; the folded parts of a page do not count."""
    if tag_of(element) in _NO_TEXT:
        return True
    hidden = (
        element.get("hidden") not in {None, "until-found"}
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
    )
    folded = element.get("id") in opened or element.get("role") in {"tabpanel", "region"}
    return hidden and not folded


def is_furniture(element: Element) -> bool:
    """Whether ``element`` is part of the site rather than of the article, by its tag, role or class."""
    tag = tag_of(element)
    if tag == "button":
        return not any(tag_of(above) in _KEEPS_BUTTON for above in element.iterancestors())
    if tag == "h1":
        return is_logo(element)
    if tag in _CONTENT_TAGS:
        return False
    if tag == "a" and (element.text or "").strip() in _ANCHOR_MARKS and not len(element):
        return True
    looks_so = tag == "nav" or element.get("role") in _FURNITURE_ROLES or _is_named_so(element)
    return looks_so and not any(True for _ in element.iter("main", "article", "h1"))


def _is_named_so(element: Element) -> bool:
    classes = (element.get("class") or "").split()
    names = {
        part.lower() for name in (*classes, element.get("id") or "") for part in _NAME_PARTS.findall(name)
    }
    if any(name.lower() in _COMMENTS for name in (*classes, element.get("id") or "")):
        return True
    if names & _CONSENT:
        return _is_short(element, _MAX_CONSENT_WORDS)
    is_box = any(map(_NEVER_TEXT.match, classes)) and _is_short(element, _MAX_FURNITURE_WORDS)
    is_list = any(map(_LINKS.match, classes)) and _is_mostly_links(element)
    if not is_box and not is_list:
        return False
    return not reads_as_warning(" ".join(map(str, islice(element.itertext(), _MAX_TEXTS))))


def is_logo(heading: Element) -> bool:
    """Whether a heading is the name of the site: a link to its front page."""
    around = (above for above in heading.iterancestors("a"))
    return any(_FRONT_PAGE.fullmatch(link.get("href") or "") for link in (*heading.iter("a"), *around))


def is_document_title(paragraph: Element) -> bool:
    """Whether a paragraph is the title of a document that Word or Google Docs saved as a page."""
    classes = (paragraph.get("class") or "").split()
    if "title" in classes:
        return any("doc-content" in (body.get("class") or "") for body in paragraph.iterancestors("body"))
    return "MsoTitle" in classes


def is_page_margin(element: Element) -> bool:
    """Whether ``element`` is the header or footer of the page, not of an article in it."""
    tag, role = tag_of(element), element.get("role")
    if tag not in {"header", "footer"} and role not in {"banner", "contentinfo"}:
        return False
    return not any(tag_of(above) in _SECTIONING for above in element.iterancestors())


def is_warning(element: Element) -> bool:
    """Whether ``element`` is a box that must not be lost: a warning, or an aside in the article."""
    if element.get("role") in {"alert", "note"}:
        return True
    if tag_of(element) == "aside":
        return any(tag_of(above) in _SECTIONING for above in element.iterancestors())
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return any(part.lower() in _WARNING_WORDS for part in _NAME_PARTS.findall(names))


def reads_as_warning(text: str) -> bool:
    """Whether ``text`` tells of an emergency or of whom to call: never left out, wherever it stands."""
    return bool(_EMERGENCY.search(text))


def _is_short(element: Element, most: int) -> bool:
    count = 0
    for text in element.itertext():
        count += len(str(text).split())
        if count > most:
            return False
    return True


def _is_mostly_links(element: Element) -> bool:
    letters = sum(len(str(text).strip()) for text in islice(element.itertext(), _MAX_TEXTS))
    links = (str(text).strip() for link in element.iter("a") for text in link.itertext())
    return sum(len(text) for text in islice(links, _MAX_TEXTS)) > letters / 2
