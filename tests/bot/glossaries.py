"""A small glossary for tests, and what is ordinary English in them."""

from __future__ import annotations

from corpus.glossary import Glossary, Term, TermKind, folded


def glossary_of(*terms: Term) -> Glossary:
    return Glossary(
        {term.name: term for term in terms},
        {folded(form): term for term in terms for form in term.forms},
        {folded(wrong): term for term in terms for wrong in term.misspellings},
    )


SMALL = glossary_of(
    Term(
        "abemaciclib",
        "A drug.",
        TermKind.DRUG,
        brands=("Verzenio",),
        lay=("abema",),
        misspellings=("verzinio",),
    ),
    Term("neratinib", "A drug.", TermKind.DRUG, brands=("Nerlynx",)),
    Term("lapatinib", "A drug.", TermKind.DRUG),
    Term("alpelisib", "A drug.", TermKind.DRUG, brands=("Piqray",)),
    Term("olaparib", "A drug.", TermKind.DRUG, brands=("Lynparza",)),
    Term("trastuzumab deruxtecan", "A drug.", TermKind.DRUG, brands=("Enhertu",), abbreviations=("T-DXd",)),
    Term("in situ hybridisation", "A test.", TermKind.TEST, abbreviations=("ISH", "FISH")),
    Term("aromatase inhibitor", "A class.", TermKind.DRUG_CLASS, abbreviations=("AI",)),
    Term("liquid biopsy", "A test.", TermKind.TEST, misspellings=("liquid biopsie",)),
    Term("spinal cord", "A part.", TermKind.BODY, misspellings=("spinal chord",)),
    Term("stomatitis", "A harm.", TermKind.SIDE_EFFECT, lay=("mouth sores", "mouth ulcers")),
    Term("muddled", "A harm.", TermKind.SYMPTOM, lay=("hacking cough",)),
)

ORDINARY = frozenset(
    "a the of is in how on i had what liquid cord cough fish ai chord spinal mouth jack hacking in".split()
)


def is_ordinary(word: str) -> bool:
    return word in ORDINARY
