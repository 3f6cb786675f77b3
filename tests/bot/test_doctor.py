from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import run_with
from bot.doctor import examination, installed, safety, storage, terminal
from bot.doctor.examination import examine, lines_of, summary
from bot.doctor.finding import Finding, Severity, note, ok, problem
from bot.doctor.surroundings import Package, Surroundings, Terminal
from bot.home import Home
from bot.safety import Ruleset, load_rules
from index.errors import IndexForeign
from index.generation import IndexFolder
from tests.conftest import REPOSITORY, TODAY, StubEncoder

GOOD_TERMINAL = Terminal(
    is_terminal=True,
    columns=100,
    rows=30,
    encoding="utf-8",
    locale_encoding="UTF-8",
    variables={"TERM": "xterm-256color", "COLORTERM": "truecolor"},
)
QUICK = {name: check for name, check in examination.CHECKS.items() if name != "safety-rules"}
"""All checks but the one that tries a thousand examples."""
VERSIONS = {"numpy": "2.1.0", "textual": "8.2.8", "torch": "2.13.0+cpu", "sentence-transformers": "5.1.0"}


def surroundings(home: Path, **different: Any) -> Surroundings:
    package = Package(
        ">=3.11", ("numpy>=1.26", "textual==8.2.8", "torch<2.14", "pytest>=8.3; extra == 'test'")
    )
    usual = Surroundings(
        home=Home(home),
        today=TODAY,
        python="3.11.9",
        package=package,
        terminal=GOOD_TERMINAL,
        encoder=StubEncoder(),
        version_of=VERSIONS.get,
        free_bytes=lambda _: 10**12,
    )
    return replace(usual, **different)


def refusing(refused: Path, ways: int) -> Callable[[Path, int], bool]:
    """May everything but use one path in one of these ways."""
    return lambda path, way: path != refused or not way & ways


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def test_a_sound_installation_has_no_problem_and_nothing_is_written(bee_index: IndexFolder) -> None:
    home = bee_index.path.parent
    before = snapshot(home.parent)
    examined = examine(surroundings(home))
    assert [name for name, one in examined.findings.items() if one.severity is Severity.PROBLEM] == []
    assert snapshot(home.parent) == before


def test_every_finding_but_a_good_one_names_what_mends_it(tmp_path: Path) -> None:
    examined = examine(surroundings(tmp_path / "none", package=None), QUICK)
    mends = {name: one.mend for name, one in examined.findings.items() if one.severity is Severity.PROBLEM}
    assert set(mends) == {"packages", "index"}
    assert all(mends.values())
    assert all(not one.mend for one in examined.findings.values() if one.severity is Severity.OK)


def test_a_check_that_fails_is_a_problem_and_the_others_run_on(tmp_path: Path) -> None:
    def breaks(_: Surroundings) -> Finding:
        raise RuntimeError("no \x1b[31mluck\n")

    def refuses(_: Surroundings) -> Finding:
        raise IndexForeign("the index has schema 9", where="/x", mend="Update mbc-chat.")

    checks = {"a": breaks, "b": refuses, "c": lambda _: ok("Well.")}
    found = examine(surroundings(tmp_path), checks).findings
    assert found["a"].severity is Severity.PROBLEM
    assert found["a"].found == "This check itself failed (RuntimeError: no luck )."
    assert found["b"] == problem("The index has schema 9 (/x).", "Update mbc-chat.")
    assert found["c"] == ok("Well.")


def test_an_interrupt_ends_the_checks(tmp_path: Path) -> None:
    def interrupted(_: Surroundings) -> Finding:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        examine(surroundings(tmp_path), {"a": interrupted})


def test_a_reader_sees_one_line_a_check_and_what_mends_it_below() -> None:
    found = {"one": ok("Well."), "another": note("So so.", "Do this."), "last": problem("Bad.", "Do that.")}
    examined = examination.Examination(found)
    assert [line for _, line in lines_of(examined)] == [
        "ok       one      Well.",
        "note     another  So so.",
        "                  Do this.",
        "PROBLEM  last     Bad.",
        "                  Do that.",
    ]
    assert summary(examined) == "3 checks: 1 problem, 1 note."
    assert summary(examination.Examination({"one": ok("Well.")})) == "1 checks: all is well."


def test_a_python_that_is_too_old_is_a_problem(tmp_path: Path) -> None:
    assert installed.check_python(surroundings(tmp_path)).severity is Severity.OK
    found = installed.check_python(surroundings(tmp_path, python="3.10.4"))
    assert found.severity is Severity.PROBLEM
    assert ">=3.11" in found.found


@pytest.mark.parametrize(
    ("versions", "found", "mend"),
    [
        ({"numpy": None}, "numpy is not installed.", "pip install 'numpy>=1.26'"),
        ({"numpy": "1.25.2"}, "numpy is 1.25.2 and should be >=1.26.", "pip install 'numpy>=1.26'"),
        (
            {"numpy": None, "textual": "8.2.9"},
            "numpy is not installed; textual is 8.2.9 and should be ==8.2.8.",
            "pip install 'numpy>=1.26' textual==8.2.8",
        ),
    ],
)
def test_packages_that_are_missing_or_will_not_do_are_named(
    tmp_path: Path, versions: Mapping[str, str | None], found: str, mend: str
) -> None:
    got = installed.check_packages(surroundings(tmp_path, version_of=(VERSIONS | dict(versions)).get))
    assert got == problem(found, f"Run `{mend}`.")


def test_what_an_extra_asks_for_is_not_missed(tmp_path: Path) -> None:
    assert installed.check_packages(surroundings(tmp_path)).found.startswith("The 2 packages")


def test_a_condition_of_a_requirement_counts(tmp_path: Path) -> None:
    package = Package("", ("numpy", "pywin; sys_platform == 'elsewhere'", "Old_Name[fast] >= 3"))
    got = installed.check_packages(surroundings(tmp_path, package=package))
    assert got == problem("old-name is not installed.", "Run `pip install 'old-name>= 3'`.")


def test_without_what_compares_versions_missing_packages_are_still_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "packaging.specifiers", None)
    assert "not compared" in installed.check_packages(surroundings(tmp_path)).found
    got = installed.check_packages(surroundings(tmp_path, version_of={"textual": "1"}.get))
    assert got.found == "numpy is not installed."


def test_without_torch_answering_works_and_building_does_not(tmp_path: Path) -> None:
    there = installed.check_build_packages(surroundings(tmp_path))
    assert there == ok("For building there are torch 2.13.0+cpu.")
    gone = surroundings(tmp_path, version_of=(VERSIONS | {"torch": None}).get)
    assert installed.check_packages(gone).severity is Severity.OK
    assert installed.check_build_packages(gone).severity is Severity.NOTE
    assert "torch is not installed" in installed.check_build_packages(gone).found


def test_weights_that_are_not_the_published_ones_are_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = {"model": installed.check_model}
    assert examine(surroundings(tmp_path), checks).problems == 0
    (tmp_path / "model.safetensors").write_bytes(b"others")
    monkeypatch.setattr(installed, "model_folder", lambda _: tmp_path)
    found = examine(surroundings(tmp_path), checks).findings["model"]
    assert found.severity is Severity.PROBLEM
    assert "--force-reinstall" in found.mend


def test_a_home_that_is_not_there_yet_is_a_note_if_it_can_be_made(tmp_path: Path) -> None:
    at = surroundings(tmp_path / "a" / "b")
    assert storage.check_home(at).severity is Severity.NOTE
    fixed = replace(at, may=refusing(tmp_path, os.W_OK))
    assert storage.check_home(fixed).severity is Severity.PROBLEM
    assert "--home" in storage.check_home(fixed).mend


def test_a_home_that_is_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("x")
    assert storage.check_home(surroundings(tmp_path / "home")).severity is Severity.PROBLEM


def test_a_home_that_may_not_be_written_to_can_be_read_and_not_built(bee_index: IndexFolder) -> None:
    at = surroundings(bee_index.path.parent, may=refusing(bee_index.generations, os.W_OK))
    found = storage.check_home(at)
    assert found.severity is Severity.NOTE
    assert f"{bee_index.generations}: reading works, and building does not" in found.found


def test_a_file_that_may_not_be_read_is_a_problem(bee_index: IndexFolder) -> None:
    at = surroundings(bee_index.path.parent, may=refusing(bee_index.path / "CURRENT", os.R_OK))
    found = storage.check_home(at)
    assert found.severity is Severity.PROBLEM
    assert "CURRENT" in found.found


@pytest.mark.skipif(os.name != "posix", reason="elsewhere there are no such rights")
def test_rights_of_others_are_named_with_the_command_that_takes_them_away(tmp_path: Path) -> None:
    home = tmp_path / "my home"
    home.mkdir(mode=0o700)
    (home / "link").symlink_to("/")
    (home / "config.toml").touch(0o600)
    assert storage.check_permissions(surroundings(home)).severity is Severity.OK
    (home / "config.toml").chmod(0o640)
    found = storage.check_permissions(surroundings(home))
    assert found.severity is Severity.NOTE
    assert str(home / "config.toml") in found.found
    subprocess.run(found.mend.split("`")[1], shell=True, check=True)
    assert storage.check_permissions(surroundings(home)).severity is Severity.OK


def test_a_config_is_read_and_what_is_wrong_in_it_is_told(tmp_path: Path) -> None:
    assert "There is no config.toml" in storage.check_config(surroundings(tmp_path)).found
    (tmp_path / "config.toml").write_text("country = 'uk'\n")
    assert "country: UK" in storage.check_config(surroundings(tmp_path)).found
    (tmp_path / "config.toml").write_text("contry = 'uk'\n")
    found = storage.check_config(surroundings(tmp_path))
    assert found.severity is Severity.PROBLEM
    assert "Did you mean 'country'" in found.found


def test_too_little_room_for_a_build_is_a_problem(tmp_path: Path) -> None:
    assert storage.check_space(surroundings(tmp_path)).severity is Severity.OK
    found = storage.check_space(surroundings(tmp_path, free_bytes=lambda _: 2_500_000))
    assert found.severity is Severity.PROBLEM
    assert found.found == "2.5 MB are free, and a build needs up to 300.0 MB."


def test_safety_rules_that_do_not_load_are_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Ruleset:
        raise ValueError("not JSON")

    monkeypatch.setattr(safety, "load_rules", broken)
    found = safety.check_rules(surroundings(tmp_path))
    assert found.severity is Severity.PROBLEM
    assert "cannot be loaded" in found.found


def test_safety_rules_that_miss_their_examples_are_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaf = replace(load_rules(), by_word={})
    monkeypatch.setattr(safety, "load_rules", lambda: deaf)
    found = safety.check_rules(surroundings(tmp_path))
    assert found.severity is Severity.PROBLEM
    assert "must match" in found.found
    assert "bot.safety.compile" in found.mend


def test_phone_numbers_hold_for_a_year(tmp_path: Path) -> None:
    assert safety.check_phones(surroundings(tmp_path)).severity is Severity.OK
    later = safety.check_phones(surroundings(tmp_path, today=date(2027, 12, 1)))
    assert later.severity is Severity.NOTE
    assert "911 (2026-11-23)" in later.found


@pytest.mark.parametrize(
    ("check", "different", "severity", "said"),
    [
        (terminal.check_encoding, {}, Severity.OK, "UTF-8"),
        (terminal.check_encoding, {"encoding": "latin-1"}, Severity.PROBLEM, "latin-1"),
        (terminal.check_encoding, {"encoding": "nonsense"}, Severity.PROBLEM, "nonsense"),
        (terminal.check_encoding, {"locale_encoding": "ANSI_X3.4-1968"}, Severity.NOTE, "ANSI_X3.4-1968"),
        (terminal.check_colours, {}, Severity.OK, "all colours"),
        (terminal.check_colours, {"is_terminal": False}, Severity.OK, "not a terminal"),
        (terminal.check_colours, {"variables": {"TERM": "dumb"}}, Severity.NOTE, "dumb"),
        (terminal.check_colours, {"variables": {}}, Severity.NOTE, "not set"),
        (terminal.check_colours, {"variables": {"TERM": "xterm", "NO_COLOR": "1"}}, Severity.OK, "NO_COLOR"),
        (terminal.check_colours, {"variables": {"TERM": "xterm"}}, Severity.NOTE, "COLORTERM"),
        (terminal.check_size, {}, Severity.OK, "100 columns"),
        (terminal.check_size, {"columns": 60, "rows": 20}, Severity.OK, "60 columns"),
        (terminal.check_size, {"columns": 59}, Severity.NOTE, "59 columns"),
        (terminal.check_size, {"rows": 19}, Severity.NOTE, "19 rows"),
        (terminal.check_size, {"rows": 1, "is_terminal": False}, Severity.OK, "not a terminal"),
    ],
)
def test_the_terminal_is_looked_at(
    tmp_path: Path, check: examination.Check, different: Mapping[str, Any], severity: Severity, said: str
) -> None:
    found = check(surroundings(tmp_path, terminal=replace(GOOD_TERMINAL, **different)))
    assert found.severity is severity
    assert said in found.found
    assert bool(found.mend) is (severity is not Severity.OK)


def test_a_locale_that_lc_all_sets_is_unset_first(tmp_path: Path) -> None:
    posix = replace(GOOD_TERMINAL, locale_encoding="ANSI_X3.4-1968", variables={"LC_ALL": "C"})
    assert "unset LC_ALL; " in terminal.check_encoding(surroundings(tmp_path, terminal=posix)).mend


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = run_with(list(arguments))
    out, err = capsys.readouterr()
    assert err == ""
    return code, out


def test_the_command_shows_the_problem_and_its_mend_without_an_index(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text("contry = 'uk'\n")
    code, out = run(capsys, "--home", str(tmp_path), "doctor", "--today", "2026-11-23")
    lines = out.splitlines()
    assert code == 1
    assert any(line.startswith("PROBLEM  index ") for line in lines)
    assert any(line.startswith("PROBLEM  config ") for line in lines)
    assert any(line.startswith("    ") and "mbc-chat index build" in line for line in lines)
    assert lines[-1].startswith(f"{len(examination.CHECKS)} checks: 2 problems, ")
    assert "\x1b" not in out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.toml"]


HEAVY = """
import json, sys
from bot.cli.main import run_with
code = run_with(sys.argv[1:])
heavy = ("torch", "sentence_transformers", "transformers", "textual")
print(json.dumps([name for name in heavy if name in sys.modules]))
"""


def test_json_on_a_real_home_is_one_object_and_loads_nothing_heavy(real_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HEAVY, "--home", str(real_home), "doctor", "--json", "--today", "2026-11-23"],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPOSITORY,
    )
    report, heavy = (json.loads(line) for line in done.stdout.splitlines())
    assert heavy == []
    assert [one["name"] for one in report["checks"]] == list(examination.CHECKS)
    assert {frozenset(one) for one in report["checks"]} == {frozenset(("name", "severity", "found", "mend"))}
    problems = [one for one in report["checks"] if one["severity"] == "problem"]
    assert (problems, report["problems"]) == ([], 0)
    assert report["notes"] == sum(one["severity"] == "note" for one in report["checks"])
