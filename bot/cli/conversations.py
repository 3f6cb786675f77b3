"""``mbc-chat conversations``: list, show, search, rename and delete what is stored."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import (
    conversations_export,
    conversations_handover,
    conversations_impact,
    conversations_verify,
)
from bot.cli.arguments import AsJson
from bot.cli.context import Exit, WrongUse, complain, fitted, full_width, home, put, say, terminal_width
from bot.json_text import json_text

if TYPE_CHECKING:
    from bot.conversations.store import ConversationStore
    from bot.conversations.stored import ConversationSummary, StoredConversation

app = typer.Typer(
    help="Read, search, take along, check and delete conversations.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("export")(conversations_export.export)
app.command("verify")(conversations_verify.verify)
app.command("impact")(conversations_impact.impact)
app.command("handover")(conversations_handover.handover)
app.command("uncovered")(conversations_handover.uncovered)

ConversationId = Annotated[
    str, typer.Argument(metavar="ID", help='As `list` shows it, its beginning, its letters, or "last".')
]


@app.command("list")
def list_conversations(as_json: AsJson = False) -> None:
    """List the conversations, the last one first.

    Exit code 1 if one cannot be opened.

    Example: mbc-chat conversations list
    """
    from bot.conversations.wording import summary_words

    kept = store()
    summaries = kept.summaries()
    if as_json:
        put(json_text({"conversations": [_summary_json(each) for each in summaries]}))
    else:
        width = full_width()
        for each in summaries:
            put(fitted(f"{each.id}  {summary_words(each)}", None if each.problem else width))
        if not summaries:
            say(f"There is no conversation in {kept.folder}.")
    if any(each.problem for each in summaries):
        raise typer.Exit(Exit.FAILED)


@app.command()
def show(conversation_id: ConversationId, as_json: AsJson = False) -> None:
    """Show a conversation, as the plain chat would.

    Exit code 1 if lines of its file are damaged.

    Example: mbc-chat conversations show last
    """
    from bot.conversations.as_json import conversation_json
    from bot.conversations.wording import conversation_text, no_changes
    from bot.takeaway.as_of import opened_as_of

    conversation = load(conversation_id)
    if as_json:
        put(json_text(conversation_json(conversation)))
    else:
        with opened_as_of(home(), date.today()) as as_of:
            changes = as_of.changes if as_of.can_tell else no_changes
            put(conversation_text(conversation, width=terminal_width(), changes=changes))
    if conversation.damaged:
        raise typer.Exit(Exit.FAILED)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="All of them have to be found.")],
    as_json: AsJson = False,
) -> None:
    """Search questions, answers, notes and names.

    Exit code 1 if nothing is found.

    Example: mbc-chat conversations search side effects
    """
    from bot.conversations.wording import hit_words, title_words

    hits = store().search(" ".join(words))
    if as_json:
        found = [{"id": hit.id, "title": hit.title, "turn": hit.n, "excerpt": hit.excerpt} for hit in hits]
        put(json_text({"hits": found}))
    else:
        before = ""
        for hit in hits:
            if hit.id != before:
                put(f"{hit.id}  {title_words(hit.title)}")
            put(f"  {hit_words(hit)}")
            before = hit.id
    if not hits:
        complain("nothing was found.")
        raise typer.Exit(Exit.FAILED)


@app.command()
def rename(
    conversation_id: ConversationId,
    name: Annotated[str, typer.Argument(metavar="NAME", help='"" takes the name away.')],
) -> None:
    """Give a conversation a name.

    Example: mbc-chat conversations rename last "Before the scan"
    """
    from corpus.text import one_line

    kept = store()
    found, given = kept.resolve(conversation_id), one_line(name)
    kept.rename(found, given)
    say(f"{found} is now called {given!r}." if given else f"{found} has no name any more.")


@app.command()
def delete(
    conversation_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="As for `show`.", show_default=False)
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All conversations, and the list of questions not covered.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
) -> None:
    """Delete a conversation, or all that is stored of you, for good.

    The settings and the index stay.

    Example: mbc-chat conversations delete --all
    """
    if (conversation_id is None) != everything:
        raise WrongUse(
            "give the ID of one conversation, or --all. `mbc-chat conversations list` shows the ids."
        )
    if everything:
        _delete_all(yes=yes)
        return
    from bot.conversations.wording import summary_words

    assert conversation_id is not None
    kept = store()
    found = kept.resolve(conversation_id)
    summary = next(each for each in kept.summaries() if each.id == found)
    _ask_first(f"Delete for good: {found}, {summary_words(summary)}", yes=yes)
    kept.delete(found)
    say(f"{found} is deleted.")


def store() -> ConversationStore:
    """Return the conversations of this run's home."""
    from bot.conversations.store import ConversationStore

    return ConversationStore(home().conversations)


def load(given: str) -> StoredConversation:
    """Return the conversation that ``given`` means: an id, its beginning, its letters, or "last"."""
    kept = store()
    return kept.load(kept.resolve(given))


def _summary_json(summary: ConversationSummary) -> dict[str, Any]:
    from bot.conversations.lines import moment_text

    return {
        "id": summary.id,
        "begun": moment_text(summary.begun),
        "last": moment_text(summary.last),
        "turns": summary.turns,
        "title": summary.title,
        "named": summary.named,
        "problem": summary.problem,
    }


def _delete_all(*, yes: bool) -> None:
    from bot.forgetting import forget_everything, personal

    where = home()
    _ask_first(f"Delete for good: {personal(where).words}", yes=yes)
    say(f"Deleted: {forget_everything(where).words}. Settings and index are as they were.")


def _ask_first(what: str, *, yes: bool) -> None:
    """Go on only if the reader says so. Raises WrongUse where nobody can be asked."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise WrongUse(
            "deleting asks first, and nobody is there to answer. Add --yes to delete without asking."
        )
    typer.confirm(what + ".\nIs that meant?", abort=True, err=True)
