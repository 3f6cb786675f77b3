from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.cli.context import WrongUse
from bot.conversation import Conversation
from bot.reply import Reply
from eval.comparing.shell import execute_compare
from eval.shell import RunOptions, execute
from tests.eval.fakes import FakeAssistant, fake_subject

CASES = [
    '{id: drugs, question: "Which drugs act on PIK3CA", kind: answer, nuggets: [{any: [alpelisib]}]}',
    "{id: gout, question: gout, kind: not_covered}",
    "{id: low, question: ultralow, kind: answer, nuggets: [{any: [hardly]}]}",
]


def ran(
    folder: Path, name: str, cases: Sequence[str] = CASES, assistant: FakeAssistant | None = None
) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text("".join(f"- {case}\n" for case in cases), "utf-8")
    out = folder / f"{name}.json"
    execute(RunOptions([str(path)], out), lambda _: fake_subject(assistant), io.StringIO())
    return out


class Compared:
    def __init__(self, old: Path, new: Path, json_file: Path | None = None) -> None:
        out = io.StringIO()
        self.code = execute_compare(old, new, json_file, out)
        self.text = out.getvalue()
        self.json: dict[str, Any] = json.loads(json_file.read_text("utf-8")) if json_file else {}


def refusal(old: Path, new: Path) -> str:
    with pytest.raises(WrongUse) as caught:
        Compared(old, new)
    return str(caught.value)


def without_line(path: Path, start: str) -> None:
    rows = path.with_name(path.name + ".cases.jsonl")
    lines = rows.read_text("utf-8").splitlines(keepends=True)
    rows.write_text("".join(line for line in lines if not line.startswith(start)), "utf-8")


def test_a_change_is_shown_with_its_cases(tmp_path: Path) -> None:
    old, new = ran(tmp_path, "old"), ran(tmp_path, "new", assistant=FakeAssistant(misquotes=True))
    done = Compared(old, new, tmp_path / "out.json")
    assert done.code == 0
    assert "3 cases are in both runs and are compared." in done.text
    row = next(line.split() for line in done.text.splitlines() if line.startswith("quote_fidelity "))
    assert row == ("quote_fidelity 2 1.000 0.000 -1.000 -1.000, -1.000 0.5000 1.0000 0 2".split())
    assert "quote_fidelity lost: drugs, low" in done.text
    assert done.json["metrics"]["quote_fidelity"]["lost"] == ["drugs", "low"]
    assert done.json["metrics"]["nugget_recall"]["change"] == 0


def test_a_run_compared_with_itself_does_not_move(tmp_path: Path) -> None:
    old = ran(tmp_path, "old")
    text = Compared(old, old).text
    assert "The same in every case: " in text
    assert "won:" not in text


def test_a_metric_that_is_known_in_one_run_alone_is_named(tmp_path: Path) -> None:
    class Silent(FakeAssistant):
        def reply(self, conversation: Conversation, text: str, /) -> Reply:
            return super().reply(conversation, "gout")

    old, new = ran(tmp_path, "old"), ran(tmp_path, "new", assistant=Silent())
    text = Compared(old, new).text
    assert "nugget_recall lost: drugs, low" in text
    assert "words known in one run alone, and not compared there: drugs, low" in text


def test_a_change_that_is_no_chance_is_called_so(tmp_path: Path) -> None:
    many = [CASES[2].replace("low", f"low-{k}", 1).replace("ultralow", f"ultralow {k}") for k in range(14)]
    old, new = ran(tmp_path, "old", many), ran(tmp_path, "new", many, FakeAssistant(misquotes=True))
    row = next(line for line in Compared(old, new).text.splitlines() if line.startswith("quote_fidelity "))
    assert row.split()[-1] == "worse"


def test_two_sets_are_compared_on_their_common_cases_and_that_is_said(tmp_path: Path) -> None:
    edited = CASES[2].replace("hardly", "scarcely")
    old = ran(tmp_path, "old", CASES)
    new = ran(tmp_path, "new", [CASES[0], edited, "{id: more, question: sugar}"])
    text = Compared(old, new).text
    assert "1 cases are in both runs and are compared." in text
    assert "Not compared, 1 only in the old run: gout" in text
    assert "Not compared, 1 only in the new run: more" in text
    assert "Not compared, 1 asked or labelled otherwise in the new run: low" in text


def test_an_error_row_is_not_compared_and_named(tmp_path: Path) -> None:
    old = ran(tmp_path, "old")
    new = ran(tmp_path, "new", assistant=FakeAssistant(frozenset({"gout"})))
    assert "Not compared, 1 ended in an error in one run or both: gout" in Compared(old, new).text


def test_the_written_comparison_is_the_same_each_time(tmp_path: Path) -> None:
    old, new = ran(tmp_path, "old"), ran(tmp_path, "new", assistant=FakeAssistant(misquotes=True))
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    assert Compared(old, new, one).text == Compared(old, new, two).text
    assert one.read_bytes() == two.read_bytes()


def test_missing_rows_are_named(tmp_path: Path) -> None:
    old, new = ran(tmp_path, "old"), ran(tmp_path, "new")
    without_line(new, '{"id": "gout"')
    assert "new.json.cases.jsonl: the rows of these cases are missing: gout." in refusal(old, new)


def test_rows_that_were_never_run_are_named(tmp_path: Path) -> None:
    old, new = ran(tmp_path, "old", CASES[:2]), ran(tmp_path, "new")
    rows = [path.with_name(path.name + ".cases.jsonl") for path in (old, new)]
    rows[0].write_bytes(rows[1].read_bytes())
    assert "has rows of cases that were not run: low" in refusal(old, new)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "has no rows"),
        ("{}\n", "line 1: is not the row of a case: id: Field required"),
        ("not json\n", "line 1: is not the row of a case: Invalid JSON"),
        (
            '{"id": "a", "sha256": "1", "error": null, "scores": {"words": "many"}}\n',
            "scores.words: Input should be a valid number",
        ),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    old = ran(tmp_path, "old")
    old.with_name(old.name + ".cases.jsonl").write_text(text, "utf-8")
    assert says in refusal(old, old)


def test_a_row_that_stands_twice_is_named(tmp_path: Path) -> None:
    old = ran(tmp_path, "old")
    rows = old.with_name(old.name + ".cases.jsonl")
    rows.write_text(rows.read_text("utf-8") * 2, "utf-8")
    assert "line 4, case drugs: the case has a row already" in refusal(old, old)


def test_a_run_that_is_not_there_or_none_is_said_to_be_so(tmp_path: Path) -> None:
    old = ran(tmp_path, "old")
    assert "none.json: there is no such file" in refusal(old, tmp_path / "none.json")
    other = tmp_path / "other.json"
    other.write_text("{}", "utf-8")
    assert "other.json: is not the summary of a run: case_ids: Field required" in refusal(old, other)


def test_two_runs_without_a_common_case_are_not_compared(tmp_path: Path) -> None:
    old, new = ran(tmp_path, "old", CASES[:1]), ran(tmp_path, "new", CASES[1:])
    assert "have no case in common" in refusal(old, new)
