"""The command line of the eval. Only typer is imported here, for the main command line always loads it."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eval.cases import Split

app = typer.Typer(no_args_is_help=True)


class SplitChoice(StrEnum):
    """Which cases to run."""

    DEV = "dev"
    TEST = "test"
    ALL = "all"


class NoiseChoice(StrEnum):
    """What is done to the questions."""

    TYPOS = "typos"
    LOWER = "lower"
    UPPER = "upper"
    ORDER = "order"


SetNames = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SET]...", help="YAML files, or names of packaged sets; without any: all of those."
    ),
]
Today = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day on which the questions are asked, else the set says."),
]
ChangesFile = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write every change here.")]
SplitOption = Annotated[SplitChoice, typer.Option(help="Run only these cases.")]


@app.callback()
def evaluate() -> None:
    """Measure how well answers rest on the articles."""


@app.command()
def run(
    sets: SetNames = None,
    *,
    json_file: Annotated[
        Path | None,
        typer.Option(
            "--json",
            metavar="FILE",
            help="Write the summary here, cases to FILE.cases.jsonl and times to FILE.timings.json.",
        ),
    ] = None,
    html_file: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write a page with plots and the worst cases."),
    ] = None,
    times: Annotated[
        bool, typer.Option(help="Whether the page shows how long replies took, which differs each time.")
    ] = True,
    split: SplitOption = SplitChoice.ALL,
    today: Today = None,
    gate: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Run the split of this gate file, and fail where it does not hold."
        ),
    ] = None,
    new_baseline: Annotated[
        bool, typer.Option("--new-baseline", help="Write the baseline of the gate, and compare with none.")
    ] = False,
) -> None:
    """Run eval sets, and report every score with its interval.

    Example: mbc-chat eval run answerable --split dev --html report.html
    """
    from bot.cli.context import home
    from eval.opening import open_subject
    from eval.shell import RunOptions, execute

    options = RunOptions(
        names=sets or (),
        json_file=json_file,
        html_file=html_file,
        times=times,
        split=_split(split),
        today=today.date() if today else None,
        gate=gate,
        new_baseline=new_baseline,
    )
    raise typer.Exit(execute(options, lambda day: open_subject(home(), day), sys.stdout))


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A summary that `eval run --json` wrote.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Another one, of a later state.")],
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write every difference here.")
    ] = None,
) -> None:
    """Compare two runs case by case, with intervals and tests.

    It names the cases that were won and lost.

    Example: mbc-chat eval compare old.json new.json
    """
    from eval.comparing.shell import execute_compare

    raise typer.Exit(execute_compare(old, new, json_file, sys.stdout))


@app.command()
def explain(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The id of a case.")],
    sets: SetNames = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Ask one case, and show every step and what is right.

    Example: mbc-chat eval explain answerable-adc-what
    """
    from bot.cli.context import home
    from eval.explaining.shell import execute_explain
    from eval.opening import open_traceable

    code = execute_explain(
        case, sets or (), lambda day: open_traceable(home(), day), sys.stdout, as_json=as_json
    )
    raise typer.Exit(code)


@app.command()
def refresh(sets: SetNames = None) -> None:
    """Pin the text of the gold sections as it is now.

    It shows what changed since the last time. Look at the cases that are named before you keep the new pins.

    Example: mbc-chat eval refresh
    """
    from bot.cli.context import home
    from eval.opening import open_subject
    from eval.refresh import execute_refresh

    raise typer.Exit(execute_refresh(sets or (), lambda day: open_subject(home(), day), sys.stdout))


@app.command()
def noise(
    sets: SetNames = None,
    *,
    kind: Annotated[
        list[NoiseChoice] | None, typer.Option(help="Only this kind of noise; may be given more than once.")
    ] = None,
    typos: Annotated[
        float, typer.Option(min=0, max=1, metavar="SHARE", help="How many letters are mistyped.")
    ] = 0.03,
    swaps: Annotated[
        float, typer.Option(min=0, max=1, metavar="SHARE", help="How many neighbouring words change places.")
    ] = 0.1,
    seed: Annotated[int, typer.Option(help="Another number makes other slips.")] = 1,
    json_file: ChangesFile = None,
    split: SplitOption = SplitChoice.DEV,
    today: Today = None,
) -> None:
    """Run eval sets clean and with typing noise, and compare.

    Example: mbc-chat eval noise answerable --kind typos
    """
    from bot.cli.context import home
    from eval.noise import Noise, Rates
    from eval.noise_shell import NoiseOptions, execute_noise
    from eval.opening import open_subject

    options = NoiseOptions(
        names=sets or (),
        json_file=json_file,
        split=_split(split),
        today=today.date() if today else None,
        kinds=[Noise(each.value) for each in dict.fromkeys(kind or NoiseChoice)],
        rates=Rates(typos, swaps),
        seed=seed,
    )
    raise typer.Exit(execute_noise(options, lambda day: open_subject(home(), day), sys.stdout))


@app.command()
def retrieval(
    queries: Annotated[Path, typer.Option(metavar="FILE", help="Lines of {_id, text}, as in BEIR.")],
    qrels: Annotated[
        Path, typer.Option(metavar="FILE", help="Columns query-id, corpus-id and score, with tabs between.")
    ],
    json_file: Annotated[
        Path | None,
        typer.Option(
            "--json", metavar="FILE", help="Write the scores here, and queries to FILE.cases.jsonl."
        ),
    ] = None,
    skip_missing: Annotated[
        bool, typer.Option("--skip-missing", help="Leave out queries whose documents are not indexed.")
    ] = False,
) -> None:
    """Judge the search of the live index by graded documents.

    An article is as good as its best passage.

    Example: mbc-chat eval retrieval --queries queries.jsonl --qrels qrels.tsv
    """
    from bot.cli.context import home
    from eval.retrieval.shell import RetrievalOptions, execute_retrieval, library_of
    from index.search import open_index

    options = RetrievalOptions(queries, qrels, json_file, skip_missing)
    raise typer.Exit(execute_retrieval(options, lambda: library_of(open_index(home().index)), sys.stdout))


@app.command()
def ablate(
    sets: SetNames = None,
    *,
    with_rebuild: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Also embed passages without headings: builds an index in this folder, and keeps it.",
        ),
    ] = None,
    json_file: ChangesFile = None,
    split: SplitOption = SplitChoice.DEV,
    today: Today = None,
) -> None:
    """Leave out one stage at a time, and print what each is worth.

    Example: mbc-chat eval ablate answerable
    """
    from bot.cli.context import home
    from eval.ablation_shell import AblationOptions, Ground, execute_ablation
    from index.encoder import Encoder

    def load(model: str) -> Encoder:
        from index.model import load_model

        return load_model(model)

    options = AblationOptions(
        names=sets or (),
        json_file=json_file,
        split=_split(split),
        today=today.date() if today else None,
        rebuild_in=with_rebuild,
    )
    raise typer.Exit(execute_ablation(options, Ground(home().index, load), sys.stdout))


def _split(choice: SplitChoice) -> Split | None:
    from eval.cases import Split

    return None if choice is SplitChoice.ALL else Split(choice.value)
