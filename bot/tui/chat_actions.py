"""What the keys and the palette do in the chat."""

from __future__ import annotations

from functools import partial

from bot.actions import CHAT, Action
from bot.render import shown
from bot.reply import Citation, Reply
from bot.tui.chat_troubles import ChatTroubles
from bot.tui.events import Explained, SettingKept, WrongNoted
from bot.tui.jobs import Job
from bot.tui.messages import choices
from bot.tui.sources import Whole
from bot.tui.welcome import WelcomeScreen, kept_words
from bot.tui.wrong import WrongScreen

GO_ON = "Tell me more."
ONLY_THE_LAST = "Only the last answer can go on. Ask its question again."


class ChatActions(ChatTroubles):
    """Every action of the chat, and which of them can be taken now."""

    _suggested = ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can do something now."""
        possible = {
            "retry": lambda _: self.problem is not None,
            "put_away": lambda _: self.pinned.reply is not None,
            "country": lambda _: self.settings.keep is not None,
            "wrong": lambda reply: reply is not None,
            "as_typed": lambda reply: bool(reply and reply.understood),
            "more": lambda reply: bool(reply and reply.more),
            "suggestion": self._offers,
            "choose": self._offers,
            "source": _cites,
            "article": _cites,
            "facts": _cites,
        }.get(action)
        return possible(self.transcript.reply) if possible else super().check_action(action, parameters)

    def _offers(self, reply: Reply | None) -> bool:
        return reply is not None and bool(choices(reply)) and not self.pinned.crisis

    def possible_actions(self) -> list[Action]:
        """Return what can be done here now, for the palette."""
        return [action for action in CHAT if self.check_action(action.run.split("(")[0], ())]

    # Sources

    def action_digit(self, digit: str) -> None:
        """Show the citation that the digits pressed so far name."""
        n = self.prompt.digits.press(digit)
        if n is not None:
            self.cite(n)

    def cite(self, n: int) -> None:
        """Show citation ``n`` of the selected answer, in the article where there is no room for the panel."""
        reply = self.transcript.reply
        citation = _citation(reply, n) if reply else None
        if reply and citation:
            self.desk.want(reply, citation, Whole.NO if self.panel.display else Whole.TEXT)

    def action_article(self) -> None:
        """Open the whole article behind the citation that is shown."""
        self.desk.want_again(Whole.TEXT)

    def action_facts(self) -> None:
        """Show what the section rests on, in the article where there is no room for the panel."""
        if self.panel.display:
            self.panel.focus()
            self.panel.action_facts()
        else:
            self.desk.want_again(Whole.FACTS)

    def action_source(self) -> None:
        """Go to the source panel, or to the article where there is no room for the panel."""
        if self.panel.display:
            self.panel.focus()
        else:
            self.action_article()

    # Asking

    def action_select(self, by: int) -> None:
        """Select the answer before or after."""
        self.transcript.step(by)

    def action_suggestion(self) -> None:
        """Put the next suggestion of the selected answer into the prompt; what was typed stays."""
        offered = choices(self.transcript.reply) if self.transcript.reply else ()
        if not offered or self.prompt.text not in {"", self._suggested}:
            return
        at = offered.index(self._suggested) + 1 if self._suggested in offered else 0
        self._suggested = shown(offered[at % len(offered)])
        self.prompt.put(self._suggested)

    async def action_choose(self, number: int) -> None:
        """Ask a suggestion of the selected answer at once; what was typed stays in the prompt."""
        offered = choices(self.transcript.reply) if self.transcript.reply else ()
        if number <= len(offered):
            await self.send(offered[number - 1])

    async def action_more(self) -> None:
        """Have the last answer go on."""
        selected = self.transcript.selected
        if selected is not None and selected.number == self.asking.requests.last_answered:
            await self.send(GO_ON)
        else:
            self.notify(ONLY_THE_LAST, markup=False)

    async def action_as_typed(self) -> None:
        """Have the selected question answered with nothing read into it."""
        selected = self.transcript.selected
        if selected is not None and selected.reply and selected.reply.understood:
            await self.asking.again_as_typed(selected.number)
            self.status.answering(self.asking.requests.busy)

    async def send(self, text: str) -> None:
        """Ask what a key stands for, as if it had been typed."""
        text = shown(text)
        self.prompt.past.add(text)
        await self.ask(text)

    async def action_new(self) -> None:
        """Begin a new conversation; replies still being computed are dropped when they come."""
        await self.asking.begin_anew()
        self.send_next()
        self.prompt.focus()

    def action_prompt(self) -> None:
        """Go back to the prompt."""
        self.prompt.focus()

    def action_put_away(self) -> None:
        """Pin nothing any more, and show everything again."""
        self.pinned.put_away()
        self.transcript.bring_all_back()
        self.refresh_bindings()

    # Screens in front

    def action_glossary(self) -> None:
        """Look up a word."""
        engine = self.articles.engine or self.articles.early
        self.jobs.start(Job.GLOSSARY, engine.glossary, Explained)

    def action_wrong(self) -> None:
        """Mark the selected answer as wrong."""
        turn = self.transcript.selected
        if turn is not None and turn.reply is not None:
            mark = partial(self._mark_wrong, turn.reply)
            self.app.push_screen(WrongScreen(turn.question), mark)

    def _mark_wrong(self, reply: Reply, reason: str | None) -> None:
        if reason is not None:
            self.jobs.start(Job.WRONG, partial(self.recording.mark, reply, reason), WrongNoted)

    def action_country(self) -> None:
        """Say whose phone numbers to show."""
        self.welcome(first=False)

    def welcome(self, *, first: bool) -> None:
        """Ask for the country; at the first start, say also what this is and where things are kept."""
        kept = kept_words(self.settings.kept_in, private=self.settings.private)
        screen = WelcomeScreen(self.about.notice, kept, first=first)

        def chosen(country: str | None) -> None:
            if screen.typed:
                self.prompt.insert(screen.typed)
            if country is not None:
                self.keep_setting("country", country)

        self.app.push_screen(screen, chosen)

    def keep_setting(self, key: str, value: str) -> None:
        """Write a setting into the config file, where settings are kept."""
        if keep := self.settings.keep:
            self.jobs.start(Job.KEEP, partial(keep, key, value), lambda _: SettingKept(key))


def _citation(reply: Reply, n: int) -> Citation | None:
    return next((citation for citation in reply.citations if citation.n == n), None)


def _cites(reply: Reply | None) -> bool:
    return reply is not None and bool(reply.citations)
