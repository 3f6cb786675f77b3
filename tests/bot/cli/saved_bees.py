"""A home whose index holds the bees, and a stored conversation that quotes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.main import run_with
from bot.conversations.store import ConversationStore
from bot.conversations.stored import Entry, StoredTurn
from bot.reply import Reply
from index.build import build_index
from index.content import Content
from index.generation import CONTENT, IndexFolder
from tests.bot.conversations.stores import BEGUN, FIRST_ID, store_in
from tests.bot.receipts.replies import NECTAR, bee_reply
from tests.conftest import StubEncoder

Run = Callable[..., tuple[int, str, str]]


def indexed_text(folder: IndexFolder) -> str:
    content = Content(folder.generations / folder.live() / CONTENT)
    try:
        article = content.article("bees")
        assert article is not None
        return article.text
    finally:
        content.close()


def indexed_reply(folder: IndexFolder, *quotes: str, question: str = "What do bees eat?") -> Reply:
    """A reply of the live generation that quotes these sentences of the bees."""
    text = indexed_text(folder)
    reply = bee_reply(*quotes, text=text, question=question)
    start, end = text.index(NECTAR), text.index("\n\nWhen do bees swarm?")
    citation = replace(reply.citations[0], start=start, end=end)
    return replace(reply, citations=(citation,), generation=folder.live())


def store_talk(folder: IndexFolder, *replies: Reply, entries: tuple[Entry, ...] = ()) -> ConversationStore:
    store = store_in(folder.path.parent)
    for n, reply in enumerate(replies, start=1):
        turn = StoredTurn(BEGUN, n, reply.question, reply)
        if n == 1:
            store.create(FIRST_ID, turn)
        else:
            store.append(FIRST_ID, turn)
    for entry in entries:
        store.append(FIRST_ID, entry)
    return store


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def rebuild(folder: IndexFolder, articles: Path) -> None:
    build_index(folder, [articles], StubEncoder)


def runner(capsys: pytest.CaptureFixture[str], folder: IndexFolder) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = run_with(["--home", str(folder.path.parent), *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run
