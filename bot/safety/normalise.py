"""From what a person typed to sentences of plain words that patterns can be matched against."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.safety.quantities import read_numbers
from bot.safety.slips import meant_by

MAX_SENTENCE = 60
"""Words; a longer run without a full stop is read in overlapping windows: time stays linear."""
OVERLAP = 20
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'", "＇": "'", "“": '"', "”": '"'}
)
_ABBREVIATION = re.compile(r"\b(dr|mr|mrs|ms|st|vs|approx|appt|temp|hrs|mins|hr|min)\.(?=\s+[a-z0-9])")
_DOTTED = re.compile(r"\b([a-z])\.([a-z])\.(?:([a-z])\.)?")
_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:[.,·]\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*'?|a&e)"
    r"|(?P<degree>[°º])|(?P<percent>%)|(?P<plus>\+)|(?P<and>&)"
    r"|(?P<end>[.!?;\n…]+)|(?P<pause>,|:|\(|\)|\s[-–]+\s|—|--|\"|/)"
)
_HER2 = re.compile(r"\bher[- ]?2(?=\b|[a-z-])")
_CAPITALS = re.compile(r"\b[A-Z]{2,5}\b")
_SHORT = 3
_REPEATED = re.compile(r"([a-z])\1{2,}")

_IS_AFTER = frozenset(
    "he she it that there what who where how here this everything everyone everybody something nothing when "
    "why".split()
)
_CONTRACTIONS: Mapping[str, tuple[str, ...]] = {
    key: tuple(value.split())
    for key, value in {
        "cna't": "can not", "acn't": "can not", "ca'nt": "can not", "cant'": "can not", "cat't": "can not",
        "ot": "to", "fo": "of", "nd": "and", "ym": "my", "ny": "my", "eb": "be", "ni": "in", "ti": "it",
        "si": "is", "fi": "if", "od": "do", "ro": "or", "og": "go", "cn": "can", "hv": "have",
        "teh": "the", "tge": "the",
        "cnat": "can not", "cnt": "can not", "dnt": "do not", "dotn": "do not", "don'": "do not",
        "wnat": "want",
        "can't": "can not", "cant": "can not", "cannot": "can not", "won't": "will not", "wont": "will not",
        "shan't": "shall not", "ain't": "is not", "aint": "is not", "dont": "do not", "doesnt": "does not",
        "didnt": "did not", "isnt": "is not", "wasnt": "was not", "havent": "have not", "hasnt": "has not",
        "hadnt": "had not", "couldnt": "could not", "wouldnt": "would not", "shouldnt": "should not",
        "arent": "are not", "werent": "were not", "im": "i am", "ive": "i have", "iam": "i am", "i'm": "i am",
        "gonna": "going to", "wanna": "want to", "gotta": "have to", "gimme": "give me", "lemme": "let me",
        "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "dunno": "do not know",
        "thats": "that is", "whats": "what is", "theres": "there is", "hes": "he is", "shes": "she is",
        "theyre": "they are", "youre": "you are", "theyve": "they have", "weve": "we have", "let's": "let us",
        "y'all": "you all", "alot": "a lot", "abit": "a bit", "cos": "because", "cuz": "because",
        "coz": "because",
        "'cause": "because", "bc": "because",
        "tho": "though", "thru": "through", "tmrw": "tomorrow",
        "tomoz": "tomorrow", "2day": "today", "2nite": "tonight", "tonite": "tonight", "rn": "right now",
        "b4": "before", "w": "with", "hubby": "husband", "cudnt": "could not", "wudnt": "would not",
        "shud": "should", "cud": "could", "wud": "would", "ya": "you", "wot": "what", "woz": "was",
        "anymore": "any more", "everytime": "every time", "infront": "in front", "incase": "in case",
        "everyday": "every day", "nite": "night", "becuase": "because", "becasue": "because",
    }.items()
}  # fmt: skip
_BEFORE_NOT = {
    base + "n": base
    for base in "do does did is are was were have has had could would should need might must".split()
}
_BEFORE_NOT_BY_LETTER = {"c": "can", "i": "is", "a": "are", "w": "will", "h": "have", "s": "should"}
"""What a mistyped "...n't" stands for."""
_ENDINGS = {"re": "are", "ve": "have", "ll": "will", "m": "am", "d": "would"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as plain words."""

    words: tuple[str, ...]
    breaks: frozenset[int]
    """Positions of words that follow a comma, bracket or dash."""
    question: bool


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """How variants and misspellings are brought to one form."""

    variants: Mapping[str, str]
    """Word to words: British and American forms, brand slips, common errors."""
    known: frozenset[str]
    """Words that are never corrected."""
    rank: Mapping[str, int]
    """Words that slips of the keyboard are corrected to; the lower number wins."""


def normalise(text: str, spelling: Spelling) -> list[Sentence]:
    """Split a message into sentences of lower-case words, numbers read, spelling brought to one form.

    Every character is looked at; a sentence longer than ``MAX_SENTENCE`` words comes in overlapping windows.
    """
    plain = _clean(text)
    capitals = _in_capitals(text)
    sentences: list[Sentence] = []
    for raw, question in _split(plain):
        words: list[str] = []
        breaks: set[int] = set()
        for word in raw:
            if word == ",":
                breaks.add(len(words))
            else:
                words.extend(_spell(word, spelling, in_capitals=word in capitals))
        words, breaks = read_numbers(words, breaks)
        sentences.extend(_windows(words, breaks, question))
    return sentences


def _clean(text: str) -> str:
    """Return lower-case text in one Unicode form, without control or invisible characters."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower().translate(_QUOTES)
    plain = _INVISIBLE.sub("", _CONTROL.sub(" ", plain.replace("\r", "\n")))
    plain = _HER2.sub("erbbtwo", _ABBREVIATION.sub(r"\1", plain))
    return _DOTTED.sub(lambda found: "".join(part or "" for part in found.groups()) + " ", plain)


def _split(plain: str) -> Iterator[tuple[list[str], bool]]:
    """Yield the raw words of each sentence, pauses as ",", and whether it ends in a question mark."""
    words: list[str] = []
    for found in _TOKEN.finditer(plain):
        kind, piece = found.lastgroup, found.group()
        if kind == "end":
            if words:
                yield words, "?" in piece
                words = []
        elif kind == "pause":
            words.append(",")
        else:
            words.extend(_expand(kind or "word", piece))
    if words:
        yield words, False


_SIGNS = {"degree": ("degrees",), "percent": ("percent",), "plus": ("plus",), "and": ("and",)}


def _expand(kind: str, piece: str) -> tuple[str, ...]:
    """Return the plain words that stand for one piece of text."""
    if kind in _SIGNS:
        return _SIGNS[kind]
    if kind == "number":
        return (_number(piece),)
    return expand_contraction(piece)


def _number(piece: str) -> str:
    """Read a number with a decimal point, comma or middle dot."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", piece):
        return piece.replace(",", "")
    return piece.replace(",", ".").replace("·", ".")


def expand_contraction(word: str) -> tuple[str, ...]:
    """Return the words that a contraction stands for: "can't" is ("can", "not")."""
    known = _CONTRACTIONS.get(word)
    if known is not None:
        return known
    if "'" not in word:
        return (word,)
    base, _, ending = word.strip("'").partition("'")
    if ending == "t" or (base in _BEFORE_NOT and len(ending) == 1):
        return (_BEFORE_NOT.get(base) or _BEFORE_NOT_BY_LETTER.get(base[:1], "do"), "not")
    if ending == "s":
        return (base, "is") if base in _IS_AFTER else (base,)
    if ending in _ENDINGS:
        return (base, _ENDINGS[ending])
    return (base + ending,) if base or ending else ()


def _in_capitals(text: str) -> frozenset[str]:
    """Return the words in capitals, in lower case; none where most letters of the message are capitals."""
    if 2 * sum(map(str.isupper, text)) > sum(map(str.isalpha, text)):
        return frozenset()
    return frozenset(word.lower() for word in _CAPITALS.findall(text))


def _spell(word: str, spelling: Spelling, *, in_capitals: bool) -> list[str]:
    """Bring one word to the form that patterns use; it may become several words.

    A word in capitals may be an abbreviation: it is no slip of a short word (GINA is not gin).
    """
    if word in spelling.known:
        return [word]
    found = spelling.variants.get(word)
    if found is None:
        squeezed = _REPEATED.sub(r"\1", word)
        found = spelling.variants.get(squeezed) or (squeezed if squeezed in spelling.known else None)
        if found is None:
            meant = meant_by(squeezed, spelling) or squeezed
            meant = squeezed if in_capitals and len(meant) <= _SHORT else meant
            found = spelling.variants.get(meant, meant)
    return (found or word).split(" ")


def _windows(words: list[str], breaks: set[int], question: bool) -> Iterator[Sentence]:
    """Yield the sentence whole, or in overlapping windows if it is very long."""
    step = MAX_SENTENCE - OVERLAP
    for start in range(0, max(1, len(words) - OVERLAP), step):
        part = tuple(words[start : start + MAX_SENTENCE])
        if part:
            inside = frozenset(at - start for at in breaks if start <= at <= start + MAX_SENTENCE)
            yield Sentence(part, inside, question)
