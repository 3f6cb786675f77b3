"""Compile the YAML files into the one file that is loaded: ``python -m bot.safety.compile``.

A rule whose own examples fail does not compile; the error names the file, the rule and the example.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.safety.layer import rules_that_fire
from bot.safety.matching import Step
from bot.safety.normalise import expand_contraction
from bot.safety.patterns import GroupTable, PatternError, words_needed
from bot.safety.quantities import read_numbers
from bot.safety.rules import COMPILED, Category, Country, Ruleset, read_ruleset
from bot.safety.schema import Countries, Language, Notices, RuleFile, Rules, Vocabulary

HERE = Path(__file__).parent
SHORTEST_CORRECTED = 3
MOST_WORDS = 60
FRAMED = tuple(category.value for category in Category)

Model = TypeVar("Model", bound=BaseModel)


class CompileError(ValueError):
    """The rules cannot be compiled: the message says which file and rule, why, and what to change."""


def read_yaml(path: Path) -> Any:
    """Read a YAML file in which every scalar is text: "no" and "on" are words here."""
    try:
        return yaml.BaseLoader(path.read_text(encoding="utf-8")).get_single_data()
    except yaml.YAMLError as e:
        raise CompileError(f"{path.name}: not readable as YAML: {e}") from e


def read_model(path: Path, model: type[Model]) -> Model:
    """Read a YAML file and check its form. Raises CompileError."""
    try:
        return model.model_validate(_without_empty(read_yaml(path)))
    except ValidationError as e:
        raise CompileError(f"{path.name}: {e}") from e


def _without_empty(plain: Any) -> Any:
    """Turn an empty value at the top of a file into None."""
    return {key: None if value == "" else value for key, value in plain.items()}


def compile_all(folder: Path = HERE) -> dict[str, Any]:
    """Compile every file of the folder and try every example. Raises CompileError."""
    plain = compile_unchecked(folder)
    ruleset = read_ruleset(plain)
    failures = [*failing_examples(folder, ruleset), *notice_faults(ruleset)]
    if failures:
        raise CompileError("\n".join(failures))
    return plain


def compile_unchecked(folder: Path = HERE) -> dict[str, Any]:
    """Compile every file of the folder without trying the examples. Raises CompileError."""
    vocabulary = read_model(folder / "vocabulary.yaml", Vocabulary)
    cues = TypeAdapter(dict[str, tuple[str, ...]]).validate_python(read_yaml(folder / "context.yaml"))
    variants = {
        wrong: right for right, wrongs in vocabulary.spelling.items() for wrong in wrongs if wrong != right
    }
    table = GroupTable(_speller(variants), {**vocabulary.groups, **cues})
    rules: list[dict[str, Any]] = []
    patterns: list[list[Any]] = []
    for path, file in rule_files(folder):
        for rule in file.rules:
            try:
                patterns.extend(_patterns(rule, len(rules), table))
                rules.append(_rule(rule, file, table))
            except PatternError as e:
                raise CompileError(f"{path.name}: {rule.id}: {e}") from e
    try:
        cue_numbers = {name: table.named(name) for name in cues}
    except PatternError as e:
        raise CompileError(f"context.yaml: {e}") from e
    languages = TypeAdapter(dict[str, Language]).validate_python(read_yaml(folder / "languages.yaml"))
    return {
        "groups": [{key: value for key, value in group.items() if key != "!"} for group in table.groups],
        "rules": rules,
        "patterns": patterns,
        "by_word": _index(patterns, table),
        "cues": cue_numbers,
        "spelling": _spelling(variants, table, folder),
        "countries": _countries(read_model(folder / "countries.yaml", Countries)),
        "notices": read_model(folder / "notices.yaml", Notices).model_dump(exclude_none=True),
        "languages": {code: language.model_dump() for code, language in languages.items()},
    }


def rule_files(folder: Path = HERE) -> Iterator[tuple[Path, Rules]]:
    """Yield every rule file, in the order of its name."""
    for path in sorted((folder / "rules").glob("*.yaml")):
        yield path, read_model(path, Rules)


def _speller(variants: Mapping[str, str]) -> Any:
    def spell(word: str) -> Sequence[str]:
        words = [variants.get(part, part) for part in expand_contraction(word)]
        return read_numbers(" ".join(words).split(), set())[0]

    return spell


def _patterns(rule: RuleFile, number: int, table: GroupTable) -> list[list[Any]]:
    bare = [[number, table.whole(text), 1] for text in rule.mentions]
    return [[number, table.whole(text), 0] for text in rule.patterns] + bare


def _rule(rule: RuleFile, file: Rules, table: GroupTable) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": rule.id,
        "category": file.category.value if file.category else None,
        "cancels": sorted(status.value for status in set(file.cancels) - set(rule.keeps)),
    }
    if rule.absent:
        plain["absent"] = table.add(rule.absent)
    if rule.absent_message:
        plain["absent_message"] = table.add(rule.absent_message)
    for key in ("together", "background", "told", "reminder", "notice"):
        value = getattr(rule, key)
        if value:
            plain[key] = value
    return plain


def _index(patterns: Sequence[Sequence[Any]], table: GroupTable) -> dict[str, list[int]]:
    """Return, for each word, the patterns that need it (or one of its like) to match."""
    index: dict[str, list[int]] = {}
    for number, (_, parts, _) in enumerate(patterns):
        for word in sorted(words_needed(parts, table.groups) or {""}):
            index.setdefault(word, []).append(number)
    return index


def _spelling(variants: Mapping[str, str], table: GroupTable, folder: Path) -> dict[str, Any]:
    """Return the variants, the words never corrected, and the words that slips are corrected to.

    Of two words that could be meant, the one that more patterns use is the likelier.
    """
    uses = _word_uses(table)
    everyday = set((folder / "lookalikes.txt").read_text(encoding="utf-8").split())
    meant = {part for right in variants.values() for part in right.split()}
    prefixes = tuple(
        {start for group in table.groups for start in str(group.get("p", "")).split() if len(start) > 4}
    )
    begun = {word for word in everyday if word.startswith(prefixes)}
    targets = set(uses) | begun | set(variants) & everyday
    ranked = sorted((word for word in targets if _correctable(word)), key=lambda word: (-uses[word], word))
    return {
        "variants": dict(sorted(variants.items())),
        "known": " ".join(sorted((set(uses) | everyday | meant) - set(variants))),
        "rank": {word: place for place, word in enumerate(ranked)},
    }


def _correctable(word: str) -> bool:
    return len(word) >= SHORTEST_CORRECTED and word.isascii() and word.isalpha()


def _word_uses(table: GroupTable) -> Counter[str]:
    """Return every word that stands in a group, and in how many."""
    uses: Counter[str] = Counter()

    def walk(steps: Sequence[Step]) -> None:
        for step in steps:
            if isinstance(step, list):
                walk(step)
            elif isinstance(step, str) and step not in {"^", "$"}:
                uses[step] += 1

    for group in table.groups:
        uses.update(str(group.get("w", "")).split())
        phrases = group.get("s", [])
        assert isinstance(phrases, list)
        for steps in phrases:
            walk(steps)
    return uses


def _countries(countries: Countries) -> dict[str, Any]:
    """Fill the lines with their numbers; a line that names an unknown number does not compile."""
    shown = {name: number.show for name, number in countries.numbers.items()}
    limits = {code: limit.show for code, limit in countries.thresholds.items()}
    expected = {country.value for country in Country} | {"unknown"}
    if set(countries.lines) != expected or set(countries.thresholds) != expected:
        raise CompileError(f"countries.yaml: lines and thresholds must be given for {sorted(expected)}")
    try:
        lines = {
            code: {
                key: text.format_map(shown | {"limits": limits[code]})
                for key, text in one.model_dump().items()
            }
            for code, one in countries.lines.items()
        }
    except KeyError as e:
        raise CompileError(f"countries.yaml: a line names {e}, which is not among the numbers") from e
    for code, one in lines.items():
        for key, text in one.items():
            if key != "fever":
                _only_known_numbers(code, key, text, shown)
    return {
        "lines": lines,
        "thresholds": {
            code: {"fever_c": limit.fever_c, "low_c": limit.low_c}
            for code, limit in countries.thresholds.items()
        },
    }


def _only_known_numbers(code: str, key: str, text: str, shown: Mapping[str, str]) -> None:
    rest = text
    for number in sorted(shown.values(), key=len, reverse=True):
        rest = rest.replace(number, "")
    if any(character.isdigit() for character in rest):
        raise CompileError(
            f"countries.yaml: {code}.{key} shows a number that has no source and day: {text!r}"
        )


def rule_examples(folder: Path = HERE) -> Iterator[tuple[Category, str, bool]]:
    """Yield the single-message examples of every rule with a category: category, text, whether it matches."""
    for _, file in rule_files(folder):
        if file.category is None:
            continue
        for rule in file.rules:
            for matches, examples in ((True, rule.match), (False, rule.not_match)):
                yield from ((file.category, text, matches) for text in examples if isinstance(text, str))


def failing_examples(folder: Path, ruleset: Ruleset) -> list[str]:
    """Return one line for every example of a rule that goes wrong."""
    failures = []
    for path, file in rule_files(folder):
        for rule in file.rules:
            wanted = [(example, True) for example in rule.match] + [
                (example, False) for example in rule.not_match
            ]
            for example, fires in wanted:
                turns = (example,) if isinstance(example, str) else example
                if (rule.id in rules_that_fire(turns, ruleset, None)) is not fires:
                    failures.append(
                        f"{path.name}: {rule.id}: {'must match' if fires else 'must not match'}: {example}"
                    )
    return failures


def notice_faults(ruleset: Ruleset) -> list[str]:
    """Return what is wrong with the texts: too long, missing, a placeholder that nothing fills."""
    ours, anyone = ruleset.notices, ruleset.notices["anyone"]
    faults = [fault for wording in (ours, anyone) for fault in _wording_faults(wording, ruleset.countries)]
    faults += [
        f"notices.yaml: anyone.{group} lacks {key}"
        for group in ("notices", "reminders")
        for key in ours[group].keys() - anyone[group].keys()
    ]
    missing = [category for category in FRAMED if category not in ours["framing"]]
    return faults + [f"notices.yaml: framing lacks {category}" for category in missing]


def _wording_faults(wording: Mapping[str, Any], countries: Mapping[str, Any]) -> list[str]:
    faults = []
    for code, lines in countries["lines"].items():
        for key, notice in wording["notices"].items():
            for variant, text in notice.items():
                words = len(text.format_map(lines).split())
                if words > MOST_WORDS:
                    faults.append(
                        f"notices.yaml: {key}.{variant} has {words} words in {code}; at most {MOST_WORDS}"
                    )
        for group in ("reminders", "framing"):
            for text in wording[group].values():
                text.format_map(lines)
    return faults


def as_text(plain: Mapping[str, Any]) -> str:
    """Return the compiled file's text, always the same for the same rules."""
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def main() -> int:
    """Compile, and write the file only if everything holds."""
    try:
        plain = compile_all()
    except CompileError as e:
        sys.stderr.write(f"{e}\n")
        return 1
    COMPILED.write_text(as_text(plain), encoding="utf-8")
    sys.stdout.write(f"{len(plain['rules'])} rules, {len(plain['patterns'])} patterns: {COMPILED}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
