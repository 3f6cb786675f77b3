"""The checked set of libraries, with hashes: ``make lock`` writes requirements.lock.

The versions are those installed beside this Python, which the tests ran with; the hashes are those of all
files of these versions that the package index has, for every platform. It needs the network, and uv.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
HEADER = """\
# Every library that mbc-chat runs with, in the versions that were checked, made by `make lock`.
# pip install --require-hashes -r requirements.lock && pip install --no-deps .
# For PyTorch on Linux this takes the build for CPUs; docs/security.md says more.
"""
LEFT_OUT = re.compile(r"(nvidia|cuda)-|triton=|.* sys_platform == 'emscripten'")
"""What only PyTorch's build with CUDA needs, gigabytes of it, and what only a browser does."""


def main() -> None:
    """Write the lock."""
    installed = {each.name: each.version.partition("+")[0] for each in distributions()}
    kept = [one for one in _entries(_compiled("pyproject.toml", installed)) if not LEFT_OUT.match(one)]
    builds = [one for one in kept if one.startswith("torch==")]
    builds += _entries(_compiled("-", installed, f"torch=={installed['torch']}"))
    others = [one for one in kept if one not in builds]
    LOCK.write_text(HEADER + "".join(sorted([*others, _merged(builds, installed["torch"])])), "utf-8")
    sys.stderr.write(f"{LOCK.name}: {len(others) + 1} libraries\n")


def _compiled(source: str, installed: dict[str, str], text: str = "") -> str:
    """Return what uv resolves ``source`` to; a single requirement on stdin without what it needs."""
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder) / "installed.txt"
        constraints.write_text("".join(f"{name}=={version}\n" for name, version in installed.items()))
        whole = ("--universal", "--constraint", str(constraints), *_local_wheels())
        command = [
            *(sys.executable, "-m", "uv", "pip", "compile", source, "--generate-hashes", "--quiet"),
            *("--python", sys.executable, "--no-header", "--no-annotate"),
            *(("--no-deps",) if text else whole),
        ]
        done = subprocess.run(  # noqa: S603
            command, cwd=ROOT, input=text, stdout=subprocess.PIPE, text=True, check=True
        )
    return done.stdout


def _local_wheels() -> list[str]:
    """Return where pip looks for wheels besides the index; a CPU build of PyTorch may be there."""
    return [f"--find-links={place}" for place in os.environ.get("PIP_FIND_LINKS", "").split()]


def _entries(lock: str) -> list[str]:
    return re.findall(r"^\S.*\n(?: .*\n)*", lock, re.MULTILINE)


def _merged(builds: list[str], version: str) -> str:
    """Return one entry with the hashes of every build, whatever its local version."""
    hashes = sorted({found for one in builds for found in re.findall(r"--hash=\S+", one)})
    return " \\\n    ".join([f"torch=={version}", *hashes]) + "\n"


if __name__ == "__main__":
    main()
