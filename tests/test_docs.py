"""What the pages say of tests, files and commands is so."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from bot.cli.main import app, run_with
from tests.conftest import REPOSITORY

PAGES = sorted(
    path
    for path in (*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").glob("*.md"))
    if path.name not in {"CHANGELOG.md", "safety-review.md", "source-article-map.md"}
)
TESTS = "\n".join(path.read_text("utf-8") for path in (REPOSITORY / "tests").rglob("test_*.py"))
COMMAND = re.compile(r"(?:^(?: {4}|\$ )|`|^)(?:\.venv/bin/)?(mbc-chat(?: [^`\n#>|]*)?)", re.MULTILINE)
VALUES = re.compile(r"\[|\]|\(|\)|\.\.\.")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    named = set(re.findall(r"`(test_\w+)`", page.read_text("utf-8")))
    assert {name for name in named if not re.search(rf"def {name}\b", TESTS)} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_leads_to_is_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
    paths = re.findall(r"`((?:bot|corpus|docs|eval|index|tests)/[\w./-]+)`", page.read_text("utf-8"))
    assert [path for path in paths if not (REPOSITORY / path).exists()] == []


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.name != "walk.md"],  # it shows wrong commands on purpose
    ids=lambda page: page.name,
)
def test_every_command_that_a_page_shows_is_one(page: Path) -> None:
    wrong = [f"{line}: {fault}" for line in commands_in(page) if (fault := fault_of(line))]
    assert wrong == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("mbc-chat index bild", "no command bild"),
        ("mbc-chat ask --jsn why", "no option --jsn"),
        ("mbc-chat index verify -k 3", "no option -k"),
        ("mbc-chat --home DIR conversations delete --all", None),
    ],
)
def test_a_command_that_is_none_is_noticed(line: str, fault: str | None) -> None:
    assert fault_of(line) == fault


def commands_in(page: Path) -> Iterator[str]:
    for found in COMMAND.finditer(page.read_text("utf-8")):
        yield found[1].strip()


def fault_of(line: str) -> str | None:
    """Say which word of a command line no command or option knows."""
    words = shlex.split(VALUES.sub(" ", line))[1:]
    command = typer.main.get_command(app)
    while words:
        children = getattr(command, "commands", None)
        known = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
        word = words.pop(0)
        if word.startswith("-") and word.partition("=")[0] not in known | {"-h", "--help"} and word != "-":
            return f"no option {word}"
        takes_value = any(
            word in each.opts and not getattr(each, "is_flag", False) for each in command.params
        )
        if takes_value and words:
            words.pop(0)
        if children is not None and not word.startswith("-"):
            if word not in children:
                return f"no command {word}"
            command = children[word]
    return None


def test_the_example_of_an_own_corpus_has_nothing_to_mend(capsys: pytest.CaptureFixture[str]) -> None:
    folder = REPOSITORY / "docs" / "own-corpus"
    assert run_with(["corpus", "check", "--corpus", str(folder)]) == 0
    assert "4 articles" in capsys.readouterr().out
    shown = re.findall(
        r"^    ([a-z]+ = .*)$", (folder.parent / "own-corpus.md").read_text("utf-8"), re.MULTILINE
    )
    assert shown == (folder / "corpus.toml").read_text("utf-8").splitlines()
