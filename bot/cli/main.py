"""The command line: global options, the commands, and one place where errors become exit codes."""

from __future__ import annotations

import os
import sys
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import ask, chat, conversations, corpus, doctor, index, serve
from bot.cli.context import Exit, WrongUse, complain, options

app = typer.Typer(
    name="mbc-chat",
    help="A private, offline, cited chat about targeted therapy for metastatic breast cancer.",
    epilog="""Every command shows an example of itself, as in: mbc-chat ask --help

General information, not medical advice. In an emergency call 911 (US), 999 (UK) or 112 (EU).""",
    add_completion=False,
    no_args_is_help=False,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("chat")(chat.chat)
app.command("ask")(ask.ask)
app.command("serve")(serve.serve)
app.command("doctor")(doctor.doctor)
app.add_typer(index.app, name="index")
app.add_typer(corpus.app, name="corpus")
app.add_typer(conversations.app, name="conversations")
for plugin in sorted(entry_points(group="mbc_chat.commands"), key=lambda entry: entry.name):
    app.add_typer(plugin.load(), name=plugin.name)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mbc-chat {version('mbc-chat')}")
        raise typer.Exit


@app.callback()
def main(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(help="Folder for index and settings (else MBC_CHAT_HOME, else your data folder)."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing beside the result.")] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where in the code an error came from.")
    ] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Set the global options; without a command, open the chat."""
    options.home, options.quiet, options.debug = home, quiet, debug
    if context.invoked_subcommand is None:
        chat.chat()


def run() -> None:
    """Run the command line and exit: the console script."""
    sys.exit(run_with(sys.argv[1:]))


def run_with(arguments: list[str]) -> int:
    """Run the command line with ``arguments`` and return the exit code."""
    from corpus.article import ArticleError
    from index.errors import IndexLocked, IndexProblem

    os.umask(0o077)
    _speak_utf8()
    command = typer.main.get_command(app)
    try:
        result = command.main(arguments, prog_name="mbc-chat", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        complain("interrupted; nothing was changed")
        return Exit.INTERRUPTED
    except IndexLocked as error:
        return _end(error, Exit.TRY_LATER)
    except (IndexProblem, ArticleError) as error:
        return _end(error, Exit.FAILED)
    except WrongUse as error:
        return _end(error, Exit.WRONG_USE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FINE
    except Exception as error:  # the last resort: a clear line instead of a traceback
        return _unexpected(error)
    return int(result) if isinstance(result, int) else Exit.FINE


def _unexpected(error: Exception) -> int:
    from bot.config import ConfigProblem
    from bot.conversations.errors import ConversationProblem, NoSuchConversation

    if isinstance(error, typer.TyperException):
        said = error.format_message()
        complain(f"{said if said.endswith(('.', '?')) else f'{said}.'} See `mbc-chat --help`.")
        return Exit.WRONG_USE
    if isinstance(error, (ConfigProblem, NoSuchConversation)):
        return _end(error, Exit.WRONG_USE)
    if isinstance(error, ConversationProblem):
        return _end(error, Exit.FAILED)
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return _end(Exception(f"{error.strerror or error}{where}"), Exit.FAILED)
    if options.debug:
        raise error
    complain(
        f"something unexpected went wrong ({type(error).__name__}). Run it again with --debug to see where."
    )
    return Exit.FAILED


def _end(error: Exception, code: Exit) -> int:
    if options.debug:
        raise error
    complain(str(error))
    return code


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
