"""The libraries: named where they are used, locked with hashes, and their licences known."""

from __future__ import annotations

import re
from pathlib import Path

from packaging.utils import canonicalize_name

from docs.make_licences import COPYLEFT, MARK, importers, installed, locked, named_in_project, needs
from tests.conftest import REPOSITORY

LOCK = REPOSITORY / "requirements.lock"
LICENCES = REPOSITORY / "docs" / "licences.md"
COME_WITH_OTHERS = {"huggingface-hub", "packaging", "pydantic-core", "scikit-learn"}
"""Imported where another library brings them: the first, third and fourth by those that cannot do without
them, the second only if it is there."""


def listed() -> dict[str, tuple[str, str]]:
    """Version and licence of every row of the page, by name."""
    rows = re.findall(r"^\| ([a-z0-9-]+) \| (\d\S*) \| (.+?) \|", LICENCES.read_text("utf-8"), re.MULTILINE)
    return {name: (version, licence) for name, version, licence in rows}


def test_every_library_that_the_code_imports_is_named() -> None:
    named = named_in_project().keys() | named_in_project("test").keys() | COME_WITH_OTHERS
    assert importers().keys() - {"mbc-chat"} - named == set()


def test_the_lock_holds_every_library_that_is_named_in_a_version_that_will_do() -> None:
    versions = locked()
    assert named_in_project().keys() <= versions.keys()
    wrong = [name for name, wanted in named_in_project().items() if versions[name] not in wanted.specifier]
    assert wrong == []


def test_the_lock_holds_what_its_libraries_need_in_turn() -> None:
    versions, there = locked(), installed()
    as_locked = [
        there[name]
        for name, version in versions.items()
        if name in there and there[name].version.partition("+")[0] == version
    ]
    needed = {canonicalize_name(one.name) for library in as_locked for one in needs(library)}
    assert needed - versions.keys() == set()


def test_every_locked_library_has_hashes() -> None:
    entries = re.findall(r"^\S+==.*\n(?: .*\n)*", LOCK.read_text("utf-8"), re.MULTILINE)
    assert len(entries) == len(locked())
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)


def test_the_lock_names_no_place_to_download_from() -> None:
    assert not re.search(r"https?://|--(extra-)?index|--find-links", LOCK.read_text("utf-8"))


def test_the_licence_of_every_locked_library_is_listed_and_known() -> None:
    rows = listed()
    assert {name: version for name, (version, _) in rows.items() if name in locked()} == locked()
    assert [name for name, (_, licence) in rows.items() if licence == "not said"] == []


def test_the_page_tells_of_every_library_under_copyleft() -> None:
    text, _, _ = LICENCES.read_text("utf-8").partition(MARK)
    told = text[text.index("## Copyleft") :]
    under = [name for name, (_, licence) in listed().items() if COPYLEFT.search(licence)]
    assert {"certifi", "tqdm", "tld"} <= set(under)
    assert [name for name in under if f"`{name}`" not in told] == []


def test_licences_of_what_is_packed_with_the_chat_come_with_it() -> None:
    vendor = Path(REPOSITORY / "bot" / "web" / "static" / "vendor")
    assert "MIT" in (vendor / "LICENSE-xterm").read_text("utf-8")
    notice = (REPOSITORY / "NOTICE").read_text("utf-8")
    assert "xterm.js" in notice
    assert "pyspellchecker" in notice
