"""Writing result files whose bytes depend on the results alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.cli.context import WrongUse, say


def check_writable(option: str, path: Path) -> None:
    """Raise WrongUse if something stands in the way of writing ``path``, before any work is done."""
    if not path.parent.is_dir():
        raise WrongUse(f"{option}: the folder {path.parent} does not exist; create it first.")
    if path.is_dir():
        raise WrongUse(f"{option}: {path} is a folder; name a file.")


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 with plain line ends, and say where. Raises OSError if it cannot be written."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    say(f"Written: {path}.")


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write a value as indented JSON in the order of its keys."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")
