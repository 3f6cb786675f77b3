from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.reply import Kind
from bot.safety import Category
from eval.cases import DEFAULT_TODAY, EvalSet, EvalSetError, Split, check_sections, day_of, select_split
from eval.reading import find_sets, load_set, load_sets

WHOLE = """
- id: pik3ca-options
  question: Which drugs act on a PIK3CA mutation?
  kind: answer
  categories: []
  also: [dosing]
  sections_any: [pi3k#which-drugs]
  sections_all: [pi3k#sugar, pi3k#which-drugs, pi3k#sugar]
  nuggets:
    - {any: ["alpelisib|piqray"], vital: true, support: "pi3k#which-drugs"}
    - {any: ["sugar"]}
  must_not: ["no targeted drug"]
  split: test
  tags: [lay, brand]
- id: her2-low-thread
  turns:
    - {question: What is HER2-low?, kind: [answer, partial]}
    - {question: and ultralow?, understood: ultralow}
"""


def written(folder: Path, text: str, name: str = "own.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def complaint(folder: Path, text: str) -> EvalSetError:
    path = written(folder, text)
    with pytest.raises(EvalSetError) as caught:
        load_set(path)
    assert str(caught.value).startswith(str(path))
    return caught.value


def test_every_key_of_the_format_is_read(tmp_path: Path) -> None:
    single, thread = load_set(written(tmp_path, WHOLE)).cases
    gold = single.turns[0]
    assert (single.id, single.split, single.tags) == ("pik3ca-options", Split.TEST, ("brand", "lay"))
    assert gold.kinds == (Kind.ANSWER,)
    assert (gold.categories, gold.also) == ((), (Category.DOSING,))
    assert gold.sections_any == ("pi3k#which-drugs",)
    assert gold.sections_all == ("pi3k#sugar", "pi3k#which-drugs")
    assert [nugget.vital for nugget in gold.nuggets] == [True, False]
    assert gold.nuggets[0].support == "pi3k#which-drugs"
    assert gold.nuggets[0].patterns[0].search("PIQRAY")
    assert [pattern.pattern for pattern in gold.must_not] == ["no targeted drug"]
    assert [turn.question for turn in thread.turns] == ["What is HER2-low?", "and ultralow?"]
    assert thread.turns[0].kinds == (Kind.ANSWER, Kind.PARTIAL)
    assert thread.turns[1].categories is None
    assert thread.split is Split.DEV


def test_a_file_may_name_the_day(tmp_path: Path) -> None:
    text = "today: 2026-03-04\ncases:\n- {id: a, question: What?}\n"
    assert load_set(written(tmp_path, text)).today == date(2026, 3, 4)


def test_a_question_keeps_its_spaces(tmp_path: Path) -> None:
    loaded = load_set(written(tmp_path, '- {id: a, question: "  what is  her2 "}'))
    assert loaded.cases[0].turns[0].question == "  what is  her2 "


@pytest.mark.parametrize(
    ("text", "case", "key", "says"),
    [
        ("", None, None, "is empty"),
        ("  \n\n", None, None, "is empty"),
        ("# nothing\n", None, None, "holds no case"),
        ("[]", None, None, "holds no case"),
        ("today: 2026-01-01\ncases: []\n", None, None, "holds no case"),
        ("just words", None, None, "holds a text and not a list"),
        ("{id: a, question: b}", None, "cases", "the key is missing"),
        ("- hello", "no. 1", None, "is a text and not a mapping"),
        ("- {id: a, question: b, nugets: []}", "a", "nugets", "Did you mean nuggets?"),
        ("- {id: a, question: b, colour: red}", "a", "colour", "The keys are also, any, cases, categories"),
        (
            "- {id: a, question: b, nuggets: [{any: [x], weight: 2}]}",
            "a",
            "nuggets[0].weight",
            "no key 'weight'",
        ),
        ("- {id: a, turns: [{question: b, split: dev}]}", "a", "turns[0].split", "no key 'split' here"),
        ("- {id: a, turns: [{question: b}], kind: answer}", "a", "kind", "no key 'kind' here"),
        ("- {id: a, turns: []}", "a", "turns", "is empty"),
        ("- {id: a, question: b, turns: [{question: c}]}", "a", "turns", "both a question and turns"),
        ("- {id: a}", "a", "question", "the key is missing"),
        ("- {question: b}", "no. 1", "id", "the key is missing"),
        (
            "- {id: 7, question: b}",
            "no. 1",
            "id",
            "holds a number and not a text. Put the text in quotation marks",
        ),
        ("- {id: a, question: no}", "a", "question", "holds yes or no and not a text"),
        ("- {id: a, question: ' '}", "a", "question", "has not the form"),
        ("- {id: a b, question: c}", "a b", "id", "has not the form"),
        ("- {id: a, question: b, kind: anwser}", "a", "kind[0]", "'answer', 'partial'"),
        ("- {id: a, question: b, kind: []}", "a", "kind", "is empty"),
        ("- {id: a, question: b, categories: [panic]}", "a", "categories[0]", "'crisis', 'emergency'"),
        ("- {id: a, question: b, also: [dosing]}", "a", "also", "widens 'categories'"),
        ("- {id: a, question: b, split: train}", "a", "split", "'dev' or 'test'"),
        ("- {id: a, question: b, sections_any: her2}", "a", "sections_any", "Write a list"),
        ("- {id: a, question: b, sections_any: [her2]}", "a", "sections_any[0]", "article#section"),
        (
            "- {id: a, question: b, must_not: ['(']}",
            "a",
            "must_not[0]",
            "'(' is not a usable regular expression",
        ),
        ("- {id: a, question: b, must_not: ['[[a]']}", "a", "must_not[0]", "not a usable regular expression"),
        ("- {id: a, question: b, understood: 'x*'}", "a", "understood", "found in any text"),
        ("- {id: a, question: b, nuggets: [{any: []}]}", "a", "nuggets[0].any", "is empty"),
        ("- {id: a, question: b, nuggets: [{any: [x], vital: 1}]}", "a", "nuggets[0].vital", "valid boolean"),
        ("- {id: a, question: b, question: c}", None, None, "'question' stands twice"),
        ("- {id: a, question: b\n", None, None, "is not a usable YAML file on line 2"),
        ("today: 2026-13-01\ncases: []\n", None, None, "is not a usable YAML file"),
        ("today: soon\ncases: [{id: a, question: b}]\n", None, "today", "valid date"),
        ("- {id: a, question: b}\n- {id: a, question: c}\n", "a", "id", "used already"),
        ("[" * 200_000, None, None, "nest"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    tmp_path: Path, text: str, case: str | None, key: str | None, says: str
) -> None:
    error = complaint(tmp_path, text)
    assert (error.case, error.key) == (case, key)
    assert says in str(error)


def test_all_mistakes_of_a_case_are_listed_at_once(tmp_path: Path) -> None:
    message = str(complaint(tmp_path, "- {id: a, question: b, kinds: x, split: train}"))
    assert "key split" in message
    assert "key kinds" in message


def test_a_file_that_is_not_utf8_says_so(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("- {id: a, question: Übelkeit?}".encode("latin-1"))
    with pytest.raises(EvalSetError, match="not UTF-8"):
        load_set(path)


def test_a_folder_is_not_a_set(tmp_path: Path) -> None:
    with pytest.raises(EvalSetError, match="cannot be read"):
        load_set(tmp_path)


def test_an_id_may_not_stand_in_two_files(tmp_path: Path) -> None:
    one = written(tmp_path, "- {id: a, question: b}", "one.yaml")
    two = written(tmp_path, "- {id: a, question: c}", "two.yaml")
    with pytest.raises(
        EvalSetError, match=r"two\.yaml, case a, key id: the id is used already, in .*one\.yaml"
    ):
        load_sets([two, one])


def test_a_set_is_found_by_path_or_by_packaged_name(tmp_path: Path) -> None:
    packaged = [tmp_path / "answers.yaml", tmp_path / "safety.yaml"]
    own = written(tmp_path, WHOLE)
    assert find_sets([], packaged) == packaged
    assert find_sets(["safety", str(own), "safety"], packaged) == [packaged[1], own]


def test_an_unknown_set_is_an_error_that_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(EvalSetError, match=r"safty: there is no such file. Did you mean safety\?"):
        find_sets(["safty"], [tmp_path / "safety.yaml"])
    with pytest.raises(EvalSetError, match="no set came with this installation"):
        find_sets([], [])


def test_a_split_keeps_its_own_cases_and_refuses_to_be_empty(tmp_path: Path) -> None:
    loaded = load_set(written(tmp_path, WHOLE))
    chosen = select_split([loaded], Split.TEST)
    assert [case.id for case in chosen[0].cases] == ["pik3ca-options"]
    with pytest.raises(EvalSetError, match="no case of the split dev"):
        select_split(chosen, Split.DEV)


def test_the_day_comes_from_the_command_then_the_sets_then_a_constant(tmp_path: Path) -> None:
    first, second = date(2026, 2, 2), date(2026, 3, 3)
    dated = [EvalSet("a", Path("a"), (), first), EvalSet("b", Path("b"), (), None)]
    assert day_of(dated, second) == second
    assert day_of(dated, None) == first
    assert day_of(dated[1:], None) == DEFAULT_TODAY
    with pytest.raises(EvalSetError, match="different days"):
        day_of([*dated, EvalSet("c", Path("c"), (), second)], None)


def test_a_section_that_is_not_indexed_is_an_error_and_not_a_miss(tmp_path: Path) -> None:
    loaded = load_set(written(tmp_path, WHOLE))
    with pytest.raises(EvalSetError) as caught:
        check_sections([loaded], {"pi3k#which-drug", "pi3k#sugar"})
    error = caught.value
    assert (error.case, error.key) == ("pik3ca-options", "sections_any[0]")
    assert "pi3k#which-drugs is not in the index (nearest: pi3k#which-drug)" in str(error)
    assert "key sections_all[1]: pi3k#which-drugs" in str(error)
    assert "key nuggets[0].support: pi3k#which-drugs" in str(error)
    check_sections([loaded], {"pi3k#which-drugs", "pi3k#sugar"})


def test_a_section_of_a_turn_is_named_with_its_turn(tmp_path: Path) -> None:
    text = "- id: a\n  turns: [{question: b}, {question: c, sections_all: [x#y]}]"
    with pytest.raises(EvalSetError, match=r"case a, key turns\[1\]\.sections_all\[0\]"):
        check_sections([load_set(written(tmp_path, text))], {"x#z"})
