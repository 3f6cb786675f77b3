from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.safety import Country, load_rules
from bot.safety.notices import fill

PAGE = (Path(__file__).parents[3] / "docs" / "thirty-notices.md").read_text(encoding="utf-8")
BLOCKS = re.findall(
    r"^## (\d+\..*?)\n\n(US|UK|EU|no country set); .*?\n\n```text\n(.*?)\n```", PAGE, re.DOTALL | re.MULTILINE
)
RULES = load_rules()


def texts_for(country: Country | None) -> list[str]:
    notices = [text for one in RULES.notices["notices"].values() for text in one.values()]
    return [fill(text, RULES, country) for text in (*notices, *RULES.notices["reminders"].values())]


def test_the_page_shows_thirty_notices_and_says_who_has_not_reviewed_them() -> None:
    assert [int(typed.split(".")[0]) for typed, _, _ in BLOCKS] == list(range(1, 31))
    assert "No clinician has reviewed these texts." in PAGE


@pytest.mark.parametrize(("typed", "where", "reply"), BLOCKS, ids=[block[0][:30] for block in BLOCKS])
def test_the_page_shows_the_texts_as_they_are_now(typed: str, where: str, reply: str) -> None:
    country = Country(where) if where in set(Country) else None
    shown = " ".join(reply.split())
    assert any(text in shown for text in texts_for(country)), (
        f"{typed}: write the page anew with python docs/make_notices.py --home DIR"
    )
