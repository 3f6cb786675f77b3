"""A corpus of a few short articles on keeping bees, and its index with the encoder of a home."""

from __future__ import annotations

from pathlib import Path

from index.build import build_index
from index.building import BuildOptions, BuildResult
from index.encoder import Encoder
from index.generation import IndexFolder, read_manifest
from index.model_files import DEFAULT_MODEL, model_identity
from index.onnx_encoder import OnnxEncoder

ARTICLES = {
    "bees.md": """---
id: bees
title: Keeping bees
reviewed: 2026-01-10
---

## What do bees eat?

Bees eat nectar and pollen. Nectar gives them energy.

The things that a colony stores are:

- Honey is stored for the winter.
- Pollen is stored for the brood.

## When do bees swarm?

Bees swarm in late spring. A swarm is calm, but it should not be disturbed.
""",
    "hives.txt": """Hives and their places

A hive stands best in morning sun. Shelter from wind keeps the colony warm.

How to choose a place

Look for a dry place. Keep the entrance away from paths.
""",
    "wax.html": """<!doctype html><html lang="en"><head><title>Beeswax</title></head><body><main>
<h1>Beeswax</h1><p>Wax is made by young bees. It melts in the sun, and it burns with a quiet flame.</p>
<h2>How is wax cleaned?</h2><p>Wax is cleaned by melting it in warm water. What is heavy sinks, and
the wax is lifted off when it is cold.</p></main></body></html>
""",
}
SETTINGS = """name = "Bees"
subject = "keeping bees"
framing = "General information on bees: ask a keeper near you."
"""
QUESTIONS = (
    "What do bees eat?",
    "When do bees swarm?",
    "Where does a hive stand best?",
    "How is wax cleaned?",
    "What is the capital of France?",
)


def write_corpus(folder: Path) -> Path:
    """Write the articles and the settings into ``folder``, which is made."""
    folder.mkdir(parents=True)
    (folder / "corpus.toml").write_text(SETTINGS, "utf-8")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def exported_encoder(home: Path) -> OnnxEncoder:
    """Open the encoder that the index of a home was built with. Raises IndexProblem."""
    folder = IndexFolder(home / "index")
    return OnnxEncoder.open(folder.encoder(read_manifest(folder.generations / folder.live()).encoder))


def build_small(home: Path, corpus: Path, encoder: Encoder) -> BuildResult:
    """Build the index of ``corpus`` in ``home``."""
    options = BuildOptions(identity=model_identity(DEFAULT_MODEL))
    return build_index(IndexFolder(home / "index"), [corpus], lambda: encoder, options=options)
