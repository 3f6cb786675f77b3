"""Figures and dates in a text, in a form that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: n for n, word in enumerate(f"{_ONES} seventeen eighteen nineteen".split(), start=1)}
_WORDS |= {word: 10 * n for n, word in enumerate(_TENS.split(), start=2)} | {"hundred": 100}
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TIMES = "second|minute|hour|day|night|week|month|year"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:19|20)\d\d"

_NAME = re.compile(
    rf"""
    \b24-hour\s(?:\w+\s)?(?:line|number|helpline|service)s?\b | \b24\s?hours\sa\sday\b | \b24/7\b
    | \bCA[ -]?\d+(?:[.-]\d+)*                                             # CA 15-3
    | \b(?i:stage|grade|phase|type|receptor|factor|score|step|part)s?\s(?:of\s)?\d[A-C]?\b(?!\.\d|%)
      (?:(?:,\s|\sor\s|\sand\s|\sto\s|[-–/])\d[A-C]?\b(?!\.\d|%))*
    | \b[0-3]\+                                                            # a HER2 score
    | \b[A-Z]{{4,}}(?:-[A-Za-z]+)?\s(?!{_YEAR}\b)\d{{1,3}}\b(?![.,]?\d|%)  # MONARCH 2
    | \b(?!\d+(?:am|pm|st|nd|rd|th|mg|ml|C|F|h)\b)
      (?:[A-Za-z]+\d|\d+[A-Za-z])\w*(?:[/-][A-Z]?\d+[a-z]?\b)*             # CDK4/6, BRCA1/2, 22C3
    | \b[A-Za-z]+-(?!{_YEAR}\b)[A-Z]*\d\w*                                 # PD-L1, PALOMA-2
    | \b\d-[A-Z]{{2,}}\b                                                   # 5-FU
    """,
    re.VERBOSE,
)
"""Names with digits in them (genes, markers, tests, trials, stages), and a line answered at any hour."""

_DATE = re.compile(
    rf"""
    \b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s)?(?P<month>{_MONTH})\s(?:(?P<us_day>\d{{1,2}}),\s)?
      (?P<year>{_YEAR})\b
    | \b(?P<lone_day>\d{{1,2}})\s(?P<lone_month>{_MONTH})
    | \b(?P<slash_month>\d{{1,2}})/(?P<slash_year>{_YEAR})\b
    | \b(?P<iso_year>{_YEAR})-(?P<iso_month>0[1-9]|1[0-2])-(?P<iso_day>\d\d)\b
    | \b(?P<from_year>{_YEAR})[-–](?P<to_year>\d\d)\b
    | \b(?P<bare_year>{_YEAR})\b(?!,\d|\.\d|\s?%)
    """,
    re.VERBOSE,
)
_PHONE = re.compile(r"(?<![\w.,$£€-])(?:\d{1,4}(?:-\d{2,4}){2,4}|\d{3,5}(?: \d{2,4}){1,4})\b(?![%\w]|[.,]\d)")
_RATIO = re.compile(
    rf"\b(?P<part>{_DIGITS}|{_WORD})\s(?:(?:in|out\sof|of\severy|in\severy)\s(?P<whole>{_DIGITS}|(?:a\s)?(?:{_WORD}))|"
    rf"of\s(?P<round>10|100|1,?000))\b(?!%|[.,]\d|\s(?:%|per\scent|percent)|[\s-](?:{_TIMES})s?\b)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:(?P<many>two|three)[\s-])?(?P<share>half|thirds?|quarters?)\s(?:of|the)\b"
    r"|\b(?:about|around|more than|less than|fewer than|nearly|almost|over|under)\s(?:a\s)?"
    r"(?P<rough>half|third|quarter)\b(?!\s(?:an?|hour)\b|-)",
    re.IGNORECASE,
)
_SHARES = {"half": Decimal(50), "third": Decimal(100) / 3, "quarter": Decimal(25)}
_SCHEDULE = re.compile(
    r"\b(?P<times>once|twice|(?:two|three|four|2|3|4)\stimes)\s(?:(?:a|per|each|every)\s"
    r"(?P<period>day|week|month|year)|(?P<adverb>daily|weekly|monthly|yearly))\b",
    re.IGNORECASE,
)
_PERIODS = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
_NUMBER = re.compile(
    rf"(?P<money>[$£€])?(?<![\w.])(?P<number>{_DIGITS}|{_WORD})(?:st|nd|rd|th)?"
    r"(?P<scale>\s(?:thousand|million|billion))?"
    rf"(?P<unit>\s?%|\s(?:per\scent|percent)\b|\s?(?:°|º)?\s?[FC]\b|\s?[ap]m\b|"
    rf"[\s-](?:(?:more|full|further|whole)\s)?(?:{_TIMES})s?(?:'|’)?\b)?(?![A-Za-z]|-[A-Z])",
    re.IGNORECASE,
)
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_JOINT = re.compile(r"\s?(?:-|–|,|to|or|and|versus|vs|, or|, and)\s?(?:about\s|at least\s)?", re.IGNORECASE)
_UNIT_BEFORE = re.compile(r"\b(days?|weeks?|months?|years?)\s$", re.IGNORECASE)
_BEFORE_COUNT = re.compile(
    r"\b(?:at least|at most|more than|fewer than|less than|up to|about|around|nearly|almost|over|within|"
    r"under|above|below)\s$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(r"\bat least\s$", re.IGNORECASE)
_AFTER_COUNT = re.compile(
    rf"\s(?:or (?:more|fewer|less|higher|lower)|times|(?:to|or) (?:{_WORD}) times)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date, as far as it is given."""

    year: int | None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and what it counts.

    ``unit`` is "%", "F", "C", a currency sign, "am", "pm", "day", "week" and so on, "a day" for a
    schedule, "phone" for a number of several groups, or "" for a plain count.
    """

    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A date or an amount, with the words in which a text gives it and where they stand."""

    written: str
    start: int
    meaning: Day | Amount


def figures_in(text: str, *, every_number_word: bool = False) -> list[Figure]:
    """Return the figures and dates of ``text`` in the order in which they stand.

    Names that contain digits are none. A number in words is one where it counts or measures ("four
    or more", "three weeks", "at least two"), not where it only points ("the two drugs"), unless
    ``every_number_word`` says otherwise.
    """
    found: list[Figure] = []
    rest = _NAME.sub(lambda name: "\x00" * len(name.group()), text)
    for pattern, read in _READERS:
        for match in pattern.finditer(rest):
            found += [Figure(match.group().strip(), match.start(), meaning) for meaning in read(match)]
        rest = pattern.sub(lambda seen: "\x00" * len(seen.group()), rest)
    found += _numbers(rest, every_number_word)
    return sorted(found, key=lambda figure: figure.start)


def agree(one: Day | Amount, other: Day | Amount) -> bool:
    """Whether the claim ``one`` is borne out by ``other``: the same amount, or a date that is as exact."""
    if isinstance(one, Amount) or isinstance(other, Amount):
        return one == other
    parts = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(claimed is None or claimed == known for claimed, known in parts)


def _read_date(match: re.Match[str]) -> Iterator[Day]:
    parts = {name: value for name, value in match.groupdict().items() if value}
    if "from_year" in parts:
        century = parts["from_year"][:2]
        yield Day(int(parts["from_year"]))
        yield Day(int(century + parts["to_year"]))
        return
    named = {name.rpartition("_")[2]: value for name, value in parts.items()}
    month = named.get("month", "")
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1 if month else None
    year, day = (int(named[part]) if part in named else None for part in ("year", "day"))
    yield Day(year, number, day)


def _read_phone(match: re.Match[str]) -> Iterator[Amount]:
    yield Amount(Decimal(re.sub(r"[ -]", "", match.group())), "phone")


def _read_ratio(match: re.Match[str]) -> Iterator[Amount]:
    whole = _value((match["whole"] or match["round"]).lower().removeprefix("a "))
    part = _value(match["part"].lower())
    if whole:
        yield Amount((100 * part / whole).normalize(), "%")


def _read_share(match: re.Match[str]) -> Iterator[Amount]:
    many = _WORDS[match["many"].lower()] if match["many"] else 1
    yield Amount(many * _SHARES[(match["share"] or match["rough"]).lower().rstrip("s")], "%")


def _read_schedule(match: re.Match[str]) -> Iterator[Amount]:
    times = match["times"].lower().removesuffix(" times")
    number = {"once": 1, "twice": 2}.get(times) or int(_value(times))
    period = match["period"] or _PERIODS[match["adverb"].lower()]
    yield Amount(Decimal(number), f"a {period.lower()}")


_READERS = (
    (_DATE, _read_date),
    (_PHONE, _read_phone),
    (_RATIO, _read_ratio),
    (_SHARE, _read_share),
    (_SCHEDULE, _read_schedule),
)


def _numbers(text: str, every_number_word: bool) -> list[Figure]:
    matches = list(_NUMBER.finditer(text))
    units = _units(text, matches)
    return [
        Figure(match.group().strip(), match.start(), Amount(_scaled(match), unit))
        for match, unit in zip(matches, units, strict=True)
        if _counts(text, match, unit, every_number_word)
    ]


def _units(text: str, matches: list[re.Match[str]]) -> list[str]:
    """Return the unit of each number: its own, or in "4 to 6 weeks" and "days 1, 15" its neighbour's."""
    units = [_unit(match) for match in matches]
    for n in reversed(range(len(matches) - 1)):
        if not units[n] and _JOINT.fullmatch(text, matches[n].end(), matches[n + 1].start()):
            units[n] = units[n + 1]
    led = ""
    for n, match in enumerate(matches):
        if before := _UNIT_BEFORE.search(text, 0, match.start()):
            led = before[1].lower().rstrip("s")
        elif not (n and _JOINT.fullmatch(text, matches[n - 1].end(), match.start())):
            led = ""
        units[n] = units[n] or led
    return units


def _unit(match: re.Match[str]) -> str:
    if match["money"]:
        return match["money"]
    unit = re.sub(r"[\s°º'’-]", "", match["unit"] or "")
    if unit.lower() in {"%", "percent"}:
        return "%"
    if len(unit) <= 2:
        return unit
    return re.sub(r"^(?:more|full|further|whole)", "", unit.lower()).rstrip("s")


def _counts(text: str, match: re.Match[str], unit: str, every_number_word: bool) -> bool:
    """Whether the number is a figure: in digits, or in words that count or measure."""
    number = match["number"].lower()
    if number not in _WORDS:
        return number != "0" or bool(unit)
    if every_number_word:
        return True
    after = bool(_AFTER_COUNT.match(text, match.end()))
    if number == "one":
        return after or bool(_AT_LEAST.search(text, 0, match.start())) or unit not in {"", "day"}
    return after or bool(unit) or bool(_BEFORE_COUNT.search(text, 0, match.start()))


def _scaled(match: re.Match[str]) -> Decimal:
    return _value(match["number"].lower()) * _SCALES.get((match["scale"] or "").strip().lower(), 1)


def _value(number: str) -> Decimal:
    return Decimal(_WORDS[number]) if number in _WORDS else Decimal(number.replace(",", "")).normalize()
