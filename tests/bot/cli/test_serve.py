from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from filelock import FileLock

from bot.cli.main import run_with
from bot.cli.serve import FROM_AFAR, OPEN_NETWORK, PRIVATE, SAVED, session_app
from bot.config import ThemeName
from index.errors import BuildFailed
from index.generation import IndexFolder


@contextmanager
def serving(home: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command, and give the process and the address that it printed."""
    command = [sys.executable, "-m", "bot.cli", "--home", str(home), "serve", "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture
def home(bee_index: IndexFolder) -> Path:
    return bee_index.path.parent


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_prints_one_address_which_opens_and_ends_with_a_signal(
    home: Path, number: signal.Signals, code: int
) -> None:
    with serving(home) as (process, address):
        parts = urlsplit(address)
        assert (parts.scheme, parts.hostname) == ("http", "127.0.0.1")
        connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=20)
        connection.request("GET", parts.path)
        assert connection.getresponse().status == 200
        process.send_signal(number)
        rest, said = process.communicate(timeout=30)
    assert process.returncode == code
    assert rest == ""
    assert "Warning" not in said


def test_a_network_that_others_are_on_is_warned_of(home: Path) -> None:
    with serving(home, "--host", "0.0.0.0", "--open-network") as (process, address):
        process.terminate()
        _, said = process.communicate(timeout=30)
    assert address.startswith("http://0.0.0.0:")
    assert OPEN_NETWORK in said
    assert "this computer's own address" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "0.0.0.0"], "--open-network"),
        (["--host", "example.org"], "--open-network"),
        (["--host", "0.0.0.0", "--open-network", "--save"], "--save is for this computer alone"),
        (["--name", "chat.example.org", "--save"], "--save is for this computer alone"),
        (["--sessions", "0"], "greater than or equal to 1"),
        (["--port", "70000"], "less than or equal to 65535"),
    ],
)
def test_what_would_open_more_than_was_meant_is_wrong_use(
    arguments: list[str], said: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_with(["--home", str(home), "serve", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


def test_a_port_that_is_taken_is_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run_with(["--home", str(home), "serve", "--port", str(port)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert f"port {port}" in err
    assert os.strerror(98) in err


def test_the_index_is_built_before_anyone_can_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    built: list[Path] = []
    monkeypatch.setattr("bot.opening.build_first_index", lambda home, report: built.append(home.path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run_with(["--home", str(tmp_path / "new"), "serve", "--port", str(port)]) == 1
    assert built == [tmp_path / "new"]
    assert "Building the index" in capsys.readouterr().err


def test_where_another_builder_is_at_work_it_is_tried_again_later(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "new"
    (new / "index").mkdir(parents=True)
    with FileLock(new / "index" / "build.lock"):
        assert run_with(["--home", str(new), "serve", "--port", "0"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "the index is locked by another process" in err


def test_a_reader_elsewhere_changes_nothing_here_and_is_told_where_the_words_go(home: Path) -> None:
    app = session_app(False, [str(home), FROM_AFAR])
    settings, notice = app.chat.settings, app.chat.about.notice
    assert (settings.private, settings.keep, settings.kept_in, settings.asks_country) == (
        True,
        None,
        "",
        False,
    )
    assert "goes to the computer that runs this chat" in notice
    assert "leaves this machine" not in notice
    with pytest.raises(BuildFailed, match="only on the computer that runs this chat"):
        app.chat.backing.build(lambda _: None)


@pytest.mark.parametrize(("kept", "private"), [(PRIVATE, True), (SAVED, False)])
def test_nothing_is_kept_unless_asked_for(home: Path, kept: str, private: bool) -> None:
    settings = session_app(True, [str(home), kept]).chat.settings
    assert settings.private is private
    assert (settings.keep is None) is private
    assert settings.theme is ThemeName.LIGHT


def test_nothing_heavy_is_loaded_by_the_server() -> None:
    heavy = ("textual", "torch", "numpy", "faiss", "tantivy", "onnxruntime")
    code = f"import sys, bot.cli.serve, bot.web.server; print(*(n for n in {heavy!r} if n in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
