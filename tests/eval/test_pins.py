from __future__ import annotations

from pathlib import Path

import pytest

from bot.receipts.present import section_sha256
from eval.cases import Case, EvalSet, EvalSetError, Gold, Nugget
from eval.pins import (
    PINS_NAME,
    Stale,
    find_stale,
    pins_text,
    read_pins,
    refuse_foreign,
    unpinned,
)
from eval.reading import set_files

OLD, NEW = section_sha256("old"), section_sha256("new")
PINS = Path("sets") / PINS_NAME


def a_set(*cases: Case, name: str = "own") -> EvalSet:
    return EvalSet(name, Path("sets") / f"{name}.yaml", cases)


def case(name: str, *any_of: str, needed: tuple[str, ...] = (), support: str | None = None) -> Case:
    nuggets = (Nugget((), vital=True, support=support),) if support else ()
    return Case(name, (Gold("?", sections_any=any_of, sections_all=needed, nuggets=nuggets),))


def stale_in(
    *cases: Case, pins: dict[str, str], indexed: dict[str, str], disk: dict[str, str] | None = None
) -> tuple[Stale, ...]:
    return find_stale([a_set(*cases)], {PINS: pins}, indexed, lambda: disk or {})


def test_white_space_around_a_section_is_no_part_of_its_text() -> None:
    assert section_sha256("  old\n") == OLD


def test_a_case_with_an_edited_gold_section_is_stale_and_still_scored() -> None:
    cases = (case("one", "a#x", "a#y"), case("two", "a#y"))
    found = stale_in(*cases, pins={"a#x": OLD, "a#y": OLD}, indexed={"a#x": NEW, "a#y": OLD})
    assert found == (Stale("one", "own", ("a#x",), (), is_scored=True),)


def test_the_section_that_supports_a_nugget_counts_too() -> None:
    found = stale_in(case("one", support="a#x"), pins={"a#x": OLD}, indexed={"a#x": NEW})
    assert found[0].changed == ("a#x",)


@pytest.mark.parametrize(
    ("gold", "scored"),
    [
        (case("one", "a#x", "a#y"), True),
        (case("one", "a#x"), False),
        (case("one", needed=("a#x", "a#y")), False),
        (case("one", "a#y", support="a#x"), True),
    ],
)
def test_a_case_is_scored_as_long_as_it_can_be_answered_rightly(gold: Case, scored: bool) -> None:
    found = stale_in(gold, pins={"a#x": OLD, "a#y": OLD}, indexed={"a#y": OLD})
    assert (found[0].gone, found[0].is_scored) == (("a#x",), scored)


def test_what_is_not_pinned_is_not_stale_but_known() -> None:
    cases = (case("one", "a#x"),)
    assert stale_in(*cases, pins={}, indexed={"a#x": NEW}) == ()
    assert unpinned([a_set(*cases)], {PINS: {}}) == {"a#x"}
    assert unpinned([a_set(*cases)], {PINS: {"a#x": OLD}}) == set()


@pytest.mark.parametrize("indexed", [{"a#x": OLD}, {}])
def test_an_index_without_the_pinned_text_that_the_files_have_is_older_than_the_set(
    indexed: dict[str, str],
) -> None:
    with pytest.raises(EvalSetError, match=r"case one: the index is older than the set: .* a#x") as caught:
        stale_in(case("one", "a#x"), pins={"a#x": NEW}, indexed=indexed, disk={"a#x": NEW})
    assert "mbc-chat index build" in str(caught.value)


def test_a_set_for_other_articles_is_refused() -> None:
    with pytest.raises(EvalSetError, match=r"key sections_any\[0\]: the set is for articles that are not"):
        refuse_foreign([a_set(case("one", "bees#food", "bees#swarms"))], {"a#x"})
    refuse_foreign([a_set(case("one", "bees#food", "a#y")), a_set(case("two"))], {"a#x"})


def test_pins_are_read_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / PINS_NAME
    path.write_text(pins_text({"b#y": NEW, "a#x": OLD}), "utf-8")
    assert read_pins(path) == {"a#x": OLD, "b#y": NEW}
    assert path.read_text("utf-8").index("a#x") < path.read_text("utf-8").index("b#y")
    assert read_pins(tmp_path / "none.yaml") == {}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- a", "holds a list and not hashes by section"),
        ("a#x: 12", "key a#x: is not a sha256"),
        ("a#x: [", "cannot be read"),
        (f"a#x: {OLD}\na#x: {OLD}", "stands twice"),
    ],
)
def test_pins_that_cannot_be_used_are_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / PINS_NAME
    path.write_text(text, "utf-8")
    with pytest.raises(EvalSetError, match=says):
        read_pins(path)


def test_pins_are_no_set(tmp_path: Path) -> None:
    for name in ("b.yaml", PINS_NAME, "a.yml", "notes.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in set_files(tmp_path)] == ["a.yml", "b.yaml"]
