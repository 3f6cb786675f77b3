"""Who has the sign, and when: negation, tense, experiencer, supposition (after NegEx and ConText).

Cues are word groups of ``context.yaml``. A cue has a scope: it ends at a word that begins a new thought
("but", "because"), and where a comma or "and" is followed by a new subject.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.safety.matching import Reader
from bot.safety.normalise import Sentence
from bot.safety.rules import Status

NEAR = 3
FAR = 10
AFTER = 3
SUBJECT = 2
"""Words after "what is" or "do" in which a question names what it is about."""
LIST_REACH = 16
"""Words over which "I have ..." still reaches the items of a list."""

_POSSESSIVE = frozenset("my her his our this these".split())
_REFERS = frozenset("you it this that these those mine".split())
"""Words by which a question speaks of what was told before it."""
_TOLD_BEFORE = frozenset("the today tomorrow tonight next half both another".split())
"""Words with which the subject of a question is one that was told before."""
_YES_OR_NO = frozenset("do does did can could would will are were is was has have".split())
_JOINS = frozenset("and then so plus also".split())


@dataclass(slots=True)
class Context:
    """The cues of one sentence, found when first asked for."""

    reader: Reader
    sentence: Sentence
    cues: Mapping[str, int]
    _spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    _bounds: list[int] | None = None

    def spans(self, cue: str) -> list[tuple[int, int]]:
        """Return where a kind of cue stands."""
        found = self._spans.get(cue)
        if found is None:
            found = self._spans[cue] = self.reader.find_group(self.cues[cue])
        return found

    def status(self, start: int, end: int, mention: bool) -> Status:
        """Say whether the sign at these words is there now for someone in particular."""
        if self._negated(start, end):
            return Status.NEGATED
        if self._past(start, end):
            return Status.PAST
        if self.told_of(start, "story"):
            return Status.GENERAL
        if self._supposed(start):
            return Status.GENERAL if mention else Status.HYPOTHETICAL
        if mention and not self._someone_has_it(start, end):
            return Status.GENERAL
        return Status.ACTIVE

    def about_other(self, start: int) -> bool:
        """Say whether the sign is someone else's: the nearest person named before it decides."""
        other = max((end for begin, end in self.spans("others") if begin <= start + 1), default=-1)
        own = max((end for begin, end in self.spans("self") if begin <= start + 1), default=-1)
        return other > own or (own < 0 and bool(self.spans("others")))

    def struck_out_after(self, end: int) -> bool:
        """Say whether the sentence itself takes back what ends at this word, or says whose it was."""
        after = (*self.spans("struck_out"), *self.spans("slip"))
        return bool(self.spans("corrected")) or any(begin >= end for begin, _ in after)

    def asks_in_general(self) -> bool:
        """Say whether a question opens here, or after a pause, that names no one and nothing told before."""
        words = self.reader.words
        opens = {0, *self.sentence.breaks, *(end for _, end in self.spans("ask_lead"))}
        asked = {end for begin, end in self.spans("general_ask") if begin in opens}
        if self.sentence.question:
            asked |= {at + 1 for at in opens if self._asks_yes_or_no(at)}
        people = (*self.spans("self"), *self.spans("others"))
        return bool(asked) and not any(
            not _REFERS.isdisjoint(words[at : at + SUBJECT])
            or any(at <= begin <= at + FAR for begin, _ in people)
            for at in asked
        )

    def _asks_yes_or_no(self, at: int) -> bool:
        """Say whether "do" or "is" opens a question here whose subject is not one told of before."""
        words = self.reader.words
        subject = words[at + 1] if at + 1 < len(words) else "it"
        opens = at < len(words) and words[at] in _YES_OR_NO
        return opens and subject not in _TOLD_BEFORE and not subject[0].isdigit()

    def is_read_of(self, start: int) -> bool:
        """Say whether the sign is what a text says ("the leaflet lists"), with nobody named since."""
        people = (*self.spans("self"), *self.spans("others"), *self.spans("current"))
        return any(
            end <= start <= end + FAR and not any(end <= begin <= start for begin, _ in people)
            for _, end in self.spans("written")
        )

    def is_idiom(self, start: int, end: int) -> bool:
        """Say whether the words are a figure of speech, or part of one."""
        return any(begin < end and start < after for begin, after in self.spans("idiom"))

    def bounds(self) -> list[int]:
        """Return where new thoughts begin."""
        if self._bounds is None:
            words, breaks = self.sentence.words, self.sentence.breaks
            subjects = {begin for begin, _ in self.spans("subject")}
            found = {begin for begin, _ in self.spans("scope_end")}
            found |= {at for at in breaks if at in subjects or (at < len(words) and words[at] in _JOINS)}
            found |= {at for at in range(len(words)) if words[at] in _JOINS and at + 1 in subjects}
            self._bounds = sorted(found)
        return self._bounds

    def _parted(self, left: int, right: int) -> bool:
        """Say whether a new thought begins after ``left`` and not after ``right``."""
        return any(left <= at <= right for at in self.bounds())

    def _inside(self, span: tuple[int, int], cue: str) -> bool:
        return any(begin <= span[0] and span[1] <= end for begin, end in self.spans(cue))

    def _negated(self, start: int, end: int) -> bool:
        for cue, reach in (("negation_near", NEAR), ("negation_far", FAR)):
            for span in self.spans(cue):
                near = 0 <= start - span[1] <= reach
                if near and not self._inside(span, "negation_false") and not self._parted(span[1], start):
                    return True
        return any(
            0 <= begin - end <= AFTER and not self._parted(end, begin)
            for begin, _ in self.spans("negation_after")
        )

    def _past(self, start: int, end: int) -> bool:
        history = [span for span in self.spans("history") if not self._inside(span, "history_false")]
        if not history:
            return False
        left = max((at for at in self.bounds() if at <= start), default=0)
        right = min((at for at in self.bounds() if at >= end), default=len(self.sentence.words))
        if any(left <= begin < right for begin, _ in self.spans("current")):
            return False
        if any(left <= begin < right for begin, _ in history):
            return True
        led = any(begin == 0 for begin, _ in history)
        return led and any(left <= begin < right for begin, _ in self.spans("past_verb"))

    def _supposed(self, start: int) -> bool:
        """Say whether a supposition before the sign governs it; one that opens it reaches further."""
        for begin, end in self.spans("supposition"):
            if end <= start and not self._inside((begin, end), "supposition_false"):
                parted = sum(end < at <= start for at in self.bounds())
                if not parted or (begin == 0 and parted == 1 and not self._now_between(end, start)):
                    return True
        return False

    def told_of(self, start: int, *cues: str) -> bool:
        """Say whether one of the cues ("story", "at_large") governs the sign, with no "I" in between."""
        own = [begin for begin, _ in self.spans("self")]
        return any(
            (end <= start or begin < start) and not any(end <= at < start for at in own)
            for cue in cues
            for begin, end in self.spans(cue)
        )

    def _now_between(self, left: int, right: int) -> bool:
        return any(left <= begin <= right for begin, _ in self.spans("current"))

    def _someone_has_it(self, start: int, end: int) -> bool:
        words = self.sentence.words
        if any(
            word in _POSSESSIVE for word in words[max(0, start - 3) : start + 1]
        ) and not self._asked_of_it(start):
            return True
        if any(self._reaches(after, start) for _, after in self.spans("has_it")):
            return True
        if any(0 <= begin - end <= 6 for begin, _ in self.spans("going_on")):
            asked = self.sentence.question or self.spans("asking")
            if not asked or self.spans("self") or self.spans("others"):
                return not self._asked_of_it(start) or bool(self.spans("self_now"))
        named = any(begin < start for begin, _ in self.spans("people"))
        return not (named or self.sentence.question or self.spans("asking"))

    def _reaches(self, after: int, start: int) -> bool:
        """Say whether "I have", ending at ``after``, still speaks of the sign, alone or in a list."""
        if not (0 <= start - after <= LIST_REACH or after - 2 <= start < after):
            return False
        if any(after < begin <= start for begin, _ in self.spans("scope_end")):
            return False
        return not any(after - 1 <= begin and end <= start for begin, end in self.spans("asking_strong"))

    def _asked_of_it(self, start: int) -> bool:
        """Say whether a general question about risk, prevention or meaning governs the sign."""
        return any(
            0 <= start - end <= 6 and not self._parted(end, start) for _, end in self.spans("asking_strong")
        )
