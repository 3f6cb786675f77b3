"""Running the command line inside a test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import run_with


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run_with(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def ask_json(capsys: pytest.CaptureFixture[str], home: Path, question: str) -> dict[str, Any]:
    code, out, _ = run(capsys, "--home", str(home), "ask", question, "--json")
    assert code == 0
    (line,) = out.splitlines()
    return dict(json.loads(line))
