"""A whole small run in a process of its own: ``python -m tests.eval.small_run INDEX SET FOLDER``."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from eval.ablation_shell import AblationOptions, Ground, execute_ablation
from eval.engine import Subject
from eval.noise import Rates
from eval.noise_shell import NoiseOptions, execute_noise
from eval.opening import subject_of
from eval.shell import RunOptions, execute
from index.generation import IndexFolder
from index.search import Index, open_index
from tests.conftest import StubEncoder


def opened(folder: IndexFolder) -> Index:
    return open_index(folder, StubEncoder())


def main(index: IndexFolder, set_file: str, out: Path) -> None:
    """Write everything that a run, its noise and its ablation write into the folder ``out``."""
    out.mkdir()

    def open_subject(day: date) -> Subject:
        return subject_of(opened(index), day)

    with (out / "table.txt").open("w", encoding="utf-8") as table:
        options = RunOptions([set_file], out / "run.json", html_file=out / "run.html", times=False)
        execute(options, open_subject, table)
        noise = NoiseOptions(Rates(0.2, 0.3), seed=1, names=[set_file], json_file=out / "noise.json")
        execute_noise(noise, open_subject, table)
        ground = Ground(index, lambda _: StubEncoder(), opened)
        execute_ablation(AblationOptions([set_file], out / "ablation.json"), ground, table)
    (out / "run.json.timings.json").unlink()


if __name__ == "__main__":
    main(IndexFolder(Path(sys.argv[1])), sys.argv[2], Path(sys.argv[3]))
