"""Search and replies as the corpus grows, with recall against exact search."""

from __future__ import annotations

import ctypes
import shutil
import statistics
import time
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from bot.assistant import Assistant
from bot.conversation import Conversation
from corpus.reader import SideFiles
from eval.bench.generated import Writer, generated_articles, near
from eval.bench.measure import Measure, milliseconds, p95
from index.encoder import Vectors
from index.files import CorpusFolder
from index.generation import IndexFolder, list_files, write_manifest
from index.generation_writer import GenerationWriter
from index.keys import keys_of
from index.search import Index, open_index
from index.vectors import exact_neighbours
from index.words import terms_of

_QUESTIONS = 200
_SEED = 11
_TODAY = date(2026, 1, 1)


def measure_growth(home: Path, scratch: Path, sizes: tuple[int, ...]) -> list[Measure]:
    """Build an index of each size from generated passages, and search it with real questions' words."""
    real = open_index(IndexFolder(home / "index"))
    measures: list[Measure] = []
    for size in sizes:
        folder = scratch / f"grown-{size}"
        measures += _measure_size(real, home, folder, size)
        shutil.rmtree(folder, ignore_errors=True)
    return measures


def _measure_size(real: Index, home: Path, folder: Path, size: int) -> list[Measure]:
    start = time.perf_counter()
    queries = build_grown(real, home, folder, size)
    built = time.perf_counter() - start
    index = open_index(IndexFolder(folder))
    writer = Writer(_all_text(real), _SEED + 1)
    questions = [sentence.rstrip(".") + "?" for sentence in writer.sentences(_QUESTIONS)]
    terms = [terms_of(question) for question in questions]
    calls = [partial(index.find, queries[n : n + 1], terms[n], 10) for n in range(_QUESTIONS)]
    milliseconds(calls[:20])
    searches = milliseconds(calls)
    nearest = exact_neighbours(index.passage_vectors(), queries)
    found = [index.nearest(queries[n : n + 1], 10) for n in range(_QUESTIONS)]
    recall = sum(len(set(a) & set(b)) for a, b in zip(found, nearest.tolist(), strict=True)) / nearest.size
    assistant = Assistant(index, today=_TODAY)
    asked = [partial(assistant.reply, Conversation(), question) for question in questions]
    milliseconds(asked[:20])
    replies = milliseconds(asked)
    name = f"{size:,} passages"
    return [
        Measure(f"{name}: writing", built, "s"),
        Measure(f"{name}: search, p50", statistics.median(searches), "ms"),
        Measure(f"{name}: search, p95", p95(searches), "ms"),
        Measure(f"{name}: recall@10 against exact", recall, "", 0.98, at_least=True),
        Measure(f"{name}: warm reply, p95", p95(replies), "ms", 30),
        Measure(f"{name}: memory in use after", _resident_megabytes(), "MB", 3_000),
    ]


def build_grown(real: Index, home: Path, folder: Path, size: int) -> Vectors:
    """Write an index of ``size`` generated passages; return questions' vectors, shape (n, dim)."""
    random = np.random.default_rng(_SEED)
    vectors = real.passage_vectors()
    grown = IndexFolder(folder)
    name = grown.next_name("0" * 12)
    path = grown.generations / name
    path.mkdir(parents=True)
    with GenerationWriter(path, real.manifest.dim) as writer:
        writer.add_corpus(CorpusFolder(0, folder, {}), SideFiles())
        for article in generated_articles(Writer(_all_text(real), _SEED), size):
            keyed = keys_of(article, writer.passages, {})
            writer.add_keys(keyed, near(vectors, len(keyed), random))
            count = len(article.passages) + article.sentences
            writer.add_article(0, article, near(vectors, count, random))
        writer.finish_content()
        writer.finish_words()
        written = writer.finish_vectors()
    manifest = replace(
        real.manifest,
        generation=name,
        articles=written.articles,
        passages=written.passages,
        sentences=written.sentences,
        keys=written.keys,
        vectors=written.layout.as_plain(),
        files=list_files(path),
    )
    write_manifest(path, manifest)
    grown.switch(name)
    shutil.copytree(IndexFolder(home / "index").encoders, grown.encoders)
    return near(vectors, _QUESTIONS, random)


def _all_text(index: Index) -> str:
    articles = (index.content.article(article_id) for article_id in index.content.article_ids())
    return "\n".join(article.text for article in articles if article)


def _resident_megabytes() -> float:
    """Return what this process holds in memory now, after giving back what it can."""
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * 4096 / 1e6
