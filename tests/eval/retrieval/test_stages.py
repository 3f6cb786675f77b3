from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.retrieval.beir import Query
from eval.retrieval.public import PublicSet, write_set
from eval.retrieval.scores import RetrievalReport, judge_ranking, report_on
from eval.retrieval.stages import STAGES, WeighedSearch, gain_over, print_gains
from index.fusion import WORDS_ALONE
from index.generation import IndexFolder
from index.search import open_index
from index.words import terms_of
from tests.conftest import StubEncoder


def run(*rankings: Sequence[str]) -> RetrievalReport:
    queries = [Query(f"q{n}", "x", {"a": 1}) for n in range(len(rankings))]
    ranked = [judge_ranking(query, found) for query, found in zip(queries, rankings, strict=True)]
    return report_on(ranked, left_out=0, documents=2)


def test_the_gain_is_the_mean_difference_of_the_same_questions() -> None:
    gain = gain_over("words alone", run(["a", "b"], ["a", "b"]), run(["a", "b"], ["b"]))
    assert (gain.n, gain.alone, gain.gain) == (2, 0.5, 0.5)
    assert gain.interval.low <= 0.5 <= gain.interval.high


def test_a_gain_is_printed_with_its_sign_and_its_interval() -> None:
    out = io.StringIO()
    print_gains([gain_over("words alone", run(["b"]), run(["a"]))], out)
    assert out.getvalue().splitlines()[1].split() == [
        "words",
        "alone",
        "1",
        "1.000",
        "-1.000",
        "-1.000",
        "-",
        "-1.000",
    ]


def test_a_stage_searches_by_its_weights_alone(bee_index: IndexFolder) -> None:
    index = open_index(bee_index, StubEncoder())
    question = "What do bees eat?"
    by_words = {hit.row: hit.score for hit in index.words.search(terms_of(question), 100)}
    hits = index.find(index.encode(question), terms_of(question), 5, weights=WORDS_ALONE)
    found = WeighedSearch(index, STAGES["words alone"]).search(question, 5)
    assert [hit.score for hit in found] == [hit.score for hit in hits]
    assert all(hit.score == pytest.approx(min(1.0, by_words.get(hit.stored.row, 0.0))) for hit in hits)


def test_texts_that_are_there_already_stay_as_they_are(tmp_path: Path) -> None:
    bees = PublicSet("bees", {"d0": "Nectar.", "d1": "Pollen."}, {"food?": "q0"}, {"q0": {"d0": 1}})
    write_set(bees, tmp_path)
    (tmp_path / "articles" / "d1.txt").write_text("Other.", "utf-8")
    before = (tmp_path / "articles" / "d0.txt").stat().st_mtime_ns
    write_set(bees, tmp_path)
    assert (tmp_path / "articles" / "d0.txt").stat().st_mtime_ns == before
    assert (tmp_path / "articles" / "d1.txt").read_text("utf-8") == "Pollen."
