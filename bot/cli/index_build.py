"""``mbc-chat index build``: once, or again at every change."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import Exit, complain, home, put, say
from bot.cli.progress import progress_bars
from bot.json_text import json_text

if TYPE_CHECKING:
    from bot.rebuild import Rebuild
    from index.building import BuildResult


class DeviceChoice(StrEnum):
    """Where to encode."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


class PrecisionChoice(StrEnum):
    """How exactly to encode."""

    AUTO = "auto"
    FP32 = "fp32"
    BF16 = "bf16"


Roots = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="PATH",
        help="Folder or file of articles; may be given again. Default: as before, else our own.",
    ),
]
ModelName = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|PATH", help="A sentence-transformers model. Default: as before, else all-MiniLM-L6-v2."
    ),
]
Full = Annotated[
    bool, typer.Option("--full", help="Forget what earlier builds worked out, and do it all again.")
]
Watch = Annotated[
    bool, typer.Option("--watch", help="Then build again whenever the articles change, until Ctrl-C.")
]
DeviceOption = Annotated[DeviceChoice, typer.Option(help="Where to encode.")]
PrecisionOption = Annotated[
    PrecisionChoice, typer.Option(help="auto is bf16 where the machine is quicker with it, else fp32.")
]
ReportAsJson = Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")]


def build(
    corpus: Roots = None,
    model: ModelName = None,
    full: Full = False,
    watch: Watch = False,
    device: DeviceOption = DeviceChoice.AUTO,
    precision: PrecisionOption = PrecisionChoice.AUTO,
    as_json: ReportAsJson = False,
) -> None:
    """Build a new index beside the live one, then switch to it. What did not change is not done again.

    Example: mbc-chat index build --corpus ~/articles
    """
    from bot.rebuild import Rebuild
    from index.model import Device, Precision

    rebuild = Rebuild(
        home(),
        corpus or [],
        model,
        full=full,
        device=Device(device.value),
        precision=Precision(precision.value),
    )
    try:
        with progress_bars() as report:
            result = rebuild.run(report)
    except KeyboardInterrupt:
        complain("interrupted; the live index is as it was, and what was encoded is kept for the next build")
        raise typer.Exit(Exit.INTERRUPTED) from None
    _tell(result, as_json=as_json)
    if watch:
        _watch(rebuild, as_json=as_json)
    elif result.failures:
        raise typer.Exit(Exit.FAILED)


def _tell(result: BuildResult, *, as_json: bool) -> None:
    """Print what a build found and made: the result to stdout, what needs a hand to stderr."""
    from index.changes import summary

    if as_json:
        put(json_text(_as_plain(result)))
    else:
        for line in summary(result.changes):
            put(line)
        counts = f"{result.articles} articles, {result.passages} passages, {result.sentences} sentences"
        if result.built:
            put(f"Built generation {result.generation}: {counts}; {result.encoded} texts newly encoded.")
        else:
            put(f"Generation {result.generation} stays: {counts}.")
    for failure in result.failures:
        say(f"Not read: {failure}")
    if result.failures and not result.built and result.changes.any:
        say("The live index stays as it is until that is mended.")
    if result.withdrawn:
        say(f"Withdrawn, and not in the index: {', '.join(result.withdrawn)}")
    if result.cut:
        say(f"{result.cut} passages are longer than the model reads; their ends are found by words alone.")


def _as_plain(result: BuildResult) -> dict[str, object]:
    return {
        "generation": result.generation,
        "built": result.built,
        "articles": result.articles,
        "passages": result.passages,
        "sentences": result.sentences,
        "encoded": result.encoded,
        "cut": result.cut,
        "withdrawn": list(result.withdrawn),
        **result.changes.as_plain(),
    }


def _watch(rebuild: Rebuild, *, as_json: bool) -> None:
    """Build again at every change. What fails is told, and the live index stays, until it is mended."""
    from corpus.article import ArticleError
    from index.errors import IndexProblem
    from index.watch import changes_of

    roots: Sequence[Path] = rebuild.roots
    is_up = False
    try:
        for _ in changes_of(roots):
            began, is_up = not is_up, True
            if began:
                say(f"Watching {', '.join(str(root) for root in roots)}. Ctrl-C ends it.")
            try:
                result = rebuild.run(lambda _: None, hold_back=True)
            except (IndexProblem, ArticleError) as error:
                complain(str(error))
                continue
            if result.built or not began:
                _tell(result, as_json=as_json)
                sys.stdout.flush()
    except KeyboardInterrupt:
        complain("interrupted; the index is as the last build left it")
        raise typer.Exit(Exit.INTERRUPTED) from None
