"""What each stage of an answer is worth: the same cases with one stage left out at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from bot.stages import Stages
from eval.cases import Case
from eval.opening import subject_of
from eval.variants import Variant
from index.build import build_index
from index.encoder import Encoder, EncoderSettings, Vectors
from index.fusion import VECTORS_ALONE, WITHOUT_KEYS, WITHOUT_SENTENCES, WORDS_ALONE
from index.generation import IndexFolder
from index.search import Index

LEFT_OUT: tuple[tuple[str, str, Stages], ...] = (
    ("words only", "passages are found by their words alone", Stages(weights=WORDS_ALONE)),
    ("vectors only", "passages are found by vectors, not by their words", Stages(weights=VECTORS_ALONE)),
    ("no keys", "headings and other ways to ask are no keys of their own", Stages(weights=WITHOUT_KEYS)),
    ("no sentences", "a passage's nearest sentence does not count", Stages(weights=WITHOUT_SENTENCES)),
    ("no neighbours", "a passage is read without those around it", Stages(neighbours=False)),
    ("as typed", "follow-ups and long messages are looked for as typed", Stages(understanding=False)),
    ("no backstop", "safety rules alone, without example messages", Stages(backstop=False)),
)


def left_out(index: Index, today: date, cases: Sequence[tuple[str, Case]]) -> Iterator[Variant]:
    """Yield a variant for each stage that can be left out without another index."""
    for name, says, stages in LEFT_OUT:
        yield Variant(name, says, cases, subject_of(index, today, stages))


def without_headings(index: Index, today: date, cases: Sequence[tuple[str, Case]]) -> Variant:
    """Return the variant that answers from an index that ``build_without_headings`` built."""
    return Variant(
        "no headings", "vectors without heading paths; words keep them", cases, subject_of(index, today)
    )


def build_without_headings(
    folder: IndexFolder, roots: Sequence[Path], load_encoder: Callable[[], Encoder]
) -> None:
    """Build or bring up to date an index whose passages are embedded without headings.

    ``folder`` must hold no other index: what it keeps would be taken for the usual vectors.
    Raises what ``index.build.build_index`` raises.
    """
    build_index(folder, roots, lambda: HeadlessEncoder(load_encoder()))


class HeadlessEncoder:
    """An encoder that reads of a passage only what stands below its heading path.

    A passage to be embedded is its heading path, a line end, and its text; a sentence has no line end.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def settings(self) -> EncoderSettings:
        """What shapes the vectors of questions and sentences; those of passages stay in their own folder."""
        return self._encoder.settings

    def encode_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (1, dim)."""
        return self._encoder.encode_query(text)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of texts without their first line, if they have more than one."""
        return self._encoder.encode_passages([text.partition("\n")[2] or text for text in texts])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each whole text, so that passages are cut as usual."""
        return self._encoder.count_tokens(texts)

    def export(self, folder: Path) -> bool:
        """Write what encodes questions into ``folder``."""
        return self._encoder.export(folder)
