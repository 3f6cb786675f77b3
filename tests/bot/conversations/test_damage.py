"""A conversation whose file is torn, damaged or of a newer format."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversations.errors import NewerFormat
from bot.conversations.lines import entry_line, header_line
from bot.conversations.reading import read_conversation, read_summary
from bot.conversations.stored import (
    Entry,
    StoredConversation,
)
from tests.bot.conversations.stores import BEGUN, FIRST_ID, entries, store_in, stored, turn


@pytest.mark.parametrize("cut", [1, 2, 40, 400])
def test_a_torn_last_line_costs_that_line_alone(tmp_path: Path, cut: int) -> None:
    store = store_in(tmp_path)
    stored(store, "one", "two", "three")
    path = store.path(FIRST_ID)
    path.write_bytes(path.read_bytes()[: -1 - cut])
    assert [each.text for each in store.load(FIRST_ID).turns] == ["one", "two"]
    store.append(FIRST_ID, turn(3, "four"))
    found = store.load(FIRST_ID)
    assert [(each.n, each.text) for each in found.turns] == [(1, "one"), (2, "two"), (3, "four")]
    assert [line.number for line in found.damaged] == [4]


def test_a_last_line_without_its_line_break_is_whole_all_the_same(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "one", "two")
    path = store.path(FIRST_ID)
    path.write_bytes(path.read_bytes()[:-1])
    store.append(FIRST_ID, turn(1, "three"))
    found = store.load(FIRST_ID)
    assert [(each.n, each.text) for each in found.turns] == [(1, "one"), (2, "two"), (3, "three")]
    assert found.damaged == ()


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"[" * 100_000,
        b"\x00\xff\xfe",
        b"{}",
        b"[]",
        b"null",
        b'{"at": "2026-11-27T10:00:00+00:00"}',
        b'{"at": "2026-11-27T10:00:00+00:00", "dance": 1}',
        b'{"at": "soon", "name": "Bees"}',
        b'{"at": "2026-11-27T10:00:00", "name": "no time zone"}',
        b'{"at": "2026-11-27T10:00:00+00:00", "turn": {"n": 2, "text": "x", "reply": {"kind": "?"}}}',
        b'{"at": "2026-11-27T10:00:00+00:00", "turn": {"n": 2, "text": "x"}}',
        b'{"at": "2026-11-27T10:00:00+00:00", "taken_back": -3}',
        b'{"at": "2026-11-27T10:00:00+00:00", "taken_back": NaN}',
        b'{"at": "2026-11-27T10:00:00+00:00", "taken_back": ' + b"9" * 10_000 + b"}",
    ],
)
def test_a_damaged_line_is_reported_and_skipped_and_stays(tmp_path: Path, line: bytes) -> None:
    store = store_in(tmp_path)
    stored(store, "one")
    path = store.path(FIRST_ID)
    with path.open("ab") as file:
        file.write(line + b"\n")
    store.append(FIRST_ID, turn(2, "two"))
    found = store.load(FIRST_ID)
    assert [each.text for each in found.turns] == ["one", "two"]
    assert [damaged.number for damaged in found.damaged] == [3]
    assert line in path.read_bytes()
    assert store.summaries()[0].title == "one"


def test_a_line_that_another_program_spaced_differently_counts_as_well(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "one", "two")
    path = store.path(FIRST_ID)
    lines = [
        json.dumps(json.loads(line), separators=(",", ":")) for line in path.read_text("utf-8").splitlines()
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    store.append(FIRST_ID, turn(1, "three"))
    assert [each.n for each in store.load(FIRST_ID).turns] == [1, 2, 3]
    assert store.summaries()[0].turns == 3


@pytest.mark.parametrize("header", [b"", b"no header", b'{"format": "one"}', b'{"format": 1, "id": "x"}'])
def test_a_damaged_header_costs_nothing_but_itself(tmp_path: Path, header: bytes) -> None:
    store = store_in(tmp_path)
    stored(store, "one")
    path = store.path(FIRST_ID)
    path.write_bytes(header + b"\n" + path.read_bytes().partition(b"\n")[2])
    found = store.load(FIRST_ID)
    assert found.begun == BEGUN
    assert [each.text for each in found.turns] == ["one"]
    assert [line.number for line in found.damaged] == [1]


def test_a_file_of_a_newer_format_is_refused_and_left_alone(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "one")
    path = store.path(FIRST_ID)
    path.write_bytes(path.read_bytes().replace(b'"format": 1', b'"format": 2'))
    before = path.read_bytes()
    with pytest.raises(NewerFormat, match=r"has format 2.*Update mbc-chat"):
        store.load(FIRST_ID)
    with pytest.raises(NewerFormat):
        store.tail(FIRST_ID, 1)
    with pytest.raises(NewerFormat):
        store.append(FIRST_ID, turn(2))
    assert path.read_bytes() == before
    (summary,) = store.summaries()
    assert "format 2" in str(summary.problem)


@given(st.lists(entries, max_size=5), st.integers(0, 3_000))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_wherever_a_file_is_cut_off_all_whole_lines_before_that_are_read(
    written: list[Entry], cut: int
) -> None:
    lines = [entry_line(entry) for entry in written]
    header = header_line(FIRST_ID, BEGUN)
    data = (header + b"".join(lines))[: len(header) + cut]
    whole = data[len(header) :].count(b"\n")
    empty = StoredConversation(FIRST_ID, BEGUN)
    found = read_conversation(FIRST_ID, data)
    torn = whole < len(lines) and data.endswith(lines[whole].rstrip(b"\n"))
    assert replace(found, damaged=()) == empty.after_all(written[: whole + torn])


@given(st.binary(max_size=300))
def test_no_bytes_at_all_keep_a_file_from_being_read(data: bytes) -> None:
    found = read_conversation(FIRST_ID, header_line(FIRST_ID, BEGUN) + data)
    assert found.turns == ()
    assert read_summary(FIRST_ID, data).turns == 0
