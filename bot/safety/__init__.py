"""The safety layer: rules that decide what is said first, before anything else happens."""

from bot.safety.layer import assess
from bot.safety.rules import Assessment, Category, Country, Finding, Ruleset, load_rules

__all__ = ["Assessment", "Category", "Country", "Finding", "Ruleset", "assess", "load_rules"]
