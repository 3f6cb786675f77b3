"""A reply as the safety layer leads it: what may stand beside its notice."""

from __future__ import annotations

from dataclasses import replace

from bot import wording
from bot.reply import Kind, Reply
from bot.safety import Assessment
from corpus.settings import CorpusSettings


def within_bounds(reply: Reply, assessment: Assessment, settings: CorpusSettings) -> Reply:
    """Return the reply as the safety layer leads it: its kind, its question, no word on coverage."""
    assert assessment.kind is not None
    boundary = assessment.kind is Kind.BOUNDARY
    asked = assessment.team_question
    return replace(
        reply if boundary else _one_passage(reply),
        kind=assessment.kind,
        text=wording.IN_GENERAL if boundary and reply.sentences else None,
        team_question=wording.team_question(asked, settings) if asked else None,
        offers=reply.offers if boundary else (),
        suggestions=reply.suggestions if boundary else (),
    )


def _one_passage(reply: Reply) -> Reply:
    """Return the reply with the quotes of its first passage alone: nothing competes with a call for help.

    A line that only leads to a list in another passage is left out.
    """
    following = (*reply.sentences[1:], None)
    told = [
        sentence
        for sentence, after in zip(reply.sentences, following, strict=False)
        if not sentence.text.endswith(":") or (after and after.citation == sentence.citation)
    ]
    first = {sentence.citation for sentence in told[:1]}
    return replace(
        reply,
        sentences=tuple(sentence for sentence in told if sentence.citation in first),
        citations=tuple(citation for citation in reply.citations if citation.n in first),
        more=0,
        missing=None,
    )
