"""The check that an article explains a hard term where it first uses it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.article import Block, Section
from corpus.checks.checked import CheckedArticle, CheckedCorpus
from corpus.finding import Finding
from corpus.glossary import Term, TermKind
from corpus.mentions import Mention, TermFinder
from corpus.profile import CheckName
from corpus.prose import block_text
from corpus.sentences import sentence_spans
from corpus.words import content_words

_COMMON_SHARE, _COMMON_SECTIONS = 0.2, 20
"""A word that stands in so many sections of a corpus explains nothing in it."""

_HEAD = (
    r"(?:-[\w-]+)*(?: (?:metastatic|breast|cancers?|disease|tumou?rs?|drugs?|genes?|tests?|scores?|changes?|"
    r"mutations?|mutated|proteins?|status|results?|cells?))*"
)
"""The noun that a term stands before, as in "PIK3CA gene mutation (change)"."""
_OTHERS = r"(?:(?:, (?:or |and )?| or | and )[A-Z][\w/+-]*)*"
"""Further names of a list, as in "PIK3CA, AKT1 or PTEN, genes of a growth pathway"."""
_ASIDE = re.compile(rf"{_HEAD}{_OTHERS}{_HEAD},? \((?P<aside>[^)]+)\)")
_APPOSED = re.compile(
    rf"{_HEAD}{_OTHERS}{_HEAD}(?: \([^)]*\))?"
    r"(?:, (?:a|an|the|one|some|or|which|who|that|meaning|also called|genes|proteins|drugs|pills|medicines)\b"
    r"| (?:means?|stands? for|refers? to|describes?)\b"
    r"| (?:is|are)(?: called)? (?!an option|a choice|a first|the first|one of|not\b|also\b|often\b|usually\b|"
    r"only\b|for\b|in\b|on\b|[A-Z]|\S+,)(?:an?|the|\w+s)\b)"
)
"""An apposition or a definition after a term; "are approved", "are common" and the like are none."""
_DOES = re.compile(
    rf"{_HEAD}{_OTHERS}{_HEAD}(?: \([^)]*\))? (?:blocks?|joins?|carry|carries|slows?|stains?|"
    r"attach(?:es)?|acts? on|looks? for|measures?|shows?|lacks?|tests? (?:negative|positive)|"
    r"(?:has|have) (?!been|to\b|side|an?\b|more|fewer|had|not\b))"
)
"""What a term's thing is or does, where the term is the subject of a sentence."""
_NAMED = re.compile(
    r"(?:\b(?:called|known as|named|short for|means|the term)(?: an?| the)?(?: \S+)?"
    r"|\b(?:doctors|people|teams?|some) call\b(?: \S+){0,5}) $",
    re.IGNORECASE,
)
_IN_ASIDE = re.compile(r" \((?:an? |the |also called (?:an? )?)?$")
_CATEGORIES = {
    TermKind.GENE: re.compile(r"\bgenes?\b", re.IGNORECASE),
    TermKind.MARKER: re.compile(r"\b(?:proteins?|markers?)\b", re.IGNORECASE),
}
_NO_EXPLANATION = re.compile(
    r"\b(?:US|UK|EU|Europe|or|and|with|brands?|Jan\w*|Feb\w*|Mar\w*|Apr\w*|May|June?|July?|Aug\w*|Sep\w*|Oct\w*|"
    r"Nov\w*|Dec\w*)\b|\d+"
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    block: Block
    text: str
    mentions: tuple[Mention, ...]
    nested: tuple[Mention, ...]
    """The mentions with those that stand inside longer ones, as "neutrophils" in "low neutrophils"."""


def check_terms(corpus: CheckedCorpus) -> Iterator[Finding]:
    """Find terms that must be explained and are not, in the section where an article first uses them.

    An explanation is: an aside, an apposition or a definition beside the term ("germline
    (inherited)", "PD-L1, a protein", "an ADC is", "called a biopsy"); for a gene or a marker, the
    word for what it is in the same sentence; a lay form of the term, or a third of the words of the
    glossary's definition (two at least, and none that is common in the corpus), in the sentence of
    the first use or the next two.
    """
    terms = {term.name for term in corpus.glossary.terms.values() if term.must_explain}
    if not terms:
        return
    finder, common = TermFinder.of(corpus.glossary), common_words(corpus)
    for checked in corpus.articles:
        seen: set[str] = set()
        for section in checked.article.sections:
            sentences = _sentences(checked, section, finder)
            for n, mention in _first_uses(sentences, terms - seen):
                seen.add(mention.term.name)
                if not _explained(mention.term, sentences, n, common):
                    written = sentences[n].text[mention.start : mention.end]
                    problem = f"{written!r} is first used here, and not explained"
                    mend = f"Explain it there; the glossary says: {mention.term.definition}"
                    yield checked.finding(CheckName.TERMS, sentences[n].block.line, problem, mend)


def common_words(corpus: CheckedCorpus) -> frozenset[str]:
    """Return the stems that stand in a fifth of the sections or more, and in twenty at least."""
    sections = [
        set(content_words(checked.article.text[section.start : section.end]))
        for checked in corpus.articles
        for section in checked.article.sections
    ]
    counts = Counter(word for words in sections for word in words)
    least = max(_COMMON_SECTIONS, _COMMON_SHARE * len(sections))
    return frozenset(word for word, count in counts.items() if count >= least)


def _sentences(checked: CheckedArticle, section: Section, finder: TermFinder) -> list[_Sentence]:
    found = []
    for block in section.blocks:
        text = block_text(checked.article, block)
        for start, end in sentence_spans(text):
            sentence = text[start:end]
            mentions, nested = (tuple(finder.mentions(sentence, nested=inside)) for inside in (False, True))
            found.append(_Sentence(block, sentence, mentions, nested))
    return found


def _first_uses(sentences: list[_Sentence], terms: set[str]) -> Iterator[tuple[int, Mention]]:
    """Yield the first use of each of ``terms``; a lay form, a brand or a generic name is none."""
    seen: set[str] = set()
    for n, sentence in enumerate(sentences):
        for mention in sentence.mentions:
            term = mention.term
            hard = mention.form in {term.name, *term.abbreviations, *term.spellings}
            if hard and term.name in terms - seen:
                seen.add(term.name)
                yield n, mention


def _explained(term: Term, sentences: list[_Sentence], first: int, common: frozenset[str]) -> bool:
    own = {word for form in term.forms if form not in term.lay for word in content_words(form)}
    telling = set(content_words(term.definition)) - common
    if any(
        _explains(sentence, mention, telling - own)
        for sentence in sentences
        for mention in _of(term, sentence)
    ):
        return True
    window = sentences[first : first + 3]
    if any(mention.form in term.lay for sentence in window for mention in _of(term, sentence)):
        return True
    if any(set(content_words(_without(term, sentence))[:1]) & own for sentence in window[1:]):
        return True
    shared = telling & {word for sentence in window for word in content_words(_without(term, sentence))}
    return len(shared) >= max(2, -(-len(telling) // 3))


def _of(term: Term, sentence: _Sentence) -> list[Mention]:
    return [mention for mention in sentence.nested if mention.term is term]


def _without(term: Term, sentence: _Sentence) -> str:
    text = sentence.text
    for mention in _of(term, sentence):
        text = text.replace(sentence.text[mention.start : mention.end], " ")
    return text


def _explains(sentence: _Sentence, mention: Mention, telling: set[str]) -> bool:
    """Whether the words beside a mention say what its term is."""
    text, term = sentence.text, mention.term
    category = _CATEGORIES.get(term.kind)
    if category and category.search(text):
        return True
    if _NAMED.search(text, 0, mention.start) or _APPOSED.match(text, mention.end):
        return True
    if _is_subject(sentence, mention) and (
        _DOES.match(text, mention.end) or telling & set(content_words(text[mention.end :]))
    ):
        return True
    aside = _ASIDE.match(text, mention.end)
    if aside and _says_more(aside["aside"], aside.start("aside"), sentence, term):
        return True
    opened = _IN_ASIDE.search(text, 0, mention.start)
    if opened and re.match(r"[\w-]*\)", text[mention.end :]):
        before = [m for m in sentence.mentions if opened.start() - 1 <= m.end <= mention.start]
        return not any(m.term is term or m.term.kind is TermKind.DRUG for m in before)
    return False


def _is_subject(sentence: _Sentence, mention: Mention) -> bool:
    """Whether nothing but other terms of a list stands before a mention in its sentence."""
    before = sentence.text[: mention.start]
    for other in sentence.mentions:
        if other.end <= mention.start:
            before = before.replace(sentence.text[other.start : other.end], " ")
    return not re.sub(r"\b(?:an?|the|and|or|both|for example)\b|[\s,()]", "", before, flags=re.IGNORECASE)


def _says_more(aside: str, start: int, sentence: _Sentence, term: Term) -> bool:
    """Whether an aside has more than forms of the term, names of drugs, countries and dates."""
    rest = aside
    for mention in sentence.mentions:
        if mention.start >= start and (mention.term is term or mention.term.kind is TermKind.DRUG):
            rest = rest.replace(sentence.text[mention.start : mention.end], " ")
    return bool(re.search(r"[A-Za-z]{3,}", _NO_EXPLANATION.sub(" ", rest)))
