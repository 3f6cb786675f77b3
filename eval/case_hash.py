"""Hashes of what cases say, whatever file they stand in."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict

from eval.cases import Case


def cases_sha256(cases: Iterable[Case]) -> str:
    """Return a hash of what the cases say, whatever their order in the file."""
    lines = [
        json.dumps(asdict(case), default=_pattern_text, sort_keys=True)
        for case in sorted(cases, key=lambda case: case.id)
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def turns_sha256(case: Case) -> str:
    """Return a hash of what is asked and what is right; tags, split and the case's name are no part of it."""
    turns = json.dumps([asdict(turn) for turn in case.turns], default=_pattern_text, sort_keys=True)
    return hashlib.sha256(turns.encode()).hexdigest()


def _pattern_text(pattern: re.Pattern[str]) -> str:
    return pattern.pattern
