"""How old an index is, and whether its articles have changed since."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.freshness import changes_since, freshness_of, live_generation
from bot.home import Home
from index.generation import IndexFolder


def test_without_an_index_nothing_is_said(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert (freshness_of(home), live_generation(home), changes_since(home)) == ("", None, "")


def test_an_index_tells_its_size_and_day_and_its_generation(bee_index: IndexFolder) -> None:
    home = Home(bee_index.path.parent)
    assert freshness_of(home).startswith("2 articles, index of 20")
    assert live_generation(home) == bee_index.live()
    assert changes_since(home) == ""


def test_a_changed_article_and_a_missing_folder_are_noticed(bee_index: IndexFolder, bee_folder: Path) -> None:
    home = Home(bee_index.path.parent)
    with (bee_folder / "bees.md").open("a", encoding="utf-8") as file:
        file.write("\nBees also dance.\n")
    assert changes_since(home) == "articles changed"
    shutil.rmtree(bee_folder)
    assert changes_since(home) == f"{bee_folder} is not there any more"
