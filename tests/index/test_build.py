from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from corpus.article import ArticleError
from index.build import build_index
from index.building import BuildOptions, BuildResult
from index.encoder import Vectors
from index.errors import BuildFailed, IndexLocked, IndexMissing
from index.generation import IndexFolder, read_manifest
from index.progress import Progress
from index.search import open_index
from tests.conftest import StubEncoder


class CountingEncoder(StubEncoder):
    """Counts what it encodes, over all instances."""

    encoded: int = 0
    loaded: int = 0

    def __init__(self) -> None:
        super().__init__()
        CountingEncoder.loaded += 1

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        CountingEncoder.encoded += len(texts)
        return super().encode_passages(texts)


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    CountingEncoder.encoded = CountingEncoder.loaded = 0


def build(folder: IndexFolder, root: Path, *, full: bool = False, hold_back: bool = False) -> BuildResult:
    options = BuildOptions(full=full, hold_back=hold_back)
    return build_index(folder, [root], CountingEncoder, options=options)


def test_a_build_makes_a_complete_generation_and_points_to_it(bee_index: IndexFolder) -> None:
    live = bee_index.live()
    manifest = read_manifest(bee_index.generations / live)
    assert (manifest.generation, manifest.articles, manifest.passages) == (live, 2, 4)
    assert {"content.sqlite", "vectors.faiss", "sentences.f32"} < set(manifest.files)
    assert any(name.startswith("words/") for name in manifest.files)
    assert not list(bee_index.generations.glob("*.partial"))


def test_vectors_are_unit_and_belong_to_their_sentences(bee_index: IndexFolder) -> None:
    index = open_index(bee_index, StubEncoder())
    (hit, *_) = index.search("honey is stored for the winter", 1)
    cosines = index.sentence_cosines(index.encode("Honey is stored for the winter."), hit.stored)
    texts = [hit.passage.quote(sentence) for sentence in hit.passage.sentences]
    assert texts[int(np.argmax(cosines))] == "Honey is stored for the winter."
    assert float(np.max(cosines)) == pytest.approx(1.0, abs=1e-6)


def test_progress_goes_from_nothing_to_all(tmp_path: Path, bee_folder: Path) -> None:
    seen: list[Progress] = []
    build_index(IndexFolder(tmp_path / "i"), [bee_folder], StubEncoder, report=seen.append)
    assert list(dict.fromkeys(p.step for p in seen)) == ["reading", "encoding", "writing"]
    for step in ("reading", "encoding", "writing"):
        assert any(p.step == step and p.done == p.total > 0 for p in seen)
    assert all(p.done <= p.total for p in seen)


def test_a_build_without_changes_makes_nothing_and_encodes_nothing(tmp_path: Path, bee_folder: Path) -> None:
    folder = IndexFolder(tmp_path / "i")
    first = build(folder, bee_folder)
    CountingEncoder.encoded = 0
    second = build(folder, bee_folder)
    assert (first.built, second.built, second.generation) == (True, False, first.generation)
    assert (CountingEncoder.encoded, second.changes.unchanged, folder.names()) == (0, 2, [first.generation])


def test_one_edit_encodes_only_its_own_new_sentences(tmp_path: Path, bee_folder: Path) -> None:
    folder = IndexFolder(tmp_path / "i")
    build(folder, bee_folder)
    CountingEncoder.encoded = 0
    text = (bee_folder / "bees.md").read_text()
    (bee_folder / "bees.md").write_text(text.replace("late spring", "May"))
    result = build(folder, bee_folder)
    assert (result.changes.changed, result.changes.unchanged) == (("bees.md",), 1)
    assert CountingEncoder.encoded == result.encoded == 2  # the passage and the sentence


def test_a_file_that_is_only_touched_is_hashed_and_found_unchanged(tmp_path: Path, bee_folder: Path) -> None:
    folder = IndexFolder(tmp_path / "i")
    build(folder, bee_folder)
    os.utime(bee_folder / "bees.md", (1, 1))
    assert not build(folder, bee_folder).built


def test_an_edit_that_keeps_size_and_time_is_noticed_soon_after(tmp_path: Path, bee_folder: Path) -> None:
    folder = IndexFolder(tmp_path / "i")
    path = bee_folder / "bees.md"
    build(folder, bee_folder)
    status = path.stat()
    path.write_text(path.read_text().replace("nectar", "nectzr"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert build(folder, bee_folder).changes.changed == ("bees.md",)


def test_additions_renames_and_removals_are_told_apart(tmp_path: Path, bee_folder: Path) -> None:
    folder = IndexFolder(tmp_path / "i")
    build(folder, bee_folder)
    (bee_folder / "new.md").write_text("# Wax\n\nWax is made by young bees.\n")
    (bee_folder / "sub").mkdir()
    (bee_folder / "bees.md").rename(bee_folder / "sub" / "honey-bees.md")
    (bee_folder / "hives.txt").unlink()
    changes = build(folder, bee_folder).changes
    assert (changes.added, changes.changed, changes.removed) == (("new.md",), (), ("hives.txt",))
    assert [(r.before, r.after) for r in changes.renamed] == [("bees.md", "sub/honey-bees.md")]


def test_a_renamed_article_is_not_encoded_again(tmp_path: Path, bee_folder: Path) -> None:
    folder = IndexFolder(tmp_path / "i")
    build(folder, bee_folder)
    CountingEncoder.encoded = 0
    (bee_folder / "bees.md").rename(bee_folder / "other.md")
    assert build(folder, bee_folder).built
    assert CountingEncoder.encoded == 0


def test_full_forgets_what_was_known(tmp_path: Path, bee_folder: Path) -> None:
    folder = IndexFolder(tmp_path / "i")
    first = build(folder, bee_folder)
    CountingEncoder.encoded = 0
    second = build(folder, bee_folder, full=True)
    assert second.built
    assert second.generation != first.generation
    assert CountingEncoder.encoded == second.encoded == first.encoded > 0


def test_a_changed_side_file_makes_a_new_generation(tmp_path: Path, bee_folder: Path) -> None:
    folder = IndexFolder(tmp_path / "i")
    build(folder, bee_folder)
    (bee_folder / "corpus.toml").write_text('name = "Bees"\n')
    result = build(folder, bee_folder)
    assert (result.built, result.changes.side_files, result.encoded) == (True, ("corpus.toml",), 0)
    assert open_index(folder, StubEncoder()).content.settings().name == "Bees"


def test_a_broken_side_file_leaves_the_live_index_as_it_was(tmp_path: Path, bee_folder: Path) -> None:
    folder = IndexFolder(tmp_path / "i")
    live = build(folder, bee_folder).generation
    (bee_folder / "corpus.toml").write_text("name = [")
    with pytest.raises(ArticleError, match=r"corpus\.toml"):
        build(folder, bee_folder)
    assert folder.live() == live


def test_another_model_encodes_everything_again(tmp_path: Path, bee_folder: Path) -> None:
    folder = IndexFolder(tmp_path / "i")
    build(folder, bee_folder)
    result = build_index(folder, [bee_folder], lambda: StubEncoder(model="other"))
    assert result.built
    assert result.changes.settings
    assert result.encoded > 0
    assert open_index(folder, StubEncoder(model="other")).search("nectar", 1)


def test_with_a_known_identity_a_build_without_changes_loads_no_model(
    tmp_path: Path, bee_folder: Path
) -> None:
    folder = IndexFolder(tmp_path / "i")
    options = BuildOptions(identity="stub, first edition")
    build_index(folder, [bee_folder], CountingEncoder, options=options)
    assert CountingEncoder.loaded == 1
    build_index(folder, [bee_folder], CountingEncoder, options=options)
    assert CountingEncoder.loaded == 1
    build_index(folder, [bee_folder], CountingEncoder, options=BuildOptions(identity="second edition"))
    assert CountingEncoder.loaded == 2


def test_a_withdrawn_article_goes_at_the_next_build(tmp_path: Path, bee_folder: Path) -> None:
    folder = IndexFolder(tmp_path / "i")
    build(folder, bee_folder)
    text = (bee_folder / "bees.md").read_text()
    (bee_folder / "bees.md").write_text(text.replace("id: bees", "id: bees\nwithdrawn: true"))
    assert build(folder, bee_folder).withdrawn == ("bees",)
    assert open_index(folder, StubEncoder()).content.article_ids() == ["hives"]


def test_several_folders_go_into_one_index(tmp_path: Path, bee_folder: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "bread.md").write_text("# Bread\n\nBread rises in the warm.\n")
    (other / "corpus.toml").write_text('name = "Bread"\n')
    folder = IndexFolder(tmp_path / "i")
    build_index(folder, [bee_folder, other], StubEncoder)
    content = open_index(folder, StubEncoder()).content
    assert content.article_ids() == ["bees", "hives", "bread"]
    article = content.article("bread")
    assert article is not None
    assert content.settings(article.corpus).name == "Bread"


def test_one_id_in_two_folders_is_a_failure_of_the_second(tmp_path: Path, bee_folder: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "bees.md").write_text("# Bees again\n\nOther bees.\n")
    result = build_index(IndexFolder(tmp_path / "i"), [bee_folder, other], StubEncoder)
    assert [(Path(f.path).parent.name, "taken by" in f.problem) for f in result.failures] == [("other", True)]
    assert result.articles == 2


class FailingEncoder(StubEncoder):
    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        raise MemoryError


def test_a_build_that_fails_leaves_the_live_index_as_it_was(bee_index: IndexFolder, bee_folder: Path) -> None:
    live = bee_index.live()
    (bee_folder / "hives.txt").write_text("A hive in the shade.")
    with pytest.raises(MemoryError):
        build_index(bee_index, [bee_folder], FailingEncoder)
    assert bee_index.live() == live
    assert not list(bee_index.generations.glob("*.partial"))
    assert open_index(bee_index, StubEncoder()).search("nectar", 1)


def test_a_second_builder_is_told_who_has_the_lock_since_when(
    bee_index: IndexFolder, bee_folder: Path
) -> None:
    bee_index.lock.with_suffix(".holder").write_text("process 42 since yesterday\n")
    with FileLock(bee_index.lock), pytest.raises(IndexLocked, match="process 42 since yesterday"):
        build_index(bee_index, [bee_folder], StubEncoder)


def test_earlier_generations_are_kept_up_to_two(bee_index: IndexFolder, bee_folder: Path) -> None:
    first = bee_index.live()
    for n in range(3):
        (bee_folder / "hives.txt").write_text(f"A hive. Number {n}.")
        build_index(bee_index, [bee_folder], StubEncoder)
    assert len(bee_index.names()) == 3
    assert first not in bee_index.names()


def test_nothing_to_index_is_an_error_that_names_the_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BuildFailed, match="no article") as caught:
        build_index(IndexFolder(tmp_path / "i"), [tmp_path / "empty"], StubEncoder)
    assert str(tmp_path / "empty") in str(caught.value)


def test_an_emptied_folder_leaves_the_live_index_as_it_was(bee_index: IndexFolder, bee_folder: Path) -> None:
    live = bee_index.live()
    for path in bee_folder.iterdir():
        path.unlink()
    with pytest.raises(BuildFailed, match="no article"):
        build_index(bee_index, [bee_folder], StubEncoder)
    assert bee_index.live() == live


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no such file"):
        build_index(IndexFolder(tmp_path / "i"), [tmp_path / "no"], StubEncoder)
    with pytest.raises(IndexMissing, match="index build"):
        IndexFolder(tmp_path / "i").live()


def test_failures_are_told_each_time_and_the_rest_is_indexed(tmp_path: Path, bee_folder: Path) -> None:
    folder = IndexFolder(tmp_path / "i")
    (bee_folder / "broken.md").write_text("---\ntitle: [\n---\nText.")
    first, second = build(folder, bee_folder), build(folder, bee_folder)
    assert (first.articles, [Path(f.path).name for f in first.failures]) == (2, ["broken.md"])
    assert (second.built, [Path(f.path).name for f in second.failures]) == (False, ["broken.md"])
    (bee_folder / "broken.md").write_text("---\ntitle: Mended\n---\nText.")
    assert (build(folder, bee_folder).articles, build(folder, bee_folder).failures) == (3, ())


def test_a_file_that_fails_is_told_as_failed_and_as_nothing_else(tmp_path: Path, bee_folder: Path) -> None:
    folder = IndexFolder(tmp_path / "i")
    build(folder, bee_folder)
    (bee_folder / "broken.md").write_text("---\ntitle: [\n---\nText.")
    (bee_folder / "bees.md").write_text("---\ntitle: [\n---\nOther text.")
    first, second = build(folder, bee_folder), build(folder, bee_folder)
    assert (first.built, second.built) == (True, False)
    for changes in (first.changes, second.changes):
        assert (changes.added, changes.changed, changes.unchanged) == ((), (), 1)
        assert sorted(Path(failure.path).name for failure in changes.failed) == ["bees.md", "broken.md"]


def test_a_file_that_cannot_be_opened_any_more_is_not_told_as_removed(
    tmp_path: Path, bee_folder: Path
) -> None:
    folder = IndexFolder(tmp_path / "i")
    build(folder, bee_folder)
    (bee_folder / "hives.txt").unlink()
    (bee_folder / "hives.txt").symlink_to(bee_folder / "nowhere.txt")
    result = build(folder, bee_folder)
    assert (result.built, result.articles, result.changes.removed) == (True, 1, ())
    assert [Path(failure.path).name for failure in result.failures] == ["hives.txt"]
    assert not build(folder, bee_folder).built


def test_a_link_that_leads_out_of_the_folder_is_not_indexed(tmp_path: Path, bee_folder: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n\nNot meant for the chat.\n")
    (bee_folder / "out.md").symlink_to(tmp_path / "secret.md")
    result = build(IndexFolder(tmp_path / "i"), bee_folder)
    assert [failure.problem for failure in result.failures] == [
        "a link that leads out of the folder is not followed"
    ]
    assert result.articles == 2
    named = build_index(IndexFolder(tmp_path / "j"), [bee_folder / "out.md"], StubEncoder)
    assert (named.articles, named.failures) == (1, ())


def test_a_file_that_fails_under_another_name_is_one_removed_and_one_failed(
    tmp_path: Path, bee_folder: Path
) -> None:
    folder = IndexFolder(tmp_path / "i")
    (bee_folder / "broken.md").write_text("---\ntitle: [\n---\nText.")
    build(folder, bee_folder)
    (bee_folder / "broken.md").rename(bee_folder / "still-broken.md")
    changes = build(folder, bee_folder).changes
    assert (changes.added, changes.renamed, changes.removed) == ((), (), ("broken.md",))
    assert [Path(failure.path).name for failure in changes.failed] == ["still-broken.md"]


def test_a_file_name_that_is_no_text_is_a_failure_and_the_rest_is_indexed(
    tmp_path: Path, bee_folder: Path
) -> None:
    (bee_folder / "caf\udce9.md").write_text("Coffee is a drink.")
    result = build_index(IndexFolder(tmp_path / "index"), [bee_folder], StubEncoder)
    assert [failure.problem for failure in result.failures] == ["the file's name is not valid text"]
    assert result.articles == 2


def test_held_back_a_broken_edit_leaves_the_live_index_until_it_is_mended(
    tmp_path: Path, bee_folder: Path
) -> None:
    folder = IndexFolder(tmp_path / "i")
    live = build(folder, bee_folder).generation
    good = (bee_folder / "bees.md").read_text()
    (bee_folder / "bees.md").write_text("---\ntitle: [\n---\nText.")
    (bee_folder / "hives.txt").write_text("A hive in the shade.")
    held = build(folder, bee_folder, hold_back=True)
    assert (held.built, folder.live(), len(held.failures)) == (False, live, 1)
    (bee_folder / "bees.md").write_text(good)
    assert build(folder, bee_folder, hold_back=True).built
    assert open_index(folder, StubEncoder()).content.article_ids() == ["bees", "hives"]


def test_a_damaged_cache_is_built_again(tmp_path: Path, bee_folder: Path) -> None:
    folder = IndexFolder(tmp_path / "i")
    build(folder, bee_folder)
    for path in folder.cache.glob("build.sqlite*"):
        path.unlink()
    (folder.cache / "build.sqlite").write_bytes(b"no database at all" * 1000)
    (bee_folder / "hives.txt").write_text("A hive in the shade.")
    result = build(folder, bee_folder)
    assert (result.built, result.articles) == (True, 2)
    assert open_index(folder, StubEncoder()).search("hive shade", 1)[0].passage.article_id == "hives"


def test_the_manifest_is_plain_json_with_a_hash_for_every_file(bee_index: IndexFolder) -> None:
    folder = bee_index.generations / bee_index.live()
    values = json.loads((folder / "manifest.json").read_text())
    assert all(len(entry["sha256"]) == 64 for entry in values["files"].values())


def test_all_that_is_written_is_for_the_owner_alone(tmp_path: Path, bee_folder: Path) -> None:
    before = os.umask(0o077)
    try:
        folder = IndexFolder(tmp_path / "home" / "index")
        build(folder, bee_folder)
    finally:
        os.umask(before)
    assert not [path for path in (tmp_path / "home").rglob("*") if path.stat().st_mode & 0o077]
