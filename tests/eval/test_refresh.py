from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.cli.context import WrongUse
from bot.receipts.present import section_sha256
from eval.engine import Subject
from eval.pins import PINS_NAME, read_pins
from eval.refresh import execute_refresh
from tests.eval.fakes import fake_subject

SET = "- {id: one, question: b, sections_any: ['pi3k#sugar', 'pi3k#which-drugs']}\n"
OTHER = "- {id: two, question: c, sections_any: ['her2-low#ultralow']}\n"

SUGAR, DRUGS, LOW = "pi3k#sugar", "pi3k#which-drugs", "her2-low#ultralow"


def texts(**changed: str) -> dict[str, str]:
    plain = {SUGAR: "sugar", DRUGS: "drugs", LOW: "low"}
    return {name: section_sha256(changed.get(name.partition("#")[2], text)) for name, text in plain.items()}


class Refreshed:
    """One refresh of the sets in a folder."""

    def __init__(
        self, folder: Path, *names: str, indexed: dict[str, str], disk: dict[str, str] | None = None
    ) -> None:
        subject = replace(
            fake_subject(),
            sections=indexed.keys(),
            section_sha256=indexed,
            sections_on_disk=lambda: indexed if disk is None else disk,
        )

        def opened(_: date) -> Subject:
            return subject

        out = io.StringIO()
        self.code = execute_refresh([str(folder / name) for name in names], opened, out)
        self.lines = out.getvalue().splitlines()
        self.pins = read_pins(folder / PINS_NAME)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.yaml").write_text(SET, "utf-8")
    (tmp_path / "two.yaml").write_text(OTHER, "utf-8")
    Refreshed(tmp_path, "one.yaml", "two.yaml", indexed=texts())
    return tmp_path


def test_the_first_refresh_pins_every_gold_section(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(SET, "utf-8")
    done = Refreshed(tmp_path, "one.yaml", indexed=texts())
    assert done.code == 0
    assert done.pins == {name: sha256 for name, sha256 in texts().items() if name != LOW}
    assert done.lines == [
        f"new {SUGAR}: one",
        f"new {DRUGS}: one",
        f"{tmp_path / PINS_NAME}: 2 sections pinned, 2 new",
    ]


def test_an_edited_section_is_shown_with_its_cases_and_pinned_again(folder: Path) -> None:
    done = Refreshed(folder, "one.yaml", indexed=texts(sugar="more"))
    assert done.pins[SUGAR] == section_sha256("more")
    assert done.lines[0] == f"changed {SUGAR}: one"
    assert done.lines[-1].endswith("3 sections pinned, 1 changed")


def test_nothing_is_written_where_nothing_changed(folder: Path) -> None:
    before = (folder / PINS_NAME).stat().st_mtime_ns
    done = Refreshed(folder, "one.yaml", "two.yaml", indexed=texts())
    assert done.lines == [f"{folder / PINS_NAME}: 3 sections pinned, nothing changed"]
    assert (folder / PINS_NAME).stat().st_mtime_ns == before
    assert sorted(path.name for path in folder.iterdir()) == ["one.yaml", PINS_NAME, "two.yaml"]


def test_a_section_that_is_gone_keeps_its_pin_and_fails(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    indexed = {name: sha256 for name, sha256 in texts().items() if name != SUGAR}
    done = Refreshed(folder, "one.yaml", indexed=indexed)
    assert done.code == 1
    assert done.pins == texts()
    assert done.lines[0] == f"gone {SUGAR}: one"
    assert "1 gold sections are gone" in capsys.readouterr().err


def test_a_pin_that_no_case_names_is_dropped_if_all_sets_of_the_folder_were_read(folder: Path) -> None:
    (folder / "two.yaml").write_text("- {id: two, question: c}\n", "utf-8")
    assert Refreshed(folder, "one.yaml", indexed=texts()).pins == texts()
    done = Refreshed(folder, "one.yaml", "two.yaml", indexed=texts())
    assert done.lines[0] == f"dropped {LOW}"
    assert LOW not in done.pins


def test_an_index_older_than_its_articles_pins_nothing(folder: Path) -> None:
    with pytest.raises(WrongUse, match=f"is older than the articles: .* {SUGAR}.*mbc-chat index build"):
        Refreshed(folder, "one.yaml", indexed=texts(), disk=texts(sugar="more"))
    assert read_pins(folder / PINS_NAME) == texts()


def test_a_section_that_never_was_is_wrong_use(folder: Path) -> None:
    (folder / "one.yaml").write_text(SET.replace("pi3k#sugar", "pi3k#sugars"), "utf-8")
    with pytest.raises(WrongUse, match=r"pi3k#sugars is not in the index \(nearest: pi3k#sugar\)"):
        Refreshed(folder, "one.yaml", indexed=texts())
