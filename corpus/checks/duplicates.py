"""The check for passages that one article has from another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from corpus.article import Section
from corpus.checks.checked import CheckedArticle, CheckedCorpus
from corpus.finding import Finding
from corpus.profile import CheckName
from corpus.prose import section_sentences, tokens

RUN = 40
"""So many words in a row in two articles are a copied passage: two or three sentences."""
ALIKE = 0.8
"""Two sections are one and the same when they share so much of their runs of three words (Jaccard)."""
_SHORTEST = 20
_STANDING_RUN, _STANDING_ARTICLES = 8, 4
"""Eight words in a row in four articles or more are a standing phrase, such as when to call."""

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Passage:
    """A section, its words, and its stretches of words between standing phrases."""

    checked: CheckedArticle
    section: Section
    words: _Words
    stretches: tuple[_Words, ...]


def check_duplicates(corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find sections that two articles share, nearly or in a passage of forty words.

    A phrase that stands word for word in four articles or more is meant to be the same everywhere;
    it belongs to no copied passage, though it counts where whole sections are alike.
    """
    passages = _passages(corpus)
    problems = {**_runs(passages), **dict(_alike(passages))}
    for (a, b), problem in sorted(problems.items()):
        first, second = passages[a], passages[b]
        place = f"{first.checked.article.id}#{first.section.id}"
        whole = f"the section {second.section.heading!r} {problem} with {place}"
        mend = "Say it in one article, or say what is particular to each."
        yield second.checked.finding(CheckName.DUPLICATES, second.section.line, whole, mend)


def _passages(corpus: CheckedCorpus) -> list[_Passage]:
    cut = [
        (checked, section, tuple(w for s in section_sentences(checked.article, section) for w in tokens(s)))
        for checked in corpus.articles
        for section in checked.article.sections
    ]
    articles: dict[_Words, set[str]] = defaultdict(set)
    for checked, _, words in cut:
        for run in _word_runs(words, _STANDING_RUN):
            articles[run].add(checked.article.id)
    standing = {run for run, ids in articles.items() if len(ids) >= _STANDING_ARTICLES}
    return [_Passage(checked, section, words, _stretches(words, standing)) for checked, section, words in cut]


def _stretches(words: _Words, standing: set[_Words]) -> tuple[_Words, ...]:
    """Cut ``words`` wherever a standing phrase is."""
    stands = [False] * len(words)
    for n, run in enumerate(_word_runs(words, _STANDING_RUN)):
        if run in standing:
            stands[n : n + _STANDING_RUN] = [True] * _STANDING_RUN
    groups = groupby(zip(words, stands, strict=True), key=lambda pair: pair[1])
    return tuple(tuple(word for word, _ in group) for stood, group in groups if not stood)


def _alike(passages: list[_Passage]) -> Iterator[tuple[tuple[int, int], str]]:
    shingles = [set(_word_runs(passage.words, 3)) for passage in passages]
    shared = _shared(passages, shingles)
    for (a, b), number in shared.items():
        likeness = number / len(shingles[a] | shingles[b])
        if likeness >= ALIKE and min(len(shingles[a]), len(shingles[b])) >= _SHORTEST:
            yield (a, b), f"is {100 * likeness:.0f}% the same"


def _runs(passages: list[_Passage]) -> dict[tuple[int, int], str]:
    runs = [{run for stretch in p.stretches for run in _word_runs(stretch, RUN)} for p in passages]
    problems = {}
    for a, b in _shared(passages, runs):
        run = next(
            run for stretch in passages[b].stretches for run in _word_runs(stretch, RUN) if run in runs[a]
        )
        problems[a, b] = f"has {RUN} words in a row, from {' '.join(run[:8])!r} on, in common"
    return problems


def _shared(passages: list[_Passage], runs: list[set[_Words]]) -> dict[tuple[int, int], int]:
    """Return how many runs two sections of different articles share, by their positions."""
    places: dict[_Words, list[int]] = defaultdict(list)
    for n, found in enumerate(runs):
        for run in found:
            places[run].append(n)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for found_in in places.values():
        for i, a in enumerate(found_in):
            for b in found_in[i + 1 :]:
                if passages[a].checked is not passages[b].checked:
                    shared[a, b] += 1
    return dict(shared)


def _word_runs(words: _Words, length: int) -> Iterator[_Words]:
    return (words[n : n + length] for n in range(len(words) - length + 1))
