"""What sort of answer a question wants: a definition, a list, both sides of a comparison, and so on."""

from __future__ import annotations

import re
from enum import StrEnum

_ANY = re.IGNORECASE


class Intent(StrEnum):
    """The sorts of answers that are quoted in different ways."""

    COMPARISON = "comparison"
    QUESTIONS_TO_ASK = "questions_to_ask"
    SUMMARY = "summary"
    WHO_HELPS = "who_helps"
    WHEN_TO_CALL = "when_to_call"
    SIDE_EFFECTS = "side_effects"
    LIST = "list"
    WHY = "why"
    HOW = "how"
    DEFINITION = "definition"
    YES_NO = "yes_no"
    OPEN = "open"


_ASKED: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        Intent.COMPARISON,
        re.compile(
            r"\b(?:differ(?:s|ent|ence|ences)?|compare[ds]?|comparison|versus|vs?\.?|"
            r"the same (?:as|thing|drug)|better than|worse than|or .{1,40} better|tell .{1,30} apart)(?!\w)",
            _ANY,
        ),
    ),
    (
        Intent.QUESTIONS_TO_ASK,
        re.compile(
            r"\bquestions? (?:to|for|should|can|could|i|about)\b|\b(?:what|things) .{0,20}\bask(?:ing)?\b",
            _ANY,
        ),
    ),
    (
        Intent.SUMMARY,
        re.compile(
            r"\b(?:sum(?:mary|marise|marize)|overview|in (?:short|brief|a nutshell)|at a glance|"
            r"(?:main|key) (?:points?|facts?|things?)|tl;?dr)\b",
            _ANY,
        ),
    ),
    (
        Intent.WHO_HELPS,
        re.compile(
            r"\bwho (?:can|could|do|should|would|else|might) .{0,30}\b(?:help|talk|turn|ask|speak)\b", _ANY
        ),
    ),
    (
        Intent.WHEN_TO_CALL,
        re.compile(
            r"\bwhen (?:should|do|must|to|would) .{0,30}\b(?:call|ring|phone|contact|worry|hospital)\b|"
            r"\b(?:warning|danger|red flag|emergency|urgent) (?:signs?|symptoms?)\b|\bred flags?\b|"
            r"\bwhich (?:signs|symptoms)\b.{0,40}\b(?:call|urgent|emergency)\b",
            _ANY,
        ),
    ),
    (Intent.SIDE_EFFECTS, re.compile(r"\bside[ -]?effects?\b|\bside affects?\b|\badverse\b", _ANY)),
    (Intent.WHY, re.compile(r"\b(?:why|how come|what for|reasons?)\b", _ANY)),
    (
        Intent.LIST,
        re.compile(
            r"\b(?:which|list|name|what are|what (?:\w+ ){0,2}(?:kinds?|types?|sorts?|drugs?|options|"
            r"tests?|signs|symptoms|medicines|treatments|checks|foods)|examples?|what (?:should|can)|"
            r"how do i know|symptoms|signs)\b",
            _ANY,
        ),
    ),
    (
        Intent.DEFINITION,
        re.compile(r"\b(?:what(?:['’]?s| is| does)|define|definition|meaning of|stands? for)\b", _ANY),
    ),
    (Intent.HOW, re.compile(r"\bhow\b", _ANY)),
    (
        Intent.YES_NO,
        re.compile(
            r"^\W*(?:(?:and|so|but|well|ok(?:ay)?|please|also)\W+)*(?:is|are|was|were|do|does|did|can|could|will|"
            r"would|should|has|have|must|may|might|am|isn['’]?t|aren['’]?t|don['’]?t|doesn['’]?t|can['’]?t)\b",
            _ANY,
        ),
    ),
)
_HEADED: dict[Intent, re.Pattern[str]] = {
    Intent.COMPARISON: re.compile(r"\bdiffer|\bthe same\b|\bbetter\b|\bcompare", _ANY),
    Intent.QUESTIONS_TO_ASK: re.compile(r"\bquestions?\b.*\b(?:ask|bring|team)\b", _ANY),
    Intent.SUMMARY: re.compile(r"^(?:at a glance|summary|in short|overview|key (?:points|facts))\b", _ANY),
    Intent.WHO_HELPS: re.compile(r"^who\b|\bhelps?\b|\bsupport\b", _ANY),
    Intent.WHEN_TO_CALL: re.compile(r"\bcalls?\b|\burgent\b|\bemergency\b", _ANY),
    Intent.SIDE_EFFECTS: re.compile(r"\bside effects?\b", _ANY),
    Intent.LIST: re.compile(r"^(?:which|what are|what (?:\w+ ){1,2}are|who are|what (?:can|should))\b", _ANY),
    Intent.WHY: re.compile(r"\bwhy\b|\breasons?\b", _ANY),
    Intent.HOW: re.compile(r"^how\b", _ANY),
    Intent.DEFINITION: re.compile(r"^what (?:is|are)\b|^what do(?:es)? .*\bmean\b", _ANY),
    Intent.YES_NO: re.compile(r"^(?:is|are|do|does|can|could|will|would|should|has|have|must)\b", _ANY),
}
_MEDICINES = r"(?:drugs?|pills?|tablets?|medicines?|medications?|meds|therap(?:y|ies)|treatments?|options)"
_NAMES = re.compile(
    r"\b(?:which|what|whats|list|names?|give me|tell me|how many|any|are there)\b.{0,40}?"
    rf"\b(?:{_MEDICINES}|names?|inhibitors?|conjugates?|adcs?|family|ones)\b|"
    rf"\bdrugs? for\b|^\W*{_MEDICINES} (?:for|with|in)\b",
    _ANY,
)
_LISTED = frozenset(
    {Intent.LIST, Intent.WHY, Intent.SIDE_EFFECTS, Intent.WHEN_TO_CALL, Intent.WHO_HELPS}
    | {Intent.QUESTIONS_TO_ASK, Intent.SUMMARY}
)
_PARTICULAR = frozenset(
    {Intent.QUESTIONS_TO_ASK, Intent.SUMMARY, Intent.WHO_HELPS, Intent.WHEN_TO_CALL, Intent.SIDE_EFFECTS}
)
_WORD = r"[\w][\w/+.'’-]*"
_NO_SIDE = frozenset(
    "is are do does did how what whats which why the a an better worse differ different difference".split()
)
_SIDE = rf"(?:the |an? )?({_WORD}(?: (?!and\b|or\b|is\b|are\b|in\b|for\b|the\b)[\w/+'’-]+){{0,3}})"
_SIDES = (
    re.compile(rf"\bbetween {_SIDE} and {_SIDE}", _ANY),
    re.compile(rf"\bcompar\w+ {_SIDE} (?:with|and|to) {_SIDE}", _ANY),
    re.compile(
        rf"\b(?:is|are|do|does|how) {_SIDE} (?:differ\w*|the same|better|worse) (?:as|from|than|to) {_SIDE}",
        _ANY,
    ),
    re.compile(rf"\bdo(?:es)? {_SIDE} (?:and|differ from) {_SIDE}", _ANY),
    re.compile(rf"({_WORD}(?: {_WORD})?) (?:vs?\.?|versus|or) {_SIDE}", _ANY),
    re.compile(rf"({_WORD}) and ({_WORD})", _ANY),
)
_MORE = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|and|yes|please|can you|could you)\W+)*(?:tell me more"
    r"|(?:some )?more(?: please| on this)?|go on|continue|say more|carry on|what else|anything else"
    r"|read on)\b[\w\s]{0,25}\W*$",
    _ANY,
)


def intent_of(question: str) -> Intent:
    """Return the sort of answer that ``question`` wants; of several, the most particular."""
    return next((intent for intent, pattern in _ASKED if pattern.search(question)), Intent.OPEN)


def wants_list(intent: Intent) -> bool:
    """Whether all of several things are wanted."""
    return intent in _LISTED


def heads(intent: Intent, heading: str) -> bool:
    """Whether a section with this heading gives the sort of answer that is wanted."""
    pattern = _HEADED.get(intent)
    return bool(pattern and pattern.search(heading))


def is_particular(intent: Intent) -> bool:
    """Whether articles have sections of their own for this sort of answer."""
    return intent in _PARTICULAR


def is_unasked(special: Intent, intent: Intent, heading: str) -> bool:
    """Whether a section is of the ``special`` sort, while ``intent`` is what is wanted."""
    return intent is not special and heads(special, heading)


def sides_of(question: str) -> tuple[str, str] | None:
    """Return the two things that a question compares, as typed, or None."""
    for pattern in _SIDES:
        if match := pattern.search(question):
            return _bare(match.group(1)), _bare(match.group(2))
    return None


def _bare(side: str) -> str:
    """Return a side without the words of the comparison itself."""
    return " ".join(word for word in side.split() if word.lower() not in _NO_SIDE)


def asks_for_more(text: str) -> bool:
    """Whether a message only asks to go on with what was answered last."""
    return bool(_MORE.match(text))


def asks_for_names(question: str) -> bool:
    """Whether the names of drugs are a part of what is asked for."""
    return bool(_NAMES.search(question))
