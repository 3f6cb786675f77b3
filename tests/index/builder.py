"""A builder in a process of its own: ``python -m tests.index.builder INDEX ROOT STEP kill|wait``.

It builds with the stub encoder, and at STEP kills itself or waits for a line on stdin.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from index.build import build_index
from index.building import BuildStep
from index.generation import IndexFolder
from tests.conftest import StubEncoder


def main(index: Path, root: Path, step: BuildStep, action: str) -> None:
    def at(reached: BuildStep) -> None:
        if reached is not step:
            return
        if action == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        sys.stdout.write("waiting\n")
        sys.stdout.flush()
        sys.stdin.readline()

    build_index(IndexFolder(index), [root], StubEncoder, on_step=at)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), BuildStep(sys.argv[3]), sys.argv[4])
