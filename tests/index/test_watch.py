from __future__ import annotations

import threading
from pathlib import Path

from index.watch import changes_of


def writing_until_seen(path: Path, seen: threading.Event) -> threading.Thread:
    """Write again and again until it is seen: the watcher may not be up yet at the first time."""

    def write() -> None:
        n = 0
        while not seen.wait(0.05):
            path.write_text(f"{n}")
            n += 1

    return threading.Thread(target=write, daemon=True)


def test_an_edit_is_seen_and_a_hidden_file_is_not(tmp_path: Path) -> None:
    root = tmp_path / "articles"
    root.mkdir()
    seen = threading.Event()
    stop = threading.Event()
    hidden, shown = (writing_until_seen(root / name, seen) for name in (".bees.md.swp", "bees.md"))
    hidden.start()
    shown.start()
    changed = next(files for files in changes_of([root], stop, quiet_ms=50) if files)
    seen.set()
    stop.set()
    assert changed == [root / "bees.md"]
