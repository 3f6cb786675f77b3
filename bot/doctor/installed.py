"""Checks of what is installed: Python, packages, and the default model's weights."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.doctor.finding import Finding, note, ok, problem
from bot.doctor.surroundings import Package, Surroundings
from index.model_files import DEFAULT_MODEL, check_default_weights, model_folder

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet

ENCODING = frozenset({"torch", "sentence-transformers", "onnxscript"})
READING = frozenset({"charset-normalizer", "lxml", "pypdf", "python-docx", "trafilatura"})
BUILD_ONLY = ENCODING | READING
"""Packages that building needs, to encode and to read files, and answering does not."""

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^]]*\])?\s*([^;]*?)\s*(?:;(.*))?$")
_NOT_INSTALLED = "mbc-chat is not installed as a package, so what it needs is not known."
_INSTALL = "Run `pip install .`, or `make chat`, in the project's folder."


@dataclass(frozen=True, slots=True)
class _Needed:
    """A package that is needed, and in which versions."""

    name: str
    versions: str
    """Such as ">=1.26"; empty if any will do."""


def check_python(at: Surroundings) -> Finding:
    """Look whether this Python is one that the package allows."""
    wanted = at.package.requires_python if at.package else ""
    if _will_do(at.python, wanted):
        return ok(f"Python {at.python}.")
    return problem(
        f"This is Python {at.python}, and mbc-chat needs {wanted}.",
        f"Install mbc-chat with a Python {wanted}.",
    )


def check_packages(at: Surroundings) -> Finding:
    """Look for every package that answering needs, in a version that will do."""
    if at.package is None:
        return problem(_NOT_INSTALLED, _INSTALL)
    needed = [one for one in _needed(at.package) if one.name not in BUILD_ONLY]
    wrong = _wrong(needed, at)
    if wrong:
        return problem(f"{'; '.join(wrong.values())}.", _pip_install(wrong))
    if _specifiers() is None:
        return note(
            f"The {len(needed)} packages that answering needs are there; their versions were not compared.",
            "Run `pip install packaging`, and this again.",
        )
    return ok(f"The {len(needed)} packages that answering needs are there, in versions that will do.")


def check_build_packages(at: Surroundings) -> Finding:
    """Look for the packages that only building needs."""
    if at.package is None:
        return note(_NOT_INSTALLED, _INSTALL)
    needed = [one for one in _needed(at.package) if one.name in BUILD_ONLY]
    wrong = _wrong(needed, at)
    if wrong:
        return note(
            f"Answering works without it, but building may not: {'; '.join(wrong.values())}.",
            _pip_install(wrong),
        )
    there = ", ".join(f"{one.name} {at.version_of(one.name)}" for one in needed)
    return ok(f"For building there are {there}.")


def check_model(_: Surroundings) -> Finding:
    """Compare the default model's weights with the published ones. Raises ModelProblem if they differ."""
    check_default_weights(model_folder(DEFAULT_MODEL))
    return ok(f"The weights of {DEFAULT_MODEL} are the published ones.")


def _needed(package: Package) -> list[_Needed]:
    """Return what is needed on this machine, extras left out."""
    found = []
    for text in package.requirements:
        parts = _REQUIREMENT.match(text)
        if parts and _applies(parts[3] or ""):
            found.append(_Needed(re.sub(r"[-_.]+", "-", parts[1]).lower(), parts[2].strip("() ")))
    return found


def _applies(marker: str) -> bool:
    """Whether a requirement with this condition holds here; "extra" stands in those of the extras alone."""
    if "extra" in marker or _specifiers() is None:
        return "extra" not in marker
    from packaging.markers import Marker

    return not marker.strip() or Marker(marker).evaluate()


def _wrong(needed: Iterable[_Needed], at: Surroundings) -> dict[_Needed, str]:
    """Return why, for each package that is missing or has a version that will not do."""
    wrong = {}
    for one in needed:
        found = at.version_of(one.name)
        if found is None:
            wrong[one] = f"{one.name} is not installed"
        elif not _will_do(found, one.versions):
            wrong[one] = f"{one.name} is {found} and should be {one.versions}"
    return wrong


def _will_do(version: str, wanted: str) -> bool:
    specifiers = _specifiers()
    return specifiers is None or specifiers(wanted).contains(version, prereleases=True)


def _specifiers() -> type[SpecifierSet] | None:
    """Return what compares versions, or None: it comes with other packages, and may be missing."""
    try:
        from packaging.specifiers import SpecifierSet
    except ImportError:
        return None
    return SpecifierSet


def _pip_install(wanted: Iterable[_Needed]) -> str:
    return f"Run `pip install {' '.join(shlex.quote(one.name + one.versions) for one in wanted)}`."
