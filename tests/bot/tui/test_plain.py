"""The chat as plain lines."""

from __future__ import annotations

from io import StringIO

from bot.about import About
from bot.render import NO_FACTS
from bot.tui.plain import EMPTY, run_plain
from tests.bot.tui.fake_engine import FIRST, FRAMING, NOTICE, SECOND, FakeEngine


def talk(
    *lines: str, engine: FakeEngine | None = None, prompted: bool = False, support: str = ""
) -> tuple[int, str, str]:
    out, narration = StringIO(), StringIO()
    code = run_plain(
        engine or FakeEngine(),
        lines=[f"{line}\n" for line in lines],
        out=out,
        narration=narration,
        about=About(NOTICE, support=support),
        prompted=prompted,
    )
    return code, out.getvalue(), narration.getvalue()


def test_the_notice_comes_first_and_the_end_of_input_is_fine() -> None:
    assert talk() == (0, f"{NOTICE}\n", "")


def test_an_answer_has_its_quotes_by_the_line_its_framing_and_its_sources() -> None:
    _, out, _ = talk("what helps")
    assert out.split("Answer:\n")[1] == (
        "Understood as: What helps against diarrhoea?\n\n"
        f"[1] {FIRST}\n"
        f"[1] {SECOND}\n"
        "[2] Small sips replace what is lost.\n\n"
        "The articles do not mention “probiotics”.\n\n"
        "Four or more loose stools in 24 hours: call.\n\n"
        f"{FRAMING}\n\n"
        "You could ask next:\n"
        "  - When to call?\n"
        "  - How long does it last?\n\n"
        "Sources:\n"
        "[1] Diarrhoea during treatment: What helps. Facts checked 20 November 2026.\n"
        "    - Label of neratinib https://example.org/label\n"
        "[2] Diarrhoea during treatment: At a glance. Facts checked 20 November 2026.\n"
        "    - Label of neratinib https://example.org/label\n"
    )


def test_an_emergency_stands_first_and_is_named_in_words() -> None:
    _, out, _ = talk("chest pain")
    assert out.split("Answer:\n")[1].startswith("EMERGENCY: Call 911, 999 or 112 now.")


def test_source_shows_the_whole_passage_with_the_quoted_words_marked() -> None:
    _, out, _ = talk("what helps", "source 1")
    assert out.split("\nSource 1: ")[1].splitlines() == [
        "Diarrhoea during treatment, What helps",
        "Neratinib often causes diarrhoea.",
        f"> {FIRST}",
        "The team says how.",
        f"> {SECOND}",
        "Facts checked 20 November 2026, not reviewed by a clinician.",
        "Where these facts come from:",
        "- Label of neratinib https://example.org/label",
    ]


def test_a_source_that_is_not_there_names_those_that_are() -> None:
    _, out, _ = talk("source 1", "what helps", "Source [7]")
    assert "The last answer has no source 1. There is: none, the last answer quotes nothing." in out
    assert "The last answer has no source 7. There is: source 1, source 2." in out


def test_facts_tells_what_a_section_rests_on() -> None:
    _, out, _ = talk("what helps", "Facts [1]", "facts 2", "facts 3")
    assert out.split("\nFacts 1: ")[1].split("\n\n")[0].splitlines() == [
        "Diarrhoea during treatment, What helps",
        "What this section rests on, in our words:",
        "Fact 1: Loperamide is given from day one.",
        "Label of neratinib. As of: May 2024. Status: verified.",
        "https://example.org/label",
        "Fact 2: Small meals are [easier].",
        "Food notes. As of: undated. Status: corrected by a second reader.",
        "https://example.org/food",
    ]
    assert f"Facts 2: Diarrhoea during treatment, At a glance\n{NO_FACTS}" in out
    assert "The last answer has no source 3. There is: facts 1, facts 2." in out


def test_help_also_says_whom_one_can_call_to_talk() -> None:
    _, out, _ = talk("help", support="Someone to talk to:\n123, a helper")
    assert out.endswith("quit: leave; so does the end of the input.\n\nSomeone to talk to:\n123, a helper\n")
    _, out, _ = talk("help")
    assert out.endswith("quit: leave; so does the end of the input.\n")


def test_help_and_quit_are_words_and_nothing_after_quit_is_answered() -> None:
    engine = FakeEngine()
    code, out, _ = talk("help", "quit", "what helps", engine=engine)
    assert code == 0
    assert "source 1: read the whole passage" in out
    assert "facts 1: read what the section" in out
    assert engine.seen == []


def test_each_question_sees_the_ones_before() -> None:
    engine = FakeEngine()
    talk("what helps", "hello", engine=engine)
    assert engine.seen == [((), "what helps"), (("what helps",), "hello")]


def test_a_pipe_gets_no_prompt_and_a_terminal_does_on_the_other_stream() -> None:
    _, out, narration = talk("hello")
    assert "You:" not in out + narration
    _, out, narration = talk("hello", "", prompted=True)
    assert "You:" not in out
    assert narration.count("You: ") == 3
    assert EMPTY in narration


def test_nothing_that_steers_a_terminal_comes_out() -> None:
    engine = FakeEngine()
    _, out, _ = talk("fe\x1b[31mver \u202e helps", engine=engine)
    assert engine.seen[0][1] == "fever  helps"
    assert "\x1b" not in out
