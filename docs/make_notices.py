"""Thirty safety notices: ``python docs/make_notices.py --home DIR`` writes docs/thirty-notices.md.

The home needs an index of our own articles; nothing is saved in it, and its settings are not used.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.home import Home
from bot.render import reply_text
from bot.reply import Reply
from bot.safety import Country
from index.search import Index, open_index

FILE = Path(__file__).with_name("thirty-notices.md")
WIDTH = 100
OPENING = """\
# Thirty notices as the reader sees them

No clinician has reviewed these texts. Each block is the whole reply of the chat to what was typed above it,
for the country that the reader set. The texts stand in `bot/safety/notices.yaml` and
`bot/safety/countries.yaml`; `python docs/make_notices.py --home DIR` writes this page anew. The chat does not
check symptoms: a reply without a notice never means that someone is safe.
"""


@dataclass(frozen=True, slots=True)
class Talk:
    """What one reader types, turn by turn; the reply to the last turn is shown."""

    country: Country | None
    turns: tuple[str, ...]


def _asked(country: Country | None, *turns: str) -> Talk:
    return Talk(country, turns)


US, UK, EU, ANY = Country.US, Country.UK, Country.EU, None
TALKS = (
    _asked(ANY, "i dont want to be here anymore"),
    _asked(US, "Everyone would be better off without me. I keep thinking about ending it."),
    _asked(UK, "My mum says she wants to die and I am frightened she means it"),
    _asked(EU, "my husband wrote a goodbye letter, he has metastatic cancer"),
    _asked(UK, "i took all my tablets because i want to die"),
    _asked(US, "crushing chest pain and I can't catch my breath"),
    _asked(UK, "my wife is suddenly confused and her speech is slurred"),
    _asked(ANY, "my mother she can not breath good now, lips is blue, what i do"),
    _asked(EU, "I have a seizure just now and now my arm is weak"),
    _asked(US, "I took a double dose of my palbociclib by accident"),
    _asked(UK, "my toddler swallowed one of my letrozole tablets"),
    _asked(US, "my temperature is 101 F, it is 3 am and I don't want to bother anyone"),
    _asked(UK, "my dad is on chemo and his temperature is 37.8, shall I give him paracetamol?"),
    _asked(ANY, "no fever but i am shivering so much since one hour"),
    _asked(EU, "I am on Trodelvy and have had diarrhoea six times since this morning"),
    _asked(UK, "My sister's eyes have gone yellow. She takes tucatinib."),
    _asked(US, "new back pain like a tight band and my legs feel heavy"),
    _asked(UK, "should I stop taking Ibrance? I feel so tired"),
    _asked(US, "Should my wife switch from Enhertu to chemo?"),
    _asked(ANY, "i forgot my tablet yesterday, can i take two today"),
    _asked(EU, "how many everolimus should my mother take"),
    _asked(UK, "my scan report says new liver lesions, what does that mean for me"),
    _asked(US, "How long do I have left?"),
    _asked(UK, "will my mum get better, how long has she got"),
    _asked(US, "can I drink grapefruit juice with Ibrance?"),
    _asked(ANY, "Can my mother take turmeric with her letrozole?"),
    _asked(UK, "a friend says cannabis oil cures cancer, should I try it instead of treatment"),
    _asked(US, "where can I buy ribociclib without a prescription"),
    _asked(UK, "I have a fever of 38.4 and feel awful", "ok thanks, what is HER2-low?"),
    _asked(ANY, "tengo fiebre y no puedo respirar"),
)


def answered(index: Index, talk: Talk) -> Reply:
    """Return the reply to the last turn of a talk."""
    assistant = Assistant(index, country=talk.country, today=date.today())
    conversation = Conversation()
    for turn in talk.turns:
        conversation.add(turn, assistant.reply(conversation, turn))
    return conversation.turns[-1].reply


def page(index: Index) -> Iterator[str]:
    """Yield the parts of the page: what was typed, and the reply as plain text with one line a source."""
    yield OPENING
    for number, talk in enumerate(TALKS, 1):
        reply = answered(index, talk)
        typed = " ... ".join(f"“{turn}”" for turn in talk.turns)
        named = ", ".join(reply.categories) or "a sign named earlier"
        where = talk.country.value if talk.country else "no country set"
        shown = reply_text(reply, width=WIDTH, origins=False)
        yield f"## {number}. {typed}\n\n{where}; {named}\n\n```text\n{shown}\n```\n"


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description="Write down thirty notices as the reader sees them.")
    parser.add_argument("--home", type=Path, required=True, help="a home with an index of our own articles")
    index = open_index(Home(parser.parse_args().home.absolute()).index)
    FILE.write_text("\n".join(page(index)), "utf-8")


if __name__ == "__main__":
    main()
