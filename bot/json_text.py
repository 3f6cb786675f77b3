"""JSON that people can read and that cannot steer the terminal it is shown on."""

from __future__ import annotations

import json
from typing import Any


def json_text(values: Any, *, indent: int | None = None) -> str:
    """Return values as JSON: letters of all scripts as they are, control and invisible characters escaped."""
    text = json.dumps(values, ensure_ascii=False, indent=indent)
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign == "\n" else json.dumps(sign)[1:-1] for sign in text)
