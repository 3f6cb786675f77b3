from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from bot.doctor.examination import CHECKS, examine
from bot.doctor.finding import Finding, Severity
from index.build import build_index
from index.cache import BuildCache
from index.generation import IndexFolder
from index.lock import builder_lock
from tests.bot.test_doctor import QUICK, surroundings
from tests.conftest import StubEncoder


def found(folder: IndexFolder, check: str, **different: Any) -> Finding:
    """What one check says of the home of an index."""
    at = surroundings(folder.path.parent, **different)
    return examine(at, {check: CHECKS[check]}).findings[check]


def live(folder: IndexFolder) -> Path:
    return folder.generations / folder.live()


def name_as_written(generation: Path, name: str) -> None:
    """Make the manifest say that a file is as it is now, as if a build had written it so."""
    manifest = json.loads((generation / "manifest.json").read_text("utf-8"))
    content = (generation / name).read_bytes()
    manifest["files"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (generation / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def ended_process() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_the_live_generation_is_named(bee_index: IndexFolder) -> None:
    said = found(bee_index, "index")
    assert said.severity is Severity.OK
    assert bee_index.live() in said.found
    assert "2 articles" in said.found


def test_a_test_search_finds_a_passage_by_its_own_words(bee_index: IndexFolder) -> None:
    said = found(bee_index, "search")
    assert said.severity is Severity.OK
    assert "bees#what-do-bees-eat/1" in said.found


def test_a_passage_that_its_own_words_do_not_find_is_a_problem(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "home" / "index")
    articles = tmp_path / "articles"
    articles.mkdir()
    birds = "auk bunting crane dove eider finch goose heron ibis jay kite lark".split()
    for bird in birds:
        (articles / f"{bird}.md").write_text(f"---\nid: {bird}\n---\n\n## The {bird}\n\nOne {bird} sings.\n")
    build_index(folder, [articles], StubEncoder)
    with closing(sqlite3.connect(live(folder) / "content.sqlite")) as content, content:
        content.execute("UPDATE passages SET text = ?, headings = '[]' WHERE row = 0", (" ".join(birds[1:]),))
    name_as_written(live(folder), "content.sqlite")
    said = found(folder, "search")
    assert said.severity is Severity.PROBLEM
    assert "auk" in said.found
    assert "mbc-chat index verify" in said.mend


def test_a_current_that_names_nothing_is_a_problem_told_once(bee_index: IndexFolder) -> None:
    (bee_index.path / "CURRENT").write_text("nonsense")
    findings = examine(surroundings(bee_index.path.parent), QUICK).findings
    assert [name for name, one in findings.items() if one.severity is Severity.PROBLEM] == ["index"]
    assert findings["index"].mend == "Run `mbc-chat index build --full`."
    assert findings["search"].found.startswith("Not looked at")


def test_a_truncated_file_of_the_index_is_a_problem(bee_index: IndexFolder) -> None:
    path = live(bee_index) / "vectors.faiss"
    path.write_bytes(path.read_bytes()[:-7])
    said = found(bee_index, "index")
    assert said.severity is Severity.PROBLEM
    assert "vectors.faiss" in said.found


def test_a_newer_index_is_a_problem_with_its_own_mend(bee_index: IndexFolder) -> None:
    path = live(bee_index) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema": 99}))
    said = found(bee_index, "index")
    assert said.severity is Severity.PROBLEM
    assert "Update mbc-chat" in said.mend


def test_an_index_of_another_model_is_a_problem_with_its_own_mend(bee_index: IndexFolder) -> None:
    said = found(bee_index, "search", encoder=StubEncoder("another"))
    assert said.severity is Severity.PROBLEM
    assert "another model than another" in said.found
    assert said.mend == "Run `mbc-chat index build --full`."


def test_a_model_without_an_exported_form_is_a_note(bee_index: IndexFolder) -> None:
    said = found(bee_index, "encoder")
    assert said.severity is Severity.NOTE
    assert "slow to start" in said.found


def test_an_exported_encoder_that_was_changed_is_a_problem(bee_index: IndexFolder) -> None:
    (exported,) = bee_index.encoders.iterdir()
    described = json.loads((exported / "encoder.json").read_text())
    (exported / "model.onnx").write_bytes(b"changed")
    described["files"] = {"model.onnx": "0" * 64}
    (exported / "encoder.json").write_text(json.dumps(described))
    said = found(bee_index, "encoder")
    assert said.severity is Severity.PROBLEM
    assert "was changed" in said.found
    assert "--full" in said.mend


def test_articles_that_changed_since_the_build_are_a_note(bee_index: IndexFolder, bee_folder: Path) -> None:
    assert found(bee_index, "sources").severity is Severity.OK
    (bee_folder / "bees.md").write_text("# Bees\n\nBees sleep at night.\n")
    said = found(bee_index, "sources")
    assert said.severity is Severity.NOTE
    assert "1 files changed" in said.found
    assert said.mend == "Run `mbc-chat index build`."


def test_a_folder_that_is_gone_is_a_note_and_its_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    articles = tmp_path / "bees\x1b[31m"
    articles.mkdir()
    (articles / "bees.md").write_text("# Bees\n\nBees sleep at night.\n")
    folder = IndexFolder(tmp_path / "home" / "index")
    build_index(folder, [articles], StubEncoder)
    shutil.rmtree(articles)
    said = found(folder, "sources")
    assert said.severity is Severity.NOTE
    assert f"{tmp_path / 'bees'}, which is not there any more" in said.found
    assert "--corpus" in said.mend


def test_files_that_could_not_be_read_are_a_problem_with_the_reason(
    bee_index: IndexFolder, bee_folder: Path
) -> None:
    assert "2 files" in found(bee_index, "files").found
    (bee_folder / "broken.md").write_text("---\nid: [\n---\n\nBees fly.\n")
    build_index(bee_index, [bee_folder], StubEncoder)
    (bee_folder / "another.md").write_text("# More\n\nA queen lays eggs.\n")
    build_index(bee_index, [bee_folder], StubEncoder)
    said = found(bee_index, "files")
    assert said.severity is Severity.PROBLEM
    assert "Of 4 files, 1 could not be read at the last build: broken.md (" in said.found
    assert said.mend.endswith("Then run `mbc-chat index build`.")


def test_phone_lines_of_the_articles_hold_for_a_year(bee_index: IndexFolder, bee_folder: Path) -> None:
    assert "0 phone lines" in found(bee_index, "corpus-phones").found
    (bee_folder / "corpus.toml").write_text(
        '[[phone]]\ncountry = "UK"\nname = "Bee line"\nnumber = "0800 000"\n'
        'source = "https://example.org"\nchecked = 2026-01-10\n'
    )
    build_index(bee_index, [bee_folder], StubEncoder)
    assert found(bee_index, "corpus-phones").severity is Severity.OK
    said = found(bee_index, "corpus-phones", today=date(2027, 1, 11))
    assert said.severity is Severity.NOTE
    assert "Bee line (2026-01-10)" in said.found


def test_a_build_that_is_at_work_is_named_and_not_disturbed(bee_index: IndexFolder) -> None:
    with builder_lock(bee_index):
        (bee_index.generations / "000009-abc.partial").mkdir()
        lock = found(bee_index, "lock")
        assert lock.severity is Severity.NOTE
        assert f"Process {os.getpid()} has been building" in lock.found
        assert found(bee_index, "leftovers").severity is Severity.OK
    assert found(bee_index, "lock").severity is Severity.OK


def test_a_build_that_was_killed_is_named_and_so_is_what_it_left(bee_index: IndexFolder) -> None:
    holder = bee_index.lock.with_suffix(".holder")
    holder.write_text(f"process {ended_process()} since 2026-11-23T10:00:00+00:00\n")
    assert found(bee_index, "leftovers").severity is Severity.OK
    (bee_index.generations / "000009-abc.partial").mkdir()
    (bee_index.encoders / "abc.partial").mkdir()
    lock, left = found(bee_index, "lock"), found(bee_index, "leftovers")
    assert lock.severity is Severity.NOTE
    assert "begun 2026-11-23T10:00:00+00:00, ended without finishing" in lock.found
    assert left.severity is Severity.NOTE
    assert "000009-abc.partial" in left.found
    assert "encoders/abc.partial" in left.found
    assert "mbc-chat index prune" in left.mend


def test_what_a_first_build_left_is_removed_by_the_next(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "index")
    (folder.generations / "000001-abc.partial").mkdir(parents=True)
    assert "mbc-chat index build" in found(folder, "leftovers").mend


def test_the_cache_is_counted_and_measured(bee_index: IndexFolder) -> None:
    said = found(bee_index, "cache")
    assert said.severity is Severity.OK
    assert "2 articles and " in said.found
    assert " kB" in said.found


def test_a_cache_that_cannot_be_read_is_a_note(bee_index: IndexFolder) -> None:
    (bee_index.cache / "build.sqlite").write_bytes(b"no database at all")
    said = found(bee_index, "cache")
    assert said.severity is Severity.NOTE
    assert "cannot be read" in said.found


def test_the_cache_of_a_builder_at_work_is_read_beside_it(bee_index: IndexFolder) -> None:
    cache = BuildCache(bee_index.cache)
    try:
        cache.clear()
        assert "0 articles and 0 vectors" in found(bee_index, "cache").found
    finally:
        cache.close()
