"""What the corpora of a generation say of themselves, read without the rest of it: light on imports."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from corpus.settings import CorpusSettings, combined
from index.errors import IndexBroken


def stored_settings(content: Path) -> CorpusSettings:
    """Return what all corpora in a content file say together. Raises IndexBroken if it cannot be read."""
    try:
        uri = f"{content.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            rows = connection.execute("SELECT settings FROM corpora ORDER BY corpus").fetchall()
    except sqlite3.Error as error:
        problem = f"the articles cannot be read ({error})"
        raise IndexBroken(problem, where=content, mend="Run `mbc-chat index build --full`.") from error
    return combined([CorpusSettings.from_plain(json.loads(settings)) for (settings,) in rows])
