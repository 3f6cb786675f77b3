from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.receipts.impact import (
    ChangedPassage,
    SavedAnswer,
    TouchedPassage,
    impact_of_changes,
    impact_on_answers,
)
from bot.receipts.pinned import PinnedCase
from bot.receipts.present import section_sha256
from bot.receipts.standing import Absence, PresentArticles, Standing
from tests.bot.receipts.replies import ENERGY, HONEY, NECTAR, TEXT, Articles, bee_reply

SECTION = "bees#what-do-bees-eat"
PASSAGE = f"{SECTION}/1"
POLLEN = "Pollen is stored for the brood"


class SectionedArticles(Articles):
    """Articles in memory whose one section is all of their text."""

    def sections(self, article_id: str, /) -> Mapping[str, str]:
        found = self.article(article_id)
        return {} if isinstance(found, Absence) else {SECTION: found.text}


def saved(*quotes: str, conversation: str = "a", turn: int = 1) -> SavedAnswer:
    return SavedAnswer(conversation, turn, bee_reply(*quotes))


def pinned(case: str, section: str = SECTION, text: str = TEXT) -> PinnedCase:
    return PinnedCase(case, "answerable", section, section_sha256(text))


def kept(_generation: str | None) -> PresentArticles | None:
    return Articles({"bees": TEXT})


def not_kept(_generation: str | None) -> PresentArticles | None:
    return None


def after(
    text: str | Absence, *answers: SavedAnswer, cases: tuple[PinnedCase, ...] = ()
) -> list[TouchedPassage]:
    return impact_on_answers(answers, SectionedArticles({"bees": text}), kept, cases)


def test_nothing_is_touched_where_nothing_changed() -> None:
    assert after(TEXT, saved(NECTAR), cases=(pinned("c"),)) == []


def test_words_that_only_moved_touch_no_answer() -> None:
    assert after(TEXT.replace("Keeping", "How one keeps"), saved(NECTAR, ENERGY)) == []


def test_an_edited_sentence_touches_the_answers_that_quote_it() -> None:
    (touched,) = after(TEXT.replace(ENERGY, "Sweet."), saved(ENERGY), saved(NECTAR, ENERGY, turn=4))
    assert (touched.place, touched.standing) == (PASSAGE, Standing.EDITED)
    assert [(use.conversation, use.turn, use.quoted) for use in touched.answers] == [
        ("a", 1, True),
        ("a", 4, True),
    ]


def test_an_edit_beside_the_quote_is_told_apart() -> None:
    (touched,) = after(TEXT.replace(POLLEN, "Pollen feeds the brood"), saved(NECTAR))
    assert [use.quoted for use in touched.answers] == [False]


def test_without_the_old_generation_the_quoted_words_alone_are_compared() -> None:
    now = SectionedArticles({"bees": TEXT.replace(POLLEN, "Pollen feeds the brood")})
    assert impact_on_answers([saved(NECTAR)], now, not_kept, ()) == []


def test_a_withdrawn_article_touches_answers_and_cases() -> None:
    other = PinnedCase("d", "answerable", "hives#place", None)
    texts = {"bees": Absence.WITHDRAWN, "hives": "A dry place."}

    class TwoArticles(SectionedArticles):
        def sections(self, article_id: str, /) -> Mapping[str, str]:
            return {"hives#place": "A dry place."} if article_id == "hives" else {}

    (touched,) = impact_on_answers([saved(NECTAR)], TwoArticles(texts), kept, (pinned("c"), other))
    assert touched.standing is Standing.WITHDRAWN
    assert [use.case for use in touched.cases] == ["c"]
    assert touched.uses == 2


def test_cases_come_by_their_pins_even_where_no_answer_is_saved() -> None:
    now = TEXT + " More."
    (touched,) = after(now, cases=(pinned("c"), pinned("d", text=now)))
    assert (touched.place, touched.standing) == (SECTION, Standing.EDITED)
    assert [use.case for use in touched.cases] == ["c"]


def test_a_section_that_is_gone_is_told() -> None:
    cases = (pinned("c", "bees#swarms"), pinned("d"))
    (touched,) = after(TEXT, cases=cases)
    assert (touched.place, touched.why) == ("bees#swarms", "this section is gone")


def test_a_set_for_other_articles_says_nothing() -> None:
    assert after(TEXT, cases=(pinned("c", "bread#crust"), pinned("d", "bread#crumb"))) == []


def test_the_most_used_passage_comes_first() -> None:
    text = TEXT.replace(NECTAR, "Bees eat.").replace(HONEY, "Honey is eaten")
    other = bee_reply(HONEY)
    moved = replace(other, citations=(replace(other.citations[0], passage="bees#what-do-bees-eat/2"),))
    answers = [SavedAnswer("b", 1, moved), saved(NECTAR), saved(NECTAR, turn=2)]
    assert [(one.place[-1], one.uses) for one in after(text, *answers)] == [("1", 2), ("2", 1)]


def test_before_a_rebuild_every_changed_passage_is_there_also_if_nothing_rests_on_it() -> None:
    new = TEXT.replace(ENERGY, "Sweet.")
    why = "its words have changed"
    changed = [
        ChangedPassage(PASSAGE, "bees", "Keeping bees", f"{NECTAR} {ENERGY}", Standing.EDITED, why),
        ChangedPassage("bees#swarms/1", "bees", "Keeping bees", "Bees swarm.", Standing.EDITED, why),
    ]
    touched = impact_of_changes(
        changed,
        [saved(NECTAR), saved(ENERGY, conversation="b"), saved(HONEY, conversation="c")],
        (pinned("c"),),
        SectionedArticles({"bees": TEXT}),
        SectionedArticles({"bees": new}),
    )
    assert [(one.place, one.uses) for one in touched] == [(PASSAGE, 3), ("bees#swarms/1", 0)]
    assert [(use.conversation, use.quoted) for use in touched[0].answers] == [("a", False), ("b", True)]
    assert [use.case for use in touched[0].cases] == ["c"]
