"""The chat saves what is said, opens what was said before, and says what is to be known of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from bot.engine import AT_ONCE
from bot.render import shown
from bot.reply import Reply
from bot.tui.chat_actions import ChatActions
from bot.tui.events import WrongNoted
from bot.tui.failure import Problem, WayOn
from bot.tui.jobs import Job
from bot.tui.past import SHOWN, check_past, check_turns
from bot.tui.pinned import pinned_after
from bot.tui.record_events import Forgotten, Heard, PastChecked, PastOpened, Saved
from bot.tui.transcript import EarlierLine, TurnView

if TYPE_CHECKING:
    from bot.conversations.stored import StoredConversation, StoredTurn

NOT_SAVED = "This talk could not be saved"
STAYS = "It goes on all the same, and stays in this window. The next answer tries again to save it."


class ChatRecords(ChatActions):
    """The talk on the screen as it is recorded, and those recorded before."""

    _before: Sequence[tuple[int, StoredTurn]] = ()
    """Turns of an opened conversation that are not on the screen, by their number there."""
    unsaved: str | None = None
    """Why the talk could not be saved when the chat was left."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can do something now."""
        if action == "talks":
            return self.backing.shelf.store is not None
        if action == "load_more":
            return bool(self._before)
        return super().check_action(action, parameters)

    def listen(self, text: str) -> None:
        """Find out whether a text that is no question tells a sign of danger."""
        early = self.articles.early
        work = partial(early.reply, self.asking.requests.so_far(), text)
        self.jobs.start(Job.LISTEN, work, lambda reply: Heard(text, reply.kind in AT_ONCE))

    async def on_heard(self, message: Heard) -> None:
        """Answer a sign of danger as if it had been asked about, wherever it was typed."""
        if message.serious:
            await self.ask(message.text)

    # Saving

    def record(self, question: str, reply: Reply) -> None:
        """Remember a turn that is on the screen now, and save it."""
        self.recording.add(question, reply)
        self.save(reply)

    def save(self, answered: Reply | None = None) -> None:
        """Save what is not yet saved."""
        self.jobs.start(Job.SAVE, partial(self.recording.save, answered), Saved)

    def on_saved(self, message: Saved) -> None:
        """Say once that something could not be saved; the talk goes on."""
        was_saved = self.problem is None or self.problem.title != NOT_SAVED
        self.status.saved(message.problem is None)
        if message.problem is None:
            self.problem = self.problem if was_saved else None
        else:
            self.problem = Problem(NOT_SAVED, message.problem, STAYS, (WayOn.GO_ON,))
            if was_saved:
                self.notify(shown(f"Not saved, and the talk goes on: {message.problem}"), markup=False)
        self.refresh_bindings()

    def on_unmount(self) -> None:
        """Save what was said last, before the chat is left."""
        self.unsaved = self.recording.save()

    async def action_as_typed(self) -> None:
        """Have the selected question answered with nothing read into it, and save that."""
        reply = self.transcript.reply
        if reply is not None and reply.understood:
            self.recording.take_back(reply)
            self.save()
        await super().action_as_typed()

    def on_wrong_noted(self, _: WrongNoted) -> None:
        """Show the mark with the answer."""
        self.show_marks()

    def show_marks(self, turn: TurnView | None = None) -> None:
        """Say above an answer, the selected one by default, what is kept of it and what is wrong with it."""
        turn = turn or self.transcript.selected
        stored = self.recording.turn_of(turn.reply) if turn else None
        conversation = self.recording.conversation
        if turn is None or stored is None or conversation is None:
            return
        from bot.conversations.wording import turn_marks

        marks = turn_marks(conversation, stored, lambda _: list(turn.changes))
        turn.say("\n".join(marks), warns=bool(turn.changes))

    # Conversations

    async def action_new(self) -> None:
        """Begin a new conversation; what was said before is saved."""
        self._leave()
        await super().action_new()

    def _leave(self) -> None:
        self.save()
        self.recording.begin()
        self._before = ()

    def action_talks(self) -> None:
        """Show the stored conversations; one that is chosen there goes on."""
        from bot.tui.talks_screen import TalksScreen

        self.save()
        forgotten = partial(self.post_message, Forgotten())
        screen = TalksScreen(self.backing.shelf, self.recording, forgotten, self.listen)
        self.app.push_screen(screen, self._chosen)

    def _chosen(self, conversation_id: str | None) -> None:
        open_now = self.recording.conversation
        if conversation_id and not (open_now and open_now.id == conversation_id):
            self.jobs.start(Job.PAST, partial(self._read, conversation_id), PastOpened)

    async def on_forgotten(self) -> None:
        """Begin anew once the talk on the screen is deleted."""
        self.recording.begin()
        self._before = ()
        await super().action_new()

    def _read(self, conversation_id: str) -> StoredConversation:
        store = self.backing.shelf.store
        assert store is not None, "where nothing is listed, nothing can be chosen"
        self.recording.save()
        return store.load(conversation_id)

    async def on_past_opened(self, message: PastOpened) -> None:
        """Go on with the conversation that was chosen."""
        self._leave()
        await self.asking.begin_anew()
        await self.go_on_with(message.conversation)
        self.send_next()
        self.prompt.focus()

    async def go_on_with(self, conversation: StoredConversation) -> None:
        """Show the last turns of a conversation, and let it go on; its sources are checked meanwhile."""
        self.recording.begin(conversation)
        self._before = self._taken_in(conversation)
        self.prompt.past.replace(tuple(turn.text for turn in conversation.turns))
        shown_now = await self._show_before()
        shelf, early = self.backing.shelf, self.articles.early
        check = partial(check_past, shelf, early, conversation.id, conversation.standing, shown_now)
        self.jobs.start(Job.MORE, check, PastChecked)
        if conversation.damaged:
            from bot.conversations.wording import damage_lines

            self.notify(shown("\n".join(damage_lines(conversation))), markup=False)

    def _taken_in(self, conversation: StoredConversation) -> list[tuple[int, StoredTurn]]:
        """Let the talk go on from the turns of a conversation, and return them with their new numbers."""
        requests = self.asking.requests
        return [
            (requests.resume(turn.text, turn.reply, withdrawn=turn.n in conversation.taken_back).number, turn)
            for turn in conversation.turns
        ]

    async def action_load_more(self) -> None:
        """Show turns of the conversation that come before those on the screen."""
        conversation = self.recording.conversation
        if self._before and conversation:
            shown_now = await self._show_before()
            check = partial(check_turns, self.backing.shelf, conversation.id, shown_now)
            self.jobs.start(Job.MORE, check, PastChecked)

    async def on_earlier_line_wanted(self, _: EarlierLine.Wanted) -> None:
        """Show earlier turns."""
        await self.action_load_more()

    def on_past_checked(self, message: PastChecked) -> None:
        """Say with each answer what became of its sources, and keep in sight what is in force."""
        checked, conversation = message.checked, self.recording.conversation
        if conversation is None or conversation.id != checked.conversation:
            return
        for view in self.transcript.turns:
            stored = self.recording.turn_of(view.reply)
            if stored and stored.n in checked.changes:
                view.changes = checked.changes[stored.n]
                self.show_marks(view)
        if checked.pinned is not None:
            self._pin(checked.pinned)

    def _pin(self, reply: Reply) -> None:
        """Keep in sight what a conversation left in force; what was said since counts as newer."""
        newer = self.pinned.reply
        if newer is not None and pinned_after(reply, newer, taken_back=False) is newer:
            return
        self.pinned.follow(reply)
        self._set_aside()
        self.refresh_bindings()

    def _set_aside(self) -> None:
        """Leave of a crisis only the help."""
        if self.pinned.crisis:
            help_now = self.pinned.reply
            numbers = (turn.number for turn in self.transcript.turns if turn.reply is help_now)
            self.transcript.set_aside_before(next(numbers, 0))

    async def _show_before(self) -> list[StoredTurn]:
        """Put the last of the turns that are not shown yet on the screen, and return them."""
        conversation = self.recording.conversation
        taken_back = conversation.taken_back if conversation else frozenset[int]()
        shown_now, self._before = self._before[-SHOWN:], self._before[:-SHOWN]
        views = [TurnView(number, turn.text, self.keys, turn.reply) for number, turn in shown_now]
        for view, (_, turn) in zip(views, shown_now, strict=True):
            view.set_class(turn.n in taken_back, "-withdrawn")
        await self.transcript.load(views, self._earlier_words())
        for view in views:
            self.show_marks(view)
        self._set_aside()
        self.refresh_bindings()
        return [turn for _, turn in shown_now]

    def _earlier_words(self) -> str:
        from bot.conversations.wording import counted

        if not self._before:
            return ""
        number = min(SHOWN, len(self._before))
        return (
            f"{counted(len(self._before), 'question')} before. {self.keys.words('load-more')} shows {number}."
        )
