"""Checks of single phrases: what could be taken for advice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.checks.checked import CheckedArticle, CheckedCorpus
from corpus.finding import Finding
from corpus.phrases import DOSE
from corpus.profile import CheckName
from corpus.prose import block_sentences, block_text, blocks

_YOU_SHOULD = re.compile(
    r"\byou(?:'d|’d)? (?:should|must|need(?:n't|n’t)? to|have to|ought to|had better|are advised|better|"
    r"(?:do not|don't|don’t) (?:need|have) to)\b"
    r"|\b(?:we|doctors) (?:recommend|advise|suggest) (?:that )?you\b|\bwe (?:recommend|advise)\b",
    re.IGNORECASE,
)
_YOUR_TREATMENT = re.compile(
    r"\b(?:stop|start|skip|take|double|halve|delay|change|lower|raise|reduce|increase|keep taking) "
    r"your (?:\w+ )?"
    r"(?:medicines?|medications?|drugs?|pills?|tablets?|capsules?|doses?|treatment|therapy)\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"^(?:(?:please|always|never|do not|don't|don’t|make sure|be sure) \w+"
    r"|(?:take|stop|skip|start|avoid|double|halve|reduce|increase|swallow|eat|drink|use|try|switch|insist|"
    r"demand|refuse|choose|wait)(?= (?:your|the|a|an|any|all|it|them|this|these|no|plenty|more|less|only|"
    r"taking|with|to|on|until|using|eating|drinking)\b))",
    re.IGNORECASE,
)


def check_directives(checked: CheckedArticle, _: CheckedCorpus) -> Iterator[Finding]:
    """Find phrases that tell the reader what to do; whom to call, and when, is the only exception."""
    for _section, block in blocks(checked.article):
        for sentence in block_sentences(checked.article, block):
            found = (
                _YOU_SHOULD.search(sentence)
                or _YOUR_TREATMENT.search(sentence)
                or (_IMPERATIVE.search(sentence) if not sentence.endswith("?") else None)
            )
            if found:
                problem = f"{found.group()!r} tells the reader what to do"
                mend = "Say what is general: what many people do, or what the team may do."
                yield checked.finding(CheckName.DIRECTIVES, block.line, problem, mend)


def check_doses(checked: CheckedArticle, _: CheckedCorpus) -> Iterator[Finding]:
    """Find dose figures, which a reader could take for advice."""
    for _section, block in blocks(checked.article):
        for found in DOSE.finditer(block_text(checked.article, block)):
            problem = f"{found.group()!r} is a dose figure"
            yield checked.finding(CheckName.DOSES, block.line, problem, "Leave the figure out.")
