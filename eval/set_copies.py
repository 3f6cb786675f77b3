"""Are the test cases fresh? ``python -m eval.set_copies`` compares them with everything that was built on.

Prints every test case that is a near copy of a rule's example, an example message, a development case,
another way to ask or a sentence of our articles, and every template that too many cases share. Exit
code 1 if there is one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import yaml

from bot.safety.compile import HERE, read_model, rule_files
from bot.safety.schema import Vocabulary
from corpus.asked_as import FILE_NAME, read_asked_as
from corpus.reader import OUR_CORPUS, read_corpus
from corpus.sentences import sentence_spans
from eval.cases import Case, EvalSet, Split
from eval.near_copies import FEWEST_WORDS, Known, NearCopy, Texts, crowded_templates, template_of
from eval.reading import load_sets, packaged_sets

_MESSAGES = "safety"
"""How the names of those sets begin in which messages count as one if only the drug differs."""
_PAIR = re.compile(r"pair-\d+")


def main() -> int:
    """Check the packaged sets, print what is found, and return the exit code."""
    sets = load_sets(packaged_sets())
    found = [*map(str, near_copies(sets)), *map(_crowd, crowded(sets))]
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.stdout.write(f"{len(found)} near copies and crowded templates among the cases.\n")
    return int(bool(found))


def near_copies(sets: Sequence[EvalSet]) -> list[NearCopy]:
    """Return for each text of the test split the nearest text that it is a near copy of."""
    fresh = list(texts_of(sets, Split.TEST))
    spoken = Texts([*_examples(), *texts_of(sets, Split.DEV)], drug_names())
    written = _written()
    copies = []
    for one in fresh:
        near = [*spoken.near_to(one), *written.near_to(one)]
        copies += sorted(near, key=lambda copy: -copy.similarity)[:1]
    return copies


def crowded(sets: Sequence[EvalSet]) -> list[tuple[Known, ...]]:
    """Return the templates that too many messages of one split share, over all sets of messages."""
    messages = [each for each in sets if each.name.startswith(_MESSAGES)]
    return [
        group for split in Split for group in crowded_templates(list(texts_of(messages, split)), drug_names())
    ]


def texts_of(sets: Iterable[EvalSet], split: Split) -> Iterator[Known]:
    """Yield what is asked in one split; later turns only if they say something of their own."""
    for each in sets:
        for case in each.cases:
            if case.split is split:
                yield from _texts_of_case(each.path.name, case)


def _texts_of_case(file: str, case: Case) -> Iterator[Known]:
    family = next((tag for tag in case.tags if _PAIR.fullmatch(tag)), case.id)
    for n, gold in enumerate(case.turns):
        if n and len(template_of(gold.question).split()) < FEWEST_WORDS:
            continue
        turn = f", turn {n + 1}" if len(case.turns) > 1 else ""
        yield Known(f"{file}, case {case.id}{turn}", gold.question, family)


@cache
def _examples() -> tuple[Known, ...]:
    return (*rule_texts(), *utterance_texts())


@cache
def _written() -> Texts:
    return Texts([*asked_as_texts(), *article_texts()])


def rule_texts() -> Iterator[Known]:
    """Yield the examples of every rule, each message of a longer one by itself."""
    for path, file in rule_files():
        for rule in file.rules:
            for example in (*rule.match, *rule.not_match):
                for text in [example] if isinstance(example, str) else example:
                    yield Known(f"{path.name}, rule {rule.id}", text)


def utterance_texts() -> Iterator[Known]:
    """Yield the example messages of the backstop."""
    for path in sorted((HERE / "utterances").glob("*.yaml")):
        for name, texts in yaml.safe_load(path.read_text("utf-8")).items():
            yield from (Known(f"{path.name}, {name}", text) for text in texts)


def asked_as_texts() -> Iterator[Known]:
    """Yield the other ways to ask for our sections."""
    for article, sections in read_asked_as(OUR_CORPUS / FILE_NAME).items():
        for section, ways in sections.items():
            yield from (Known(f"{FILE_NAME}, {article}#{section}", way) for way in ways)


def article_texts() -> Iterator[Known]:
    """Yield the titles, headings and sentences of our articles."""
    for article in read_corpus(OUR_CORPUS).articles:
        yield Known(f"article {article.id}, title", article.title)
        for section in article.sections:
            yield Known(f"article {article.id}#{section.id}, heading", section.heading)
        for start, end in sentence_spans(article.text):
            yield Known(f"article {article.id}, sentence", article.text[start:end])


@cache
def drug_names(vocabulary: Path = HERE / "vocabulary.yaml") -> frozenset[str]:
    """Return the single words that the safety layer knows as drugs."""
    groups = read_model(vocabulary, Vocabulary).groups
    names: set[str] = set()
    waiting, seen = ["drug"], {"drug"}
    while waiting:
        for entry in groups.get(waiting.pop(), ()):
            inner = re.fullmatch(r"<(\w+)>", entry)
            if inner and inner[1] not in seen:
                seen.add(inner[1])
                waiting.append(inner[1])
            elif re.fullmatch(r"[a-z]+", entry):
                names.add(entry)
    return frozenset(names)


def _crowd(group: Sequence[Known]) -> str:
    lines = "".join(f"\n      {each.where}: {each.text!r}" for each in group)
    return f"{len(group)} cases of one template:{lines}"


if __name__ == "__main__":
    sys.exit(main())
