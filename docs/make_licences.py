"""The licences of what mbc-chat runs with: ``make lock`` writes the tables at the end of docs/licences.md.

They are what the installed libraries say of themselves, in the versions of requirements.lock.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions, packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
LOCK = ROOT / "requirements.lock"
MARK = "<!-- From here on made by `make lock`. -->\n"
OURS = ("bot", "corpus", "eval", "index")
ELSEWHERE = {"colorama": "BSD-3-Clause"}
"""Licences of libraries that are installed on other systems alone."""
COPYLEFT = re.compile(r"GPL|MPL|EPL|CDDL|EUPL|OSL|SSPL|-SA\b|Mozilla")
USUAL_NAMES = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache 2.0 License": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD License": "BSD",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The BSD 2-Clause License": "BSD-2-Clause",
}


@dataclass(frozen=True, slots=True)
class Library:
    """One library, as a row of a table."""

    name: str
    version: str
    licence: str
    used: str

    @property
    def row(self) -> str:
        """The row, copyleft in bold."""
        licence = f"**{self.licence}**" if COPYLEFT.search(self.licence) else self.licence
        return f"| {self.name} | {self.version} | {licence} | {self.used} |\n"


def locked() -> dict[str, str]:
    """Return the versions of the lock by canonical name."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK.read_text("utf-8"), re.MULTILINE))


def installed() -> dict[str, Distribution]:
    """Return what is installed, by canonical name."""
    return {canonicalize_name(each.name): each for each in distributions()}


def needs(of: Distribution, extras: Iterable[str] = ("",)) -> list[Requirement]:
    """Return what an installed library, with ``extras``, needs on this machine."""
    every = (Requirement(text) for text in of.requires or ())
    return [
        one for one in every if one.marker is None or any(one.marker.evaluate({"extra": x}) for x in extras)
    ]


def named_in_project(*extras: str) -> dict[str, Requirement]:
    """Return the requirements of pyproject.toml by canonical name: the core ones, or those of ``extras``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    texts = [one for extra in extras for one in project["optional-dependencies"][extra]]
    every = (Requirement(text) for text in (texts if extras else project["dependencies"]))
    return {canonicalize_name(one.name): one for one in every}


def importers() -> defaultdict[str, set[str]]:
    """Return, for each library by canonical name, the folders of ours that import it."""
    distributions_of = packages_distributions()
    found: defaultdict[str, set[str]] = defaultdict(set)
    for package in OURS:
        for file in (ROOT / package).rglob("*.py"):
            for module in _imported(ast.parse(file.read_text("utf-8"))):
                for name in distributions_of.get(module, ()):
                    found[canonicalize_name(name)].add(package)
    return found


def _imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def licence_of(library: Distribution) -> str:
    """Return the licence that a library names for itself: expression, else field, else classifiers."""
    said = library.metadata
    field = (said["License"] or "").strip()
    classified = [
        text.rpartition(" :: ")[2] for text in said.get_all("Classifier") or () if "License ::" in text
    ]
    if said["License-Expression"]:
        return str(said["License-Expression"])
    short = field if field and len(field) < 60 and "\n" not in field else " AND ".join(classified)
    return USUAL_NAMES.get(short, short) or "not said"


def libraries() -> list[Library]:
    """Return every library of the lock."""
    there, direct, used = installed(), named_in_project(), importers()
    needed_by = _needed_by(locked(), there)

    def use(name: str) -> str:
        if name in direct and name in used:
            return ", ".join(sorted(used[name]))
        if needed_by[name]:
            return f"for {', '.join(sorted(needed_by[name]))}"
        return "named in pyproject.toml" if name in direct else "for other systems"

    return [
        Library(name, version, licence_of(there[name]) if name in there else ELSEWHERE[name], use(name))
        for name, version in sorted(locked().items())
    ]


def tools() -> list[Library]:
    """Return what only tests and checks use, as far as pyproject.toml names it."""
    there = installed()
    return [
        Library(name, there[name].version, licence_of(there[name]), extra)
        for extra in ("test", "check")
        for name in sorted(named_in_project(extra))
        if name not in locked()
    ]


def _needed_by(names: Iterable[str], there: Mapping[str, Distribution]) -> defaultdict[str, set[str]]:
    """Return, for each library, which others ask for it, be it for an extra of a third one."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        for asked in needs(there[name]) if name in there else ():
            found[canonicalize_name(asked.name)].add(name)
            if asked.extras:
                for further in needs(there[canonicalize_name(asked.name)], asked.extras):
                    found[canonicalize_name(further.name)].add(name)
    return found


def tables() -> str:
    """Return both tables."""
    head = "| library | version | licence | used in, or needed for |\n|---|---|---|---|\n"
    return (
        f"\n## Libraries that it runs with\n\n{head}{''.join(one.row for one in libraries())}"
        f"\n## Tools of the workshop\n\n{head}{''.join(one.row for one in tools())}"
    )


def main() -> None:
    """Write the tables below the mark."""
    text, _, _ = PAGE.read_text("utf-8").partition(MARK)
    PAGE.write_text(f"{text}{MARK}{tables()}", "utf-8")
    sys.stderr.write(f"{PAGE.name}: {len(libraries())} libraries, {len(tools())} tools\n")


if __name__ == "__main__":
    main()
