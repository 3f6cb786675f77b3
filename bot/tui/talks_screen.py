"""The stored conversations: searched as one types, opened, renamed, deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.worker import Worker

from bot.actions import TALKS, Action
from bot.conversations.search import SearchHit
from bot.conversations.stored import ConversationSummary
from bot.conversations.wording import counted, title_words
from bot.render import shown
from bot.tui.asking_back import ConfirmScreen, LineScreen
from bot.tui.bindings import bindings
from bot.tui.jobs import Job, Jobs, failure_of
from bot.tui.key_line import KeyLine
from bot.tui.recording import Recording
from bot.tui.shelf import Shelf
from bot.tui.talk_rows import Row, rows_of
from bot.tui.text import plain

HINT = "Type words to search in all conversations"
OPEN_HINT = "↑ ↓ choose · Enter goes on with it"
NONE_YET = "There are no stored conversations yet. This one is stored with its first answer."
NOT_FOUND = "No conversation has these words."
NAME = "An empty name takes it away: then the first question stands in the list."
GONE_FOR_GOOD = "It goes for good, with all that was kept and noted in it."
ALL_GONE_FOR_GOOD = "This goes for good:\n\n{what}.\n\nSettings and articles stay."


class Listed(Message):
    """The list is read."""

    def __init__(self, summaries: Sequence[ConversationSummary]) -> None:
        super().__init__()
        self.summaries = summaries


class Found(Message):
    """Search ``number`` is done."""

    def __init__(self, number: int, hits: Sequence[SearchHit]) -> None:
        super().__init__()
        self.number = number
        self.hits = hits


class Counted(Message):
    """It is known what deleting everything would delete."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what


class Changed(Message):
    """Something is renamed or deleted; ``forgets`` says that the talk on the screen is gone with it."""

    def __init__(self, said: str, *, forgets: bool = False) -> None:
        super().__init__()
        self.said = said
        self.forgets = forgets


class TalksScreen(Screen[str]):
    """Hands back the id of the conversation to go on with."""

    ACTIONS: ClassVar[tuple[Action, ...]] = TALKS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(TALKS),
        Binding("up", "step(-1)", show=False, id="talks-up"),
        Binding("down", "step(1)", show=False, id="talks-down"),
        Binding("pageup", "step(-5)", show=False, id="talks-page-up"),
        Binding("pagedown", "step(5)", show=False, id="talks-page-down"),
    ]

    def __init__(
        self,
        shelf: Shelf,
        recording: Recording,
        forgotten: Callable[[], object],
        listen: Callable[[str], object],
    ) -> None:
        super().__init__(id="talks-screen")
        assert shelf.store is not None, "where nothing is listed, there is no list"
        self._shelf = shelf
        self._store = shelf.store
        self._recording = recording
        self._forgotten = forgotten
        self._listen = listen
        self._jobs = Jobs(self)
        self._summaries: Sequence[ConversationSummary] | None = None
        self._rows: list[Row] = []
        self._hits: Sequence[SearchHit] | None = None
        self._searches = 0
        self._marked = -1
        self._search = Input(id="talks-search", placeholder=HINT)
        self._list = OptionList(id="talks", markup=False)
        self._list.can_focus = False
        self._line = Static(markup=False, id="talks-line")
        self._details = Static(markup=False, id="talks-details")

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(plain("Your conversations", "bold $accent"), markup=False, classes="bar")
        yield self._search
        yield self._line
        yield self._list
        with VerticalScroll(id="talks-below"):
            yield self._details
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the list, and let words be typed."""
        self._search.border_subtitle = OPEN_HINT
        self._search.focus()
        self._read()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong."""
        if failure := failure_of(event):
            self._say(failure.what, warns=True)

    def _say(self, text: str, *, warns: bool = False) -> None:
        self._line.update(plain(text, "$warning" if warns else "$accent"))
        self._line.display = bool(text)

    # The list

    def _read(self) -> None:
        self._jobs.start(Job.LIST, self._store.summaries, Listed)

    def on_listed(self, message: Listed) -> None:
        """Show the list."""
        self._summaries = message.summaries
        self._look()

    def on_input_changed(self) -> None:
        """Look for what was typed so far."""
        self._look()

    def _look(self) -> None:
        self._searches += 1
        words = self._search.value
        if words.strip():
            search = partial(self._store.search, words)
            self._jobs.start(Job.SEARCH, search, partial(Found, self._searches), number=self._searches)
        else:
            self._hits = None
            self._show()

    def on_found(self, message: Found) -> None:
        """Show where the words are, unless others have been typed since."""
        if message.number == self._searches:
            self._hits = message.hits
            self._show()

    def _show(self) -> None:
        if self._summaries is None:
            return
        chosen = self._row
        open_now = self._recording.conversation
        self._rows = rows_of(self._summaries, open_now.id if open_now else None, self._hits)
        ids = [row.summary.id for row in self._rows]
        self._list.clear_options()
        self._list.add_options([row.content() for row in self._rows])
        at = ids.index(chosen.summary.id) if chosen and chosen.summary.id in ids else 0
        self._list.highlighted = at if self._rows else None
        self._list.set_class(not self._rows, "-empty")
        self.query_one("#talks-below").set_class(bool(self._hits), "-used")
        if not self._rows:
            self._say(NOT_FOUND if self._summaries else NONE_YET)
        elif self._hits is not None:
            self._say(f"{counted(len(self._hits), 'place')} in {counted(len(self._rows), 'conversation')}.")
        else:
            self._say("")

    @property
    def _row(self) -> Row | None:
        at = self._list.highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show where in the conversation the words were found."""
        if event.option_index < len(self._rows):
            self._mark(event.option_index)
            self._details.update(self._rows[event.option_index].details())
            self.query_one("#talks-below").scroll_home(animate=False)

    def _mark(self, chosen: int) -> None:
        """Give the chosen row its colours, and the one before its own again."""
        for at in {self._marked, chosen} & set(range(len(self._rows))):
            self._list.replace_option_prompt_at_index(at, self._rows[at].content(chosen=at == chosen))
        self._marked = chosen

    def action_step(self, by: int) -> None:
        """Go to a conversation further up or down."""
        if self._rows:
            at = (self._list.highlighted or 0) + by
            self._list.highlighted = max(0, min(len(self._rows) - 1, at))

    # What is done with one

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go on with the conversation that was clicked on."""
        event.stop()
        self.action_open()

    def on_input_submitted(self) -> None:
        """Go on with the conversation that is chosen; what nothing is found of may have been told."""
        if self._search.value.strip() and not self._rows:
            self._listen(self._search.value)
        self.action_open()

    def action_open(self) -> None:
        """Go on with the conversation that is chosen; one that cannot be opened says why."""
        row = self._row
        if row and row.summary.problem:
            self._say(row.summary.problem, warns=True)
        elif row:
            self.dismiss(row.summary.id)

    def action_back(self) -> None:
        """Take the search back, else go back to the talk."""
        if self._search.value:
            self._search.value = ""
        else:
            self.dismiss(None)

    def action_rename(self) -> None:
        """Ask for another name."""
        if row := self._row:
            old = row.summary.title if row.summary.named else ""
            rename = partial(self._rename, row.summary.id)
            self.app.push_screen(LineScreen("The name of this conversation", NAME, old), rename)

    def _rename(self, conversation_id: str, name: str | None) -> None:
        if name is not None:
            self._listen(name)
            work = partial(self._recording.rename, conversation_id, name)
            said = f"It is now called “{shown(name)}”." if name else "It has no name any more."
            self._jobs.start(Job.CHANGE, work, lambda _: Changed(said))

    def action_delete(self) -> None:
        """Ask whether the conversation is to go."""
        if row := self._row:
            title = row.summary.id if row.summary.problem else f"“{title_words(row.summary.title)}”"
            screen = ConfirmScreen("Delete this conversation?", f"{title}\n\n{GONE_FOR_GOOD}", "Delete it")
            self.app.push_screen(screen, partial(self._delete, row.summary.id))

    def _delete(self, conversation_id: str, sure: bool | None) -> None:
        if sure:
            work = partial(self._recording.delete, conversation_id)
            self._jobs.start(Job.CHANGE, work, lambda was_open: Changed("It is deleted.", forgets=was_open))

    def action_delete_all(self) -> None:
        """Find out what would go, to ask whether it is to."""
        self._jobs.start(Job.CHANGE, self._shelf.stored, Counted)

    def on_counted(self, message: Counted) -> None:
        """Ask whether everything is to go."""
        what = ALL_GONE_FOR_GOOD.format(what=message.what)
        self.app.push_screen(ConfirmScreen("Delete everything?", what, "Delete everything"), self._delete_all)

    def _delete_all(self, sure: bool | None) -> None:
        if sure:
            delete = self._recording.delete_all
            self._jobs.start(Job.CHANGE, delete, lambda what: Changed(f"Deleted: {what}.", forgets=True))

    def on_changed(self, message: Changed) -> None:
        """Say what was done, and read the list again."""
        if message.forgets:
            self._forgotten()
        self.notify(shown(message.said), markup=False)
        self._read()
