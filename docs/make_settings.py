"""The settings and keys: ``python docs/make_settings.py`` writes docs/settings.md from the actions."""

from __future__ import annotations

from pathlib import Path

from bot.actions import ACTIONS, Place, key_words

FILE = Path(__file__).with_name("settings.md")
OPENING = """\
# Settings and keys

`config.toml` lies in the folder that `mbc-chat doctor` names (your user data folder, or what `--home` or
`MBC_CHAT_HOME` says). Every line of it may be left out. An unknown name or value is refused with the nearest
one that is known, and nothing is guessed. The chat itself writes `country` and `theme` there, one line at a
time, and leaves your comments alone.

```toml
country = "UK"          # US, UK, EU, or any: whose phone numbers and fever limits the chat goes by
theme = "dark"          # dark, light or high-contrast
private = false         # true: no conversation is saved, as with --private
keep_uncovered = false  # true: questions that the articles do not cover go on a list on this computer

[keys]                  # another key for an action, by its name in the tables below
glossary = "f10"
```

A key is a function key, a letter or digit with Ctrl or Alt, or a named key such as `pageup`; where nothing
is typed, a letter by itself will do too. A key that typing needs, and one that another action has in the
same place, is refused. Alt may be Option on your keyboard, and may have to be switched on in the terminal.
"""
TITLES = {
    Place.EVERYWHERE: "Everywhere",
    Place.CHAT: "In the chat",
    Place.SOURCE: "In the source beside the talk",
    Place.ARTICLE: "In an article",
    Place.GLOSSARY: "In the glossary",
    Place.TALKS: "In the list of conversations",
    Place.KEPT: "In what is kept",
}


def page() -> str:
    """Return the whole page."""
    return OPENING + "".join(table(place) for place in Place)


def table(place: Place) -> str:
    """Return the actions of one place with their names and usual keys."""
    rows = "".join(
        f"| `{action.id}` | {usual_keys(action.key)} | {action.help} |\n"
        for action in ACTIONS
        if action.place is place
    )
    return f"\n## {TITLES[place]}\n\n| name | usual key | what it does |\n|---|---|---|\n{rows}"


def usual_keys(keys: str) -> str:
    """Return the usual keys of an action as people write them."""
    return " or ".join(key_words(key) for key in keys.split(","))


if __name__ == "__main__":
    FILE.write_text(page(), "utf-8")
