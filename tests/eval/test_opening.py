from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bot.home import Home
from bot.receipts.present import section_sha256
from eval.cases import Case, Gold
from eval.engine import Subject
from eval.opening import open_subject
from eval.runner import run_case
from index.build import build_index
from index.encoder import EncoderSettings, Vectors, unit
from index.errors import IndexMissing

TODAY = date(2026, 1, 1)
MEANS, TESTED = "her2-low#what-it-means", "her2-low#how-it-is-tested"

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


class CoarseEncoder(WordEncoder):
    """Reads questions a little otherwise than passages were read, as another precision would."""

    def encode_query(self, text: str) -> Vectors:
        return unit(self.encode_passages([text]) + 1e-3)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    corpus, home = tmp_path / "corpus", Home(tmp_path / "home")
    corpus.mkdir()
    (corpus / "her2-low.md").write_text(ARTICLE, encoding="utf-8")
    build_index(home.index, [corpus], WordEncoder)
    return home


def opened(home: Home) -> Subject:
    return open_subject(home, TODAY, WordEncoder())


def test_a_real_index_can_be_measured(home: Home) -> None:
    subject = opened(home)
    assert set(subject.sections) == {MEANS, TESTED}
    gold = Gold("What does HER2-low mean?", sections_any=(MEANS,))
    result = run_case(Case("one", (gold,)), "own", subject, lambda: 0.0)
    assert result.error is None
    assert result.turns[0].scores["hit@1"] == 1
    assert all(result.turns[0].observed.exact)
    assert result.turns[0].observed.passage_texts == ("HER2-low means that the cells carry a little HER2.",)
    assert subject.generation is not None
    assert subject.content_sha256 is not None
    assert subject.index_bytes is not None
    assert subject.index_bytes > 0
    assert "emergency.chest_pain" in subject.rules


def test_the_text_of_a_section_has_the_same_hash_in_the_index_and_on_disk(home: Home) -> None:
    subject = opened(home)
    assert subject.section_sha256[TESTED] == section_sha256("A pathologist stains a small piece of tissue.")
    assert subject.sections_on_disk() == subject.section_sha256


def test_an_edited_article_differs_from_its_index_in_that_section_alone(home: Home) -> None:
    path = home.path.parent / "corpus" / "her2-low.md"
    path.write_text(ARTICLE.replace("a little HER2", "some HER2"), encoding="utf-8")
    subject = opened(home)
    on_disk = subject.sections_on_disk()
    assert on_disk[TESTED] == subject.section_sha256[TESTED]
    assert on_disk[MEANS] != subject.section_sha256[MEANS]


def test_articles_that_are_gone_or_withdrawn_say_nothing_about_the_index(home: Home) -> None:
    path = home.path.parent / "corpus" / "her2-low.md"
    path.write_text("---\nid: her2-low\ntitle: HER2-low\nwithdrawn: true\n---\n" + ARTICLE, encoding="utf-8")
    assert opened(home).sections_on_disk() == {}
    path.unlink()
    path.parent.rmdir()
    assert opened(home).sections_on_disk() == {}


def test_vectors_of_another_precision_are_noticed(home: Home) -> None:
    assert opened(home).is_fp32()
    assert not open_subject(home, TODAY, CoarseEncoder()).is_fp32()


def test_a_home_without_an_index_cannot(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="mbc-chat"):
        open_subject(Home(tmp_path), TODAY)
