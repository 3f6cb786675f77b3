"""Pictures of the running chat: ``python docs/make_screenshots.py --home DIR`` writes docs/screenshots/.

The home needs an index of our own articles, and is left as it is. The app runs without a terminal, is
asked real questions, and exports what it shows: a picture a scene, and one conversation as text.
"""

from __future__ import annotations

import argparse
import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.pilot import Pilot

from bot.config import ThemeName
from bot.home import Home
from bot.tui.app import ChatApp
from bot.tui.at_home import chat_app

FOLDER = Path(__file__).with_name("screenshots")
WEB_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
RULE = "=" * 100
USUAL_HOME = "~/.local/share/mbc-chat"
USUAL_FOLDER = "/home/ann"


@dataclass(frozen=True, slots=True)
class Scene:
    """What is done at the keyboard before the picture is taken."""

    name: str
    size: tuple[int, int]
    steps: tuple[str, ...]
    """A question that begins with "? ", or keys with spaces between."""
    theme: ThemeName = ThemeName.DARK
    first_start: bool = False
    before: tuple[tuple[str, ...], ...] = ()
    """Talks that were held and saved before, the steps of each."""


TALKS = (
    ("? What is a liquid biopsy?", "? Is it as good as a tissue biopsy?"),
    ("? What helps against diarrhoea?", "alt+k", "? and with neratinib?"),
    ("? What are CDK4/6 inhibitors?",),
    ("? Which heart checks go with ribociclib?", "alt+o", "f6", "N e x t space v i s i t enter"),
)
KEEPING = (
    "? What helps against diarrhoea?",
    "alt+k",
    "alt+n",
    "M a y space I space t r a v e l space w i t h space m y space p i l l s ? enter",
)

SCENES = (
    Scene("chat", (120, 36), ("? Which drugs go with a PIK3CA mutation?",)),
    Scene(
        "chat-light",
        (120, 36),
        ("? What are CDK4/6 inhibitors?", "? and the side effects?"),
        ThemeName.LIGHT,
    ),
    Scene(
        "emergency",
        (100, 30),
        ("? I have a fever of 38.4 and I am shivering.",),
    ),
    Scene(
        "pinned",
        (80, 24),
        ("? I have crushing chest pain right now.", "? What is a liquid biopsy?"),
    ),
    Scene("narrow", (60, 24), ("? What is a liquid biopsy?",)),
    Scene("wide", (200, 60), ("? What is HER2-low?", "? Which side effects does Enhertu have?")),
    Scene("article", (120, 36), ("? What are CDK4/6 inhibitors?", "f3", "t"), ThemeName.LIGHT),
    Scene("find", (80, 24), ("? What are CDK4/6 inhibitors?", "f3", "slash b l o o d enter n")),
    Scene("facts", (120, 36), ("? Which heart checks go with ribociclib?", "f5")),
    Scene("glossary", (80, 24), ("ctrl+g", "t r a s t"), ThemeName.HIGH_CONTRAST),
    Scene("not-covered", (100, 30), ("? What is the capital of France?",), ThemeName.LIGHT),
    Scene("commands", (100, 30), ("? What is HER2-low?", "ctrl+p", "g l o")),
    Scene("welcome", (100, 36), (), first_start=True),
    Scene("talks", (80, 24), ("alt+o", "down"), before=TALKS),
    Scene("talks-search", (120, 36), ("alt+o", "d i a r r h"), ThemeName.HIGH_CONTRAST, before=TALKS),
    Scene("talks-delete", (80, 24), ("alt+o", "alt+d"), before=TALKS),
    Scene("resumed", (120, 36), ("alt+o", "down down enter"), before=TALKS),
    Scene("kept", (100, 36), (*KEEPING, "alt+v"), ThemeName.LIGHT),
    Scene("note", (80, 24), ("? Should I stop taking letrozole?", "alt+n")),
    Scene("take-along", (80, 24), (*KEEPING, "alt+e")),
)

CONVERSATION = Scene(
    "conversation",
    (100, 40),
    (
        "? What are CDK4/6 inhibitors?",
        "? and the side effects?",
        "? I have a fever of 38.4 and I am shivering.",
        "? What should I ask at my next visit?",
    ),
)


async def play(pilot: Pilot[None], step: str) -> None:
    """Do one step and wait until everything that it set off is on the screen."""
    app = pilot.app
    assert isinstance(app, ChatApp)
    if step.startswith("? "):
        app.chat.prompt.put(step[2:])
        await pilot.press("enter")
    else:
        await pilot.press(*step.split())
    await settle(pilot)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no job is left and everything is laid out."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()


def app_of(home: Home, scene: Scene) -> ChatApp:
    """Return the chat of a scene, which keeps no settings and names the usual folders."""
    saves = scene.first_start or bool(scene.before)
    app = chat_app(home, theme=scene.theme, private=not saves, keeps_settings=False)
    app.chat.settings = replace(app.chat.settings, kept_in=USUAL_HOME)
    shelf = replace(app.chat.backing.shelf, folder=Path(USUAL_FOLDER))
    app.chat.backing = replace(app.chat.backing, shelf=shelf)
    return app


@contextmanager
def borrowed(home: Home) -> Iterator[Home]:
    """Give a home of its own with the index of another, for talks to be saved in."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "index").symlink_to(home.index.path.absolute())
        yield Home(Path(folder))


async def hold(home: Home, scene: Scene, steps: tuple[str, ...]) -> None:
    """Hold a talk that is saved."""
    app = app_of(home, scene)
    async with app.run_test(size=scene.size) as pilot:
        await settle(pilot)
        for step in steps:
            await play(pilot, step)


async def take(home: Home, scene: Scene) -> None:
    """Play a scene and write what the screen shows then."""
    for steps in scene.before:
        await hold(home, scene, steps)
    app = app_of(home, scene)
    async with app.run_test(size=scene.size) as pilot:
        await settle(pilot)
        if scene.first_start:
            app.chat.welcome(first=True)
            await settle(pilot)
        for step in scene.steps:
            await play(pilot, step)
        picture = WEB_FONTS.sub("", app.export_screenshot(title="mbc-chat"))
    (FOLDER / f"{scene.name}.svg").write_text(picture.replace("Fira Code", "DejaVu Sans Mono"), "utf-8")


async def record(home: Home, scene: Scene) -> None:
    """Play a scene and write what the screen shows after every step, as text."""
    app = app_of(home, scene)
    pages = []
    async with app.run_test(size=scene.size) as pilot:
        await settle(pilot)
        for step in scene.steps:
            await play(pilot, step)
            pages.append(screen_text(app))
    (FOLDER / f"{scene.name}.txt").write_text(f"\n{RULE}\n".join(pages) + "\n", "utf-8")


def screen_text(app: ChatApp) -> str:
    """Return the characters on the screen, line by line."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def main() -> None:
    """Take every picture, or those named."""
    parser = argparse.ArgumentParser(description="Take pictures of the running chat.")
    parser.add_argument("--home", type=Path, required=True, help="a home with an index of our own articles")
    parser.add_argument("names", nargs="*", help="scenes; all if none is named")
    arguments = parser.parse_args()
    home = Home(arguments.home)
    FOLDER.mkdir(exist_ok=True)
    for scene in SCENES:
        if not arguments.names or scene.name in arguments.names:
            with borrowed(home) as own:
                asyncio.run(take(own, scene))
    if not arguments.names or CONVERSATION.name in arguments.names:
        with borrowed(home) as own:
            asyncio.run(record(own, CONVERSATION))


if __name__ == "__main__":
    main()
