"""A damaged index is told before any native reader sees it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import pytest

from index import generation
from index.content import Content
from index.errors import IndexBroken, IndexForeign
from index.exported import MODEL, SETTINGS
from index.generation import CONTENT, MANIFEST, WORDS, IndexFolder, read_manifest
from index.search import open_encoder, open_index
from index.verify import verify
from tests.conftest import StubEncoder


def live(folder: IndexFolder) -> Path:
    return folder.generations / folder.live()


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def names(folder: IndexFolder) -> list[str]:
    return sorted(read_manifest(live(folder)).files)


def test_one_changed_bit_in_any_file_keeps_the_index_from_opening(bee_index: IndexFolder) -> None:
    for name in names(bee_index):
        path = live(bee_index) / name
        sound = path.read_bytes()
        if not sound:
            continue
        flip(path, len(sound) // 2)
        with pytest.raises(IndexBroken, match=r"damaged: .* is not the file that was written.*index build"):
            open_index(bee_index, StubEncoder())
        path.write_bytes(sound)
    assert open_index(bee_index, StubEncoder()).search("nectar", 1)


def test_a_changed_letter_of_an_article_is_never_quoted(bee_index: IndexFolder) -> None:
    path = live(bee_index) / CONTENT
    path.write_bytes(path.read_bytes().replace(b"nectar and pollen", b"nectar and poison"))
    with pytest.raises(IndexBroken, match="damaged"):
        open_index(bee_index, StubEncoder())


def test_files_too_large_to_hash_each_time_are_held_to_their_size(
    bee_index: IndexFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "HASHED_UP_TO", -1)
    path = live(bee_index) / "sentences.f32"
    flip(path, 0)
    open_index(bee_index, StubEncoder())
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexBroken, match="bytes instead of"):
        open_index(bee_index, StubEncoder())


@pytest.mark.parametrize(
    ("key", "value"),
    [("generation", "000009-0123456789ab"), ("sentences", 3), ("keys", 1), ("passages", 1), ("dim", 8)],
)
def test_a_manifest_that_says_other_numbers_is_told(bee_index: IndexFolder, key: str, value: object) -> None:
    path = live(bee_index) / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), key: value}), "utf-8")
    with pytest.raises((IndexBroken, IndexForeign), match="index build"):
        open_index(bee_index, StubEncoder())


def test_a_manifest_of_nesting_without_end_is_told(bee_index: IndexFolder) -> None:
    (live(bee_index) / MANIFEST).write_text("[" * 50_000, "utf-8")
    with pytest.raises(IndexBroken, match="manifest cannot be read"):
        open_index(bee_index, StubEncoder())


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / CONTENT).mkdir()
    with pytest.raises(IndexBroken, match="articles are missing"):
        Content(tmp_path / CONTENT)


def test_a_changed_encoder_is_told_before_it_is_loaded(tmp_path: Path) -> None:
    folder, settings = IndexFolder(tmp_path), StubEncoder().settings
    path = folder.encoder(settings.fingerprint)
    path.mkdir(parents=True)
    files = {MODEL: hashlib.sha256(b"as exported").hexdigest()}
    (path / SETTINGS).write_text(json.dumps({"settings": asdict(settings), "files": files}), "utf-8")
    (path / MODEL).write_bytes(b"as exporteD")
    with pytest.raises(IndexBroken, match=r"a file of the encoder was changed.*index build --full"):
        open_encoder(folder, settings.fingerprint)


def test_verify_tells_damaged_words_without_opening_them(bee_index: IndexFolder) -> None:
    for path in (live(bee_index) / WORDS).glob("*"):
        if path.stat().st_size:
            path.write_bytes(bytes(path.stat().st_size))
    damage = verify(bee_index, encoder=StubEncoder()).damage
    assert damage
    assert all("words/" in one.problem for one in damage)
