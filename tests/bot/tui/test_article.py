"""Reading a whole article: opened at the quoted words, with contents and a find."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from bot.reply import Citation, QuotedSentence, Reply, SourceView
from bot.source_view import places_of_headings
from bot.tui.app import ChatApp
from bot.tui.article_screen import ArticleScreen
from tests.bot.tui.fake_engine import ANSWER, HELPS, FakeEngine, ask, chat, front, seen, settle, words

LONG = "\n".join(
    ["A long article", *(line for n in range(1, 21) for line in (f"Section {n}", f"Word {n} of it. " * 30))]
)
HEADINGS = tuple(f"Section {n}" for n in range(1, 21))
QUOTED = "Word 12 of it."


START = LONG.index(QUOTED)
REPLY = replace(
    ANSWER,
    citations=(HELPS,),
    sentences=(QuotedSentence(QUOTED, 1, START, START + len(QUOTED)),),
)


@dataclass(slots=True)
class LongEngine(FakeEngine):
    """Its one source is far down in a long article."""

    replies: dict[str, Reply] = field(default_factory=lambda: {"helps": REPLY})

    def source(self, citation: Citation) -> SourceView:
        return replace(
            FakeEngine.source(self, citation),
            title="A long article",
            text=LONG[START : START + 200],
            start=START,
            end=START + 200,
            article_text=LONG,
            contents=places_of_headings(LONG, HEADINGS),
        )


async def opened(pilot: Pilot[None]) -> ArticleScreen:
    await settle(pilot)
    await ask(pilot, "what helps")
    await pilot.press("f3")
    await settle(pilot)
    screen = front(pilot.app)
    assert isinstance(screen, ArticleScreen)
    return screen


def top(app: ChatApp) -> str:
    """Return the first lines of text below the title bar."""
    return " ".join(seen(app).splitlines()[1:6])


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_it_opens_at_the_section_that_is_quoted(size: tuple[int, int]) -> None:
    app = chat(LongEngine())
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        page = words(seen(app))
        assert "Section 12" in page
        assert QUOTED in page
        assert "Section 11" not in page


async def test_it_opens_at_the_passage_where_the_quoted_words_are_gone() -> None:
    lost = replace(REPLY, sentences=(replace(REPLY.sentences[0], text="These words are nowhere."),))
    app = chat(LongEngine({"helps": lost}))
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        assert "Section 12" in words(seen(app))


@pytest.mark.parametrize("size", [(60, 20), (140, 45)])
async def test_the_contents_begin_where_one_reads_and_lead_to_a_section(size: tuple[int, int]) -> None:
    app = chat(LongEngine())
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press("t")
        await settle(pilot)
        contents = front(app).query_one(OptionList)
        assert contents.highlighted == HEADINGS.index("Section 12")
        await pilot.press("down", "down", "enter")
        await settle(pilot)
        assert not contents.display
        assert "Section 14" in top(app)


async def test_escape_closes_the_contents_first_and_the_article_then() -> None:
    app = chat(LongEngine())
    async with app.run_test(size=(140, 45)) as pilot:
        await opened(pilot)
        await pilot.press("t", "escape")
        assert isinstance(front(app), ArticleScreen)
        await pilot.press("escape")
        assert front(app) is app.chat


async def test_find_counts_goes_on_from_where_one_reads_and_steps_round() -> None:
    app = chat(LongEngine())
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"section", "space", "1", "enter")
        await settle(pilot)
        page = seen(app)
        assert "4 of 11" in page  # 1, 10, 11, 12 … 19
        assert "Section 12" in top(app)
        await pilot.press("n")
        await settle(pilot)
        assert "5 of 11" in seen(app)
        assert "Section 13" in seen(app)
        await pilot.press(*"NNNNNN")
        await settle(pilot)
        assert "10 of 11" in seen(app)
        await pilot.press("g")
        await settle(pilot)
        assert "Section 12" in seen(app)


async def test_find_says_when_there_is_nothing_and_escape_takes_it_away() -> None:
    app = chat(LongEngine())
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("slash", *"zzz", "enter", "n")
        await settle(pilot)
        assert "not found" in seen(app)
        await pilot.press("escape")
        await settle(pilot)
        assert "not found" not in seen(app)
        assert screen.query_one(Input).value == ""
        assert front(app) is screen


async def test_letters_typed_into_the_find_line_are_letters() -> None:
    app = chat(LongEngine())
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("slash", *"tnfg")
        await settle(pilot)
        assert screen.query_one(Input).value == "tnfg"
        assert not screen.query_one(OptionList).display


async def test_the_facts_stand_below_and_one_key_goes_there_and_back() -> None:
    app = chat(LongEngine())
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("f")
        await settle(pilot)
        assert "Loperamide is given from day one." in words(seen(app))
        assert "in our words" in str(screen.query_one("#article-foot", Static).render())
        await pilot.press("f")
        await settle(pilot)
        assert QUOTED in words(seen(app))


async def test_a_very_long_article_is_one_widget_and_not_thousands() -> None:
    app = chat(LongEngine())
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        assert len(screen.query("*")) < 25
