"""Fixtures for all tests: throwaway homes, a small encoder, and one real index built once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from index.build import build_index
from index.encoder import EncoderSettings, Vectors, unit
from index.generation import IndexFolder
from index.words import terms_of

REPOSITORY = Path(__file__).parents[1]
DEVELOPMENT_TEXTS = Path(os.environ.get("MBC_CHAT_DEVELOPMENT_TEXTS", REPOSITORY.parent / "shared"))
"""Texts for development that are not part of the project; tests that need them skip without."""

TODAY = date(2026, 11, 23)

STUB_DIM = 256


@dataclass(frozen=True)
class StubEncoder:
    """Words to buckets: texts that share words are near, without any model."""

    model: str = "stub"
    dim: int = STUB_DIM

    @property
    def settings(self) -> EncoderSettings:
        return EncoderSettings(self.model, "0" * 64, self.dim, 256, "stub")

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            for term in terms_of(text):
                vectors[row, crc32(term.encode()) % self.dim] += 1
        return unit(vectors)

    def encode_query(self, text: str) -> Vectors:
        return self.encode_passages([text])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def export(self, folder: Path) -> bool:
        return False


BEES = """---
id: bees
title: Keeping bees
reviewed: 2026-01-10
---

## What do bees eat?

Bees eat nectar and pollen. Nectar gives them energy.

The things that a colony stores are:

- Honey is stored for the winter.
- Pollen is stored for the brood.

## When do bees swarm?

Bees swarm in late spring. A swarm is calm, but it should not be disturbed.
"""

HIVES = """Hives and their places

A hive stands best in morning sun. Shelter from wind keeps the colony warm.

How to choose a place

Look for a dry place. Keep the entrance away from paths.
"""


@pytest.fixture
def bee_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bees.md").write_text(BEES, "utf-8")
    (folder / "hives.txt").write_text(HIVES, "utf-8")
    return folder


@pytest.fixture
def bee_index(tmp_path: Path, bee_folder: Path) -> IndexFolder:
    folder = IndexFolder(tmp_path / "home" / "index")
    build_index(folder, [bee_folder], StubEncoder)
    return folder


@pytest.fixture(scope="session")
def real_home(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A home with our own articles, built with the real model.

    What one run encoded, the next one takes from the build cache, as any second build would.
    """
    from bot.home import Home
    from bot.opening import build_first_index

    home = tmp_path_factory.mktemp("real") / "home"
    kept = Path(request.config.cache.mkdir("real-index")) if request.config.cache else None
    for name in ("cache", "encoders") if kept else ():
        if (kept / name).is_dir():
            shutil.copytree(kept / name, home / "index" / name)
    build_first_index(Home(home), lambda _: None)
    for name in ("cache", "encoders") if kept else ():
        shutil.rmtree(kept / name, ignore_errors=True)
        shutil.copytree(home / "index" / name, kept / name)
    return home


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees or touches the home of whoever runs it."""
    monkeypatch.setenv("MBC_CHAT_HOME", str(tmp_path / "own-home"))
