"""The screen of the chat: it carries messages between the widgets and the threads."""

from __future__ import annotations

from bot.engine import AT_ONCE
from bot.render import shown
from bot.tui.article_screen import ArticleScreen
from bot.tui.chat_keeping import ChatKeeping
from bot.tui.events import (
    BuildProgress,
    Built,
    ChangesFound,
    Explained,
    Fetched,
    Looked,
    Opened,
    Replied,
    SettingKept,
    WrongNoted,
)
from bot.tui.failure import FailureScreen
from bot.tui.prompt import Prompt
from bot.tui.source_panel import SourcePanel
from bot.tui.sources import Whole
from bot.tui.transcript import Transcript

NEWER = "The articles are newer now. Answers so far keep their sources."
UNCHANGED = "Built. Nothing had changed."
LOOK_SECONDS = 5.0
"""How often to look whether another generation is live."""


class ChatScreen(ChatKeeping):
    """The talk, its sources and the prompt."""

    def on_mount(self) -> None:
        """Paint first, and open the articles then."""
        self.prompt.focus()
        self.call_after_refresh(self._begin)

    async def _begin(self) -> None:
        if resumed := self.backing.shelf.resumed:
            await self.go_on_with(resumed)
        self.open_articles()
        self.set_interval(LOOK_SECONDS, self.articles.look)
        if self.settings.asks_country:
            self.welcome(first=True)

    # The articles

    def on_build_progress(self, message: BuildProgress) -> None:
        """Show how far a build is."""
        if self.articles.rebuilding:
            self.status.rebuilding(message.progress)
        else:
            self.first_run.show(message.progress)

    def on_built(self, _: Built) -> None:
        """Open what was built."""
        self.articles.built(self.report)
        self.show_standing()

    def on_opened(self, message: Opened) -> None:
        """Answer what waits, from the next turn on out of what was opened."""
        if self.articles.opened(message.engine):
            self.notify(NEWER, markup=False)
        self.send_next()

    def on_looked(self, message: Looked) -> None:
        """Open another generation that has become the live one."""
        if self.articles.looked(message.live):
            self.notify(UNCHANGED, markup=False)

    def on_changes_found(self, message: ChangesFound) -> None:
        """Say that the articles' files differ from the index."""
        self.articles.changes = shown(message.changes)
        self.status.tell()

    # Questions and replies

    async def on_prompt_sent(self, message: Prompt.Sent) -> None:
        """Take a question in."""
        await self.ask(message.text)

    async def on_replied(self, message: Replied) -> None:
        """Show a reply, unless it is stale or may wait for the articles."""
        if self.asking.settle(message):
            await self._show_reply(message)
            request = self.asking.requests.get(message.number)
            if request is not None:
                self.record(request.question, message.reply)
        self.send_next()

    async def _show_reply(self, message: Replied) -> None:
        if message.reply.kind in AT_ONCE:
            self._uncover()
        self.pinned.follow(message.reply, taken_back=message.taken_back)
        await self.transcript.show_reply(message.number, message.reply)
        if self.pinned.crisis and self.pinned.reply is message.reply:
            self.transcript.set_aside_before(message.number)

    def _uncover(self) -> None:
        """Take away what covers the answers: nothing may hide a card."""
        while self.app.screen is not self and not isinstance(self.app.screen, FailureScreen):
            self.app.pop_screen()

    # The selected answer and its source

    def on_transcript_chosen(self, message: Transcript.Chosen) -> None:
        """Select the answer that was clicked on."""
        if turn := self.transcript.turn(message.number):
            self.transcript.select(turn)

    def on_transcript_selected(self, message: Transcript.Selected) -> None:
        """Show the first source of the selected answer; without sources, give the room to the answer."""
        citations = message.reply.citations if message.reply else ()
        self.prompt.digits.citations = frozenset(citation.n for citation in citations)
        self.panel.set_class(bool(citations), "-used")
        self.desk.drop()
        if message.reply and citations:
            self.desk.want(message.reply, citations[0])
        self.refresh_bindings()

    async def on_prompt_paged(self, message: Prompt.Paged) -> None:
        """Scroll the answers from an empty prompt; above the first one, load those before it."""
        if message.by < 0 and self.transcript.scroll_offset.y == 0:
            await self.action_load_more()
        height = self.transcript.size.height - 1
        self.transcript.scroll_relative(y=message.by * height, animate=False)

    def on_source_panel_opened(self) -> None:
        """Read the whole article."""
        self.action_article()

    def on_source_panel_turned(self, message: SourcePanel.Turned) -> None:
        """Show another citation of the same answer."""
        self.cite(message.n)

    def on_fetched(self, message: Fetched) -> None:
        """Show a passage, unless another has been asked for since."""
        fetched = self.desk.fetched(message)
        if fetched is None:
            return
        cited, whole = fetched
        self.panel.show(cited)
        if whole is not Whole.NO and self.is_current:
            self.app.push_screen(ArticleScreen(cited, self.keys, facts=whole is Whole.FACTS))

    # Screens in front, and settings

    def on_explained(self, message: Explained) -> None:
        """Show the glossary; a word chosen there is asked about."""
        from bot.tui.glossary_screen import GlossaryScreen

        if self.is_current:
            self.app.push_screen(GlossaryScreen(message.terms), self._asked_about)

    async def _asked_about(self, question: str | None) -> None:
        if question:
            await self.send(question)

    def on_wrong_noted(self, message: WrongNoted) -> None:
        """Say what became of a mark."""
        self.notify(shown(message.outcome), markup=False)

    def on_setting_kept(self, message: SettingKept) -> None:
        """Go by a setting that has changed."""
        if message.key == "country":
            self.about = self.backing.about()
            self.transcript.set_notice(self.about.notice)
            self.articles.reopen()
