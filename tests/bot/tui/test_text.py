"""Text from outside is shown as it is, and neither steers the terminal nor is read as markup."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.render import shown
from bot.reply import Citation, CitedSource, Kind, Offer, QuotedSentence, Reply, SourceView
from bot.tui.messages import QUESTION_LIMIT, question_content
from bot.tui.text import plain
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


class HostileEngine(FakeEngine):
    """Every piece of text in its replies and sources is hostile."""

    bad: str = ""

    def reply(self, conversation: object, text: str, *, as_typed: bool = False) -> Reply:
        bad = self.bad
        source = CitedSource(bad, bad)
        cited = replace(ANSWER.citations[0], title=bad, section=bad, sources=(source,), start=0, end=len(bad))
        return Reply(
            question=text,
            kind=Kind.URGENT,
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
            generation=bad,
            text=bad,
        )

    def source(self, citation: Citation) -> SourceView:
        bad = self.bad
        return replace(
            super().source(citation),
            title=bad,
            headings=(bad, bad),
            text=bad,
            start=0,
            end=len(bad),
            clinical_review=bad,
            sources=(CitedSource(bad, bad),),
            article_text=f"{bad}\n{bad}",
        )


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_passes_through_every_widget_as_visible_characters(text: str) -> None:
    engine = HostileEngine(generation=text)
    engine.bad = text
    app = chat(engine, notice=text)
    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)
        await ask(pilot, text)
        page = seen(app)
        probe = shown(text)[:20]
        assert page.count(probe) >= 10
        assert all(bad not in page for bad in "\x1b\x07\u202e")
        await pilot.press("f3")
        await settle(pilot)
        assert app.screen is not app.chat
        assert seen(app).count(probe) >= 4
        await pilot.press("escape", "f4", "f1", "end")
        await settle(pilot)
        assert probe in seen(app)
