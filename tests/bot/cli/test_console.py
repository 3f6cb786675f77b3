from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO

from bot.cli.console import PIPED_WIDTH, console_on
from tests.conftest import REPOSITORY

GONE = "import sys; from bot.cli.main import run_with; sys.exit(run_with(['doctor']))"


def test_nothing_is_taken_for_markup_and_a_pipe_is_as_wide_as_a_page() -> None:
    out = StringIO()
    console = console_on(out)
    console.print("[red]4[/x] :smile:")
    assert out.getvalue() == "[red]4[/x] :smile:\n"
    assert console.width == PIPED_WIDTH


def test_a_reader_that_went_away_is_no_failure() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-c", GONE],
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=REPOSITORY,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")
