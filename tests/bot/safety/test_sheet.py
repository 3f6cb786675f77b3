from __future__ import annotations

from bot.safety.compile import rule_files
from bot.safety.rules import load_rules
from bot.safety.sheet import RED_FLAG_ROWS, SHEET, rows_without_rule, rules_by_row, sheet, version

FILES = [file for _, file in rule_files()]


def test_the_sheet_is_up_to_date() -> None:
    assert SHEET.read_text(encoding="utf-8") == sheet(), "run python -m bot.safety.sheet"


def test_every_rule_notice_and_number_is_on_the_sheet() -> None:
    text = sheet()
    assert all(f"| {rule.id} |" in text for rule in load_rules().rules)
    assert all(f"| {key} |" in text for key in load_rules().notices["notices"])
    assert "| us_crisis | 988 | https://988lifeline.org/ | 2026-11-23 |" in text
    assert version() in text


def test_every_row_on_red_flags_has_a_rule_or_a_reason() -> None:
    resting, reasons = rules_by_row(FILES), rows_without_rule()
    assert {row for row in RED_FLAG_ROWS if not resting[row]} == set(reasons)
    assert "urgent.fever" in resting["4-026"]
    assert all(reasons.values())


def test_the_sheet_claims_no_review() -> None:
    assert "No clinician has reviewed this sheet so far." in sheet()
    assert "| Reviewed by |  |" in sheet()
