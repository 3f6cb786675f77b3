"""The reader's settings by words."""

from __future__ import annotations

from bot.plain.desk import Talk
from bot.plain.words import Said

ANY = "any"
_NAMES = {"us": "US", "uk": "UK", "eu": "EU", ANY: ANY}
HOW = "Type, for example: country UK. There is: US, UK, EU and any."


def country(talk: Talk, said: Said) -> str:
    """Keep the country whose phone lines are shown, and use it from now on."""
    if not said.text:
        return HOW
    chosen = _NAMES[said.text.lower()]
    talk.desk.keep_country(chosen)
    talk.engine = talk.desk.open_engine()
    whose = "those of all countries" if chosen == ANY else f"those of the {chosen}"
    about = talk.desk.about()
    return "\n\n".join(filter(None, (f"The phone numbers are now {whose}.", about.support)))
