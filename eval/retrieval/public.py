"""Judging the search on public questions: ``python -m eval.retrieval.public [--keep DIR]``.

Looks for MedQuAD's cancer pages and MEDIQA 2019 below the folder named by MBC_CHAT_DEVELOPMENT_TEXTS, and
says so if they are not there. Documents, questions and index are written to a temporary folder that is
removed again: none of it becomes part of the project. With ``--keep`` they stay in a folder outside of it,
and a second run uses the index that is there.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TextIO

from lxml import etree

from bot.home import Home
from bot.rebuild import Rebuild
from corpus.text import slug
from eval.retrieval.shell import RetrievalOptions, library_of, print_report, run_retrieval
from eval.retrieval.stages import STAGES, WeighedSearch, gain_over, print_gains
from index.progress import Report
from index.search import open_index

VARIABLE = "MBC_CHAT_DEVELOPMENT_TEXTS"
_MEDQUAD = Path("data/medquad/cancergov.jsonl")
_MEDIQA = (
    Path("data/mediqa2019/MEDIQA2019-Task3-QA-ValidationSet.xml"),
    Path("data/mediqa2019/MEDIQA2019-Task3-QA-TrainingSet2-Alexa.xml"),
)
_MEDIQA_RELEVANT = 3
"""Reference score from which on an answer is right, if not complete; 4 is an excellent one."""


@dataclass(slots=True)
class PublicSet:
    """Questions, and documents with grades for them."""

    name: str
    documents: dict[str, str] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    grades: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, question: str, text: str, grade: int) -> None:
        """Add a document that was graded for a question; the same question twice is one."""
        asked = self.questions.setdefault(" ".join(question.split()), f"q{len(self.questions):04}")
        document = f"d{len(self.documents):04}"
        self.documents[document] = text
        self.grades.setdefault(asked, {})[document] = grade


def read_medquad(path: Path) -> PublicSet:
    """Read MedQuAD: each answer is a document, and right for its own question."""
    found = PublicSet("MedQuAD, cancer")
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        found.add(row["question"], row["answer"], 1)
    return found


def read_mediqa(paths: Iterable[Path]) -> PublicSet:
    """Read MEDIQA 2019: answers graded 1 to 4 for each question; 4 is worth two of 3, the others nothing."""
    found = PublicSet("MEDIQA 2019")
    for path in paths:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        for question in etree.parse(path, parser).iter("Question"):
            for answer in question.iter("Answer"):
                score = int(answer.get("ReferenceScore", "0"))
                grade = max(0, score - _MEDIQA_RELEVANT + 1)
                found.add(question.findtext("QuestionText", ""), answer.findtext("AnswerText", ""), grade)
    return found


def sets_below(folder: Path) -> list[PublicSet]:
    """Return the public sets that are there."""
    sets = []
    if (folder / _MEDQUAD).is_file():
        sets.append(read_medquad(folder / _MEDQUAD))
    if all((folder / path).is_file() for path in _MEDIQA):
        sets.append(read_mediqa(folder / path for path in _MEDIQA))
    return sets


def write_set(found: PublicSet, folder: Path) -> RetrievalOptions:
    """Write a set as BEIR does, with its documents as text files. A file that is right stays as it is."""
    articles = folder / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    for name, text in found.documents.items():
        path = articles / f"{name}.txt"
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
    lines = [json.dumps({"_id": name, "text": text}) + "\n" for text, name in found.questions.items()]
    (folder / "queries.jsonl").write_text("".join(lines), "utf-8")
    rows = [
        f"{name}\t{document}\t{grade}\n"
        for name, grades in found.grades.items()
        for document, grade in grades.items()
    ]
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(rows), "utf-8")
    return RetrievalOptions(folder / "queries.jsonl", folder / "qrels.tsv")


def judge_set(found: PublicSet, folder: Path, out: TextIO, report: Report) -> None:
    """Index a set's documents below ``folder`` with the default model, and print how well they are found.

    The search as it is comes first, then what it gains over each of its stages alone.
    """
    options = write_set(found, folder)
    home = Home(folder / "home")
    Rebuild(home, [folder / "articles"]).run(report)
    index = open_index(home.index)
    out.write(f"\n{found.name}\n")
    whole = run_retrieval(options, lambda: library_of(index))
    print_report(whole, out)
    gains = []
    for stage, weights in STAGES.items():
        searcher = WeighedSearch(index, weights)
        alone = run_retrieval(options, partial(library_of, index, searcher))
        gains.append(gain_over(stage, whole, alone))
    print_gains(gains, out)


def main(arguments: Sequence[str] = (), environment: Mapping[str, str] = os.environ) -> int:
    """Judge every public set that is there."""
    parser = argparse.ArgumentParser(description="Judge the search on public questions.")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep texts and indexes here, to use again")
    keep: Path | None = parser.parse_args(arguments).keep
    stated = environment.get(VARIABLE)
    sets = sets_below(Path(stated)) if stated else []
    if not sets:
        where = f"below {stated}" if stated else f"since {VARIABLE} names no folder"
        sys.stderr.write(f"Public questions: left out, there are none {where}.\n")
        return 0
    for found in sets:
        with _folder(keep, found.name) as folder:
            sys.stderr.write(f"{found.name}: indexing {len(found.documents)} documents, some minutes.\n")
            judge_set(found, folder, sys.stdout, lambda _: None)
    return 0


@contextmanager
def _folder(keep: Path | None, name: str) -> Iterator[Path]:
    """Give the folder of one set: below ``keep``, else a temporary one."""
    if keep is not None:
        yield keep / slug(name)
        return
    with tempfile.TemporaryDirectory(prefix="mbc-chat-public-") as folder:
        yield Path(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
