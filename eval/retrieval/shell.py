"""What ``mbc-chat eval retrieval`` does; the way to the index comes in as an argument."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from rich.table import Table

from bot.cli.console import console_on
from bot.cli.context import Exit
from eval.engine import Searcher
from eval.progress import progress_of
from eval.refusing import bad_files_refused
from eval.report_files import ReportFiles
from eval.retrieval.beir import read_queries
from eval.retrieval.documents import Named, in_articles, names_of, rank_documents
from eval.retrieval.scores import RetrievalReport, judge_ranking, report_json, report_on, rows_json
from eval.table import number_text
from eval.terminal import plain
from eval.writing import check_writable, write_json, write_text
from index.search import Index


@dataclass(frozen=True, slots=True)
class RetrievalOptions:
    """The words of the command."""

    queries: Path
    qrels: Path
    json_file: Path | None = None
    skip_missing: bool = False


@dataclass(frozen=True, slots=True)
class Library:
    """What is searched: documents by their names."""

    searcher: Searcher
    names: Named


def library_of(index: Index, searcher: Searcher | None = None) -> Library:
    """Return the library that an opened index is, searched by itself or by ``searcher``."""
    return Library(searcher or index, names_of(index.content.article_ids(), index.content.files()))


def execute_retrieval(options: RetrievalOptions, open_library: Callable[[], Library], out: TextIO) -> Exit:
    """Search for every query, print the scores and write them if asked. Returns the exit code.

    Raises WrongUse for files that cannot be used or written, and IndexProblem from the opener.
    """
    if options.json_file:
        check_writable("--json", options.json_file)
        check_writable("--json", ReportFiles(options.json_file).cases)
    with bad_files_refused():
        report = run_retrieval(options, open_library)
    print_report(report, out)
    if options.json_file:
        write_json(options.json_file, report_json(report))
        rows = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows_json(report))
        write_text(ReportFiles(options.json_file).cases, "".join(rows))
    return Exit.FINE


def run_retrieval(options: RetrievalOptions, open_library: Callable[[], Library]) -> RetrievalReport:
    """Search for every query and score it. Raises EvalSetError for files that cannot be used."""
    queries = read_queries(options.queries, options.qrels)
    library = open_library()
    kept, left_out = in_articles(queries, library.names, skip_missing=options.skip_missing)
    ranked = []
    with progress_of(len(kept), "queries") as progress:
        for done, query in enumerate(kept, 1):
            ranked.append(judge_ranking(query, rank_documents(library.searcher, query.text)))
            progress(done)
    return report_on(ranked, left_out=left_out, documents=len(library.names.by_id))


def print_report(report: RetrievalReport, out: TextIO) -> None:
    """Print what was searched, what was left out, and the scores with n and interval."""
    console = console_on(out)
    console.print(plain(f"{len(report.ranked)} queries, {report.documents} documents"))
    unjudged = sum(not each.query.relevant for each in report.ranked)
    for count, why in (
        (unjudged, "have no relevant document"),
        (report.left_out, "name one that is not indexed"),
    ):
        if count:
            console.print(plain(f"{count} queries {why} and are in no number below"))
    table = Table("metric", box=None, pad_edge=False)
    for name in ("n", "value", "95 %"):
        table.add_column(name, justify="right")
    for score in report.group.scores:
        interval = score.interval
        between = f"{number_text(interval.low)} - {number_text(interval.high)}" if interval else ""
        table.add_row(
            score.name, str(score.n), "none" if score.value is None else number_text(score.value), between
        )
    console.print(table)
