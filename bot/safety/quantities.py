"""Numbers in words and figures, and temperatures compared with the thresholds of a country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_TO_NINETEEN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_UNITS = {word: number for number, word in enumerate(_TO_NINETEEN.split())}
_TENS = {
    word: 10 * number
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
} | {"fourty": 40}
_SMALL = _UNITS | {"oh": 0}

TEMPERATURE_WORDS = frozenset(
    "temp temps temperature temperatures thermometer thermometre fever feverish fevers degrees "
    "celsius centigrade fahrenheit farenheit".split()
)
_ELSEWHERE = frozenset(
    "outside outdoors weather fridge refrigerator store stored storage storing oven heatwave "
    "sea pool garage".split()
)
_LAB_WORDS = frozenset(
    "marker markers ca cea hba1c glucose sugar sugars cholesterol hemoglobin platelets neutrophils "
    "counts count creatinine bmi weight weigh ki67 ki pulse pressure heart oxygen sats dose score "
    "percent pain calcium alt ast bilirubin age aged old born bpm".split()
)
_OTHER_UNITS = frozenset(
    "mg mcg ml g kg kgs lb lbs pounds pound stone percent years year yrs yr weeks week days day hours "
    "hour hrs months month minutes mins times time x pills tablets cm mm mmol bpm miles km dollars "
    "people women patients cycles nodes tumors lesions am pm".split()
)
_NOT_BEFORE = frozenset("i am age aged turned day grade stage cycle bed".split())
"""Words after which a bare whole number is an age or a count."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a temperature means a call, in degrees Celsius."""

    fever_c: float
    low_c: float


def read_numbers(words: Sequence[str], breaks: set[int]) -> tuple[list[str], set[int]]:
    """Write numbers in words as figures: "thirty eight point five" becomes "38.5".

    ``breaks`` holds positions in ``words``; both come back for the shorter list.
    """
    out: list[str] = []
    moved: set[int] = set()
    at = 0
    while at < len(words):
        if at in breaks:
            moved.add(len(out))
        number, used = _spoken(words, at)
        out.append(number)
        at += used
    if len(words) in breaks:
        moved.add(len(out))
    return out, moved


def _spoken(words: Sequence[str], at: int) -> tuple[str, int]:
    """Return the figure that starts at a word and how many words it took."""
    whole, used = _whole(words, at)
    if whole is None:
        return words[at], 1
    rest = words[at + used : at + used + 3]
    if len(rest) >= 2 and rest[0] in {"point", "dot"} and _digit(rest[1]) is not None:
        return f"{whole}.{_digit(rest[1])}", used + 2
    if rest and whole >= 30 and used >= 1 and rest[0] in _UNITS and _UNITS[rest[0]] < 10 and whole < 110:
        return f"{whole}.{_UNITS[rest[0]]}", used + 1
    if len(rest) >= 3 and list(rest) == ["and", "a", "half"]:
        return f"{whole}.5", used + 3
    return str(whole), used


def _digit(word: str) -> int | None:
    if word.isdigit() and len(word) == 1:
        return int(word)
    return _SMALL.get(word)


def _whole(words: Sequence[str], at: int) -> tuple[int | None, int]:
    """Return the whole number that starts at a word, in words or figures, and how many words it took."""
    word = words[at]
    following = words[at + 1 : at + 4]
    if word.isdecimal() and following[:1] == ["point"] and len(word) <= 3:
        return int(word), 1
    if word in {"a", "one", "1"} and following[:1] == ["hundred"]:
        return _hundred_and(following[1:3])
    if word == "one" and len(following) >= 2 and following[0] in {"oh", "zero"} and following[1] in _UNITS:
        return 100 + _UNITS[following[1]], 3
    if word in _TENS:
        digit = _UNITS.get(following[0], 0) if following else 0
        return (_TENS[word] + digit, 2) if 0 < digit < 10 else (_TENS[word], 1)
    return _UNITS.get(word), 1


def _hundred_and(tail: Sequence[str]) -> tuple[int, int]:
    """Return the number after "a hundred" and how many words both took: "and one", "four", nothing."""
    if len(tail) == 2 and tail[0] == "and" and tail[1] in _UNITS:
        return 100 + _UNITS[tail[1]], 4
    if tail and tail[0] in _UNITS:
        return 100 + _UNITS[tail[0]], 3
    return 100, 2


def mark_temperatures(words: Sequence[str], limits: Thresholds, about_temperature: bool) -> tuple[str, ...]:
    """Replace readings of a thermometer by ``temp_high``, ``temp_low`` or ``temp_ok``; units fall away.

    A bare number counts as a temperature where the sentence, or what was said before
    (``about_temperature``), speaks of one, or where it has a decimal that fits no other unit.
    """
    spoken_of = about_temperature or not TEMPERATURE_WORDS.isdisjoint(words)
    elsewhere = not _ELSEWHERE.isdisjoint(words) and "fever" not in words
    lab = not _LAB_WORDS.isdisjoint(words) and TEMPERATURE_WORDS.isdisjoint(words)
    out: list[str] = []
    for at, word in enumerate(words):
        celsius = None if elsewhere else _celsius(words, at, spoken_of, lab)
        if celsius is None:
            out.append(word)
        elif celsius >= limits.fever_c - 0.049:
            out.append("temp_high")
        elif celsius < limits.low_c - 0.049:
            out.append("temp_low")
        else:
            out.append("temp_ok")
    return tuple(out)


def _celsius(words: Sequence[str], at: int, spoken_of: bool, lab: bool) -> float | None:
    """Return the temperature that a word gives, in Celsius, or None if it is not one."""
    word = words[at]
    if (
        not word[:1].isdigit()
        or word.count(".") > 1
        or not word.replace(".", "").isdecimal()
        or len(word) > 6
    ):
        return None
    value = float(word)
    after = words[at + 1] if at + 1 < len(words) else ""
    unit = _unit(after, words[at + 2] if at + 2 < len(words) else "")
    if not unit and (after in _OTHER_UNITS or lab):
        return None
    if not unit and "." not in word and at and words[at - 1] in _NOT_BEFORE:
        return None
    if not unit and not spoken_of and "." not in word:
        return None
    return _in_body_range(value, unit)


def _unit(after: str, second: str) -> str:
    """Return "c", "f" or "?" (degrees of some kind), or "" if no unit follows."""
    if after in {"degrees", "degree", "deg"}:
        after = second or "?"
        if after not in {"c", "celsius", "centigrade", "f", "fahrenheit", "farenheit"}:
            return "?"
    if after in {"c", "celsius", "centigrade"}:
        return "c"
    return "f" if after in {"f", "fahrenheit", "farenheit"} else ""


def _in_body_range(value: float, unit: str) -> float | None:
    """Return Celsius if the value can be a body temperature in that unit."""
    if unit != "f" and 33.0 <= value <= 43.0:
        return value
    if unit != "c" and 92.0 <= value <= 110.0:
        return (value - 32.0) * 5.0 / 9.0
    return None
