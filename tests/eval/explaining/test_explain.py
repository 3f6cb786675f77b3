from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.context import WrongUse
from bot.home import Home
from bot.receipts.present import section_sha256
from eval.explaining.shell import execute_explain
from eval.opening import open_traceable
from eval.pins import PINS_NAME, pins_text
from index.generation import IndexFolder
from tests.conftest import StubEncoder

CASES = """
- id: swarm
  question: When do bees swarm in late spring?
  kind: answer
  sections_any: ["bees#when-do-bees-swarm"]
  nuggets:
    - {any: [late spring], vital: true, support: "bees#when-do-bees-swarm"}
    - {any: [nectar and pollen]}
    - {any: [a queen]}
  must_not: [a swarm is]
  tags: [plain]
- {id: storm, question: What is the price of a lighthouse keeper in Brest?, kind: not_covered}
- {id: hello, question: hello, kind: chat}
- {id: pain, question: I have crushing chest pain right now, kind: emergency, categories: [emergency]}
- {id: no-pain, question: I have no chest pain today, categories: [], also: [off_topic]}
- {id: crisis, question: I want to kill myself, kind: crisis, categories: [crisis]}
- id: thread
  turns:
    - {question: When do bees swarm in late spring?}
    - {question: and in winter?, understood: winter}
"""


class Explained:
    """One case explained over the index of bees and hives."""

    def __init__(self, folder: Path, case: str, *, as_json: bool = False) -> None:
        path = folder / "own.yaml"
        path.write_text(CASES, "utf-8")
        home = Home(folder / "home")
        out = io.StringIO()
        self.code = execute_explain(
            case, [str(path)], lambda day: open_traceable(home, day, StubEncoder()), out, as_json=as_json
        )
        self.text = out.getvalue()
        self.lines = [line.strip() for line in self.text.splitlines()]
        self.json: dict[str, Any] = json.loads(self.text) if as_json else {}


@pytest.fixture
def folder(bee_index: IndexFolder, tmp_path: Path) -> Path:
    assert bee_index.path == Home(tmp_path / "home").index.path
    return tmp_path


def test_every_step_of_an_answer_is_shown(folder: Path) -> None:
    done = Explained(folder, "swarm")
    assert done.code == 0
    assert done.lines[0] == "swarm (own, dev, plain)"
    assert "reply: answer, right; right is answer" in done.lines
    assert any(line.startswith("1. ") and line.endswith("swarm/1 (gold, cited)") for line in done.lines)
    quote = done.lines.index("[1] “Bees swarm in late spring.”")
    assert done.lines[quote + 1].startswith("why: rank 1 of ")
    assert done.lines[quote + 1].endswith(": the best sentence; the first sentence of its section")
    assert "[1] bees#when-do-bees-swarm/1: right" in done.lines
    assert "any of 1; among the first 4: bees#when-do-bees-swarm (place 1)" in done.lines
    assert "a swarm is" in done.lines


def test_a_fact_is_followed_to_where_it_got_lost(folder: Path) -> None:
    fates = {
        fact["any"][0]: fact["fate"]
        for fact in Explained(folder, "swarm", as_json=True).json["turns"][0]["facts"]
    }
    assert fates == {"late spring": "quoted", "nectar and pollen": "found", "a queen": "lost"}


def test_the_confidence_is_the_sum_of_its_parts(folder: Path) -> None:
    confidence = Explained(folder, "swarm", as_json=True).json["turns"][0]["confidence"]
    parts = [signal["value"] * signal["weight"] for signal in confidence["signals"].values()]
    odds = confidence["value"] / (1 - confidence["value"])
    assert odds == pytest.approx(2.718281828 ** (confidence["bias"] + sum(parts)), rel=1e-2)


def test_an_abstention_says_what_it_lacked(folder: Path) -> None:
    done = Explained(folder, "storm")
    assert "reply: not_covered, right; right is not_covered" in done.lines
    assert any(line.startswith("nothing is quoted: the confidence 0.") for line in done.lines)
    assert any(line.startswith("in no article: ") and "lighthouse" in line for line in done.lines)
    assert "quoted:" not in done.lines


def test_small_talk_is_not_looked_for(folder: Path) -> None:
    done = Explained(folder, "hello", as_json=True)
    (turn,) = done.json["turns"]
    assert turn["why_not"] == "taken for small talk (greeting)"
    assert (turn["searched"], turn["hits"], turn["confidence"]) == (None, [], None)


def test_a_rule_that_fired_is_shown_with_its_words(folder: Path) -> None:
    done = Explained(folder, "pain")
    assert any(line.startswith("emergency.chest_pain fired: “") for line in done.lines)
    assert "seen: emergency; due: emergency" in done.lines


def test_a_rule_that_was_cancelled_is_shown_with_the_reason(folder: Path) -> None:
    done = Explained(folder, "no-pain")
    assert any(
        line.startswith("emergency.chest_pain cancelled, negated: “chest pain”") for line in done.lines
    )
    assert "seen: off_topic; due: nothing, allowed: off_topic" in done.lines


def test_a_crisis_is_said_to_allow_no_quotes(folder: Path) -> None:
    lines = Explained(folder, "crisis").lines
    assert "nothing is quoted: the safety layer allows no quotes beside this notice" in lines


def test_the_turns_of_a_conversation_come_one_by_one(folder: Path) -> None:
    done = Explained(folder, "thread")
    assert "Turn 1: When do bees swarm in late spring?" in done.lines
    assert "Turn 2: and in winter?" in done.lines
    assert any(line.startswith("understood as: ") and "bees" in line.lower() for line in done.lines)
    assert "should be understood as: winter" in done.lines


def test_a_stale_case_is_said_to_be_so(folder: Path) -> None:
    pins = {"bees#when-do-bees-swarm": section_sha256("another text")}
    (folder / PINS_NAME).write_text(pins_text(pins), "utf-8")
    done = Explained(folder, "swarm")
    assert done.lines[1] == "Stale, for these are not what they were: bees#when-do-bees-swarm"


def test_the_same_case_is_explained_alike_each_time(folder: Path) -> None:
    assert Explained(folder, "thread").text == Explained(folder, "thread").text


def test_an_unknown_case_is_wrong_use_and_names_the_nearest(folder: Path) -> None:
    with pytest.raises(WrongUse, match=r"no set has the case 'swam'\. .*Did you mean swarm\?"):
        Explained(folder, "swam")
