from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import ArticleError
from corpus.formats.decoding import decode

PATH = Path("leaflet.txt")
FRENCH = (
    "Le café est fermé. Les médecins conseillent un traitement ciblé après l'opération, même à domicile.\n"
)
ENGLISH = "It’s “targeted” therapy – ask your team. The patient’s nurse said 38 °C is a fever.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_certain(encoding: str) -> None:
    decoded = decode(FRENCH.encode(encoding), PATH)
    assert (decoded.text, decoded.note) == (FRENCH, "")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("windows-1252", "cp1252"), ("ISO-8859-1", "cp1252"), ("iso-2022-jp", "iso2022_jp")],
)
def test_a_declared_encoding_is_certain(declared: str, encoding: str) -> None:
    text = "担当医に相談してください。" if "jp" in encoding else ENGLISH
    assert decode(text.encode(encoding), PATH, declared=declared).text == text


@pytest.mark.parametrize("declared", ["", "rot13", "unicode_escape", "nonsense", "utf-7"])
def test_anything_else_is_a_guess_and_said_to_be_one(declared: str) -> None:
    decoded = decode(ENGLISH.encode("cp1252"), PATH, declared=declared)
    assert decoded.text == ENGLISH
    assert decoded.note.startswith("The encoding is a guess: it reads as cp1252.")


def test_a_guess_covers_other_alphabets() -> None:
    russian = "Таргетная терапия действует на определённые молекулы опухоли. Спросите врача.\n"
    assert decode(russian.encode("cp1251"), PATH).text == russian


def test_a_wrong_declaration_does_not_spoil_the_text() -> None:
    decoded = decode(FRENCH.encode(), PATH, declared="iso-8859-1")
    assert decoded.text == FRENCH
    assert "says that it is in another encoding" in decoded.note


def test_characters_that_were_lost_before_are_told() -> None:
    assert (
        decode("caf\ufffd".encode(), PATH).note
        == "The file holds 1 characters that were lost before it was saved."
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"caf\xe9", "line 1: the text is not UTF-8, and its encoding cannot be told"),
        (b"One.\nTwo.\n\xff\xfb\xc1 x", "line 3: the text is not UTF-8"),
        (bytes(range(1, 256)), "cannot be told"),
        (b"a\0b", "binary"),
        (b"\xff\xfea", "begins as UTF-16 but does not go on so"),
    ],
)
def test_what_cannot_be_told_is_an_error(content: bytes, problem: str) -> None:
    with pytest.raises(ArticleError, match=problem):
        decode(content, PATH)
