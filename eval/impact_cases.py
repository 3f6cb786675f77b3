"""The packaged cases as plain rows, for those who ask what a change of the articles touches."""

from __future__ import annotations

from eval.cases import EvalSet, named_sections
from eval.pins import pins_path, read_all_pins
from eval.reading import load_sets, packaged_sets
from eval.refusing import bad_files_refused


@bad_files_refused()
def packaged_cases() -> list[dict[str, str | None]]:
    """Return ``{"case", "set", "section", "sha256"}`` per case and gold section. Raises WrongUse."""
    return rows_of(load_sets(packaged_sets()))


def rows_of(sets: list[EvalSet]) -> list[dict[str, str | None]]:
    """Return the rows of these sets, in their order. Raises EvalSetError for pins that cannot be used."""
    pins = read_all_pins(sets)
    return [
        {"case": case.id, "set": one.name, "section": section, "sha256": pins[pins_path(one)].get(section)}
        for one in sets
        for case in one.cases
        for section in dict.fromkeys(section for _, section in named_sections(case))
    ]
