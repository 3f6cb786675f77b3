from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.main import run_with
from bot.cli.rows import BadRow, read_row
from bot.json_text import json_text


def test_letters_stay_and_what_could_steer_a_terminal_is_escaped() -> None:
    assert json_text({"a": "Müsli“"}) == '{"a": "Müsli“"}'
    assert json_text("a\x1b[31m\x9b\u202e\x7f\ud800\U000e0041") == (
        '"a\\u001b[31m\\u009b\\u202e\\u007f\\ud800\\udb40\\udc41"'
    )
    assert json_text({"a": [1]}, indent=1) == '{\n "a": [\n  1\n ]\n}'


@given(st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner, max_size=3)))
def test_any_values_come_back_and_every_sign_can_be_printed(values: object) -> None:
    text = json_text(values)
    assert text.isprintable()
    assert json.loads(text) == values


@pytest.mark.parametrize("line", ['{"id": NaN, "question": "x"}', '{"id": [1e999], "question": "x"}'])
def test_a_row_whose_id_is_no_json_is_refused_so_that_what_comes_out_is(line: str) -> None:
    with pytest.raises(BadRow, match="line 3"):
        read_row(line, 3)


def test_what_the_command_line_prints_as_json_cannot_steer_a_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text(json.dumps({"id": "\u202e\x9b2J", "question": " "}, ensure_ascii=False) + "\n", "utf-8")
    assert run_with(["ask", "--batch", str(batch)]) == 1
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "\u202e\x9b2J.md").write_text("", "utf-8")
    assert run_with(["corpus", "check", "--corpus", str(tmp_path / "articles"), "--json"]) == 1
    out = capsys.readouterr().out
    assert r"\u202e\u009b2J" in out
    assert out.replace("\n", "").isprintable()
