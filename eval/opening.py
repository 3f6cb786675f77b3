"""Open what is measured: the live index of a home and the assistant that answers from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from bot.assistant import Assistant
from bot.home import Home
from bot.receipts.present import IndexedArticles, section_sha256
from bot.safety import load_rules
from bot.stages import ALL_STAGES, Stages
from corpus.article import ArticleError
from corpus.reader import read_corpus
from eval.engine import Subject
from index.encoder import QueryEncoder
from index.search import Index, open_index

_PROBES = 3
_FP32_TOLERANCE = 1e-4
"""Least difference of one number of a unit vector that says it was not encoded in fp32: two machines
differ by about 1e-6, bf16 by about 1e-3."""


def open_subject(home: Home, today: date, encoder: QueryEncoder | None = None) -> Subject:
    """Open the live index; ``encoder`` replaces the exported one.

    The reader's own settings stay out, so that a report is the same everywhere.
    Raises IndexProblem if there is no index or it cannot be used.
    """
    return subject_of(open_index(home.index, encoder), today)


def subject_of(index: Index, today: date, stages: Stages = ALL_STAGES) -> Subject:
    """Return what is measured of an opened index, with the stages given."""
    sections = indexed_sections(index)
    assistant = Assistant(index, country=None, today=today, stages=stages)
    return Subject(
        assistant=assistant,
        searcher=assistant,
        sections=sections.keys(),
        content_sha256=index.manifest.content_sha256,
        generation=index.manifest.generation,
        section_sha256=sections,
        sections_on_disk=lambda: sections_on_disk(index),
        rules=frozenset(rule.id for rule in load_rules().rules if rule.category is not None),
        is_fp32=lambda: is_fp32(index),
        index_bytes=sum(file.bytes for file in index.manifest.files.values()),
    )


def open_traceable(home: Home, today: date, encoder: QueryEncoder | None = None) -> tuple[Subject, Assistant]:
    """Open the live index as ``open_subject`` does, with the assistant whose steps can be followed."""
    index = open_index(home.index, encoder)
    return subject_of(index, today), Assistant(index, country=None, today=today)


def indexed_sections(index: Index) -> dict[str, str]:
    """Return the hash of the text of each section, by ``article#section``."""
    articles = IndexedArticles(index.content)
    return {
        section: section_sha256(text)
        for article_id in index.content.article_ids()
        for section, text in articles.sections(article_id).items()
    }


def sections_on_disk(index: Index) -> Mapping[str, str]:
    """Return the same from the folders that the index was built from, as far as they can be read."""
    found: dict[str, str] = {}
    for folder in index.content.folders():
        try:
            articles = read_corpus(folder.root).articles
        except ArticleError:
            continue  # a folder that is gone proves nothing about the index
        for article in articles:
            for section in () if article.withdrawn else article.sections:
                text = article.text[section.start : section.end]
                found[f"{article.id}#{section.id}"] = section_sha256(text)
    return found


def is_fp32(index: Index) -> bool:
    """Tell whether some stored vectors are those that the exported encoder, which is fp32, gives."""
    stored = index.passage_vectors()
    rows = sorted({round(n * (len(stored) - 1) / max(1, _PROBES - 1)) for n in range(_PROBES)})
    fresh = [index.encode(text)[0] for text, _ in index.content.texts(rows)]
    return all(
        float(np.abs(stored[row] - vector).max()) < _FP32_TOLERANCE
        for row, vector in zip(rows, fresh, strict=True)
    )
