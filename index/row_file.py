"""A file of float32 rows, one after another, written in a stream."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from index.encoder import Vectors


class RowFile:
    """Appends rows without a buffer of its own, so that a full disk is an error where it happens."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb", buffering=0)

    def add(self, rows: Vectors) -> None:
        """Append rows, shape (n, dim). Raises OSError."""
        left = memoryview(np.ascontiguousarray(rows, dtype=np.float32).tobytes())
        while left:
            left = left[self._file.write(left) or 0 :]

    def close(self) -> None:
        """Close the file; what was added is in it."""
        self._file.close()
