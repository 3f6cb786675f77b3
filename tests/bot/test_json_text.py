from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

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
