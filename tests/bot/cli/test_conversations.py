"""Stored conversations from the command line."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from bot.cli.main import run_with
from bot.conversations.store import ConversationStore
from bot.conversations.stored import Kept, MarkedWrong, TakenBack, TeamNote
from bot.takeaway.places import copied_path, uncovered_path
from tests.bot.conversations.stores import BEGUN, FIRST_ID, store_in, stored
from tests.bot.replies import FRAMING, SENTENCE

OTHER = "20261128-090000-bcdfgh"


class Keyboard(StringIO):
    """Somebody at a terminal who types this."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    kept = store_in(tmp_path)
    stored(kept, "what do bees eat", "and in winter")
    stored(kept, "do wasps sleep", conversation_id=OTHER)
    return kept


@pytest.fixture(autouse=True)
def _in_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as there:
        there.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


def run(
    capsys: pytest.CaptureFixture[str], store: ConversationStore, *arguments: str
) -> tuple[int, str, str]:
    code = run_with(["--home", str(store.folder.parent), "conversations", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_list_names_each_conversation(
    capsys: pytest.CaptureFixture[str], store: ConversationStore
) -> None:
    code, out, _ = run(capsys, store, "list")
    assert code == 0
    assert out.splitlines() == [
        f"{FIRST_ID}  27 November 2026, 10:02, 2 questions: what do bees eat",
        f"{OTHER}  27 November 2026, 10:01, 1 question: do wasps sleep",
    ]


def test_the_list_as_json(capsys: pytest.CaptureFixture[str], store: ConversationStore) -> None:
    code, out, _ = run(capsys, store, "list", "--json")
    assert code == 0
    first = json.loads(out)["conversations"][0]
    assert first == {
        "id": FIRST_ID,
        "begun": "2026-11-27T10:00:00+00:00",
        "last": "2026-11-27T10:02:00+00:00",
        "turns": 2,
        "title": "what do bees eat",
        "named": False,
        "problem": None,
    }


def test_an_empty_list_is_empty_and_says_so_beside_the_result(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = run(capsys, store_in(tmp_path), "list")
    assert (code, out) == (0, "")
    assert "There is no conversation in" in err


def test_one_that_cannot_be_opened_is_listed_with_the_reason(
    capsys: pytest.CaptureFixture[str], store: ConversationStore
) -> None:
    path = store.path(OTHER)
    path.write_bytes(path.read_bytes().replace(b'"format": 1', b'"format": 7'))
    code, out, _ = run(capsys, store, "list")
    assert code == 1
    assert f"{OTHER}  cannot be opened: conversation {OTHER} has format 7" in out


def test_show_prints_the_talk_in_plain_order(
    capsys: pytest.CaptureFixture[str], store: ConversationStore
) -> None:
    store.append(FIRST_ID, Kept(BEGUN, 1, 1, (0,)))
    store.append(FIRST_ID, MarkedWrong(BEGUN, 1, "not \x1b[31mso"))
    store.append(FIRST_ID, TakenBack(BEGUN, 2))
    store.append(FIRST_ID, TeamNote(BEGUN, "a", "May I keep bees?"))
    code, out, _ = run(capsys, store, "show", "aaa")
    assert code == 0
    assert out.startswith(
        "what do bees eat\n"
        f"Begun 27 November 2026, 10:00. 1 question. {FIRST_ID}\n\n"
        "You: what do bees eat\n\n"
        "Marked as wrong: not so\n\n"
        "Kept to take along: [1]\n\n"
        f"Answer:\n[1] {SENTENCE}\n[1] Nectar gives them energy.\n\n{FRAMING}\n\nSources:\n[1] Keeping bees"
    )
    assert "You: and in winter\n\nThis meaning was taken back" in out
    assert out.endswith("Questions to ask:\n  - May I keep bees?\n")


def test_show_as_json_has_each_reply_as_ask_prints_it(
    capsys: pytest.CaptureFixture[str], store: ConversationStore
) -> None:
    code, out, _ = run(capsys, store, "show", "last", "--json")
    shown = json.loads(out)
    assert code == 0
    assert shown["turns"][0]["reply"] == json.loads(json.dumps(store.load(FIRST_ID).turns[0].reply.as_json()))
    assert [turn["n"] for turn in shown["turns"]] == [1, 2]


def test_show_reads_on_past_damage_and_reports_it(
    capsys: pytest.CaptureFixture[str], store: ConversationStore
) -> None:
    with store.path(FIRST_ID).open("ab") as file:
        file.write(b"damage\n")
    code, out, _ = run(capsys, store, "show", FIRST_ID)
    assert code == 1
    assert "You: and in winter" in out
    assert out.endswith("1 line of the file could not be read and stayed as it is: 4.\n")


def test_search_shows_where_words_were_found(
    capsys: pytest.CaptureFixture[str], store: ConversationStore
) -> None:
    code, out, _ = run(capsys, store, "search", "WINTER", "nectar")
    assert code == 0
    assert out.splitlines()[0] == f"{FIRST_ID}  what do bees eat"
    assert out.splitlines()[1].startswith("  27 November 2026, 10:02, question 2: and in winter")
    code, out, _ = run(capsys, store, "search", "sleep", "--json")
    assert [(hit["id"], hit["turn"]) for hit in json.loads(out)["hits"]] == [(OTHER, 1)]
    code, out, err = run(capsys, store, "search", "hornets")
    assert (code, out) == (1, "")
    assert "nothing was found" in err


def test_a_name_is_given_and_taken_away(capsys: pytest.CaptureFixture[str], store: ConversationStore) -> None:
    assert run(capsys, store, "rename", "bcd", "Wasps\x1b[2J and  more")[0] == 0
    assert store.load(OTHER).name == "Wasps and more"
    assert run(capsys, store, "rename", "bcd", "")[0] == 0
    assert store.load(OTHER).name is None


def test_delete_asks_first_and_takes_no_for_an_answer(
    capsys: pytest.CaptureFixture[str], store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Keyboard("n\n"))
    code, _, err = run(capsys, store, "delete", "bcd")
    assert code == 130
    assert f"Delete for good: {OTHER}, 27 November 2026, 10:01, 1 question: do wasps sleep." in err
    assert len(store.ids()) == 2
    monkeypatch.setattr("sys.stdin", Keyboard("y\n"))
    assert run(capsys, store, "delete", "bcd")[0] == 0
    assert store.ids() == [FIRST_ID]


def test_nobody_to_ask_deletes_nothing(capsys: pytest.CaptureFixture[str], store: ConversationStore) -> None:
    code, _, err = run(capsys, store, "delete", "--all")
    assert code == 2
    assert "--yes" in err
    assert len(store.ids()) == 2


def test_delete_all_deletes_everything_of_the_reader_and_says_what(
    capsys: pytest.CaptureFixture[str], store: ConversationStore
) -> None:
    home = store.folder.parent
    uncovered_path(home).write_text('{"day": "2026-11-27", "question": "do hornets sting"}\n', "utf-8")
    copied_path(home).write_text("bees", "utf-8")
    (home / "config.toml").write_text('country = "UK"\n', "utf-8")
    code, _, err = run(capsys, store, "delete", "--all", "--yes")
    assert code == 0
    assert err.startswith(
        "Deleted: 2 conversations with all that was kept and noted in them, 1 question on the"
    )
    assert store.ids() == []
    assert not uncovered_path(home).exists()
    assert not copied_path(home).exists()
    assert (home / "config.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("show", "2026"), 2, "2 conversations have an id that begins so"),
        (("show", "x"), 2, "no conversation has this id"),
        (("show", "../../etc/passwd"), 2, "no conversation has this id"),
        (("rename", "x", "y"), 2, "no conversation has this id"),
        (("delete",), 2, "give the ID of one conversation, or --all"),
        (("delete", "last", "--all"), 2, "give the ID of one conversation, or --all"),
        (("delete", "x", "--yes"), 2, "no conversation has this id"),
    ],
)
def test_wrong_use_says_what_to_do(
    capsys: pytest.CaptureFixture[str],
    store: ConversationStore,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    got, out, err = run(capsys, store, *arguments)
    assert (got, out) == (code, "")
    assert said in err
    assert len(store.ids()) == 2
