"""The conversation on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from bot.actions import Keys
from bot.engine import AT_ONCE
from bot.reply import Reply
from bot.tui.messages import Card, question_content, reply_widgets
from bot.tui.text import plain


class TurnView(Vertical):
    """A question, and below it what came back or what is being waited for."""

    def __init__(self, number: int, question: str, keys: Keys, reply: Reply | None = None) -> None:
        super().__init__(id=f"turn-{number}", classes="turn")
        self.number = number
        self.question = question
        self.reply = reply
        self.changes: tuple[str, ...] = ()
        """What became of the sources of a resumed reply, a line an article."""
        self._keys = keys
        self._state = Static("", markup=False, classes="state")

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(question_content(self.question), markup=False, classes="question")
        yield self._state
        if self.reply is not None:
            yield from reply_widgets(self.reply, self._keys)

    @property
    def serious(self) -> bool:
        """Whether the reply is one that must not be missed."""
        return self.reply is not None and self.reply.kind in AT_ONCE and bool(self.reply.notice)

    def say(self, text: str, *, warns: bool = False) -> None:
        """Show what is being waited for, or what went wrong."""
        self._state.update(plain(text, "not italic $warning" if warns else ""))
        self._state.display = bool(text)

    async def show(self, reply: Reply) -> None:
        """Mount the reply, once and whole."""
        self.say("")
        self.reply = reply
        await self.mount(*reply_widgets(reply, self._keys))

    def on_click(self, event: events.Click) -> None:
        """Select the answer that is clicked on."""
        if self.reply is not None:
            event.stop()
            self.post_message(Transcript.Chosen(self.number))


class EarlierLine(Static):
    """Above the turns: how many more there are before them."""

    class Wanted(Message):
        """It was clicked on."""

    def __init__(self) -> None:
        super().__init__(markup=False, id="earlier")
        self.display = False
        self._text = ""

    def say(self, text: str) -> None:
        """Say how many; empty for none."""
        self._text = text
        self.update(plain(text, "$accent"))
        self.display = bool(text)

    def set_aside(self, is_aside: bool, /) -> None:
        """Take it out of sight, or show it again."""
        self.display = bool(self._text) and not is_aside

    def on_click(self) -> None:
        """Ask for them."""
        self.post_message(self.Wanted())


class Transcript(VerticalScroll):
    """Notice and turns, oldest first; one answered turn is selected."""

    class Chosen(Message):
        """An answer was clicked on."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class Selected(Message):
        """Another answer is selected now; ``reply`` is None where there is none."""

        def __init__(self, reply: Reply | None) -> None:
            super().__init__()
            self.reply = reply

    def __init__(self, notice: str, keys: Keys) -> None:
        super().__init__(id="transcript")
        self._notice = Static(plain(notice), markup=False, id="notice")
        self._earlier = EarlierLine()
        self._empty = Static(_hint(keys), markup=False, id="empty")
        self._keys = keys
        self.selected: TurnView | None = None

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield self._notice
        yield self._earlier
        yield self._empty

    def set_notice(self, notice: str) -> None:
        """Change the words at the beginning."""
        self._notice.update(plain(notice))

    @property
    def turns(self) -> list[TurnView]:
        """The turns on the screen, oldest first."""
        return list(self.query(TurnView))

    @property
    def reply(self) -> Reply | None:
        """The selected answer."""
        return self.selected.reply if self.selected else None

    @property
    def serious(self) -> bool:
        """Whether the selected answer is one that nothing may cover."""
        return self.selected is not None and self.selected.serious

    def turn(self, number: int) -> TurnView | None:
        """Return the turn with this number, if it is still on the screen."""
        return next((turn for turn in self.turns if turn.number == number), None)

    async def add_question(self, number: int, question: str) -> None:
        """Append a turn."""
        self._empty.display = False
        turn = TurnView(number, question, self._keys)
        await self.mount(turn)
        self._bring(turn)

    async def show_reply(self, number: int, reply: Reply) -> None:
        """Show the reply below its question, select it and bring it into sight.

        Of a serious reply the card itself is brought into sight, however long the question is. It
        stays there when an earlier question, which had to wait, is answered after it.
        """
        turn = self.turn(number)
        if turn is None:
            return
        await turn.show(reply)
        front = next((later for later in reversed(self.turns) if later.serious), turn)
        if front.number <= number:
            front = turn
            self.select(turn)
        self._bring(front.query_one(Card) if front.serious else front)

    async def load(self, turns: Sequence[TurnView], earlier: str) -> None:
        """Put turns before those that are there, which stay where they are on the screen.

        ``earlier`` says how many more there are, and how to load them.
        """
        first = next(iter(self.turns), None)
        below = self.scroll_y - first.virtual_region.y if first else 0.0
        self._earlier.say(earlier)
        self._empty.display = False
        await self.mount_all(turns, after=self._earlier)
        if first is None and turns:
            last = next((turn for turn in reversed(turns) if not turn.has_class("-withdrawn")), turns[-1])
            self.select(last)
            self._bring_new(last)
        elif first is not None:
            self.call_after_refresh(self._stay, first, below)

    def _bring_new(self, turn: TurnView, tries: int = 10) -> None:
        """Bring a turn into sight as soon as it has been laid out, which takes a while for many at once."""
        if turn.virtual_region or not tries:
            self._bring(turn)
        else:
            self.call_after_refresh(self._bring_new, turn, tries - 1)

    def _stay(self, turn: TurnView, below: float) -> None:
        """Scroll to a line of a turn."""
        self.scroll_to(y=turn.virtual_region.y + below, animate=False, force=True)

    def say(self, number: int, text: str, *, warns: bool = False) -> None:
        """Show below a question what is being waited for, or what went wrong."""
        if turn := self.turn(number):
            turn.say(text, warns=warns)

    def withdraw(self, number: int) -> None:
        """Show that an answer counts no more; it can still be read."""
        if turn := self.turn(number):
            turn.add_class("-withdrawn")

    def set_aside_before(self, number: int) -> None:
        """Take what came before a turn out of sight, so that nothing competes with it."""
        self._notice.display = False
        self._earlier.set_aside(True)
        for turn in self.turns:
            turn.set_class(turn.number < number, "-aside")

    def bring_all_back(self) -> None:
        """Show everything again."""
        self._notice.display = True
        self._earlier.set_aside(False)
        for turn in self.turns:
            turn.remove_class("-aside")

    def select(self, turn: TurnView) -> None:
        """Select an answered turn."""
        if self.selected is not None:
            self.selected.remove_class("-selected")
        self.selected = turn
        turn.add_class("-selected")
        self.post_message(self.Selected(turn.reply))

    def step(self, by: int) -> None:
        """Select the answer ``by`` places further on, or stay at the end."""
        answered = [turn for turn in self.turns if turn.reply is not None and turn.display]
        if not answered:
            return
        at = answered.index(self.selected) if self.selected in answered else len(answered)
        turn = answered[max(0, min(len(answered) - 1, at + by))]
        self.select(turn)
        self._bring(turn)

    async def clear(self) -> None:
        """Take all turns away; the notice stays."""
        self.selected = None
        self._earlier.say("")
        await self.query(TurnView).remove()
        self._empty.display = True
        self.post_message(self.Selected(None))

    def _bring(self, widget: TurnView | Card) -> None:
        """Scroll so that ``widget`` begins at the top, or the end of the talk at the bottom."""
        self.call_after_refresh(self.scroll_to_widget, widget, animate=False, top=True, force=True)


def _hint(keys: Keys) -> Content:
    """Return what stands below the notice until something has been asked."""
    return Content.assemble(
        ("Ask in your own words below. ", "$quiet"),
        (keys.words("help"), "bold $accent"),
        (" shows every key, ", "$quiet"),
        (keys.words("glossary"), "bold $accent"),
        (" looks up a word.", "$quiet"),
    )
