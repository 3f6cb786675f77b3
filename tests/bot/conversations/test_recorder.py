"""Recording a talk that goes on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Thread

from bot.conversations.stored import Kept
from tests.bot.conversations.stores import BEGUN, full_disk, recorder, store_in, stored
from tests.bot.replies import answer


def test_nothing_is_on_disk_before_it_is_saved_nor_before_the_first_turn(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    record = recorder(store)
    record.rename("Bees")
    assert record.save() is None
    assert not store.folder.exists()
    record.add_turn("what do bees eat", answer())
    assert not store.folder.exists()
    assert record.save() is None
    found = store.load(store.resolve("last"))
    assert found == record.conversation
    assert (found.name, len(found.turns)) == ("Bees", 1)


def test_a_question_for_the_team_is_worth_a_file_too(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    record = recorder(store)
    record.note("May I fly?")
    assert record.save() is None
    (summary,) = store.summaries()
    assert (summary.title, summary.turns) == ("May I fly?", 0)


def test_a_private_talk_is_remembered_and_never_saved(tmp_path: Path) -> None:
    record = recorder(None)
    turn = record.add_turn("what do bees eat", answer())
    record.keep(turn.n, 1, [0])
    assert record.private
    assert record.save() is None
    assert record.conversation is not None
    assert len(record.conversation.kept) == 1
    assert list(tmp_path.iterdir()) == []


def test_all_that_a_reader_can_do_is_saved(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    record = recorder(store)
    for question in ("one", "two", "three", "four"):
        record.add_turn(question, answer(question))
    record.keep(1, 1, [0, 1])
    record.keep(2, 1, [0])
    record.drop_kept(2, 1)
    kept, dropped = record.note("May I fly?"), record.note("May I swim?")
    record.drop_note(dropped.id)
    record.mark_wrong(1, "It says otherwise.")
    record.mark_wrong(2)
    record.unmark_wrong(2)
    record.take_back(3)
    assert record.save() is None
    found = store.load(store.resolve("last"))
    assert found == record.conversation
    assert [(each.turn, each.sentences) for each in found.kept] == [(1, (0, 1))]
    assert found.notes == (kept,)
    assert [(mark.turn, mark.why) for mark in found.wrong] == [(1, "It says otherwise.")]
    assert found.taken_back == {3}


def test_a_resumed_conversation_goes_on_where_it_was(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "one", "two", "three")
    record = recorder(store, store.tail(store.resolve("last"), 1), BEGUN + timedelta(days=1))
    assert record.add_turn("four", answer("four")).n == 4
    assert record.save() is None
    assert [each.text for each in store.load(store.resolve("last")).turns] == ["one", "two", "three", "four"]
    assert len(store.ids()) == 1


def test_what_another_program_added_keeps_its_number_and_marks_find_their_turn(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    known = stored(store, "one")
    here, there = recorder(store, known), recorder(store, known)
    assert here.add_turn("two here", answer("two here")).n == 2
    assert there.add_turn("two there", answer("two there")).n == 2
    there.save()
    here.keep(2, 1, [0])
    here.save()
    found = store.load(known.id)
    assert [(each.n, each.text) for each in found.turns] == [(1, "one"), (2, "two there"), (3, "two here")]
    assert [each.turn for each in found.kept] == [3]
    assert here.conversation is not None
    assert [each.turn for each in here.conversation.kept] == [2]


def test_on_a_full_disk_the_talk_goes_on_and_is_saved_once_there_is_room(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    record = recorder(store)
    with full_disk(100):
        record.add_turn("one", answer("one"))
        assert "could not be saved" in str(record.save())
        record.add_turn("two", answer("two"))
        assert "Free some space" in str(record.save())
    record.keep(2, 1, [0])
    assert record.save() is None
    assert store.load(store.resolve("last")) == record.conversation


def test_a_forgotten_conversation_is_gone_from_the_disk_and_a_new_one_begins(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    record = recorder(store)
    record.add_turn("one", answer("one"))
    record.save()
    record.forget()
    assert (store.ids(), record.conversation, record.save()) == ([], None, None)
    assert record.add_turn("two", answer("two")).n == 1
    record.save()
    (summary,) = store.summaries()
    assert summary.title == "two"


def test_a_new_conversation_leaves_the_old_one_as_it_is(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    record = recorder(store)
    record.add_turn("one", answer("one"))
    record.save()
    fresh = recorder(store, start=BEGUN + timedelta(hours=1))
    fresh.add_turn("two", answer("two"))
    fresh.save()
    assert {summary.title for summary in store.summaries()} == {"one", "two"}


def test_keeping_twice_keeps_what_was_chosen_last(tmp_path: Path) -> None:
    record = recorder(store_in(tmp_path))
    record.add_turn("one", answer("one"))
    record.keep(1, 1, [0])
    record.keep(1, 1, [0, 1])
    assert record.conversation is not None
    assert [type(each) for each in record.conversation.kept] == [Kept]
    assert record.conversation.kept[0].sentences == (0, 1)


def test_saving_from_many_threads_writes_everything_once_and_in_order(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    record = recorder(store)
    savers = []
    for number in range(20):
        record.add_turn(f"question {number}", answer())
        savers.append(Thread(target=record.save))
        savers[-1].start()
    for saver in savers:
        saver.join()
    assert record.save() is None
    assert store.load(store.resolve("last")) == record.conversation


def test_a_conversation_that_was_deleted_elsewhere_goes_on_unsaved(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    record = recorder(store)
    record.add_turn("one", answer("one"))
    record.save()
    store.delete_all()
    record.add_turn("two", answer("two"))
    assert "was it deleted?" in str(record.save())
    assert store.ids() == []
    assert record.conversation is not None
    assert len(record.conversation.turns) == 2
