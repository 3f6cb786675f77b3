from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bot.home import Home
from eval.cases import Case, Gold
from eval.opening import open_subject
from eval.runner import run_case
from index.build import build_index
from index.encoder import EncoderSettings, Vectors, unit
from index.errors import IndexMissing

ARTICLE = """# HER2-low

## What it means

HER2-low means that the cells carry a little HER2.

## How it is tested

A pathologist stains a small piece of tissue.
"""


class WordEncoder:
    """Counts words in 256 bins: near enough for an article of two sections."""

    settings = EncoderSettings("words", "0", 256, 256, "sum")

    def encode_query(self, text: str) -> Vectors:
        return self.encode_passages([text])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), 256), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[zlib.crc32(word.strip("?.,").encode()) % 256] += 1
        return unit(rows)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def export(self, folder: Path) -> bool:
        return False


def test_a_real_index_can_be_measured(tmp_path: Path) -> None:
    corpus, home = tmp_path / "corpus", Home(tmp_path / "home")
    corpus.mkdir()
    (corpus / "her2-low.md").write_text(ARTICLE, encoding="utf-8")
    build_index(home.index, [corpus], WordEncoder)
    subject = open_subject(home, date(2026, 1, 1), WordEncoder())
    assert subject.sections == {"her2-low#what-it-means", "her2-low#how-it-is-tested"}
    gold = Gold("What does HER2-low mean?", sections_any=("her2-low#what-it-means",))
    result = run_case(Case("one", (gold,)), "own", subject, lambda: 0.0)
    assert result.error is None
    assert result.turns[0].scores["hit@1"] == 1
    assert all(result.turns[0].observed.exact)
    assert subject.generation is not None
    assert subject.content_sha256 is not None


def test_a_home_without_an_index_cannot(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="mbc-chat"):
        open_subject(Home(tmp_path), date(2026, 1, 1))
