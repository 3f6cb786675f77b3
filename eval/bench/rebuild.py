"""Building: how fast texts are encoded, and what a rebuild costs when little has changed."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from eval.bench.generated import PretendEncoder, Writer, write_articles
from eval.bench.measure import Measure, run_command
from index.build import build_index
from index.building import BuildOptions
from index.cache import BuildCache
from index.content import Content
from index.encoding import CachedVectors
from index.generation import CONTENT, IndexFolder
from index.model_files import DEFAULT_MODEL, model_identity
from index.onnx_encoder import OnnxEncoder

_ROUNDS = 3
_TEXTS = 600
_SEED = 5


def measure_encoding(home: Path, scratch: Path) -> list[Measure]:
    """Compare our rate with plain sentence-transformers fp32 on the same passages and sentences.

    The two take turns, and the ratio is that of the quickest turn of each.
    """
    from index.model import load_model, plain_encode

    texts = _some_texts(home)
    encoder = load_model()
    plain, ours = [], []
    for turn in range(_ROUNDS):
        start = time.perf_counter()
        plain_encode(encoder, texts)
        plain.append(len(texts) / (time.perf_counter() - start))
        cache = BuildCache(scratch / f"cache-{turn}")
        start = time.perf_counter()
        CachedVectors(encoder, cache).of(texts)
        ours.append(len(texts) / (time.perf_counter() - start))
        cache.close()
    amx = "bfloat16" in encoder.runs_on
    ratio = max(ours) / max(plain)
    return [
        Measure("encoding, plain sentence-transformers", max(plain), "/s"),
        Measure(f"encoding, ours ({encoder.runs_on})", max(ours), "/s"),
        Measure("encoding, ours over plain", ratio, "x", 2.2 if amx else 1.0, at_least=True),
    ]


def measure_rebuild(home: Path, scratch: Path, sizes: tuple[int, ...]) -> list[Measure]:
    """Measure a rebuild without a change and with one edit, as whole processes."""
    measures: list[Measure] = []
    for size in sizes:
        root, grown = scratch / f"articles-{size}", scratch / f"rebuilt-{size}"
        write_articles(root, Writer(_our_text(home), _SEED), size)
        first = _first_build(home, grown, root)
        build = ["--home", str(grown), "index", "build"]
        run_command(build)
        no_op = min(run_command(build)[0] for _ in range(_ROUNDS))
        edited = []
        for turn in range(_ROUNDS):
            path = root / f"article-{size // 2:06}.md"
            path.write_text(
                f"{path.read_text('utf-8')}\nOne more sentence, the one of turn {turn}.\n", "utf-8"
            )
            edited.append(run_command(build))
        large = size >= 10_000
        measures += [
            Measure(f"{size:,} articles: first build, vectors pretended", first, "s"),
            Measure(f"{size:,} articles: nothing changed", no_op, "s", 2 if large else None),
            Measure(f"{size:,} articles: one edited", min(e[0] for e in edited), "s", 10 if large else None),
            Measure(f"{size:,} articles: one edited, peak memory", max(e[1] for e in edited), "MB"),
        ]
        shutil.rmtree(root)
        shutil.rmtree(grown)
    return measures


def _first_build(home: Path, grown: Path, root: Path) -> float:
    """Build with pretended vectors under the real model's name, so that later builds are real ones."""
    (encoder,) = IndexFolder(home / "index").encoders.glob("[0-9a-f]*")
    pretended = PretendEncoder(OnnxEncoder.open(encoder))
    options = BuildOptions(identity=model_identity(DEFAULT_MODEL))
    start = time.perf_counter()
    build_index(IndexFolder(grown / "index"), [root], lambda: pretended, options=options)
    return time.perf_counter() - start


def _some_texts(home: Path) -> list[str]:
    """Return passages and sentences as a build meets them, each text once."""
    folder = IndexFolder(home / "index")
    content = Content(folder.generations / folder.live() / CONTENT)
    texts = [text for passage, sentences in content.texts(range(_TEXTS)) for text in (passage, *sentences)]
    content.close()
    return list(dict.fromkeys(texts))[:_TEXTS]


def _our_text(home: Path) -> str:
    folder = IndexFolder(home / "index")
    content = Content(folder.generations / folder.live() / CONTENT)
    articles = [content.article(article_id) for article_id in content.article_ids()]
    content.close()
    return "\n".join(article.text for article in articles if article)
