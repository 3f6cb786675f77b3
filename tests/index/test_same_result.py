from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.build import build_index
from index.errors import BuildFailed
from index.generation import CONTENT, SENTENCE_VECTORS, VECTORS, IndexFolder
from index.search import open_index
from tests.conftest import StubEncoder

NAMES = ("a.md", "b.md", "sub/c.md", "sub/d.txt", "corpus.toml")
TEXTS = (
    "# Nectar\n\nBees eat nectar. They store it.\n",
    "# Pollen\n\nPollen feeds the brood.\n\n- Some is stored.\n- Some is eaten at once.\n",
    "---\nid: same-id\n---\n# One\n\nFirst with this id.\n",
    "---\nid: same-id\nwithdrawn: true\n---\n# Two\n\nWithdrawn with this id.\n",
    "---\ntitle: [\n---\nBroken front matter.\n",
    "",
    "Plain words only, bees and hives.\n",
)
SETTINGS = ('name = "One"\n', 'name = "Two"\n')

WRITE = st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(TEXTS))
REMOVE = st.tuples(st.just("remove"), st.sampled_from(NAMES), st.just(""))
RENAME = st.tuples(st.just("rename"), st.sampled_from(NAMES[:4]), st.sampled_from(NAMES[:4]))
BUILD = st.tuples(st.just("build"), st.just(""), st.just(""))


def apply(root: Path, action: str, name: str, value: str) -> None:
    path = root / name
    if action == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(SETTINGS[len(value) % 2] if name == "corpus.toml" else value)
    elif action == "remove":
        path.unlink(missing_ok=True)
    elif path.exists():
        (root / value).parent.mkdir(exist_ok=True)
        path.rename(root / value)


def state(folder: IndexFolder) -> dict[str, object]:
    """Everything that a reader could see of the live generation."""
    path = folder.generations / folder.live()
    index = open_index(folder, StubEncoder())
    hashes = {
        name: hashlib.sha256((path / name).read_bytes()).hexdigest()
        for name in (CONTENT, VECTORS, SENTENCE_VECTORS)
    }
    questions = ("nectar", "what feeds the brood", "hives and bees", "first with this id")
    found = {text: [(hit.passage, hit.score) for hit in index.search(text, 5)] for text in questions}
    return {"files": hashes, "found": found, "words": sorted(index.words.rows())}


def build(folder: IndexFolder, root: Path) -> str:
    """Build, and return why that was not possible, or nothing."""
    try:
        build_index(folder, [root], StubEncoder)
    except BuildFailed as error:
        return error.problem
    return ""


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(WRITE, WRITE, REMOVE, RENAME, BUILD), min_size=1, max_size=12))
def test_any_sequence_of_changes_and_builds_gives_what_a_clean_build_gives(
    actions: list[tuple[str, str, str]],
) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / "articles"
        root.mkdir()
        lasting = IndexFolder(Path(temporary) / "lasting")
        for action, name, value in actions:
            if action == "build":
                build(lasting, root)
            else:
                apply(root, action, name, value)
        clean = IndexFolder(Path(temporary) / "clean")
        problem = build(clean, root)
        assert build(lasting, root) == problem
        assert problem in {"", "there is no article to index"}
        if not problem:
            assert state(lasting) == state(clean)


def test_with_the_real_model_an_edit_gives_the_same_vectors_within_the_tolerance(
    real_home: Path, tmp_path: Path
) -> None:
    from index.model import load_model
    from index.search import open_generation

    root = tmp_path / "articles"
    root.mkdir()
    (root / "one.md").write_text("# One\n\nHER2-low is a little HER2. It is found by staining.\n")
    (root / "two.md").write_text("# Two\n\nA scan shows where the cancer is.\n")
    encoder = load_model()
    edited, clean = IndexFolder(tmp_path / "edited"), IndexFolder(tmp_path / "clean")
    build_index(edited, [root], lambda: encoder)
    (root / "two.md").write_text("# Two\n\nA scan shows where the cancer is. A blood test may be added.\n")
    for folder in (edited, clean):
        build_index(folder, [root], lambda: encoder)
    pairs = [open_generation(folder, folder.live(), encoder) for folder in (edited, clean)]
    vectors = [one.passage_vectors() for one in pairs]
    assert vectors[0].shape == vectors[1].shape
    assert np.abs(vectors[0] - vectors[1]).max() < 1e-5
    assert [h.passage for h in pairs[0].search("scan", 3)] == [h.passage for h in pairs[1].search("scan", 3)]
