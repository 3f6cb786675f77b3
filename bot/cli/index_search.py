"""``mbc-chat index search``: passages with their scores, for one question or many."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.cli.arguments import AsJson
from bot.cli.context import Exit, WrongUse, home, put
from bot.json_text import json_text


def search(
    question: Annotated[str | None, typer.Argument(help="What to look for.", show_default=False)] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 5,
    batch: Annotated[str | None, typer.Option(metavar="FILE|-", help='{"id","question"} a line.')] = None,
    as_json: AsJson = False,
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
        put(json_text({"id": None, "hits": [_hit(hit) for hit in hits]}))
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
        put(json_text(row))
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
