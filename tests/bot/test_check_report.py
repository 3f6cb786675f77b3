from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.check_report import LineKind, report_json, report_lines
from bot.cli.main import run_with
from corpus.check import CheckReport
from corpus.finding import Finding, Severity
from corpus.profile import CheckName, ProfileName

HERE = Path("/bees")
REPORT = CheckReport(
    findings=(
        Finding(CheckName.GRADE, Severity.WARNING, "/bees/a.md", 3, "hard to read", "Shorten it."),
        Finding(CheckName.LINKS, Severity.ERROR, "/bees/b\x1b[31m.md", 7, "a broken link", "Mend it."),
        Finding(CheckName.GRADE, Severity.WARNING, "/wasps/c.md", 1, "hard too", "Shorten it."),
    ),
    profile=ProfileName.STRICT,
    articles=1,
    sections=12,
    words=1_234,
    facts=5,
    terms=6,
    ways_to_ask=7,
)


def test_findings_come_by_check_with_errors_first_and_a_sum_last() -> None:
    assert [line.text for line in report_lines(REPORT, HERE)] == [
        "links: 1 error",
        "b.md:7: error: a broken link. Mend it.",
        "grade: 2 warnings",
        "a.md:3: warning: hard to read. Shorten it.",
        "/wasps/c.md:1: warning: hard too. Shorten it.",
        "1 article, 12 sections, 1,234 words, 5 facts, 6 terms, 7 ways to ask, by the strict profile: "
        "1 error, 2 warnings.",
    ]


def test_a_line_knows_what_it_is() -> None:
    kinds = [line.kind for line in report_lines(REPORT, HERE)]
    assert kinds[:3] == [LineKind.CHECK, LineKind.ERROR, LineKind.CHECK]
    assert kinds[-1] is LineKind.SUM


def test_the_json_has_every_finding_and_the_numbers_by_check() -> None:
    values = json.loads(json.dumps(report_json(REPORT)))
    assert (values["errors"], values["warnings"], values["profile"]) == (1, 2, "strict")
    assert values["checks"]["grade"] == {"errors": 0, "warnings": 2}
    assert values["findings"][0] == {
        "check": "grade",
        "severity": "warning",
        "file": "/bees/a.md",
        "line": 3,
        "problem": "hard to read",
        "mend": "Shorten it.",
    }


@pytest.fixture
def stale_bees(tmp_path: Path) -> Path:
    article = "---\nid: bees\nreviewed: 2026-01-10\n---\n\n## Do bees sleep?\n\nBees sleep at night.\n"
    (tmp_path / "bees.md").write_text(article)
    return tmp_path


def test_the_command_prints_plain_lines_and_exits_0_without_errors(
    stale_bees: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["corpus", "check", "--corpus", str(stale_bees), "--today", "2027-06-01"]
    assert run_with(arguments) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "bees.md:1: warning: reviewed 507 days ago" in out
    assert out.splitlines()[-1].endswith("by the lenient profile: 0 errors, 1 warning.")


def test_the_command_exits_1_with_errors_and_takes_a_profile(
    stale_bees: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["corpus", "check", "--corpus", str(stale_bees), "--profile", "strict", "--json"]
    assert run_with([*arguments, "--today", "2026-02-01"]) == 1
    values = json.loads(capsys.readouterr().out)
    assert values["profile"] == "strict"
    assert {"front-matter", "length", "facts", "asked-as"} <= values["checks"].keys()
