from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bot.safety.compile import (
    HERE,
    CompileError,
    as_text,
    compile_all,
    compile_unchecked,
    rule_files,
)
from bot.safety.layer import rules_that_fire
from bot.safety.rules import COMPILED, Category, load_rules
from bot.safety.schema import RuleFile

RULES = [rule for _, file in rule_files() for rule in file.rules]


@pytest.fixture
def copied_rules(tmp_path: Path) -> Path:
    for name in (
        "rules",
        "vocabulary.yaml",
        "context.yaml",
        "countries.yaml",
        "notices.yaml",
        "languages.yaml",
    ):
        source = HERE / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    shutil.copy(HERE / "lookalikes.txt", tmp_path)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_compiled_file_is_up_to_date() -> None:
    assert COMPILED.read_text(encoding="utf-8") == as_text(compile_unchecked()), (
        "run python -m bot.safety.compile"
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_does_what_its_examples_say(rule: RuleFile) -> None:
    for example in rule.match:
        turns = (example,) if isinstance(example, str) else example
        assert rule.id in rules_that_fire(turns, load_rules(), None), example
    for example in rule.not_match:
        turns = (example,) if isinstance(example, str) else example
        assert rule.id not in rules_that_fire(turns, load_rules(), None), example


def test_every_firing_rule_has_five_examples_each_way_and_a_source() -> None:
    firing = [rule for rule in RULES if not rule.id.startswith("sign.")]
    assert all(len(rule.match) >= 5 and len(rule.not_match) >= 5 and rule.source for rule in firing)


def test_rule_ids_are_unique_and_start_with_their_category() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    for _, file in rule_files():
        prefix = file.category.value if file.category else "sign"
        assert all(rule.id.startswith(prefix + ".") for rule in file.rules)


def test_every_combination_names_signs_that_exist() -> None:
    ids = {rule.id for rule in RULES}
    assert all(name in ids for rule in RULES for one_of in rule.together for name in one_of)


def test_every_category_but_off_topic_has_rules() -> None:
    covered = {file.category for _, file in rule_files()}
    assert covered - {None} == set(Category) - {Category.OFF_TOPIC}


def test_a_rule_whose_own_example_fails_does_not_compile(copied_rules: Path) -> None:
    edit(copied_rules / "rules" / "urgent.yaml", "my port is red and oozing", "my garden is red and green")
    with pytest.raises(CompileError, match=r"urgent\.yaml: urgent\.infection_signs: must match: my garden"):
        compile_all(copied_rules)


def test_a_number_without_a_source_does_not_compile(copied_rules: Path) -> None:
    edit(copied_rules / "countries.yaml", ', source: "https://www.911.gov"', "")
    with pytest.raises(CompileError, match=r"countries\.yaml"):
        compile_all(copied_rules)


def test_a_line_that_shows_an_unlisted_number_does_not_compile(copied_rules: Path) -> None:
    edit(copied_rules / "countries.yaml", 'emergency: "{us_emergency}"', 'emergency: "912"')
    with pytest.raises(CompileError, match="no source and day"):
        compile_all(copied_rules)


def test_an_unknown_key_in_a_rule_does_not_compile(copied_rules: Path) -> None:
    edit(copied_rules / "rules" / "dosing.yaml", "    source:", "    sauce: x\n    source:")
    with pytest.raises(CompileError, match="sauce"):
        compile_all(copied_rules)


def test_an_unknown_word_group_is_named(copied_rules: Path) -> None:
    edit(copied_rules / "rules" / "dosing.yaml", "<any_medicine>", "<any_medecine>")
    with pytest.raises(CompileError, match="any_medecine"):
        compile_all(copied_rules)


def test_a_notice_over_sixty_words_does_not_compile(copied_rules: Path) -> None:
    edit(copied_rules / "notices.yaml", "now and tell them", "now and " + "very " * 40 + "tell them")
    with pytest.raises(CompileError, match="at most 60"):
        compile_all(copied_rules)


def test_every_number_in_the_country_lines_has_a_source_and_a_day() -> None:
    compiled = json.loads(COMPILED.read_text(encoding="utf-8"))
    assert set(compiled["countries"]["lines"]) == {"US", "UK", "EU", "unknown"}
    assert "988" in compiled["countries"]["lines"]["US"]["crisis"]
    assert "1-800-222-1222" in compiled["countries"]["lines"]["US"]["poison"]
    assert compiled["countries"]["thresholds"]["UK"]["fever_c"] == 37.5
    assert compiled["countries"]["thresholds"]["unknown"]["fever_c"] == 37.5
