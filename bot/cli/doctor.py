"""``mbc-chat doctor``: checks of the whole installation."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.arguments import AsJson
from bot.cli.context import Exit, home, put
from bot.json_text import json_text

if TYPE_CHECKING:
    from bot.doctor.examination import Examination
    from bot.doctor.surroundings import Terminal


def doctor(
    as_json: AsJson = False,
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day that the phone numbers' dates are judged by."),
    ] = None,
) -> None:
    """Check the whole installation, and say what mends it.

    Nothing is written. Exit code 1 if there is a problem; a note is none.

    Example: mbc-chat doctor
    """
    from bot.doctor.examination import examine
    from bot.doctor.surroundings import Surroundings, installed_package

    examined = examine(
        Surroundings(
            home=home(),
            today=today.date() if today else date.today(),
            python=platform.python_version(),
            package=installed_package(),
            terminal=_terminal(),
        )
    )
    if as_json:
        put(json_text(examined.as_plain()))
    else:
        _show(examined)
    if examined.problems:
        raise typer.Exit(Exit.FAILED)


def _show(examined: Examination) -> None:
    from rich.text import Text

    from bot.cli.console import console_on
    from bot.doctor.examination import lines_of, summary
    from bot.doctor.finding import Severity

    styles = {Severity.OK: "", Severity.NOTE: "yellow", Severity.PROBLEM: "bold red"}
    console = console_on(sys.stdout)
    for severity, line in lines_of(examined):
        console.print(Text(line, styles[severity]), soft_wrap=True)
    console.print(Text(summary(examined)), soft_wrap=True)


def _terminal() -> Terminal:
    from bot.doctor.surroundings import Terminal

    columns, rows = shutil.get_terminal_size()
    return Terminal(
        is_terminal=sys.stdout.isatty(),
        columns=columns,
        rows=rows,
        encoding=sys.stdout.encoding,
        locale_encoding=locale.getencoding(),
        variables=os.environ,
    )
