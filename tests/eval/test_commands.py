from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import context
from bot.cli.context import WrongUse
from eval.commands import app
from index.errors import IndexMissing

ROOT = Path(__file__).parents[2]
HEAVY = ["bot.assistant", "bot.safety", "corpus", "index", "numpy", "pydantic", "yaml"]


@pytest.fixture
def own_set(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text("- {id: a, question: What is HER2?, kind: answer}\n", encoding="utf-8")
    return path


def test_without_an_index_the_run_fails_and_says_what_to_do(
    tmp_path: Path, own_set: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context.options, "home", tmp_path / "home")
    result = CliRunner().invoke(app, ["run", str(own_set)])
    assert isinstance(result.exception, IndexMissing)
    assert "mbc-chat index build" in str(result.exception)
    assert result.stdout == ""


def test_an_unknown_set_is_wrong_use() -> None:
    result = CliRunner().invoke(app, ["run", "nowhere.yaml"])
    assert isinstance(result.exception, WrongUse)
    assert "nowhere.yaml: there is no such file" in str(result.exception)


@pytest.mark.parametrize("words", [["--split", "train"], ["--today", "soon"], ["--speed", "fast"]])
def test_an_option_that_is_not_understood_is_wrong_use(own_set: Path, words: list[str]) -> None:
    assert CliRunner().invoke(app, ["run", str(own_set), *words]).exit_code == 2


def test_a_split_without_cases_is_wrong_use(own_set: Path) -> None:
    words = ["--split", "test", "--today", "2026-02-03"]
    result = CliRunner().invoke(app, ["run", str(own_set), *words])
    assert isinstance(result.exception, WrongUse)
    assert "there is no case of the split test" in str(result.exception)


def test_the_commands_are_there_without_anything_heavy() -> None:
    script = f"import sys, eval.commands; sys.exit(', '.join(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr.strip() == ""
