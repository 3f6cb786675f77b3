"""``mbc-chat corpus``: check, list and show articles."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import Exit, WrongUse, put

if TYPE_CHECKING:
    from corpus.article import Article

app = typer.Typer(help="Check, list and show articles.", no_args_is_help=True, rich_markup_mode=None)

Root = Annotated[Path | None, typer.Option("--corpus", help="Folder or file of articles. Default: our own.")]


@app.command()
def check(
    corpus: Root = None,
    reference: Annotated[
        Path | None, typer.Option(help="A text of which no article may share nine words in a row.")
    ] = None,
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day that review dates are judged by.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check articles against the editorial rules; exit 1 if there is anything to mend."""
    from corpus.check import check_corpus
    from corpus.reader import OUR_CORPUS

    day = today.date() if today else date.today()
    report = check_corpus(corpus or OUR_CORPUS, today=day, reference=reference)
    if as_json:
        put(json.dumps({**asdict(report), "errors": report.errors}, ensure_ascii=False))
    else:
        for finding in report.findings:
            put(str(finding))
        warnings = len(report.findings) - report.errors
        put(
            f"{report.articles} articles, {report.sections} sections, {report.words} words, "
            f"{report.facts} facts: "
            f"{report.errors} errors, {warnings} warnings."
        )
    if report.errors:
        raise typer.Exit(Exit.FAILED)


@app.command("list")
def list_articles(corpus: Root = None) -> None:
    """List articles with their topics, length, reading grade and review date."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from corpus.prose import sentences, word_count
    from corpus.readability import reading_grade

    table = Table("id", "title", "topics", "words", "grade", "reviewed", box=None, pad_edge=False)
    for article in _articles(corpus):
        grade = f"{reading_grade(sentences(article)):.1f}"
        reviewed = article.reviewed.isoformat() if article.reviewed else "-"
        cells = (
            article.id,
            article.title,
            ", ".join(article.topics),
            str(word_count(article)),
            grade,
            reviewed,
        )
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)


@app.command()
def show(
    article_id: Annotated[str, typer.Argument(metavar="ID", help="As `corpus list` shows it.")],
    corpus: Root = None,
    text: Annotated[
        bool,
        typer.Option("--text", help="Print the exact reading text that offsets count in, and nothing else."),
    ] = False,
) -> None:
    """Show one article."""
    article = next((a for a in _articles(corpus) if a.id == article_id), None)
    if article is None:
        raise WrongUse(f"there is no article {article_id!r}. `mbc-chat corpus list` shows the ids.")
    if text:
        typer.echo(article.text, nl=False)
        return
    put(article.title)
    reviewed = article.reviewed.isoformat() if article.reviewed else "unknown"
    put(f"Facts checked: {reviewed}. Clinical review: {article.clinical_review}.\n")
    for number, section in enumerate(article.sections, start=1):
        put(f"{number}. {section.heading}  ({article.id}#{section.id})")
        put(article.text[section.start : section.end] + "\n")
    for source in article.sources:
        put(f"Source: {source.title}, {source.url}")


def _articles(corpus: Path | None) -> tuple[Article, ...]:
    from corpus.reader import OUR_CORPUS, read_corpus

    return read_corpus(corpus or OUR_CORPUS).articles
