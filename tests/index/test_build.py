from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from corpus.article import ArticleError
from index.build import build_index
from index.encoder import Vectors
from index.errors import BuildFailed, IndexLocked, IndexMissing
from index.generation import CONTENT, IndexFolder, read_manifest
from index.progress import Progress
from index.search import open_index
from tests.conftest import StubEncoder


def test_a_build_makes_a_complete_generation_and_points_to_it(bee_index: IndexFolder) -> None:
    live = bee_index.live()
    manifest = read_manifest(bee_index.generations / live)
    assert (manifest.generation, manifest.articles, manifest.passages) == (live, 2, 4)
    names = {
        p.relative_to(bee_index.generations / live).as_posix() for p in bee_index.generations.rglob("*.*")
    }
    assert {"content.sqlite", "vectors.faiss", "sentences.npy", "manifest.json"} <= names
    assert not list(bee_index.generations.glob("*.partial"))


def test_vectors_are_unit_and_belong_to_their_sentences(bee_index: IndexFolder) -> None:
    index = open_index(bee_index, StubEncoder())
    (hit, *_) = index.search("honey is stored for the winter", 1)
    cosines = index.sentence_cosines(index.encode("Honey is stored for the winter."), hit.stored)
    texts = [
        hit.passage.text[s.start - hit.passage.start : s.end - hit.passage.start]
        for s in hit.passage.sentences
    ]
    assert texts[int(np.argmax(cosines))] == "Honey is stored for the winter."
    assert float(np.max(cosines)) == pytest.approx(1.0, abs=1e-6)


def test_the_same_articles_give_the_same_content(tmp_path: Path, bee_folder: Path) -> None:
    first, second = IndexFolder(tmp_path / "one"), IndexFolder(tmp_path / "two")
    for folder in (first, second):
        build_index(folder, [bee_folder], StubEncoder)
    hashes = [read_manifest(f.generations / f.live()).files[CONTENT].sha256 for f in (first, second)]
    assert hashes[0] == hashes[1]


def test_progress_goes_from_nothing_to_all(tmp_path: Path, bee_folder: Path) -> None:
    seen: list[Progress] = []
    build_index(IndexFolder(tmp_path / "i"), [bee_folder], StubEncoder, report=seen.append)
    assert list(dict.fromkeys(p.step for p in seen)) == ["reading", "encoding", "writing"]
    assert all(
        any(p.step == step and p.done == p.total for p in seen) for step in ("reading", "encoding", "writing")
    )


def test_a_withdrawn_article_stays_out(tmp_path: Path, bee_folder: Path) -> None:
    text = (bee_folder / "bees.md").read_text()
    (bee_folder / "bees.md").write_text(text.replace("id: bees", "id: bees\nwithdrawn: true"))
    folder = IndexFolder(tmp_path / "i")
    build_index(folder, [bee_folder], StubEncoder)
    assert open_index(folder, StubEncoder()).content.article_ids() == ["hives"]


class FailingEncoder(StubEncoder):
    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        raise MemoryError


def test_a_build_that_fails_leaves_the_live_index_as_it_was(bee_index: IndexFolder, bee_folder: Path) -> None:
    live = bee_index.live()
    with pytest.raises(MemoryError):
        build_index(bee_index, [bee_folder], FailingEncoder)
    assert bee_index.live() == live
    assert not list(bee_index.generations.glob("*.partial"))
    assert open_index(bee_index, StubEncoder()).search("nectar", 1)


def test_a_second_builder_is_told_who_has_the_lock(bee_index: IndexFolder, bee_folder: Path) -> None:
    bee_index.lock.with_suffix(".holder").write_text("process 42 since yesterday\n")
    with FileLock(bee_index.lock), pytest.raises(IndexLocked, match="process 42 since yesterday"):
        build_index(bee_index, [bee_folder], StubEncoder)


def test_earlier_generations_are_kept_up_to_two(bee_index: IndexFolder, bee_folder: Path) -> None:
    first = bee_index.live()
    for n in range(3):
        (bee_folder / "hives.txt").write_text(f"A hive. Number {n}.")
        build_index(bee_index, [bee_folder], StubEncoder)
    assert len(bee_index.names()) == 3
    assert first not in bee_index.names()


def test_nothing_to_index_is_an_error_that_names_the_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BuildFailed, match="no article") as caught:
        build_index(IndexFolder(tmp_path / "i"), [tmp_path / "empty"], StubEncoder)
    assert str(tmp_path / "empty") in str(caught.value)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no such file"):
        build_index(IndexFolder(tmp_path / "i"), [tmp_path / "no"], StubEncoder)
    with pytest.raises(IndexMissing, match="index build"):
        IndexFolder(tmp_path / "i").live()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_that_may_not_be_written_to_is_an_error(tmp_path: Path, bee_folder: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(BuildFailed, match="cannot be written"):
        build_index(IndexFolder(folder), [bee_folder], StubEncoder)


def test_failures_are_told_and_the_rest_is_indexed(tmp_path: Path, bee_folder: Path) -> None:
    (bee_folder / "broken.md").write_text("---\ntitle: [\n---\nText.")
    result = build_index(IndexFolder(tmp_path / "i"), [bee_folder], StubEncoder)
    assert (result.articles, [Path(f.path).name for f in result.failures]) == (2, ["broken.md"])


def test_the_manifest_is_plain_json_with_a_hash_for_every_file(bee_index: IndexFolder) -> None:
    folder = bee_index.generations / bee_index.live()
    values = json.loads((folder / "manifest.json").read_text())
    assert all(len(entry["sha256"]) == 64 for entry in values["files"].values())
    assert any(name.startswith("words/") for name in values["files"])
