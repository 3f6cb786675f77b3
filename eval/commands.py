"""The command line of the eval. Only typer is imported here, for the main command line always loads it."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True)


class SplitChoice(StrEnum):
    """Which cases to run."""

    DEV = "dev"
    TEST = "test"
    ALL = "all"


@app.callback()
def evaluate() -> None:
    """Measure how well answers rest on the articles."""


@app.command()
def run(
    sets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SET]...", help="YAML files, or names of packaged sets; without any: all of those."
        ),
    ] = None,
    json_file: Annotated[
        Path | None,
        typer.Option(
            "--json",
            metavar="FILE",
            help="Write the summary here, cases to FILE.cases.jsonl and times to FILE.timings.json.",
        ),
    ] = None,
    split: Annotated[SplitChoice, typer.Option(help="Run only these cases.")] = SplitChoice.ALL,
    today: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="The day on which the questions are asked, else the set says."
        ),
    ] = None,
) -> None:
    """Run eval sets and report every score with its n, interval and target."""
    from bot.cli.context import home
    from eval.cases import Split
    from eval.opening import open_subject
    from eval.shell import RunOptions, execute

    options = RunOptions(
        names=sets or (),
        json_file=json_file,
        split=None if split is SplitChoice.ALL else Split(split.value),
        today=today.date() if today else None,
    )
    raise typer.Exit(execute(options, lambda day: open_subject(home(), day), sys.stdout))
