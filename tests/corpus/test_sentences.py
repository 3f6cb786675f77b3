from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentence_spans


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("At 38.0 C call. Then wait.", ["At 38.0 C call.", "Then wait."]),
        ("Dr. Smith and Mrs. Jones met.", ["Dr. Smith and Mrs. Jones met."]),
        ("Some drugs, e.g. Ibrance, are pills.", ["Some drugs, e.g. Ibrance, are pills."]),
        ("The U.S. FDA approved it. Others did too.", ["The U.S. FDA approved it.", "Others did too."]),
        ("She asked “Why?” Nobody knew.", ["She asked “Why?”", "Nobody knew."]),
        ("A drug. mTOR is a protein.", ["A drug.", "mTOR is a protein."]),
        ("It ends. (An aside. It has two.) Then on.", ["It ends.", "(An aside. It has two.)", "Then on."]),
        ("No end here", ["No end here"]),
        ("", []),
        ("   ", []),
    ],
)
def test_sentences_are_split_where_a_reader_would(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@given(st.text(alphabet="aB .!?()“”\n1", max_size=200))
def test_spans_cover_all_words_in_order(text: str) -> None:
    spans = sentence_spans(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "".join(text[s:e] for s, e in spans).split() or not text.split()
    assert "".join("".join(text[s:e].split()) for s, e in spans) == "".join(text.split())
