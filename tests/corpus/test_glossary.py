from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import ArticleError
from corpus.glossary import Glossary, TermKind, read_glossary, survey_glossary

BEES = """\
shared_forms:
  queen: queen bee
terms:
  queen bee:
    definition: "A queen bee is the one bee of a hive that lays eggs."
    kind: person
    lay: [queen]
    spellings: [queen-bee]
    misspellings: [quene bee]
    must_explain: true
    facts: ["1-001"]
  queen excluder:
    definition: "A queen excluder is a grid that a queen bee cannot pass."
    kind: word
    brands: [Gridlock]
    abbreviations: [QE]
    lay: [queen]
"""


def glossary_file(folder: Path, content: str = BEES) -> Path:
    path = folder / "glossary.yaml"
    path.write_text(content, "utf-8")
    return path


def test_a_glossary_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert read_glossary(tmp_path / "glossary.yaml") == Glossary()


def test_a_term_is_found_by_each_of_its_forms_in_any_case(tmp_path: Path) -> None:
    glossary = read_glossary(glossary_file(tmp_path))
    excluder = glossary.terms["queen excluder"]
    assert [glossary.term_of(form) for form in ("GRIDLOCK", "qe", "Queen  Excluder")] == [excluder] * 3
    assert glossary.term_of("wasp") is None


def test_a_term_keeps_what_its_row_says(tmp_path: Path) -> None:
    queen = read_glossary(glossary_file(tmp_path)).terms["queen bee"]
    assert (queen.kind, queen.must_explain, queen.facts) == (TermKind.PERSON, True, ("1-001",))
    assert queen.forms == ("queen bee", "queen-bee", "queen")


def test_a_shared_form_means_the_term_that_the_file_says(tmp_path: Path) -> None:
    glossary = read_glossary(glossary_file(tmp_path))
    assert glossary.term_of("queen") is glossary.terms["queen bee"]


def test_misspellings_are_apart_from_the_right_forms(tmp_path: Path) -> None:
    glossary = read_glossary(glossary_file(tmp_path))
    assert "quene bee" not in glossary.forms
    assert glossary.misspellings["quene bee"] is glossary.terms["queen bee"]


def test_terms_of_one_kind_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    glossary = read_glossary(glossary_file(tmp_path))
    assert [term.name for term in glossary.of_kind(TermKind.WORD, TermKind.PERSON)] == [
        "queen bee",
        "queen excluder",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("  queen: queen bee\n", "  {}\n", 12, "'queen' is claimed by 'queen bee' and by 'queen excluder'"),
        ("  queen: queen bee", "  queen: wasp", 2, "shared_forms > queen: 'wasp' does not claim it"),
        ("  queen: queen bee", "  queen: queen bee\n  QE: queen excluder", 3, "QE: no two terms claim it"),
        ("kind: word", "kind: insect", 14, "terms > queen excluder > kind: Input should be"),
        ("brands:", "brand:", 15, "terms > queen excluder > brand: Extra inputs"),
        ("facts: [", "facts: [3, ", 11, "terms > queen bee > facts > 0: Input should be a valid string"),
        ("must_explain: true", 'must_explain: "yes"', 10, "must_explain: Input should be a valid boolean"),
        (
            "A queen bee is the one bee of a hive that lays eggs.",
            "It lays. It rules.",
            5,
            "one whole sentence",
        ),
        ("A queen bee is the one bee", "It is the one bee", 5, "it opens with 'It'"),
        ("lays eggs.", "eats 5 mg of food.", 5, "a dose figure, '5 mg'"),
        ("[quene bee]", "[queen bee]", 9, "'queen bee' is a right form too"),
        ("  queen excluder:", "  queen bee:", 12, "the key terms > queen bee stands on line 4 too"),
        ("terms:\n", "trems:\n", 3, "trems: unknown key"),
        ("  queen excluder:", "  1984:", 12, "terms > 1984: the name is not text"),
        ('definition: "A queen e', "definition: A: queen e", 13, "not valid YAML"),
    ],
)
def test_what_is_wrong_names_the_file_the_line_the_term_and_the_key(
    tmp_path: Path, old: str, new: str, line: int, problem: str
) -> None:
    assert old in BEES
    path = glossary_file(tmp_path, BEES.replace(old, new, 1))
    found = survey_glossary(path)[1]
    assert [(error.path, error.line) for error in found if problem in error.problem] == [(str(path), line)]
    with pytest.raises(ArticleError):
        read_glossary(path)


def test_every_problem_of_a_file_is_found_at_once(tmp_path: Path) -> None:
    broken = BEES.replace("kind: word", "kind: insect").replace("kind: person", "kind: insect")
    assert len([e for e in survey_glossary(glossary_file(tmp_path, broken))[1] if "kind" in e.problem]) == 2


def test_a_control_character_in_a_row_does_not_get_through(tmp_path: Path) -> None:
    glossary = read_glossary(glossary_file(tmp_path, BEES.replace("[Gridlock]", r'["Grid\x1b[31mlock"]')))
    assert glossary.terms["queen excluder"].brands == ("Gridlock",)
