"""Pictures of the running chat: ``python docs/make_screenshots.py --home DIR`` writes docs/screenshots/*.svg.

The home needs an index of our own articles. The app runs without a terminal, is asked real questions,
and exports what it shows.
"""

from __future__ import annotations

import argparse
import asyncio
import re
from collections.abc import Sequence
from pathlib import Path

from bot.cli.chat import chat_app
from bot.home import Home
from bot.tui.app import ChatApp

FOLDER = Path(__file__).with_name("screenshots")
WEB_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)

SCENES: tuple[tuple[str, tuple[int, int], str, tuple[str, ...]], ...] = (
    ("chat", (120, 36), "calm-dark", ("Which drugs go with a PIK3CA mutation?",)),
    ("chat-light", (120, 36), "calm-light", ("What are CDK4/6 inhibitors?", "and the side effects?")),
    ("emergency", (100, 30), "calm-dark", ("I have a fever of 38.4 and I am shivering.",)),
    ("narrow", (60, 24), "calm-dark", ("What is a liquid biopsy?",)),
)


async def take(app: ChatApp, name: str, size: tuple[int, int], questions: Sequence[str]) -> None:
    """Ask ``questions`` one after another and write what the screen shows then."""
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        for question in questions:
            await pilot.press(*("space" if character == " " else character for character in question))
            await pilot.press("enter")
            await app.workers.wait_for_complete()
            await pilot.pause()
        picture = WEB_FONTS.sub("", app.export_screenshot(title="mbc-chat"))
        (FOLDER / f"{name}.svg").write_text(picture.replace("Fira Code", "DejaVu Sans Mono"), "utf-8")


def main() -> None:
    """Take every picture."""
    parser = argparse.ArgumentParser(description="Take pictures of the running chat.")
    parser.add_argument("--home", type=Path, required=True, help="a home with an index of our own articles")
    home = Home(parser.parse_args().home)
    FOLDER.mkdir(exist_ok=True)
    for name, size, theme, questions in SCENES:
        asyncio.run(take(chat_app(home, theme=theme), name, size, questions))


if __name__ == "__main__":
    main()
