"""The first start: what this is, where things are kept, and whose phone numbers to show."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from bot.config import ANY_COUNTRY
from bot.country import Country
from bot.tui.text import plain
from bot.tui.widths import HEIGHTS

COUNTRIES = {
    ANY_COUNTRY: "Show the numbers of all of these",
    Country.US.value: "United States: 911, 988",
    Country.UK.value: "United Kingdom: 999, 111, Samaritans",
    Country.EU.value: "European Union: 112",
}
ASKS = "Where are you? The chat goes by the phone numbers and fever limits there."


class WelcomeScreen(ModalScreen[str | None]):
    """Hands back the country as config.toml has it; None if that was left open.

    A letter that is typed here closes it and goes to the prompt: nobody has to answer first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Later", id="welcome-close")]

    def __init__(self, notice: str, kept: str, *, first: bool) -> None:
        super().__init__()
        self.VERTICAL_BREAKPOINTS = HEIGHTS
        self._notice = notice
        self._kept = kept
        self._first = first
        self.typed = ""
        """What was typed here in haste, for the prompt."""

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        with VerticalScroll(classes="dialog", id="welcome", can_focus=False):
            if self._first:
                yield Static(plain(self._notice), markup=False, id="welcome-notice")
                yield Static(plain(self._kept, "$quiet"), markup=False, classes="aside")
            yield Static(plain(ASKS, "bold"), markup=False, classes="aside" if self._first else "")
            yield OptionList(*map(plain, COUNTRIES.values()), id="countries", markup=False)

    def on_mount(self) -> None:
        """Name the box, and let the arrows choose."""
        box = self.query_one("#welcome")
        box.border_title = "Welcome" if self._first else "Country"
        box.border_subtitle = "Enter chooses · Esc: later · or type a question"
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Hand back the country."""
        event.stop()
        self.dismiss(list(COUNTRIES)[event.option_index])

    def on_key(self, event: events.Key) -> None:
        """Make way for whoever begins to type a question."""
        if event.is_printable and event.character and not event.character.isspace():
            event.stop()
            self.typed = event.character
            self.dismiss(None)

    def action_leave(self) -> None:
        """Leave it open."""
        self.dismiss(None)


def kept_words(folder: str, *, private: bool) -> str:
    """Return where things are kept, and how to keep nothing."""
    conversations = (
        "Conversations are not saved."
        if private
        else "Conversations are saved there too; --private saves none."
    )
    return (
        f"Index and settings are kept in {folder}, readable by you alone. "
        f"{conversations} Nothing leaves this computer."
    )
