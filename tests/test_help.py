"""The help texts teach: every command has an example that is one, and no line of a list is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from bot.cli.main import app, run_with
from tests.test_docs import fault_of


def every_command(command: Any, *path: str) -> Iterator[tuple[str, ...]]:
    children = getattr(command, "commands", {})
    yield path
    for name, child in children.items():
        yield from every_command(child, *path, name)


PATHS = list(every_command(typer.main.get_command(app)))
GROUPS = [(), ("index",), ("corpus",), ("conversations",), ("eval",)]


def help_of(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> str:
    assert run_with([*path, "--help"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("path", [path for path in PATHS if path not in GROUPS], ids=" ".join)
def test_every_command_has_an_example_that_is_one(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    example = re.search(r"Example: (mbc-chat .+)", help_of(path, capsys))
    assert example
    assert example[1].startswith(" ".join(("mbc-chat", *path)))
    assert fault_of(example[1]) is None


@pytest.mark.parametrize("path", GROUPS, ids=" ".join)
def test_no_line_in_a_list_of_commands_is_cut(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, listed = help_of(path, capsys).split("Commands:\n")
    assert "..." not in listed
    assert len(re.findall(r"^  [a-z]+ +\S", listed, re.MULTILINE)) >= 3


def test_the_groups_are_all_there_are() -> None:
    assert {path[:-1] for path in PATHS if path} == set(GROUPS)
