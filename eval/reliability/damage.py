"""Damaged indexes: each must give a clear problem or the right answer, and never end the process."""

from __future__ import annotations

import os
import pickle
import platform
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from random import Random

from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.doctor.examination import examine
from bot.doctor.surroundings import Surroundings, Terminal
from bot.home import Home
from eval.bench.measure import Measure
from eval.reliability.outcome import Outcome
from eval.reliability.small_corpus import QUESTIONS, build_small, exported_encoder, write_corpus
from index.errors import IndexProblem
from index.generation import IndexFolder
from index.search import open_index
from index.verify import verify

_TODAY = date(2026, 11, 27)
_EXAMINED = 5
"""One damaged index in so many is looked at by the doctor too, which takes longest."""
_SECONDS = 120
"""After so long a child is taken to hang."""


class Damage(StrEnum):
    """What is done to a file."""

    CUT = "truncated"
    BIT = "one bit flipped"
    BITS = "many bits flipped"
    HEAD = "bits flipped at the start"
    ZEROES = "zeroes in a run"
    EMPTY = "emptied"
    GONE = "removed"
    SWAPPED = "swapped with another file"
    FOLDER = "a folder in its place"


class Ending(StrEnum):
    """How a child that opened a damaged index ended."""

    TOLD = "a clear problem"
    RIGHT = "the right answers"
    WRONG = "other answers"
    RAISED = "a traceback"
    DIED = "the process died"


@dataclass(frozen=True, slots=True)
class Case:
    """One damaged copy: what was done to which file, and what came of it."""

    file: str
    damage: Damage
    ending: Ending
    said: str


def damage_index(home: Path, count: int, *, seed: int = 10) -> Outcome:
    """Damage ``count`` copies of a small index built with the encoder of ``home``, and open each."""
    random = Random(seed)  # noqa: S311
    with tempfile.TemporaryDirectory(prefix="mbc-chat-damage-") as scratch:
        sound = Path(scratch) / "sound"
        corpus = write_corpus(Path(scratch) / "articles")
        build_small(sound, corpus, exported_encoder(home))
        right = _in_a_child(lambda: _answers(sound))
        files = sorted(path.relative_to(sound).as_posix() for path in _files(sound))
        cases = [_case(sound, Path(scratch) / "damaged", files, n, random, right) for n in range(count)]
    return _told(cases)


def _case(sound: Path, home: Path, files: Sequence[str], number: int, random: Random, right: object) -> Case:
    name = files[number % len(files)]
    damage = list(Damage)[number // len(files) % len(Damage)]
    _copy(sound, home, name)
    other = random.choice([one for one in files if one != name])
    harm(home / name, damage, random, sound / other)
    try:
        ending, said = _outcome(home, right)
        for look in (_verified, _examined) if number % _EXAMINED == 0 else (_verified,):
            if ending in {Ending.TOLD, Ending.RIGHT}:
                looked = _in_a_child(partial(look, home))
                if isinstance(looked, tuple):
                    ending, said = looked
    finally:
        shutil.rmtree(home)
    sys.stderr.write(f"{number + 1} {name}, {damage}: {ending}\n")
    return Case(name, damage, ending, said)


def harm(path: Path, damage: Damage, random: Random, other: Path) -> None:
    """Damage the file at ``path``; ``other`` is what it is swapped with."""
    content = bytearray(path.read_bytes())
    size = len(content)
    match damage:
        case Damage.CUT:
            content = content[: random.randrange(size) if size else 0]
        case Damage.BIT | Damage.BITS | Damage.HEAD:
            within = min(size, 200) if damage is Damage.HEAD else size
            for _ in range(1 if damage is Damage.BIT else 20):
                if size:
                    content[random.randrange(within)] ^= 1 << random.randrange(8)
        case Damage.ZEROES:
            start = random.randrange(size) if size else 0
            content[start : start + 512] = bytes(len(content[start : start + 512]))
        case Damage.EMPTY:
            content.clear()
        case Damage.SWAPPED:
            content = bytearray(other.read_bytes())
        case Damage.GONE | Damage.FOLDER:
            path.unlink()
            if damage is Damage.FOLDER:
                path.mkdir()
            return
    path.write_bytes(content)


def _copy(sound: Path, home: Path, damaged: str) -> None:
    """Copy a home; the files of the encoder, which are large, are links but for the damaged one."""
    shutil.copytree(sound, home, copy_function=_link_or_copy)
    path = home / damaged
    path.unlink()
    shutil.copyfile(sound / damaged, path)


def _link_or_copy(source: str, target: str) -> None:
    if "/encoders/" in source:
        os.link(source, target)
    else:
        shutil.copyfile(source, target)


def _files(home: Path) -> Iterable[Path]:
    """Yield what a reader opens: neither locks nor what only a build needs."""
    for path in home.rglob("*"):
        if path.is_file() and not path.name.endswith((".lock", ".holder")) and "cache" not in path.parts:
            yield path


def _answers(home: Path) -> list[object]:
    assistant = Assistant(open_index(IndexFolder(home / "index")), today=_TODAY)
    replies = [assistant.reply(Conversation(), question) for question in QUESTIONS]
    return [(reply.kind, reply.sentences, reply.citations, reply.text) for reply in replies]


def _outcome(home: Path, right: object) -> tuple[Ending, str]:
    found = _in_a_child(lambda: _told_or(lambda: _answers(home)))
    if isinstance(found, tuple):
        return found
    return (Ending.RIGHT, "") if found == right else (Ending.WRONG, _first_difference(found, right))


def _told_or(answers: Callable[[], object]) -> object:
    try:
        return answers()
    except IndexProblem as problem:
        if not problem.mend or not problem.where:
            return Ending.RAISED, f"a problem without place or mend: {problem}"
        return Ending.TOLD, str(problem)


def _verified(home: Path) -> None:
    """Verify, which finds damage or tells why it cannot."""
    try:
        verify(IndexFolder(home / "index"), sample=2)
    except IndexProblem:
        return


def _examined(home: Path) -> None:
    there = Terminal(True, 80, 24, "utf-8", "utf-8", {})
    examine(Surroundings(Home(home), _TODAY, platform.python_version(), None, there))


def _in_a_child(work: Callable[[], object]) -> object:
    """Return what ``work`` returns in a forked child; how the child ended if it did not get that far."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        signal.alarm(_SECONDS)
        try:
            said = pickle.dumps(work())
        except BaseException as error:  # whatever it is, the parent reports it
            last = traceback.extract_tb(error.__traceback__)[-1]
            said = pickle.dumps(
                (Ending.RAISED, f"{type(error).__name__}: {error} ({last.name}, {last.filename})")
            )
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(said)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return pickle.loads(said) if not code and said else (Ending.DIED, f"with {code}")  # noqa: S301


def _first_difference(found: object, right: object) -> str:
    if isinstance(found, list) and isinstance(right, list):
        return next(
            (f"{one} instead of {other}" for one, other in zip(found, right, strict=True) if one != other), ""
        )
    return f"{found!r}"


def _told(cases: Sequence[Case]) -> Outcome:
    endings = Counter(case.ending for case in cases)
    bad = (Ending.WRONG, Ending.RAISED, Ending.DIED)
    measures = [Measure("damaged indexes", len(cases), "")]
    measures += [
        Measure(f"ended with {ending}", endings[ending], "", 0 if ending in bad else None)
        for ending in Ending
    ]
    faults = [
        f"{case.file}, {case.damage}: {case.ending}: {case.said[:300]}"
        for case in cases
        if case.ending in bad
    ]
    return Outcome("damage", tuple(measures), tuple(faults))
