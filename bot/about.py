"""What a reader is told about the articles, outside the replies."""

from __future__ import annotations

from dataclasses import dataclass

from bot.home import Home
from bot.phones import emergency_line
from bot.render import day_words
from corpus.settings import CorpusSettings, PhoneLine, Readers

_SYMPTOMS = (
    "This chat does not check symptoms: if it shows no warning, that does not mean that you are safe. "
)
_PRIVATE = "Nothing you type leaves this machine, and nothing is saved."
_SAVED = "Nothing you type leaves this machine."
_FROM_AFAR = "What you type goes to the computer that runs this chat and no further, and nothing is saved."


@dataclass(frozen=True, slots=True)
class About:
    """The words around the talk."""

    notice: str
    """Before the first question."""
    subtitle: str = ""
    """Beside the program's name."""
    team: str = "the people who advise you"
    """Who can answer what the articles cannot."""
    support: str = ""
    """Whom one can call to talk, one a line under a heading; empty if the corpus names nobody."""


def about_articles(
    settings: CorpusSettings,
    *,
    emergency: str,
    country: str | None,
    saved: bool = False,
    from_afar: bool = False,
) -> About:
    """Return the words for a corpus; ``emergency`` is the number to call, ``saved`` whether the talk is.

    ``from_afar`` is for a reader at another computer, whose talk is never saved.
    Of its phone lines, those of ``country`` are named, or all where that is not known.
    """
    anyone = settings.readers is Readers.ANYONE
    lead = f"{settings.notice.strip()}\n\n{'' if anyone else _SYMPTOMS}"
    privacy = _FROM_AFAR if from_afar else _SAVED if saved else _PRIVATE
    phones = [_phone(phone) for phone in settings.phones_for(country)]
    return About(
        notice=f"{lead}In an emergency call {emergency}. {privacy}",
        subtitle=settings.name if anyone else "general information, not medical advice",
        team=settings.team,
        support="\n".join(["Someone to talk to:", *phones]) if phones else "",
    )


def about_home(home: Home, *, saved: bool = False, from_afar: bool = False) -> About:
    """Return the words for what a home holds. Raises ConfigProblem for a bad config file."""
    from bot.corpora import settings_of

    country = home.config().country
    emergency = emergency_line(country)
    return about_articles(
        settings_of(home), emergency=emergency, country=country, saved=saved, from_afar=from_afar
    )


def _phone(phone: PhoneLine) -> str:
    listed = f"as listed on {day_words(phone.checked)}, {phone.source}"
    return f"{phone.number}, {phone.name} ({phone.country}; {listed})"
