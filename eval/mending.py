"""Say what is wrong with a key of a set file in the words of that file, and how to mend it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from pydantic_core import ErrorDetails

from eval.schema import ConversationModel, NuggetModel, QuestionModel, SetModel

KEYS = sorted(
    {key for model in (QuestionModel, ConversationModel, NuggetModel, SetModel) for key in model.model_fields}
)

_MENDS = {
    "missing": "Each case needs an id and a question; a conversation has turns, each with a question.",
    "string_type": "Put the text in quotation marks.",
    "list_type": "Write a list, for example [one, two].",
    "string_pattern_mismatch": (
        "A section is article#section, an id or a tag has no spaces or slashes, and a question has words."
    ),
}


@dataclass(frozen=True, slots=True)
class Explained:
    """One thing that is wrong with a set file."""

    key: str
    problem: str
    mend: str


def explain(error: ErrorDetails) -> Explained:
    """Return a validation error in plain words."""
    key = _path(error["loc"])
    match error["type"]:
        case "extra_forbidden":
            name = str(error["loc"][-1])
            near = difflib.get_close_matches(name, KEYS, n=1)
            mend = f"Did you mean {near[0]}?" if near else f"The keys are {', '.join(KEYS)}."
            return Explained(key, f"there is no key {name!r} here", mend)
        case "value_error":
            return Explained(key or "also", str(error["ctx"]["error"]), "Mend the value.")
        case "missing":
            problem = "the key is missing"
        case "string_type":
            problem = f"holds {kind_of(error['input'])} and not a text"
        case "string_too_short" | "too_short":
            problem = "is empty"
        case "string_pattern_mismatch":
            problem = f"{error['input']!r} has not the form that is needed"
        case _:
            problem = error["msg"][:1].lower() + error["msg"][1:]
    return Explained(key, problem, _MENDS.get(error["type"], "Mend the value."))


def kind_of(value: object) -> str:
    """Say in plain words what a value of a YAML file is."""
    names = {dict: "a mapping", list: "a list", str: "a text", type(None): "nothing", bool: "yes or no"}
    return names.get(type(value), "a number" if isinstance(value, int | float) else "a value")


def _path(loc: tuple[int | str, ...]) -> str:
    key = ""
    for part in loc:
        if isinstance(part, int):
            key += f"[{part}]"
        else:
            key += f".{part}" if key else part
    return key
