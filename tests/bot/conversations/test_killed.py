"""A program that is killed while it writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bot.conversations.stores import FIRST_ID, store_in, stored, turn
from tests.conftest import REPOSITORY

WRITER = """
import sys
from pathlib import Path
from tests.bot.conversations.stores import FIRST_ID, store_in, turn

store = store_in(Path(sys.argv[1]))
for number in range(100_000):
    print(store.append(FIRST_ID, turn(1, f"written {number}")).n, flush=True)
"""


def test_what_was_written_before_the_end_is_there_and_the_next_program_goes_on(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stored(store, "first")
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
        ) as writer:
            assert writer.stdout is not None
            said = [int(writer.stdout.readline()) for _ in range(5)]
            writer.kill()
            said += [int(line) for line in writer.stdout if line.endswith("\n")]
        numbers = [each.n for each in store.load(FIRST_ID).turns]
        assert numbers == list(range(1, len(numbers) + 1))
        assert numbers[-1] >= said[-1]
        store.append(FIRST_ID, turn(1, "after the end"))
        assert store.load(FIRST_ID).turns[-1].text == "after the end"
