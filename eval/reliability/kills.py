"""Builds while the chat answers, and programs killed in the midst of a save or a build."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from bot.conversation import Conversation
from bot.conversations.store import ConversationStore
from bot.conversations.stored import StoredTurn
from bot.reply import Kind, Reply
from eval.bench.measure import Measure
from eval.reliability.invariants import Promises, Watched
from eval.reliability.outcome import Outcome
from eval.reliability.own_words import own_words
from eval.reliability.small_corpus import QUESTIONS, build_small, exported_encoder, write_corpus
from index.encoder import Encoder
from index.generation import IndexFolder
from index.search import open_index
from index.verify import verify

_TODAY = date(2026, 11, 27)
_ID = "20261127-100000-bcdfgh"
_AT = datetime(2026, 11, 27, 10, tzinfo=UTC)
_LONGEST_SAVE = 0.03
"""Seconds after which a program that saves is killed at the latest."""
_LONGEST = 1.3
"""Of the time that a build takes: some are killed only after they switched."""


def rebuild_while_chatting(home: Path, builds: int) -> Outcome:
    """Build so many times while a thread asks and takes every new generation as soon as it is there."""
    with tempfile.TemporaryDirectory(prefix="mbc-chat-rebuilds-") as scratch:
        corpus = write_corpus(Path(scratch) / "articles")
        ours = Path(scratch) / "home"
        encoder = exported_encoder(home)
        build_small(ours, corpus, encoder)
        folder = IndexFolder(ours / "index")
        reader = _Reader(folder)
        thread = threading.Thread(target=reader.run)
        thread.start()
        try:
            for n in range(builds):
                _edit(corpus, n)
                build_small(ours, corpus, encoder)
        finally:
            reader.ended.set()
            thread.join()
        last = folder.live()
    measures = (
        Measure("builds that switched the index", builds, ""),
        Measure("questions answered meanwhile", reader.asked, ""),
        Measure("generations that answered", len(reader.generations), ""),
        Measure("faults", len(reader.faults), "", 0),
    )
    faults = reader.faults if last.startswith(f"{builds + 1:06}") else [*reader.faults, f"{last} is live"]
    return Outcome("rebuilds during the chat", measures, tuple(dict.fromkeys(faults)))


class _Reader:
    """Asks again and again, and opens the newest generation when there is a newer one."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self.ended = threading.Event()
        self.asked = 0
        self.generations: set[str] = set()
        self.faults: list[str] = []

    def run(self) -> None:
        """Ask until the end."""
        try:
            while not self.ended.is_set():
                self._with_newest()
        except Exception as error:
            self.faults.append(f"raised {type(error).__name__}: {error}")

    def _with_newest(self) -> None:
        index = open_index(self._folder)
        self.generations.add(index.manifest.generation)
        assistant = Watched(index, today=_TODAY)
        promises = Promises(assistant, index.content, own_words(index.content))
        while not self.ended.is_set():
            for question in QUESTIONS:
                reply = assistant.reply(Conversation(), question)
                self.faults += promises.broken(reply)
                self.asked += 1
            if self._folder.live() != index.manifest.generation:
                return


def kill_saves(count: int, *, seed: int = 10) -> Outcome:
    """Kill a program that saves turns so many times: what it said was saved is there, and it goes on."""
    random = Random(seed)  # noqa: S311
    faults: list[str] = []
    lost = torn = saved = 0
    with tempfile.TemporaryDirectory(prefix="mbc-chat-kills-") as scratch:
        store = ConversationStore(Path(scratch) / "conversations")
        store.create(_ID, StoredTurn(_AT, 1, "What do bees eat?", _reply(1)))
        for _ in range(count):
            said = _killed_after(random.random() * _LONGEST_SAVE, lambda tell: _save_on(store, tell))
            found = store.load(_ID)
            numbers = [turn.n for turn in found.turns]
            saved += len(numbers) - 1
            torn += len(found.damaged)
            lost += len(set(map(int, said.split())) - set(numbers))
            if numbers != sorted(set(numbers)):
                faults.append(f"turns out of order: {numbers[-5:]}")
            store.path(_ID).unlink()
            store.create(_ID, StoredTurn(_AT, 1, "What do bees eat?", _reply(1)))
    measures = (
        Measure("programs killed while they saved", count, ""),
        Measure("turns that they saved", saved, ""),
        Measure("torn lines, told and passed over", torn, ""),
        Measure("turns lost that were said to be saved", lost, "", 0),
    )
    return Outcome("killed while saving", measures, tuple(dict.fromkeys(faults)))


def kill_builds(home: Path, count: int, *, seed: int = 10) -> Outcome:
    """Kill a build so many times at any moment: the index is whole, and the next build finishes."""
    random = Random(seed)  # noqa: S311
    faults: list[str] = []
    switched = 0
    with tempfile.TemporaryDirectory(prefix="mbc-chat-kills-") as scratch:
        corpus, ours = write_corpus(Path(scratch) / "articles"), Path(scratch) / "home"
        encoder = exported_encoder(home)
        build_small(ours, corpus, encoder)
        folder = IndexFolder(ours / "index")
        longest = _LONGEST * _seconds_of(ours, corpus, encoder)
        for n in range(count):
            before = folder.live()
            _edit(corpus, n)
            _killed_after(random.random() * longest, _builder(ours, corpus, encoder))
            switched += folder.live() != before
            faults += [str(damage) for damage in verify(folder, sample=2).damage]
        build_small(ours, corpus, encoder)
        left = list(folder.generations.glob("*.partial"))
        if left or verify(folder).damage:
            faults.append("the last build did not mend what the killed ones left")
    measures = (
        Measure("builds killed", count, ""),
        Measure("of them after the switch", switched, ""),
        Measure("faults", len(faults), "", 0),
    )
    return Outcome("killed while building", measures, tuple(dict.fromkeys(faults)))


def _builder(home: Path, corpus: Path, encoder: Encoder) -> Callable[[Callable[[str], None]], None]:
    return lambda _tell: _build(home, corpus, encoder)


def _build(home: Path, corpus: Path, encoder: Encoder) -> None:
    build_small(home, corpus, encoder)


def _seconds_of(home: Path, corpus: Path, encoder: Encoder) -> float:
    """Return how long a build takes after one edit."""
    _edit(corpus, -1)
    start = time.perf_counter()
    build_small(home, corpus, encoder)
    return time.perf_counter() - start


def _edit(corpus: Path, n: int) -> None:
    text = f"# Wasps\n\nWasps eat jam in summer number {n}. They do not store honey.\n"
    (corpus / "wasps.md").write_text(text, "utf-8")


def _save_on(store: ConversationStore, tell: Callable[[str], None]) -> None:
    for n in range(2, 100_000):
        entry = store.append(_ID, StoredTurn(_AT, n, "What do bees eat?", _reply(n)))
        assert isinstance(entry, StoredTurn)
        tell(f"{entry.n} ")


def _reply(n: int) -> Reply:
    return Reply(f"What do bees eat? ({n})", Kind.CHAT, "General information.", text="Words. " * 200)


def _killed_after(seconds: float, work: Callable[[Callable[[str], None]], None]) -> str:
    """Run ``work`` in a forked child, kill it, and return what it had told by then."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            work(lambda text: _write(writing, text))
        finally:
            os._exit(0)
    os.close(writing)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said.decode("ascii").rpartition(" ")[0]


def _write(handle: int, text: str) -> None:
    os.write(handle, text.encode("ascii"))
