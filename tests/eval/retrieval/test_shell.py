from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.cli.context import WrongUse
from eval.retrieval.shell import Library, RetrievalOptions, execute_retrieval, library_of
from index.generation import IndexFolder
from index.search import open_index
from tests.conftest import StubEncoder
from tests.eval.retrieval.test_beir import HEAD, files, line

QUERIES = line("q1", "What do bees eat?") + line("q2", "Where does a hive stand best?") + line("q3", "wasps?")
QRELS = HEAD + "q1\tbees\t1\nq2\thives\t2\nq2\tbees\t0\n"


@pytest.fixture
def library(bee_index: IndexFolder) -> Library:
    return library_of(open_index(bee_index, StubEncoder()))


def options(
    folder: Path, queries: str = QUERIES, qrels: str = QRELS, **others: Path | bool
) -> RetrievalOptions:
    folder.mkdir(exist_ok=True)
    json_file, skip = others.get("json_file"), others.get("skip_missing", False)
    assert json_file is None or isinstance(json_file, Path)
    return RetrievalOptions(*files(folder, queries, qrels), json_file, bool(skip))


def metrics_of(path: Path) -> Mapping[str, Mapping[str, float]]:
    found: Mapping[str, Mapping[str, float]] = json.loads(path.read_text("utf-8"))["metrics"]
    return found


def test_any_index_can_be_judged(tmp_path: Path, library: Library) -> None:
    out, report = io.StringIO(), tmp_path / "out.json"
    assert execute_retrieval(options(tmp_path / "in", json_file=report), lambda: library, out) == 0
    lines = out.getvalue().splitlines()
    assert lines[0] == "3 queries, 2 documents"
    assert lines[1] == "1 queries have no relevant document and are in no number below"
    assert "ndcg@10     2  1.000  1.000 - 1.000" in lines
    assert metrics_of(report)["recall@100"]["value"] == 1.0
    rows = [json.loads(each) for each in (tmp_path / "out.json.cases.jsonl").read_text("utf-8").splitlines()]
    assert [(row["id"], row["ranking"][0]) for row in rows][:2] == [("q1", "bees"), ("q2", "hives")]


def test_a_second_run_writes_the_same_bytes(tmp_path: Path, library: Library) -> None:
    for name in ("a", "b"):
        execute_retrieval(options(tmp_path / "in", json_file=tmp_path / name), lambda: library, io.StringIO())
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_documents_that_are_not_indexed_are_named_or_left_out(tmp_path: Path, library: Library) -> None:
    qrels = QRELS + "q3\twasps\t1\n"
    with pytest.raises(WrongUse, match="query q3: its document 'wasps' is not in the index"):
        execute_retrieval(options(tmp_path, qrels=qrels), lambda: library, io.StringIO())
    out = io.StringIO()
    execute_retrieval(options(tmp_path, qrels=qrels, skip_missing=True), lambda: library, out)
    assert "1 queries name one that is not indexed and are in no number below" in out.getvalue()


def test_bad_files_are_said_before_an_index_is_opened(tmp_path: Path) -> None:
    def never() -> Library:
        raise AssertionError("opened before everything was known to be sound")

    with pytest.raises(WrongUse, match="holds no query"):
        execute_retrieval(options(tmp_path, queries=""), never, io.StringIO())
    with pytest.raises(WrongUse, match="create it first"):
        execute_retrieval(options(tmp_path, json_file=tmp_path / "none" / "x"), never, io.StringIO())
