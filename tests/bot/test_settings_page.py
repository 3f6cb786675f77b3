"""The page on settings and keys says what is so."""

from __future__ import annotations

import re
from pathlib import Path

from bot.config import KNOWN, parse_config
from docs.make_settings import FILE, page


def test_the_page_is_up_to_date() -> None:
    assert FILE.read_text("utf-8") == page(), "write it anew with python docs/make_settings.py"


def test_its_example_is_valid_and_names_every_setting() -> None:
    found = re.search(r"```toml\n(.*?)```", page(), re.DOTALL)
    assert found
    config = parse_config(found[1], Path("config.toml"))
    assert config.keys == {"glossary": "f10"}
    assert all(re.search(rf"^\[?{key}\b", found[1], re.MULTILINE) for key in KNOWN)
