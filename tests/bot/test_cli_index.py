from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from bot.cli.main import run_with
from index.generation import IndexFolder
from tests.conftest import REPOSITORY

BROKEN = "---\ntitle: [\n---\nText."


@pytest.fixture
def home(real_home: Path, tmp_path: Path) -> Path:
    """A home of its own with the real encoder, so that a small corpus is built without loading a model."""
    shutil.copytree(real_home, tmp_path / "home")
    return tmp_path / "home"


def run(capsys: pytest.CaptureFixture[str], home: Path, *arguments: str) -> tuple[int, str, str]:
    code = run_with(["--home", str(home), *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def build(capsys: pytest.CaptureFixture[str], home: Path, root: Path) -> tuple[int, dict[str, Any], str]:
    code, out, err = run(capsys, home, "index", "build", "--corpus", str(root), "--json")
    return code, json.loads(out), err


def test_a_build_reports_what_it_found_and_made(
    capsys: pytest.CaptureFixture[str], home: Path, bee_folder: Path
) -> None:
    code, first, _ = build(capsys, home, bee_folder)
    assert (code, first["built"], first["articles"], first["settings_changed"]) == (0, True, 2, True)
    assert first["encoded"] > 0
    (bee_folder / "hives.txt").rename(bee_folder / "places.txt")
    (bee_folder / "wax.md").write_text("# Wax\n\nWax is made by young bees.\n")
    code, second, _ = build(capsys, home, bee_folder)
    assert (second["added"], second["renamed"]) == (["wax.md"], [{"from": "hives.txt", "to": "places.txt"}])
    assert (second["changed"], second["removed"], second["unchanged"]) == ([], [], 1)
    code, third, _ = build(capsys, home, bee_folder)
    assert (code, third["built"], third["generation"]) == (0, False, second["generation"])


def test_a_file_that_fails_is_told_with_its_mend_and_the_exit_code(
    capsys: pytest.CaptureFixture[str], home: Path, bee_folder: Path
) -> None:
    (bee_folder / "broken.md").write_text(BROKEN)
    code, report, err = build(capsys, home, bee_folder)
    assert (code, report["articles"]) == (1, 2)
    assert [Path(one["file"]).name for one in report["failed"]] == ["broken.md"]
    assert "Mend the line" in err


def test_going_back_and_forth(capsys: pytest.CaptureFixture[str], home: Path, bee_folder: Path) -> None:
    before = IndexFolder(home / "index").live()
    build(capsys, home, bee_folder)
    code, out, _ = run(capsys, home, "index", "rollback")
    assert (code, before in out) == (0, True)
    code, out, _ = run(capsys, home, "index", "status", "--json")
    status = json.loads(out)
    assert (status["generation"], status["corpora"], len(status["kept"])) == (before, ["own articles"], 1)
    assert status["questions"] == "by the exported encoder"
    code, out, _ = run(capsys, home, "index", "prune", "--keep", "0", "--json")
    assert (code, len(json.loads(out)["generations"])) == (0, 1)
    code, _, err = run(capsys, home, "index", "rollback")
    assert (code, "no earlier generation" in err) == (1, True)


def test_status_tells_what_changed_since_the_build(
    capsys: pytest.CaptureFixture[str], home: Path, bee_folder: Path
) -> None:
    build(capsys, home, bee_folder)
    assert json.loads(run(capsys, home, "index", "status", "--json")[1])["not_yet_built"] == "nothing"
    (bee_folder / "bees.md").write_text("# Bees\n\nOther bees.\n")
    assert "1 files changed" in run(capsys, home, "index", "status")[1]


def test_verify_finds_nothing_and_then_a_changed_byte(
    capsys: pytest.CaptureFixture[str], home: Path, bee_folder: Path
) -> None:
    build(capsys, home, bee_folder)
    code, out, _ = run(capsys, home, "index", "verify", "--sample", "4")
    assert (code, "nothing damaged" in out) == (0, True)
    folder = IndexFolder(home / "index")
    path = folder.generations / folder.live() / "sentences.f32"
    data = bytearray(path.read_bytes())
    data[5] ^= 255
    path.write_bytes(data)
    code, out, err = run(capsys, home, "index", "verify", "--sample", "4")
    assert (code, "sentences.f32 is not the file that was written" in out) == (1, True)
    assert "index build --full" in err


def test_a_locked_index_is_tried_again_later(
    capsys: pytest.CaptureFixture[str], home: Path, bee_folder: Path
) -> None:
    with FileLock(home / "index" / "build.lock"):
        code, _, err = run(capsys, home, "index", "build", "--corpus", str(bee_folder))
    assert (code, "the index is locked" in err) == (3, True)


def test_an_interrupted_build_says_that_the_live_index_is_as_it_was(
    capsys: pytest.CaptureFixture[str], home: Path, bee_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    live = IndexFolder(home / "index").live()
    monkeypatch.setattr("index.onnx_encoder.OnnxEncoder.encode_passages", interrupted)
    code, _, err = run(capsys, home, "index", "build", "--corpus", str(bee_folder))
    assert (code, "the live index is as it was" in err) == (130, True)
    assert IndexFolder(home / "index").live() == live


def test_watching_survives_a_broken_edit_and_ends_with_the_interrupt(home: Path, bee_folder: Path) -> None:
    command = [sys.executable, "-m", "bot.cli", "--home", str(home), "index", "build"]
    with subprocess.Popen(
        [*command, "--corpus", str(bee_folder), "--watch"],
        cwd=REPOSITORY,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={"PYTHONUNBUFFERED": "1", "PATH": ""},
    ) as watcher:
        assert watcher.stdout is not None
        lines = iter(watcher.stdout.readline, "")
        next(line for line in lines if line.startswith("Watching"))
        good = (bee_folder / "bees.md").read_text()
        live = IndexFolder(home / "index").live()
        (bee_folder / "bees.md").write_text(BROKEN)
        next(line for line in lines if line.startswith("The live index stays"))
        assert IndexFolder(home / "index").live() == live
        (bee_folder / "bees.md").write_text(good.replace("late spring", "May"))
        next(line for line in lines if line.startswith("Built generation"))
        assert IndexFolder(home / "index").live() != live
        watcher.send_signal(signal.SIGINT)
        rest = watcher.stdout.read()
        assert watcher.wait() == 130
        assert "the index is as the last build left it" in rest
