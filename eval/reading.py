"""Read set files: YAML in, checked cases out, and for everything that is wrong a message that mends it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from eval.cases import Case, EvalSet, EvalSetError, check_unique
from eval.mending import explain, kind_of
from eval.pins import PINS_NAME
from eval.schema import ConversationModel, QuestionModel, SetModel
from eval.strict_yaml import load_strictly

Model = TypeVar("Model", bound=BaseModel)

SUFFIXES = (".yaml", ".yml")
_MEND_FORM = "A set is a list of cases, each with an id and a question or turns."


def packaged_sets() -> list[Path]:
    """Return the set files that come with the project, by name."""
    return set_files(Path(str(files("eval"))) / "sets")


def set_files(folder: Path) -> list[Path]:
    """Return the set files in a folder, by name."""
    return sorted(path for path in folder.glob("*") if path.suffix in SUFFIXES and path.name != PINS_NAME)


def find_sets(names: Sequence[str], packaged: Sequence[Path]) -> list[Path]:
    """Return the files that ``names`` mean: each a path, or a packaged set without its ending.

    No name means all packaged sets. Raises EvalSetError for a name that is neither, and if there is
    no packaged set.
    """
    if not names and not packaged:
        raise EvalSetError(
            "eval/sets", "no set came with this installation", mend="Name a set file: mbc-chat eval run FILE."
        )
    by_name = {path.stem: path for path in packaged}
    return [_find(name, by_name) for name in dict.fromkeys(names)] if names else list(packaged)


def _find(name: str, by_name: Mapping[str, Path]) -> Path:
    path = Path(name)
    if path.exists():
        return path
    if name in by_name:
        return by_name[name]
    near = difflib.get_close_matches(name, by_name, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    there = ", ".join(by_name) or "none"
    raise EvalSetError(
        name, "there is no such file", mend=f"{hint}Name a YAML file, or a set that is packaged ({there})."
    )


def load_sets(paths: Sequence[Path]) -> list[EvalSet]:
    """Read and check set files; the result is in the order of their names.

    Raises EvalSetError, also if two cases anywhere share an id.
    """
    sets = sorted((load_set(path) for path in paths), key=lambda each: (each.name, str(each.path)))
    check_unique(sets)
    return sets


def load_set(path: Path) -> EvalSet:
    """Read one set file. Raises EvalSetError naming the file, the case and the key."""
    raw = _parse(path, _text_of(path))
    today = None
    if isinstance(raw, dict):
        stated = _checked(SetModel, raw, path, None)
        raw, today = stated.cases, stated.today
    if raw is None or raw == []:
        raise EvalSetError(path, "holds no case", mend=_MEND_FORM)
    if not isinstance(raw, list):
        raise EvalSetError(path, f"holds {kind_of(raw)} and not a list of cases", mend=_MEND_FORM)
    loaded = EvalSet(path.stem, path, tuple(_case(path, k, value) for k, value in enumerate(raw, 1)), today)
    check_unique([loaded])
    return loaded


def _text_of(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as e:
        raise EvalSetError(path, f"is not UTF-8 (at byte {e.start})", mend="Save the file as UTF-8.") from e
    except OSError as e:
        raise EvalSetError(path, f"cannot be read: {e.strerror}", mend="Name a readable YAML file.") from e
    if not text.strip():
        raise EvalSetError(path, "is empty", mend=_MEND_FORM)
    return text


def _parse(path: Path, text: str) -> object:
    try:
        return load_strictly(text)
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark
        line = f" on line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise EvalSetError(
            path, f"is not a usable YAML file{line}: {e.problem}", mend="Mend that line."
        ) from e
    except (yaml.YAMLError, ValueError) as e:
        raise EvalSetError(path, f"is not a usable YAML file: {e}", mend="Mend the file.") from e


def _case(path: Path, position: int, raw: object) -> Case:
    if not isinstance(raw, dict):
        raise EvalSetError(
            path, f"is {kind_of(raw)} and not a mapping", mend=_MEND_FORM, case=f"no. {position}"
        )
    stated = raw.get("id")
    name = stated if isinstance(stated, str) and stated.isprintable() and stated else f"no. {position}"
    if "question" in raw and "turns" in raw:
        raise EvalSetError(
            path,
            "has both a question and turns",
            mend="Keep the question for a single case, or turns for a conversation.",
            case=name,
            key="turns",
        )
    if "turns" in raw:
        return _checked(ConversationModel, raw, path, name).case()
    return _checked(QuestionModel, raw, path, name).case()


def _checked(model: type[Model], raw: object, path: Path, case: str | None) -> Model:
    try:
        return model.model_validate(raw)
    except ValidationError as e:
        first, *others = [explain(each) for each in e.errors(include_url=False)]
        also = "".join(f"\nAlso wrong, key {each.key}: {each.problem}. {each.mend}" for each in others)
        raise EvalSetError(path, first.problem, mend=first.mend + also, case=case, key=first.key) from e
