"""Judging the search on public questions: ``python -m eval.retrieval.public``.

Looks for MedQuAD's cancer pages and MEDIQA 2019 below the folder named by MBC_CHAT_DEVELOPMENT_TEXTS, and
says so if they are not there. Documents, questions and index are written to a temporary folder that is
removed again: none of it becomes part of the project.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from lxml import etree

from bot.home import Home
from bot.rebuild import Rebuild
from eval.retrieval.shell import RetrievalOptions, execute_retrieval, library_of
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
    """Write a set as BEIR does, with its documents as text files, into an empty folder."""
    articles = folder / "articles"
    articles.mkdir(parents=True)
    for name, text in found.documents.items():
        (articles / f"{name}.txt").write_text(text, "utf-8")
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
    """Index a set's documents below ``folder`` with the default model, and print how well they are found."""
    options = write_set(found, folder)
    home = Home(folder / "home")
    Rebuild(home, [folder / "articles"]).run(report)
    out.write(f"\n{found.name}\n")
    execute_retrieval(options, lambda: library_of(open_index(home.index)), out)


def main(environment: Mapping[str, str] = os.environ) -> int:
    """Judge every public set that is there."""
    stated = environment.get(VARIABLE)
    sets = sets_below(Path(stated)) if stated else []
    if not sets:
        where = f"below {stated}" if stated else f"since {VARIABLE} names no folder"
        sys.stderr.write(f"Public questions: left out, there are none {where}.\n")
        return 0
    for found in sets:
        with tempfile.TemporaryDirectory(prefix="mbc-chat-public-") as folder:
            sys.stderr.write(f"{found.name}: indexing {len(found.documents)} documents, some minutes.\n")
            judge_set(found, Path(folder), sys.stdout, lambda _: None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
