"""Writing the visit sheet or the conversation to a file: what, in which form, and where."""

from __future__ import annotations

from functools import partial
from io import StringIO
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.worker import Worker

from bot.conversations.stored import StoredConversation
from bot.render import shown
from bot.tui.jobs import Job, Jobs, failure_of
from bot.tui.shelf import Shelf
from bot.tui.taking import MIME_TYPES, TAKINGS, Taking, free_path
from bot.tui.text import plain

HINT = "↑ ↓ what · Enter writes it · Tab: where · Esc goes back"
DELIVERED_HINT = "↑ ↓ what · Enter takes it · Esc goes back"
CLOSES = "Written · Esc goes back"
DELIVERED = "Handed to your browser, which keeps it where it keeps downloads: {name}"
WRITTEN = "Written, for you alone to read:\n{path}"
THERE_ALREADY = "{path} is there already. Give another name."


class Made(Message):
    """The text is made and, unless it is to be delivered, written to ``path``."""

    def __init__(self, taking: Taking, text: str, path: Path | None) -> None:
        super().__init__()
        self.taking = taking
        self.text = text
        self.path = path


class TakeScreen(ModalScreen[None]):
    """Writes what is chosen and says where it is; in a browser it is a download."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", id="take-close")]

    def __init__(self, conversation: StoredConversation, shelf: Shelf, *, delivers: bool) -> None:
        super().__init__()
        self._conversation = conversation
        self._shelf = shelf
        self._delivers = delivers
        self._jobs = Jobs(self)
        self._list = OptionList(*(plain(one.words) for one in TAKINGS), id="takings", markup=False)
        self._path = Input(id="take-path")
        self._said = Static(markup=False, id="take-said")

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        with VerticalScroll(classes="dialog", id="take", can_focus=False):
            yield self._list
            yield self._path
            yield self._said

    def on_mount(self) -> None:
        """Name the box; the visit sheet comes first where there is one."""
        box = self.query_one("#take")
        box.border_title = "Take along"
        box.border_subtitle = DELIVERED_HINT if self._delivers else HINT
        self._path.display = not self._delivers
        self._path.border_title = "File"
        self._said.display = False
        has_sheet = self._conversation.kept or self._conversation.notes
        self._list.highlighted = (
            0 if has_sheet else next(n for n, one in enumerate(TAKINGS) if not one.is_sheet)
        )
        self._list.focus()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong; everything can be tried again."""
        if failure := failure_of(event):
            self._say(f"{failure.what[:1].upper()}{failure.what[1:]}", warns=True)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Name the file that it would become."""
        name = TAKINGS[event.option_index].name(self._conversation)
        self._path.value = shown(str(free_path(self._shelf.folder or Path.cwd(), name)))
        self._path.cursor_position = len(self._path.value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Write it."""
        event.stop()
        self._write()

    def on_input_submitted(self) -> None:
        """Write it."""
        self._write()

    def _write(self) -> None:
        taking = TAKINGS[self._list.highlighted or 0]
        path = None if self._delivers else Path(self._path.value).expanduser().absolute()
        work = partial(_made, taking, self._conversation, self._shelf, path)
        self._jobs.start(Job.WRITE, work, lambda text: Made(taking, text, path))

    def on_made(self, message: Made) -> None:
        """Say where it is."""
        if message.path is not None:
            self._say(WRITTEN.format(path=message.path))
        else:
            name = message.taking.name(self._conversation)
            mime = MIME_TYPES[message.taking.format]
            self.app.deliver_text(
                StringIO(message.text), save_filename=name, mime_type=mime, encoding="utf-8"
            )
            self._say(DELIVERED.format(name=name))
        self.query_one("#take").border_subtitle = CLOSES

    def _say(self, text: str, *, warns: bool = False) -> None:
        self._said.update(plain(text, "bold $warning" if warns else "bold $accent"))
        self._said.display = True
        self._said.scroll_visible(animate=False)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()


def _made(taking: Taking, conversation: StoredConversation, shelf: Shelf, path: Path | None) -> str:
    from bot.takeaway.writing import NotWritten, write_file

    if path is not None and path.exists():
        raise NotWritten(THERE_ALREADY.format(path=path))
    text = taking.text(conversation, shelf)
    if path is not None:
        write_file(path, text)
    return text
