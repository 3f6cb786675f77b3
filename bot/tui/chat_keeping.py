"""What the reader keeps of the talk and takes along: quotes, questions for the visit, copies, files."""

from __future__ import annotations

from functools import partial
from io import StringIO

from bot.render import reply_text, shown
from bot.reply import Reply
from bot.tui.chat_records import ChatRecords
from bot.tui.jobs import Job
from bot.tui.record_events import CopyMade

NOTHING_YET = "There is nothing to take along yet."
GOES_ALONG = "It goes on the visit sheet, to take to the appointment."
NAMED = "The answer names this one: “{question}”"
COPY_NAME = "answer.txt"
DELIVERED = "Too long to copy: your browser keeps it as a download."


class ChatKeeping(ChatRecords):
    """Keeps and takes along."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can do something now."""
        reply = self.transcript.reply
        if action == "keep":
            return bool(reply and reply.sentences and self.recording.turn_of(reply))
        if action == "copy":
            return reply is not None
        if action == "take":
            return self.recording.conversation is not None
        return super().check_action(action, parameters)

    # Quotes and questions

    def action_keep(self) -> None:
        """Keep what the selected answer quotes, or no more; from the source that has the focus alone."""
        reply = self.transcript.reply
        if reply is None:
            return
        cited = self.panel.cited if self.panel.has_focus else None
        citations = (cited.citation,) if cited and cited.reply is reply else reply.citations
        numbers = {citation.n for citation in citations}
        marks = ", ".join(f"[{n}]" for n in sorted(numbers))
        if numbers <= set(self.recording.kept_of(reply)):
            self.recording.keep_no_more(reply, citations)
            said = f"No longer kept: {marks}."
        else:
            self.recording.keep(reply, citations)
            said = f"Kept to take along: {marks}. {self.keys.words('kept')} shows all that is kept."
        self.notify(said, markup=False)
        self.kept_changed()

    def kept_changed(self) -> None:
        """Save what is kept now, and show it with the answers."""
        for turn in self.transcript.turns:
            self.show_marks(turn)
        self.save()
        self.refresh_bindings()

    def action_note(self) -> None:
        """Note a question; the one that the selected answer names is there already."""
        from bot.takeaway.wording import question_in
        from bot.tui.asking_back import LineScreen

        reply = self.transcript.reply
        named = question_in(reply.team_question or "") if reply else ""
        what = f"{NAMED.format(question=named)}\n\n{GOES_ALONG}" if named else GOES_ALONG
        self.app.push_screen(LineScreen(f"A question for {self.about.team}", what, named), self._note)

    def _note(self, question: str | None) -> None:
        if question:
            self.recording.recorder.note(question)
            self.listen(question)
            self.notify(shown(f"Noted. {self.keys.words('kept')} shows all that is noted."), markup=False)
            self.kept_changed()

    def action_kept(self) -> None:
        """Show what is kept and noted."""
        from bot.tui.kept_screen import KeptScreen

        self.app.push_screen(
            KeptScreen(
                self.recording,
                self.about.team,
                self.keys,
                changed=self.kept_changed,
                note=self.action_note,
                take=self.action_take,
            )
        )

    def _mark_wrong(self, reply: Reply, reason: str | None) -> None:
        super()._mark_wrong(reply, reason)
        if reason:
            self.listen(reason)

    # Copies and files

    def action_copy(self) -> None:
        """Copy the selected answer with its question and its sources."""
        turn = self.transcript.selected
        if turn is None or turn.reply is None:
            return
        from bot.takeaway.copying import osc52

        text = f"{shown(turn.question)}\n\n{reply_text(turn.reply)}\n"
        if self.app.is_web and osc52(text, {}) is None:
            self.app.deliver_text(StringIO(text), save_filename=COPY_NAME, encoding="utf-8")
            self.notify(DELIVERED, markup=False)
            return
        sequences: list[str] = []
        work = partial(self.backing.shelf.copy, text, sequences.append)
        self.jobs.start(Job.COPY, work, lambda copied: CopyMade(copied, sequences))

    def on_copy_made(self, message: CopyMade) -> None:
        """Hand on what the terminal is to copy, and say how it was copied."""
        if driver := self.app._driver:  # copy_to_clipboard of Textual does not reach through tmux
            for sequence in message.sequences:
                driver.write(sequence)
        self.notify(shown(message.copied.said), markup=False)

    def action_take(self) -> None:
        """Write the visit sheet or the conversation to a file."""
        from bot.tui.take_screen import TakeScreen

        conversation = self.recording.conversation
        if conversation is None:
            self.notify(NOTHING_YET, markup=False)
            return
        self.app.push_screen(TakeScreen(conversation, self.backing.shelf, delivers=self.app.is_web))
