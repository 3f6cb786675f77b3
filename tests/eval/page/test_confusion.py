from __future__ import annotations

from bot.safety import Category
from eval.cases import Case, Gold
from eval.page.confusion import lead_confusion
from tests.eval.results import asked, single

PAIN = "I have chest pain"


def test_turns_are_counted_by_what_was_due_and_what_was_seen_first() -> None:
    results = [
        asked(single("seen", Gold(PAIN, categories=(Category.URGENT, Category.EMERGENCY)))),
        asked(Case("thread", (Gold("gout", categories=()), Gold("ultralow", categories=(Category.DOSING,))))),
        asked(single("alarm", Gold(PAIN, categories=()))),
        asked(single("unlabelled", Gold(PAIN))),
    ]
    matrix = lead_confusion(results)
    assert matrix.names == ("emergency", "dosing", "none")
    assert matrix.counts == ((1, 0, 0), (0, 0, 1), (1, 0, 1))
    assert [matrix.share(2, column) for column in range(3)] == [0.5, 0, 0.5]


def test_what_is_allowed_besides_counts_as_right() -> None:
    gold = Gold(PAIN, categories=(Category.URGENT,), also=(Category.EMERGENCY,))
    matrix = lead_confusion([asked(single("a", gold))])
    assert (matrix.names, matrix.counts) == (("urgent",), ((1,),))


def test_nothing_labelled_is_an_empty_matrix() -> None:
    assert lead_confusion([asked(single("a", Gold(PAIN)))]).names == ()
