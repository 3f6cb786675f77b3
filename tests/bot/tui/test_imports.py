"""What the chat loads before its first paint."""

from __future__ import annotations

import subprocess
import sys

import pytest

from index.generation import IndexFolder

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


RULES = ("bot.safety", "rapidfuzz", "yaml")
"""Wait for the thread that opens the articles, as what is heavy does."""


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [("bot.tui.at_home", (*HEAVY, *RULES, "tomlkit")), ("bot.plain.at_home", (*HEAVY, "textual"))],
)
def test_importing_loads_nothing_heavy(module: str, forbidden: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(*(name for name in {forbidden!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_words_around_the_talk_are_read_without_the_rules(bee_index: IndexFolder) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom bot.about import about_home\nfrom bot.home import Home\n"
        f"print(about_home(Home(Path({str(bee_index.path.parent)!r}))).notice)\n"
        f"print('loaded', *(name for name in {(*HEAVY, *RULES)!r} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "In an emergency call 911 (US), 999 (UK) or 112 (EU)." in done.stdout
    assert done.stdout.splitlines()[-1] == "loaded"
