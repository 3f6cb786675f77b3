"""``mbc-chat corpus``: check, list and show articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.arguments import AsJson
from bot.cli.context import Exit, WrongUse, complain, full_width, home, may_style, put, terminal_width
from bot.json_text import json_text
from bot.render import shown
from corpus.profile import ProfileName

if TYPE_CHECKING:
    from corpus.article import Article
    from corpus.reader import Corpus

app = typer.Typer(help="Check, list and show articles.", no_args_is_help=True, rich_markup_mode=None)

Root = Annotated[Path | None, typer.Option("--corpus", help="Folder or file of articles. Default: our own.")]

_STYLES: dict[str, dict[str, Any]] = {
    "check": {"bold": True},
    "error": {"fg": typer.colors.RED},
    "warning": {"fg": typer.colors.YELLOW},
}
"""How the lines of a report look on a terminal, by their kind."""


@app.command()
def check(
    corpus: Root = None,
    reference: Annotated[
        Path | None, typer.Option(help="A text of which no article may share nine words in a row.")
    ] = None,
    profile: Annotated[
        ProfileName | None, typer.Option(help="How strict. Default: as corpus.toml says, or lenient.")
    ] = None,
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day that review dates are judged by.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check articles against the editorial rules.

    Exit code 1 if there is anything to mend.

    Example: mbc-chat corpus check --corpus ~/articles
    """
    from bot.cli.check_report import report_json, report_lines
    from corpus.check import check_corpus
    from corpus.reader import OUR_CORPUS

    day = today.date() if today else date.today()
    report = check_corpus(corpus or OUR_CORPUS, today=day, profile=profile, reference=reference)
    if as_json:
        put(json_text(report_json(report)))
    else:
        for line in report_lines(report, Path.cwd()):
            put(typer.style(line.text, **_STYLES.get(line.kind, {})) if may_style() else line.text)
    if report.errors:
        raise typer.Exit(Exit.FAILED)


@app.command("list")
def list_articles(
    corpus: Root = None,
    as_json: AsJson = False,
) -> None:
    """List articles with length, reading grade and review date.

    Exit code 1 if one cannot be read.

    Example: mbc-chat corpus list --corpus ~/articles
    """
    from bot.cli.articles import list_row, table_lines

    corpora = _corpora(corpus)
    rows = [list_row(article) for one in corpora for article in one.articles]
    failures = [failure for one in corpora for failure in one.failures]
    if as_json:
        put(json_text({"articles": [row.as_json() for row in rows]}))
    else:
        head, *lines = table_lines(rows, full_width())
        put(typer.style(head, bold=True) if may_style() else head)
        for line in lines:
            put(line)
    for failure in failures:
        complain(shown(str(failure)))
    if failures:
        raise typer.Exit(Exit.FAILED)


@app.command()
def show(
    article_id: Annotated[str, typer.Argument(metavar="ID", help="As `corpus list` shows it.")],
    corpus: Root = None,
    section: Annotated[
        int | None, typer.Option("--section", metavar="N", help="This section alone, counted from 1.")
    ] = None,
    facts: Annotated[
        bool, typer.Option("--facts", help="With each section, the facts that it rests on.")
    ] = False,
    text: Annotated[
        bool,
        typer.Option("--text", help="Print the exact reading text that offsets count in, and nothing else."),
    ] = False,
) -> None:
    """Show one article.

    Example: mbc-chat corpus show when-to-call --section 2 --facts
    """
    from bot.cli.articles import article_lines, wrapped

    source, article = _find(article_id, _corpora(corpus))
    last = len(article.sections)
    if section is not None and not 1 <= section <= last:
        raise WrongUse(f"there is no section {section} in {article.id}: it has 1 to {last}.")
    if text:
        chosen = article.sections[section - 1] if section else None
        typer.echo(article.text[chosen.start : chosen.end] if chosen else article.text, nl=False)
        return
    width, styled = terminal_width(), may_style()
    register = source.facts if facts else None
    for line in article_lines(article, source.settings, facts=register, section=section):
        words = wrapped(line, width)
        put(typer.style(words, bold=True) if styled and line.heading else words)


def _corpora(corpus: Path | None) -> list[Corpus]:
    from bot.corpora import default_roots
    from corpus.reader import read_corpus

    return [read_corpus(root) for root in ([corpus] if corpus else default_roots(home()))]


def _find(article_id: str, corpora: Sequence[Corpus]) -> tuple[Corpus, Article]:
    from bot.cli.articles import nearest_ids

    found = {article.id: (one, article) for one in reversed(corpora) for article in reversed(one.articles)}
    if article_id in found:
        return found[article_id]
    near = nearest_ids(article_id, sorted(found))
    hint = f" The nearest: {', '.join(near)}." if near else ""
    raise WrongUse(f"there is no article {article_id!r}.{hint} `mbc-chat corpus list` shows the ids.")
