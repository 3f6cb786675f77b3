"""Reading the YAML files beside the articles, with the line of every key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from corpus.article import ArticleError
from corpus.text import clean_text

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class SideFile:
    """The values of one YAML file, and the line on which each key stands."""

    path: Path
    values: Mapping[str, Any]
    lines: Mapping[tuple[str, ...], int]

    def line_of(self, *keys: object) -> int:
        """Return the line of the key at the end of the path ``keys``, or of the nearest key above it."""
        path = tuple(map(str, keys))
        return next((self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), 1)

    def error_at(self, place: Sequence[object], problem: str, mend: str) -> ArticleError:
        """Return the error that says what is wrong with the value at the path of keys ``place``."""
        shown = " > ".join(map(str, place))
        return ArticleError(self.path, f"{shown}: {problem}", line=self.line_of(*place), mend=mend)


def read_side_file(path: Path) -> SideFile:
    """Read the mapping in ``path``; a file that does not exist is an empty one.

    Raises ArticleError if the file is not YAML, is not a mapping, or has the same key twice.
    """
    if not path.exists():
        return SideFile(path, {}, {})
    try:
        loader = _SafeLoader(clean_text(path.read_text("utf-8-sig")))
        node = loader.get_single_node()
        values = None if node is None else loader.construct_document(node)
    except (OSError, UnicodeDecodeError) as error:
        problem = f"the file cannot be read ({error})"
        raise ArticleError(path, problem, mend="Save it as UTF-8 text.") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _not_yaml(path, error) from error
    if node is None:
        return SideFile(path, {}, {})
    if not isinstance(values, dict):
        raise ArticleError(path, "the file is not a mapping of `key: value`", line=1, mend="Write it so.")
    lines: dict[tuple[str, ...], int] = {}
    for keys, line in _keys_of(node):
        if keys in lines:
            place = " > ".join(keys)
            problem = f"the key {place} stands on line {lines[keys]} too"
            raise ArticleError(path, problem, line=line, mend="Merge the two or rename one.")
        lines[keys] = line
    return SideFile(path, values, lines)


def _keys_of(node: yaml.Node, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], int]]:
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        keys = (*above, str(key.value))
        yield keys, key.start_mark.line + 1
        yield from _keys_of(value, keys)


def _not_yaml(path: Path, error: Exception) -> ArticleError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    mend = "Mend the line; a value with a colon, a bracket or a # needs quotes."
    return ArticleError(path, f"not valid YAML ({problem})", line=mark.line + 1 if mark else 1, mend=mend)
