"""The package as others get it: its wheel alone, beside the libraries, in a folder far from here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import BEES, HIVES, REPOSITORY

PACKAGES = ("bot", "corpus", "eval", "index")
EVERY_MODULE = """
import importlib, pkgutil
for package in ("bot", "corpus", "eval", "index"):
    print(importlib.import_module(package).__file__)
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
from bot.web.pages import FILES, static_file
assert all(static_file(name) for name in FILES)
"""


def built(folder: Path, source: Path) -> Path:
    """Build sdist and wheel of ``source`` into ``folder``, without the network."""
    pytest.importorskip("hatchling", reason="hatchling builds the package: pip install '.[test]'")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("dist"), REPOSITORY)


def wheel_in(folder: Path) -> Path:
    (wheel,) = folder.glob("*.whl")
    return wheel


@cache
def cut_off() -> tuple[str, ...]:
    """What runs a command with networking cut off; nothing where this machine does not allow that."""
    if not shutil.which("unshare"):
        return ()
    tried = subprocess.run(["unshare", "--net", "true"], check=False, capture_output=True)
    return () if tried.returncode else ("unshare", "--net")


@dataclass(frozen=True)
class Elsewhere:
    """A virtual environment with the wheel and the libraries, and a folder to stand in."""

    bin: Path
    folder: Path

    def python(self, code: str) -> tuple[int, str, str]:
        return self._ran([str(self.bin / "python"), "-c", code])

    def chat(self, home: Path, *arguments: str, stdin: str = "") -> tuple[int, str, str]:
        return self._ran([str(self.bin / "mbc-chat"), "--home", str(home), *arguments], stdin)

    def _ran(self, command: list[str], stdin: str = "") -> tuple[int, str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        environment = {**kept, "HOME": str(self.folder), "LANG": "C.UTF-8"}
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def elsewhere(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    """The heavy libraries are those of this environment; the project in it is out of reach."""
    pytest.importorskip("pip", reason="pip installs the wheel")
    folder = tmp_path_factory.mktemp("far from here")
    venv = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(venv / "bin" / "python"), "--isolated"]
    install = [*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel_in(dist))]
    subprocess.run(install, cwd=folder, check=True, capture_output=True)
    own = Path(sysconfig.get_path("purelib", vars={"base": str(venv), "platbase": str(venv)}))
    libraries = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    # Lines of a .pth file are folders to look in; a .pth file within those is not read, so that an
    # editable installation there stays out of reach.
    (own / "libraries.pth").write_text("\n".join(libraries) + "\n", "utf-8")
    yield Elsewhere(venv / "bin", folder)
    shutil.rmtree(folder)


def files_of(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(dist: Path) -> None:
    there = {
        file.relative_to(REPOSITORY).as_posix()
        for package in PACKAGES
        for file in (REPOSITORY / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    packed = {name for name in files_of(wheel_in(dist)) if ".dist-info/" not in name}
    assert packed == there


def test_the_licences_are_in_the_wheel(dist: Path) -> None:
    named = {name.partition(".dist-info/licenses/")[2] for name in files_of(wheel_in(dist))} - {""}
    assert named == {"LICENSE", "LICENSE-articles", "NOTICE", "bot/web/static/vendor/LICENSE-xterm"}


def test_the_source_archive_gives_the_same_wheel(dist: Path, tmp_path: Path) -> None:
    (archive,) = dist.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    again = built(tmp_path / "dist", source)
    assert files_of(wheel_in(again)) == files_of(wheel_in(dist))
    assert (source / "tests" / "test_package.py").is_file()


def test_every_module_and_page_comes_out_of_the_wheel(elsewhere: Elsewhere, tmp_path: Path) -> None:
    code, out, err = elsewhere.python(EVERY_MODULE)
    assert code == 0, err
    assert all(Path(place).is_relative_to(elsewhere.folder / "venv") for place in out.split("\n") if place)
    assert elsewhere.chat(tmp_path / "home", "--version")[:2] == (0, "mbc-chat 0.1.0\n")


def test_help_names_every_command(elsewhere: Elsewhere, tmp_path: Path) -> None:
    code, out, _ = elsewhere.chat(tmp_path / "home", "--help")
    assert code == 0
    for command in ("chat", "ask", "serve", "index", "corpus", "conversations", "eval", "doctor"):
        assert f"\n  {command} " in out


def test_an_emergency_is_answered_without_an_index(elsewhere: Elsewhere, tmp_path: Path) -> None:
    code, out, _ = elsewhere.chat(
        tmp_path / "home", "ask", "--json", "I have crushing chest pain and cannot breathe"
    )
    reply = json.loads(out)
    assert (code, reply["kind"]) == (0, "emergency")
    assert "911" in reply["notice"]


def test_our_articles_and_their_side_files_are_there(elsewhere: Elsewhere, tmp_path: Path) -> None:
    code, out, _ = elsewhere.chat(tmp_path / "home", "corpus", "list", "--json")
    ids = {article["id"] for article in json.loads(out)["articles"]}
    assert (code, ids) == (0, {file.stem for file in (REPOSITORY / "corpus" / "articles").glob("*.md")})
    code, out, _ = elsewhere.chat(tmp_path / "home", "corpus", "show", "when-to-call", "--facts")
    assert (code, "http" in out) == (0, True)


def test_there_are_no_conversations_yet(elsewhere: Elsewhere, tmp_path: Path) -> None:
    code, out, _ = elsewhere.chat(tmp_path / "home", "conversations", "list", "--json")
    assert (code, json.loads(out)["conversations"]) == (0, [])


def test_own_articles_are_indexed_and_asked(elsewhere: Elsewhere, real_home: Path, tmp_path: Path) -> None:
    # an index is there already, so that a small folder is encoded without loading the model
    shutil.copytree(real_home, tmp_path / "home")
    articles = tmp_path / "bees"
    articles.mkdir()
    (articles / "bees.md").write_text(BEES, "utf-8")
    (articles / "hives.txt").write_text(HIVES, "utf-8")
    code, out, err = elsewhere.chat(tmp_path / "home", "index", "build", "--corpus", str(articles), "--json")
    assert (code, json.loads(out)["articles"]) == (0, 2), err
    code, out, _ = elsewhere.chat(tmp_path / "home", "ask", "--json", "What do bees eat?")
    reply = json.loads(out)
    assert (code, reply["kind"]) == (0, "answer")
    assert reply["sentences"][0]["text"] == "Bees eat nectar and pollen."
    code, out, _ = elsewhere.chat(
        tmp_path / "home", "chat", "--plain", stdin="When do bees swarm?\ncountry UK\nquit\n"
    )
    assert (code, "Bees swarm in late spring." in out) == (0, True)
    code, out, _ = elsewhere.chat(tmp_path / "home", "conversations", "list", "--json")
    assert [kept["title"] for kept in json.loads(out)["conversations"]] == ["When do bees swarm?"]
    written = set((tmp_path / "home").rglob("*")) - {tmp_path / "home" / "index"}  # that one was made here
    assert {"config.toml", "CURRENT", "manifest.json", "content.sqlite"} <= {path.name for path in written}
    assert [str(path) for path in written if path.stat().st_mode & 0o077] == []


def test_the_sets_of_the_evaluation_are_there(elsewhere: Elsewhere, tmp_path: Path) -> None:
    code, _, err = elsewhere.chat(tmp_path / "home", "eval", "run", "no-such-set")
    assert (code, "safety-pairs" in err, "answerable" in err) == (2, True, True)
