"""No folder that the chat only reads, or is only started in, gets its own code run."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from bot.home import Home
from bot.opening import build_first_index
from bot.web.session import Launch, Size
from index.errors import BuildFailed, ModelProblem
from index.model import load_model
from tests.index.small_models import bert, pooling, save


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A file that is there once foreign code has run."""
    return tmp_path / "ran"


@pytest.fixture
def folder_with_modules(tmp_path: Path, trap: Path) -> Path:
    """A folder whose modules have the names of ours and of Python's own."""
    folder = tmp_path / "downloads"
    for name in ("json", "asyncio", "numpy", "yaml", "bot"):
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(f"open({str(trap)!r}, 'w').close()\n", "utf-8")
    return folder


def test_the_first_build_runs_no_module_of_the_folder_that_it_is_started_in(
    folder_with_modules: Path, trap: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder_with_modules)
    home = tmp_path / "home"
    home.write_text("a file, so that nothing can be built here", "utf-8")
    with pytest.raises(BuildFailed):
        build_first_index(Home(home), lambda _: None)
    assert not trap.exists()


def test_a_session_in_the_browser_runs_none_either(folder_with_modules: Path, trap: Path) -> None:
    command = Launch("nowhere:none").command(Size(80, 24), light=False)
    done = subprocess.run(command, cwd=folder_with_modules, capture_output=True, text=True, check=False)
    assert "No module named 'nowhere'" in done.stderr
    assert not trap.exists()


def test_a_model_that_brings_its_own_code_is_refused(tmp_path: Path, trap: Path) -> None:
    folder = save(tmp_path / "model", bert(tmp_path / "bert"), pooling())
    (folder / "own.py").write_text(f"open({str(trap)!r}, 'w').close()\nclass Own: ...\n", "utf-8")
    modules = json.loads((folder / "modules.json").read_text("utf-8"))
    modules[1]["type"] = "own.Own"
    (folder / "modules.json").write_text(json.dumps(modules), "utf-8")
    with pytest.raises(ModelProblem, match="third-party code"):
        load_model(str(folder))
    assert not trap.exists()


class _Opens:
    """What unpickling makes it do."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return open, (str(self.path), "w")


def test_weights_that_would_run_code_when_they_are_read_are_refused(tmp_path: Path, trap: Path) -> None:
    folder = save(tmp_path / "model", bert(tmp_path / "bert"), pooling())
    import torch

    (weights,) = folder.rglob("*.safetensors")
    torch.save({"weight": _Opens(trap)}, weights.with_name("pytorch_model.bin"))
    weights.unlink()
    with pytest.raises(ModelProblem):
        load_model(str(folder))
    assert not trap.exists()
