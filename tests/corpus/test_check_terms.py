from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.seeded import ARTICLE, found, report_of

GLOSSARY = """\
terms:
  varroa mite:
    definition: "A varroa mite is a tiny parasite that sucks blood from bees."
    kind: word
    abbreviations: [VM]
    spellings: [varroa]
    lay: [red bug]
    must_explain: true
  VG1:
    definition: "VG1 is the gene for yellow wings."
    kind: gene
    must_explain: true
  super:
    definition: "A super is a box for honey."
    kind: word
  oxalin:
    definition: "Oxalin is a drug for hives."
    kind: drug
    brands: [Oxy]
"""


def terms_found(folder: Path, text: str) -> list[int]:
    article = ARTICLE.replace("Bees have six legs.", f"Bees have six legs. {text}")
    report = report_of(folder, article, glossary=GLOSSARY)
    return [line for check, _, line in found(report) if check == "terms"]


@pytest.mark.parametrize(
    "text",
    [
        "The varroa mite is common.",
        "Many bees have varroa mites (VM).",
        "Many bees have varroa mites (Oxy; US).",
        "Oxalin (a varroa mite drug) is common.",
        "Varroa mites are feared by many.",
        "Bees that have VM may be ill. Keepers fear the spring.",
        "A VG1 test may help bees.",
        "Bees may have varroa, Sunny and other things.",
    ],
)
def test_a_first_use_without_an_explanation_is_found(tmp_path: Path, text: str) -> None:
    assert terms_found(tmp_path, text) == [15]


@pytest.mark.parametrize(
    "text",
    [
        "The varroa mite (a parasite) is common.",
        "Varroa mites, which live on bees, are common.",
        "A parasite on bees is called a varroa mite.",
        "A common parasite (the varroa mite) is feared.",
        "The varroa mite is a kind of spider.",
        "A varroa mite sucks blood.",
        "Some bees have the varroa mite. Such a red bug is tiny.",
        "Some bees have VM. Keepers fear that tiny parasite. Blood is lost.",
        "Some bees have varroa. The mite is tiny.",
        "A change in the VG1 gene may help bees.",
        "VG1, one of many, makes wings.",
    ],
)
def test_a_first_use_that_is_explained_is_not(tmp_path: Path, text: str) -> None:
    assert terms_found(tmp_path, text) == []


@pytest.mark.parametrize(
    "text", ["A super is near.", "Red bugs are near.", "The word vm is near.", "A supervm."]
)
def test_other_terms_lay_forms_and_parts_of_words_need_no_explanation(tmp_path: Path, text: str) -> None:
    assert terms_found(tmp_path, text) == []


def test_a_term_is_explained_once_in_an_article(tmp_path: Path) -> None:
    assert terms_found(tmp_path, "The varroa mite is a parasite. Bees fear varroa.\n\nFear varroa.") == []
    assert terms_found(
        tmp_path, "Bees fear varroa.\n\n## Can varroa sting?\n\nA varroa mite is a parasite."
    ) == [15]
