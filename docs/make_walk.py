"""Walking through every command with good and bad input: ``python docs/make_walk.py``.

Runs the installed ``mbc-chat`` as a reader would and writes what it printed, shortened, to ``docs/walk.md``.
The home is a new one, so an index is built first. Run it without a network where that can be
cut (``unshare --net``): nothing here needs one.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = Path(__file__).with_name("walk.md")
HERE = f"{Path(__file__).parents[1]}/"
PROGRAM = Path(sys.executable).with_name("mbc-chat")
LINES, WIDTH = 4, 118
HEAD = """# A walk through every command

Good and bad input, one after the other, in a new home, with the network cut off where that is possible.
Written by `docs/make_walk.py`; long output is shortened. `DIR` is a folder made for the walk.
"""
QUESTIONS = """{"id": 1, "question": "what is an ADC"}
{"id": 2}
not json
{"id": 3, "turns": ["What are PARP inhibitors?", "and the side effects?"]}
"""
WALK: tuple[tuple[str, str], ...] = (
    ("--version", ""),
    ("askk x", ""),
    ("ask", ""),
    ("index status", ""),
    ("index build", ""),
    ("index build", ""),
    ("index build --corpus DIR/nowhere", ""),
    ("index status", ""),
    ("index search esr1 -k 2", ""),
    ("index verify", ""),
    ("index rollback", ""),
    ("index prune", ""),
    ("index impact --corpus DIR/none", ""),
    ("ask what~is~her2~low", ""),
    ("ask ", ""),
    ("ask can~I~skip~my~Verzenio~tonight", ""),
    ("ask I~cant~breathe~since~this~morning", ""),
    ("ask who~won~the~match", ""),
    ("ask --batch DIR/questions.jsonl", ""),
    ("ask --batch DIR/nowhere.jsonl", ""),
    ("chat --plain", "what is a CDK4/6 inhibitor?\nand the side effects?\n1\nkeep 1\nquit\n"),
    ("chat --plain --private", "hello\n\x1b[31mred\x1b[0m\nquit\n"),
    ("chat --plain --resume nowhere", ""),
    ("conversations list", ""),
    ("conversations show last", ""),
    ("conversations show nowhere", ""),
    ("conversations search CDK", ""),
    ("conversations rename last my~first~talk", ""),
    ("conversations export last --visit-sheet -o DIR/visit.html", ""),
    ("conversations export last -o /nowhere/at/all.md", ""),
    ("conversations verify", ""),
    ("conversations impact", ""),
    ("conversations delete last", ""),
    ("corpus check DIR/none", ""),
    ("corpus check", ""),
    ("corpus show her2-low-and-ultralow#what-it-means", ""),
    ("corpus show nowhere", ""),
    ("corpus list", ""),
    ("eval run nowhere", ""),
    ("eval explain nowhere", ""),
    ("eval run conversations --split dev", ""),
    ("serve --port 70000", ""),
    ("doctor", ""),
    ("--home /proc/nowhere index build", ""),
)
"""Words of a command, "~" for a space inside of one, and what is typed into it."""


def step(words: str, typed: str, folder: Path) -> str:
    """Run one command and return how it went."""
    arguments = [word.replace("~", " ").replace("DIR", str(folder)) for word in words.split(" ")]
    home = [] if arguments[0] == "--home" else ["--home", str(folder / "home")]
    done = subprocess.run(  # noqa: S603
        [PROGRAM, *home, *arguments], input=typed, capture_output=True, text=True, timeout=1200, check=False
    )
    shown = " ".join(repr(word) if " " in word or not word else word for word in arguments)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    kept = lines if len(lines) <= LINES + 1 else [*lines[:LINES], f"... {len(lines) - LINES} more lines"]
    told = [_short(line) for line in (f"$ mbc-chat {shown}", *kept)]
    return "\n".join((*told, f"-> exit {done.returncode}")).replace(str(folder), "DIR").replace(HERE, "")


def _short(line: str) -> str:
    return line if len(line) <= WIDTH else line[: WIDTH - 2] + " …"


def main() -> None:
    """Walk, and write the page."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "none").mkdir()
        (folder / "questions.jsonl").write_text(QUESTIONS, "utf-8")
        steps = [step(words, typed, folder) for words, typed in WALK]
    PAGE.write_text(HEAD + "\n```\n" + "\n\n".join(steps) + "\n```\n", "utf-8")


if __name__ == "__main__":
    main()
