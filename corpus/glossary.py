"""The glossary: terms with what they mean and every form in which people write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.article import ArticleError
from corpus.phrases import DOSE, LEANING_OPENING
from corpus.sentences import sentence_spans
from corpus.side_file import SideFile, read_side_file
from corpus.text import one_line

if TYPE_CHECKING:
    from pydantic import BaseModel

FILE_NAME = "glossary.yaml"


class TermKind(StrEnum):
    """What a term names."""

    DRUG = "drug"
    DRUG_CLASS = "drug_class"
    GENE = "gene"
    MARKER = "marker"
    TEST = "test"
    RECEPTOR = "receptor"
    SUBTYPE = "subtype"
    TREATMENT = "treatment"
    SIDE_EFFECT = "side_effect"
    SYMPTOM = "symptom"
    BODY = "body"
    CARE = "care"
    TRIAL = "trial"
    PERSON = "person"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the glossary, in the corpus's own words."""

    name: str
    definition: str
    kind: TermKind
    brands: tuple[str, ...] = ()
    generics: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    lay: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()
    """Wrong forms, for the repair of a question only."""
    must_explain: bool = False
    """Whether an article explains the term where it first uses it."""
    facts: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Every right form, the name first; each once."""
        others = (*self.brands, *self.generics, *self.abbreviations, *self.spellings, *self.lay)
        return tuple(dict.fromkeys((self.name, *others)))


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms by name, and which term each form means."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    forms: Mapping[str, Term] = field(default_factory=dict)
    """The term of every right form, by the form case-folded."""
    misspellings: Mapping[str, Term] = field(default_factory=dict)
    """The term of every wrong form, by the form case-folded; for the repair of a question only."""

    def term_of(self, form: str) -> Term | None:
        """Return the term that ``form`` means, or None; the case does not matter."""
        return self.forms.get(folded(form))

    def of_kind(self, *kinds: TermKind) -> tuple[Term, ...]:
        """Return the terms of the kinds given, in the order of the file."""
        return tuple(term for term in self.terms.values() if term.kind in kinds)


def folded(form: str) -> str:
    """Return ``form`` as lookups know it: case-folded, single spaces."""
    return one_line(form).casefold()


def read_glossary(path: Path) -> Glossary:
    """Read the glossary at ``path``; a file that does not exist is an empty glossary.

    Raises ArticleError, for the first of its problems, if the file is not valid.
    """
    glossary, problems = survey_glossary(path)
    if problems:
        raise problems[0]
    return glossary


def survey_glossary(path: Path) -> tuple[Glossary, tuple[ArticleError, ...]]:
    """Read the glossary at ``path`` with all of its problems; what is sound is in the glossary anyway."""
    try:
        file = read_side_file(path)
    except ArticleError as error:
        return Glossary(), (error,)
    terms, winners, problems = _valid_rows(file)
    problems += [problem for term in terms.values() for problem in _definition_problems(file, term)]
    glossary, conflicts = _settle_forms(file, terms, winners)
    return glossary, (*problems, *conflicts)


def _valid_rows(file: SideFile) -> tuple[dict[str, Term], dict[str, str], list[ArticleError]]:
    """Return the terms whose rows are sound, which term each shared form means, and the problems."""
    problems = [
        file.error_at((key,), "unknown key", "The file has `shared_forms` and `terms`.")
        for key in file.values
        if key not in ("shared_forms", "terms")
    ]
    rows, shared = (file.values.get(key) or {} for key in ("terms", "shared_forms"))
    for key, table in (("terms", rows), ("shared_forms", shared)):
        if not isinstance(table, dict):
            return {}, {}, [file.error_at((key,), "not a mapping", "Write `key: value` lines below it.")]
    terms: dict[str, Term] = {}
    for name, row in rows.items():
        values, of_row = _checked_row(file, name, row)
        problems += of_row
        if not of_row:
            terms[name] = _term(name, values)
    return terms, {str(form): str(name) for form, name in shared.items()}, problems


def _checked_row(file: SideFile, name: object, row: object) -> tuple[dict[str, Any], list[ArticleError]]:
    from pydantic import ValidationError

    if not isinstance(name, str):
        return {}, [file.error_at(("terms", name), "the name is not text", "Put it in quotes.")]
    try:
        return _row_model().model_validate(row).model_dump(), []
    except ValidationError as error:
        return {}, [
            file.error_at(("terms", name, *first["loc"]), first["msg"], "Mend that key.")
            for first in error.errors()
        ]


@cache
def _row_model() -> type[BaseModel]:
    from pydantic import BaseModel, ConfigDict, Field

    class Row(BaseModel):
        model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
        definition: str = Field(min_length=1)
        kind: TermKind
        brands: list[str] = []
        generics: list[str] = []
        abbreviations: list[str] = []
        spellings: list[str] = []
        lay: list[str] = []
        misspellings: list[str] = []
        must_explain: bool = Field(default=False, strict=True)
        facts: list[str] = []

    return Row


def _term(name: str, values: dict[str, Any]) -> Term:
    lists = {key: tuple(map(one_line, value)) for key, value in values.items() if isinstance(value, list)}
    return Term(
        name=one_line(name),
        definition=one_line(values["definition"]),
        kind=values["kind"],
        must_explain=values["must_explain"],
        **lists,
    )


def _definition_problems(file: SideFile, term: Term) -> Iterator[ArticleError]:
    place = ("terms", term.name, "definition")
    if len(sentence_spans(term.definition)) != 1 or term.definition[-1] not in ".!?":
        yield file.error_at(place, "not one whole sentence", "Write one sentence with a full stop.")
    if found := LEANING_OPENING.match(term.definition):
        yield file.error_at(place, f"it opens with {found.group()!r}", "Name the subject instead.")
    if found := DOSE.search(term.definition):
        yield file.error_at(place, f"a dose figure, {found.group()!r}", "Leave the figure out.")


def _claims(terms: Mapping[str, Term]) -> dict[str, dict[str, str]]:
    """Return, by folded form, the names of the terms that claim it and the form as each writes it."""
    claims: dict[str, dict[str, str]] = {}
    for term in terms.values():
        for form in (*term.forms, *term.misspellings):
            claims.setdefault(folded(form), {}).setdefault(term.name, form)
    return claims


def _settle_forms(
    file: SideFile, terms: Mapping[str, Term], winners: Mapping[str, str]
) -> tuple[Glossary, list[ArticleError]]:
    problems: list[ArticleError] = []
    claims = _claims(terms)
    owner = {form: next(iter(names)) for form, names in claims.items()}
    settled = {folded(form): (form, name) for form, name in winners.items()}
    for form, names in claims.items():
        if len(names) > 1 and form not in settled:
            last = list(names)[-1]
            problem = f"the form {names[last]!r} is claimed by {' and by '.join(map(repr, names))}"
            mend = "Say under `shared_forms` which one it means, or leave it to one of them."
            problems.append(file.error_at(("terms", last), problem, mend))
    for key, (form, name) in settled.items():
        names = claims.get(key, {})
        if len(names) < 2:
            mend = "Remove it, or give the form to both terms."
            problems.append(file.error_at(("shared_forms", form), "no two terms claim it", mend))
        elif name not in names:
            mend = f"Name one of {', '.join(map(repr, names))}."
            problems.append(file.error_at(("shared_forms", form), f"{name!r} does not claim it", mend))
        else:
            owner[key] = name
    problems += _own_conflicts(file, terms)
    return _looked_up(terms, owner), problems


def _own_conflicts(file: SideFile, terms: Mapping[str, Term]) -> Iterator[ArticleError]:
    for term in terms.values():
        right = set(map(folded, term.forms))
        for wrong in term.misspellings:
            if folded(wrong) in right:
                place = ("terms", term.name, "misspellings")
                yield file.error_at(place, f"{wrong!r} is a right form too", "Keep it in one place.")


def _looked_up(terms: Mapping[str, Term], owner: Mapping[str, str]) -> Glossary:
    forms: dict[str, Term] = {}
    misspellings: dict[str, Term] = {}
    for term in terms.values():
        for found, written in ((forms, term.forms), (misspellings, term.misspellings)):
            found.update({folded(form): term for form in written if owner[folded(form)] == term.name})
    return Glossary(dict(terms), forms, misspellings)
