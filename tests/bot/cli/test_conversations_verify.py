"""What the commands say of stored quotes after the articles changed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.generation import IndexFolder
from tests.bot.cli.saved_bees import Run, edit, indexed_reply, rebuild, runner, store_talk
from tests.bot.conversations.stores import FIRST_ID
from tests.bot.receipts.replies import ENERGY, NECTAR


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], bee_index: IndexFolder) -> Run:
    store_talk(bee_index, indexed_reply(bee_index, NECTAR, ENERGY), indexed_reply(bee_index, ENERGY))
    return runner(capsys, bee_index)


def test_quotes_of_unchanged_articles_are_intact(run: Run) -> None:
    code, out, _ = run("conversations", "verify")
    assert code == 0
    assert out.splitlines()[0] == f"{FIRST_ID}  What do bees eat?"
    assert "3 intact, 0 moved, 0 edited, 0 withdrawn, 0 unknown." in out


def test_an_edited_sentence_is_found_after_the_rebuild(
    run: Run, bee_index: IndexFolder, bee_folder: Path
) -> None:
    edit(bee_folder / "bees.md", ENERGY, "Nectar is sweet.")
    assert run("conversations", "verify")[0] == 0
    rebuild(bee_index, bee_folder)
    code, out, _ = run("conversations", "verify", "last", "--json")
    report = json.loads(out)
    assert code == 1
    assert report["counts"] == {"intact": 1, "moved": 0, "edited": 2, "withdrawn": 0, "unknown": 0}
    first = report["conversations"][0]["turns"][0]
    assert first["receipt"]["decision"]["kind"] == "answer"
    assert [one["standing"] for one in first["sentences"]] == ["intact", "edited"]
    assert first["sentences"][1]["now"] is None


def test_the_files_can_be_asked_before_any_rebuild(run: Run, bee_folder: Path) -> None:
    edit(bee_folder / "bees.md", ENERGY, "Nectar is sweet.")
    code, out, _ = run("conversations", "verify", "--corpus", str(bee_folder), "--findings")
    assert code == 1
    assert out.count("edited") == 3
    assert "intact " not in out.partition("sentences against")[0]


def test_what_only_moved_is_told_and_is_no_finding(
    run: Run, bee_index: IndexFolder, bee_folder: Path
) -> None:
    edit(bee_folder / "bees.md", "title: Keeping bees", "title: How to keep bees")
    rebuild(bee_index, bee_folder)
    code, out, _ = run("conversations", "verify")
    assert code == 0
    assert "3 moved" in out
    assert " -> " in out


@pytest.mark.parametrize(("removed", "why"), [(False, "was withdrawn"), (True, "is gone")])
def test_withdrawn_and_removed_articles_are_told_apart(
    run: Run, bee_index: IndexFolder, bee_folder: Path, removed: bool, why: str
) -> None:
    if removed:
        (bee_folder / "bees.md").unlink()
    else:
        edit(bee_folder / "bees.md", "id: bees\n", "id: bees\nwithdrawn: true\n")
    rebuild(bee_index, bee_folder)
    code, out, _ = run("conversations", "verify")
    assert code == 1
    assert out.count(f"(the article {why})") == 3
    assert ("3 withdrawn (3 of them gone)" in out) is removed


def test_show_says_of_a_resumed_answer_that_its_source_has_changed(
    run: Run, bee_index: IndexFolder, bee_folder: Path
) -> None:
    said = "“Keeping bees” has changed since this answer"
    assert said not in run("conversations", "show", "last")[1]
    edit(bee_folder / "bees.md", ENERGY, "Nectar is sweet.")
    rebuild(bee_index, bee_folder)
    assert run("conversations", "show", "last")[1].count(said) == 2


def test_without_an_index_it_says_what_to_do(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = runner(capsys, IndexFolder(tmp_path / "empty" / "index"))("conversations", "verify")
    assert code == 1
    assert "mbc-chat index build" in err


def test_impact_tells_before_and_after_the_rebuild_what_rests_on_an_edit(
    run: Run, bee_index: IndexFolder, bee_folder: Path
) -> None:
    nothing = "nothing that anything rests on has changed."
    for command in ("index", "conversations"):
        code, out, _ = run(command, "impact")
        assert (code, nothing in out) == (0, True)
    edit(bee_folder / "bees.md", ENERGY, "Nectar is sweet.")
    code, out, _ = run("index", "impact", "--no-cases")
    assert code == 1
    assert out.splitlines()[0] == "   2  bees#what-do-bees-eat/1  edited: its words have changed"
    assert "1 changed passage with 2 saved answers and 0 evaluation cases on them." in out
    assert run("conversations", "impact", "--no-cases")[0] == 0
    rebuild(bee_index, bee_folder)
    assert run("index", "impact", "--no-cases")[0] == 0
    code, out, _ = run("conversations", "impact", "--no-cases", "--json")
    assert code == 1
    (passage,) = json.loads(out)["passages"]
    assert passage["passage"] == "bees#what-do-bees-eat/1"
    assert [(use["turn"], use["touched"]) for use in passage["answers"]] == [(1, "quote"), (2, "quote")]


def test_an_edit_beside_the_quotes_is_told_as_long_as_the_old_generation_is_kept(
    run: Run, bee_index: IndexFolder, bee_folder: Path
) -> None:
    old = bee_index.live()
    edit(bee_folder / "bees.md", "Honey is stored for the winter.", "Honey is eaten in winter.")
    rebuild(bee_index, bee_folder)
    code, out, _ = run("conversations", "impact", "--no-cases")
    assert code == 1
    assert out.count("(words beside the quoted ones)") == 2
    bee_index.prune(0)
    code, out, err = run("conversations", "impact", "--no-cases")
    assert code == 0
    assert f"Not kept any more: {old}." in err


def test_impact_names_new_articles_and_files_that_cannot_be_read(run: Run, bee_folder: Path) -> None:
    (bee_folder / "wasps.txt").write_text("Wasps\n\nWasps eat flies.\n", "utf-8")
    (bee_folder / "ants.txt").write_text("", "utf-8")
    (bee_folder / "corpus.toml").write_text('name = "Bees"\n', "utf-8")
    code, _, err = run("index", "impact", "--no-cases")
    assert code == 1
    assert "New, so that nothing rests on them yet: wasps." in err
    assert "the file is empty" in err
    assert "which no quote rests on: corpus.toml." in err


def test_an_older_generation_is_never_looked_for_outside_the_index(
    capsys: pytest.CaptureFixture[str], bee_index: IndexFolder, bee_folder: Path
) -> None:
    reply = replace(indexed_reply(bee_index, NECTAR), generation="../../outside")
    store_talk(bee_index, reply)
    edit(bee_folder / "bees.md", "Honey is stored for the winter.", "Honey is eaten in winter.")
    rebuild(bee_index, bee_folder)
    code, _, err = runner(capsys, bee_index)("conversations", "impact", "--no-cases")
    assert code == 0
    assert "Not kept any more: ../../outside." in err


def test_hostile_words_of_a_stored_file_never_reach_the_terminal(
    capsys: pytest.CaptureFixture[str], bee_index: IndexFolder, bee_folder: Path
) -> None:
    hostile = "\x1b]0;title\x07\x9b31m\u202e"
    reply = indexed_reply(bee_index, NECTAR)
    citation = replace(reply.citations[0], title=f"Bees{hostile}", passage=f"bees{hostile}#a/1")
    foreign = replace(
        reply, question=f"Bees{hostile}", citations=(citation,), generation=f"000{hostile}", rules=(hostile,)
    )
    store_talk(bee_index, foreign)
    edit(bee_folder / "bees.md", NECTAR, "Bees eat.")
    rebuild(bee_index, bee_folder)
    run = runner(capsys, bee_index)
    for arguments in (
        ("conversations", "verify"),
        ("conversations", "verify", "--json"),
        ("conversations", "impact", "--no-cases"),
        ("conversations", "impact", "--no-cases", "--json"),
        ("conversations", "show", "last"),
        ("conversations", "export", "last"),
        ("conversations", "export", "last", "--format", "json"),
    ):
        _, out, err = run(*arguments)
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(out + err), arguments


def test_a_conversation_that_cannot_be_read_is_told_and_the_others_are_verified(
    run: Run, bee_index: IndexFolder
) -> None:
    folder = bee_index.path.parent / "conversations"
    (folder / "20261128-090000-bcdfgh.jsonl").write_bytes(b'{"format": 9, "id": "x"}\n')
    code, out, err = run("conversations", "verify")
    assert code == 1
    assert "3 intact" in out
    assert "format 9" in err
