"""Conversations on disk: appending, reading, and everything that can be wrong with a file."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversations.errors import ConversationProblem, NoSuchConversation, NotSaved
from bot.conversations.lines import entry_line, header_line, read_entry
from bot.conversations.reading import read_conversation, read_summary
from bot.conversations.stored import (
    Entry,
    Kept,
    MarkedWrong,
    NoLongerKept,
    NoteRemoved,
    NotWrong,
    Renamed,
    StoredTurn,
    TakenBack,
    TeamNote,
)
from tests.bot.conversations.stores import BEGUN, FIRST_ID, entries, full_disk, store_in, stored, turn
from tests.bot.replies import BEES


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(entries)
def test_an_entry_comes_back_from_its_line_as_it_was(entry: Entry) -> None:
    line = entry_line(entry)
    assert line.count(b"\n") == 1
    assert read_entry(line) == entry


def test_a_half_character_that_no_encoding_knows_is_kept_too() -> None:
    assert read_entry(entry_line(Renamed(BEGUN, "odd \udcff"))) == Renamed(BEGUN, "odd \udcff")


def test_a_conversation_is_read_as_it_was_written(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    found = stored(store, "what do bees eat", "when do they swarm")
    assert found.id == FIRST_ID
    assert found.begun == BEGUN
    assert found.turns == (turn(1), turn(2, "when do they swarm"))
    assert found.title == "what do bees eat"
    assert found.damaged == ()


def test_only_its_owner_can_read_a_conversation(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "what do bees eat")
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in store.folder.iterdir()} == {0o600}


def test_the_file_begins_with_its_format(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "what do bees eat")
    header, line = store.path(FIRST_ID).read_text("utf-8").splitlines()
    assert json.loads(header) == {"format": 1, "id": FIRST_ID, "begun": "2026-11-27T10:00:00+00:00"}
    assert list(json.loads(line)) == ["at", "turn"]


def test_entries_add_up(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "what do bees eat", "and in winter", "do they sleep")
    for entry in (
        Kept(BEGUN, 1, 1, (0, 1)),
        Kept(BEGUN, 2, 1, (0,)),
        Kept(BEGUN, 1, 1, (1,)),
        NoLongerKept(BEGUN, 2, 1),
        TeamNote(BEGUN, "a", "May I keep bees?"),
        TeamNote(BEGUN, "b", "And wasps?"),
        NoteRemoved(BEGUN, "b"),
        MarkedWrong(BEGUN, 1, "It says otherwise."),
        MarkedWrong(BEGUN, 2, None),
        NotWrong(BEGUN, 2),
        TakenBack(BEGUN, 3),
        Renamed(BEGUN, "Bees"),
    ):
        store.append(FIRST_ID, entry)
    found = store.load(FIRST_ID)
    assert found.kept == (Kept(BEGUN, 1, 1, (1,)),)
    assert found.notes == (TeamNote(BEGUN, "a", "May I keep bees?"),)
    assert found.wrong == (MarkedWrong(BEGUN, 1, "It says otherwise."),)
    assert [each.n for each in found.standing] == [1, 2]
    assert found.as_conversation().questions == ("what do bees eat", "and in winter")
    assert found.title == "Bees"


def test_what_was_kept_is_found_in_its_turn(tmp_path: Path) -> None:
    found = stored(store_in(tmp_path), "what do bees eat")
    kept = found.kept_quote(Kept(BEGUN, 1, 1, (1, 7)))
    assert kept is not None
    assert kept[0] == BEES
    assert [sentence.text for sentence in kept[1]] == ["Nectar gives them energy."]
    assert found.kept_quote(Kept(BEGUN, 1, 9, (0,))) is None
    assert found.kept_quote(Kept(BEGUN, 9, 1, (0,))) is None


def test_a_tail_has_the_last_turns_and_everything_else(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, *map(str, range(1, 8)))
    store.append(FIRST_ID, Kept(BEGUN, 1, 1, (0,)))
    tail = store.tail(FIRST_ID, 2)
    assert [each.n for each in tail.turns] == [6, 7]
    assert (tail.earlier, tail.title, len(tail.kept)) == (5, "1", 1)
    more = store.tail(FIRST_ID, 3, before=6)
    assert [each.n for each in more.turns] == [3, 4, 5]
    assert more.earlier == 2
    first = store.tail(FIRST_ID, 50, before=3)
    assert ([each.n for each in first.turns], first.earlier) == ([1, 2], 0)


def test_a_turn_is_numbered_after_the_last_one_whoever_wrote_that(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "one")
    added = [store.append(FIRST_ID, turn(2, text)) for text in ("two", "also two")]
    assert added == [turn(2, "two"), StoredTurn(turn(2).at, 3, "also two", turn(2, "also two").reply)]


def test_programs_that_write_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "first")

    def write(name: str) -> None:
        for number in range(10):
            store.append(FIRST_ID, turn(2, f"{name} {number}"))

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = store.load(FIRST_ID)
    assert [each.n for each in found.turns] == list(range(1, 32))
    assert len({each.text for each in found.turns}) == 31


def test_a_full_disk_leaves_the_file_as_it_was_and_says_so(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "one")
    path = store.path(FIRST_ID)
    before = path.read_bytes()
    with full_disk(len(before) + 50), pytest.raises(NotSaved, match=r"could not be saved.*Free some space"):
        store.append(FIRST_ID, turn(2))
    assert path.read_bytes() == before
    store.append(FIRST_ID, turn(2))
    assert len(store.load(FIRST_ID).turns) == 2


def test_a_full_disk_leaves_no_half_file(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    with full_disk(50), pytest.raises(NotSaved):
        store.create(FIRST_ID, turn(1))
    assert store.ids() == []


def test_a_conversation_that_was_deleted_meanwhile_does_not_come_back(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "one")
    store.delete(FIRST_ID)
    with pytest.raises(NotSaved, match="was it deleted"):
        store.append(FIRST_ID, turn(2))
    assert store.ids() == []


def test_links_pipes_folders_and_strange_names_are_passed_over(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "one")
    secret = tmp_path / "secret"
    secret.write_text("secret", "utf-8")
    other = FIRST_ID.replace("aaaaaa", "bbbbbb")
    store.path(other).symlink_to(secret)
    os.mkfifo(store.path(FIRST_ID.replace("aaaaaa", "cccccc")))
    store.path(FIRST_ID.replace("aaaaaa", "dddddd")).mkdir()
    for name in ("notes.txt", "..jsonl", "x\x1b[31m.jsonl", "\nevil.jsonl", f"{FIRST_ID}.jsonl.bak"):
        (store.folder / name).write_text("foreign", "utf-8")
    os.mkfifo(store.folder / "pipe.jsonl")
    assert [summary.id for summary in store.summaries()] == [FIRST_ID]
    with pytest.raises(ConversationProblem, match="cannot be read"):
        store.load(other)
    with pytest.raises(NotSaved):
        store.append(other, turn(1))
    with pytest.raises(ConversationProblem, match="no ordinary file"):
        store.load(FIRST_ID.replace("aaaaaa", "cccccc"))
    assert store.delete_all() == 1
    assert secret.read_text("utf-8") == "secret"
    assert (store.folder / "notes.txt").exists()


def test_the_lock_is_never_opened_through_a_link(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    victim = tmp_path / "victim"
    victim.write_text("dear", "utf-8")
    store.folder.mkdir()
    (store.folder / ".lock").symlink_to(victim)
    with pytest.raises(NotSaved, match="is a link"):
        store.create(FIRST_ID, turn(1))
    assert victim.read_text("utf-8") == "dear"


def test_ids_are_found_by_their_beginning_or_by_that_of_their_letters(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    second = "20261128-090000-bcdfgh"
    stored(store, "one")
    stored(store, "one", "two", conversation_id=second)
    assert store.resolve("20261128") == second
    assert store.resolve("BCD") == second
    assert store.resolve(FIRST_ID) == FIRST_ID
    assert store.resolve("last") == second
    store.append(FIRST_ID, turn(60))
    assert store.resolve(" last ") == FIRST_ID


@pytest.mark.parametrize("given", ["2026", "", "x", "../secret", "\x1b[31m", "*"])
def test_an_id_that_names_none_or_several_is_refused(tmp_path: Path, given: str) -> None:
    store = store_in(tmp_path)
    stored(store, "one")
    stored(store, "two", conversation_id="20261128-090000-bcdfgh")
    with pytest.raises(NoSuchConversation, match="conversations list"):
        store.resolve(given)


def test_the_last_of_none_says_that_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(NoSuchConversation, match="no conversation yet"):
        store_in(tmp_path).resolve("last")


def test_the_list_says_what_was_asked_first_and_when_and_how_much(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "what do bees eat " * 50, "two")
    stored(store, "later", conversation_id="20261128-090000-bcdfgh")
    store.append(FIRST_ID, turn(3, "three"))
    store.rename("20261128-090000-bcdfgh", "Bees")
    first, second = store.summaries()
    assert (first.id, first.turns, first.begun, first.named) == (FIRST_ID, 3, BEGUN, False)
    assert first.last == turn(3).at
    assert first.title.startswith("what do bees eat what")
    assert len(first.title) == 200
    assert (second.title, second.named, second.turns) == ("Bees", True, 1)
    store.rename("20261128-090000-bcdfgh", None)
    assert {summary.title for summary in store.summaries()} == {first.title, "later"}


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    assert store.summaries() == []
    assert store.delete_all() == 0
    with pytest.raises(NoSuchConversation):
        store.load(FIRST_ID)


def test_a_talk_that_begins_with_an_empty_line_is_named_by_the_first_words(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "", "What do bees eat?")
    assert [summary.title for summary in store.summaries()] == ["What do bees eat?"]
    assert store.load(FIRST_ID).title == "What do bees eat?"


@given(st.lists(entries, max_size=6))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_the_list_and_the_tail_say_the_same_as_the_whole(written: list[Entry]) -> None:
    data = header_line(FIRST_ID, BEGUN) + b"".join(map(entry_line, written))
    whole, summary = read_conversation(FIRST_ID, data), read_summary(FIRST_ID, data)
    assert (summary.turns, summary.title) == (len(whole.standing), whole.title)
    assert summary.last == max([BEGUN, *(entry.at for entry in written)])
    tail = read_conversation(FIRST_ID, data, last=1)
    assert tail.turns == whole.turns[-1:]
    assert tail.earlier == len(whole.turns) - len(tail.turns)
    assert (tail.title, tail.kept, tail.notes, tail.wrong, tail.taken_back) == (
        whole.title,
        whole.kept,
        whole.notes,
        whole.wrong,
        whole.taken_back,
    )
