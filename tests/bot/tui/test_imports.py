"""What the chat loads before its first paint."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "faiss",
    "onnxruntime",
    "torch",
    "numpy",
    "tantivy",
    "sentence_transformers",
    "tokenizers",
    "pydantic",
)


@pytest.mark.parametrize(
    ("module", "forbidden"), [("bot.tui.app", HEAVY), ("bot.plain.at_home", (*HEAVY, "textual"))]
)
def test_importing_loads_nothing_heavy(module: str, forbidden: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(*(name for name in {forbidden!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
