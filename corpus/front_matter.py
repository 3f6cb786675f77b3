"""The block of YAML at the top of an article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from corpus.article import ArticleError

_FENCE = re.compile(r"\A---[ \t]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values of a front matter, the text after it, and the line on which that text begins."""

    values: dict[str, Any]
    body: str
    body_line: int


def split_front_matter(text: str, path: Path) -> FrontMatter:
    """Split ``text`` into front matter and body; a text without front matter is all body.

    Raises ArticleError if the block is not closed, is not valid YAML or is not a mapping.
    """
    opening = _FENCE.match(text)
    if not opening:
        return FrontMatter({}, text, 1)
    end = _END.search(text, opening.end())
    if not end:
        if not _looks_like_yaml(text[opening.end() :]):
            return FrontMatter({}, text, 1)
        raise ArticleError(
            path, "the front matter is not closed", line=1, mend="End it with a line of three hyphens."
        )
    values = _load(text[opening.end() : end.start()], path)
    body = text[end.end() :].removeprefix("\n")
    return FrontMatter(values, body, text[: len(text) - len(body)].count("\n") + 1)


def _looks_like_yaml(text: str) -> bool:
    return bool(re.match(r"[A-Za-z_]+[ \t]*:(\s|$)", text))


def _load(block: str, path: Path) -> dict[str, Any]:
    try:
        values = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ArticleError(
            path,
            f"the front matter is not valid YAML ({problem})",
            line=mark.line + 2 if mark else 1,
            mend="Mend the line; a value with a colon or a bracket needs quotes.",
        ) from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise ArticleError(
            path, "the front matter is not a list of `key: value` lines", line=2, mend="Write it so."
        )
    return {str(key): value for key, value in values.items()}
