"""A corpus on another subject: nothing of ours may show in anything that its readers read."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from bot.about import About, about_articles
from bot.assistant import Assistant
from bot.conversation import Conversation
from bot.corpora import settings_of
from bot.home import Home
from bot.opening import safety_only
from bot.plain.at_home import desk_at_home
from bot.plain.chat import run_plain
from bot.render import reply_text
from bot.reply import Kind, Reply
from bot.safety import Category
from bot.safety.backstop import Backstop
from bot.safety.rules import RED
from bot.tui.app import ChatApp
from bot.tui.backing import Backing, Settings
from corpus.reader import OUR_CORPUS, article_files
from corpus.settings import Readers, combined, read_settings
from index.build import build_index
from index.errors import IndexMissing
from index.search import open_index
from tests.bot.tui.fake_engine import ask as ask_chat
from tests.bot.tui.fake_engine import seen, settle, words
from tests.conftest import TODAY, StubEncoder

BREAD = Path(__file__).with_name("second_corpus")
FRAMING = "General information on baking: your own oven, flour and kitchen decide what works."

OUR_SUBJECT = re.compile(
    r"cancer|oncolog|tumou?r|chemo|targeted|treatment|care team|your team|clinic\b|clinician|metasta|"
    r"\bMBC\b(?!-chat)|HER2|govitecan|patient",
    re.IGNORECASE,
)

ORDINARY = (
    "What makes bread rise?",
    "How is a starter fed?",
    "What does salt do in dough?",
    "How long should dough rest before baking?",
    "Can I freeze bread in slices?",
    "Why does a starter smell of vinegar?",
)
NOT_COVERED = (
    "What is the capital of France?",
    "Which tyre pressure does a tractor need?",
    "Is sourdough bread made in Norway with yeast from Mars?",
    "xyzzy",
)
SMALL_TALK = ("hello", "thank you!", "what are you?", "what can you do", "help", "???", "")
BOUNDARIES = (
    "Should I stop taking my tablets while I bake?",
    "I missed my dose this morning, should I take two tonight?",
    "Should I switch to another flour or wait?",
    "How much yeast should I give my dough, and should I double it tonight?",
)
URGENT = (
    "I have a fever of 38.4 and I am shivering.",
    "My father has black stools and many new bruises.",
)
EMERGENCIES = (
    "I have crushing chest pain and can't breathe",
    "My mother collapsed and does not wake up",
    "I took too many tablets",
    "My child swallowed my pills",
    "me duele el pecho, no puedo respirar, ayuda",
)
CRISES = ("I want to kill myself", "I can't go on, I want to end my life")
ASKED_IN_GENERAL = (
    "What counts as a fever?",
    "What if people have chest pain?",
    "what if people get diarrhoea",
)
MESSAGES = (
    *ORDINARY,
    *NOT_COVERED,
    *SMALL_TALK,
    *BOUNDARIES,
    *URGENT,
    *EMERGENCIES,
    *CRISES,
    *ASKED_IN_GENERAL,
)


@pytest.fixture
def bread_folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BREAD, tmp_path / "bread"))


@pytest.fixture
def bread_home(tmp_path: Path, bread_folder: Path) -> Home:
    home = Home(tmp_path / "bread-home")
    build_index(home.index, [bread_folder], StubEncoder)
    return home


def opened(home: Home) -> Assistant:
    return Assistant(open_index(home.index, StubEncoder()), today=TODAY)


def about(home: Home, country: str | None = None) -> About:
    return about_articles(settings_of(home), emergency="911, 999 or 112", country=country)


def read_of(reply: Reply) -> Reply:
    """Return the reply as far as people read it, without what only repeats their own words."""
    team = (reply.team_question or "").replace(reply.question, "")
    return replace(reply, question="", understood=None, team_question=team, categories=(), rules=())


def our_titles() -> Iterator[str]:
    for path in article_files(OUR_CORPUS / "articles"):
        found = re.search(r"^title: (.+)$", path.read_text("utf-8"), re.MULTILINE)
        assert found
        yield found[1].strip("\"'")


def test_no_part_of_any_reply_speaks_of_our_subject(bread_home: Home) -> None:
    assistant, titles = opened(bread_home), list(our_titles())
    assert len(titles) >= 54
    for message in MESSAGES:
        reply = read_of(assistant.reply(Conversation(), message))
        for shown in (str(reply.as_json()), reply_text(reply)):
            assert not OUR_SUBJECT.search(shown), (message, OUR_SUBJECT.findall(shown))
            assert not any(title in shown for title in titles)


def test_ordinary_questions_are_answered_under_the_framing_of_the_corpus(bread_home: Home) -> None:
    assistant = opened(bread_home)
    for question in ORDINARY:
        reply = assistant.reply(Conversation(), question)
        assert (reply.kind, reply.framing) == (Kind.ANSWER, FRAMING), question
        assert reply.sentences


def test_what_is_not_covered_names_the_subject_and_the_people_of_the_corpus(bread_home: Home) -> None:
    assistant = opened(bread_home)
    replies = [assistant.reply(Conversation(), question) for question in NOT_COVERED]
    assert all("They are about baking bread at home." in (reply.text or "") for reply in replies)
    asked = [reply.team_question for reply in replies if reply.offers]
    assert asked
    assert all((question or "").startswith("A question for the bakers at the guild: “") for question in asked)


def test_small_talk_names_the_subject_of_the_corpus(bread_home: Home) -> None:
    assistant = opened(bread_home)
    for message in SMALL_TALK:
        reply = assistant.reply(Conversation(), message)
        assert (reply.kind, reply.framing) == (Kind.CHAT, FRAMING)
        assert "baking bread at home" in (reply.text or "")


def test_a_boundary_sends_to_whoever_knows_the_situation(bread_home: Home) -> None:
    assistant = opened(bread_home)
    for message in BOUNDARIES:
        reply = assistant.reply(Conversation(), message)
        assert (reply.kind, reply.framing) == (Kind.BOUNDARY, FRAMING), message
        assert "someone who knows the situation" in (reply.notice or "")
        assert (reply.team_question or "").startswith("A question for the bakers at the guild: “What ")


@pytest.mark.parametrize("category", Category)
def test_likeness_to_examples_of_cancer_treatment_counts_for_dangers_alone(
    bread_home: Home, monkeypatch: pytest.MonkeyPatch, category: Category
) -> None:
    monkeypatch.setattr(Backstop, "resembled", lambda *_: {category: 0.0})
    reply = opened(bread_home).reply(Conversation(), "How is a starter fed?")
    assert bool(reply.notice) == (category in RED)


def test_emergencies_and_crises_are_answered_for_any_corpus_with_the_numbers_first(bread_home: Home) -> None:
    assistant = opened(bread_home)
    for messages, kind in ((EMERGENCIES, Kind.EMERGENCY), (CRISES, Kind.CRISIS), (URGENT, Kind.URGENT)):
        for message in messages:
            reply = assistant.reply(Conversation(), message)
            assert reply.kind is kind, message
            first = re.split(r"(?<=\.) (?=[A-Z])", reply.notice or "")[0]
            assert re.search(r"\d{3}" if kind is not Kind.URGENT else r"^Call a doctor", first), message


def test_the_texts_before_the_index_opens_are_those_of_the_corpus_too(bread_home: Home) -> None:
    early = safety_only(bread_home, today=TODAY)
    for message in (*SMALL_TALK, *EMERGENCIES, *CRISES, *BOUNDARIES):
        reply = read_of(early.reply(Conversation(), message))
        assert not OUR_SUBJECT.search(str(reply.as_json())), message


def test_the_words_around_the_talk_are_those_of_the_corpus(bread_home: Home) -> None:
    words_around = about(bread_home)
    assert words_around.subtitle == "Bread at home"
    assert words_around.notice.startswith("These answers quote the bakers' guild's own notes")
    assert "In an emergency call 911, 999 or 112." in words_around.notice
    assert words_around.support.splitlines() == [
        "Someone to talk to:",
        "01632 960001, Baking line of the guild (UK; as listed on 1 October 2026, https://bread.example/line)",
        "202-555-0123, Flour helpline (US; as listed on 2 October 2026, https://bread.example/us)",
    ]
    assert "Flour helpline" not in about(bread_home, "UK").support
    assert about(bread_home, "EU").support == ""


def test_the_plain_chat_speaks_of_nothing_of_ours(bread_home: Home) -> None:
    out, narration = StringIO(), StringIO()
    lines = ["help", *(m for m in MESSAGES if not OUR_SUBJECT.search(m)), "What makes bread rise?"]
    lines += ["source 1", "facts 1", "article 1", "source 9", "sources", "glossary", "country", "undo"]
    lines += ["note", "keep 1", "note How hot?", "kept", "wrong", "sheet -", "export -"]
    lines += [
        "conversations",
        "search rye",
        "earlier",
        "rename Rye",
        "delete",
        "no",
        "delete all",
        "no",
        "new",
    ]
    desk = replace(
        desk_at_home(bread_home, private=True),
        open_engine=lambda: opened(bread_home),
        index_changed=lambda: False,
    )
    run_plain(desk, lines=lines, out=out, narration=narration)
    said = out.getvalue() + narration.getvalue()
    assert "Fact 1: Yeast eats sugars in the flour" in said
    assert OUR_SUBJECT.findall(said) == []


async def test_the_terminal_chat_speaks_of_nothing_of_ours(bread_home: Home) -> None:
    assistant = opened(bread_home)
    backing = Backing(
        open_engine=lambda: assistant,
        early_engine=safety_only(bread_home, today=TODAY),
        needs_build=False,
        build=lambda report: None,
        about=lambda: about(bread_home),
    )
    app = ChatApp(backing, Settings())
    pages = []
    async with app.run_test(size=(140, 45)) as pilot:
        await settle(pilot)
        for message in ("What makes bread rise?", "hello", "I took too many tablets", BOUNDARIES[2]):
            await ask_chat(pilot, message)
            pages.append(words(seen(app)))
        await ask_chat(pilot, "What makes bread rise?")
        for key in ("f5", "f3", "escape", "f1", "end", "escape", "ctrl+g"):
            await pilot.press(key)
            await settle(pilot)
            pages.append(words(seen(app)))
    assert "mbc-chat Bread at home" in pages[0]
    assert any("What this section rests on" in page for page in pages)
    assert any("Someone to talk to" in page for page in pages)
    assert [OUR_SUBJECT.findall(page) for page in pages if OUR_SUBJECT.search(page)] == []


def test_of_several_corpora_an_answer_has_the_framing_of_the_one_it_quotes_first(
    tmp_path: Path, bread_folder: Path, bee_folder: Path
) -> None:
    (bee_folder / "corpus.toml").write_text(
        'name = "Bees"\nsubject = "keeping bees"\nframing = "Ask a keeper."\n'
    )
    home = Home(tmp_path / "both")
    build_index(home.index, [bread_folder, bee_folder], StubEncoder)
    assistant = opened(home)
    assert assistant.reply(Conversation(), "What makes bread rise?").framing == FRAMING
    assert assistant.reply(Conversation(), "What do bees eat?").framing == "Ask a keeper."
    greeting = assistant.reply(Conversation(), "hello").text or ""
    assert "baking bread at home and keeping bees" in greeting
    assert about(home).subtitle == "Bread at home · Bees"


def test_beside_ours_the_notices_speak_to_people_in_cancer_treatment() -> None:
    bread, ours = (read_settings(folder / "corpus.toml") for folder in (BREAD, OUR_CORPUS))
    both = combined([bread, ours])
    assert both.readers is Readers.CANCER_TREATMENT
    assert both.phones == (*bread.phones, *ours.phones)
    assert both.review_max_age_days == 200
    assert both.team == "the people who advise you"
    assert both.framing not in {bread.framing, ours.framing}


def test_a_source_tells_what_its_section_rests_on(bread_home: Home) -> None:
    assistant = opened(bread_home)
    reply = assistant.reply(Conversation(), "What does salt do in dough?")
    assert reply.citations[0].facts == ("salt", "yeast")
    source = assistant.source(reply.citations[0])
    assert [(fact.id, fact.source.url) for fact in source.facts] == [
        ("salt", "https://bread.example/salt"),
        ("yeast", "https://bread.example/yeast"),
    ]
    plain = json.loads(json.dumps(reply.as_json()))["citations"][0]
    assert (plain["facts"], plain["page"]) == (["salt", "yeast"], None)


def test_the_review_policy_of_the_corpus_says_what_is_stale(bread_home: Home) -> None:
    assistant = opened(bread_home)
    old = assistant.reply(Conversation(), "How is a starter fed?").citations[0]
    fresh = assistant.reply(Conversation(), "What makes bread rise?").citations[0]
    assert (old.article, old.stale) == ("sourdough", True)
    assert (fresh.article, fresh.stale) == ("yeast-and-rising", False)


def test_a_withdrawn_article_is_quoted_no_more_after_the_next_build(
    bread_home: Home, bread_folder: Path
) -> None:
    assert opened(bread_home).reply(Conversation(), "How is a starter fed?").citations
    path = bread_folder / "sourdough.md"
    path.write_text(
        path.read_text("utf-8").replace("id: sourdough", "id: sourdough\nwithdrawn: true"), "utf-8"
    )
    build_index(bread_home.index, [bread_folder], StubEncoder)
    reply = opened(bread_home).reply(Conversation(), "How is a starter fed?")
    assert "sourdough" not in {citation.article for citation in reply.citations}
    assert "sourdough" not in {offer.article for offer in reply.offers}


def test_without_any_index_the_texts_are_those_of_our_own_articles(tmp_path: Path) -> None:
    early = safety_only(Home(tmp_path / "new"), IndexMissing("none yet", mend="Build it."), today=TODAY)
    assert "cancer treatment" in (early.reply(Conversation(), "crushing chest pain right now").notice or "")
    assert "metastatic breast cancer" in (early.reply(Conversation(), "hello").text or "")
