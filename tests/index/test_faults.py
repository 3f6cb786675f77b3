from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.build import build_index
from index.building import BuildOptions, BuildStep
from index.encoder import Vectors
from index.errors import BuildFailed, IndexLocked
from index.generation import IndexFolder
from index.search import open_index
from index.upkeep import prune
from index.verify import verify
from tests.conftest import REPOSITORY, StubEncoder

NEW = "# Wax\n\nWax is made by young bees. It melts in the sun.\n"


class Counting(StubEncoder):
    encoded = 0

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        Counting.encoded += len(texts)
        return super().encode_passages(texts)


def builder(folder: IndexFolder, root: Path, step: BuildStep, action: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.index.builder", str(folder.path), str(root), step.value, action]
    return subprocess.Popen(
        command,
        cwd=REPOSITORY,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def assert_whole(folder: IndexFolder, *, has_wax: bool) -> None:
    """The live generation is sound, and holds either all of the new state or all of the old one."""
    assert verify(folder, encoder=StubEncoder()).damage == ()
    index = open_index(folder, StubEncoder())
    assert ("wax" in index.content.article_ids()) is has_wax
    assert (index.search("wax melts in the sun", 1)[0].passage.article_id == "wax") is has_wax


@pytest.mark.parametrize("step", list(BuildStep))
def test_a_builder_killed_at_any_step_leaves_a_sound_index_and_no_lock(
    bee_index: IndexFolder, bee_folder: Path, step: BuildStep
) -> None:
    (bee_folder / "wax.md").write_text(NEW)
    with builder(bee_index, bee_folder, step, "kill") as child:
        child.communicate()
        assert child.returncode == -signal.SIGKILL
    assert_whole(bee_index, has_wax=step in {BuildStep.SWITCHED, BuildStep.PRUNED})
    Counting.encoded = 0
    build_index(bee_index, [bee_folder], Counting)
    assert_whole(bee_index, has_wax=True)
    assert not list(bee_index.generations.glob("*.partial"))
    encoded_before = step not in {BuildStep.LOCKED, BuildStep.SCANNED, BuildStep.READ}
    assert (Counting.encoded == 0) is encoded_before


def test_a_second_builder_is_turned_away_and_the_first_one_finishes(
    bee_index: IndexFolder, bee_folder: Path
) -> None:
    (bee_folder / "wax.md").write_text(NEW)
    with builder(bee_index, bee_folder, BuildStep.SCANNED, "wait") as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "waiting\n"
        with pytest.raises(IndexLocked, match=f"locked by process {first.pid} since 20"):
            build_index(bee_index, [bee_folder], StubEncoder)
        first.communicate("go on\n")
        assert first.returncode == 0
    assert_whole(bee_index, has_wax=True)


def test_a_reader_held_open_outlives_three_builds_and_a_prune(
    bee_index: IndexFolder, bee_folder: Path
) -> None:
    reader = open_index(bee_index, StubEncoder())
    before = reader.search("nectar and pollen", 3)
    for n in range(3):
        (bee_folder / "bees.md").write_text(f"# Wasps\n\nWasps eat jam. Number {n}.\n")
        build_index(bee_index, [bee_folder], StubEncoder)
    removed = prune(bee_index, 0)
    assert reader.manifest.generation not in bee_index.names()
    assert len(removed.generations) == 2
    assert reader.search("nectar and pollen", 3) == before
    cosines = reader.sentence_cosines(reader.encode("nectar"), before[0].stored)
    assert cosines.shape == (len(before[0].passage.sentences),)
    assert open_index(bee_index, StubEncoder()).search("jam", 1)[0].passage.text.startswith("Wasps eat jam")


@contextmanager
def no_file_may_grow() -> Iterator[None]:
    """As on a full disk: every write that makes a file longer fails, also in native code."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    "step",
    [
        BuildStep.LOCKED,
        BuildStep.SCANNED,
        BuildStep.READ,
        BuildStep.ENCODED,
        BuildStep.CONTENT_WRITTEN,
        BuildStep.WORDS_WRITTEN,
        BuildStep.VECTORS_WRITTEN,
        BuildStep.EXPORTED,
        BuildStep.SEALED,
        BuildStep.MOVED,
    ],
)
def test_a_disk_that_is_full_from_any_step_on_leaves_the_live_index_as_it_was(
    bee_index: IndexFolder, bee_folder: Path, step: BuildStep
) -> None:
    (bee_folder / "wax.md").write_text(NEW)
    live = bee_index.live()
    full = no_file_may_grow()

    def at(reached: BuildStep) -> None:
        if reached is step:
            full.__enter__()

    try:
        with pytest.raises(BuildFailed, match=r"free space|the live index is as it was") as caught:
            build_index(bee_index, [bee_folder], StubEncoder, on_step=at, options=BuildOptions(full=True))
    finally:
        full.__exit__(None, None, None)
    assert caught.value.where
    assert bee_index.live() == live
    assert_whole(bee_index, has_wax=False)
    build_index(bee_index, [bee_folder], StubEncoder)
    assert_whole(bee_index, has_wax=True)


class FailingFsync:
    """Fails at one call, and does its work at every other."""

    def __init__(self, at: int) -> None:
        self._at = at
        self._real = os.fsync
        self.calls = 0

    def __call__(self, handle: int) -> None:
        self.calls += 1
        if self.calls == self._at:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self._real(handle)


@pytest.mark.parametrize("at", range(1, 9))
def test_a_disk_that_cannot_flush_never_leaves_a_mixed_index(
    bee_index: IndexFolder, bee_folder: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    (bee_folder / "wax.md").write_text(NEW)
    live = bee_index.live()
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", FailingFsync(at))
        with pytest.raises(BuildFailed, match="Input/output error"):
            build_index(bee_index, [bee_folder], StubEncoder)
    assert_whole(bee_index, has_wax=bee_index.live() != live)
    build_index(bee_index, [bee_folder], StubEncoder)
    assert_whole(bee_index, has_wax=True)
