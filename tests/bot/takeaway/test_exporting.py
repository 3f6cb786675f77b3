from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.conversations.as_json import conversation_json
from bot.conversations.stored import Kept, TeamNote
from bot.receipts.standing import Absence
from bot.reply import Reply
from bot.takeaway.exporting import sheet_text, talk_text
from bot.takeaway.formats import ExportFormat, format_by_name
from bot.takeaway.markdown_text import inline, link, paragraph
from corpus.text import clean_text, one_line
from tests.bot.receipts.replies import ENERGY, NECTAR, TEXT
from tests.bot.replies import any_replies
from tests.bot.takeaway.talks import ADVICE, AT, as_of, bee_talk, hostile_talk, talk_of

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](http://evil.example/x.png) [y](javascript:alert(1))",
    "</style></title></head><body onload=alert(1)>",
    '" onclick="alert(1)',
    "javascript:alert(1)",
    "a\x1b]0;title\x07b\x9b31mc\u202ed\x00e",
    "# heading\n- list\n1. one\n> quote\n```\ncode\n```\n---\n<!-- x",
    "[x]: http://evil.example\n\n[x]",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "&lt;b&gt; &amp; &#60;",
    "\ud800 lone",
    "**bold** _it_ ~~no~~ `code` \\ $x$",
)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


class Page(HTMLParser):
    """Collects what a browser would see of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_a_conversation_as_markdown_has_everything_in_the_reading_order() -> None:
    text = talk_text(bee_talk(name="Bees"), as_of(), ExportFormat.MARKDOWN)
    places = [
        text.index(part)
        for part in (
            "# Bees",
            "> **EMERGENCY**\n>\n> Call 112 now.",
            "A conversation of 23 November 2026, written on 27 November 2026.",
            ADVICE,
            "**You, 23 November 2026:**\nWhat do bees eat?",
            f"> {NECTAR} \\[1\\]\n>\n> {ENERGY} \\[1\\]",
            "*General information on bees.*",
            "\\[1\\] Keeping bees: What do bees eat? Facts checked 10 January 2026, not reviewed by",
            "- [Bee board](<https://bees.example/eat>)",
            "I cannot breathe",
            "*Marked as wrong by the reader.*",
            "*This chat cannot check symptoms.*",
            "## Questions for your care team\n\n- [ ] Who do I ring at night?",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("wanted", list(ExportFormat))
def test_a_changed_source_is_said_in_every_format(wanted: ExportFormat) -> None:
    same = talk_text(bee_talk(), as_of(), wanted)
    changed = talk_text(bee_talk(), as_of(TEXT.replace(ENERGY, "Sweet.")), wanted)
    said = "“Keeping bees” has changed since this answer"
    assert said in changed
    assert said not in same


@pytest.mark.parametrize("wanted", [ExportFormat.MARKDOWN, ExportFormat.HTML])
def test_an_emergency_comes_before_all_else(wanted: ExportFormat) -> None:
    text = talk_text(bee_talk(name="A talk"), as_of(), wanted)
    assert text.index("Call 112 now.") < text.index(ADVICE) < text.index("What do bees eat?")


def test_json_gives_back_every_reply_as_it_was() -> None:
    talk = bee_talk(name="Bees")
    plain = json.loads(talk_text(talk, as_of(), ExportFormat.JSON))
    assert [Reply.from_json(turn["reply"]) for turn in plain["turns"]] == [t.reply for t in talk.turns]
    assert plain["turns"][0]["standing"] == ["intact", "intact"]
    own = {"format", "exported", "framing"}
    for turn in plain["turns"]:
        del turn["standing"], turn["changes"]
    assert {key: value for key, value in plain.items() if key not in own} == json.loads(
        json.dumps(conversation_json(talk))
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_page_holds_hostile_text_as_text_and_loads_nothing(text: str) -> None:
    talk = hostile_talk(text)
    for whole in (talk_text(talk, as_of(), ExportFormat.HTML), sheet_text(talk, as_of(), as_page=True)):
        assert not CONTROL.search(whole)
        page = Page(whole)
        assert not {"script", "img", "iframe", "link", "object", "b", "form"} & set(page.tags)
        assert page.tags.count("body") == page.tags.count("style") == 1
        assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
        links = [value or "" for name, value in page.attributes if name == "href"]
        assert all(value.startswith(("http://", "https://")) for value in links)
        shown = " ".join("".join(page.words).split())
        assert " ".join(clean_text(text).split()) in shown


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_hostile_text_as_text(text: str) -> None:
    talk = hostile_talk(text)
    for whole in (talk_text(talk, as_of(), ExportFormat.MARKDOWN), sheet_text(talk, as_of())):
        assert not CONTROL.search(whole)
        page = Page(MARKDOWN.render(whole))
        assert not {"script", "img", "a", "code", "table", "b", "s", "body", "pre"} & set(page.tags)
        shown = " ".join("".join(page.words).split())
        assert " ".join(one_line(text).split()) in shown


@pytest.mark.parametrize("text", HOSTILE)
def test_json_has_no_character_that_could_steer_a_terminal(text: str) -> None:
    whole = talk_text(hostile_talk(text), as_of(), ExportFormat.JSON)
    assert not CONTROL.search(whole)
    assert json.loads(whole)["name"] == text


@given(st.text(max_size=60))
def test_any_text_reads_in_markdown_as_it_was_written(text: str) -> None:
    page = Page(MARKDOWN.render(inline(text)))
    assert set(page.tags) <= {"p"}
    assert " ".join("".join(page.words).split()) == " ".join(one_line(text).split())
    lines = Page(MARKDOWN.render(paragraph(text)))
    assert set(lines.tags) <= {"p", "br"}


def test_only_addresses_of_the_web_become_links() -> None:
    assert (
        link("A [b]", "https://x.example/a_(b)?c=1&d=2") == "[A \\[b\\]](<https://x.example/a_(b)?c=1&d=2>)"
    )
    assert link("A", "https://x.example/?a&copy;") == "[A](<https://x.example/?a&amp;copy;>)"
    assert link("A", "javascript:alert(1)") == "A javascript:alert(1)"
    assert link("A", "https://x.example/> <b>") == "A https\\://x.example/&gt; &lt;b&gt;"
    assert link("", "") == ""


@given(any_replies)
def test_any_reply_can_be_taken_along_and_its_json_gives_it_back(reply: Reply) -> None:
    entries = tuple(Kept(AT, 1, citation.n, (0, 1)) for citation in reply.citations)
    talk = talk_of(reply, entries=(*entries, TeamNote(AT, "x", "Why?")))
    for wanted in (ExportFormat.MARKDOWN, ExportFormat.HTML):
        assert not CONTROL.search(talk_text(talk, as_of(), wanted))
    assert not CONTROL.search(sheet_text(talk, as_of(), as_page=True))
    plain = json.loads(talk_text(talk, as_of(), ExportFormat.JSON))
    assert Reply.from_json(plain["turns"][0]["reply"]) == reply
    assert len(plain["turns"][0]["standing"]) == len(reply.sentences)


def test_a_page_allows_its_own_style_and_nothing_else() -> None:
    page = talk_text(bee_talk(), as_of(), ExportFormat.HTML)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert re.fullmatch(
        r"default-src &#x27;none&#x27;; style-src &#x27;sha256-[\w+/=]{44}&#x27;; "
        r"base-uri &#x27;none&#x27;; form-action &#x27;none&#x27;",
        policy[1],
    )
    assert "url(" not in page
    assert "@import" not in page


def test_the_name_of_a_file_says_the_format() -> None:
    assert format_by_name(Path("a.HTML")) is ExportFormat.HTML
    assert format_by_name(Path("a.md")) is ExportFormat.MARKDOWN
    assert format_by_name(Path("a.json")) is ExportFormat.JSON
    assert format_by_name(Path("a.txt")) is None


def test_a_change_beside_the_quotes_is_said_in_a_quiet_voice() -> None:
    said = "“Keeping bees” has changed since this answer; the words quoted here are still in it."
    now = as_of(TEXT + "\n\nAnd more.")
    assert f"\n*{said}*\n" in talk_text(bee_talk(), now, ExportFormat.MARKDOWN)
    assert f'<p class="change quiet">{said}</p>' in talk_text(bee_talk(), now, ExportFormat.HTML)


def test_a_tail_is_never_taken_for_the_whole() -> None:
    tail = replace(bee_talk(), earlier=1)
    with pytest.raises(AssertionError):
        talk_text(tail, as_of(), ExportFormat.MARKDOWN)
    with pytest.raises(AssertionError):
        sheet_text(tail, as_of())


def test_a_page_says_of_several_lost_sentences_once_that_they_are() -> None:
    page = talk_text(bee_talk(), as_of(Absence.WITHDRAWN), ExportFormat.HTML)
    assert page.count("The article that said this was withdrawn since.") == 1
    assert f"<s>{NECTAR}</s>" in page
    assert f"<s>{ENERGY}</s>" in page
    assert page.index("Before you rely on") < page.index(NECTAR)
