"""A small corpus that every check passes, and a way to seed one defect in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.check import CheckReport, check_corpus
from corpus.profile import STRICT, Profile
from tests.conftest import TODAY

SMALL = replace(STRICT, min_words=0, min_sections=1)
"""The strict profile without the length of a whole article."""

ARTICLE = """\
---
id: bees
title: Keeping bees
summary: What bees do.
topics: [bees]
audience: everyone
reviewed: 2026-11-01
clinical_review: none
license: CC-BY-4.0
---

## Do bees have legs?
<!-- facts: 1-001 -->

Bees have six legs.

## Questions to ask the keeper

- Do bees sleep?
"""

FACTS = """\
1-001:
  says: "Bees have six (6) legs."
  source: {title: "A book of bees", url: "https://example.org/bees"}
  as_of: "May 2025"
  status: verified
1-002:
  says: "A swarm of bees was first counted in May 2019: 34% flew off, after three weeks."
  source: {title: "A book of swarms", url: "https://example.org/swarms"}
  as_of: "2024"
  status: verified
"""

ASKED_AS = """\
bees:
  do-bees-have-legs:
    - bee legs
    - how many legs has a bee
    - can a bee walk
  questions-to-ask-the-keeper:
    - what should I ask about bees
    - bee questions
    - keeper visit
"""


def write_corpus(folder: Path, article: str = ARTICLE, **files: str) -> None:
    """Write the corpus with ``article`` in it; further files are named without their ending."""
    (folder / "bees.md").write_text(article, "utf-8")
    side_files = {"facts": FACTS, "asked_as": ASKED_AS} | files
    for name, content in side_files.items():
        (folder / f"{name}.yaml").write_text(content, "utf-8")


def report_of(folder: Path, article: str = ARTICLE, profile: Profile = SMALL, **files: str) -> CheckReport:
    """Write the corpus and check it."""
    write_corpus(folder, article, **files)
    return check_corpus(folder, today=TODAY, profile=profile)


def found(report: CheckReport) -> list[tuple[str, str, int]]:
    """Return the check, the file and the line of every finding."""
    return [(str(f.check), Path(f.file).name, f.line) for f in report.findings]
