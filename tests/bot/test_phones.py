"""The emergency number before the rules are loaded."""

from __future__ import annotations

import pytest

from bot.country import Country
from bot.phones import emergency_line
from bot.safety import load_rules
from bot.safety.countries import lines


@pytest.mark.parametrize("country", [None, *Country])
def test_it_is_the_number_that_the_rules_name(country: Country | None) -> None:
    assert emergency_line(country) == lines(load_rules().countries, country)["emergency"]


def test_it_is_the_number_of_the_country() -> None:
    assert [emergency_line(country) for country in Country] == ["911", "999", "112"]
