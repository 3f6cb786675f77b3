from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from corpus.article import ArticleError
from corpus.profile import read_profile
from corpus.reader import OUR_CORPUS
from corpus.settings import CorpusSettings, PhoneLine, Readers, combined, read_settings

PHONE = """
[[phone]]
country = "UK"
name = "Swarm line"
number = "01632 960001"
source = "https://bees.example/line"
checked = 2026-10-01
"""
WHOLE = (
    """
name = "Bees"
subject = "keeping bees"
framing = "Ask a keeper."
notice = '''These answers quote
the keepers.'''
team = "your keepers"
readers = "anyone"
review_max_age_days = 100
reviewed_by = "Read by two keepers."
"""
    + PHONE
)


def written(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "corpus.toml"
    path.write_text(content, "utf-8")
    return path


def test_every_key_is_read(tmp_path: Path) -> None:
    line = PhoneLine("UK", "Swarm line", "01632 960001", "https://bees.example/line", date(2026, 10, 1))
    assert read_settings(written(tmp_path, WHOLE)) == CorpusSettings(
        name="Bees",
        subject="keeping bees",
        framing="Ask a keeper.",
        notice="These answers quote\nthe keepers.",
        team="your keepers",
        readers=Readers.ANYONE,
        review_max_age_days=100,
        reviewed_by="Read by two keepers.",
        phones=(line,),
    )


def test_what_is_left_out_fits_any_corpus(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, 'name = "Bees"\n'))
    assert settings == CorpusSettings(name="Bees")


def test_the_table_of_the_checks_is_left_alone(tmp_path: Path) -> None:
    content = 'name = "Bees"\n[check]\nanything = true\n[check.deeper]\nmore = 1\n'
    assert read_settings(written(tmp_path, content)) == CorpusSettings(name="Bees")


def test_settings_survive_the_way_through_json(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, WHOLE))
    assert CorpusSettings.from_plain(json.loads(json.dumps(settings.as_plain()))) == settings


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('nmae = "Bees"', r"unknown key 'nmae'\. Did you mean 'name'\?"),
        ('colour = "yellow"', r"unknown key 'colour'\. Known: name, subject, framing"),
        ('[extra]\nname = "x"', r"unknown key 'extra'"),
        ("name = 3", r"the value of 'name' cannot be used\. Write a name in quotes"),
        ('framing = "  "', r"the value of 'framing' cannot be used\. Write a text in quotes"),
        (
            'readers = "patients"',
            r"'readers' cannot be used\. Write 'anyone' or 'people in",
        ),
        ("review_max_age_days = 0", r"'review_max_age_days' cannot be used\. Write a number of days"),
        ("phone = 3", r"'phone' cannot be used\. Write each phone line as a table"),
        (
            PHONE.replace("number", "numbr"),
            r"number 1: unknown key 'numbr'\. Did you mean 'number'",
        ),
        (
            PHONE + PHONE.replace("UK", "uk"),
            r"number 2: the value of 'country' cannot be used",
        ),
        (PHONE.replace("01632 960001", "call us"), r"'number' cannot be used\. Write the number in digits"),
        (PHONE.replace("https://", "on "), r"'source' cannot be used\. Write the address"),
        (PHONE.replace("2026-10-01", '"soon"'), r"'checked' cannot be used\. Write the day"),
    ],
)
def test_a_wrong_file_is_refused_with_its_key_and_what_mends_it(
    tmp_path: Path, content: str, problem: str
) -> None:
    with pytest.raises(ArticleError, match=rf"corpus\.toml: .*{problem}"):
        read_settings(written(tmp_path, content))


@pytest.mark.parametrize("value", ["[" * 20_000, "9" * 10_000])
def test_nesting_and_numbers_without_end_are_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(ArticleError, match=r"corpus\.toml: .* Mend the file"):
        read_settings(written(tmp_path, f"name = {value}\n"))
    with pytest.raises(ArticleError, match=r"corpus\.toml: .* Mend the file"):
        read_profile(written(tmp_path, f"[check]\nprofile = {value}\n"))


@pytest.mark.parametrize("key", ["source", "checked"])
def test_a_number_without_its_source_or_day_is_refused(tmp_path: Path, key: str) -> None:
    lines = [line for line in PHONE.splitlines() if not line.startswith(key)]
    with pytest.raises(ArticleError, match=rf"\[\[phone\]\] number 1: the key '{key}' is missing\. Add it"):
        read_settings(written(tmp_path, "\n".join(lines)))


def test_what_steers_a_terminal_does_not_get_in(tmp_path: Path) -> None:
    content = 'name = "Be\\u001b[31mes"\nnotice = "one\\u0007\\ntwo\\u202e"\nframing = "a\\nb"\n'
    settings = read_settings(written(tmp_path, content))
    assert (settings.name, settings.notice, settings.framing) == ("Bees", "one\ntwo", "a b")


def test_the_lines_of_a_country_are_its_own_and_all_where_it_is_not_known(tmp_path: Path) -> None:
    content = WHOLE + PHONE.replace("UK", "US").replace("Swarm", "Hive")
    settings = read_settings(written(tmp_path, content))
    assert [phone.name for phone in settings.phones_for("US")] == ["Hive line"]
    assert [phone.name for phone in settings.phones_for(None)] == ["Swarm line", "Hive line"]
    assert settings.phones_for("EU") == ()


def test_one_corpus_speaks_for_itself_and_none_gives_what_fits_any(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, WHOLE))
    assert combined([settings]) is settings
    assert combined([]) == CorpusSettings()


def test_every_phone_number_of_ours_stands_in_the_register_as_it_is_given() -> None:
    register = yaml.safe_load((OUR_CORPUS / "facts.yaml").read_text("utf-8"))
    ours = read_settings(OUR_CORPUS / "corpus.toml")
    assert len(ours.phones) == 3
    for phone in ours.phones:
        rows = [row for row in register.values() if phone.number in row["says"]]
        assert phone.source in {row["source"]["url"] for row in rows}
        assert all(row["status"] != "recalled" for row in rows)


def test_ours_never_claims_a_clinical_review() -> None:
    ours = read_settings(OUR_CORPUS / "corpus.toml")
    assert "not reviewed by a clinician" in ours.notice
    assert "clinic" not in ours.reviewed_by
    assert ours.readers is Readers.CANCER_TREATMENT
