from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.build import build_index
from index.errors import IndexBroken, IndexForeign, IndexMissing, IndexProblem
from index.fusion import (
    ALL_SCORES,
    VECTORS_ALONE,
    WITHOUT_KEYS,
    WITHOUT_SENTENCES,
    WORDS_ALONE,
    FusionWeights,
    fuse,
)
from index.generation import IndexFolder
from index.search import Index, open_index
from index.words import terms_of
from tests.conftest import REPOSITORY, StubEncoder


def live_folder(folder: IndexFolder) -> Path:
    return folder.generations / folder.live()


def test_the_passage_that_answers_is_found_first(bee_index: IndexFolder) -> None:
    hits = open_index(bee_index, StubEncoder()).search("When do bees swarm in spring?", 3)
    assert hits[0].passage.id == "bees#when-do-bees-swarm/1"
    assert hits[0].score > hits[1].score


def test_hits_are_exact_slices_of_the_stored_article(bee_index: IndexFolder) -> None:
    index = open_index(bee_index, StubEncoder())
    for hit in index.search("bees hive place honey", 10):
        article = index.content.article(hit.passage.article_id)
        assert article is not None
        assert article.text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_scores_are_weighted_sums_and_a_key_never_counts_against_a_passage() -> None:
    passages, sentences, keys, words = (
        np.array(values, np.float32) for values in ([0.5, -0.2], [0.6, 0.1], [0.9, -0.5], [1.0, 0.5])
    )
    weights = FusionWeights(passages=0.4, sentences=0.1, keys=0.2, words=0.3)
    fused = fuse(passages, sentences, keys, words, weights)
    assert fused.tolist() == pytest.approx([0.2 + 0.06 + 0.18 + 0.3, 0.01 + 0.15])
    nearer = fuse(passages, sentences, np.zeros(2, np.float32), words, weights)
    assert nearer.tolist() == pytest.approx([0.2 + 0.06 + 0.1 + 0.3, 0.01 + 0.15])


@pytest.mark.parametrize("weights", [ALL_SCORES, WORDS_ALONE, VECTORS_ALONE, WITHOUT_KEYS, WITHOUT_SENTENCES])
def test_weights_add_up_to_one(weights: FusionWeights) -> None:
    assert weights.passages + weights.sentences + weights.keys + weights.words == pytest.approx(1)


def test_the_scores_can_be_given_other_weights(bee_index: IndexFolder) -> None:
    index = open_index(bee_index, StubEncoder())
    question = "Where does a hive stand in the morning?"
    query, terms = index.encode(question), terms_of(question)
    words = index.find(query, terms, 10, weights=WORDS_ALONE)
    vectors = index.find(query, terms, 10, weights=FusionWeights(1.0, 0.0, 0.0, 0.0))
    assert [hit.score for hit in words] == pytest.approx([hit.words for hit in words])
    assert [hit.score for hit in vectors] == pytest.approx([hit.cosine for hit in vectors])


def test_another_way_to_ask_leads_to_a_section_that_has_none_of_the_words(
    tmp_path: Path, bee_folder: Path
) -> None:
    (bee_folder / "asked_as.yaml").write_text(
        "bees:\n  when-do-bees-swarm:\n    - my colony flew off and left me\n"
    )
    folder = IndexFolder(tmp_path / "i")
    build_index(folder, [bee_folder], StubEncoder)
    index = open_index(folder, StubEncoder())
    (hit, *_) = index.search("my colony flew off!", 1)
    assert hit.passage.section_id == "when-do-bees-swarm"
    assert hit.key > hit.cosine
    assert all("flew off" not in found.passage.text for found in index.search("my colony flew off!", 9))


def test_a_deep_search_brings_as_many_passages_as_it_was_asked_for(tmp_path: Path) -> None:
    articles = tmp_path / "many"
    articles.mkdir()
    for n in range(150):
        (articles / f"bee-{n}.md").write_text(f"# Bee {n}\n\nA bee of hive {n} eats honey.\n", "utf-8")
    folder = IndexFolder(tmp_path / "deep" / "index")
    build_index(folder, [articles], StubEncoder)
    assert len(open_index(folder, StubEncoder()).search("bee honey", 140)) == 140


def test_no_index_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="mbc-chat index build"):
        open_index(IndexFolder(tmp_path))


@pytest.mark.parametrize("name", ["content.sqlite", "vectors.faiss", "sentences.f32", "manifest.json"])
def test_a_missing_or_truncated_file_is_refused(bee_index: IndexFolder, name: str) -> None:
    path = live_folder(bee_index) / name
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(IndexBroken, match="index build"):
        open_index(bee_index, StubEncoder())
    path.unlink()
    with pytest.raises(IndexBroken, match="index build"):
        open_index(bee_index, StubEncoder())


def test_a_current_that_names_nothing_is_refused(bee_index: IndexFolder) -> None:
    for content in ("", "../../etc", "000009-abcdefabcdef", "\x00\xff"):
        (bee_index.path / "CURRENT").write_text(content)
        with pytest.raises(IndexBroken):
            open_index(bee_index, StubEncoder())


def test_another_model_is_refused_even_with_the_same_dimension(bee_index: IndexFolder) -> None:
    with pytest.raises(IndexForeign, match="another model"):
        open_index(bee_index, StubEncoder(model="other"))


def test_a_newer_schema_is_refused(bee_index: IndexFolder) -> None:
    path = live_folder(bee_index) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "schema": 99}))
    with pytest.raises(IndexForeign, match="schema 99"):
        open_index(bee_index, StubEncoder())


def test_an_older_schema_is_refused_with_the_command_that_mends_it(bee_index: IndexFolder) -> None:
    path = live_folder(bee_index) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "schema": 1}))
    with pytest.raises(IndexForeign, match=r"schema 1.*\n?.*index build --full"):
        open_index(bee_index, StubEncoder())


def test_an_opened_index_outlives_later_builds(bee_index: IndexFolder, bee_folder: Path) -> None:
    reader = open_index(bee_index, StubEncoder())
    (bee_folder / "bees.md").write_text("## Wasps\n\nWasps eat jam.\n")
    build_index(bee_index, [bee_folder], StubEncoder)
    assert reader.search("nectar and pollen", 1)[0].passage.article_id == "bees"
    assert open_index(bee_index, StubEncoder()).search("wasps jam", 1)[0].passage.text == "Wasps eat jam."


def test_an_index_that_the_reader_may_not_write_to_still_opens(
    bee_index: IndexFolder, tmp_path: Path
) -> None:
    """Root may write anywhere, so the reader runs as nobody where the tests run as root."""
    shared = Path("/tmp") / f"mbc-read-only-{os.getpid()}"
    shutil.copytree(bee_index.path, shared / "index")
    try:
        for path in [shared, *shared.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        program = (
            f"import mmap, os, sys; sys.path.insert(0, {str(REPOSITORY)!r})\n"
            "from pathlib import Path\n"
            "from tests.conftest import StubEncoder\n"
            "from index.generation import IndexFolder\n"
            "from index.search import open_index\n"
            "if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
            f"print(open_index(IndexFolder(Path({str(shared / 'index')!r})), StubEncoder())"
            ".search('nectar', 1)[0].passage.id)\n"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert done.stdout.strip() == "bees#what-do-bees-eat/1", done.stderr
    finally:
        for path in [shared, *shared.rglob("*")]:
            path.chmod(0o755)
        shutil.rmtree(shared)


def opened(home: Path) -> Index:
    return open_index(IndexFolder(home / "index"))


def test_the_real_index_finds_our_articles(real_home: Path) -> None:
    index = opened(real_home)
    assert index.manifest.corpora == ("own articles",)
    for question, article in (
        ("What does HER2-low mean?", "her2-low-and-ultralow"),
        ("How do antibody-drug conjugates work?", "antibody-drug-conjugates"),
        ("why did my drugs stop working", "why-treatments-stop-working"),
    ):
        assert article in {hit.passage.article_id for hit in index.search(question, 3)}


def test_a_tampered_encoder_is_refused(real_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "copy"
    shutil.copytree(real_home, home)
    (encoder,) = (home / "index" / "encoders").iterdir()
    (encoder / "model.onnx").write_bytes(b"not a model")
    with pytest.raises(IndexProblem, match="encoder"):
        opened(home)


def test_a_heading_that_does_not_ask_is_no_key(tmp_path: Path, bee_folder: Path) -> None:
    (bee_folder / "wax.md").write_text(
        "# Wax\n\n## Key points\n\nWax melts.\n\n## Who makes wax?\n\nBees do.\n"
    )
    folder = IndexFolder(tmp_path / "i")
    build_index(folder, [bee_folder], StubEncoder)
    texts = open_index(folder, StubEncoder()).content.key_texts()
    assert "Who makes wax?" in texts
    assert "Key points" not in texts


def test_a_question_without_a_key_near_it_is_found_by_passages_alone(bee_index: IndexFolder) -> None:
    index = open_index(bee_index, StubEncoder())
    (hit, *_) = index.search("Shelter from wind keeps the colony warm", 1)
    assert hit.passage.article_id == "hives"
    assert hit.key == 0
