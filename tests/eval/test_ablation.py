from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from bot.cli.context import WrongUse
from eval.ablation import HeadlessEncoder, build_without_headings
from eval.ablation_shell import AblationOptions, Ground, execute_ablation
from index.errors import IndexForeign, IndexMissing
from index.generation import IndexFolder
from index.search import open_index
from tests.conftest import StubEncoder
from tests.eval.test_shell import written

CASES = [
    "{id: eat, question: What do bees eat?, kind: answer, sections_any: ['bees#what-do-bees-eat'], "
    "nuggets: [{any: [nectar], vital: true}]}",
    "{id: swarm, question: When do bees swarm?, kind: answer, sections_any: ['bees#when-do-bees-swarm']}",
    "{id: thread, turns: [{question: What do bees eat?, kind: answer}, "
    "{question: and when do they swarm?, kind: answer, understood: bees}]}",
]


def ground(folder: IndexFolder) -> Ground:
    return Ground(folder, lambda _: StubEncoder(), lambda each: open_index(each, StubEncoder()))


def test_of_a_passage_only_the_text_is_embedded_and_a_sentence_stays_whole() -> None:
    stub = StubEncoder()
    headless = HeadlessEncoder(stub)
    assert (
        headless.encode_passages(["Bees > What do bees eat?\nNectar and pollen.", "Nectar."])
        == stub.encode_passages(["Nectar and pollen.", "Nectar."])
    ).all()
    assert (headless.encode_query("a\nb") == stub.encode_query("a\nb")).all()
    assert headless.count_tokens(["Bees\nNectar."]) == stub.count_tokens(["Bees\nNectar."])
    assert headless.settings == stub.settings


def test_every_stage_has_a_column(bee_index: IndexFolder, tmp_path: Path) -> None:
    out, report = io.StringIO(), tmp_path / "ablation.json"
    options = AblationOptions([str(written(tmp_path / "sets", CASES))], report)
    assert execute_ablation(options, ground(bee_index), out) == 0
    found = json.loads(report.read_text("utf-8"))
    stages = ["words only", "vectors only", "no keys", "no sentences"]
    stages += ["no neighbours", "as typed", "no backstop"]
    assert list(found["variants"]) == stages
    assert all(f"\n{stage}: " in out.getvalue() for stage in stages)
    assert found["variants"]["as typed"]["changes"]["conversation"]["understood"]["change"] == -1.0
    assert found["variants"]["no backstop"]["changes"]["conversation"]["understood"]["change"] == 0.0


def test_without_headings_a_question_in_the_words_of_a_heading_is_farther(
    bee_index: IndexFolder, bee_folder: Path, tmp_path: Path
) -> None:
    folder = IndexFolder(tmp_path / "headless")
    build_without_headings(folder, [bee_folder], StubEncoder)
    question = "When do bees swarm?"
    usual = open_index(bee_index, StubEncoder()).search(question, 1)[0]
    headless = open_index(folder, StubEncoder()).search(question, 1)[0]
    assert headless.passage.id == usual.passage.id
    assert headless.cosine < usual.cosine


def test_a_built_index_without_headings_is_kept(bee_folder: Path, tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "headless")
    build_without_headings(folder, [bee_folder], StubEncoder)
    first = folder.live()
    build_without_headings(folder, [bee_folder], StubEncoder)
    assert folder.live() == first


def test_an_index_older_than_its_articles_is_refused(
    bee_index: IndexFolder, bee_folder: Path, tmp_path: Path
) -> None:
    path = written(tmp_path / "sets", CASES)
    options = AblationOptions([str(path)], rebuild_in=tmp_path / "headless")
    assert execute_ablation(options, ground(bee_index), io.StringIO()) == 0
    (bee_folder / "hives.txt").write_text("A hive stands best in the shade.\n", "utf-8")
    with pytest.raises(IndexForeign, match="older than its articles"):
        execute_ablation(options, ground(bee_index), io.StringIO())


def test_a_bad_set_is_wrong_use_and_a_missing_index_its_own_error(
    bee_index: IndexFolder, tmp_path: Path
) -> None:
    bad = written(tmp_path / "bad", ["{id: a, question: b, sections_any: ['bees#honey']}"])
    with pytest.raises(WrongUse, match="bees#honey is not in the index"):
        execute_ablation(
            AblationOptions([str(bad)], today=date(2026, 1, 1)), ground(bee_index), io.StringIO()
        )
    good = written(tmp_path / "good", CASES)
    with pytest.raises(IndexMissing):
        execute_ablation(AblationOptions([str(good)]), ground(IndexFolder(tmp_path / "none")), io.StringIO())
