"""The closed list of what the chat says itself: everything in a reply that is not a quote must be on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from bot import wording
from bot.question.small_talk import Talk
from bot.reply import Reply
from bot.safety import Country, load_rules
from bot.safety.notices import fill
from bot.safety.rules import Ruleset
from corpus.settings import CorpusSettings, Readers
from index.content import Content

_HOLE = "\0"
"""Stands in a template where the reader's own words come, between quotation marks."""
_DOSE = re.compile(
    r"\d\s*(?:mg|mcg|µg|g|grams?|ml|millilit\w+|milligram\w*|tablets?|capsules?|pills?|drops|units?|iu)\b"
    r"|\b(?:half|double|twice) (?:a|the|your) (?:dose|tablet|pill)",
    re.IGNORECASE,
)
_DIRECTIVE = re.compile(
    r"\b(?:stop|start|skip|double|halve|increase|reduce|lower|raise|pause|resume|restart|switch|take)"
    r" (?:taking |using )?(?:your|the|this|that|more|less|an? (?:extra|half))?\s*"
    r"(?:\w+ )?(?:dose|doses|medicines?|tablets?|pills?|treatment|infusions?|chemo\w*)\b"
    r"|\byou (?:should|must|need to|have to) (?:stop|start|take|skip|increase|reduce|switch)\b",
    re.IGNORECASE,
)
_READERS_WORDS = re.compile("“.*?”", re.DOTALL)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Whole texts by the field of the reply in which they may stand, and templates with holes."""

    notices: frozenset[str]
    reminders: frozenset[str]
    framings: frozenset[str]
    texts: frozenset[str]
    missing: re.Pattern[str]
    team_question: re.Pattern[str]
    headings: frozenset[str]
    """Titles and headings of the articles, alone and as an offer puts them together."""

    def foreign(self, reply: Reply) -> list[str]:
        """Return what a reply says that is neither on the list nor a quote, with the field it stands in."""
        whole = (
            ("notice", reply.notice, self.notices),
            ("reminder", reply.reminder, self.reminders),
            ("framing", reply.framing, self.framings),
            ("text", reply.text, self.texts),
            *(("offer", offer.title, self.headings) for offer in reply.offers),
            *(("suggestion", suggestion, self.headings) for suggestion in reply.suggestions),
        )
        found = [f"{field} {said!r}" for field, said, allowed in whole if said and said not in allowed]
        filled = (
            ("missing", reply.missing, self.missing),
            ("team question", reply.team_question, self.team_question),
        )
        return found + [
            f"{field} {said!r}" for field, said, form in filled if said and not form.fullmatch(said)
        ]


def own_words(content: Content) -> OwnWords:
    """Return what may be said beside the quotes of an index."""
    settings = content.combined_settings()
    rules = load_rules()
    rules = rules.for_anyone() if settings.readers is Readers.ANYONE else rules
    framings = {content.settings(folder.number).framing for folder in content.folders()}
    return OwnWords(
        notices=frozenset(_filled(_notice_texts(rules), rules)),
        reminders=frozenset(_filled(rules.notices["reminders"].values(), rules)),
        framings=frozenset({settings.framing, *framings, *_filled(rules.notices["framing"].values(), rules)}),
        texts=frozenset(_texts(settings)),
        missing=_with_holes(
            wording.not_mentioned((_HOLE,)), wording.not_named((_HOLE,)), wording.left_open((_HOLE,))
        ),
        team_question=_with_holes(wording.team_question(_HOLE, settings)),
        headings=frozenset(_headings(content)),
    )


def unfit(texts: Iterable[str | None]) -> list[str]:
    """Return those of our own texts that name an amount of a medicine or say what to do with a treatment.

    What stands between quotation marks is the reader's own.
    """
    own = [_READERS_WORDS.sub("", text) for text in texts if text]
    return [text for text in own if _DOSE.search(text) or _DIRECTIVE.search(text)]


def _notice_texts(rules: Ruleset) -> Iterator[str]:
    for notice in rules.notices["notices"].values():
        yield from (text for text in notice.values() if text)


def _filled(texts: Iterable[str], rules: Ruleset) -> Iterator[str]:
    countries = (None, *Country)
    yield from (fill(text, rules, country) for text in texts for country in countries)


def _texts(settings: CorpusSettings) -> Iterator[str]:
    yield from (wording.small_talk(talk, settings) for talk in Talk)
    for offers, feeling in product((True, False), repeat=2):
        yield wording.not_covered(settings, offers=offers, feeling=feeling)
    yield from (wording.IN_GENERAL, wording.NOTHING_MORE, wording.NO_INDEX.format(why=wording.ORDINARY_WHY))


def _with_holes(*templates: str) -> re.Pattern[str]:
    """Return a pattern of one or several of these templates one after the other."""
    one = "|".join(re.escape(template).replace(re.escape(_HOLE), ".*") for template in templates)
    return re.compile(f"(?:{one})(?: (?:{one}))*", re.DOTALL)


def _headings(content: Content) -> Iterator[str]:
    for article_id in content.article_ids():
        article = content.article(article_id)
        headings = [section.heading for section in content.sections(article_id)]
        yield from headings
        if article:
            yield article.title
            yield from (f"{article.title} — {heading}" for heading in headings)
