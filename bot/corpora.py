"""Which articles a home holds, and what they say of themselves. Light enough for before the first paint."""

from __future__ import annotations

from pathlib import Path

from bot.home import Home
from corpus.article import ArticleError
from corpus.settings import FILE_NAME, CorpusSettings, combined, read_settings
from index.errors import IndexProblem
from index.generation import CONTENT
from index.stored_settings import stored_settings


def default_roots(home: Home) -> list[Path]:
    """Return what the index was built from, else our own articles.

    Raises IndexBroken if there is an index that cannot tell.
    """
    if origin := home.index.origin():
        return list(origin.corpora)
    from corpus.reader import OUR_CORPUS

    return [OUR_CORPUS]


def settings_of(home: Home) -> CorpusSettings:
    """Return what the articles of a home say of themselves; before the first build, what our own do.

    Never fails: where nothing can be read, the settings are those that fit any corpus.
    """
    try:
        return stored_settings(home.index.generations / home.index.live() / CONTENT)
    except IndexProblem:
        pass
    try:
        return combined([read_settings(root / FILE_NAME) for root in default_roots(home)])
    except (ArticleError, IndexProblem):
        return CorpusSettings()
