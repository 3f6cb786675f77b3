"""Exports, the visit sheet and the handover from the command line."""

from __future__ import annotations

import json
import stat
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from bot.conversations.stored import Kept, MarkedWrong, TeamNote
from bot.reply import Kind, Reply
from bot.takeaway.places import uncovered_path
from bot.takeaway.uncovered import keep_uncovered
from index.generation import IndexFolder
from tests.bot.cli.saved_bees import Run, edit, indexed_reply, rebuild, runner, store_talk
from tests.bot.conversations.stores import BEGUN, FIRST_ID
from tests.bot.receipts.replies import ENERGY, NECTAR

SECRET = "my own story"
UNCOVERED = Reply("Do bees sleep?", Kind.NOT_COVERED, "General.")


class Keyboard(StringIO):
    """Somebody at a terminal who types this."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], bee_index: IndexFolder) -> Run:
    store_talk(
        bee_index,
        indexed_reply(bee_index, NECTAR),
        indexed_reply(bee_index, ENERGY, question=SECRET),
        entries=(
            Kept(BEGUN, 1, 1, (0,)),
            TeamNote(BEGUN, "x", "May I keep bees?"),
            MarkedWrong(BEGUN, 1, "they drink it"),
        ),
    )
    return runner(capsys, bee_index)


def test_a_conversation_goes_to_stdout_as_markdown(run: Run) -> None:
    code, out, err = run("conversations", "export", "last")
    assert (code, err) == (0, "")
    assert out.startswith("# What do bees eat?\n")
    assert f"> {NECTAR} \\[1\\]" in out
    assert run("conversations", "export", "last", "-o", "-", "--format", "markdown")[1] == out


@pytest.mark.parametrize(
    ("name", "opening"), [("a.md", "# What"), ("a.html", "<!doctype html>"), ("a.json", "{"), ("a", "# What")]
)
def test_the_ending_of_the_file_says_the_format(run: Run, tmp_path: Path, name: str, opening: str) -> None:
    path = tmp_path / name
    code, out, err = run("conversations", "export", "last", "-o", str(path))
    assert (code, out) == (0, "")
    assert str(path) in err
    assert path.read_text("utf-8").startswith(opening)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_only_replaced_by_force(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("mine", "utf-8")
    code, _, err = run("conversations", "export", "last", "-o", str(path))
    assert code == 1
    assert "--force" in err
    assert path.read_text("utf-8") == "mine"
    assert run("conversations", "export", "last", "-o", str(path), "--force")[0] == 0


def test_the_visit_sheet_says_what_changed_since(run: Run, bee_index: IndexFolder, bee_folder: Path) -> None:
    out = run("conversations", "export", FIRST_ID, "--visit-sheet")[1]
    assert "- [ ] May I keep bees?" in out
    assert f"> {NECTAR}\n" in out
    assert SECRET not in out
    edit(bee_folder / "bees.md", NECTAR, "Bees eat.")
    rebuild(bee_index, bee_folder)
    out = run("conversations", "export", FIRST_ID, "--visit-sheet", "--format", "html")[1]
    assert f"<s>{NECTAR}</s>" in out


def test_without_an_index_an_export_says_that_it_cannot_tell(run: Run, bee_index: IndexFolder) -> None:
    (bee_index.path / "CURRENT").unlink()
    code, out, _ = run("conversations", "export", "last")
    assert code == 0
    assert "Whether “Keeping bees” still says the sentence quoted here cannot be told." in out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("export", "nobody"), 2, "conversations list"),
        (("export", "last", "--visit-sheet", "--format", "json"), 2, "markdown or html"),
        (("export", "last", "-o", "/nowhere/at/all.md"), 1, "cannot be written"),
        (("export", "last", "--format", "pdf"), 2, "markdown"),
    ],
)
def test_wrong_use_is_a_clear_line(run: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    got, out, err = run("conversations", *arguments)
    assert (got, out) == (code, "")
    assert said in err


def test_a_sheet_with_nothing_on_it_is_not_written(
    capsys: pytest.CaptureFixture[str], bee_index: IndexFolder, tmp_path: Path
) -> None:
    store_talk(bee_index, indexed_reply(bee_index, NECTAR))
    path = tmp_path / "sheet.md"
    run = runner(capsys, bee_index)
    code, _, err = run("conversations", "export", "last", "--visit-sheet", "-o", str(path))
    assert (code, path.exists()) == (1, False)
    assert "would be empty" in err


def test_the_handover_has_the_marked_turn_and_the_list_and_nothing_else(
    run: Run, bee_index: IndexFolder
) -> None:
    keep_uncovered(bee_index.path.parent, UNCOVERED, date(2026, 11, 23))
    code, out, _ = run("conversations", "handover")
    assert code == 0
    plain = json.loads(out)
    (wrong,) = plain["wrong"]
    assert (wrong["question"], wrong["why"]) == ("What do bees eat?", "they drink it")
    assert wrong["answered"]["sentences"] == [NECTAR]
    assert wrong["receipt"]["spans"][0]["passage"] == "bees#what-do-bees-eat/1"
    assert plain["not_covered"] == [{"day": "2026-11-23", "question": "Do bees sleep?"}]
    for secret in (SECRET, ENERGY, FIRST_ID, "May I keep bees?", "10:0"):
        assert secret not in out


def test_the_handover_is_shown_before_it_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "for-the-editor.json"
    monkeypatch.setattr("sys.stdin", Keyboard("n\n"))
    code, out, err = run("conversations", "handover", "-o", str(path))
    assert (code, path.exists()) == (130, False)
    monkeypatch.setattr("sys.stdin", Keyboard("y\n"))
    code, out, err = run("conversations", "handover", "-o", str(path))
    assert (code, out.strip()) == (0, "")
    written = path.read_text("utf-8")
    assert written in err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    monkeypatch.setattr("sys.stdin", StringIO())
    assert run("conversations", "handover", "-o", str(path))[0] == 2
    assert run("conversations", "handover", "-o", str(path), "--yes")[0] == 1
    assert run("conversations", "handover", "-o", str(path), "--yes", "--force")[0] == 0


def test_with_nothing_to_hand_over_it_says_so(
    capsys: pytest.CaptureFixture[str], bee_index: IndexFolder
) -> None:
    code, out, err = runner(capsys, bee_index)("conversations", "handover")
    assert (code, out) == (1, "")
    assert "nothing to hand over" in err


def test_the_list_of_uncovered_questions_can_be_seen_and_forgotten(run: Run, bee_index: IndexFolder) -> None:
    home = bee_index.path.parent
    code, out, err = run("conversations", "uncovered")
    assert (code, out) == (0, "")
    assert "you did not agree to keep any" in err
    keep_uncovered(home, UNCOVERED, date(2026, 11, 23))
    assert run("conversations", "uncovered")[1] == "23 November 2026: Do bees sleep?\n"
    rows = json.loads(run("conversations", "uncovered", "--json")[1])
    assert rows == {"not_covered": [{"day": "2026-11-23", "question": "Do bees sleep?"}]}
    assert "Deleted: 1 question." in run("conversations", "uncovered", "--forget")[2]
    assert not uncovered_path(home).exists()
