"""Where things are kept."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bot.config import FILE_NAME, Config, read_config
from index.generation import IndexFolder


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds index, conversations and settings."""

    path: Path

    @property
    def index(self) -> IndexFolder:
        """Where the index is."""
        return IndexFolder(self.path / "index")

    @property
    def conversations(self) -> Path:
        """Where the conversations are."""
        return self.path / "conversations"

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever built here."""
        return not (self.index.path / "CURRENT").exists() and not self.index.names()

    @property
    def config_file(self) -> Path:
        """Where the reader's settings are."""
        return self.path / FILE_NAME

    def config(self) -> Config:
        """Read ``config.toml``. Raises ConfigProblem for an unknown key or value."""
        return read_config(self.config_file)


def find_home(given: Path | None = None) -> Home:
    """Return the home given, else the one in MBC_CHAT_HOME, else the user's data folder."""
    if given is not None:
        return Home(given.expanduser().absolute())
    if chosen := os.environ.get("MBC_CHAT_HOME"):
        return Home(Path(chosen).expanduser().absolute())
    from platformdirs import user_data_path

    return Home(user_data_path("mbc-chat", appauthor=False))
