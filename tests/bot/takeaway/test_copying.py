from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest

from bot.takeaway.copying import Terminal, Way, copy, osc52, system_clipboard, terminal_kind

KITTY = {"TERM": "xterm-kitty"}
XTERM = {"TERM": "xterm-256color"}
VTE = {"TERM": "xterm-256color", "VTE_VERSION": "7600"}


class Screen:
    """A terminal that remembers what was sent to it."""

    def __init__(self) -> None:
        self.sent = ""

    def send(self, text: str) -> None:
        self.sent += text


class Board:
    """A clipboard."""

    def __init__(self, *, works: bool = True) -> None:
        self.text: str | None = None
        self._works = works

    def copy(self, text: str) -> None:
        if not self._works:
            raise RuntimeError("no clipboard")
        self.text = text


def payload(sequence: str) -> str:
    head, _, rest = sequence.partition("\x1b]52;c;")
    assert head == ""
    return base64.b64decode(rest.partition("\x07")[0]).decode()


@pytest.mark.parametrize(
    ("environment", "kind"),
    [
        (KITTY, Terminal.TAKES),
        ({"TERM": "xterm-256color", "WT_SESSION": "1"}, Terminal.TAKES),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, Terminal.TAKES),
        (XTERM, Terminal.MAY_TAKE),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux", "KITTY_WINDOW_ID": "1"}, Terminal.MAY_TAKE),
        (VTE, Terminal.IGNORES),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, Terminal.IGNORES),
        ({"TERM": "linux"}, Terminal.IGNORES),
        ({"TERM": "dumb"}, Terminal.IGNORES),
        ({}, Terminal.IGNORES),
    ],
)
def test_the_environment_tells_what_a_terminal_takes(environment: dict[str, str], kind: Terminal) -> None:
    assert terminal_kind(environment) is kind


def test_a_terminal_that_takes_it_copies(tmp_path: Path) -> None:
    screen, board = Screen(), Board()
    done = copy("Müsli", send=screen.send, environment=KITTY, clipboard=board.copy, home=tmp_path)
    assert (done.way, done.said) == (Way.TERMINAL, "Copied by your terminal.")
    assert payload(screen.sent) == "Müsli"
    assert board.text is None
    assert not list(tmp_path.iterdir())


def test_else_the_clipboard_copies(tmp_path: Path) -> None:
    screen, board = Screen(), Board()
    done = copy("nectar", send=screen.send, environment=XTERM, clipboard=board.copy, home=tmp_path)
    assert (done.way, board.text, screen.sent) == (Way.CLIPBOARD, "nectar", "")


def test_else_the_text_is_in_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    board = Board(works=False)
    for text in ("nectar", "pollen"):
        done = copy(text, send=Screen().send, environment=VTE, clipboard=board.copy, home=tmp_path / "home")
    assert done.way is Way.FILE
    assert done.path is not None
    assert str(done.path) in done.said
    assert done.path.read_text("utf-8") == "pollen"
    assert stat.S_IMODE(done.path.stat().st_mode) == 0o600


def test_a_terminal_that_may_take_it_gets_it_and_a_file_keeps_it(tmp_path: Path) -> None:
    screen = Screen()
    done = copy("nectar", send=screen.send, environment=XTERM, clipboard=None, home=tmp_path)
    assert (done.way, payload(screen.sent)) == (Way.TERMINAL_AND_FILE, "nectar")
    assert "not every terminal does" in done.said


def test_where_nothing_works_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, no folder", "utf-8")
    done = copy("nectar", send=None, environment={}, clipboard=None, home=tmp_path / "home")
    assert done.way is None
    assert done.said.startswith("It could not be copied:")


def test_a_long_text_is_never_cut_by_the_terminal(tmp_path: Path) -> None:
    long = "nectar " * 20_000
    screen = Screen()
    assert osc52(long, KITTY) is None
    done = copy(long, send=screen.send, environment=KITTY, clipboard=None, home=tmp_path)
    assert (done.way, screen.sent) == (Way.FILE, "")
    assert done.path is not None
    assert done.path.read_text("utf-8") == long


def test_inside_tmux_it_is_sent_plain_and_passed_through() -> None:
    plain = osc52("nectar", XTERM)
    assert osc52("nectar", {"TMUX": "x"}) == f"{plain}\x1bPtmux;\x1b{plain}\x1b\\"


def test_no_control_character_is_ever_copied(tmp_path: Path) -> None:
    screen, board = Screen(), Board()
    hostile = "a\x1b]0;title\x07b\x9bc\u202ed\x00e\nf"
    copy(hostile, send=screen.send, environment=KITTY, clipboard=None, home=tmp_path)
    copy(hostile, send=None, environment={}, clipboard=board.copy, home=tmp_path)
    assert payload(screen.sent) == board.text == "abcde\nf"


@pytest.mark.parametrize("variable", ["SSH_CONNECTION", "SSH_TTY"])
def test_the_clipboard_of_a_far_machine_is_not_the_readers(variable: str) -> None:
    assert system_clipboard({variable: "x"}) is None
    assert system_clipboard({}) is not None
