from __future__ import annotations

import pytest

from bot.safety import Category, Country, assess, load_rules
from bot.safety.quantities import Thresholds, mark_temperatures, read_numbers

LIMITS = Thresholds(fever_c=38.0, low_c=36.0)


@pytest.mark.parametrize(
    ("spoken", "figure"),
    [
        ("thirty eight five", "38.5"),
        ("thirty eight point five", "38.5"),
        ("thirty eight and a half", "38.5"),
        ("a hundred and one", "101"),
        ("one oh one", "101"),
        ("a hundred and two point four", "102.4"),
        ("six", "6"),
        ("forty", "40"),
    ],
)
def test_numbers_in_words_become_figures(spoken: str, figure: str) -> None:
    assert read_numbers(spoken.split(), set())[0] == [figure]


@pytest.mark.parametrize(
    ("message", "fires"),
    [
        ("my temp is 38.4", True),
        ("my temp is 38,2", True),
        ("I'm running 101F", True),
        ("I'm at 101 f", True),
        ("temperature is thirty-eight five", True),
        ("my temperature is a hundred and one", True),
        ("temp of 39", True),
        ("my temperature is 36.8", False),
        ("my temperature is 98.6", False),
        ("my temperature is 35.4", True),
        ("my CA 15-3 is 38.5", False),
        ("it is 38 degrees outside", False),
        ("I am 38 and on Ibrance", False),
        ("I weigh 102.5 lbs", False),
    ],
)
def test_readings_of_a_thermometer_are_understood(message: str, fires: bool) -> None:
    assert (Category.URGENT in assess([message], load_rules(), None).categories) is fires


def test_the_threshold_is_the_country_s_and_the_stricter_one_by_default() -> None:
    def urgent(country: Country | None) -> bool:
        return Category.URGENT in assess(["my temperature is 37.7"], load_rules(), country).categories

    assert urgent(Country.UK)
    assert urgent(None)
    assert not urgent(Country.US)


def test_the_threshold_itself_counts() -> None:
    words = "temp 38.0".split()
    assert mark_temperatures(words, LIMITS, about_temperature=False)[1] == "temp_high"
    assert mark_temperatures(["100.4", "f"], LIMITS, about_temperature=False)[0] == "temp_high"
    assert mark_temperatures(["100.2", "f"], LIMITS, about_temperature=False)[0] == "temp_ok"


def test_counts_of_stools_are_understood() -> None:
    assert Category.URGENT in assess(["5 loose stools today"], load_rules(), None).categories
    assert Category.URGENT in assess(["diarrhoea six times today"], load_rules(), None).categories
    assert assess(["I had one loose stool today"], load_rules(), None).categories == ()
