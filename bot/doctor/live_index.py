"""Checks of the live index: complete, searchable, and still what its articles say."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.doctor.finding import Finding, note, ok, problem
from bot.doctor.live import complete_generation, live_manifest, not_looked_at
from bot.doctor.safety import NUMBERS_HOLD
from bot.doctor.surroundings import Surroundings
from corpus.text import some_of
from index.content import Content
from index.exported import check_exported
from index.files import failure_from_json, root_path
from index.generation import CONTENT, Manifest
from index.live import waiting_changes
from index.search import Index, open_index

_HITS = 10
_REBUILD = "Run `mbc-chat index build`."


def check_generation(at: Surroundings) -> Finding:
    """Look whether CURRENT names a complete generation. Raises IndexProblem if not."""
    manifest = complete_generation(at)
    earlier = len(at.home.index.names()) - 1
    return ok(
        f"Generation {manifest.generation} is live, built {manifest.built} with {manifest.model}: "
        f"{manifest.articles} articles, {manifest.passages} passages; {earlier} others are kept."
    )


def check_search(at: Surroundings) -> Finding:
    """Open the index and search for a passage by its own words. Raises IndexProblem if it does not open."""
    if live_manifest(at) is None:
        return not_looked_at()
    opened = open_index(at.home.index, at.encoder)
    with closing(opened.content):
        return _search(opened)


def _search(opened: Index) -> Finding:
    (first,) = opened.content.passages([0])
    wanted = first.passage.text
    # Other passages may say the same, word for word; any of them is the right one.
    if any(hit.passage.text == wanted for hit in opened.search(first.passage.embedded_text, _HITS)):
        return ok(f"The index opens, and a test search finds {first.passage.id}.")
    return problem(
        f"The index opens, but a test search for the words of {first.passage.id} does not find it.",
        "Run `mbc-chat index verify`, then `mbc-chat index build --full`.",
    )


def check_encoder(at: Surroundings) -> Finding:
    """Hash the exported encoder, which reads questions. Raises IndexBroken if it is not whole."""
    manifest = live_manifest(at)
    if manifest is None:
        return not_looked_at()
    if check_exported(at.home.index.encoder(manifest.encoder)).has_model:
        return ok("The exported encoder, which reads questions, is whole.")
    return note(
        f"{manifest.model} could not be exported: questions are read by the model itself, slow to start.",
        "For quick answers, build with another model: `mbc-chat index build --model NAME`.",
    )


def check_sources(at: Surroundings) -> Finding:
    """Look whether the folders that the index was built from are there, and unchanged since."""
    manifest = live_manifest(at)
    if manifest is None:
        return not_looked_at()
    roots = [root_path(name) for name in manifest.corpora]
    missing = [str(root) for root in roots if not root.exists()]
    if missing:
        return note(
            f"The index was built from {some_of(missing)}, which is not there any more.",
            "Bring it back, or name where the articles are: `mbc-chat index build --corpus PATH`.",
        )
    waiting = waiting_changes(at.home.index, manifest)
    if not waiting.any:
        return ok(f"Nothing changed in {some_of([str(root) for root in roots])} since the index was built.")
    return note(f"Not yet in the index: {waiting.words}.", _REBUILD)


def check_failed_files(at: Surroundings) -> Finding:
    """List the files that could not be read at the last build."""
    manifest = live_manifest(at)
    if manifest is None:
        return not_looked_at()
    with closing(_content(at, manifest)) as content:
        files = content.files()
    failed = [failure_from_json(one.failure) for one in files if one.failure]
    if not failed:
        return ok(f"Each of the {len(files)} files was read at the last build.")
    return problem(
        f"Of {len(files)} files, {len(failed)} could not be read at the last build: "
        f"{some_of([f'{Path(one.path).name} ({one.problem})' for one in failed])}.",
        f"{failed[0].mend} Then run `mbc-chat index build`.",
    )


def check_corpus_phones(at: Surroundings) -> Finding:
    """Look whether the phone lines that the articles bring along were checked within a year."""
    manifest = live_manifest(at)
    if manifest is None:
        return not_looked_at()
    with closing(_content(at, manifest)) as content:
        phones = [line for one in content.folders() for line in content.settings(one.number).phones]
    old = [f"{line.name} ({line.checked})" for line in phones if at.today - line.checked > NUMBERS_HOLD]
    if not old:
        return ok(f"The {len(phones)} phone lines of the articles were checked within a year.")
    return note(
        f"Last checked more than a year ago: {some_of(old)}.",
        "Look each up at its source, put the day into corpus.toml, and run `mbc-chat index build`.",
    )


def _content(at: Surroundings, manifest: Manifest) -> Content:
    return Content(at.home.index.generations / manifest.generation / CONTENT)
