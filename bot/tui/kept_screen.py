"""What is kept of the talk and noted for the visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from bot.actions import KEPT, Action, Keys
from bot.conversations.stored import StoredConversation
from bot.tui.bindings import bindings
from bot.tui.key_line import KeyLine
from bot.tui.recording import Recording
from bot.tui.text import plain
from corpus.text import one_line

QUOTES = "Quotes"
NOTHING = (
    "Nothing is kept or noted yet.\n\n"
    "In the talk, {keep} keeps the quotes of the selected answer, and {note} notes a question for {team}. "
    "Here they come together, and become a page that you can take to the visit."
)


@dataclass(frozen=True, slots=True)
class KeptThing:
    """A quote or a question."""

    heading: str
    text: str
    place: str
    """Where a quote is from; empty for a question."""
    drop: Callable[[], None]
    """Takes it away."""

    def content(self, *, chosen: bool = False) -> Content:
        """Return it as it stands in the list; what is chosen has colours of its own."""
        content = plain(self.text)
        return content + "\n" + plain(self.place, "" if chosen else "$quiet") if self.place else content


def kept_things(recording: Recording, team: str) -> Iterator[KeptThing]:
    """Yield the questions noted and then the quotes kept: the order of the visit sheet."""
    stored = recording.conversation
    if stored is not None:
        recorder = recording.recorder
        for note in stored.notes:
            drop = partial(recorder.drop_note, note.id)
            yield KeptThing(f"Questions for {team}", one_line(note.text), "", drop)
        yield from _quotes(stored, recorder.drop_kept)


def _quotes(stored: StoredConversation, drop: Callable[[int, int], None]) -> Iterator[KeptThing]:
    for kept in stored.kept:
        quote = stored.kept_quote(kept)
        if quote is not None:
            citation, sentences = quote
            words = " ".join(one_line(sentence.text) for sentence in sentences)
            place = " › ".join(one_line(part) for part in (citation.title, citation.section) if part)
            yield KeptThing(QUOTES, f"“{words}”", place, partial(drop, kept.turn, kept.citation))


class KeptScreen(Screen[None]):
    """The list; what is removed here is kept no more."""

    ACTIONS: ClassVar[tuple[Action, ...]] = KEPT
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(KEPT)]

    def __init__(
        self,
        recording: Recording,
        team: str,
        keys: Keys,
        *,
        changed: Callable[[], object],
        note: Callable[[], object],
        take: Callable[[], object],
    ) -> None:
        super().__init__(id="kept-screen")
        self._recording = recording
        self._team = team
        self._keys = keys
        self._changed = changed
        self._note = note
        self._take = take
        self._things: list[KeptThing] = []
        self._marked: int | None = None
        """Place of the chosen one among them."""
        self._list = OptionList(id="kept", markup=False)
        self._empty = Static(markup=False, id="kept-empty", classes="reading")

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(plain("Kept for the visit", "bold $accent"), markup=False, classes="bar")
        yield self._empty
        yield self._list
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what there is."""
        self._show()
        self._list.focus()

    def on_screen_resume(self) -> None:
        """Show what was noted in front of this."""
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can do something now."""
        if action in {"remove", "take"}:
            return bool(self._things)
        return super().check_action(action, parameters)

    def _show(self) -> None:
        at = self._marked
        self._marked = None
        self._things = list(kept_things(self._recording, self._team))
        self._list.clear_options()
        heading = ""
        for number, thing in enumerate(self._things):
            if thing.heading != heading:
                above = "\n" if heading else ""
                heading = thing.heading
                self._list.add_option(Option(plain(above + heading, "bold $accent"), disabled=True))
            self._list.add_option(Option(thing.content(), id=str(number)))
        self._list.display = bool(self._things)
        if self._things:
            at = min(at or 0, len(self._things) - 1)
            self._list.highlighted = self._list.get_option_index(str(at))
        note, keep = self._keys.words("note"), self._keys.words("keep")
        self._empty.update(plain(NOTHING.format(keep=keep, note=note, team=self._team)))
        self._empty.display = not self._things
        self.refresh_bindings()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Give the chosen thing its colours, and the one before its own again."""
        before, self._marked = self._marked, int(event.option_id or 0)
        for at in (before, self._marked):
            if at is not None and at < len(self._things):
                content = self._things[at].content(chosen=at == self._marked)
                self._list.replace_option_prompt(str(at), content)

    def action_remove(self) -> None:
        """Keep the chosen thing no more."""
        if self._marked is not None and self._marked < len(self._things):
            self._things[self._marked].drop()
            self._changed()
            self._show()

    def action_note(self) -> None:
        """Note a question."""
        self._note()

    def action_take(self) -> None:
        """Write the visit sheet."""
        self._take()

    def action_back(self) -> None:
        """Go back to the talk."""
        self.dismiss()
