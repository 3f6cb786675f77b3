from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path

import pytest

from bot.cli.main import run_with
from index.generation import IndexFolder
from tests.bot.cli.running import ask_json, run
from tests.conftest import REPOSITORY


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_the_reading_text_is_what_citations_count_in(
    capsys: pytest.CaptureFixture[str], real_home: Path
) -> None:
    reply = ask_json(capsys, real_home, "What is an ESR1 mutation?")
    article = reply["citations"][0]["article"]
    _, text, _ = run(capsys, "corpus", "show", article, "--text")
    for sentence in reply["sentences"]:
        if sentence["citation"] == 1:
            assert text[sentence["start"] : sentence["end"]] == sentence["text"]


def test_corpus_list_is_one_line_an_article(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "corpus", "list")
    head, *lines = out.splitlines()
    assert (code, err) == (0, "")
    assert head.split() == ["id", "words", "grade", "reviewed", "topics", "title"]
    assert len(lines) >= 54
    (line,) = [line for line in lines if line.startswith("when-to-call ")]
    assert re.search(r" \d{3,4} +\d+\.\d  2026-\d\d-\d\d  \S.*When to call", line)


def test_corpus_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "corpus", "list", "--json")
    rows = {row["id"]: row for row in json.loads(out)["articles"]}
    assert code == 0
    assert set(rows["when-to-call"]) == {"id", "title", "topics", "words", "grade", "reviewed", "withdrawn"}
    assert rows["when-to-call"]["withdrawn"] is False


def test_a_withdrawn_article_is_listed_and_shown_as_withdrawn(
    capsys: pytest.CaptureFixture[str], bee_folder: Path
) -> None:
    text = (bee_folder / "bees.md").read_text()
    (bee_folder / "bees.md").write_text(text.replace("id: bees", "id: bees\nwithdrawn: true"))
    _, out, _ = run(capsys, "corpus", "list", "--corpus", str(bee_folder))
    assert re.search(r"^bees +withdrawn ", out, re.MULTILINE)
    assert re.search(r"^hives +\d", out, re.MULTILINE)
    _, out, _ = run(capsys, "corpus", "list", "--json", "--corpus", str(bee_folder))
    assert {row["id"]: row["withdrawn"] for row in json.loads(out)["articles"]} == {
        "bees": True,
        "hives": False,
    }
    _, out, _ = run(capsys, "corpus", "show", "bees", "--corpus", str(bee_folder))
    assert out.startswith("This article is withdrawn: ")


def test_a_file_that_cannot_be_read_is_named_below_the_list(
    capsys: pytest.CaptureFixture[str], bee_folder: Path
) -> None:
    (bee_folder / "empty.md").write_text("")
    code, out, err = run(capsys, "corpus", "list", "--corpus", str(bee_folder))
    assert (code, len(out.splitlines())) == (1, 3)
    assert "empty.md" in err


def test_corpus_show_numbers_the_sections(capsys: pytest.CaptureFixture[str], bee_folder: Path) -> None:
    code, out, _ = run(capsys, "corpus", "show", "bees", "--corpus", str(bee_folder))
    assert code == 0
    assert out.splitlines() == [
        "Keeping bees",
        "Facts checked 10 January 2026.",
        "",
        "1. What do bees eat? (bees#what-do-bees-eat)",
        "Bees eat nectar and pollen. Nectar gives them energy.",
        "",
        "The things that a colony stores are:",
        "",
        "- Honey is stored for the winter.",
        "- Pollen is stored for the brood.",
        "",
        "2. When do bees swarm? (bees#when-do-bees-swarm)",
        "Bees swarm in late spring. A swarm is calm, but it should not be disturbed.",
    ]


def test_corpus_show_shows_one_section_with_the_facts_that_it_rests_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = str(REPOSITORY / "tests" / "bot" / "second_corpus")
    shown = ("corpus", "show", "yeast-and-rising", "--corpus", folder)
    code, out, _ = run(capsys, *shown, "--section", "3", "--facts")
    assert code == 0
    assert out.splitlines() == [
        "Yeast and rising",
        "Facts checked 1 September 2026. Read by two bakers of the guild.",
        "",
        "3. What does salt do in dough? (yeast-and-rising#what-does-salt-do-in-dough)",
        "Salt slows yeast down and makes dough firmer. Bread without salt rises fast and tastes flat.",
        "",
        "What this section rests on, in our words:",
        "- salt: Salt slows yeast down and makes dough firmer.",
        "  A mill's handbook. As of: undated. Status: recalled, not read again.",
        "  https://bread.example/salt",
        "- yeast: Yeast eats sugars in the flour and gives off gas, which lifts the dough.",
        "  The guild's baking notes. As of: 2025. Status: verified.",
        "  https://bread.example/yeast",
    ]
    _, out, _ = run(capsys, *shown, "--section", "3", "--text")
    assert out == (
        "Salt slows yeast down and makes dough firmer. Bread without salt rises fast and tastes flat."
    )
    code, _, err = run(capsys, *shown, "--section", "4")
    assert (code, "it has 1 to 3" in err) == (2, True)


def test_an_id_that_is_not_there_is_met_with_the_nearest_ones(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "corpus", "show", "when-to-cal")
    assert (code, "The nearest: when-to-call" in err) == (2, True)
    _, _, err = run(capsys, "corpus", "show", "her2-low")
    assert "her2-low-and-ultralow" in err


def test_without_a_path_the_articles_are_those_of_the_live_index(
    capsys: pytest.CaptureFixture[str], bee_index: IndexFolder
) -> None:
    home = str(bee_index.path.parent)
    _, out, _ = run(capsys, "--home", home, "corpus", "list")
    assert [line.split()[0] for line in out.splitlines()] == ["id", "bees", "hives"]
    assert run(capsys, "--home", home, "corpus", "show", "hives")[1].startswith("Hives and their places\n")


HOSTILE = """---
id: x
title: "bad \\e[31mred\\a \\u202etitle"
topics: ["\\e]0;owned\\a t"]
---

## What &#27;[31m is it?

Body &#27;[2J text &#x9b;31m here.
"""


def test_nothing_that_steers_a_terminal_comes_out_of_list_and_show(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "c\x1b[31m").mkdir()
    folder = tmp_path / "c\x1b[31m"
    (folder / "x.md").write_text(HOSTILE, "utf-8")
    (folder / "empty.md").write_text("")
    for arguments in (
        ("list",),
        ("list", "--json"),
        ("show", "x"),
        ("show", "x", "--text"),
        ("show", "\x1b[1m"),
    ):
        _, out, err = run(capsys, "corpus", *arguments, "--corpus", str(folder))
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", out + err), arguments


def test_on_a_terminal_lines_are_wrapped_and_headings_bold(
    monkeypatch: pytest.MonkeyPatch, bee_folder: Path
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    screen = Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    run_with(["corpus", "show", "bees", "--corpus", str(bee_folder)])
    lines = screen.getvalue().splitlines()
    assert lines[0] == "\x1b[1mKeeping bees\x1b[0m"
    assert lines[lines.index("- Honey is stored for the") + 1] == "  winter."
    assert all(len(re.sub(r"\x1b\[\d+m", "", line)) <= 30 for line in lines if "#" not in line)
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Terminal()
    monkeypatch.setattr("sys.stdout", plain)
    run_with(["corpus", "show", "bees", "--corpus", str(bee_folder)])
    assert "\x1b" not in plain.getvalue()
