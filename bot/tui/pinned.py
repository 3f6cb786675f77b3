"""The line at the top that keeps a call for help in sight until it is taken back."""

from __future__ import annotations

import re

from textual.content import Content
from textual.widgets import Static

from bot.actions import Keys
from bot.engine import AT_ONCE
from bot.render import notice_title
from bot.reply import Kind, Reply
from bot.tui.messages import card_name
from bot.tui.text import plain

PUT_AWAY = {Kind.CRISIS: "puts this away"}
PUT_AWAY_OTHERS = "once it is taken care of"

_SERIOUSNESS = (Kind.URGENT, Kind.EMERGENCY, Kind.CRISIS)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")


def pinned_after(pinned: Reply | None, reply: Reply, *, taken_back: bool) -> Reply | None:
    """Return what is pinned after ``reply``.

    The most serious reply stays, of equal ones the newer. Words take back a sign, but never a crisis.
    """
    if reply.kind in AT_ONCE and reply.notice:
        if pinned and _SERIOUSNESS.index(pinned.kind) > _SERIOUSNESS.index(reply.kind):
            return pinned
        return reply
    if pinned and taken_back and pinned.kind is not Kind.CRISIS:
        return None
    return pinned


def pinned_line(reply: Reply) -> str:
    """Return what a pinned reply says in one line: what to do first; in a crisis, whom to call."""
    if reply.kind is Kind.CRISIS:
        return reply.framing
    return _SENTENCE_END.split(reply.notice or reply.framing, maxsplit=1)[0]


class Pinned(Static):
    """Above everything that scrolls; not there while nothing is pinned."""

    def __init__(self, keys: Keys) -> None:
        super().__init__(markup=False, id="pinned")
        self._key = keys.words("put-away")
        self.reply: Reply | None = None

    @property
    def crisis(self) -> bool:
        """Whether it is a crisis that is pinned."""
        return self.reply is not None and self.reply.kind is Kind.CRISIS

    def follow(self, reply: Reply, *, taken_back: bool = False) -> None:
        """Pin, keep or take away, as the next reply of the talk has it."""
        self._show(pinned_after(self.reply, reply, taken_back=taken_back))

    def put_away(self) -> None:
        """Pin nothing."""
        self._show(None)

    def _show(self, reply: Reply | None) -> None:
        self.reply = reply
        self.set_class(reply is not None, "-used")
        if reply is None:
            return
        self.set_classes(f"-used -{card_name(reply.kind)}")
        self.update(
            Content.styled(f"▲ {notice_title(reply.kind)}  ", "bold")
            + plain(pinned_line(reply))
            + Content.styled(f"  {self._key} {PUT_AWAY.get(reply.kind, PUT_AWAY_OTHERS)}", "italic")
        )
