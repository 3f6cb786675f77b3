from __future__ import annotations

from bot.answer.citing import number_passages


def test_a_passage_keeps_its_number_and_new_ones_get_the_next() -> None:
    assert number_passages(["bees#sleep/1", "bees#food/1"], {}) == {"bees#sleep/1": 1, "bees#food/1": 2}
    earlier = {"bees#food/1": 2, "bees#wax/1": 3}
    assert number_passages(["bees#sleep/1", "bees#food/1"], earlier) == {"bees#sleep/1": 4, "bees#food/1": 2}
