from __future__ import annotations

import json
import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.reply import Kind, Reply
from bot.takeaway.places import personal_files, uncovered_path
from bot.takeaway.uncovered import UncoveredQuestion, forget_uncovered, keep_uncovered, read_uncovered

DAY = date(2026, 11, 23)
REPLY = Reply(
    "Do bees sleep?", Kind.NOT_COVERED, "General.", categories=("off_topic",), understood="Do they?"
)


def test_only_the_question_and_the_day_are_kept(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert keep_uncovered(home, REPLY, DAY)
    path = uncovered_path(home)
    assert json.loads(path.read_text("utf-8")) == {"day": "2026-11-23", "question": "Do bees sleep?"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(read_uncovered(home)) == [UncoveredQuestion(DAY, "Do bees sleep?")]


@pytest.mark.parametrize(
    "reply",
    [
        replace(REPLY, kind=Kind.ANSWER),
        replace(REPLY, kind=Kind.CRISIS),
        replace(REPLY, categories=("crisis",)),
        replace(REPLY, categories=("off_topic", "prognosis")),
        replace(REPLY, notice="Call now."),
        replace(REPLY, question="my story " * 100),
        replace(REPLY, question="  "),
    ],
)
def test_nothing_personal_is_ever_kept(tmp_path: Path, reply: Reply) -> None:
    assert not keep_uncovered(tmp_path, reply, DAY)
    assert not uncovered_path(tmp_path).exists()


def test_a_question_comes_once_a_day(tmp_path: Path) -> None:
    assert keep_uncovered(tmp_path, REPLY, DAY)
    assert not keep_uncovered(tmp_path, REPLY, DAY)
    assert keep_uncovered(tmp_path, REPLY, date(2026, 11, 24))
    assert len(list(read_uncovered(tmp_path))) == 2


def test_a_damaged_line_costs_itself_alone(tmp_path: Path) -> None:
    uncovered_path(tmp_path).write_bytes(b'{"day": "2026-11-22", "question": "A?"}\n[1]\n\xff\n{"day": "20')
    keep_uncovered(tmp_path, REPLY, DAY)
    assert [one.question for one in read_uncovered(tmp_path)] == ["A?", "Do bees sleep?"]


def test_the_list_can_be_forgotten(tmp_path: Path) -> None:
    assert forget_uncovered(tmp_path) == 0
    keep_uncovered(tmp_path, REPLY, DAY)
    assert forget_uncovered(tmp_path) == 1
    assert not any(path.exists() for path in personal_files(tmp_path))
