"""Checks of the files beside the articles: the glossary and the other ways to ask."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.article import ArticleError
from corpus.asked_as import FILE_NAME as ASKED_AS_FILE
from corpus.asked_as import AskedAs, asked_as_of
from corpus.checks.checked import CheckedCorpus
from corpus.checks.figures import known_figures
from corpus.figures import agree, figures_in
from corpus.finding import Finding, Severity
from corpus.glossary import FILE_NAME as GLOSSARY_FILE
from corpus.glossary import Term, survey_glossary
from corpus.profile import CheckName
from corpus.prose import tokens
from corpus.side_file import SideFile, read_side_file

_FEWEST, _MOST = 3, 30
"""So many other ways to ask stand by a section."""


def check_glossary(corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find what is wrong with the glossary: its rows, and what they say against the register.

    Of the figures of a definition those in digits count: "half of the values" defines a median.
    """
    path = corpus.home / GLOSSARY_FILE
    for error in survey_glossary(path)[1]:
        yield as_finding(CheckName.GLOSSARY, error)
    if not corpus.glossary.terms:
        return
    file = read_side_file(path)
    for term in corpus.glossary.terms.values():
        yield from _check_term(term, file, corpus)


def _check_term(term: Term, file: SideFile, corpus: CheckedCorpus) -> Iterator[Finding]:
    for fact in term.facts:
        if fact not in corpus.facts:
            problem = f"{term.name}: the fact {fact} is not in facts.yaml"
            mend = "Add it to facts.yaml, or name another."
            yield _at(file, ("terms", term.name, "facts"), CheckName.GLOSSARY, problem, mend)
    named = [m for fact in term.facts if fact in corpus.facts for m in known_figures(corpus.facts[fact])]
    for figure in figures_in(term.definition):
        in_digits = any(character.isdigit() for character in figure.written)
        if in_digits and not any(agree(figure.meaning, meaning) for meaning in named):
            problem = f"{term.name}: {figure.written!r} in the definition is in no fact that the term names"
            mend = "Correct it, leave it out, or name the fact that has it."
            yield _at(file, ("terms", term.name, "definition"), CheckName.GLOSSARY, problem, mend)


def check_asked_as(corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find sections without three to twenty other ways to ask, unknown ids, and phrases that stand twice."""
    path = corpus.home / ASKED_AS_FILE
    if not path.exists():
        if corpus.profile.asked_as_needed:
            problem, mend = "the file is missing", "Write three other ways or more to ask for every section."
            yield Finding(CheckName.ASKED_AS, Severity.ERROR, str(path), 1, problem, mend)
        return
    try:
        file = read_side_file(path)
        asked = asked_as_of(file)
    except ArticleError as error:
        yield as_finding(CheckName.ASKED_AS, error)
        return
    yield from _unknown_ids(corpus, file, asked)
    yield from _repeated(file, asked)
    yield from _too_few(corpus, file, asked)


def _unknown_ids(corpus: CheckedCorpus, file: SideFile, asked: AskedAs) -> Iterator[Finding]:
    known = {c.article.id: {section.id for section in c.article.sections} for c in corpus.articles}
    for article, sections in asked.items():
        if article not in known:
            problem = f"there is no article {article!r}"
            yield _at(file, (article,), CheckName.ASKED_AS, problem, "Correct the id, or remove it.")
            continue
        for section in sections.keys() - known[article]:
            problem = f"the article {article!r} has no section {section!r}"
            mend = f"Its sections are {', '.join(sorted(known[article]))}."
            yield _at(file, (article, section), CheckName.ASKED_AS, problem, mend)


def _repeated(file: SideFile, asked: AskedAs) -> Iterator[Finding]:
    first: dict[tuple[str, ...], tuple[str, str]] = {}
    for article, sections in asked.items():
        for section, phrases in sections.items():
            for phrase in phrases:
                words = tuple(tokens(phrase))
                place = first.setdefault(words, (article, section))
                if place != (article, section):
                    problem = f"{phrase!r} stands under {'#'.join(place)} too"
                    mend = "Keep it where the better answer is."
                    yield _at(file, (article, section), CheckName.ASKED_AS, problem, mend)
            if len({tuple(tokens(phrase)) for phrase in phrases}) < len(phrases):
                problem = f"{article}#{section} has a phrase twice"
                yield _at(file, (article, section), CheckName.ASKED_AS, problem, "Remove one of the two.")


def _too_few(corpus: CheckedCorpus, file: SideFile, asked: AskedAs) -> Iterator[Finding]:
    for checked in corpus.articles:
        for section in checked.article.sections:
            number = len(asked.get(checked.article.id, {}).get(section.id, ()))
            needed = corpus.profile.asked_as_needed or number
            if needed and not _FEWEST <= number <= _MOST:
                place = (checked.article.id, section.id)
                problem = f"{number} ways to ask for {'#'.join(place)} where {_FEWEST} to {_MOST} are wanted"
                yield _at(file, place, CheckName.ASKED_AS, problem, "Add some or choose among them.")


def as_finding(check: CheckName, error: ArticleError) -> Finding:
    """Return an error of reading as a finding of ``check``."""
    return Finding(check, Severity.ERROR, error.path, error.line or 1, error.problem, error.mend)


def _at(file: SideFile, place: tuple[str, ...], check: CheckName, problem: str, mend: str) -> Finding:
    return Finding(check, Severity.ERROR, str(file.path), file.line_of(*place), problem, mend)
