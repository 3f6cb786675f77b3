"""What ``mbc-chat eval ablate`` does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from bot.cli.context import Exit, say
from eval.ablation import build_without_headings, left_out, without_headings
from eval.cases import Split
from eval.noise_shell import finish_comparison
from eval.opening import subject_of
from eval.progress import progress_of
from eval.refusing import bad_files_refused
from eval.running import make_plan, sound_cases
from eval.variants import Variant, run_variants
from eval.writing import check_writable
from index.encoder import Encoder
from index.errors import IndexForeign
from index.generation import IndexFolder
from index.search import Index, open_index


@dataclass(frozen=True, slots=True)
class AblationOptions:
    """The words of the command."""

    names: Sequence[str] = ()
    json_file: Path | None = None
    split: Split | None = None
    today: date | None = None
    rebuild_in: Path | None = None
    """Where the index without headings is built and kept; None leaves that variant out."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What stages are left out of, and how indexes and models are opened."""

    folder: IndexFolder
    load_encoder: Callable[[str], Encoder]
    """Loads a model by the name that an index gives."""
    open: Callable[[IndexFolder], Index] = open_index


def execute_ablation(options: AblationOptions, ground: Ground, out: TextIO) -> Exit:
    """Run the sets with all stages and with one left out at a time, and print what each is worth.

    Raises WrongUse for a bad set or a file that cannot be written, and IndexProblem for an index that
    is missing or older than its articles.
    """
    if options.json_file:
        check_writable("--json", options.json_file)
    with bad_files_refused():
        plan = make_plan(options.names, options.split, options.today)
        index = ground.open(ground.folder)
        subject = subject_of(index, plan.today)
        _, cases = sound_cases(plan, subject)
    variants = list(left_out(index, plan.today, cases))
    if options.rebuild_in:
        variants.append(without_headings(_headless(index, ground, options.rebuild_in), plan.today, cases))
    with progress_of(len(cases) * (1 + len(variants)), "cases") as progress:
        comparison = run_variants(Variant("all", "as it is", cases, subject), variants, progress)
    return finish_comparison(comparison, options.json_file, out)


def _headless(index: Index, ground: Ground, folder: Path) -> Index:
    say(f"Building an index without headings in {folder}; the first time this takes as long as any build.")
    roots = [each.root for each in index.content.folders()]
    build_without_headings(IndexFolder(folder), roots, lambda: ground.load_encoder(index.manifest.model))
    built = ground.open(IndexFolder(folder))
    if built.manifest.content_sha256 != index.manifest.content_sha256:
        raise IndexForeign(
            "the live index is older than its articles, so the two cannot be compared",
            where=ground.folder.path,
            mend="Run `mbc-chat index build`.",
        )
    return built
