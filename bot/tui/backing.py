"""What stands behind the chat, handed in from outside: articles, settings, stored talks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.about import About
from bot.config import ThemeName
from bot.engine import Build, Engine, OpenEngine, Sources
from bot.tui.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Backing:
    """The articles as the chat reaches them. Each callable is called in a thread of its own."""

    open_engine: OpenEngine
    """Opens the live generation."""
    early_engine: Engine
    """Works without an index: what it finds to be a crisis, an emergency or urgent is shown at once."""
    build: Build
    """Builds the index, in a process of its own."""
    needs_build: bool
    """Whether to build before the first opening."""
    about: Callable[[], About]
    """The words around the talk, as the country chosen has them; called in the chat's own thread."""
    live_generation: Callable[[], str | None] = lambda: None
    """Names the generation that is live now; None where that cannot be told."""
    open_generation: Callable[[str], Sources] | None = None
    """Reads the sources of an older generation, as long as that is kept. Raises IndexProblem."""
    changes: Callable[[], str] = str
    """Tells in a word how the articles' files differ from the index; empty where they do not."""
    freshness: Callable[[], str] = str
    """Tells how old the index is, for the status line; called in the chat's own thread."""
    shelf: Shelf = field(default_factory=Shelf)
    """What is stored of the reader's talks."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reader has chosen, and how a choice is kept."""

    keys: Mapping[str, str] = field(default_factory=dict)
    theme: ThemeName = ThemeName.DARK
    private: bool = True
    asks_country: bool = False
    """Whether this is a first start that asks for the country."""
    kept_in: str = ""
    """The folder in which things are kept, for the reader to know."""
    keep: Callable[[str, str], None] | None = None
    """Keeps a setting: its key and its value. Called in a thread of its own; None where nothing is kept."""
