from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.generation import MANIFEST, IndexFolder, list_files, read_manifest, write_manifest
from index.verify import Verified, verify
from index.words import WordWriter
from tests.conftest import StubEncoder


def live(folder: IndexFolder) -> Path:
    return folder.generations / folder.live()


def verified(folder: IndexFolder) -> Verified:
    return verify(folder, encoder=StubEncoder())


def seal_again(path: Path) -> None:
    """Write a manifest that agrees with the files as they are, so that only comparison can find damage."""
    write_manifest(path, replace(read_manifest(path), files=list_files(path)))


def test_a_sound_index_has_no_damage_and_everything_was_looked_at(bee_index: IndexFolder) -> None:
    found = verified(bee_index)
    assert found.damage == ()
    manifest = read_manifest(live(bee_index))
    assert (found.passages, found.sentences) == (manifest.passages, manifest.sentences)
    assert found.encoded == 2 * manifest.passages + manifest.keys
    assert found.files == len(manifest.files)


@pytest.mark.parametrize("name", ["content.sqlite", "vectors.faiss", "sentences.f32"])
def test_one_changed_byte_anywhere_is_found(bee_index: IndexFolder, name: str) -> None:
    path = live(bee_index) / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert any(f"{name} is not the file that was written" in str(one) for one in verified(bee_index).damage)


def test_a_file_that_is_gone_is_found(bee_index: IndexFolder) -> None:
    shutil.rmtree(live(bee_index) / "words")
    problems = [str(one) for one in verified(bee_index).damage]
    assert any("cannot be read" in problem for problem in problems)


def shift_a_passage(path: Path) -> None:
    connection = sqlite3.connect(path / "content.sqlite")
    with connection:
        connection.execute("UPDATE passages SET start = start + 1, end = end + 1 WHERE row = 0")
    connection.close()


def swap_two_sentence_vectors(path: Path) -> None:
    vectors = np.fromfile(path / "sentences.f32", dtype=np.float32).reshape(-1, StubEncoder().dim)
    vectors[[0, 1]] = vectors[[1, 0]]
    vectors.tofile(path / "sentences.f32")


def lose_the_words_of_a_passage(path: Path) -> None:
    shutil.rmtree(path / "words")
    writer = WordWriter(path / "words")
    for row in range(read_manifest(path).passages - 1):
        writer.add(row, "bees and hives")
    writer.close()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (shift_a_passage, "is not the slice of its article"),
        (swap_two_sentence_vectors, "the vector of sentence 0 is not that of its text"),
        (lose_the_words_of_a_passage, "(1 missing)"),
        (lose_the_words_of_a_passage, "are not those of its text"),
    ],
)
def test_damage_that_the_hashes_agree_with_is_found_by_comparing(
    bee_index: IndexFolder, harm: Callable[[Path], None], said: str
) -> None:
    harm(live(bee_index))
    seal_again(live(bee_index))
    assert any(said in str(one) for one in verified(bee_index).damage)


def test_a_kept_generation_is_verified_too(bee_index: IndexFolder) -> None:
    older = bee_index.generations / "000000-aaaaaaaaaaaa"
    shutil.copytree(live(bee_index), older)
    values = json.loads((older / MANIFEST).read_text())
    (older / MANIFEST).write_text(json.dumps({**values, "passages": 99}))
    damage = verified(bee_index).damage
    assert {one.generation for one in damage} == {older.name}


def test_a_changed_encoder_is_found(bee_index: IndexFolder) -> None:
    (settings,) = bee_index.encoders.glob("*/encoder.json")
    settings.write_text(settings.read_text().replace('"stub"', '"other"'))
    assert any("not the one it is named after" in str(one) for one in verified(bee_index).damage)
