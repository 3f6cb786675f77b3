"""The safety layer: rules that decide what is said first, before anything else happens."""

from bot.safety.backstop import load_backstop
from bot.safety.layer import assess, takes_back
from bot.safety.rules import Assessment, Category, Country, Finding, Ruleset, load_rules
from bot.safety.turns import Resemblance

__all__ = [
    "Assessment",
    "Category",
    "Country",
    "Finding",
    "Resemblance",
    "Ruleset",
    "assess",
    "load_backstop",
    "load_rules",
    "takes_back",
]
