from __future__ import annotations

from pathlib import Path

import pytest

from index.build import build_index
from index.errors import IndexBroken, IndexMissing
from index.generation import IndexFolder
from index.search import open_index
from index.upkeep import prune, roll_back
from index.verify import verify
from tests.conftest import StubEncoder


def edit_and_build(folder: IndexFolder, root: Path, text: str) -> str:
    (root / "hives.txt").write_text(text)
    return build_index(folder, [root], StubEncoder).generation


def test_a_rollback_brings_the_one_before_to_life_and_a_build_brings_the_edit_back(
    bee_index: IndexFolder, bee_folder: Path
) -> None:
    first = bee_index.live()
    second = edit_and_build(bee_index, bee_folder, "A hive in the shade of an oak.")
    assert roll_back(bee_index) == first == bee_index.live()
    index = open_index(bee_index, StubEncoder())
    assert "oak" not in index.search("shade of an oak", 1)[0].passage.text
    assert second in bee_index.names()
    rebuilt = build_index(bee_index, [bee_folder], StubEncoder)
    assert (rebuilt.built, rebuilt.changes.changed, rebuilt.encoded) == (True, ("hives.txt",), 0)


def test_a_rollback_can_name_its_generation(bee_index: IndexFolder, bee_folder: Path) -> None:
    first = bee_index.live()
    edit_and_build(bee_index, bee_folder, "One.")
    third = edit_and_build(bee_index, bee_folder, "Two.")
    assert roll_back(bee_index, first) == first
    assert roll_back(bee_index, third) == third
    with pytest.raises(IndexMissing, match="no other generation '000009-x'"):
        roll_back(bee_index, "000009-x")


def test_there_is_nothing_to_go_back_to_at_first(bee_index: IndexFolder) -> None:
    with pytest.raises(IndexMissing, match="no earlier generation"):
        roll_back(bee_index)


def test_a_damaged_generation_is_not_switched_to(bee_index: IndexFolder, bee_folder: Path) -> None:
    first = bee_index.live()
    second = edit_and_build(bee_index, bee_folder, "One.")
    vectors = bee_index.generations / first / "vectors.faiss"
    vectors.write_bytes(vectors.read_bytes()[:-1])
    with pytest.raises(IndexBroken):
        roll_back(bee_index)
    assert bee_index.live() == second


def test_pruning_forgets_what_only_removed_generations_needed(
    bee_index: IndexFolder, bee_folder: Path
) -> None:
    edit_and_build(bee_index, bee_folder, "A hive that nobody will remember.")
    last = edit_and_build(bee_index, bee_folder, "A hive.")
    removed = prune(bee_index, 0)
    assert bee_index.names() == [last]
    assert len(removed.generations) == 2
    assert removed.cached >= 2
    (bee_folder / "hives.txt").write_text("A hive that nobody will remember.")
    assert build_index(bee_index, [bee_folder], StubEncoder).encoded == 2


def test_pruning_keeps_all_that_a_kept_generation_needs(bee_index: IndexFolder, bee_folder: Path) -> None:
    edit_and_build(bee_index, bee_folder, "A hive.")
    prune(bee_index, 2)
    roll_back(bee_index)
    assert verify(bee_index, encoder=StubEncoder()).damage == ()
    assert build_index(bee_index, [bee_folder], StubEncoder).encoded == 0


def test_pruning_removes_encoders_that_nothing_uses(bee_index: IndexFolder) -> None:
    (bee_index.encoders / "0123456789abcdef").mkdir()
    assert prune(bee_index, 2).encoders == ("0123456789abcdef",)
    assert len(list(bee_index.encoders.iterdir())) == 1
