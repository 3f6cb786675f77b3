"""Checks of the safety layer: its rules, and the phone numbers that it shows."""

from __future__ import annotations

from datetime import timedelta

from bot.doctor.finding import Finding, note, ok, problem
from bot.doctor.surroundings import Surroundings
from bot.safety import Ruleset, load_rules
from corpus.text import some_of

NUMBERS_HOLD = timedelta(days=365)
"""How long a phone number counts as checked."""


def check_rules(_: Surroundings) -> Finding:
    """Load the safety rules, and try each on its own examples."""
    from bot.safety.compile import HERE, failing_examples, notice_faults

    try:
        rules: Ruleset = load_rules()
    except (OSError, ValueError, KeyError, TypeError) as error:
        return problem(
            f"The safety rules cannot be loaded ({type(error).__name__}): no question is answered safely.",
            "Install mbc-chat anew: `pip install --force-reinstall mbc-chat`.",
        )
    faults = [*failing_examples(HERE, rules), *notice_faults(rules)]
    if faults:
        return problem(
            f"{len(faults)} of the safety layer's own checks fail: {some_of(faults, most=1)}.",
            "Run `python -m bot.safety.compile`, which names each; or install mbc-chat anew.",
        )
    return ok(f"The {len(rules.rules)} safety rules load, and each does what its examples say.")


def check_phones(at: Surroundings) -> Finding:
    """Look whether the phone numbers of the safety layer were checked within a year."""
    from bot.safety.compile import HERE, read_model
    from bot.safety.schema import Countries

    numbers = read_model(HERE / "countries.yaml", Countries).numbers
    old = [
        f"{number.show} ({number.checked})"
        for number in numbers.values()
        if at.today - number.checked > NUMBERS_HOLD
    ]
    if not old:
        return ok(f"The {len(numbers)} phone numbers of the safety layer were checked within a year.")
    return note(
        f"Last checked more than a year ago: {some_of(old)}.",
        "Update mbc-chat; or look each up at its source and put the day into bot/safety/countries.yaml.",
    )
