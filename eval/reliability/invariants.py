"""What holds for every reply whatever was asked: the promises of the chat as one function."""

from __future__ import annotations

import json
import unicodedata

from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.json_text import json_text
from bot.render import reply_text
from bot.reply import Kind, Reply
from bot.safety import Assessment
from eval.metrics.form import is_framed
from eval.reliability.own_words import OwnWords, unfit
from index.content import Content

_INVISIBLE = frozenset(map(chr, (*range(0x200B, 0x2010), *range(0x2060, 0x2070), 0xFEFF)))
_TURNS = frozenset("LRE RLE LRO RLO PDF LRI RLI FSI PDI".split())
"""Classes of signs that turn the direction of the text after them."""
_HELD = {
    Kind.ANSWER: ("sentences",),
    Kind.PARTIAL: ("sentences", "missing"),
    Kind.NOT_COVERED: ("text",),
    Kind.BOUNDARY: ("notice",),
    Kind.URGENT: ("notice",),
    Kind.EMERGENCY: ("notice",),
    Kind.CRISIS: ("notice",),
    Kind.CHAT: ("text",),
}
"""Per kind what a reply cannot be without."""
_NOT_HELD = {
    Kind.ANSWER: ("notice", "missing", "offers"),
    Kind.PARTIAL: ("notice", "offers"),
    Kind.NOT_COVERED: ("sentences", "citations"),
    Kind.CRISIS: ("sentences", "citations", "offers", "suggestions", "text", "missing"),
    Kind.CHAT: ("notice", "sentences", "citations", "offers", "missing"),
}
"""Per kind what a reply must be without."""


class Watched(Assistant):
    """An assistant that remembers what its safety layer decided last."""

    assessment = Assessment()

    def assess(self, conversation: Conversation, text: str) -> Assessment:
        """Return what the safety layer decides, and remember it."""
        self.assessment = super().assess(conversation, text)
        return self.assessment


class Promises:
    """Checks replies of one assistant, each right after it came, against what is promised of every reply."""

    def __init__(self, assistant: Watched, content: Content, words: OwnWords) -> None:
        self._assistant = assistant
        self._content = content
        self._words = words
        self._texts: dict[str, str] = {}

    def broken(self, reply: Reply) -> list[str]:
        """Return which promises a reply breaks; none for a right one."""
        said = (reply.notice, reply.text, reply.missing, reply.team_question)
        quoted = [sentence.text for sentence in reply.sentences]
        faults = (
            [] if is_framed(reply.kind, reply.framing, [*filter(None, said), *quoted]) else ["not framed"]
        )
        faults += self._wrong_kind(reply)
        faults += [f"not a quote and not on the list: {one}" for one in self._words.foreign(reply)]
        faults += [f"a dose or a directive: {one}" for one in unfit((*said, reply.reminder, reply.framing))]
        faults += self._wrong_quotes(reply)
        return faults + _unprintable(reply)

    def _wrong_kind(self, reply: Reply) -> list[str]:
        assessment = self._assistant.assessment
        faults = ["the safety check failed"] if "safety.failed" in assessment.rules else []
        if assessment.kind not in {None, reply.kind}:
            faults.append(f"is {reply.kind} where the safety layer says {assessment.kind}")
        if assessment.kind is None and reply.notice:
            faults.append("has a notice that the safety layer does not ask for")
        faults += [f"{reply.kind} without {name}" for name in _HELD[reply.kind] if not getattr(reply, name)]
        unwanted = _NOT_HELD.get(reply.kind, ())
        return faults + [f"{reply.kind} with {name}" for name in unwanted if getattr(reply, name)]

    def _wrong_quotes(self, reply: Reply) -> list[str]:
        cited = {citation.n: citation for citation in reply.citations}
        faults = []
        for sentence in reply.sentences:
            citation = cited.get(sentence.citation)
            if citation is None:
                faults.append(f"a quote without its citation: {sentence.text!r}")
            elif self._text(citation.article)[sentence.start : sentence.end] != sentence.text:
                faults.append(f"not the words of {citation.article}: {sentence.text!r}")
        return faults

    def _text(self, article_id: str) -> str:
        if article_id not in self._texts:
            article = self._content.article(article_id)
            self._texts[article_id] = article.text if article else ""
        return self._texts[article_id]


def _unprintable(reply: Reply) -> list[str]:
    """Tell whether anything in a reply could steer a terminal, as text or as JSON."""
    faults = []
    steering = {sign for sign in reply_text(reply, width=80) if _steers(sign)} - {"\n"}
    if steering:
        faults.append(f"signs that steer a terminal: {sorted(steering)!r}")
    written = json_text(reply.as_json())
    if not written.isprintable():
        faults.append("signs that steer a terminal in the JSON")
    if (
        json.loads(written) != json.loads(json.dumps(reply.as_json()))
        or Reply.from_json(json.loads(written)) != reply
    ):
        faults.append("the JSON does not give the reply back")
    return faults


def _steers(sign: str) -> bool:
    return (
        unicodedata.category(sign) in {"Cc", "Cs"}
        or unicodedata.bidirectional(sign) in _TURNS
        or sign in _INVISIBLE
    )
