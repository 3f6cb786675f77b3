"""All checks, one after the other, each for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.doctor import builds, installed, live_index, safety, storage, stored, terminal
from bot.doctor.finding import Finding, Severity, problem
from bot.doctor.surroundings import Surroundings
from index.errors import IndexProblem

Check = Callable[[Surroundings], Finding]

CHECKS: Mapping[str, Check] = {
    "python": installed.check_python,
    "packages": installed.check_packages,
    "build-packages": installed.check_build_packages,
    "model": installed.check_model,
    "home": storage.check_home,
    "permissions": storage.check_permissions,
    "config": storage.check_config,
    "conversations": stored.check_conversations,
    "space": storage.check_space,
    "lock": builds.check_lock,
    "leftovers": builds.check_leftovers,
    "cache": builds.check_cache,
    "index": live_index.check_generation,
    "encoder": live_index.check_encoder,
    "search": live_index.check_search,
    "sources": live_index.check_sources,
    "files": live_index.check_failed_files,
    "safety-rules": safety.check_rules,
    "safety-phones": safety.check_phones,
    "corpus-phones": live_index.check_corpus_phones,
    "encoding": terminal.check_encoding,
    "colours": terminal.check_colours,
    "size": terminal.check_size,
}


@dataclass(frozen=True, slots=True)
class Examination:
    """What all checks found, by the name of the check, in order."""

    findings: Mapping[str, Finding]

    @property
    def problems(self) -> int:
        """How many findings something has to be done about."""
        return self._count(Severity.PROBLEM)

    @property
    def notes(self) -> int:
        """How many findings are only worth knowing."""
        return self._count(Severity.NOTE)

    def as_plain(self) -> dict[str, Any]:
        """Return plain values for JSON; "mend" is null where nothing needs mending."""
        checks = [
            {"name": name, "severity": one.severity.value, "found": one.found, "mend": one.mend or None}
            for name, one in self.findings.items()
        ]
        return {"checks": checks, "problems": self.problems, "notes": self.notes}

    def _count(self, severity: Severity) -> int:
        return sum(one.severity is severity for one in self.findings.values())


def examine(at: Surroundings, checks: Mapping[str, Check] = CHECKS) -> Examination:
    """Run every check; one that fails is itself a problem, and the others run on."""
    return Examination({name: _look(check, at) for name, check in checks.items()})


def _look(check: Check, at: Surroundings) -> Finding:
    try:
        return check(at)
    except IndexProblem as error:
        place = f" ({error.where})" if error.where else ""
        return problem(f"{_as_sentence(error.problem)}{place}.", error.mend)
    except Exception as error:  # a check that stops the others would hide what they find
        return problem(
            f"This check itself failed ({type(error).__name__}: {error}).",
            "Mend what the other lines name and run this again; if it stays, report this line.",
        )


def _as_sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def summary(examined: Examination) -> str:
    """Return the examination in one line."""
    if not examined.problems and not examined.notes:
        return f"{len(examined.findings)} checks: all is well."
    return (
        f"{len(examined.findings)} checks: {_counted(examined.problems, 'problem')}, "
        f"{_counted(examined.notes, 'note')}."
    )


def _counted(count: int, word: str) -> str:
    return f"{count or 'no'} {word}{'' if count == 1 else 's'}"


def lines_of(examined: Examination) -> Iterable[tuple[Severity, str]]:
    """Yield the lines for a reader, each with its severity: a line a check, what mends it indented below."""
    wide = max(len(name) for name in examined.findings)
    for name, one in examined.findings.items():
        mark = "PROBLEM" if one.severity is Severity.PROBLEM else one.severity.value
        yield one.severity, f"{mark:<7}  {name:<{wide}}  {one.found}"
        if one.mend:
            yield one.severity, f"{'':<7}  {'':<{wide}}  {one.mend}"
