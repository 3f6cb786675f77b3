from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from index.generation import IndexFolder
from tests.conftest import REPOSITORY

CASES = [
    "{id: eat, question: What do bees eat?, kind: answer, categories: [], "
    "sections_any: ['bees#what-do-bees-eat'], nuggets: [{any: [nectar], vital: true}]}",
    "{id: swarm, question: When do bees swarm in spring?, kind: answer, categories: [], "
    "sections_all: ['bees#when-do-bees-swarm'], tags: [b, a]}",
    "{id: keep, question: Where does a hive stand best?, kind: answer, categories: [], "
    "nuggets: [{any: [morning sun]}], must_not: [shade]}",
    "{id: store, question: 'Que stocke la ruche, été ou hiver?', kind: [answer, not_covered]}",
    "{id: gout, question: how is gout treated, kind: not_covered, categories: [off_topic]}",
    "{id: moon, question: is the moon far away, kind: not_covered, categories: []}",
    "{id: pain, question: I have crushing chest pain now, kind: emergency, categories: [emergency]}",
    "{id: pair-1-base, question: I have chest pain, kind: emergency, categories: [emergency], "
    "tags: [pair-1, base]}",
    "{id: pair-1-past, question: I had chest pain last year, kind: answer, categories: [], "
    "tags: [pair-1, past]}",
    "{id: thread, turns: [{question: What do bees eat?, kind: answer}, "
    "{question: and when do they swarm?, kind: answer, understood: bees}]}",
]
ENVIRONMENTS: tuple[Mapping[str, str], ...] = (
    {
        "PYTHONHASHSEED": "4711",
        "OMP_NUM_THREADS": "1",
        "RAYON_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    },
    {
        "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "7",
        "RAYON_NUM_THREADS": "5",
        "OPENBLAS_NUM_THREADS": "7",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "tr_TR.UTF-8",
        "TZ": "Pacific/Apia",
        "COLUMNS": "40",
        "NO_COLOR": "1",
        "TERM": "dumb",
    },
)
"""Two surroundings that differ in the seed of hashes, threads, locale, time zone and terminal."""


def written(path: Path, cases: Sequence[str]) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"- {case}\n" for case in cases), "utf-8")
    return path


def bytes_of(
    index: IndexFolder, set_file: Path, out: Path, environment: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    """Run all in a process of its own, and return what it wrote."""
    subprocess.run(
        [sys.executable, "-m", "tests.eval.small_run", str(index.path), str(set_file), str(out)],
        cwd=REPOSITORY,
        env={**os.environ, **(environment or {})},
        check=True,
        capture_output=True,
        timeout=240,
    )
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


@pytest.fixture
def set_file(tmp_path: Path) -> Path:
    return written(tmp_path / "sets" / "small.yaml", CASES)


def test_every_file_of_a_run_is_the_same_in_every_surrounding(
    bee_index: IndexFolder, set_file: Path, tmp_path: Path
) -> None:
    first = bytes_of(bee_index, set_file, tmp_path / "first")
    assert list(first) == [
        "ablation.json",
        "noise.json",
        "run.html",
        "run.json",
        "run.json.cases.jsonl",
        "table.txt",
    ]
    assert all(first.values())
    for number, environment in enumerate(ENVIRONMENTS):
        again = bytes_of(bee_index, set_file, tmp_path / f"again-{number}", environment)
        assert [file for file in first if again[file] != first[file]] == []


def test_the_order_of_the_cases_changes_nothing(
    bee_index: IndexFolder, set_file: Path, tmp_path: Path
) -> None:
    shuffled = random.Random(5).sample(CASES, len(CASES))
    assert shuffled != CASES
    other = written(tmp_path / "shuffled" / "small.yaml", shuffled)
    first = bytes_of(bee_index, set_file, tmp_path / "first")
    assert bytes_of(bee_index, other, tmp_path / "other") == first


def test_our_own_sets_and_model_give_the_same_bytes_twice(real_home: Path, tmp_path: Path) -> None:
    files: dict[str, list[bytes]] = {}
    for number, environment in enumerate(ENVIRONMENTS):
        out = tmp_path / str(number)
        out.mkdir()
        run = ["eval", "run", "conversations", "unanswerable", "--split", "dev", "--no-times"]
        subprocess.run(
            [
                *(sys.executable, "-m", "bot.cli", "--home", str(real_home), *run),
                *("--json", str(out / "run.json"), "--html", str(out / "run.html")),
            ],
            cwd=REPOSITORY,
            env={**os.environ, **environment},
            check=True,
            capture_output=True,
            timeout=240,
        )
        for file in ("run.json", "run.json.cases.jsonl", "run.html"):
            files.setdefault(file, []).append((out / file).read_bytes())
    assert [file for file, (first, second) in files.items() if first != second] == []
