"""What the editorial checks found, as lines for people and as JSON for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any

from corpus.check import CheckReport
from corpus.finding import Finding, Severity
from corpus.profile import CheckName
from corpus.text import one_line


class LineKind(StrEnum):
    """What a line of the report is."""

    CHECK = "check"
    ERROR = "error"
    WARNING = "warning"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One clean line of the report."""

    kind: LineKind
    text: str


def report_lines(report: CheckReport, here: Path) -> list[ReportLine]:
    """Return the findings by check, those with errors first, and the sum of all; paths as from ``here``."""
    lines = []
    for check, findings in _by_check(report):
        lines.append(ReportLine(LineKind.CHECK, f"{check}: {_numbers(findings)}"))
        for finding in findings:
            kind = LineKind.ERROR if finding.severity is Severity.ERROR else LineKind.WARNING
            lines.append(ReportLine(kind, _finding_line(finding, here)))
    return [*lines, ReportLine(LineKind.SUM, _sum(report))]


def report_json(report: CheckReport) -> dict[str, Any]:
    """Return the report as values that JSON has, with how often each check found something."""
    counts = {
        check: {
            "errors": sum(finding.severity is Severity.ERROR for finding in findings),
            "warnings": sum(finding.severity is Severity.WARNING for finding in findings),
        }
        for check, findings in _by_check(report)
    }
    return {**asdict(report), "errors": report.errors, "warnings": report.warnings, "checks": counts}


def _by_check(report: CheckReport) -> list[tuple[CheckName, list[Finding]]]:
    ordered = sorted(report.findings, key=lambda finding: finding.check)
    groups = [(check, list(findings)) for check, findings in groupby(ordered, key=lambda f: f.check)]
    return sorted(groups, key=lambda group: all(f.severity is Severity.WARNING for f in group[1]))


def _finding_line(finding: Finding, here: Path) -> str:
    path = Path(finding.file)
    file = path.relative_to(here) if path.is_relative_to(here) else path
    return one_line(f"{file}:{finding.line}: {finding.severity}: {finding.problem}. {finding.mend}")


def _numbers(findings: list[Finding]) -> str:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    parts = [_count(errors, "error"), _count(len(findings) - errors, "warning")]
    return ", ".join(part for part in parts if not part.startswith("0 "))


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _sum(report: CheckReport) -> str:
    covered = (
        _count(report.articles, "article"),
        _count(report.sections, "section"),
        _count(report.words, "word"),
        _count(report.facts, "fact"),
        _count(report.terms, "term"),
        _count(report.ways_to_ask, "way to ask", "ways to ask"),
    )
    found = f"{_count(report.errors, 'error')}, {_count(report.warnings, 'warning')}"
    return f"{', '.join(covered)}, by the {report.profile} profile: {found}."
