"""``mbc-chat index``: build, look at, prove and search the index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import index_build, index_impact, index_search
from bot.cli.arguments import AsJson
from bot.cli.context import Exit, home, put, say
from bot.json_text import json_text

if TYPE_CHECKING:
    from index.generation import IndexFolder, Manifest

app = typer.Typer(
    help="Build, look at, prove and search the index.", no_args_is_help=True, rich_markup_mode=None
)
app.command("build")(index_build.build)
app.command("search")(index_search.search)
app.command("impact")(index_impact.impact)


@app.command()
def status(as_json: AsJson = False) -> None:
    """Show what the live index holds, and what changed since.

    It tells what the index was built from, too.

    Example: mbc-chat index status
    """
    from index.generation import check_sizes, read_manifest

    folder = home().index
    live = folder.live()
    manifest = read_manifest(folder.generations / live)
    check_sizes(folder.generations / live, manifest)
    facts = _facts(folder, manifest)
    if as_json:
        put(json_text(facts))
        return
    for name, value in facts.items():
        put(f"{name.replace('_', ' '):<14} {', '.join(value) or '-' if isinstance(value, list) else value}")


def _facts(folder: IndexFolder, manifest: Manifest) -> dict[str, Any]:
    from index.exported import read_exported
    from index.live import waiting_changes

    lists = int(manifest.vectors.get("lists", 0))
    recall = manifest.vectors.get("recall_at_10", 1.0)
    exported = read_exported(folder.encoder(manifest.encoder))
    return {
        "generation": manifest.generation,
        "built": manifest.built,
        "model": manifest.model,
        "questions": "by the exported encoder"
        if exported.has_model
        else "by the model itself, slow to start",
        "articles": manifest.articles,
        "passages": manifest.passages,
        "sentences": manifest.sentences,
        "search": f"{lists} lists, recall@10 {recall:.3f} on a sample" if lists else "exact",
        "corpora": list(manifest.corpora),
        "not_yet_built": waiting_changes(folder, manifest).words,
        "folder": str(folder.path),
        "bytes": sum(entry.bytes for entry in manifest.files.values()),
        "kept": [name for name in folder.names() if name != manifest.generation],
    }


@app.command()
def verify(
    sample: Annotated[
        int, typer.Option(min=1, help="How many passages, and as many sentences, are encoded again.")
    ] = 64,
    as_json: AsJson = False,
) -> None:
    """Prove that every kept generation is as it was built.

    Every file is hashed again, and passages, words and vectors are compared one to one. Exit code 1 if
    anything differs.

    Example: mbc-chat index verify --sample 500
    """
    from dataclasses import asdict

    from index.verify import verify as verify_index

    result = verify_index(home().index, sample=sample, advance=lambda name: say(f"Looking at {name}"))
    if as_json:
        put(json_text(asdict(result)))
    else:
        for damage in result.damage:
            put(str(damage))
        put(
            f"{len(result.generations)} generations, {result.files} files, {result.passages} passages, "
            f"{result.sentences} sentences, {result.encoded} texts encoded again: "
            f"{len(result.damage) or 'nothing'} damaged."
        )
    if result.damage:
        say("Run `mbc-chat index build --full`, or `mbc-chat index rollback` to a sound generation.")
        raise typer.Exit(Exit.FAILED)


@app.command()
def rollback(
    generation: Annotated[
        str | None, typer.Argument(help="As `index status` lists them. Default: the one before.")
    ] = None,
) -> None:
    """Go back to an earlier generation.

    The articles stay as they are, so the next build brings them in again.

    Example: mbc-chat index rollback
    """
    from index.upkeep import roll_back

    put(f"The live generation is {roll_back(home().index, generation)} now.")


@app.command()
def prune(
    keep: Annotated[int, typer.Option(min=0, help="Earlier generations to keep.")] = 2,
    as_json: AsJson = False,
) -> None:
    """Remove old generations and what only they needed.

    That is encoders and cached vectors.

    Example: mbc-chat index prune --keep 0
    """
    from dataclasses import asdict

    from index.upkeep import prune as prune_index

    removed = prune_index(home().index, keep)
    if as_json:
        put(json_text(asdict(removed)))
    else:
        put(
            f"Removed {len(removed.generations)} generations, {len(removed.encoders)} encoders, "
            f"{removed.cached} cached articles and vectors."
        )
