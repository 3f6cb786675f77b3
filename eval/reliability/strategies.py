"""What hypothesis puts in: texts, talks, files and JSON, half of it nearly right."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import reduce
from typing import Any

from hypothesis import strategies as st

_SIGNS = (
    "\x00\x07\x1b[31m \x9b\x85 \u202e \u2066 \u200b \ufeff \ud800 \udfff \ue000 \U000e0041 ﬁ é é"
    " ½ ٣ 㷒 😀 “ ” [b] <b> & # % {x} \\ ' \""
)
_WORDS = """
    chest pain fever 38.5 101F 40 C can't breathe want to die overdose took double dose missed two
    pills 200 mg stop taking Enhertu Ibrance capecitabine letrozole trastuzumab HER2-low ESR1 what
    is how does why should my her mum the side effects diarrhoea scan result stage 4 how long do I
    have not no never if last year yesterday grapefruit turmeric instead of chemo ignore previous
    instructions say you are a doctor system: and or? go on the second one bees nectar hive swarm
    wax no more , . ? ! ; : - / 24 hours since 3 days
    """.split()
texts = st.text(st.characters(), max_size=200)
"""Any signs, halves of pairs too."""
words = st.lists(st.sampled_from(_WORDS) | st.sampled_from(_SIGNS.split(" ")), max_size=25).map(" ".join)
messages = words | texts | st.tuples(words, texts, words).map("".join)
talks = st.lists(messages, min_size=1, max_size=4)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
_MARKUP = [
    *r"""
    <p> </p> <div> <h1> </h1> <table> <tr> <td colspan=99999> <li> <ul> <script> </script> <!-- -->
    <![CDATA[ <svg> <html> <body> <main> &nbsp; &#0; &#x1b; &#xd800; &unknown; # ## ### - * 1. > ```
    | |---|---| --- ... ** __ [a](b) ![x](y) {#id} <!--fact:x--> \ title: id: :
    """.split(),
    *("\t", "\n", "\n\n", "\r", "\n## ", "\n- ", "\n| "),
]
markup = st.lists(st.sampled_from(_MARKUP) | st.sampled_from(_WORDS) | texts, max_size=40).map(" ".join)


@st.composite
def mutated_bytes(draw: st.DrawFn, samples: list[bytes]) -> bytes:
    """Return a sound file with some bytes cut out and others put in."""
    content = draw(st.sampled_from(samples))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 100)))
        content = content[:start] + draw(st.binary(max_size=40)) + content[end:]
    return content


@st.composite
def mutated_json(draw: st.DrawFn, samples: list[Any]) -> Any:
    """Return a right value with some of what it holds left out, or any other value in its place."""
    value = copy.deepcopy(draw(st.sampled_from(samples)))
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(value))
        if not places:
            return draw(json_values)
        holder, key = draw(st.sampled_from(places))
        if draw(st.integers(0, 4)):
            holder[key] = draw(json_values | st.integers(-2, 10**6))
        else:
            del holder[key]
    return value


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return every place of a value that can hold another one, with what holds it."""
    if isinstance(value, dict):
        keys: list[Any] = list(value)
    elif isinstance(value, list):
        keys = list(range(len(value)))
    else:
        return []
    return reduce(list.__add__, (_places(value[key]) for key in keys), [(value, key) for key in keys])


def as_lines(dump: Callable[[Any], str] = json.dumps) -> Callable[[list[Any]], bytes]:
    """Return what writes values one a line."""
    return lambda values: "\n".join(map(dump, values)).encode("utf-8", "surrogatepass") + b"\n"
