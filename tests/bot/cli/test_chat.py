"""Starting the chat from the command line, with what was said before or without leaving a trace."""

from __future__ import annotations

import stat
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from bot.cli.main import run_with
from bot.conversations.store import ConversationStore
from bot.home import Home
from bot.tui.app import ChatApp
from index.generation import IndexFolder
from tests.bot.conversations.stores import FIRST_ID, stored


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose index cannot be opened: what is stored does not depend on it."""
    IndexFolder(tmp_path / "home" / "index").path.mkdir(parents=True)
    (tmp_path / "home" / "index" / "CURRENT").write_text("000001-000000000000\n", "utf-8")
    return Home(tmp_path / "home")


def chat(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    home: Home,
    *arguments: str,
    typed: bytes = b"hello\n",
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(typed), "ascii"))
    code = run_with(["--home", str(home.path), "chat", "--plain", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_talk_is_saved_and_the_first_start_says_where(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Home
) -> None:
    code, out, _ = chat(capsys, monkeypatch, home)
    assert code == 0
    assert f"Your conversations are kept in {home.conversations}, for you alone to read." in out
    assert "To save nothing, start with: mbc-chat chat --plain --private" in out
    assert "nothing is saved" not in out
    (path,) = home.conversations.glob("*.jsonl")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    _, out, _ = chat(capsys, monkeypatch, home)
    assert "are kept in" not in out


@pytest.mark.parametrize("how", ["option", "config"])
def test_a_private_talk_leaves_no_trace(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Home, how: str
) -> None:
    if how == "config":
        home.config_file.write_text("private = true\n", "utf-8")
    before = sorted(home.path.rglob("*"))
    code, out, _ = chat(capsys, monkeypatch, home, *(["--private"] if how == "option" else []))
    assert code == 0
    assert "nothing is saved" in out
    assert sorted(home.path.rglob("*")) == before


@pytest.mark.parametrize(
    "arguments", [("--resume",), ("--conversation", "aaa"), ("--conversation", FIRST_ID)]
)
def test_a_conversation_goes_on(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    home: Home,
    arguments: tuple[str, ...],
) -> None:
    store = ConversationStore(home.conversations)
    stored(store, "what do bees eat")
    code, out, _ = chat(capsys, monkeypatch, home, *arguments)
    assert code == 0
    assert "what do bees eat, 1 question.\n\nYou: what do bees eat" in out
    assert [turn.text for turn in store.load(FIRST_ID).turns] == ["what do bees eat", "hello"]


def test_a_private_talk_can_go_on_from_a_stored_one_and_adds_nothing_to_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Home
) -> None:
    store = ConversationStore(home.conversations)
    stored(store, "what do bees eat")
    before = store.path(FIRST_ID).read_bytes()
    code, out, _ = chat(capsys, monkeypatch, home, "--resume", "--private")
    assert code == 0
    assert "You: what do bees eat" in out
    assert store.path(FIRST_ID).read_bytes() == before


def test_with_nothing_to_go_on_with_a_new_conversation_begins(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Home
) -> None:
    code, _, err = chat(capsys, monkeypatch, home, "--resume")
    assert code == 0
    assert "a new one begins" in err
    assert len(ConversationStore(home.conversations).ids()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--resume", "--conversation", "x"), "not both"),
        (("--conversation", "x"), "no conversation has this id"),
        (("--conversation", "last"), "there is no conversation yet"),
    ],
)
def test_wrong_use_is_refused_before_the_talk(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    home: Home,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    code, out, err = chat(capsys, monkeypatch, home, *arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_bytes_that_are_no_text_do_not_end_the_talk(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Home
) -> None:
    code, out, _ = chat(capsys, monkeypatch, home, typed=b"hel\xfflo\n\xe2\x80\nhello\n")
    assert code == 0
    assert out.count("Answer:") == 3


def test_a_sign_in_an_earlier_turn_of_a_resumed_talk_stays_in_sight(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Home
) -> None:
    chat(capsys, monkeypatch, home, typed=b"I have a fever of 38.9\n")
    code, out, _ = chat(capsys, monkeypatch, home, "--resume", typed=b"thanks\n")
    assert code == 0
    last = out.rpartition("Answer:")[2]
    assert "call" in last.lower()


def test_the_terminal_chat_gets_what_goes_on_and_whether_it_is_private(
    monkeypatch: pytest.MonkeyPatch, home: Home
) -> None:
    store = ConversationStore(home.conversations)
    stored(store, "what do bees eat")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    begun: list[ChatApp] = []

    def run(app: ChatApp) -> None:
        begun.append(app)

    monkeypatch.setattr(ChatApp, "run", run)
    for arguments in (["--resume"], ["--conversation", "aaa", "--private"], []):
        assert run_with(["--home", str(home.path), "chat", *arguments]) == 0
    resumed, private, new = (app.chat.backing.shelf for app in begun)
    assert resumed.resumed is not None
    assert [turn.text for turn in resumed.resumed.turns] == ["what do bees eat"]
    assert private.resumed is not None
    assert new.resumed is None
    assert [shelf.record(None).private for shelf in (resumed, private, new)] == [False, True, False]
    assert [app.chat.settings.private for app in begun] == [False, True, False]
    assert "nothing is saved" not in begun[0].chat.about.notice
    assert "nothing is saved" in begun[1].chat.about.notice


def test_what_could_not_be_saved_at_the_end_is_said_once_the_screen_is_gone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Home
) -> None:
    def run(app: ChatApp) -> None:
        app.chat.unsaved = "\x1b[31mNo space left on device"

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr(ChatApp, "run", run)
    run_with(["--home", str(home.path), "chat"])
    err = capsys.readouterr().err
    assert "what was said last could not be saved: No space left on device" in err
    assert "\x1b" not in err
