"""What ``mbc-chat eval noise`` does; the way to the assistant comes in as an argument."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from bot.cli.context import Exit, complain
from eval.cases import Case, Split
from eval.change_table import print_comparison
from eval.engine import Subject
from eval.noise import Noise, Rates, disturb_case, share_disturbed
from eval.progress import progress_of
from eval.refusing import bad_files_refused
from eval.running import make_plan, sound_cases
from eval.variants import Comparison, Variant, comparison_json, run_variants
from eval.writing import check_writable, write_json


@dataclass(frozen=True, slots=True)
class NoiseOptions:
    """The words of the command."""

    rates: Rates
    seed: int
    kinds: Sequence[Noise] = tuple(Noise)
    names: Sequence[str] = ()
    json_file: Path | None = None
    split: Split | None = None
    today: date | None = None


def execute_noise(options: NoiseOptions, open_subject: Callable[[date], Subject], out: TextIO) -> Exit:
    """Run the sets clean and with each kind of noise, and print what it changes. Returns the exit code.

    Raises WrongUse for a bad set or a file that cannot be written, and IndexProblem from the opener.
    """
    if options.json_file:
        check_writable("--json", options.json_file)
    with bad_files_refused():
        plan = make_plan(options.names, options.split, options.today)
        subject = open_subject(plan.today)
        _, cases = sound_cases(plan, subject)
    variants = [_variant(kind, cases, subject, options) for kind in options.kinds]
    with progress_of(len(cases) * (1 + len(variants)), "cases") as progress:
        comparison = run_variants(Variant("clean", "as written", cases, subject), variants, progress)
    return finish_comparison(comparison, options.json_file, out)


def finish_comparison(comparison: Comparison, json_file: Path | None, out: TextIO) -> Exit:
    """Print a comparison, write it where asked to, and return the exit code."""
    print_comparison(comparison, out)
    if json_file:
        write_json(json_file, comparison_json(comparison))
    if comparison.failed:
        complain(f"{len(comparison.failed)} cases ended in an error.")
        return Exit.FAILED
    return Exit.FINE


def _variant(
    kind: Noise, cases: Sequence[tuple[str, Case]], subject: Subject, options: NoiseOptions
) -> Variant:
    noisy = [(name, disturb_case(case, kind, options.seed, options.rates)) for name, case in cases]
    changed = share_disturbed([case for _, case in cases], [case for _, case in noisy])
    return Variant(
        kind.value, f"{_SAYS[kind](options.rates)}; {changed:.0%} of the turns differ", noisy, subject
    )


_SAYS: dict[Noise, Callable[[Rates], str]] = {
    Noise.TYPOS: lambda rates: f"{rates.typos:.0%} of the letters mistyped",
    Noise.LOWER: lambda _: "all in small letters",
    Noise.UPPER: lambda _: "all in capitals",
    Noise.ORDER: lambda rates: f"{rates.swaps:.0%} of neighbouring words swapped",
}
