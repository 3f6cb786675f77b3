"""Text from outside is shown as it is, and neither steers the terminal nor is read as markup."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from bot.config import ThemeName
from bot.render import shown
from bot.reply import (
    Citation,
    CitedSource,
    Kind,
    Offer,
    QuotedSentence,
    Reply,
    SectionPlace,
    SourceView,
)
from bot.tui.app import ChatApp
from bot.tui.backing import Settings
from bot.tui.messages import QUESTION_LIMIT, question_content
from bot.tui.text import plain
from corpus.article import Source
from corpus.facts import Fact, FactStatus
from corpus.glossary import Term, TermKind
from tests.bot.tui.fake_engine import ANSWER, FakeEngine, ask, chat, seen, settle

HOSTILE = (
    "[/x]",
    "[bold]loud",
    "[/",
    "a\x1b[31mred",
    "b\x1b]0;title\x07c",
    "\u202edlrow",
    "x" * 300,
    "a\\[b]",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_content_holds_exactly_the_visible_characters(text: str) -> None:
    assert plain(text).plain == shown(text)
    assert plain(text, "bold").plain == shown(text)


def test_shown_takes_away_whole_escape_sequences_and_direction_marks() -> None:
    assert shown("a\x1b[31mred\x1b]0;title\x07 \u202eend\u200b\tx") == "ared end    x"


def test_a_very_long_question_is_repeated_in_part_and_says_so() -> None:
    content = question_content("word " * 20_000).plain
    assert len(content) < QUESTION_LIMIT + 100
    assert "100,000 characters in all; the whole of it was read." in content


@dataclass(slots=True)
class HostileEngine(FakeEngine):
    """Every piece of text in its replies, sources and terms is hostile."""

    bad: str = ""
    kind: Kind = Kind.URGENT

    def reply(self, conversation: object, text: str, *, as_typed: bool = False) -> Reply:
        bad = self.bad
        source = CitedSource(bad, bad)
        cited = replace(ANSWER.citations[0], title=bad, section=bad, sources=(source,), start=0, end=len(bad))
        return Reply(
            question=text,
            kind=self.kind,
            framing=bad,
            understood=bad,
            notice=bad,
            reminder=bad,
            sentences=(QuotedSentence(bad, 1, 0, len(bad)),),
            citations=(cited,),
            missing=bad,
            offers=(Offer("a", "b", bad),),
            team_question=bad,
            suggestions=(bad,),
            more=1,
            generation=bad,
            text=bad,
        )

    def source(self, citation: Citation) -> SourceView:
        bad = self.bad
        return replace(
            FakeEngine.source(self, citation),
            title=bad,
            headings=(bad, bad),
            text=bad,
            start=0,
            end=len(bad),
            clinical_review=bad,
            sources=(CitedSource(bad, bad),),
            article_text=f"{bad}\n{bad}",
            facts=(Fact(bad, bad, Source(bad, bad), bad, FactStatus.VERIFIED),),
            contents=(SectionPlace(bad, 0), SectionPlace(bad, len(bad) + 1)),
        )

    def glossary(self) -> tuple[Term, ...]:
        return (Term(self.bad, self.bad, TermKind.WORD, lay=(self.bad + "!",)),)


def hostile_chat(text: str, kind: Kind = Kind.URGENT) -> ChatApp:
    return chat(
        HostileEngine(generation=text, bad=text, kind=kind),
        notice=text,
        support=text,
        settings=Settings(kept_in=text, keep=lambda key, value: None),
        changes=lambda: text,
        freshness=lambda: text,
    )


def check_page(app: ChatApp, text: str, times: int) -> None:
    """Check that the visible characters are there as often as they must be, and no others."""
    page = seen(app)
    assert page.count(shown(text)[:20]) >= times
    assert all(bad not in page for bad in "\x1b\x07\u202e")


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_passes_through_the_talk_as_visible_characters(text: str) -> None:
    app = hostile_chat(text)
    async with app.run_test(size=(200, 60), notifications=True) as pilot:
        await settle(pilot)
        check_page(app, text, 3)
        await ask(pilot, text)
        check_page(app, text, 12)
        await pilot.press("f5")
        await settle(pilot)
        check_page(app, text, 12)
        await pilot.press("alt+w")
        await settle(pilot)
        check_page(app, text, 1)
        await pilot.press("enter")
        await settle(pilot)
        check_page(app, text, 12)
        await pilot.press("alt+1", "ctrl+l")
        await settle(pilot)
        check_page(app, text, 10)


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_passes_through_every_other_screen(text: str) -> None:
    app = hostile_chat(text, Kind.ANSWER)
    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)
        await ask(pilot, text)
        await pilot.press("f3")
        await settle(pilot)
        check_page(app, text, 4)
        await pilot.press("t")
        await settle(pilot)
        check_page(app, text, 5)
        await pilot.press("enter", "slash", *"e", "enter", "escape", "escape", "ctrl+g")
        await settle(pilot)
        check_page(app, text, 3)
        await pilot.press("enter")
        await settle(pilot)
        app.chat.welcome(first=True)
        await settle(pilot)
        check_page(app, text, 2)
        await pilot.press("escape", "f4", "f1", "end")
        await settle(pilot)
        check_page(app, text, 2)


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_errors_are_said_as_visible_characters(text: str) -> None:
    def broken() -> FakeEngine:
        raise OSError(text)

    app = chat(open_engine=broken, early=FakeEngine(generation=None, trouble=OSError(text)))
    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)
        check_page(app, text, 1)
        await pilot.press("escape")
        await ask(pilot, text)
        check_page(app, text, 2)
        await pilot.press("f9")
        await settle(pilot)
        check_page(app, text, 1)


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
@pytest.mark.parametrize("theme", list(ThemeName))
async def test_hostile_text_breaks_no_layout(theme: ThemeName, size: tuple[int, int]) -> None:
    app = hostile_chat("".join(HOSTILE))
    app.theme = theme
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await ask(pilot, "".join(HOSTILE))
        for keys in ("f3", "t", "escape escape", "ctrl+g", "escape", "f1", "escape"):
            await pilot.press(*keys.split())
            await settle(pilot)
            lines = seen(app).split("\n")
            assert len(lines) == size[1]
            assert all(len(line) <= size[0] for line in lines)
        assert "● ready" in seen(app)
