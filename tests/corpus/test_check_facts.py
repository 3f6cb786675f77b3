from __future__ import annotations

from pathlib import Path

import pytest

from corpus.finding import Finding
from corpus.profile import LENIENT
from tests.corpus.seeded import ARTICLE, FACTS, report_of

BOTH = ARTICLE.replace("<!-- facts: 1-001 -->", "<!-- facts: 1-001, 1-002 -->")
DRUGS = """\
terms:
  oxalin:
    definition: "Oxalin is a drug for hives."
    kind: drug
    brands: [Oxy]
  formil:
    definition: "Formil is a drug for hives."
    kind: drug
"""
DRUG_FACTS = """\
1-003:
  says: "Oxalin was approved in May 2019 for 40% of hives."
  source: {title: "A book of drugs", url: "https://example.org/drugs"}
  as_of: "2024"
  status: verified
1-004:
  says: "Formil was approved in June 2020 for 60% of hives."
  source: {title: "A book of drugs", url: "https://example.org/drugs"}
  as_of: "2024"
  status: verified
"""


def findings(
    folder: Path, text: str, article: str = BOTH, facts: str = FACTS, glossary: str = ""
) -> list[Finding]:
    article = article.replace("Bees have six legs.", f"Bees have six legs. {text}")
    report = report_of(folder, article, facts=facts, glossary=glossary)
    return [finding for finding in report.findings if finding.check == "figures"]


@pytest.mark.parametrize(
    "text",
    [
        "In 34% of hives, 6 legs are seen.",
        "A swarm was counted in May 2019.",
        "In 2019, 34 in 100 flew off.",
        "After three weeks, HER2 and PD-L1 are names.",
        "The book of 2024 says so.",
        "The two kinds of bees are alike.",
    ],
)
def test_a_figure_that_a_named_fact_has_is_no_finding(tmp_path: Path, text: str) -> None:
    assert findings(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("In 35% of hives, bees sleep.", "35%"),
        ("A swarm was counted in June 2019.", "June 2019"),
        ("A swarm was counted on 3 May 2019.", "3 May 2019"),
        ("A swarm was counted in 2018.", "2018"),
        ("A swarm flies after four weeks.", "four weeks"),
        ("A swarm flies after three days.", "three days"),
        ("Eight or more bees may be needed.", "Eight"),
        ("Call 911 for a sting.", "911"),
        ("Bees are kept at 37.5 C.", "37.5 C"),
        ("The line is 116 123.", "116 123"),
    ],
)
def test_a_figure_that_no_named_fact_has_is_found(tmp_path: Path, text: str, written: str) -> None:
    (finding,) = findings(tmp_path, text)
    assert (finding.line, finding.problem.startswith(repr(written))) == (15, True)


def test_the_mend_names_a_fact_that_has_the_figure(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, "In 34% of hives, bees sleep.", ARTICLE)
    assert finding.mend == "Correct it, or name the fact that has it: perhaps 1-002."


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Oxalin was approved in May 2019.", True),
        ("Oxy was approved in June 2020.", False),
        ("Formil helps 60% of hives.", True),
        ("Formil helps 40% of hives.", False),
        ("Oxalin or formil helps 40% of hives.", True),
        ("Oxalin is used in 34% of hives.", True),
    ],
)
def test_the_right_figure_of_another_drug_is_wrong(tmp_path: Path, text: str, right: bool) -> None:
    article = ARTICLE.replace("<!-- facts: 1-001 -->", "<!-- facts: 1-001, 1-002, 1-003, 1-004 -->")
    found = findings(tmp_path, text, article, facts=FACTS + DRUG_FACTS, glossary=DRUGS)
    assert [finding.line for finding in found] == ([] if right else [15])


def test_a_section_without_facts_is_not_compared_where_facts_are_not_needed(tmp_path: Path) -> None:
    article = ARTICLE.replace("<!-- facts: 1-001 -->\n", "").replace("six legs", "8 legs")
    assert [f.check for f in report_of(tmp_path, article, LENIENT).findings] == []


def test_facts_without_any_register_are_not_compared_where_facts_are_not_needed(tmp_path: Path) -> None:
    article = ARTICLE.replace("six legs", "8 legs")
    assert [f.check for f in report_of(tmp_path, article, LENIENT, facts="").findings] == []
    assert {"facts", "figures"} <= {str(f.check) for f in report_of(tmp_path, article, facts="").findings}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("Do bees have legs?", "Do bees have 8 legs?", 12),
        ("title: Keeping bees", "title: Keeping 8 bees", 1),
        ("summary: What bees do.", "summary: What bees do since 1990.", 1),
    ],
)
def test_a_figure_in_a_heading_a_title_or_a_summary_is_compared_too(
    tmp_path: Path, old: str, new: str, line: int
) -> None:
    report = report_of(tmp_path, ARTICLE.replace(old, new))
    assert [f.line for f in report.findings if f.check == "figures"] == [line]


def test_a_glossary_is_compared_with_the_register_too(tmp_path: Path) -> None:
    glossary = DRUGS + '    facts: ["1-001", "9-999"]\n'
    glossary = glossary.replace(
        "Formil is a drug for hives", "Formil is a drug of 1998 for half of all hives"
    )
    found = [(f.check, f.line, f.problem) for f in report_of(tmp_path, glossary=glossary).findings]
    assert found == [
        ("glossary", 7, "formil: '1998' in the definition is in no fact that the term names"),
        ("glossary", 9, "formil: the fact 9-999 is not in facts.yaml"),
    ]


def test_a_broken_glossary_is_a_finding_and_the_rest_is_checked_on(tmp_path: Path) -> None:
    found = report_of(tmp_path, glossary=DRUGS.replace("kind: drug", "kind: potion", 1)).findings
    assert [(f.check, f.line) for f in found] == [("glossary", 4)]
