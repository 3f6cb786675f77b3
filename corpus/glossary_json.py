"""A glossary as one line of JSON and back, and several of them as one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from corpus.glossary import Glossary, Term, TermKind


def glossary_as_json(glossary: Glossary) -> str:
    """Return ``glossary`` as JSON; ``glossary_from_json`` gives it back."""
    return json.dumps(
        {
            "terms": [asdict(term) for term in glossary.terms.values()],
            "forms": {form: term.name for form, term in glossary.forms.items()},
            "misspellings": {form: term.name for form, term in glossary.misspellings.items()},
        },
        ensure_ascii=False,
    )


def glossary_from_json(line: str) -> Glossary:
    """Return what ``glossary_as_json`` gave. Raises ValueError, KeyError or TypeError for anything else."""
    values = json.loads(line)
    terms = {row["name"]: _term(row) for row in values["terms"]}
    return Glossary(terms, _by_form(values["forms"], terms), _by_form(values["misspellings"], terms))


def merged(glossaries: Iterable[Glossary]) -> Glossary:
    """Return all terms of several glossaries; where two have a name or a form, the first one's counts."""
    terms: dict[str, Term] = {}
    forms: dict[str, Term] = {}
    misspellings: dict[str, Term] = {}
    for glossary in glossaries:
        for into, entries in (
            (terms, glossary.terms),
            (forms, glossary.forms),
            (misspellings, glossary.misspellings),
        ):
            for key, term in entries.items():
                into.setdefault(key, term)
    return Glossary(terms, forms, {form: term for form, term in misspellings.items() if form not in forms})


def _term(row: Mapping[str, Any]) -> Term:
    values: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in row.items()}
    return Term(**{**values, "kind": TermKind(row["kind"])})


def _by_form(names: Mapping[str, str], terms: Mapping[str, Term]) -> dict[str, Term]:
    return {form: terms[name] for form, name in names.items()}
