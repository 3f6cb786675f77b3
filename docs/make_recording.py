"""A talk in plain lines: ``python docs/make_recording.py --home DIR`` writes docs/a-talk-in-plain-lines.txt.

The home needs an index of our own articles; nothing is saved in it.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from bot.home import Home
from bot.plain.at_home import desk_at_home, first_words
from bot.plain.chat import run_plain

FILE = Path(__file__).with_name("a-talk-in-plain-lines.txt")
USUAL_HOME = "/home/ann/.local/share/mbc-chat"
TYPED = (
    "when is the best time to plant roses?",
    "What does HER2-low mean?",
    "how is it tested",
    "source 2",
    "keep 2",
    "side effects of enhertoo",
    "undo",
    "note Would a new biopsy help?",
    "kept",
    "should I stop my tablets?",
    "I have a fever of 38.4 and I am shivering",
    "search stain",
    "rename HER2-low",
    "conversations",
    "sheet -",
)


def record(home: Home) -> str:
    """Return the whole talk as the reader sees it, what was typed included."""
    screen = StringIO()

    def typed() -> Iterator[str]:
        for line in TYPED:
            screen.write(f"{line}\n")
            yield line

    run_plain(
        desk_at_home(home, private=False),
        lines=typed(),
        out=screen,
        narration=screen,
        prompted=True,
        first_words=first_words(home),
    )
    return screen.getvalue().removesuffix("You: ").rstrip() + "\n"


def main() -> None:
    """Record the talk in a home of its own, over the index of the one that was given."""
    parser = argparse.ArgumentParser(description="Record a talk in plain lines.")
    parser.add_argument("--home", type=Path, required=True, help="a home with an index of our own articles")
    index = Home(parser.parse_args().home.absolute()).index.path
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        (home.path / "index").symlink_to(index)
        FILE.write_text(record(home).replace(folder, USUAL_HOME), "utf-8")


if __name__ == "__main__":
    main()
