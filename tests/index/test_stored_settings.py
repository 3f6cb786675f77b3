"""What a generation's corpora say of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.content import Content
from index.errors import IndexBroken
from index.generation import CONTENT, IndexFolder
from index.stored_settings import stored_settings


def test_they_are_those_that_the_whole_content_tells(bee_index: IndexFolder) -> None:
    path = bee_index.generations / bee_index.live() / CONTENT
    assert stored_settings(path) == Content(path).combined_settings()


def test_a_file_that_is_missing_or_damaged_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexBroken):
        stored_settings(tmp_path / "nothing.sqlite")
    (tmp_path / "bad.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(IndexBroken):
        stored_settings(tmp_path / "bad.sqlite")
