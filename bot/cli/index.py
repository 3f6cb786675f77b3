"""``mbc-chat index``: build, look at and search the index."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.context import Exit, WrongUse, home, put, say
from index.progress import Progress, Report

app = typer.Typer(help="Build, look at and search the index.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def build(
    corpus: Annotated[
        list[Path] | None,
        typer.Option(
            help="Folder or file of articles; may be given again. Default: as before, else our own."
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME|PATH", help="A sentence-transformers model. Default: all-MiniLM-L6-v2."),
    ] = None,
    _full: Annotated[
        bool, typer.Option("--full", help="Build from nothing (every build does, in this version).")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")] = False,
) -> None:
    """Build a new index beside the live one, then switch to it.

    Example: mbc-chat index build --corpus ~/articles
    """
    from bot.opening import roots_or_default
    from index.build import build_index
    from index.model import DEFAULT_MODEL, load_model

    where = home()
    roots = roots_or_default(where, corpus or [])
    with _progress() as report:
        result = build_index(where.index, roots, lambda: load_model(model or DEFAULT_MODEL), report=report)
    failed = [{"file": f.path, "line": f.line, "problem": f.problem, "mend": f.mend} for f in result.failures]
    if as_json:
        counts = {"articles": result.articles, "passages": result.passages, "sentences": result.sentences}
        put(json.dumps({"generation": result.generation, **counts, "failed": failed}, ensure_ascii=False))
    else:
        put(
            f"Built generation {result.generation}: {result.articles} articles, "
            f"{result.passages} passages, {result.sentences} sentences."
        )
    for failure in result.failures:
        say(f"Not read: {failure}")
    if result.failures:
        raise typer.Exit(Exit.FAILED)


@app.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False) -> None:
    """Show what the live index holds and what it was built from."""
    from index.generation import check_sizes, read_manifest

    folder = home().index
    live = folder.live()
    manifest = read_manifest(folder.generations / live)
    check_sizes(folder.generations / live, manifest)
    facts: dict[str, Any] = {
        "generation": live,
        "built": manifest.built,
        "model": manifest.model,
        "articles": manifest.articles,
        "passages": manifest.passages,
        "sentences": manifest.sentences,
        "corpora": list(manifest.corpora),
        "folder": str(folder.path),
        "bytes": sum(entry.bytes for entry in manifest.files.values()),
        "kept": [name for name in folder.names() if name != live],
    }
    if as_json:
        put(json.dumps(facts, ensure_ascii=False))
        return
    for name, value in facts.items():
        put(f"{name:<11} {', '.join(value) or '-' if isinstance(value, list) else value}")


@app.command()
def search(
    question: Annotated[str | None, typer.Argument(help="What to look for.", show_default=False)] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 5,
    batch: Annotated[str | None, typer.Option(metavar="FILE|-", help='{"id","question"} a line.')] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show the passages nearest to a question, with their scores.

    Example: mbc-chat index search "ESR1 mutation" -k 3
    """
    from bot.opening import open_search

    if (question is None) == (batch is None) or (question is not None and not question.strip()):
        raise WrongUse('give what to look for in quotes, or --batch FILE: mbc-chat index search "ESR1"')
    if batch is not None:
        raise typer.Exit(_search_batch(batch, k))
    assert question is not None
    hits = open_search(home()).search(question, k)
    if as_json:
        put(json.dumps({"id": None, "hits": [_hit(hit) for hit in hits]}, ensure_ascii=False))
        return
    for n, hit in enumerate(hits, start=1):
        first = hit.passage.text.replace("\n", " ")
        put(f"{n:>2}  {hit.score:.3f}  (vectors {hit.cosine:.3f}, words {hit.words:.3f})  {hit.passage.id}")
        put(f"    {first[:140]}{' …' if len(first) > 140 else ''}")


def _search_batch(source: str, k: int) -> int:
    from bot.cli.rows import BadRow, read_lines, read_row
    from bot.opening import open_search

    code = Exit.FINE
    opened = open_search(home())
    for number, line in read_lines(source):
        try:
            row_id, (question, *_) = read_row(line, number)
            row = {"id": row_id, "hits": [_hit(hit) for hit in opened.search(question, k)]}
        except BadRow as error:
            row = {"id": error.row_id, "error": str(error)}
            code = Exit.FAILED
        put(json.dumps(row, ensure_ascii=False))
    return code


def _hit(hit: Any) -> dict[str, Any]:
    passage = hit.passage
    return {
        "article": passage.article_id,
        "passage": passage.id,
        "score": round(hit.score, 6),
        "start": passage.start,
        "end": passage.end,
    }


@contextmanager
def _progress() -> Iterator[Report]:
    """Give a report that moves a bar on a terminal, and does nothing elsewhere."""
    from bot.cli.context import options

    if options.quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True)) as bar:
        tasks: dict[str, Any] = {}

        def show(progress: Progress) -> None:
            if progress.step not in tasks:
                tasks[progress.step] = bar.add_task(progress.step, total=progress.total)
            bar.update(tasks[progress.step], completed=progress.done, total=progress.total)

        yield show
