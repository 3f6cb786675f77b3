"""YAML that refuses a key written twice, which the plain loader takes, and nesting that no set needs."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

_DEEPEST = 30


def load_strictly(text: str) -> object:
    """Return the value of one YAML document; None if it is empty.

    Raises yaml.YAMLError, or ValueError for a date that does not exist.
    """
    _check_depth(text)
    loader = StrictLoader(text)
    try:
        value: object = loader.get_single_data()
    finally:
        loader.dispose()
    return value


def _check_depth(text: str) -> None:
    """Refuse what is nested too deeply: libyaml would run out of stack on it, and the process with it."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="nested too deeply")


class StrictLoader(yaml.CSafeLoader):
    """The safe loader of libyaml, with every key of a mapping allowed once.

    The loader in pure Python takes no question mark in ``{question: What is it?, kind: answer}``.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Build a mapping. Raises yaml.MarkedYAMLError at a repeated key."""
        seen: set[str] = set()
        for key_node, _ in node.value:
            key = str(key_node.value)
            if key in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key!r} stands twice in one mapping", problem_mark=key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)
