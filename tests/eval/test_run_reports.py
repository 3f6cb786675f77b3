from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.cli.context import WrongUse
from bot.receipts.present import section_sha256
from eval.pins import PINS_NAME, pins_text
from eval.shell import RunOptions, execute
from tests.eval.fakes import fake_subject
from tests.eval.test_shell import Ran, summary_of, written

PINNED = "{id: sugar, question: sugar with alpelisib, sections_any: ['pi3k#sugar', 'pi3k#which-drugs']}"


def with_pins(folder: Path, now: dict[str, str], disk: dict[str, str] | None = None) -> dict[str, Any]:
    """Run a case whose two sections were pinned as "old", and return the summary."""
    pins = dict.fromkeys(["pi3k#sugar", "pi3k#which-drugs"], section_sha256("old"))
    path = written(folder, [PINNED])
    (folder / PINS_NAME).write_text(pins_text(pins), "utf-8")
    subject = replace(
        fake_subject(),
        sections=now.keys(),
        section_sha256={name: section_sha256(text) for name, text in now.items()},
        sections_on_disk=lambda: {name: section_sha256(text) for name, text in (disk or {}).items()},
    )
    execute(RunOptions([str(path)], folder / "out.json"), lambda _: subject, io.StringIO())
    return summary_of(folder / "out.json")


def test_a_case_is_stale_if_its_section_was_edited_and_is_scored_all_the_same(tmp_path: Path) -> None:
    summary = with_pins(tmp_path, {"pi3k#sugar": "new", "pi3k#which-drugs": "old"})
    assert summary["stale"] == {"sugar": {"changed": ["pi3k#sugar"], "gone": [], "scored": True}}
    assert summary["cases"] == 1


def test_a_case_that_no_answer_can_satisfy_any_more_is_in_no_number(tmp_path: Path) -> None:
    summary = with_pins(tmp_path, {"pi3k#other": "old"})
    gone = ["pi3k#sugar", "pi3k#which-drugs"]
    assert summary["stale"] == {"sugar": {"changed": [], "gone": gone, "scored": False}}
    assert summary["cases"] == 0
    assert summary["metrics"]["retrieval"]["hit@5"]["value"] is None


def test_an_unchanged_case_is_not_stale(tmp_path: Path) -> None:
    assert with_pins(tmp_path, {"pi3k#sugar": "old", "pi3k#which-drugs": "old"})["stale"] == {}


def test_an_index_older_than_the_set_is_wrong_use(tmp_path: Path) -> None:
    now = {"pi3k#sugar": "older", "pi3k#which-drugs": "old"}
    with pytest.raises(WrongUse, match="the index is older than the set") as caught:
        with_pins(tmp_path, now, disk={"pi3k#sugar": "old"})
    assert "mbc-chat index build" in str(caught.value)


def test_a_set_for_articles_that_are_not_indexed_is_wrong_use(tmp_path: Path) -> None:
    path = written(tmp_path, ["{id: a, question: b, sections_any: ['bees#food']}"])
    with pytest.raises(WrongUse, match=r"case a, key .* the set is for articles that are not"):
        Ran(RunOptions([str(path)]))


def test_the_summary_has_rules_pairs_and_all_ids(tmp_path: Path) -> None:
    cases = [
        "{id: pain, question: chest pain, kind: emergency, categories: [emergency], tags: [pair-1, base]}",
        "{id: no-pain, question: no chest pain, kind: answer, categories: [], tags: [pair-1, negated]}",
        "{id: alone, question: gout, kind: not_covered, tags: [pair-2, base]}",
    ]
    out = tmp_path / "out.json"
    Ran(RunOptions([str(written(tmp_path, cases))], out))
    summary = summary_of(out)
    assert summary["case_ids"] == ["alone", "no-pain", "pain"]
    assert summary["pairs"]["negated"]["failed_to_change"]["value"] == 1
    assert summary["lone_pairs"] == ["pair-2"]
    assert summary["rules"] == {}
    assert summary["metrics"]["abstention"]["auroc"]["n"] == 2
    assert summary["gate"] is None


def test_a_row_says_for_each_due_category_whether_it_was_seen(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    Ran(RunOptions([str(written(tmp_path))], out))
    rows = [json.loads(line) for line in (tmp_path / "out.json.cases.jsonl").read_text("utf-8").splitlines()]
    scores = {row["id"]: row["scores"] for row in rows}
    assert scores["pain"]["recall:emergency"] == 1
    assert "false_alarms:emergency" not in scores["pain"]
    assert scores["gout"]["recall:off_topic"] == 0
    assert scores["gout"]["false_alarms:emergency"] == 0
