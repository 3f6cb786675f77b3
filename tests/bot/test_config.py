"""The reader's own settings: read strictly, changed without touching anything else."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.config import Config, ConfigProblem, ThemeName, change_config, parse_config, read_config
from bot.safety import Country

WRITTEN = """\
# my settings
country = "UK"   # since the move

[keys]
# next to the others
glossary-like = "x"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "config.toml"


def said(text: str, path: Path) -> str:
    with pytest.raises(ConfigProblem) as caught:
        parse_config(text, path)
    return str(caught.value)


def test_without_a_file_everything_is_as_it_comes(path: Path) -> None:
    assert read_config(path) == Config()


def test_every_key_is_read(path: Path) -> None:
    config = parse_config(
        'country = "eu"\ntheme = "High-Contrast"\nprivate = true\nkeep_uncovered = true\n'
        '[keys]\nhelp = "Ctrl+F"\narticle-facts = "F"\n',
        path,
    )
    assert config == Config(
        country=Country.EU,
        country_chosen=True,
        theme=ThemeName.HIGH_CONTRAST,
        private=True,
        keep_uncovered=True,
        keys={"help": "ctrl+f", "article-facts": "F"},
    )


def test_any_country_is_a_choice_of_its_own(path: Path) -> None:
    config = parse_config('country = "any"', path)
    assert (config.country, config.country_chosen) == (None, True)
    assert not parse_config("", path).country_chosen


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("contry = 'US'", "unknown key 'contry'. Did you mean 'country'?"),
        ("zzz = 1", "unknown key 'zzz'. Known: country, theme, private, keep_uncovered, keys."),
        ("country = 'USA'", "country = 'USA' is not known. Did you mean 'US'?"),
        ("country = 3", "country = 3 is not known. Known: US, UK, EU, any."),
        ("theme = 'drak'", "theme = 'drak' is not known. Did you mean 'dark'?"),
        ("private = 'yes'", "private = 'yes' is neither true nor false. Write `private = true`."),
        ("keep_uncovered = 1", "keep_uncovered = 1 is neither true nor false."),
        ("keys = 'f1'", "keys is no table. Write [keys], and below it lines like"),
        ("[keys]\nhepl = 'f7'", "[keys] has an unknown action 'hepl'. Did you mean 'help'?"),
        ("country = ", "Mend or remove the file."),
        ("keys = " + "[" * 20_000, "Mend or remove the file."),
        ("country = " + "9" * 10_000, "Mend or remove the file."),
        ("country = 0x" + "f" * 10_000, "Mend or remove the file."),
    ],
)
def test_what_is_wrong_is_refused_with_the_file_and_the_nearest_name(
    text: str, expected: str, path: Path
) -> None:
    problem = said(text, path)
    assert problem.startswith(f"{path}: ")
    assert expected in problem


def test_a_file_that_is_no_text_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigProblem, match="Mend or remove"):
        read_config(path)


def test_a_change_makes_the_file_for_its_owner_alone(path: Path) -> None:
    assert change_config(path, "country", "UK").country is Country.UK
    assert path.read_text("utf-8") == 'country = "UK"\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["config.toml"]


def test_a_change_leaves_the_rest_as_it_is_comments_too(path: Path) -> None:
    path.parent.mkdir()
    written = WRITTEN.replace('glossary-like = "x"', 'help = "ctrl+f"')
    path.write_text(written, "utf-8")
    change_config(path, "country", "any")
    assert path.read_text("utf-8") == written.replace('"UK"', '"any"')
    change_config(path, "private", value=True)
    change_config(path, "keys.theme", "f10")
    config = read_config(path)
    assert (config.private, config.keys) == (True, {"help": "ctrl+f", "theme": "f10"})
    text = path.read_text("utf-8")
    assert "# my settings" in text
    assert "# since the move" in text
    assert "# next to the others" in text


@pytest.mark.parametrize(("key", "value"), [("country", "Mars"), ("contry", "UK"), ("keys.help", "ctrl+c")])
def test_a_change_that_would_not_be_read_is_not_written(key: str, value: str, path: Path) -> None:
    change_config(path, "theme", "light")
    before = path.read_text("utf-8")
    with pytest.raises(ConfigProblem):
        change_config(path, key, value)
    assert path.read_text("utf-8") == before


def test_a_damaged_file_is_never_written_over(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("country = ", "utf-8")
    with pytest.raises(ConfigProblem):
        change_config(path, "country", "UK")
    assert path.read_text("utf-8") == "country = "


def test_a_change_follows_a_link_to_where_the_file_is_kept(path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text('theme = "dark"\n', "utf-8")
    path.parent.mkdir()
    path.symlink_to(kept)
    change_config(path, "theme", "light")
    assert path.is_symlink()
    assert kept.read_text("utf-8") == 'theme = "light"\n'
