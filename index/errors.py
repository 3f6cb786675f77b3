"""What can go wrong with an index: each error says what, where, and the command that mends it.

IndexProblem
  IndexMissing     there is no index yet
  IndexBroken      a file is missing, truncated or not what the manifest says
  IndexForeign     built with other settings, another model or a newer version
  IndexLocked      another process is building
  BuildFailed      a build could not be finished; the live index is as it was
  ModelProblem     the model cannot be loaded, or is not the one expected
"""

from __future__ import annotations

from pathlib import Path


class IndexProblem(Exception):
    """An index that cannot be used or built; ``mend`` is what to do."""

    def __init__(self, problem: str, *, where: Path | str = "", mend: str = "") -> None:
        self.problem = problem
        self.where = str(where)
        self.mend = mend
        place = f" ({where})" if where else ""
        super().__init__(f"{problem}{place}. {mend}".strip())


class IndexMissing(IndexProblem):
    """There is no index yet."""


class IndexBroken(IndexProblem):
    """A file of the index is missing, truncated or changed."""


class IndexForeign(IndexProblem):
    """The index was built with other settings, another model or a newer version."""


class IndexLocked(IndexProblem):
    """Another process is building."""


class BuildFailed(IndexProblem):
    """A build could not be finished; the live index is as it was."""


class ModelProblem(IndexProblem):
    """The model cannot be loaded, or is not the one expected."""
