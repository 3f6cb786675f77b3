"""What the doctor says of stored conversations."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.doctor.finding import Severity
from bot.doctor.stored import check_conversations
from bot.doctor.surroundings import Surroundings
from tests.bot.conversations.stores import FIRST_ID, store_in, stored
from tests.bot.test_doctor import surroundings


@pytest.fixture
def at(tmp_path: Path) -> Surroundings:
    return surroundings(tmp_path)


def test_conversations_that_can_all_be_read_are_counted(tmp_path: Path, at: Surroundings) -> None:
    assert check_conversations(at).found == "No conversation is stored."
    stored(store_in(tmp_path), "one")
    assert check_conversations(at).found == "1 conversation stored, all readable."


def test_damaged_lines_are_worth_knowing(tmp_path: Path, at: Surroundings) -> None:
    stored(store_in(tmp_path), "one")
    with store_in(tmp_path).path(FIRST_ID).open("ab") as file:
        file.write(b"damage\n")
    finding = check_conversations(at)
    assert finding.severity is Severity.NOTE
    assert f"Lines of 1 conversation are damaged: {FIRST_ID}." in finding.found
    assert "mbc-chat conversations show" in finding.mend


def test_one_that_cannot_be_opened_is_a_problem(tmp_path: Path, at: Surroundings) -> None:
    path = store_in(tmp_path).path(FIRST_ID)
    stored(store_in(tmp_path), "one")
    path.write_bytes(path.read_bytes().replace(b'"format": 1', b'"format": 5'))
    finding = check_conversations(at)
    assert finding.severity is Severity.PROBLEM
    assert f"1 conversation of 1 cannot be opened: {FIRST_ID}." in finding.found
    assert "mbc-chat conversations list" in finding.mend


def test_a_folder_that_is_none_is_a_problem(tmp_path: Path, at: Surroundings) -> None:
    (tmp_path / "conversations").write_text("no folder", "utf-8")
    assert check_conversations(at).severity is Severity.PROBLEM
