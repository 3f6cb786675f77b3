from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.retrieval.beir import read_queries
from eval.retrieval.public import VARIABLE, main, read_mediqa, read_medquad, sets_below, write_set
from tests.conftest import DEVELOPMENT_TEXTS

MEDIQA = """<?xml version="1.0" encoding="UTF-8"?>
<Set><Question QID="2"><QuestionText>about bees. DO THEY STING?</QuestionText><AnswerList>
<Answer AID="2_1" ReferenceScore="4"><AnswerText>Bees sting to defend the hive.</AnswerText></Answer>
<Answer AID="2_2" ReferenceScore="3"><AnswerText>Some do.</AnswerText></Answer>
<Answer AID="2_3" ReferenceScore="2"><AnswerText>A hive is a box.</AnswerText></Answer>
<Answer AID="2_4" ReferenceScore="1"><AnswerText>Wasps are &#233;lite.</AnswerText></Answer>
</AnswerList></Question></Set>
"""


def medquad(folder: Path) -> Path:
    rows = [("What do bees eat ?", "Nectar."), ("What do  bees eat ?", "Pollen."), ("Why swarm?", "To part.")]
    path = folder / "cancergov.jsonl"
    lines = [json.dumps({"question": question, "answer": answer}) for question, answer in rows]
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_one_question_asked_twice_has_two_right_documents(tmp_path: Path) -> None:
    found = read_medquad(medquad(tmp_path))
    assert found.questions == {"What do bees eat ?": "q0000", "Why swarm?": "q0001"}
    assert found.grades == {"q0000": {"d0000": 1, "d0001": 1}, "q0001": {"d0002": 1}}


def test_only_right_answers_are_relevant_and_excellent_ones_more(tmp_path: Path) -> None:
    path = tmp_path / "mediqa.xml"
    path.write_text(MEDIQA, "utf-8")
    found = read_mediqa([path])
    assert found.grades == {"q0000": {"d0000": 2, "d0001": 1, "d0002": 0, "d0003": 0}}
    assert found.documents["d0003"] == "Wasps are élite."


def test_a_set_is_written_as_it_can_be_read(tmp_path: Path) -> None:
    options = write_set(read_medquad(medquad(tmp_path)), tmp_path / "out")
    first, second = read_queries(options.queries, options.qrels)
    assert (first.text, set(first.relevant)) == ("What do bees eat ?", {"d0000", "d0001"})
    assert second.relevant == {"d0002"}
    assert (tmp_path / "out" / "articles" / "d0002.txt").read_text("utf-8") == "To part."


@pytest.mark.parametrize("stated", [None, "/nowhere/at/all"])
def test_where_there_is_nothing_it_says_so_and_is_fine(
    stated: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([], {VARIABLE: stated} if stated else {}) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "Public questions: left out" in said.err


@pytest.mark.skipif(not sets_below(DEVELOPMENT_TEXTS), reason="the texts for development are not here")
def test_the_public_sets_have_their_known_sizes() -> None:
    sizes = {
        found.name: (
            len(found.documents),
            len(found.questions),
            sum(map(_is_answered, found.grades.values())),
        )
        for found in sets_below(DEVELOPMENT_TEXTS)
    }
    assert sizes["MedQuAD, cancer"] == (729, 683, 683)
    assert sizes["MEDIQA 2019"][0] == 1096
    assert sizes["MEDIQA 2019"][2] == 127


def _is_answered(grades: dict[str, int]) -> bool:
    return any(grade > 0 for grade in grades.values())
