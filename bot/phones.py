"""Phone numbers as one line, read without loading the safety rules: light enough for before first paint."""

from __future__ import annotations

import json
from pathlib import Path

from bot.country import Country

COMPILED = Path(__file__).parent / "safety" / "compiled.json"


def emergency_line(country: Country | None) -> str:
    """Return the emergency number of a country, or those of all."""
    lines = json.loads(COMPILED.read_text("utf-8"))["countries"]["lines"]
    return str(lines[country.value if country else "unknown"]["emergency"])
