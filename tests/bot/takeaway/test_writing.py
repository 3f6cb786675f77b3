from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bot.takeaway.writing import NotWritten, write_file


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_file_is_for_its_owner_alone_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_file(tmp_path / "sheet.md", "nectar\n")
    assert (tmp_path / "sheet.md").read_bytes() == b"nectar\n"
    assert stat.S_IMODE((tmp_path / "sheet.md").stat().st_mode) == 0o600
    assert names_in(tmp_path) == ["sheet.md"]


def test_a_file_that_is_there_stays_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "sheet.md"
    path.write_text("mine", "utf-8")
    with pytest.raises(NotWritten, match="--force"):
        write_file(path, "other")
    assert path.read_text("utf-8") == "mine"
    write_file(path, "other", force=True)
    assert path.read_text("utf-8") == "other"
    assert names_in(tmp_path) == ["sheet.md"]


def test_a_link_is_replaced_and_never_followed(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("mine", "utf-8")
    (tmp_path / "link").symlink_to(kept)
    with pytest.raises(NotWritten):
        write_file(tmp_path / "link", "other")
    write_file(tmp_path / "link", "other", force=True)
    assert kept.read_text("utf-8") == "mine"


def test_without_links_a_file_that_is_there_stays_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_source: object, _target: object) -> None:
        raise PermissionError(1, "links are not supported here")

    monkeypatch.setattr(os, "link", refuse)
    write_file(tmp_path / "sheet.md", "nectar")
    with pytest.raises(NotWritten, match="--force"):
        write_file(tmp_path / "sheet.md", "other")
    assert (tmp_path / "sheet.md").read_text("utf-8") == "nectar"


def test_a_folder_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="cannot be written"):
        write_file(tmp_path / "nowhere" / "sheet.md", "nectar")


def test_a_disk_that_fails_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NotWritten, match="No space left"):
        write_file(tmp_path / "sheet.md", "nectar")
    assert names_in(tmp_path) == []
