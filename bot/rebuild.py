"""Building the index of a home: what from, with which model, and telling whether it is up to date."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.corpora import default_roots
from bot.home import Home
from index.model_files import DEFAULT_MODEL
from index.progress import Report

if TYPE_CHECKING:
    from index.building import BuildResult
    from index.model import Device, Precision, TorchEncoder


class Rebuild:
    """How a home's index is built: from the same folders and with the same model as before, unless told."""

    def __init__(
        self,
        home: Home,
        roots: Sequence[Path],
        model: str | None = None,
        *,
        full: bool = False,
        device: Device | None = None,
        precision: Precision | None = None,
    ) -> None:
        self._home = home
        self.roots = list(roots) or default_roots(home)
        self._model = model or _default_model(home)
        self._full = full
        self._device = device
        self._precision = precision

    def run(self, report: Report, *, hold_back: bool = False) -> BuildResult:
        """Build; what ``index.build.build_index`` raises, this raises."""
        from index.build import build_index
        from index.building import BuildOptions
        from index.model_files import model_identity

        options = BuildOptions(
            identity=model_identity(self._model), full=self._full and not hold_back, hold_back=hold_back
        )
        return build_index(self._home.index, self.roots, self._load, options=options, report=report)

    def _load(self) -> TorchEncoder:
        from index.model import Device, Precision, load_model

        return load_model(
            self._model,
            device=self._device or Device.AUTO,
            precision=self._precision or Precision.AUTO,
        )


def _default_model(home: Home) -> str:
    """Return the model that the index was built with, else the default one."""
    origin = home.index.origin()
    return origin.model if origin else DEFAULT_MODEL
