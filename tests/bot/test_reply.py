"""The JSON of a reply, there and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from bot.fields import BadValue
from bot.reply import Reply
from tests.bot.replies import answer, any_replies, small_talk


@given(any_replies)
def test_a_reply_comes_back_from_its_json_as_it_was(reply: Reply) -> None:
    assert Reply.from_json(json.loads(json.dumps(reply.as_json()))) == reply


def test_fields_of_later_versions_do_no_harm_and_those_that_are_missing_have_their_defaults() -> None:
    later = {**small_talk().as_json(), "mood": "fine"}
    assert Reply.from_json(later) == small_talk()
    earlier = {name: later[name] for name in ("question", "kind", "framing", "text")}
    assert Reply.from_json(earlier) == small_talk()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"framing": ""}, "reply.framing is empty"),
        ({"framing": None}, "reply.framing is not a text"),
        ({"kind": "guess"}, "reply.kind is 'guess', which is no kind of reply"),
        ({"question": 3}, "reply.question is not a text"),
        ({"more": -1}, "reply.more is not a whole number from 0"),
        ({"more": True}, "reply.more is not a whole number from 0"),
        ({"confidence": "high"}, "reply.confidence is not a number"),
        ({"suggestions": ["a", 1]}, "reply.suggestions is not a list of texts"),
        ({"suggestions": None}, "reply.suggestions is not a list"),
        ({"timings_ms": {"search": "fast"}}, "reply.timings_ms.search is not a number"),
        ({"timings_ms": []}, "reply.timings_ms is not an object of numbers"),
        ({"sentences": [3]}, "reply.sentences is no object"),
        ({"citations": [{"n": 1}]}, "reply.citations.article is not a text"),
    ],
)
def test_what_is_no_reply_is_refused_by_name(change: dict[str, Any], said: str) -> None:
    with pytest.raises(BadValue) as refused:
        Reply.from_json({**answer().as_json(), **change})
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("reviewed", "yesterday", "reply.citations.reviewed is not a day written as YYYY-MM-DD"),
        ("stale", "no", "reply.citations.stale is not true or false"),
        ("page", "one", "reply.citations.page is not a whole number from 0"),
    ],
)
def test_a_citation_that_is_none_is_refused_by_name(field: str, value: object, said: str) -> None:
    values = answer().as_json()
    values["citations"][0][field] = value
    with pytest.raises(BadValue) as refused:
        Reply.from_json(values)
    assert str(refused.value) == said


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(BadValue, match="reply is no object"):
        Reply.from_json(["a", "list"])
