"""What is fuzzed: for each door of the program what is put in, and what must hold of what comes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from bot.cli.rows import BadRow, read_row
from bot.config import ConfigProblem, change_config, read_config
from bot.conversation import Conversation
from bot.conversations.errors import ConversationProblem
from bot.conversations.lines import entry_line, header_line
from bot.conversations.recorder import Recorder
from bot.conversations.store import ConversationStore
from bot.conversations.stored import Entry, Kept, MarkedWrong, Renamed, StoredTurn, TakenBack, TeamNote
from bot.fields import BadValue
from bot.json_text import json_text
from bot.receipts.verification import verify
from bot.reply import Reply
from bot.takeaway.as_of import as_of_content
from bot.takeaway.exporting import NothingToTake, sheet_text, talk_text
from bot.takeaway.formats import ExportFormat
from corpus.article import Article, ArticleError
from corpus.reader import read_article, read_side_files
from eval.cases import EvalSetError
from eval.reading import load_set
from eval.reliability import strategies as put_in
from eval.reliability.hostile import SAMPLES
from eval.reliability.invariants import Promises, Watched
from index.content import Content

_ID = "20261127-100000-bcdfgh"
_DAY = date(2026, 11, 27)
_AT = datetime(2026, 11, 27, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Target:
    """One door: what is put in, and a check that raises AssertionError, or whatever went wrong."""

    name: str
    strategy: st.SearchStrategy[Any]
    check: Callable[[Any], None]


def targets(assistant: Watched, promises: Promises, content: Content, folder: Path) -> list[Target]:
    """Return all doors; ``folder`` is one to write in."""
    stored = _Stored(assistant, content, folder / "conversations")
    return [
        Target("questions and rules", put_in.talks, lambda talk: _talk(assistant, promises, talk)),
        Target("readers of text", _text_files(), lambda given: _read(folder, *given)),
        Target("readers of any bytes", _damaged_files(), lambda given: _read(folder, *given)),
        Target("side files", _side_files(), lambda given: _side(folder, *given)),
        Target("conversation files", stored.files(assistant), stored.check),
        Target("rows of a batch", _rows(), _row),
        Target("replies as JSON", put_in.mutated_json(_replies(assistant)) | put_in.json_values, _reply_json),
        Target("eval sets", _set_texts(), lambda text: _set(folder, text)),
        Target("config", _configs(), lambda text: _config(folder, text)),
    ]


def _check(holds: object) -> None:
    assert holds


def _talk(assistant: Watched, promises: Promises, talk: list[str]) -> None:
    conversation = Conversation()
    for text in talk:
        reply = assistant.reply(conversation, text)
        assert not promises.broken(reply)
        conversation.add(text, reply)


def _text_files() -> st.SearchStrategy[tuple[str, bytes]]:
    front = st.just("") | put_in.markup.map(lambda block: f"---\n{block}\n---\n")
    text = st.tuples(front, put_in.markup).map("".join)
    return st.tuples(
        st.sampled_from([".md", ".txt", ".html"]), text.map(lambda one: one.encode("utf-8", "surrogatepass"))
    )


def _damaged_files() -> st.SearchStrategy[tuple[str, bytes]]:
    return st.sampled_from(sorted(SAMPLES)).flatmap(
        lambda suffix: st.tuples(
            st.just(suffix), put_in.mutated_bytes([SAMPLES[suffix]]) | st.binary(max_size=300)
        )
    )


def _read(folder: Path, suffix: str, content: bytes) -> None:
    path = folder / f"any{suffix}"
    path.write_bytes(content)
    try:
        article = read_article(path)
    except ArticleError as error:
        _check(error.mend)
        return
    _check_article(article)


def _check_article(article: Article) -> None:
    article.text.encode()
    assert all(
        sign.isprintable() or sign in "\n\t" or sign.isspace() or ord(sign) > 0x9F for sign in article.text
    )
    assert "\x1b" not in article.text
    for section in article.sections:
        for block in section.blocks:
            words = article.text[block.start : block.end]
            assert words == words.strip() != ""


def _side_files() -> st.SearchStrategy[tuple[str, bytes]]:
    names = st.sampled_from(["corpus.toml", "facts.yaml", "glossary.yaml", "asked_as.yaml"])
    samples = [
        b'name = "Bees"\nsubject = "bees"\n[[phone]]\ncountry = "UK"\nname = "L"\n'
        b'number = "1"\nsource = "https://x.org/"\nchecked = 2026-10-01\n',
        b"F1:\n  says: Bees eat nectar.\n  "
        b"source: {title: T, url: https://x.org/}\n  as_of: 2026\n  status: verified\n",
        b"nectar:\n  says: What bees drink.\n  also: [juice]\n- a: b\n",
        b"bees:\n  what-do-bees-eat:\n    - what is their food\n",
    ]
    return st.tuples(
        names, put_in.mutated_bytes(samples) | put_in.markup.map(lambda one: one.encode("utf-8", "replace"))
    )


def _side(folder: Path, name: str, content: bytes) -> None:
    root = folder / "side"
    root.mkdir(exist_ok=True)
    (root / name).write_bytes(content)
    try:
        read_side_files(root)
    except ArticleError as error:
        _check(error.mend)
    finally:
        (root / name).unlink()


def _replies(assistant: Watched) -> list[Any]:
    asked = (
        "What do bees eat?",
        "I have chest pain",
        "hello",
        "What is the moon?",
        "should I stop taking my pills?",
    )
    replies = (assistant.reply(Conversation(), text) for text in asked)
    return [json.loads(json.dumps(reply.as_json())) for reply in replies]


class _Stored:
    """Files of conversations that were changed by others."""

    def __init__(self, assistant: Watched, content: Content, folder: Path) -> None:
        self._assistant = assistant
        self._as_of = as_of_content(content, _DAY)
        self._store = ConversationStore(folder)

    def files(self, assistant: Watched) -> st.SearchStrategy[bytes]:
        """Return files with some values changed, or some bytes."""
        replies = [Reply.from_json(reply) for reply in _replies(assistant)]
        entries: list[Entry] = [
            *(StoredTurn(_AT, n, reply.question, reply) for n, reply in enumerate(replies, start=1)),
            Kept(_AT, 1, 1, (0,)),
            TeamNote(_AT, "bcdfgh", "what about bees"),
            MarkedWrong(_AT, 1, "no"),
            TakenBack(_AT, 2),
            Renamed(_AT, "my bees"),
        ]
        lines = [json.loads(line) for line in (header_line(_ID, _AT), *map(entry_line, entries))]
        whole = b"".join([header_line(_ID, _AT), *map(entry_line, entries)])
        return put_in.mutated_json([lines]).filter(lambda value: isinstance(value, list)).map(
            put_in.as_lines()
        ) | put_in.mutated_bytes([whole])

    def check(self, data: bytes) -> None:
        """Read, list, search, export, verify, go on, and save: each works or says why not."""
        path = self._store.path(_ID)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        assert [one.id for one in self._store.summaries()] == [_ID]
        self._store.search("bees nectar")
        try:
            found = self._store.load(_ID)
            self._store.tail(_ID, 2)
        except ConversationProblem:
            return
        for wanted in ExportFormat:
            text = talk_text(found, self._as_of, wanted)
            text.encode()
            assert "\x1b" not in text
        for as_page in (True, False):
            with suppress(NothingToTake):
                sheet_text(found, self._as_of, as_page=as_page).encode()
        verify([found], self._as_of.articles)
        reply = self._assistant.reply(found.as_conversation(), "go on")
        recorder = Recorder(self._store, found)
        recorder.add_turn("go on", reply)
        assert recorder.save() is None
        assert self._store.load(_ID).turns[-1].reply == reply


def _rows() -> st.SearchStrategy[str]:
    rows = [{"id": 1, "question": "What do bees eat?"}, {"id": "a", "turns": ["What do bees eat?", "why?"]}]
    values = put_in.mutated_json(list(rows)) | put_in.json_values
    return values.map(json.dumps) | put_in.texts | st.integers(1, 30_000).map(lambda depth: "[" * depth)


def _row(line: str) -> None:
    try:
        row_id, turns = read_row(line, 1)
    except BadRow as error:
        row_id, turns = error.row_id, [str(error)]
    written = json_text({"id": row_id, "turns": turns})
    assert written.isprintable()
    json.loads(written, parse_constant=_refuse)


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


def _reply_json(values: object) -> None:
    try:
        reply = Reply.from_json(values)
    except BadValue:
        return
    assert reply.framing
    assert Reply.from_json(json.loads(json_text(reply.as_json()))) == reply


def _set_texts() -> st.SearchStrategy[bytes]:
    case = {
        "id": "a",
        "question": "What do bees eat?",
        "kind": "answer",
        "categories": [],
        "sections_any": ["bees#food"],
        "nuggets": [{"any": ["nectar"], "vital": True, "support": "bees#food"}],
        "must_not": ["honey(?= )"],
        "split": "dev",
        "tags": ["x"],
    }
    talk = {"id": "b", "turns": [{"question": "What is it?"}, {"question": "why", "understood": "it"}]}
    values = put_in.mutated_json([[case, talk], {"today": "2026-01-01", "cases": [case]}])
    return (
        values.map(lambda value: json.dumps(value).encode())
        | put_in.markup.map(lambda text: text.encode("utf-8", "surrogatepass"))
        | put_in.mutated_bytes([json.dumps([case, talk], indent=1).encode()])
    )


def _set(folder: Path, content: bytes) -> None:
    path = folder / "set.yaml"
    path.write_bytes(content)
    try:
        load_set(path)
    except EvalSetError as error:
        _check(error.mend)


def _configs() -> st.SearchStrategy[bytes]:
    sample = (
        b'# mine\ncountry = "UK" # here\ntheme = "dark"\n'
        b'private = false\n\n[keys]\nhelp = "f1"\nquit = "ctrl+x"\n'
    )
    lines = st.sampled_from(
        ["country = 'US'", "theme = 'light'", "private = true", "[keys]", "help = 'f7'", "keys.help = 'f7'"]
    )
    text = st.lists(lines | put_in.texts, max_size=6).map("\n".join)
    return put_in.mutated_bytes([sample]) | text.map(lambda one: one.encode("utf-8", "surrogatepass"))


def _config(folder: Path, content: bytes) -> None:
    path = folder / "config.toml"
    path.write_bytes(content)
    try:
        before = read_config(path)
        after = change_config(path, "country", "EU")
        changed = change_config(path, "keys.help", "f9")
    except ConfigProblem as problem:
        _check(str(problem).startswith(str(path)))
        return
    assert (before.theme, before.private) == (after.theme, after.private) == (changed.theme, changed.private)
    assert read_config(path) == changed
    assert changed.keys["help"] == "f9"
    assert path.stat().st_mode & 0o077 == 0
