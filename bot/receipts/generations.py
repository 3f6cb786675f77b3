"""Opening the articles of generations alone, without encoder, words and vectors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from bot.receipts.present import IndexedArticles
from index.content import Content
from index.errors import IndexProblem
from index.generation import CONTENT, IndexFolder


@contextmanager
def live_content(folder: IndexFolder) -> Iterator[tuple[Content, str]]:
    """Open what is live, with the name of its generation. Raises IndexProblem if there is none."""
    name = folder.live()
    with closing(Content(folder.generations / name / CONTENT)) as content:
        yield content, name


class KeptGenerations:
    """The articles of every generation that is kept, each opened when it is first asked for."""

    def __init__(self, folder: IndexFolder, stack: ExitStack) -> None:
        """Close what was opened when ``stack`` ends."""
        self._folder = folder
        self._stack = stack
        self._names = frozenset(folder.names())
        self._opened: dict[str, IndexedArticles | None] = {}
        self.missing: set[str] = set()
        """Generations that were asked for and are not kept."""

    def articles(self, name: str | None) -> IndexedArticles | None:
        """Return the articles of a generation, or None if it is not kept."""
        if name is None or name not in self._names:
            self.missing.update([name] if name else [])
            return None
        if name not in self._opened:
            self._opened[name] = self._open(name)
        return self._opened[name]

    def _open(self, name: str) -> IndexedArticles | None:
        try:
            content = Content(self._folder.generations / name / CONTENT)
        except IndexProblem:
            return None
        return IndexedArticles(self._stack.enter_context(closing(content)))
