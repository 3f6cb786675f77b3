from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.cases import EvalSetError
from eval.retrieval.beir import Query, read_queries

HEAD = "query-id\tcorpus-id\tscore\n"


def files(folder: Path, queries: str, qrels: str) -> tuple[Path, Path]:
    asked, graded = folder / "queries.jsonl", folder / "test.tsv"
    asked.write_text(queries, "utf-8")
    graded.write_text(qrels, "utf-8")
    return asked, graded


def line(name: str, text: str = "What do bees eat?") -> str:
    return json.dumps({"_id": name, "text": text, "metadata": {"year": 2016}}) + "\n"


def test_questions_come_with_their_grades_by_id(tmp_path: Path) -> None:
    paths = files(tmp_path, line("q2") + "\n" + line("q1", "swarm?"), HEAD + "q1\td1\t2\nq1\td2\t0\r\n")
    first, second = read_queries(*paths)
    assert first == Query("q1", "swarm?", {"d1": 2, "d2": 0})
    assert first.relevant == {"d1"}
    assert (second.id, set(second.relevant)) == ("q2", set())


def test_the_heading_may_be_missing(tmp_path: Path) -> None:
    (query,) = read_queries(*files(tmp_path, line("q1"), "q1\td1\t1\n"))
    assert query.grades == {"d1": 1}


@pytest.mark.parametrize(
    ("queries", "qrels", "problem"),
    [
        ("", HEAD + "q1\td1\t1\n", "queries.jsonl: holds no query"),
        (line("q1"), HEAD, "test.tsv: holds no grade"),
        (line("q1"), "", "test.tsv: holds no grade"),
        ("{", HEAD, r"queries.jsonl, line 1: is not a query"),
        ('{"_id": "q1"}\n', HEAD, r"line 1: is not a query: text: Field required"),
        ('{"_id": "q1", "text": " "}\n', HEAD, r"line 1: is not a query: text"),
        ('{"_id": 7, "text": "x"}\n', HEAD, r"line 1: is not a query: _id"),
        (line("q1") + line("q1"), HEAD, r"line 2: the id 'q1' is used already"),
        (line("q1"), HEAD + "q1 d1 1\n", r"test.tsv, line 2: has not the three columns"),
        (line("q1"), HEAD + "q1\t\t1\n", r"line 2: has not the three columns"),
        (line("q1"), HEAD + "q1\td1\tgood\n", r"line 2: 'good' is not a whole number"),
        (line("q1"), HEAD + "q1\td1\t1\nq1\td1\t2\n", r"line 3: 'd1' has another grade for 'q1'"),
        (line("q1"), HEAD + "q9\td1\t1\n", r"grades 1 questions that .* has not, the first of them 'q9'"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line(
    tmp_path: Path, queries: str, qrels: str, problem: str
) -> None:
    with pytest.raises(EvalSetError, match=problem):
        read_queries(*files(tmp_path, queries, qrels))


def test_a_file_that_is_not_there_or_not_text_is_said_so(tmp_path: Path) -> None:
    asked, graded = files(tmp_path, line("q1"), HEAD + "q1\td1\t1\n")
    with pytest.raises(EvalSetError, match="cannot be read: No such file"):
        read_queries(tmp_path / "none", graded)
    asked.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EvalSetError, match=r"is not UTF-8 \(at byte 0\)"):
        read_queries(asked, graded)
