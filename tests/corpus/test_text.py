from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.text import clean_text, one_line, shortened, slug, some_of, superscript


def test_terminal_escapes_go_as_a_whole() -> None:
    assert clean_text("a\x1b[31mred\x1b[0m b\x1b]0;title\x07c") == "ared bc"


def test_bidi_overrides_and_invisible_characters_go() -> None:
    assert clean_text("pay\u202eevil\u200b\ufeff\u2066x\u206a\u206f") == "payevilx"


def test_line_breaks_of_all_kinds_become_one_kind() -> None:
    assert clean_text("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


def test_text_is_composed() -> None:
    assert clean_text("e\u0301") == "é"


def test_one_line_squeezes_spaces() -> None:
    assert one_line("  a\n b\u00a0\t c ") == "a b c"


def test_slug_keeps_letters_and_digits() -> None:
    assert slug("What is HER2-low?") == "what-is-her2-low"
    assert slug("Œdème — ???") == "deme"


def test_ligatures_become_letters() -> None:
    assert clean_text("ﬁrst eﬀect of the ﬂu, oﬃce") == "first effect of the flu, office"


def test_a_soft_hyphen_at_a_line_end_joins_the_word_and_keeps_the_lines() -> None:
    assert clean_text("treat\u00ad\nment helps\nus, pa\u00adtient") == "treatment\nhelps\nus, patient"


def test_a_long_text_is_cut_at_a_length_and_says_so() -> None:
    assert shortened("bees", 4) == "bees"
    assert shortened("bees fly", 7) == "bees f…"
    assert shortened("bees fly", 6) == "bees…"


def test_of_a_long_list_the_first_are_named_and_the_others_counted() -> None:
    assert some_of(["wax", "honey"], 2) == "wax, honey"
    assert some_of(["wax", "honey", "brood"], 2) == "wax, honey and 1 more"


def test_only_numbers_are_raised() -> None:
    assert [superscript(text) for text in ("9", "-9", "+", "st", "1)", "")] == [
        "⁹",
        "⁻⁹",
        "+",
        "st",
        "1)",
        "",
    ]


@given(st.text())
def test_no_control_character_is_left(text: str) -> None:
    cleaned = clean_text(text)
    assert not [c for c in cleaned if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160]
    assert clean_text(cleaned) == cleaned
