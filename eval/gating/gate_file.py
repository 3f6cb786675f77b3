"""The file that says what a run is held to."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from eval.case_scores import NAMES
from eval.cases import EvalSetError, Split
from eval.score import Target
from eval.summary import MEASURES

_MEND = "Mend that line of the gate file."
_SCORES = frozenset(measure.name for _, measures in MEASURES for measure in measures)


@dataclass(frozen=True, slots=True)
class Gate:
    """What a run is held to."""

    path: Path
    split: Split
    baseline: Path
    """Rows of an earlier run that new ones are compared with."""
    invariants: Mapping[str, Target]
    """Scores that no case may break, old or new."""
    limits: Mapping[str, Target]
    """Scores over the cases of the baseline alone: a new hard case breaks none of them."""
    paired: tuple[str, ...]
    """Metrics that may not fall against the baseline."""


class _LimitModel(BaseModel):
    model_config = ConfigDict(extra="forbid")

    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> _LimitModel:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("state at_least or at_most")
        return self

    def target(self) -> Target:
        """Return the checked limit."""
        if self.at_least is not None:
            return Target(self.at_least)
        assert self.at_most is not None
        return Target(self.at_most, at_most=True)


class _PairedModel(BaseModel):
    model_config = ConfigDict(extra="forbid")

    metrics: list[str] = []


class _GateModel(BaseModel):
    model_config = ConfigDict(extra="forbid")

    split: Split = Split.DEV
    baseline: str = Field(min_length=1)
    invariants: dict[str, _LimitModel] = {}
    limits: dict[str, _LimitModel] = {}
    paired: _PairedModel = _PairedModel()


def read_gate(path: Path) -> Gate:
    """Read a gate file; the baseline's path is taken from where the file is.

    Raises EvalSetError naming the file and the key.
    """
    try:
        plain = tomllib.loads(path.read_text("utf-8"))
        model = _GateModel.model_validate(plain)
    except FileNotFoundError as error:
        raise EvalSetError(path, "there is no such file", mend="Name a gate file.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise EvalSetError(path, first["msg"], mend=_MEND, key=key) from error
    except (OSError, ValueError, RecursionError) as error:
        raise EvalSetError(path, f"cannot be read: {error}", mend=_MEND) from error
    _check_names(path, "invariants", model.invariants, _SCORES)
    _check_names(path, "limits", model.limits, _SCORES)
    _check_names(path, "paired.metrics", model.paired.metrics, NAMES)
    return Gate(
        path=path,
        split=model.split,
        baseline=path.parent / model.baseline,
        invariants={name: limit.target() for name, limit in model.invariants.items()},
        limits={name: limit.target() for name, limit in model.limits.items()},
        paired=tuple(dict.fromkeys(model.paired.metrics)),
    )


def _check_names(path: Path, key: str, names: Collection[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(known))}."
            raise EvalSetError(path, f"there is no metric {name!r}", mend=hint, key=key)
