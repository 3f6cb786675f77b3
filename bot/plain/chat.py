"""The plain chat: one line in, plain lines out, until the input ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TextIO

from bot.config import ConfigProblem
from bot.conversations.errors import ConversationProblem
from bot.conversations.stored import StoredConversation
from bot.engine import AT_ONCE
from bot.plain import keeping, shelf, sources, taking
from bot.plain.desk import Desk, Talk
from bot.plain.rebuilding import rebuild, take_newer
from bot.plain.settings import country
from bot.plain.words import Said, Word, said_in
from bot.render import choices_of, reply_text, shown
from index.errors import IndexProblem

HELP = """\
Type a question and press Enter. A line that is one of these words does something else:
1, 2, 3: ask what stands under that number below the last answer.
more: what more the articles have on this.
undo: have the last question answered exactly as you typed it, where it was understood otherwise.

sources: the sources of the last answer, with where their facts come from.
source 1: read the whole passage behind mark [1]; the quoted words begin with "> ".
facts 1: read what the section behind mark [1] rests on, each fact with its source and date.
article 1: read the whole article behind mark [1].
glossary, or glossary WORD: what a word means.

keep 1: keep the words quoted behind mark [1] to take along; keep alone keeps all.
note QUESTION: note a question for {team}; note alone takes the one that the answer names.
kept: what is kept and noted. drop 1: take number 1 of that away.
wrong, or wrong: WHY: mark the last answer as wrong.

new: begin a new conversation.
conversations: list the stored ones. open 1: go on with number 1 of the list. earlier: read further back.
search WORDS: find words in all stored conversations.
rename NAME: give this conversation a name.
delete: delete this conversation. delete all: delete everything that is stored of you.

sheet, or sheet html FILE: write what is kept and noted to a page for the visit.
export, or export markdown, html or json FILE: write the whole conversation to a file.

country UK, US, EU or any: whose phone numbers are shown.
rebuild: build the index again after the articles have changed.
help: these lines.
quit: leave; so does the end of the input."""
EMPTY = "Type a question, or: help"
NOT_UNDERSTOOD_OTHERWISE = "The last question was answered as you typed it."

_Handler = Callable[[Talk, Said], str]
_HANDLERS: Mapping[Word, _Handler] = {
    Word.SOURCES: sources.sources,
    Word.SOURCE: sources.look_up,
    Word.FACTS: sources.look_up,
    Word.ARTICLE: sources.look_up,
    Word.GLOSSARY: sources.glossary,
    Word.KEEP: keeping.keep,
    Word.NOTE: keeping.note,
    Word.KEPT: keeping.kept,
    Word.DROP: keeping.drop,
    Word.WRONG: keeping.wrong,
    Word.NEW: shelf.new,
    Word.CONVERSATIONS: shelf.conversations,
    Word.OPEN: shelf.open_,
    Word.EARLIER: shelf.earlier,
    Word.SEARCH: shelf.search,
    Word.RENAME: shelf.rename,
    Word.DELETE: shelf.delete,
    Word.DELETE_ALL: shelf.delete_all,
    Word.COUNTRY: country,
    Word.REBUILD: rebuild,
    Word.EXPORT: taking.export,
    Word.SHEET: taking.sheet,
}


def run_plain(
    desk: Desk,
    *,
    lines: Iterable[str],
    out: TextIO,
    narration: TextIO,
    prompted: bool = False,
    resumed: StoredConversation | None = None,
    first_words: str = "",
) -> int:
    """Answer line by line until the input ends or says "quit"; returns the exit code, which is 0.

    Notice and answers go to ``out``, hints and the "You:" prompt to ``narration``. ``prompted``
    says that somebody types at a terminal; through a pipe there is no prompt. ``first_words`` follow
    the notice.
    """
    _put("\n\n".join(filter(None, (shown(desk.about().notice), first_words))), out)
    talk = Talk(desk, desk.open_engine(), desk.record(None))
    if resumed is not None:
        _put("\n" + shelf.resume(talk, resumed), out)
    for line in _prompting(lines, narration if prompted else None):
        text = shown(line).strip()
        said = said_in(text)
        if said is not None and said.word is Word.QUIT:
            break
        if not text:
            _put(EMPTY, narration)
            continue
        for block in _respond(talk, text, said):
            _put(f"\n{block}", out)
        _save(talk, narration)
        _tell_of_build(talk, narration)
    _tell_of_build(talk, narration, wait=True)
    return 0


def _respond(talk: Talk, text: str, said: Said | None) -> Iterable[str]:
    """Yield what is said to a line, each block as soon as it is ready. Problems are said, never raised."""
    try:
        if (done := shelf.confirm(talk, text)) is not None:
            yield done
        elif said is None:
            yield _answer(talk, text)
        else:
            yield from _obey(talk, text, said)
    except (ConfigProblem, ConversationProblem, IndexProblem, OSError) as problem:
        yield f"That did not work: {shown(str(problem))}"


def _obey(talk: Talk, text: str, said: Said) -> Iterable[str]:
    """Do what a word asks; a sign of danger in what came with it is answered first."""
    if said.is_free and talk.desk.early.reply(talk.conversation, said.text).kind in AT_ONCE:
        yield _answer(talk, said.text)
    if said.word is Word.HELP:
        yield "\n\n".join(filter(None, _help(talk)))
    elif said.word is Word.UNDO:
        yield _undo(talk)
    elif said.word is Word.CHOICE:
        yield _answer(talk, _chosen(talk, said.number) or text)
    else:
        yield _HANDLERS[said.word](talk, said)


def _help(talk: Talk) -> tuple[str, str]:
    about = talk.desk.about()
    return shown(HELP.format(team=about.team)), shown(about.support)


def _answer(talk: Talk, text: str, *, as_typed: bool = False) -> str:
    """Answer a question as the next turn."""
    take_newer(talk)
    reply = talk.engine.reply(talk.conversation, text, as_typed=as_typed)
    talk.recorder.add_turn(text, reply)
    talk.fresh = reply
    return f"Answer:\n{reply_text(reply, numbered=True, origins=False)}"


def _chosen(talk: Talk, number: int | None) -> str | None:
    """Return what stands under a number below the last answer; a bare number may be a temperature."""
    choices = choices_of(talk.last.reply) if talk.last else []
    return choices[number - 1] if number and number <= len(choices) else None


def _undo(talk: Talk) -> str:
    turn = talk.last
    if turn is None or not turn.reply.understood:
        return NOT_UNDERSTOOD_OTHERWISE
    talk.recorder.take_back(turn.n)
    return _answer(talk, turn.text, as_typed=True)


def _save(talk: Talk, narration: TextIO) -> None:
    """Save what was said, and say once why that does not work."""
    problem = talk.recorder.save()
    if problem and problem != talk.unsaved:
        _put(f"Not saved, and the talk goes on: {shown(problem)}", narration)
    talk.unsaved = problem
    fresh, talk.fresh = talk.fresh, None
    if fresh is None or talk.recorder.private:
        return
    try:
        talk.desk.answered(fresh)
    except (ConfigProblem, OSError) as trouble:
        _put(f"The list of questions not covered stayed as it was: {shown(str(trouble))}", narration)


def _tell_of_build(talk: Talk, narration: TextIO, *, wait: bool = False) -> None:
    if news := talk.desk.building.news(wait=wait):
        _put(news, narration)


def _put(text: str, stream: TextIO) -> None:
    print(text, file=stream, flush=True)


def _prompting(lines: Iterable[str], narration: TextIO | None) -> Iterable[str]:
    """Pass the lines on, with "You:" before each where somebody is there to read it."""
    rest = iter(lines)
    while True:
        if narration is not None:
            print("\nYou: ", end="", file=narration, flush=True)
        line = next(rest, None)
        if line is None:
            return
        yield line
