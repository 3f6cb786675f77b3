"""Where things are kept, and the reader's own settings."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from bot.safety import Country
from index.generation import IndexFolder


class ConfigProblem(Exception):
    """A config file that cannot be used: says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Config:
    """``config.toml``; every key is optional."""

    country: Country | None = None
    """Whose phone lines and thresholds are shown; None shows those of the US, the UK and the EU."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds index, encoders and settings."""

    path: Path

    @property
    def index(self) -> IndexFolder:
        """Where the index is."""
        return IndexFolder(self.path / "index")

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever built here."""
        return not (self.index.path / "CURRENT").exists() and not self.index.names()

    def config(self) -> Config:
        """Read ``config.toml``. Raises ConfigProblem for an unknown key or value."""
        path = self.path / "config.toml"
        try:
            values = tomllib.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return Config()
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigProblem(f"{path}: {error}. Mend or remove the file.") from error
        for key in values:
            if key != "country":
                near = get_close_matches(key, ["country"])
                hint = f" Did you mean {near[0]!r}?" if near else " Known: country."
                raise ConfigProblem(f"{path}: unknown key {key!r}.{hint}")
        return Config(_country(values.get("country"), path))


def find_home(given: Path | None = None) -> Home:
    """Return the home given, else the one in MBC_CHAT_HOME, else the user's data folder."""
    if given is not None:
        return Home(given.expanduser().absolute())
    if chosen := os.environ.get("MBC_CHAT_HOME"):
        return Home(Path(chosen).expanduser().absolute())
    from platformdirs import user_data_path

    return Home(user_data_path("mbc-chat", appauthor=False))


def _country(value: object, path: Path) -> Country | None:
    if value is None:
        return None
    try:
        return Country(str(value).upper())
    except ValueError as error:
        known = ", ".join(country.value for country in Country)
        raise ConfigProblem(f"{path}: country = {value!r} is not known. Known: {known}.") from error
